"""What the head of a template says beyond its types: organs, needs and events that there are.

Lint asks beforehand; who makes the paper asks too, and says the same: it could never be made.
"""

from collections.abc import Callable, Iterator

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.work import KEYS as WORK_KEYS
from kcbx_docs.case.workspace import OfficeKind
from kcbx_docs.packs.model import Card
from kcbx_docs.papers.context import Context
from kcbx_docs.papers.numbers import pattern_problems
from kcbx_docs.problems import Place, Problem, problem, raise_errors
from kcbx_docs.words import advice_for_name

OFFICE_KINDS: tuple[str, ...] = OfficeKind.__args__  # type: ignore[attr-defined]
NAMES = tuple(str(info.alias) for info in Context.model_fields.values())


def head_faults(front: Card, said_at: Callable[[str], Place]) -> Iterator[Problem]:
    """Yield what is wrong with a head; ``said_at`` tells where it says something."""
    if front.number:
        yield from pattern_problems(front.number, said_at("文号"))
    for kind in front.issuers:
        if kind not in OFFICE_KINDS:
            advice = advice_for_name(kind, OFFICE_KINDS)
            yield problem("PACK018", said_at("制发机关"), kind=kind, advice=advice)
    names = WORK_KEYS if front.unit == "工作" else NAMES
    for need in front.needs:
        if need not in names:
            advice = advice_for_name(need, names)
            yield problem("PACK017", said_at("需要"), need=need, advice=advice)
    if (front.unit == "工作") != (front.work is not None):
        yield problem("WORK041", said_at("一份对应"), title=front.title)
    if front.unit == "事项" and front.event is None:
        yield problem("PACK019", said_at("一份对应"))
    if front.event is not None and front.event not in EVENT_FIELDS:
        advice = advice_for_name(front.event, tuple(EVENT_FIELDS))
        yield problem("CASE001", said_at("事项"), value=front.event, advice=advice)


def refuse_unsound(front: Card, said_at: Callable[[str], Place]) -> None:
    """Raise what is wrong with a head."""
    raise_errors(tuple(head_faults(front, said_at)))
