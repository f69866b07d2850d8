"""What came of a comparison as tables: each person with where he stands and why he is listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kcbx_docs.case.ids import mask
from kcbx_docs.comparing.findings import Doubt, Findings, Missed, Odd
from kcbx_docs.comparing.people import Kind, People
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import Problem

_PERSON = (
    "姓名",
    "性别",
    "身份证号",
    "出生日期",
    "学校",
    "班级",
    "监护人",
    "电话",
    "住址",
    "家庭类别",
)
_HEADS = ("序号", *_PERSON, "为什么列入", "名单里写的", "所在名单")
_HOW = {
    "同号异名": "身份证号相同，姓名不同",
    "错号同名": "姓名相同，身份证号也写得一样，但是号码有误，不能凭它认人",
    "同名同生日": "姓名、出生日期相同，身份证号不同或者有一方没有",
    "仅同名": "只有姓名相同，有一方没有身份证号、出生日期",
}
_MOST = 5
"""People of one name that are shown beside a doubtful one."""
Lists = Mapping[Kind, People]


def tables_of(
    findings: Findings, lists: Lists, problems: Sequence[Problem], *, open_ids: bool
) -> tuple[TextTable, ...]:
    """Lay out the lists, the doubts, what does not agree, the account, and faults of the lists."""
    writer = _Writer(lists, open_ids=open_ids)
    named = [
        TextTable(f"{name}名单", _HEADS, tuple(writer.persons(found)), _TO_BE_EXAMINED)
        for name, found in findings.lists.items()
    ]
    doubts = TextTable("存疑", _DOUBT_HEADS, tuple(writer.doubts(findings.doubts)), _DOUBTED)
    odd = TextTable("另列", _HEADS, tuple(writer.persons(findings.odd)), _ASIDE)
    faults = TextTable("名单问题", ("位置", "问题", "怎么办"), tuple(map(_fault, problems)))
    return (*named, doubts, odd, _account(findings, lists), faults)


_TO_BE_EXAMINED = ("名单是比对的结果，不是认定：请逐人核查去向和原因以后再立案件。",)
_DOUBT_HEADS = (
    *("序号", "姓名", "身份证号", "出生日期", "所在名单", "关系到", "疑点"),
    *("对方名单里的姓名", "对方身份证号", "对方出生日期", "对方所在"),
)
_DOUBTED = ("存疑的人没有列入各名单：核对以后，是同一个人的改正号码，不是的照样列入，再比对一次。",)
_ASIDE = ("几份名单说的不一致，或者先要查明年龄、去向的，都在这里，没有列入各名单。",)


class _Writer:
    def __init__(self, lists: Lists, *, open_ids: bool) -> None:
        self.lists, self.open_ids = lists, open_ids

    def persons(self, found: Iterable[Missed | Odd]) -> Iterator[tuple[str, ...]]:
        for number, one in enumerate(found, 1):
            people = self.lists[one.kind]
            own = (self._said(people, one.row, name) for name in _PERSON)
            remark = people.told(one.row, "remark")
            yield str(number), *own, one.reason, remark, self._where(people, one.row)

    def doubts(self, found: Iterable[Doubt]) -> Iterator[tuple[str, ...]]:
        for number, one in enumerate(found, 1):
            mine, theirs = self.lists[one.kind], self.lists[one.other]
            rows = one.match.rows[:_MOST]
            yield (
                str(number),
                *(self._said(mine, one.row, name) for name in ("姓名", "身份证号", "出生日期")),
                self._where(mine, one.row),
                one.about,
                self._why(one),
                *(self._beside(theirs, rows, name) for name in ("姓名", "身份证号", "出生日期")),
                "\n".join(self._where(theirs, row) for row in rows),
            )

    def _why(self, doubt: Doubt) -> str:
        count = len(doubt.match.rows)
        return _HOW[doubt.match.how] + (f"；对方名单里有 {count} 人" if count > 1 else "")

    def _beside(self, people: People, rows: Iterable[int], name: str) -> str:
        return "\n".join(self._said(people, row, name) or "没有" for row in rows)

    def _said(self, people: People, row: int, name: str) -> str:
        if name == "身份证号":
            number = people.told(row, "id")
            return number if self.open_ids else mask(number)
        return people.told(row, {"出生日期": "birth"}.get(name, name))

    def _where(self, people: People, row: int) -> str:
        place = people.place(row)
        return f"{people.kind}：{place.file} {place.path}"


def _account(findings: Findings, lists: Lists) -> TextTable:
    """Count everybody of every list once: what was read, and what became of it."""
    rows: list[tuple[str, ...]] = []
    for kind, people in lists.items():
        rows.append((kind, "读到的行", str(people.rows)))
        rows.append((kind, "其中：小标题、合计、没有姓名", str(people.skipped)))
        rows.append((kind, "其中：同一人重复", str(people.doubled)))
        rows.append((kind, "比对的人", str(people.count)))
        became = findings.account.get(kind, {})
        rows += [(kind, f"其中：{what}", str(count)) for what, count in became.items()]
    return TextTable("核对账", ("名单", "项目", "人数"), tuple(rows), _HOW_IT_WAS_DONE)


_HOW_IT_WAS_DONE = (
    "先按身份证号认人，姓名也相同的才算确定；其余按姓名和出生日期、按姓名，都列在存疑，由人核对。",
    "同一份名单里「其中」各项相加，等于它上面的数。",
)


def _fault(found: Problem) -> tuple[str, str, str]:
    return str(found.place), found.message, found.hint
