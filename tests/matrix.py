"""Every document of every pack, filled from the samples:
the material of the tests that look at all of them.

A process plans the packs that its tests ask for, each once:
the tests are spread over workers by pack.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kcbx_docs.filing.proof import proof_sheet
from kcbx_docs.filing.specimens import DAY, Samples
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.chain import NATIONAL, PackFolder, find_packs, shipped_root
from kcbx_docs.packs.library import Library, library_of
from kcbx_docs.packs.markup import Element, Text
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.papers.proof_facts import ProofFacts, ProofLaw, ProofRow, ProofValue
from kcbx_docs.problems import Problems, errors
from tests.render.measure import Line, pages

ROOT = Path(__file__).parents[1]
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
"""What people choose is made only where they name it; these samples show it."""
NOT_FOR_ALL = "PAPR002"
"""What is said of a draft for which the longest case has not what it needs."""


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
        problems = (*problems, *errors(tuple(one for one in more if one.code != NOT_FOR_ALL)))
    return tuple(found), problems


@cache
def samples_of(pack: str) -> Samples:
    """Return the samples of the program as a pack words them."""
    packs = find_packs([shipped_root()])[0]

    def opened(local: PackFolder | None) -> Library:
        return library_of(pack, packs, local)[0] if local else libraries()[pack]

    return Samples(ROOT, opened)


def office_of(pack: str, root: Path = ROOT) -> Office:
    """Open the office of a sample as if it lay where a pack applies."""
    return samples_of(pack).office(root)


def _plans(pack: str) -> Iterator[tuple[str, tuple[Paper, ...], Problems]]:
    own = samples_of(pack)
    ladder, papers, problems = next(own.drafts())
    cases = {name: (office, loaded) for name, office, loaded in own.cases()}
    for name, planned, found in own.planned():
        yield (name, papers, problems) if name == ladder else (name, planned, found)
        if name in NAMED:
            office, loaded = cases[name]
            yield name, *plan_case(Desk(office, office.docket(loaded), DAY), NAMED[name])
    yield "审定", (_proof(pack),), ()


def _proof(pack: str) -> Paper:
    """Make the sheets before the samples of a place, of one document and one article."""
    library = libraries()[pack]
    row = ProofRow(序号=1, 题名="承诺书", 编号="commitment", 谁写的="全国", 页=1)
    law = ProofLaw(引用="《中华人民共和国义务教育法》第五十八条", 要旨="批评教育", 核对="已核对")
    value = ProofValue(名称="参数.月报日", 内容="22", 来源="某文件", 核对日期=DAY)
    told = {"地方": library.chain.pack.name, "模板包": (library.chain.pack.name,), "日期": DAY}
    about = ProofFacts(**told, 目录=(row,), 法律=(law,), 各项=(value,), 未知=("参数.攻坚月份",))
    return proof_sheet(office_of(pack), library, about)


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
    """Papers as a pack words them, printed into one file: their fonts are subset once."""

    data: bytes
    pages: tuple[tuple[Line, ...], ...]
    papers: tuple[tuple[Sample, Made, range], ...]
    """Each paper with the numbers of its pages."""
    problems: Problems


@cache
def printed(pack: str) -> Printed:
    """Print what a pack words itself.

    Papers of one source and one shape, a child with brothers here and there, say the same in
    other words: the longest is printed. The golden texts and the Word files hold them all.
    """
    from kcbx_docs.papers.pdf_press import lay_out
    from kcbx_docs.render.fonts import find_fonts

    known = {key for above in packs_above(pack) for key in _shapes(above)}
    shown = [paper for key, paper in _shapes(pack).items() if key not in known]
    if not shown:
        return Printed(b"", (), (), ())
    pdf, problems = lay_out([one for _, one in shown], find_fonts(), title="全部", named=True)
    assert pdf is not None, problems
    ends = [*itertools.accumulate(pdf.page_counts)]
    spans = itertools.starmap(range, zip([0, *ends], ends, strict=False))
    papers = tuple((*paper, span) for paper, span in zip(shown, spans, strict=True))
    return Printed(pdf.data, pages(pdf.data), papers, problems)


@cache
def _shapes(pack: str) -> dict[object, tuple[Sample, Made]]:
    """Return the longest paper of each source and shape."""
    seen: dict[object, tuple[Sample, Made]] = {}
    for sample, one in itertools.chain.from_iterable(worded(pack).values()):
        key = (sample.paper.document, one.paper.flat.source, _shape(one.filled.root))
        before = seen.get(key)
        if before is None or _length(one) > _length(before[1]):
            seen[key] = (sample, one)
    return seen


def _length(one: Made) -> int:
    return len(one.filled.root.text())


def _shape(node: object) -> object:
    """Return the elements of a paper with their attributes, and where there are any words."""
    if isinstance(node, Element):
        inner = tuple(filter(None, map(_shape, node.children)))
        return (node.name, tuple(sorted(node.attributes.items())), inner)
    return isinstance(node, Text) and bool(node.text.strip())


@cache
def _wordings(pack: str) -> dict[object, tuple[Sample, Made]]:
    seen: dict[object, tuple[Sample, Made]] = {}
    for sample, one in made(pack)[0]:
        words = (one.paper.flat.front.layout, str(one.filled.root), one.paper.title)
        seen.setdefault(words, (sample, one))
    return seen
