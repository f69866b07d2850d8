"""Who brought a paper, and whose letter it was: told where the record shows that it cannot be so."""

import pytest

from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, checked

ORDERS = "".join(
    f"- {{日期: 2026-01-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: {name}, "
    f"文号: 青政责改〔2026〕{number}号, 期限: 2026-02-01}}\n"
    for number, name in enumerate((FATHER, MOTHER), 1)
)


def served(whom: str, more: str) -> str:
    """Write a service of the order."""
    return f"- {{日期: 2026-01-15, 事项: 送达, 文书: 责令限期改正通知书, 对象: {whom}, {more}}}\n"


def told(history: str) -> set[str]:
    """Return the codes that are said of a history."""
    found = checked("2026-01-20", ABSENT + ORDERS + history, guardians=(FATHER, MOTHER))
    return {one.code for one in found}


@pytest.mark.parametrize(
    ("handlers", "code"),
    [
        ("[普文清, 段晓岚]", ""),
        ("[普文清, 段晓岚, 村里的人]", ""),
        ("[普文清, 吴志远]", "PROC610"),
        ("[吴志远, 白校长]", "PROC508"),
        ("[普文清]", "PROC131"),
    ],
)
def test_two_bring_a_paper_and_both_are_officers(handlers: str, code: str) -> None:
    found = told(served(FATHER, f"方式: 直接, 签收人: {FATHER}, 承办人: {handlers}"))
    assert found & {"PROC131", "PROC508", "PROC610"} == ({code} if code else set())


@pytest.mark.parametrize(("until", "counts"), [("2026-01-15", True), ("2026-01-14", False)])
def test_an_officer_who_left_counts_until_the_last_day(until: str, counts: bool) -> None:
    office = OFFICE.replace("证号: 云F0000002", f"证号: 云F0000002, 至: {until}")
    history = ABSENT + ORDERS + served(FATHER, "方式: 直接, 承办人: [普文清, 段晓岚]")
    found = checked("2026-01-20", history, office, guardians=(FATHER, MOTHER))
    assert ("PROC610" not in {one.code for one in found}) is counts


POST = "方式: 邮寄, 承运单位: 中国邮政, 邮件单号: "


@pytest.mark.parametrize(
    ("second", "shared"),
    [
        (served(MOTHER, f"{POST}'1000000000001', 签收日期: 2026-01-17"), True),
        (served(MOTHER, f"{POST}'1000000000002', 签收日期: 2026-01-17"), False),
        (served(FATHER, f"{POST}'1000000000001', 签收日期: 2026-01-17"), False),
    ],
    ids=["同一单号", "各有单号", "同一个人"],
)
def test_one_letter_is_for_one_person(second: str, shared: bool) -> None:
    first = served(FATHER, f"{POST}'1000000000001', 结果: 在途, 交寄日期: 2026-01-15")
    assert ("PROC611" in told(first + second)) is shared


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("内容: 退回，原址查无此人", True),
        ("备注: 邮局退件", True),
        ("内容: 无法投递", True),
        ("内容: 本人签收", False),
        ("内容: 第一次退回，再次投递时本人签收", False),
        ("备注: 没有退件", False),
    ],
)
def test_a_letter_that_came_back_did_not_arrive(words: str, asked: bool) -> None:
    history = served(FATHER, f"{POST}'1000000000001', 签收日期: 2026-01-17, {words}")
    assert ("PROC132" in told(history)) is asked


@pytest.mark.parametrize("signer", ["退回", "邮局退回", "查无此人", "退件"])
def test_a_letter_that_came_back_is_signed_by_nobody(signer: str) -> None:
    found = told(served(FATHER, f"{POST}'1', 签收日期: 2026-01-17, 签收人: {signer}"))
    assert "SERV110" in found and "PROC108" not in found
