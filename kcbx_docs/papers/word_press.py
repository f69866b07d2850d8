"""Word files: one paper, or the papers of a class joined section by section."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from kcbx_docs.papers.make import Made, about_word, to_docx, to_section, to_word
from kcbx_docs.papers.press import Job, Opened, Rendered
from kcbx_docs.problems import Problem, Problems
from kcbx_docs.render.docx import FilledWord
from kcbx_docs.render.fonts import FontSet
from kcbx_docs.render.joining import Joinable, Joined

if TYPE_CHECKING:
    from kcbx_docs.render.stamping import Serial


class WordPress:
    """Makes Word files; Word itself draws the characters."""

    suffix: ClassVar[str] = ".docx"
    fonts: FontSet | None = None

    def paper(self, made: Made, *, draft: bool) -> tuple[Rendered | None, Problems]:
        """Make the Word file of one paper."""
        data, found = to_docx(made, draft=draft)
        return (Rendered(data) if data else None), found

    def opened(self, made: Made, twin: Made, serial: "Serial") -> tuple[Opened | None, Problems]:
        """Find the open digits in the text: there the two papers differ."""
        one, found = to_word(made)
        other, more = to_word(twin)
        if one is None or other is None:
            return None, (*found, *more)
        places = {
            name: list(_differing(text, other.texts[name])) for name, text in one.texts.items()
        }
        if not _all_digits(one, other, places, serial):
            return None, ()

        def stamp(digits: str) -> bytes:
            texts = {name: _with(text, places[name], digits) for name, text in one.texts.items()}
            return replace(one, texts=texts).data(*about_word(made))

        return Opened(stamp), ()

    def job(self, job: Job) -> tuple[Rendered | None, Problems]:
        """Join filled Word documents as they come; a paper is filled once, whatever its copies."""
        author = next(iter(job.papers)).paper.issuer.name
        file = Joined(duplex=job.duplex, title=job.title, author=author)
        found: list[Problem] = []
        for part in job.parts:
            job.progress(part.name)
            sections: dict[int, Joinable | None] = {}
            for made in part.papers:
                if id(made) not in sections:
                    sections[id(made)], problems = to_section(made, draft=job.draft)
                    found += problems
                if (section := sections[id(made)]) is not None:
                    file.add(section)
        return (None, tuple(found)) if found else (Rendered(file.data()), ())


def _differing(one: str, other: str) -> Iterator[int]:
    """Yield where two texts of one length differ."""
    pairs = zip(one, other, strict=False)
    yield from (at for at, (left, right) in enumerate(pairs) if left != right)


def _all_digits(
    one: FilledWord, other: FilledWord, places: Mapping[str, list[int]], serial: "Serial"
) -> bool:
    """Tell whether two papers differ in their serials only, each of them written in one piece."""
    for name, found in places.items():
        if len(one.texts[name]) != len(other.texts[name]):
            return False
        for first in range(0, len(found), serial.count):
            run = found[first : first + serial.count]
            if run != list(range(run[0], run[0] + serial.count)):
                return False
    return True


def _with(text: str, places: list[int], digits: str) -> str:
    chars = list(text)
    for order, place in enumerate(places):
        chars[place] = digits[order % len(digits)]
    return "".join(chars)
