"""Slips recorded by hand: that they came back, what is wrong with them, and what was mistaken."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kcbx_docs.ledger.model import CORRECTED, RETURNED, Draft, Who
from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import DEFECTIVE, MISSING, Returnable, Returns
from kcbx_docs.problems import Place, Problem, as_warning, problem, raise_errors

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_ROUNDS = 20


@dataclass(frozen=True)
class Said:
    """What a person says of a part: it came back, maybe with a defect, or it did not."""

    serial: str
    document: str
    school: str
    defect: str = ""
    returned: bool = True


@dataclass(frozen=True)
class SlipAct:
    """Who says it, when it came back, and why something else was said before."""

    who: Who
    day: date
    how: str = "登记"
    reason: str = ""
    redated: bool = False
    """Whether nothing but the day is put right, of what was recorded as come back."""


@dataclass
class Noted:
    """What was recorded: new, mended, and known before."""

    new: list[Returnable] = field(default_factory=list)
    mended: list[Returnable] = field(default_factory=list)
    same: list[Returnable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def record(book: "Book", said: Sequence[Said], act: SlipAct) -> Noted:
    """Record what was said of slips, all of it or nothing; what stands already is not repeated."""
    for _ in range(_ROUNDS):
        known = Returns.of(book)
        noted, drafts = _planned(said, act, known)
        if not drafts:
            return noted
        with book.writing(act.who) as pen:
            if book.head() == known.head:
                for draft in drafts:
                    pen.append(draft)
                return noted
    raise_errors([problem("SLIP031")])
    return noted


def _planned(said: Sequence[Said], act: SlipAct, known: Returns) -> tuple[Noted, list[Draft]]:
    slips = {(slip.school, slip.serial): slip for slip in known.slips}
    noted = Noted()
    fresh: list[tuple[Returnable, Said]] = []
    mended: list[tuple[Returnable, Said]] = []
    for told in dict.fromkeys(said):
        part = known.of_slip(slips[told.school, told.serial], told.document)
        one = replace(told, defect=part.came.defect) if act.redated and part.came else told
        if _is_known(part, one, act):
            noted.same.append(part)
        elif part.state == MISSING or (one.returned and part.came and not part.came.seen):
            fresh.append((part, one))
        else:
            mended.append((part, one))
    if act.redated:
        fresh, mended = [], [*mended, *fresh]
    early = list(_too_early((*fresh, *mended), act))
    raise_errors([*_unexplained(mended, act), *early])
    noted.new += (part for part, _ in fresh)
    noted.mended += (part for part, _ in mended)
    noted.problems += early
    drafts = [*_drafts(RETURNED, fresh, act), *_drafts(CORRECTED, mended, act)]
    return noted, drafts


def _is_known(part: Returnable, one: Said, act: SlipAct) -> bool:
    if part.came is None:
        return not one.returned
    if act.redated:
        return part.came.day == act.day
    return one.returned and part.came.seen and part.came.defect == one.defect


def _unexplained(mended: Sequence[tuple[Returnable, Said]], act: SlipAct) -> Iterator[Problem]:
    """Ask why another thing is said than before, and of what nothing was said."""
    for part, _ in mended:
        came = part.came
        if came is None:
            yield problem("SLIP048", serial=part.slip.serial)
            continue
        if act.reason:
            continue
        state = f"{DEFECTIVE}：{came.defect}" if came.defect else part.state
        facts = {"serial": part.slip.serial, "state": state, "day": came.day, "seq": came.seq}
        yield problem("SLIP030", Place(), **facts)


def _too_early(said: Sequence[tuple[Returnable, Said]], act: SlipAct) -> Iterator[Problem]:
    """Ask about slips that would have come back before the day of their papers; with a reason
    they are recorded, and that is told.
    """
    for part, one in said:
        if one.returned and act.day < part.slip.day:
            facts = {"serial": part.slip.serial, "day": act.day, "printed": part.slip.day}
            found = problem("SLIP032", Place(), **facts)
            yield as_warning(found) if act.reason else found


def _drafts(kind: str, said: Sequence[tuple[Returnable, Said]], act: SlipAct) -> Iterator[Draft]:
    """Write an event for each batch."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for part, one in said:
        slip = part.slip
        item = {
            "serial": slip.serial,
            "document": part.document,
            "seen": part.came.seen if act.redated and part.came else True,
            "defect": one.defect,
            "how": act.how,
            "returned": one.returned,
        }
        groups.setdefault((slip.school, slip.batch, slip.term), []).append(item)
    for (school, batch, term), items in groups.items():
        data: dict[str, Any] = {"school": school, "batch": batch, "term": term, "items": items}
        if act.reason:
            data["reason"] = act.reason
        yield Draft(kind, "", act.day, data)
