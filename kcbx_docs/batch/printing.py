"""Print files of a class: every pupil's papers in order, in Word and in PDF,
and where each pupil's pages are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain, islice
from typing import Any

from kcbx_docs.batch.preflight import MadePupil
from kcbx_docs.case.fields import safe_name
from kcbx_docs.light import dataclass
from kcbx_docs.papers.files import File
from kcbx_docs.papers.make import Made, word_template
from kcbx_docs.papers.press import Job, Part, Press, Progress
from kcbx_docs.problems import Problem, Problems


@dataclass(frozen=True)
class PrintRun:
    """How print files are made: on which presses, on both sides or not, as drafts or not."""

    presses: tuple[Press, ...]
    duplex: bool
    draft: bool
    progress: Progress


@dataclass(frozen=True)
class Bundle:
    """What one pupil (or one class) gets within a print file, copies repeated."""

    serial: str | None
    class_name: str
    made: tuple[Made, ...]
    content: str = ""

    @property
    def name(self) -> str:
        """Name it for whoever waits."""
        return self.serial or f"{self.class_name} 签收表"


@dataclass(frozen=True)
class PrintFile:
    """Papers that are printed in one go and look alike: one file in each format."""

    name: str
    title: str
    entries: tuple[Bundle, ...]

    @property
    def made(self) -> tuple[Made, ...]:
        """List all papers in the order of printing."""
        return tuple(chain.from_iterable(entry.made for entry in self.entries))


@dataclass
class Printed:
    """What came of the print files: their bytes, the pages of each paper, what was found."""

    files: list[File] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    """By serial; of a sheet by its class."""
    sides: dict[str, int] = field(default_factory=dict)
    sheets: dict[str, int] = field(default_factory=dict)
    """By the name of the print file."""
    problems: list[Problem] = field(default_factory=list)


def print_files(
    pupils: Sequence[MadePupil],
    sheets: Sequence[Made],
    head: str,
    group: str,
    short: Mapping[str, str],
    *,
    draft: bool,
) -> Iterator[PrintFile]:
    """Divide a class's papers into files, documents of one look together; the sheets come last.

    Their names sort as they lie: ``short`` are the titles of sheets without what they list.
    """
    own = [Bundle(o.who.serial, o.who.pupil.class_label, o.made, o.who.content) for o in pupils]
    listed = [Bundle(None, made.paper.facts["批次"]["班级"], (made,)) for made in sheets]
    number = 0
    for entries in filter(None, (own, listed)):
        # Everybody gets the same documents: the first shows which looks there are.
        looks = {made.paper.document: _look(made, draft) for made in entries[0].made}
        for look in dict.fromkeys(looks.values()):
            number += 1
            same = frozenset(name for name, own in looks.items() if own == look)
            alike = [_only(entry, same) for entry in entries]
            made = alike[0].made
            titles = list(dict.fromkeys(short.get(m.paper.document, m.paper.title) for m in made))
            title = titles[0] + ("等" if len(titles) > 1 else "")
            name = safe_name(f"{head}-{number}{title}")
            yield PrintFile(name, f"{group} {title}", tuple(alike))


def _look(made: Made, draft: bool) -> str:
    """Tell which looks a paper has; a draft has those of our own form, whatever a keeper made."""
    return word_template(made, draft=draft).base


def _only(entry: Bundle, documents: frozenset[str]) -> Bundle:
    return replace(entry, made=tuple(m for m in entry.made if m.paper.document in documents))


def render_print_file(file: PrintFile, printing: PrintRun, printed: Printed) -> None:
    """Render one print file in every format."""
    parts = tuple(Part(entry.name, entry.made) for entry in file.entries)
    job = Job(file.title, parts, printing.duplex, printing.draft, printing.progress)
    done: list[tuple[Press, Any]] = []
    counts: Sequence[int] = ()
    for press in printing.presses:
        rendered, problems = press.job(job)
        printed.problems += problems
        if rendered:
            done.append((press, rendered))
            counts = rendered.page_counts or counts
    for press, rendered in done:
        about = _about(file, rendered.page_counts, printing.duplex, rendered.ways)
        named = f"{file.name}{press.suffix}"
        printed.files.append(File(named, rendered.data, about, rendered.fonts))
    _count(file, counts or _by_limit(file), printing.duplex, printed)


def _by_limit(file: PrintFile) -> Sequence[int]:
    """Count the pages without laying them out where every paper has one by its card."""
    limits = [made.paper.flat.front.page_limit for made in file.made]
    return [1 for _ in limits] if all(limit == 1 for limit in limits) else ()


def _count(file: PrintFile, counts: Sequence[int], duplex: bool, printed: Printed) -> None:
    """Add up the pages of each pupil, and the sheets of paper of the file."""
    if not counts:
        return
    rest = iter(counts)
    for entry in file.entries:
        own = sum(islice(rest, len(entry.made)))
        name = entry.serial or entry.class_name
        printed.pages[name] = printed.pages.get(name, 0) + own
    printed.sides[file.name] = sum(counts)
    printed.sheets[file.name] = sum(-(-one // 2) if duplex else one for one in counts)


def _about(
    file: PrintFile, counts: Sequence[int], duplex: bool, ways: Sequence[str]
) -> dict[str, Any]:
    """Describe a print file for the manifest: its templates, and each pupil's papers and pages."""
    templates: dict[str, None] = {}
    cited: dict[str, None] = {}
    for made in file.entries[0].made:
        templates.update(dict.fromkeys(source.shown for source in made.paper.flat.files))
        cited.update(dict.fromkeys(made.cited))
    pages = _pages(counts, duplex)
    way = iter(ways)
    return {
        "title": file.title,
        "day": file.made[0].paper.day.isoformat(),
        "duplex": duplex if counts else None,
        "blank_pages": sum(count % 2 for count in counts) if duplex else 0,
        "templates": list(templates),
        "cited": list(cited),
        "papers": [_entry(entry, pages, way) for entry in file.entries],
    }


def _entry(
    entry: Bundle, all_pages: Iterator[tuple[int, int]], all_ways: Iterator[str]
) -> dict[str, Any]:
    """Describe what one pupil gets; pages and ways are told by those formats that know them."""
    pages = list(islice(all_pages, len(entry.made)))
    ways = list(islice(all_ways, len(entry.made)))
    told: dict[str, Any] = {"serial": entry.serial, "class": entry.class_name}
    documents: list[dict[str, Any]] = [{"document": made.paper.document} for made in entry.made]
    if entry.content:
        told["content"] = entry.content
    if pages:
        told["pages"] = (pages[0][0], pages[-1][1])
        for document, span in zip(documents, pages, strict=True):
            document["pages"] = span
    for document, way in zip(documents, ways, strict=False):
        document["way"] = way
    return {**told, "documents": documents}


def _pages(counts: Sequence[int], duplex: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and last page of each paper,
    counted through the file with its blank backs.
    """
    page = 1
    for count in counts:
        yield page, page + count - 1
        page += count
        if duplex and count % 2:
            page += 1


def faults_by_serial(pupils: Sequence[MadePupil], found: Problems) -> dict[str, list[Problem]]:
    """Find whose papers a press could not print: its faults name the paper."""
    whose: dict[str, str] = {}
    titles: dict[str, str] = {}
    for pupil in pupils:
        for made in pupil.made:
            whose[made.paper.name] = pupil.who.serial
            titles[made.paper.name] = made.paper.title
    faults: dict[str, list[Problem]] = {}
    for one in found:
        if one.is_error and one.subject in whose:
            told = replace(one, subject=titles[one.subject])
            faults.setdefault(whose[one.subject], []).append(told)
    return faults
