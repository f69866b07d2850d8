"""What templates learn of what is owed, of the demand and of the court that enforces."""

import datetime
from decimal import Decimal

from pydantic import Field

from kcbx_docs.papers.paper_records import PaperRecord
from kcbx_docs.reading import Model

Day = datetime.date | None


class ExtensionRecord(Model):
    """Payment later or in parts."""

    asked: Day = Field(default=None, alias="申请日期", description="申请延期或分期的日期")
    reason: str | None = Field(default=None, alias="原因", description="申请的理由")
    granted: Day = Field(default=None, alias="批准日期", description="批准的日期")
    number: str | None = Field(default=None, alias="文号", description="批准书文号")
    until: Day = Field(default=None, alias="届满日", description="批准的期限，最后一期的日期")


class DebtRecord(Model):
    """What is owed on the day of the paper."""

    on: Day = Field(default=None, alias="计算截止日", description="加处罚款算到哪一天")
    fine: Decimal | None = Field(default=None, alias="罚款", description="决定的罚款")
    paid: Decimal = Field(default=Decimal(0), alias="已缴", description="已经缴纳的总额")
    fine_left: Decimal | None = Field(
        default=None, alias="未缴罚款", description="还没有缴纳的罚款本金"
    )
    days_late: int | None = Field(
        default=None, alias="逾期天数", description="计算加处罚款的天数，复议、诉讼期间不计"
    )
    surcharge: Decimal | None = Field(
        default=None, alias="加处罚款", description="逾期每日加处的罚款，不超过罚款数额"
    )
    surcharge_left: Decimal | None = Field(
        default=None, alias="未缴加处罚款", description="还没有缴纳的加处罚款"
    )
    capped: bool = Field(default=False, alias="已达上限", description="加处罚款是否已达罚款数额")
    daily: Decimal | None = Field(default=None, alias="每日加处", description="每日加处的数额，元")
    total: Decimal | None = Field(default=None, alias="合计", description="还应缴纳的总额")


class DemandRecord(PaperRecord):
    """The demand before going to court."""

    ends: Day = Field(default=None, alias="期满日", description="催告期的最后一天")
    latest_service: Day = Field(
        default=None, alias="最迟送达日", description="还来得及申请法院执行的最后一个催告送达日"
    )


class CourtRecord(Model):
    """Enforcement by the court."""

    earliest: Day = Field(
        default=None, alias="最早申请日", description="可以向法院申请强制执行的第一天"
    )
    latest: Day = Field(
        default=None, alias="最迟申请日", description="申请强制执行的最后一天（未顺延）"
    )
    careful: bool = Field(
        default=False,
        alias="未计顺延",
        description="起诉期限的最后一天逢节假日，最迟申请日没有算进它的顺延",
    )
    latest_extended: Day = Field(
        default=None,
        alias="延期后最迟申请日",
        description="批准延期、分期的，从批准的期限结束起算的最后一天（未顺延）",
    )
    applied: Day = Field(default=None, alias="申请日期", description="已经申请的日期")
    accepted: Day = Field(default=None, alias="受理日期", description="法院受理的日期")
    ruled: Day = Field(default=None, alias="裁定日期", description="法院裁定的日期")
    result: str | None = Field(default=None, alias="结果", description="受理、裁定或执行的结果")
    number: str | None = Field(default=None, alias="案号", description="法院案号")
