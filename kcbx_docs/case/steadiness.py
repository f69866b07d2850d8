"""Whether a child is likely to stay at school, as people decided: the red and the white list."""

from typing import Literal, get_args

from pydantic import Field

from kcbx_docs.case.fields import Text, Texts
from kcbx_docs.reading import MaybeDay, Model

Which = Literal["红名单", "白名单"]
RED: Which = "红名单"
LISTS: tuple[Which, ...] = get_args(Which)


class OnList(Model):
    """That a child was put on one of the two lists; the last one holds."""

    which: Which = Field(
        alias="名单", description="红名单：不稳定，要结对包保；白名单：已经稳定。由人决定"
    )
    day: MaybeDay = Field(default=None, alias="日期", description="从哪一天起列入")
    helpers: Texts = Field(default=(), alias="包保人", description="红名单的：由谁结对包保")
    decided_by: Texts = Field(default=(), alias="决定人", description="谁定的，如 校长、年级主任")
    reason: Text = Field(default="", alias="理由", description="为什么列入、为什么转列")
