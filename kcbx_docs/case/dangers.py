"""Dangers to the child that put the duty to report first: closed choices,
and the words in free text that ask for one of them.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, get_args

from pydantic import Field

from kcbx_docs.case.fields import Day, Text
from kcbx_docs.reading import Model

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

NEAR_WORDS: Mapping[DangerKind, tuple[str, ...]] = {
    "订婚早婚": ("早婚", "订婚", "定亲", "结婚", "出嫁", "嫁人", "办酒", "办了酒", "婚约", "彩礼"),
    "同居怀孕": ("同居", "怀孕", "生育", "早育", "生孩子"),
    "性侵害": ("性侵", "强奸", "猥亵", "性骚扰"),
    "家庭暴力": ("家暴", "家庭暴力", "殴打", "被打", "毒打"),
    "虐待遗弃": ("虐待", "遗弃", "抛弃"),
    "无人照料": ("无人照料", "无人照管", "无人看管", "独自生活", "独居", "没人管"),
    "失踪失联": ("失踪", "走失", "离家出走", "失联", "联系不上孩子"),
    "拐卖拐骗": ("拐卖", "拐骗", "被拐"),
    "非法招用": ("童工", "非法招用", "打工", "务工", "进厂", "做工", "帮工"),
    "教唆犯罪": ("教唆", "被利用犯罪", "帮派"),
    "严重欺凌": ("欺凌", "霸凌"),
    "自伤自杀": ("自残", "自伤", "自杀", "轻生"),
}
"""Words that are no finding of anything: they only ask an officer to choose."""


class Danger(Model):
    """One danger to the child, as somebody found or was told of it."""

    kind: DangerKind = Field(alias="种类", description="选一种；几种都有的，分开写几项")
    day: Day = Field(alias="发现日期", description="哪一天发现或者得知")
    basis: Text = Field(
        alias="依据", description="谁说的、看到什么，如 村委会反映家里给孩子办了酒席", min_length=1
    )
    found: Literal["属实", "不属实", "没有核实"] = Field(
        default="没有核实", alias="核实", description="没有核实的也要报告；查明不属实的才写 不属实"
    )

    def stands(self, day: date) -> bool:
        """Tell whether it was known by a day and nobody found it untrue."""
        return self.found != "不属实" and self.day <= day


def kinds_meant(text: str) -> Iterator[DangerKind]:
    """Yield the dangers whose words stand in a text."""
    for kind, words in NEAR_WORDS.items():
        if any(word in text for word in words):
            yield kind
