"""Codes as pictures in a Word file: drawn where they are marked, their parts added at the end.

The name by which a drawing refers to its picture is the text of the code itself, so that filled
documents can be joined without looking at their pictures.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import count, starmap

from kcbx_docs.light import regex
from kcbx_docs.packs.language import CODE_MARK
from kcbx_docs.problems import Place, Problems, problem
from kcbx_docs.render import seals
from kcbx_docs.render.qr import ABOUT, CORNER, is_code, png_of
from kcbx_docs.render.word import REL, R
from kcbx_docs.xml_text import quoteattr, unescape

_EMU = 36000  # in a millimetre
_MARKED = regex(f"{CODE_MARK}(-?[0-9.]+) ([^{CODE_MARK}<>]*){CODE_MARK}")
_CODE = regex('([0-9a-f]+)"')
_DRAWN = 'r:embed="code-'
_UNNUMBERED = '<wp:docPr id="code"'
_EMPTY = regex(
    r'<w:t(?: [^<>]*)?></w:t>(?=<w:drawing>)|(?<=</w:drawing>)<w:t xml:space="preserve"></w:t>'
)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_FIRST_NUMBER = 1_000_001
_END = b"</Relationships>"
_NO_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + _END
)
_FIRST_TYPE = regex(rb"(?=<(?:Default|Override) )")
_PNG = b'<Default Extension="png" ContentType="image/png"/>'
_TYPES = "[Content_Types].xml"


def drawn(text: str) -> str:
    """Put a drawing where a code is marked in the text of a part."""
    if CODE_MARK not in text:
        return text
    return _EMPTY.sub("", _MARKED.sub(_around, text))


def _around(code: re.Match[str]) -> str:
    """End the text before a drawing, and go on after it."""
    drawing = _drawing(float(code[1]), unescape(code[2]))
    return f'</w:t>{drawing}<w:t xml:space="preserve">'


def codes_in(text: str) -> tuple[str, ...]:
    """List the codes that the text of a part draws, in their order."""
    _, *drawn_codes = text.split(_DRAWN)
    found = filter(None, map(_CODE.match, drawn_codes))
    return tuple(bytes.fromhex(code[1]).decode() for code in found)


def compare_codes(expected: Sequence[str], actual: Sequence[str]) -> Problems:
    """Say where a Word file draws other codes than the source text; their order may differ."""
    if sorted(expected) == sorted(actual):
        return ()
    return (problem("REND231", Place(), wanted=len(expected), found=len(actual)),)


class Pictures:
    """The codes that are drawn in one file."""

    def __init__(self) -> None:
        self.codes: dict[str, None] = {}
        self._numbers = count(_FIRST_NUMBER)

    def numbered(self, text: str) -> str:
        """Remember the codes of a text, and number its drawings: no two of a file alike."""
        if _DRAWN not in text:
            return text
        self.codes.update(dict.fromkeys(codes_in(text)))
        first, *others = text.split(_UNNUMBERED)
        return "".join([first, *(f'<wp:docPr id="{next(self._numbers)}"{one}' for one in others)])

    def parts(self, name: str, known: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the pictures that a part of a file shows, and what relates them to it."""
        if not self.codes:
            return {}
        targets = {code: _target(code) for code in self.codes}
        out = {f"word/{target}": _picture(code) for code, target in targets.items()}
        relations = f"word/_rels/{name.removeprefix('word/')}.rels"
        told = "".join(starmap(_relation, targets.items())).encode() + _END
        out[relations] = known.get(relations, _NO_RELATIONS).replace(_END, told)
        if b'Extension="png"' not in known[_TYPES]:
            out[_TYPES] = _FIRST_TYPE.sub(_PNG, known[_TYPES], count=1)
        return out


def with_pictures(
    texts: Mapping[str, str | bytes], parts: Mapping[str, bytes]
) -> dict[str, str | bytes]:
    """Add to the changed parts of a file the pictures that they show, and what relates them."""
    out: dict[str, str | bytes] = dict(texts)
    for name, text in texts.items():
        if isinstance(text, str):
            pictures = Pictures()
            out[name] = pictures.numbered(text)
            out |= pictures.parts(name, parts)
    return out


def _picture(code: str) -> bytes:
    return seals.seal_of(code).png if seals.is_seal(code) else png_of(code)


def _target(code: str) -> str:
    return f"media/code-{hashlib.sha256(code.encode()).hexdigest()[:16]}.png"


def _relation(code: str, target: str) -> str:
    return f'<Relationship Id="{_id(code)}" Type="{REL}/image" Target="{target}"/>'


def _id(code: str) -> str:
    return f"code-{code.encode().hex()}"


def _drawing(size: float, code: str) -> str:
    """Draw a code in the line, or in the corner of the sheet if its size is below nothing; a seal
    over the lines.
    """
    if not is_code(code):
        return ""
    side = round(abs(size) * _EMU)
    told = seals.ABOUT if seals.is_seal(code) else ABOUT
    extent, about = f'cx="{side}" cy="{side}"', quoteattr(told)
    head, after, end = _IN_CORNER if size < 0 else _IN_LINE
    if seals.is_seal(code):
        head, after, end = _over_lines(side), "<wp:wrapNone/>", "anchor"
    return (
        f"<w:drawing><wp:{head}<wp:extent {extent}/>{after}"
        f'<wp:docPr id="code" name="{told}" descr={about}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="{told}" descr={about}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{_id(code)}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:{end}></w:drawing>"
    )


def _over_lines(side: int) -> str:
    """Write where a seal stands: its middle at the upper edge of the line, as in a PDF."""
    left, up = -side - seals.ASIDE * _EMU, seals.BELOW * _EMU - side // 2
    return (
        f'anchor {_OPEN} simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="rightMargin"><wp:posOffset>{left}</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="paragraph">'
        f"<wp:posOffset>{up}</wp:posOffset></wp:positionV>"
    )


_OPEN = f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"'
_IN_LINE = (f"inline {_OPEN}>", "", "inline")
_IN_CORNER = (
    f'anchor {_OPEN} simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="0" '
    'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
    f'<wp:positionV relativeFrom="page"><wp:posOffset>{CORNER * _EMU}</wp:posOffset>'
    "</wp:positionV>",
    "<wp:wrapNone/>",
    "anchor",
)
"""How a drawing begins, what stands after its size, how it ends."""
