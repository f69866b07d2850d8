"""From a case file to its dossier on the disk, the originals beside it."""

from datetime import date
from pathlib import Path

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.dossier.volumes import FOLDER, Dossier, dossier_of
from kcbx_docs.filing.folder import Written, file_papers, tidy
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import File, Papers, about_run
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.papers.render import whose_case
from kcbx_docs.problems import Place, raise_errors, stop

_BESIDE = "原件"


def file_dossier(
    path: Path,
    today: date,
    day: date | None = None,
    order: str = "",
    progress: Progress = silent,
) -> tuple[Dossier, Written]:
    """Bind the dossier of a case and put it away; raise with every problem."""
    office = open_office(path)
    loaded, found = office.read(path, today)
    raise_errors(found)
    if not isinstance(loaded, LoadedCase):
        raise stop("CLI052", Place(str(path)))
    dossier = dossier_of(office, loaded, day, order, progress)
    tidy(office.output)
    files = [
        File(f"{FOLDER}{one.name}.pdf", one.data, {"pages": one.pages}) for one in dossier.volumes
    ]
    for number, original in enumerate(dossier.originals, 1):
        name = f"{_BESIDE}{number:02d}-{original.name}"
        files.append(File(name, original.data, {"sha256_of_original": original.sha256}))
    run = about_run(office.library, loaded.source.sha256, dossier.day, whose_case(loaded.case))
    papers = Papers(f"{dossier.case}-{FOLDER}", tuple(files), run, keeps_old=False)
    return dossier, file_papers(office.output, papers, progress)
