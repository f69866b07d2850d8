"""The cases and leads of an office that a list or a report is built from."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs import clock
from kcbx_docs.case.files import WORKSPACE_FILE, find_workspace
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import CaseChild, DaySpan, children_of
from kcbx_docs.listing.leads import ListedLead, listed
from kcbx_docs.listing.lists import ListHead
from kcbx_docs.office.files import CASES, files_below, of_kinds
from kcbx_docs.office.leads import kept_leads
from kcbx_docs.office.opened import Office
from kcbx_docs.office.without_file import uncounted_in
from kcbx_docs.problems import Place, Problem, Problems, errors, problem, stop
from kcbx_docs.words import did_you_mean

CASES_ALONE, LEADS_ALONE = ("案件",), ("线索",)
BOTH = (*CASES_ALONE, *LEADS_ALONE)
"""The kinds of files that something is counted from: what is wrong with others is no matter."""


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


def files_of(office: Office, among: Collection[Path] | None = None) -> tuple[Path, ...]:
    """List the files of the office, without those of workspaces that lie among them; of some
    files those ``among`` which they are, where somebody may see no others.
    """
    root = office.root.resolve()
    below = files_below((office.root / CASES,), workspace=False)
    own = tuple(path for path in below if find_workspace(path.parent) == root)
    return own if among is None else tuple(path for path in own if path in among)


def gathered(
    office: Office,
    span: DaySpan,
    schools: Sequence[str] = (),
    today: date | None = None,
    *,
    kinds: Sequence[str] = BOTH,
    among: Collection[Path] | None = None,
) -> CasesGathered:
    """Read the cases and leads of an office; what happened after the span is no fault of theirs.
    Files that are none of the ``kinds`` keep nobody off a list.
    """
    known_until = max(span.last, today or clock.today())
    files = files_of(office, among)
    children, problems = children_of(office, of_kinds(files, kinds), span, known_until)
    leads = [listed(one, span) for one in kept_leads(files, known_until)]
    known_by_then = [one for one in leads if one.day <= span.last]
    named = (*(child.school for child in children), *(one.who.school for one in known_by_then))
    known = dict.fromkeys(filter(None, named))
    for school in schools:
        if school not in known:
            facts = {"school": school, "known": "、".join(known) or "没有"}
            raise stop("LIST005", Place(), **facts, advice=did_you_mean(school, list(known)))
    kept = tuple(child for child in children if not schools or child.school in schools)
    own = tuple(one for one in known_by_then if not schools or one.who.school in schools)
    problems = (*problems, *_uncounted(office, kinds, among))
    apart = _left_out(office, among)
    return CasesGathered(office, kept, own, span, tuple(schools), (*apart, *problems))


def _left_out(office: Office, among: Collection[Path] | None) -> Iterator[Problem]:
    """Tell of the workspaces that lie among the cases: each keeps lists of its own."""
    if among is not None:
        return
    below = sorted(path.parent for path in (office.root / CASES).rglob(WORKSPACE_FILE))
    if names := [path.relative_to(office.root).as_posix() for path in below]:
        yield problem("LIST031", Place(), folders="、".join(names))


def _uncounted(office: Office, kinds: Sequence[str], among: Collection[Path] | None) -> Problems:
    """Tell which cases are in no list; who may see some alone hears of no others."""
    if among is not None or CASES_ALONE[0] not in kinds:
        return ()
    return uncounted_in(office.root, office.workspace)
