"""What templates learn from the procedure under 程序: dates, periods, money, remedies;
one record per guardian.

Every record is always there; what has not happened, or cannot be computed, is empty. 是/否 answers
that nobody gave are empty too, so a template that prints them must say what to print then.
"""

import datetime
from decimal import Decimal

from pydantic import Field

from kcbx_docs.case.event import Event
from kcbx_docs.papers.absence_records import DangerLine, ReturnRecord, SpellLine
from kcbx_docs.papers.evidence_facts import EvidenceLine
from kcbx_docs.papers.outcome_records import ConclusionRecord, ConfirmedRecord, HearingRecord
from kcbx_docs.papers.paper_records import PaperRecord
from kcbx_docs.papers.payment_records import CourtRecord, DebtRecord, DemandRecord, ExtensionRecord
from kcbx_docs.papers.referral_records import ReferralFacts, ReferralLine
from kcbx_docs.papers.remedy_records import ChangeRecord, Remedies
from kcbx_docs.papers.suit_records import CivilRecord
from kcbx_docs.reading import Model

Day = datetime.date | None


class OrderRecord(PaperRecord):
    """The order to correct."""

    deadline: Day = Field(
        default=None, alias="改正期限届满日", description="对这名监护人的最后一天"
    )
    deadline_text: str | None = Field(
        default=None, alias="改正期限", description="2026年10月20日，或 自收到之日起10日内"
    )
    expired: bool | None = Field(
        default=None, alias="已期满", description="到成文之日期限是否已过；没有送达的为空"
    )
    days_over: int | None = Field(
        default=None, alias="逾期天数", description="期限届满后到成文之日的天数"
    )
    checked: Day = Field(default=None, alias="核查日期", description="期满后核查仍未返校的日期")
    checked_how: str | None = Field(default=None, alias="核查方式", description="核查的方式")


class NoticeRecord(PaperRecord):
    """The prior notice of a penalty."""

    fine: Decimal | None = Field(default=None, alias="拟罚款", description="告知的罚款数额，元")
    hearing_right: bool | None = Field(
        default=None, alias="应告知听证", description="按听证标准是否应当告知听证；标准未知的为空"
    )
    hearing_told: bool | None = Field(
        default=None, alias="已告知听证", description="经过里写的是否告知了听证"
    )
    hearing_from: Decimal | None = Field(
        default=None, alias="听证标准", description="罚款多少元以上应当告知听证"
    )
    window_days: int | None = Field(
        default=None, alias="申辩天数", description="陈述申辩期的工作日数"
    )
    window_end: Day = Field(default=None, alias="申辩截止日", description="陈述申辩期的最后一天")
    hearing_request_end: Day = Field(
        default=None, alias="听证申请截止日", description="可以要求听证的最后一天"
    )


class DefenceRecord(Model):
    """What this guardian said in defence."""

    day: Day = Field(default=None, alias="日期", description="陈述、申辩的日期")
    content: str | None = Field(default=None, alias="内容", description="陈述、申辩的内容")
    result: str | None = Field(default=None, alias="结果", description="采纳、部分采纳或不采纳")
    reason: str | None = Field(default=None, alias="复核意见", description="复核意见和理由")
    waived: Day = Field(default=None, alias="放弃日期", description="当事人明确放弃陈述申辩的日期")


class ReviewRecord(Model):
    """Legal review and collective discussion."""

    reviewed: Day = Field(default=None, alias="法制审核日期", description="法制审核的日期")
    review_result: str | None = Field(
        default=None, alias="法制审核结果", description="同意、不同意或退回补充"
    )
    discussed: Day = Field(default=None, alias="集体讨论日期", description="集体讨论的日期")
    discussion_result: str | None = Field(
        default=None, alias="集体讨论结果", description="集体讨论的结果"
    )


class NoPenaltyRecord(PaperRecord):
    """The decision not to punish, or the proposal of it."""

    ground: str | None = Field(
        default=None, alias="法定情形", description="属于哪一种法定情形；没有写的为空"
    )
    reason: str | None = Field(default=None, alias="原因", description="查明的、不予处罚的事实")


class DecisionRecord(PaperRecord):
    """The penalty decision, also one made on the spot."""

    fine: Decimal | None = Field(
        default=None,
        alias="罚款",
        description="决定书写的罚款，元；还没有决定的为集体讨论或者告知的数额",
    )
    changed: ChangeRecord = Field(
        default_factory=ChangeRecord, alias="变更", description="以后的复议、诉讼怎样变更了罚款"
    )
    small: bool | None = Field(
        default=None, alias="小额当场收缴", description="罚款是否小到可以当场收缴；没有数额的为空"
    )
    annulled: bool = Field(default=False, alias="已撤销", description="决定是否已被撤销")
    on_the_spot: bool = Field(default=False, alias="当场", description="是否当场处罚")
    latest: Day = Field(
        default=None, alias="最迟作出日", description="作出决定的期限届满的那一天，从立案之日起算"
    )
    serve_by: Day = Field(
        default=None, alias="最迟送达日", description="没有当场交付的，送达的期限届满的那一天"
    )
    pay_by: Day = Field(
        default=None,
        alias="缴款截止日",
        description="缴纳罚款的最后一天，含批准的延期；没有当年日历、可能变动的不写",
    )


class BasisRecord(Model):
    """The clause on which a fine rests, as confirmed in kcbx.yaml."""

    confirmed: bool = Field(default=False, alias="已确认", description="有没有可以用的处罚依据")
    id: str | None = Field(default=None, alias="编号", description="短编号")
    statute: str | None = Field(default=None, alias="法规", description="法规全称，不带书名号")
    article: str | None = Field(default=None, alias="条文", description="第几条第几款")
    citation: str | None = Field(default=None, alias="引用", description="《法规》第几条第几款")
    text: str | None = Field(default=None, alias="原文", description="条文原文")
    least: Decimal | None = Field(default=None, alias="最低罚款", description="元；没有下限的为空")
    most: Decimal | None = Field(default=None, alias="最高罚款", description="元")
    after_order: bool | None = Field(
        default=None,
        alias="以逾期不改为前提",
        description="是否责令改正逾期不改才可以处罚；未知的为空",
    )
    delegation: str | None = Field(default=None, alias="赋权决定", description="赋权文件")
    sample: bool = Field(default=False, alias="示例", description="是否虚构的示例")


class DateLine(Model):
    """One line of the table of dates in an application to the court."""

    what: str = Field(alias="事项", description="做了什么")
    document: str | None = Field(default=None, alias="文书", description="文书名称")
    number: str | None = Field(default=None, alias="文号", description="文号")
    day: Day = Field(default=None, alias="日期", description="作出的日期")
    served: Day = Field(default=None, alias="送达日期", description="送达的日期")
    ends: Day = Field(default=None, alias="届满日", description="由此起算的期限的最后一天")
    basis: str | None = Field(default=None, alias="依据", description="法条")


class GuardianLine(Model):
    """One guardian in a paper that is about all of them."""

    name: str = Field(alias="姓名", description="监护人姓名")
    relation: str | None = Field(default=None, alias="关系", description="与学生的关系")
    state: str | None = Field(default=None, alias="状态", description="程序走到哪一步")
    order: OrderRecord = Field(default_factory=OrderRecord, alias="责令", description="对他的责令")
    decision: DecisionRecord = Field(
        default_factory=DecisionRecord, alias="决定", description="对他的处罚决定"
    )
    no_penalty: NoPenaltyRecord = Field(
        default_factory=NoPenaltyRecord, alias="不予处罚", description="对他的不予处罚决定"
    )
    debt: DebtRecord = Field(default_factory=DebtRecord, alias="欠款", description="他还欠多少")
    dates: tuple[DateLine, ...] = Field(
        default=(), alias="日期表", description="对他的各步骤的日期"
    )


class CourseLine(DateLine):
    """One line of the course of the case in the form for its end."""

    guardian: str | None = Field(default=None, alias="监护人", description="对谁；不对某一人的为空")
    organ: str | None = Field(default=None, alias="机关", description="来文、去函的机关")
    result: str | None = Field(default=None, alias="结果", description="收到的文书的结果")


class CloseRecord(Model):
    """How the case ended."""

    day: Day = Field(default=None, alias="日期", description="结案的日期")
    result: str | None = Field(default=None, alias="结果", description="结案的方式")
    reason: str | None = Field(default=None, alias="原因", description="结案的理由")


class OfficerLine(Model):
    """An officer who handles the case."""

    name: str = Field(alias="姓名", description="执法人员姓名")
    certificate: str | None = Field(
        default=None, alias="证号", description="行政执法证号；没有写的为空"
    )
    title: str | None = Field(default=None, alias="职务", description="职务")


class ProcedureFacts(Model):
    """Where the case stands for the guardian of this paper, on the day of this paper."""

    state: str | None = Field(default=None, alias="状态", description="程序走到哪一步，如 责令期满")
    round: int = Field(default=1, alias="次数", description="第几次辍学")
    report: PaperRecord = Field(
        default_factory=PaperRecord, alias="书面报告", description="学校的书面报告"
    )
    order: OrderRecord = Field(
        default_factory=OrderRecord, alias="责令", description="责令限期改正"
    )
    filing: PaperRecord = Field(default_factory=PaperRecord, alias="立案", description="立案")
    notice: NoticeRecord = Field(
        default_factory=NoticeRecord, alias="告知", description="处罚事先告知"
    )
    defence: DefenceRecord = Field(
        default_factory=DefenceRecord, alias="申辩", description="陈述申辩"
    )
    hearing: HearingRecord = Field(default_factory=HearingRecord, alias="听证", description="听证")
    review: ReviewRecord = Field(
        default_factory=ReviewRecord, alias="审核", description="法制审核和集体讨论"
    )
    decision: DecisionRecord = Field(
        default_factory=DecisionRecord, alias="决定", description="处罚决定"
    )
    conclusion: ConclusionRecord = Field(
        default_factory=ConclusionRecord, alias="调查", description="调查终结时对这名监护人的建议"
    )
    no_penalty: NoPenaltyRecord = Field(
        default_factory=NoPenaltyRecord, alias="不予处罚", description="不予处罚决定"
    )
    confirmed: ConfirmedRecord = Field(
        default_factory=ConfirmedRecord, alias="核实", description="承办人核实当事人没有做过的事"
    )
    extension: ExtensionRecord = Field(
        default_factory=ExtensionRecord, alias="延期", description="延期、分期缴纳"
    )
    debt: DebtRecord = Field(default_factory=DebtRecord, alias="欠款", description="罚款和加处罚款")
    demand: DemandRecord = Field(default_factory=DemandRecord, alias="催告", description="催告")
    court: CourtRecord = Field(
        default_factory=CourtRecord, alias="强制执行", description="申请法院强制执行"
    )
    civil: CivilRecord = Field(
        default_factory=CivilRecord, alias="民事诉讼", description="民事诉讼"
    )
    remedies: Remedies = Field(
        default_factory=Remedies, alias="救济", description="各行为的复议、诉讼权利"
    )
    basis: BasisRecord = Field(
        default_factory=BasisRecord, alias="处罚依据", description="确认过的处罚条款"
    )
    officers: tuple[OfficerLine, ...] = Field(
        default=(),
        alias="承办人",
        description="承办的执法人员：这份文书、立案、询问的事项或者案件写的；都没有的为空",
    )
    back: ReturnRecord = Field(default_factory=ReturnRecord, alias="返校", description="孩子返校")
    before: tuple[SpellLine, ...] = Field(
        default=(), alias="以前辍学", description="这一次以前的各次辍学，已经返校的"
    )
    history: tuple[Event, ...] = Field(
        default=(), alias="本次经过", description="这一次失学以来发生的事项，按先后"
    )
    dangers: tuple[DangerLine, ...] = Field(
        default=(), alias="危险情形", description="到成文之日发现的危险，和各次报告"
    )
    excuses: tuple[str, ...] = Field(
        default=(), alias="正当理由", description="到成文之日查明存在的正当理由，如 转学"
    )
    close: CloseRecord = Field(default_factory=CloseRecord, alias="结案", description="结案")
    referrals: tuple[ReferralLine, ...] = Field(default=(), alias="移送", description="移送、通报")
    referral: ReferralFacts = Field(
        default_factory=ReferralFacts, alias="移送情况", description="移送函要用的年龄情况"
    )
    contested: bool = Field(
        default=False, alias="已复议或起诉", description="当事人是否申请过复议或提起过诉讼"
    )
    handed_over: bool = Field(
        default=False, alias="由复议机关执行", description="复议变更、调解的，由行政复议机关执行"
    )
    dates: tuple[DateLine, ...] = Field(
        default=(), alias="日期表", description="各步骤的日期一览，用于申请书和结案"
    )
    course: tuple[CourseLine, ...] = Field(
        default=(),
        alias="办理经过",
        description="对各监护人的文书，收到的文书，移送、通报，按日期",
    )
    still_absent: Day = Field(
        default=None,
        alias="仍未到校日期",
        description="最后一次有人知道孩子没有到校的日期；首次缺课以后没有人再见到的为空",
    )
    absent_days: int | None = Field(
        default=None,
        alias="仍未到校天数",
        description="从缺课的第一天到仍未到校日期的日历天数，含休息日和假期",
    )
    persuasions: tuple[Event, ...] = Field(
        default=(),
        alias="劝返",
        description="这次失学以来见到了这名监护人的劝返；不对某一名监护人的文书为见到了任何一名的",
    )
    evidence: tuple[EvidenceLine, ...] = Field(
        default=(),
        alias="证据目录",
        description="到成文之日已有、涉及这名监护人的证据：案件写的，加上经过里形成的",
    )
    guardians: tuple[GuardianLine, ...] = Field(
        default=(), alias="各监护人", description="每名监护人的进度"
    )
