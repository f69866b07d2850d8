"""LibreOffice as a second reader: the same pages as the PDF, and how alike the lines break."""

from collections import Counter

import pytest

from kcbx_docs.papers.make import to_docx
from kcbx_docs.render.text import docx_paragraphs
from tests import matrix
from tests.render import looks
from tests.render.office import SOFFICE, word_to_pdf

pytestmark = [
    pytest.mark.long,
    pytest.mark.pdf,
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice"),
]
MARKS = "，。、；：？！）》〕”"
SHOWN = ("national", "yunnan/yuxi")


def one_of_each():
    """Take one paper of every document, as the nation and as Yuxi word it, and its pages as the
    matrix printed them; no blank backs.
    """
    papers, pages = {}, {}
    for pack in SHOWN:
        printed = matrix.printed(pack)
        for _, one, span in reversed(printed.papers):
            name = f"{pack.replace('/', '-')}_{one.paper.document}"
            papers[name] = one
            pages[name] = [*filter(None, printed.pages[span.start : span.stop])]
    return papers, pages


def test_word_files_have_the_pages_and_nearly_the_lines_of_the_pdf(capsys):
    from tests.render.measure import pages

    papers, printed = one_of_each()
    files = {name: to_docx(one)[0] for name, one in papers.items()}
    by_word = word_to_pdf(files)
    office = {name: pages(data) for name, data in by_word.items()}
    ugly = [
        f"{name}：{fault}"
        for name, one in papers.items()
        for fault in faults(one, by_word[name], office[name])
    ]
    other_pages = {
        name: (len(printed[name]), len(office[name]))
        for name in papers
        if len(printed[name]) != len(office[name])
    }
    same = total = 0
    for name in papers:
        lines = [
            {tight(line.text) for page in one for line in page}
            for one in (printed[name], office[name])
        ]
        same += len(lines[0] & lines[1])
        total += len(lines[0])
    with capsys.disabled():
        print(
            f"\n  LibreOffice：{len(papers)} 份文书，断行相同 {same}/{total} 行，页数不同 {other_pages or '无'}"
        )
    # LibreOffice widens the space beside digits, whatever the file says
    assert len(other_pages) <= len(papers) // 10
    assert same / total > 0.7
    assert ugly == []
    # marks that LibreOffice hangs beyond the margin can get lost
    lost = {name: missing(data, by_word[name]) for name, data in files.items()}
    assert {name: marks for name, marks in lost.items() if marks} == {}
    # what is filled in on the spot is one sheet of paper with one side
    on_the_spot = ("national_admonition", "national_spot-decision", "national_service-receipt")
    assert [(len(printed[n]), len(office[n])) for n in on_the_spot] == [(1, 1)] * 3
    letters = [name for name, one in papers.items() if one.layout.name == "函"]
    assert letters
    assert [name for name in letters if not has_double_rules(by_word[name])] == []


def missing(word, printed):
    """Count the marks of a Word file that are not on its pages."""
    from tests.render.measure import text_of_pdf

    wanted = Counter(char for char in "".join(docx_paragraphs(word)) if char in MARKS)
    return wanted - Counter(text_of_pdf(printed))


def has_double_rules(printed):
    """Tell whether the rules of a letter are thick over thin at its head, the reverse below."""
    from tests.render.measure import ink

    bands = ink(printed, 0, red=True, dpi=600, sides=75)  # the rules reach across the page
    upper, lower, first, last = (bottom - top for top, bottom in (*bands[1:3], *bands[-2:]))
    return len(bands) == 5 and upper > 1.5 * lower and last > 1.5 * first


def faults(one, data, sheets):
    """List the pages that say nothing, and the dates without room for a seal."""
    from tests.render.measure import rules

    root, layout = one.filled.root, one.layout
    yield from looks.thin_pages(sheets, root, layout)
    # LibreOffice takes a whole paragraph to what it is kept with
    yield from looks.gaps(sheets, root, layout, 0.5)
    if layout.name in ("公文", "函"):
        return
    for number, page in enumerate(sheets):
        yield from looks.crowded_seals(page, rules(data, number), looks.dates_of(root))


def tight(text: str) -> str:
    return "".join(text.split())
