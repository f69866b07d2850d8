"""The child's own facts: school age is counted when the school year begins, the law binds
citizens, labour rules end at sixteen.
"""

import pytest

from tests.kinds import Kind
from tests.kinds.world import ABSENT, OVERDUE, PUPIL, codes, may, papers

KIND = Kind(
    "孩子自己的情况",
    "开学时还不满六周岁就责令；外国人照样责令；满十六周岁的移送还引用童工规定的罚则",
    (
        ("yiwu-jiaoyu-fa", "4"),
        ("yiwu-jiaoyu-fa", "11", "1"),
        ("tonggong-guiding", "6", "1"),
        ("weichengnianren-baohu-fa", "61", "3"),
    ),
)
STARTED = """\
- {日期: 2026-09-01, 事项: 首次缺课}
- {日期: 2026-09-04, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}
"""


def born(day: str) -> str:
    return f"{{姓名: 普云飞, 性别: 男, 出生日期: {day}, 无证件原因: 未落户, 现住址: 云岭县青石镇白沙村15号}}"


def order(pupil: str, history: str = STARTED, day: str = "2026-09-10"):
    return may("order-to-correct", day, history, pupil=pupil, situation="未入学")


@pytest.mark.parametrize(
    ("birth", "told"),
    [
        ("2020-09-05", True),
        ("2020-09-01", True),
        ("2020-08-31", False),
        ("2020-08-30", False),
        ("2019-12-31", False),
        ("2011-06-01", False),
    ],
)
def test_six_years_are_counted_when_the_school_year_begins(birth: str, told: bool) -> None:
    answer = order(born(birth))
    assert ("PROC352" in codes(answer, "须说明理由")) is told
    assert "PROC218" not in codes(answer)


def test_in_spring_the_year_that_began_last_autumn_counts() -> None:
    assert "PROC352" in codes(order(born("2020-01-05"), ABSENT, "2026-03-12"))
    assert "PROC352" not in codes(order(born("2019-08-31"), ABSENT, "2026-03-12"))


def test_who_is_five_on_the_day_of_the_paper_is_not_ordered_at_all() -> None:
    assert "PROC218" in codes(order(born("2020-10-05")), "禁止")


@pytest.mark.parametrize(
    ("kind", "told"),
    [("护照", True), ("外国人永久居留身份证", True), ("港澳居民来往内地通行证", False)],
)
def test_a_foreign_paper_asks_for_the_nationality(kind: str, told: bool) -> None:
    pupil = (
        "{姓名: 普云飞, 性别: 男, 出生日期: 2013-05-06, "
        f"证件类型: {kind}, 身份证号: H12345678, 现住址: 云岭县青石镇白沙村15号}}"
    )
    if kind == "外国人永久居留身份证":
        pupil = pupil.replace("身份证号: H12345678", "无证件原因: 正在补办")
    answer = order(pupil)
    assert ("PROC353" in codes(answer, "提醒")) is told


@pytest.mark.parametrize(
    ("number", "cited"),
    [("530499201003101017", False), ("530499201305061217", True)],
)
def test_the_fines_for_child_labour_end_at_sixteen(number: str, cited: bool) -> None:
    told = "- {日期: 2026-04-01, 事项: 移送, 机关: 云岭县人力资源和社会保障局, 原因: 被某砖厂招用, 文号: 青政函〔2026〕1号}\n"
    pupil = PUPIL.replace("530499201305061217", number)
    text = next(iter(papers("2026-04-01", OVERDUE + told, "referral", pupil=pupil).values()))
    assert ("《禁止使用童工规定》第六条" in text) is cited
    assert ("第六十一条第三款" in text) is not cited
    assert "第十四条第一款" in text
