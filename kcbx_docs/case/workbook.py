"""Write an Excel workbook: text with colours and comments, drop-downs, and no formula anywhere.

Small and fast, and the same contents give the same bytes: a list of three thousand pupils goes
back to the school in a blink.
"""

import io
import math
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from typing import Literal, get_args

from kcbx_docs.light import dataclass, regex
from kcbx_docs.xml_text import escape, quoteattr

Look = Literal["普通", "表头", "暂缓", "留空", "不补", "跳过", "标题", "删去"]
LOOKS: tuple[Look, ...] = get_args(Look)
FILLS = {
    "表头": "d9e2ec",
    "暂缓": "f8b4b4",
    "留空": "ffe699",
    "不补": "e2efda",
    "跳过": "d0d0d0",
    "删去": "f8b4b4",
}
_FONTS: tuple[Look, ...] = ("普通", "表头", "标题", "删去")
MAX_CELL, MAX_NOTE, MAX_NAME = 32_000, 2_000, 31
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_UNPRINTABLE = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BAD_NAME = regex(r"[\[\]:*?/\\]")
_TIME = (2020, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class WrittenCell:
    """A cell: its text, how it looks, and the comment on it."""

    text: str
    look: Look = "普通"
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """What a drop-down offers in some rows of a column."""

    column: int
    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet: its cells by row (from 1) and column (from 0), and how wide they are."""

    name: str
    rows: Mapping[int, Mapping[int, WrittenCell]]
    widths: Mapping[int, float] = field(default_factory=dict)
    frozen: int = 0
    """Rows that stay in sight."""
    choices: tuple[Choice, ...] = ()


def workbook_bytes(sheets: Sequence[WrittenSheet]) -> bytes:
    """Write sheets as an Excel workbook."""
    names = _names([sheet.name for sheet in sheets])
    numbers = range(1, len(sheets) + 1)
    related = [("worksheet", f"worksheets/sheet{at}.xml") for at in numbers]
    parts: dict[str, str] = {
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _relations([*related, ("styles", "styles.xml")]),
        "xl/styles.xml": _styles(),
    }
    for at, sheet in zip(numbers, sheets, strict=True):
        noted = list(_noted(sheet))
        parts[f"xl/worksheets/sheet{at}.xml"] = _sheet(sheet, commented=bool(noted))
        if noted:
            boxes, notes = f"drawings/notes{at}.vml", f"notes{at}.xml"
            related = [("vmlDrawing", f"../{boxes}"), ("comments", f"../{notes}")]
            parts[f"xl/worksheets/_rels/sheet{at}.xml.rels"] = _relations(related)
            parts[f"xl/{notes}"] = _comments(noted)
            parts[f"xl/{boxes}"] = _boxes(noted)
    about = {
        "[Content_Types].xml": _content_types(list(parts)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
    }
    return _packed(about | parts)


def _packed(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            about = zipfile.ZipInfo(name, _TIME)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            packed.writestr(about, text.encode())
    return out.getvalue()


def _names(names: Sequence[str]) -> list[str]:
    """Name sheets as Excel allows: short, without certain signs, each once."""
    made: list[str] = []
    for name in names:
        plain = _BAD_NAME.sub("_", _UNPRINTABLE.sub("", name)).strip("'")[:MAX_NAME] or "名单"
        number, chosen = 2, plain
        while chosen.lower() in {one.lower() for one in made}:
            tail = f"_{number}"
            chosen, number = plain[: MAX_NAME - len(tail)] + tail, number + 1
        made.append(chosen)
    return made


_KINDS = (
    ("workbook.xml", "sheet.main"),
    ("styles.xml", "styles"),
    ("sheet", "worksheet"),
    ("notes", "comments"),
)


def _content_types(parts: Sequence[str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = ""
    for part in parts:
        name = part.rpartition("/")[2]
        known = [content for start, content in _KINDS if name.startswith(start)]
        if known and name.endswith(".xml"):
            listed += f'<Override PartName="/{part}" ContentType="{kind}.{known[0]}+xml"/>'
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'vmlDrawing"/>{listed}</Types>'
    )


def _relations(related: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    spaces = f'xmlns="{_MAIN}" xmlns:r="{_RELATED}"'
    return f"{_HEAD}<workbook {spaces}><sheets>{sheets}</sheets></workbook>"


def _styles() -> str:
    """Write the looks, each twice: the second keeps what begins like a formula a text."""
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="ff{colour}"/></patternFill></fill>'
        for colour in FILLS.values()
    )
    formats = ""
    for quoted in ("", ' quotePrefix="1"'):
        for look in LOOKS:
            filled = 2 + list(FILLS).index(look) if look in FILLS else 0
            font = _FONTS.index(look) if look in _FONTS else 0
            border = int(look != "标题")
            formats += (
                f'<xf numFmtId="49" fontId="{font}" fillId="{filled}" borderId="{border}" xfId="0"'
                f' applyNumberFormat="1" applyFill="1" applyBorder="1" applyAlignment="1"{quoted}>'
                '<alignment vertical="top" wrapText="1"/></xf>'
            )
    face = '<font>{}<sz val="{}"/><name val="宋体"/><family val="3"/></font>'
    fonts = face.format("", 11) + face.format("<b/>", 11) + face.format("<b/>", 14)
    fonts += face.format("<strike/>", 11)
    line = "".join(
        f'<{side} style="thin"><color rgb="ffbfbfbf"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="4">{fonts}</fonts>'
        f'<fills count="{2 + len(FILLS)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills><borders count="2">'
        "<border><left/><right/><top/><bottom/><diagonal/></border>"
        f"<border>{line}<diagonal/></border>"
        '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{2 * len(LOOKS)}">{formats}</cellXfs>'
        '<cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _style(cell: WrittenCell) -> int:
    quoted = len(LOOKS) if cell.text.startswith(_FORMULA) else 0
    return LOOKS.index(cell.look) + quoted


def _sheet(sheet: WrittenSheet, *, commented: bool) -> str:
    pane = (
        f'<pane ySplit="{sheet.frozen}" topLeftCell="A{sheet.frozen + 1}" activePane="bottomLeft"'
        ' state="frozen"/>'
    )
    inside = pane if sheet.frozen else ""
    view = f'<sheetViews><sheetView workbookViewId="0">{inside}</sheetView></sheetViews>'
    notes = '<legacyDrawing r:id="rId1"/>' if commented else ""
    columns = "".join(
        f'<col min="{column + 1}" max="{column + 1}" width="{width:g}" customWidth="1" style="0"/>'
        for column, width in sorted(sheet.widths.items())
    )
    rows = "".join(_row(number, sheet) for number in sorted(sheet.rows))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheetPr><pageSetUpPr'
        f' fitToPage="1"/></sheetPr>{view}<cols>{columns}</cols><sheetData>{rows}</sheetData>'
        f"{_choices(sheet.choices)}"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"{notes}</worksheet>"
    ).replace("<cols></cols>", "")


_LINE, _TITLE, _TALLEST, _USUAL_WIDTH = 17, 24, 405, 8.43
"""Points of a line, of a title, and of the tallest row there is; a column that is not set."""


def _height(cells: Mapping[int, WrittenCell], widths: Mapping[int, float]) -> int:
    """Estimate how tall a row is when its texts are wrapped: not every program works it out."""
    lines = 1
    for column, cell in cells.items():
        if cell.look == "标题":
            return _TITLE
        room = max(widths.get(column, _USUAL_WIDTH) - 1, 2)
        if 2 * len(cell.text) <= room and "\n" not in cell.text:
            continue  # as most cells of a list
        lines = max(lines, sum(_lines(line, room) for line in cell.text.split("\n")))
    return min(lines * _LINE, _TALLEST)


def _lines(text: str, room: float) -> int:
    return max(1, math.ceil(width_of(text) / room))


def width_of(text: str) -> int:
    """Count how wide a text is in a column: a Han character as much as two figures."""
    return len(text) if text.isascii() else 2 * len(text) - sum(map(str.isascii, text))


def _row(number: int, sheet: WrittenSheet) -> str:
    cells = sheet.rows[number]
    made = [f'<row r="{number}" ht="{_height(cells, sheet.widths)}">']
    for column, cell in sorted(cells.items()):
        text = escape(_UNPRINTABLE.sub("", cell.text)[:MAX_CELL])
        place = f'<c r="{letters(column)}{number}" s="{_style(cell)}"'
        inside = f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        made.append(place + (inside if text else "/>"))
    return "".join(made) + "</row>"


@cache
def letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    named, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        named = chr(ord("A") + letter) + named
    return named


def _choices(choices: Sequence[Choice]) -> str:
    if not choices:
        return ""
    made = ""
    for one in choices:
        name = letters(one.column)
        words = escape('"' + ",".join(one.words) + '"')
        made += (
            '<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning"'
            f' sqref="{name}{one.first}:{name}{one.last}"><formula1>{words}</formula1>'
            "</dataValidation>"
        )
    return f'<dataValidations count="{len(choices)}">{made}</dataValidations>'


def _noted(sheet: WrittenSheet) -> Iterator[tuple[int, int, str]]:
    for number, cells in sorted(sheet.rows.items()):
        for column, cell in sorted(cells.items()):
            if cell.note:
                yield number, column, _UNPRINTABLE.sub("", cell.note)[:MAX_NOTE]


def _comments(noted: Sequence[tuple[int, int, str]]) -> str:
    listed = "".join(
        f'<comment ref="{letters(column)}{number}" authorId="0"><text><r><rPr><sz val="10"/></rPr>'
        f'<t xml:space="preserve">{escape(note)}</t></r></text></comment>'
        for number, column, note in noted
    )
    return (
        f'{_HEAD}<comments xmlns="{_MAIN}"><authors><author>名单检查</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    )


def _boxes(noted: Sequence[tuple[int, int, str]]) -> str:
    """Draw the box of every comment, in the old way that all programs still ask for."""
    shapes = "".join(
        f'<v:shape id="n{at}" type="#note" style="position:absolute;visibility:hidden"'
        ' fillcolor="#ffffe1"><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{column + 1}, 8, {number - 1}, 4, {column + 5}, 8, "
        f"{number + 4 + len(note) // 60}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{number - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        for at, (number, column, note) in enumerate(noted, 1)
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="note"'
        ' coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke'
        ' joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{shapes}</xml>"
    )
