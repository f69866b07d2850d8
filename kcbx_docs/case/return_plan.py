"""Where and how a child that comes back is taught: what people decided, not what a place is used
to.
"""

from typing import Literal, get_args

from pydantic import Field

from kcbx_docs.case.fields import Days, Text, Texts
from kcbx_docs.reading import MaybeDay, MaybeYes, Model

Placement = Literal[
    "回原班",
    "调整班级",
    "调整年级",
    "辅导后回原班",
    "单独编班",
    "转学",
    "特殊教育学校",
    "职业学校",
    "送教上门",
]
PLACEMENTS: tuple[str, ...] = get_args(Placement)
VOCATIONAL: Placement = "职业学校"
AT_HOME: Placement = "送教上门"
SPECIAL: Placement = "特殊教育学校"
_JUDGED = "本地惯常的安置要看这一点的，由人判断，写 是 或 否"


class ReturnPlan(Model):
    """What was decided for one child; a place's usual placements stand in its pack."""

    placement: Placement = Field(alias="安置", description="人定的安置；本地惯常的由模板包提示")
    day: MaybeDay = Field(default=None, alias="日期", description="哪一天定的")
    start: MaybeDay = Field(default=None, alias="开始日期", description="从哪一天起照方案上学")
    class_name: Text = Field(default="", alias="编入", description="编入的年级、班级")
    receiver: Text = Field(
        default="", alias="接收学校", description="转学、特殊教育学校、职业学校的，写学校全称"
    )
    trade: Text = Field(default="", alias="专业", description="职业学校的专业或者普职融合班的名称")
    level: Text = Field(default="", alias="学业基础", description="测试或者老师了解的学业水平")
    tutoring: Text = Field(default="", alias="学业辅导", description="谁辅导、辅导什么、多久")
    care: Text = Field(default="", alias="心理辅导", description="由谁、怎样辅导")
    aid: Text = Field(default="", alias="资助", description="可以得到的资助")
    helpers: Texts = Field(default=(), alias="帮扶人", description="结对帮扶的老师")
    family: Text = Field(default="", alias="家校联系", description="谁和家里联系、多久一次")
    reviews: Days = Field(
        default=(),
        alias="回访日期",
        description="打算哪几天看孩子的情况；返校以后排进复学观察，到期提醒",
    )
    pupil_says: Text = Field(default="", alias="孩子的意见", description="孩子自己怎样说")
    guardians_say: Text = Field(default="", alias="监护人的意见", description="监护人怎样说")
    overage: MaybeYes = Field(default=None, alias="年龄较大", description=_JUDGED)
    unwilling: MaybeYes = Field(default=None, alias="不愿回原年级", description=_JUDGED)
    long_away: MaybeYes = Field(default=None, alias="离校时间较长", description=_JUDGED)
    unable: MaybeYes = Field(
        default=None,
        alias="身体原因不能到校",
        description=f"{_JUDGED}；不写的看学生的「安置意见」",
    )
    applied: MaybeDay = Field(
        default=None,
        alias="自愿申请日期",
        description="到职业学校的，孩子和监护人哪一天自愿申请",
    )
    decided_by: Texts = Field(default=(), alias="决定人", description="谁定的，如 校长、年级主任")
    reason: Text = Field(default="", alias="理由", description="和本地惯常的安置不同的，写为什么")
