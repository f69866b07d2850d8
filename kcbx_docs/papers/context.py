"""The template context: every name of a template, documented once and filled from the case."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel, Field

from kcbx_docs.case.batch import Enrolment
from kcbx_docs.case.dangers import Danger
from kcbx_docs.case.event import Event
from kcbx_docs.case.exclusions import Examination
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.ids import age_on
from kcbx_docs.case.model import Carer, Evidence, Guardian, Order, Pupil, School
from kcbx_docs.case.publication import Publication
from kcbx_docs.case.service_methods import EntrustedKind, receipt_lines
from kcbx_docs.case.workspace import Bank, Court, Officer, Organ, ReviewOrgan
from kcbx_docs.packs.parameters import Parameters
from kcbx_docs.packs.schema import FUNCTION, VALUE, Variable, shape_of, shape_of_parameter
from kcbx_docs.papers.chain_facts import LineFacts, chain_facts
from kcbx_docs.papers.dossier_facts import DossierFacts
from kcbx_docs.papers.evidence import evidence_for
from kcbx_docs.papers.letter_records import LetterFacts
from kcbx_docs.papers.notice_facts import NoticeFacts
from kcbx_docs.papers.procedure_facts import ProcedureFacts
from kcbx_docs.papers.proof_facts import ProofFacts
from kcbx_docs.papers.reminder_facts import ReminderFacts
from kcbx_docs.papers.return_plan_facts import ReturnPlanFacts, plan_facts
from kcbx_docs.papers.ticket_facts import HeldFacts, TicketFacts
from kcbx_docs.papers.work_records import WorkFacts
from kcbx_docs.reading import Model
from kcbx_docs.record.dangers import found_on, standing_dangers
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.reporting import Receiver, receivers
from kcbx_docs.record.service_basis import Left
from kcbx_docs.words import unit_in_words

AGAIN = "再次辍学"


class DeadlineFacts(Model):
    """A deadline as templates see it."""

    fixed: bool = Field(alias="固定", description="是否为固定的日期；否则从收到之日起算")
    day: datetime.date | None = Field(alias="日期", description="固定的日期")
    count: int | None = Field(alias="数", description="从收到之日起的天数或月数")
    unit: str | None = Field(alias="单位", description="日、个工作日或个月")


class PupilFacts(Pupil):
    """The pupil with what is worked out."""

    age: int | None = Field(None, alias="年龄", description="成文之日的周岁年龄")
    has_disability: bool = Field(False, alias="有残疾", description="案件写明了残疾情况")
    is_resident_id: bool = Field(False, alias="有身份证号", description="是否有居民身份证号")


class CaseFacts(Model):
    """The case itself."""

    id: str = Field(alias="编号", description="案件编号")
    situation: str = Field(alias="情形", description="未入学、辍学或再次辍学")
    related: tuple[str, ...] = Field((), alias="关联案件", description="同一家庭其他孩子的案件编号")
    note: str | None = Field(None, alias="备注", description="案件备注")


class FindingFacts(Model):
    """One lawful reason that was examined."""

    name: str = Field(alias="名称", description="排除情形的名称")
    result: str = Field(alias="结论", description="是、否、有、无或未查明")
    evidence: str | None = Field(None, alias="依据", description="看了什么材料、问了谁")
    absent: bool = Field(alias="已排除", description="查明没有这种情形")
    proved: bool = Field(default=False, alias="有据", description="查明没有这种情形，并且写了依据")


class PaperFacts(Model):
    """The paper that is being made."""

    id: str = Field(alias="编号", description="文书编号")
    title: str = Field(alias="标题", description="文书标题")
    number: str | None = Field(None, alias="文号", description="文号；还没有取号时序号处留空")
    day: datetime.date = Field(alias="日期", description="成文日期")
    code: str | None = Field(
        None, alias="核验码", description="制发时给的核验码；没有制发的、模板包没有开的为空"
    )
    seal: str | None = Field(
        None, alias="印章", description='套印的学校印章，写在 <qr seal="1"> 里；不套印的为空'
    )
    return_code: str | None = Field(
        None, alias="交回码", description="印在要交回学校的那一联上的二维码；不在批次里的为空"
    )


class ServedPaper(Model):
    """One paper on a receipt."""

    title: str = Field(alias="文书", description="所送达文书的名称")
    number: str | None = Field(None, alias="文号", description="所送达文书的文号")
    copies: int = Field(1, alias="份数", description="所送达文书的份数")


class ServerFacts(Model):
    """Who took a paper to somebody."""

    name: str = Field(alias="姓名", description="送达人")
    certificate: str | None = Field(None, alias="证号", description="执法证号；没有登记的为空")


class ServedFacts(ServedPaper):
    """The paper that a receipt is made for, and its service as far as it is recorded."""

    papers: tuple[ServedPaper, ...] = Field(
        (), alias="各份", description="一次送达的各份文书；几份一张的回证一行一份"
    )
    methods: tuple[str, ...] = Field(
        default_factory=receipt_lines, alias="方式", description="可以勾选的送达方式，一行四种"
    )
    recorded: Event | None = Field(
        None, alias="记录", description="经过或者台账里记的、算送达的那一次；没有的为空"
    )
    handed_on: bool = Field(
        False, alias="由单位转交", description="受送达人那一天在部队、监所，由所在的单位转交"
    )
    keeper: EntrustedKind | None = Field(
        None, alias="转交单位", description="受送达人那一天由哪一类单位转交；不是的为空"
    )
    left_where: Left | None = Field(
        None, alias="拒收情形", description="拒收以后怎样了；记录里没有写清楚的为空"
    )
    left: Event | None = Field(
        None, alias="留下", description="经过里记了拒收以后留下的，就是那次送达；没有的为空"
    )
    arrived: datetime.date | None = Field(
        None, alias="收到", description="不在这张回证上签收的（邮寄、电子等），凭证上的日期"
    )
    deemed: datetime.date | None = Field(
        None, alias="视为送达", description="公告期满视为送达的那一天；没有公告、公告没有期满的为空"
    )
    sent_to: str | None = Field(
        None, alias="邮件号码", description="邮件号码，或者电子送达的地址；没有记的为空"
    )
    signer: Event | None = Field(None, alias="代收", description="由别人代收的，就是那次送达")
    servers: tuple[ServerFacts, ...] = Field((), alias="送达人", description="记录的送达人")
    codes: tuple[str, ...] = Field(
        (), alias="核验码", description="这张回证上的各份文书制发时给的核验码；没有制发的为空"
    )
    organ: bool = Field(
        False, alias="收件机关", description="是：文书送给机关、单位，姓名一栏写的是它的名称"
    )
    remarks: tuple[str, ...] = Field(
        (), alias="备注", description="这一份以前没有送到的各次，一次一句"
    )


class TermFacts(Model):
    """A school's start-of-term run."""

    id: str = Field(alias="名称", description="批次名称")
    term: str = Field(alias="学期", description="学期，如 2026年秋季学期")
    number: str | None = Field(None, alias="序号", description="这名学生在批次中的编号")
    class_name: str | None = Field(None, alias="班级", description="正在打印的班级")
    head: str | None = Field(None, alias="编号开头", description="一个班的编号共同的开头")
    teacher: str | None = Field(None, alias="班主任", description="班主任姓名")
    documents: tuple[str, ...] = Field(
        (), alias="文书", description="同一批里发给每名学生的文书的名称"
    )
    phones: bool = Field(False, alias="登记表电话", description="签收登记表是否印电话")
    enrolment: Enrolment | None = Field(
        None, alias="入学", description="新生报到的安排；批次没有写的为空"
    )


class RosterLine(Model):
    """One line of a sign-off sheet."""

    number: str = Field(alias="序号", description="编号")
    short: str | None = Field(None, alias="班内号", description="编号在班里的一段，如 007")
    name: str = Field(alias="姓名", description="学生姓名")
    guardian: str | None = Field(None, alias="监护人", description="监护人姓名")
    phone: str | None = Field(None, alias="电话", description="联系电话")


class ReceiverFacts(Model):
    """One to whom a school reports."""

    called: str = Field(alias="称呼", description="教育行政部门、属地政府，或者当地的称呼")
    name: str | None = Field(None, alias="名称", description="全称；kcbx.yaml 里没有的为空")


class Context(Model):
    """Everything that a template may name."""

    case: CaseFacts | None = Field(None, alias="案件", description="案件")
    pupil: PupilFacts | None = Field(None, alias="学生", description="学生")
    guardian: Guardian | None = Field(None, alias="监护人", description="这一份文书所对的监护人")
    guardians: tuple[Guardian, ...] = Field((), alias="全部监护人", description="当天仍是监护人的")
    carers: tuple[Carer, ...] = Field((), alias="受托照护人", description="受父母委托照看孩子的人")
    school: School | None = Field(None, alias="学校", description="学校")
    chain: tuple[LineFacts, ...] = Field(
        (), alias="责任链", description="谁负责这个孩子：各条责任线由上到下；当地没有的为空"
    )
    office: Organ | None = Field(
        None, alias="机关", description="制发这份文书的机关（学校制发时为学校）"
    )
    bureau: Organ | None = Field(None, alias="教育行政部门", description="县级教育行政部门")
    township: Organ | None = Field(None, alias="属地政府", description="乡镇人民政府或街道办事处")
    report_to: tuple[ReceiverFacts, ...] = Field(
        (), alias="报告对象", description="学校的书面报告写给谁：教育行政部门，和当地要求的各方"
    )
    officers: tuple[Officer, ...] = Field((), alias="执法人员", description="持证的执法人员")
    review: ReviewOrgan | None = Field(None, alias="复议机关", description="行政复议机关")
    court: Court | None = Field(None, alias="行政法院", description="行政诉讼和强制执行的法院")
    civil_court: Court | None = Field(None, alias="民事法院", description="民事诉讼的法院")
    bank: Bank | None = Field(None, alias="收款银行", description="代收罚款的银行")
    history: tuple[Event, ...] = Field(
        (), alias="经过", description="到成文之日发生的全部事项，按先后"
    )
    persuasions: tuple[Event, ...] = Field((), alias="劝返", description="历次劝返")
    event: Event | None = Field(None, alias="事项", description="这一份文书所记的那件事")
    first_absence: datetime.date | None = Field(
        None, alias="首次缺课", description="首次无故缺课的日期；未入学的为应入学而未到校的第一天"
    )
    absent_days: int | None = Field(
        None, alias="缺课天数", description="从首次缺课到成文之日的自然日数"
    )
    return_plan: ReturnPlanFacts | None = Field(
        None, alias="复学方案", description="孩子回来以后的安置；案件没有写的为空"
    )
    order: Order | None = Field(None, alias="责令", description="责令限期改正的内容")
    evidence: tuple[Evidence, ...] = Field((), alias="证据", description="证据目录")
    exclusions: tuple[FindingFacts, ...] = Field(
        (), alias="排除情形", description="逐项查明的正当理由"
    )
    dangers: tuple[Danger, ...] = Field(
        (), alias="危险情形", description="到成文之日发现的危险，查明不属实的不算"
    )
    paper: PaperFacts | None = Field(None, alias="文书", description="正在制作的这份文书")
    served: ServedFacts | None = Field(None, alias="送达", description="送达回证所对应的文书")
    notice: NoticeFacts | None = Field(None, alias="送达公告", description="公告送达的那份文书")
    term: TermFacts | None = Field(None, alias="批次", description="学校开学批次")
    roster: tuple[RosterLine, ...] = Field((), alias="名册", description="签收表的各行")
    procedure: ProcedureFacts = Field(
        default_factory=ProcedureFacts, alias="程序", description="程序走到哪一步，期限、金额、救济"
    )
    letter: LetterFacts | None = Field(None, alias="公文", description="公文")
    work: WorkFacts | None = Field(
        None, alias="工作", description="工作文件里的一件工作：约谈、整改、责任书、月报……"
    )
    ticket: TicketFacts | None = Field(
        None, alias="发印单", description="一批的打印文件，交给打印的人"
    )
    held: HeldFacts | None = Field(
        None, alias="暂缓名单", description="一批里暂缓的和有栏目留空的学生；一个也没有的为空"
    )
    reminder: ReminderFacts | None = Field(
        None, alias="催收", description="还没有交回学校的各份；不是催收的为空"
    )
    publication: Publication | None = Field(
        None, alias="公开决定", description="公开处罚决定的决定，和给公众看的文字"
    )
    dossier: DossierFacts | None = Field(None, alias="案卷", description="正在装订的案卷")
    proof: ProofFacts | None = Field(
        None, alias="审定", description="一地全部文书的样张：目录、条文、各项的来源"
    )
    place: dict[str, Any] = Field({}, alias="地方", description="模板包中的名称和参数")
    today: datetime.date | None = Field(None, alias="今日", description="制作的日期")


def context_schema(parameters: Parameters) -> Variable:
    """Describe all variables; ``parameters`` are what a chain of packs gives under 地方."""
    schema = shape_of(Context, replacing={Deadline: DeadlineFacts})
    place = Variable(
        "record",
        {"名称": VALUE} | {name: shape_of_parameter(kind) for name, kind in parameters},
        description="模板包中的名称和参数",
        type_name="一组",
    )
    return Variable("record", {**schema.fields, "地方": place, "法条": FUNCTION, "规则": FUNCTION})


def _danger(docket: Docket, danger: Danger) -> dict[str, Any]:
    """Give a danger to the papers; one that only follows from the file was found on no day."""
    return {**facts(danger), "发现日期": found_on(docket, danger)}


def facts(value: Any) -> Any:
    """Turn models into plain mappings with Chinese keys; empty text becomes None: never a blank."""
    if type(value) in _PLAIN:  # most values: whether they are models need not be asked
        return None if value == "" else value
    if isinstance(value, BaseModel):
        return _model_facts(value)
    if isinstance(value, Deadline):
        return _deadline_facts(value)
    if isinstance(value, list | tuple):
        return tuple(map(facts, value))
    if isinstance(value, Mapping):
        return {key: facts(item) for key, item in value.items()}
    return None if value == "" else value


def _model_facts(model: BaseModel) -> dict[str, Any]:
    # A thousand pupils have a hundred thousand values, most of them text or nothing.
    own = model.__dict__
    found: dict[str, Any] = {}
    for key, name in _keys(type(model)):
        value = own[name]
        if value is None or value == "":
            found[key] = None
        else:
            found[key] = value if type(value) in _PLAIN else facts(value)
    return found


_PLAIN = frozenset((type(None), str, int, bool, Decimal, datetime.date, datetime.time))


@cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """List the fields of a model: what templates call each, and what the program does."""
    return tuple((info.alias or name, name) for name, info in model.model_fields.items())


def _deadline_facts(deadline: Deadline) -> dict[str, Any]:
    return {
        "固定": not deadline.from_receipt,
        "日期": deadline.day,
        "数": deadline.count or None,
        "单位": unit_in_words(deadline.unit) or None,
    }


def case_facts(docket: Docket, day: datetime.date) -> dict[str, Any]:
    """Return what a case tells on a day."""
    case, happened = docket.case, docket.happened(day)
    first = docket.attendance(day).first
    note = case.note or None
    situation = situation_on(docket, day)
    own = CaseFacts(编号=case.id, 情形=situation, 关联案件=case.related, 备注=note)
    return {
        "案件": facts(own),
        "学生": pupil_facts(case.pupil, day),
        "全部监护人": tuple(guardian_facts(one, day) for one in docket.remaining(day)),
        "受托照护人": facts(case.carers),
        "学校": facts(case.school),
        "责任链": facts(chain_facts(docket, day)),
        "报告对象": tuple(_receiver(one) for one in receivers(docket.law)),
        "经过": tuple(_told(docket, event) for event in happened),
        "劝返": facts([event for event in happened if event.kind == "劝返"]),
        "首次缺课": first,
        "缺课天数": (day - first).days + 1 if first else None,
        "复学方案": facts(plan_facts(docket, day)),
        "责令": facts(case.order),
        "公开决定": facts(case.publication),
        "证据": facts(evidence_for(case, day)),
        "危险情形": tuple(_danger(docket, one) for one in standing_dangers(docket, day)),
        "排除情形": tuple(
            _examined(name, found.by(day)) for name, found in case.exclusions.items()
        ),
    }


def _called(docket: Docket, event: Event) -> Event:
    """Call the paper of an event what the place calls it, whatever somebody typed."""
    known = docket.law.document(event.document) if event.document else ""
    return event.model_copy(update={"document": docket.law.title(known)}) if known else event


def _told(docket: Docket, event: Event) -> Any:
    """Turn an event into facts once: every paper of a case tells all of them."""
    once = docket.once(("told", id(event)), lambda: (event, facts(_called(docket, event))))
    return once[1]  # the event is kept with them, so that no other has its id


def _receiver(one: Receiver) -> Any:
    return facts(ReceiverFacts(称呼=one.called, 名称=one.name or None))


def guardian_facts(guardian: Guardian | None, day: datetime.date) -> Any:
    """Return a guardian as he was on the day of a paper, not as he is now."""
    return facts(guardian.known_on(day)) if guardian else None


def situation_on(docket: Docket, day: datetime.date) -> str:
    """Return the situation as it was on a day: a dropout after a return is one more;
    what the file calls one more today was the first before.
    """
    if docket.attendance(day).before:
        return AGAIN
    later = docket.attendance(datetime.date.max).before
    return "辍学" if later and docket.case.situation == AGAIN else docket.case.situation


def order_facts(order: Order | None, made_with: Deadline) -> Any:
    """Return what an order demanded when it was made, whatever the file plans since."""
    return facts((order or Order()).model_copy(update={"deadline": made_with}))


def _examined(name: str, found: Examination) -> Any:
    told = FindingFacts(
        名称=name,
        结论=found.result,
        依据=found.evidence or None,
        已排除=found.examined and not found.applies,
        有据=found.examined and not found.applies and bool(found.evidence),
    )
    return facts(told)


def pupil_facts(pupil: Pupil, day: datetime.date) -> dict[str, Any]:
    """Return a pupil with the age on a day."""
    return {
        **facts(pupil),
        "有残疾": pupil.disabled,
        "年龄": age_on(pupil.birth, day) if pupil.birth else None,
        "有身份证号": bool(pupil.id_number) and pupil.id_type == "居民身份证",
    }


def _unfilled(model: type[BaseModel]) -> dict[str, Any]:
    """Return the facts of a model that holds its defaults alone: nothing has to check them."""
    told: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        make: Any = info.default_factory
        inner = isinstance(make, type) and issubclass(make, BaseModel)
        value = _unfilled(make) if inner else info.get_default(call_default_factory=True)
        told[info.alias or name] = facts(value)
    return told


EMPTY: Mapping[str, Any] = _unfilled(Context)
