"""The public version of a case or of work: what may become public, without anybody's name on the
paper, its file or its folder.
"""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kcbx_docs.case.files import Loaded, LoadedCase, LoadedWork, kind_of
from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.office.opened import Office
from kcbx_docs.office.work_made import with_issued
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.files import Papers, Wanted, about_run, whose
from kcbx_docs.papers.make import Made, make_all
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.papers.render import check_guardian, document_ids, render_files
from kcbx_docs.papers.whereof import in_case
from kcbx_docs.papers.work_plan import LACKING, plan_work
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors, stop
from kcbx_docs.record.publication import identifying, told_in, told_in_public
from kcbx_docs.render.text import paragraphs

MARK = "公开"
NOT_TOLD, PUBLISHING = "child-not-told", "publish-penalty"
"""The rules of law: who a child is is not told; which penalties become public."""


def public_papers(
    office: Office, loaded: Loaded, wanted: Wanted, progress: Progress = silent
) -> Papers:
    """Make what may become public of a file; raise with the reason where nothing may."""
    place = Place(str(loaded.path))
    if not isinstance(loaded, LoadedCase | LoadedWork):
        raise stop("PUBL001", place, kind=kind_of(loaded.source))
    asked = document_ids(office.library, wanted.documents)
    raise_errors(_refused(office, asked, wanted.day, place))
    planned, found = _planned(office, loaded, wanted, asked)
    papers = [*_anonymous(planned)]
    found = raise_errors((*found, *_of_schools(papers, place)))
    if not papers:
        raise stop("PUBL003", place, why=_why_none(office, loaded, wanted.day))
    made, problems = make_all(papers, office.library.registry, loaded.source.name)
    found = raise_errors((*found, *problems, *_told(made, loaded, place)))
    files, problems = render_files(made, replace(wanted, standing=None), progress)
    found = (*found, *raise_errors(problems))
    folder = folder_of(loaded)
    run = about_run(office.library, "", wanted.day, whose(MARK, folder))
    return Papers(folder, files, run, wanted.extent, wanted.draft, made=made, problems=found)


def folder_of(loaded: LoadedCase | LoadedWork) -> str:
    """Name the folder by what nobody can read: the number of a case is what a person wrote."""
    number = loaded.case.id if isinstance(loaded, LoadedCase) else loaded.folder
    kind = str(kind_of(loaded.source))
    digest = hashlib.sha256(f"{kind} {number}".encode()).hexdigest()
    return f"{kind}-{digest[:8]}"


def _refused(
    office: Office, asked: Sequence[str], day: datetime.date, place: Place
) -> Iterator[Problem]:
    """Refuse documents that never become public."""
    for name in asked:
        card = office.library.card(name)
        if not card.public:
            basis = _basis(office, NOT_TOLD, day)
            yield problem("PUBL002", place, title=card.title, basis=basis)


def _basis(office: Office, rule: str, day: datetime.date) -> str:
    cited = office.law.cite(office.law.registry.rule(rule).basis, day)
    return "、".join(citation.short for citation in cited)


def _planned(
    office: Office, loaded: LoadedCase | LoadedWork, wanted: Wanted, asked: Sequence[str]
) -> tuple[tuple[Paper, ...], Problems]:
    library = office.library
    if isinstance(loaded, LoadedWork):
        names = [n for n in library.ids_of_work(loaded.work.kind) if library.card(n).public]
        if not (asked or names):
            return (), ()
        planned, told = plan_work(
            with_issued(loaded, office), office, wanted.day, asked or names, draft=wanted.draft
        )
        return planned, told if asked else tuple(one for one in told if one.code != LACKING)
    check_guardian(loaded, wanted.guardian)
    docket = office.docket(loaded)
    desk = Desk(office, docket, wanted.day, wanted.draft, wanted.reason, wanted.guardian)
    papers: list[Paper] = []
    found: list[Problem] = [*told_in_public(docket)]
    for name in asked or _of_cases(office):
        more, problems = plan_case(desk, (name,))
        papers += more
        found += problems if asked or more else ()
    return tuple(papers), in_case(found, loaded)


def _of_cases(office: Office) -> Iterator[str]:
    for name in office.library.ids:
        card = office.library.card(name)
        if card.public and card.unit == "监护人":
            yield name


def _anonymous(papers: Sequence[Paper]) -> Iterator[Paper]:
    """Take from papers whatever else names a person: their files' names, whose they are."""
    for number, paper in enumerate(papers, 1):
        stem = f"{paper.flat.front.order:03d}-{paper.flat.front.title}-{MARK}"
        name = f"{stem}-{number}" if len(papers) > 1 else stem
        yield replace(paper, name=name, guardian="", issued="", event="", told=None, turn="")


def _of_schools(papers: Sequence[Paper], place: Place) -> Iterator[Problem]:
    """Refuse papers of a school: its name tells at once where the child learns."""
    for paper in papers:
        if paper.issuer.kind == SCHOOL:
            yield problem("PUBL004", place, title=paper.title, school=paper.issuer.name)


def _why_none(office: Office, loaded: LoadedCase | LoadedWork, day: datetime.date) -> str:
    if isinstance(loaded, LoadedWork):
        cards = map(office.library.card, office.library.ids_of_work(loaded.work.kind))
        missing = (loaded.work.missing(card.needs) for card in cards if card.public)
        needs = [*chain.from_iterable(missing)]
        if needs:
            return f"给公众看的要人另写，现在没有「{'、'.join(needs)}」"
        basis = _basis(office, NOT_TOLD, day)
        kind = f"「工作: {loaded.work.kind}」的文书是内部的"
        return f"{kind}，可能写着看得出是哪个孩子的内容，依照{basis}"
    return (
        "没有公告送达的文书，也没有可以公开的处罚决定：要有仍然有效、没有变更的处罚决定，"
        f"并由人写「公开决定」，依照{_basis(office, PUBLISHING, day)}"
    )


def _told(made: Sequence[Made], loaded: LoadedCase | LoadedWork, place: Place) -> Iterator[Problem]:
    """Refuse a paper on which something of the child stands all the same; whom a notice names by
    law, and what the office says of itself, may stand there.
    """
    if not isinstance(loaded, LoadedCase):
        return
    words = identifying(loaded.case)
    for one in made:
        person = (one.paper.facts.get("监护人") or {}).get("姓名")
        own = str(one.paper.facts["机关"])
        text = "\n".join(paragraphs(one.filled.root))
        told = [w for w in told_in(text, words) if w != person and w not in own]
        if told:
            yield problem("PUBL007", place, title=one.paper.title, told="、".join(told))
