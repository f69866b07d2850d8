"""The opened office: its workspace, packs, law and cases;
pure but for reading, without Click and the current folder.
"""
