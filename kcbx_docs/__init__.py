"""kcbx_docs: the paperwork of 依法控辍保学, from a case file to served documents."""

__version__ = "0.1.0"
