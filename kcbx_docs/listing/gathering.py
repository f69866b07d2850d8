"""The cases and leads of an office that a list or a report is built from."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kcbx_docs import clock
from kcbx_docs.case.files import find_workspace
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import (
    CaseChild,
    DaySpan,
    Whom,
    children_of,
    placed_in,
    stage_of,
)
from kcbx_docs.listing.figures import ListedLead
from kcbx_docs.listing.lists import ListHead
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.leads import KeptLead, kept_leads
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problems, errors, stop
from kcbx_docs.words import did_you_mean


@dataclass(frozen=True)
class CasesGathered:
    """The children of an office, or of some of its schools, over a span of days."""

    office: Office
    children: tuple[CaseChild, ...]
    leads: tuple[ListedLead, ...]
    span: DaySpan
    schools: tuple[str, ...]
    problems: Problems

    @property
    def unread(self) -> int:
        """Count the files that could not be read."""
        return len({one.place.file for one in errors(self.problems)})

    def head(self, term: str = "") -> ListHead:
        """Say what a list covers."""
        name = self.office.workspace.office.name
        return ListHead(name, str(self.span.last), term, self.schools, self.unread)


def files_of(office: Office) -> tuple[Path, ...]:
    """List the files of the office, without those of workspaces that lie among them."""
    root = office.root.resolve()
    below = files_below((office.root / CASES,), workspace=False)
    return tuple(path for path in below if find_workspace(path.parent) == root)


def gathered(
    office: Office, span: DaySpan, schools: Sequence[str] = (), today: date | None = None
) -> CasesGathered:
    """Read the cases of an office; what happened after the span is no fault of theirs."""
    known_until = max(span.last, today or clock.today())
    files = files_of(office)
    children, problems = children_of(office, files, span, known_until)
    leads = [_listed(one, span) for one in kept_leads(files, known_until)]
    known_by_then = [one for one in leads if one.day <= span.last]
    named = (*(child.school for child in children), *(one.who.school for one in known_by_then))
    known = dict.fromkeys(filter(None, named))
    for school in schools:
        if school not in known:
            facts = {"school": school, "known": "、".join(known) or "没有"}
            raise stop("LIST005", Place(), **facts, advice=did_you_mean(school, list(known)))
    kept = tuple(child for child in children if not schools or child.school in schools)
    own = tuple(one for one in known_by_then if not schools or one.who.school in schools)
    return CasesGathered(office, kept, own, span, tuple(schools), problems)


def _listed(lead: KeptLead, span: DaySpan) -> ListedLead:
    """Return a lead as it stood on the last day."""
    entry = lead.handled.entry
    decision = lead.loaded.leads.decided(entry.id, span.last)
    placed = placed_in(entry.grade, entry.class_name)
    who = Whom(entry.id, entry.name, entry.school, placed.label, stage_of(placed.grade))
    state = decision.outcome if decision else "没有处理"
    return ListedLead(who, entry.day, state, entry.day in span, decision is None)
