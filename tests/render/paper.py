"""Papers for the tests of the PDF side:
a body written in the test, laid out with this machine's fonts.
"""

from datetime import date
from functools import cache

from kcbx_docs.packs.markup import Element, parse_plain
from kcbx_docs.problems import Problems
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.pdf import Body, Pdf, render_pdf
from kcbx_docs.render.styles import LAYOUTS

DAY = date(2026, 9, 1)
ARTICLE = "依照《中华人民共和国义务教育法》第五条、第十一条，适龄儿童、少年的父母或者其他法定监护人应当依法保证其按时入学接受并完成义务教育；"


@cache
def fonts() -> FontSet:
    """Return the fonts of this machine."""
    return find_fonts()


def tree(body: str) -> Element:
    """Parse the body of a paper."""
    root, found = parse_plain(body, "文书.html")
    assert root is not None, found
    return root


def paper(
    body: str, layout: str = "执法文书", *, title: str = "通知书", page_limit: int | None = None
) -> Body:
    """Make a paper from its body."""
    return Body(tree(body), LAYOUTS[layout], title, DAY, "文书.html", page_limit)


def printed(body: str, layout: str = "执法文书") -> bytes:
    """Return the PDF of a paper that must come out without a problem."""
    pdf, found = render_pdf([paper(body, layout)], fonts())
    assert not found, found
    assert isinstance(pdf, Pdf)
    return pdf.data


def refused(body: str, layout: str = "执法文书") -> Problems:
    """Return the problems of a paper that must not come out."""
    pdf, found = render_pdf([paper(body, layout)], fonts())
    assert pdf is None
    return found
