"""What papers are told of the absence, of dropouts before it, and of dangers to the child."""

import datetime

from pydantic import Field

from kcbx_docs.reading import Model

Day = datetime.date | None


class ReturnRecord(Model):
    """The child's return."""

    back: bool = Field(default=False, alias="已返校", description="到成文之日孩子是否在校")
    day: Day = Field(default=None, alias="日期", description="返校的日期")
    how: str | None = Field(
        default=None, alias="方式", description="怎样返校，如 回原班、转学、送教上门"
    )
    placed: str | None = Field(
        default=None, alias="安置", description="回原班、调整班级、转学、职业学校、送教上门或其他"
    )
    absent_from: Day = Field(default=None, alias="缺课起", description="缺课的第一天")
    absent_days: int | None = Field(default=None, alias="缺课天数", description="缺课的自然日数")


class SpellLine(Model):
    """A dropout that ended with a return."""

    start: datetime.date = Field(alias="缺课起", description="缺课的第一天")
    returned: datetime.date = Field(alias="返校", description="返校的日期")


class ReportedLine(Model):
    """The reports of a danger that were made on one day."""

    day: datetime.date = Field(alias="日期", description="报告的日期")
    organs: tuple[str, ...] = Field(alias="机关", description="那一天报告给哪些机关")


class DangerLine(Model):
    """A danger to the child, and what became of the duty to report it."""

    kind: str = Field(alias="种类", description="哪一种危险情形")
    found: Day = Field(
        default=None, alias="发现日期", description="发现的日期；由监护人的情况得出的没有"
    )
    ground: str = Field(alias="依据", description="怎么知道的")
    reported: bool = Field(alias="已报告", description="该报告的部门是不是都报告过")
    reports: tuple[ReportedLine, ...] = Field(
        default=(), alias="报告", description="报告过的日期和机关"
    )
