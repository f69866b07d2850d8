"""四查三比对: lists of the same children laid side by side, and who is missing in which."""
