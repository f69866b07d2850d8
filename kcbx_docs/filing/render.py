"""From a file on the disk to its papers on the disk: read, make, put away."""

from pathlib import Path

from kcbx_docs.batch.render import papers_of
from kcbx_docs.filing.folder import Written, file_papers
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import UserError


def render_file(
    path: Path, wanted: Wanted, out: Path | None = None, progress: Progress = silent
) -> Written:
    """Make the papers of a case, batch or letter, and put them away; raise with every problem."""
    office = open_office(path)
    loaded, found = office.read(path, wanted.known)
    if loaded is None:
        raise UserError((*office.problems, *found))
    papers = papers_of(office, loaded, wanted, progress, found)
    return file_papers(out or office.output, papers, progress)
