"""A penalty is withdrawn while a review runs, or after it was paid: both stay to be dealt with."""

from datetime import date, datetime, time

from kcbx_docs.issuing.penalty_back import of_withdrawal
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.office.book import Issue
from kcbx_docs.procedure.dues import dues_of
from kcbx_docs.procedure.notes import notes_of
from kcbx_docs.record.states import open_states
from tests.kinds.page import Kind
from tests.kinds.world import DECIDED, FATHER, docket
from tests.ledger.world import CLERK

KIND = Kind(
    "撤回处罚以后",
    "复议期间撤回处罚决定：复议期限不见了，复议说成对责令的；缴了的罚款没有人说退",
    (("xingzheng-fuyi-fa", "62", "1"), ("xingzheng-chufa-fa", "60")),
)
REVIEW = "- {日期: 2026-05-10, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n"
SUIT = "- {日期: 2026-05-10, 事项: 提起行政诉讼, 对象: 普正华}\n"
PAID = "- {日期: 2026-05-04, 事项: 缴纳罚款, 对象: 普正华, 金额: 300}\n"
TAKEN = (
    "- {日期: 2026-05-20, 事项: 撤回, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号,"
    " 对象: 普正华, 原因: 事实认定有误}\n"
)


def told(history: str, day: str) -> list[str]:
    """List the codes of what follows from a withdrawal on a day."""
    case, today = docket(history), date.fromisoformat(day)
    act = case.progress(case.case.guardians[0], today).decision
    assert act
    data = {"document": act.document, "title": "行政处罚决定书", "guardian": FATHER}
    data["number"] = act.number
    at = datetime.combine(act.day, time())
    kept = Recorded(1, "", "", "制发", "2026-001", act.day, at, False, CLERK, data)
    issue = Issue(kept)
    return [one.code for one in of_withdrawal(case, issue, today)]


def test_who_hears_it_is_told_and_what_was_paid_is_given_back():
    assert told(DECIDED, "2026-05-20") == []
    assert told(DECIDED + PAID + REVIEW, "2026-05-20") == ["ISSU130", "ISSU131"]
    assert told(DECIDED + SUIT, "2026-05-20") == ["ISSU130"]
    assert "ISSU133" in told(DECIDED, "2026-12-20"), "ninety days from the filing are over"
    back = "- {日期: 2026-05-18, 事项: 返校}\n"
    assert told(DECIDED + back, "2026-05-20") == ["ISSU132"]


def test_the_review_stays_one_of_the_fine_with_its_period():
    progress = (case := docket(DECIDED + PAID + REVIEW + TAKEN)).progress(
        case.case.guardians[0], day := date(2026, 5, 21)
    )
    dues = [due.what for one in open_states(progress) for due in dues_of(case, progress, one, day)]
    assert any(what.startswith("复议决定") for what in dues)
    said = "\n".join(notes_of(case, progress))
    assert "对处罚决定行政复议，还没有结果" in said and "对责令" not in said and "300元" in said


def test_a_challenge_to_the_order_is_one_to_the_order():
    early = REVIEW.replace("05-10", "03-20")
    case = docket(DECIDED.replace("- {日期: 2026-03-25", early + "- {日期: 2026-03-25", 1) + TAKEN)
    progress = case.progress(case.case.guardians[0], date(2026, 5, 21))
    assert "对责令行政复议" in "\n".join(notes_of(case, progress))


def test_what_follows_the_withdrawal_of_another_paper_is_no_matter():
    assert told(
        DECIDED
        + REVIEW
        + PAID.replace(
            "缴纳罚款, 对象: 普正华, 金额: 300",
            "催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号",
        ),
        "2026-05-20",
    ) == ["ISSU130"]
