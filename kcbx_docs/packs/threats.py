"""Consequences with which a template threatens people and which no law allows: a closed list of the
law's data says which, and what may stand there instead.

What a paper forbids, denies or calls wrong is no threat; nor is what a court decides.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kcbx_docs.law.model import BaselessThreat
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import Card

_CLAUSE = "，。；：！？,;:!?\n"
_SENTENCE = "。；！？;!?\n"
_GOES_ON = "(?:否则|不然|要不)"


@dataclass(frozen=True)
class Threatened:
    """Words that threaten, and where in the text they stand."""

    start: int
    end: int
    facts: dict[str, str]


def threats_in(text: str, registry: Registry, card: Card) -> Iterator[Threatened]:
    """Yield the threats of a text that no paper of this kind may hold, each place once, in the
    order of the text.
    """
    yield from sorted(_threats(text, registry, card), key=lambda one: one.start)


def _threats(text: str, registry: Registry, card: Card) -> Iterator[Threatened]:
    taken: list[tuple[int, int]] = []
    for threat in registry.threats:
        if not threat.concerns(card.role, card.issuers):
            continue
        for found in _pattern(threat.words).finditer(text):
            span = found.span()
            free = all(span[0] >= end or span[1] <= start for start, end in taken)
            if free and not _is_lawful(text, span, threat, registry):
                taken.append(span)
                facts = {"word": found[0], "reason": threat.reason, "instead": threat.instead}
                yield Threatened(*span, facts)


def _says(patterns: tuple[str, ...], words: str) -> bool:
    return bool(patterns) and _pattern(patterns).search(words) is not None


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


def _is_lawful(
    text: str, span: tuple[int, int], threat: BaselessThreat, registry: Registry
) -> bool:
    """Tell whether the sentence forbids, denies or rejects it, or names who may do it."""
    start, end = span
    clause = text[_behind_last(text, start, _CLAUSE) : start]
    sentence = text[_behind_last(text, start, _SENTENCE) : end]
    beside = text[_behind_last(text, start, _CLAUSE + "、") : end]
    if _says(threat.unless, sentence) or _says(threat.unless_beside, beside):
        return True
    rest = text[end : _first(text, end, _SENTENCE)]
    near = text[end : _first(text, end, _CLAUSE)]
    if registry.words("called-wrong").found_in(rest):
        return True
    if registry.words("called-wrong-beside").found_in(near):
        return True
    if registry.words("fears-it").found_in(clause):
        return False
    forbids, denies = registry.words("forbids-it").words, registry.words("denies-it").words
    negated = _negations(forbids, denies)
    return negated.search(clause) is not None


@lru_cache(maxsize=4)
def _negations(forbids: tuple[str, ...], denies: tuple[str, ...]) -> re.Pattern[str]:
    """What stands before a threat in its clause and makes it none."""
    far = rf"(?:{'|'.join(forbids)})(?:(?!{_GOES_ON}).)*(?<!的)$"
    near = rf"(?:{'|'.join(denies)})(?:[因以用把拿].*|[^将就一的]{{0,6}})(?<!的)$"
    return re.compile(f"{far}|{near}|[不未]$")


def _behind_last(text: str, end: int, signs: str) -> int:
    return max(text.rfind(sign, 0, end) for sign in signs) + 1


def _first(text: str, start: int, signs: str) -> int:
    places = [at for sign in signs if (at := text.find(sign, start)) >= 0]
    return min(places, default=len(text))
