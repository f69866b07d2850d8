"""The printing alone, of papers that are filled already:
python -m benchmarks.term_engine OFFICE OUT.
And the proof that what is printed is what the full layout draws, in the pixels of PDFium.
"""

import json
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.term_data import papers_of
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.pdf_press import PdfPress, lay_out
from kcbx_docs.papers.press import Job, Part

SCALE = 1.5
FAINT = 3
"""Shades by which a pixel may differ at the edge of a glyph."""


def jobs(office: Path) -> list[Job]:
    """Make the jobs of all classes."""
    classes = papers_of(office / "cases/开学告知.yaml")
    return [
        Job(f"{number}班", tuple(Part(pupil[0].paper.name, tuple(pupil)) for pupil in members))
        for number, members in enumerate(classes, 1)
    ]


def compared(office: Path) -> str:
    """Print a school twice, as usual and all laid out, and tell how many pages look the same."""
    press = PdfPress()
    pages = same = 0
    for job in jobs(office):
        rendered, found = press.job(job)
        assert rendered is not None, found
        made: list[Made] = list(job.papers)
        whole, found = lay_out(made, press.fonts, title=job.title, named=True)
        assert whole is not None, found
        one, other = pdfium.PdfDocument(rendered.data), pdfium.PdfDocument(whole.data)
        assert len(one) == len(other), (len(one), len(other))
        pages += len(one)
        same += sum(alike(left, right) for left, right in zip(one, other, strict=True))
    return (
        f"像素：{pages} 页里 {same} 页和全部重排的一样（PDFium，{SCALE} 倍，差在 {FAINT} 级以内）"
    )


def alike(one: pdfium.PdfPage, other: pdfium.PdfPage) -> bool:
    """Tell whether two pages look the same."""
    left, right = (bytes(page.render(scale=SCALE, grayscale=True).buffer) for page in (one, other))
    if left == right:
        return True
    return len(left) == len(right) and max(map(abs, map(int.__sub__, left, right))) <= FAINT


def main() -> None:
    """Print every class, and tell the processor seconds of that alone."""
    office, out = map(Path, sys.argv[1:])
    ready, press = jobs(office), PdfPress()
    began = time.process_time()
    for number, job in enumerate(ready):
        rendered, found = press.job(job)
        assert rendered is not None, found
        (out / f"{number:03d}.pdf").write_bytes(rendered.data)
    engine = time.process_time() - began
    pupils = sum(len(job.parts) for job in ready)
    print(json.dumps({"pupils": pupils, "engine": engine}))


if __name__ == "__main__":
    main()
