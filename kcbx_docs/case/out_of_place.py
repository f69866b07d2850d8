"""Values that are sound by themselves and stand at the wrong key: a number where a relation is
wanted, a grade where the class is, a time where the way is. Papers would print them as they are.
"""

import re
from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.classes import read_class, read_grade
from kcbx_docs.case.event import Event
from kcbx_docs.case.ids import read_id
from kcbx_docs.case.model import Case, School, name_key
from kcbx_docs.case.person import Person
from kcbx_docs.case.phones import phones_in
from kcbx_docs.case.sightings import ATTITUDES
from kcbx_docs.case.slip_addresses import says_nowhere
from kcbx_docs.case.workspace import Organ, Workspace
from kcbx_docs.handwriting.days import read_clock, read_day
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem, with_mending
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import synonym_of

_WORDS = {
    "无证件原因": "no_id_reason",
    "关系": "relation",
    "监护依据": "basis",
    "住址": "address",
    "现住址": "address",
    "户籍地址": "registered_address",
    "失学原因": "reason",
}
"""Keys of people that are answered in words."""
_OF_PUPIL = ("无证件原因", "现住址", "户籍地址", "失学原因")
_OF_OTHERS = ("无证件原因", "关系", "监护依据", "住址", "户籍地址")
_PEOPLE = {
    "承办人": "handlers",
    "参加人": "participants",
    "记录人": "recorder",
    "签收人": "signer",
    "主持人": "chair",
    "审核人": "reviewers",
}
"""Keys of events that name people."""
_GRADE = regex(r"[一二三四五六七八九1-9]|[初小][一二三四五六]")
_CLASS_OR_COHORT = regex(r".*[\dA-Za-z班级届].*|[复单]式|.*[年组园]")
_ANSWERS = ("同意返校", "拒绝", "未表态")
_CLAUSES = regex(r"[，,。；;！!？?、\s]")
_OF_SCHOOL = regex(r"了?|(?!.*劝).*[送校学来回].*")
_HOUR = regex(r"[上下]午|早上|晚上|傍晚|中午|[今昨前]天")


def without_a_word(text: str) -> bool:
    """Tell whether a text has digits or Latin letters and no word of any other script."""
    return bool(re.search(r"[^\W_]", text)) and not re.search(
        r"[^\W\d_a-zA-Zａ-ｚＡ-Ｚ０-９]", text
    )


def _meant(text: str) -> str:
    """Say where a number belongs that stands in the place of words."""
    if read_id(text).birth:
        return "这是身份证号，写在「身份证号」里。"
    return "这是电话，写在「电话」里。" if phones_in(text) else ""


def check_words(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """What is answered in words is not a number."""
    yield from _of_person(case.pupil, f"学生「{case.pupil.name}」", ("学生",), _OF_PUPIL, source)
    for key, people in (("监护人", case.guardians), ("受托照护人", case.carers)):
        for number, person in enumerate(people):
            who = f"{key}「{person.name}」"
            yield from _of_person(person, who, (key, number), _OF_OTHERS, source)


def _of_person(
    person: Person, who: str, loc: Loc, keys: tuple[str, ...], source: Source
) -> Iterator[Problem]:
    for key in keys:
        written = getattr(person, _WORDS[key], "")
        if without_a_word(written):
            place, advice = source.place((*loc, key), value=True), _meant(written)
            yield problem("CASE200", place, who=who, key=key, written=written, advice=advice)


def check_class(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Grade and class are printed one behind the other: 八年级 and 2班."""
    grade, own = case.pupil.grade.strip(), case.pupil.class_name.strip()
    if grade and (told := _of_grade(grade)):
        yield from _rewritten(("学生", "年级"), grade, told, source)
    if own and (told := _of_class(grade, own, case)):
        yield from _rewritten(("学生", "班级"), own, told, source)


_Told = tuple[str, str, str]
"""What is odd, how it is written, and the one text that is surely meant instead of it."""


def _of_grade(grade: str) -> _Told | None:
    usual, doubt = read_grade(grade)
    if not _GRADE.fullmatch(grade):
        both = read_class(grade)
        if not (both.grade and both.name):
            return None
        return "把班级也写进去了", f"年级只写 {both.grade}，班级写 {both.name}。", ""
    if not doubt and grade[0] not in "初小":
        return "不完整", f"请写成 {usual}。", usual
    return "是口头的说法", f"文书里写全称：六三制的写 {usual}；五四制的，照学校的写。", ""


def _of_class(grade: str, own: str, case: Case) -> _Told | None:
    read, people = read_class(own), (case.pupil, *case.guardians, *case.carers)
    if name_key(own) in (name_key(person.name) for person in people):
        return "是人的姓名", "请写班级，如 2班；没有分班的不写。", ""
    if read.grade and not read.name:
        return "是年级", f"年级写在「年级」里（{read.grade}），班级写 2班 的样子；没有的不写。", ""
    if read.grade and grade:
        return "把年级又写了一遍", f"年级另有一项，班级只写 {read.name}。", read.name
    if own.isdecimal() and read.name == f"{int(own)}班":
        return "不完整", f"请写成 {read.name}。", read.name
    odd = read.doubt == "ROST063" and not _CLASS_OR_COHORT.fullmatch(own)
    return ("不像班级", "请写成 2班 的样子；就叫这个名字的，不用改。", "") if odd else None


def _rewritten(loc: Loc, written: str, told: _Told, source: Source) -> Iterator[Problem]:
    what, advice, new = told
    place = source.place(loc, value=True)
    facts = {"key": loc[-1], "written": written, "what": what, "advice": advice}
    mending = source.mending(loc, new) if new else None
    found = problem("CASE203", place, **facts)
    yield with_mending(found, mending) if mending else found


def check_own_number(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """The number of a case is none of its people: it names folders that many see."""
    for role, person in (("学生", case.pupil), *(("监护人", one) for one in case.guardians)):
        if name_key(case.id) == name_key(person.name):
            place = source.place(("编号",), value=True)
            yield problem("CASE202", place, role=role, name=person.name)


_OF_PAPER = regex(r".*[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）].*")


def check_number_of_case(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """The number of a case is none of its papers: each of those has its own."""
    if _OF_PAPER.fullmatch(case.id):
        yield problem("CASE317", source.place(("编号",), value=True), number=case.id)


def check_named_people(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Who took part in something has a name, not a number."""
    for number, event in enumerate(case.history):
        for key, name in people_in(event):
            if without_a_word(name):
                place = source.place(("经过", number, key), value=True)
                facts = {"who": f"「{event.kind}」", "key": key, "written": name}
                yield problem("CASE200", place, **facts, advice="")


def people_in(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the keys of an event that name people, with the names."""
    for key, attribute in _PEOPLE.items():
        written = getattr(event, attribute)
        names = (written,) if isinstance(written, str) else written
        yield from ((key, name) for name in names)


def check_ways(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """How somebody was spoken to is neither a time nor a person nor what came of it."""
    names = {name_key(p.name) for p in (case.pupil, *case.guardians, *case.carers)}
    for number, event in enumerate(case.history):
        what, key = _no_way(event.method, names)
        if what:
            place = source.place(("经过", number, "方式"), value=True)
            facts = {"kind": event.kind, "way": event.method, "what": what, "key": key}
            yield problem("CASE204", place, **facts)


def _no_way(way: str, names: set[str]) -> tuple[str, str]:
    if not way:
        return "", ""
    if _HOUR.match(way) or read_clock(way):
        return "时间", "时间"
    if read_day(way):
        return "日期", "日期"
    if name_key(way) in names:
        return "人的姓名", "对象"
    return ("号码", "内容") if without_a_word(way) and any(map(str.isdecimal, way)) else ("", "")


def check_attitudes(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """What a guardian answered on the phone counts in the words of the choice alone: other words
    for the same are asked about, a call that nobody took is not.
    """
    guardians = {name_key(one.name) for one in case.guardians}
    for number, event in enumerate(case.history):
        own = not event.targets or guardians & {*map(name_key, event.targets)}
        if event.kind != "联系" or not own or event.result in ATTITUDES:
            continue
        if meant := _attitude(event.result):
            place = source.place(("经过", number, "结果"), value=True)
            facts = {"written": event.result, "choices": "、".join(ATTITUDES), "meant": meant}
            yield problem("CASE310", place, **facts)


def _attitude(text: str) -> str:
    """Return the answer that a text begins with in other words, of sending the child or of nothing
    else; who promises to persuade, or to tell somebody, answers nothing.
    """
    first = _CLAUSES.split(text)[0]
    for length in range(len(first), 1, -1):
        if not _OF_SCHOOL.fullmatch(first[length:]):
            continue
        if meant := synonym_of(first[:length], _ANSWERS):
            return meant
        if first[:length] in ATTITUDES:
            return first[:length]
    return ""


def check_office_words(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """Addresses of the office are places, and its officers have names."""
    for number, organ in enumerate(workspace.organs):
        loc: Loc = ("其他机关", number - 1) if number else ("机关",)
        yield from _address(organ, loc, source)
    for number, school in enumerate(workspace.schools):
        yield from _address(school, ("学校", number), source)
    for number, officer in enumerate(workspace.officers):
        if without_a_word(officer.name):
            place = source.place(("执法人员", number, "姓名"), value=True)
            facts = {"who": "执法人员", "key": "姓名", "written": officer.name}
            yield problem("CASE200", place, **facts, advice="")


def _address(organ: Organ | School, loc: Loc, source: Source) -> Iterator[Problem]:
    if without_a_word(organ.address) or says_nowhere(organ.address):
        place = source.place((*loc, "地址"), value=True)
        yield problem("CASE201", place, name=organ.name, written=organ.address)
