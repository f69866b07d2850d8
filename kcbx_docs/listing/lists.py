"""The lists that offices keep: who stands on each, and in which columns."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.return_plan import AT_HOME
from kcbx_docs.case.steadiness import RED
from kcbx_docs.light import dataclass, regex
from kcbx_docs.listing import cells
from kcbx_docs.listing.cells import CASE, ID, NAME, NUMBER, Column
from kcbx_docs.listing.children import CaseChild
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.record.home_teaching import taught_since
from kcbx_docs.record.presence import PRESENCES

Belongs = Callable[[CaseChild], bool]
Row = tuple[str, ...]
_NO_NAME, _LONGEST_NAME = regex(r"[][:*?/\\\\]"), 31
"""What the name of a sheet must not hold, and its longest."""
SIGNED = "填表人：　　　　　　　　审核人：　　　　　　　　填表日期：　　　年　　月　　日"
_NOT_ENROLLED, _DROPPED = ("未入学",), ("辍学", "再次辍学")


@dataclass(frozen=True)
class Details:
    """A second sheet: one row for each thing behind the counts of the first."""

    title: str
    heads: Row
    rows: Callable[[CaseChild], Iterable[Row]]
    unit: str = "次"


def _of_events(title: str, kind: str, *columns: tuple[str, Callable[[Event], str]]) -> Details:
    """Make a sheet of the events of a kind."""
    told = [says for _, says in columns]

    def rows(child: CaseChild) -> Iterator[Row]:
        for event in child.events(kind):
            yield tuple(says(event) for says in told)

    return Details(title, tuple(head for head, _ in columns), rows)


@dataclass(frozen=True)
class KeptList:
    """One list: whom it names, and what it says of each."""

    name: str
    belongs: Belongs
    columns: tuple[Column, ...]
    details: Details | None = None
    by_school: bool = False
    """Whether each school has a sheet of its own."""

    @property
    def heads(self) -> Row:
        """Return the heads of the columns."""
        return tuple(column.head for column in self.columns)


def _column(head: str, says: cells.Words) -> Column:
    return Column(head, says)


_WHO = (
    _column(NUMBER, lambda _: ""),
    _column(CASE, lambda child: child.case.id),
    _column(NAME, lambda child: child.pupil.name),
    _column("性别", lambda child: child.pupil.sex or ""),
    _column("民族", lambda child: child.pupil.ethnicity),
    _column(ID, cells.identified),
)
_SHORT_WHO = (*_WHO[:4], _WHO[5])
_SCHOOL = _column("学校", lambda child: child.school)
_CLASS = _column("年级班级", lambda child: child.placed.label)
_HOME = (
    _column("户籍地址", lambda child: child.pupil.registered_address),
    _column("现住址", lambda child: child.pupil.address),
)
_HOUSEHOLD = _column("家庭类别", lambda child: "、".join(child.pupil.household))
_GUARDIANS = _column("监护人", cells.guardians)
_WHY = (
    _column("原因", lambda child: child.pupil.reason),
    _column("去向", lambda child: child.pupil.whereabouts),
)
_ANSWERING = _column("责任人", cells.answering)
_NOW = _column("目前情况", lambda child: child.presence)
_DONE = (
    _column("劝返", cells.persuaded),
    _column("文书", cells.papers),
    _NOW,
    _column("程序", cells.step),
    _column("返校、安置", cells.returned),
    _column("复学观察", cells.observed),
)
_ENDED = _column("销号", cells.ended)
_NOTE = _column("备注", lambda child: child.case.note)
_DISABLED = _column(
    "残疾情况", lambda child: child.pupil.disability if child.pupil.disabled else ""
)


def _away_as(situations: Sequence[str]) -> Belongs:
    return lambda child: child.case.situation in situations and child.was_away()


def _taught_at_home(child: CaseChild) -> bool:
    """Tell whether the child is or was taught at home, or somebody decided that it will be."""
    plan = child.case.return_plan
    planned = plan is not None and plan.placement == AT_HOME
    arranged = planned or child.pupil.placement == AT_HOME
    now = taught_since(child.docket, child.span.last) is not None
    return arranged or now or bool(child.events("送教"))


def _supported(child: CaseChild) -> bool:
    """Tell whether the child was helped, or somebody is named who will."""
    return bool(child.events("帮扶") or cells.helpers(child))


def _left_behind(child: CaseChild) -> bool:
    return child.pupil.left_behind in ("单亲留守", "双亲留守")


def _paired(child: CaseChild) -> str:
    """Name who is paired; of a child on the red list, say that nobody is."""
    named = cells.helpers(child)
    red = child.on_list is not None and child.on_list.which == RED
    return named or ("没有写包保人" if red else "")


_ON_LIST = (
    _column("名单", lambda child: child.on_list.which if child.on_list else ""),
    _column("列入日期", lambda child: str((child.on_list and child.on_list.day) or "")),
    _column("理由", lambda child: child.on_list.reason if child.on_list else ""),
    _column("包保人", _paired),
    _column("决定人", lambda child: "、".join(child.on_list.decided_by) if child.on_list else ""),
)
_TAUGHT = _of_events(
    "送教明细",
    "送教",
    ("日期", lambda one: str(one.day)),
    ("方式", lambda one: one.method),
    ("课时", lambda one: str(one.lessons or "")),
    ("教师", lambda one: "、".join(one.handlers)),
    ("结果", lambda one: one.result),
)
_HELPED = _of_events(
    "帮扶明细",
    "帮扶",
    ("日期", lambda one: str(one.day)),
    ("类别", lambda one: one.help_kind),
    ("方式", lambda one: one.method),
    ("帮扶人", lambda one: "、".join(one.handlers)),
    ("结果", lambda one: one.result),
)
"""What was said in counselling stays in the case file."""

_MADE = Details("文书明细", ("日期", "文书", "文号", "对象", "送达"), cells.paper_rows, "份")
_EVERY = (
    KeptList(
        "失学台账",
        _away_as(_NOT_ENROLLED),
        (
            *_WHO,
            _column("应就读学校", lambda child: child.school),
            *_HOME,
            _HOUSEHOLD,
            _DISABLED,
            _GUARDIANS,
            _column("应入学而未到校", cells.absent_since),
            *_WHY,
            _ANSWERING,
            *_DONE,
            _ENDED,
            _NOTE,
        ),
        _MADE,
    ),
    KeptList(
        "辍学台账",
        _away_as(_DROPPED),
        (
            *_WHO,
            _column("学籍号", lambda child: child.pupil.pupil_number),
            _SCHOOL,
            _CLASS,
            *_HOME,
            _HOUSEHOLD,
            _GUARDIANS,
            _column("情形", lambda child: child.case.situation),
            _column("辍学日期", cells.absent_since),
            *_WHY,
            _ANSWERING,
            *_DONE,
            _column("学籍标注", cells.marks),
            _ENDED,
            _NOTE,
        ),
        _MADE,
    ),
    KeptList(
        "送教台账",
        _taught_at_home,
        (
            *_SHORT_WHO,
            _SCHOOL,
            _CLASS,
            _HOME[1],
            _DISABLED,
            _GUARDIANS,
            _column("送教开始", cells.taught_from),
            _column("送教次数", cells.visits),
            _column("课时", cells.lessons),
            _column("最近一次", cells.taught_last),
            _column("教师", cells.teachers),
            _column("近几周够不够", cells.frequency),
            _NOTE,
        ),
        _TAUGHT,
    ),
    KeptList(
        "帮扶台账",
        _supported,
        (
            *_SHORT_WHO,
            _SCHOOL,
            _CLASS,
            _HOUSEHOLD,
            _GUARDIANS,
            _column("帮扶人", cells.helpers),
            _column("帮扶", cells.support),
            _column("最近一次", cells.supported_last),
            _NOW,
            _NOTE,
        ),
        _HELPED,
    ),
    KeptList(
        "红白名单",
        lambda child: child.on_list is not None,
        (
            *_SHORT_WHO,
            _SCHOOL,
            _CLASS,
            _HOUSEHOLD,
            _GUARDIANS,
            *_ON_LIST,
            _NOW,
            _NOTE,
        ),
    ),
    KeptList(
        "留守儿童",
        _left_behind,
        (
            *_SHORT_WHO,
            _SCHOOL,
            _CLASS,
            _HOME[1],
            _column("留守情况", lambda child: child.pupil.left_behind or ""),
            _GUARDIANS,
            _column("父母去向", cells.whereabouts),
            _column("父母住址和变动", cells.homes),
            _column("受托照护人", cells.carers),
            _column("家校联系", cells.contacts),
            _NOW,
            _NOTE,
        ),
    ),
    KeptList(
        "一校一册",
        lambda _: True,
        (
            *_SHORT_WHO,
            _CLASS,
            _column("情形", lambda child: child.case.situation),
            _column("缺课日期", cells.absent_since),
            *_WHY,
            _column("劝返", cells.persuaded),
            _column("文书份数", cells.papers),
            _NOW,
            _column("程序", cells.step),
            _column("返校、安置", cells.returned),
            _column("复学观察", cells.observed),
            _ENDED,
            _NOTE,
        ),
        by_school=True,
    ),
)
LISTS: Mapping[str, KeptList] = {one.name: one for one in _EVERY}
NO_SCHOOL = "没有写学校"


@dataclass(frozen=True)
class ListHead:
    """What a list covers; told below it, and read from there when it comes back."""

    office: str
    day: str
    term: str = ""
    schools: tuple[str, ...] = ()
    unread: int = 0
    """Files that could not be read, so that their children are on no list."""

    @property
    def told(self) -> str:
        """Say it in one line."""
        term = f"　学期：{self.term}" if self.term else ""
        schools = f"　学校：{'、'.join(self.schools)}" if self.schools else ""
        return f"{self.office}　截至 {self.day}{term}{schools}"

    @property
    def left_out(self) -> str:
        """Say how many files could not be read."""
        return f"另有{self.unread}个文件有错误，没有计入。" if self.unread else ""


def tables_of_list(
    kept: KeptList, children: Sequence[CaseChild], head: ListHead, *, open_ids: bool = False
) -> tuple[TextTable, ...]:
    """Make the sheets of a list."""
    named = [child for child in children if kept.belongs(child)]
    hidden = str if open_ids else mask_numbers
    tables = [
        TextTable(title, kept.heads, rows_of(kept, own, hidden), _foot(own, children, head))
        for title, own in _sheets(kept, named)
    ]
    if kept.details:
        tables.append(_details(kept.details, named, head))
    return tuple(tables)


def rows_of(
    kept: KeptList, children: Sequence[CaseChild], hidden: Callable[[str], str]
) -> tuple[Row, ...]:
    """Write a row for each child, numbered; numbers of identity as ``hidden`` shows them."""
    numbered = enumerate(children, 1)
    return tuple(tuple(_cells(kept, child, number, hidden)) for number, child in numbered)


def _cells(
    kept: KeptList, child: CaseChild, number: int, hidden: Callable[[str], str]
) -> Iterator[str]:
    for column in kept.columns:
        yield str(number) if column.head == NUMBER else hidden(column.says(child))


def _sheets(
    kept: KeptList, children: Sequence[CaseChild]
) -> Iterator[tuple[str, Sequence[CaseChild]]]:
    """Yield the sheets with their children: one, or one for each school."""
    if not kept.by_school or not children:
        yield kept.name, children
        return
    named: set[str] = set()
    for school in dict.fromkeys(child.school for child in children):
        title = _sheet_name(school or NO_SCHOOL, named)
        named.add(title)
        yield title, [child for child in children if child.school == school]


def _sheet_name(text: str, taken: Container[str]) -> str:
    """Return a name that a spreadsheet takes: no odd signs, not too long, nobody else's."""
    plain = _NO_NAME.sub("－", text)[:_LONGEST_NAME]
    names = (plain, *(f"{plain[: _LONGEST_NAME - 3]}（{n}" for n in range(2, 100)))
    return next(name for name in names if name not in taken)


def _foot(
    named: Sequence[CaseChild], children: Sequence[CaseChild], head: ListHead
) -> tuple[str, ...]:
    """Say what is covered, and how the rows add up to the cases."""
    counts = Counter(child.presence for child in named)
    parts = "、".join(f"{one}{counts[one]}人" for one in PRESENCES if counts[one])
    rest = len(children) - len(named)
    sums = f"全部案件{len(children)}件：列入本表{len(named)}人，没有列入{rest}件。"
    return head.told, f"{sums}{f'列入的：{parts}。' if parts else ''}{head.left_out}", SIGNED


def _details(details: Details, children: Sequence[CaseChild], head: ListHead) -> TextTable:
    """List everything behind the counts."""
    rows: list[Row] = []
    for child in children:
        for told in details.rows(child):
            rows.append((str(len(rows) + 1), child.case.id, child.pupil.name, *told))
    heads = (NUMBER, CASE, NAME, *details.heads)
    foot = (head.told, f"共{len(rows)}{details.unit}。")
    return TextTable(details.title, heads, tuple(rows), foot)
