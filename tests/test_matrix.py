"""Every document × every pack × every sample: made without a fault, and the same words in Word and PDF."""

from collections import Counter

import pytest

from kcbx_docs.packs.markup import Element
from kcbx_docs.packs.structure import check_structure
from kcbx_docs.papers.make import to_docx
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import paragraphs, tight
from tests import matrix


def shown(problems) -> list[str]:
    return [str(problem) for problem in problems]


def test_every_paper_of_every_pack_is_made():
    assert shown(matrix.samples()[1]) == []
    assert shown(matrix.made()[1]) == []
    assert len(matrix.made()[0]) == len(matrix.samples()[0])


def test_every_document_is_shown_by_a_sample():
    planned = {sample.paper.document for sample in matrix.samples()[0]}
    assert sorted(set(matrix.libraries()["national"].ids) - planned) == []


def test_every_template_keeps_the_grammar():
    for library in matrix.libraries().values():
        for name in library.ids:
            flat = library.document(name)
            assert shown(check_structure(flat, LAYOUTS[flat.front.layout].styles)) == []


def test_word_says_what_the_source_says():
    wrong = [sample.name for sample, one in matrix.made()[0] if to_docx(one)[1]]
    assert wrong == []


@pytest.mark.pdf
def test_pdf_says_what_the_source_says():
    from kcbx_docs.papers.render import lay_out
    from kcbx_docs.render.fonts import find_fonts
    from tests.render.measure import pages

    fonts = find_fonts()
    wrong = []
    every = matrix.distinct()
    for start in range(0, len(every), 16):  # many papers in one file: their fonts are subset once
        group = every[start : start + 16]
        pdf, problems = lay_out([one for _, one in group], fonts, title="全部", named=True)
        assert shown(problems) == []
        assert pdf is not None
        sheets = iter(pages(pdf.data))
        for (sample, one), count in zip(group, pdf.page_counts, strict=True):
            foot = (297 - one.layout.margins[2] + 4) / 25.4 * 72
            lines = [line for _ in range(count) for line in next(sheets) if line.baseline < foot]
            drawn = Counter(tight("".join(line.text for line in lines)))
            wanted = Counter("".join(paragraphs(one.filled.root)))
            again = Counter("".join(repeated(one.filled.root)) * (count - 1))
            if wanted - drawn or drawn - wanted - again:
                wrong.append((sample.name, dict(wanted - drawn), dict(drawn - wanted - again)))
    assert wrong == []


def repeated(root) -> list[str]:
    """Return the words of the rows that are printed again on every further page of a table."""
    return [
        tight(n.text())
        for n in root.walk()
        if isinstance(n, Element) and n.attributes.get("header") == "1"
    ]
