"""The ways of service: what proves each, whose day counts, what makes it void."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from kcbx_docs.light import dataclass

Condition = Literal[
    "拒收以后留下",
    "本人到机关来",
    "由邮政企业寄递",
    "由行政机关代办",
    "在部队或被监禁",
    "本人确认过电子送达",
    "送不到或下落不明",
]
"""What must be true besides; ``record.conditions`` decides whether it is."""

REFUSED: Condition = "拒收以后留下"
CAME: Condition = "本人到机关来"
POSTED: Condition = "由邮政企业寄递"
KEPT: Condition = "在部队或被监禁"
CONFIRMED: Condition = "本人确认过电子送达"

RefusedBy = Literal[
    "本人",
    "同住成年家属",
    "指定代收的代理人",
    "单位负责人",
    "单位负责收件的人",
    "其他人",
    "无人在家",
]
HIMSELF: RefusedBy = "本人"
HOUSEHOLD: RefusedBy = "同住成年家属"
AGENT: RefusedBy = "指定代收的代理人"
REFUSERS: tuple[RefusedBy, ...] = (HIMSELF, HOUSEHOLD, AGENT)
"""Whose refusal lets a paper be left behind that is for a person."""
ORGAN_REFUSERS: tuple[RefusedBy, ...] = ("单位负责人", "单位负责收件的人")
"""Whose refusal lets a paper be left behind that is for an organ."""

SignedBy = Literal[
    "本人",
    "同住成年家属",
    "指定代收的代理人",
    "委托代理人",
    "法定代理人",
    "单位收发",
    "代收点",
    "其他人",
]
MEANT_BY: Mapping[SignedBy, tuple[str, ...]] = {
    "同住成年家属": ("同住", "成年"),
    "指定代收的代理人": ("指定代收",),
    "法定代理人": ("法定代理人签收",),
}
"""What is true of whoever is chosen as the one who signed, where nothing else is written."""
REPRESENTS: SignedBy = "委托代理人"
NO_SIGNERS: tuple[SignedBy, ...] = ("单位收发", "代收点", "其他人")
"""Whose signature serves nobody else, unless the addressee named them for it."""

PlaceKind = Literal["住所", "工作单位", "机关", "其他"]
HOME: PlaceKind = "住所"
WORK: PlaceKind = "工作单位"

WitnessKind = Literal["村（居）民委员会", "社区", "受送达人单位", "其他基层组织", "其他"]
WITNESSES: tuple[WitnessKind, ...] = ("村（居）民委员会", "社区", "受送达人单位")
"""Whose people the law and its interpretation name as witnesses of a refusal."""
COMMITTEES: tuple[WitnessKind, ...] = ("村（居）民委员会", "社区")
"""Witnesses who must be from where the addressee lives."""
OWN_UNIT: WitnessKind = "受送达人单位"
MAYBE_WITNESS: WitnessKind = "其他基层组织"

CarrierKind = Literal["邮政企业", "快递企业"]
POST: CarrierKind = "邮政企业"
POSTAL = frozenset(
    (
        "中国邮政",
        "中国邮政集团",
        "中国邮政集团有限公司",
        "中国邮政速递物流",
        "中国邮政ems",
        "邮政",
        "邮政企业",
        "邮政ems",
        "邮政快递",
        "邮政特快专递",
        "邮政挂号信",
        "特快专递",
        "挂号信",
        "ems",
    )
)
"""Names that mean the post office, without spaces and in small letters; others say 承运单位类别."""

EntrustedKind = Literal["行政机关", "部队", "监所", "强制性教育机构", "其他"]
KEEPERS: tuple[EntrustedKind, ...] = ("部队", "监所", "强制性教育机构")
"""Who hands papers on to the people whom it keeps."""
HANDED_ON_BY: Mapping[EntrustedKind, str] = {
    "部队": "service-by-army",
    "监所": "service-by-prison",
    "强制性教育机构": "service-by-education",
}
"""The rule of each of them: the law names them one by one."""
LEFT_AT_HOME = "service-lien"
LEFT_WITH_AGENT, LEFT_AT_ORGAN = "service-lien-agent", "service-lien-organ"
"""The rules of what is left at home, with an agent, and at the office of an organ."""

ProofKind = Literal[
    "送达回证",
    "情况记录",
    "照片录像",
    "交寄单",
    "物流轨迹",
    "回执联",
    "退件封面",
    "送达地址确认书",
    "授权委托书",
    "发送截屏",
    "到达记录",
    "委托函",
    "转交函",
    "公告原件",
    "张贴照片",
    "报纸网页",
    "其他",
]
"""What a file proves that is kept beside a service."""
PICTURES: ProofKind = "照片录像"
CONFIRMATION: ProofKind = "送达地址确认书"
"""By which a person agrees to electronic service and names who takes papers for him."""
MANDATE: ProofKind = "授权委托书"
"""By which a person lets somebody act for him."""

Outcome = Literal["已送达", "未送达", "在途"]
SERVED: Outcome = "已送达"
FAILED: Outcome = "未送达"
SENT: Outcome = "在途"
NEVER = "没有发生"
"""What a correction says of an attempt that was recorded by mistake: there was none."""

_ROW = 4
"""How many ways a line of the receipt names."""


@dataclass(frozen=True)
class ServiceMethod:
    """One way of service."""

    name: str
    on_receipt: str
    """What the receipt calls it; nothing where no receipt is made."""
    proofs: tuple[tuple[str, ...], ...] = ()
    """Groups of keys of which at least one must be written each, or it proves nothing."""
    asked: tuple[str, ...] = ()
    """What leaves a doubt where nobody wrote it."""
    day: str = "签收日期"
    """The key of the day that the proof bears; the event's own day where it is not written."""
    period: str = ""
    """The rule that runs from that day before the paper counts as served."""
    condition: Condition | None = None
    in_person: bool = False
    """Somebody goes and looks for the addressee."""
    by_officers: bool = False
    """Officers of ours hand it over themselves."""
    meets: bool = False
    """Who signs for himself was met that day."""
    travels: bool = False
    """Days pass between sending and the day of the proof."""
    signer_judged: bool = False
    """Somebody else may sign for the addressee, but not everybody."""
    himself: bool = False
    """Nobody else signs for the addressee."""
    signed: bool = True
    """Papers may name who signed."""
    recorded: bool = True
    """An event of service may name it; otherwise it goes without saying."""
    basis: str = ""
    """The rule whose articles allow it."""
    another: str = ""
    """The rule where somebody else signed for the addressee."""
    refused: str = ""
    """The rule where the addressee refused to sign and it was not left at home."""
    about: str = ""
    """What is done, for somebody who chooses among the ways."""
    form: tuple[str, ...] = ()
    """The keys that are asked for, in this order."""
    vain: tuple[str, ...] = ("原因",)
    """The keys that are asked for where it did not succeed."""
    sending: tuple[str, ...] = ()
    """The keys that are known when it is sent."""
    files: Mapping[Outcome, tuple[tuple[ProofKind, ...], ...]] = field(default_factory=dict)
    """Groups of proofs of which one each is kept, by what came of it; they may follow later."""
    turn: int = 0
    """When it is tried; nothing for what is offered beside the others only."""
    organs: bool = False
    """An organ may be reached so, too."""
    takes: tuple[str, ...] = ()
    """What is taken along or put into the envelope, besides the paper and its receipt."""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """List what may come of it."""
        return (SERVED, FAILED, SENT) if self.travels else (SERVED, FAILED)

    def asked_of(self, outcome: Outcome) -> tuple[str, ...]:
        """List the keys that are asked for, by what came of it."""
        return {FAILED: self.vain, SENT: self.sending}.get(outcome, self.form)


_REFUSING = ("拒收原因", "拒收人", "地点类别", "影像资料")
_SIGNED = ("签收人", "签收人类别", "关系")
_VISITED = ("时间", "地点", "原因", "拒收人", "影像资料", "承办人")
_WITNESSED = ("见证人.姓名", "见证人.单位", "见证人.单位类别", "见证人.职务")
_VISIT_IN_VAIN: tuple[tuple[ProofKind, ...], ...] = (("情况记录", "照片录像"),)

METHODS: Mapping[str, ServiceMethod] = {
    method.name: method
    for method in (
        ServiceMethod(
            "直接",
            "直接送达",
            organs=True,
            condition="拒收以后留下",
            by_officers=True,
            in_person=True,
            meets=True,
            signer_judged=True,
            basis="service-direct",
            another="service-direct-another",
            refused="service-refused-elsewhere",
            turn=3,
            about="送到本人或者同住的成年家属手里，当面签收。在住所拒收、文书留下了的是留置，"
            "没有留下的是没有送到；在住所以外当面拒绝签收的，拍照、录像",
            form=("时间", "地点", *_REFUSING, *_SIGNED, "承办人"),
            vain=_VISITED,
            files={SERVED: (("送达回证",),), FAILED: _VISIT_IN_VAIN},
            takes=("执法证件", "能拍照录像的设备"),
        ),
        ServiceMethod(
            "领取",
            "到机关领取",
            organs=True,
            condition="本人到机关来",
            meets=True,
            signer_judged=True,
            basis="service-collect",
            refused="service-collect-refused",
            about="通知他到机关来领取，当面签收",
            form=("时间", "拒收原因", "拒收人", *_SIGNED, "承办人"),
            files={SERVED: (("送达回证",),), FAILED: (("情况记录",),)},
        ),
        ServiceMethod(
            "留置",
            "留置送达",
            (("拒收原因",), ("见证人", "影像资料")),
            ("拒收人", "没有影像的：地点类别、见证人的单位类别"),
            condition="拒收以后留下",
            by_officers=True,
            in_person=True,
            signed=False,
            basis=LEFT_AT_HOME,
            turn=1,
            refused="service-refused-elsewhere",
            organs=True,
            about="本人、同住的成年家属（单位的负责人、收件的人）拒收，请人见证或者拍照录像，"
            "把文书留在住所",
            form=(
                *("时间", "拒收人", "拒收原因", "地点", "地点类别"),
                *("影像资料", *_WITNESSED, "承办人"),
            ),
            vain=_VISITED,
            files={SERVED: (("送达回证",), ("照片录像", "情况记录")), FAILED: _VISIT_IN_VAIN},
            takes=("执法证件", "能拍照录像的设备", "请村（居）民委员会的人到场"),
        ),
        ServiceMethod(
            "邮寄",
            "邮寄送达",
            (("邮件单号",), ("签收日期",)),
            ("不是中国邮政、EMS 的：承运单位类别",),
            condition="由邮政企业寄递",
            travels=True,
            signer_judged=True,
            organs=True,
            basis="service-post",
            another="service-post-another",
            turn=5,
            about="用邮政特快专递寄，详情单写明文书名称和文号，要回执",
            form=("邮件单号", "承运单位", "交寄日期", "签收日期", *_SIGNED),
            vain=("邮件单号", "承运单位", "交寄日期", "原因"),
            sending=("邮件单号", "承运单位", "交寄日期"),
            files={
                SERVED: (("交寄单",), ("回执联", "物流轨迹")),
                FAILED: (("交寄单",), ("退件封面", "物流轨迹")),
                SENT: (("交寄单",),),
            },
            takes=("写明文书名称和文号的详情单",),
        ),
        ServiceMethod(
            "委托",
            "委托送达",
            (("受托机关",), ("签收日期",)),
            condition="由行政机关代办",
            in_person=True,
            travels=True,
            signer_judged=True,
            basis="service-entrusted",
            refused=LEFT_AT_HOME,
            turn=6,
            about="出委托函，由他所在地的行政机关代为送达",
            form=("受托机关", "受托机关类别", "交寄日期", "签收日期", "地点", *_SIGNED),
            vain=("受托机关", "受托机关类别", "交寄日期", "原因"),
            sending=("受托机关", "受托机关类别", "交寄日期"),
            files={
                SERVED: (("委托函",), ("送达回证",)),
                FAILED: (("委托函",), ("情况记录",)),
                SENT: (("委托函",),),
            },
            takes=("委托函",),
        ),
        ServiceMethod(
            "转交",
            "转交送达",
            (("受托机关",), ("签收日期",)),
            ("受托机关类别", "监护人的下落"),
            condition=KEPT,
            travels=True,
            signer_judged=True,
            himself=True,
            basis="service-handed-on",
            turn=2,
            about="军人、被监禁或者强制戒毒的，由部队、监所、戒毒所转交",
            form=("受托机关", "受托机关类别", "交寄日期", "签收日期"),
            vain=("受托机关", "受托机关类别", "交寄日期", "原因"),
            sending=("受托机关", "受托机关类别", "交寄日期"),
            files={
                SERVED: (("转交函",), ("送达回证",)),
                FAILED: (("转交函",), ("情况记录",)),
                SENT: (("转交函",),),
            },
            takes=("转交函",),
        ),
        ServiceMethod(
            "电子",
            "电子送达",
            (("送达地址",), ("到达日期",)),
            ("监护人的电子送达地址",),
            day="到达日期",
            condition=CONFIRMED,
            signed=False,
            organs=True,
            basis="service-electronic",
            turn=4,
            about="发到送达地址确认书上他同意的手机号、邮箱等",
            form=("送达地址", "到达日期", "承办人"),
            vain=("送达地址", "原因"),
            files={
                SERVED: (("送达地址确认书",), ("发送截屏", "到达记录")),
                FAILED: (("发送截屏", "情况记录"),),
            },
        ),
        ServiceMethod(
            "公告",
            "公告送达",
            (("原因",), ("公告媒介",), ("公告日期",)),
            day="公告日期",
            period="service-public-notice",
            condition="送不到或下落不明",
            signed=False,
            basis="service-public-notice",
            turn=7,
            about="下落不明，或者别的方式都送不到，张贴、登报或者在网上公告",
            form=("原因", "公告媒介", "公告日期", "承办人"),
            files={SERVED: (("公告原件",), ("张贴照片", "报纸网页"))},
            takes=("能拍照录像的设备",),
        ),
        ServiceMethod("当场交付", "", recorded=False),
    )
}

ON_THE_SPOT = METHODS["当场交付"]
SERVICE_METHODS = tuple(method.name for method in METHODS.values() if method.recorded)
"""What an event of service may say."""


def _known_way(value: str) -> str:
    if value in SERVICE_METHODS:
        return value
    facts = {"value": value, "known": "、".join(SERVICE_METHODS)}
    raise PydanticCustomError("SERV065", "unknown way of service", facts)


ServiceWay = Annotated[str, AfterValidator(_known_way)]
"""A way of service as a pack names it."""


def receipt_lines(taken: str = "") -> tuple[str, ...]:
    """List the ways as a receipt offers them to be ticked, in columns of full-width characters;
    the way that was taken is ticked.
    """
    boxes = [_box(method, taken) for method in METHODS.values() if method.on_receipt]
    rows = [boxes[start : start + _ROW] for start in range(0, len(boxes), _ROW)]
    widths = [max(map(len, boxes[column::_ROW])) for column in range(_ROW)]
    return tuple(_line(row, widths) for row in rows)


def _box(method: ServiceMethod, taken: str) -> str:
    return f"{'■' if method.name == taken else '□'} {method.on_receipt}"


def _line(row: list[str], widths: list[int]) -> str:
    padded = (box.ljust(width, "　") for box, width in zip(row, widths, strict=False))
    return "　".join(padded).rstrip("　")
