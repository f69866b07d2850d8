"""What nobody classified in an older file, read from its usual wording.

Only whole names and whole clauses are read, nothing out of the middle of a sentence;
what is worded otherwise stays unknown. Whoever chose a class is believed; where the words
beside it say another one, ``record.clashes`` asks which of the two is right.
"""

import re
import unicodedata
from collections.abc import Iterable

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import (
    HOME,
    POST,
    POSTAL,
    CarrierKind,
    EntrustedKind,
    PlaceKind,
    RefusedBy,
    WitnessKind,
)
from kcbx_docs.case.whereabouts import HANDED_ON, suggestion
from kcbx_docs.case.witness import Witness
from kcbx_docs.light import regex

BRACKETED = regex(r"(?P<name>.+)[（(](?:听证)?(?P<key>主持人|审核人|记录人)[）)]")
"""A name with the part that somebody played behind it."""

_HOME_WORDS = frozenset(("家", "家中", "家里", "住所", "住处", "住址", "家门口"))
_POST_HELD = (
    r"([（(].*[）)])?"
    + r"((治保|妇女)?(副)?主任|(副)?书记|支书|委员|文书|会计|干部|工作人员|调解员|网格员)?"
)
_VILLAGE = regex(
    r".*(村民委员会|村委会|村委|居民委员会|居委会|居委|村（居）民委员会|村（居）委会)(办公室)?"
    + _POST_HELD
)
_COMMUNITY = regex(rf".*社区{_POST_HELD}")
_SCHOOL = r".*(学校|中学|小学|大学|幼儿园)"
_OFFICE = (
    r".*(政府|街道办事处|街道办|管委会|法院|检察院|(公安|司法|民政|教育|教育体育|教体|教科体)局"
    r"|派出所|司法所|政法委|管理委员会)"
)
_NO_WITNESS = regex(
    rf"(左邻|右舍|邻居|邻居家|村民|群众)|{_SCHOOL}|.*(人民政府|街道办事处|教育局|教育体育局)"
)
_ROOM = r"(会议室|办公室|值班室|接待室|调解室|服务大厅|大厅|门口|大门口|院内)"
_ROOMS = rf"(的?{_ROOM}|收发室|传达室|门卫室?|前台|综合办公室|党政办公室|院内)"
_OFFICE_PLACE = regex(
    rf"(本机关|{_OFFICE}|{_SCHOOL}|.*(村委会|居委会|村民委员会|居民委员会|社区)){_ROOM}?"
    r"|会议室|办公室"
)
_ORGAN = regex(_OFFICE)
_SELF = regex("本(机关|单位|局|镇|乡|街道)(政府|办事处)?|我(局|镇|乡)(政府)?")
_NO_ORGAN = regex(rf"(邻居|亲戚|班主任|老师)|{_SCHOOL}|.*(公司|厂|工地|律师事务所)")
_REFUSAL = (
    "(当场|明确|看后|听后|阅后|再次|口头)*(表示)?"
    "(拒绝|拒不|不肯|不愿|不同意|拒)(签收|接收|收下|接受|签字|签名|收|签)(文书)?"
)
_BY_WIRE = r"(电话|手机|微信|短信|视频|QQ|qq)(群|通话|语音|里|上|中)?"
_CONTACT = regex(_BY_WIRE + "(通知|告知|联系|送达|发送)?")
_UNANSWERED = regex(
    r"(本人|受送达人|对方)?的?(多次|一直)?(打|拨打|联系)?(本人|对方|他|她|其)?的?"
    rf"{_BY_WIRE}(多次|一直|都|均|也)?"
    r"(联系不上|无人接听|没人接听?|没有人?接听?|不接听?|未接听?|拒接|打不通|不通|关机|已?停机|空号"
    r"|没有?(回复|回音)|不回复?)|(联系不上|无法联系)(本人|对方)?"
)
_TIMES = "(多次|一直|先后|先|已|[几多一二两三四五六七八九十0-9]+[次个通])?"
_CALLED = regex(
    rf"{_TIMES}([给跟与向](本人|对方|受送达人|[他她其]))?{_TIMES}"
    rf"(拨打|打|发|用|通过|在)?了?过?{_TIMES}"
    "(电话|手机|号码|微信|短信|视频|QQ|qq)"
)
_WENT = regex(
    "上门|登门|[到去]过?[他她其]?家|家[中里]|入户|走访|敲门|前往|去[了过]|到场|当面|门[锁口]|住处"
)
_GROUP = regex(r"(.*(微信|QQ|qq|钉钉|家长|村民|班级|工作))?群|(.*微信)?朋友圈")
_REFUSED = regex("拒|[不没](肯|愿|同意|收|签)")
_NOBODY = regex(r"(敲门)?(家中|家里|屋内)?(无人|没有人|没人)(在家|应答|开门)?")
_COURIERS = regex(
    r"(顺丰|圆通|中通|申通|韵达|极兔|德邦|百世|天天|京东)"
    r"(速运|快递|速递|物流|快运)?(集团|有限公司)?"
)
_POST_OFFICE = regex(
    r"中国邮政(?!储蓄|.*(门口|旁|附近|代收|驿站|快递点)).*"
    r"|.*邮政(局|支局|分局|所|公司|分公司|营业部|营业厅|营业所"
    r"|速递物流.*公司)"
)
_LEFT_FOR_HIM = regex(
    r".*(驿站|代收点|代办点|服务站|快递柜|收发室|传达室|门卫室?|保安室?|值班室|前台|物业|小卖部"
    rf"|超市|公司|工厂|砖厂|电子厂|邮站|邮政所|邮局|邮政(代办|支)局|代收|门口)|{_SCHOOL}|丰巢|菜鸟"
)
"""Where letters are left, or whose staff take them; none of them is family."""
_POST_ONLY = regex(
    "(.{1,8}(村|社区|寨|屯|组)|本村|我村|村|居|社区|寨|屯|组)?(里|上)?的?"
    "党?(主任|支书|书记|村长|社长|寨老|组长|小组长|文书|干部|会计|网格员|妇女主任|工作人员)"
    "|(隔壁)?(邻居|邻里|工友|同事|房东|老板|朋友|亲戚)|(班主任|老师|教师|校长|门卫)"
)
"""Posts, and what somebody is to a person: whoever writes no more has not said who signed."""
_LONGEST_NAME = 3
_POSTAL_NUMBER = regex(r"[A-Z]{2}\d{9}[A-Z]{2}|1\d{12}")
"""Numbers as the post gives them to express letters."""
_KEPT_BY: dict[str, EntrustedKind] = {
    "服刑": "监所",
    "羁押": "监所",
    "强制戒毒": "强制性教育机构",
    "服兵役": "部队",
}
"""Through what kind of unit papers reach somebody who is kept there."""


_RECRUITS = regex(r"武装部|人武部|征兵|兵役机关|退役军人|民兵")
_BELOW_REGIMENT = regex(
    r"(?:营|连|排|班|中队|分队|大队)"
    r"(?:部|党委|党支部|值班室|文书|长|(?:政治)?(?:教导员|指导员))?$"
)
_ENTRUSTED = regex(
    r"(受|由|经)?(孩子|学生)?(的)?(其)?(父母|父亲|母亲|家长|监护人)?(双方)?(口头|书面)?"
    r"(委托|托付|嘱托)(代为)?(照看|照管|照顾|照料|监护|抚养|看护|带养)?(书|协议|协议书)?"
    r"|(家庭)?寄养(协议|协议书)?|代为(照看|照管|照顾|照料|看护|抚养)"
    r"|(长期|一直)?(照看|照顾|带养)(孩子)?"
)


def entrusted(basis: str) -> bool:
    """Tell whether what is given as the basis of guardianship says no more than that somebody
    looks after the child for its parents.
    """
    return bool(_ENTRUSTED.fullmatch(basis.strip("。 ")))


_ILL = regex(
    r"疾病|(患|生|得)了?病.*"
    r"|.*(住院|养伤|养病|治病|看病|骨折|抑郁|残疾)(?!.*(好了|痊愈|康复|出院)).*"
)
_EXPELLED = regex(r".*被(学校|老师)?(开除|劝退|勒令退学|除名|赶(出|走)).*")


def ill(reason: str) -> bool:
    """Tell whether a reason of an absence speaks of an illness or a disability; only to ask."""
    return bool(_ILL.fullmatch(reason))


def expelled(reason: str) -> bool:
    """Tell whether a reason of an absence says that the school sent the child away; only to ask."""
    return bool(_EXPELLED.fullmatch(reason))


_UPPER = regex(
    r"高[一二三](年级)?|(普通)?高中.*|十[一二]?年级|大[一二三四](年级)?|(大学|大专|本科).*"
)
_VOCATIONAL = regex(r"(中等职业|中职|职高|职业高中|中专|技校|技工学校).*")


def stage_of(grade: str) -> str:
    """Name the stage after compulsory schooling that a grade belongs to; nothing for others."""
    if _UPPER.fullmatch(grade):
        return "高中以上"
    return "中等职业" if _VOCATIONAL.fullmatch(grade) else ""


def refusal_said(event: Event, guardian: Guardian) -> RefusedBy | None:
    """Tell whom a whole clause of the reason names as refusing, or that nobody was there."""
    clauses = _clauses(event.refusal)
    if _he_refused(clauses, guardian):
        return "本人"
    # Whoever writes of a refusal in other words beside an empty house must say who refused.
    empty, others = any(map(_NOBODY.fullmatch, clauses)), any(map(_REFUSED.search, clauses))
    return "无人在家" if empty and not others else None


def refused_in_vain(event: Event, guardian: Guardian) -> bool:
    """Tell whether a whole clause of why a visit failed says that the addressee refused; only to
    offer what comes next.
    """
    return _he_refused(_clauses(event.reason), guardian)


def _clauses(text: str) -> list[str]:
    return [name_key(part) for part in re.split(r"[，,。；;、]", text) if part]


def _he_refused(clauses: Iterable[str], guardian: Guardian) -> bool:
    who = f"(本人|受送达人|{re.escape(name_key(guardian.name))})?"
    return any(re.fullmatch(who + _REFUSAL, clause) for clause in clauses)


def refused_by_wire(event: Event, guardian: Guardian) -> bool:
    """Tell whether a whole clause of the reason says that the addressee refused from afar."""
    who = f"(本人|受送达人|{re.escape(name_key(guardian.name))})?在?"
    said = re.compile(f"{who}{_BY_WIRE}(明确)?(说|表示)?(拒绝|拒收|{_REFUSAL})")
    return any(said.fullmatch(name_key(p)) for p in re.split(r"[，,。；;、]", event.refusal))


def contact_only(event: Event) -> bool:
    """Tell whether the place is a call or a message, which is no service."""
    return bool(_CONTACT.fullmatch(name_key(event.place)))


def only_called(event: Event) -> bool:
    """Tell whether an attempt in vain says no more than what came of a call or a message, and
    nothing of a way that somebody went; only to ask.
    """
    clauses = _clauses(event.reason)
    silent = bool(clauses) and all(map(_UNANSWERED.fullmatch, clauses))
    called = bool(clauses and _CALLED.match(clauses[0])) and not any(map(_WENT.search, clauses))
    return contact_only(event) or ((silent or called) and not event.place)


def refuser_of(event: Event, guardian: Guardian) -> RefusedBy | None:
    """Tell who refused a paper: as chosen, else where a clause says just that."""
    return event.refused_by or refusal_said(event, guardian)


def place_said(event: Event, guardian: Guardian, household: Iterable[str] = ()) -> PlaceKind | None:
    """Tell what kind of place a name is: the home, also by who else lives in it, the work, a
    room of an office.
    """
    place = name_key(event.place)
    if not place:
        return None
    rooms = {place.removeprefix(name_key(name)) for name in (guardian.name, *household)}
    if not rooms.isdisjoint(_HOME_WORDS) or place == name_key(guardian.address):
        return HOME
    if place == name_key(guardian.employer):
        return "工作单位"
    return "机关" if _OFFICE_PLACE.fullmatch(place) else None


def place_of(event: Event, guardian: Guardian, household: Iterable[str] = ()) -> PlaceKind | None:
    """Tell what kind of place it was: as chosen, else as its name says."""
    return event.place_kind or place_said(event, guardian, household)


def unit_said(witness: Witness, guardian: Guardian) -> WitnessKind | None:
    """Tell what a unit is by the ending that such bodies' names have."""
    unit = name_key(witness.unit)
    if not unit:
        return None
    return "受送达人单位" if unit == name_key(guardian.employer) else body_said(unit)


def body_said(unit: str) -> WitnessKind | None:
    """Tell what body a name is of: a committee, one that is no witness, or unknown."""
    unit = name_key(unit)
    if _VILLAGE.fullmatch(unit):
        return "村（居）民委员会"
    if _COMMUNITY.fullmatch(unit):
        return "社区"
    return "其他" if _NO_WITNESS.fullmatch(unit) else None


def organ_place(event: Event, organ: str) -> PlaceKind | None:
    """Tell whether a paper was left at the office of an organ: as chosen, else by its name.

    Whoever chose an office of any organ did not say that it is its own.
    """
    place, own = name_key(event.place), name_key(organ)
    room = place.removeprefix(own)
    if place and (not room or (room != place and re.fullmatch(_ROOMS, room))):
        return HOME
    return None if event.place_kind == "机关" else event.place_kind


def unit_of(witness: Witness, guardian: Guardian) -> WitnessKind | None:
    """Tell what a witness is from: as chosen, else as the name of the unit says."""
    return witness.kind or unit_said(witness, guardian)


def maybe_no_person(signer: str) -> bool:
    """Tell whether who signed looks like a body, a post or a place where letters are left;
    only to ask.
    """
    name = name_key(signer)
    bodies = (_VILLAGE, _COMMUNITY, _ORGAN, _LEFT_FOR_HIM, _POST_ONLY)
    return any(body.fullmatch(name) for body in bodies)


_UNSIGNED = regex(
    r"(本人|他|她|家人|家属|家长)?(拒绝?|不(肯|愿|愿意)?|没(有)?|未)(签[收名字]?|收)"
    r"|(家[中里])?(无人|没(有)?人)(在家)?|(本人|人)?不在(家)?"
    r"|(家[中里])?(门锁(着)?|锁门|上锁)|没见到(人)?|无"
    r"|(邮件|信|原件|邮局|被)*(退回来?|退件|退信|退了)(邮局|邮件)?"
    r"|(原址|按址)?查无此人|无法投递|投递失败"
)
_RETURNED = regex(
    r"退回|退件|退信|退了回来|查无此[人址]|无法投递|投递失败|地址(不详|不清|有误)|迁移新址"
)
_CAME_AFTER_ALL = regex("签收|收到|收下|领取|再次|重新|另|又|改(寄|送|投)|第[二2]次|[没未]有?退")


def returned_said(text: str) -> bool:
    """Tell whether words beside a letter that arrived say that it came back, and nothing of a
    second one; only to ask.
    """
    return bool(_RETURNED.search(text)) and not _CAME_AFTER_ALL.search(text)


def nobody_signed(signer: str) -> bool:
    """Tell whether what stands for a signer says that nobody signed; no name is written so."""
    return bool(_UNSIGNED.fullmatch(name_key(signer)))


def named_like_no_person(signer: str) -> bool:
    """Tell whether a body's name is not a person's besides: a surname and one or two characters."""
    from kcbx_docs.case.relatives import double_surname, is_surnamed

    name = name_key(signer)
    short = len(name) - double_surname(name[:2]) <= _LONGEST_NAME
    return maybe_no_person(name) and not (short and is_surnamed(name))


def carrier_said(event: Event) -> CarrierKind | None:
    """Tell whether a carrier's whole name is the post's or a well-known courier's."""
    name = "".join(unicodedata.normalize("NFKC", event.carrier).split()).lower()
    if name in POSTAL or _POST_OFFICE.fullmatch(name):
        return POST
    return "快递企业" if _COURIERS.fullmatch(name) else None


def carrier_open(event: Event) -> bool:
    """Tell whether neither a name nor a class nor the number tells who carried the mail."""
    return not (event.carrier or event.carrier_kind or _POSTAL_NUMBER.fullmatch(event.mail_number))


def in_a_group(bulletin: str) -> bool:
    """Tell whether a notice was put where a closed circle reads it, and nowhere else."""
    return bool(_GROUP.fullmatch(name_key(bulletin)))


def entrusted_said(event: Event) -> EntrustedKind | None:
    """Tell what an entrusted unit is by its name: who keeps people, an organ, or neither."""
    unit = name_key(event.entrusted)
    if (kept := suggestion(unit)) in HANDED_ON:
        return _KEPT_BY[kept]
    if _VILLAGE.fullmatch(unit) or _COMMUNITY.fullmatch(unit) or _NO_ORGAN.fullmatch(unit):
        return "其他"
    return "行政机关" if _ORGAN.fullmatch(unit) else None


def recruits(unit: str) -> bool:
    """Tell whether a unit only calls up soldiers or looks after them later, by its name."""
    return bool(_RECRUITS.search(name_key(unit)))


def below_regiment(unit: str) -> bool:
    """Tell whether a unit of the army has no political organ of a regiment or above, by its name:
    a battalion, a company, a platoon, a squad, or who leads one.
    """
    return bool(_BELOW_REGIMENT.search(name_key(unit)))


def itself(unit: str, organ: str) -> bool:
    """Tell whether a unit is the very organ that made a paper, in full or by a usual short name."""
    said, own = (name_key(name).replace("人民政府", "政府") for name in (unit, organ))
    return bool(_SELF.fullmatch(said)) or (len(said) > 1 and own.endswith(said))


def kept_by(whereabouts: str | None) -> EntrustedKind | None:
    """Tell through what kind of unit somebody is reached who is where the file says."""
    return _KEPT_BY.get(whereabouts or "")
