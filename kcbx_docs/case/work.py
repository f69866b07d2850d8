"""A piece of management work: a talk, a rectification, a pledge, a monthly report. One file each.

Which kinds there are, and which of the keys each of them needs, is told by the cards of the
documents that such a file makes.
"""

from itertools import product
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.fields import Clock, FolderName, Short, Text, Texts
from kcbx_docs.case.work_pupils import OneOrMany, Pupils, as_items
from kcbx_docs.reading import MaybeDay, Model

Done = Literal["整改到位", "部分到位", "没有到位"]
"""What a person found who looked again."""


def _names(value: Any) -> Any:
    """Let one name, several with the pause mark, or one record stand for a list."""
    return value.split("、") if isinstance(value, str) else as_items(value)


class WorkParty(Model):
    """A unit that the work is about, or a person who is talked to."""

    name: Text = Field(alias="名称", description="单位全称；谈话的写姓名", min_length=1)
    unit: Text = Field(default="", alias="单位", description="谈话对象所在的单位")
    person: Text = Field(default="", alias="负责人", description="单位负责人姓名")
    post: Text = Field(default="", alias="职务", description="负责人或者谈话对象的职务")
    handed_in: MaybeDay = Field(
        default=None, alias="交回日期", description="几个对象的：这一个哪一天交回"
    )
    checked_on: MaybeDay = Field(
        default=None,
        alias="核对日期",
        description="交接名册：这所学校哪一天核对了报到；没有写未报到的就是到了",
    )
    arrived: int | None = Field(
        default=None, alias="实到人数", ge=0, le=9999, description="交接名册：这所学校数到几名"
    )


class WorkItem(Model):
    """One thing of a list: a problem, a task, an activity, a matter that was agreed."""

    what: Text = Field(alias="内容", description="写一件事，一句话", min_length=1)
    demand: Text = Field(default="", alias="要求", description="要怎样做")
    who: Text = Field(default="", alias="由谁", description="负责的单位或者人")
    when: Text = Field(default="", alias="时间", description="什么时候做，如 3月第一周")
    until: MaybeDay = Field(default=None, alias="期限", description="做完的最后一天")
    measures: Text = Field(default="", alias="措施", description="做了什么")
    done_on: MaybeDay = Field(default=None, alias="完成日期", description="哪一天做完的")
    outcome: Text = Field(default="", alias="结果", description="做得怎样")


class WorkFigure(Model):
    """One figure of a report."""

    name: Text = Field(alias="项目", description="数的是什么，如 在校学生数", min_length=1)
    value: Text = Field(alias="数", description="多少，连同单位；没有数清的写 未知", min_length=1)
    note: Text = Field(default="", alias="说明", description="怎样数的")


class TypicalCase(Model):
    """A case that a report tells of; the child is not named unless somebody decides so."""

    case: Text = Field(default="", alias="案件", description="案件编号；写了就查得出要隐去的姓名")
    told: Text = Field(alias="情况", description="孩子失学和劝返的经过，一行一段", min_length=1)
    measures: Text = Field(default="", alias="做法", description="采取的做法和效果，一行一段")
    named_by: Text = Field(
        default="",
        alias="写明姓名",
        description="决定写明孩子姓名的人；不写就隐去姓名、号码、住址",
    )


class WorkPaper(Model):
    """A paper of this work that has left the house."""

    document: Text = Field(alias="文书", description="文书的标题", min_length=1)
    day: MaybeDay = Field(alias="日期", description="成文日期")
    number: Text = Field(default="", alias="文号", description="发文字号；没有编号的不写")
    signer: Text = Field(default="", alias="签发人", description="签发人姓名")
    whom: Texts = Field(
        default=(),
        alias="对象",
        description="几个对象各有一份的：这一份发给谁，一个对象一项；合用一个文号的写全",
    )


class WorkPublication(Model):
    """A paper of this work that stands, or stood, where everybody may read it."""

    document: Text = Field(alias="文书", description="文书的标题", min_length=1)
    day: MaybeDay = Field(alias="日期", description="哪一天公开的")
    bulletin: Texts = Field(alias="公告媒介", description="张贴在哪里、登在哪里", min_length=1)
    until: MaybeDay = Field(default=None, alias="公开到", description="打算公开到哪一天")
    taken_down: MaybeDay = Field(default=None, alias="撤下日期", description="哪一天撤下的")


class SecondLook(Model):
    """What was found when somebody looked whether things were put right."""

    day: MaybeDay = Field(alias="日期", description="哪一天复查")
    by: Texts = Field(default=(), alias="参加人", description="谁去复查的")
    result: Done = Field(alias="结果", description="由复查的人决定")
    note: Text = Field(default="", alias="说明", description="看到的情况")


Parties = Annotated[
    tuple[Annotated[WorkParty, Short("名称")], ...],
    BeforeValidator(_names),
    OneOrMany(),
]
Items = Annotated[
    tuple[Annotated[WorkItem, Short("内容")], ...],
    BeforeValidator(as_items),
    OneOrMany(),
]
Figures = Annotated[tuple[WorkFigure, ...], BeforeValidator(as_items), OneOrMany()]
Publications = Annotated[tuple[WorkPublication, ...], BeforeValidator(as_items), OneOrMany()]
Made = Annotated[tuple[WorkPaper, ...], BeforeValidator(as_items), OneOrMany()]


class Work(Model):
    """A piece of management work: one file."""

    of_office: ClassVar = True

    kind: Text = Field(
        alias="工作",
        min_length=1,
        description="哪一种工作，如 约谈、整改、责任书；这一行必须在最前，各种见 kcbx new 工作",
    )
    id: FolderName | None = Field(
        default=None, alias="编号", description="输出文件夹的名字；不写就是文件名"
    )
    office: Text = Field(
        default="", alias="承办机关", description="kcbx.yaml 里的机关、学校名称；不写就是机关"
    )
    title: Text = Field(default="", alias="标题", description="印在纸上的标题；不写就用文书的标题")
    parties: Parties = Field(
        default=(), alias="对象", description="这件事对谁：被约谈、整改、签责任书的单位，谈话的人"
    )
    reason: Text = Field(default="", alias="事由", description="为什么做这件事，一句话")
    facts: Text = Field(default="", alias="情况", description="查明的情况，一行一段")
    year: int | None = Field(default=None, alias="年度", ge=2000, le=2100, description="如 2026")
    month: Text = Field(
        default="",
        alias="月份",
        pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$",
        description="月报、宣传月的月份，如 2026-11",
    )
    day: MaybeDay = Field(
        default=None,
        alias="日期",
        description="约谈、谈话、开会、签订的日期；整改写检查的，整改报告写收到通知的",
    )
    clock: Clock = Field(default=None, alias="时间", description="几点开始，如 15:00")
    end: Clock = Field(default=None, alias="结束时间", description="几点结束")
    place: Text = Field(default="", alias="地点", description="在哪里")
    chair: Texts = Field(default=(), alias="主持人", description="主持的人；约谈、谈话的写谈话人")
    present: Texts = Field(default=(), alias="参加人", description="参加的人或者单位")
    recorder: Text = Field(default="", alias="记录人", description="记录的人")
    agenda: Items = Field(default=(), alias="议题", description="会议要讨论的事")
    problems: Items = Field(default=(), alias="问题", description="存在的问题和整改要求")
    goals: Items = Field(default=(), alias="目标", description="责任书、方案的目标")
    duties: Items = Field(default=(), alias="责任", description="对象（责任书的乙方）要做的事")
    own_duties: Items = Field(default=(), alias="机关责任", description="责任书的甲方要做的事")
    activities: Items = Field(default=(), alias="活动", description="要做的活动：内容、时间、由谁")
    agreed: Items = Field(default=(), alias="议定事项", description="会议定下来的事")
    demands: Items = Field(default=(), alias="要求", description="对收到文书的单位的要求")
    said: Text = Field(default="", alias="内容", description="谈了什么、讨论了什么，一行一段")
    answer: Text = Field(default="", alias="表态", description="对象的意见和打算，一行一段")
    done: Text = Field(default="", alias="工作情况", description="做了哪些工作，一行一段")
    plans: Text = Field(default="", alias="打算", description="下一步的打算，一行一段")
    figures: Figures = Field(default=(), alias="数字", description="报告里的数字")
    roster: RosterSpec | None = Field(
        default=None,
        alias="名册",
        description="学生名单的表格，读法和批次的名册一样；不用一个一个写进「名单」",
    )
    pupils: Pupils = Field(
        default=(),
        alias="名单",
        description="日报周结、交接名册的学生，一人一项；名册里有的只补写要改的；不公开",
    )
    public_text: Text = Field(
        default="",
        alias="公开文本",
        description="给公众看的典型案例，由人写，不写看得出是谁的内容，一行一段",
    )
    typical: TypicalCase | None = Field(
        default=None, alias="典型案例", description="月报的典型案例；默认隐去孩子的身份"
    )
    until: MaybeDay = Field(
        default=None, alias="期限", description="对象办完、报送、签订的最后一天"
    )
    handed_in: MaybeDay = Field(
        default=None, alias="交回日期", description="对象的报告、签好的责任书哪一天收到"
    )
    answer_by: MaybeDay = Field(
        default=None, alias="反馈期限", description="接收学校核对、反馈报到情况的最后一天"
    )
    checked_on: MaybeDay = Field(
        default=None, alias="核对日期", description="报到情况哪一天核对完；几所学校的写在「对象」里"
    )
    looked_again: SecondLook | None = Field(
        default=None, alias="复查", description="整改以后再看一次"
    )
    copies: int | None = Field(default=None, alias="份数", ge=1, le=99, description="一式几份")
    recipients: Texts = Field(default=(), alias="主送", description="文书送给谁；不写就是对象")
    cc: Texts = Field(default=(), alias="抄送", description="抄送的机关")
    made: Made = Field(default=(), alias="制发", description="已经发出的文书，一份一项")
    published: Publications = Field(
        default=(), alias="公开", description="公开了的文书，一份一项；写了公开到哪一天的到期提醒"
    )
    ended: Text = Field(default="", alias="办结", description="不再做下去的原因；写了就不再提醒")

    @property
    def put_right(self) -> bool:
        """Tell whether somebody looked again and found that everything was put right."""
        return self.looked_again is not None and self.looked_again.result == "整改到位"

    def told(self, key: str) -> Any:
        """Return what stands under a key, called as in the file; a roster is a list too."""
        told = getattr(self, NAMES[key])
        return told or self.roster if key == PUPILS else told

    def waited_for(self, key: str) -> tuple[str, ...]:
        """Name the units that have not done what each of them dates under a key of its own."""
        if key not in EACH_PARTY or self.told(key):
            return ()
        name = EACH_PARTY[key]
        return tuple(party.name for party in self.parties if not getattr(party, name))

    def all_parties(self, key: str) -> bool:
        """Tell whether each of several units has dated what it does."""
        return key in EACH_PARTY and bool(self.parties) and not self.waited_for(key)

    def made_for(self, made: WorkPaper, party: WorkParty | None) -> bool:
        """Tell whether a paper that has left went to a party; one that names nobody, to all."""
        return not made.whom or party is None or party.name in made.whom

    def missing(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """List those of some keys under which nothing stands."""
        return tuple(key for key in keys if self.told(key) in ("", None, ()))


PUPILS = "名单"
"""The key of the pupils, who may stand in a roster instead."""
EACH_PARTY = {"交回日期": "handed_in", "核对日期": "checked_on"}
"""Keys that each of several units has as well."""
NAMES = {str(info.alias): name for name, info in Work.model_fields.items()}
"""What the program calls each key of the file."""
KEYS = tuple(NAMES)

_LISTS = ("议题", "问题", "目标", "责任", "机关责任", "活动", "议定事项", "要求")
DAYS = (
    *("日期", "期限", "交回日期", "反馈期限", "核对日期", "年度", "月份", "复查.日期"),
    *("对象.交回日期", "对象.核对日期"),
    *map(".".join, product(_LISTS, ("期限", "完成日期"))),
)
"""What tells a day: keys of the file, of the things of a list, of a record."""
