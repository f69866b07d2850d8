"""A recorded paper holds the facts of its own day: what is written into the file later,
or without a day, neither changes nor accuses it.
"""

from datetime import date

import pytest

from kcbx_docs.procedure.audit import audit
from tests.kinds.page import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    EXAMINED,
    FATHER,
    MOTHER,
    PEOPLE,
    SERVED,
    codes,
    docket,
    may,
    offered,
    papers,
    standing,
)

KIND = Kind(
    "文书上的事实",
    "以后才有的转学、安置写进已经制成的文书，或者拿来说以前的责令违法。",
    (("yiwu-jiaoyu-fa", "58"), ("yiwu-jiaoyu-fa", "11", "2")),
)

ORDER, CLOSE = "order-to-correct", "case-close"
BACK = """\
- {日期: 2026-03-18, 事项: 返校, 安置: 转学, 方式: 转学到别处}
- {日期: 2026-03-25, 事项: 结案, 结果: 已转学就读, 文号: 青政结〔2026〕1号}
"""
AGAIN = "- {日期: 2026-04-13, 事项: 再次缺课, 原因: 回到本地}\n"


def _moved(day: str = "") -> str:
    since = f", 日期: {day}" if day else ""
    return EXAMINED.replace("转学: 否", f"转学: {{结论: 是, 依据: 接收证明{since}}}")


def test_what_came_later_accuses_no_order() -> None:
    """With its day or without, the transfer of 03-18 says nothing of the order of 03-12."""
    for known in (_moved(), _moved("2026-03-18")):
        case = docket(SERVED + BACK, exclusions=known)
        assert not [p.code for p in audit(case, date(2026, 3, 26)) if "正当理由" in p.message]
        assert "PROC217" not in codes(
            may(ORDER, "2026-03-12", SERVED, exclusions=_moved("2026-03-18"))
        )
        made = papers("2026-03-26", SERVED + BACK, exclusions=known)
        assert any("责令" in name for name in made)


def test_what_stood_already_accuses_the_order() -> None:
    """An order made after the child had moved was unlawful on its day."""
    case = docket(SERVED, exclusions=_moved("2026-03-10"))
    found = [p for p in audit(case, date(2026, 3, 26)) if "正当理由" in p.message]
    assert [p.code for p in found] == ["PROC421"]


def test_a_reason_without_a_day_stands_now() -> None:
    """Nobody is ordered anything new."""
    answer = may(ORDER, "2026-03-12", ABSENT, exclusions=_moved())
    assert "PROC217" in codes(answer, "禁止")
    assert standing("2026-03-12", ABSENT, exclusions=_moved()).state == "有正当理由"


def test_an_old_reason_is_no_excuse_of_a_new_absence() -> None:
    """Dated it is over; without a day somebody must look again, and nothing is closed for it."""
    story = SERVED + BACK + AGAIN
    old = may(ORDER, "2026-04-20", story, exclusions=_moved("2026-03-18"))
    assert not {"PROC217", "PROC355"} & set(codes(old))
    unknown = may(ORDER, "2026-04-20", story, exclusions=_moved())
    assert "PROC355" in codes(unknown, "须说明理由")
    assert "PROC217" not in codes(unknown)
    assert standing("2026-04-20", story, exclusions=_moved()).state != "有正当理由"
    fresh = may(ORDER, "2026-04-20", story, exclusions=_moved("2026-04-15"))
    assert "PROC217" in codes(fresh, "禁止")
    assert "close" in offered("2026-04-20", story, exclusions=_moved("2026-04-15"))


def test_the_close_that_was_recorded_stays_as_it_was() -> None:
    """Away anew on 04-13, the paper of 03-25 still tells of the return of 03-18."""
    made = papers("2026-04-20", SERVED + BACK + AGAIN, CLOSE, exclusions=_moved())
    text = next(iter(made.values()))
    assert "■转学（2026年3月18日" in text
    assert "□未返校" in text
    assert FATHER in text


@pytest.mark.parametrize(
    ("placed", "how", "printed"),
    [
        ("转学", "转学", "转学（2026年3月18日）"),
        ("转学", "转学到县城", "转学（2026年3月18日，转学到县城）"),
        ("回原班", "回原班", "已返校（2026年3月18日，回原班）"),
    ],
)
def test_where_the_child_went_is_printed_once(placed: str, how: str, printed: str) -> None:
    back = f"- {{日期: 2026-03-18, 事项: 返校, 安置: {placed}, 方式: {how}}}\n"
    assert printed in next(iter(papers("2026-03-26", SERVED + back, CLOSE).values()))


def test_the_course_of_the_case_is_told_by_date() -> None:
    told = ABSENT + "- {日期: 2026-03-10, 事项: 移送, 机关: 云岭县妇女联合会, 原因: 没有到校}\n"
    text = next(iter(papers("2026-03-26", told + SERVED[len(ABSENT) :] + BACK, CLOSE).values()))
    assert text.index("移送、通报：2026年3月10日") < text.index("责令限期改正：2026年3月12日")


def test_a_school_certifies_no_return_to_another_school() -> None:
    """Moved elsewhere: the old school makes nothing unasked; its own return it certifies."""
    moved = papers("2026-03-26", SERVED + BACK, exclusions=_moved("2026-03-18"))
    assert not any("返校证明" in name for name in moved)
    own = SERVED + "- {日期: 2026-03-18, 事项: 返校, 安置: 回原班, 方式: 回原班}\n"
    assert any("返校证明" in name for name in papers("2026-03-26", own))
    asked = papers(
        "2026-03-26",
        SERVED + BACK.replace("安置: 转学", "安置: 转学, 文号: 转学证明1号"),
        "return-certificate",
    )
    text = next(iter(asked.values()))
    assert "■转学" in text
    assert "转学证明1号" not in text


def test_a_report_by_telephone_was_no_letter() -> None:
    """None is made as of that day; asked for, a letter of today follows."""
    call = (
        SERVED
        + "- {日期: 2026-03-16, 事项: 移送, 机关: 云岭县公安局, 原因: 孩子被带走, 方式: 电话报警}\n"
    )
    assert not any(name.startswith("660") for name in papers("2026-03-20", call))
    later = papers("2026-03-20", call, "referral")
    assert "2026年3月20日" in next(iter(later.values()))
    for more in ("", ", 方式: 书面", ", 方式: 电话, 文号: 青政函〔2026〕1号"):
        wrote = call.replace(", 方式: 电话报警", more)
        assert any(name.startswith("660") for name in papers("2026-03-20", wrote))


def test_the_sighting_that_an_order_tells_is_in_its_evidence() -> None:
    """Known from the talk with the mother, the father's order rests on that record;
    where he was met later himself, it does not need it.
    """
    talk = "- {日期: 2026-03-11, 事项: 批评教育, 方式: 家访, 对象: 李桂仙, 承办人: [普文清, 段晓岚], 到校情况: 未到校}\n"
    both = (FATHER, MOTHER)
    made = papers("2026-03-12", ABSENT + talk, ORDER, guardians=both)
    his = next(text for name, text in made.items() if FATHER in name)
    assert "2026年3月11日" in his
    assert "批评教育记录" in his
    later = talk + talk.replace("03-11", "03-12").replace(MOTHER, FATHER)
    made = papers("2026-03-13", ABSENT + later, ORDER, guardians=both)
    his = next(text for name, text in made.items() if FATHER in name)
    assert "批评教育记录（2026年3月11日）" not in his


GONE = (
    "{姓名: 普正华, 关系: 父亲, 身份证号: '530499198603123012', 住址: 云岭县青石镇白沙村15号, "
    "下落: 下落不明, 下落日期: 2026-05-06, 下落说明: 五一以后联系不上, "
    "下落经过: [{下落: 外出, 日期: 2026-01-05, 说明: 在昆明务工}]}"
)


def _report(day: str, father: str) -> str:
    made = papers(day, ABSENT, "dropout-report", guardians=(father, MOTHER), reason="核对")
    return next(text for name, text in made.items() if "报告" in name)


def test_a_report_says_where_a_guardian_was_on_its_own_day() -> None:
    """The report of 03-09 is printed in May: what is known since is none of its facts."""
    text = _report("2026-05-11", GONE)
    assert "在昆明务工" in text
    assert "联系不上" not in text and "下落不明" not in text


@pytest.mark.parametrize(
    ("since", "said"),
    [("下落日期: 2026-05-06", False), ("下落日期: 2026-03-02", True), ("备注: 无", True)],
)
def test_what_began_later_is_left_out_and_what_has_no_day_stays(since: str, *, said: bool) -> None:
    father = GONE.split("下落: ", maxsplit=1)[0] + f"下落: 外出, 下落说明: 在昆明务工, {since}}}"
    assert ("在昆明务工" in _report("2026-05-11", father)) is said


KEPT = (
    "{姓名: 普正华, 关系: 父亲, 身份证号: '530499198603123012', 住址: 云岭县青石镇白沙村15号, "
    "下落: 在家, 下落日期: 2026-06-01, 下落经过: [{下落: 服刑, 日期: 2026-04-13}]}"
)


def test_a_decision_asks_a_prisoner_of_its_day_to_arrange_and_not_to_bring() -> None:
    """Released since, he was in prison when the decision of 04-17 was made."""
    made = papers("2026-06-08", DECIDED, "penalty-decision", guardians=(KEPT,))
    text = next(text for name, text in made.items() if "送达" not in name)
    assert "立即安排普云飞到" in text
    free = papers("2026-06-08", DECIDED, "penalty-decision")
    assert "立即将普云飞送到" in next(text for name, text in free.items() if "送达" not in name)


def test_a_guardian_of_a_day_has_the_condition_of_that_day() -> None:
    father = PEOPLE[FATHER].replace("}", ", 监护状况: 资格已撤销, 监护状况日期: 2026-06-01}")
    guardian = docket(ABSENT, guardians=(father, MOTHER)).case.guardians[0]
    assert guardian.known_on(date(2026, 5, 31)).condition is None
    assert guardian.known_on(date(2026, 6, 1)).condition == "资格已撤销"
