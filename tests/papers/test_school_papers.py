"""What a school's papers say of a child and of people: what the file says, of whom it says it."""

from datetime import date

import pytest

from kcbx_docs.office.check import check_history
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from tests.kinds.world import ABSENT, FATHER, OFFICE, docket, office_of, papers

DAY = "2026-05-20"
TOWN_ONLY = ABSENT.replace("[云岭县教育体育局, 云岭县青石镇人民政府]", "云岭县青石镇人民政府")


def told(history: str, document: str, day: str = DAY, **case) -> str:
    """Return the text of the first paper of a document, without room between its words."""
    text = next(iter(papers(day, history, document, **case).values()))
    return text.replace(" ", "").replace("\u3000", "")


def unasked(history: str, office: str = OFFICE, **case):
    desk = Desk(office_of(office), docket(history, office, **case), date.fromisoformat(DAY))
    made, found = plan_case(desk)
    return {paper.document for paper in made}, found


def checked(history: str) -> set[str]:
    return {one.code for one in check_history(docket(history), date.fromisoformat(DAY))}


BACK = "- {日期: 2026-05-15, 事项: 返校, 安置: %s}\n"


@pytest.mark.parametrize(
    ("placed", "says", "never"),
    [
        ("回原班", "该生自2026年5月15日起到校上课", "送教"),
        ("送教上门", "该生自2026年5月15日起由学校送教上门", "到校上课，现在"),
        ("转学", "该生自2026年5月15日起转学", "起到校"),
        ("职业学校", "该生自2026年5月15日起到职业学校就读", "起到校"),
    ],
)
def test_who_never_came_to_school_is_not_certified_as_come(placed, says, never):
    text = told(ABSENT + BACK % placed, "return-certificate")
    assert says in text and never not in text


@pytest.mark.parametrize("placed", ["转学", "职业学校", "送教上门"])
def test_the_old_school_certifies_nothing_unasked(placed):
    assert "return-certificate" not in unasked(ABSENT + BACK % placed)[0]


def test_a_case_closes_by_home_teaching_without_a_return():
    text = told(ABSENT + BACK % "送教上门", "case-close")
    assert "□已返校" in text and "■送教上门（2026年5月15日）" in text and "□返校（入学）" in text
    text = told(ABSENT + BACK % "回原班", "case-close")
    assert "■已返校" in text and "■返校（入学）" in text


def test_who_was_merely_present_persuaded_nobody():
    visit = "承办人: 施文, 参加人: [张阿奶], 内容: 奶奶说管不了"
    text = told(ABSENT.replace("承办人: 施文", visit), "dropout-report")
    assert "在场：张阿奶。奶奶说管不了。结果：拒绝。" in text
    assert "施文、张阿奶" not in text


def test_silence_about_visits_is_a_blank_and_no_failure():
    history = "".join(line for line in ABSENT.splitlines(keepends=True) if "劝返" not in line)
    text = told(history, "dropout-report")
    assert "尚未劝返" not in text and "没有能够劝返" not in text
    assert "（没有劝返的写明原因）" in text and "恳请依法督促监护人" in text
    assert "学校劝返没有效果，恳请依法督促" in told(ABSENT, "dropout-report")


def test_the_report_goes_to_whom_the_record_names():
    assert "\n云岭县青石镇人民政府：\n" in told(TOWN_ONLY, "dropout-report")
    unnamed = ABSENT.replace(", 对象: [云岭县教育体育局, 云岭县青石镇人民政府]", "")
    assert "云岭县教育体育局、云岭县青石镇人民政府：" in told(unnamed, "dropout-report")


def test_a_report_that_passed_the_bureau_over_is_asked_about():
    assert "PAPR034" in checked(TOWN_ONLY) and "PAPR034" not in checked(ABSENT)


def test_a_school_whose_word_nobody_knows_keeps_no_other_paper_back():
    made, found = unasked(ABSENT, school="{名称: 云岭县青石中学}")
    assert {"dropout-report", "visit-record"} <= made
    assert "PAPR003" not in {one.code for one in found}


def test_what_keeps_an_expected_paper_back_is_told_with_the_right_file():
    alone = OFFICE.replace(
        "  - {名称: 云岭县教育体育局, 类型: 县级教育行政部门, 机关代字: 云教体, 地址: 云岭县城文华路2号}\n",
        "",
    )
    _, found = unasked(ABSENT, alone)
    (told,) = [one for one in found if one.code == "PAPR033"]
    assert "kcbx.yaml" in told.message and not told.is_error


def test_the_day_agreed_on_stands_in_the_record_of_the_visit():
    history = ABSENT.replace("结果: 拒绝", "结果: 同意返校, 期限: 2026-03-16")
    assert "商定返校日期：2026年3月16日" in told(history, "visit-record")


def test_papers_of_others_stand_in_the_closing():
    more = "- {日期: 2026-04-02, 事项: 收到文书, 文书: 训诫书, 机关: 青石派出所, 结果: 已训诫。}\n"
    text = told(ABSENT + more + BACK % "回原班", "case-close")
    assert "收到青石派出所《训诫书》：2026年4月2日，已训诫\n" in text


def test_the_language_that_a_guardian_speaks_is_filled_in():
    speaker = f'{{姓名: {FATHER}, 关系: 父亲, 身份证号: "530499198603123012", 住址: 青石镇, 使用语言: 彝语}}'
    text = told(ABSENT, "order-to-correct", "2026-03-10", guardians=(speaker,))
    assert "已向本人宣读，所用语言：彝语" in text
