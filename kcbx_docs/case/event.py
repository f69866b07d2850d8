"""One thing that happened, and the table that says what each kind of event needs and may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from kcbx_docs.case.dangers import DEPARTMENTS, KINDS
from kcbx_docs.case.fields import (
    Clock,
    Day,
    MaybeDay,
    MaybeDeadline,
    Money,
    Text,
    Texts,
)
from kcbx_docs.case.service_methods import (
    FAILED,
    METHODS,
    SENT,
    SERVED,
    SERVICE_METHODS,
    CarrierKind,
    EntrustedKind,
    Outcome,
    PlaceKind,
    RefusedBy,
)
from kcbx_docs.case.suit import PLAINTIFFS, PURPOSES
from kcbx_docs.case.witness import AWitness
from kcbx_docs.reading import MaybeYes, Model
from kcbx_docs.words import advice_for_name, nearest

Addressee = Literal["监护人", "收件人", "相关人", "不限"]
COMMON = ("时间", "对象", "地点", "内容", "承办人", "证据", "影像资料", "文件", "备注")


@dataclass(frozen=True)
class EventKind:
    """What one kind of event must hold, and what it may hold besides;
    its document's card names it.
    """

    about: str
    required: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    addressee: Addressee = "监护人"

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """List every key that it may hold."""
        return ("日期", "事项", *dict.fromkeys((*self.required, *self.extra, *COMMON)))


def _kind(
    about: str,
    required: str = "",
    extra: str = "",
    addressee: Addressee = "监护人",
    **choices: str,
) -> EventKind:
    listed = {key: tuple(words.split()) for key, words in choices.items()}
    return EventKind(about, tuple(required.split()), tuple(extra.split()), listed, addressee)


_PROOF = (
    "结果 文号 签收人 关系 同住 成年 指定代收 法定代理人签收 地点类别 拒收人 拒收原因 见证人 "
    "承运单位 承运单位类别 邮件单号 交寄日期 签收日期 受托机关 受托机关类别 送达地址 到达日期 "
    "公告媒介 公告日期 原因 记录人"
)

_SEEN = "未到校 不清楚"

GROUNDS = "轻微并及时改正 初次违法轻微并及时改正 没有主观过错 不能辨认或者控制行为 违法事实不能成立"
"""The grounds on which no penalty is imposed."""

EVENT_FIELDS: Mapping[str, EventKind] = {
    "首次缺课": _kind(
        "无故缺课的第一天；从未入学的写应入学而未到校的第一天", extra="原因", addressee="不限"
    ),
    "联系": _kind(
        "电话、微信等联系（不算送达）；结果写 同意返校、愿意送学、拒绝、未表态 的算态度",
        "方式",
        "参加人 结果 到校情况",
        addressee="相关人",
        到校情况=_SEEN,
    ),
    "劝返": _kind(
        "上门或约到学校劝返一次",
        "方式 结果",
        "结束时间 参加人 记录人 见证人 原因 期限 到校情况",
        addressee="相关人",
        结果="同意返校 已返校 拒绝 未见到 未表态",
        到校情况=_SEEN,
    ),
    "书面报告": _kind(
        "学校就辍学写出书面报告，对象写收到报告的机关",
        "",
        "方式 文号 签收人 签收日期",
        "不限",
    ),
    "劝返通知": _kind("发出劝返通知书", "", "方式 文号 期限 签收人 关系"),
    "批评教育": _kind(
        "对监护人批评教育", "", "方式 结束时间 参加人 记录人 结果 到校情况", 到校情况=_SEEN
    ),
    "制发": _kind(
        "一份文书制成并给了文号；听证通知书另写听证的安排",
        "文书",
        "文号 期限 金额 听证日期 听证时间 主持人 公开",
    ),
    "送达": _kind(
        "向一个监护人送达一份文书；没有送到的也写，结果写 未送达；寄出还没有到的写 在途",
        "文书 对象 方式",
        _PROOF,
        addressee="收件人",
        方式=" ".join(SERVICE_METHODS),
        结果="已送达 未送达 在途",
    ),
    "撤回": _kind("撤回或作废一份文书", "文书 原因", "文号"),
    "核查": _kind(
        "到校或上门核查孩子是否已经入学",
        "结果",
        "方式 参加人 记录人",
        "相关人",
        结果="未返校 已返校 未见到",
    ),
    "返校": _kind(
        "孩子回到学校（包括转到别的学校、职业学校）",
        "",
        "方式 文号 结果 安置",
        "不限",
        安置="回原班 调整班级 转学 职业学校 送教上门 其他",
    ),
    "再次缺课": _kind("返校以后又无故缺课的第一天", "", "原因", addressee="不限"),
    "立案": _kind("批准立案的那一天", "", "文号"),
    "询问": _kind(
        "制作询问笔录；结果写被询问人承认或者说明的事实",
        "对象",
        "结束时间 参加人 记录人 方式 结果 到校情况",
        "不限",
        到校情况=_SEEN,
    ),
    "调查终结": _kind(
        "调查终结并提出报告；对几名当事人的建议不同的，每人写一条，写明对象",
        "",
        "结果 金额 法定情形 原因 机关",
        结果="建议处罚 建议不予处罚 建议撤销案件 建议移送",
        法定情形=GROUNDS,
    ),
    "事先告知": _kind("制发行政处罚事先告知书", "", "文书 文号 金额 期限 告知听证 原因"),
    "陈述申辩": _kind(
        "收到当事人的陈述、申辩",
        "内容",
        "方式 结果 记录人",
        结果="采纳 部分采纳 不采纳",
    ),
    "放弃陈述申辩": _kind("当事人明确表示放弃", "", "方式"),
    "要求听证": _kind("当事人要求听证", "", "方式 原因"),
    "放弃听证": _kind("当事人放弃或撤回听证要求", "", "方式"),
    "听证": _kind("举行听证", "", "结束时间 主持人 公开 参加人 记录人 结果 最后陈述"),
    "法制审核": _kind(
        "法制审核人员提出意见",
        "结果",
        "审核人 参加人",
        "不限",
        结果="同意 不同意 退回补充",
    ),
    "集体讨论": _kind("负责人集体讨论；金额写讨论决定的罚款", "参加人", "记录人 结果 金额", "不限"),
    "处罚决定": _kind("作出行政处罚决定", "", "文书 文号 金额 期限 结果"),
    "当场处罚": _kind("当场作出行政处罚决定", "", "文书 文号 金额 期限"),
    "不予处罚": _kind(
        "决定不予行政处罚；原因写查明的事实，属于哪一种写法定情形",
        "原因",
        "文书 文号 法定情形",
        法定情形=GROUNDS,
    ),
    "缴纳罚款": _kind("缴纳罚款或加处的罚款", "金额", "方式 文号"),
    "申请延期分期": _kind("申请延期或分期缴纳", "", "原因 期限 金额"),
    "批准延期分期": _kind("批准延期或分期缴纳，期限写最后一期的日期", "期限", "文号 金额"),
    "申请行政复议": _kind("当事人申请行政复议", "", "机关 文号 原因"),
    "复议决定": _kind(
        "行政复议机关结案",
        "结果",
        "机关 文号 金额 生效日期",
        结果="维持 变更 撤销 确认违法 驳回 不予受理 终止 调解",
    ),
    "提起行政诉讼": _kind("当事人提起行政诉讼", "", "法院 文号 原因"),
    "行政判决": _kind(
        "行政诉讼结案",
        "结果",
        "法院 文号 金额 生效日期",
        结果="驳回诉讼请求 撤销 变更 确认违法 驳回起诉 撤诉 调解",
    ),
    "催告": _kind("制发催告书", "", "文书 文号 金额 期限"),
    "核实": _kind(
        "承办人查明当事人没有做过某件事，写进决定书、申请书以前核实",
        "查明 承办人",
        "",
        查明="没有陈述申辩 没有要求听证 催告后没有陈述申辩 没有申请行政复议 没有提起行政诉讼",
    ),
    "申请强制执行": _kind("向法院申请强制执行", "", "法院 文号 金额"),
    "法院受理": _kind("法院受理或不予受理", "结果", "法院 文号", 结果="受理 不予受理"),
    "法院裁定": _kind(
        "法院就强制执行申请作出裁定",
        "结果",
        "法院 文号 金额",
        结果="准予执行 不准予执行 部分准予执行",
    ),
    "执行": _kind(
        "法院执行的情况", "结果", "法院 文号 金额", 结果="执行完毕 部分执行 终结本次执行 终结执行"
    ),
    "起诉": _kind(
        "提起民事诉讼，对象写被告",
        "",
        "原告 目的 法院 文号 参加人",
        原告=" ".join(PLAINTIFFS),
        目的=" ".join(PURPOSES),
    ),
    "撤诉": _kind("撤回民事起诉", "", "法院 文号 原因"),
    "民事判决": _kind(
        "民事判决",
        "结果",
        "法院 文号 期限 生效日期",
        结果="支持 部分支持 驳回诉讼请求 驳回起诉 不予受理",
    ),
    "调解": _kind("调解达成协议", "内容", "法院 机关 文号 期限 参加人"),
    "支持起诉": _kind("检察机关等支持起诉", "", "机关 文号"),
    "建议撤销监护人资格": _kind("向有资格的单位提出建议", "机关", "文书 文号 原因"),
    "申请撤销监护人资格": _kind("有资格的人或组织向法院申请", "机关", "法院 文号 结果"),
    "移送": _kind(
        "移送、通报或者报告有关机关，口头报告、报警的也写",
        "机关 原因",
        "部门 危险情形 方式 文书 文号 签收人 签收日期",
        部门=" ".join(DEPARTMENTS),
        危险情形=" ".join(KINDS),
    ),
    "收到文书": _kind("收到别的机关的文书，如 督促监护令、训诫书", "文书 机关", "文号 结果 期限"),
    "中止": _kind("案件中止", "原因", "文号"),
    "恢复": _kind("中止的案件恢复", "", "原因 文号"),
    "结案": _kind("案件办结", "结果", "文号 原因"),
}


def _known_kind(value: Any) -> Any:
    if isinstance(value, str) and value in EVENT_FIELDS:
        return value
    advice = ""
    if nearest(str(value), tuple(EVENT_FIELDS)):
        advice = advice_for_name(str(value), tuple(EVENT_FIELDS))
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
    placed: Text = Field(default="", alias="安置", description="返校以后怎样安置")
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
    ground: Text = Field(default="", alias="法定情形", description="不予处罚属于哪一种法定情形")
    confirmed: Texts = Field(default=(), alias="查明", description="核实当事人没有做过什么")
    signer: Text = Field(default="", alias="签收人", description="谁签收；本人签收可以不写")
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
        default=None, alias="拒收人", description="谁拒收；家里没有人的写 无人在家，那不是拒收"
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
    effective: MaybeDay = Field(default=None, alias="生效日期", description="生效的日期")
    evidence: Texts = Field(default=(), alias="证据", description="证据目录里的名称")
    files: Texts = Field(default=(), alias="文件", description="扫描件等，相对于工作目录")
    note: Text = Field(default="", alias="备注", description="其他")

    @property
    def is_service(self) -> bool:
        """Tell whether it records that a paper reached somebody."""
        return self.kind == "送达" and self.result != FAILED and not self.in_transit

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
        return self.kind == "返校" or looked

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
