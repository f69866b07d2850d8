"""What is said to be made unasked is made, and no paper is named that does not exist."""

from datetime import date

import pytest

from kcbx_docs.office.standing_data import standing_data
from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import (
    DECIDED,
    FATHER,
    MADE,
    MOTHER,
    OVERDUE,
    PEOPLE,
    SERVED,
    TOLD,
    docket,
    office_of,
    papers,
    standing,
)

KIND = Kind(
    "说的和做的一致",
    "说不点名就做结案审批表，却因为另一名监护人不做；一边说可以等等，一边就做催告书；公告着又说可以公告",
    (
        ("xingzheng-chufa-fa", "57", "1"),
        ("xingzheng-qiangzhi-fa", "53"),
        ("minshi-susong-fa", "95", "1"),
    ),
)

BOTH = (FATHER, MOTHER)
BACK = "- {日期: 2026-04-11, 事项: 返校}\n"
SPARED = "- {日期: 2026-04-15, 事项: 不予处罚, 对象: 普正华, 法定情形: 轻微并及时改正, 原因: 返校, 文号: 1号}\n"


def unasked(day: str, history: str, who: str = FATHER, **changes: object) -> set[str]:
    """List the documents that next says are made without being named."""
    told = standing(day, history, who, **changes)  # type: ignore[arg-type]
    return {document for option in told.allowed for document in option.unasked}


@pytest.mark.parametrize(
    ("history", "day", "who", "closes"),
    [
        (TOLD + BACK, "2026-04-20", MOTHER, False),
        (TOLD + BACK, "2026-04-20", FATHER, False),
        (TOLD + BACK + SPARED, "2026-04-20", MOTHER, True),
        (SERVED + BACK, "2026-04-20", MOTHER, True),
    ],
)
def test_the_end_of_the_case_is_offered_where_it_is_made(
    history: str, day: str, who: str, closes: bool
) -> None:
    assert ("case-close" in unasked(day, history, who, guardians=BOTH)) is closes
    made = papers(day, history, guardians=BOTH)
    assert any("结案审批表" in name for name in made) is closes


def test_who_still_waits_for_a_decision_is_named_beside_the_other() -> None:
    option = standing("2026-04-20", TOLD + BACK, MOTHER, guardians=BOTH).option("close")
    assert option is not None
    assert option.verdict == "须说明理由"
    assert any(FATHER in finding.reason for finding in option.reasons)


@pytest.mark.parametrize(("day", "made"), [("2026-08-03", False), ("2026-10-27", True)])
def test_a_demand_waits_or_is_made(day: str, made: bool) -> None:
    option = standing(day, DECIDED).option("demand")
    assert option is not None
    assert option.allowed
    assert any("可以等等" in finding.hint for finding in option.findings) is not made
    assert ("demand-letter" in unasked(day, DECIDED)) is made
    named = papers(day, DECIDED, "demand-letter")
    assert any("催告书" in name for name in named), "who names it gets it on either day"


MISSING = PEOPLE[FATHER].removesuffix("}") + ", 下落: 下落不明}"
NOTICED = (
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: 公告, 原因: 下落不明, 公告媒介: 村公示栏, 公告日期: 2026-03-13}\n"
)


@pytest.mark.parametrize(("history", "allowed"), [(MADE, True), (MADE + NOTICED, False)])
def test_what_is_noticed_already_is_not_noticed_again(history: str, allowed: bool) -> None:
    told = standing("2026-03-20", history, guardians=(MISSING,))
    notice, service = told.option("public-notice"), told.option("serve-order")
    assert notice is not None
    assert service is not None
    assert notice.allowed is allowed
    assert service.allowed, "handed over while the notice runs, it is served that day"


@pytest.mark.parametrize(
    ("history", "day"), [(MADE, "2026-03-20"), (OVERDUE, "2026-03-26"), (DECIDED, "2026-05-20")]
)
def test_only_papers_that_exist_are_named(history: str, day: str) -> None:
    told = standing(day, history, guardians=(MISSING,))
    named = {d for option in (*told.allowed, *told.blocked) for d in option.documents}
    assert named <= set(office_of().library.ids)
    assert docket(history).law.procedure.steps["public-notice"].documents


@pytest.mark.parametrize(
    ("placed", "note", "certified"),
    [
        ("回原班", "已返校", True),
        ("调整班级", "已返校", True),
        ("转学", "已转学", False),
        ("职业学校", "已到职业学校就读", False),
        ("送教上门", "已由学校送教上门", False),
    ],
)
def test_who_went_elsewhere_is_not_certified_here(placed: str, note: str, certified: bool) -> None:
    history = OVERDUE + f"- {{日期: 2026-04-11, 事项: 返校, 安置: {placed}}}\n"
    told = standing("2026-04-20", history)
    assert any(note in one for one in told.notes)
    assert (told.option("return") is not None) is certified
    assert any("返校证明" in name for name in papers("2026-04-20", history)) is certified


@pytest.mark.parametrize(
    ("history", "how"),
    [
        (OVERDUE + BACK, "不点名"),
        (OVERDUE.replace("未返校", "已返校"), "先记"),
    ],
)
def test_a_return_that_is_recorded_is_not_to_be_recorded_first(history: str, how: str) -> None:
    case = docket(history)
    day = date(2026, 4, 20)
    known = {"return-certificate"}
    told = standing_data(stand(case, day), case.law, known)
    options = [one for person in told["guardians"] for one in person["allowed"]]
    ways = [way["how"] for one in options if one["step"] == "return" for way in one["ways"]]
    assert ways == [how]
