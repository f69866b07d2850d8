"""The lawful reasons for not attending, one by one, with what was found of each."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kcbx_docs.case.fields import Short, Text
from kcbx_docs.reading import MaybeDay, Model


class Examination(Model):
    """What was found about one lawful reason for not attending."""

    result: Literal["是", "否", "有", "无", "未查明"] = Field(
        default="未查明", alias="结论", description="是（有）、否（无）或未查明"
    )
    evidence: Text = Field(default="", alias="依据", description="看了什么材料、问了谁")
    since: MaybeDay = Field(
        default=None,
        alias="日期",
        description="是（有）的写从哪一天起，不写就只看现在；否（无）的写查明的日期",
    )

    def by(self, day: date) -> "Examination":
        """Return what was known on a day: of what is dated later, nothing."""
        return self if self.since is None or self.since <= day else Examination()

    @property
    def examined(self) -> bool:
        """Tell whether somebody looked."""
        return self.result != "未查明"

    @property
    def applies(self) -> bool:
        """Tell whether the reason exists."""
        return self.result in ("是", "有")


Examined = Annotated[Examination, Short("结论", ("是", "否", "有", "无", "未查明"))]


_NOTHING = Examination.model_construct()  # that alone builds nothing


class Exclusions(Model):
    """The lawful reasons that must be examined before anything is ordered;
    未查明 is neither yes nor no.
    """

    deferral: Examined = Field(
        default=_NOTHING, alias="缓学休学批准", description="经批准缓学、休学"
    )
    home_teaching: Examined = Field(
        default=_NOTHING,
        alias="送教上门",
        description="已由学校送教上门或远程教育",
    )
    special_school: Examined = Field(
        default=_NOTHING,
        alias="特殊教育就读",
        description="在特殊教育学校或专门学校就读",
    )
    transfer: Examined = Field(
        default=_NOTHING, alias="转学", description="已转到别处就读，包括随迁"
    )
    completed: Examined = Field(
        default=_NOTHING,
        alias="已完成义务教育",
        description="已初中毕业或完成义务教育",
    )
    under_age: Examined = Field(
        default=_NOTHING,
        alias="未到入学年龄",
        description="还没有到当地的入学年龄",
    )
    hospital: Examined = Field(
        default=_NOTHING,
        alias="住院治疗",
        description="因病住院或治疗，不能到校",
    )
    dead_or_abroad: Examined = Field(
        default=_NOTHING,
        alias="死亡或出境",
        description="已死亡、出境或户籍注销",
    )
    other: Examined = Field(default=_NOTHING, alias="其他正当理由", description="其他正当理由")

    def items(self) -> tuple[tuple[str, Examination], ...]:
        """List every reason by its Chinese name with what was found."""
        return tuple(
            (str(f.alias), getattr(self, name)) for name, f in type(self).model_fields.items()
        )

    @property
    def unexamined(self) -> tuple[str, ...]:
        """Name the reasons that nobody examined."""
        return tuple(name for name, found in self.items() if not found.examined)

    @property
    def applying(self) -> tuple[str, ...]:
        """Name the reasons that exist."""
        return tuple(name for name, found in self.items() if found.applies)
