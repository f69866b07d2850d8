"""A roster's papers: everything checked first, then one print file for each class."""
