"""Facts of a case that cannot both be so, each told with the place of the other: a mark of the
school's register after the return, a father who is a woman, a plan that begins before the return.

All of it is a reminder: which of the two is wrong only a person knows.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from kcbx_docs.case.births import GRADES
from kcbx_docs.case.event import Event
from kcbx_docs.case.ids import age_on
from kcbx_docs.case.model import Case, Guardian
from kcbx_docs.case.whereabouts import AT_HOME, AWAY, DEAD, MISSING
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.reading import Loc, Source

_FATHERS, _MOTHERS = ("父亲", "生父", "继父", "养父"), ("母亲", "生母", "继母", "养母")
_BORN_OF = ("父亲", "生父", "母亲", "生母")
_PARENTS = (*_BORN_OF, "养父", "养母")
"""Whose being away or at home makes a child left behind or not; no step-parent."""
_BEFORE_BIRTH = timedelta(days=300)
"""A father may die so long before his child is born."""
_LESSONS = 10
"""More lessons in a day than anybody gives at a home; no rule of law."""
_SMALL = 3
"""So many years are added to a grade for the youngest age that may be right: 4 for the first."""
_DAWN = 6
_VISITS = ("劝返", "核查", "送教", "询问", "送达", "帮扶")
_ORPHAN = "孤儿"


def check_odd_facts(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Yield what of the file contradicts other parts of it."""
    yield from chain.from_iterable(check(case, source) for check in _CHECKS)
    yield from _child(case, source, today)
    yield from _to_come(case, source, today)
    for number, guardian in enumerate(case.guardians):
        yield from _parent(case, guardian, ("监护人", number), source)
    yield from _home(case, source)


def _where(place: Place) -> str:
    return f"（第 {place.line} 行）" if place.line else ""


def _event(source: Source, number: int, key: str = "日期") -> Place:
    return source.place(("经过", number, key), value=True)


def _ordered(case: Case) -> list[tuple[int, Event]]:
    return sorted(enumerate(case.history), key=lambda one: one[1].moment)


def _missed(event: Event) -> bool:
    """Tell whether a child that had come back was found away, whether or not that is called a new
    absence; a record without one is asked about by the procedure.
    """
    return event.still_away or (event.kind == "复学观察" and not event.comes_back)


def _marks(case: Case, source: Source) -> Iterator[Problem]:
    """The mark in the school's register says that the child is away after it came back, or that
    it is back while it is away.
    """
    last: tuple[int, Event] | None = None
    for number, event in _ordered(case):
        if event.comes_back or event.kind in ("首次缺课", "再次缺课"):
            last = (number, event)
        elif _missed(event) and last and last[1].comes_back:
            last = None
        elif event.kind == "学籍标注" and last and event.day > last[1].day:
            back = last[1].comes_back
            if event.result == ("辍学" if back else "复学"):
                where = _where(_event(source, last[0]))
                facts = {"day": event.day, "result": event.result, "kind": last[1].kind}
                place = _event(source, number, "结果")
                yield problem("CASE280", place, **facts, other=last[1].day, where=where)


def _returns(case: Case, source: Source) -> Iterator[Problem]:
    """A child comes back once from each absence."""
    back: tuple[int, Event] | None = None
    for number, event in _ordered(case):
        if event.kind == "返校" and back:
            where = _where(_event(source, back[0]))
            yield problem("CASE281", _event(source, number), other=back[1].day, where=where)
        if event.kind in ("返校", "再次缺课", "首次缺课") or _missed(event):
            back = (number, event) if event.kind == "返校" else None


def _after_return(case: Case, source: Source) -> Iterator[Problem]:
    """A return is certified once it has been, and the child is looked after afterwards."""
    first = next((one for one in _ordered(case) if one[1].comes_back), None)
    for number, event in _ordered(case):
        if event.certified and event.certified < event.day:
            facts = {"certified": event.certified, "day": event.day}
            yield problem("CASE297", _event(source, number, "出具日期"), **facts)
        if early := [day for day in event.observe_on if day <= event.day]:
            facts = {"day": min(early), "other": event.day}
            yield problem("CASE302", _event(source, number, "观察日期"), **facts)
        if event.kind == "复学观察" and (first is None or event.day < first[1].day):
            other = f"，返校是 {first[1].day}{_where(_event(source, first[0]))}" if first else ""
            yield problem("CASE282", _event(source, number), day=event.day, other=other)


def _lessons(case: Case, source: Source) -> Iterator[Problem]:
    """A teacher gives so many lessons in a day and not more."""
    given: dict[date, list[tuple[int, Event]]] = defaultdict(list)
    for number, event in enumerate(case.history):
        if event.kind == "送教" and event.lessons:
            given[event.day].append((number, event))
    for day, several in given.items():
        count = sum(event.lessons or 0 for _, event in several)
        if count > _LESSONS:
            *others, (last, _) = several
            where = "、".join(_where(_event(source, number)) for number, _ in others)
            yield problem(
                "CASE283", _event(source, last, "课时"), day=day, count=count, where=where
            )


def _plan(case: Case, source: Source) -> Iterator[Problem]:
    """The plan of a return begins with it."""
    plan = case.return_plan
    back = [one for one in _ordered(case) if one[1].comes_back]
    if plan is None or not back:
        return
    number, first = back[0]
    where = _where(_event(source, number))
    days = {"开始日期": plan.start, "回访日期": min(plan.reviews, default=None)}
    for key, day in days.items():
        if day and day < first.day:
            place = source.place(("复学方案", key), value=True)
            yield problem("CASE284", place, key=key, day=day, other=first.day, where=where)


def _clocks(case: Case, source: Source) -> Iterator[Problem]:
    """Nobody calls on a family before dawn: who writes 3:00 means the afternoon."""
    for number, event in enumerate(case.history):
        if facts := odd_hour(event):
            yield problem("CASE285", _event(source, number, "时间"), **facts)


def odd_hour(event: Event) -> dict[str, str]:
    """Return the hour of a call before dawn and what is meant by it; nothing for any other."""
    if event.kind not in _VISITS or event.clock is None or event.clock.hour >= _DAWN:
        return {}
    after = event.clock.replace(hour=event.clock.hour + 12)
    return {"kind": event.kind, "clock": f"{event.clock:%H:%M}", "after": f"{after:%H:%M}"}


def _twice_at_once(case: Case, source: Source) -> Iterator[Problem]:
    """One officer is not at two places at the same minute; at one visit he may do two things."""
    met: dict[tuple[object, ...], int] = {}
    for number, event in enumerate(case.history):
        if event.kind not in _VISITS or event.clock is None or event.kind == "送达":
            continue
        for name in event.handlers:
            other = met.setdefault((event.day, event.clock, name), number)
            if other != number and _apart(event, case.history[other]):
                facts = {"name": name, "clock": f"{event.day} {event.clock:%H:%M}"}
                facts |= {"kind": event.kind, "other": case.history[other].kind}
                where = _where(_event(source, other))
                yield problem("CASE286", _event(source, number, "时间"), **facts, where=where)
                break


def _apart(one: Event, other: Event) -> bool:
    """Tell whether two things cannot have been done at one visit, or are the same one twice."""
    whom = bool(one.targets and other.targets) and not {*one.targets} & {*other.targets}
    where = bool(one.place and other.place) and one.place != other.place
    return one.kind == other.kind or whom or where


def _child(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """The grade, which is the present one, fits the child's age now."""
    pupil, grade = case.pupil, GRADES.get(case.pupil.grade, 0)
    if grade and pupil.birth:
        age = age_on(pupil.birth, today)
        if 0 <= age < grade + _SMALL:
            key = "身份证号" if pupil.id_number else "出生日期"
            where = _where(source.place(("学生", key), value=True))
            facts = {"grade": pupil.grade, "age": age, "where": where}
            yield problem("CASE287", source.place(("学生", "年级"), value=True), **facts)


def _special(case: Case, source: Source) -> Iterator[Problem]:
    """Register and placement fit the child; teaching at home is for the ill as well."""
    pupil = case.pupil
    if case.situation == "辍学" and pupil.enrolled == "没有建立":
        where = _where(source.place(("情形",), value=True))
        yield problem("CASE288", source.place(("学生", "学籍"), value=True), where=where)
    if pupil.placement == "特殊教育学校" and not pupil.disabled:
        place = source.place(("学生", "安置意见"), value=True)
        yield problem("CASE289", place, placement=pupil.placement)


def _to_come(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """What is known or was made has a day that has been."""
    days: list[tuple[Loc, date | None]] = []
    for number, guardian in enumerate(case.guardians):
        days.append((("监护人", number, "确认书日期"), guardian.service_confirmed))
    for number, carer in enumerate(case.carers):
        days.append((("受托照护人", number, "委托日期"), carer.since))
    for number, piece in enumerate(case.evidence):
        days.append((("证据", number, "日期"), piece.day))
    for number, one in enumerate(case.steadiness):
        days.append((("红白名单", number, "日期"), one.day))
    for loc, day in days:
        if day and day > today:
            place = source.place(loc, value=True)
            yield problem("CASE290", place, key=f"{loc[0]}的{loc[-1]}", day=day, today=today)


def _parent(case: Case, guardian: Guardian, loc: Loc, source: Source) -> Iterator[Problem]:
    """What is told of a guardian fits what he is to the child."""
    who, child = f"监护人「{guardian.name}」", case.pupil.birth
    meant = {**dict.fromkeys(_FATHERS, "男"), **dict.fromkeys(_MOTHERS, "女")}.get(
        guardian.relation
    )
    if meant and guardian.sex and guardian.sex != meant:
        key = "性别" if source.values.get((*loc, "性别")) else "身份证号"
        where = _where(source.place((*loc, key), value=True))
        facts = {"who": who, "relation": guardian.relation, "sex": guardian.sex, "key": key}
        yield problem("CASE291", source.place((*loc, "关系"), value=True), **facts, where=where)
    since, place = guardian.whereabouts_since, source.place((*loc, "下落日期"), value=True)
    if guardian.whereabouts == DEAD and guardian.raises:
        where = _where(source.place((*loc, "下落"), value=True))
        yield problem("CASE292", source.place((*loc, "直接抚养"), value=True), who=who, where=where)
    gone = guardian.whereabouts == DEAD and guardian.relation in _BORN_OF
    spare = _BEFORE_BIRTH if guardian.relation in _FATHERS else timedelta()
    if gone and since and child and since < child - spare:
        yield problem("CASE293", place, who=who, since=since, birth=child)
    for key, day in (
        ("住址日期", guardian.address_since),
        ("确认书日期", guardian.service_confirmed),
    ):
        if day and guardian.birth and day < guardian.birth:
            at = source.place((*loc, key), value=True)
            yield problem("CASE294", at, who=who, key=key, day=day, birth=guardian.birth)


def _home(case: Case, source: Source) -> Iterator[Problem]:
    """Where the parents are fits what is said of the child's home."""
    parents = [
        (number, one) for number, one in enumerate(case.guardians) if one.relation in _PARENTS
    ]
    said = case.pupil.left_behind
    for number, parent in parents:
        where = _where(source.place(("监护人", number, "下落"), value=True))
        facts = {"name": parent.name, "where": where, "whereabouts": parent.whereabouts or "在世"}
        if said == "双亲留守" and parent.whereabouts == AT_HOME:
            yield problem(
                "CASE295", source.place(("学生", "留守情况"), value=True), **facts, said=said
            )
        orphan = _ORPHAN in case.pupil.household and parent.relation in _BORN_OF
        if orphan and parent.whereabouts not in (DEAD, MISSING):
            yield problem("CASE296", source.place(("学生", "家庭类别"), value=True), **facts)
    away = [parent.name for _, parent in parents if parent.whereabouts in AWAY]
    if said == "否" and parents and len(away) == len(parents):
        where = _where(source.place(("监护人", parents[0][0], "下落"), value=True))
        facts = {"name": "、".join(away), "where": where, "whereabouts": "外出", "said": said}
        yield problem("CASE295", source.place(("学生", "留守情况"), value=True), **facts)


_CHECKS = (*(_marks, _returns, _after_return, _lessons, _plan, _clocks, _twice_at_once, _special),)
