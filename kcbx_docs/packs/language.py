"""The template language: a sandbox in which nothing can be missing, executed or blown up."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from kcbx_docs.law import numerals
from kcbx_docs.packs.collecting import COLLECTING, Missing
from kcbx_docs.packs.model import Unknown
from kcbx_docs.packs.values import (
    NUMBERS,
    as_amount,
    as_date,
    as_figure,
    date_in_words,
    in_pieces,
    items_of,
    joined_lines,
    no_text,
    plain,
    trimmed,
    width,
)
from kcbx_docs.words import as_number, count_in_words, days_in_words

MAX_LOOPS = 200_000
MAX_JOINED = 20_000
MAX_OUTPUT = 5_000_000
BLANK_FILTER, CODE_FILTER = "_blank", "二维码"
"""The filters of Word templates alone: the text source has elements for them."""
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
ON_FILTER = "_on"
"""The filter that says which expression of a line is worked out now; it has no value itself."""
_OF_ITEMS = ("length", "count", "first", "last", "reverse")
_OF_LISTS = ("list", "sort", "unique", "sum", "min", "max")
_OF_RECORDS = ("map", "selectattr", "rejectattr")
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
def _on(_context: Any, number: int) -> str:
    """Note which of a line's expressions is worked out now, as what goes wrong in it is its."""
    if collected := COLLECTING.get():
        collected.now = number
    return ""


@pass_context
def _told(_context: Any, value: Any) -> Any:
    """Print the value of the expression that was noted."""
    text = plain(value)
    if collected := COLLECTING.get():
        collected.now = None
    return text


def _joined(values: Iterable[Any], mark: str = "、") -> str:
    values = items_of(values)
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
            return no_text(value)
        if (known := read(value)) is not None:
            return write(known)
        if (collected := COLLECTING.get()) is None:
            raise SecurityError(f"{name}: {value!r}")
        collected.add(kind, f"{value}|{name}")
        return ""

    return filtered


def _whole(value: Any, otherwise: Any = None, _base: int = 10) -> Any:
    """Return the whole number that a value is; what is none is 0 to Jinja, and would be printed."""
    if isinstance(value, Undefined):
        return value
    known = int(value) if isinstance(value, NUMBERS) else as_number(value)
    if known is not None:
        return known
    return _of_kind("int", "number", as_number, str)(value) if otherwise is None else otherwise


def _ticked(value: Any) -> str:
    return "■" if value and not isinstance(value, Undefined) else "□"


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
    text = "" if (value := _default(value)) == "" else str(plain(value))
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _limited(values: Iterable[Any]) -> Iterator[Any]:
    collected = COLLECTING.get()
    if in_pieces(values):
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


def _of_many(name: str, *, words: bool = False) -> Callable[..., Any]:
    """Return a filter of Jinja on lists; to Jinja what is not there is a list without items."""
    built_in = FILTERS[name]
    given = getattr(getattr(built_in, "jinja_pass_arg", None), "name", "")

    @pass_context
    def filtered(context: Any, values: Any, *rest: Any, **more: Any) -> Any:
        holders = {"environment": context.environment, "eval_context": context.eval_ctx}
        first = [holders.get(given, context)] if given else []
        return built_in(*first, items_of(values, words=words), *rest, **more)

    return filtered


_OF_MANY = {name: _of_many(name) for name in (*_OF_LISTS, *_OF_RECORDS)}
_OF_MANY |= {name: _of_many(name, words=True) for name in _OF_ITEMS}
_OWN: dict[str, Callable[..., Any]] = {
    "int": _whole,
    "abs": _of_kind("abs", "number", as_figure, abs),
    "trim": trimmed,
    "日期": date_in_words,
    "月日": _of_kind("月日", "date", as_date, _month_day),
    "汉字日期": _of_kind("汉字日期", "date", as_date, numerals.chinese_date),
    "合并日期": lambda values: days_in_words(items_of(values)),
    "数量": _of_kind("数量", "number", as_number, count_in_words),
    "大写": _of_kind("大写", "number", as_amount, numerals.capital_amount),
    "汉字": _of_kind("汉字", "number", as_number, numerals.chinese_number),
    "顿号": lambda values: _joined(values),
    "连接": _joined,
    "勾选": _ticked,
    "默认": _default,
    "段落": _lines,
    "名单": lambda values: _joined([*map(_name_of, items_of(values))]),
    BLANK_FILTER: in_blank,
    CODE_FILTER: as_code,
    APART_FILTER: _apart,
    TOLD_FILTER: _told,
    ON_FILTER: _on,
    "_limited": _limited,
}


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without methods, powers, raw markup or endless loops."""

    intercepted_binops = frozenset(["*", "**", "%", "+", "-", "/", "//"])

    def __init__(self) -> None:
        super().__init__(
            autoescape=True, undefined=Missing, finalize=plain, keep_trailing_newline=True
        )
        self.filters = _OF_MANY | _OWN
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
        return isinstance(left, NUMBERS) and isinstance(right, NUMBERS)

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
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)
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
