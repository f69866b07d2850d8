"""What the comparison of ``term_start`` is made from: a school of any size, and the same words for
everybody: as HTML, as Typst, as Word files with places for the values.
"""

import datetime
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html as parser
from openpyxl import Workbook

from cases.make_roster import GIVEN, GROUPS, HEADER, SURNAMES, id_number
from kcbx_docs.batch.plan import BatchDesk, documents_of, numbered_by_row, pupil_papers
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.case.roster import read_roster
from kcbx_docs.office.opened import open_office
from kcbx_docs.packs.markup import Element
from kcbx_docs.papers.forms import Forms
from kcbx_docs.papers.make import Made, word_template
from kcbx_docs.problems import Place
from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.html import to_html
from kcbx_docs.render.static import Static
from kcbx_docs.render.wordforms import word_form

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 9, 1)
OF_A_CLASS = 50
RARE = ("李喆", "杨堃", "普䶮", "罗㛃", "阿卜杜热合曼·阿卜杜热西提", "扎西·德吉")
BATCH = """批次: 开学告知
学期: 2026年秋季学期
学校: 云岭县青石中学
日期: 2026-09-01
名册:
  文件: 名册.xlsx
文书:
  - {{文书: 控辍保学告知书, 份数: 1}}
  - {{文书: 承诺书, 份数: 1}}
打印: {{双面: 否, 排序: 班级, 分班: {by_class}}}
"""
PLACE = "\ue000{}\ue001"
"""Stands for the value of a blank; peers put the values there."""


def make_school(folder: Path, pupils: int, *, by_class: bool = True) -> Path:
    """Write an office with a batch for so many pupils; return the batch file."""
    (folder / "cases").mkdir(parents=True)
    shutil.copy(ROOT / "kcbx.yaml", folder)
    book = Workbook(write_only=True)
    for number, first in enumerate(range(0, pupils, OF_A_CLASS)):
        sheet = book.create_sheet(f"{'七八九'[number // 99 % 3]}年级{number % 99 + 1}班")
        sheet.append(HEADER)
        for order in range(first, min(first + OF_A_CLASS, pupils)):
            sheet.append(row(order, order - first + 1))
    book.save(folder / "cases/名册.xlsx")
    batch = folder / "cases/开学告知.yaml"
    batch.write_text(BATCH.format(by_class="是" if by_class else "否"), "utf-8")
    return batch


def row(order: int, number: int) -> tuple[object, ...]:
    """Invent a pupil; every thirtieth has a rare or a long name."""
    surname, given = SURNAMES[order % len(SURNAMES)], GIVEN[order // 7 % len(GIVEN)]
    name = RARE[order // 30 % len(RARE)] if order % 30 == 29 else surname + given
    born = datetime.date(2013, 9, 1) + datetime.timedelta(days=order // 900)
    identity = id_number(born, order % 900 + 100)
    place = f"云岭县青石镇白沙村{GROUPS[order % len(GROUPS)]}{order % 80 + 1}号"
    family = (f"{surname}大明", f"138{order:08d}", f"{surname}桂仙", f"139{order:08d}")
    whom = ("男" if identity[16] in "13579" else "女", "汉族", identity, f"G{identity}", place)
    return (number, name, *whom, "否", "否", *family, None, None, None)


def papers_of(batch: Path) -> list[list[list[Made]]]:
    """Fill the papers of a batch: class, pupil, paper."""
    office = open_office(batch)
    loaded, found = office.read(batch, DAY)
    assert isinstance(loaded, LoadedBatch), found
    desk = BatchDesk(office, loaded, DAY)
    chosen, _ = documents_of(desk)
    reading = read_roster(loaded.roster_path, loaded.batch.roster, DAY, "名册")
    forms = Forms(desk.library.registry)
    classes: dict[str, list[list[Made]]] = {}
    for who in numbered_by_row(desk, reading.pupils):
        made = [forms.make(paper)[0] for paper in pupil_papers(desk, chosen, who).papers]
        assert all(made), who
        classes.setdefault(who.pupil.class_label, []).append([one for one in made if one])
    return list(classes.values())


def write_data(classes: list[list[list[Made]]], folder: Path) -> int:
    """Write what the peers need, values apart from words; return how many pupils that are.

    Pupils whose papers have other words than most are left out: every peer gets one template.
    """
    usual = [one.filled.static for one in classes[0][0]]
    alike = [
        [[one.filled.values for one in pupil] for pupil in members if _statics(pupil) == usual]
        for members in classes
    ]
    first = classes[0][0]
    fonts = find_fonts()
    trees = [_without_codes(_marked(one)) for one in first]
    pages = [
        to_html(tree, one.layout, Place("x"))[0] for tree, one in zip(trees, first, strict=True)
    ]
    texts: dict[str, str] = {}
    for page in pages:
        assert page is not None
        texts |= {role: texts.get(role, "") + text for role, text in page.texts.items()}
    sheet = stylesheet(first[0].layout, fonts.stack)
    bodies = [page.html for page in pages if page]
    data = {
        "classes": alike,
        "bodies": bodies,
        "faces": fonts.css(texts),
        "styles": sheet,
        "typst": typst(bodies, sheet, fonts),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    (folder / "fonts").mkdir(exist_ok=True)
    for _, file in fonts.faces(texts):
        shutil.copy(file, folder / "fonts")
    for number, one in enumerate(first):
        (folder / f"{number}.docx").write_bytes(_word(one))
    return sum(map(len, alike))


def _statics(made: list[Made]) -> list[str]:
    return [one.filled.static for one in made]


def _static(made: Made) -> Static:
    return made.filled.common  # type: ignore[union-attr]


def _marked(made: Made) -> Element:
    return _static(made).tree([PLACE.format(n) for n in range(len(made.filled.values))])


def _without_codes(tree: Element) -> Element:
    """Leave the codes out: no peer draws any."""
    children = [
        _without_codes(child) if isinstance(child, Element) else child
        for child in tree.children
        if getattr(child, "name", "") != "qr"
    ]
    return Element(tree.name, tree.attributes, tree.offset, children)


def _word(made: Made) -> bytes:
    """Make the Word file of a paper with a name in braces for every value."""
    form = word_form(word_template(made), _static(made), made.context, draft=False)
    assert form is not None, made.paper.name
    names = [
        "" if n in _static(made).codes else f"{{{{v{n}}}}}" for n in range(_static(made).count)
    ]
    return form.filled(names).data(made.paper.title, made.paper.issuer.name, "")


# ---- Typst ----------------------------------------------------------------------------------

HEAD = """#set page(paper: "a4", margin: ({margin}))
#set text(lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#let blank(width, body) = box(width: width, stroke: (bottom: 0.6pt), align(center, body))
"""
MARGIN = "top: 25mm, bottom: 20mm, left: 26mm, right: 24mm"


def typst(bodies: list[str], sheet: str, fonts: FontSet) -> str:
    """Write the papers as Typst: the same words, sizes, fonts and tables; one function for each."""
    styles = dict(_styles(sheet, fonts))
    parts = [HEAD.format(margin=MARGIN)]
    for number, body in enumerate(bodies):
        tree = parser.fragment_fromstring(body, create_parent="main")
        parts.append(f"#let paper{number}(v) = [\n{_inside(tree, styles)}\n]\n")
    return "".join(parts)


def _styles(sheet: str, fonts: FontSet) -> Iterator[tuple[str, dict[str, str]]]:
    families = {css: font for font in fonts.used() for css in [_name(font.postscript)]}
    for name, words in re.findall(r"^\.(s\d+) \{([^}]*)\}", sheet, re.MULTILINE):
        known = dict(re.findall(r"([a-z-]+): ([^;]*)", words))
        font = families[known["font-family"].split(",")[0].strip(' "').removeprefix("kcbx-")]
        yield (
            name,
            {
                "font": font.family,
                "weight": "bold" if font.postscript.endswith("Bold") else "regular",
                "size": known["font-size"].strip(),
                "align": known.get("text-align", "left").strip(),
                "indent": known.get("text-indent", "0pt").strip(),
                "height": known.get("line-height", "1.5em").strip(),
            },
        )


def _name(postscript: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", postscript)


def _inside(tree: Any, styles: dict[str, dict[str, str]]) -> str:
    return "\n".join(_block(child, styles) for child in tree)


def _block(node: Any, styles: dict[str, dict[str, str]]) -> str:
    classes = (node.get("class") or "").split()
    if node.tag == "table":
        return _table(node, styles)
    if node.tag == "div":
        inside = _inside(node, styles)
        return f"#place(bottom, float: true)[{inside}]" if "foot" in classes else inside
    if node.tag in ("p", "h1", "h2"):
        return _paragraph(node, styles[classes[0]])
    return ""


def _paragraph(node: Any, style: dict[str, str]) -> str:
    leading = f"calc.max({_length(style['height'], style['size'])} - {style['size']}, 0pt)"
    side = {"center": "center", "right": "right"}.get(style["align"], "left")
    justify = "true" if style["align"] == "justify" else "false"
    indent = _length(style["indent"], style["size"])
    words = f'font: "{style["font"]}", weight: "{style["weight"]}", size: {style["size"]}'
    lines = (
        f"leading: {leading}, justify: {justify}, first-line-indent: (amount: {indent}, all: true)"
    )
    text = f"text({words}, par({lines})[{_inline(node)}])"
    return f"#block(width: 100%, above: {leading}, below: {leading}, align({side}, {text}))"


def _length(value: str, size: str) -> str:
    if re.fullmatch(r"[\d.]+", value):
        return f"{value} * {size}"
    if value.endswith("em"):
        return f"{value[:-2]} * {size}"
    return value if value.endswith("pt") else "0pt"


def _inline(node: Any) -> str:
    out = [_words(node.text)]
    for child in node:
        width = re.search(r"min-width:([\d.]+pt)", child.get("style") or "")
        inside = _inline(child)
        if child.tag == "br":
            out.append("#linebreak()")
        else:
            out.append(f"#blank({width[1]})[{inside}]" if width else inside)
        out.append(_words(child.tail))
    return "".join(out)


def _words(text: str | None) -> str:
    escaped = re.sub(r"([\\#\[\]*_`$<>@~=/+-])", r"\\\1", text or "")
    return re.sub("\ue000(\\d+)\ue001", r"#v.at(\1)", escaped)


def _table(node: Any, styles: dict[str, dict[str, str]]) -> str:
    columns = [re.search(r"width:([\d.]+%)", col.get("style"))[1] for col in node.iter("col")]  # type: ignore[index]
    cells = [
        f"table.cell(colspan: {cell.get('colspan') or 1})[{_inside(cell, styles)}]"
        for cell in node.iter("td", "th")
    ]
    body = ", ".join(cells)
    return (
        f"#table(columns: ({', '.join(columns)}), rows: 28pt, align: horizon, inset: 4pt, {body})"
    )
