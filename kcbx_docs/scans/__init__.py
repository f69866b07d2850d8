"""Photographs and scans: opened within bounds, and the codes that are read from them."""
