"""A child's case as people write it:
the child, the guardians, the school, what was examined, what happened.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kcbx_docs.case.births import days_of_birth, with_year_alone
from kcbx_docs.case.condition import INCAPABLE, LIMITED, NO_GUARDIAN, Condition
from kcbx_docs.case.dangers import Danger
from kcbx_docs.case.event import Event
from kcbx_docs.case.exclusions import Exclusions
from kcbx_docs.case.fields import FolderName, Lines, MaybeReceiptDeadline, Short, Text, Texts
from kcbx_docs.case.person import Person
from kcbx_docs.case.publication import Publication
from kcbx_docs.case.responsible import Responsible
from kcbx_docs.case.return_plan import ReturnPlan
from kcbx_docs.case.steadiness import LISTS, OnList
from kcbx_docs.case.suit import SuitPlan
from kcbx_docs.case.whereabouts import (
    AWAY,
    DEAD,
    HANDED_ON,
    Home,
    MaybeWhereabouts,
    Stay,
    Whereabouts,
)
from kcbx_docs.reading import MaybeDay, MaybeYes, Model

ADOPTERS, STEPPARENTS = ("养父", "养母"), ("继父", "继母")
PARENTS = ("父亲", "母亲", *ADOPTERS, *STEPPARENTS, "生父", "生母")


class Pupil(Person):
    """The child whose schooling is at stake."""

    former_name: Text = Field(default="", alias="曾用名", description="户口簿上的曾用名")
    birth_years: Texts = Field(
        default=(),
        alias="出生年份",
        description="出生日期没有查明、只知道年份的写年份；材料不一样的各写一个，如 2012、2013",
    )
    pupil_number: Text = Field(
        default="", alias="学籍号", description="全国学籍号，一般是 G 加身份证号；没有学籍的不写"
    )
    enrolled: Literal["已建立", "没有建立", "未查明"] | None = Field(
        default=None, alias="学籍", description="有没有建立学籍；查过没有的写 没有建立"
    )
    grade: Text = Field(default="", alias="年级", description="如 八年级；从未入学的不写")
    class_name: Text = Field(default="", alias="班级", description="如 2班")
    registered_address: Text = Field(default="", alias="户籍地址", description="户口簿上的地址")
    address: Text = Field(default="", alias="现住址", description="现在居住的地址，写到村组门牌")
    boarding: MaybeYes = Field(default=None, alias="住校", description="是否住校")
    left_behind: Literal["否", "单亲留守", "双亲留守"] | None = Field(
        default=None, alias="留守情况", description="否、单亲留守或双亲留守"
    )
    disability: Text = Field(
        default="", alias="残疾情况", description="残疾类别、等级和证号；没有残疾的不写，或者写 无"
    )
    placement: Literal["普通学校", "特殊教育学校", "送教上门"] | None = Field(
        default=None, alias="安置意见", description="残疾的孩子，评估或者教育行政部门的入学安排"
    )
    household: Texts = Field(
        default=(), alias="家庭类别", description="如 脱贫户、监测户、低保户、孤儿"
    )
    reason: Text = Field(
        default="", alias="失学原因", description="如 厌学、外出务工、早婚、疾病、随迁"
    )
    whereabouts: Text = Field(default="", alias="去向", description="现在何处、做什么")

    @model_validator(mode="before")
    @classmethod
    def _year_alone(cls, data: Any) -> Any:
        return with_year_alone(data)

    @property
    def births(self) -> tuple[date, ...]:
        """Return the first and the last day on which the child may be born; one if it is known."""
        return days_of_birth(self.birth, self.birth_years)

    @property
    def disabled(self) -> bool:
        """Tell whether a disability is written; people write that there is none, too."""
        return self.disability not in ("", "无", "否", "没有")


class Guardian(Person):
    """A person who is by law the child's guardian; every guardian is addressed separately."""

    relation: Text = Field(
        default="", alias="关系", description="必须写：与学生的关系，如 父亲、母亲"
    )
    former_names: Texts = Field(
        default=(),
        alias="曾用姓名",
        description="制发、送达以后姓名更正过、改过的，写原来的；台账里给原来姓名的照样算给他的",
    )
    basis: Text = Field(
        default="",
        alias="监护依据",
        description="父母以外的人作监护人时必写，如 法院判决、村民委员会指定",
    )
    address: Text = Field(
        default="", alias="住址", description="必须写：本人的住所，送达文书用；下落不明的写最后住址"
    )
    address_since: MaybeDay = Field(
        default=None, alias="住址日期", description="从哪一天起住在那里；搬过家的必写"
    )
    homes_before: tuple[Home, ...] = Field(
        default=(),
        alias="住址经过",
        description="以前的住址，每次一项，写从哪天起；现在的写在 住址、住址日期",
    )
    registered_address: Text = Field(default="", alias="户籍地址", description="与住址不同时写")
    raises: MaybeYes = Field(
        default=None, alias="直接抚养", description="父母离婚、分居的，孩子不随本人生活的写 否"
    )
    employer: Text = Field(default="", alias="工作单位", description="单位或务工地点")
    whereabouts: MaybeWhereabouts = Field(
        default=None, alias="下落", description="选一个；细节写在下落说明"
    )
    whereabouts_note: Text = Field(
        default="",
        alias="下落说明",
        description="在哪里、怎么知道的，如 在昆明务工、春节后联系不上",
    )
    whereabouts_since: MaybeDay = Field(
        default=None, alias="下落日期", description="从哪一天起；死亡的写死亡日期"
    )
    whereabouts_before: tuple[Stay, ...] = Field(
        default=(),
        alias="下落经过",
        description="以前的下落，每次一项，写从哪天起；现在的写在 下落、下落日期",
    )
    condition: Condition | None = Field(
        default=None,
        alias="监护状况",
        description="不能再作监护人或者没有完全民事行为能力的，选一个；死亡写在下落",
    )
    condition_since: MaybeDay = Field(
        default=None, alias="监护状况日期", description="从哪一天起，如判决生效的日期"
    )
    condition_note: Text = Field(
        default="", alias="监护状况说明", description="凭什么知道的，如 法院判决的文号"
    )
    service_address: Text = Field(
        default="", alias="送达地址", description="送达地址确认书上写的地址"
    )
    service_confirmed: MaybeDay = Field(
        default=None, alias="确认书日期", description="签订送达地址确认书的日期"
    )
    electronic_consent: MaybeYes = Field(
        default=None, alias="同意电子送达", description="确认书上是否同意电子送达"
    )
    electronic_address: Text = Field(
        default="", alias="电子送达地址", description="确认书上的手机号、邮箱等"
    )
    language: Text = Field(
        default="", alias="使用语言", description="不通汉语的写所用语言，需要翻译"
    )
    literate: MaybeYes = Field(
        default=None, alias="识字", description="不识字的写 否，文书要当面宣读"
    )

    def where(self, day: date) -> Whereabouts | None:
        """Return where this guardian was on a day, as the file tells it; nothing if it does not.

        What has no day is so on every day.
        """
        return self._stay(day)[0]

    def _stay(self, day: date) -> tuple[Whereabouts | None, date | None, str]:
        since = self.whereabouts_since
        if self.whereabouts and (since is None or since <= day):
            return self.whereabouts, since, self.whereabouts_note
        before = [stay for stay in self.whereabouts_before if stay.day <= day]
        last = max(before, key=lambda stay: stay.day, default=None)
        return (last.where, last.day, last.note) if last else (None, None, "")

    def home(self, day: date) -> tuple[str, date | None]:
        """Return where this guardian lived on a day, and since when as far as that is written."""
        if not self.homes_before or self.address_since is None or self.address_since <= day:
            return self.address, self.address_since
        before = [home for home in self.homes_before if home.day <= day]
        first = min(self.homes_before, key=lambda home: home.day)
        last = max(before, key=lambda home: home.day, default=first)
        return last.address, last.day

    def living(self, day: date) -> Self:
        """Return this guardian at the home of a day: papers went there, not where he is now."""
        address, since = self.home(day)
        if address == self.address:
            return self
        return self.model_copy(update={"address": address, "address_since": since})

    def known_on(self, day: date) -> Self:
        """Return this guardian as far as it was so on a day: a paper tells nothing later."""
        where, since, note = self._stay(day)
        address, settled = self.home(day)
        then: dict[str, Any] = {
            "address": address,
            "address_since": settled,
            "homes_before": tuple(
                home for home in self.homes_before if home.day < (settled or date.max)
            ),
            "whereabouts": where,
            "whereabouts_since": since,
            "whereabouts_note": note,
            "whereabouts_before": tuple(s for s in self.whereabouts_before if s.day <= day),
        }
        if not self._in_condition(day):
            then |= {"condition": None, "condition_since": None, "condition_note": ""}
        return self.model_copy(update=then)

    def missing(self, day: date) -> bool:
        """Tell whether nobody knew on a day where this guardian was."""
        return self.where(day) == "下落不明"

    def away(self, day: date) -> bool:
        """Tell whether this guardian lived somewhere else on a day."""
        return self.where(day) in AWAY

    def dead(self, day: date) -> bool:
        """Tell whether this guardian had died by a day; without a date of death always."""
        return self.where(day) == DEAD

    def died_before(self, day: date) -> bool:
        """Tell whether this guardian is known to have died before a day."""
        since = self.whereabouts_since
        return self.whereabouts == DEAD and since is not None and since < day

    def not_at_home(self, day: date) -> bool:
        """Tell whether on a day this guardian was kept somewhere, or nobody knew where he was."""
        return self.missing(day) or self.handed_on(day)

    def unknown_then(self, day: date) -> bool:
        """Tell whether the file says nothing of where this guardian was on a day."""
        return self.where(day) is None

    def handed_on(self, day: date) -> bool:
        """Tell whether papers reached this guardian on a day through a prison, camp or unit."""
        return self.where(day) in HANDED_ON

    def incapable(self, day: date) -> bool:
        """Tell whether this guardian could not act for himself on a day."""
        return self.condition == INCAPABLE and self._in_condition(day)

    def limited(self, day: date) -> bool:
        """Tell whether this guardian could act for himself in part only on a day."""
        return self.condition == LIMITED and self._in_condition(day)

    def ended(self, day: date) -> str:
        """Return why the guardianship was over by a day; nothing while it lasts."""
        if self.dead(day):
            return DEAD
        over = self.condition in NO_GUARDIAN and self._in_condition(day)
        return str(self.condition) if over else ""

    def _in_condition(self, day: date) -> bool:
        return self.condition_since is None or self.condition_since <= day


NOBODY_YET = Guardian(姓名="没有查明的监护人")
"""Stands in the record of a case for guardians who are not known yet; in no file, on no paper."""


class Carer(Person):
    """A person whom the parents asked to look after the child; never a guardian."""

    relation: Text = Field(default="", alias="关系", description="与学生的关系，如 祖母")
    address: Text = Field(default="", alias="住址", description="住所")
    since: MaybeDay = Field(default=None, alias="委托日期", description="父母委托照护的日期")
    written: MaybeYes = Field(default=None, alias="书面委托", description="有没有书面委托")
    same_household: MaybeYes = Field(
        default=None, alias="与监护人同住", description="是否与监护人同住一户"
    )


class School(Model):
    """A school with what its papers need."""

    name: Text = Field(alias="名称", description="学校全称", min_length=1, max_length=60)
    kind: Text = Field(
        default="", alias="类型", description="如 小学、初级中学、九年一贯制学校、特殊教育学校"
    )
    address: Text = Field(default="", alias="地址", description="学校地址")
    postcode: Text = Field(default="", alias="邮编", description="邮政编码")
    principal: Text = Field(default="", alias="校长", description="校长姓名", max_length=25)
    contact: Text = Field(
        default="", alias="联系人", description="负责控辍保学的老师", max_length=25
    )
    phone: Text = Field(default="", alias="电话", description="联系电话")
    code_word: Text = Field(default="", alias="学校代字", description="文号用，如 青中")
    code: Text = Field(default="", alias="标识码", description="学校（机构）标识码")


class Order(Model):
    """What the order to correct demands."""

    deadline: MaybeReceiptDeadline = Field(
        default=None,
        alias="改正期限",
        description="日期，如 2026-10-20；或 收到之日起10日、收到之日起10个工作日",
    )
    return_to: Text = Field(
        default="", alias="返回学校", description="送到哪所学校；不写就是案件的学校"
    )
    report_to: Text = Field(default="", alias="报到地点", description="到校后找谁、在哪里报到")
    demands: Lines = Field(default=(), alias="要求", description="除送被监护人入学外的其他要求")


class Evidence(Model):
    """One piece of evidence."""

    name: Text = Field(alias="名称", description="证据名称", min_length=1)
    source: Text = Field(default="", alias="来源", description="谁制作或从哪里取得")
    proves: Text = Field(default="", alias="证明对象", description="证明什么事实")
    form: Text = Field(default="", alias="形式", description="如 原件、复印件、照片、录像")
    pages: Text = Field(default="", alias="页码", description="在案卷中的页码")
    copies: Text = Field(default="", alias="份数", description="份数")
    day: MaybeDay = Field(
        default=None, alias="日期", description="形成或取得的日期；早于这一天的文书不引用它"
    )
    about: Texts = Field(
        default=(), alias="涉及", description="只涉及某一名监护人的写姓名，不写进给别人的文书"
    )
    file: Text = Field(default="", alias="文件", description="电子文件，相对于工作目录")


ANamedSchool = Annotated[School, Short("名称")]
AnOnList = Annotated[OnList, Short("名单", LISTS)]


class Case(Model):
    """One child's case: one file."""

    of_office: ClassVar = True

    kind: Literal["控辍个案"] = Field(alias="案件", description="固定写 控辍个案；这一行必须在最前")
    id: FolderName = Field(alias="编号", description="案件编号，也是输出文件夹的名字，如 2026-001")
    situation: Literal["未入学", "辍学", "再次辍学"] = Field(
        alias="情形",
        description="从来没有入学的写 未入学，入学以后不来的写 辍学，返校以后又不来的写 再次辍学",
    )
    office: Text = Field(
        default="", alias="承办机关", description="kcbx.yaml 里的机关或其他机关的名称；不写就是机关"
    )
    handlers: Texts = Field(
        default=(),
        alias="承办人",
        description="承办的执法人员，一般两人；经过和这里都没有写的，文书上留空填写",
    )
    pupil: Pupil = Field(alias="学生", description="学生本人")
    guardians: tuple[Guardian, ...] = Field(
        alias="监护人",
        description="每个监护人一项；受托照看孩子的人不是监护人；还没有查明是谁的写 []",
    )
    carers: tuple[Carer, ...] = Field(
        default=(), alias="受托照护人", description="受父母委托照看孩子的人"
    )
    school: ANamedSchool | None = Field(
        default=None, alias="学校", description="就读或应当就读的学校；kcbx.yaml 里有的只写名称"
    )
    responsible: tuple[Responsible, ...] = Field(
        default=(),
        alias="责任人",
        description="只对这个孩子负责的；kcbx.yaml 里按村、学校、班级找得到的不用写",
    )
    related: Texts = Field(default=(), alias="关联案件", description="同一家庭其他孩子的案件编号")
    exclusions: Exclusions = Field(
        default=Exclusions.model_construct(),
        alias="排除情形",
        description="作出责令前必须逐项查明的正当理由",
    )
    dangers: tuple[Danger, ...] = Field(
        default=(),
        alias="危险情形",
        description="孩子遭受或者面临的危险：发现一种写一项，先报告；失学原因里的话不算",
    )
    history: tuple[Event, ...] = Field(
        default=(), alias="经过", description="发生过的每一件事，先后不限"
    )
    order: Order | None = Field(default=None, alias="责令", description="责令限期改正的内容")
    return_plan: ReturnPlan | None = Field(
        default=None, alias="复学方案", description="孩子回来以后怎样安置、辅导、帮扶，由人决定"
    )
    steadiness: tuple[AnOnList, ...] = Field(
        default=(),
        alias="红白名单",
        description="列入红名单（不稳定，要包保）、白名单（稳定）：每次一项，最后一次为准",
    )
    suit: SuitPlan | None = Field(
        default=None, alias="民事诉讼", description="准备提起的民事诉讼：谁起诉谁，谁代理孩子"
    )
    evidence: tuple[Evidence, ...] = Field(default=(), alias="证据", description="证据目录")
    publication: Publication | None = Field(
        default=None, alias="公开决定", description="有人决定公开处罚决定的：谁、为什么、公开什么"
    )
    note: Text = Field(default="", alias="备注", description="需要说明的其他情况")

    @property
    def parties(self) -> tuple[Guardian, ...]:
        """List the guardians; while nobody is known to be one, who stands for them: the case goes
        on, and nothing can be addressed to him.
        """
        return self.guardians or (NOBODY_YET,)

    def guardian(self, name: str) -> Guardian | None:
        """Find a guardian by name, whatever sign separates its parts."""
        return next((g for g in self.guardians if name_key(g.name) == name_key(name)), None)


INTERPUNCTS = "\u2022\u30fb\uff0e.\u2027\u0387\u25cf\u2219\u22c5"


def once_each(names: Iterable[str]) -> tuple[str, ...]:
    """Keep every person once, however often the name was written."""
    return tuple({name_key(name): name for name in names}.values())


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return a name as it is compared: no spaces, one kind of interpunct."""
    return "".join("·" if char in INTERPUNCTS else char for char in name if not char.isspace())
