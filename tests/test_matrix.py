"""Every document × every pack × every sample:
made without a fault, and the same words in Word and PDF.

Each test looks at one pack, so that workers share the packs and a failure names its own.
"""

from collections import Counter
from itertools import chain

import pytest

from kcbx_docs.packs.markup import Element
from kcbx_docs.papers.forms import Forms, is_same
from kcbx_docs.papers.make import to_docx
from kcbx_docs.render.fill import FilledLightly
from kcbx_docs.render.text import paragraphs, tight
from tests import matrix
from tests.render import looks
from tests.render.measure import rules

pytestmark = [pytest.mark.alike, pytest.mark.long]

each_pack = pytest.mark.parametrize("pack", matrix.PACKS, scope="module")


def shown(problems) -> list[str]:
    return [str(problem) for problem in problems]


@each_pack
def test_every_paper_is_made(pack):
    planned, problems = matrix.samples(pack)
    assert shown(problems) == []
    made, problems = matrix.made(pack)
    assert shown(problems) == []
    assert len(made) == len(planned) > 100


@each_pack
def test_every_document_is_shown_by_a_sample(pack):
    planned = {sample.paper.document for sample in matrix.samples(pack)[0]}
    assert sorted(set(matrix.libraries()[pack].ids) - planned) == []


@each_pack
def test_word_says_what_the_source_says(pack):
    """Each wording once: the same words on the same page are the same Word file."""
    papers = chain.from_iterable(matrix.worded(pack).values())
    assert [sample.name for sample, one in papers if to_docx(one)[1]] == []


@each_pack
def test_papers_of_a_roster_are_the_same_made_lightly(pack):
    forms = Forms(matrix.libraries()[pack].registry)
    for sample, full in matrix.made(pack)[0]:
        if sample.paper.flat.front.unit not in ("学生", "班级"):
            continue
        forms.make(sample.paper)
        light, _ = forms.make(sample.paper)
        assert isinstance(light.filled, FilledLightly), sample.name
        assert is_same(light.filled.root, full.filled.root), sample.name
        assert light.filled.static == full.filled.static
        assert light.filled.values == full.filled.values
        assert (light.cited, light.problems) == (full.cited, full.problems)
        assert to_docx(light)[0] == to_docx(full)[0], sample.name


@pytest.mark.pdf
@each_pack
def test_pdf_says_what_the_source_says(pack):
    pdf, ugly = matrix.printed(pack), []
    assert shown(pdf.problems) == []
    for sample, one, span in pdf.papers:
        foot = (one.layout.sheet[1] - one.layout.margins[2] + 4) / 25.4 * 72
        root, own = one.filled.root, pdf.pages[span.start : span.stop]
        lines = [line for page in own for line in page if line.baseline < foot]
        ugly += [f"{sample.name}：{fault}" for fault in looks.thin_pages(own, root, one.layout)]
        ugly += [f"{sample.name}：{fault}" for fault in looks.gaps(own, root, one.layout, 0.42)]
        ugly += [
            f"{sample.name}：{line.text}" for line in lines if one.layout.grid and too_wide(line)
        ]
        for number, page in zip(span, own, strict=True):
            if dates := looks.dates_of(root) if one.layout.name not in ("公文", "函") else []:
                crowded = looks.crowded_seals(page, rules(pdf.data, number), dates)
                ugly += [f"{sample.name}：{fault}" for fault in crowded]
        drawn = Counter(tight("".join(line.text for line in lines)))
        wanted = Counter("".join(paragraphs(one.filled.root)))
        again = Counter("".join(repeated(one.filled.root)) * (len(span) - 1))
        assert (sample.name, wanted - drawn) == (sample.name, Counter())
        assert (sample.name, drawn - wanted - again) == (sample.name, Counter())
    # no page with only a box, a line or a signature; a seal has room below its date;
    # no line is stretched
    assert ugly == []


def too_wide(line) -> bool:
    return max(looks.stretched(line), default=0) > looks.WIDEST


def repeated(root) -> list[str]:
    """Return the words of the rows that are printed again on every further page of a table."""
    return [
        tight(n.text())
        for n in root.walk()
        if isinstance(n, Element) and n.attributes.get("header") == "1"
    ]
