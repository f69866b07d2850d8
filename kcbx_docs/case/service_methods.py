"""The ways of service: what proves each, whose day counts, what makes it void."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Condition = Literal["本人确认过电子送达", "送不到或下落不明", "在部队或被监禁"]
"""What must be true of the guardian besides; ``record.service`` decides whether it is."""

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
    day: str = "签收日期"
    """The key of the day that the proof bears; the event's own day where it is not written."""
    period: str = ""
    """The rule that runs from that day before the paper counts as served."""
    condition: Condition | None = None
    signer_judged: bool = False
    """Somebody else may sign for the addressee, but not everybody."""
    signed: bool = True
    """Papers may name who signed."""
    recorded: bool = True
    """An event of service may name it; otherwise it goes without saying."""


METHODS: Mapping[str, ServiceMethod] = {
    method.name: method
    for method in (
        ServiceMethod("直接", "直接送达", signer_judged=True),
        ServiceMethod("领取", "到机关领取"),
        ServiceMethod("留置", "留置送达", (("拒收原因",), ("见证人", "影像资料")), signed=False),
        ServiceMethod("邮寄", "邮寄送达", (("邮件单号",), ("签收日期",)), signer_judged=True),
        ServiceMethod("委托", "委托送达", (("受托机关",), ("签收日期",)), signer_judged=True),
        ServiceMethod(
            "转交", "转交送达", (("受托机关",), ("签收日期",)), condition="在部队或被监禁"
        ),
        ServiceMethod(
            "电子",
            "电子送达",
            (("送达地址",), ("到达日期",)),
            day="到达日期",
            condition="本人确认过电子送达",
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


def receipt_lines() -> tuple[str, ...]:
    """List the ways as a receipt offers them to be ticked, in columns of full-width characters."""
    boxes = [f"□ {method.on_receipt}" for method in METHODS.values() if method.on_receipt]
    rows = [boxes[start : start + _ROW] for start in range(0, len(boxes), _ROW)]
    widths = [max(map(len, boxes[column::_ROW])) for column in range(_ROW)]
    return tuple(_line(row, widths) for row in rows)


def _line(row: list[str], widths: list[int]) -> str:
    padded = (box.ljust(width, "　") for box, width in zip(row, widths, strict=False))
    return "　".join(padded).rstrip("　")
