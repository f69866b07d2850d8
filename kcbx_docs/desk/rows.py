"""A case in one line of a table, as ``kcbx status`` tells it."""

from collections.abc import Iterable
from datetime import date

from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.pictures.ladder import Climb, climb
from kcbx_docs.light import dataclass
from kcbx_docs.office.listed import first_act, states
from kcbx_docs.office.outlook import Outlook

MOST = 64
"""Lines on one page: it stays small, and nobody reads more."""
_TO_SERVE = "待送达"
"""How the states end in which a paper is made and not served."""


@dataclass(frozen=True)
class CaseRow:
    """One line: when, who, what; which case, in which state."""

    call: str
    day: str
    left: str
    who: str
    what: str
    number: str
    pupil: str
    states: str
    climb: Climb | None
    kind: str
    doubts: int
    urgency: int
    late: bool
    to_serve: bool
    """A paper waits for its service."""
    file: str


def rows_of(cases: Iterable[Outlook], day: date) -> list[CaseRow]:
    """Tell each case in one line, the most urgent first."""
    return [_row(case, day) for case in cases]


def _row(case: Outlook, day: date) -> CaseRow:
    desk = the_desk()
    by, left, who, what = first_act(case, day)
    return CaseRow(
        call=desk.called(case.path),
        day=by,
        left=left,
        who=who,
        what=what,
        number=case.case_id,
        pupil=case.pupil,
        states=states(case),
        climb=_climb(case),
        kind=case.kind,
        doubts=len(case.problems),
        urgency=case.urgency[0],
        to_serve=any(state.endswith(_TO_SERVE) for _, state in case.states),
        late=case.first is not None and case.first.by < day,
        file=desk.below(case.path),
    )


def _climb(case: Outlook) -> Climb | None:
    """Tell how far the guardian has come who is furthest up the ladder."""
    told = [found for _, state in case.states if (found := climb(state))]
    return max(told, key=lambda one: one.reached, default=None)
