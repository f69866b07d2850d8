"""One value set in one style as the layout engine would set and draw it: its width, its glyphs.

The text goes through the engine's own Pango, and the rounding of justify.py is done over again, so
that the operators are the very ones that a full layout draws. Han characters, digits and usual
signs do not change each other: a text of those alone is put together from what is known of each,
once a text of the same pattern came out alike both ways. What is out of the ordinary (scripts from
right to left, raised marks, signs that no font draws) is not set: whoever asks lays it out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from importlib import import_module
from itertools import combinations_with_replacement, islice
from types import SimpleNamespace
from typing import Any, NamedTuple

from kcbx_docs.light import dataclass, regex
from kcbx_docs.render.html import with_joints
from kcbx_docs.render.justify import UNDRAWN

EMPTY, UNKNOWN = 0x0FFFFFFF, 0x10000000  # marks of Pango for glyphs that are none
UNITS = 1024  # of Pango in a pixel
MOST_LINES, MOST_KNOWN = 6, 4000
_HAN = regex("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_ONE_HAN = regex("[\u3400-\u9fff\U00020000-\U0003ffff]")
_NAME = regex("[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_DIGITS, _DIGIT = regex("[0-9]+"), regex("[0-9]")
_SIMPLE = regex("[\u3400-\u9fff\U00020000-\U0003ffff0-9\u3000、，。（）·-]+")
_CODE = regex("[0-9-]*[A-Z][A-Z0-9-]*")
_SIGNS_OF_CODES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
_LAST = regex(r">-?\d+<$")
_ODD = regex("[\u0000-\u001f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]|  |^ | $")


class Room(NamedTuple):
    """What decides where glyphs stand, whichever they are: their face and size, their own width,
    and how far they lead, in Pango's units.
    """

    face: str
    size: float
    own: int
    way: float

    @property
    def width(self) -> int:
        """Return the own width in thousandths of the size."""
        return round(self.own * 1000 / UNITS / self.size)


class Glyph(NamedTuple):
    """A glyph, what it stands for, and its room."""

    number: int
    text: str
    room: Room

    def leading(self, way: float) -> "Glyph":
        """Return the same glyph leading elsewhere."""
        return self._replace(room=self.room._replace(way=way))


class _Placed(NamedTuple):
    """A glyph as Pango places it."""

    face: str
    size: float
    number: int
    text: str
    own: int
    width: int
    offset: int


Drawing = tuple[str, int, str, int]
"""A glyph that is drawn: its face, its number, what it stands for, its width in thousandths."""
Runs = tuple[tuple[str, float, bytes], ...]
"""What is shown in each face and size."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of glyphs: its width in pixels, what is shown, and which glyphs are drawn."""

    width: float
    shown: Runs
    drawn: frozenset[Drawing]


@dataclass(frozen=True, slots=True)
class SetRun:
    """A text that runs on from line to line: its glyphs, and how they are set."""

    glyphs: tuple[Glyph, ...]
    size: float
    between: int

    @property
    def drawn(self) -> frozenset[Drawing]:
        """Tell which glyphs are drawn."""
        return _drawn(self.glyphs)

    def line(self, start: int, end: int, gaps: Mapping[int, float]) -> SetLine:
        """Set a part of it on a line, some gaps wider."""
        glyphs = self.glyphs[start:end]
        rooms = [
            glyph.room._replace(way=glyph.room.way + gaps.get(place, 0.0) * UNITS)
            for place, glyph in enumerate(glyphs)
        ]
        return _filled(0.0, tuple(_form(rooms, self.size, self.between)), glyphs)


@dataclass
class Setter:
    """Sets values in one style; what was set once is remembered."""

    style: Any
    faces: dict[int, Any]
    begin: Callable[[], object] = lambda: None
    """Makes the layout engine ready."""
    known: dict[str, Glyph] = field(default_factory=dict)
    alike: dict[str, bool] = field(default_factory=dict)
    """Whether texts of a pattern can be put together of what is known of their characters."""
    pairs: dict[str, float] = field(default_factory=dict)
    """How far the first of two signs of a code leads, where the second draws it closer."""
    heads: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where a pattern too long for a line ends, and where the next line begins."""
    letters: Callable[[str, "Setter"], Iterable[Glyph]] | None = None
    _forms: dict[tuple[Room, ...], tuple[float, Runs]] = field(default_factory=dict)
    """Lines without the numbers of their glyphs."""
    _set: dict[str, SetLine | None] = field(default_factory=dict)
    _broken: dict[tuple[str, float], tuple[SetLine, ...] | None] = field(default_factory=dict)
    _widths: dict[tuple[str, float, int], int] = field(default_factory=dict)
    _layout: Any = None

    def __post_init__(self) -> None:
        self.size = float(self.style["font_size"])
        spacing = self.style["letter_spacing"]
        self.spacing = 0.0 if spacing == "normal" else float(spacing)
        self._between = int(self.spacing * UNITS)

    def forget_layout(self) -> None:
        """Begin anew with the layout engine: it knows more faces."""
        self._layout = None

    def line(self, text: str) -> SetLine | None:
        """Set a value on one line; nothing if it is out of the ordinary."""
        if text not in self._set:
            _make_room(self._set)
            glyphs = None if _ODD.search(text) else self._glyphs(text)
            self._set[text] = self._line(glyphs) if glyphs else None
        return self._set[text]

    def lines(self, text: str, width: float) -> tuple[SetLine, ...] | None:
        """Break a value into lines where the layout engine breaks it in a cell."""
        key = text, width
        if key not in self._broken:
            _make_room(self._broken)
            self._broken[key] = self._lines(text, width)
        return self._broken[key]

    def _lines(self, text: str, width: float) -> tuple[SetLine, ...] | None:
        found: list[SetLine] = []
        for part in text.split("\n"):
            rest = with_joints(part, whole_dates=True)
            if " " in rest or not rest:
                return None
            while rest:
                head, rest = self._head(rest, width)
                line = self.line(head.translate(UNDRAWN))
                # A line that is a little too long is pressed together: not here.
                if line is None or line.width > width or len(found) == MOST_LINES:
                    return None
                found.append(line)
        return tuple(found)

    def _head(self, text: str, width: float) -> tuple[str, str]:
        """Return what stands on the first line, and the rest."""
        if self.spacing <= 0 and len(text) * self.size <= 2 * width:
            line = self.line(text.translate(UNDRAWN))
            if line and line.width <= width:  # joints have no width, or less than none
                return text, ""
        if not (key := self._key_of(text, width)):
            return self._broken_head(text, width)
        if key not in self.heads:
            head, rest = self._broken_head(text, width)
            self.heads[key] = len(head), len(text) - len(rest)
        end, begin = self.heads[key]
        return text[:end], text[begin:]

    def _key_of(self, text: str, width: float) -> str:
        """Tell what alone decides where a text is broken, if its Han characters are all alike and
        its digits, too; nothing if they are not.
        """
        if not _SIMPLE.fullmatch(plain := text.translate(UNDRAWN)) or not self._composed(plain):
            return ""
        han, digits = self._rooms(_HAN.findall(plain)), self._rooms(_DIGITS.findall(plain))
        if len(han) > 1 or len(digits) > 1:
            return ""
        pattern = _DIGIT.sub("0", _ONE_HAN.sub("国", text))
        return f"{pattern}|{width!r}|{han}|{digits}"

    def _rooms(self, parts: Sequence[str]) -> set[tuple[Any, ...]]:
        """Tell in which faces characters stand, and how much room they take."""
        return {self.known[char].room for char in "".join(parts)}

    def _broken_head(self, text: str, width: float) -> tuple[str, str]:
        """Have the layout engine break a text."""
        self.begin()
        _, length, resume, *_ = _engine().split_first_line(text, self.style, None, width, 0)
        encoded = text.encode()
        rest = b"" if resume is None else encoded[resume:]
        return encoded[:length].decode(), rest.decode()

    def _glyphs(self, text: str) -> Sequence[Glyph] | None:
        if _CODE.fullmatch(text):
            if "A" not in self.alike:
                self.alike["A"] = self._learns_pairs()
            return self._paired(text) if self.alike["A"] else self._shaped(text)
        if not _SIMPLE.fullmatch(text):
            return self._shaped(text)
        pattern = _DIGITS.sub("0", _HAN.sub("国", text))
        if pattern not in self.alike:
            self.alike[pattern] = self._composed(text) == self._shaped(text)
        return self._composed(text) if self.alike[pattern] else self._shaped(text)

    def _composed(self, text: str) -> Sequence[Glyph] | None:
        """Put a text together of what is known of its characters."""
        if (unknown := self._unknown(text)) and self.letters:
            self.known.update({glyph.text: glyph for glyph in self.letters(unknown, self)})
            unknown = self._unknown(text)
        for glyph in (self._shaped(unknown) or ()) if unknown else ():
            self.known.setdefault(glyph.text, glyph)
        found = [self.known[char] for char in text if char in self.known]
        return found if len(found) == len(text) else None

    def _learns_pairs(self) -> bool:
        """Learn which signs of codes stand closer before which others; tell whether it is as simple
        as that.
        """
        text = _every_pair()
        ways: dict[str, float] = {}
        shaped, plain = self._shaped(text), self._composed(text)
        if not shaped or not plain:
            return False
        for place, (one, alone) in enumerate(zip(shaped, plain, strict=True)):
            pair = text[place : place + 2]
            way = one.room.way
            if alone.leading(way) != one or ways.setdefault(pair, way) != way:
                return False
        plain_ways = {sign: self.known[sign].room.way for sign in _SIGNS_OF_CODES}
        self.pairs |= {pair: way for pair, way in ways.items() if way != plain_ways[pair[0]]}
        last = (self._shaped(f"A{sign}") for sign in _SIGNS_OF_CODES)
        return all(two and two[-1] == self.known[two[-1].text] for two in last)

    def _paired(self, text: str) -> Sequence[Glyph] | None:
        """Put a code together of what is known of its signs and of each two of them."""
        glyphs = list(self._composed(text) or ())
        for place, glyph in enumerate(glyphs):
            way = self.pairs.get(text[place : place + 2])
            glyphs[place] = glyph if way is None else glyph.leading(way)
        return glyphs or None

    def _unknown(self, text: str) -> str:
        return "".join(dict.fromkeys(char for char in text if char not in self.known))

    def shaped_apart(self, chars: str) -> Iterator[Glyph]:
        """Shape characters that have nothing to do with each other; those are left out that are
        out of the ordinary.
        """
        placed = self._placed_all(chars)
        return (glyph for glyph in self._measured(placed or ()) if glyph.text)

    def _shaped(self, text: str) -> list[Glyph] | None:
        """Have Pango shape a text; nothing if a glyph is raised, turned, or none."""
        placed = self._placed_all(text)
        if placed is None or not all(one.text for one in placed):
            return None
        return list(self._measured(placed))

    def _placed_all(self, text: str) -> list[_Placed] | None:
        """Have Pango place the glyphs of a text; nothing if some run from right to left."""
        self.begin()
        engine = _engine()
        if self._layout is None:
            self._layout = engine.create_layout("", self.style, None, None, 0)
            engine.pango.pango_layout_set_single_paragraph_mode(self._layout.layout, True)
        self._layout.set_text(text)
        run, encoded = self._layout.get_first_line()[0].runs, text.encode()
        placed: list[_Placed] = []
        while run != engine.ffi.NULL:
            if run.data.item.analysis.level % 2:
                return None
            placed += self._placed(run.data, encoded)
            run = run.next
        return placed

    def _placed(self, run: Any, encoded: bytes) -> Iterator[_Placed]:
        """Yield the glyphs of a run; one that is out of the ordinary stands for no text."""
        engine, item, string = _engine(), run.item, run.glyphs
        font, count = item.analysis.font, string.num_glyphs
        key, description, size = engine.get_pango_font_key(font)
        if key not in self.faces:
            self.faces[key] = engine.Font(font, description, size)
        face, clusters = self.faces[key].hash, list(string.log_clusters[0:count])
        for index, info in enumerate(string.glyphs[0:count]):
            number, geometry = info.glyph, info.geometry
            end = clusters[index + 1] if index + 1 < count else item.length
            text = encoded[item.offset + clusters[index] : item.offset + end].decode()
            if number == EMPTY or number & UNKNOWN or geometry.y_offset:
                text = ""
            own = self._own(font, face, size, number) if text else 0
            yield _Placed(face, size, number, text, own, geometry.width, geometry.x_offset)

    def _own(self, font: Any, face: str, size: float, number: int) -> int:
        """Return the width of a glyph, whatever stands beside it."""
        key = face, size, number
        if key not in self._widths:
            engine = _engine()
            engine.pango.pango_font_get_glyph_extents(font, number, engine.ink, engine.logical)
            self._widths[key] = engine.logical.width
        return self._widths[key]

    def _measured(self, placed: Sequence[_Placed]) -> Iterator[Glyph]:
        for place, one in enumerate(placed):
            way = one.width - one.offset
            if place + 1 < len(placed):
                way += placed[place + 1].offset - self._between
            yield Glyph(one.number, one.text, Room(one.face, one.size, one.own, way))

    def run(self, text: str) -> tuple[str, SetRun] | None:
        """Set a name that runs on from line to line, and tell what alone decides how it does."""
        if not _NAME.fullmatch(text) or not (glyphs := self._glyphs(text)):
            return None
        kinds: dict[tuple[bool, Room], int] = {}
        order = [kinds.setdefault((one.text == "·", one.room), len(kinds)) for one in glyphs]
        return f"{order}{[*kinds]}", SetRun(tuple(glyphs), self.size, self._between)

    def _line(self, glyphs: Sequence[Glyph]) -> SetLine:
        rooms = tuple([glyph.room for glyph in glyphs])
        if rooms not in self._forms:
            _make_room(self._forms)
            width = sum(room.way for room in rooms) + self._between * (len(rooms) - 1)
            forms = tuple(_form(rooms, self.size, self._between))
            self._forms[rooms] = width / UNITS + self.spacing, forms
        return _filled(*self._forms[rooms], glyphs)


def _form(rooms: Sequence[Room], size: float, between: int) -> Iterator[tuple[str, float, bytes]]:
    """Write the operands that show glyphs of these rooms, without their numbers; each advance is
    rounded so that errors cancel.
    """
    scale, error = 1000 / UNITS / size, 0.0
    face, written = (rooms[0].face, rooms[0].size), ""
    for room in rooms:
        if (room.face, room.size) != face:
            yield *face, _operand(written)
            face, written = (room.face, room.size), ""
        exact = round(room.own * scale) - (room.way + between) * scale + error
        correction = round(exact)
        error = exact - correction
        written += "%04x" + (f">{correction}<" if correction else "")
    yield *face, _operand(_LAST.sub("", written))


def _filled(width: float, forms: Runs, glyphs: Sequence[Glyph]) -> SetLine:
    """Write the numbers of glyphs into operands."""
    numbers = iter([glyph.number for glyph in glyphs])
    shown = tuple(
        (face, size, form % tuple(islice(numbers, form.count(b"%")))) for face, size, form in forms
    )
    return SetLine(width, shown, _drawn(glyphs))


def _drawn(glyphs: Sequence[Glyph]) -> frozenset[Drawing]:
    return frozenset([(room.face, number, text, room.width) for number, text, room in glyphs])


def _make_room(known: dict[Any, Any]) -> None:
    """Forget what is known where it is much: memory does not grow with the pupils."""
    if len(known) >= MOST_KNOWN:
        known.clear()


def _operand(written: str) -> bytes:
    return f"<{written}>".removesuffix("<>").encode()


@cache
def _every_pair() -> str:
    """Write a text in which each sign of a code stands beside each other."""
    pairs = combinations_with_replacement(_SIGNS_OF_CODES, 2)
    return "".join(one + other + one for one, other in pairs)


@cache
def _engine() -> SimpleNamespace:
    """Gather what is used of the layout engine."""
    ffi = import_module("weasyprint.text.ffi")
    breaks = import_module("weasyprint.text.line_break")
    return SimpleNamespace(
        ffi=ffi.ffi,
        pango=ffi.pango,
        create_layout=breaks.create_layout,
        split_first_line=breaks.split_first_line,
        get_pango_font_key=import_module("weasyprint.text.fonts").get_pango_font_key,
        Font=import_module("weasyprint.pdf.fonts").Font,
        ink=ffi.ffi.new("PangoRectangle *"),
        logical=ffi.ffi.new("PangoRectangle *"),
    )
