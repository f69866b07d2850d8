"""What an office made public of a case, until when it may stand, and when it must be taken down:
a published penalty that was changed or set aside is withdrawn, and the reason told.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import Role
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.acts import withdrawn_acts
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Term
from kcbx_docs.record.progress import Progress
from kcbx_docs.words import day_in_words

PENALTY: Role = "处罚信息公开"
_OUT, _DOWN = "信息公开", "撤下"
_DECISIONS: tuple[Role, ...] = ("处罚决定", "当场处罚")
_RULE = "withdraw-published"


@dataclass(frozen=True)
class Published:
    """A paper that stands where everybody may read it."""

    event: Event
    document: str

    @property
    def until(self) -> date | None:
        """Return the last day for which it was to stand, if somebody set one."""
        period = self.event.period
        return period.day if period else None


def standing_published(docket: Docket, day: date) -> tuple[Published, ...]:
    """List what was made public of a case and nobody took down by a day."""
    happened, law = docket.happened(day), docket.law
    out = [one for one in happened if one.kind == _OUT]
    down = [one for one in happened if one.kind == _DOWN]
    found = (Published(one, law.document(one.document)) for one in out)
    return tuple(one for one in found if not _taken_down(one.event, down))


def _taken_down(shown: Event, down: Sequence[Event]) -> bool:
    """Tell whether this very publication was taken down: the same paper, later, of the same
    person where both name one.
    """
    mine = set(map(name_key, shown.targets))
    for event in down:
        other = set(map(name_key, event.targets))
        same = event.document == shown.document and not (mine and other and not mine & other)
        if same and event.day >= shown.day:
            return True
    return False


def fallen_on(docket: Docket, progress: Progress) -> date | None:
    """Return the day on which the penalty of a guardian was changed, set aside or found unlawful
    by others, or withdrawn by the office itself.
    """
    e = progress.enforcement
    remedy = e.remedy if e else None
    contests = (remedy.annulled, remedy.changed, remedy.found_unlawful) if remedy else ()
    days = [one.closed or one.decided for one in contests if one]
    events = docket.happened(progress.day)
    acts = withdrawn_acts(events, docket.case, progress.guardian, docket.law)
    days += [act.withdrawn for act in acts if act.role in _DECISIONS] if e is None else []
    return min((day for day in days if day), default=None)


def to_take_down(docket: Docket, progress: Progress) -> tuple[tuple[Published, ...], Term | None]:
    """List the published penalties of a guardian that fell, with the time for taking them down."""
    own = name_key(progress.guardian.name)
    shown = [
        one
        for one in standing_published(docket, progress.day)
        if docket.law.role(one.document) == PENALTY
        and own in [*map(name_key, one.event.targets or (own,))]
    ]
    fallen = fallen_on(docket, progress) if shown else None
    if fallen is None:
        return (), None
    return tuple(shown), docket.law.term(_RULE, max(fallen, shown[0].event.day))


def published_wrongly(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell what was made public and never may be, and what nobody decided to make public."""
    for event in docket.happened(day):
        if event.kind == _OUT:
            yield from _wrongly(docket, event)


def _wrongly(docket: Docket, event: Event) -> Iterator[Problem]:
    document = docket.law.document(event.document)
    card, place = docket.law.card(document), docket.place(event)
    facts = {"title": event.document, "day": day_in_words(event.day)}
    if card is None or not card.public:
        yield problem("PUBL008", place, **facts)
    elif card.role == PENALTY and docket.case.publication is None:
        yield problem("PUBL009", place, **facts)
