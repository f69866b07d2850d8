"""What cannot have happened without something else, and what a history says against itself."""

from datetime import date

import pytest

from kcbx_docs.procedure.standing import stand
from tests.procedure.world import (
    ABSENT,
    DECIDED,
    FATHER,
    FILED,
    MADE,
    MOTHER,
    ORDERED,
    TOLD,
    docket,
)

TODAY = date(2026, 12, 31)


STRAY = "- {日期: 2026-12-31, 事项: 制发, 文书: 没有的文书}\n"


def codes(history, **changes):
    return [p.code for p in stand(docket(history, **changes), TODAY).problems]


def of_the_last(history):
    """Return what is wrong with the event that is written last."""
    found = stand(docket(history), TODAY).problems
    lines = [p.place.line for p in stand(docket(history + STRAY), TODAY).problems]
    return [p.code for p in found if p.place.line == max(lines) - 1]


def event(day, kind, more=""):
    return f"- {{日期: 2026-{day}, 事项: {kind}, 对象: 普正华{more}}}\n"


FILING = event("01-27", "立案")
NOTICE = event("03-02", "事先告知", ", 金额: 500")
FINE = event("03-10", "处罚决定", ", 金额: 500")
SPOT = event("03-10", "当场处罚", ", 金额: 100")
DEMAND = event("08-25", "催告")
APPLIED = event("09-11", "申请强制执行")
RULING = event("09-21", "法院裁定", ", 结果: 准予执行")


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (FILING, NOTICE),
        (NOTICE, FINE),
        (NOTICE, event("03-03", "放弃陈述申辩")),
        (event("03-05", "要求听证"), event("03-20", "听证")),
        (FINE, DEMAND),
        (SPOT, DEMAND),
        (DEMAND, APPLIED),
        (APPLIED, event("09-15", "法院受理", ", 结果: 受理")),
        (APPLIED, RULING),
        (RULING, event("10-12", "执行", ", 结果: 执行完毕")),
        (FINE, event("03-20", "批准延期分期", ", 期限: 2026-06-30")),
        (SPOT, event("03-20", "批准延期分期", ", 期限: 2026-06-30")),
        (FINE, event("03-20", "缴纳罚款", ", 金额: 100")),
        (SPOT, event("03-20", "缴纳罚款", ", 金额: 100")),
        (event("02-02", "中止", ", 原因: 住院"), event("03-02", "恢复")),
        (event("02-02", "起诉"), event("05-06", "民事判决", ", 结果: 支持")),
        (event("02-02", "起诉"), event("05-06", "撤诉")),
    ],
)
def test_nothing_follows_from_what_did_not_happen(first, later):
    assert "PROC406" in of_the_last(ABSENT + later)
    assert of_the_last(ABSENT + first + later) == []
    too_late = first.replace(first[7:17], "2026-12-01")
    assert "PROC407" in of_the_last(ABSENT + too_late + later), "it comes before its cause"


def test_on_one_day_cause_and_effect_are_possible():
    assert "PROC407" not in codes(ABSENT + FILING.replace("01-27", "03-02") + NOTICE)


@pytest.mark.parametrize(
    "event_after",
    [
        "结案, 结果: 其他, 对象: 普正华",
        "再次缺课",
        "首次缺课",
        "送达, 文书: 行政处罚决定书, 对象: 普正华, 方式: 直接",
        "撤回, 文书: 责令限期改正通知书, 原因: 写错",
        "缴纳罚款, 金额: 500",
        "收到文书, 文书: 督促监护令, 机关: 法院",
        "移送, 机关: 人社局, 原因: 用工",
        "返校",
        "核查, 结果: 已返校",
    ],
)
def test_what_may_still_happen_after_the_close(event_after):
    closed = DECIDED + "- {日期: 2026-04-01, 事项: 结案, 结果: 已返校}\n"
    assert "PROC405" not in codes(closed + f"- {{日期: 2026-05-06, 事项: {event_after}}}\n")


@pytest.mark.parametrize(
    ("between", "told"),
    [
        ("", True),
        ("- {日期: 2026-02-02, 事项: 再次缺课}\n", False),
        ("- {日期: 2026-02-02, 事项: 恢复}\n", False),
    ],
)
def test_after_the_close_nothing_new_until_the_child_is_away_again(between, told):
    closed = ABSENT + "- {日期: 2026-02-01, 事项: 结案, 结果: 已返校}\n"
    assert ("PROC405" in codes(closed + between + "- {日期: 2026-03-02, 事项: 批评教育}\n")) is told


def test_the_close_of_one_guardian_or_on_the_same_day_stops_nothing():
    own = ABSENT + "- {日期: 2026-02-01, 事项: 结案, 结果: 其他, 对象: 普正华}\n"
    assert "PROC405" not in codes(own + "- {日期: 2026-03-02, 事项: 批评教育}\n")
    same = ABSENT + "- {日期: 2026-02-01, 事项: 结案, 结果: 已返校}\n"
    assert "PROC405" not in codes(same + "- {日期: 2026-02-01, 事项: 批评教育}\n")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("制发, 文书: 红头文件", "PROC402"),
        ("送达, 文书: 红头文件, 方式: 直接, 对象: 普正华", "PROC402"),
        ("撤回, 文书: 红头文件, 原因: 写错", "PROC402"),
        ("制发, 文书: 督促监护令", "PROC401"),
        ("收到文书, 文书: 督促监护令, 机关: 法院", None),
        ("送达, 文书: 督促监护令, 方式: 直接, 对象: 普正华", None),
    ],
)
def test_papers_that_nobody_knows_or_nobody_here_may_make(kind, code):
    found = codes(ABSENT + f"- {{日期: 2026-01-12, 事项: {kind}}}\n")
    assert [c for c in found if c in ("PROC401", "PROC402")] == ([code] if code else [])


def test_a_number_is_of_the_year_of_its_paper():
    assert "PROC403" in codes(MADE.replace("青政责〔2026〕", "青政责〔2025〕"))
    assert "PROC403" not in codes(MADE)
    payment = DECIDED + event("03-20", "缴纳罚款", ", 金额: 500, 文号: 〔2025〕9号")
    assert "PROC403" not in codes(payment), "a receipt's number is not ours"


@pytest.mark.parametrize(("paid", "too_much"), [("515", False), ("515.01", True)])
def test_nobody_pays_more_than_fine_and_surcharge(paid, too_much):
    """One day late: 500 and 15 yuan."""
    assert ("PROC410" in codes(DECIDED + event("03-26", "缴纳罚款", f", 金额: {paid}"))) is too_much


@pytest.mark.parametrize(("asked", "too_much"), [("1000", False), ("1000.01", True)])
def test_a_demand_asks_for_the_fine_and_as_much_again_at_most(asked, too_much):
    demand = DECIDED + event("04-20", "催告", f", 金额: {asked}")
    assert ("PROC411" in codes(demand)) is too_much


@pytest.mark.parametrize(
    ("paid", "asked", "too_much"),
    [
        ("05-01", "1000", True),
        ("05-01", "700", False),
        ("08-25", "1000", False),
        ("08-26", "1000", False),
    ],
    ids=["早缴没有减去", "减去了", "当天才缴", "以后缴的"],
)
def test_a_payment_that_was_told_later_contradicts_what_was_claimed(paid, asked, too_much):
    """500 yuan and as much again; 300 paid before leave 700."""
    demand = event("08-25", "催告", f", 金额: {asked}")
    payment = event(paid, "缴纳罚款", ", 金额: 300")
    claims = codes(DECIDED + demand + payment)
    assert ("PROC540" in claims) is too_much


@pytest.mark.parametrize(
    ("more", "twice"),
    [
        (event("02-27", "立案", ", 文号: 青政罚立〔2026〕1号"), True),
        (event("02-27", "立案", ", 文号: 青政罚立〔2026〕2号"), False),
        (event("02-27", "立案"), False),
        (
            "- {日期: 2026-02-27, 事项: 书面报告, 对象: 云岭县教育局, 文号: 青中报〔2026〕1号}\n"
            "- {日期: 2026-02-28, 事项: 书面报告, 对象: 云岭县司法局, 文号: 青中报〔2026〕1号}\n",
            False,
        ),
        (
            "- {日期: 2026-02-27, 事项: 立案, 对象: 李桂仙, 文号: 青政罚立〔2026〕1号}\n",
            False,
        ),
    ],
    ids=["同一份两个日期", "另一个文号", "没有文号", "一份报两个机关", "两名监护人各一次"],
)
def test_one_paper_is_told_once(more, twice):
    first = event("02-26", "立案", ", 文号: 青政罚立〔2026〕1号")
    found = codes(ORDERED + first + more, guardians=(FATHER, MOTHER))
    assert ("PROC541" in found) is twice


def test_a_payment_of_nobody_matters_only_where_there_are_two():
    nobody = DECIDED + "- {日期: 2026-03-20, 事项: 缴纳罚款, 金额: 500}\n"
    assert "PROC412" not in codes(nobody)
    two = codes(nobody, guardians=(FATHER, MOTHER))
    assert "PROC412" in two and "PROC406" not in two, "it is not said to lack the mother's decision"
    by_father = DECIDED + event("03-20", "缴纳罚款", ", 金额: 500")
    named = codes(by_father, guardians=(FATHER, MOTHER))
    assert "PROC412" not in named


def test_what_is_in_order_is_not_told():
    for history in (ABSENT, ORDERED, FILED, TOLD, DECIDED):
        assert codes(history) == []


def test_too_much_is_told_with_what_was_paid_and_what_was_owed():
    history = DECIDED + event("03-26", "缴纳罚款", ", 金额: 600")
    (told,) = [p for p in stand(docket(history), TODAY).problems if p.code == "PROC410"]
    assert "600" in told.message and "515" in told.message
    demand = DECIDED + event("04-20", "催告", ", 金额: 1200")
    (asked,) = [p for p in stand(docket(demand), TODAY).problems if p.code == "PROC411"]
    assert "1200" in asked.message and "1000" in asked.message


def test_a_doubtful_service_is_told_as_well_as_a_void_one():
    served = "- {日期: 2026-01-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接"
    assert codes(MADE + served + ", 签收人: 普大伯, 成年: 是}\n") == ["PROC108"]
    assert codes(MADE + served + ", 签收人: 普云飞}\n") == ["PROC104"]


SLIPS = (
    DECIDED
    + """\
- {日期: 2026-02-02, 事项: 制发, 文书: 督促监护令}
- {日期: 2026-02-03, 事项: 制发, 文书: 红头文件}
- {日期: 2026-02-04, 事项: 制发, 文书: 劝返通知书, 文号: 青劝〔2025〕3号}
- {日期: 2026-03-01, 事项: 听证, 对象: 普正华}
- {日期: 2026-03-11, 事项: 送达, 文书: 履行行政决定催告书, 对象: 普正华, 方式: 直接}
- {日期: 2026-03-12, 事项: 送达, 文书: 行政处罚决定书, 对象: 普正华, 方式: 直接, 签收人: 普云飞}
- {日期: 2026-03-13, 事项: 送达, 文书: 行政处罚决定书, 对象: 普正华, 方式: 留置}
- {日期: 2026-03-26, 事项: 缴纳罚款, 对象: 普正华, 金额: 100}
- {日期: 2026-03-26, 事项: 缴纳罚款, 对象: 普正华, 金额: 500}
- {日期: 2026-03-27, 事项: 缴纳罚款, 金额: 1}
- {日期: 2026-04-20, 事项: 催告, 对象: 普正华, 金额: 1200}
- {日期: 2026-05-06, 事项: 复议决定, 对象: 普正华, 结果: 维持}
- {日期: 2026-05-07, 事项: 行政判决, 对象: 普正华, 结果: 撤诉}
- {日期: 2026-06-01, 事项: 返校}
- {日期: 2026-06-08, 事项: 核查, 结果: 未返校}
- {日期: 2026-06-15, 事项: 结案, 结果: 已返校}
- {日期: 2026-06-16, 事项: 批评教育}
"""
)
TOLD_OF_SLIPS = [
    "12 PROC401 《督促监护令》不能由我们制发：督促监护令由人民检察院、人民法院制发（《未成年人保护法》第一百一十八条第二款）。",
    "13 PROC402 「制发」的文书《红头文件》不认识，程序没有把它算进去。",
    "14 PROC403 文号「青劝〔2025〕3号」的年份与日期 2026-02-04 不一致。",
    "26 PROC404 孩子已经返校，2026-06-08 核查的结果又是「未返校」，经过里没有「再次缺课」。",
    "28 PROC405 案件 2026-06-15 已经结案，2026-06-16 又有「批评教育」。",
    "15 PROC406 普正华：2026-03-01 有「听证」，以前却没有「要求听证」。",
    "17 PROC104 《行政处罚决定书》由 普云飞（关系不明）代 普正华 签收，未成年人签收不能算已经送达。",
    "18 PROC101 《行政处罚决定书》留置送达 普正华 缺少「拒收原因」，证明不了送达，不能算已经送达。",
    "18 PROC101 《行政处罚决定书》留置送达 普正华 缺少「见证人」或「影像资料」，证明不了送达，不能算已经送达。",
    "16 PROC116 《履行行政决定催告书》2026-03-11 送达 普正华，却在 2026-04-20 才制发，不能算已经送达。",
    "23 PROC409 有「复议决定」，经过里没有「申请行政复议」。",
    "24 PROC409 有「行政判决」，经过里没有「提起行政诉讼」。",
    "22 PROC540 2026-04-20 向 普正华 制发的《催告书》写的是 1200 元，减去2026-03-26缴的 100 元、2026-03-26缴的 500 元，那一天只欠 0 元。",
    "20 PROC410 普正华 已缴 600 元，多于应缴的 515.00 元。",
    "22 PROC411 催告的金额 1200 元超过罚款和加处罚款的上限 1000 元。",
    "21 PROC412 有几名监护人，「缴纳罚款」没有写对象，没有算给任何人。",
]


def test_every_contradiction_is_told_at_its_event_with_what_it_is_about():
    """Line 1 is the first event; the ladder until the decision takes eleven."""
    found = stand(docket(SLIPS, guardians=(FATHER, MOTHER)), date(2026, 12, 1)).problems
    assert [f"{p.place.line - 10} {p.code} {p.message}" for p in found] == TOLD_OF_SLIPS


ORDER_NAMES = (
    "责令限期改正通知书",
    "order-to-correct",
    "限期返校通知书",
    "责令送被监护人接受义务教育通知书",
)


@pytest.mark.parametrize("title", ORDER_NAMES)
@pytest.mark.parametrize(
    ("made", "served", "told"),
    [
        ("10-08", "10-09", []),
        ("10-08", "10-10", ["PROC416"]),
        ("10-10", "10-11", ["PROC415"]),
        ("10-09", "10-12, 结果: 未送达, 原因: 不在", []),
    ],
)
def test_a_fixed_deadline_lies_after_the_order_and_its_service(title, made, served, told):
    """The order was known by 责令 in its name: an alias without the word went unseen."""
    day, _, rest = served.partition(", ")
    tail = f", {rest}" if rest else ""
    history = f"""{ABSENT}
- {{日期: 2026-{made}, 事项: 制发, 文书: {title}}}
- {{日期: 2026-{day}, 事项: 送达, 文书: {title}, 对象: 普正华, 方式: 直接{tail}}}"""
    assert codes(history, deadline="2026-10-10") == told


def test_another_paper_with_the_word_in_its_name_is_no_order():
    history = f"""{ABSENT}
- {{日期: 2026-10-08, 事项: 制发, 文书: 责令限期改正通知书}}
- {{日期: 2026-10-15, 事项: 制发, 文书: 责令改正情况复查意见书}}"""
    assert "PROC415" not in codes(history, deadline="2026-10-10")


MADE_TWICE = f"""{ABSENT}
- {{日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号, 对象: {FATHER}}}
- {{日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 2号, 对象: {MOTHER}}}
"""


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("文号: 9号", ["PROC413"]),
        ("文号: 1号", []),
        (f"文号: 1号, 对象: {MOTHER}", ["PROC413"]),
        (f"对象: {FATHER}", []),
        ("备注: 两份", []),
    ],
)
def test_a_withdrawal_of_what_nobody_made_is_told(more, told):
    gone = f"- {{日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错, {more}}}"
    assert codes(MADE_TWICE + gone, guardians=(FATHER, MOTHER)) == told


def test_a_withdrawal_in_vain_names_the_numbers_that_there_are():
    gone = "- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错, 文号: 9号}"
    (found,) = stand(docket(MADE_TWICE + gone, guardians=(FATHER, MOTHER)), TODAY).problems
    assert "文号：1号、2号" in found.hint and found.place.path == "经过[6]"
