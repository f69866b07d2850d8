"""Dangers to the child that put the duty to report first: closed choices."""

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from kcbx_docs.case.fields import Text
from kcbx_docs.reading import Day, MaybeDay, MaybeYes, Model

DangerKind = Literal[
    "订婚早婚",
    "同居怀孕",
    "性侵害",
    "家庭暴力",
    "虐待遗弃",
    "无人照料",
    "失踪失联",
    "拐卖拐骗",
    "非法招用",
    "教唆犯罪",
    "严重欺凌",
    "自伤自杀",
]
KINDS: tuple[DangerKind, ...] = get_args(DangerKind)

Department = Literal["公安", "民政", "教育", "人社", "妇联", "村（居）委会", "检察", "其他"]
DEPARTMENTS: tuple[Department, ...] = get_args(Department)


class Danger(Model):
    """One danger to the child, as somebody found or was told of it."""

    kind: DangerKind = Field(alias="种类", description="选一种；几种都有的，分开写几项")
    day: Day = Field(alias="发现日期", description="哪一天发现或者得知")
    basis: Text = Field(
        alias="依据", description="谁说的、看到什么，如 村委会反映家里给孩子办了酒席", min_length=1
    )
    found: Literal["属实", "不属实", "没有核实"] = Field(
        default="没有核实",
        alias="核实",
        description="查证以后才写 属实 或 不属实；还有疑问的写 没有核实，没有核实的也要报告",
    )

    hazardous: MaybeYes = Field(
        default=None,
        alias="危险作业",
        description="非法招用的，是不是高空、井下、放射性、高毒、易燃易爆，"
        "或者国家规定的第四级体力劳动强度的劳动",
    )

    over: MaybeDay = Field(
        default=None,
        alias="解除日期",
        description="失踪、被拐的孩子找到、回了家的那一天；还没有的不写",
    )

    def lasts(self, day: date) -> bool:
        """Tell whether a danger that was known is not over by a day."""
        return self.over is None or self.over > day

    def stands(self, day: date) -> bool:
        """Tell whether it was known by a day and nobody found it untrue."""
        return self.found != "不属实" and self.day <= day
