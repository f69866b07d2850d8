"""A paper stamped with its number afterwards is the paper laid out with that number."""

import io
from dataclasses import replace

import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest

from kcbx_docs.papers.formats import presses
from kcbx_docs.papers.make import make
from kcbx_docs.papers.numbers import numbering
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.stencil import numbered, stencil
from kcbx_docs.render.text import docx_paragraphs
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


NUMBERED = sorted(name for name, card in libraries()[NATIONAL].cards()[0].items() if card.number)


def test_the_samples_show_every_document_with_a_number() -> None:
    assert sorted(with_number()) == NUMBERED


def stamped_and_whole(document: str, form: str) -> tuple[bytes, bytes]:
    """Return a paper stamped with its number, and laid out with it."""
    paper = fresh(with_number()[document].paper)
    number = numbering(paper.flat.front, paper.issuer, paper.day)
    assert number
    made, found = stencil(paper, number, 3, REGISTRY, (form,))
    assert made, found
    (stamped,) = (file.data for file in made.files(390))
    whole, _ = make(numbered(paper, number.text(390)), REGISTRY)
    assert whole
    (laid,) = (press.paper(whole, draft=False)[0] for press in presses((form,))[0])
    return stamped, laid.data


@pytest.mark.parametrize("document", NUMBERED)
def test_a_stamped_word_file_is_the_whole_one(document: str) -> None:
    stamped, whole = stamped_and_whole(document, "docx")
    assert stamped == whole


@pytest.mark.pdf
@pytest.mark.parametrize("document", NUMBERED)
def test_a_stamped_pdf_is_the_whole_one(document: str) -> None:
    stamped, whole = stamped_and_whole(document, "pdf")
    assert seen(stamped) == seen(whole)


@pytest.mark.pdf
def test_a_stamped_file_is_as_good_for_archives() -> None:
    paper = fresh(with_number()["penalty-notice"].paper)
    number = numbering(paper.flat.front, paper.issuer, paper.day)
    assert number
    made, _ = stencil(paper, number, 7, REGISTRY, ("pdf",))
    assert made
    (stamped,) = (file.data for file in made.files(1234567))
    whole, _ = make(numbered(paper, number.text(1234567)), REGISTRY)
    assert whole
    (pdf,) = (press.paper(whole, draft=False)[0] for press in presses(("pdf",))[0])
    assert seen(stamped) == seen(pdf.data)
    wrong = [pikepdf.pdfa.validate_written(io.BytesIO(data), "2b") for data in (stamped, pdf.data)]
    told = [sorted({found.message for found in report.findings}) for report in wrong]
    assert told[0] == told[1]


def test_a_paper_that_quotes_a_number_like_the_trial_is_tried_with_another() -> None:
    paper = fresh(with_number()["order-to-correct"].paper)
    number = numbering(paper.flat.front, paper.issuer, paper.day)
    assert number
    quoted = replace(
        paper, facts={**paper.facts, "责令": {**paper.facts["责令"], "报到地点": number.text(8)}}
    )
    made, found = stencil(quoted, number, 1, REGISTRY, ("docx",))
    assert made, found
    words = docx_paragraphs(made.files(3)[0].data)
    assert number.text(3) in words and any(number.text(8) in text for text in words)


@pytest.mark.pdf
def test_digits_of_unequal_width_are_not_stamped(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = fresh(with_number()["order-to-correct"].paper)
    number = numbering(paper.flat.front, paper.issuer, paper.day)
    assert number
    assert stencil(paper, number, 1, REGISTRY, ("pdf",))[0]
    narrow = "kcbx_docs.render.stamping._width"
    monkeypatch.setattr(narrow, lambda text, _style: 9.0 if "1" in text else 10.0)
    assert stencil(paper, number, 1, REGISTRY, ("pdf",)) == (None, ())
