"""What was done with one guardian counts for nobody else."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import ABSENT, FATHER, MOTHER, TOLD, codes, docket, may, papers

KIND = Kind(
    "只对一个人的事",
    "对一名当事人的集体讨论、法制审核算到另一名头上；和一个人谈话成了对另一个人的证据",
    (
        ("xingzheng-chufa-fa", "57", "2"),
        ("xingzheng-chufa-fa", "58", "1"),
        ("xingzheng-chufa-fa", "40"),
    ),
)

BOTH = (FATHER, MOTHER)
HERS = "".join(
    line.replace("普正华", "李桂仙").replace("1号", "2号") + "\n"
    for line in TOLD.splitlines()
    if "普正华" in line
)
FATHERS = "- {日期: 2026-04-16, 事项: 集体讨论, 参加人: [李建川], %s金额: 400}\n"
MOTHERS = "- {日期: 2026-04-16, 事项: 集体讨论, 参加人: [李建川], 对象: 李桂仙, 金额: 200}\n"
FINED = "- {日期: 2026-04-17, 事项: 处罚决定, 对象: %s, 文号: 青政罚决〔2026〕%s号, 金额: %s}\n"


def disagreeing(who: str, history: str) -> bool:
    """Tell whether a guardian's fine is said to be another than what was agreed on."""
    answer = may("penalty-decision", "2026-04-17", history, who, guardians=BOTH)
    return "PROC356" in codes(answer)


@pytest.mark.parametrize("swapped", [False, True])
def test_each_fine_is_that_of_its_own_discussion(swapped: bool) -> None:
    talks = [FATHERS % "对象: 普正华, ", MOTHERS]
    history = TOLD + HERS + "".join(reversed(talks) if swapped else talks)
    history += FINED % (FATHER, 1, 400) + FINED % (MOTHER, 2, 200)
    assert not disagreeing(FATHER, history)
    assert not disagreeing(MOTHER, history)


def test_a_discussion_of_nobody_by_name_is_of_everybody() -> None:
    history = TOLD + HERS + FATHERS % "" + FINED % (FATHER, 1, 400) + FINED % (MOTHER, 2, 200)
    assert not disagreeing(FATHER, history)
    assert disagreeing(MOTHER, history)


def test_her_own_discussion_still_binds_her() -> None:
    assert disagreeing(MOTHER, TOLD + HERS + MOTHERS + FINED % (MOTHER, 2, 300))


REVIEWED = "- {日期: 2026-04-16, 事项: 法制审核, 审核人: 白法制, 对象: %s, 结果: %s}\n"


@pytest.mark.parametrize(("who", "passed"), [(FATHER, False), (MOTHER, True)])
def test_a_review_that_sent_back_one_case_stops_that_one(who: str, passed: bool) -> None:
    history = TOLD + HERS + REVIEWED % (FATHER, "退回补充") + REVIEWED % (MOTHER, "同意")
    case = docket(history, guardians=BOTH)
    day = case.events[-1].day
    guardian = case.guardian(who)
    assert guardian is not None
    review = case.progress(guardian, day).last("法制审核")
    assert review is not None
    assert (review.result == "同意") is passed


TALK = "- {日期: 2026-03-11, 事项: 批评教育, 对象: 普正华, 方式: 约到镇政府%s, 承办人: [普文清, 段晓岚]}\n"


def orders(talk: str) -> dict[str, str]:
    made = papers("2026-03-12", ABSENT + talk, guardians=BOTH)
    return {name.split("-")[2]: text for name, text in made.items() if name.startswith("310")}


def test_a_talk_with_the_father_is_no_evidence_against_the_mother() -> None:
    told = orders(TALK % "")
    assert "批评教育记录（2026年3月11日）" in told[FATHER]
    assert "批评教育记录" not in told[MOTHER]
    assert "截至2026年3月9日" in told[MOTHER], "nobody saw the child at a talk in an office"


def test_a_talk_at_which_the_absence_was_known_is_a_sighting() -> None:
    told = orders(TALK % ", 到校情况: 未到校")
    assert "截至2026年3月11日" in told[MOTHER]
    assert "批评教育记录（2026年3月11日）" in told[MOTHER]


def test_a_visit_sees_the_absence_as_before() -> None:
    assert "截至2026年3月9日" in orders("")[FATHER]
    assert "劝返记录（2026年3月5日）" in orders("")[MOTHER]
