"""What is said of where a case stands leads nobody astray: days that end, the dead, fines that
nobody owes yet, dangers that nobody answered.
"""

import pytest

from kcbx_docs.procedure.dues import Due
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    FATHER,
    MOTHER,
    OVERDUE,
    PEOPLE,
    SERVED,
    TOLD,
    codes,
    docket,
    may,
    papers,
    standing,
)

KIND = Kind(
    "误导的状态",
    "申请执行民事裁判的两年没有人提醒；去世的人还在劝返；没有送达的罚款仍应缴纳；请别处协助写成了报告",
    (
        ("minshi-susong-fa", "250"),
        ("minfadian", "39", "1", "3"),
        ("xingzheng-chufa-fa", "61", "1"),
        ("weichengnianren-baohu-fa", "11", "3"),
        ("minshi-susong-fa", "88", "1"),
    ),
)

BOTH = (FATHER, MOTHER)
JUDGED = """\
- {日期: 2026-05-20, 事项: 起诉, 对象: 普正华, 原告: 本机关, 法院: 云岭县人民法院}
- {日期: 2026-06-20, 事项: 民事判决, 对象: 普正华, 结果: 支持, 期限: 生效之日起10日, 生效日期: 2026-07-08}
"""


def executions(day: str, history: str) -> list[Due]:
    return [due for due in standing(day, history).due if due.rule == "exec-2y"]


@pytest.mark.parametrize("before", [OVERDUE, DECIDED], ids=["没有罚款", "罚款未缴"])
def test_the_two_years_of_a_judgment_are_due_whatever_the_fine(before: str) -> None:
    found = executions("2026-08-03", before + JUDGED)
    assert [str(due.by) for due in found] == ["2028-07-20"]
    assert all("第二百五十条" in due.articles for due in found)


@pytest.mark.parametrize(
    "history", [OVERDUE, OVERDUE + JUDGED.replace("结果: 支持", "结果: 驳回诉讼请求")]
)
def test_nothing_to_execute_is_not_due(history: str) -> None:
    assert executions("2026-08-03", history) == []


DEAD = PEOPLE[FATHER].removesuffix("}") + ", 下落: 死亡, 下落日期: 2026-05-01}"


def test_of_the_dead_only_what_asks_for_his_death_is_left() -> None:
    told = standing("2026-06-01", DECIDED, guardians=(DEAD, MOTHER))
    names = {option.step for option in (*told.allowed, *told.blocked)}
    assert not names & {"persuasion", "payment", "referral"}
    assert "demand" in names, "the estate still owes the fine; who demands it says why"


def test_the_living_and_the_child_of_nobody_keep_their_rows() -> None:
    mother = standing("2026-06-01", DECIDED, MOTHER, guardians=(DEAD, MOTHER))
    assert mother.option("persuasion")
    alone = standing("2026-06-01", SERVED, guardians=(DEAD,))
    assert alone.option("referral")


BACK = "- {日期: 2026-04-%s, 事项: 返校}\n"
FINED = "- {日期: 2026-04-%s, 事项: 处罚决定, 对象: 普正华, 文号: 青政罚决〔2026〕1号, 金额: %s}\n"


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (TOLD + FINED % (17, 600) + BACK % 20, "还没有送达"),
        (TOLD + FINED % (10, 600) + BACK % 20, "不合法，先改正"),
        (DECIDED + BACK % 20, "罚款仍应缴纳"),
        (SERVED + BACK % 20, "已返校"),
    ],
)
def test_who_owes_is_told_and_who_does_not_yet_as_well(history: str, told: str) -> None:
    notes = "".join(standing("2026-04-24", history).notes)
    assert told in notes
    assert ("仍应缴纳" in notes) is (told == "罚款仍应缴纳")


DANGER = "危险情形: [{种类: 非法招用, 发现日期: 2026-03-04, 依据: 在红星厂上夜班}]\n"
AGAIN = SERVED + BACK % "01" + "- {日期: 2026-04-13, 事项: 再次缺课, 原因: 又回厂}\n"
NEW = DANGER.replace("]\n", ", {种类: 非法招用, 发现日期: 2026-04-14, 依据: 又在厂里}]\n")


@pytest.mark.parametrize(
    ("history", "more", "asked"),
    [(AGAIN, DANGER, True), (AGAIN, NEW, False), (AGAIN, "", False), (SERVED, DANGER, False)],
)
def test_a_danger_of_the_time_before_is_asked_about(history: str, more: str, asked: bool) -> None:
    notes = "".join(standing("2026-04-20", history, more=more).notes)
    assert ("以前发现过非法招用" in notes) is asked


ELSEWHERE = "- {日期: 2026-03-10, 事项: 移送, 机关: 五华区教育体育局, 原因: 孩子随父母住在五华区}\n"
HURT = "危险情形: [{种类: 严重欺凌, 发现日期: 2026-03-04, 依据: 同学反映}]\n"


def letter(history: str, more: str = "") -> str:
    made = papers("2026-03-10", ABSENT + history, more=more)
    return "".join(text for name, text in made.items() if "五华区" in name or "入学的函" in name)


def test_another_place_is_asked_for_help_and_gets_no_report() -> None:
    text = letter(ELSEWHERE)
    assert "关于请求协助安排学生入学的函" in text
    assert "请予协助" in text
    assert "第十一条" not in text
    assert "移送事由" not in text


def test_a_danger_is_reported_to_a_school_authority_as_before() -> None:
    text = letter(ELSEWHERE.replace("原因:", "危险情形: 严重欺凌, 原因:"), HURT)
    assert "危险情形" in text
    assert "报告" in text
    assert "请予协助" not in text


GRANDMOTHER = "受托照护人: [{姓名: 普阿奶, 关系: 祖母, 与监护人同住: 是}]\n"
SIGNED = (
    "- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}\n"
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 1号, 对象: 普正华, "
    "方式: 直接, 签收人: 普阿奶, 关系: 祖母%s, 成年: 是, 承办人: [普文清, 段晓岚]}\n"
)


@pytest.mark.parametrize(
    ("where", "keys", "found"),
    [
        ("外出", "", ["PROC480"]),
        ("外出", ", 同住: 是", []),
        ("外出", ", 指定代收: 是", []),
        ("在家", "", []),
        ("外出", ", 同住: 否", ["PROC105"]),
    ],
)
def test_who_signs_for_one_that_lives_elsewhere_is_asked_about(
    where: str, keys: str, found: list[str]
) -> None:
    person = PEOPLE[FATHER].removesuffix("}") + f", 下落: {where}}}"
    case = docket(ABSENT + SIGNED % keys, guardians=(person,), more=GRANDMOTHER)
    act = case.progress(case.case.guardians[0], case.events[-1].day).act("责令")
    assert act is not None
    assert [code for code, _ in (*act.services[0].faults, *act.services[0].doubts)] == found


CLOSING = "- {日期: 2026-03-06, 事项: 移送, 机关: 云岭县公安局青石派出所, 危险情形: 订婚早婚, 原因: 办了酒席}\n"
CIVIL = "- {日期: 2026-03-06, 事项: 移送, 机关: 云岭县民政局, 危险情形: 订婚早婚, 原因: 办了酒席}\n"
ANSWER = "- {日期: 2026-03-18, 事项: 收到文书, 文书: 复函, 机关: 云岭县民政局, 结果: 已退婚}\n"
WEDDING = "危险情形: [{种类: 订婚早婚, 发现日期: 2026-03-04, 依据: 办了酒席%s}]\n"
HOME = "- {日期: 2026-03-25, 事项: 返校}\n"


@pytest.mark.parametrize(
    ("history", "known", "found"),
    [
        (CLOSING + CIVIL, "", ["PROC489"]),
        (CLOSING + CIVIL + ANSWER, "", []),
        (CLOSING + CIVIL, ", 核实: 不属实", []),
    ],
)
def test_a_case_of_early_marriage_is_not_closed_without_a_question(
    history: str, known: str, found: list[str]
) -> None:
    answer = may("case-close", "2026-03-27", ABSENT + history + HOME, "", more=WEDDING % known)
    assert codes(answer, "须说明理由") == found
