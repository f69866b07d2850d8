"""What speaks against a guardian's fault is asked for before anything is ordered; nothing of it
forbids the order.
"""

import pytest

from tests.kinds import Kind
from tests.kinds.world import ABSENT, FATHER, MOTHER, PEOPLE, PUPIL, codes, may, papers

KIND = Kind(
    "监护人有正当理由",
    "愿意送学的、被关押的、下落不明的、约定的日子还没有到的、等着残疾安置的，不声不响就被责令",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("yiwu-jiaoyu-fa", "5", "2"),
        ("minfadian", "1084", "2"),
        ("canjiren-jiaoyu-tiaoli", "17", "4"),
        ("canjiren-jiaoyu-tiaoli", "20", "2"),
    ),
)

DAY = "2026-03-12"
ORDER = "order-to-correct"
WILLING = "- {日期: 2026-03-03, 事项: 联系, 方式: 电话, 对象: 李桂仙, 结果: 愿意送学}\n"
REFUSES = ABSENT.replace("方式: 家访,", "方式: 家访, 对象: 普正华,")
PROMISED = (
    "- {日期: 2026-03-10, 事项: 劝返, 方式: 家访, 对象: %s, 结果: 同意返校, 期限: 2026-03-14}\n"
)
LATER = "- {日期: 2026-03-11, 事项: 劝返, 方式: 家访, 对象: %s, 结果: 拒绝}\n"


def person(name: str, keys: str) -> str:
    return PEOPLE[name].removesuffix("}") + f", {keys}}}"


def asked(history: str, who: str = FATHER, day: str = DAY, document: str = ORDER, **changes):
    """List what must be answered before a paper is made; nothing of it forbids the paper."""
    answer = may(document, day, history, who, **changes)
    assert answer.verdict != "禁止", answer.findings
    return codes(answer, "须说明理由")


@pytest.mark.parametrize(
    ("history", "mother", "found"),
    [
        (WILLING + REFUSES, MOTHER, ["PROC483"]),
        (WILLING, person(MOTHER, "直接抚养: 否"), ["PROC483"]),
        (REFUSES, person(MOTHER, "直接抚养: 否"), ["PROC484"]),
        (WILLING + REFUSES + LATER % MOTHER, MOTHER, []),
        (WILLING + REFUSES + LATER % MOTHER, person(MOTHER, "直接抚养: 否"), []),
        (WILLING, MOTHER, []),
        (REFUSES, MOTHER, []),
        (REFUSES, person(MOTHER, "直接抚养: 是"), []),
    ],
)
def test_only_who_does_not_do_his_duty_is_ordered(history: str, mother: str, found) -> None:
    absent = "" if "首次缺课" in history else "- {日期: 2026-03-02, 事项: 首次缺课}\n"
    people = (FATHER, mother)
    assert asked(absent + history, MOTHER, guardians=people) == found
    assert asked(absent + history, FATHER, guardians=people) == []


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("服刑, 下落日期: 2024-01-01", ["PROC481"]),
        ("羁押", ["PROC481"]),
        ("强制戒毒", ["PROC481"]),
        ("下落不明", ["PROC482"]),
        ("服刑, 下落日期: 2026-03-13", []),
        ("外出", []),
        ("服兵役", []),
        ("住院", []),
    ],
)
def test_who_cannot_send_the_child_is_asked_about(where: str, found: list[str]) -> None:
    people = (person(FATHER, f"下落: {where}"), MOTHER)
    assert asked(ABSENT, guardians=people) == found
    assert asked(ABSENT, guardians=people, document="admonition") == found
    made = papers(DAY, ABSENT, guardians=people)
    assert any(name.endswith("普正华") for name in made) is not bool(found)


@pytest.mark.parametrize(
    ("history", "day", "found"),
    [
        (PROMISED % FATHER, DAY, ["PROC485"]),
        (PROMISED % FATHER, "2026-03-14", ["PROC485"]),
        (PROMISED % "普阿奶", DAY, ["PROC485"]),
        (PROMISED % FATHER, "2026-03-15", []),
        (PROMISED % FATHER + LATER % FATHER, DAY, []),
        ((PROMISED % FATHER).replace(", 期限: 2026-03-14", ""), DAY, []),
    ],
)
def test_what_was_agreed_is_waited_for(history: str, day: str, found: list[str]) -> None:
    carer = "受托照护人: [{姓名: 普阿奶, 关系: 祖母}]\n"
    assert asked(ABSENT + history, day=day, more=carer) == found


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("残疾情况: 肢体二级", ["PROC486"]),
        ("残疾情况: 肢体二级, 安置意见: 送教上门", ["PROC487"]),
        ("残疾情况: 肢体二级, 安置意见: 普通学校", []),
        ("残疾情况: 听力三级, 安置意见: 特殊教育学校", []),
        ("残疾情况: 无", []),
        ("失学原因: 残疾", []),
    ],
)
def test_a_disabled_child_is_placed_first(keys: str, found: list[str]) -> None:
    pupil = PUPIL.removesuffix("}") + f", {keys}}}"
    assert asked(ABSENT, pupil=pupil) == found


@pytest.mark.parametrize(
    ("keys", "told", "wish"),
    [
        ("残疾情况: 肢体二级", "残疾情况：肢体二级", "恳请组织评估"),
        ("残疾情况: 肢体二级, 安置意见: 送教上门", "残疾情况：肢体二级", "落实送教上门"),
        ("残疾情况: 肢体二级, 安置意见: 普通学校", "残疾情况：肢体二级", "责令限期改正"),
        ("残疾情况: 无", "七年级", "责令限期改正"),
    ],
)
def test_the_report_asks_for_what_the_child_needs(keys: str, told: str, wish: str) -> None:
    report = papers(DAY, ABSENT, pupil=PUPIL.removesuffix("}") + f", {keys}}}")["230-学校书面报告"]
    assert told in report
    assert wish in report
    assert ("责令限期改正" in report) is (wish == "责令限期改正")


def test_a_reason_makes_the_paper_and_an_old_one_is_made_again_without() -> None:
    people = (person(FATHER, "下落: 服刑, 下落日期: 2024-01-01"), MOTHER)
    named = papers(DAY, ABSENT, ORDER, guardians=people, reason="李建川：可以委托祖父送学")
    assert any("普正华" in name for name in named)
    sent = "- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 普正华, 文号: 1号}\n"
    assert any("普正华" in name for name in papers("2026-03-13", ABSENT + sent, guardians=people))


def test_the_receipt_of_a_prisoner_is_left_for_the_prison() -> None:
    people = (person(FATHER, "下落: 服刑, 下落日期: 2024-01-01"), MOTHER)
    sent = "- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}\n"
    made = papers("2026-03-13", ABSENT + sent, guardians=people)
    slips = {name.split("-")[-1]: text for name, text in made.items() if name.startswith("320")}
    assert "由其所在的单位转交" in slips[FATHER]
    assert "白沙村15号" not in slips[FATHER]
    assert "白沙村15号" in slips[MOTHER]
    assert "同住的成年家属，或者其指定的代收人" in slips[MOTHER]


@pytest.mark.parametrize(
    ("address", "keys", "asked_about"),
    [
        ("云岭县城东门小区3栋", "", True),
        ("云岭县城东门小区3栋", ", 直接抚养: 否", False),
        ("白沙村15号", "", False),
        ("云岭县青石镇白沙村15号", "", False),
    ],
)
def test_parents_who_live_apart_are_asked_with_whom_the_child_lives(
    address: str, keys: str, asked_about: bool
) -> None:
    home = "住址: 云岭县青石镇白沙村15号"
    mother = PEOPLE[MOTHER].replace(home, f"住址: {address}{keys}")
    answer = may(ORDER, DAY, ABSENT, FATHER, guardians=(FATHER, mother))
    assert ("PROC490" in codes(answer, "提醒")) is asked_about
    assert answer.verdict in ("通过", "提醒")
