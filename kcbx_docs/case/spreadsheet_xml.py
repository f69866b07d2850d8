"""Excel workbooks read part by part, as people see them: values, merged cells, hidden rows, cells
struck out, formulas that were never calculated. Nothing is evaluated, and what is read is counted.

A reader of our own, because a roster needs all of this in one pass and in little memory:
libraries give either the values or the look of a sheet.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from kcbx_docs.case.raw_sheet import CellText, Partly, RawSheet, keep_unstruck
from kcbx_docs.light import dataclass, regex

MAX_XML = 60_000_000
MAX_MERGED = 20_000
MAX_TAGS = 4_000_000
"""Of all parts together: empty cells pack very well, and each takes its time."""
MAX_TAG = 1_000_000
MAX_LOOKS = 100_000
_CHUNK = 1 << 16
_BUILT_IN_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_MONTHS = frozenset((17, 55, 57))
_LITERAL = regex(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_REFERENCE = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,8})")


class TooMuchError(Exception):
    """More than a list of pupils can hold was read."""


class NotAWorkbookError(Exception):
    """The parts that every workbook has are not there, or are not what they should be."""


@dataclass(frozen=True)
class Spoilt:
    """A cell without a value: why, and what it shows."""

    code: str
    shown: str


NEVER_CALCULATED = Spoilt("ROST041", "公式")


class Parts:
    """The parts of a packed file, read within what a list of pupils can take."""

    def __init__(self, packed: zipfile.ZipFile, limit: int = MAX_XML, tags: int = MAX_TAGS) -> None:
        self.packed, self.left, self.tags = packed, limit, tags
        self.names = {name.replace("\\", "/").lower(): name for name in packed.namelist()}

    def __contains__(self, name: str) -> bool:
        return name.lower().lstrip("/") in self.names

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece; stop where the whole has become too much."""
        with self.packed.open(self.names[name.lower().lstrip("/")]) as stream:
            while data := stream.read(_CHUNK):
                self.left -= len(data)
                self.tags -= data.count(b"<")
                if self.left < 0 or self.tags < 0:
                    raise TooMuchError
                yield data


Start = Callable[[str, Mapping[str, str]], None]


def parse(
    chunks: Iterator[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML as a stream of events under local names; entities of a file's own are refused."""
    parser = ParserCreate()
    parser.buffer_text = True
    local, fed = cache(lambda name: str(name).rpartition(":")[2]), 0

    def doctype(*_: object) -> None:
        raise NotAWorkbookError

    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise TooMuchError
        parser.Parse(b"", True)
    except ExpatError as error:
        raise NotAWorkbookError from error


def read_workbook(parts: Parts, max_sheets: int, keep: "Limits") -> Iterator[RawSheet]:
    """Read the sheets of an Excel workbook in their order."""
    book = _Book(parts)
    if len(book.sheets) > max_sheets:
        raise TooManySheetsError
    for name, part, hidden in book.sheets:
        sheet = RawSheet(name, hidden)
        if not hidden and part in parts:
            reader = _SheetReader(sheet, book, keep)
            with suppress(_EnoughError):
                parse(parts.chunks(part), reader.start, reader.end, reader.text)
        yield sheet


@dataclass(frozen=True)
class Limits:
    """How much of a sheet is read."""

    rows: int
    columns: int
    last_row: int = 1_048_576


class TooManySheetsError(Exception):
    """No school has so many tables in a file."""


class _EnoughError(Exception):
    """The sheet is longer than a list of pupils: nothing more of it is read."""


@dataclass(frozen=True)
class _Look:
    """What the style of a cell says: a day, a month, struck out, words around a number."""

    day: bool = False
    month: bool = False
    struck: bool = False
    words: str = ""


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, parts: Parts) -> None:
        path = _main_part(parts)
        self.epoch = datetime(1899, 12, 30)
        self.sheets: list[tuple[str, str, bool]] = []
        related = _related(parts, path)
        self._read_sheets(parts, path, related)
        if not self.sheets:
            raise NotAWorkbookError
        folder = posixpath.dirname(path)
        strings = _of_kind(related, "/sharedStrings") or f"{folder}/sharedStrings.xml"
        styles = _of_kind(related, "/styles") or f"{folder}/styles.xml"
        self.strings = _strings(parts, strings) if strings in parts else []
        self.looks = _looks(parts, styles) if styles in parts else []

    def _read_sheets(self, parts: Parts, path: str, related: Mapping[str, tuple[str, str]]) -> None:
        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.epoch = datetime(1904, 1, 1)
            if name == "sheet":
                told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
                target, kind = related.get(told.get("id", ""), ("", ""))
                if kind.endswith("/worksheet"):
                    hidden = told.get("state", "visible") != "visible"
                    self.sheets.append((told.get("name", ""), target, hidden))

        parse(parts.chunks(path), start)


def _main_part(parts: Parts) -> str:
    if "_rels/.rels" in parts:
        for target, kind in _related(parts, "").values():
            if kind.endswith("/officeDocument") and target in parts:
                return target
    if "xl/workbook.xml" in parts:
        return "xl/workbook.xml"
    raise NotAWorkbookError


def _related(parts: Parts, path: str) -> dict[str, tuple[str, str]]:
    """Map the relations of a part to their targets and kinds."""
    folder, name = posixpath.split(path)
    related: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            normal = posixpath.normpath(whole).lstrip("/")
            related[attributes.get("Id", "")] = (normal, attributes.get("Type", ""))

    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed in parts:
        parse(parts.chunks(listed), start)
    return related


def _of_kind(related: Mapping[str, tuple[str, str]], ending: str) -> str:
    return next((target for target, kind in related.values() if kind.endswith(ending)), "")


class _Strings:
    """The texts that cells point to, without the readings above the characters."""

    def __init__(self) -> None:
        self.texts: list[Partly | str] = []
        self.written = CellText()
        self.taking = False
        self.reading_aids = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            self.taking = not self.reading_aids
        elif name == "rPh":
            self.reading_aids += 1
        elif name == "r":
            self.written.struck = False
        elif name == "strike":
            self.written.struck = _is_on(attributes)

    def end(self, name: str) -> None:
        if name == "t":
            self.taking = False
        elif name == "rPh":
            self.reading_aids -= 1
        elif name == "si":
            self.texts.append(self.written.told())
            self.written.clear()

    def text(self, data: str) -> None:
        if self.taking:
            self.written.add(data)


def _strings(parts: Parts, path: str) -> list[Partly | str]:
    strings = _Strings()
    parse(parts.chunks(path), strings.start, strings.end, strings.text)
    return strings.texts


def _is_on(attributes: Mapping[str, str]) -> bool:
    return attributes.get("val", "1") not in ("0", "false")


class _Styles:
    """The formats, fonts and combinations of a workbook, as they come."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.struck: list[bool] = []
        self.looks: list[_Look] = []
        self.inside = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "numFmts"):
            self.inside = name
        elif name == "numFmt" and self.inside == "numFmts":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and self.inside == "fonts":
            self.struck.append(False)
        elif name == "strike" and self.inside == "fonts" and self.struck:
            self.struck[-1] = _is_on(attributes)
        elif name == "xf" and self.inside == "cellXfs":
            self.looks.append(self._look(attributes))
        if len(self.looks) + len(self.formats) > MAX_LOOKS:
            raise TooMuchError

    def _look(self, attributes: Mapping[str, str]) -> _Look:
        number, font = attributes.get("numFmtId", "0"), _whole(attributes.get("fontId"), 0)
        struck = font < len(self.struck) and self.struck[font]
        code = self.formats.get(number)
        if code is None:
            built_in = _whole(number, 0)
            return _Look(built_in in _BUILT_IN_DAYS, built_in in _BUILT_IN_MONTHS, struck)
        plain = _LITERAL.sub("", code).lower().partition(";")[0]
        day = any(letter in plain for letter in "ydh") or ("m" in plain and "0" not in plain)
        words = code if "班" in code or "年级" in code else ""
        if "general" in plain or words:
            return _Look(struck=struck, words=words)
        return _Look(day, day and "d" not in plain and "h" not in plain, struck)


def _looks(parts: Parts, path: str) -> list[_Look]:
    styles = _Styles()
    parse(parts.chunks(path), styles.start)
    return styles.looks


class _SheetReader:
    """Take the cells of one sheet from a stream of events."""

    def __init__(self, sheet: RawSheet, book: _Book, keep: Limits) -> None:
        self.sheet, self.book, self.keep = sheet, book, keep
        self.row = self.column = 0
        self.cells: dict[int, object] = {}
        self.kind, self.look = "n", _Look()
        self.written = CellText()
        self.taking = self.formula = False
        self.reading_aids = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "v" or (name == "t" and not self.reading_aids):
            self.taking = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._row(attributes)
        elif name == "rPh":
            self.reading_aids += 1
        elif name == "r":
            self.written.struck = False
        elif name == "strike":
            self.written.struck = _is_on(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.taking = False
        elif name == "c":
            self._keep_cell()
        elif name == "row":
            self._keep_row()
        elif name == "rPh":
            self.reading_aids -= 1

    def text(self, data: str) -> None:
        if self.taking:
            self.written.add(data)

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row = _whole(attributes.get("r"), self.row + 1)
        self.column = 0
        self.cells = {}
        if attributes.get("hidden") in ("1", "true") or attributes.get("zeroHeight") == "1":
            self.sheet.hidden_rows.add(self.row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _column(place[1]) if place else self.column + 1
        self.kind = attributes.get("t", "n")
        style = _whole(attributes.get("s"), 0)
        self.look = self.book.looks[style] if style < len(self.book.looks) else _Look()
        self.formula = False
        self.written.clear()

    def _keep_cell(self) -> None:
        if self.column > self.keep.columns or not (self.written.pieces or self.formula):
            return
        told = self.written.told()
        value = told if isinstance(told, Partly) else self._value(told)
        if isinstance(value, Partly):
            value = keep_unstruck(self.sheet, (self.row, self.column - 1), value)
        if value is None or value == "":
            return
        self.cells[self.column - 1] = value
        if self.look.struck:
            self.sheet.struck.add((self.row, self.column - 1))

    def _keep_row(self) -> None:
        if not any(map(_says_something, self.cells.values())):
            self.sheet.hidden_rows.discard(self.row)
            return
        if self.row > self.keep.last_row or len(self.sheet.rows) == self.keep.rows:
            self.sheet.too_long = True
            raise _EnoughError
        self.sheet.rows[self.row] = self.cells

    def _value(self, text: str) -> object:
        if self.formula and not text:
            return None if self.kind == "str" else NEVER_CALCULATED
        if self.kind == "s":
            number = _whole(text, -1)
            known = 0 <= number < len(self.book.strings)
            return self.book.strings[number] if known else Spoilt("ROST042", text)
        if self.kind == "e":
            return Spoilt("ROST040", text)
        if self.kind == "b":
            return "是" if text == "1" else "否"
        if self.kind in ("str", "inlineStr"):
            return text
        if self.kind == "d":
            with suppress(ValueError):
                return datetime.fromisoformat(text.rstrip("Z"))
            return text
        return self._number(text)

    def _number(self, text: str) -> object:
        try:
            number = float(text)
        except ValueError:
            return Spoilt("ROST042", text)
        if self.look.day and 0 < number < 2_958_466:
            day = self.book.epoch + timedelta(days=number)
            # A month alone is kept as one: the first would be a day that nobody wrote.
            return f"{day:%Y-%m}" if self.look.month else day
        whole: float | int = int(number) if number.is_integer() else number
        return _in_words(whole, self.look.words) if self.look.words else whole

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if one and other and len(self.sheet.merged) < MAX_MERGED:
            rows = sorted((int(one[2]), int(other[2])))
            columns = sorted((_column(one[1]) - 1, _column(other[1]) - 1))
            self.sheet.merged.append((rows[0], columns[0], rows[1], columns[1]))


def _in_words(number: float, code: str) -> str:
    """Write a number as its format shows it: 1 under 七年级0班 is 七年级1班."""
    plain = code.partition(";")[0].replace('"', "").replace("\\", "")
    shown = re.sub(r"General|G/通用格式|[0#]+", str(number), plain, count=1)
    return shown if shown != plain else str(number)


def _says_something(value: object) -> bool:
    return not isinstance(value, str) or bool(value.strip())


@lru_cache(maxsize=256)
def _column(letters: str) -> int:
    """Count a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _whole(text: Any, otherwise: int) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        return otherwise
