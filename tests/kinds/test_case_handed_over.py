"""A case that went to another organ ends here only when that organ takes it; what it did before
counts there, and its fine stays with whoever imposed it.
"""

from datetime import date

import pytest

from kcbx_docs.dossier.contents import contents_of
from kcbx_docs.office.children import known_children
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    FATHER,
    MOTHER,
    OFFICE,
    SERVED,
    checked,
    codes,
    docket,
    may,
    offered,
    office_of,
    papers,
    standing,
)

KIND = Kind(
    "整个案件移交别的机关",
    "孩子迁走，案件移交以后本机关还在催办，或者对方没有接收就当作办结；处罚跟着案件走了",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("xingzheng-chufa-fa", "72", "1"),
        ("weichengnianren-baohu-fa", "103"),
    ),
)
THERE = "平湖县西山镇人民政府"
SENT = (
    f"- {{日期: 2026-05-12, 事项: 移交, 机关: {THERE}, 原因: 孩子一家迁走, 期限: 2026-05-30, "
    "校验值: ab12-cd34-ef56-7890, 承办人: [普文清]}\n"
)
TAKEN = SENT + f"- {{日期: 2026-05-20, 事项: 移交回执, 机关: {THERE}, 结果: 接收}}\n"
REFUSED = (
    SENT
    + f"- {{日期: 2026-05-20, 事项: 移交回执, 机关: {THERE}, 结果: 不接收, 原因: 住址不在本镇}}\n"
)
DAY = "2026-05-25"
BY = f"移交自: {THERE}"


@pytest.mark.parametrize(
    ("since", "state", "ours"),
    [
        (SENT, "已移交", False),
        (TAKEN, "已移交", False),
        (REFUSED, "已报告", True),
        (SENT + "- {日期: 2026-05-14, 事项: 恢复, 原因: 一家又搬回来}\n", "已报告", True),
    ],
    ids=["移交", "对方接收", "对方不接收", "收回"],
)
def test_the_case_is_ours_again_when_the_other_refuses(since: str, state: str, ours: bool) -> None:
    assert standing(DAY, ABSENT + since).state == state
    case = docket(ABSENT + since)
    path = office_of(OFFICE).root / "cases/案件.yaml"
    assert bool([*known_children([path], [case.case.pupil])]) is ours
    assert ("order" in offered(DAY, ABSENT + since)) is ours
    assert ("resume" in offered(DAY, ABSENT + since)) is not ours


def test_until_the_other_answers_somebody_waits_and_then_asks() -> None:
    waits = standing(DAY, ABSENT + SENT)
    assert [(due.what[:4], str(due.by), due.bound) for due in waits.due] == [
        ("移交回执", "2026-05-30", "接收机关")
    ]
    assert not waits.progress.closing.over and not waits.waiting and waits.tasks[0].awaits
    late = standing("2026-06-02", ABSENT + SENT)
    assert late.waiting and late.due[0].bound == "机关" and late.due[0].overdue
    done = standing("2026-06-02", ABSENT + TAKEN)
    assert done.progress.closing.over and not done.tasks and not done.due


def test_a_fine_stays_with_whoever_imposed_it() -> None:
    own = standing(DAY, DECIDED + SENT)
    assert own.state == "已移交" and any("处罚" in due.what or due.bound for due in own.due)
    assert "LEAD034" in codes(may("case-transfer", "2026-05-12", DECIDED))
    assert may("case-transfer", "2026-05-12", SERVED).verdict in ("通过", "提醒")
    foreign = DECIDED.replace("金额: 600, 承办人", f"金额: 600, {BY}, 机关: {THERE}, 承办人")
    told = may("enforcement-application", "2026-11-30", foreign)
    assert "LEAD033" in codes(told, "禁止")
    assert "LEAD033" not in codes(may("enforcement-application", "2026-11-30", DECIDED))


def test_nobody_here_judges_the_officers_of_another_organ() -> None:
    """A fine by officers whom kcbx.yaml does not know: ours is told, theirs is not."""
    own = DECIDED.replace("[普文清, 段晓岚]", "[韦文, 覃明]")
    theirs = own.replace("承办人: [韦文, 覃明]", f"承办人: [韦文, 覃明], {BY}")
    accusing = {"PROC420", "PROC421", "PROC508", "CASE099"}
    assert accusing & {one.code for one in checked(DAY, own)}
    assert not accusing & {one.code for one in checked(DAY, theirs)}
    assert standing(DAY, theirs).state == "逾期未缴"  # what they made counts


def test_a_paper_of_theirs_is_asked_for_and_never_issued_here() -> None:
    office = office_of(OFFICE)
    cures = [
        [one.cure for one in contents_of(docket(told), (), office.library, date(2026, 5, 25)).lacks]
        for told in (SERVED, SERVED.replace("文书: 责令", f"{BY}, 文书: 责令"))
    ]
    assert any("kcbx issue" in one and "青政责改" in one for one in cures[0])
    assert not any("青政责改" in one for one in cures[1])
    assert any(f"请{THERE}补送" in one for one in cures[1])


def test_what_happens_here_afterwards_is_told_and_so_is_another_file() -> None:
    after = SENT + "- {日期: 2026-05-18, 事项: 批评教育, 承办人: [普文清, 段晓岚]}\n"
    assert "LEAD031" in [one.code for one in checked(DAY, ABSENT + after)]
    refused = REFUSED + "- {日期: 2026-05-22, 事项: 批评教育, 承办人: [普文清, 段晓岚]}\n"
    assert "LEAD031" not in [one.code for one in checked(DAY, ABSENT + refused)]
    other = TAKEN.replace("结果: 接收", "结果: 接收, 校验值: ffff-cd34-ef56-7890")
    assert "LEAD032" in [one.code for one in checked(DAY, ABSENT + other)]
    assert "LEAD032" not in [one.code for one in checked(DAY, ABSENT + TAKEN)]
    alone = TAKEN.removeprefix(SENT)
    assert "PROC406" in [one.code for one in checked(DAY, ABSENT + alone)]


def test_nothing_is_made_or_persuaded_here_on_the_day_on_which_the_case_went() -> None:
    """The next day was told, the very day was not; what was made before it on that day stands."""
    gone = ABSENT + SENT
    assert "LEAD030" in codes(may("order-to-correct", "2026-05-12", gone), "禁止")
    assert "LEAD030" in codes(may("urge-notice", "2026-05-12", gone), "须说明理由")
    visit = "- {日期: 2026-05-12, 事项: 批评教育, 承办人: [普文清, 段晓岚]}\n"
    assert "LEAD031" in [one.code for one in checked("2026-05-12", gone + visit)]
    for before in (ABSENT + visit + SENT, SERVED.replace("2026-01-15", "2026-05-12") + SENT):
        told = [one.code for one in checked(DAY, before)]
        assert not {"LEAD031", "PROC421"} & {*told}
    assert "LEAD030" not in codes(may("order-to-correct", "2026-05-11", gone))


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (SENT, ()),
        (TAKEN, ()),
        (SENT.replace(THERE, "云岭县青石镇人民政府"), ("LEAD060",)),
        (SENT.replace(THERE, "云岭县青石镇人民政府, 移交自: 甲县乙镇人民政府"), ()),
        (SENT.replace("2026-05-30", "2026-05-11"), ("LEAD061",)),
        (SENT.replace("2026-05-30", "2026-05-12"), ()),
        (SENT + TAKEN.removeprefix(SENT).replace(THERE, "平湖县教育局"), ("LEAD062",)),
        (REFUSED + SENT.replace("西山", "东山").replace("05-12", "05-22"), ()),
    ],
    ids=["移交", "接收", "给自己", "别人移交给我们", "期限已过", "当天", "别的机关回执", "再移交"],
)
def test_a_case_goes_to_another_organ_until_a_day_to_come(
    history: str, told: tuple[str, ...]
) -> None:
    found = {one.code for one in checked(DAY, ABSENT + history)}
    assert {one for one in found if one.startswith("LEAD0")} == {*told}


def test_the_letter_asserts_only_what_the_file_holds() -> None:
    [letter] = papers(DAY, ABSENT + SENT, "case-transfer", guardians=(FATHER, MOTHER)).values()
    assert "该生一家已经迁到你单位辖区" in letter and "ab12-cd34-ef56-7890" in letter
    assert "现住" not in letter  # where they live now the file need not know
    assert "请在2026年5月30日以前回复" in letter and "第一百零三条" in letter
    bare = SENT.replace("孩子一家迁走, 期限: 2026-05-30", "其他").replace(
        ", 校验值: ab12-cd34-ef56-7890", ""
    )
    [letter] = papers(DAY, ABSENT + bare, "case-transfer").values()
    assert "迁到" not in letter and "校验值：" not in letter and "请回复是否接收" in letter


def test_the_answer_speaks_of_fines_only_where_there_was_one() -> None:
    came = f"- {{日期: 2026-05-20, 事项: 接收移交, 机关: {THERE}, 原编号: 2026-017}}\n"
    [plain] = papers(DAY, ABSENT + came, "transfer-receipt").values()
    assert "编号2026-017" in plain and "编为2026-001" in plain and "罚款" not in plain
    [fined] = papers(DAY, DECIDED + came, "transfer-receipt").values()
    assert "罚款没有了结的" in fined


def test_the_answer_does_not_bear_the_number_of_the_letter_that_it_answers() -> None:
    came = f"- {{日期: 2026-05-20, 事项: 接收移交, 机关: {THERE}, 文号: 西政函〔2026〕9号}}\n"
    [answer] = papers(DAY, ABSENT + came, "transfer-receipt").values()
    assert answer.count("西政函〔2026〕9号") == 1 and "一案（西政函〔2026〕9号）" in answer
