"""The traps of law-facts §13 that concern procedure, each as a test that bears its name."""

from dataclasses import replace
from datetime import date

import pytest

from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.procedure.standing import stand
from kcbx_docs.procedure.verdict import permission
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
    TOLD,
    codes,
    docket,
    law_of,
    may,
    standing,
)

CHECKED = ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
SERVED_BOTH = (
    ORDERED
    + "- {日期: 2026-01-14, 事项: 送达, 文书: 责令限期改正通知书, 对象: 李桂仙, 方式: 直接}\n"
)


def clause(**changes: str) -> str:
    lines = [line for line in CLAUSE.strip().split("\n") if line.split(":")[0] not in changes]
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in changes.items() if value)])


def test_trap_1_fine_without_authority() -> None:
    refused = may("penalty-notice", "2026-02-02", FILED, law_of("530499"))
    assert "PROC230" in codes(refused, "禁止")
    assert "《行政处罚法》第三十八条第一款" in refused.of("禁止")[0].articles


@pytest.mark.parametrize(
    "statute",
    [
        "青石镇白沙村村规民约",
        "关于进一步加强控辍保学工作的通知",
        "义务教育承诺书",
        "中华人民共和国义务教育法实施细则",
        "教育行政处罚暂行实施办法",
        "中华人民共和国义务教育法",
        "云南省义务教育控辍保学工作管理规定（试行）",
    ],
)
def test_trap_1_texts_that_cannot_set_a_fine(statute: str) -> None:
    refused = may("penalty-notice", "2026-02-02", FILED, law_of("530499", clause(法规=statute)))
    assert "PROC233" in codes(refused, "禁止")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"确认人": ""}, "PROC231"),
        ({"确认日期": ""}, "PROC231"),
        ({"最高罚款": ""}, "PROC231"),
        ({"施行日期": "2026-02-03"}, "PROC232"),
        ({"施行日期": ""}, "PROC232"),
        ({"失效日期": "2026-02-01"}, "PROC232"),
    ],
)
def test_trap_1_a_clause_that_is_not_confirmed_or_not_in_force(
    changes: dict[str, str], code: str
) -> None:
    assert code in codes(
        may("penalty-notice", "2026-02-02", FILED, law_of("530499", clause(**changes))), "禁止"
    )


def test_trap_1_an_invented_clause_in_a_real_office() -> None:
    assert "PROC234" in codes(
        may("penalty-notice", "2026-02-02", FILED, law_of("530499", CLAUSE, sample=False)), "禁止"
    )
    assert may("penalty-notice", "2026-02-02", FILED, law_of("530499", CLAUSE)).verdict in (
        "通过",
        "提醒",
    )


@pytest.mark.parametrize(
    ("office", "reason"),
    [
        ("云岭县湖滨街道办事处", "派出机关"),
        ("云岭县高新区管委会", "没有法律、法规授权"),
        ("青石司法所", "没有自己的名义"),
    ],
)
def test_trap_2_issuer_without_power(office: str, reason: str) -> None:
    law = law_of()
    found = permission(
        docket(ABSENT, law),
        "order-to-correct",
        FATHER,
        date(2026, 1, 12),
        law.workspace.organ_named(office),
    )
    wrong = [f for f in found.of("禁止") if f.code == "PROC202"]
    assert wrong and reason in wrong[0].reason


def test_trap_2_school_and_village_order_nothing() -> None:
    law = law_of()
    for kind in ("学校", "村（居）民委员会"):
        office = law.workspace.office.model_copy(update={"kind": kind, "name": "白沙"})
        assert "PROC202" in codes(
            permission(docket(ABSENT, law), "order-to-correct", FATHER, date(2026, 1, 12), office),
            "禁止",
        )


def test_trap_2_a_street_office_orders_where_local_law_says_so() -> None:
    law = law_of()
    pack = law.pack.model_copy(
        update={"issuers": {"order-to-correct": ("乡镇人民政府", "街道办事处")}}
    )
    local = replace(law, pack=pack)
    found = permission(
        docket(ABSENT, local),
        "order-to-correct",
        FATHER,
        date(2026, 1, 12),
        law.workspace.organ_named("云岭县湖滨街道办事处"),
    )
    assert "PROC202" not in codes(found) and "PROC203" in codes(found, "提醒")


def test_trap_3_delegated_list_out_of_date() -> None:
    named_bureau = clause(机关="[教育行政部门]")
    law = law_of("530499", named_bureau)
    town = law.workspace.office
    refused = permission(docket(FILED, law), "penalty-notice", FATHER, date(2026, 2, 2), town)
    assert "PROC235" in codes(refused, "禁止")
    given = law_of("530499", clause(机关="[教育行政部门]", 赋权决定="省政府2022年第3号公告"))
    asked = permission(docket(FILED, given), "penalty-notice", FATHER, date(2026, 2, 2), town)
    assert "PROC235" not in codes(asked) and "PROC236" in codes(asked, "提醒")


def test_trap_4_decision_without_prior_notice() -> None:
    assert "PROC256" in codes(may("penalty-decision", "2026-03-10", FILED), "禁止")


def test_trap_4_decision_inside_the_window_or_on_the_day_of_the_notice() -> None:
    for day in ("2026-03-02", "2026-03-03", "2026-03-09"):
        assert "PROC258" in codes(may("penalty-decision", day, TOLD), "禁止")
    assert "PROC258" not in codes(may("penalty-decision", "2026-03-10", TOLD))


def test_trap_4_a_clear_waiver_opens_the_decision() -> None:
    waived = TOLD + "- {日期: 2026-03-03, 事项: 放弃陈述申辩, 对象: 普正华, 方式: 书面}\n"
    assert "PROC258" not in codes(may("penalty-decision", "2026-03-03", waived))


def test_trap_4_fine_raised_after_the_defence() -> None:
    raised = TOLD + (
        "- {日期: 2026-03-05, 事项: 陈述申辩, 对象: 普正华, 内容: 没钱, 结果: 不采纳}\n"
        "- {日期: 2026-03-10, 事项: 处罚决定, 对象: 普正华, 金额: 600}\n"
    )
    assert "PROC260" in codes(may("penalty-decision", "2026-03-10", raised), "禁止")
    assert "PROC260" not in codes(
        may("penalty-decision", "2026-03-10", raised.replace("600", "500"))
    )


def test_trap_4_a_defence_that_nobody_answered() -> None:
    open_ = TOLD + "- {日期: 2026-03-05, 事项: 陈述申辩, 对象: 普正华, 内容: 没钱}\n"
    assert "PROC259" in codes(may("penalty-decision", "2026-03-10", open_), "禁止")


def test_trap_5_hearing_right_omitted() -> None:
    large = law_of("530499", clause(听证标准="500"))
    told = [(None, "须说明理由"), ("否", "禁止"), ("是", "")]
    for word, verdict in told:
        history = TOLD.replace("金额: 500}", f"金额: 500, 告知听证: {word}}}") if word else TOLD
        assert codes(may("penalty-decision", "2026-03-10", history, large), verdict).count(
            "PROC262"
        ) == bool(verdict)


@pytest.mark.parametrize(
    ("word", "reminders"),
    [("", ["PROC264"]), (", 告知听证: 否", ["PROC264"]), (", 告知听证: 是", [])],
)
def test_trap_5_a_notice_that_tells_of_the_hearing_is_not_reminded(
    word: str, reminders: list[str]
) -> None:
    history = TOLD.replace("金额: 500}", f"金额: 500{word}}}")
    found = codes(
        may("penalty-notice", "2026-03-02", history, law_of("530499", clause(听证标准="500")))
    )
    assert [code for code in found if code in ("PROC264", "PROC265", "PROC282")] == reminders


def test_trap_5_a_fine_just_below_the_threshold_needs_no_hearing() -> None:
    assert not {"PROC262", "PROC263"} & {
        *codes(
            may("penalty-decision", "2026-03-10", TOLD, law_of("530499", clause(听证标准="501")))
        )
    }


def test_trap_5_threshold_unknown_is_asked() -> None:
    unknown = law_of("530499", clause(听证标准="未知"))
    assert "PROC265" in codes(may("penalty-notice", "2026-02-02", FILED, unknown), "提醒")
    assert "PROC263" in codes(may("penalty-decision", "2026-03-10", TOLD, unknown), "须说明理由")
    facts = procedure_facts(docket(TOLD, unknown), FATHER, date(2026, 3, 10))
    assert facts.notice.hearing_right is None


def test_trap_5_without_an_amount_the_threshold_is_told() -> None:
    open_ = may("penalty-notice", "2026-02-02", FILED, law_of("530499", clause(听证标准="500")))
    assert "PROC282" in codes(open_, "提醒")
    never = may("penalty-notice", "2026-02-02", FILED, law_of("530499", clause(听证标准="1000.01")))
    assert not {"PROC264", "PROC265", "PROC282"} & {*codes(never)}


def test_trap_6_ten_days_of_the_demand_are_working_days() -> None:
    assert "PROC312" in codes(
        may("enforcement-application", "2026-09-07", DEMANDED.replace("2026-08-25", "2026-08-26")),
        "禁止",
    )
    facts = procedure_facts(docket(DEMANDED), FATHER, date(2026, 9, 11))
    assert facts.demand.ends == date(2026, 9, 8)


def test_trap_7_payment_period_shortened() -> None:
    short = (
        TOLD
        + "- {日期: 2026-03-10, 事项: 处罚决定, 对象: 普正华, 金额: 500, 期限: 收到之日起10日}\n"
    )
    assert "PROC309" in codes(may("penalty-decision", "2026-03-10", short), "禁止")
    assert "PROC309" not in codes(
        may("penalty-decision", "2026-03-10", short.replace("10日}", "15日}"))
    )
    fixed = short.replace("收到之日起10日", "2026-03-24")
    assert "PROC309" in codes(may("penalty-decision", "2026-03-10", fixed), "禁止")
    assert "PROC309" not in codes(
        may("penalty-decision", "2026-03-10", fixed.replace("03-24", "03-25"))
    )


def test_trap_8_court_too_early_and_too_late() -> None:
    assert "PROC313" in codes(may("enforcement-application", "2026-09-10", DEMANDED), "禁止")
    assert "PROC314" in codes(may("enforcement-application", "2026-12-11", DEMANDED), "须说明理由")


def test_trap_9_the_end_of_review_does_not_open_the_court() -> None:
    early = DEMANDED.replace("2026-08-25", "2026-04-20")
    assert may("enforcement-application", "2026-05-20", early).verdict == "禁止"
    assert "PROC313" in codes(may("enforcement-application", "2026-05-20", early))


def test_trap_10_on_the_spot_fines_go_to_review_first() -> None:
    facts = procedure_facts(docket(CHECKED), FATHER, date(2026, 1, 26))
    assert facts.remedies.spot.review_first and not facts.remedies.decision.review_first
    before = procedure_facts(
        docket("- {日期: 2023-09-04, 事项: 首次缺课}"), FATHER, date(2023, 12, 31)
    )
    assert not before.remedies.spot.review_first


def test_trap_10_how_the_court_window_counts_after_a_spot_fine_is_asked() -> None:
    spot = (
        CHECKED
        + "- {日期: 2026-01-27, 事项: 当场处罚, 对象: 普正华, 承办人: [普文清, 段晓岚], 金额: 200}\n"
        + (
            "- {日期: 2026-07-01, 事项: 催告, 对象: 普正华}\n"
            "- {日期: 2026-07-01, 事项: 送达, 文书: 催告书, 对象: 普正华, 方式: 直接}\n"
        )
    )
    assert "PROC318" in codes(may("enforcement-application", "2026-08-03", spot), "须说明理由")


def test_trap_12_serving_one_of_two_parents() -> None:
    law = law_of("530499", CLAUSE)
    two = docket(CHECKED, law, guardians=(FATHER, MOTHER))
    father = permission(two, "case-filing", FATHER, date(2026, 1, 27))
    mother = permission(two, "case-filing", MOTHER, date(2026, 1, 27))
    assert father.verdict in ("通过", "提醒")
    assert {"PROC238", "PROC241"} <= {*codes(mother)} and mother.verdict == "禁止"


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ("签收人: 普阿奶, 关系: 祖母", "PROC105"),
        ("签收人: 普阿奶, 关系: 祖母, 同住: 否", "PROC105"),
        ("签收人: 普云飞, 关系: 子", "PROC104"),
        ("签收人: 普小妹, 关系: 女儿, 同住: 是, 成年: 否", "PROC104"),
    ],
)
def test_trap_12_grandparent_or_child_signs(signed: str, code: str) -> None:
    history = ORDERED.replace("方式: 直接}", f"方式: 直接, {signed}}}")
    told = stand(docket(history), date(2026, 1, 24))
    assert code in [p.code for p in told.problems]
    assert told.guardians[0].state == "责令待送达"


def test_trap_12_a_grandparent_of_the_same_household_may_sign() -> None:
    history = ORDERED.replace(
        "方式: 直接}", "方式: 直接, 签收人: 普阿奶, 关系: 祖母, 同住: 是, 成年: 是}"
    )
    assert standing(history, "2026-01-24").state == "责令期满"


def test_trap_12_a_carer_who_is_a_minor_signs() -> None:
    """The event says nothing of age; the birth date of the carer does."""
    signed = ORDERED.replace("方式: 直接}", "方式: 直接, 签收人: 普阿奶, 关系: 姑姑, 同住: 是}")
    for born, codes_then in (("2008-01-14", ["PROC104"]), ("2008-01-13", [])):
        law = law_of("530499", CLAUSE)
        case = docket(signed, law)
        carer = case.case.carers[0].model_copy(update={"birth": date.fromisoformat(born)})
        young = replace(case, case=case.case.model_copy(update={"carers": (carer,)}))
        told = stand(young, date(2026, 1, 24)).problems
        assert [p.code for p in told if p.code.startswith("PROC10")] == codes_then


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("出生日期: 2008-12-31", "PROC104"),
        ("出生日期: 2008-01-14", "PROC104"),
        ("出生日期: 2008-01-13", ""),
        ("出生日期: 1988-07-23", ""),
        ("", "PROC109"),
    ],
)
def test_trap_12_the_other_guardian_signs_before_or_after_the_eighteenth_birthday(
    born: str, code: str
) -> None:
    """Full years count, and an unknown birth date is neither yes nor no."""
    sister = f"{{姓名: 普云芳, 关系: 姐姐, 监护依据: 指定监护, 住址: 白沙村15号, {born}}}"
    signed = "方式: 直接, 签收人: 普云芳, 关系: 姐姐, 同住: 是}"
    history = ORDERED.replace("方式: 直接}", signed)
    case = docket(history, guardians=(FATHER, sister))
    father = case.progress(case.case.guardians[0], date(2026, 1, 24))
    (service,) = father.order.act.services
    assert [c for c, _ in (*service.faults, *service.doubts)] == ([code] if code else [])


def test_trap_12_left_at_the_door_because_nobody_was_home() -> None:
    history = ORDERED.replace("方式: 直接}", "方式: 留置, 备注: 家中无人}")
    told = stand(docket(history), date(2026, 1, 24))
    assert "PROC101" in [p.code for p in told.problems]
    assert told.guardians[0].state == "责令待送达"
    proper = ORDERED.replace("方式: 直接}", "方式: 留置, 拒收原因: 拒绝签收, 见证人: [白有福]}")
    assert standing(proper, "2026-01-24").state == "责令期满"


def test_trap_12_a_wechat_screenshot_is_no_service() -> None:
    history = ORDERED.replace("方式: 直接}", "方式: 电子, 送达地址: 微信, 到达日期: 2026-01-13}")
    told = stand(docket(history), date(2026, 1, 24))
    assert "PROC102" in [p.code for p in told.problems]
    assert told.guardians[0].state == "责令待送达"


def test_trap_12_public_notice_before_other_ways() -> None:
    assert "PROC247" in codes(may("public-notice", "2026-01-20", MADE), "禁止")
    tried = (
        MADE
        + "- {日期: 2026-01-15, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 邮寄, 结果: 未送达, 原因: 退回}"
    )
    assert "PROC247" not in codes(may("public-notice", "2026-01-20", tried))


def test_trap_12_public_notice_takes_thirty_days_not_sixty() -> None:
    posted = MADE + (
        "- {日期: 2026-01-15, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, 结果: 未送达, 原因: 搬走}\n"
        "- {日期: 2026-03-02, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 公告, 原因: 下落不明, 公告媒介: 公告栏, 公告日期: 2026-03-02}"
    )
    assert standing(posted, "2026-03-31").state == "责令待送达"
    assert "PROC242" in codes(may("case-filing", "2026-03-31", posted))
    assert standing(posted, "2026-04-01").progress.order.served == date(2026, 4, 1)  # type: ignore[union-attr]


def test_trap_13_the_public_notice_says_that_it_names_no_child() -> None:
    option = standing(MADE, "2026-01-20").option("public-notice")
    assert (
        option and "不得出现孩子的任何信息" in option.effect and "第一百零三条" in option.articles
    )


def test_trap_15_civil_suit_by_a_town_is_never_a_matter_of_course() -> None:
    assert "PROC331" in codes(
        may("civil-complaint", "2026-01-26", CHECKED, law_of("350583")), "须说明理由"
    )
    assert "PROC330" in codes(
        may("civil-complaint", "2026-01-26", CHECKED, law_of("玉溪市")), "提醒"
    )
    sued = "- {日期: 2026-02-02, 事项: 起诉, 原告: 本机关, 对象: 普正华}\n"
    supported = may("support-opinion", "2026-01-26", CHECKED + sued, law_of("玉溪市"))
    assert "PROC346" in codes(supported, "禁止"), "who sues itself supports nobody"


def test_trap_16_guardianship_by_the_town() -> None:
    law = law_of("530499", CLAUSE)
    refused = permission(
        docket(CHECKED, law),
        "guardianship-application",
        FATHER,
        date(2026, 1, 26),
        law.workspace.office,
    )
    assert [f.reason for f in refused.of("禁止")] == [
        "云岭县青石镇人民政府（乡镇人民政府）无权制发《撤销监护人资格申请书》：不在法定申请人之列。"
    ]
    ordinary = may("guardianship-suggestion", "2026-01-26", CHECKED)
    assert "PROC337" in codes(ordinary, "须说明理由")
    wrong = (
        CHECKED
        + "- {日期: 2026-01-26, 事项: 建议撤销监护人资格, 机关: 青石镇人民政府, 原因: 遗弃}\n"
    )
    assert "PROC338" in codes(may("guardianship-suggestion", "2026-01-26", wrong), "禁止")
    right = (
        CHECKED + "- {日期: 2026-01-26, 事项: 建议撤销监护人资格, 机关: 云岭县民政局, 原因: 遗弃}\n"
    )
    assert may("guardianship-suggestion", "2026-01-26", right).verdict == "通过"


@pytest.mark.parametrize(
    "paper", ["训诫书", "家庭教育指导令", "家庭教育令", "督促监护令", "罚款通知书"]
)
def test_trap_17_papers_that_are_not_ours(paper: str) -> None:
    history = ABSENT + f"- {{日期: 2026-01-12, 事项: 制发, 文书: {paper}}}\n"
    wrong = [p for p in stand(docket(history), date(2026, 1, 20)).problems if p.code == "PROC401"]
    assert wrong and str(wrong[0].place) == "案件.yaml:14:5"


def test_trap_19_two_fines_for_one_continuing_refusal() -> None:
    assert "PROC274" in codes(may("penalty-decision", "2026-06-01", DECIDED), "禁止")
    assert "PROC274" in codes(may("case-filing", "2026-06-01", DECIDED), "禁止")


def test_trap_19_a_new_dropout_opens_anew() -> None:
    again = DECIDED + ("- {日期: 2026-04-01, 事项: 返校}\n- {日期: 2026-09-01, 事项: 再次缺课}\n")
    told = standing(again, "2026-09-02")
    assert told.state == "缺课" and any("第2次辍学" in note for note in told.notes)
    assert may("order-to-correct", "2026-09-02", again).verdict in ("通过", "提醒")
    assert "PROC240" in codes(may("case-filing", "2026-09-02", again))
    assert any("前一次辍学的罚款" in note for note in told.notes)
    assert told.option("demand"), "the first fine can still be enforced"


def test_trap_20_punishing_after_the_child_returned() -> None:
    in_time = FILED + "- {日期: 2026-01-22, 事项: 返校}\n"
    late = FILED + "- {日期: 2026-02-02, 事项: 返校}\n"
    assert "PROC212" in codes(may("penalty-notice", "2026-02-03", in_time), "禁止")
    assert "PROC213" in codes(may("penalty-notice", "2026-02-03", late), "须说明理由")
    assert "PROC211" in codes(may("order-to-correct", "2026-02-03", late), "禁止")
    assert "PROC321" in codes(
        may("enforcement-application", "2026-09-11", DEMANDED + "- {日期: 2026-09-01, 事项: 返校}"),
        "提醒",
    )


@pytest.mark.parametrize(
    "reason",
    [
        "缓学休学批准",
        "送教上门",
        "特殊教育就读",
        "转学",
        "已完成义务教育",
        "未到入学年龄",
        "住院治疗",
        "死亡或出境",
        "其他正当理由",
    ],
)
def test_trap_21_lawful_reasons(reason: str) -> None:
    unknown = EXAMINED.replace(f"{reason}: 无", f"{reason}: 未查明").replace(
        f"{reason}: 否", f"{reason}: 未查明"
    )
    applies = unknown.replace("未查明", "是")
    assert "PROC215" in codes(
        may("order-to-correct", "2026-01-12", ABSENT, exclusions=unknown), "须说明理由"
    )
    refused = may("order-to-correct", "2026-01-12", ABSENT, exclusions=applies)
    assert [f.reason for f in refused.of("禁止")] == [f"有正当理由：{reason}。"]


def test_trap_21_too_young_or_of_age() -> None:
    assert "PROC218" in codes(
        may("order-to-correct", "2019-05-05", "- {日期: 2019-03-01, 事项: 首次缺课}"), "禁止"
    )
    assert "PROC218" not in codes(
        may("order-to-correct", "2019-05-06", "- {日期: 2019-03-01, 事项: 首次缺课}")
    )
    assert "PROC219" in codes(may("order-to-correct", "2031-05-06", ABSENT), "禁止")


def test_trap_22_migrants() -> None:
    away = "{姓名: 普正华, 关系: 父亲, 住址: 白沙村15号, 下落: 外出}"
    assert "PROC208" in codes(
        may("order-to-correct", "2026-01-12", ABSENT, guardians=(away,)), "提醒"
    )


def test_trap_23_a_bare_order_sent_to_court() -> None:
    refused = may("enforcement-application", "2026-08-01", CHECKED)
    assert "PROC300" in codes(refused, "禁止")
    assert "《行诉解释》第一百五十五条第一款" in " ".join(f.articles for f in refused.findings)


def test_trap_24_the_employer_is_referred() -> None:
    option = standing(ABSENT, "2026-01-12").option("referral")
    assert option and "用工归人社" in option.effect


def test_trap_26_officers_without_certificates() -> None:
    law = law_of("530499", CLAUSE)
    alone = replace(
        law, workspace=law.workspace.model_copy(update={"officers": law.workspace.officers[:1]})
    )
    for document in ("case-filing", "penalty-notice", "interview-record"):
        assert "PROC204" in codes(may(document, "2026-02-02", FILED, alone), "禁止")


def test_trap_26_an_interview_by_somebody_without_a_certificate() -> None:
    history = FILED + "- {日期: 2026-02-02, 事项: 询问, 对象: 普正华, 承办人: [普文清, 罗玉芬]}\n"
    assert "PROC205" in codes(may("interview-record", "2026-02-02", history), "须说明理由")


def test_trap_27_an_order_dated_after_its_own_deadline() -> None:
    assert "PROC221" in codes(
        may("order-to-correct", "2026-01-20", ABSENT, deadline="2026-01-20"), "禁止"
    )
    assert "PROC221" not in codes(
        may("order-to-correct", "2026-01-19", ABSENT, deadline="2026-01-20")
    )


def test_trap_27_a_deadline_that_had_passed_when_the_order_was_served() -> None:
    assert "PROC244" in codes(may("case-filing", "2026-01-26", CHECKED, deadline="2026-01-13"))


def test_trap_27_a_paper_that_follows_from_a_later_one() -> None:
    turned = TOLD.replace("2026-01-27, 事项: 立案", "2026-03-05, 事项: 立案")
    assert "PROC407" in [p.code for p in stand(docket(turned), date(2026, 3, 10)).problems]


def test_trap_27_without_a_filing_date_the_ninety_days_cannot_be_counted() -> None:
    assert "PROC253" in codes(
        may("penalty-decision", "2026-03-10", TOLD.replace("事项: 立案", "事项: 询问")),
        "须说明理由",
    )


def test_trap_28_several_children() -> None:
    told = docket(TOLD, law_of("530499", CLAUSE))
    siblings = replace(told, case=told.case.model_copy(update={"related": ("2026-002",)}))
    assert "PROC276" in codes(
        permission(siblings, "penalty-decision", FATHER, date(2026, 3, 10)), "提醒"
    )
