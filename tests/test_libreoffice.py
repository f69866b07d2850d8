"""LibreOffice as a second reader: the same pages as the PDF, and how alike the lines break."""

import pytest

from kcbx_docs.papers.make import to_docx
from tests import matrix
from tests.render.office import SOFFICE, word_to_pdf

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice"),
]
SHOWN = ("national", "yunnan/yuxi")


def one_of_each():
    """Take one paper of every document, as the nation and as Yuxi word it."""
    found = {}
    for pack in SHOWN:
        for document, papers in matrix.worded(pack).items():
            found[f"{pack.replace('/', '-')}_{document}"] = papers[0][1]
    return found


def test_word_files_have_the_pages_and_nearly_the_lines_of_the_pdf(capsys):
    from kcbx_docs.papers.pdf_press import lay_out
    from kcbx_docs.render.fonts import find_fonts
    from tests.render.measure import pages

    papers = one_of_each()
    pdf, problems = lay_out(list(papers.values()), find_fonts(), title="全部")
    assert problems == () and pdf is not None
    sheets = iter(pages(pdf.data))
    printed = {
        name: [next(sheets) for _ in range(count)]
        for name, count in zip(papers, pdf.page_counts, strict=True)
    }
    files = {name: to_docx(one)[0] for name, one in papers.items()}
    office = {name: pages(data) for name, data in word_to_pdf(files).items()}
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


def tight(text: str) -> str:
    return "".join(text.split())
