"""What a laid-out page draws, in pieces: a piece ends where a blank stands.

The layout engine draws as it always does; its operators are then written in one way, so that they
tell nothing of whose paper it was.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from functools import cache
from importlib import import_module
from typing import Any

from kcbx_docs.light import dataclass, regex

SCALE = 0.75
NEAR = 0.002  # pixels
OPAQUE = {"a1.0", "A1.0"}
"""The states that pages have: nothing in them is seen through."""

_STOP = b"%blank "
_STEPS = regex(rb">(-?[0-9.]+)(?:<|$)")
_TEXT = (b"BT", b"ET", b" Tm", b" Tf", b" TJ", b" gs", b" rg")
_PATH = (b" m", b" l", b" c", b" v", b" y", b" re", b"h", b"W", b"W*")
_PAINTS = (b" TJ", b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b" Do", b" sh")
_LOOKS = (b" gs", b" rg", b" RG")
_PICTURES = ("XObject", "Pattern", "Shading")
_SHAPES_A_GROUP = (b" cm", b"W", b"W*")
_stops: ContextVar[dict[int, int] | None] = ContextVar("blanks_to_stop_at", default=None)


class Unfit(Exception):  # noqa: N818 - no fault, but a reason
    """Why a paper cannot be stamped."""


@dataclass(frozen=True)
class PlatePiece:
    """Some operators of a page, and the blank that stands after them, if one does."""

    drawn: tuple[bytes, ...]
    blank: int | None = None


def blank_number(box: Any) -> int | None:
    """Return the number of the blank that a box is; the texts in it bear none."""
    kinds = boxes()
    if not isinstance(box, kinds.InlineBox | kinds.InlineBlockBox | kinds.InlineReplacedBox):
        return None
    # The element of a pseudo-element's box has no attributes.
    if box.element is None or not hasattr(box.element, "get"):
        return None
    number = box.element.get("data-blank")
    return None if number is None else int(number)


@cache
def boxes() -> Any:
    """Return the kinds of boxes of the layout engine."""
    return import_module("weasyprint.formatting_structure.boxes")


@contextmanager
def stopping(blanks: Mapping[int, int]) -> Iterator[None]:
    """End a piece at some blanks while the context lasts: before a blank, or after so many of its
    boxes.
    """
    _install()
    token = _stops.set({**blanks})
    try:
        yield
    finally:
        _stops.reset(token)


@cache
def _install() -> None:
    """Have the engine say where it comes to a blank; elsewhere it does as before."""
    drawing: Any = import_module("weasyprint.draw")
    draw_inline_level = drawing.draw_inline_level

    def our_draw_inline_level(stream: Any, page: Any, box: Any, *rest: Any, **named: Any) -> Any:
        stops = _stops.get() or {}
        number = blank_number(getattr(box, "box", box)) if stops else None
        if number is None or number not in stops:
            return draw_inline_level(stream, page, box, *rest, **named)
        if not stops[number]:
            stream.stream.append(_STOP + b"%d" % number)
        drawn = draw_inline_level(stream, page, box, *rest, **named)
        stops[number] -= 1
        if not stops[number]:
            stream.stream.append(_STOP + b"%d" % number)
        return drawn

    drawing.draw_inline_level = our_draw_inline_level


def draw(page: Any, faces: Mapping[int, Any]) -> tuple[PlatePiece, ...]:
    """Draw a page as the layout engine does, in its pixels, from its left upper corner."""
    stream, resources = _stream((0, 0, page.width, page.height), faces)
    page.paint(stream, SCALE)
    if any(resources[kind] for kind in _PICTURES) or set(resources["ExtGState"]) - OPAQUE:
        raise Unfit("页面上有图片或者透明的图形")
    opening, scale, *inside, closing = stream.stream
    if (opening, scale, closing) != (b"q", b"0.75 0 0 0.75 0 0 cm", b"Q"):
        raise Unfit("排版引擎画页面的办法变了")
    return _Tidier().pieces(inside)


def draw_texts(texts: Iterable[Any], faces: Mapping[int, Any]) -> list[bytes]:
    """Draw texts of a page as the layout engine does, and nothing else."""
    stream, _ = _stream((0, 0, 0, 0), faces)
    for text in texts:
        import_module("weasyprint.draw.text").draw_text(stream, text, 0, "clip", "none")
    return list(stream.stream)


def _stream(area: Sequence[float], faces: Mapping[int, Any]) -> tuple[Any, Any]:
    stream_type, pydyf = import_module("weasyprint.pdf.stream").Stream, import_module("pydyf")
    resources = pydyf.Dictionary({k: pydyf.Dictionary() for k in ("ExtGState", *_PICTURES)})
    return stream_type(faces, area, resources, {}, None, {}, None), resources


@dataclass
class _Group:
    """A saved state: the looks that are wanted in it and those that are given, and whether it has
    a place or a shape of its own.
    """

    wanted: dict[bytes, bytes] = field(default_factory=dict)
    given: dict[bytes, bytes] = field(default_factory=dict)
    shaped: bool = False


class _Tidier:
    """Writes operators in one way: colours where something is painted in them, no empty groups."""

    def __init__(self) -> None:
        self.out: list[bytes] = []
        self.path: list[bytes] = []  # nothing may stand between a path and its painting
        self.groups = [_Group()]
        self.waiting: list[int] = []

    def pieces(self, operators: Iterable[bytes]) -> tuple[PlatePiece, ...]:
        """Divide operators at the blanks; one in a shaped group stands after the group."""
        found: list[PlatePiece] = []
        seen: set[int] = set()
        for operator in operators:
            if operator.startswith(_STOP):
                number = int(operator.removeprefix(_STOP))
                self.waiting += [] if number in seen else [number]
                seen.add(number)
            else:
                self._add(operator)
            if self.waiting and not self.path and not any(one.shaped for one in self.groups):
                found += self._cut()
        if len(self.groups) > 1 or self.path or self.waiting:
            raise Unfit("排版引擎画页面的办法变了")
        return (*found, PlatePiece(tuple(self.out)))

    def _cut(self) -> Iterator[PlatePiece]:
        """End the piece, its groups closed, and open them again for the next."""
        depth = len(self.groups) - 1
        for number in self.waiting:
            yield PlatePiece(tuple(self._closed(depth)), number)
            self.out = [b"q"] * depth
        self.waiting = []
        for group in self.groups:
            group.given = {}

    def _closed(self, depth: int) -> Iterator[bytes]:
        drawn = list(self.out)
        while depth and drawn and drawn[-1] == b"q":
            drawn.pop()
            depth -= 1
        return iter((*drawn, *[b"Q"] * depth))

    def _add(self, operator: bytes) -> None:
        group = self.groups[-1]
        if operator.endswith(_LOOKS):
            kind = operator[-2:] + operator[:2] * operator.endswith(b" gs")
            group.wanted[kind] = operator
        elif operator.endswith(_PATH):
            self.path.append(operator)
        elif operator.endswith(_PAINTS):
            wanted = group.wanted.items()
            self.out += [look for kind, look in wanted if group.given.get(kind) != look]
            self.out += (*self.path, operator)
            group.given, self.path = dict(group.wanted), []
        else:
            self._add_other(operator, group)

    def _add_other(self, operator: bytes, group: _Group) -> None:
        shaped = operator.endswith(_SHAPES_A_GROUP) or b"W*" in self.path or b"W" in self.path
        group.shaped = group.shaped or shaped
        if operator in (b"Q", b"ET") and self.out and self.out[-1] in (b"q", b"BT"):
            self.out.pop()
        else:
            self.out += (*self.path, operator)
            self.path = []
        if operator == b"q":
            self.groups.append(_Group(dict(group.wanted), dict(group.given)))
        elif operator == b"Q":
            self.groups.pop()


@dataclass(frozen=True, order=True)
class Shown:
    """A text that operators show: where it begins, and its glyphs by face and size."""

    y: float
    x: float
    glyphs: tuple[tuple[bytes, bytes], ...]

    def stands_like(self, other: "Shown") -> bool:
        """Tell whether another text is the same in the same place."""
        near = abs(self.x - other.x) < NEAR and abs(self.y - other.y) < NEAR
        return near and self.glyphs == other.glyphs


def same_drawing(one: Sequence[bytes], other: Sequence[bytes]) -> bool:
    """Tell whether two pages look the same: all that is no text in the same order, every text in
    its place, wherever it comes in the order.
    """
    return list(_figures(one)) == list(_figures(other)) and same_texts(one, other)


def same_texts(one: Sequence[bytes], other: Sequence[bytes]) -> bool:
    """Tell whether two drawings show the same texts in the same places."""
    texts = sorted(shown(one)), sorted(shown(other))
    if len(texts[0]) != len(texts[1]):
        return False
    return all(mine.stands_like(yours) for mine, yours in zip(*texts, strict=True))


def _figures(operators: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the lines and areas that are drawn; what is said of states and colours around texts is
    left out, because an empty blank says nothing.
    """
    for operator in operators:
        if operator not in (b"q", b"Q") and not operator.endswith(_TEXT):
            yield operator


def shown(operators: Sequence[bytes]) -> Iterator[Shown]:
    """List the texts that operators show."""
    x = y = 0.0
    face = b""
    glyphs: list[tuple[bytes, bytes]] = []
    for operator in (*operators, b"0 0 Tm"):
        if operator.endswith(b" Tm"):
            if glyphs:
                yield Shown(y, x, tuple(glyphs))
            *_, x, y = map(float, operator[:-3].split())
            glyphs = []
        elif operator.endswith(b" Tf"):
            face = operator
        elif operator.endswith(b" TJ"):
            glyphs.append((face, plain_operand(operator[1:-4])))


def plain_operand(operand: bytes) -> bytes:
    """Write what a text shows in one way: without steps of nothing, and none after the end."""
    return _STEPS.sub(_step, operand).replace(b"><", b"")


def _step(found: re.Match[bytes]) -> bytes:
    step = int(float(found[1]))
    if found.end() == len(found.string):
        return b">"
    return b">%d<" % step if step else b"><"
