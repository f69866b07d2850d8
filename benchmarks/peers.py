"""The peers as anybody would use them: one object, one file, no second thought."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from docxtpl import DocxTemplate

from kcbx_docs.packs.language import environment
from kcbx_docs.papers.make import Made, word_template
from kcbx_docs.problems import Place
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.fonts import FontSet
from kcbx_docs.render.html import document, to_html
from kcbx_docs.render.native import load_weasyprint

Peer = Callable[[Made], bytes]


def plain_docxtpl(made: Sequence[Made], folder: Path) -> Peer:
    """Return plain docxtpl on the same compiled templates, read from files as it does."""
    for one in made:
        path = folder / f"{one.paper.document}.docx"
        if not path.exists():
            path.write_bytes(compile_docx(one.paper.flat, one.layout))

    def render(one: Made) -> bytes:
        template = DocxTemplate(folder / f"{one.paper.document}.docx")
        template.render(dict(one.context), jinja_env=environment, autoescape=True)
        template.save(out := io.BytesIO())
        return out.getvalue()

    return render


def plain_weasyprint(fonts: FontSet, *, installed: bool) -> Peer:
    """Return plain WeasyPrint on the same HTML and CSS, one write for each paper.

    Its fonts come from the style sheet's files as ours do,
    or with ``installed`` from the system by name.
    """
    html = load_weasyprint().HTML

    def installed_stack(role: str) -> str:
        return ", ".join(f'"{font.family}"' for font in fonts.chain(role))

    def render(one: Made) -> bytes:
        page, problems = to_html(one.filled.root, one.layout, Place(one.paper.name))
        assert page is not None, problems
        faces = "" if installed else fonts.css(page.texts)
        sheet = faces + stylesheet(one.layout, installed_stack if installed else fonts.stack)
        whole = document(
            page.html,
            title=one.paper.title,
            author=one.paper.issuer.name,
            day=one.paper.day.isoformat(),
        )
        data: bytes = html(
            string=whole.replace("</head>", f"<style>{sheet}</style></head>", 1)
        ).write_pdf()
        return data

    return render


def engine(one: Made) -> bytes:
    """Fill a Word template with our engine and nothing else, as the peer does."""
    return word_template(one).fill(one.context)
