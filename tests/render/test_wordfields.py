"""Nothing in the text of a Word file acts by itself: fields are judged as Word reads them."""

import pytest
from lxml import etree

from kcbx_docs.render.wordfields import acting_in

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
BEGIN, CUT, END = (
    f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")
)


def code(text: str, name: str = "instrText") -> str:
    return f"<w:r><w:{name}>{text}</w:{name}></w:r>"


def whole(text: str) -> str:
    return BEGIN + code(text) + CUT + "<w:r><w:t>1</w:t></w:r>" + END


def kinds(body: str) -> list[str]:
    root = etree.fromstring(f"<w:document {NAMES}><w:body><w:p>{body}</w:p></w:body></w:document>")
    return list(dict.fromkeys(one.kind for one in acting_in(root)))


FIELDS = {
    "an exchange of data": whole('DDEAUTO cmd "/k calc"'),
    "in small letters": whole(" ddeauto cmd x"),
    "a picture from elsewhere": whole('INCLUDEPICTURE "http://x/a.png" \\d'),
    "a text from elsewhere": whole('INCLUDETEXT "\\\\host\\a.docx"'),
    "a part of another file": whole("LINK Excel.Sheet.12 a.xlsx"),
    "a button": whole("MACROBUTTON AutoOpen 点击"),
    "a day that changes": whole("DATE"),
    "a condition": whole("IF 1 = 1 a b"),
    "split over runs": BEGIN + code("DD") + code("EAUTO cmd x") + CUT + END,
    "in the code of another": BEGIN + code("PAGE ") + whole("DDE cmd") + CUT + END,
    "put together by another": BEGIN + whole("REF a") + code("EAUTO cmd") + CUT + END,
    "in the result of another": BEGIN + code("PAGE") + CUT + whole("DDE cmd") + END,
    "as one element": '<w:fldSimple w:instr="DDE cmd x"/>',
    "around what is harmless": f'<w:fldSimple w:instr="INCLUDETEXT x">{whole("PAGE")}</w:fldSimple>',
    "that never ends": BEGIN + code("PAGE"),
    "without a beginning": code("DDE cmd") + CUT + END,
    "with letters added to an allowed word": whole("PAGEX"),
    "without a code": BEGIN + CUT + END,
    "whose first word is deleted": (
        BEGIN
        + f"<w:del>{code('PAGE ', 'delInstrText')}</w:del>"
        + f"<w:ins>{code('DDE cmd')}</w:ins>"
        + CUT
        + END
    ),
    "whose first word was added": BEGIN
    + f"<w:ins>{code('PAGE ')}</w:ins>"
    + code("DDE x")
    + CUT
    + END,
    "read otherwise by older programs": (
        BEGIN
        + f"<mc:AlternateContent><mc:Choice>{code('PAGE ')}</mc:Choice>"
        + f"<mc:Fallback>{code('DDE cmd')}</mc:Fallback></mc:AlternateContent>"
        + CUT
        + END
    ),
    "in a text box": f"<w:r><w:txbxContent><w:p>{whole('DDE cmd')}</w:p></w:txbxContent></w:r>",
    "that a statement changes": whole("PAGE {% if 1 %}"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_fetches_starts_or_changes_is_found(name):
    assert kinds(FIELDS[name]) in (["域"], ["域", "标签"])


LINKS = {
    "a file of the office": whole('HYPERLINK "file://host/a.exe"'),
    "a share": whole('HYPERLINK "\\\\\\\\host\\\\a"'),
    "hidden behind a place": whole('HYPERLINK \\l "a" "file://host/a"'),
    "hidden behind a tip": whole('HYPERLINK \\o "https://x" "file://host/a"'),
    "put together": BEGIN + code('HYPERLINK "') + whole("REF a") + code('"') + CUT + END,
    "a drawing from elsewhere": '<w:pict><v:imagedata src="http://x/a.png"/></w:pict>',
    "a drawing that leads elsewhere": '<w:pict><v:shape href="file://host/a"/></w:pict>',
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_leads_elsewhere_than_to_the_web_is_found(name):
    assert kinds(LINKS[name]) == ["外部"]


@pytest.mark.parametrize(
    "body",
    [
        "<w:object/>",
        "<o:OLEObject/>",
        "<w:altChunk/>",
        "<w:control/>",
        "<w:subDoc/>",
        "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>",
        "<w:mailMerge/>",
        f"{BEGIN[:-6].replace('/>', '>')}<w:ffData><w:entryMacro/></w:ffData></w:fldChar></w:r>{code('PAGE')}{END}",
    ],
)
def test_what_holds_other_things_than_text_is_found(body):
    assert kinds(body) == ["元素"]


@pytest.mark.parametrize(
    "body",
    [
        '<w:bookmarkStart w:name="{% if 0 %}"/>',
        BEGIN + code("PAGE ") + "<w:r><w:t>{% if 0 %}</w:t></w:r>" + code("X") + CUT + END,
    ],
)
def test_a_statement_where_it_could_change_what_a_field_does_is_found(body):
    assert kinds(body) == ["标签"]


@pytest.mark.parametrize(
    "body",
    [
        whole(" PAGE   \\* MERGEFORMAT "),
        whole("NUMPAGES"),
        whole("SECTIONPAGES"),
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        whole('TOC \\o "1-3" \\h \\z \\u'),
        whole("PAGEREF _Toc1 \\h"),
        whole("EQ \\o\\ac(○,1)"),
        whole('HYPERLINK "https://www.gov.cn/zhengce"'),
        whole('HYPERLINK \\l "_Toc1"'),
        whole('HYPERLINK "mailto:a@b.cn" \\o "写信"'),
        BEGIN + code("PA") + code("GE") + CUT + END,
        f"<w:ins>{whole('PAGE')}</w:ins>",
        BEGIN + code("TOC \\h") + CUT + f"<w:r><w:t>一、</w:t></w:r>{whole('PAGEREF a')}" + END,
        "<mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p>"
        + whole("PAGE")
        + f"</w:p></w:txbxContent></w:r></mc:Choice><mc:Fallback>{whole('PAGE')}</mc:Fallback></mc:AlternateContent>",
        '<w:r><w:pict><v:shape o:spid="a" style="width:1pt"/></w:pict></w:r>',
        "<w:r><w:t>{{ 学生.姓名 }}{% if 甲 %}乙{% endif %}，DDEAUTO 是普通文字</w:t></w:r>",
        '<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent/></w:sdt>',
    ],
)
def test_numbers_of_pages_contents_and_links_are_left_alone(body):
    assert kinds(body) == []
