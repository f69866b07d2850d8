"""What templates learn of referrals and reports to other organs."""

import datetime

from pydantic import Field

from kcbx_docs.reading import Model

Day = datetime.date | None


class ReferralLine(Model):
    """One referral to another organ."""

    day: Day = Field(default=None, alias="日期", description="移送的日期")
    organ: str | None = Field(default=None, alias="机关", description="移送给哪个机关")
    reason: str | None = Field(default=None, alias="原因", description="移送的理由")
    number: str | None = Field(default=None, alias="文号", description="文号")


class ReferralFacts(Model):
    """What a referral about illegal employment must know of the child's age."""

    of_working_age: bool | None = Field(
        default=None,
        alias="年满就业年龄",
        description="发现被招用那天是否已到最低就业年龄；没有写的看成文之日，出生日期不明的为空",
    )
    very_young: bool = Field(
        default=False, alias="年幼童工", description="是否不满追究刑事责任的童工年龄"
    )
