"""How large a photograph or scan may be: what is taken in can be looked at and bound later."""

MOST_BYTES = 200_000_000
"""A film of a service taken by a telephone fits, a copy of the telephone does not."""

MOST_PIXELS = 80_000_000
"""Larger pictures are no photographs of a paper: a small file may unpack to gigabytes."""

MOST_PAGES = 500
