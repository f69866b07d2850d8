"""Services that count but are doubtful: what is to be found out, or how to serve once more."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.issuing.attempt import as_problem
from kcbx_docs.issuing.plan import Way, next_way
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problems
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress, acts_in_order
from kcbx_docs.record.service import Service
from kcbx_docs.record.states import open_states


@dataclass(frozen=True)
class Doubtful:
    """A paper whose service counts, but not beyond doubt."""

    act: Act
    title: str
    guardian: str
    service: Service
    doubts: Problems
    again: Way | None
    """How it would be served once more; who does so is not held to the first."""
    seq: int = 0
    """Where the ledger holds the service; nothing for one that is written in the file."""


def doubtful(docket: Docket, day: date) -> tuple[Doubtful, ...]:
    """List the papers of a case whose service is doubtful and on which nothing rests yet."""
    found: list[Doubtful] = []
    for guardian in docket.case.guardians:
        progress = docket.progress(guardian, day)
        if not guardian.ended(day) and "已结案" not in open_states(progress):
            found += _of_guardian(docket, progress)
    return tuple(found)


def _of_guardian(docket: Docket, progress: Progress) -> Iterator[Doubtful]:
    served = [act for act in acts_in_order(progress) if _is_served(docket, act)]
    seqs = {id(entry.event): entry.seq for entry in docket.entries}
    guardian = progress.guardian
    for act in served:
        service = act.service
        if service is None or not act.doubted or _rested_on(service, served):
            continue
        yield Doubtful(
            act=act,
            title=docket.law.title(act.document),
            guardian=guardian.name,
            service=service,
            doubts=tuple(
                as_problem(doubt, docket.law, service.event, guardian) for doubt in service.doubts
            ),
            again=next_way(act, guardian, progress.day),
            seq=seqs.get(id(service.event), 0),
        )


def _is_served(docket: Docket, act: Act) -> bool:
    card = docket.law.card(act.document)
    return bool(card and card.served)


def _rested_on(service: Service, served: list[Act]) -> bool:
    """Tell whether a later paper rests on a service: to serve again would take its ground away."""
    return any(act.day > service.event.proof_day for act in served)
