"""The pictures of README.md: ``python -m tools.pictures`` draws them all anew into docs/图.

The same program, fonts and samples give the same bytes. Beside them stands what each was drawn
from, so that a test sees without drawing whether they still show what the program says.
"""
