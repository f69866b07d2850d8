"""Looks of a Word file that change what is read: hidden, struck or invisible words, numbers that
Word adds, changes that nobody has accepted. Fonts, sizes, spacing and pictures are nobody's affair.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from lxml import etree

from kcbx_docs.light import dataclass, regex
from kcbx_docs.render.text import tight
from kcbx_docs.render.word import W
from kcbx_docs.render.wordreading import Paragraph, w

_CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
_CHANGED_LOOKS = ("rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr", "tblGrid", "tblPrEx")
_CHANGED = frozenset(
    map(w, (*_CHANGES, *map("{}Change".format, _CHANGED_LOOKS), "numberingChange"))
)
_OFF = ("0", "false", "off", "none")
_TOGGLES = {"vanish": "隐藏文字", "strike": "删除线", "dstrike": "双删除线"}
_TINY = 8
"""Half points below which nobody reads."""
_LOW = 100
"""Twentieths of a point below which no line can be read."""
_PALE = 0xE6
_GROUNDS = ("background1", "background2", "light1", "light2")
_RGB = regex(r"[0-9A-Fa-f]{6}")
_MOST_STYLES = 30


@dataclass(frozen=True)
class Tracked:
    """The tracked changes of a file: how many, by whom, and the words of the first."""

    count: int
    who: str
    first: str


def tracked_in(trees: Mapping[str, etree._Element]) -> Tracked | None:
    """Count the tracked changes that nobody has accepted or refused."""
    found = [*chain.from_iterable(root.iter(*_CHANGED) for _, root in sorted(trees.items()))]
    if not found:
        return None
    who = dict.fromkeys(filter(None, (one.get(w("author"), "") for one in found)))
    words = filter(None, (tight("".join(map(str, one.itertext()))) for one in found))
    return Tracked(len(found), "、".join(who), next(words, "")[:30])


class Looks:
    """What the styles and the lists of a Word file make of its paragraphs."""

    def __init__(self, trees: Mapping[str, etree._Element]) -> None:
        self.styles: dict[str, etree._Element] = {}
        self.default = ""
        for style in _of(trees, "styles").iter(w("style")):
            self.styles[_value(style, "styleId")] = style
            if style.get(w("type")) == "paragraph" and _value(style, "default") in ("1", "true"):
                self.default = _value(style, "styleId")
        self.numbering = _of(trees, "numbering")

    def faults(self, paragraph: Paragraph) -> Iterator[tuple[str, str]]:
        """Yield how words are shown otherwise than they stand there, and the words."""
        shown: dict[str, str] = {}
        for run in paragraph.element.iter(w("r")):
            text = "".join(one.text or "" for one in run.iterchildren(w("t")))
            if tight(text) and (kind := self._of_run(run, paragraph.element)):
                shown[kind] = shown.get(kind, "") + text
        yield from shown.items()

    def _of_run(self, run: etree._Element, paragraph: etree._Element) -> str:
        for name, told in _TOGGLES.items():
            found = self._of_words(run, paragraph, name)
            if found is not None and _value(found, "val") not in _OFF:
                return told
        size = self._of_words(run, paragraph, "sz")
        if size is not None and _value(size, "val").isdigit() and int(_value(size, "val")) < _TINY:
            return "小得看不见的字"
        if _is_squeezed(paragraph):
            return "行距小得看不见的字"
        color = self._of_words(run, paragraph, "color")
        white = color is not None and _is_white(color)
        return "白色的字" if white and not _is_shaded(run) else ""

    def _of_words(
        self, run: etree._Element, paragraph: etree._Element, name: str
    ) -> etree._Element | None:
        """Find a property of words: of the run, else of its style, else of the paragraph's."""
        own = run.find(f"{w('rPr')}/{w(name)}")
        if own is not None:
            return own
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        for start in (_value(style, "val"), self._style_of(paragraph)):
            for one in self._chain(start):
                found = one.find(f"{w('rPr')}/{w(name)}")
                if found is not None:
                    return found
        return None

    def _style_of(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return _value(style, "val") or self.default

    def _chain(self, name: str) -> Iterator[etree._Element]:
        for _ in range(_MOST_STYLES):
            if name not in self.styles:
                return
            style = self.styles[name]
            yield style
            name = _value(style.find(w("basedOn")), "val")

    def is_numbered(self, paragraph: Paragraph) -> bool:
        """Tell whether Word adds a number or a sign before a paragraph."""
        holders = [paragraph.element, *self._chain(self._style_of(paragraph.element))]
        number, level = "", ""
        for holder in holders:
            listed = holder.find(f"{w('pPr')}/{w('numPr')}")
            if listed is not None:
                number = number or _value(listed.find(w("numId")), "val")
                level = level or _value(listed.find(w("ilvl")), "val")
        return bool(number) and number != "0" and self._prints(number, level or "0")

    def _prints(self, number: str, level: str) -> bool:
        """Tell whether a level of a list has a number or a sign."""
        for one in self.numbering.iterchildren(w("num")):
            if _value(one, "numId") != number:
                continue
            kind = _value(one.find(w("abstractNumId")), "val")
            lists = [*one.iter(w("lvlOverride")), *self.numbering.iterchildren(w("abstractNum"))]
            for listed in lists:
                if listed.tag == w("abstractNum") and _value(listed, "abstractNumId") != kind:
                    continue
                for own in listed.iter(w("lvl")):
                    if _value(own, "ilvl") == level:
                        return _is_seen(own)
        return False


def _is_seen(level: etree._Element) -> bool:
    text = level.find(w("lvlText"))
    return _value(level.find(w("numFmt")), "val") != "none" or bool(_value(text, "val").strip())


def _of(trees: Mapping[str, etree._Element], kind: str) -> etree._Element:
    found = (root for root in trees.values() if root.tag == w(kind))
    return next(found, etree.Element(w(kind)))


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(f"{{{W}}}{name}", "")


def _is_white(color: etree._Element) -> bool:
    """Tell of a colour that nobody sees on white paper."""
    if theme := _value(color, "themeColor"):
        return theme in _GROUNDS and not _value(color, "themeShade")
    told = _value(color, "val")
    if not _RGB.fullmatch(told):
        return False
    return all(int(told[at : at + 2], 16) >= _PALE for at in (0, 2, 4))


def _is_squeezed(paragraph: etree._Element) -> bool:
    """Tell of a paragraph whose lines, or whose row, are too low for what stands in them."""
    heights = [*paragraph.iterfind(f"{w('pPr')}/{w('spacing')}")]
    lines = [_value(one, "line") for one in heights if _value(one, "lineRule") == "exact"]
    for row in paragraph.iterancestors(w("tr")):
        for one in row.iterfind(f"{w('trPr')}/{w('trHeight')}"):
            lines += [_value(one, "val")] if _value(one, "hRule") == "exact" else []
    return any(one.isdigit() and int(one) < _LOW for one in lines)


def _is_shaded(run: etree._Element) -> bool:
    """Tell whether words stand on a ground of another colour, on which white ones are seen."""
    for holder in (run, *run.iterancestors()):
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            for ground in holder.iterfind(f"{w(name)}/{w('shd')}"):
                if _value(ground, "fill").upper() not in ("", "AUTO", "FFFFFF"):
                    return True
            if holder.find(f"{w(name)}/{w('highlight')}") is not None:
                return True
    return False
