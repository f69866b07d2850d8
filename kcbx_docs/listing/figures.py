"""The figures of a month or a week: each of them is the cases that were counted, and nothing else.

Who was away at the beginning, and began to be, less those who came back and those whose case ended
otherwise, makes who is away at the end: each of the five is counted for itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import STAGES, CaseChild, Stage, Whom
from kcbx_docs.listing.leads import ListedLead
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.record.attendance import ABSENT
from kcbx_docs.record.observing import OBSERVED
from kcbx_docs.record.presence import AWAY, BACK, presence_on

ADDED = BEFORE, BEGAN, CAME_BACK, LEFT, AFTER = "1", "2", "3", "4", "5"
"""The five figures that add up: 1 + 2 - 3 - 4 = 5."""
_UNTOLD = "没有写明"


@dataclass(frozen=True)
class Counted:
    """One thing that was counted: of which child, when, what, and for how much it counts."""

    who: Whom
    day: date | None
    what: str
    weight: int = 1


@dataclass(frozen=True)
class Figure:
    """One line of a report."""

    number: str
    name: str
    unit: str
    counted: tuple[Counted, ...]
    note: str = ""

    @property
    def total(self) -> int:
        """Return the figure."""
        return sum(one.weight for one in self.counted)

    def of_stage(self, stage: Stage) -> int:
        """Return the part of it that is of one stage of school."""
        return sum(one.weight for one in self.counted if one.who.stage == stage)

    def of_school(self, school: str) -> int:
        """Return the part of it that is of one school."""
        return sum(one.weight for one in self.counted if one.who.school == school)


@dataclass(frozen=True)
class ListedAway:
    """A pupil on a school's list of the week, and what the school decided."""

    who: Whom
    day: date | None
    standing: str


@dataclass(frozen=True)
class Movement:
    """A day on which a child began to be away or ceased to be, and how."""

    day: date
    began: bool
    how: str


def changes(child: CaseChild) -> Iterator[Movement]:
    """Follow a child from day to day: whenever it was away and is not any more, or the reverse."""
    eve = child.span.eve
    away = eve is not None and presence_on(child.docket, eve) == AWAY
    for day in dict.fromkeys(one.day for one in child.happened if one.day in child.span):
        now = presence_on(child.docket, day)
        if (now == AWAY) != away:
            away = now == AWAY
            yield Movement(day, away, _beginning(child, day) if away else _end(child, day))


def _beginning(child: CaseChild, day: date) -> str:
    """Name how an absence began: what the case is about, a new absence, or a case resumed."""
    kinds = [one.kind for one in child.happened if one.day == day and one.kind in ABSENT]
    if not kinds:
        return "恢复办理"
    return "再次辍学" if "再次缺课" in kinds else child.case.situation


def _end(child: CaseChild, day: date) -> str:
    return "返校" if child.docket.attendance(day).back else presence_on(child.docket, day)


def figures_of(
    children: Sequence[CaseChild],
    leads: Sequence[ListedLead] = (),
    listed: Sequence[ListedAway] = (),
) -> tuple[Figure, ...]:
    """Count everything that a report tells."""
    return (
        *_movements(children),
        *_events("6", "学籍标注", children, "学籍标注", lambda one: one.result),
        *_work(children),
        *_leads(leads, children),
        *_of_those_away(children),
        *_events("18", "复学观察", children, OBSERVED, lambda one: one.result),
        _observed(children),
        *_on_lists(listed),
    )


def _movements(children: Sequence[CaseChild]) -> Iterator[Figure]:
    before = [
        Counted(child.subject, child.span.eve, "期初未到校")
        for child in children
        if child.span.eve and presence_on(child.docket, child.span.eve) == AWAY
    ]
    moved = [*chain.from_iterable(map(_moved, children))]
    began = [counted for one, counted in moved if one.began]
    back = [counted for one, counted in moved if not one.began and one.how == "返校"]
    left = [counted for one, counted in moved if not one.began and one.how != "返校"]
    yield _figure(BEFORE, "期初未到校", "人", before)
    yield _figure(BEGAN, "本期新增", "人次", began)
    yield from _parts(BEGAN, began, "人次")
    yield _figure(CAME_BACK, "本期返校", "人次", back)
    yield _figure(LEFT, "本期没有返校而结案、移交", "人次", left)
    away = [
        Counted(child.subject, None, _since(child)) for child in children if child.presence == AWAY
    ]
    yield _figure(AFTER, "期末未到校", "人", away, "＝1＋2－3－4")


def _moved(child: CaseChild) -> Iterator[tuple[Movement, Counted]]:
    for one in changes(child):
        yield one, Counted(child.subject, one.day, one.how)


def _since(child: CaseChild) -> str:
    return f"{child.docket.attendance(child.span.last).since}起"


def _figure(
    number: str, name: str, unit: str, counted: Iterable[Counted], note: str = ""
) -> Figure:
    return Figure(number, name, unit, tuple(counted), note)


def _parts(number: str, counted: Sequence[Counted], unit: str) -> Iterator[Figure]:
    """Divide a figure by what was counted; the parts add up to it."""
    for place, what in enumerate(sorted({one.what for one in counted}), 1):
        same = [one for one in counted if one.what == what]
        yield _figure(f"{number}.{place}", f"其中：{what}", unit, same)


def _events(
    number: str,
    name: str,
    children: Sequence[CaseChild],
    kind: str,
    told: Callable[[Event], str],
) -> Iterator[Figure]:
    """Count the events of a kind, divided by what they tell."""
    counted = [*chain.from_iterable(_held(child, kind, told) for child in children)]
    yield _figure(number, name, "次", counted)
    yield from _parts(number, counted, "次")


def _held(child: CaseChild, kind: str, told: Callable[[Event], str]) -> Iterator[Counted]:
    for one in child.events(kind):
        yield Counted(child.subject, one.day, told(one) or _UNTOLD)


_WORK: tuple[tuple[str, str, Callable[[Event], str]], ...] = (
    ("劝返", "劝返", lambda one: one.result),
    ("批评教育", "批评教育", lambda one: one.method),
    ("书面报告", "书面报告", lambda one: "、".join(one.targets)),
    ("帮扶", "帮扶", lambda one: one.help_kind),
    ("送教", "送教", lambda one: one.method),
)


def _work(children: Sequence[CaseChild]) -> Iterator[Figure]:
    number = 7
    for kind, name, told in _WORK:
        yield from _events(str(number), name, children, kind, told)
        number += 1
    taught = chain.from_iterable(map(_taught, children))
    yield _figure(str(number), "送教课时", "课时", taught)
    papers = [*chain.from_iterable(map(_papers, children))]
    yield _figure(str(number + 1), "制发文书", "份", papers)
    yield from _parts(str(number + 1), papers, "份")


def _taught(child: CaseChild) -> Iterator[Counted]:
    for one in child.events("送教"):
        yield Counted(child.subject, one.day, one.method, one.lessons or 0)


def _papers(child: CaseChild) -> Iterator[Counted]:
    """Count the papers, without those of what was counted as done already."""
    recorded = {kind for kind, _, _ in _WORK}
    for act in child.acts:
        if act.event.kind not in recorded:
            yield Counted(child.subject, act.day, f"《{child.docket.law.title(act.document)}》")


def _leads(leads: Sequence[ListedLead], children: Sequence[CaseChild]) -> Iterator[Figure]:
    """Count the leads that came, by what became of them, and those that wait at the end; a call
    that somebody wrote into a case at once is one too.
    """
    come = [Counted(one.who, one.day, one.state) for one in leads if one.came]
    come += chain.from_iterable(map(_told_of_a_case, children))
    yield _figure("14", "本期接到线索", "条", come, "到期末怎样处理；直接记在案件里的也算")
    yield from _parts("14", come, "条")
    waiting = [Counted(one.who, one.day, one.state) for one in leads if one.waits]
    yield _figure("15", "期末没有处理的线索", "条", waiting)


def _told_of_a_case(child: CaseChild) -> Iterator[Counted]:
    """Yield the leads of a case that are not those of a list: these have a number there."""
    for one in child.events("接到线索"):
        if not one.lead:
            yield Counted(child.subject, one.day, "记在案件里")


def _of_those_away(children: Sequence[CaseChild]) -> Iterator[Figure]:
    away = [child for child in children if child.presence == AWAY]
    reasons = [Counted(child.subject, None, child.pupil.reason or _UNTOLD) for child in away]
    yield _figure("16", "期末未到校的，按失学原因", "人", reasons, "照案件里写的原因")
    yield from _parts("16", reasons, "人")
    homes = [*chain.from_iterable(map(_homes, away))]
    yield _figure("17", "期末未到校的，按家庭类别", "人次", homes, "一人可以有几类")
    yield from _parts("17", homes, "人次")


def _homes(child: CaseChild) -> Iterator[Counted]:
    for kind in dict.fromkeys(child.pupil.household):
        yield Counted(child.subject, None, kind)


def _observed(children: Sequence[CaseChild]) -> Figure:
    """Count the children of whom a check after the return is still to come."""
    counted = [
        Counted(child.subject, child.observing.next, "约定的观察日")
        for child in children
        if child.presence == BACK and child.observing.next
    ]
    return _figure("19", "期末已返校、观察没有做完的", "人", counted, "没有约定观察日的不算")


def _on_lists(listed: Sequence[ListedAway]) -> Iterator[Figure]:
    """Count who stands on the last list of each school; nothing where no list was kept."""
    if listed:
        counted = [Counted(one.who, one.day, one.standing) for one in listed]
        yield _figure("20", "最近一份周结名单", "人", counted, "照学校的研判，各校最后一份")
        yield from _parts("20", counted, "人")


_HEADS = ("序号", "项目", "单位", *STAGES, "合计", "说明")
_BEHIND = (
    "序号",
    "项目",
    "学段",
    "学校",
    "年级班级",
    "案件编号",
    "姓名",
    "日期",
    "数",
    "数的是什么",
)
_BY_SCHOOL = ("学校", "期初未到校", "本期新增", "本期返校", "没有返校而结案、移交", "期末未到校")


def report_tables(
    title: str, figures: Sequence[Figure], foot: Sequence[str]
) -> tuple[TextTable, ...]:
    """Lay out the figures, the five that add up by school, and the cases behind each."""
    rows = tuple(map(_line, figures))
    return (
        TextTable(title, _HEADS, rows, tuple(foot)),
        _schools(figures, foot),
        TextTable("明细", _BEHIND, tuple(behind(figures)), tuple(foot[:1])),
    )


def _line(one: Figure) -> tuple[str, ...]:
    stages = (str(one.of_stage(stage)) for stage in STAGES)
    return (one.number, one.name, one.unit, *stages, str(one.total), one.note)


def _schools(figures: Sequence[Figure], foot: Sequence[str]) -> TextTable:
    added = [one for one in figures if one.number in ADDED]
    counted = chain.from_iterable(figure.counted for figure in added)
    schools = sorted({one.who.school for one in counted})
    rows = [_line_of(school, added) for school in schools]
    rows.append(("合计", *(str(figure.total) for figure in added)))
    return TextTable("分学校", _BY_SCHOOL, tuple(rows), tuple(foot[:1]))


def _line_of(school: str, figures: Sequence[Figure]) -> tuple[str, ...]:
    return (school or "没有写学校", *(str(figure.of_school(school)) for figure in figures))


def behind(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    """List what was counted for each figure; no number of identity is among it."""
    return chain.from_iterable(map(behind_figure, figures))


def behind_figure(figure: Figure) -> Iterator[tuple[str, ...]]:
    """List what was counted for one figure: its rows add up to it."""
    for one in figure.counted:
        who = one.who
        yield (
            figure.number,
            figure.name,
            who.stage,
            who.school,
            who.label,
            who.id,
            who.name,
            str(one.day or ""),
            str(one.weight),
            mask_numbers(one.what),
        )
