"""The one table of named styles and layout kinds; CSS and the Word styles are made from it.

Figures follow GB/T 9704-2012: A4, margins 37/28/26/35 mm, 22 lines of 28 characters of 16 pt type.
225 mm / 22 = 28.99 pt a line, 156 mm / 28 = 15.79 pt a character; 28.95 pt keeps 22 lines on a page
in WeasyPrint and in Word alike.
"""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal

from kcbx_docs.light import dataclass

PITCH = 28.95
SIZE = 16.0
ADVANCE = 156 / 28 / 25.4 * 72

Align = Literal["justify", "left", "center", "right"]
RED = "FF0000"
DRAFT = "草　稿"
SEAL_ROOM = 2 * PITCH
"""Between the date and what follows: a seal of 42 mm on the date reaches 21 mm below its middle."""
SIGNATURES = ("署名", "署名长")  # no page may hold a signature and no text
CLOSING = (
    *(*SIGNATURES, "成文日期", "签名行", "附注", "表注", "表后"),
    *("此致", "法院名", "签名右"),
)
"""Paragraphs that close a paper and say nothing of their own."""


@dataclass(frozen=True)
class RuledLine:
    """A line above or below a paragraph: thickness and distance to the text in pt."""

    width: float = 1.0
    color: str = "000000"
    kind: Literal["solid", "dashed"] = "solid"
    space: float = 0.0


@dataclass(frozen=True)
class Style:
    """One paragraph style; lengths in pt, indents in characters of the style's own size."""

    name: str
    font: str = "仿宋"
    size: float = SIZE
    line: float = PITCH
    align: Align = "justify"
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    hanging: float = 0.0
    color: str = "000000"
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    above: RuledLine | None = None
    below: RuledLine | None = None
    foot: bool = False
    head: bool = False

    @property
    def tracking(self) -> float:
        """Return the letter spacing in pt that sets 28 characters of 16 pt type in 156 mm."""
        return round((ADVANCE / SIZE - 1) * self.size, 3)

    @property
    def em(self) -> float:
        """Return the advance of one character in pt."""
        return self.size + self.tracking


@dataclass(frozen=True)
class Layout:
    """A layout kind: the sheet, the page number, and the styles beside the common ones."""

    name: str
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)  # top, right, bottom, left in mm
    sheet: tuple[float, float] = (210, 297)  # its width and height in mm
    page_numbers: Literal["outside", "centre", "of", "none"] = "outside"
    first_numbered: bool = True
    grid: bool = True  # prose pages of 22 x 28
    duplex_slip: bool = False  # the back of the slip stays blank
    foot_rules: bool = False  # rules above, between and below the paragraphs of the 版记
    letterhead: bool = False  # 函: red double rules at the head and foot of the first page
    signed: str = ""  # what everybody signs at the foot of every page
    styles: Mapping[str, Style] = field(default_factory=dict)

    def style(self, name: str) -> Style:
        """Return a style by its name."""
        return self.styles[name]

    @property
    def text_width(self) -> float:
        """Return the width of the type area in pt."""
        return (self.sheet[0] - self.margins[1] - self.margins[3]) / 25.4 * 72


def _table(*styles: Style) -> dict[str, Style]:
    return {style.name: style for style in styles}


_COMMON = _table(
    Style("正文", indent=2),
    Style(
        "标题",
        font="小标宋",
        size=22,
        line=34,
        align="center",
        before=PITCH,
        after=PITCH,
        keep_next=True,
        outline=0,
    ),
    Style("一级标题", font="黑体", indent=2, keep_next=True, outline=1),
    Style("二级标题", font="楷体", indent=2, keep_next=True, outline=2),
    Style("三级标题", indent=2, keep_next=True, outline=3),
    Style("主送", align="left", keep_next=True),
    Style("平段"),
    Style("居中", align="center"),
    Style("右对齐", align="right", right=2),
    Style("发文字号", align="center"),
    Style("机关名称", font="小标宋", size=22, line=34, align="center", keep_next=True),
    Style("附件说明", align="left", left=5, hanging=3),
    Style("署名", align="center", left=13.5, before=2 * PITCH, keep_next=True, keep_lines=True),
    Style("署名长", align="right", right=1, before=2 * PITCH, keep_next=True, keep_lines=True),
    Style("成文日期", align="right", right=4, keep_lines=True),
    Style("签名行", align="left", indent=2, before=6),
    Style("附注", indent=2),
    Style("附件标记", font="黑体", align="left"),
    Style("附件标题", font="小标宋", size=22, line=34, align="center", before=PITCH, after=PITCH),
    Style("表题", font="小标宋", size=22, line=34, align="center", after=8, keep_next=True),
    Style("表前", font="仿宋", size=14, line=24, align="left", keep_next=True),
    Style("表头", font="黑体", size=14, line=22, align="center"),
    Style("表文", size=14, line=22, align="left"),
    Style("表中", size=14, line=22, align="center"),
    Style("小表头", font="黑体", size=12, line=20, align="center"),
    Style("小表文", size=12, line=19, align="left"),
    Style("小表中", size=12, line=19, align="center"),
    Style("表注", size=12, line=20, align="left", before=4),
    Style(
        "裁切线",
        size=10.5,
        line=16,
        align="center",
        before=51,  # half the date's line more: the radius of a seal
        after=2,
        above=RuledLine(0.75, kind="dashed", space=4),
    ),
    Style(
        "存根线",  # below a stub at the head of the sheet: nothing is sealed above it
        size=10.5,
        line=16,
        align="center",
        before=10,
        after=6,
        above=RuledLine(0.75, kind="dashed", space=4),
    ),
    Style("回执题", font="黑体", size=16, line=26, align="center", keep_next=True),
    Style("草稿", font="黑体", size=26, line=34, align="right", color="A6A6A6"),
    Style("代码", font="宋体", size=10.5, line=16, align="right"),
    Style("左代码", font="宋体", size=10.5, line=16, align="left"),
)

_OFFICIAL = _table(
    Style("份号", align="left", head=True),
    Style("密级", font="黑体", align="left", head=True),
    Style("紧急程度", font="黑体", align="left", head=True),
    Style(
        "机关标志",
        font="小标宋",
        size=40,
        line=48,
        align="center",
        color=RED,
        before=99.2,
        after=2 * PITCH - 10,
    ),
    Style(
        "机关标志中",
        font="小标宋",
        size=30,
        line=48,
        align="center",
        color=RED,
        before=99.2,
        after=2 * PITCH - 10,
    ),
    Style(
        "机关标志小",
        font="小标宋",
        size=22,
        line=48,
        align="center",
        color=RED,
        before=99.2,
        after=2 * PITCH - 10,
    ),
    Style("发文字号", align="center", below=RuledLine(1.0, RED, space=11.3)),
    Style(
        "标题",
        font="小标宋",
        size=22,
        line=34,
        align="center",
        before=2 * PITCH,
        after=PITCH,
        keep_next=True,
        outline=0,
    ),
    Style("抄送", size=14, line=26, align="left", left=4, right=1, hanging=3, foot=True),
    Style("印发", size=14, line=26, align="left", left=1, right=1, foot=True),
)

_LETTER = _table(
    Style("函头", font="小标宋", size=36, line=44, align="center", color=RED),
    Style("函头小", font="小标宋", size=26, line=44, align="center", color=RED),
    Style("函头长", font="小标宋", size=20, line=44, align="center", color=RED),
    Style("份号", align="left", head=True),
    Style("密级", font="黑体", align="left", head=True),
    Style("紧急程度", font="黑体", align="left", head=True),
    Style("发文字号", align="right", before=SIZE * 7 / 8 - (PITCH - SIZE) / 2),
    Style(
        "标题",
        font="小标宋",
        size=22,
        line=34,
        align="center",
        before=2 * PITCH,
        after=PITCH,
        keep_next=True,
        outline=0,
    ),
    Style("抄送", size=14, line=26, align="left", left=4, right=1, hanging=3, foot=True),
)

_SCHOOL = _table(
    Style("正文", size=14, line=19, indent=2),
    Style(
        "标题", font="小标宋", size=20, line=30, align="center", after=6, keep_next=True, outline=0
    ),
    Style("一级标题", font="黑体", size=14, line=19, indent=2, keep_next=True, outline=1),
    Style("二级标题", font="楷体", size=14, line=19, indent=2, keep_next=True, outline=2),
    Style("三级标题", size=14, line=19, indent=2, keep_next=True, outline=3),
    Style("首段", size=14, line=19, indent=2, before=8),
    Style("主送", size=14, line=21, align="left", keep_next=True),
    Style("平段", size=14, line=23),
    Style("居中", size=14, line=23, align="center"),
    Style("右对齐", size=14, line=23, align="right", right=2),
    Style("发文字号", size=12, line=20, align="center"),
    Style(
        "署名", size=14, line=21, align="right", right=2, before=8, keep_next=True, keep_lines=True
    ),
    Style(
        "署名长",
        size=14,
        line=21,
        align="right",
        right=2,
        before=8,
        keep_next=True,
        keep_lines=True,
    ),
    Style("成文日期", size=14, line=21, align="right", right=2, keep_lines=True),
    Style("签名行", size=14, line=26, align="left", indent=2, before=4),
    Style("附注", size=12, line=20, indent=2),
    Style("表头", font="黑体", size=12, line=20, align="center"),
    Style("表文", size=12, line=20, align="left"),
    Style("表中", size=12, line=20, align="center"),
    Style("回执题", font="黑体", size=14, line=23, align="center", keep_next=True),
)

_FORM = _table(
    Style("正文", size=14, line=24, indent=2),
    Style(
        "标题", font="小标宋", size=22, line=34, align="center", after=6, keep_next=True, outline=0
    ),
    Style("主送", size=14, line=24, align="left", keep_next=True),
    Style("平段", size=14, line=24),
    Style("居中", size=14, line=24, align="center"),
    Style("右对齐", size=14, line=24, align="right", right=2),
    Style("发文字号", size=14, line=24, align="right", after=4),
    Style(
        "署名", size=14, line=24, align="right", right=2, before=8, keep_next=True, keep_lines=True
    ),
    Style(
        "署名长",
        size=14,
        line=24,
        align="right",
        right=2,
        before=8,
        keep_next=True,
        keep_lines=True,
    ),
    Style("成文日期", size=14, line=24, align="right", right=2, after=SEAL_ROOM, keep_lines=True),
    Style("签名行", size=14, line=30, align="left", before=6),
    Style("表前", size=12, line=22, align="left", keep_next=True),
    Style("表后", size=12, line=26, align="left", before=6),
    Style("表头", font="黑体", size=12, line=20, align="center"),
    Style("表文", size=12, line=19, align="left"),
    Style("表中", size=12, line=19, align="center"),
    Style("表右", size=12, line=19, align="right"),
    Style("表注", size=10.5, line=16.5, align="left", before=3),
)

_RECORD = {
    **_FORM,
    **_table(
        Style("首段", size=14, line=24, before=8),
    ),
}

_ENFORCEMENT = _table(
    Style(
        "标题", font="小标宋", size=22, line=34, align="center", after=4, keep_next=True, outline=0
    ),
    Style("发文字号", align="center", after=PITCH / 2),
    Style("署名", align="center", left=13.5, before=1.5 * PITCH, keep_next=True, keep_lines=True),
    Style("署名长", align="right", right=1, before=1.5 * PITCH, keep_next=True, keep_lines=True),
    Style("成文日期", align="right", right=4, after=SEAL_ROOM, keep_lines=True),
)

_COURT = _table(
    Style(
        "标题",
        font="小标宋",
        size=22,
        line=34,
        align="center",
        after=PITCH / 2,
        keep_next=True,
        outline=0,
    ),
    Style("发文字号", align="center", after=PITCH / 2),
    Style("一级标题", font="黑体", align="left", indent=2, keep_next=True, outline=1),
    Style("当事人", indent=2),
    Style("成文日期", align="right", right=4, after=SEAL_ROOM, keep_lines=True),
    Style("此致", indent=2, before=PITCH, keep_next=True),
    Style("法院名", align="left", keep_next=True),
    Style("签名右", align="left", left=9, before=6, keep_lines=True),
    Style("附项", align="left", left=3, hanging=1),
    Style("小表头", font="黑体", size=10.5, line=17, align="center"),
    Style("小表文", size=10.5, line=17, align="left"),
    Style("小表中", size=10.5, line=17, align="center"),
)


_OWN, _OTHER = "＿" * 6, "＿" * 4
SIGNED_RECORD = f"本人签名（捺印）：{_OWN}　执法（主持）人员：{_OTHER}、{_OTHER}　记录人：{_OTHER}"


def _layout(name: str, own: Mapping[str, Style], **page: object) -> Layout:
    return Layout(name, styles=MappingProxyType({**_COMMON, **own}), **page)  # type: ignore[arg-type]


_KINDS = (
    _layout("公文", _OFFICIAL, foot_rules=True),
    _layout("函", _LETTER, first_numbered=False, letterhead=True),
    _layout("执法文书", _ENFORCEMENT),
    _layout("法院文书", _COURT),
    _layout("表格", _FORM, margins=(22, 20, 18, 25), page_numbers="of", grid=False),
    _layout(
        "横表",  # lists of many columns: A4 laid across
        _FORM,
        sheet=(297, 210),
        margins=(20, 20, 18, 20),
        page_numbers="of",
        grid=False,
    ),
    _layout(
        "笔录",
        _RECORD,
        margins=(25, 20, 30, 25),
        page_numbers="of",
        grid=False,
        signed=SIGNED_RECORD,
    ),
    _layout(
        "学校通知",
        _SCHOOL,
        margins=(14, 20, 11, 22),
        page_numbers="none",
        grid=False,
        duplex_slip=True,
    ),
)
LAYOUTS: Mapping[str, Layout] = MappingProxyType({layout.name: layout for layout in _KINDS})

_ELEMENTS = {
    "h1": "标题",
    "h2": "一级标题",
    "h3": "二级标题",
    "h4": "三级标题",
    "p": "正文",
    "th": "表头",
    "td": "表文",
}


def style_of(element: str, given: str | None, inside: str | None = None) -> str:
    """Name the style of a paragraph from its element, its class and the cell that it stands in."""
    if given:
        return given
    if element == "p" and inside in ("td", "th"):
        return _ELEMENTS[inside]
    return _ELEMENTS[element]
