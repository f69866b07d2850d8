"""A proof of a place: every document filled from samples, with what a legal officer must know to
sign it off before it: contents, law, where each value comes from, what nobody has checked.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import pikepdf

from kcbx_docs.dossier.binding import bind, booklet_of
from kcbx_docs.filing.specimens import DAY, UNITS_OF_CASES, Samples, samples_root
from kcbx_docs.keeping.packview import OF_THE_FILE, ValueRow, value_rows
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.cards import files_of
from kcbx_docs.packs.chain import PackFolder
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.markup import Element
from kcbx_docs.packs.model import UNKNOWN, Unit
from kcbx_docs.papers.context import PaperFacts, facts
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.pdf_press import lay_out
from kcbx_docs.papers.proof_facts import ProofFacts, ProofLaw, ProofRow, ProofValue
from kcbx_docs.problems import Place, Problems, raise_errors, stop
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.native import missing_for_pdf
from kcbx_docs.render.sheetnumbers import number_sheets

_UNIT: Unit = "模板包"
_NUMBERLESS = regex(r"〕\s*号")
_UNISSUED = 100


@dataclass(frozen=True)
class ProofBook:
    """The proof of a place as a PDF."""

    data: bytes
    documents: int
    pages: int
    problems: Problems


def proof_of(
    library: Callable[[PackFolder | None], Library], progress: Callable[[str], None]
) -> ProofBook:
    """Print every document of a place from the samples; raise where one has a fault."""
    if reason := missing_for_pdf():
        raise stop("REND001", Place(), kind="PDF", reason=reason)
    samples = Samples(samples_root(), library)
    own = library(None)
    papers = _one_of_each(samples, own)
    made = list(_made(papers, own, progress))
    fonts = find_fonts()
    progress("排版")
    pdf, found = lay_out([one for _, one in made], fonts, title=own.chain.pack.name, named=True)
    raise_errors(found)
    assert pdf is not None
    counts = dict(zip((name for name, _ in made), pdf.page_counts, strict=True))
    about = _about(own, counts, [one for _, one in made])
    office = samples.office(samples_root())
    front, more = make(proof_sheet(office, own, about), own.registry)
    raise_errors(more)
    assert front is not None
    cover, more = lay_out([front], fonts, title=own.chain.pack.name)
    raise_errors(more)
    assert cover is not None
    data, pages = _bound(cover.data, pdf.data, counts, own, fonts)
    return ProofBook(data, len(counts), pages, found)


def specimen_of(library: Callable[[PackFolder | None], Library], name: str) -> bytes:
    """Print one document of a place from the samples, as its proof shows it; raise where there is
    none, or one with a fault.
    """
    if reason := missing_for_pdf():
        raise stop("REND001", Place(), kind="PDF", reason=reason)
    own = library(None)
    papers = _one_of_each(Samples(samples_root(), library), own, (name,))
    made = [one for _, one in _made(papers, own, lambda _: None)]
    if not made:
        raise stop("PACK125", Place(), title=own.card(name).title)
    pdf, found = lay_out(made, find_fonts(), title=own.card(name).title)
    raise_errors(found)
    assert pdf is not None
    return pdf.data


def _one_of_each(samples: Samples, library: Library, only: Sequence[str] = ()) -> dict[str, Paper]:
    """Choose a paper for every document, or for some: one that a sample makes by itself, else one
    that a case may have where people choose it, else a draft; of several the one with the least
    left blank.
    """
    asked = tuple(only) or library.ids
    shown = _shown((papers for _, papers, _ in samples.planned()), asked)
    for draft in (False, True):
        wanted = [name for name in asked if library.card(name).unit in UNITS_OF_CASES]
        rest = [name for name in wanted if name not in shown]
        found = _fullest(samples.asked(rest, draft=draft) if rest else (), library)
        shown |= {name: paper for name, paper in found.items() if name in rest}
    rest = [name for name in asked if name not in shown]
    shown |= _shown((papers for _, papers, _ in samples.drafts()), rest) if rest else {}
    return {name: shown[name] for name in asked if name in shown}


def _shown(sets: Iterable[Sequence[Paper]], asked: Sequence[str]) -> dict[str, Paper]:
    """Take the first paper of each document that is asked for, and look no further."""
    shown: dict[str, Paper] = {}
    for papers in sets:
        for paper in papers:
            if paper.document in asked:
                shown.setdefault(paper.document, paper)
        if len(shown) == len(asked):
            break
    return shown


def _fullest(papers: Iterable[Paper], library: Library) -> dict[str, Paper]:
    """Choose of each document the paper that leaves the fewest blanks empty."""
    best: dict[str, tuple[int, Paper]] = {}
    for paper in papers:
        one, _ = make(paper, library.registry)
        if one is None:
            continue
        empty = _empty(one.filled.root)
        if paper.document not in best or empty < best[paper.document][0]:
            best[paper.document] = (empty, paper)
    return {name: paper for name, (_, paper) in best.items()}


def _empty(root: Element) -> int:
    """Count the blanks and cells that nothing was written into; papers that never left the house,
    without their number, come last.
    """
    nodes = (node for node in root.walk() if isinstance(node, Element))
    left = (node for node in nodes if node.name in ("blank", "td") and not node.text().strip())
    return sum(1 for _ in left) + _UNISSUED * len(_NUMBERLESS.findall(root.text()))


def _made(
    papers: dict[str, Paper], library: Library, progress: Callable[[str], None]
) -> Iterator[tuple[str, Made]]:
    for name, paper in papers.items():
        progress(paper.title or name)
        one, found = make(paper, library.registry)
        raise_errors(found)
        if one is not None:
            yield name, one


def proof_sheet(office: Office, library: Library, about: ProofFacts) -> Paper:
    """Return the sheets before the samples as a paper to be filled."""
    (name,) = library.ids_of(_UNIT)
    flat = library.document(name)
    issuer = office.workspace.office
    own = PaperFacts(编号=name, 标题=flat.front.title, 日期=about.day)
    told = {"机关": facts(issuer), "审定": facts(about), "文书": facts(own)}
    return Paper(name, flat, issuer, flat.front.title, told, about.day, title=flat.front.title)


def _about(library: Library, counts: dict[str, int], made: Sequence[Made]) -> ProofFacts:
    folders = library.chain.folders
    rows = tuple(_rows(library, counts))
    values = [row for row in value_rows(library) if _is_told(row.name)]
    unknown = tuple(row.name for row in values if row.value == UNKNOWN)
    return ProofFacts(
        地方=library.chain.pack.name,
        模板包=tuple(f"{one.pack.name} {one.pack.version}" for one in folders),
        日期=DAY,
        法律核对至=min(library.registry.checked.values(), default=None),
        目录=rows,
        法律=tuple(_laws(made)),
        各项=tuple(_value(row) for row in values if row.value and row.value != UNKNOWN),
        未知=unknown,
    )


def _value(row: ValueRow) -> ProofValue:
    told = {"名称": row.name, "内容": row.value}
    return ProofValue(**told, 来源=row.source or None, 核对日期=row.checked_on)


def _is_told(name: str) -> bool:
    return name != "文书" and name.partition(".")[0] not in OF_THE_FILE


def _rows(library: Library, counts: dict[str, int]) -> Iterator[ProofRow]:
    page = 1
    for number, (name, count) in enumerate(counts.items(), 1):
        homes = {
            path.parent.parent for path, _ in files_of(library.chain, f"documents/{name}.html")
        }
        packs = [one.pack.name for one in library.chain.folders if one.path in homes]
        told = {"序号": number, "题名": library.card(name).title, "编号": name}
        yield ProofRow(**told, 谁写的="、".join(packs), 页=page)
        page += count


def _laws(made: Sequence[Made]) -> Iterator[ProofLaw]:
    seen: dict[str, Citation] = {}
    for one in made:
        for citation in one.citer.cited:
            seen.setdefault(citation.text, citation)
    for text in sorted(seen):
        citation = seen[text]
        version = citation.version
        checked = "：".join(filter(None, (version.verification, version.note or "")))
        yield ProofLaw(引用=text, 要旨=citation.gist or None, 核对=checked)


def _bound(
    cover: bytes, data: bytes, counts: dict[str, int], library: Library, fonts: FontSet
) -> tuple[bytes, int]:
    """Bind the sheets: those before the samples bear no numbers, each sample has a bookmark."""
    first, rest = (pikepdf.open(io.BytesIO(one)) for one in (cover, data))
    parts = [booklet_of("目录和依据", first, numbered=False)]
    at = 0
    for name, count in counts.items():
        whole = booklet_of(library.card(name).title, rest)
        parts.append(replace(whole, pages=whole.pages[at : at + count]))
        at += count
    title = f"{library.chain.pack.name}文书模板审定样本"

    def numbers(backs: Sequence[bool]) -> bytes:
        return number_sheets(backs, fonts)

    bound = bind(parts, numbers, title=title, author=library.chain.pack.name, day=DAY)
    return bound, len(first.pages) + at
