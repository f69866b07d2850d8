"""Names of an event that are nearly those of somebody whom the case or the office knows: a slip
of the fingers writes a stranger into the record, and nobody sees it.
"""

from collections.abc import Iterable, Iterator, Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, name_key, once_each
from kcbx_docs.case.names import names_nobody
from kcbx_docs.case.out_of_place import people_in
from kcbx_docs.case.who_is_meant import who_is_meant
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, problem

_SHORTEST = 2


def near_names(event: Event, case: Case, workspace: Workspace) -> Iterator[Problem]:
    """Ask about names that nobody bears, and somebody nearly does."""
    known = once_each(_known(case, workspace))
    keys, met = {*map(name_key, known)}, {*_met(case)}
    named = (("对象", name) for name in event.targets)
    witnesses = (("见证人", witness.name) for witness in event.witnesses)
    for key, name in (*named, *people_in(event), *witnesses):
        if name_key(name) in keys | met or names_nobody(name):
            continue
        if key == "对象" and (meant := who_is_meant(case, name)):
            yield problem("CASE298", Place(path=key), name=name, meant="、".join(meant.names))
            continue
        if near := _near(name, known):
            advice = "、".join(f"「{one}」" for one in near)
            yield problem("CASE272", Place(path=key), key=key, name=name, near=advice)


def near_organs(event: Event, case: Case, workspace: Workspace) -> Iterator[Problem]:
    """Ask about offices that nobody knows, and one is nearly called so: 白岩乡 for 白岩镇."""
    known = once_each(_known_organs(workspace))
    keys = {*map(name_key, known), *_met(case), *_met_organs(case)}
    named = (("对象", name) for name in event.targets)
    for key, name in (*named, ("机关", event.organ), ("受托机关", event.entrusted)):
        if not name or name_key(name) in keys:
            continue
        near = (one for one in known if _is_near_organ(name_key(name), name_key(one)))
        if advice := "、".join(f"「{one}」" for one in near):
            yield problem("CASE340", Place(path=key), key=key, name=name, near=advice)


def _known_organs(workspace: Workspace) -> Iterator[str]:
    yield from (organ.name for organ in workspace.organs)
    yield from (school.name for school in workspace.schools)
    yield from (court.name for court in workspace.courts)
    if workspace.review:
        yield workspace.review.name


def _met_organs(case: Case) -> Iterator[str]:
    for event in case.history:
        yield from map(name_key, filter(None, (event.organ, event.entrusted)))


_PLACE_OF = regex(r"(.+?)(?:镇人民政府|乡人民政府|街道办事处)")
"""A town, a township and a subdistrict of one name are one place, called as it once was or is."""


def _is_near_organ(name: str, other: str) -> bool:
    mine, its = _PLACE_OF.fullmatch(name), _PLACE_OF.fullmatch(other)
    return is_near(name, other) or bool(mine and its and mine[1] == its[1])


def _known(case: Case, workspace: Workspace) -> Iterator[str]:
    """Yield whom the case and the office are about; the family comes first, and of the schools that
    of the child alone.
    """
    yield from (one.name for one in (*case.guardians, *case.carers, case.pupil))
    yield from (officer.name for officer in workspace.officers)
    here = workspace.school_named(case.school.name) if case.school else None
    for school in filter(None, (case.school, here)):
        yield from filter(None, (school.principal, school.contact))
    for organ in workspace.organs:
        yield from filter(None, (organ.head, organ.contact))
    for guardian in case.guardians:
        yield from guardian.former_names


def _met(case: Case) -> Iterator[str]:
    """Yield who was written before: somebody else than whom he is nearly called like."""
    for event in case.history:
        yield from (name_key(name) for _, name in people_in(event))
        yield from map(name_key, event.targets)
        yield from (name_key(witness.name) for witness in event.witnesses)


def _near(name: str, known: Iterable[str]) -> Sequence[str]:
    """List the known names that differ by one character, by the order, or by one left out."""
    plain = name_key(name)
    if len(plain) < _SHORTEST:
        return ()
    return tuple(one for one in known if is_near(plain, name_key(one)))


def is_near(name: str, other: str) -> bool:
    """Tell whether one of two names may be a slip of the fingers for the other."""
    if len(name) == len(other):
        apart = sum(mine != its for mine, its in zip(name, other, strict=True))
        # Of two characters one may well be another person's: 李兰 and 李芳.
        return sorted(name) == sorted(other) or (apart == 1 and len(name) > _SHORTEST)
    short, long = sorted((name, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )
