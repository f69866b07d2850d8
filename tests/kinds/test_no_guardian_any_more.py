"""Nothing is addressed to who is no guardian any more; the others are treated as before."""

from datetime import date

import pytest

from kcbx_docs.case.model import Case
from kcbx_docs.papers.context import case_facts
from kcbx_docs.procedure.standing import stand
from kcbx_docs.reading import parse_yaml, read_model
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    FATHER,
    MADE,
    MOTHER,
    OVERDUE,
    PEOPLE,
    SERVED,
    TOLD,
    case_text,
    checked,
    codes,
    docket,
    may,
    offered,
    papers,
    read,
    standing,
)

KIND = Kind(
    "不再是监护人的人",
    "去世、无民事行为能力、被撤销资格的人还当监护人责令、处罚；其他监护人照旧",
    (
        ("minfadian", "13"),
        ("minfadian", "21", "1"),
        ("minfadian", "36", "1"),
        ("minfadian", "37"),
        ("minfadian", "39", "1", "2"),
        ("minfadian", "39", "1", "3"),
        ("xingzheng-chufa-fa", "31"),
    ),
)

DAY = "2026-03-12"
STEPS = {"order-to-correct": ABSENT, "admonition": ABSENT, "urge-notice": ABSENT}
PENAL = {"case-filing": ("2026-03-27", OVERDUE), "penalty-decision": ("2026-04-16", TOLD)}


def father(keys: str) -> str:
    """Write the father with what became of him."""
    return f"{PEOPLE[FATHER].removesuffix('}')}, {keys}}}"


DEAD = father("下落: 死亡, 下落日期: 2026-01-15")
REVOKED = father("监护状况: 资格已撤销, 监护状况日期: 2026-01-15")
OVER = father("监护状况: 监护已终止, 监护状况日期: 2026-01-15")
INCAPABLE = father("监护状况: 无民事行为能力, 监护状况日期: 2026-01-15")
TOLD_OFFICE = ABSENT + (
    "- {日期: 2026-03-11, 事项: 移送, 机关: 云岭县民政局, 方式: 函, 原因: 没有人监护, 危险情形: 无人照料}\n"
)
LIMITED = father("监护状况: 限制民事行为能力, 监护状况日期: 2026-01-15")


@pytest.mark.parametrize(
    ("person", "code"),
    [(DEAD, "PROC195"), (REVOKED, "PROC126"), (OVER, "PROC126"), (INCAPABLE, "PROC127")],
)
@pytest.mark.parametrize("document", list(STEPS))
def test_nothing_is_asked_of_him_and_everything_of_the_mother(person, code, document) -> None:
    both = (person, MOTHER)
    assert code in codes(may(document, DAY, ABSENT, FATHER, guardians=both), "禁止")
    assert may(document, DAY, ABSENT, MOTHER, guardians=both).verdict in ("通过", "提醒")


@pytest.mark.parametrize("person", [DEAD, REVOKED, OVER, INCAPABLE])
def test_his_state_is_his_own_and_nothing_is_due(person: str) -> None:
    told = standing("2026-03-16", SERVED, guardians=(person, MOTHER))
    assert (told.state, told.due) == ("监护已终止", ())
    assert told.notes[0].endswith("不再对他办理") and MOTHER in told.notes[1]
    alone = standing("2026-03-16", SERVED, guardians=(person,))
    assert "由谁监护" in alone.notes[1]
    steps = {option.step for option in (*told.allowed, *told.blocked)}
    assert steps <= {"close", "referral", "no-penalty", "guardianship-application"}


@pytest.mark.parametrize("person", [DEAD, REVOKED, OVER, INCAPABLE])
def test_a_case_with_nobody_left_can_be_closed_once_that_is_reported(person: str) -> None:
    waiting = may("case-close", DAY, ABSENT, guardians=(person,))
    assert codes(waiting, "须说明理由") == ["PROC348"]
    assert may("case-close", DAY, TOLD_OFFICE, guardians=(person,)).verdict in ("通过", "提醒")
    assert "close" in offered(DAY, ABSENT, guardians=(person,))
    with_mother = may("case-close", DAY, ABSENT, "", guardians=(person, MOTHER))
    assert "PROC327" in codes(with_mother, "须说明理由")


@pytest.mark.parametrize("document", list(PENAL))
def test_no_fine_for_what_he_could_not_help(document: str) -> None:
    day, history = PENAL[document]
    assert "PROC127" in codes(may(document, day, history, guardians=(INCAPABLE,)), "禁止")
    later = father("监护状况: 无民事行为能力, 监护状况日期: 2026-03-26")
    assert "PROC127" in codes(may(document, day, history, guardians=(later,)), "须说明理由")
    assert "PROC126" in codes(may(document, day, history, guardians=(REVOKED,)), "须说明理由")
    assert "PROC195" in codes(may(document, day, history, guardians=(DEAD,)), "禁止")


def test_the_incapable_may_be_spared() -> None:
    filed = "\n".join(TOLD.strip().split("\n")[:-2]) + "\n"
    grounds = "结果: 建议不予处罚, 法定情形: 不能辨认或者控制行为"
    filed += f"- {{日期: 2026-04-02, 事项: 调查终结, {grounds}}}\n"
    answer = may("no-penalty-decision", "2026-04-07", filed, guardians=(INCAPABLE,))
    assert codes(answer, "提醒")[:1] == ["PROC127"] and answer.verdict == "提醒"
    assert "no-penalty" in offered("2026-04-06", filed, guardians=(INCAPABLE,))


@pytest.mark.parametrize("document", ["order-to-correct", "case-filing"])
def test_who_can_in_part_is_asked_about(document: str) -> None:
    day, history = PENAL.get(document, (DAY, ABSENT))
    found = may(document, day, history, guardians=(LIMITED,))
    assert "PROC128" in codes(found, "须说明理由") and found.verdict == "须说明理由"
    assert standing(day, history, guardians=(LIMITED,)).state != "监护已终止"


@pytest.mark.parametrize(
    "keys",
    [
        "下落: 住院",
        "下落: 外出",
        "备注: 肢体二级残疾，能照看孩子",
        "监护状况: 有监护能力",
        "监护状况: 资格已撤销, 监护状况日期: 2026-03-13",
        "下落: 死亡, 下落日期: 2026-03-13",
    ],
)
def test_neighbours_are_ordered_as_before(keys: str) -> None:
    answer = may("order-to-correct", DAY, ABSENT, guardians=(father(keys),))
    assert answer.verdict in ("通过", "提醒"), answer.findings


def test_the_death_of_a_grandfather_who_cares_for_the_child_changes_nothing() -> None:
    carer = "受托照护人: [{姓名: 普老大, 关系: 祖父, 备注: 2026年1月去世}]\n"
    assert may("order-to-correct", DAY, ABSENT, more=carer).verdict in ("通过", "提醒")


def test_what_was_done_before_keeps_its_force() -> None:
    late = father("监护状况: 资格已撤销, 监护状况日期: 2026-03-20")
    case = docket(SERVED, guardians=(late,))
    order = case.progress(case.case.guardians[0], date(2026, 3, 16)).order
    assert order is not None and order.served == date(2026, 3, 13)
    assert standing("2026-03-16", SERVED, guardians=(late,)).state == "责令期内"


SIGNED = "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接%s}\n"


@pytest.mark.parametrize(
    ("person", "signer", "found"),
    [
        (INCAPABLE, "", ["PROC124"]),
        (INCAPABLE, ", 签收人: 李桂仙, 关系: 妻子, 法定代理人签收: 是, 成年: 是", []),
        (INCAPABLE, ", 签收人: 普云飞, 法定代理人签收: 是", ["PROC104"]),
        (LIMITED, "", ["PROC125"]),
        (LIMITED, ", 签收人: 李桂仙, 法定代理人签收: 是, 成年: 是", []),
        (REVOKED, "", []),
    ],
)
def test_who_cannot_act_is_served_through_who_acts_for_him(person, signer, found) -> None:
    case = docket(MADE + SIGNED % signer, guardians=(person, MOTHER))
    act = case.progress(case.case.guardians[0], date(2026, 3, 16)).act("责令")
    assert act is not None
    (service,) = act.services
    assert [code for code, _ in (*service.faults, *service.doubts)] == found


def test_an_old_debt_of_the_dead_asks_about_his_estate_and_owes_no_day_of_his_own() -> None:
    late = father("下落: 死亡, 下落日期: 2026-07-20")
    assert "PROC195" in codes(
        may("demand-letter", "2026-08-03", DECIDED, guardians=(late,)), "须说明理由"
    )
    told = standing("2026-08-03", DECIDED, guardians=(late,))
    assert {due.bound for due in told.due} <= {"机关", "法院"}


def test_papers_to_nobody_by_name_go_to_who_is_left() -> None:
    history = ABSENT + "- {日期: 2026-03-12, 事项: 批评教育, 承办人: [普文清, 段晓岚]}\n"
    both = (DEAD, MOTHER)
    assert may("admonition", DAY, history, "", guardians=both).verdict in ("通过", "提醒")
    made = papers(DAY, ABSENT, "order-to-correct", guardians=(DEAD, MOTHER), reason="")
    assert made and all(MOTHER in name for name in made)
    report = papers(DAY, ABSENT, "dropout-report", guardians=(DEAD, MOTHER))
    assert all(FATHER not in text and MOTHER in text for text in report.values())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026年1月去世", "下落: 死亡，下落说明: 2026年1月去世。再写一行 下落日期"),
        ("法院宣告无民事行为能力", "监护状况: 无民事行为能力，监护状况日期"),
        ("监护资格已被撤销", "监护状况: 资格已撤销，监护状况日期"),
        ("没有被撤销监护资格", ""),
        ("祖父被认定无民事行为能力", ""),
    ],
)
def test_an_old_file_is_told_which_keys_to_write(old: str, new: str) -> None:
    text = case_text(ABSENT, guardians=(father(f"下落: {old}"),))
    (told,) = read_model(Case, parse_yaml(text, "案件.yaml")[0])[1]
    assert told.code == "CASE073" and new in told.hint
    assert ("监护状况" in told.hint) == ("监护状况" in new)


@pytest.mark.parametrize("person", [DEAD, REVOKED, OVER, INCAPABLE])
def test_nobody_is_presented_as_guardian_who_is_none(person: str) -> None:
    alone = docket(ABSENT, guardians=(person,))
    both = docket(ABSENT, guardians=(person, MOTHER))
    day = date.fromisoformat(DAY)
    assert case_facts(alone, day)["全部监护人"] == ()
    assert [one["姓名"] for one in case_facts(both, day)["全部监护人"]] == [MOTHER]


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("下落: 下落不明, 下落日期: 2020-01-01, 下落说明: 法院已宣告死亡", "下落: 死亡"),
        ("备注: 2026年1月病故", "下落: 死亡"),
        ("备注: 父亲2026年1月病故", "下落: 死亡"),
        ("下落: 在家, 下落说明: 正在望川监狱服刑", "下落: 服刑"),
        ("监护状况说明: 2025年法院判决撤销监护人资格", "监护状况: 资格已撤销"),
        ("监护状况说明: 见法院文书", "监护状况: "),
        ("备注: 2024年被认定为无民事行为能力人", "监护状况: 无民事行为能力"),
    ],
)
def test_an_end_told_elsewhere_asks_for_the_choice(keys: str, chosen: str) -> None:
    person = PEOPLE[FATHER].removesuffix("}") + f", {keys}}}"
    _, problems = read(ABSENT, guardians=(person,))
    told = [p for p in problems if p.code == "CASE086"]
    assert [p.severity for p in told] == ["warning"]
    assert chosen in told[0].hint and told[0].place and told[0].place.line


@pytest.mark.parametrize(
    "keys",
    [
        "备注: 祖父2026年1月病故",
        "备注: 妻子已去世",
        "下落: 在家, 下落说明: 曾经下落不明",
        "下落: 外出, 下落说明: 在昆明务工",
        "下落: 在家, 下落说明: 2025年刑满释放",
        "下落: 下落不明, 下落说明: 母亲准备申请宣告死亡",
        "下落: 服刑, 下落说明: 先在看守所羁押",
        "下落: 死亡, 下落日期: 2026-01-10, 下落说明: 2026年1月病故",
        "监护状况: 资格已撤销, 监护状况日期: 2025-01-10, 监护状况说明: 法院判决撤销监护人资格",
        "备注: 妹妹拟申请撤销他的监护人资格",
    ],
)
def test_other_words_about_a_guardian_ask_for_nothing(keys: str) -> None:
    person = PEOPLE[FATHER].removesuffix("}") + f", {keys}}}"
    assert "CASE086" not in [p.code for p in read(ABSENT, guardians=(person,))[1]]


@pytest.mark.parametrize(
    ("note", "asked"), [("普正华2026年1月病故", 1), ("孩子祖父病故", 0), ("普正华在昆明务工", 0)]
)
def test_the_note_of_the_case_is_read_where_it_names_the_guardian(note: str, asked: int) -> None:
    _, problems = read(ABSENT, more=f"备注: {note}\n")
    assert [p.code for p in problems].count("CASE086") == asked


IN_PRISON = PEOPLE[MOTHER].replace("}", ", 下落: 服刑, 下落日期: 2026-02-01}")
GRANDMOTHER = "受托照护人: [{姓名: 普阿婆, 关系: 祖母}]\n"


@pytest.mark.parametrize(
    ("people", "more", "first"),
    [
        ((DEAD, IN_PRISON), "", ["立即报告民政（无人照料）"]),
        ((DEAD,), "", ["立即报告民政（无人照料）"]),
        ((INCAPABLE, IN_PRISON), "", ["立即报告民政（无人照料）"]),
        ((DEAD, MOTHER), "", []),
        ((DEAD, IN_PRISON), GRANDMOTHER, []),
    ],
)
def test_where_nobody_is_left_the_civil_affairs_office_is_told_first(people, more, first) -> None:
    told = stand(docket(ABSENT, guardians=people, more=more), date.fromisoformat(DAY))
    assert [due.what for due in told.urgent] == first
    assert [due.what for due in told.due[: len(first)]] == first
    assert not [due for due in told.due if due.guardian == FATHER]


LONG_IN_PRISON = PEOPLE[MOTHER].replace("}", ", 下落: 服刑, 下落日期: 2024-01-01}")
DANGER = "危险情形: [{种类: 无人照料, 发现日期: 2026-03-05, 依据: 村委会反映}]\n"


@pytest.mark.parametrize("person", [LONG_IN_PRISON, IN_PRISON])
def test_nobody_is_said_to_have_found_what_only_follows(person: str) -> None:
    """A mother in prison since long before: who looks after the child is asked, no day invented."""
    (told,) = (p for p in checked(DAY, ABSENT, guardians=(person,)) if "民政" in (p.hint or ""))
    assert told.code == "PROC537" and "发现" not in told.message and "服刑" in told.message
    assert "谁在照看孩子" in told.hint and "立即报告民政" in told.hint
    standing_now = stand(docket(ABSENT, guardians=(person,)), date.fromisoformat(DAY))
    assert [due.by for due in standing_now.urgent] == [date(2026, 3, 2)]


def test_the_letter_names_no_day_on_which_nobody_found_it() -> None:
    letters = papers(DAY, ABSENT, "referral", guardians=(LONG_IN_PRISON,))
    text = "".join(letters.values())
    assert "2024年1月1日" not in text and "2026年3月2日，我单位" not in text
    assert "我单位得知下列情况：案件写明的监护人：李桂仙（服刑）" in text
    found = papers(DAY, ABSENT, "referral", guardians=(LONG_IN_PRISON,), more=DANGER)
    assert "2026年3月5日，我单位得知下列情况：村委会反映" in "".join(found.values())


def test_what_somebody_found_is_told_with_its_day() -> None:
    found = checked(DAY, ABSENT, guardians=(LONG_IN_PRISON,), more=DANGER)
    assert "PROC537" not in [p.code for p in found]
    (told,) = (p for p in found if p.code == "PROC340")
    assert told.message.startswith("2026-03-05 发现「无人照料」")


def test_with_a_carer_nothing_is_asked() -> None:
    found = checked(DAY, ABSENT, guardians=(LONG_IN_PRISON,), more=GRANDMOTHER)
    assert not {"PROC340", "PROC537"} & {p.code for p in found}
