"""One paper end to end: what it says, who issues it, how it is rendered and written."""
