"""From a case, a letter or a piece of work to its papers: plan, make, render."""

import hashlib
from collections.abc import Sequence

from kcbx_docs.case.files import LoadedCase, LoadedLetter, LoadedWork
from kcbx_docs.case.model import Case
from kcbx_docs.office.book import issues_in
from kcbx_docs.office.check import check_history
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.office.work_made import with_issued
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import RECEIPT
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.files import (
    MADE_FROM,
    File,
    Papers,
    Wanted,
    about,
    about_run,
    seal,
    whose,
)
from kcbx_docs.papers.formats import presses
from kcbx_docs.papers.issued import as_issued, letter_as_issued, work_as_issued
from kcbx_docs.papers.make import Made, make_all
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case, plan_letter
from kcbx_docs.papers.press import Press, Progress, Repeating, silent
from kcbx_docs.papers.whereof import in_case, undrawn_in
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    errors,
    few_of_each,
    raise_errors,
    stop,
)
from kcbx_docs.reading import Source
from kcbx_docs.render.recipe import Recipe
from kcbx_docs.words import advice_for_name


def papers_of_case(
    office: Office, loaded: LoadedCase, wanted: Wanted, progress: Progress = silent
) -> Papers:
    """Make the papers of a case; raise with every problem if anything is wrong with them.

    What is wrong in the history is told as ``kcbx check`` tells it: it stops no other paper.
    """
    check_reason(wanted.reason, office.workspace)
    check_guardian(loaded, wanted.guardian)
    desk = Desk(
        office, office.docket(loaded), wanted.day, wanted.draft, wanted.reason, wanted.guardian
    )
    papers, problems = plan_case(desk, document_ids(office.library, wanted.documents))
    if wanted.within:
        papers, problems = _within(office, papers, problems, wanted.within)
    if not papers and not errors(problems):
        raise stop("PAPR005", Place(str(loaded.path)))
    papers = tuple(one for one in papers if not _went_along(one, office, loaded, wanted))
    wrong = errors(few_of_each(check_history(desk.docket, wanted.day)))
    papers, issued, more = _issued(office, loaded, papers, wanted)
    problems = (*problems, *more)
    folder = loaded.case.id
    told, source = in_case(problems, loaded), loaded.source
    files, made, found = _made(papers, office.library, wanted, progress, told, folder, source)
    run = run_of_case(office, loaded, wanted)
    files, found = (*issued, *files), tuple(dict.fromkeys((*wrong, *found)))
    return Papers(folder, files, run, wanted.extent, wanted.draft, made=made, problems=found)


def _went_along(paper: Paper, office: Office, loaded: LoadedCase, wanted: Wanted) -> bool:
    """Tell whether a receipt that nobody asked for is there as it went out with its paper."""
    receipts, asked = office.library.ids_of(RECEIPT), wanted.documents
    if paper.document not in receipts or not asked or not wanted.standing or wanted.draft:
        return False
    if not set(document_ids(office.library, asked)).isdisjoint(receipts):
        return False
    names = (f"{paper.name}.{form}" for form in wanted.formats)
    there = (wanted.standing.stands(loaded.case.id, name, paper.issued or "") for name in names)
    return bool(paper.issued) and all(there)


def _within(
    office: Office, papers: Sequence[Paper], problems: Problems, documents: Sequence[str]
) -> tuple[tuple[Paper, ...], Problems]:
    """Leave out papers of other kinds, and what is said of them."""
    others = (office.library.card(one) for one in office.library.ids if one not in documents)
    titles = tuple(f"《{card.title}》" for card in others)
    told = tuple(one for one in problems if not one.subject.startswith(titles))
    return tuple(one for one in papers if one.document in documents), told


def receipts_of_case(office: Office, loaded: LoadedCase, wanted: Wanted) -> Papers:
    """Make the receipts of the papers that are wanted, and not these papers themselves."""
    guardian = wanted.guardian
    desk = Desk(office, office.docket(loaded), wanted.day, reason=wanted.reason, guardian=guardian)
    planned, problems = plan_case(desk, document_ids(office.library, wanted.documents))
    receipts = office.library.ids_of(RECEIPT)
    own = [paper for paper in planned if paper.document in receipts]
    raise_errors(problems)
    folder, source = loaded.case.id, loaded.source
    files, made, found = _made(own, office.library, wanted, silent, (), folder, source)
    run = run_of_case(office, loaded, wanted)
    return Papers(folder, files, run, wanted.extent, made=made, problems=found)


def run_of_case(office: Office, loaded: LoadedCase, wanted: Wanted) -> dict[str, object]:
    """Describe a run on a case for the manifest."""
    whom = whose_case(loaded.case)
    sha256 = loaded.source.sha256
    return about_run(office.library, sha256, wanted.day, whom, reason=wanted.reason)


def run_of_letter(office: Office, loaded: LoadedLetter, wanted: Wanted) -> dict[str, object]:
    """Describe a run on an official letter for the manifest."""
    whom, sha256 = whose("公文", loaded.folder), loaded.source.sha256
    return about_run(office.library, sha256, wanted.day, whom, reason=wanted.reason)


def _issued(
    office: Office, loaded: LoadedCase, papers: Sequence[Paper], wanted: Wanted
) -> tuple[tuple[Paper, ...], tuple[File, ...], Problems]:
    """Take what was issued from the ledger; the rest is to be made. Drafts are always made."""
    if office.register is None or wanted.draft:
        return tuple(papers), (), ()
    issues = issues_in(office.recorded(loaded))
    return as_issued(papers, issues, office.register.book, wanted.formats)


def check_guardian(loaded: LoadedCase, name: str) -> None:
    """Stop where papers of one guardian are wanted and the case has none of that name."""
    known = [guardian.name for guardian in loaded.case.guardians]
    if name and name not in known:
        place = Place(loaded.source.name)
        raise stop("PAPR025", place, name=name, advice=advice_for_name(name, known))


def whose_case(case: Case) -> dict[str, object]:
    """Tell to whom the folder of a case belongs."""
    pupil = case.pupil
    return whose("案件", case.id, pupil.name, pupil.id_number, pupil.pupil_number)


def papers_of_letter(
    office: Office, loaded: LoadedLetter, wanted: Wanted, progress: Progress = silent
) -> Papers:
    """Make the one paper of an official letter."""
    papers, problems = plan_letter(loaded.letter, office, wanted.day)
    others = [word for word in wanted.documents if word != loaded.letter.kind]
    asked = document_ids(office.library, others)
    _refuse_others(papers[0].document, asked, office, Place(loaded.source.name))
    issued, more = _issued_letter(office, loaded, papers[0].name, wanted)
    problems = (*problems, *more)
    papers = () if issued else papers
    folder, source = loaded.folder, loaded.source
    files, made, found = _made(papers, office.library, wanted, progress, problems, folder, source)
    files = (*issued, *files)
    run = run_of_letter(office, loaded, wanted)
    return Papers(folder, files, run, wanted.extent, wanted.draft, made=made, problems=found)


def papers_of_work(
    office: Office, loaded: LoadedWork, wanted: Wanted, progress: Progress = silent
) -> Papers:
    """Make the papers of a piece of management work."""
    asked = document_ids(office.library, wanted.documents)
    now = with_issued(loaded, office)
    papers, problems = plan_work(now, office, wanted.day, asked, draft=wanted.draft)
    issued: tuple[File, ...] = ()
    if office.register and not wanted.draft:
        issues, book = issues_in(office.recorded(loaded)), office.register.book
        papers, issued, more = work_as_issued(papers, issues, book, wanted.formats)
        problems = (*problems, *more)
    folder, source = loaded.folder, loaded.source
    files, made, found = _made(papers, office.library, wanted, progress, problems, folder, source)
    files, run = (*issued, *files), run_of_work(office, loaded, wanted)
    return Papers(folder, files, run, wanted.extent, wanted.draft, made=made, problems=found)


def run_of_work(office: Office, loaded: LoadedWork, wanted: Wanted) -> dict[str, object]:
    """Describe a run on a piece of work for the manifest."""
    whom, sha256 = whose("工作", loaded.folder), loaded.source.sha256
    return about_run(office.library, sha256, wanted.day, whom, reason=wanted.reason)


def _refuse_others(own: str, asked: Sequence[str], office: Office, place: Place) -> None:
    """Refuse documents that a letter does not yield: it is one paper, and nothing else."""
    titles = [office.library.card(name).title for name in asked if name != own]
    if titles:
        raise stop("PAPR042", place, titles="》《".join(titles))


def _issued_letter(
    office: Office, loaded: LoadedLetter, name: str, wanted: Wanted
) -> tuple[tuple[File, ...], Problems]:
    """Take a letter that was issued from the ledger; a draft is always made."""
    if office.register is None or wanted.draft:
        return (), ()
    issues = issues_in(office.recorded(loaded))
    return letter_as_issued(loaded, issues, name, office.register.book, wanted.formats)


def document_ids(library: Library, words: Sequence[str]) -> tuple[str, ...]:
    """Find the documents that somebody calls by id or title; raise with every unknown word."""
    found: list[Problem] = []
    names = []
    for word in library.words_of(words):
        try:
            names.append(library.find(word).front.id)
        except UserError as error:
            found += error.problems
    raise_errors(found)
    return tuple(dict.fromkeys(names))


def _made(
    papers: Sequence[Paper],
    library: Library,
    wanted: Wanted,
    progress: Progress,
    found: Problems,
    folder: str,
    source: Source,
) -> tuple[tuple[File, ...], tuple[Made, ...], Problems]:
    """Fill and render planned papers; nothing is returned that is not complete."""
    made, problems = make_all(papers, library.registry, source.name)
    found = raise_errors((*found, *problems))
    files, problems = render_files(made, wanted, progress, folder)
    return files, made, (*found, *raise_errors(undrawn_in(source, problems)))


def render_files(
    made: Sequence[Made], wanted: Wanted, progress: Progress = silent, folder: str = ""
) -> tuple[tuple[File, ...], Problems]:
    """Render papers in every format asked for; what cannot be made on this machine is told."""
    ready, problems = presses(wanted.formats)
    found = list(problems)
    files: list[File] = []
    for one in made:
        progress(one.paper.name)
        for press in ready:
            file, problems = _rendered(press, one, wanted, folder)
            found += problems
            files += [file] if file else []
    return tuple(files), tuple(found)


def _rendered(
    press: Press, made: Made, wanted: Wanted, folder: str
) -> tuple[File | None, Problems]:
    """Take a file that stands already if it would come out the same, else make it."""
    name, known = f"{made.paper.name}{press.suffix}", about(made)
    recipe = None
    if wanted.standing and isinstance(press, Repeating):
        recipe = press.recipe(made, draft=wanted.draft)
    if wanted.standing and recipe:
        data = wanted.standing.data(folder, name, recipe.key, draft=wanted.draft)
        if data:
            return File(name, data, known | _made_from(recipe, data), recipe.fonts), ()
    rendered, problems = press.paper(made, draft=wanted.draft)
    if rendered is None:
        return None, problems
    if recipe and not problems:  # what was to be said is said again
        known |= _made_from(recipe, rendered.data)
    return File(name, rendered.data, known, rendered.fonts), problems


def _made_from(recipe: Recipe, data: bytes) -> dict[str, str]:
    return {MADE_FROM: seal(recipe.key, hashlib.sha256(data).hexdigest())}
