"""The cases and leads of an office that a list or a report is built from."""

from collections.abc import Sequence
from pathlib import Path

from kcbx_docs import clock
from kcbx_docs.case.files import find_workspace
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import Child, Span, children_of
from kcbx_docs.listing.lists import Head
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problems, errors, stop
from kcbx_docs.words import did_you_mean


@dataclass(frozen=True)
class Gathered:
    """The children of an office, or of some of its schools, over a span of days."""

    office: Office
    children: tuple[Child, ...]
    span: Span
    schools: tuple[str, ...]
    problems: Problems

    @property
    def unread(self) -> int:
        """Count the files that could not be read."""
        return len({one.place.file for one in errors(self.problems)})

    def head(self, term: str = "") -> Head:
        """Say what a list covers."""
        name = self.office.workspace.office.name
        return Head(name, str(self.span.last), term, self.schools, self.unread)


def files_of(office: Office) -> tuple[Path, ...]:
    """List the files of the office, without those of workspaces that lie among them."""
    root = office.root.resolve()
    below = files_below((office.root / CASES,), workspace=False)
    return tuple(path for path in below if find_workspace(path.parent) == root)


def gathered(office: Office, span: Span, schools: Sequence[str] = ()) -> Gathered:
    """Read the cases of an office."""
    children, problems = children_of(office, files_of(office), span, clock.today())
    known = dict.fromkeys(child.school for child in children if child.school)
    for school in schools:
        if school not in known:
            facts = {"school": school, "known": "、".join(known) or "没有"}
            raise stop("LIST005", Place(), **facts, advice=did_you_mean(school, list(known)))
    kept = tuple(child for child in children if not schools or child.school in schools)
    return Gathered(office, kept, span, tuple(schools), problems)
