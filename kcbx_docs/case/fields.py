"""The small types that values of a file have: days, yes or no, names, money, folder names."""

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    InstanceOf,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kcbx_docs.handwriting.days import clock_meant, half_day_unsaid, read_clock, read_day
from kcbx_docs.light import dataclass, regex
from kcbx_docs.reading import Day, parse_day
from kcbx_docs.words import amount_in_words, day_in_words, parse_number

NAME_LIMIT = 25
FOLDER_BYTES = 80

_MONEY = regex(r"\d{1,9}(\.\d{1,2})?")
_FOLDER = regex("[0-9A-Za-z\u3007\u3400-\u9fff\U00020000-\U000323af（）〔〕_·-]+")
_RESERVED_NAMES = "con|prn|aux|nul|com[0-9]|lpt[0-9]"
_RESERVED = regex(f"(?i:{_RESERVED_NAMES})")
_OURS = "kcbx"
"""A file of this name makes a workspace of the folder in which it lies."""
_RECEIPT = r"自?(?:收到|送达)(?:本?[\w（）]*?)之日起"
_EFFECT = r"自?(?:本?(?:判决|调解)书?)?(?P<effect>生效|发生法律效力)之日起"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_COUNT = "(?P<count>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
_UNIT = "(?P<unit>个工作日|工作日|日|天|个月)(?:内|以内|之内)?"
_PERIOD = regex(f"(?:{_RECEIPT}|{_EFFECT})?{_COUNT}{_UNIT}")


def is_device_name(text: str) -> bool:
    """Tell whether Windows takes a name for a device, whatever follows a dot."""
    return bool(_RESERVED.fullmatch(text))


def _absent(value: Any) -> Any:
    return "" if value is None else value


def _clock(value: Any) -> Any:
    if value is None or isinstance(value, time):
        return value
    if (clock := read_clock(str(value))) is not None:
        return clock
    if half_day_unsaid(str(value)):
        raise PydanticCustomError("CASE252", "before noon or after it")
    if meant := clock_meant(str(value)):
        raise PydanticCustomError("CASE299", "not a time", {"meant": _typed(meant)})
    raise PydanticCustomError("CASE002", "not a time")


def _typed(clock: time) -> str:
    return clock.strftime("%H:%M")


def money_pattern() -> str:
    """Return how an amount may be written, for an editor."""
    return r"\s*(?=.*[1-9１-９])(?:,*[0-9０-９]){1,9},*(?:\.(?:,*[0-9０-９]){1,2},*)?\s*元?\s*"


def period_pattern(*, effect: bool) -> str:
    """Return how a number of days may be written, for an editor, blanks between its parts."""
    starts = f"{_RECEIPT}|{_EFFECT}" if effect else _RECEIPT
    whole = f"(?:(?:{starts}) *)?(?![0０]+ *[^0-9０-９]){_COUNT} *{_UNIT}"
    return re.sub(r"\(\?P<\w+>", "(?:", whole).replace(r"[\w（）]", r"[\w（）\u4e00-\u9fff]")


def folder_pattern() -> str:
    """Return what may name a folder, for an editor; bytes are counted as if of Chinese alone."""
    names = f"{_OURS}|{_RESERVED_NAMES}"
    reserved = "".join(f"[{c}{c.upper()}]" if c.islower() else c for c in names)
    too_long = f"(?:[!-~]*[^!-~·]){{{FOLDER_BYTES // 3 + 1}}}"
    return f"^(?!(?:{reserved})$)(?!{too_long}){_FOLDER.pattern}$"


def parse_money(value: Any) -> Any:
    """Turn ``500``, ``1,000`` or ``500元`` into a positive amount in yuan."""
    if value is None or isinstance(value, Decimal):
        return value
    text = str(value).strip().removesuffix("元").replace(",", "").strip()
    if _MONEY.fullmatch(text) and Decimal(text) > 0:
        return Decimal(text)
    raise PydanticCustomError("CASE003", "not money")


def _listed(value: Any) -> Any:
    if value is None:
        return ()
    return [part.strip() for part in value.split("、")] if isinstance(value, str) else value


def _sentences(value: Any) -> Any:
    """Let one sentence, or one in each line, stand for a list; a sentence has commas of its own."""
    if value is None:
        return ()
    return [*filter(None, map(str.strip, value.split("\n")))] if isinstance(value, str) else value


def _days(value: Any) -> Any:
    """Let one day stand for a list, and several in one text, as names do."""
    if value is None:
        return ()
    if isinstance(value, str):
        return [part.strip() for part in value.split("、")]
    return value if isinstance(value, list | tuple) else [value]


def is_folder_name(text: str) -> bool:
    """Tell whether a text may name a folder on every system, and leads nowhere else."""
    fine = _FOLDER.fullmatch(text) and not is_device_name(text) and text.casefold() != _OURS
    return bool(fine) and len(text.encode()) <= FOLDER_BYTES


def _folder(value: str) -> str:
    if is_folder_name(value):
        return value
    raise PydanticCustomError("CASE004", "not a folder name", {"bytes": FOLDER_BYTES})


@dataclass(frozen=True)
class Short:
    """Marks a model for which a plain text may stand: the value of one of its keys."""

    key: str
    words: tuple[str, ...] = ()

    def read(self, value: Any) -> Any:
        """Turn a plain text into the keys of the model."""
        return {self.key: value} if isinstance(value, str) else value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        plain = {"enum": list(self.words)} if self.words else {"type": "string", "minLength": 1}
        return {"anyOf": [plain, handler(schema)]}


def one_or_many(item: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of one value or a list of them."""
    single = item or {"type": "string"}
    return {"anyOf": [single, {"type": "array", "items": single}]}


Text = Annotated[str, BeforeValidator(_absent)]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT)]
Clock = Annotated[
    time | None,
    BeforeValidator(_clock),
    PlainSerializer(_typed, when_used="json-unless-none"),
    WithJsonSchema({"type": "string", "format": "time"}),
]
Money = Annotated[
    Decimal | None,
    BeforeValidator(parse_money),
    WithJsonSchema({"type": "string", "format": "money"}),
]
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed), WithJsonSchema(one_or_many())]
Lines = Annotated[tuple[str, ...], BeforeValidator(_sentences), WithJsonSchema(one_or_many())]
Days = Annotated[
    tuple[Day, ...],
    BeforeValidator(_days),
    WithJsonSchema(one_or_many({"type": "string", "format": "date"})),
]


def _count(value: Any) -> Any:
    text = str(value).strip()
    if text.isdecimal() and 1 <= int(text) <= 999:
        return int(text)
    raise PydanticCustomError("BTCH001", "not a count")


Count = Annotated[
    int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "format": "count"})
]
FolderName = Annotated[
    str,
    Field(min_length=1),
    AfterValidator(_folder),
    WithJsonSchema({"type": "string", "format": "folder"}),
]


@dataclass(frozen=True)
class Deadline:
    """A fixed day, or a number of days or months from receipt, or from when a judgment takes
    effect.
    """

    day: date | None = None
    count: int = 0
    unit: Literal["", "日", "工作日", "月"] = ""
    start: Literal["收到", "生效"] = "收到"

    @property
    def from_receipt(self) -> bool:
        """Tell whether it runs from receipt and so differs from guardian to guardian."""
        return self.day is None

    def __str__(self) -> str:
        if self.day:
            return day_in_words(self.day)
        return f"自{self.start}之日起{amount_in_words(self.count, self.unit)}内"


def parse_deadline(value: Any) -> Any:
    """Turn ``2026-10-20`` or ``收到之日起10个工作日`` into a deadline."""
    if value is None or isinstance(value, Deadline):
        return value
    text = str(value).replace(" ", "").translate(_FULL_WIDTH)
    if read_day(text) or re.match(r"\d{4}\D|\d{8}$", text):
        return Deadline(day=parse_day(text))
    found = _PERIOD.fullmatch(text)
    count = parse_number(found["count"]) if found else 0
    if not found or not count:
        raise PydanticCustomError("CASE005", "not a deadline")
    unit = {"天": "日", "日": "日", "个月": "月"}.get(found["unit"], "工作日")
    start = "生效" if found["effect"] else "收到"
    return Deadline(count=count, unit=unit, start=start)  # type: ignore[arg-type]


def _from_receipt(value: Any) -> Any:
    """An order runs from a day or from receipt; only judgments run from when they take effect."""
    deadline = parse_deadline(value)
    if deadline and deadline.start == "生效":
        raise PydanticCustomError("CASE005", "not a deadline")
    return deadline


def _written(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    if deadline.day:
        return deadline.day.isoformat()
    return str(deadline).removeprefix("自").removesuffix("内")


MaybeDeadline = Annotated[
    InstanceOf[Deadline] | None,
    BeforeValidator(parse_deadline),
    PlainSerializer(_written),
    WithJsonSchema({"type": "string", "format": "deadline"}),
]
MaybeReceiptDeadline = Annotated[
    MaybeDeadline,
    BeforeValidator(_from_receipt),
    WithJsonSchema({"type": "string", "format": "receipt-deadline"}),
]


def safe_name(text: str) -> str:
    """Make a file name of a text: only letters, digits, Han characters and a few signs."""
    kept = "".join(c if c.isalnum() or c in "（）〔〕·_-" else "_" for c in text)
    while len(kept.encode()) > 180:
        kept = kept[:-1]
    return kept
