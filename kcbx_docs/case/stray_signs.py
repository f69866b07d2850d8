"""Quotes and brackets without their fellow in a value: they would be printed as they are typed."""

from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem, problem, with_mending
from kcbx_docs.reading import Loc, Source

_OPENING, _CLOSING = "“‘「『《【〔（［｛[{", "”’」』》】〕）］｝]}"
_STRAIGHT = "\"'"
_ANY = regex("[\"'“”‘’「」『』《》【】〔〕（）()［］｛｝\\[\\]{}]")
_WIDE = str.maketrans("()", "（）")
"""Of （ and ) each may close what the other opened."""
_COUNTED = regex(r"(?:^|[\s。；;，,、：:])[0-9０-９a-zA-Z一二三四五六七八九十]{1,3}[)）]")
"""What numbers the parts of a text: 1）, 一）."""


@dataclass(frozen=True)
class LoneSign:
    """A sign without its fellow, and what its fellow is."""

    sign: str
    fellow: str
    at_end: bool


def lone_sign(text: str) -> LoneSign | None:
    """Return the quote or bracket that ends a value and closes nothing, or is never closed."""
    if not _ANY.search(text) or "\n" in text.strip():
        return None
    plain = text.strip().translate(_WIDE)
    for mark in _STRAIGHT:
        if plain.count(mark) == 1 and mark in (plain[:1], plain[-1:]) and len(plain) > 1:
            return LoneSign(mark, mark, at_end=plain[-1] == mark)
    return _unpaired(plain) if not _COUNTED.search(plain) else None


def _unpaired(plain: str) -> LoneSign | None:
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        opened, closed = plain.count(opening), plain.count(closing)
        if closed > opened and plain[-1] == closing:
            return LoneSign(closing, opening, at_end=True)
        if opened > closed:
            return LoneSign(opening, closing, at_end=False)
    return None


def lone_sign_told(lone: LoneSign, text: str, loc: Loc, source: Source) -> Problem:
    """Tell of such a sign; a straight quote at the end is a remnant and nothing else."""
    where = "末尾" if lone.at_end else "里面"
    side = "前面" if lone.at_end else "后面"
    facts = {"key": _key_of(loc), "sign": lone.sign, "where": where, "side": side}
    found = problem("READ120", source.place(loc, value=True), **facts, fellow=lone.fellow)
    if lone.sign not in _STRAIGHT or not lone.at_end or _quoted(loc, source):
        return found
    mending = source.mending(loc, text.strip()[:-1])
    return with_mending(found, mending) if mending else found


_WRAPPED = regex("\\s*[“”＂「]([ -~]+)[“”＂」]\\s*")


def wrapped_told(text: str, loc: Loc, source: Source) -> Problem | None:
    """Tell of a number or day in Chinese quotes, which YAML takes for a part of it."""
    if not (found := _WRAPPED.fullmatch(text)):
        return None
    facts = {"key": _key_of(loc), "inner": mask_numbers(found[1])}
    told = problem("READ122", source.place(loc, value=True), **facts)
    mending = source.mending(loc, f'"{found[1]}"') if not _quoted(loc, source) else None
    return with_mending(told, mending) if mending else told


def _key_of(loc: Loc) -> str:
    return str(next((part for part in reversed(loc) if isinstance(part, str)), ""))


def _quoted(loc: Loc, source: Source) -> bool:
    """Tell whether a value stands in quotes of YAML: the sign in them was meant."""
    mark = source.values.get(loc)
    lines = source.text.split("\n")
    return mark is None or mark[0] >= len(lines) or lines[mark[0]][mark[1] :][:1] in _STRAIGHT
