"""A guardian who moved: papers of a day tell where he lived that day, service is judged there."""

from datetime import date

from kcbx_docs.case.whereabouts import Home
from tests.kinds.world import FATHER, SERVED, checked, docket, papers

MOVED = (
    "{姓名: 普正华, 关系: 父亲, 身份证号: '530499198603123012', 住址: 昆明市官渡区福源里12号%s,"
    " 住址经过: [{日期: 2025-01-10, 住址: 云岭县青石镇白沙村15号},"
    " {日期: 2026-02-20, 住址: 云岭县青石镇河尾村2号, 说明: 电话里说的}]}"
)


def father(since: str = ", 住址日期: 2026-03-20"):
    return docket(SERVED, guardians=[MOVED % since]).guardian(FATHER)


def test_the_home_of_a_day_is_the_last_that_began_by_then():
    told = [
        father().home(date.fromisoformat(day)) for day in ("2026-02-19", "2026-03-19", "2026-03-20")
    ]
    assert told == [
        ("云岭县青石镇白沙村15号", date(2025, 1, 10)),
        ("云岭县青石镇河尾村2号", date(2026, 2, 20)),
        ("昆明市官渡区福源里12号", date(2026, 3, 20)),
    ]


def test_before_all_that_is_written_he_lived_where_he_lived_first():
    assert father().home(date(2020, 1, 1))[0] == "云岭县青石镇白沙村15号"


def test_a_paper_tells_the_home_of_its_day_and_no_later_move():
    told = father().known_on(date(2026, 3, 12))
    assert told.address == "云岭县青石镇河尾村2号"
    assert told.homes_before == (Home(日期="2025-01-10", 住址="云岭县青石镇白沙村15号"),)


def test_an_order_names_where_he_lived_when_it_was_made():
    made = papers(
        "2026-03-30", SERVED, "order-to-correct", guardians=[MOVED % ", 住址日期: 2026-03-20"]
    )
    (text,) = [words for name, words in made.items() if "回证" not in name]
    assert "河尾村2号" in text and "官渡区" not in text


def test_a_letter_to_the_home_of_that_day_went_to_a_known_address():
    sent = SERVED.replace(
        "方式: 直接",
        "方式: 邮寄, 送达地址: 云岭县青石镇河尾村2号, 签收日期: 2026-03-15, 邮件单号: '1', 承运单位: 中国邮政",
    )
    moved = [MOVED % ", 住址日期: 2026-03-20"]
    assert "SERV085" not in [one.code for one in checked("2026-04-01", sent, guardians=moved)]
    stayed = [moved[0].replace("河尾村2号", "大河村9号")]
    assert "SERV085" in [one.code for one in checked("2026-04-01", sent, guardians=stayed)]


def test_without_the_day_of_the_move_check_asks_for_it():
    told = checked("2026-04-01", SERVED, guardians=[MOVED % ""])
    assert "CASE214" not in [one.code for one in told]
    assert "CASE215" in [one.code for one in told]
