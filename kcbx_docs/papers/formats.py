"""The formats in which papers come: one line each, and nowhere else.
CONTRIBUTING.md tells how one is added.
"""

from collections.abc import Callable, Mapping, Sequence

from kcbx_docs.light import dataclass
from kcbx_docs.papers.press import Press
from kcbx_docs.papers.word_press import WordPress
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.render.native import lacking_for_pdf


def nothing() -> str:
    """Say that a format can be made on every machine."""
    return ""


@dataclass(frozen=True)
class Format:
    """A format: its press, and what this machine lacks for it (nothing, if it can be made here)."""

    press: Callable[[], Press]
    missing: Callable[[], str] = nothing


def _pdf() -> Press:
    from kcbx_docs.papers.pdf_press import PdfPress  # much to load, and many print Word alone

    return PdfPress()


FORMATS: Mapping[str, Format] = {
    "docx": Format(WordPress),
    "pdf": Format(_pdf, lacking_for_pdf),
}
"""The formats by the word that a user types; all of them are made unless some are named."""


def presses(wanted: Sequence[str]) -> tuple[tuple[Press, ...], Problems]:
    """Set up the presses of some formats; those that cannot be made here are told."""
    lacking = {name: reason for name in wanted if (reason := FORMATS[name].missing())}
    made = [name for name in wanted if name not in lacking]
    found = tuple(_cannot(name, reason, made) for name, reason in lacking.items())
    return tuple(FORMATS[name].press() for name in made), found


def _cannot(name: str, reason: str, made: Sequence[str]) -> Problem:
    """Say why a format is not made: a warning where others are,
    an error where it was the only one.
    """
    kind, others = name.upper(), "、".join(other.upper() for other in made)
    if others:
        return problem("PAPR006", Place(), kind=kind, reason=reason, others=others)
    return problem("REND001", Place(), kind=kind, reason=reason)
