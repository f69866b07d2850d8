"""What runs of a filled Word file need: telephone numbers whole, a font that has a rare character.

``仿宋_GB2312`` and its like hold the characters of GB 2312 alone; where the font of a name is left
to the reader, it is a gamble.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from kcbx_docs.light import regex

_RUN = regex(
    r"<w:r(?: [^<>]*)?>(<w:rPr>(?:(?!</?w:r[ >]|</w:rPr>).)*</w:rPr>)?"
    r"((?:<w:t(?: [^<>]*)?>[^<>]*</w:t>|<w:br/>)+)</w:r>"
)
_TEXT = regex(r"(?<=>)[^<>]+(?=</w:t>)")
_FONTS = regex(r"<w:rFonts [^<>]*/>")
_FIRST = regex(r"<w:rPr>(?:<w:rStyle [^<>]*/>)?")
_TELEPHONE = regex(r"(?<![0-9])(0[0-9]{2,3})-(?=[0-9]{7,8}(?![0-9]))")
_UNBROKEN = r'\1</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
_WIDE, _EXTENDED = "宋体", "SimSun-ExtB"


def dressed(text: str) -> str:
    """Keep telephone numbers whole, and give rare characters a font that has them."""
    rare = {char for char in set(text) if font_of(char)}
    if rare:
        text = _RUN.sub(lambda run: _with_fonts(run) if rare & set(run[2]) else run[0], text)
    return _TEXT.sub(lambda found: _TELEPHONE.sub(_UNBROKEN, found[0]), text)


def is_plain(text: str) -> bool:
    """Tell whether nothing in a text needs anything."""
    if "-" in text and _TELEPHONE.search(text):
        return False
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return not any(map(font_of, text))
    return True


@lru_cache(maxsize=8192)
def font_of(char: str) -> str:
    """Name the font that a Han character beyond GB 2312 needs, nothing for all others."""
    if char >= "\U00020000":
        return _EXTENDED
    if not ("㐀" <= char <= "鿿" or "豈" <= char <= "\ufaff"):
        return ""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return _WIDE
    return ""


def _with_fonts(run: re.Match[str]) -> str:
    looks = run[1] or ""

    def split(found: re.Match[str]) -> str:
        return "".join(_runs(found[0], looks))

    closed = _TEXT.sub(split, run[2])
    return f"<w:r>{looks}{closed}</w:r>"


def _runs(text: str, looks: str) -> Iterator[str]:
    """End the run before a rare character, and go on after it with a run like the first."""
    for font, chars in groupby(text, font_of):
        part = "".join(chars)
        if not font:
            yield part
            continue
        again = '</w:t></w:r><w:r>{}<w:t xml:space="preserve">'
        yield again.format(_in_font(looks, font)) + part + again.format(looks)


def _in_font(looks: str, font: str) -> str:
    slots = "".join(f' w:{slot}="{font}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    fonts = f'<w:rFonts w:hint="eastAsia"{slots}/>'
    if not looks:
        return f"<w:rPr>{fonts}</w:rPr>"
    if _FONTS.search(looks):
        return _FONTS.sub(fonts, looks, count=1)
    return _FIRST.sub(lambda head: head[0] + fonts, looks, count=1)
