"""One case of penalty at a time: what is filed is concluded before it is filed again."""

from collections.abc import Iterator, Sequence
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.closing import CLOSE
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress

_FILED = "立案"
_CONCLUDED = ("处罚决定", "不予处罚", CLOSE)


def filed_twice(docket: Docket, own: Sequence[Event], progress: Progress) -> Iterator[Problem]:
    """Yield the filings against somebody whose case was filed already and is not concluded;
    one that was withdrawn was never made.
    """
    acts = chain.from_iterable(progress.papers.values())
    made = {id(act.event) for act in acts if act.event.kind == _FILED}
    before: Event | None = None
    for event in own:
        if event.kind in _CONCLUDED:
            before = None
        elif id(event) in made:
            if before:
                facts = {"name": progress.guardian.name, "day": event.day, "other": before.day}
                yield problem("PROC472", docket.place(event), **facts)
            before = event
