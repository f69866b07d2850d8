"""The part of a school's papers that comes back: scanned, recorded, counted."""
