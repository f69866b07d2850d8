"""One thing that happened on one day."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.fields import Clock, Count, Days, MaybeDeadline, Money, Text, Texts
from kcbx_docs.case.service_methods import (
    FAILED,
    HIMSELF,
    MEANT_BY,
    METHODS,
    NEVER,
    SENT,
    SERVED,
    CarrierKind,
    EntrustedKind,
    Outcome,
    PlaceKind,
    RefusedBy,
    SignedBy,
)
from kcbx_docs.case.witness import AWitness
from kcbx_docs.reading import Day, MaybeDay, MaybeYes, Model
from kcbx_docs.words import advice_for_event


def _known_kind(value: Any) -> Any:
    if isinstance(value, str) and value in EVENT_FIELDS:
        return value
    advice = advice_for_event(str(value), tuple(EVENT_FIELDS))
    raise PydanticCustomError("CASE001", "unknown event", {"advice": advice})


EventName = Annotated[
    str, BeforeValidator(_known_kind), WithJsonSchema({"enum": list(EVENT_FIELDS)})
]


class Event(Model):
    """What happened on one day; which keys belong to which kind says ``EVENT_FIELDS``."""

    day: Day = Field(alias="日期", description="发生的日期，如 2026-09-01")
    kind: EventName = Field(alias="事项", description="事项名称")
    clock: Clock = Field(default=None, alias="时间", description="几点几分，如 14:30")
    end: Clock = Field(default=None, alias="结束时间", description="几点几分结束")
    document: Text = Field(default="", alias="文书", description="文书名称")
    number: Text = Field(default="", alias="文号", description="文号、案号或票据号")
    targets: Texts = Field(
        default=(), alias="对象", description="对谁；监护人写姓名，不写就是全部监护人"
    )
    method: Text = Field(
        default="", alias="方式", description="怎样做的，如 家访、电话；送达写 直接、留置、邮寄等"
    )
    place: Text = Field(default="", alias="地点", description="在什么地方")
    place_kind: PlaceKind | None = Field(
        default=None, alias="地点类别", description="送达的地点是不是受送达人的住所"
    )
    participants: Texts = Field(default=(), alias="参加人", description="在场的其他人")
    handlers: Texts = Field(default=(), alias="承办人", description="经办、送达、执法的人员")
    recorder: Text = Field(default="", alias="记录人", description="谁记录")
    result: Text = Field(default="", alias="结果", description="结果")
    seen: Text = Field(
        default="",
        alias="到校情况",
        description="当天知道孩子没有到校的写 未到校；联系、询问和没有见到人的劝返，"
        "不写就不作为仍未到校的根据",
    )
    observe_on: Days = Field(
        default=(), alias="观察日期", description="复学后哪几天观察；本地规定了的不写就照本地的"
    )
    certified: MaybeDay = Field(
        default=None,
        alias="出具日期",
        description="返校证明是哪一天出具的，印在落款；不写的留空，出具时填写",
    )
    placed: Text = Field(default="", alias="安置", description="返校以后怎样安置")
    help_kind: Text = Field(default="", alias="类别", description="哪一类帮扶")
    lessons: Count | None = Field(default=None, alias="课时", description="送教了几课时，如 2")
    content: Text = Field(default="", alias="内容", description="说了什么、做了什么")
    reason: Text = Field(default="", alias="原因", description="原因")
    amount: Money = Field(default=None, alias="金额", description="元")
    period: MaybeDeadline = Field(
        default=None,
        alias="期限",
        description="日期，或 收到之日起10日；判决、调解也可以写 生效之日起10日",
    )
    hearing_right: MaybeYes = Field(
        default=None, alias="告知听证", description="是否告知了听证权利"
    )
    hearing_day: MaybeDay = Field(
        default=None, alias="听证日期", description="听证通知书写明的举行听证的日期"
    )
    hearing_clock: Clock = Field(default=None, alias="听证时间", description="几点几分，如 09:00")
    chair: Text = Field(default="", alias="主持人", description="听证主持人，不能是本案的调查人员")
    reviewers: Texts = Field(
        default=(), alias="审核人", description="法制审核人员，不能是本案的调查人员"
    )
    public: MaybeYes = Field(default=None, alias="公开", description="听证是否公开举行")
    last_words: Text = Field(default="", alias="最后陈述", description="当事人在听证中的最后陈述")
    attended: Text = Field(
        default="",
        alias="到场",
        description="当事人和代理人都没有正当理由不来的写 没有到场，未经许可走了的写 中途退出；"
        "有正当理由的改期，不写「听证」",
    )
    ground: Text = Field(default="", alias="法定情形", description="不予处罚属于哪一种法定情形")
    confirmed: Texts = Field(default=(), alias="查明", description="核实当事人没有做过什么")
    signer: Text = Field(default="", alias="签收人", description="谁签收；本人签收可以不写")
    signed_by: SignedBy | None = Field(
        default=None,
        alias="签收人类别",
        description="签收的是谁；同住成年家属、指定代收、法定代理人不必另写「同住」「成年」等",
    )
    relation: Text = Field(default="", alias="关系", description="签收人与受送达人的关系")
    same_household: MaybeYes = Field(
        default=None, alias="同住", description="签收人是否与受送达人同住"
    )
    adult: MaybeYes = Field(default=None, alias="成年", description="签收人是否成年")
    designated: MaybeYes = Field(
        default=None, alias="指定代收", description="签收人是否为确认书指定的代收人"
    )
    represented: MaybeYes = Field(
        default=None,
        alias="法定代理人签收",
        description="签收人是否为受送达人的法定代理人（受送达人没有完全民事行为能力时）",
    )
    refused_by: RefusedBy | None = Field(
        default=None,
        alias="拒收人",
        description="谁拒收；家里没有人的写 无人在家，那不是拒收；"
        "送给单位的写 单位负责人 或者 单位负责收件的人",
    )
    refusal: Text = Field(default="", alias="拒收原因", description="为什么拒收")
    witnesses: tuple[AWitness, ...] = Field(
        default=(), alias="见证人", description="姓名，或写明姓名、单位、职务"
    )
    media: Texts = Field(default=(), alias="影像资料", description="照片、录音录像的文件名或编号")
    carrier: Text = Field(default="", alias="承运单位", description="邮寄的承运单位，如 中国邮政")
    carrier_kind: CarrierKind | None = Field(
        default=None,
        alias="承运单位类别",
        description="邮政企业（中国邮政、EMS）或快递企业；快递企业不得寄递国家机关公文",
    )
    mail_number: Text = Field(default="", alias="邮件单号", description="邮件号码")
    posted: MaybeDay = Field(default=None, alias="交寄日期", description="交寄的日期")
    received: MaybeDay = Field(default=None, alias="签收日期", description="回执上的签收日期")
    entrusted: Text = Field(default="", alias="受托机关", description="受委托送达或转交的单位")
    entrusted_kind: EntrustedKind | None = Field(
        default=None, alias="受托机关类别", description="转交的写 部队、监所或强制性教育机构"
    )
    address: Text = Field(
        default="", alias="送达地址", description="送到的地址；电子送达写手机号、邮箱"
    )
    arrived: MaybeDay = Field(
        default=None, alias="到达日期", description="电子送达到达对方系统的日期"
    )
    bulletin: Texts = Field(default=(), alias="公告媒介", description="张贴在哪里、登在哪里")
    published: MaybeDay = Field(
        default=None, alias="公告日期", description="公告的日期；有几处的写最后一处"
    )
    court: Text = Field(default="", alias="法院", description="法院名称")
    appealed: Text = Field(
        default="", alias="裁判", description="对哪一种裁判上诉：行政判决，或者民事判决"
    )
    court_level: Text = Field(
        default="", alias="审级", description="一审或二审；不写的，上诉以后的是二审"
    )
    source: Text = Field(default="", alias="来源", description="线索从哪里来")
    lead: Text = Field(default="", alias="线索", description="线索编号；由 kcbx lead accept 写")
    organ: Text = Field(default="", alias="机关", description="机关、单位名称")
    department: Text = Field(
        default="", alias="部门", description="收到的是哪一类部门；不写的看机关名称"
    )
    plaintiff: Text = Field(default="", alias="原告", description="谁起诉：学生，或者本机关")
    purpose: Text = Field(
        default="", alias="目的", description="请求法院判什么；不写就是判令送孩子接受义务教育"
    )
    danger: Text = Field(
        default="", alias="危险情形", description="为哪一种危险情形报告的，与案件里写的种类相同"
    )
    effective: MaybeDay = Field(
        default=None,
        alias="生效日期",
        description="生效的日期；复议决定写当事人收到决定书的那一天",
    )
    digest: Text = Field(
        default="",
        alias="校验值",
        description="移交文件的校验值，kcbx transfer 打印，移交函也写着它",
    )
    former_id: Text = Field(default="", alias="原编号", description="案件在移交的机关那里的编号")
    handed_by: Text = Field(
        default="",
        alias="移交自",
        description="接收移交以前的事：是哪个机关记下、移交来的；由 kcbx transfer receive 写",
    )
    evidence: Texts = Field(default=(), alias="证据", description="证据目录里的名称")
    files: Texts = Field(default=(), alias="文件", description="扫描件等，相对于工作目录")
    note: Text = Field(default="", alias="备注", description="其他")

    @classmethod
    def keys_for(cls, record: Mapping[str, Any]) -> Sequence[str]:
        """List the keys that may still be added to an event whose kind is known."""
        kind = EVENT_FIELDS.get(str(record.get("事项")))
        return tuple(key for key in kind.asked if key not in record) if kind else ()

    @model_validator(mode="before")
    @classmethod
    def _name_himself(cls, data: Any) -> Any:
        """Write the name of the only addressee where 本人 is said to have signed for a paper."""
        if not isinstance(data, dict) or data.get("事项") != "送达":
            return data
        to, himself = data.get("对象"), str(data.get("签收人") or "").strip() == HIMSELF
        names = [to] if isinstance(to, str) else [*(to or ())]
        return {**data, "签收人": names[0]} if himself and len(names) == 1 else data

    @model_validator(mode="before")
    @classmethod
    def _say_what_is_meant(cls, data: Any) -> Any:
        """Write out what the choice of who signed means; what somebody wrote himself stays."""
        chosen = data.get("签收人类别") if isinstance(data, dict) else None
        meant = next((keys for kind, keys in MEANT_BY.items() if kind == chosen), ())
        return {**dict.fromkeys(meant, "是"), **data} if meant else data

    @property
    def is_service(self) -> bool:
        """Tell whether it records that a paper reached somebody."""
        failed = self.result in (FAILED, NEVER)
        return self.kind == "送达" and not failed and not self.in_transit

    @property
    def never(self) -> bool:
        """Tell whether it was recorded by mistake: nobody tried to serve anything."""
        return self.kind == "送达" and self.result == NEVER

    @property
    def in_transit(self) -> bool:
        """Tell whether a paper was sent of which nobody has heard since: no service, no failure."""
        method = METHODS.get(self.method)
        waiting = self.result == SENT or (self.posted is not None and not self.result)
        travels = method is not None and method.travels
        return self.kind == "送达" and travels and waiting and self.received is None

    @property
    def outcome(self) -> Outcome:
        """Return what came of an attempt at service."""
        if self.in_transit:
            return SENT
        return SERVED if self.is_service else FAILED

    @property
    def moment(self) -> tuple[date, time]:
        """Return when it happened, as far as the day and time are written."""
        return self.day, self.clock or time()

    @property
    def comes_back(self) -> bool:
        """Tell whether it says that the child is at school, whatever the visit was for."""
        looked = self.kind in ("核查", "劝返") and self.result == "已返校"
        observed = self.kind == "复学观察" and self.result == "在校"
        return self.kind == "返校" or looked or observed

    @property
    def still_away(self) -> bool:
        """Tell whether it says that the child is away: looked for in vain, or a parent who was
        asked to send it refused, or promised to.
        """
        asked = self.kind == "劝返" and self.result in ("拒绝", "同意返校")
        return asked or (self.kind == "核查" and self.result == "未返校")

    @property
    def proof_day(self) -> date:
        """Return the day that the proof of service bears: the recipient's, not the sender's."""
        method = METHODS.get(self.method)
        proofs = {"签收日期": self.received, "到达日期": self.arrived, "公告日期": self.published}
        return (proofs[method.day] if method else None) or self.day
