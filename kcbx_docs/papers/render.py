"""Render the papers of one file: read, plan, make, render, write."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kcbx_docs.case.files import load_case, load_letter
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import Made, make_all, to_docx
from kcbx_docs.papers.output import File, about, manifest, write_all
from kcbx_docs.papers.plan import Paper, plan_case, plan_letter
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    errors,
    problem,
    raise_errors,
    stop,
)
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.native import missing_for_pdf
from kcbx_docs.render.pdf import Body, Pdf, render_pdf

FORMATS = ("docx", "pdf")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What the user asked for: the papers' day, documents (none: all that fit), formats, folder, draft.

    ``today`` is the real day where papers are made as of an earlier one: later events are no mistake then.
    ``reason`` is what a named officer gives for a paper that the procedure allows only with a reason.
    """

    day: datetime.date
    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    out: Path | None = None
    draft: bool = False
    today: datetime.date | None = None
    reason: str = ""

    @property
    def known(self) -> datetime.date:
        """Return the day until which events may have happened."""
        return max(self.day, self.today or self.day)


@dataclass(frozen=True)
class Written:
    """What was made."""

    folder: Path
    files: tuple[Path, ...]
    made: tuple[Made, ...]
    problems: Problems


def silent(_message: str) -> None:
    """Report progress to nobody."""


def render_case(path: Path, wanted: Wanted, progress: Progress = silent) -> Written:
    """Render the papers of one case file; raise with every problem if anything is wrong."""
    office = open_office(path)
    check_reason(wanted.reason, office.workspace)
    loaded, problems = load_case(path, wanted.known, office.workspace)
    found = raise_errors((*office.problems, *problems))
    assert loaded is not None
    desk = Desk(office, office.docket(loaded), wanted.day, wanted.draft, wanted.reason)
    papers, problems = plan_case(desk, _document_ids(office.library, wanted.documents))
    if not papers and not errors(problems):
        raise stop("PAPR005", Place(str(path)))
    return _finish(path, loaded.case.id, papers, wanted, (*found, *problems), office, progress)


def render_letter(path: Path, wanted: Wanted, progress: Progress = silent) -> Written:
    """Render an official letter."""
    office = open_office(path)
    loaded, problems = load_letter(path, office.workspace)
    found = raise_errors((*office.problems, *problems))
    assert loaded is not None
    papers, problems = plan_letter(loaded.letter, office.library, office.workspace, wanted.day)
    return _finish(path, loaded.folder, papers, wanted, (*found, *problems), office, progress)


def _document_ids(library: Library, words: Sequence[str]) -> tuple[str, ...]:
    found: list[Problem] = []
    names = []
    for word in words:
        try:
            names.append(library.find(word).front.id)
        except UserError as error:
            found += error.problems
    raise_errors(found)
    return tuple(dict.fromkeys(names))


def _finish(
    path: Path,
    name: str,
    papers: Sequence[Paper],
    wanted: Wanted,
    found: Problems,
    office: Office,
    progress: Progress,
) -> Written:
    made, problems = make_all(papers, office.library.registry)
    found = raise_errors((*found, *problems))
    files, more = render_files(made, wanted, progress)
    found = (*found, *raise_errors(more))
    folder = (wanted.out or office.output) / name
    written = write_all(
        folder,
        files,
        manifest(files, office.library, path.read_bytes(), wanted.day, reason=wanted.reason),
    )
    return Written(folder, written, made, found)


def render_files(
    made: Sequence[Made], wanted: Wanted, progress: Progress = silent
) -> tuple[tuple[File, ...], Problems]:
    """Render papers in every format asked for; without Pango only the PDFs are missing."""
    found: list[Problem] = []
    files: list[File] = []
    formats = list(wanted.formats)
    if "pdf" in formats and (reason := missing_for_pdf()):
        formats.remove("pdf")
        found.append(
            problem(
                "PAPR006" if "docx" in formats else "REND001",
                Place(),
                reason=reason,
                missing=reason,
                advice="",
            )
        )
    fonts = find_fonts() if "pdf" in formats else None
    for paper in made:
        progress(paper.paper.name)
        name, told = paper.paper.name, about(paper)
        if "docx" in formats:
            data, problems = to_docx(paper, draft=wanted.draft)
            found += problems
            files += [File(f"{name}.docx", data, told)] if data else []
        if fonts:
            pdf, problems = lay_out([paper], fonts, title=paper.paper.title, draft=wanted.draft)
            found += problems
            files += [File(f"{name}.pdf", pdf.data, told, pdf.fonts)] if pdf else []
    return tuple(files), tuple(found)


def lay_out(
    made: Sequence[Made],
    fonts: FontSet | None,
    *,
    title: str,
    duplex: bool = False,
    named: bool = False,
    draft: bool = False,
) -> tuple[Pdf | None, Problems]:
    """Lay papers out in one PDF that knows the pages of each.

    ``duplex`` starts every paper on a front side; ``named`` lets problems say whose paper it is.
    """
    assert fonts is not None
    bodies = [
        Body(
            m.filled.root,
            m.layout,
            m.paper.title,
            m.paper.day,
            m.paper.flat.files[0].shown,
            m.paper.flat.front.page_limit,
            m.paper.name if named else "",
        )
        for m in made
    ]
    return render_pdf(
        bodies, fonts, title=title, author=made[0].paper.issuer.name, duplex=duplex, draft=draft
    )
