"""The ways of service: what proves each, whose day counts, what makes it void."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Condition = Literal[
    "拒收以后留下",
    "由邮政企业寄递",
    "由行政机关代办",
    "在部队或被监禁",
    "本人确认过电子送达",
    "送不到或下落不明",
]
"""What must be true besides; ``record.conditions`` decides whether it is."""

POSTED: Condition = "由邮政企业寄递"
KEPT: Condition = "在部队或被监禁"
CONFIRMED: Condition = "本人确认过电子送达"

RefusedBy = Literal["本人", "同住成年家属", "其他人", "无人在家"]
HOUSEHOLD: RefusedBy = "同住成年家属"
REFUSERS: tuple[RefusedBy, ...] = ("本人", HOUSEHOLD)
"""Whose refusal lets a paper be left behind."""

PlaceKind = Literal["住所", "工作单位", "机关", "其他"]
HOME: PlaceKind = "住所"

WitnessKind = Literal["村（居）民委员会", "社区", "受送达人单位", "其他基层组织", "其他"]
WITNESSES: tuple[WitnessKind, ...] = ("村（居）民委员会", "社区", "受送达人单位")
"""Whose people the law and its interpretation name as witnesses of a refusal."""
COMMITTEES: tuple[WitnessKind, ...] = ("村（居）民委员会", "社区")
"""Witnesses who must be from where the addressee lives."""
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
    signed: bool = True
    """Papers may name who signed."""
    recorded: bool = True
    """An event of service may name it; otherwise it goes without saying."""


METHODS: Mapping[str, ServiceMethod] = {
    method.name: method
    for method in (
        ServiceMethod(
            "直接",
            "直接送达",
            condition="拒收以后留下",
            by_officers=True,
            in_person=True,
            meets=True,
            signer_judged=True,
        ),
        ServiceMethod("领取", "到机关领取", meets=True, signer_judged=True),
        ServiceMethod(
            "留置",
            "留置送达",
            (("拒收原因",), ("见证人", "影像资料")),
            ("拒收人", "没有影像的：地点类别、见证人的单位类别"),
            condition="拒收以后留下",
            by_officers=True,
            in_person=True,
            signed=False,
        ),
        ServiceMethod(
            "邮寄",
            "邮寄送达",
            (("邮件单号",), ("签收日期",)),
            ("不是中国邮政、EMS 的：承运单位类别",),
            condition="由邮政企业寄递",
            travels=True,
            signer_judged=True,
        ),
        ServiceMethod(
            "委托",
            "委托送达",
            (("受托机关",), ("签收日期",)),
            condition="由行政机关代办",
            in_person=True,
            travels=True,
            signer_judged=True,
        ),
        ServiceMethod(
            "转交",
            "转交送达",
            (("受托机关",), ("签收日期",)),
            ("受托机关类别", "监护人的下落"),
            condition=KEPT,
            travels=True,
        ),
        ServiceMethod(
            "电子",
            "电子送达",
            (("送达地址",), ("到达日期",)),
            ("监护人的电子送达地址",),
            day="到达日期",
            condition=CONFIRMED,
            signed=False,
        ),
        ServiceMethod(
            "公告",
            "公告送达",
            (("原因",), ("公告媒介",), ("公告日期",)),
            day="公告日期",
            period="service-public-notice",
            condition="送不到或下落不明",
            signed=False,
        ),
        ServiceMethod("当场交付", "", recorded=False),
    )
}

ON_THE_SPOT = METHODS["当场交付"]
SERVICE_METHODS = tuple(method.name for method in METHODS.values() if method.recorded)
"""What an event of service may say."""


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
