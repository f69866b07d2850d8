"""What each kind of event needs and may hold: the table that a case file is read by."""

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Literal

from kcbx_docs.case.dangers import DEPARTMENTS, KINDS
from kcbx_docs.case.service_methods import SERVICE_METHODS
from kcbx_docs.case.silences import SILENCES
from kcbx_docs.case.suit import PLAINTIFFS, PURPOSES
from kcbx_docs.light import dataclass
from kcbx_docs.words import example_of

Addressee = Literal["监护人", "收件人", "相关人", "不限"]
COMMON = ("时间", "对象", "地点", "内容", "承办人", "证据", "影像资料", "文件", "备注")
_MARKS = ("移交自",)
"""What the program writes beside any event, and asks nobody for."""


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
        return ("日期", "事项", *self.asked, *_MARKS)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """List the keys that somebody may write besides the day and the kind."""
        return tuple(dict.fromkeys((*self.required, *self.extra, *COMMON)))


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
    "结果 文号 签收人 签收人类别 关系 同住 成年 指定代收 法定代理人签收 "
    "地点类别 拒收人 拒收原因 见证人 承运单位 承运单位类别 邮件单号 交寄日期 签收日期 受托机关 "
    "受托机关类别 送达地址 到达日期 "
    "公告媒介 公告日期 原因 记录人"
)

_SEEN = "未到校 不清楚"

GROUNDS = "轻微并及时改正 初次违法轻微并及时改正 没有主观过错 不能辨认或者控制行为 违法事实不能成立"
"""The grounds on which no penalty is imposed."""

_COURTS = "一审 二审"
_APPEALED = "驳回上诉 撤回上诉 发回重审"
"""What only a second court says; what it decides anew is told as a first court would."""

EVENT_FIELDS: Mapping[str, EventKind] = {
    "首次缺课": _kind(
        "无故缺课的第一天；从未入学的写应入学而未到校的第一天", extra="原因", addressee="不限"
    ),
    "接到线索": _kind(
        "接到电话、举报等，说孩子没有到校；学校的书面报告写「书面报告」",
        "来源",
        "方式 机关 参加人 记录人 线索",
        addressee="不限",
        来源="学校 村（居）委会 群众 其他单位 巡查 比对",
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
    "劝返通知": _kind("发出劝返通知书", "", "方式 文号 机关 期限 签收人 关系"),
    "批评教育": _kind(
        "对监护人批评教育", "", "方式 机关 结束时间 参加人 记录人 结果 到校情况", 到校情况=_SEEN
    ),
    "制发": _kind(
        "一份文书制成并给了文号；听证通知书另写听证的安排",
        "文书",
        "文号 机关 期限 金额 听证日期 听证时间 主持人 公开",
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
    "信息公开": _kind(
        "把处罚决定信息、送达公告等公开出去；期限写打算公开到哪一天，不写就是没有定",
        "文书 公告媒介",
        "机关 期限 记录人",
    ),
    "撤下": _kind(
        "把公开出去的撤下来；因为变更、撤销的，原因写怎样公开说明了理由",
        "文书 原因",
        "机关 公告媒介 记录人",
    ),
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
        "方式 文号 结果 安置 观察日期 出具日期",
        "不限",
        安置="回原班 调整班级 转学 职业学校 送教上门 其他",
    ),
    "复学观察": _kind(
        "返校以后按约定的日期看孩子在不在校；又无故缺课的，另写「再次缺课」",
        "结果",
        "方式 参加人 记录人 原因 观察日期",
        addressee="不限",
        结果="在校 请假 缺课 失联",
    ),
    "再次缺课": _kind("返校以后又无故缺课的第一天", "", "原因", addressee="不限"),
    "送教": _kind(
        "送教上门或者远程送教一次；没有送成的不写，寒暑假、住院等原因写进案件的备注",
        "方式 课时 承办人",
        "结束时间 参加人 记录人 结果",
        "不限",
        方式="上门 远程",
    ),
    "帮扶": _kind(
        "对孩子或者家庭帮扶一次；心理辅导、家校联系也写这里，催孩子返校的写「劝返」",
        "类别",
        "方式 结束时间 参加人 记录人 结果 期限",
        "不限",
        类别="结对帮扶 学业辅导 心理辅导 家校联系 资助 其他",
    ),
    "学籍标注": _kind(
        "在学籍系统里标注疑似辍学、辍学，或者复学以后改回",
        "结果",
        "记录人",
        "不限",
        结果="疑似辍学 辍学 复学",
    ),
    "立案": _kind("批准立案的那一天", "", "文号 机关"),
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
    "事先告知": _kind("制发行政处罚事先告知书", "", "文书 文号 机关 金额 期限 告知听证 原因"),
    "陈述申辩": _kind(
        "收到当事人的陈述、申辩",
        "内容",
        "方式 结果 记录人",
        结果="采纳 部分采纳 不采纳",
    ),
    "放弃陈述申辩": _kind("当事人明确表示放弃", "", "方式"),
    "要求听证": _kind("当事人要求听证", "", "方式 原因"),
    "放弃听证": _kind("当事人放弃或撤回听证要求", "", "方式"),
    "听证": _kind(
        "举行听证",
        "",
        "结束时间 主持人 公开 参加人 记录人 结果 最后陈述 到场",
        到场="到场 没有到场 中途退出",
    ),
    "法制审核": _kind(
        "法制审核人员提出意见",
        "结果",
        "审核人 参加人",
        结果="同意 不同意 退回补充",
    ),
    "集体讨论": _kind("负责人集体讨论；金额写讨论决定的罚款", "参加人", "记录人 结果 金额"),
    "处罚决定": _kind("作出行政处罚决定", "", "文书 文号 机关 金额 期限 结果"),
    "当场处罚": _kind("当场作出行政处罚决定", "", "文书 文号 机关 金额 期限"),
    "不予处罚": _kind(
        "决定不予行政处罚；原因写查明的事实，属于哪一种写法定情形",
        "原因",
        "文书 文号 机关 法定情形",
        法定情形=GROUNDS,
    ),
    "缴纳罚款": _kind("缴纳罚款或加处的罚款", "金额", "方式 文号"),
    "申请延期分期": _kind("申请延期或分期缴纳", "", "原因 期限 金额"),
    "批准延期分期": _kind("批准延期或分期缴纳，期限写最后一期的日期", "期限", "文号 机关 金额"),
    "申请行政复议": _kind("当事人申请行政复议", "", "机关 文号 原因"),
    "复议决定": _kind(
        "行政复议机关结案；日期写作出决定的那一天，当事人收到决定书的那一天写生效日期",
        "结果",
        "机关 文号 金额 生效日期",
        结果="维持 变更 撤销 确认违法 驳回 不予受理 终止 调解",
    ),
    "提起行政诉讼": _kind("当事人提起行政诉讼", "", "法院 文号 原因"),
    "行政判决": _kind(
        "行政诉讼的判决、裁定，日期写收到的那一天；没有写生效日期的，上诉期满没有上诉才生效",
        "结果",
        "法院 文号 金额 生效日期 审级",
        结果=f"驳回诉讼请求 撤销 变更 确认违法 驳回起诉 撤诉 调解 {_APPEALED}",
        审级=_COURTS,
    ),
    "催告": _kind("制发催告书", "", "文书 文号 机关 金额 期限"),
    "核实": _kind(
        "承办人查明当事人没有做过某件事，写进决定书、申请书以前核实",
        "查明 承办人",
        "",
        查明=" ".join(SILENCES),
    ),
    "申请强制执行": _kind("向法院申请强制执行", "", "法院 文号 机关 金额"),
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
        "民事诉讼的判决、裁定，日期写收到的那一天",
        "结果",
        "法院 文号 期限 生效日期 审级",
        结果=f"支持 部分支持 驳回诉讼请求 驳回起诉 不予受理 {_APPEALED}",
        审级=_COURTS,
    ),
    "上诉": _kind(
        "有人不服第一审判决、裁定提起上诉；对象写是哪一名监护人的案件",
        "裁判",
        "法院 文号 原因 参加人",
        裁判="行政判决 民事判决",
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
    "移交": _kind(
        "整个案件移交给别的县、乡镇（街道）的机关办理，用 kcbx transfer send；"
        "期限写请对方哪一天以前回复",
        "机关 原因",
        "方式 文号 期限 校验值 签收人 签收日期",
        "不限",
        原因="孩子一家迁走 孩子到外地就读 不属本机关管辖 其他",
    ),
    "移交回执": _kind(
        "接收的机关答复收不收",
        "机关 结果",
        "方式 文号 原因 校验值",
        "不限",
        结果="接收 不接收",
    ),
    "接收移交": _kind(
        "接收别的机关移交来的案件，由 kcbx transfer receive 写；移交自的事照原样留着",
        "机关",
        "方式 文号 原因 原编号 校验值",
        "不限",
    ),
    "恢复": _kind("中止、结案、移交的案件恢复办理", "", "原因 文号"),
    "结案": _kind("案件办结", "结果", "文号 原因"),
}

MADE_BY = (
    "劝返通知",
    "批评教育",
    "制发",
    "立案",
    "事先告知",
    "处罚决定",
    "当场处罚",
    "不予处罚",
    "批准延期分期",
    "催告",
    "申请强制执行",
)
"""The kinds in which 机关 says who made the paper, where its number does not tell."""

WRITTEN_DOWN = (*("核查", "劝返", "询问", "陈述申辩", "听证", "返校", "复学观察", "帮扶", "送教"),)
"""The kinds that happen whether or not a paper is made of them: a record, a certificate."""

NUMBERED_ELSEWHERE = ("收到文书", "移交回执", "接收移交")
"""The kinds whose 文号 is that of a paper that another organ sent."""


CHOICES_TOLD: Mapping[tuple[str, str], str] = {
    ("劝返", "结果"): "拒绝 是明白说不送、不返校；没有答应也没有拒绝的（再想想）写 未表态；"
    "没有见到监护人的写 未见到",
    ("核查", "结果"): "看的是孩子在不在校：在校写 已返校，不在校写 未返校，没有看到的写 未见到",
    ("送达", "结果"): "有人签收、照那一种方式送到了的写 已送达；寄出、还没有消息的写 在途；"
    "没有找到人、退回的写 未送达；对方「已读」不等于送达",
    ("学籍标注", "结果"): "写学籍系统里标注的是哪一种",
    ("陈述申辩", "结果"): "写本机关复核的结论；还没有复核的不写",
    ("听证", "到场"): "有正当理由不能来的改期，不写「听证」",
}
"""What choices of an event mean that are easily taken for each other."""


def told_of_choice(kind: str, key: str) -> str:
    """Say how a choice of an event is made, and where the words go that are none of it."""
    rule = EVENT_FIELDS[kind]
    about = CHOICES_TOLD.get((kind, key), f"{kind}：{rule.about}")
    talked = "参加人" in rule.allowed or "内容" in rule.required
    return f"{about}。原话写在「{'内容' if talked else '备注'}」里。"


def how_to_write(kind: str, key: str) -> str:
    """Say what may be written for a key of an event, with a piece to copy."""
    words = EVENT_FIELDS[kind].choices.get(key, ())
    example = words[0] if words else example_of(kind, key)
    free = f"「{key}」可以写：{'、'.join(words)}" if words else "没有固定的说法，照实写"
    return f"请补上，写成「{key}: {example}」的样子；{free}。"
