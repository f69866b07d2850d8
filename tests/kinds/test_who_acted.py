"""Officers with certificates investigate, others lead the hearing, review and decide."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.check import check_files
from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.test_hearing_period import HELD
from tests.kinds.world import (
    FATHER,
    OFFICE,
    OVERDUE,
    TOLD,
    case_text,
    codes,
    docket,
    may,
    workspace,
)

KIND = Kind(
    "办案人员",
    "一个人或者没有证号的人询问，调查人员主持听证、自己审核、自己讨论，和当事人同名的人办案",
    (
        ("行政处罚法", "42", "1"),
        ("行政处罚法", "43", "1"),
        ("行政处罚法", "55", "1"),
        ("行政处罚法", "57", "2"),
        ("行政处罚法", "58", "1"),
        ("行政处罚法", "64"),
    ),
)
ASKED = "- {{日期: 2026-03-30, 事项: 询问, 对象: 普正华, 承办人: {who}}}\n"
DAY = "2026-04-28"
WITHIN = "2026-04-16"


def asked_by(who: str) -> str:
    filed, told = TOLD.split("- {日期: 2026-04-07", 1)
    return filed + ASKED.format(who=who) + "- {日期: 2026-04-07" + told


@pytest.mark.parametrize(
    ("who", "verdicts"),
    [
        ("[普文清, 段晓岚]", []),
        ("[普文清, 段晓岚, 李实习]", []),
        ("[普文清]", ["须说明理由"]),
        ("[普文清, 李实习]", ["须说明理由"]),
        ("[李实习, 王实习]", ["须说明理由"]),
    ],
    ids=["两名有证", "另有一名实习生", "一个人", "一名没有证", "都没有证"],
)
def test_two_certified_officers_ask_the_party(who: str, verdicts: list[str]) -> None:
    answer = may("penalty-decision", WITHIN, asked_by(who))
    assert [f.verdict for f in answer.findings if f.code == "PROC286"] == verdicts


@pytest.mark.parametrize(
    ("who", "twice"),
    [("[普文清, 普文清]", True), ("[普文清, 普 文清, 段晓岚]", True), ("[普文清, 段晓岚]", False)],
)
def test_who_is_written_twice_is_told_and_counts_once(who: str, *, twice: bool) -> None:
    history = asked_by(who)
    found = [p.code for p in contradictions(docket(history), date(2026, 4, 16))]
    assert ("PROC436" in found) is twice
    alone = "PROC286" in codes(may("penalty-decision", WITHIN, history), "须说明理由")
    assert alone is ("段晓岚" not in who)


@pytest.mark.parametrize(
    ("second", "enough"),
    [
        ("{姓名: 段晓岚, 证号: 云F0000002}", True),
        ("{姓名: 普文清, 证号: 云F0000001}", False),
        ("{姓名: 段晓岚, 证号: 云F0000001}", False),
    ],
    ids=["两个人", "同一个人", "同一个证号"],
)
def test_an_officer_listed_twice_is_one(tmp_path: Path, second: str, *, enough: bool) -> None:
    office = OFFICE.replace("{姓名: 段晓岚, 证号: 云F0000002}", second)
    found = codes(may("case-filing", "2026-03-27", OVERDUE, office=office), "禁止")
    assert ("PROC204" not in found) is enough
    path = workspace(tmp_path, office, case_text(OVERDUE))
    told = check_files([tmp_path / "kcbx.yaml", path], date(2026, 3, 27))
    assert ("WORK006" in [problem.code for problem in told]) is not enough


def test_one_teacher_may_persuade() -> None:
    """Persuasion is no enforcement."""
    assert "施文" in OVERDUE
    assert "PROC286" not in codes(may("case-filing", "2026-03-27", OVERDUE))


@pytest.mark.parametrize(
    ("chair", "found"),
    [("白法制", []), ("段晓岚", ["须说明理由"])],
    ids=["别的人", "调查人员"],
)
def test_the_chair_did_not_investigate(chair: str, found: list[str]) -> None:
    history = TOLD + HELD.replace("主持人: 白法制", f"主持人: {chair}")
    answer = may("penalty-decision", DAY, history)
    assert [f.verdict for f in answer.findings if f.code == "PROC287"] == found


def test_a_hearing_without_a_chair_is_asked_about() -> None:
    answer = may("penalty-decision", DAY, TOLD + HELD.replace(", 主持人: 白法制", ""))
    assert "PROC288" in codes(answer, "提醒")


@pytest.mark.parametrize(("name", "asked"), [("王听", False), ("段晓岚", True)])
def test_a_chair_in_brackets_is_asked_about_only_who_investigated(name: str, asked: bool) -> None:
    old = TOLD + HELD.replace("主持人: 白法制", f"参加人: [{name}（主持人）]")
    assert ("PROC288" in codes(may("penalty-decision", DAY, old))) is asked


def test_a_part_in_brackets_is_told_once_how_to_write_it() -> None:
    old = TOLD + HELD.replace("主持人: 白法制", "参加人: [段晓岚（主持人）]")
    found = [p for p in contradictions(docket(old), date(2026, 4, 28)) if p.code == "PROC422"]
    assert [p.severity for p in found] == ["warning"]
    assert "主持人: 段晓岚" in found[0].hint


@pytest.mark.parametrize(
    ("written", "found"),
    [("审核人: 段晓岚", True), ("参加人: 段晓岚", True), ("审核人: 白法制", False)],
)
def test_the_reviewer_did_not_investigate(written: str, *, found: bool) -> None:
    """The chair of the hearing may review."""
    history = TOLD + HELD.replace("审核人: 白法制", written)
    assert ("PROC423" in codes(may("penalty-decision", DAY, history), "提醒")) == found


@pytest.mark.parametrize(
    ("who", "found"), [("[普文清, 段晓岚]", True), ("[普文清, 李建川, 杨副镇长]", False)]
)
def test_those_who_investigated_do_not_decide_alone(who: str, *, found: bool) -> None:
    history = TOLD + f"- {{日期: 2026-04-16, 事项: 集体讨论, 参加人: {who}}}\n"
    assert ("PROC424" in codes(may("penalty-decision", WITHIN, history), "提醒")) == found


def test_an_officer_of_the_name_of_a_party_is_asked_about() -> None:
    namesake = asked_by(f"[{FATHER}, 段晓岚]")
    assert "PROC425" in codes(may("penalty-decision", WITHIN, namesake), "提醒")
    assert "PROC425" not in codes(may("penalty-decision", WITHIN, TOLD))
