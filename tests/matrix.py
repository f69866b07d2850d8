"""Every document of every pack, filled from the samples:
the material of the tests that look at all of them.

A process plans the packs that its tests ask for, each once:
the tests are spread over workers by pack.
"""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kcbx_docs.batch.plan import (
    BatchDesk,
    class_sheets,
    documents_of,
    groups_of,
    numbered_by_row,
    pupil_papers,
)
from kcbx_docs.case.files import (
    LoadedWorkspace,
    load_file,
    load_workspace,
)
from kcbx_docs.case.roster import read_roster
from kcbx_docs.filing.proof import proof_sheet
from kcbx_docs.filing.specimens import dossier_sheets, reminders, tickets
from kcbx_docs.office.opened import Office, open_law
from kcbx_docs.packs.chain import NATIONAL, find_packs, read_pack, shipped_root
from kcbx_docs.packs.library import Library, library_of
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case, plan_letter
from kcbx_docs.papers.proof_facts import ProofFacts, ProofLaw, ProofRow, ProofValue
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import Problems, errors
from kcbx_docs.record.jurisdiction import Jurisdiction
from tests.render.measure import Line, pages

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 11, 22)
UNITS_OF_CASES = ("案件", "监护人", "劝返", "事项", "送达文书")
LADDER = "申请强制执行"
NAMED = {
    "到责令": ("urge-notice",),
    "两位监护人": ("evidence-list",),
    "返校帮扶": ("dropout-register", "return-plan", "left-behind-register"),
    "民事起诉": (
        "civil-complaint",
        "evidence-list",
        "representative-certificate",
        "power-of-attorney",
    ),
}
PUBLISHED = {"月报-教育局": ("monthly-report", "typical-case")}
"""What people choose is made only where they name it; these samples show it."""


@dataclass(frozen=True)
class Sample:
    """One paper of a sample as a pack words it."""

    pack: str
    source: str
    paper: Paper

    @property
    def name(self) -> str:
        return f"{self.pack}/{self.source}/{self.paper.name}"


@cache
def libraries() -> dict[str, Library]:
    """Open every shipped pack."""
    packs, found = find_packs([shipped_root()])
    assert not errors(found)
    order = sorted(packs, key=lambda name: (name != NATIONAL, name))
    return {pack: library_of(pack, packs)[0] for pack in order}


PACKS = tuple(libraries())
"""Every shipped pack, the national one first."""


def packs_above(pack: str) -> tuple[str, ...]:
    """Name the packs that a pack inherits from."""
    if pack == NATIONAL:
        return ()
    parts = pack.split("/")
    parents = ["/".join(parts[:count]) for count in range(1, len(parts))]
    return (NATIONAL, *parents)


@cache
def samples(pack: str) -> tuple[tuple[Sample, ...], Problems]:
    """Plan every sample with one pack."""
    found: list[Sample] = []
    problems: Problems = ()
    for source, papers, more in _plans(pack):
        found += [Sample(pack, source, paper) for paper in papers]
        problems = (*problems, *errors(more))
    return tuple(found), problems


@cache
def office_at(root: Path) -> LoadedWorkspace:
    """Open the workspace of a sample."""
    office, _ = load_workspace(root)
    assert office is not None
    return office


@cache
def library_at(pack: str, root: Path) -> Library:
    """Open a pack with the pack of a sample's own workspace on top, if it has one."""
    own = root / "templates"
    if root == ROOT or not (own / "pack.yaml").is_file():
        return libraries()[pack]
    local, problems = read_pack(own, "本单位")
    assert problems == ()
    return library_of(pack, find_packs([shipped_root()])[0], local)[0]


@cache
def law_of(pack: str, root: Path) -> Jurisdiction:
    """Open the law of a pack for the office of a sample."""
    return open_law(library_at(pack, root), office_in(pack, root).workspace, root)[0]


@cache
def office_in(pack: str, root: Path) -> LoadedWorkspace:
    """Return the workspace of a sample with those of its people whose posts a pack knows."""
    office, library = office_at(root), library_at(pack, root)
    posts = {*itertools.chain.from_iterable(library.chain.pack.lines.values())}
    known = [one for one in office.workspace.responsible if one.post in posts]
    workspace = office.workspace.model_copy(update={"responsible": tuple(known)})
    return replace(office, workspace=workspace)


def office_of(pack: str, root: Path) -> Office:
    """Open the office of a sample as if it lay where a pack applies."""
    return Office(office_in(pack, root), library_at(pack, root), law_of(pack, root))


def _plans(pack: str) -> Iterator[tuple[str, tuple[Paper, ...], Problems]]:
    for path in sorted(ROOT.glob("cases/**/*.yaml")):
        first = path.read_text("utf-8").lstrip().split("\n")
        kind = next((line.split(":")[0] for line in first if line and not line.startswith("#")), "")
        root = next(p for p in path.parents if (p / "kcbx.yaml").is_file())
        if kind == "案件":
            yield path.stem, *_case_plan(pack, path, root)
        elif kind == "批次":
            yield path.stem, *_batch_plan(pack, path, root)
        elif kind == "工作":
            yield path.stem, *_work_plan(pack, path, root)
        elif kind == "公文":
            office = office_at(root)
            letter, more = load_file(path, TODAY, office.workspace)
            assert letter is not None, more
            yield (
                path.stem,
                *plan_letter(letter.letter, office_of(pack, root), TODAY),
            )

    yield "审定", (_proof(pack),), ()


def _proof(pack: str) -> Paper:
    """Make the sheets before the samples of a place, of one document and one article."""
    library = libraries()[pack]
    row = ProofRow(序号=1, 题名="承诺书", 编号="commitment", 谁写的="全国", 页=1)
    law = ProofLaw(引用="《中华人民共和国义务教育法》第五十八条", 要旨="批评教育", 核对="已核对")
    value = ProofValue(名称="参数.月报日", 内容="22", 来源="某文件", 核对日期=TODAY)
    told = {"地方": library.chain.pack.name, "模板包": (library.chain.pack.name,), "日期": TODAY}
    about = ProofFacts(**told, 目录=(row,), 法律=(law,), 各项=(value,), 未知=("参数.攻坚月份",))
    return proof_sheet(office_of(pack, ROOT), library, about)


def _work_plan(pack: str, path: Path, root: Path) -> tuple[tuple[Paper, ...], Problems]:
    work, more = load_file(path, TODAY, office_at(root).workspace)
    assert work is not None, more
    office = office_of(pack, root)
    return plan_work(work, office, TODAY, PUBLISHED.get(path.stem, ()))


def _batch_plan(pack: str, path: Path, root: Path) -> tuple[tuple[Paper, ...], Problems]:
    """Plan the papers of the first pupil of a batch, of the one with the longest name,
    and the sheet of a class.
    """
    office = office_at(root)
    loaded, more = load_file(path, TODAY, office.workspace)
    assert loaded is not None, more
    desk = BatchDesk(office_of(pack, root), loaded, TODAY)
    ordered, problems = documents_of(desk)
    reading = read_roster(loaded.roster_path, loaded.batch.roster, TODAY)
    _, members = groups_of(reading.pupils, loaded.batch.printing)[0]
    pupils = numbered_by_row(desk, members)
    shown = [max(pupils, key=lambda one: len(one.pupil.pupil.name)), pupils[0]]
    papers: list[Paper] = []
    for one in shown:
        papers += pupil_papers(desk, ordered, one).papers
    papers += reminders(desk, pupils[0])
    return (*papers, *class_sheets(desk, ordered, pupils), *tickets(desk)), problems


def _case_plan(pack: str, path: Path, root: Path) -> tuple[tuple[Paper, ...], Problems]:
    """Plan a case; the longest ladder shows every document,
    as a draft where the procedure would refuse it.
    """
    office = office_of(pack, root)
    loaded, more = load_file(path, TODAY, office.workspace)
    assert loaded is not None, more
    whole = path.stem == LADDER
    documents = (
        [n for n in office.library.ids if office.library.document(n).front.unit in UNITS_OF_CASES]
        if whole
        else []
    )
    desk = Desk(office, office.docket(loaded), TODAY, draft=whole)
    papers, problems = plan_case(desk, documents)
    if whole:
        papers = (*papers, *dossier_sheets(desk))
    if more_named := NAMED.get(path.stem):
        named, found = plan_case(desk, more_named)
        papers, problems = (*papers, *named), (*problems, *found)
    return papers, tuple(p for p in problems if p.code != "PAPR002")


@cache
def made(pack: str) -> tuple[tuple[tuple[Sample, Made], ...], Problems]:
    """Fill every sample's papers with one pack."""
    done: list[tuple[Sample, Made]] = []
    problems: Problems = ()
    for sample in samples(pack)[0]:
        one, more = make(sample.paper, libraries()[pack].registry)
        problems = (*problems, *errors(more))
        if one:
            done.append((sample, one))
    return tuple(done), problems


@cache
def worded(pack: str) -> dict[str, tuple[tuple[Sample, Made], ...]]:
    """Group by document the papers that a pack words otherwise than the packs above it,
    each wording once.
    """
    known = {words for above in packs_above(pack) for words in _wordings(above)}
    found: dict[str, list[tuple[Sample, Made]]] = {}
    for words, (sample, one) in _wordings(pack).items():
        if words not in known:
            found.setdefault(sample.paper.document, []).append((sample, one))
    return {document: tuple(papers) for document, papers in found.items()}


@dataclass(frozen=True)
class Printed:
    """The papers of a document as a pack words them, printed into one file: their fonts are subset
    once.
    """

    data: bytes
    pages: tuple[tuple[Line, ...], ...]
    counts: tuple[int, ...]
    """How many pages each paper has."""
    problems: Problems


@cache
def printed(pack: str, document: str) -> Printed:
    """Print what a pack words of a document."""
    from kcbx_docs.papers.pdf_press import lay_out
    from kcbx_docs.render.fonts import find_fonts

    papers = [one for _, one in worded(pack)[document]]
    pdf, problems = lay_out(papers, find_fonts(), title="全部", named=True)
    assert pdf is not None, problems
    return Printed(pdf.data, pages(pdf.data), tuple(pdf.page_counts), problems)


@cache
def _wordings(pack: str) -> dict[object, tuple[Sample, Made]]:
    seen: dict[object, tuple[Sample, Made]] = {}
    for sample, one in made(pack)[0]:
        words = (one.paper.flat.front.layout, str(one.filled.root), one.paper.title)
        seen.setdefault(words, (sample, one))
    return seen
