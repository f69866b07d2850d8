"""Papers that differ in their blanks alone: laid out once, stamped many times.

The first paper of its kind is laid out in full, and beside it a probe: the same paper with other
values, blanks empty that were full and full that were empty. Only if nothing but the values
differs, and the first paper comes out of the plate as it was laid out, are papers of this kind
stamped. Values that outgrow their blanks have a plate of their size; what cannot be told beforehand
is laid out in full, and so is everything of a kind that did not stand the trial.

The same papers give the same bytes, whatever was composed before them.
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, problem
from kcbx_docs.render.drawing import Unfit
from kcbx_docs.render.html import (
    CELL,
    CODE,
    LINE,
    TAIL,
    TEXT,
    BlankLook,
    Page,
    is_long,
    to_html,
    with_joints,
)
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.keptplates import keep_kind, keep_plate, kept_kind, kept_plate, kind_key
from kcbx_docs.render.pagecheck import check_pages
from kcbx_docs.render.pdf import Body, LayoutRun, missing_glyphs
from kcbx_docs.render.plates import Plate, StandingBlank, drawn_plate, slot_of, standing_blanks
from kcbx_docs.render.setting import UNITS, SetLine, Setter
from kcbx_docs.render.stampedpage import Set, check_stamped
from kcbx_docs.render.static import static_of
from kcbx_docs.render.styles import DRAFT
from kcbx_docs.render.typecase import Typecase

STAMPED, WHOLE = "盖印", "整排"
STAMPS, PLATES, FITTED = 64, 128, 2000  # remembered at most
SWEPT = 5  # pages that may lie about
NEARLY = 1e-6
FILLER = "国"
PX = 96 / 72

Part = str | int | tuple[str] | None
"""What a value does to the layout: nothing, or how wide or long it makes its blank, or what decides
how it runs on, or its text.
"""
Shape = tuple[Any, ...]
"""What the values of a paper do to its layout: the numbers of blanks, each with its part."""


@dataclass(frozen=True)
class Alike:
    """A paper of a print file: its template, what identifies all but its values, its values, whose
    it is, its first bookmark, and how to build it.
    """

    template: str
    static: str
    values: tuple[str, ...]
    subject: str
    label: str
    body: Callable[[], Body]


@dataclass(frozen=True)
class Composed:
    """A paper ready to be written: its plate, its values by number, how it came about, and what is
    wrong with its pages.
    """

    plate: Plate
    problems: Problems = ()
    way: str = STAMPED
    lines: Mapping[int, Set] = field(default_factory=dict)


@dataclass
class LaidPaper:
    """A paper laid out in full, its page as HTML and its blanks."""

    body: Body
    page: Page
    document: Any
    problems: Problems
    blanks: dict[int, StandingBlank] = field(default_factory=dict)


@dataclass
class Stamp:
    """What is known of the papers of one kind."""

    blanks: list[BlankLook]
    setters: dict[int, Setter] = field(default_factory=dict)
    rooms: dict[int, float] = field(default_factory=dict)
    refused: str = ""
    plates: OrderedDict[Shape, tuple[Plate, Problems]] = field(default_factory=OrderedDict)
    spoilt: dict[Shape, str] = field(default_factory=dict)
    key: bytes = b""
    tried: dict[Shape, Sequence[str]] = field(default_factory=dict)
    """Plates of texts that run on, and the values of the only paper that came out of them."""
    _fitted: dict[tuple[int, str], tuple[Part, Set]] = field(default_factory=dict)

    def shape_of(self, values: Sequence[str]) -> tuple[Shape, dict[int, Set]]:
        """Tell what values do to the layout, and how they are set."""
        shape: list[Any] = []
        lines: dict[int, Set] = {}
        for number, value in enumerate(values):
            if not value and self.blanks[number].kind == LINE:
                continue
            part, lines[number] = self._fit(number, value)
            if part is not None:
                shape += (number, part)
        return tuple(shape), lines

    def new_by_role(self, values: Sequence[str]) -> dict[str, str]:
        """Join the characters of values that were not met before, by the role that sets them."""
        found: dict[str, str] = {}
        for number, value in enumerate(values):
            blank = self.blanks[number]
            if value and blank.kind != CODE and (number, value) not in self._fitted:
                found[blank.role] = found.get(blank.role, "") + value
        return found

    def remember(
        self, shape: Shape, plate: Plate, problems: Problems, values: Sequence[str] = ()
    ) -> None:
        """Keep a plate for the next of its likes; raise ``Unfit`` where it is another than that of
        a paper before.
        """
        before = self.plates.get(shape)
        if before and not before[0].is_like(plate):
            raise Unfit("一样长的名字占的地方不一样")
        if before:
            self.tried.pop(shape, None)
        elif values and runs_on(shape):
            self.tried[shape] = values
        self.plates[shape] = before or (plate, problems)
        if len(self.plates) > PLATES:
            self.plates.popitem(last=False)

    def _fit(self, number: int, value: str) -> tuple[Part, Set]:
        if self.blanks[number].kind == CODE:
            return (None if value else 0), value  # no code, and no room for one
        key = number, value
        if key not in self._fitted:
            if len(self._fitted) >= FITTED:
                self._fitted.clear()
            self._fitted[key] = self._measured(number, value)
        return self._fitted[key]

    def _measured(self, number: int, value: str) -> tuple[Part, Set]:
        blank, setter = self.blanks[number], self.setters.get(number)
        if setter is None or blank.kind == TEXT:
            return value, ()
        if not value:
            return 0, ()  # no line at all stands elsewhere than one
        if blank.kind == CELL:
            lines = setter.lines(value, self.rooms[number])
            return (len(lines) if len(lines) > 1 else None, lines) if lines else (value, ())
        text = value.replace("\n", "").strip()
        if blank.kind == LINE and is_long(text, blank.ems):
            found = setter.run(text)
            return ((found[0],), found[1]) if found else (value, ())
        line = setter.line(text)
        return (value, ()) if line is None else self._on_line(number, text, line)

    def _on_line(self, number: int, text: str, line: SetLine) -> tuple[Part, Set]:
        if line.width <= self.rooms[number] + NEARLY:
            return None, (line,)
        # A joint has a width when the blank is measured and none when it is drawn.
        if self.blanks[number].kind == TAIL:
            return text, ()
        if with_joints(text, whole_dates=True) == text:
            return round(line.width * UNITS), (line,)
        found = self.setters[number].run(text)
        return ((found[0],), found[1]) if found else (text, ())


def runs_on(shape: Sequence[Any]) -> bool:
    """Tell whether values of a shape run on from line to line."""
    return any(isinstance(part, tuple) for part in shape[1::2])


def holds_text(shape: Sequence[Any]) -> bool:
    """Tell whether a shape belongs to certain words alone."""
    return any(isinstance(part, str) for part in shape[1::2])


class Composer:
    """Composes the papers of print files; what it learned of a kind serves later files."""

    def __init__(self, kept: Kept | None = None) -> None:
        self.typecase, self._kept = Typecase(kept), kept
        self._stamps: OrderedDict[str, Stamp] = OrderedDict()
        self._refused: list[Problem] = []
        self.laid = 0
        """How many pages were laid out in full since the last of them were swept away."""

    def refusals(self) -> Iterator[Problem]:
        """Tell once which kinds of papers are not stamped, and why."""
        while self._refused:
            yield self._refused.pop(0)

    def sweep(self) -> None:
        """Free what layouts leave behind in cycles: ten megabytes a page."""
        if self.laid:
            gc.collect()
        self.laid = 0

    def compose(
        self, paper: Alike, run: LayoutRun, *, duplex: bool, alone: bool = False
    ) -> Composed | Problems:
        """Stamp a paper or, if it stands ``alone`` or must be, lay it out in full; problems if it
        cannot be made.
        """
        self.typecase.run = run
        if alone:
            return self._whole(paper, run, "没有同样的", duplex=duplex)
        stamp = self._stamps.get(paper.static) or self._begun(paper, run, duplex=duplex)
        if not isinstance(stamp, Stamp):
            return stamp
        self._stamps.move_to_end(paper.static)
        if stamp.refused:
            return self._whole(paper, run, stamp.refused, duplex=duplex)
        new = stamp.new_by_role(paper.values)
        if new and (lost := self.typecase.lost(new, run)):
            return missing_glyphs(paper.body(), lost)
        shape, lines = stamp.shape_of(paper.values)
        why = _outgrown(stamp, shape) or stamp.spoilt.get(shape, "")
        if not why and not self._has_plate(stamp, shape, paper.values):
            laid = self.lay_out(paper.body(), run, duplex=duplex)
            if not isinstance(laid, LaidPaper):
                return laid
            why = self._add_plate(stamp, laid, paper.values, shape, lines)
            self._keep(stamp, shape, run)
        if why:
            return self._whole(paper, run, why, duplex=duplex)
        plate, problems = stamp.plates[shape]
        return Composed(plate, problems, lines=lines)

    def _whole(
        self, paper: Alike, run: LayoutRun, why: str, *, duplex: bool
    ) -> Composed | Problems:
        """Lay a paper out in full."""
        laid = self.lay_out(paper.body(), run, duplex=duplex)
        if not isinstance(laid, LaidPaper):
            return laid
        codes = {number: one for number, one in laid.blanks.items() if one.is_code}
        plate = drawn_plate(laid.document, self.typecase.faces, codes)
        told = {number: paper.values[number] for number in codes}
        return Composed(plate, laid.problems, f"{WHOLE}：{why}", lines=told)

    def _begun(self, paper: Alike, run: LayoutRun, *, duplex: bool) -> Stamp | Problems:
        """Lay the first paper of its kind out, and try whether its likes are stamped; where that
        is known from an earlier run, take it from there.
        """
        body, key = paper.body(), b""
        if self._kept:
            key = kind_key(paper.static, body.layout, run, duplex=duplex)
            if known := self._known(key):
                return self._remembered(paper, known)
        laid = self.lay_out(body, run, duplex=duplex)
        if not isinstance(laid, LaidPaper):
            return laid
        stamp = self._remembered(paper, Stamp(list(laid.page.blanks), key=key))
        try:
            self._prove(stamp, laid, paper.values, run)
        except Unfit as reason:
            stamp.refused = str(reason)
            self._refused.append(problem("REND240", body.place, title=body.title, reason=reason))
        self._keep(stamp, next(iter(stamp.plates), None), run, kind=True)
        return stamp

    def _remembered(self, paper: Alike, stamp: Stamp) -> Stamp:
        """Keep what is known of a kind of papers, and forget what was not used for longest."""
        self._stamps[paper.static] = stamp
        if len(self._stamps) > STAMPS:
            self._stamps.popitem(last=False)
        return stamp

    def _known(self, key: bytes) -> Stamp | None:
        """Return what an earlier run knew of a kind of papers."""
        if self._kept is None or not (found := kept_kind(self._kept, key)):
            return None
        blanks, styles, rooms = found
        setter = self.typecase.setter
        setters = {n: setter(style, blanks[n].role) for n, style in styles.items()}
        return Stamp(blanks, setters, rooms, key=key)

    def _has_plate(self, stamp: Stamp, shape: Shape, values: Sequence[str]) -> bool:
        """Tell whether there is a plate of a shape, from this run or an earlier one; one of a text
        that runs on is not trusted before another paper came out of it.
        """
        if shape in stamp.tried and stamp.tried[shape] != values:
            return False
        if shape in stamp.plates or self._kept is None:
            return shape in stamp.plates
        plate = kept_plate(self._kept, stamp.key, shape, self.typecase)
        if plate:
            stamp.remember(shape, plate, ())
        return plate is not None

    def _keep(
        self, stamp: Stamp, shape: Shape | None, run: LayoutRun, *, kind: bool = False
    ) -> None:
        """Keep what was learned for the next run, if nothing at all was wrong."""
        if self._kept is None or stamp.refused or run.log or not stamp.key:
            return
        shape = None if shape in stamp.tried else shape
        if kind:
            styles = {number: one.style for number, one in stamp.setters.items()}
            keep_kind(self._kept, stamp.key, stamp.blanks, styles, stamp.rooms)
        plate, problems = stamp.plates.get(shape, (None, ())) if shape is not None else (None, ())
        if shape is not None and plate and not problems:
            keep_plate(self._kept, stamp.key, shape, plate, self.typecase)

    def _add_plate(
        self,
        stamp: Stamp,
        laid: LaidPaper,
        values: Sequence[str],
        shape: Shape,
        lines: Mapping[int, Set],
    ) -> str:
        """Make the plate of a shape, or say why there is none."""
        try:
            plate = self._plate(laid, stamp, shape, lines)
            stamp.remember(shape, plate, laid.problems, values)
        except Unfit as reason:
            stamp.spoilt[shape] = str(reason)
        return stamp.spoilt.get(shape, "")

    def lay_out(self, body: Body, run: LayoutRun, *, duplex: bool) -> LaidPaper | Problems:
        """Lay a paper out in full."""
        page, found = to_html(body.tree, body.layout, body.place, codes=not run.draft)
        if page is None:
            return found
        texts = {**page.texts}
        if run.draft:
            texts["黑体"] = texts.get("黑体", "") + DRAFT
        if lost := self.typecase.lost(texts, run):
            return missing_glyphs(body, lost)
        self.typecase.begin()
        if self.laid >= SWEPT:
            self.sweep()
        document = run.lay_out(body, page)
        self.laid += len(document.pages)
        problems = check_pages(
            document.pages, body.layout, body.place, limit=body.page_limit, duplex=duplex
        )
        return LaidPaper(body, page, document, tuple(problems), standing_blanks(document))

    def _prove(self, stamp: Stamp, first: LaidPaper, values: Sequence[str], run: LayoutRun) -> None:
        """See that nothing but the values differs when other values stand in the blanks."""
        for number, blank in enumerate(stamp.blanks):
            if blank.kind not in (CODE, TEXT):
                self._measure(stamp, number, first.blanks.get(number))
        shape, lines = stamp.shape_of(values)
        plate = self._plate(first, stamp, shape, lines)
        tree = static_of(first.body.tree)[0].tree(_others(stamp, values, shape))
        probe = self.lay_out(replace(first.body, tree=tree), run, duplex=False)
        if not isinstance(probe, LaidPaper):
            raise Unfit("试排的样张排不出")
        if not plate.is_like(self._plate(probe, stamp, shape, None)):
            raise Unfit("固定的文字随填写的内容移动")
        if not holds_text(shape):
            stamp.remember(shape, plate, first.problems, values)

    def _measure(self, stamp: Stamp, number: int, blank: StandingBlank | None) -> None:
        """Learn how the values of a blank are set, and how much room they have."""
        kept = stamp.blanks[number]
        stands = blank is not None and (blank.is_line or blank.is_long or not blank.block)
        if blank is None or (kept.kind == LINE) != stands:
            stamp.blanks[number] = replace(kept, kind=TEXT)
            return
        stamp.setters[number] = self.typecase.setter(blank.style, kept.role)
        stamp.rooms[number] = kept.points * PX if kept.kind == LINE else blank.room
        if blank.texts:
            blank.runs_on = blank.is_long
            try:
                slot_of(blank)
            except Unfit:
                stamp.blanks[number] = replace(kept, kind=TEXT)

    def _plate(
        self, laid: LaidPaper, stamp: Stamp, shape: Shape, lines: Mapping[int, Set] | None
    ) -> Plate:
        """Draw a paper without what its blanks hold, and see that with it it is the paper again."""
        parts = _parts(shape)
        for number, blank in laid.blanks.items():
            blank.runs_on = isinstance(parts.get(number), tuple)
        fixed = {n for n, part in parts.items() if isinstance(part, str) or part == 0}
        hidden = {
            number: blank
            for number, blank in laid.blanks.items()
            if stamp.blanks[number].kind != TEXT and number not in fixed
        }
        faces = self.typecase.faces
        plate = drawn_plate(laid.document, faces, hidden)
        if lines is not None:
            check_stamped(plate, [*hidden.values()], lines, faces)
        return plate


def _parts(shape: Shape) -> dict[int, Part]:
    return dict(zip(shape[::2], shape[1::2], strict=True))


def _outgrown(stamp: Stamp, shape: Shape) -> str:
    """Say which values cannot be stamped, nothing if all can."""
    names = [
        stamp.blanks[number].name or "二维码"
        for number, part in _parts(shape).items()
        if isinstance(part, str)
    ]
    return f"{'、'.join(names)}排进正文" if names else ""


def _others(stamp: Stamp, values: Sequence[str], shape: Shape) -> list[str]:
    """Think of other values that should do the same to the layout."""
    parts = _parts(shape)
    return [_other(stamp, number, value, parts.get(number)) for number, value in enumerate(values)]


def _other(stamp: Stamp, number: int, value: str, part: Part) -> str:
    kind = stamp.blanks[number].kind
    if kind == LINE:
        return value if part is not None else FILLER * (not value)
    if kind in (CODE, TEXT) or isinstance(part, str) or not value:
        return value
    if kind == TAIL:
        return FILLER
    setter = stamp.setters[number]
    a_line = int(stamp.rooms[number] / (setter.size + setter.spacing))
    lines = part if isinstance(part, int) else 1
    return FILLER * (a_line * (lines - 1) + 1)
