"""Papers printed twice, stamped and one by one: their pages must not differ."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from kcbx_docs.render.composing import Alike, Composer
from kcbx_docs.render.pdf import Body, render_pdf
from kcbx_docs.render.printfile import About, PrintedFile, print_papers
from kcbx_docs.render.static import static_of
from tests.render.paper import fonts, paper

DPI = 60


@dataclass(frozen=True)
class Twice:
    """The same papers as a print file and laid out one by one."""

    stamped: PrintedFile
    whole: bytes

    @property
    def ways(self) -> list[str]:
        """Return how each paper came about, without the reason."""
        return [way[:2] for way in self.stamped.ways]

    def differing(self, draw=None) -> list[int]:
        """List the pages that do not look the same."""
        draw = draw or pdfium
        pairs = zip(draw(self.stamped.data), draw(self.whole), strict=True)
        return [
            n
            for n, (one, other) in enumerate(pairs, 1)
            if ImageChops.difference(one, other).getbbox()
        ]


def alike(body: Body) -> Alike:
    """Take a paper apart as the press does."""
    static, values = static_of(body.tree)
    return Alike(
        "模板",
        f"{static.key}|{body.layout.name}",
        values,
        body.subject,
        body.label,
        partial(_same, body),
    )


def _same(body: Body) -> Body:
    return body


def bodies_of(template: str, rows: Sequence[Sequence[str]], layout: str) -> list[Body]:
    """Fill a template with each row of values."""
    bodies = [paper(template.format(*row), layout) for row in rows]
    return [replace(body, label=f"第 {n} 份") for n, body in enumerate(bodies)]


def twice(
    template: str, rows: Sequence[Sequence[str]], layout: str = "学校通知", **about: bool
) -> Twice:
    """Print a template filled with each row of values."""
    bodies = bodies_of(template, rows, layout)
    printed, found = print_papers(
        [alike(one) for one in bodies],
        fonts(),
        About("打印", "学校", **about),
        _composer(about.get("draft", False)),
    )
    assert printed is not None, found
    whole, _ = render_pdf(bodies, fonts(), title="打印", author="学校", **about)
    assert whole is not None
    return Twice(printed, whole.data)


@cache
def _composer(_draft: bool) -> Composer:
    return Composer()


def pdfium(data: bytes) -> list[Image.Image]:
    """Draw the pages with PDFium."""
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]


def poppler(data: bytes) -> list[Image.Image]:
    """Draw the pages with Poppler."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.pdf")
        source.write_bytes(data)
        subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", source, Path(folder, "p")], check=True)
        return [Image.open(path).copy() for path in sorted(Path(folder).glob("*.pgm"))]


def mupdf(data: bytes) -> list[Image.Image]:
    """Draw the pages with MuPDF."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.pdf")
        source.write_bytes(data)
        pages = Path(folder, "p%04d.png")
        subprocess.run(
            ["mutool", "draw", "-q", "-r", str(DPI), "-c", "gray", "-o", pages, source],
            check=True,
            capture_output=True,
        )
        return [Image.open(path).copy() for path in sorted(Path(folder).glob("*.png"))]


def renderers() -> list:
    """List what can draw here besides PDFium."""
    return [draw for name, draw in (("pdftoppm", poppler), ("mutool", mupdf)) if shutil.which(name)]


def texts(data: bytes) -> list[str]:
    """Return the text of each page in its order, without what readers make of gaps."""
    pages = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_range().split()) for page in pages]
