"""The law as dated data: what may be cited on which day, and how its periods are counted."""
