"""Print files of a class: every pupil's papers in order, in Word and in PDF,
and where each pupil's pages are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from kcbx_docs.batch.preflight import MadeGroup
from kcbx_docs.case.fields import safe_name
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

    @property
    def name(self) -> str:
        """Name it for whoever waits."""
        return f"{self.class_name} {self.serial or '签收表'}"


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


def print_files(group: MadeGroup, number: int, *, draft: bool) -> Iterator[PrintFile]:
    """Divide a class's papers into files, documents of one look together; the sheets come last."""
    pupils = [Bundle(one.serial, one.pupil.class_label, one.made) for one in group.pupils]
    sheets = [Bundle(None, made.paper.facts["批次"]["班级"], (made,)) for made in group.sheets]
    for entries in (pupils, sheets):
        if not entries:
            continue
        # Everybody gets the same documents: the first shows which looks there are.
        for look in dict.fromkeys(_look(made, draft) for made in entries[0].made):
            alike = [_only(entry, look, draft) for entry in entries]
            yield _print_file(f"{number:02d}-{group.name}", group.name, alike)


def _look(made: Made, draft: bool) -> str:
    return word_template(made.paper.flat, draft=draft).base


def _only(entry: Bundle, look: str, draft: bool) -> Bundle:
    return replace(entry, made=tuple(made for made in entry.made if _look(made, draft) == look))


def _print_file(head: str, group: str, entries: Sequence[Bundle]) -> PrintFile:
    titles = list(dict.fromkeys(made.paper.title for made in entries[0].made))
    title = titles[0] + ("等" if len(titles) > 1 else "")
    return PrintFile(safe_name(f"{head}-{title}"), f"{group} {title}", tuple(entries))


def render_print_file(file: PrintFile, printing: PrintRun) -> tuple[tuple[File, ...], Problems]:
    """Render one print file in every format."""
    parts = tuple(Part(entry.name, entry.made) for entry in file.entries)
    job = Job(file.title, parts, printing.duplex, printing.draft, printing.progress)
    made: list[File] = []
    found: list[Problem] = []
    for press in printing.presses:
        rendered, problems = press.job(job)
        found += problems
        if rendered:
            about = _about(file, rendered.page_counts, printing.duplex)
            made.append(File(f"{file.name}{press.suffix}", rendered.data, about, rendered.fonts))
    return tuple(made), tuple(found)


def _about(file: PrintFile, counts: Sequence[int] = (), duplex: bool = False) -> dict[str, Any]:
    """Describe a print file for the manifest: its templates, and each pupil's papers and pages."""
    templates: dict[str, None] = {}
    cited: dict[str, None] = {}
    for made in file.entries[0].made:
        templates.update(dict.fromkeys(source.shown for source in made.paper.flat.files))
        cited.update(dict.fromkeys(made.cited))
    pages = _pages(counts, duplex)
    return {
        "title": file.title,
        "day": file.made[0].paper.day.isoformat(),
        "duplex": duplex if counts else None,
        "blank_pages": sum(count % 2 for count in counts[:-1]) if duplex else 0,
        "templates": list(templates),
        "cited": list(cited),
        "papers": [_entry(entry, list(islice(pages, len(entry.made)))) for entry in file.entries],
    }


def _entry(entry: Bundle, pages: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Describe what one pupil gets; pages are told by those formats that count them."""
    told: dict[str, Any] = {"serial": entry.serial, "class": entry.class_name}
    documents: list[dict[str, Any]] = [{"document": made.paper.document} for made in entry.made]
    if pages:
        told["pages"] = (pages[0][0], pages[-1][1])
        for document, span in zip(documents, pages, strict=True):
            document["pages"] = span
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
