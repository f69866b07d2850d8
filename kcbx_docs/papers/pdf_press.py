"""PDF files: papers laid out by WeasyPrint with the fonts of this machine."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import ClassVar

from kcbx_docs.light import dataclass
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.press import Job, Opened, Rendered
from kcbx_docs.problems import Place, Problems, problem, with_subject
from kcbx_docs.render.composing import WHOLE, Alike, Composer
from kcbx_docs.render.drawing import Unfit
from kcbx_docs.render.fill import codes_of
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.pdf import Body, Pdf, render_pdf
from kcbx_docs.render.printfile import About, print_papers
from kcbx_docs.render.recipe import Recipe, recipe_of
from kcbx_docs.render.seals import is_seal
from kcbx_docs.render.stamping import Serial


class PdfPress:
    """Makes PDF files; the fonts are looked for once."""

    suffix: ClassVar[str] = ".pdf"

    def __init__(self) -> None:
        self.fonts: FontSet | None = find_fonts()
        self._composers: dict[bool, Composer] = {}

    def paper(self, made: Made, *, draft: bool) -> tuple[Rendered | None, Problems]:
        """Lay one paper out."""
        pdf, found = lay_out([made], self.fonts, title=made.paper.full_title, draft=draft)
        return (Rendered(pdf.data, pdf.fonts) if pdf else None), found

    def recipe(self, made: Made, *, draft: bool) -> Recipe | None:
        """Sum up what a paper's file would be made from."""
        assert self.fonts is not None
        title, author = made.paper.full_title, made.paper.issuer.name
        return recipe_of(
            _body(made, ""), self.fonts, title=title, author=author, draft=draft, tagged=True
        )

    def opened(self, made: Made, twin: Made, serial: Serial) -> tuple[Opened | None, Problems]:
        """Lay one paper out so that its serial can be stamped."""
        pdf, found = lay_out([made], self.fonts, title=made.paper.full_title, serial=serial)
        if pdf is None or pdf.open is None:
            return None, found
        return Opened(pdf.open.stamp, pdf.fonts), found

    def job(self, job: Job) -> tuple[Rendered | None, Problems]:
        """Make one file of many papers; those that are alike are laid out once."""
        assert self.fonts is not None
        job.progress(f"排版 {job.title}")
        first = next(chain.from_iterable(part.papers for part in job.parts), None)
        if first is None:
            return None, ()
        author = first.paper.issuer.name
        about = About(job.title, author, duplex=job.duplex, draft=job.draft)
        try:
            printed, found = print_papers(_Papers(job), self.fonts, about, self.composer(job.draft))
        except Unfit as reason:
            return self._one_by_one(job, str(reason))
        if printed is None:
            return None, found
        return Rendered(printed.data, printed.fonts, printed.page_counts, printed.ways), found

    def composer(self, draft: bool) -> Composer:
        """Return what composes print files: what it learned of one serves the next."""
        return self._composers.setdefault(draft, Composer(Kept()))

    def _one_by_one(self, job: Job, reason: str) -> tuple[Rendered | None, Problems]:
        """Lay every paper out: where pages cannot be taken apart."""
        papers = job.papers
        pdf, found = lay_out(
            papers, self.fonts, title=job.title, duplex=job.duplex, named=True, draft=job.draft
        )
        found = (*found, problem("REND241", Place(), reason=reason))
        if pdf is None:
            return None, found
        ways = (f"{WHOLE}：{reason}",) * len(papers)
        return Rendered(pdf.data, pdf.fonts, pdf.page_counts, ways), found


@dataclass(frozen=True)
class _Papers:
    """The papers of a job, made ready one by one each time they are asked for."""

    job: Job

    def __iter__(self) -> Iterator[Alike]:
        return map(_alike, chain.from_iterable(part.papers for part in self.job.parts))


def _alike(made: Made) -> Alike:
    flat, filled, name = made.paper.flat, made.filled, made.paper.name
    likeness = (filled.static, flat.front.layout, str(flat.front.page_limit), flat.files[0].shown)
    return Alike(
        template=flat.files[0].shown,
        static="|".join(likeness),
        values=filled.values,
        subject=name,
        label=made.paper.label,
        body=partial(_body, made, name),
    )


def lay_out(
    made: Sequence[Made],
    fonts: FontSet | None,
    *,
    title: str,
    duplex: bool = False,
    named: bool = False,
    draft: bool = False,
    serial: Serial | None = None,
) -> tuple[Pdf | None, Problems]:
    """Lay papers out in one PDF that knows the pages of each.

    ``duplex`` starts every paper on a front side; ``named`` lets problems say whose paper it is, in
    a print file for a class; ``serial`` is to be stamped later.
    """
    assert fonts is not None
    if any(map(_is_sealed, made)):
        return None, (problem("REND243", Place()),)
    bodies = [_body(one, one.paper.name if named else "") for one in made]
    author = made[0].paper.issuer.name
    pdf, found = render_pdf(
        bodies,
        fonts,
        title=title,
        author=author,
        duplex=duplex,
        draft=draft,
        tagged=not named,  # a print file goes to the printer: speed counts
        serial=serial,
    )
    if len(made) == 1:  # the place names the template alone
        name = made[0].paper.name
        found = tuple(one if one.subject else with_subject(one, name) for one in found)
    return pdf, found


def _is_sealed(made: Made) -> bool:
    return any(map(is_seal, codes_of(made.filled.root)))


def _body(made: Made, subject: str) -> Body:
    flat = made.paper.flat
    return Body(
        tree=made.filled.root,
        layout=made.layout,
        title=made.paper.title,
        day=made.paper.day,
        name=flat.most_special,
        page_limit=flat.front.page_limit,
        subject=subject,
        case=made.paper.case,
        label=made.paper.label if subject else made.paper.full_title,
    )
