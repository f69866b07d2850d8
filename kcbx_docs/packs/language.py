"""The template language: a sandbox in which nothing can be missing, executed or blown up."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from kcbx_docs.law import numerals
from kcbx_docs.light import regex
from kcbx_docs.packs.collecting import COLLECTING, Missing
from kcbx_docs.packs.model import Unknown
from kcbx_docs.problems import UserError
from kcbx_docs.words import LARGEST_COUNT, count_in_words, day_in_words, days_in_words, parse_number

MAX_LOOPS = 200_000
MAX_JOINED = 20_000
MAX_OUTPUT = 5_000_000
BLANK_FILTER, CODE_FILTER = "_blank", "二维码"
"""The filters of Word templates alone: the text source has elements for them."""
LINE = "\u2028"
"""A line break in a value while a paper is being filled: no text that was read may hold it."""
CODE_MARK = "\u2029"
"""What stands around the size and the text of a code that is to be drawn in a Word file."""
CODE_SIZE = 22
"""Millimetres, unless the template says otherwise."""
APART_FILTER = "_apart"
"""The filter that keeps the value of a blank or a code apart from the text."""
TOLD_FILTER = "_told"
"""The filter that says which expression of a line has no text."""
APART = "\ufdd2"
"""Where a value was kept apart: no text that was read may hold this either."""
_OF_ITEMS = ("length", "count", "first", "last", "list", "sort", "unique", "reverse")
_BUILT_IN = (*_OF_ITEMS, "sum", "min", "max", "int", "abs", "trim")
_TESTS = (
    "defined",
    "undefined",
    "none",
    "equalto",
    "eq",
    "==",
    "ne",
    "!=",
    "gt",
    ">",
    "ge",
    ">=",
    "lt",
    "<",
    "le",
    "<=",
    "in",
    "odd",
    "even",
    "divisibleby",
    "string",
    "number",
    "true",
    "false",
)


_SPACED = regex(r"[\n\t]|  ")
_SPACES = regex(r"[ \t]+")


def _spaced(value: str) -> Any:
    """Make the spaces of a value those that DOCX and PDF both print; its lines stay apart."""
    lines = [_SPACES.sub(" ", line).strip(" ") for line in value.strip("\n").split("\n")]
    spaced = (LINE if COLLECTING.get() else "\n").join(lines)
    return type(value)(spaced)  # text that is escaped already stays so


def joined_lines(lines: Iterable[str]) -> str:
    """Make one line of several: Chinese needs no space between them, two Latin words do."""
    out = ""
    for line in map(str.strip, lines):
        apart = out[-1:].isascii() and line[:1].isascii()
        out += f" {line}" if out and line and apart else line
    return out


def plain(value: Any) -> Any:
    """Turn a value into the text that is printed; what has no plain text is a fault."""
    if isinstance(value, str):
        return _spaced(value) if _SPACED.search(value) else value
    if isinstance(value, Undefined):
        return value
    if isinstance(value, datetime.datetime):
        return f"{day_in_words(value.date())}{value.hour}时{value.minute:02d}分"
    if isinstance(value, datetime.date):
        return day_in_words(value)
    if isinstance(value, datetime.time):
        return f"{value.hour}时{value.minute:02d}分"
    if isinstance(value, Decimal):
        return f"{value:f}" if value % 1 else f"{value:.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _fault(value)


def _fault(value: Any) -> str:
    kind = "unprintable"
    if value is None:
        kind = "empty"
    elif isinstance(value, Unknown):
        kind = "unconfirmed"
    collected = COLLECTING.get()
    if collected is None:
        raise SecurityError(f"{kind}: {value!r}")
    collected.add(kind, type(value).__name__)
    return ""


def _default(value: Any, instead: Any = "") -> Any:
    """Print something else where a value is empty."""
    if isinstance(value, Undefined):
        return str(value)
    if value is None or value == "" or isinstance(value, Unknown):
        return instead
    return value


@pass_context  # not a constant, even of a constant: Jinja would call it beforehand
def _apart(_context: Any, value: Any) -> str:
    """Keep the value of a blank apart, and leave its mark in the text."""
    collected = COLLECTING.get()
    text = plain(_default(value))
    if collected is None or type(text) is not str:
        raise SecurityError("a value that is no plain text")
    collected.values.append(text)
    return APART


@pass_context
def _told(_context: Any, value: Any, number: int) -> Any:
    """Print a value; where it has no plain text, note which of the line's expressions it is."""
    collected = COLLECTING.get()
    before = len(collected.faults) if collected else 0
    text = plain(value)
    if collected and len(collected.faults) > before:
        kind, _, line = collected.faults[-1]
        collected.faults[-1] = (kind, str(number), line)
    return text


def _in_pieces(values: Any) -> bool:
    """Tell of a text that is taken apart as if it were a list: a fault that is noted."""
    if not isinstance(values, str) or not values:
        return False
    if (collected := COLLECTING.get()) is None:
        raise SecurityError("a text is no list")
    collected.add("pieces", values)
    return True


def _joined(values: Iterable[Any], mark: str = "、") -> str:
    if _in_pieces(values):
        return ""
    words = (str(plain(value)) for value in values)
    joined = mark.join(word for word in words if word)
    if len(joined) > MAX_JOINED:
        raise SecurityError("joined text is too long")
    return joined


def _month_day(value: datetime.date) -> str:
    return f"{value.month}月{value.day}日"


def _of_kind(
    name: str, kind: str, read: Callable[[Any], Any], write: Callable[[Any], str]
) -> Callable[[Any], Any]:
    """Return a filter of values of one kind; of any other it is noted that it is none."""

    def filtered(value: Any) -> Any:
        if isinstance(value, Undefined):
            return value
        if value is None or isinstance(value, Unknown):
            return _fault(value)
        if (known := read(value)) is not None:
            return write(known)
        if (collected := COLLECTING.get()) is None:
            raise SecurityError(f"{name}: {value!r}")
        collected.add(kind, f"{value}|{name}")
        return ""

    return filtered


def as_number(value: Any) -> int | None:
    """Read a number as a pack may write it: 2, '2', 二, 两."""
    if isinstance(value, str):
        return parse_number(value.strip().replace("两", "二")) if value.strip() else None
    whole = isinstance(value, int | Decimal) and not isinstance(value, bool) and value % 1 == 0
    return int(value) if whole and 0 <= value <= LARGEST_COUNT else None


def _as_amount(value: Any) -> Any:
    try:
        return numerals.parse_amount(value)
    except UserError:
        return as_number(value)


def _as_date(value: Any) -> datetime.date | None:
    return value if isinstance(value, datetime.date) else None


def _ticked(value: Any) -> str:
    return "■" if value and not isinstance(value, Undefined) else "□"


def width(text: str) -> float:
    """Measure text in ems: half for ASCII, one for the rest."""
    if text.isascii():
        return len(text) / 2
    # The dot within a name stands among the Latin signs, but is drawn one em wide.
    narrow = len([char for char in text if ord(char) < 0x2000 and char != "·"])
    return len(text) - narrow / 2


_marking: ContextVar[tuple[Iterator[str], list[float]] | None] = ContextVar(
    "_marking", default=None
)


@contextmanager
def marking(marks: Iterator[str]) -> Iterator[list[float]]:
    """Print marks instead of the values of blanks and codes (for Word); yield their sizes."""
    sizes: list[float] = []
    token = _marking.set((marks, sizes))
    try:
        yield sizes
    finally:
        _marking.reset(token)


def _mark(size: float) -> str | None:
    """Return the mark to be printed instead of a value, if marks are wanted."""
    if (asked := _marking.get()) is None:
        return None
    asked[1].append(size)
    return next(asked[0], "")


def in_blank(value: Any, ems: float) -> str:
    """Centre a value in a blank of a width in ems, by spaces that are underlined (for Word)."""
    if (marked := _mark(ems)) is not None:
        return marked
    text = "" if value is None else str(plain(value))
    text = joined_lines(text.split("\n")) if "\n" in text else text.strip()
    room = max(ems - width(text), 0.0)
    left = int(room)  # half of the room on each side, in half ems
    right = int(room * 2) - left
    return "\u2002" * left + text + "\u2002" * right


def as_code(value: Any, size: float = CODE_SIZE) -> str:
    """Mark a text that is drawn as a code; without a text there is none (for Word). A size below
    nothing is that of a code in the corner of the sheet.
    """
    if (marked := _mark(size)) is not None:
        return marked
    text = "" if value is None else str(plain(value)).strip()
    return f"{CODE_MARK}{float(size):g} {text}{CODE_MARK}" if text else ""


def _lines(value: Any) -> tuple[str, ...]:
    """Split a text that was written in several lines, such as questions and answers."""
    return tuple(line.strip() for line in str(_default(value)).splitlines() if line.strip())


def _limited(values: Iterable[Any]) -> Iterator[Any]:
    collected = COLLECTING.get()
    if _in_pieces(values):
        return
    for number, value in enumerate(values):
        count = number
        if collected is not None:  # loops inside loops count together
            collected.loops += 1
            count = collected.loops
        if count > MAX_LOOPS:
            raise SecurityError("too many loops")
        yield value


def _name_of(person: Any) -> Any:
    return getattr(person, "姓名", None) or person["姓名"]


def _of_many(name: str) -> Callable[..., Any]:
    """Return a filter of Jinja on lists; to Jinja what is not there is a list without items."""
    built_in = FILTERS[name]

    @pass_context
    def filtered(context: Any, values: Any, *rest: Any, **more: Any) -> Any:
        if values is None or isinstance(values, Unknown):
            _fault(values)
            values = ()
        if _in_pieces(values):
            values = ()
        return built_in(context, values, *rest, **more)

    return filtered


_OF_MANY = {name: _of_many(name) for name in ("map", "selectattr", "rejectattr")}
_OWN: dict[str, Callable[..., Any]] = {
    "日期": lambda value: plain(value),
    "月日": _of_kind("月日", "date", _as_date, _month_day),
    "汉字日期": _of_kind("汉字日期", "date", _as_date, numerals.chinese_date),
    "合并日期": days_in_words,
    "数量": _of_kind("数量", "number", as_number, count_in_words),
    "大写": _of_kind("大写", "number", _as_amount, numerals.capital_amount),
    "汉字": _of_kind("汉字", "number", as_number, numerals.chinese_number),
    "顿号": _joined,
    "连接": _joined,
    "勾选": _ticked,
    "默认": _default,
    "段落": _lines,
    "名单": lambda values: "" if _in_pieces(values) else _joined(map(_name_of, values)),
    BLANK_FILTER: in_blank,
    CODE_FILTER: as_code,
    APART_FILTER: _apart,
    TOLD_FILTER: _told,
    "_limited": _limited,
}

_NUMBERS = (int, float, Decimal)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without methods, powers, raw markup or endless loops."""

    intercepted_binops = frozenset(["*", "**", "%", "+", "-", "/", "//"])

    def __init__(self) -> None:
        super().__init__(
            autoescape=True, undefined=Missing, finalize=plain, keep_trailing_newline=True
        )
        self.filters = {name: FILTERS[name] for name in _BUILT_IN} | _OF_MANY | _OWN
        self.tests = {name: TESTS[name] for name in _TESTS}
        self.globals = {}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Allow arithmetic on numbers and dates only; no powers."""
        if operator == "**" or not self._calculable(left, right):
            raise SecurityError(f"operator {operator}")
        return super().call_binop(context, operator, left, right)

    @staticmethod
    def _calculable(left: Any, right: Any) -> bool:
        if isinstance(left, datetime.date):
            return isinstance(right, datetime.date | datetime.timedelta)
        return isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow only the functions that are given for templates."""
        return bool(getattr(obj, "for_templates", False))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow nothing with an underscore, and no methods."""
        return not attr.startswith("_") and not callable(value)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
        except ValueError as error:  # Python reads no number of thousands of digits
            raise TemplateSyntaxError("number too long", 0, name, filename) from error
        for node in tree.find_all((nodes.Concat, nodes.For)):
            if not isinstance(node, nodes.For):
                raise TemplateSyntaxError("unexpected '~'", node.lineno, name, filename)
            line = node.iter.lineno
            node.iter = nodes.Filter(node.iter, "_limited", [], [], None, None, lineno=line)
            node.iter.environment = self
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a Chinese name up as a key first: context values are plain mappings."""
        if type(obj) is not dict and not isinstance(obj, Mapping):
            return super().getattr(obj, attribute)
        if attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)


environment = Sandbox()


def for_templates(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function as one that templates may call."""
    function.for_templates = True  # type: ignore[attr-defined]
    return function


def filter_names() -> Sequence[str]:
    """List the filters that templates may use."""
    names = (name for name in environment.filters if not name.startswith("_"))
    return [name for name in names if name != CODE_FILTER]
