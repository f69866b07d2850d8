"""Who is meant where a case wants a name and holds something else: two names in one value, or what
somebody is to the child.
"""

import re
from collections.abc import Iterable, Sequence

from kcbx_docs.case.model import Carer, Case, Guardian
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Mending
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import synonym_of

_BETWEEN = r"[\s、，,；;/／和与及跟同+＋&]*(?:以及)?"
_AFTER = r"(?:[（(][^（()）]*[)）])?"
_END = r"[\s。、]*(?:等?[二两三]人|夫妇|夫妻|等)?"
_OF_CHILD = r"(?:孩子|小孩|学生|娃|其|他|她)?的?"
_ALL = regex(r"(?:父母|双亲|家长|监护人|夫妻|夫妇|两口子)(?:双方|[二两]人|俩|都在)?")


_COUPLES = regex(r"(?:夫妇|夫妻|两口子)(?:[二两]人|俩)?$")
_COUPLE = 2


@dataclass(frozen=True)
class WhoIsMeant:
    """Who is meant by a value that is no name."""

    names: tuple[str, ...]
    advice: str
    sure: bool
    """Whether the names themselves stand there."""


def who_is_meant(case: Case, text: str) -> WhoIsMeant | None:
    """Tell who of a case is meant by a value that is no name of one person."""
    people = (case.pupil, *case.guardians, *case.carers)
    if names := names_within(text, (person.name for person in people)):
        return WhoIsMeant(names, f"是几个人的，写成：对象: {listed(names)}。", sure=True)
    if any(person.name == text for person in people):
        return None
    if names := names_with_blanks(text):
        return WhoIsMeant(names, f"是几个人的，写成：对象: {listed(names)}。", sure=False)
    if not (names := described(case, text)):
        return None
    written = names[0] if len(names) == 1 else listed(names)
    return WhoIsMeant(names, f"是案件里的人的，写姓名：对象: {written}。", sure=False)


def names_within(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that a text consists of, where there is more than one of them."""
    names = sorted({name for name in known if name}, key=len, reverse=True)
    if not names:
        return ()
    one = f"(?:{'|'.join(map(re.escape, names))})"
    whole = f"{one}{_AFTER}(?:{_BETWEEN}{one}{_AFTER})+{_END}"
    return tuple(dict.fromkeys(re.findall(one, text))) if re.fullmatch(whole, text) else ()


def described(case: Case, text: str) -> tuple[str, ...]:
    """Return the names of those whom a text describes by what they are to the child."""
    word = re.sub(f"^(?:{re.escape(case.pupil.name)})?{_OF_CHILD}", "", text)
    guardians = tuple(guardian.name for guardian in case.guardians)
    together = len(guardians) == _COUPLE and _COUPLES.sub("", text) in guardians
    if _ALL.fullmatch(word) or (together and text not in guardians):
        return guardians
    people: tuple[Guardian | Carer, ...] = (*case.guardians, *case.carers)
    relations = [person.relation for person in people if person.relation]
    for said in (word, text):
        called = said if said in relations else synonym_of(said, relations)
        if called:
            return tuple(person.name for person in people if person.relation == called)
    return ()


_LISTED = regex(r"[\u4e00-\u9fff·]{2,6}(?:[，；;,]\s*[\u4e00-\u9fff·]{2,6})+")
_WRAPPED = regex(r"[【（「［](.+)[】）」］]")


def list_in_chinese(text: str) -> tuple[str, ...]:
    """Return the names of a list that is typed with Chinese signs: 【甲某，乙某】."""
    wrapped = _WRAPPED.fullmatch(text)
    inner = wrapped[1] if wrapped else text
    names = tuple(part.strip() for part in re.split("[，；;,、]", inner))
    several = _LISTED.fullmatch(inner.replace("、", "，")) or (wrapped and len(names) == 1)
    return names if several else ()


_DIVIDED = regex(r"\s*[/／\\|＋+&、，,；;]\s*|\s+")
_JOINED = regex(r"([\u4e00-\u9fff]{2,3})[和与及]([\u4e00-\u9fff]{2,3})")
_NAME = regex("[\u4e00-\u9fff]{2,4}")
TITLES = (
    "主任|书记|老师|校长|园长|所长|镇长|乡长|县长|村长|组长|站长|局长|科长|股长|队长|院长|庭长|部长"
    "|干部|民警|辅警|警官|会计|医生|律师|法官|同志|先生|女士|委员|专干|网格员|支书|主席"
)
"""What somebody is called by his post, or to be polite."""
_NO_NAME = regex(
    f".*(?:{TITLES}|文书|翻译|代表"
    "|[省市县区镇乡村组所站局校院办会队厅]|社区|街道|小学|中学|夫妇|夫妻|父母|家长|等人)"
)
"""What stands beside a name and is none: who somebody is, and where he belongs."""
_LONG = 4


def names_with_blanks(text: str) -> tuple[str, ...]:
    """Return the names of several people that nothing of YAML divides: 白有福 李桂仙, 甲某/乙某.

    Only what begins with a usual surname is taken for a name: 普 云飞 and 扎西 顿珠 are one.
    """
    plain = text.strip()
    joined = _JOINED.fullmatch(plain)
    parts = joined.groups() if joined else tuple(_DIVIDED.split(plain))
    if len(parts) < 2 or not all(map(_NAME.fullmatch, parts)) or any(map(_NO_NAME.match, parts)):
        return ()
    from kcbx_docs.case.relatives import double_surname, is_surnamed  # reads a long table

    if double_surname(parts[0]) or sum(map(is_surnamed, parts)) < 2:
        return ()
    long = (part for part in parts if len(part) == _LONG)
    # Of two, one may be the other's: 扎西 王某 is asked about only where a third stands beside.
    sure = len(parts) > 2 or all(map(is_surnamed, parts))
    return parts if sure and all(double_surname(part[:2]) for part in long) else ()


def listed(names: Sequence[str]) -> str:
    """Write names as a list of a case file."""
    return f"[{', '.join(names)}]"


def list_mending(source: Source, loc: Loc, meant: WhoIsMeant) -> Mending | None:
    """Return what makes a list of a value without quotes that holds several names."""
    mark = source.values.get(loc)
    if mark is None or not meant.sure or not isinstance(source.at(loc), str):
        return None
    quoted = source.text.split("\n")[mark[0]][mark[1]] in "\"'"
    return None if quoted else source.mending(loc, listed(meant.names))
