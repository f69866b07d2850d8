"""What templates learn of the hearing, the proposed outcome and what was confirmed as not done."""

import datetime
from decimal import Decimal

from pydantic import Field

from kcbx_docs.case.silences import NO_ANSWER, NO_DEFENCE, NO_HEARING, NO_REVIEW, NO_SUIT
from kcbx_docs.reading import Model

Day = datetime.date | None


class HearingRecord(Model):
    """The hearing that this guardian asked for."""

    asked: Day = Field(default=None, alias="要求日期", description="要求听证的日期")
    waived: Day = Field(default=None, alias="放弃日期", description="放弃或撤回听证要求的日期")
    noticed: Day = Field(default=None, alias="通知送达日期", description="听证通知书送达的日期")
    earliest: Day = Field(
        default=None, alias="最早举行日", description="通知在成文之日送达的，最早可以举行听证的日期"
    )
    planned: Day = Field(
        default=None, alias="安排日期", description="听证通知书写明的举行听证的日期"
    )
    planned_clock: datetime.time | None = Field(
        default=None, alias="安排时间", description="听证通知书写明的举行听证的时间"
    )
    place: str | None = Field(default=None, alias="地点", description="举行听证的地点")
    chair: str | None = Field(default=None, alias="主持人", description="听证主持人")
    public: bool | None = Field(
        default=None, alias="公开", description="是否公开举行；没有写的为空"
    )
    held: Day = Field(default=None, alias="举行日期", description="举行听证的日期")
    attended: str | None = Field(
        default=None, alias="到场", description="当事人到场没有：到场、没有到场、中途退出"
    )
    result: str | None = Field(default=None, alias="结果", description="听证结果")


class ConclusionRecord(Model):
    """What the officers proposed at the end of the investigation."""

    day: Day = Field(default=None, alias="日期", description="调查终结的日期")
    proposal: str | None = Field(
        default=None,
        alias="建议",
        description="建议处罚、建议不予处罚、建议撤销案件或建议移送；没有写的为空",
    )
    fine: Decimal | None = Field(default=None, alias="金额", description="建议的罚款，元")
    ground: str | None = Field(
        default=None, alias="法定情形", description="建议不予处罚的，属于哪一种法定情形"
    )
    reason: str | None = Field(default=None, alias="原因", description="建议的理由")
    organ: str | None = Field(default=None, alias="机关", description="建议移送给哪个机关")


class ConfirmedRecord(Model):
    """What an officer confirmed that the guardian did not do, with the day; empty if nobody did."""

    defence: Day = Field(
        default=None, alias=NO_DEFENCE, description="核实告知以后没有陈述申辩的日期"
    )
    hearing: Day = Field(
        default=None, alias=NO_HEARING, description="核实告知以后没有要求听证的日期"
    )
    after_demand: Day = Field(
        default=None, alias=NO_ANSWER, description="核实催告以后没有陈述申辩的日期"
    )
    review: Day = Field(default=None, alias=NO_REVIEW, description="核实没有申请行政复议的日期")
    suit: Day = Field(default=None, alias=NO_SUIT, description="核实没有提起行政诉讼的日期")
