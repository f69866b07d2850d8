"""The office that makes the papers: ``kcbx.yaml`` at the root of a folder of cases."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from kcbx_docs.case.fields import Money, Text, Texts, parse_money
from kcbx_docs.case.model import Case, School, name_key
from kcbx_docs.case.responsible import AreaResponsible
from kcbx_docs.reading import MaybeDay, MaybeYes, Model

OfficeKind = Literal[
    "乡镇人民政府",
    "县级教育行政部门",
    "街道办事处",
    "管委会",
    "司法所",
    "学校",
    "县级人民政府",
    "教育督导机构",
    "村（居）民委员会",
    "其他",
]
SCHOOL: OfficeKind = "学校"
EDUCATION_BUREAU: OfficeKind = "县级教育行政部门"
NEAR: Mapping[str, tuple[OfficeKind, ...]] = {
    "教育行政部门": (EDUCATION_BUREAU,),
    "属地政府": ("乡镇人民政府", "街道办事处"),
}
"""What papers and packs call the organs of every place, and of which kinds each may be."""
_OF_OFFICE: Mapping[str, str] = {
    **{name: name for name in ("复议机关", "收款银行", "执法人员")},
    **dict.fromkeys(("行政法院", "民事法院"), "法院"),
}
"""What papers need of the workspace and not of a case: its name in papers, and its key."""
YesNoUnknown = Literal["是", "否", "未知"]


def where_written(need: str) -> str:
    """Say where what a paper needs is written down."""
    key = _OF_OFFICE.get(need)
    return f"kcbx.yaml 里补上「{key}」" if key else f"案件文件里补上「{need}」"


class Organ(Model):
    """An office that issues papers or receives them."""

    name: Text = Field(alias="名称", description="全称，与印章一致", min_length=1, max_length=60)
    kind: OfficeKind = Field(alias="类型", description="决定它可以制发哪些文书")
    code_word: Text = Field(default="", alias="机关代字", description="文号用，如 青政")
    credit_code: Text = Field(
        default="", alias="统一社会信用代码", description="18 位，起诉和申请执行时用"
    )
    address: Text = Field(default="", alias="地址", description="办公地址")
    postcode: Text = Field(default="", alias="邮编", description="邮政编码")
    phone: Text = Field(default="", alias="电话", description="联系电话")
    contact: Text = Field(default="", alias="联系人", description="联系人")
    head: Text = Field(default="", alias="负责人", description="主要负责人姓名")
    head_title: Text = Field(default="", alias="负责人职务", description="如 镇长、局长")
    called: Text = Field(
        default="",
        alias="当地称呼",
        description="当地文件怎样称呼它，如 片区教育管理中心；模板包的「报告对象」照它找",
    )


class Officer(Model):
    """A person with an enforcement certificate."""

    name: Text = Field(alias="姓名", description="执法人员姓名", min_length=1, max_length=25)
    certificate: Text = Field(default="", alias="证号", description="行政执法证号")
    title: Text = Field(default="", alias="职务", description="职务")
    unit: Text = Field(default="", alias="单位", description="所在单位；不写就是机关")
    until: MaybeDay = Field(
        default=None,
        alias="至",
        description="调走、证件到期的写在岗的最后一天；不要删，以前办的照样算",
    )

    def left_before(self, day: date) -> bool:
        """Tell whether the officer was no longer one on a day."""
        return self.until is not None and self.until < day


class ReviewOrgan(Model):
    """Where an application for administrative review goes."""

    name: Text = Field(alias="名称", description="行政复议机关，一般是县级人民政府", min_length=1)
    address: Text = Field(default="", alias="地址", description="行政复议机构的地址")
    phone: Text = Field(default="", alias="电话", description="电话")


class Court(Model):
    """A court and what it hears."""

    name: Text = Field(alias="名称", description="法院全称", min_length=1)
    address: Text = Field(default="", alias="地址", description="地址")
    hears: Literal["全部", "行政", "民事"] = Field(
        default="全部", alias="类别", description="行政案件集中管辖的地方分开写"
    )


class Bank(Model):
    """The bank that takes fines."""

    name: Text = Field(alias="名称", description="代收银行", min_length=1)
    address: Text = Field(default="", alias="地址", description="地址")
    holder: Text = Field(default="", alias="户名", description="户名")
    account: Text = Field(default="", alias="账号", description="账号")


def _known_money(value: Any) -> Any:
    return "未知" if value in (None, "未知") else parse_money(value)


MoneyOrUnknown = Annotated[
    Decimal | Literal["未知"],
    BeforeValidator(_known_money),
    WithJsonSchema({"type": "string", "format": "money-or-unknown"}),
]


class PenaltyBasis(Model):
    """The local clause that allows a fine, as an officer confirmed it;
    未知 is neither yes nor no.
    """

    id: Text = Field(alias="编号", description="短编号，文书里引用它", min_length=1, max_length=40)
    statute: Text = Field(alias="法规", description="法规全称", min_length=1)
    article: Text = Field(
        alias="条文", description="第几条第几款，如 第五十二条第一款", min_length=1
    )
    text: Text = Field(alias="原文", description="条文原文，照录", min_length=1)
    enacted_by: Text = Field(default="", alias="制定机关", description="哪个人大常委会或政府制定")
    in_force: MaybeDay = Field(default=None, alias="施行日期", description="现行版本的施行日期")
    until: MaybeDay = Field(default=None, alias="失效日期", description="已失效的写失效日期")
    least: Money = Field(default=None, alias="最低罚款", description="元；没有下限的不写")
    most: Money = Field(default=None, alias="最高罚款", description="元")
    organs: Texts = Field(default=(), alias="机关", description="条文规定由谁处罚：类型或名称")
    delegation: Text = Field(
        default="", alias="赋权决定", description="乡镇处罚的赋权文件；不需要的写 不需要"
    )
    after_order: YesNoUnknown = Field(
        default="未知", alias="以逾期不改为前提", description="是否责令改正逾期不改才可以处罚"
    )
    hearing_from: MoneyOrUnknown = Field(
        default="未知", alias="听证标准", description="罚款多少元以上应当告知听证；不知道写 未知"
    )
    confirmed_by: Text = Field(default="", alias="确认人", description="核对原文的人")
    confirmed_on: MaybeDay = Field(default=None, alias="确认日期", description="核对的日期")
    attachment: Text = Field(default="", alias="附件", description="法规文本的文件")
    sample: MaybeYes = Field(
        default=None, alias="示例", description="虚构的示例写 是，不能用于真实案件"
    )
    withdrawn: MaybeDay = Field(
        default=None, alias="收回日期", description="登记错了、不该登记的，从哪一天起不再作依据"
    )
    withdrawn_by: Text = Field(default="", alias="收回人", description="谁决定收回")
    withdrawn_why: Text = Field(default="", alias="收回理由", description="为什么收回")


class Workspace(Model):
    """A folder with cases of one office."""

    of_office: ClassVar = True

    region: Text = Field(
        alias="地区", description="县（市、区）名称或六位行政区划代码", min_length=1
    )
    office: Organ = Field(alias="机关", description="制发文书的机关")
    offices: tuple[Organ, ...] = Field(
        default=(), alias="其他机关", description="有时由它们承办的机关，如县教育局"
    )
    officers: tuple[Officer, ...] = Field(
        default=(), alias="执法人员", description="持证的执法人员"
    )
    review: ReviewOrgan | None = Field(default=None, alias="复议机关", description="行政复议机关")
    courts: tuple[Court, ...] = Field(default=(), alias="法院", description="有管辖权的法院")
    bank: Bank | None = Field(default=None, alias="收款银行", description="代收罚款的银行")
    schools: tuple[School, ...] = Field(
        default=(), alias="学校", description="辖区的学校；案件里只写名称"
    )
    responsible: tuple[AreaResponsible, ...] = Field(
        default=(),
        alias="责任人",
        description="谁负责哪个村、组、学校、年级、班级；什么也不限的，管本单位的全部案件",
    )
    ledger: Text = Field(
        default="",
        alias="登记簿",
        description="全县共用台账时写 postgresql:// 地址；不写就用 台账 文件夹",
    )
    penalties: tuple[PenaltyBasis, ...] = Field(
        default=(), alias="处罚依据", description="确认过的地方处罚条款"
    )

    @property
    def organs(self) -> tuple[Organ, ...]:
        """List the office and the others."""
        return (self.office, *self.offices)

    @property
    def certified(self) -> tuple[Officer, ...]:
        """List the officers with certificates, each once: of one name or one number is one."""
        seen: set[str] = set()
        kept: list[Officer] = []
        for officer in self.officers:
            keys = {name_key(officer.name), officer.certificate}
            if officer.certificate and not keys & seen:
                kept.append(officer)
            seen |= keys - {""}
        return tuple(kept)

    def certified_on(self, day: date) -> tuple[Officer, ...]:
        """List the officers with certificates who had not left by a day."""
        return tuple(one for one in self.certified if not one.left_before(day))

    def organ_named(self, name: str) -> Organ | None:
        """Find an office by its name; no name means the workspace's own."""
        return next((o for o in self.organs if o.name == name), None) if name else self.office

    def near(self, called: str) -> Organ | None:
        """Find the organ that papers and packs call so, whatever its own name is."""
        kinds = NEAR.get(called)
        if kinds is None:
            return next((one for one in self.organs if one.called == called), None)
        of_kind = {one.kind: one for one in reversed(self.organs)}
        return next((of_kind[kind] for kind in kinds if kind in of_kind), None)

    def school_named(self, name: str) -> School | None:
        """Find a school of the workspace."""
        return next((s for s in self.schools if s.name == name), None)

    def court_for(self, kind: Literal["行政", "民事"]) -> Court | None:
        """Find the court that hears such suits."""
        fitting = (court for court in self.courts if court.hears in (kind, "全部"))
        return min(fitting, key=lambda court: court.hears == "全部", default=None)


@lru_cache(maxsize=256)
def school_organ(school: School) -> Organ:
    """Return a school as an office that issues papers."""
    return Organ(
        名称=school.name,
        类型=SCHOOL,
        机关代字=school.code_word,
        地址=school.address,
        邮编=school.postcode,
        电话=school.phone,
        联系人=school.contact,
        负责人=school.principal,
        负责人职务="校长",
    )


def _school_in(organ: Organ) -> School:
    """Return an office that is a school as a school."""
    return School(
        名称=organ.name,
        学校代字=organ.code_word,
        地址=organ.address,
        邮编=organ.postcode,
        电话=organ.phone,
        联系人=organ.contact,
        校长=organ.head,
    )


def schools_in(workspace: Workspace) -> tuple[str, ...]:
    """Name the schools of a workspace: the office itself first, if it is one."""
    named = tuple(school.name for school in workspace.schools)
    own = workspace.office
    return (own.name, *named) if own.kind == SCHOOL else named


def school_of(named: School, workspace: Workspace) -> School:
    """Complete a school that a file only names; what the file says itself wins. The school whose
    own workspace it is stands there as the office.
    """
    known = workspace.school_named(named.name)
    own_office = next((o for o in workspace.organs if o.name == named.name), None)
    if known is None and own_office and own_office.kind == SCHOOL:
        known = _school_in(own_office)
    own = {name: getattr(named, name) for name in School.model_fields if getattr(named, name)}
    return known.model_copy(update=own) if known else named


def with_school(case: Case, workspace: Workspace) -> Case:
    """Complete the school of a case from its workspace."""
    if case.school is None:
        return case
    return case.model_copy(update={"school": school_of(case.school, workspace)})


def issuing_organs(workspace: Workspace) -> tuple[Organ, ...]:
    """List who may issue papers of work: the offices of kcbx.yaml, and its schools."""
    return (*workspace.organs, *map(school_organ, workspace.schools))
