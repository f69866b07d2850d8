"""What stands where a case wants the name of a person or of an organ, and is none: a form of
address, a post, some people of a place, an organ without the county that it is of.
"""

from collections.abc import Iterator, Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.out_of_place import people_in
from kcbx_docs.case.who_is_meant import TITLES
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import synonym_of

_HAN = "[\u4e00-\u9fff]"
_SOME = "[一二两三四五六七八九十几数0-9]+[名个位人]"
_GROUP = "教师|工作人员|人员|领导|职工|邻居|群众|村民|家属|同事|同学|志愿者|社工|司机"
_UNIT = "派出所|司法所|村委会|居委会|政府|学校|教育局|教体局|公安局|民政局|妇联|残联|综治办"
_CALLED = regex(rf"(?P<who>{_HAN}{{1,3}}?)副?(?:{TITLES})")
_SHORT = regex(rf"(?P<who>{_HAN})[所局队]")
_FAMILIAR = regex(rf"[小老](?P<who>{_HAN})")
_POST = regex(
    rf"(?:{_SOME})?{_HAN}{{0,12}}(?:{TITLES}|{_GROUP}|{_UNIT}|{_HAN}{{2}}[中小]学)(?:{_SOME})?等?"
)
_BEFORE = regex(rf"{_HAN}{{0,10}}(?:{TITLES})(?P<name>{_HAN}{{2,3}})")
_ASIDE = regex(r"[（(][^（()）]*[)）]")
_PEOPLE = ("参加人", "记录人", "承办人", "主持人", "审核人")
_OF_PLACE = regex("[省市县区镇乡村组所站局校院部班]")


@dataclass(frozen=True)
class CalledByPost:
    """What stands in the place of a name."""

    surname: str = ""
    name: str = ""
    """The name that stands beside it, where one does."""


def called_by_post(text: str) -> CalledByPost | None:
    """Tell what stands in the place of a name; nothing where it may be one."""
    plain = _ASIDE.sub("", text).strip()
    if not (_POST.fullmatch(plain) or _SHORT.fullmatch(plain) or _FAMILIAR.fullmatch(plain)):
        return _behind(plain)
    from kcbx_docs.case.relatives import double_surname, is_surnamed  # reads a long table

    found = _CALLED.fullmatch(plain) or _SHORT.fullmatch(plain) or _FAMILIAR.fullmatch(plain)
    who = found["who"] if found else ""
    if (len(who) == 1 and is_surnamed(who)) or double_surname(who):
        return CalledByPost(surname=who)
    if _FAMILIAR.fullmatch(plain):
        return None  # 小云 may be a name
    return CalledByPost(name=who if is_surnamed(who) and not _OF_PLACE.search(who) else "")


def _behind(plain: str) -> CalledByPost | None:
    """Find a name behind a post: 村主任白有福."""
    if (found := _BEFORE.fullmatch(plain)) is None:
        return None
    from kcbx_docs.case.relatives import is_surnamed

    return CalledByPost(name=found["name"]) if is_surnamed(found["name"]) else None


def check_posts(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """Whoever took part in something stands there by name."""
    known: Sequence[str] | None = None
    for number, event in enumerate(case.history):
        if event.handed_by:
            continue
        for key, name, at in _named(event):
            if (called := called_by_post(name)) is None:
                continue
            known = _known(case, workspace) if known is None else known
            if name_key(name) in map(name_key, known):
                continue
            facts = {"kind": event.kind, "key": key, "name": name, "advice": _meant(called, known)}
            place = source.place(("经过", number, *at), value=True)
            yield problem("CASE318", place, **facts)


def _named(event: Event) -> Iterator[tuple[str, str, Loc]]:
    """Yield the keys of an event that want names of people, with what stands there, and where."""
    met: dict[str, int] = {}
    for key, name in people_in(event):
        position = met.setdefault(key, 0)
        met[key] += 1
        if key in _PEOPLE:
            yield key, name, (key,) if key in ("记录人", "主持人") else (key, position)
    for position, witness in enumerate(event.witnesses):
        yield "见证人", witness.name, ("见证人", position)


def _meant(called: CalledByPost, known: Sequence[str]) -> str:
    if called.name:
        return f"只写姓名「{called.name}」，职务不写在这里。"
    same = {name_key(name): name for name in known if name.startswith(called.surname or "?")}
    return f"是不是「{next(iter(same.values()))}」？" if len(same) == 1 else ""


def _known(case: Case, workspace: Workspace) -> tuple[str, ...]:
    """List the people whom the office or the case knows by name; the child's family is no one of
    them.
    """
    names = [one.name for one in workspace.officers]
    names += [one.name for one in workspace.responsible]
    for organ in workspace.organs:
        names += [organ.contact, organ.head]
    for school in (*workspace.schools, *([case.school] if case.school else [])):
        names += [school.contact, school.principal]
    for event in case.history:
        told = [name for _, name, _ in _named(event)]
        names += [name for name in told if called_by_post(name) is None]
    return tuple(dict.fromkeys(filter(None, names)))


_GENERIC = regex(
    "(?:[本我该]|当地)?(?P<level>[省市县区镇乡]?)(?P<organ>公安局?|派出所|教育局|教体局|教育体育局"
    "|教育和体育局|人社局|人力资源和社会保障局|民政局|妇联|妇女联合会|(?:人民)?检察院|(?:人民)?法院"
    "|司法[所局]|(?:人民)?政府|卫健局|残联|团委|村委会|村民委员会|居委会|社区|市场监管局"
    "|劳动监察大队)"
)
_IN_FULL = {
    "公安": "公安局",
    "人社局": "人力资源和社会保障局",
    "妇联": "妇女联合会",
    "检察院": "人民检察院",
    "法院": "人民法院",
    "政府": "人民政府",
    "派出所": "公安局某某派出所",
    "司法所": "司法局某某司法所",
    "残联": "残疾人联合会",
}
_OF_VILLAGE = ("村委会", "村民委员会", "居委会", "社区")
_COUNTY = regex(r"(?P<county>.{2,}?(?:自治县|县|市|区|旗))")
_TOLD = ("移送", "书面报告")
"""What goes to an organ that the paper names."""


def check_organs(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """A report or a referral names its organ in full: nobody knows which 派出所 is meant."""
    for number, event in enumerate(case.history):
        if event.kind not in _TOLD or event.handed_by:
            continue
        written: list[tuple[Loc, str]] = [(("机关",), event.organ)] if event.organ else []
        written += [(("对象", at), name) for at, name in enumerate(event.targets)]
        for at, name in written:
            if _GENERIC.fullmatch(name):
                place = source.place(("经过", number, *at), value=True)
                facts = {"kind": event.kind, "key": at[0], "name": name}
                yield problem("CASE319", place, **facts, advice=_in_full(name, workspace))


def _in_full(name: str, workspace: Workspace) -> str:
    """Ask for the only organ of the office that can be meant, or say how its name begins."""
    found = _GENERIC.fullmatch(name)
    level, organ = (found["level"], found["organ"]) if found else ("", name)
    whole = _IN_FULL.get(organ, organ)
    kinds = {one.name: one.kind for one in workspace.organs}
    kind = synonym_of(name, [*kinds.values()]) or synonym_of(organ, [*kinds.values()])
    names = [*kinds, *(court.name for court in workspace.courts)]
    known = [one for one in names if one.endswith(level + whole) or kinds.get(one) == kind != ""]
    if len(set(known)) == 1 and organ not in _OF_VILLAGE:
        return f"是不是「{known[0]}」？"
    county = _COUNTY.match(workspace.office.name) if level in ("", "县", "区", "市") else None
    if county and organ not in _OF_VILLAGE:
        return f"前面写县（市、区）的名称，如 {county['county']}{whole}。"
    return "前面写地名，写到哪一级是哪一级的。"
