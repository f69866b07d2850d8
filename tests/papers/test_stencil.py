"""A paper stamped with its number afterwards is the paper laid out with that number."""

from dataclasses import replace

import pypdfium2
import pytest

from kcbx_docs.papers.formats import FORMATS, presses
from kcbx_docs.papers.make import make
from kcbx_docs.papers.numbers import numbering
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.stencil import numbered, stencil
from tests.matrix import Sample, libraries, samples

NATIONAL = "national"
REGISTRY = libraries()[NATIONAL].registry


def with_number() -> dict[str, Sample]:
    """Return one paper of every document that has a number."""
    found: dict[str, Sample] = {}
    for one in samples(NATIONAL)[0]:
        if one.paper.flat.front.number:
            found.setdefault(one.paper.document, one)
    return found


def fresh(paper: Paper) -> Paper:
    """Return a paper as it is before its number is known to the record."""
    told = paper.facts["程序"]
    filed = {**told["立案"], "文号": None}
    return replace(paper, facts={**paper.facts, "程序": {**told, "立案": filed}})


def seen(data: bytes) -> list[tuple[str, bytes]]:
    """Return the text and the pixels of every page."""
    return [
        (page.get_textpage().get_text_bounded(), bytes(page.render(scale=1).buffer))
        for page in pypdfium2.PdfDocument(data)
    ]


@pytest.mark.parametrize("document", sorted(with_number()))
def test_stamped_is_whole(document: str) -> None:
    paper = fresh(with_number()[document].paper)
    number = numbering(paper.flat.front, paper.issuer, paper.day)
    assert number
    made, found = stencil(paper, number, 3, REGISTRY, tuple(FORMATS))
    assert made, found
    stamped = {file.name: file.data for file in made.files(390)}
    whole, _ = make(numbered(paper, number.text(390)), REGISTRY)
    assert whole
    word, pdf = (press.paper(whole, draft=False)[0] for press in presses(tuple(FORMATS))[0])
    assert stamped[f"{paper.name}.docx"] == word.data
    assert seen(stamped[f"{paper.name}.pdf"]) == seen(pdf.data)
