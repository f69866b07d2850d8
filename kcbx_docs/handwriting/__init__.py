"""Slips of the pen in YAML that people type: each where it must be mended, all of a text at once.

A text that the parser does not take is looked at line by line. Every slip is mended in memory, so
that what comes after it is read too; nothing of a text that has slips is ever printed.
"""
