"""Every reason as an officer reads it, with its articles: reasons.txt beside this file, kept for review.

``pytest tests/procedure/test_what_is_said.py --update-golden`` rewrites it.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from kcbx_docs.procedure.standing import stand
from kcbx_docs.procedure.verdict import permission
from tests.procedure.test_reasons import CHECKED, HELD, PAID, REASONS, RETURNED
from tests.procedure.world import (
    ABSENT,
    CLAUSE,
    DECIDED,
    DEMANDED,
    EXAMINED,
    FATHER,
    FILED,
    MADE,
    MOTHER,
    ORDERED,
    PEOPLE,
    TOLD,
    docket,
    law_of,
    may,
)

KEPT = Path(__file__).with_name("reasons.txt")
NOTICE = "事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式"


def event(day, kind, more=""):
    return f"- {{日期: {day}, 事项: {kind}, 对象: 普正华{more}}}\n"


def person(more):
    return PEOPLE[FATHER].replace("住址", f"{more}, 住址")


def clause(old, new):
    return law_of("530499", CLAUSE.replace(old, new))


WITHDRAWN = "示例: 是\n收回日期: 2026-01-26\n收回人: 白法制\n收回理由: 条例没有这一款"
LATER = WITHDRAWN.replace("2026-01-26", "2026-01-27")
SERVED_BY_CHILD = MADE + f"- {{日期: 2026-01-13, {NOTICE}: 直接, 签收人: 普云飞}}\n"
PUBLIC = MADE + (
    f"- {{日期: 2026-01-13, {NOTICE}: 直接, 结果: 未送达, 原因: 不在}}\n"
    f"- {{日期: 2026-01-14, {NOTICE}: 公告, 原因: 找不到, 公告媒介: 公告栏, 公告日期: 2026-01-14}}\n"
)
ENGAGED = f"{EXAMINED}\n危险情形: [{{种类: 订婚早婚, 发现日期: 2026-01-06, 依据: 办了酒席}}]"
SUING_FOR_IT = f"{EXAMINED}\n民事诉讼: {{原告: 学生, 被告: 普正华, 法定代理人: 李桂仙}}"
REPORTED = event(
    "2026-01-07", "移送", ", 机关: 青石派出所, 危险情形: 订婚早婚, 原因: 办了酒席"
).replace(", 对象: 普正华", "")
PROMISED = event("2026-01-11", "劝返", ", 方式: 家访, 结果: 同意返校, 期限: 2026-01-14")
SUED = event("2026-04-01", "提起行政诉讼")
SPOT = ORDERED + event("2026-01-27", "当场处罚", ", 金额: 200.01")
SUGGESTED = CHECKED + event("2026-02-02", "建议撤销监护人资格", ", 机关: 青石镇人民政府")
DEFENCE = event("2026-03-05", "陈述申辩", ", 内容: 没钱")
HEARD = event("2026-03-05", "要求听证")
MOVED_HEARING = HELD.replace("2026-03-23, 事项: 法制审核", "2026-03-17, 事项: 法制审核") + (
    "- {日期: 2026-03-06, 事项: 制发, 文书: 听证通知书, 对象: 普正华, 听证日期: 2026-03-19}\n"
    f"- {{日期: 2026-03-06, {NOTICE.replace('责令限期改正', '听证')}: 直接}}\n"
)
FAR_AWAY = "{姓名: 普正华, 关系: 父亲, 住址: 浙江省永康市城西路1号}"
CHILD_AWAY = '{姓名: 普云飞, 身份证号: "530499201305061217", 现住址: 浙江省永康市城西路1号}'

DEAD = "下落: 死亡, 下落日期: 2025-12-01"
YOUNG = "{姓名: 普正华, 关系: 父亲, 出生日期: 2008-05-06, 住址: 白沙村15号}"
WINTER = TOLD.replace("2026-03-02", "2026-12-28")
REVIEWED = (
    DECIDED
    + event("2026-04-01", "申请行政复议")
    + event("2026-05-06", "复议决定", ", 结果: 变更, 金额: 300")
)
BOTH = ", 承办人: [普文清, 段晓岚]"
OWN_HANDS = (
    TOLD.replace("事项: 立案", f"事项: 立案{BOTH}")
    + event("2026-02-10", "询问", ", 承办人: [普正华]")
    + event("2026-02-11", "询问")
    + event("2026-03-20", "听证", ", 主持人: 段晓岚")
    + event("2026-03-23", "法制审核", ", 审核人: 普文清, 结果: 同意")
    + event("2026-03-23", "集体讨论", ", 参加人: [普文清, 段晓岚]")
)
"""The officers of the case did everything themselves, and one bears the father's name."""
HEARING_TOLD = TOLD.replace("金额: 500", "金额: 500, 告知听证: 是") + event(
    "2026-03-03", "放弃陈述申辩"
)
LATE_NOTICE = event("2026-03-12", "制发", ", 文书: 听证通知书") + event(
    "2026-03-12", "送达", ", 文书: 听证通知书, 方式: 直接"
)


def office_without(*fields):
    law = law_of("530499", CLAUSE)
    office = law.workspace
    changes = {name: () if name == "courts" else None for name in fields if name != "head"}
    if "head" in fields:
        changes["office"] = office.office.model_copy(update={"head": ""})
    return replace(law, workspace=office.model_copy(update=changes))


def office_called(name, kind):
    law = law_of("530499", CLAUSE)
    named = law.workspace.office.model_copy(update={"name": name, "kind": kind})
    return replace(law, workspace=law.workspace.model_copy(update={"office": named, "offices": ()}))


CIVIL = CHECKED + event("2026-02-02", "起诉", ", 原告: 本机关")
JUDGED = CIVIL + event("2026-03-02", "民事判决", ", 结果: 支持")
REVOKING = CHECKED + event("2026-02-02", "起诉", ", 原告: 本机关, 目的: 撤销监护人资格")
CUSTODY = REVOKING.replace("撤销监护人资格", "变更抚养关系")
WORKS_AWAY = "下落: 外出, 下落说明: 在昆明务工"
AGREED = CHECKED + event("2026-01-27", "劝返", ", 方式: 家访, 承办人: 施文, 结果: 同意返校")

UPHELD = event("2026-04-01", "申请行政复议") + event("2026-05-06", "复议决定", ", 结果: 维持")
ADOPTED = event("2026-03-05", "陈述申辩", ", 内容: 没钱, 结果: 采纳")
LOST = event("2026-05-06", "行政判决", ", 结果: 撤销")
SITUATIONS = (
    ("civil-complaint", "2026-03-10", JUDGED, {}),
    (
        "civil-complaint",
        "2026-03-25",
        JUDGED + RETURNED.replace("02-02", "03-10") + event("2026-03-20", "再次缺课"),
        {},
    ),
    ("civil-complaint", "2026-02-02", REVOKING, {}),
    ("civil-complaint", "2026-02-02", CUSTODY, {}),
    ("civil-complaint", "2026-02-04", CUSTODY, {}),
    ("civil-complaint", "2026-01-28", AGREED, {}),
    *(
        ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (person(f"监护状况: {state}"),)})
        for state in ("资格已撤销", "无民事行为能力", "限制民事行为能力")
    ),
    (
        "order-to-correct",
        "2026-03-25",
        ABSENT + RETURNED + event("2026-03-20", "再次缺课"),
        {"exclusions": "{转学: 是}"},
    ),
    ("civil-complaint", "2026-01-26", CHECKED, {"guardians": (person(WORKS_AWAY),)}),
    ("civil-complaint", "2026-01-26", CHECKED, {"guardians": (FATHER, MOTHER)}),
    ("civil-complaint", "2026-01-26", CHECKED, {"guardians": (person("下落: 下落不明"),)}),
    ("civil-complaint", "2026-01-26", CHECKED, {"guardians": (FAR_AWAY,)}),
    *((row[2], row[3], row[4], {}) for row in REASONS),
    ("order-to-correct", "2026-01-12", ABSENT + RETURNED.replace("02-02", "01-10"), {}),
    ("order-to-correct", "2026-01-12", ABSENT, {"exclusions": "{转学: 是}"}),
    ("order-to-correct", "2019-05-05", "- {日期: 2019-03-01, 事项: 首次缺课}", {}),
    ("order-to-correct", "2031-05-06", ABSENT, {}),
    ("order-to-correct", "2026-01-20", ABSENT, {"deadline": "2026-01-20"}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (person("下落: 外出"),)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (person("下落: 死亡"),)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"law": law_of("昆明市五华区")}),
    ("public-notice", "2026-01-20", MADE, {}),
    ("case-filing", "2026-01-20", MADE, {}),
    ("case-filing", "2026-01-20", "- {日期: 2026-01-05, 事项: 首次缺课}", {}),
    ("case-filing", "2026-01-26", SERVED_BY_CHILD, {}),
    ("case-filing", "2026-01-20", PUBLIC, {}),
    ("case-filing", "2026-02-02", CHECKED, {"deadline": "2026-01-13"}),
    ("case-filing", "2026-02-02", ORDERED + event("2026-01-20", "返校"), {}),
    ("case-filing", "2026-02-02", ORDERED + event("2026-01-26", "返校"), {}),
    ("case-filing", "2028-02-03", CHECKED + event("2026-02-02", "返校"), {}),
    ("case-filing", "2026-01-26", CHECKED, {"law": law_of("530499")}),
    ("case-filing", "2026-01-26", CHECKED, {"law": law_of("530499", CLAUSE, sample=False)}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("确认人: 白法制", "确认人: ''")}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("2020-01-01", "2026-03-01")}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("示例: 是\n", "")}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("示例: 是", WITHDRAWN)}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("示例: 是", LATER)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"child": "{姓名: 普云飞, 年级: 七年级}"}),
    ("order-to-correct", "2026-01-12", ABSENT, {"child": "{姓名: 普云飞, 出生年份: 2008}"}),
    ("order-to-correct", "2026-01-12", ABSENT, {"child": "{姓名: 普云飞, 年级: 学前班}"}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("云岭示例义务教育条例", "村规民约")}),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("[乡镇人民政府]", "[县级公安局]")}),
    (
        "case-filing",
        "2026-01-26",
        CHECKED,
        {
            "law": law_of(
                "530499",
                CLAUSE.replace("[乡镇人民政府]", "[县级教育行政部门]").replace(
                    "不需要", "云政〔2021〕5号"
                ),
            )
        },
    ),
    ("case-filing", "2026-01-20", ORDERED, {"law": clause("前提: 是", "前提: 未知")}),
    ("penalty-notice", "2026-02-02", FILED, {"law": law_of("530499", CLAUSE, CLAUSE)}),
    ("penalty-notice", "2026-03-02", TOLD.replace("金额: 500", "金额: 99"), {}),
    ("penalty-notice", "2026-03-02", TOLD.replace("金额: 500", "金额: 1001"), {}),
    ("penalty-notice", "2026-04-14", FILED, {}),
    ("penalty-notice", "2026-04-20", FILED, {}),
    ("penalty-notice", "2026-03-02", TOLD, {"law": clause("2000", "400")}),
    ("penalty-notice", "2026-03-02", FILED, {"law": clause("2000", "400")}),
    ("penalty-notice", "2026-03-02", TOLD, {"law": clause("2000", "未知")}),
    ("penalty-decision", "2026-03-10", TOLD, {"law": clause("2000", "400")}),
    ("penalty-decision", "2026-03-10", TOLD, {"law": clause("2000", "未知")}),
    ("penalty-decision", "2026-03-10", FILED, {}),
    ("penalty-decision", "2026-03-05", TOLD + DEFENCE, {}),
    ("penalty-decision", "2026-04-28", TOLD, {}),
    ("penalty-decision", "2026-03-10", TOLD + event("2026-03-10", "处罚决定", ", 金额: 600"), {}),
    ("penalty-decision", "2026-03-10", TOLD + HEARD, {}),
    ("penalty-decision", "2026-03-10", TOLD + HEARD.replace("03-05", "03-10"), {}),
    ("penalty-decision", "2026-03-24", HELD.replace("结果: 同意", "结果: 不同意"), {}),
    ("penalty-decision", "2026-03-24", HELD.replace("事项: 法制审核", "事项: 询问"), {}),
    ("penalty-decision", "2026-05-06", DECIDED, {}),
    (
        "penalty-decision",
        "2026-03-10",
        TOLD + event("2026-03-10", "处罚决定", ", 期限: 2026-03-20"),
        {},
    ),
    ("spot-decision", "2026-01-27", SPOT, {}),
    ("demand-letter", "2026-04-10", FILED, {}),
    ("demand-letter", "2026-04-10", DECIDED + SUED, {}),
    (
        "demand-letter",
        "2026-06-10",
        DECIDED + SUED + event("2026-05-06", "行政判决", ", 结果: 撤销"),
        {},
    ),
    (
        "demand-letter",
        "2026-06-10",
        DECIDED + SUED + event("2026-05-06", "行政判决", ", 结果: 确认违法"),
        {},
    ),
    (
        "demand-letter",
        "2026-06-10",
        DECIDED + SUED + event("2026-05-06", "行政判决", ", 结果: 撤诉"),
        {},
    ),
    (
        "case-filing",
        "2026-02-02",
        CHECKED
        + event("2026-01-27", "申请行政复议")
        + event("2026-01-30", "复议决定", ", 结果: 确认违法"),
        {},
    ),
    (
        "admonition",
        "2021-03-12",
        "- {日期: 2021-03-02, 事项: 首次缺课}",
        {"law": office_called("云岭县青石中学", "学校")},
    ),
    ("hearing-notice", "2026-03-11", TOLD + HEARD.replace("03-05", "03-10"), {}),
    ("demand-letter", "2026-04-10", DECIDED + PAID.replace("03-20", "03-30"), {}),
    ("demand-letter", "2026-11-27", DECIDED, {}),
    ("demand-letter", "2026-04-10", DECIDED + RETURNED.replace("02-02", "04-01"), {}),
    ("enforcement-application", "2026-09-01", DEMANDED, {}),
    ("enforcement-application", "2026-12-11", DEMANDED, {}),
    ("enforcement-application", "2026-09-11", SPOT, {}),
    ("case-filing", "2026-01-26", CHECKED, {"officers": 1}),
    (
        "interview-record",
        "2026-02-02",
        FILED + event("2026-02-02", "询问", ", 承办人: [罗玉芬]"),
        {},
    ),
    ("civil-complaint", "2026-01-26", CHECKED, {"law": law_of("玉溪市")}),
    ("guardianship-suggestion", "2026-02-02", SUGGESTED, {}),
    ("order-to-correct", "2026-01-12", ABSENT, {"who": "普阿奶"}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (person(DEAD),)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (YOUNG,)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"law": office_without("head", "review")}),
    ("enforcement-application", "2026-09-11", DEMANDED, {"law": office_without("head", "courts")}),
    ("civil-complaint", "2026-01-26", CHECKED, {"law": office_without("courts")}),
    ("penalty-decision", "2026-03-10", TOLD, {"law": office_without("bank")}),
    ("penalty-decision", "2026-03-10", TOLD.replace("事项: 立案", "事项: 询问"), {}),
    ("penalty-decision", "2027-01-04", WINTER, {}),
    ("penalty-decision", "2026-03-24", HELD + LATE_NOTICE, {}),
    ("penalty-decision", "2026-03-24", OWN_HANDS, {}),
    ("spot-decision", "2026-02-02", FILED, {}),
    ("case-close", "2026-02-03", FILED + RETURNED, {}),
    ("demand-letter", "2026-08-25", REVIEWED, {}),
    ("enforcement-application", "2026-08-25", SPOT, {}),
    ("penalty-decision", "2026-03-04", HEARING_TOLD, {}),
    ("penalty-decision", "2026-01-13", ABSENT + event("2026-01-12", "立案"), {}),
    ("civil-complaint", "2026-01-26", CHECKED, {}),
    ("enforcement-application", "2026-12-31", DEMANDED, {"exclusions": EXAMINED}),
    ("no-penalty-decision", "2026-02-03", FILED, {}),
    (
        "no-penalty-decision",
        "2026-02-03",
        FILED + event("2026-02-03", "不予处罚", ", 原因: 轻微, 法定情形: 轻微并及时改正"),
        {},
    ),
    ("hearing-notice", "2026-03-06", HELD, {}),
    ("enforcement-application", "2026-09-11", DEMANDED.rpartition("- {")[0], {}),
    (
        "enforcement-application",
        "2026-10-05",
        DEMANDED + event("2026-03-23", "批准延期分期", ", 期限: 2026-06-30"),
        {},
    ),
    (
        "admonition",
        "2026-01-12",
        ABSENT,
        {"law": office_called("云岭县湖滨街道办事处", "街道办事处")},
    ),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (FAR_AWAY,)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"child": CHILD_AWAY}),
    ("penalty-decision", "2026-03-24", MOVED_HEARING, {}),
    (
        "penalty-notice",
        "2026-03-02",
        FILED
        + event("2026-02-03", "调查终结", ", 结果: 建议处罚, 金额: 300")
        + event("2026-03-02", "事先告知", ", 金额: 500"),
        {},
    ),
    (
        "penalty-notice",
        "2026-03-02",
        FILED + event("2026-02-03", "调查终结", ", 结果: 建议不予处罚"),
        {},
    ),
    (
        "no-penalty-decision",
        "2026-03-24",
        TOLD + event("2026-03-24", "不予处罚", ", 原因: 患病, 法定情形: 不能辨认或者控制行为"),
        {},
    ),
    ("penalty-decision", "2026-03-10", TOLD, {"exclusions": "{转学: 未查明}"}),
    ("demand-letter", "2032-04-20", DECIDED, {}),
    ("demand-letter", "2026-04-20", DECIDED + event("2026-03-23", "不予处罚", ", 原因: 轻微"), {}),
    (
        "order-to-correct",
        "2019-06-01",
        "- {日期: 2019-05-20, 事项: 首次缺课}",
        {"law": law_of("530499", sample=False)},
    ),
    ("civil-complaint", "2026-01-26", CHECKED, {"law": law_of("350583")}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (person("下落: 服刑"),)}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (person("下落: 下落不明"),)}),
    (
        "order-to-correct",
        "2026-01-12",
        ABSENT + "- {日期: 2026-01-08, 事项: 联系, 方式: 电话, 对象: 普正华, 结果: 愿意送学}\n",
        {"guardians": (person("直接抚养: 否"), MOTHER)},
    ),
    (
        "order-to-correct",
        "2026-01-12",
        "- {日期: 2026-01-05, 事项: 首次缺课}",
        {"guardians": (person("直接抚养: 否"), MOTHER)},
    ),
    ("order-to-correct", "2026-01-12", ABSENT + PROMISED, {}),
    ("public-notice", "2026-01-20", PUBLIC, {}),
    ("order-to-correct", "2026-01-12", ABSENT, {"guardians": (FAR_AWAY, MOTHER)}),
    ("case-close", "2026-01-12", ABSENT + REPORTED, {"exclusions": ENGAGED}),
    (
        "order-to-correct",
        "2026-01-12",
        ABSENT,
        {"exclusions": ENGAGED.replace("订婚早婚", "失踪失联")},
    ),
    (
        "order-to-correct",
        "2026-01-12",
        ABSENT,
        {"exclusions": ENGAGED.replace("订婚早婚", "严重欺凌")},
    ),
    ("visit-record", "2026-01-12", ABSENT, {"exclusions": "{转学: 是}"}),
    (
        "order-to-correct",
        "2026-01-12",
        "- {日期: 2026-01-05, 事项: 首次缺课}\n"
        + event("2026-01-08", "劝返", ", 方式: 家访, 结果: 未见到"),
        {},
    ),
    (
        "hearing-record",
        "2026-03-24",
        TOLD + event("2026-03-24", "听证", ", 主持人: 白云山, 公开: 是"),
        {},
    ),
    (
        "civil-complaint",
        "2026-01-26",
        CHECKED + "- {日期: 2026-01-24, 事项: 联系, 方式: 当面, 对象: 李桂仙, 结果: 拒绝}\n",
        {"guardians": (FATHER, MOTHER), "exclusions": SUING_FOR_IT},
    ),
    ("demand-letter", "2026-05-11", DECIDED + SUED + LOST, {}),
    (
        "demand-letter",
        "2026-05-11",
        DECIDED + SUED + event("2026-05-06", "行政判决", ", 结果: 撤销, 生效日期: 2026-06-01"),
        {},
    ),
    (
        "demand-letter",
        "2026-08-03",
        DECIDED + SUED + LOST + event("2026-05-11", "上诉", ", 裁判: 行政判决"),
        {},
    ),
    ("enforcement-application", "2026-06-10", DEMANDED + UPHELD, {}),
    ("demand-letter", "2026-04-20", DECIDED + event("2026-04-20", "催告", ", 金额: 2000"), {}),
    ("demand-letter", "2026-04-20", DECIDED + event("2026-04-20", "催告", ", 金额: 100"), {}),
    ("penalty-decision", "2026-03-10", TOLD + ADOPTED, {}),
    ("case-filing", "2026-01-26", CHECKED, {"deadline": "2026-01-13"}),
    *(
        ("order-to-correct", "2026-01-12", ABSENT, {"deadline": one})
        for one in ("收到之日起1日", "收到之日起365日", "2026-01-24", "2026-01-26")
    ),
    *(
        ("case-filing", "2026-01-26", CHECKED, {"law": clause("施行日期", f"{made}施行日期")})
        for made in ("制定机关: 云岭县人民政府\n", "制定机关: 示例市人民政府\n")
    ),
    ("case-filing", "2026-01-26", CHECKED, {"law": clause("最高罚款: 1000", "最高罚款: 3000")}),
)


def answer(document, day, history, changes):
    """Ask about a paper; ``officers`` keeps only so many of the office's."""
    kept = changes.pop("officers", None)
    if kept is not None:
        law = law_of("530499", CLAUSE)
        few = law.workspace.officers[:kept]
        changes["law"] = replace(law, workspace=law.workspace.model_copy(update={"officers": few}))
    return may(document, day, history, **changes)


def said():
    """Write what is said in every situation, each text once."""
    lines = {}
    for document, day, history, changes in SITUATIONS:
        for found in answer(document, day, history, {**changes}).findings:
            text = f"{found.code} {found.verdict}：{found.reason}"
            lines.setdefault(text, f"{text}　{found.articles or '—'}　{found.check}")
    return "\n".join(sorted(lines.values())) + "\n"


def test_every_reason_is_said_as_it_was_reviewed(update_golden):
    if update_golden:
        KEPT.write_text(said(), "utf-8")
    now, kept = said().splitlines(), KEPT.read_text("utf-8").splitlines()
    new = [f"+ {line}" for line in now if line not in kept]
    gone = [f"- {line}" for line in kept if line not in now]
    assert [*new, *gone] == [], "看过差别、确认无误后运行 pytest tests/procedure --update-golden"


def test_nearly_every_reason_of_the_checks_is_among_them():
    folder = Path(stand.__code__.co_filename).parent / "checks"
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    known = set(re.findall(r"PROC\d{3}", code))
    shown = set(re.findall(r"^PROC\d{3}", KEPT.read_text("utf-8"), re.MULTILINE))
    assert len(known - shown) <= len(known) // 10, sorted(known - shown)


def test_the_mother_is_not_told_of_the_fathers_order():
    case = docket(ORDERED, guardians=(FATHER, MOTHER))
    found = permission(case, "case-filing", MOTHER, date(2026, 1, 26)).findings
    assert not [one for one in found if FATHER in one.reason]
