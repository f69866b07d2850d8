"""From a case or a letter to its papers: plan, make, render."""

from collections.abc import Sequence

from kcbx_docs.case.files import LoadedCase, LoadedLetter
from kcbx_docs.case.model import Case
from kcbx_docs.office.book import issues_in, ledger_id
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.files import File, Papers, Wanted, about, about_run, whose
from kcbx_docs.papers.formats import presses
from kcbx_docs.papers.issued import as_issued, letter_as_issued
from kcbx_docs.papers.make import Made, make_all
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case, plan_letter
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors, raise_errors, stop
from kcbx_docs.words import advice_for_name


def papers_of_case(
    office: Office, loaded: LoadedCase, wanted: Wanted, progress: Progress = silent
) -> Papers:
    """Make the papers of a case; raise with every problem if anything is wrong."""
    check_reason(wanted.reason, office.workspace)
    check_guardian(loaded.case, wanted.guardian)
    desk = Desk(
        office, office.docket(loaded), wanted.day, wanted.draft, wanted.reason, wanted.guardian
    )
    papers, problems = plan_case(desk, _document_ids(office.library, wanted.documents))
    if not papers and not errors(problems):
        raise stop("PAPR005", Place(str(loaded.path)))
    papers, issued, more = _issued(office, loaded, papers, wanted)
    problems = (*problems, *more)
    files, made, found = _made(papers, office.library, wanted, progress, problems)
    run = run_of_case(office, loaded, wanted)
    files = (*issued, *files)
    return Papers(
        loaded.case.id, files, run, wanted.extent, wanted.draft, made=made, problems=found
    )


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
    issues = issues_in(office.register.of_case(loaded.case.id))
    return as_issued(papers, issues, office.register.book, wanted.formats)


def check_guardian(case: Case, name: str) -> None:
    """Stop where papers of one guardian are wanted and the case has none of that name."""
    known = [guardian.name for guardian in case.guardians]
    if name and name not in known:
        raise stop("PAPR025", Place(), name=name, advice=advice_for_name(name, known))


def whose_case(case: Case) -> dict[str, object]:
    """Tell to whom the folder of a case belongs."""
    pupil = case.pupil
    return whose("案件", case.id, pupil.name, pupil.id_number, pupil.pupil_number)


def papers_of_letter(
    office: Office, loaded: LoadedLetter, wanted: Wanted, progress: Progress = silent
) -> Papers:
    """Make the one paper of an official letter."""
    papers, problems = plan_letter(loaded.letter, office, wanted.day)
    issued, more = _issued_letter(office, loaded, papers[0].name, wanted)
    problems = (*problems, *more)
    papers = () if issued else papers
    files, made, found = _made(papers, office.library, wanted, progress, problems)
    files = (*issued, *files)
    run = run_of_letter(office, loaded, wanted)
    return Papers(loaded.folder, files, run, wanted.extent, wanted.draft, made=made, problems=found)


def _issued_letter(
    office: Office, loaded: LoadedLetter, name: str, wanted: Wanted
) -> tuple[tuple[File, ...], Problems]:
    """Take a letter that was issued from the ledger; a draft is always made."""
    if office.register is None or wanted.draft:
        return (), ()
    issues = issues_in(office.register.of_case(ledger_id(loaded)))
    return letter_as_issued(loaded, issues, name, office.register.book, wanted.formats)


def _document_ids(library: Library, words: Sequence[str]) -> tuple[str, ...]:
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
) -> tuple[tuple[File, ...], tuple[Made, ...], Problems]:
    """Fill and render planned papers; nothing is returned that is not complete."""
    made, problems = make_all(papers, library.registry)
    found = raise_errors((*found, *problems))
    files, problems = render_files(made, wanted, progress)
    return files, made, (*found, *raise_errors(problems))


def render_files(
    made: Sequence[Made], wanted: Wanted, progress: Progress = silent
) -> tuple[tuple[File, ...], Problems]:
    """Render papers in every format asked for; what cannot be made on this machine is told."""
    ready, problems = presses(wanted.formats)
    found = list(problems)
    files: list[File] = []
    for one in made:
        progress(one.paper.name)
        for press in ready:
            rendered, problems = press.paper(one, draft=wanted.draft)
            found += problems
            if rendered:
                name = f"{one.paper.name}{press.suffix}"
                files.append(File(name, rendered.data, about(one), rendered.fonts))
    return tuple(files), tuple(found)
