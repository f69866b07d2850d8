"""What templates learn of how an act may be challenged, and of what changed a fine."""

import datetime
from decimal import Decimal

from pydantic import Field

from kcbx_docs.reading import Model

Day = datetime.date | None


class RemedyFacts(Model):
    """How an act may be challenged, as the paper must say."""

    act: str | None = Field(default=None, alias="行为", description="责令、处罚决定或当场处罚")
    organ: str | None = Field(
        default=None, alias="复议机关", description="行政复议机关的名称；没有写的为空"
    )
    organ_address: str | None = Field(
        default=None, alias="复议机关地址", description="行政复议机关的地址"
    )
    review_period: str | None = Field(
        default=None, alias="复议期限", description="申请复议的期限，写成文字"
    )
    review_end: Day = Field(
        default=None,
        alias="复议届满日",
        description="已经送达的，申请复议的最后一天，已顺延；没有当年日历、可能变动的不写",
    )
    review_basis: str | None = Field(default=None, alias="复议依据", description="法条")
    review_first: bool = Field(
        default=False, alias="先行复议", description="是否应当先申请复议，对复议决定不服再起诉"
    )
    court: str | None = Field(default=None, alias="法院", description="有管辖权的法院")
    suit_period: str | None = Field(
        default=None, alias="起诉期限", description="起诉的期限，写成文字"
    )
    suit_end: Day = Field(
        default=None,
        alias="起诉届满日",
        description="已经送达的，起诉的最后一天，已顺延；没有当年日历、可能变动的不写",
    )
    suit_basis: str | None = Field(default=None, alias="起诉依据", description="法条")


class Remedies(Model):
    """The remedies of each act."""

    order: RemedyFacts = Field(
        default_factory=RemedyFacts, alias="责令", description="对责令的救济"
    )
    decision: RemedyFacts = Field(
        default_factory=RemedyFacts, alias="处罚决定", description="对处罚决定的救济"
    )
    spot: RemedyFacts = Field(
        default_factory=RemedyFacts, alias="当场处罚", description="对当场处罚的救济"
    )
    no_penalty: RemedyFacts = Field(
        default_factory=RemedyFacts, alias="不予处罚", description="对不予处罚决定的救济"
    )


class ChangeRecord(Model):
    """The review or suit that changed a decision."""

    kind: str | None = Field(
        default=None, alias="种类", description="行政复议或行政诉讼；没有变更的为空"
    )
    organ: str | None = Field(
        default=None, alias="机关", description="作出变更的行政复议机关或者法院"
    )
    number: str | None = Field(default=None, alias="文号", description="文号或案号")
    day: Day = Field(default=None, alias="日期", description="作出变更的日期")
    result: str | None = Field(default=None, alias="结果", description="变更或调解")
    fine: Decimal | None = Field(default=None, alias="金额", description="变更以后的罚款，元")
