"""What a remark in a list of pupils says of whether the pupil is at school and of the parents.

Only whole clauses in their usual wording are read; what is worded otherwise is asked about.
"""

import unicodedata
from functools import lru_cache
from typing import Literal

from kcbx_docs.case.columns import roster_words
from kcbx_docs.light import dataclass, regex

State = Literal["离校", "在校", "转来", "看不出", ""]


def _any(kind: str) -> str:
    return "(?:" + "|".join(roster_words()["remarks"][kind]) + ")"


_HAN = r"[\u3400-\u9fff]"
_DATE = (
    r"[于自从]?(?:(?:20)?\d\d[年./-])?\d{1,2}(?:月|[./-]\d{1,2})(?:\d{1,2}[日号]?|份|[初底中末])?"
    r"|[于自从]?20\d\d[./-]\d{1,2}(?!\d)"
    r"|(?:20)?\d\d(?:年|级)?(?:[春秋]季?)?(?:学期)?"
)
_DAY = rf"(?:{_DATE}|{_any('when')})*+"
_WHY = rf"(?:因(?:病|伤|故|{_HAN}{{1,6}}))?"
_TO_A_SCHOOL = r"转(?![入进来回])(?=.*(?:[县市省州镇乡村区]|学校|[中小](?:学|$)))"
_PLACE = rf"(?:[到至去往在回]?(?:{_HAN}|[·\d]){{0,18}})"
_LEFT = regex(
    rf"{_DAY}{_any('whose')}?{_WHY}{_DAY}{_any('whose')}?{_DAY}"
    rf"(?P<out>{_any('out')}|{_TO_A_SCHOOL})了?(?P<rest>{_PLACE})"
)
_BACK = regex(_any("back"))
_HERE = regex(
    rf"{_DAY}{_any('whose')}?{_DAY}(?:[从由]{_HAN}{{1,12}}?)?{_DAY}"
    rf"(?:休学)?(?:[一二两三半\d]{{1,2}}个?(?:学年|学期|[年月]))?(?:期满|劝返|劝回)?后?已?"
    rf"(?:{_any('here')}|(?P<came>{_any('came')}))(?:{_any('then')}|{_HAN}{{0,4}}班)*"
)
_SPEAKS = regex(_any("speaks"))
_FAR = regex(rf".{{0,6}}离(?:学?校|家).{{0,5}}(?:[远近]|公里|里路?|千米|米)(?:{_HAN}{{0,6}})")
"""离校较远: how far it is to school says nothing of who goes there."""
_ELSEWHERE = regex(
    rf"(?:户口|户籍|{_any('siblings')}(?!弟|妹|俩|二人|两人)).*"
    rf"|{_any('parents')}.*(?:失联|联系不上|服刑|务工|打工|失踪|陪读)"
    r"|.{0,12}(?:小学|一小|完小)毕业|毕业于.*|曾在.*就读|.{0,4}毕业[班生]?(?:年级|班).*"
)
"""What is said of somebody or something else: 姐姐已转学, 户口迁出, 白沙小学毕业."""
_AT_AGE = r"[在于]?[其他她]?(?:出生|\d{1,2}岁|[一二三四五六七八九十]{1,2}岁)[时后]?"
_SINCE = (
    rf"(?:[于在]?(?:19|20)?\d\d年?(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])?|{_any('since')}"
    rf"|{_AT_AGE}|因{_HAN}{{1,6}}?){{0,4}}"
)
_NAMED = rf"(?:(?!{_HAN}*[的兄弟哥姐妹爷奶外祖伯叔姑舅姨]){_HAN}{{2,4}}?)??"
_DEAD = regex(
    rf"(?:其|孩子|学生|该生)?(?P<who>{_any('parents')}){_NAMED}{_SINCE}"
    rf"(?:已经?|均已?|都|双双|皆|早|先后|双)*{_any('died')}"
    r"(?:了|多年|得?早|\d{1,2}年了?|[后随由跟].*)?"
    r"|(?P<lost>丧父|丧母)"
)
_MENTIONS = regex(_any("mentions"))
_OWN_DEATH = regex(
    rf"(?P<own>{_any('whose')})?(?:已经?|于|因)?"
    rf"(?!.*(?:{_any('parents')}|{_any('elders')}|家|亲|监护))"
    rf"(?:{_DATE}|{_HAN}){{0,8}}?(?:{_any('mentions')}|已故)了?"
)
"""The pupil has died: 该生已死亡, 溺水身亡."""
_ELDER = regex(rf"(?:其|孩子)?{_any('elders')}")
_ORPHAN = regex(rf"[是系属为]?{_any('orphan')}")
_UNCARED = regex(rf"[是系属为]?{_any('uncared')}")
_BETWEEN = regex(r"[,，。;；、!！()\[\]【】\n]|[.:](?!\d)")
_LONGEST = 60
"""Characters of a clause that are looked at."""
_DENIED = regex(rf"(?:是否)?{_HAN}{{1,8}}\s*:\s*(?:否|无|不是|没有|未|×|/|0)(?![\w.])")
"""孤儿:否; 休学:无."""
_IN_BRACKETS = regex(
    rf"((?:{_any('parents')}|{_any('elders')}(?=[^(\[]*[(\[][^)\]]*{_any('died')})){_HAN}{{0,4}})"
    r"\s*[(\[]([^()\[\]]*)[)\]]"
)
"""父(已故)."""
_LABEL = regex(rf"({_any('parents')})[:\s]+(?!\d)")
"""父:去世."""
_NEXT_PARENT = regex("(?<=[亡死故世逝])(?=[父母])")
"""父亡母嫁."""
_SCHOOL_LIFE = frozenset(("走读", "住校", "是", "否", "0", "1", "转学生", "转校生", "转学插班"))
"""Of the words for states those that in a remark say nothing of whether the pupil is at school."""


_LEAVERS = regex(
    r".{0,30}?(?:转出|转走|休学|退学|离校|死亡|送教上门|送教|空挂学籍|(?:疑似)?[辍失]学|流失)"
    r"(?:学?生|儿童|少年|人员)*(?:花名册|名单|名册|登记表|统计表|情况|汇总|台账|信息|表|册)*"
    r"(?:[(（].*[)）])?"
)
_OTHERWISE = regex("转入|复学|返校|劝返|控辍|防|未|非|无|及|和|、|与|风险|帮扶")


def heads_leavers(title: str) -> bool:
    """Tell whether a title is that of those who have left: 转出学生名单, 休学学生."""
    return bool(_LEAVERS.fullmatch(title) and not _OTHERWISE.search(title))


_STATED = regex(
    r".{0,30}?(?P<state>转出|转走|休学|退学|离校|死亡|送教上门|送教|空挂学籍|(?:疑似)?[辍失]学|流失"
    r"|毕业(?![班年])|复学|返校)"
    r"(?:学?生|儿童|少年|人员)*(?:花名册|名单|名册|登记表|统计表|情况|汇总|台账|信息|表|册)*"
    r"(?:[(（].*[)）])?"
)
_PLANS = regex("转入|控辍|劝返|防|未|非|无|及|与|风险|帮扶|小学毕业")
_LAST = regex(r"[\s\d_.\-—年月日]+$|[-_—]?(副本|最终版?|定稿|终稿|新)$")


def state_named(title: str) -> str:
    """Return the state of which a file or a sheet says by its name that its pupils are in it."""
    found = _STATED.fullmatch(_LAST.sub("", title.strip()))
    return found["state"] if found and not _PLANS.search(title) else ""


BOTH = frozenset(("父亲", "母亲"))


@dataclass(frozen=True)
class RosterRemark:
    """What one remark says."""

    state: State = ""
    dead: frozenset[str] = frozenset()
    """Of the parents: who has died."""
    orphan: bool = False
    uncared: bool = False
    """The parents live but look after nothing: they remain who is asked, as far as is known."""
    unclear: bool = False
    """It speaks of a death, and not plainly of whose."""
    text: str = ""
    """The remark that says something of all this."""
    where: str = ""
    """The column in which it stands."""

    def also(self, other: "RosterRemark", text: str, where: str) -> "RosterRemark":
        """Add what another remark of the same row says."""
        dead = other.dead | (BOTH if other.orphan else frozenset())
        if not (other.state or dead or other.uncared or other.unclear):
            return self
        return RosterRemark(
            other.state or self.state,
            self.dead | dead,
            self.orphan or other.orphan,
            self.uncared or other.uncared,
            self.unclear or other.unclear,
            text if not self.text else f"{self.text}；{text}",
            where,
        )


@lru_cache(maxsize=5_000)
def read_remark(text: str) -> RosterRemark:
    """Read a remark clause by clause; of what is said of the pupil the last counts."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _LABEL.sub(r"\1", _IN_BRACKETS.sub(r"\1\2,", _DENIED.sub(",", plain)))
    plain = _NEXT_PARENT.sub(",", plain)
    clauses = [clause.replace(" ", "") for clause in _BETWEEN.split(plain) if clause.strip()]
    found = [_clause(clause[:_LONGEST], alone=len(clauses) == 1) for clause in clauses]
    said: list[State] = [one.state for one in found if one.state]
    sure = [state for state in said if state != "看不出"]
    last: State = (sure or said)[-1] if said else ""
    return RosterRemark(
        last,
        frozenset[str]().union(*(one.dead for one in found)),
        any(one.orphan for one in found),
        any(one.uncared for one in found),
        any(one.unclear for one in found),
    )


def _clause(text: str, *, alone: bool) -> RosterRemark:
    if dead := _DEAD.fullmatch(text):
        return RosterRemark(
            dead=_whose(dead["who"] or dead["lost"]), orphan=text.startswith("父母双亡")
        )
    if _ORPHAN.fullmatch(text):
        return RosterRemark(orphan=True)
    if _UNCARED.fullmatch(text):
        return RosterRemark(uncared=True)
    if text in _SCHOOL_LIFE or _FAR.fullmatch(text) or _ELSEWHERE.fullmatch(text):
        return RosterRemark()
    if died := _OWN_DEATH.fullmatch(text):  # 父亲2019年,已故: whose death a later clause tells?
        sure = alone or died["own"]
        return RosterRemark("离校") if sure else RosterRemark(unclear=True)
    if state := state_in(text):
        return RosterRemark(state, unclear=state == "看不出" and bool(_MENTIONS.search(text)))
    return RosterRemark(unclear=bool(_MENTIONS.search(text)) and not _ELDER.match(text))


def _whose(who: str) -> frozenset[str]:
    mother, father = ("母" in who or "妈" in who), ("父" in who or "爸" in who)
    both = "双" in who or mother is father
    return frozenset(("父亲", "母亲") if both else ("母亲",) if mother else ("父亲",))


def state_in(text: str) -> State:
    """Tell whether one clause says that the pupil has left, or is back."""
    states = roster_words()["states"]
    bare = "".join(text.split())
    if bare in states["here"]:
        return "在校"
    if bare in states["gone"]:
        return "离校"
    if here := _HERE.fullmatch(bare):
        return "转来" if here["came"] else "在校"
    left = _LEFT.fullmatch(bare)
    if left and not _BACK.search(left["rest"]):
        return "离校"
    return "看不出" if _SPEAKS.search(bare) else ""
