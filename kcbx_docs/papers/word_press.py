"""Word files: one paper, or the papers of a class joined section by section."""

from typing import ClassVar

from kcbx_docs.papers.make import Made, to_docx, to_word
from kcbx_docs.papers.press import Job, Rendered
from kcbx_docs.problems import Problem, Problems
from kcbx_docs.render.docx import Section, join_sections
from kcbx_docs.render.fonts import FontSet


class WordPress:
    """Makes Word files; Word itself draws the characters."""

    suffix: ClassVar[str] = ".docx"
    fonts: FontSet | None = None

    def paper(self, made: Made, *, draft: bool) -> tuple[Rendered | None, Problems]:
        """Make the Word file of one paper."""
        data, found = to_docx(made, draft=draft)
        return (Rendered(data) if data else None), found

    def job(self, job: Job) -> tuple[Rendered | None, Problems]:
        """Join filled Word documents; a paper is filled once, whatever its copies."""
        sections: dict[int, Section] = {}
        found: list[Problem] = []
        for part in job.parts:
            job.progress(part.name)
            for made in {id(one): one for one in part.papers}.values():
                word, problems = to_word(made, draft=job.draft)
                found += problems
                if word:
                    sections[id(made)] = word.section()
        if found:
            return None, tuple(found)
        ordered = [sections[id(made)] for made in job.papers]
        author = job.papers[0].paper.issuer.name
        data = join_sections(ordered, duplex=job.duplex, title=job.title, author=author)
        return Rendered(data), ()
