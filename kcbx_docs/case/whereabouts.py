"""Where a guardian is: a closed choice, since law hangs on it;
what people wrote before it was one is told how to be written.
"""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from kcbx_docs.case.condition import condition_suggested
from kcbx_docs.case.fields import Text
from kcbx_docs.light import regex
from kcbx_docs.reading import Day, Model

Whereabouts = Literal[
    "在家",
    "外出",
    "境外",
    "下落不明",
    "服刑",
    "羁押",
    "强制戒毒",
    "服兵役",
    "住院",
    "死亡",
]
CHOICES: tuple[str, ...] = get_args(Whereabouts)
AT_HOME: Whereabouts = "在家"
DEAD: Whereabouts = "死亡"
MISSING: Whereabouts = "下落不明"

AWAY = ("外出", "境外")
LOCKED_UP = ("服刑", "羁押", "强制戒毒")
"""Who is kept where he cannot look after anybody."""
HANDED_ON = ("服刑", "羁押", "强制戒毒", "服兵役")
"""Whom service reaches through the unit that keeps them (民事诉讼法 on 转交送达)."""

_OLD_WORDS = (
    (r"下落不明|失踪|去向不明", "下落不明"),
    (r"去世|病故|死亡|身亡|亡故|已故", "死亡"),
    (r"服刑|监狱|坐牢", "服刑"),
    (r"看守所|羁押|拘留|逮捕", "羁押"),
    (r"戒毒", "强制戒毒"),
    (r"兵役|服役|参军|当兵|部队", "服兵役"),
    (r"国外|境外|出国|缅甸|老挝|越南", "境外"),
    (r"住院|治病", "住院"),
    (r"务工|打工|外出|外省|外地", "外出"),
    (r"^在家", "在家"),
)
_DENIED = regex(
    r"[没未无不非](?!明)|曾|原来|以前|刑满|出院|回来|返回|祖|爷|奶|外公|外婆|孩子|社区|宣告"
)
"""Words that may turn the meaning round, or tell of somebody else: then nothing is suggested."""


def suggestion(text: str) -> str:
    """Guess which choice an old free text meant; nothing where it may mean the opposite."""
    found = {choice for pattern, choice in _OLD_WORDS if re.search(pattern, text)}
    if len(found) > 1:
        found.discard("外出")  # in a prison elsewhere, working abroad: the other word says more
    if len(found) != 1 or _DENIED.search(text):
        return ""
    return found.pop()


def _known(value: Any) -> Any:
    if value is None or value in CHOICES:
        return value
    meant = suggestion(str(value))
    advice = f"原来的写法请改成两行：下落: {meant}，下落说明: {value}。" if meant else ""
    if meant == DEAD:
        advice = f"{advice}再写一行 下落日期: 去世的那一天。"
    elif condition := condition_suggested(str(value)):
        lines = f"监护状况: {condition}，监护状况日期: 从哪一天起，监护状况说明: {value}"
        advice = f"这是监护状况，请改成三行：{lines}。"
    raise PydanticCustomError(
        "CASE073", "not a whereabouts", {"choices": "、".join(CHOICES), "advice": advice}
    )


MaybeWhereabouts = Annotated[Whereabouts | None, BeforeValidator(_known)]


class Stay(Model):
    """Where a guardian was before, from a day until the next that is written."""

    where: MaybeWhereabouts = Field(alias="下落", description="选一个")
    day: Day = Field(alias="日期", description="从哪一天起")
    note: Text = Field(default="", alias="说明", description="在哪里、怎么知道的")


class Home(Model):
    """Where a guardian lived before, from a day until the next that is written."""

    address: Text = Field(alias="住址", description="当时的住址", min_length=1)
    day: Day = Field(alias="日期", description="从哪一天起")
    note: Text = Field(default="", alias="说明", description="怎么知道的、为什么搬")
