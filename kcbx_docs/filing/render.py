"""From a file on the disk to its papers on the disk: read, make, put away."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kcbx_docs.batch.asked import EVERYBODY, NOBODY, BatchAsked, Watching
from kcbx_docs.batch.render import papers_of
from kcbx_docs.case.files import LoadedBatch, LoadedCase, kind_of
from kcbx_docs.filing.batch import render_batch
from kcbx_docs.filing.folder import Written, file_papers, tidy
from kcbx_docs.filing.standing import OnDisk
from kcbx_docs.office.files import doubled
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import Place, Problem, UserError, stop

PUBLIC = "公开"
"""Below the output folder: what may be handed to everybody lies beside no other paper."""


def render_file(
    path: Path,
    wanted: Wanted,
    out: Path | None = None,
    watching: Watching = NOBODY,
    twice: Mapping[Path, Problem] | None = None,
    asked: BatchAsked = EVERYBODY,
) -> Written:
    """Make the papers of a file, whatever its kind, and put them away; raise with every problem.

    ``twice`` are the files whose number another file has as well,
    where the caller knows them already.
    """
    office = open_office(path)
    shared = (doubled([path]) if twice is None else twice).get(path)
    loaded, found = office.read(path, wanted.known)
    root = out or office.output
    found = (*tidy(root), *found, *([shared] if shared else []))
    if loaded is None:
        raise UserError((*office.problems, *found))
    if wanted.guardian and not isinstance(loaded, LoadedCase):
        raise stop("PAPR048", Place(str(path)), kind=kind_of(loaded.source), name=wanted.guardian)
    if wanted.public:
        papers = papers_of(office, loaded, wanted, watching.progress, found)
        return file_papers(root / PUBLIC, papers, watching.progress)
    if isinstance(loaded, LoadedBatch):
        told = (*office.problems, *found)
        return render_batch(office, loaded, wanted, asked, root, watching, told)
    if replace(asked, by="") != EVERYBODY:
        raise stop("BTCH038", Place(str(path)), path=path)
    wanted = replace(wanted, standing=OnDisk(root))
    papers = papers_of(office, loaded, wanted, watching.progress, found)
    return file_papers(root, papers, watching.progress)
