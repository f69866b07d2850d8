"""A case in one line of a table, as ``kcbx status`` tells it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.pictures.ladder import Climb, climb
from kcbx_docs.light import dataclass
from kcbx_docs.office.listed import first_act, states
from kcbx_docs.office.outlook import Outlook, Outlooks
from kcbx_docs.problems import errors

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


@dataclass(frozen=True)
class BegunRow:
    """A case of which no step is told, for its file lacks something."""

    call: str
    number: str
    pupil: str
    faults: int
    words: str
    """By which it is found."""

    def has(self, words: Iterable[str]) -> bool:
        """Tell whether it is found by some words."""
        return all(word in self.words for word in words)


def begun_of(told: Outlooks) -> list[BegunRow]:
    """List the files of which no step is told: whose case each is, or how the file is called."""
    desk, counts = the_desk(), Counter(one.place.file for one in errors(told.problems))
    known = {one.path: one for one in told.begun}
    rows = []
    for path in told.unread:
        one, file = known.get(path), desk.below(path)
        number, pupil = (one.case_id, one.pupil) if one else (file, "")
        words = f"{number} {pupil} {file}"
        rows.append(BegunRow(desk.called(path), number, pupil, counts[str(path)], words))
    return sorted(rows, key=lambda row: row.number)


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
