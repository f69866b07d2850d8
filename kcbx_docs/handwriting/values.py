"""Values in one line: what a sign, a colon, a hash or a quote makes of them."""

import re
from typing import Any

from kcbx_docs.handwriting.handwritten import COMMENT, Handwritten, Patch
from kcbx_docs.light import regex

SIGNS = "&*!%@`|>?-:,]}"
"""What a value cannot begin with, unless it is quoted."""
QUOTES = "\"'"
WIDE = {"｛": "{", "［": "[", "｝": "}", "］": "]"}
_SECOND_COLON = regex(r":(?=[ \t]|$)|[：:]")
_COLON = regex(r":(?=[ \t]|$)")
_CUT = regex(r"[ \t]#(?:\S|[ \t]?[A-Za-z]?\d+[-\d号室幢栋楼单元组座层户]*\s*$)")
_PLACE = regex(r"#[A-Za-z]?\d+[-\d号室幢栋楼单元组座层户附之]*\s*$")
_ANCHOR = regex(r"[&!]\S*[ \t]*(?=$|[\[{])")


_PAIRS = ("（(", "）)"), ("【", "】"), ("〔", "〕"), ("「", "」"), ("『", "』"), ("《", "》")
"""Opening and closing signs of Chinese texts, which YAML takes for letters."""


def stray_closer(text: str) -> str:
    """Return the last sign of a text where it closes what nothing opened: 白有福）."""
    for opening, closing in _PAIRS:
        if text[-1:] and text[-1] in closing:
            opened, closed = (sum(map(text.count, signs)) for signs in (opening, closing))
            return text[-1] if closed > opened else ""
    return ""


def quoted(text: str) -> str:
    """Write a text as a quoted value that reads as it was typed."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def plain(page: Handwritten, at: int, end: int) -> int:
    """Look at a value without quotes in one line; return where it ends."""
    line = page.text[at:end]
    cut = COMMENT.search(line)
    value = (line[: cut.start()] if cut else line).rstrip()
    stop = at + len(value)
    if found := _COLON.search(value):
        patch = Patch(at, stop, quoted(value.replace("\t", " ")))
        page.slip("READ031", at + found.start(), patch, **two_keys(value))
    elif cut and _CUT.search(line, cut.start()):
        hash_cuts(page, at, at + cut.start(), end)
    else:
        tabs(page, at, stop)
    return stop


def two_keys(value: str) -> dict[str, Any]:
    """Return what is told of a value with a colon in it."""
    said = shown(value.strip())
    return {"value": said, "quoted": quoted(said)}


def hash_cuts(page: Handwritten, at: int, cut: int, end: int) -> None:
    """Tell of a hash after a blank: what follows it is lost."""
    lost = page.text[page.text.index("#", cut) : end].rstrip()
    value = page.text[at:end].rstrip()
    certain = bool(_PLACE.match(lost))
    told = quoted(re.sub(r"[ \t]*\t[ \t]*", " ", value))
    patch = Patch(at, at + len(value), told) if certain else None
    code = "READ017" if certain else "READ018"
    at_hash = page.text.index("#", cut)
    page.slip(code, at_hash, patch, sure=certain, lost=shown(lost), quoted=shown(told))


def tabs(page: Handwritten, at: int, end: int) -> None:
    """Tell of a tab inside a value."""
    inside = page.text.find("\t", at, end)
    if inside >= 0:
        after = inside + len(page.text[inside:end]) - len(page.text[inside:end].lstrip(" \t"))
        start = at + len(page.text[at:inside].rstrip(" \t"))
        value = re.sub(r"[ \t]*\t[ \t]*", "→", page.text[at:end])
        page.slip("READ027", inside, Patch(start, after, " "), sure=True, value=shown(value))
        tabs(page, after, end)


def sign(page: Handwritten, at: int, end: int) -> None:
    """Tell of a value that begins with a sign of YAML."""
    stop = page.content_end(at)
    value = page.text[at:stop]
    facts: dict[str, Any] = {
        "sign": value[0],
        "tag": value.split()[0],
        "quoted": quoted(shown(value)),
    }
    if found := _ANCHOR.match(page.text, at, end):
        names = found.end() < stop or _deeper_below(page, at, end)
        patch = Patch(at, found.end() if names else at + 1, "")
        page.slip("READ005" if value[0] == "&" else "READ006", at, patch, **facts)
        return
    code = {"&": "READ005", "*": "READ005", "!": "READ006"}.get(value[0], "READ028")
    page.slip(code, at, Patch(at, stop, quoted(value)), sure=True, **facts)


def _deeper_below(page: Handwritten, at: int, end: int) -> bool:
    """Tell whether the next line is indented more than that of an offset: an anchor names it."""
    start = page.starts[page.where(at)[0]]
    indent = len(page.text[start:at]) - len(page.text[start:at].lstrip(" "))
    return page.text[end + 1 : end + 2 + indent] == " " * (indent + 1)


TAG_STARTS = ("{{", "{%")
"""With what a piece of a template begins; no brackets of YAML do."""


def template_tag(page: Handwritten, at: int) -> None:
    """Tell of a piece of a template that stands where a value is meant."""
    stop = page.content_end(at)
    value = page.text[at:stop]
    found = "{{ }}" if value.startswith("{{") else "{% %}"
    page.slip("READ043", at, Patch(at, stop, quoted(value.strip("{}% "))), found=found)


def shown(text: str) -> str:
    """Shorten a text that is quoted in a message."""
    limit = 30
    return text if len(text) <= limit else text[:limit] + "…"


def wide(page: Handwritten, at: int, plain: str = "") -> None:
    """Tell of a full-width bracket and read on as if it were an ordinary one."""
    mark = page.text[at]
    plain = plain or WIDE[mark]
    page.slip("READ035", at, Patch(at, at + 1, plain), sure=True, wide=mark, plain=plain)
    page.text = page.text[:at] + plain + page.text[at + 1 :]


def equals(page: Handwritten, at: int, found: re.Match[str]) -> int:
    """Tell of a key with another sign than a colon; return where its value begins."""
    key, mark = found["key"], found["mark"]
    start, value = at + found.end("key"), at + found.end()
    text = re.split(r", |[}\]\n]", page.text[value:])[0].rstrip()
    facts = {"what": f"写的是「{mark}」", "example": f"{key}: {shown(text)}"}
    sure = mark not in ("是", "为") or key in page.words
    page.slip(
        "READ019", at + found.start("mark"), Patch(start, value, ": "), sure=sure, key=key, **facts
    )
    return value


def odd_colon(page: Handwritten, colon: int, value: int, key: str, text: str) -> None:
    """Tell of a colon that is full-width, or that no blank follows."""
    patch = Patch(colon, value, ": ")
    sure = not _SECOND_COLON.search(text) and key[0] not in SIGNS
    mark, following = page.text[colon], page.text[colon + 1 : value]
    said = f"{key}: {shown(text)}".rstrip()
    if mark != ":":
        what = f"是中文冒号「{mark}」（全角）"
        page.slip("READ019", colon, patch, sure=sure, key=key, what=what, example=said)
    else:
        what = "是全角空格，看着像空格" if "\u3000" in following else "没有空格"
        if "\xa0" in following:
            what = "是不换行空格，看着像空格"
        page.slip("READ020", colon + 1, patch, sure=sure, key=key, what=what, example=said)


SPREAD = regex(
    r"(?P<key>[^\s:：,，{}\[\]#]{1,4}(?:[ \t\u3000]+[^\s:：,，{}\[\]#]{1,4}){1,5})"
    r"[ \t\u3000]*(?P<colon>[:：︰﹕∶])[ \t\u3000]*(?P<value>[^\n,}]*)"
)
"""A key that is spread over blanks, as on printed forms: 学　校：."""


def spread_key(page: Handwritten, at: int, found: "re.Match[str]") -> int:
    """Tell of a key with blanks in it before a colon that is none of YAML's; return where its value
    begins, or the same place where it is no such key: several words are a sentence.
    """
    parts = found["key"].split()
    key, colon, value = "".join(parts), at + found.start("colon"), at + found.start("value")
    if key not in page.words and any(len(part) > 1 for part in parts):
        return at
    mark = page.text[colon]
    odd = f"是中文冒号「{mark}」（全角）" if mark != ":" else "后面没有空格"
    what = f"的冒号{odd}，键的中间还有空格；键要连着写，后面"
    example = f"{key}: {shown(found['value'].strip())}".rstrip()
    page.slip(
        "READ019", at, Patch(at, value, f"{key}: "), sure=True, key=key, what=what, example=example
    )
    return value


def bracketed(page: Handwritten, at: int, mark: int, stop: int) -> None:
    """Tell of brackets within a value that is not quoted."""
    value = page.text[at:stop]
    six = re.sub(r"\[(\d{4})\]", r"〔\1〕", value)
    advice = f"文号用六角括号：{six}；" if six != value else ""
    patch = Patch(at, stop, quoted(value))
    page.slip(
        "READ034", mark, patch, mark=page.text[mark], quoted=quoted(shown(value)), advice=advice
    )


def begins_text(page: Handwritten, start: int, at: int) -> bool:
    """Tell whether an open bracket begins a text and no list: nothing in it is divided."""
    text = page.text[start + 1 : at]
    whole = bool(text.strip()) and not re.search(r"[,\n\[{，、:：]", text)
    return whole and not stray_closer(text) and text.strip() not in page.words


def open_bracket(page: Handwritten, start: int, at: int, closer: str) -> None:
    """Tell of a bracket before a text that nothing closes; only people know what it was for."""
    mark = page.text[start]
    page.slips = [slip for slip in page.slips if not start < slip.at <= at]
    page.patches = [patch for patch in page.patches if not start < patch.start <= at]
    patch = Patch(at, at, closer)
    if mark == "{":
        patch = Patch(start, at, quoted(page.text[start:at]))
    page.slip("READ121", start, patch, mark=mark, closer=closer)


def unclosed_quote(page: Handwritten, at: int, stop: int) -> int:
    """Tell of a quote without its fellow; return where the value is taken to end."""
    mark = page.text[at]
    value = page.text[at:stop]
    curly = next((at + n for n, char in enumerate(value) if n and char in "”’＂＇"), None)
    if curly is not None and page.text[curly + 1 : stop].strip() == "":
        patch = Patch(curly, curly + 1, mark)
        page.slip(
            "READ029", curly, patch, sure=True, mark=mark, what=f"是中文的「{page.text[curly]}」"
        )
        return stop
    page.slip("READ029", stop, Patch(stop, stop, mark), mark=mark, what="没有写")
    return stop


def text_after_quote(page: Handwritten, at: int, stop: int) -> None:
    """Tell of a value that begins with a quoted word and goes on."""
    value = page.text[at:stop]
    patch = Patch(at, stop, "'" + value.replace("'", "''") + "'")
    page.slip("READ030", at, patch, sure=True, quoted=quoted(shown(value)), mark=value[0])
