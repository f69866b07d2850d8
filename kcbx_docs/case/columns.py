"""Which column of a roster is which:
the alias table, the header rows, lists side by side, and a batch file's own names.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from kcbx_docs.light import dataclass, regex

HEADER_WITHIN = 60
PEOPLE = ("父亲", "母亲", "监护人1", "监护人2", "照护人", "户主")

Row = Sequence[object]
_ABOUT = regex("(信息|情况|资料|基本信息)$")
_OWN = {"电话": "电话", "身份证号": "身份证号", "现住址": "住址"}
"""A second column of these, behind the name of a parent, is that parent's."""
_ANYBODY, _SECOND = "监护人1", "监护人2"
_PUPILS_OWN = regex("学生|本人|孩子")
_NUMBERED = regex("[12一二]")
_WHOSE = regex(r"\((?:(?P<parent>[父母爸妈])[亲方爸妈]?|(?P<number>[12一二]))\)")
_ANY_PARENT = regex("^(?:学生)?(?:家长|监护人|父母)")


@cache
def roster_words() -> Mapping[str, Any]:
    """Read the alias and code tables."""
    return tomllib.loads(Path(__file__).with_name("roster.toml").read_text("utf-8"))


_NO_HEADER = regex(r"\([^)]*\)|[^\w]|_")


@lru_cache(maxsize=5_000)
def plain_header(header: object) -> str:
    """Return a header as it is compared: without spaces, signs, and what stands in brackets."""
    text = unicodedata.normalize("NFKC", str(header or ""))
    return _NO_HEADER.sub("", text.replace("的", "")).lower()


def _aliases() -> Iterator[tuple[str, str]]:
    """Yield the names of columns as they are compared, each with its field."""
    data = roster_words()
    for field, words in data["pupil"].items():
        for word in (field, *words):
            yield plain_header(word), field
    keys = {key: tuple(map(plain_header, suffixes)) for key, suffixes in data["keys"].items()}
    for (person, names), (key, suffixes) in product(data["people"].items(), keys.items()):
        for name, suffix in product(map(plain_header, names), suffixes):
            yield name + suffix, person + key
            if _NUMBERED.fullmatch(name[-1]):  # 家长姓名1 beside 家长1姓名
                yield name[:-1] + suffix + name[-1], person + key
    for field, words in data["single"].items():
        for word in words:
            yield plain_header(word), field


_ALL = tuple(_aliases())
ALIASES: Mapping[str, str] = dict(reversed(_ALL))
FIELDS: Mapping[str, str] = {field: field for _, field in _ALL}
NAMES = frozenset(word for word, field in ALIASES.items() if field == "姓名")


@dataclass(frozen=True)
class Header:
    """Where the header ends (0-based index of the first row of data) and which column holds
    what; of lists side by side each has its own, from ``left`` to before ``right``.
    """

    first_row: int
    columns: Mapping[int, str]
    unused: tuple[str, ...] = ()
    repeated: tuple[tuple[int, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()
    left: int = 0
    right: int = 10_000
    rows: int = 1
    """Of how many rows it consists."""

    def column_of(self, field: str) -> int | None:
        """Return the column of a field."""
        return self._places.get(field)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {known: column for column, known in self.columns.items()}

    def label_of(self, field: str) -> str:
        """Return what the roster itself calls the column of a field."""
        column = self.column_of(field)
        return field if column is None else " ".join(self.labels[column].split())

    @property
    def top(self) -> int:
        """Return the first row of the header itself."""
        return self.first_row - self.rows

    @property
    def other_names(self) -> tuple[int, ...]:
        """List further columns of names, which belong to no list that could be made out."""
        return tuple(at for at, label in self.repeated if plain_header(label) in NAMES)


def find_header(
    rows: Sequence[Row], own: Mapping[str, str], fixed: int | None = None
) -> Header | None:
    """Find the row, or the two rows, that name the most columns; 姓名 must be among them."""
    starts = range(min(len(rows), HEADER_WITHIN))
    if fixed:
        starts = range(fixed - 1, min(len(rows), fixed))
    named: list[Header] = []
    sure: list[Header] = []
    for start in starts:
        if sure and start > sure[0].first_row:
            break  # whatever stands below heads no first list
        headers = headers_at(rows, start, own)
        named += [header for header in headers if header.column_of("姓名") is not None]
        sure = [header for header in named if len(header.columns) > 1]
    # The first list begins where the first header stands, though one below may name more.
    sure = sure or named
    first = min((header.first_row for header in sure), default=0)
    return max((one for one in sure if one.first_row <= first + 1), key=_fitness, default=None)


def _fitness(header: Header) -> tuple[int, int, int, int]:
    """Rank a header: the most columns known, the highest row, one row before two, the fewest
    unknown.
    """
    return len(header.columns), -header.first_row, -header.rows, -len(header.unused)


def headers_at(rows: Sequence[Row], start: int, own: Mapping[str, str]) -> Iterator[Header]:
    """Read a row as a header, and it with the next one as a header of two rows."""
    single = [str(cell or "").strip() for cell in rows[start]]
    yield _header(single, start + 1, own)
    if start + 1 < len(rows):
        yield _header(_joined(rows[start], rows[start + 1]), start + 2, own, 2)


def _joined(upper: Row, lower: Row) -> list[str]:
    """Read a two-row header: a merged upper cell stands for all lower cells to its right."""
    labels, over = [], ""
    for number in range(max(len(upper), len(lower))):
        top = str(upper[number] or "").strip() if number < len(upper) else ""
        low = str(lower[number] or "").strip() if number < len(lower) else ""
        over = top or (over if low else "")
        labels.append(_both(over, low))
    return labels


def _both(over: str, low: str) -> str:
    """Join an upper and a lower label; of 父亲信息 only the person matters."""
    if not low:
        return over
    for head in (over, _ABOUT.sub("", over)):
        if plain_header(head + low) in ALIASES:
            return head + low
    return low


def _header(labels: Sequence[str], first_row: int, own: Mapping[str, str], rows: int = 1) -> Header:
    columns: dict[int, str] = {}
    repeated: list[tuple[int, str]] = []
    unused: list[str] = []
    for number, label in enumerate(labels):
        field = _field_of(label, own) if label else ""
        taken = columns.values()
        if field in taken:
            lists = any(plain_header(again) in NAMES for _, again in repeated)
            field = _again(field, columns, several_lists=lists)
        if field and field in taken:
            repeated.append((number, label))
        elif field:
            columns[number] = field
        elif label:
            unused.append(label)
    if "电话" not in own:
        _give_to_the_one_before(columns, labels)
    present = {plain_header(label) for label in labels if label}
    missing = [entry for entry in own.items() if plain_header(entry[1]) not in present]
    lists_of = (tuple(unused), tuple(repeated), tuple(missing), tuple(labels))
    return Header(first_row, columns, *lists_of, rows=rows)


def _again(field: str, columns: dict[int, str], *, several_lists: bool) -> str:
    """Say whose a column is that is called as one before it: 父亲姓名 电话 母亲姓名 电话,
    家长 关系 电话 家长 关系 电话. The telephone before it belongs to who stands before that.
    """
    taken = tuple(columns.values())
    named = [person for person in map(_person_named, taken) if person]
    of_anybody = field.startswith(_ANYBODY)
    key = _OWN.get(field) or (field.removeprefix(_ANYBODY) if of_anybody else "")
    if several_lists or not (named and key):
        return field
    if of_anybody and _ANYBODY + "姓名" in taken:
        return _SECOND + key
    if key == "电话":
        _give_to_first(field, columns, named[-1])
    return named[-1] + key


def _give_to_first(field: str, columns: dict[int, str], last: str) -> None:
    """Give a column to the one person who is named before it, where another is named behind."""
    at = next(at for at, known in columns.items() if known == field)
    before = [_person_named(one) for column, one in columns.items() if column < at]
    first = [person for person in before if person]
    if len(first) == 1 and first[0] != last:
        columns[at] = first[0] + "电话"


def _give_to_the_one_before(columns: dict[int, str], labels: Sequence[str]) -> None:
    """Give a number to whose name stands right before it: 家长 联系电话; where others are named
    who have none of their own, nobody knows whose it is.
    """
    at = phone_of_nobody(columns, labels)
    if at is None:
        return
    taken = columns.values()
    bare = [p for p in map(_person_named, taken) if p and p + "电话" not in taken]
    before = [known for column, known in sorted(columns.items()) if column < at]
    while before and _beside_a_name(before[-1], bare):
        before.pop()
    if len(bare) == 1 and before and before[-1] == bare[0] + "姓名":
        columns[at] = bare[0] + "电话"


def _beside_a_name(field: str, people: Sequence[str]) -> bool:
    """Tell whether a column says something of a person besides the name."""
    return any(field.startswith(person) and field != person + "姓名" for person in people)


def phone_of_nobody(columns: Mapping[int, str], labels: Sequence[str]) -> int | None:
    """Find a column of numbers of which nothing says that they are the pupil's: 联系电话."""
    found = (at for at, known in columns.items() if known == "电话")
    return next((at for at in found if not _PUPILS_OWN.search(labels[at])), None)


def _person_named(field: str) -> str:
    """Return whose name a column holds, where that is somebody of the family."""
    return next((person for person in PEOPLE if field == person + "姓名"), "")


def _field_of(label: str, own: Mapping[str, str]) -> str:
    """Name what a column holds: by the batch file's own names first, then by the aliases."""
    plain = plain_header(label)
    if own:
        chosen = {plain_header(name): field for field, name in own.items()}
        if plain in chosen:
            return chosen[plain]
    field = _whose_field(label, plain) or ALIASES.get(plain, "")
    # A field that the batch file names is found under that name alone.
    return "" if field in own else field


def _whose_field(label: str, plain: str) -> str:
    """Read what stands in brackets where it says whose column it is: 家长姓名（父）."""
    found = _WHOSE.search(unicodedata.normalize("NFKC", label))
    if found is None:
        return ""
    if found["number"]:
        return ALIASES.get(plain + found["number"], "")
    parent = "父亲" if found["parent"] in "父爸" else "母亲"
    return ALIASES.get(parent + _ANY_PARENT.sub("", plain), "")


def side_by_side(header: Header, own: Mapping[str, str]) -> tuple[Header, ...]:
    """Divide a header that says the same again to its right: two lists on one sheet."""
    period = _period(header) if header.other_names else 0
    if not period:
        return (header,)
    first = next(at for at, label in enumerate(header.labels) if label)
    starts = range(first, len(header.labels), period)
    return tuple(_part(header, own, start, start + period) for start in starts)


def _period(header: Header) -> int:
    """Return after how many columns the labels begin again; nothing where they do not."""
    plain = [plain_header(label) for label in header.labels]
    first = next(at for at, label in enumerate(plain) if label)
    name = header.column_of("姓名") or 0
    for other in header.other_names:
        step = other - name
        pairs = [(plain[at], plain[at - step]) for at in range(first + step, len(plain))]
        ignored = roster_words()["ignored"]["columns"]
        again = sum(one == before for one, before in pairs if one)
        enough = again >= min(2, len([label for label in plain[first : first + step] if label]))
        if enough and all(one == before or one in ignored for one, before in pairs if one):
            return step
    return 0


def _part(header: Header, own: Mapping[str, str], left: int, right: int) -> Header:
    labels = [""] * left + list(header.labels[left:right])
    part = _header(labels, header.first_row, own, header.rows)
    unused, lists = part.unused, (part.repeated, part.missing, part.labels)
    return Header(header.first_row, part.columns, unused, *lists, left, right, header.rows)
