"""An invented county whose cases are told in a few lines of YAML."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from kcbx_docs.case.model import Case
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.law.calendar import load_calendar
from kcbx_docs.packs.library import open_library
from kcbx_docs.procedure.standing import GuardianStanding, stand
from kcbx_docs.procedure.verdict import Permission, permission
from kcbx_docs.reading import Source, parse_yaml, read_model
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.jurisdiction import Jurisdiction, open_jurisdiction

FATHER, MOTHER = "普正华", "李桂仙"

OFFICE = """
地区: "530499"
机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政, 负责人: 李建川, 负责人职务: 镇长}
其他机关:
  - {名称: 云岭县教育体育局, 类型: 县级教育行政部门, 机关代字: 云教体, 负责人: 方志远}
  - {名称: 云岭县湖滨街道办事处, 类型: 街道办事处, 机关代字: 湖办}
  - {名称: 云岭县高新区管委会, 类型: 管委会}
  - {名称: 青石司法所, 类型: 司法所}
执法人员: [{姓名: 普文清, 证号: 云F0000001}, {姓名: 段晓岚, 证号: 云F0000002}]
复议机关: {名称: 云岭县人民政府}
法院: [{名称: 云岭县人民法院}]
收款银行: {名称: 云岭农商行青石支行, 地址: 青石镇政府路12号}
"""

CLAUSE = """
编号: 示例条款
法规: 云岭示例义务教育条例
条文: 第五十二条
原文: 监护人逾期不改正的，由乡镇人民政府处一千元以下罚款。
施行日期: 2020-01-01
最低罚款: 100
最高罚款: 1000
机关: [乡镇人民政府]
赋权决定: 不需要
以逾期不改为前提: 是
听证标准: 2000
确认人: 白法制
确认日期: 2026-01-05
示例: 是
"""

EXAMINED = "{缓学休学批准: 无, 送教上门: 否, 特殊教育就读: 否, 转学: 否, 已完成义务教育: 否, 未到入学年龄: 否, 住院治疗: 否, 死亡或出境: 否, 其他正当理由: 无}"

CHILD = '{姓名: 普云飞, 身份证号: "530499201305061217"}'
CASE = """
案件: 控辍个案
编号: "2026-001"
情形: 辍学
学生: {child}
监护人: [{guardians}]
受托照护人: [{{姓名: 普阿奶, 关系: 祖母, 与监护人同住: 否}}]
学校: {{名称: 云岭县青石中学, 校长: 沈国良}}
排除情形: {exclusions}
责令: {{改正期限: {deadline}}}
经过:
{history}
"""

PEOPLE = {
    FATHER: f'{{姓名: {FATHER}, 关系: 父亲, 身份证号: "530499198603123012", 住址: 白沙村15号}}',
    MOTHER: f'{{姓名: {MOTHER}, 关系: 母亲, 身份证号: "530499198807234021", 住址: 白沙村15号}}',
}

ABSENT = """\
- {日期: 2026-01-05, 事项: 首次缺课}
- {日期: 2026-01-08, 事项: 劝返, 方式: 家访, 结果: 拒绝}
- {日期: 2026-01-09, 事项: 书面报告}
"""

MADE = (
    ABSENT
    + """\
- {日期: 2026-01-12, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责〔2026〕1号}
"""
)

ORDERED = (
    MADE
    + """\
- {日期: 2026-01-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接}
"""
)
"""The order's ten days from receipt end on 2026-01-23."""

FILED = (
    ORDERED
    + """\
- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}
- {日期: 2026-01-27, 事项: 立案, 对象: 普正华, 文号: 青政罚立〔2026〕1号}
"""
)

TOLD = (
    FILED
    + """\
- {日期: 2026-03-02, 事项: 事先告知, 对象: 普正华, 文号: 青政罚告〔2026〕1号, 金额: 500}
- {日期: 2026-03-02, 事项: 送达, 文书: 行政处罚事先告知书, 对象: 普正华, 方式: 直接}
"""
)
"""Five working days for defence end on 2026-03-09."""

DECIDED = (
    TOLD
    + """\
- {日期: 2026-03-10, 事项: 处罚决定, 对象: 普正华, 文号: 青政罚决〔2026〕1号, 金额: 500}
- {日期: 2026-03-10, 事项: 送达, 文书: 行政处罚决定书, 对象: 普正华, 方式: 直接}
"""
)
"""Pay by 2026-03-25, suit until 2026-09-10, court from 2026-09-11 until 2026-12-10 (law-facts
§14).
"""

DEMANDED = (
    DECIDED
    + """\
- {日期: 2026-08-25, 事项: 催告, 对象: 普正华, 文号: 青政罚催〔2026〕1号}
- {日期: 2026-08-25, 事项: 送达, 文书: 履行行政决定催告书, 对象: 普正华, 方式: 直接}
- {日期: 2026-09-11, 事项: 核实, 对象: 普正华, 查明: [没有陈述申辩, 催告后没有陈述申辩, 没有申请行政复议, 没有提起行政诉讼], 承办人: [普文清, 段晓岚]}
"""
)
"""The tenth working day is 2026-09-08; that nothing was said or sued is looked up afterwards."""


@cache
def _base(region: str) -> Jurisdiction:
    library, _ = open_library(region)
    law, _ = open_jurisdiction(
        library, _office().model_copy(update={"region": region}), load_calendar()[0]
    )
    return law


def _office(*clauses: str) -> Workspace:
    data = parse_yaml(OFFICE, "kcbx.yaml")[0].data
    penalties = [parse_yaml(clause, "条款")[0].data for clause in clauses]
    office, problems = read_model(
        Workspace, Source("kcbx.yaml", "", {**data, "处罚依据": penalties})
    )
    assert office is not None, problems
    return office


@cache
def law_of(region: str = "530499", *clauses: str, sample: bool = True) -> Jurisdiction:
    """Open the law of a region for the invented office, with clauses on fines."""
    law = replace(_base(region), workspace=_office(*clauses))
    return (
        replace(law, pack=law.pack.model_copy(update={"values": {"示例": "是"}})) if sample else law
    )


def case_text(
    history: str,
    *,
    deadline: str = "收到之日起10日",
    guardians: Sequence[str] = (FATHER,),
    exclusions: str = EXAMINED,
    child: str = CHILD,
) -> str:
    """Write a case file."""
    people = ", ".join(PEOPLE.get(name, name) for name in guardians)
    events = (
        "\n".join(f"  {line}" for line in history.strip().split("\n"))
        if history.strip()
        else "  []"
    )
    return CASE.lstrip().format(
        guardians=people, deadline=deadline, exclusions=exclusions, history=events, child=child
    )


def docket(history: str, law: Jurisdiction | None = None, **changes: object) -> Docket:
    """Make a docket of a history."""
    source, found = parse_yaml(case_text(history, **changes), "案件.yaml")  # type: ignore[arg-type]
    assert not found, found
    case, problems = read_model(Case, source)
    assert case is not None, problems
    return docket_of(case, law or law_of("530499", CLAUSE), source=source)


def standing(
    history: str, day: str, law: Jurisdiction | None = None, **changes: object
) -> GuardianStanding:
    """Tell where the first guardian stands."""
    return stand(docket(history, law, **changes), date.fromisoformat(day)).guardians[0]


def may(
    document: str,
    day: str,
    history: str,
    law: Jurisdiction | None = None,
    who: str = FATHER,
    **changes: object,
) -> Permission:
    """Ask whether a paper may be made."""
    return permission(docket(history, law, **changes), document, who, date.fromisoformat(day))


def codes(answer: Permission, verdict: str = "") -> list[str]:
    """List the codes of what was found, of one verdict if named."""
    return [f.code for f in answer.findings if not verdict or f.verdict == verdict]
