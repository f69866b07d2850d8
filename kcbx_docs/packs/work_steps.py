"""What a piece of management work goes through, and by which day: told by the packs."""

from typing import Literal

from pydantic import Field

from kcbx_docs.case.fields import Texts
from kcbx_docs.case.workspace import OfficeKind
from kcbx_docs.law.model import Basis
from kcbx_docs.reading import Model, Yes

WorkBound = Literal["机关", "对象"]
"""Whom a step of work binds: who made the file, or the units that it is about."""
PupilsOf = Literal["缺课", "升学"]
"""Whom a list of pupils names: those who are away, or those who go on to another school."""
AWAY_LIST: PupilsOf = "缺课"
LEAVING_LIST: PupilsOf = "升学"


class WorkStep(Model):
    """One step of a kind of work."""

    name: str = Field(default="", alias="名称", description="要做的事，如 发出整改通知书")
    document: str = Field(default="", alias="文书", description="这一步制发的文书，以文书编号写")
    bound: WorkBound = Field(default="机关", alias="由谁", description="机关或者对象")
    needs: Texts = Field(default=(), alias="须有", description="工作文件写了这些键，才有这一步")
    until: str = Field(
        default="", alias="最迟", description="工作文件的哪一个键是最后一天，如 期限"
    )
    regular: str = Field(
        default="",
        alias="定期",
        description="没有写那一天的，照「定期」里这一项的规则从「起算」算；当地没有的不算",
    )
    start: str = Field(default="", alias="起算", description="从工作文件的哪一个键起算，如 月份")
    ends: str = Field(
        default="",
        alias="完成",
        description="工作文件写了哪一个键就算做完；不写就看「制发」里有没有这份文书",
    )
    optional: Yes = Field(
        default=False, alias="可以不做", description="是：不催，做了后面的就不再列出"
    )
    items: str = Field(
        default="",
        alias="各项",
        description="工作文件的哪一个键是清单：写了期限的每一项各是一步，写了完成日期就算做完",
    )
    yearly: Texts = Field(
        default=(),
        alias="每年",
        description="每年做一次的：当地的哪几个参数写着月份，如 责任书月份；当地没有的不提醒",
    )
    yearly_by: tuple[OfficeKind, ...] = Field(
        default=(), alias="每年由", description="只提醒这些类型的机关；不写就是都提醒"
    )
    pupils: PupilsOf | None = Field(
        default=None,
        alias="名单",
        description="「名单」是哪一种：缺课（没有到校的学生）、升学（毕业升入别的学校的）",
    )
    late: str = Field(default="", alias="逾期", description="过了最后一天怎么办，next 说出来")
    basis: tuple[Basis, ...] = Field(default=(), alias="依据", description="法律依据")


class WorkOrder(Model):
    """Days of a kind of work that follow one another."""

    days: Texts = Field(
        alias="次序",
        description="先后：工作文件的键、清单里的键（如 问题.完成日期）、文书编号；"
        "前面的不晚于后面的，没有写的不比；月份、年度排在最前的算第一天，不然算最后一天",
    )
    reason: str = Field(alias="原因", description="为什么是这样的先后，一句话")
    usual: Yes = Field(default=False, alias="一般如此", description="是：也有例外，不合的只提醒")
