"""What acts by itself in the text of a Word file: fields, objects, data that is fetched.

A field is judged by its code as Word would read it: over all runs that it is split into, fields
in fields apart. Where a code could be read in more than one way, it is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import field

from lxml import etree

from kcbx_docs.light import dataclass, regex
from kcbx_docs.render.word import W
from kcbx_docs.render.wordparts import leads_to_the_web

ALLOWED = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF"),
        *("TOC", "TC", "REF", "NOTEREF", "SEQ", "STYLEREF", "HYPERLINK"),
        *("EQ", "SYMBOL", "ADVANCE", "LISTNUM"),
    )
)
"""Fields that number, refer within the file, or draw a character."""
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORDS = (W, _STRICT)
_OWN_STORY = frozenset(("Choice", "Fallback", "txbxContent", "comment"))
"""What is read apart from the text around it, or not read at all."""
_CHANGES = frozenset(("ins", "del", "moveFrom", "moveTo"))
_ACTING = frozenset(
    (
        *("altChunk", "object", "OLEObject", "control", "subDoc", "contentPart", "movie"),
        *("attachedTemplate", "saveThroughXslt", "mailMerge", "dataBinding", "script"),
        *("entryMacro", "exitMacro", "embedRegular", "embedBold", "embedItalic"),
        *("embedBoldItalic", "sourceFileName", "fldData"),
    )
)
"""Elements that hold or fetch what is no text, whatever their namespace."""
_FETCHED = frozenset(("src", "althref"))
_TAGS = ("{{", "{%", "{#", "}}", "%}", "#}")
_NUMBERS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "SEQ")
_NUMBER = regex(r"[\s0-9A-Za-z〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾①-⑳.\-—－]*")
_NAME = regex(r"\s*([A-Za-z]+)(?![^\s\\])")
_WORD_OF_CODE = regex(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True)
class Acting:
    """Something in a part that acts by itself: what kind, and its words."""

    kind: str
    what: str


def acting_in(root: etree._Element) -> Iterator[Acting]:
    """Yield what acts by itself in one part of a Word file."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _ACTING:
            yield Acting("元素", name)
        for key, value in element.attrib.items():
            yield from _in_attribute(str(key), str(value))
    yield from _story(root)


def _in_attribute(key: str, value: str) -> Iterator[Acting]:
    name = key.rpartition("}")[2]
    if any(tag in value for tag in _TAGS):
        yield Acting("标签", value[:40])
    elif (name in _FETCHED and value) or (
        key in ("href", "{urn:schemas-microsoft-com:office:office}href")
        and value
        and not leads_to_the_web(value)
    ):
        yield Acting("外部", value[:60])


@dataclass
class _Field:
    """A field that has begun: its code so far, and how its runs were changed."""

    code: list[str] = field(default_factory=list)
    changes: set[str] = field(default_factory=set)
    in_result: bool = False


@dataclass
class _Story:
    """The fields that are open in one story."""

    open: list[_Field] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def _story(root: etree._Element) -> Iterator[Acting]:
    story = _Story()
    yield from _walk(root, story, "")
    codes = ["".join(one.code) for one in story.open]
    if story.open or story.loose:
        yield Acting("域", "".join(codes + story.loose).strip()[:60] or "没有结束")


def _walk(element: etree._Element, story: _Story, change: str) -> Iterator[Acting]:
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child)
        if name.localname in _OWN_STORY:
            yield from _story(child)
        elif name.namespace not in _WORDS:
            yield from _walk(child, story, change)
        elif name.localname == "fldSimple":
            code = _value(child, "instr")
            yield from _judged(code)
            story.open.append(_Field([code], in_result=True))
            yield from _walk(child, story, change)
            story.open.pop()
        elif name.localname == "fldChar":
            yield from _mark(_value(child, "fldCharType"), story)
        elif name.localname in ("instrText", "delInstrText"):
            _take(child.text or "", story, change + name.localname[:3])
        elif name.localname == "t":
            yield from _text_in_code(child.text or "", story)
        else:
            within = name.localname if name.localname in _CHANGES else change
            yield from _walk(child, story, within)


def _value(element: etree._Element, name: str) -> str:
    told = (element.get(f"{{{space}}}{name}") for space in _WORDS)
    return next(filter(None, told), "")


def _take(text: str, story: _Story, change: str) -> None:
    if not story.open or story.open[-1].in_result:
        story.loose.append(text)
        return
    story.open[-1].code.append(text)
    story.open[-1].changes.add(change)


def _mark(kind: str, story: _Story) -> Iterator[Acting]:
    if kind == "begin":
        story.open.append(_Field())
    elif not story.open:
        yield Acting("域", kind or "没有开始")
    elif kind == "separate":
        story.open[-1].in_result = True
    else:
        ended = story.open.pop()
        code = "".join(ended.code)
        if len(ended.changes) > 1:
            yield Acting("域", code.strip()[:60])
        else:
            yield from _judged(code)


def _text_in_code(text: str, story: _Story) -> Iterator[Acting]:
    """Yield tags that stand in a field, in its code or in what it shows: Word writes both anew.
    What a field of numbers shows must be a number.
    """
    for one in story.open:
        name = _NAME.match("".join(one.code))
        known = name[1].upper() if name else ""
        if re.search("[{}%#]", text) and not (one.in_result and known == "HYPERLINK"):
            yield Acting("标签", text[:40])
        elif one.in_result and known in _NUMBERS and not _NUMBER.fullmatch(text):
            yield Acting("域", f"{known}：{text[:40]}")


def _judged(code: str) -> Iterator[Acting]:
    """Yield a field unless it only numbers, refers, draws, or leads to the web."""
    read = _NAME.match(code)
    told = code.strip()[:60] or "空的域"
    if read is None or read[1].upper() not in ALLOWED or any(tag in code for tag in _TAGS):
        yield Acting("域", told)
    elif read[1].upper() == "HYPERLINK" and not _is_plain_link(code[read.end() :]):
        yield Acting("外部", told)


def _is_plain_link(code: str) -> bool:
    """Tell whether a link leads to the web or within the file: no other word is an address."""
    words = [found[1] or found[2] or "" for found in _WORD_OF_CODE.finditer(code)]
    if not words or not (words[0] in ("\\l", "\\o") or leads_to_the_web(words[0])):
        return False
    other = [word for word in words if not re.fullmatch(r"\\[a-zA-Z*]", word)]
    return all(leads_to_the_web(word) or not re.search(r"[:/\\]", word) for word in other)
