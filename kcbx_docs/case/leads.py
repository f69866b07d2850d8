"""Leads: children of whom somebody says that they may have left school, before there is a case.

Many stand in one file. What became of a lead is written below it and nothing is taken away: a lead
is new until somebody accepts it, as a case, or rejects it with a reason.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from kcbx_docs.case.fields import FolderName, Name, Text, Texts
from kcbx_docs.case.ids import RESIDENT, faults_of_id, mask
from kcbx_docs.case.slip_checks import check_phone
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, as_warning, problem
from kcbx_docs.reading import Day, MaybeDay, Model, Source

Whence = Literal["学校", "村（居）委会", "群众", "其他单位", "巡查", "比对"]
Outcome = Literal["受理", "不受理", "重新考虑"]
ACCEPTED: Outcome = "受理"
REJECTED: Outcome = "不受理"
AGAIN: Outcome = "重新考虑"
WhyNot = Literal[
    "已经到校",
    "请假",
    "休学或者缓学",
    "已经转学",
    "不在义务教育年龄",
    "重复",
    "信息有误",
    "不属本辖区",
    "其他",
]
_EXPLAINED: tuple[WhyNot, ...] = ("信息有误", "不属本辖区", "其他")
"""Reasons that say nothing unless somebody explains them: who was told, what is wrong."""


class LeadEntry(Model):
    """One child, and what was heard."""

    id: FolderName = Field(alias="编号", description="线索编号，如 X2026-001")
    name: Name = Field(alias="姓名", description="学生姓名")
    day: Day = Field(alias="接到日期", description="哪一天知道的")
    source: Whence = Field(alias="来源", description="从哪里来")
    reporter: Text = Field(default="", alias="反映人", description="谁反映的，如班主任姓名")
    id_number: Text = Field(default="", alias="身份证号", description="知道的才写")
    birth: MaybeDay = Field(default=None, alias="出生日期", description="知道的才写")
    pupil_number: Text = Field(default="", alias="学籍号", description="知道的才写")
    school: Text = Field(default="", alias="学校", description="就读或者应当就读的学校")
    grade: Text = Field(default="", alias="年级", description="如 八年级")
    class_name: Text = Field(default="", alias="班级", description="如 2班")
    last_seen: MaybeDay = Field(default=None, alias="最后到校", description="最后一天到校的日期")
    absent_days: Text = Field(default="", alias="缺课天数", description="缺课几天，写数字")
    reason: Text = Field(default="", alias="原因", description="听说的原因、去向")
    guardian: Text = Field(default="", alias="监护人", description="家长姓名，知道的才写")
    phone: Text = Field(default="", alias="电话", description="联系电话")
    address: Text = Field(default="", alias="住址", description="现住址")
    note: Text = Field(default="", alias="备注", description="需要说明的其他情况")

    @property
    def told(self) -> str:
        """Tell in one sentence what was heard; only what the list says."""
        seen = f"最后到校 {self.last_seen}" if self.last_seen else ""
        days = f"缺课 {self.absent_days} 天" if self.absent_days else ""
        return "，".join(filter(None, (seen, days, self.reason, self.note)))


class LeadHandling(Model):
    """What somebody decided on some leads."""

    day: Day = Field(alias="日期", description="决定的日期")
    leads: Texts = Field(alias="线索", description="线索编号", min_length=1)
    outcome: Outcome = Field(alias="结果", description="受理、不受理，或者以后重新考虑")
    why: WhyNot | None = Field(default=None, alias="理由", description="不受理的，选一种")
    text: Text = Field(default="", alias="说明", description="怎样查明的，转告了谁")
    handlers: Texts = Field(default=(), alias="承办人", description="谁决定的")
    case: Text = Field(default="", alias="案件", description="受理的，案件编号")


class Leads(Model):
    """Leads that came together: one file."""

    of_office: ClassVar = True

    kind: Literal["疑似辍学"] = Field(alias="线索", description="固定写 疑似辍学；这一行必须在最前")
    id: FolderName | None = Field(default=None, alias="编号", description="不写就是文件名")
    entries: tuple[LeadEntry, ...] = Field(
        default=(), alias="名单", description="一名孩子一项；记下的不删，处理的结果写在「处理」"
    )
    handled: tuple[LeadHandling, ...] = Field(
        default=(), alias="处理", description="由 kcbx lead 写：受理、不受理，谁、哪一天、为什么"
    )

    def open_on(self, day: date) -> tuple[LeadEntry, ...]:
        """List the leads that had come by a day and wait for a decision."""
        known = (one for one in self.entries if one.day <= day)
        return tuple(one for one in known if not self.decided(one.id, day))

    def decided(self, lead: str, day: date = date.max) -> LeadHandling | None:
        """Return the last decision on a lead by a day, unless it is to be considered again."""
        found = [one for one in self.handled if lead in one.leads and one.day <= day]
        last = max(found, key=lambda one: one.day, default=None) if found else None
        if found and last:
            last = [one for one in found if one.day == last.day][-1]
        return None if last is None or last.outcome == AGAIN else last


@dataclass(frozen=True)
class Handled:
    """A lead with what became of it."""

    entry: LeadEntry
    decision: LeadHandling | None

    @property
    def state(self) -> str:
        """Name where it stands."""
        return self.decision.outcome if self.decision else "没有处理"


def handled_of(leads: Leads, day: date = date.max) -> tuple[Handled, ...]:
    """List all leads of a file that had come by a day, with what became of each."""
    known = (one for one in leads.entries if one.day <= day)
    return tuple(Handled(one, leads.decided(one.id, day)) for one in known)


def check_leads(leads: Leads, source: Source, today: date) -> Iterator[Problem]:
    """Yield what is wrong with leads: numbers that stand twice, decisions that say too little."""
    seen: dict[str, int] = {}
    for number, entry in enumerate(leads.entries):
        if seen.setdefault(entry.id, number) != number:
            yield problem(
                "LEAD001", source.place(("名单", number, "编号"), value=True), id=entry.id
            )
        if entry.day > today:
            place = source.place(("名单", number, "接到日期"), value=True)
            yield problem("LEAD002", place, day=entry.day)
        if entry.last_seen and entry.last_seen > entry.day:
            place = source.place(("名单", number, "最后到校"), value=True)
            yield problem("LEAD003", place, seen=entry.last_seen, day=entry.day)
        yield from _odd_numbers(entry, number, source, today)
    came = {entry.id: entry.day for entry in leads.entries}
    for number, one in enumerate(leads.handled):
        yield from _faults(one, number, came, source)


def _odd_numbers(entry: LeadEntry, number: int, source: Source, today: date) -> Iterator[Problem]:
    """Remind of numbers that nobody has: they were misheard, and nobody is reached by them."""
    if entry.id_number and any(faults_of_id(entry.id_number, RESIDENT, today)):
        place = source.place(("名单", number, "身份证号"), value=True)
        yield problem("LEAD140", place, number=mask(entry.id_number))
    loc = ("名单", number)
    yield from map(as_warning, check_phone(entry.phone, f"线索 {entry.id}", loc, source))


def _faults(
    one: LeadHandling, number: int, came: dict[str, date], source: Source
) -> Iterator[Problem]:
    place = source.place(("处理", number))
    for lead in one.leads:
        if lead not in came:
            yield problem("LEAD004", place, id=lead)
        elif one.day < came[lead]:
            yield problem("LEAD005", place, day=one.day, came=came[lead])
    if one.outcome == REJECTED and one.why is None:
        yield problem("LEAD006", place)
    if one.outcome == REJECTED and one.why in _EXPLAINED and not one.text:
        yield problem("LEAD007", place, why=one.why)
    if one.outcome == ACCEPTED and not one.case:
        yield problem("LEAD008", place)
