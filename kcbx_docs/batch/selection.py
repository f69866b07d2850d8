"""Which pupils are meant: a class, a name, a serial, or a row of the roster; what concerns them."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kcbx_docs.batch.serials import class_in_short
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.light import regex
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.words import did_you_mean

_NAMED = 6
_ROW = regex(r"(?:(?P<sheet>.*)!)?(?:[A-Z]{1,3}|第)(?P<row>\d+)行?")
"""How a problem names a row of the roster: 七1!C22, 第22行."""


def meant(
    words: Sequence[str],
    pupils: Sequence[RosterPupil],
    slips: Mapping[int, Slip],
    file: str,
    replaced: Mapping[str, str],
) -> tuple[frozenset[int], tuple[Problem, ...]]:
    """Return the places in the roster of those who are meant; ``slips`` are theirs by place,
    ``replaced`` says which serial took the place of one that is void.
    """
    chosen: set[int] = set()
    found: list[Problem] = []
    for word in words:
        hits = _hits(word.strip(), pupils, slips)
        now = [new for old, new in replaced.items() if "-" in word and old.endswith(word.strip())]
        if not hits and now:
            found.append(problem("BTCH040", Place(file), word=word, serial=now[0]))
        elif not hits:
            advice = did_you_mean(word, tuple(dict.fromkeys(_names(pupils))))
            found.append(problem("BTCH021", Place(file), word=word, advice=advice))
        elif isinstance(hits, Ambiguous):
            shown = "、".join(_told(pupil, slips) for pupil in hits[:_NAMED])
            facts = {"word": word, "count": len(hits), "pupils": shown}
            found.append(problem("BTCH022", Place(file), **facts))
        else:
            chosen.update(pupil.serial for pupil in hits)
    return frozenset(chosen), tuple(found)


class Ambiguous(list[RosterPupil]):
    """Several pupils of one name: somebody must say which."""


def _hits(
    word: str, pupils: Sequence[RosterPupil], slips: Mapping[int, Slip]
) -> Sequence[RosterPupil]:
    short = class_in_short(word)
    in_class = [pupil for pupil in pupils if pupil.class_label and _is_class(pupil, word, short)]
    if in_class:
        return in_class
    by_number = [pupil for pupil in pupils if _is_number(pupil, word, slips)]
    if by_number:
        return by_number if len(by_number) == 1 else Ambiguous(by_number)
    named = [p for p in pupils if word in (p.pupil.name, p.class_label + p.pupil.name)]
    return named if len(named) < 2 else Ambiguous(named)


def _is_class(pupil: RosterPupil, word: str, short: str) -> bool:
    return word == pupil.class_label or short == class_in_short(pupil.class_label)


def _is_number(pupil: RosterPupil, word: str, slips: Mapping[int, Slip]) -> bool:
    if word in (_row(pupil), _row(pupil).rpartition("!")[2]):
        return True
    slip = slips.get(pupil.serial)
    return slip is not None and "-" in word and slip.serial.endswith(word)


def _row(pupil: RosterPupil) -> str:
    return pupil.place_in("").path


def _told(pupil: RosterPupil, slips: Mapping[int, Slip]) -> str:
    slip = slips.get(pupil.serial)
    return f"{pupil.class_label}{pupil.pupil.name}（{slip.serial if slip else _row(pupil)}）"


def _names(pupils: Sequence[RosterPupil]) -> Iterator[str]:
    for pupil in pupils:
        yield pupil.pupil.name
        yield pupil.class_label


def concerning(
    problems: Sequence[Problem], pupils: Sequence[RosterPupil], chosen: Collection[int]
) -> tuple[Problem, ...]:
    """Leave out what is only to be said of pupils who are not chosen; tell why a chosen one is
    held back.
    """
    others = {(one.sheet, one.row) for one in pupils if one.serial not in chosen}
    told = [one for one in problems if one.is_error or _row_told(one) not in others]
    for pupil in pupils:
        told += pupil.held if pupil.serial in chosen else ()
    return tuple(dict.fromkeys(told))


def _row_told(one: Problem) -> tuple[str, int] | None:
    found = _ROW.fullmatch(one.place.path)
    return (found["sheet"] or "", int(found["row"])) if found else None
