"""What was made, for whom, and what of it was withdrawn:
the one account that every command asks.
"""

from datetime import date

from kcbx_docs.record.docket import Docket
from tests.procedure.world import ABSENT, FATHER, MOTHER, docket

BOTH = (FATHER, MOTHER)
DAY = date(2026, 10, 8)
TWO_ORDERS = f"""{ABSENT}
- {{日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号, 对象: {FATHER}}}
- {{日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 2号, 对象: {MOTHER}}}
"""


def orders(case: Docket, day: date = DAY) -> dict[str, str]:
    """Return the number of each guardian's order; nothing for whom none stands."""
    made = {name: case.issued("order-to-correct", day, name) for name in BOTH}
    return {name: act.number for name, act in made.items() if act}


def test_each_guardian_has_the_order_made_for_him():
    assert orders(docket(TWO_ORDERS, guardians=BOTH)) == {FATHER: "1号", MOTHER: "2号"}


def test_withdrawn_from_one_guardian_without_a_number_the_other_keeps_hers():
    """The withdrawal names the father and no number: it used to take the mother's order too."""
    gone = (
        f"- {{日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 对象: {FATHER}, 原因: 写错}}"
    )
    assert orders(docket(TWO_ORDERS + gone, guardians=BOTH)) == {MOTHER: "2号"}


def test_withdrawn_by_number_takes_that_paper_only():
    gone = "- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 文号: 2号, 原因: 写错}"
    assert orders(docket(TWO_ORDERS + gone, guardians=BOTH)) == {FATHER: "1号"}


def test_withdrawn_from_everybody_without_a_number():
    gone = "- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错}"
    assert orders(docket(TWO_ORDERS + gone, guardians=BOTH)) == {}


def test_before_the_withdrawal_the_paper_still_stood():
    gone = "- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错}"
    case = docket(TWO_ORDERS + gone, guardians=BOTH)
    assert orders(case, date(2026, 9, 27)) == {FATHER: "1号", MOTHER: "2号"}


def test_made_again_after_a_withdrawal():
    again = f"""- {{日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 文号: 1号, 原因: 写错}}
- {{日期: 2026-09-29, 事项: 制发, 文书: 责令限期改正通知书, 文号: 3号, 对象: {FATHER}}}"""
    assert orders(docket(TWO_ORDERS + again, guardians=BOTH)) == {FATHER: "3号", MOTHER: "2号"}


def test_an_event_of_its_own_kind_makes_its_paper_for_the_guardian_it_names():
    case = docket(
        f"{ABSENT}\n- {{日期: 2026-09-20, 事项: 事先告知, 金额: 500, 对象: {FATHER}}}",
        guardians=BOTH,
    )
    assert case.issued("penalty-notice", DAY, FATHER).day == date(2026, 9, 20)
    assert case.issued("penalty-notice", DAY, MOTHER) is None


def test_a_service_alone_does_not_tell_when_the_paper_was_made():
    case = docket(
        f"{ABSENT}\n- {{日期: 2026-09-20, 事项: 送达, 文书: 催告书, 对象: {FATHER}, 方式: 直接}}"
    )
    assert case.issued("demand-letter", DAY, FATHER) is None


def test_of_several_papers_the_latest_with_a_number_stands():
    history = f"""{ABSENT}
- {{日期: 2026-09-20, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}}
- {{日期: 2026-12-20, 事项: 制发, 文书: 责令限期改正通知书, 文号: 2号}}
- {{日期: 2027-03-20, 事项: 制发, 文书: 责令限期改正通知书}}"""
    made = docket(history).issued("order-to-correct", date(2027, 4, 1), FATHER)
    assert (made.number, made.day) == ("2号", date(2026, 12, 20))


def test_the_order_of_an_earlier_dropout_is_still_known():
    history = f"""{ABSENT}
- {{日期: 2026-03-10, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}}
- {{日期: 2026-04-01, 事项: 返校}}
- {{日期: 2026-09-01, 事项: 再次缺课}}"""
    case = docket(history)
    assert case.progress(case.case.guardians[0], DAY).order is None
    assert case.issued("order-to-correct", DAY, FATHER).number == "1号"


def test_a_confirmed_return_is_the_first_day_at_school():
    """返校 and the check that confirms it later used to give two answers."""
    case = docket(f"""{ABSENT}
- {{日期: 2026-09-28, 事项: 返校}}
- {{日期: 2026-10-12, 事项: 核查, 结果: 已返校}}""")
    assert case.attendance(date(2026, 10, 12)).returned == date(2026, 9, 28)


SAME_DAY = """- {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}
- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错}
- {日期: 2026-09-28, 事项: 制发, 文书: 责令限期改正通知书, 文号: 2号}
"""


def test_made_again_on_the_day_of_the_withdrawal():
    """The withdrawal without a number used to take the paper made after it, too."""
    assert orders(docket(f"{ABSENT}\n{SAME_DAY}", guardians=BOTH)) == {FATHER: "2号", MOTHER: "2号"}


def test_with_times_the_later_paper_stands_whatever_the_order_of_lines():
    timed = SAME_DAY.replace("09-28, 事项: 撤回", "09-28, 时间: 09:00, 事项: 撤回").replace(
        "09-28, 事项: 制发", "09-28, 时间: 15:00, 事项: 制发"
    )
    swapped = "\n".join(reversed(timed.strip().split("\n")))
    assert orders(docket(f"{ABSENT}\n{swapped}")) == {FATHER: "2号"}


def test_a_withdrawal_written_above_the_paper_of_its_day_still_takes_it():
    history = """- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错}
- {日期: 2026-09-28, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}"""
    assert orders(docket(f"{ABSENT}\n{history}")) == {}


def test_without_a_number_only_the_latest_of_several_is_withdrawn():
    history = """- {日期: 2026-03-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}
- {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 2号}
- {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 写错}"""
    assert orders(docket(f"{ABSENT}\n{history}")) == {FATHER: "1号"}


def test_the_service_of_the_new_paper_stays_with_it():
    served = (
        f"- {{日期: 2026-09-29, 事项: 送达, 文书: 责令限期改正通知书, 对象: {FATHER}, 方式: 直接}}"
    )
    case = docket(f"{ABSENT}\n{SAME_DAY}{served}")
    order = case.progress(case.case.guardians[0], DAY).order
    assert (order.act.number, order.served) == ("2号", date(2026, 9, 29))
