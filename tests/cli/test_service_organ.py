"""A paper for an organ: whether the school's report, a letter, a referral got there."""

import json
from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.ledger.book import open_book
from tests.cli.office import run
from tests.cli.test_issue_letter import FILE, LETTER, NUMBER
from tests.kinds.world import ABSENT, BUREAU, FATHER, MADE, TOWN, case_text, workspace

pytestmark = pytest.mark.alike

CASE, REPORT = "cases/案件.yaml", "青中报〔2026〕1号"
NOTED = ABSENT.replace("事项: 书面报告,", f"事项: 书面报告, 文号: {REPORT},")
RECORD = ("service", "record", CASE, "--doc", "学校书面报告", "--to", BUREAU)
BY_HAND = ("--method", "直接", "--day", "2026-03-10", "签收人=办公室李某")
LEFT = ("--method", "留置", "--day", "2026-03-10", "拒收原因=不收", "影像资料=录像一")
BACK = ("--method", "邮寄", "--day", "2026-03-12", "结果=未送达", "原因=退回，地址不详")
DAY = ("--as-of", "2026-03-20")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path, text=case_text(NOTED))
    return tmp_path


def told(folder: Path, *words: str, ok: int = 0) -> dict[str, Any]:
    done = run(folder, *words, *DAY, "--json")
    assert done.exit_code == ok, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def codes(answer: dict[str, Any]) -> list[str]:
    return [one["code"] for one in answer["problems"]]


def test_an_organ_got_the_report_and_both_tell_of_it_once(town: Path) -> None:
    done = told(town, *RECORD, *BY_HAND)
    assert (done["organ"], done["received"], codes(done)) == (BUREAU, "2026-03-10", [])
    assert told(town, *RECORD, *BY_HAND)["again"]
    assert codes(told(town, *RECORD, *BY_HAND[:3], "2026-03-11", ok=1)) == ["SERV005"]
    rows = told(town, "service", "list", CASE)["services"]
    assert [(one["guardian"], one["state"]) for one in rows] == [(BUREAU, "已送达")]


@pytest.mark.parametrize(("typed", "code"), [("2026-03-11", "SERV060"), ("2026-03-10", "")])
def test_the_receipt_that_the_file_writes_must_be_that_of_the_ledger(
    town: Path, typed: str, code: str
) -> None:
    report = f"书面报告, 文号: {REPORT},"
    text = case_text(NOTED).replace(report, f"{report} 签收日期: {typed},")
    (town / CASE).write_text(text, "utf-8")
    answer = told(town, *RECORD, *BY_HAND, ok=int(bool(code)))
    assert codes(answer) == ([code] if code else [])
    assert (town / "台账").exists() is not bool(code)


def test_a_file_that_is_changed_afterwards_is_told(town: Path) -> None:
    told(town, *RECORD, *BY_HAND)
    report = f"书面报告, 文号: {REPORT},"
    text = case_text(NOTED).replace(report, f"{report} 签收日期: 2026-03-16,")
    (town / CASE).write_text(text, "utf-8")
    said = run(town, "check", CASE, *DAY[:0]).output
    assert "[SERV060]" in said and "台账第 2 条" in said


def test_what_did_not_arrive_is_told_until_it_does(town: Path) -> None:
    other = (*RECORD[:-1], TOWN)
    told(town, *RECORD, *BACK)
    assert "没有送到" not in run(town, "next", CASE, *DAY).stdout, "the town may have got it"
    told(town, *other, *BACK)
    assert f"没有送到{BUREAU}（2026-03-12，退回，地址不详）" in run(town, "next", CASE, *DAY).stdout
    told(town, *other, *BY_HAND[:3], "2026-03-13", "签收人=李某")
    assert "没有送到" not in run(town, "next", CASE, *DAY).stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--to", BUREAU, "--method", "转交", "--day", "2026-03-10", "受托机关=甲"), "CASE043"),
        (("--to", BUREAU, "--method", "留置", "--day", "2026-03-10", "拒收原因=不收"), "CASE043"),
        (("--to", BUREAU, *LEFT, "拒收人=其他人"), "SERV070"),
        (("--to", BUREAU, "--method", "直接", "--day", "2026-03-08"), "CASE060"),
        (("--to", BUREAU, "--method", "直接", "--day", "2026-03-21"), "CASE054"),
        (("--to", BUREAU, "--method", "邮寄", "--day", "2026-03-10", "邮件单号=1"), "CASE043"),
        (("--to", "普正花", "--method", "直接", "--day", "2026-03-10"), "SERV002"),
        (("--to", BUREAU, "--number", "青中报〔2026〕9号", *BY_HAND), "SERV061"),
    ],
)
def test_what_cannot_be_is_not_recorded(town: Path, words: tuple[str, ...], code: str) -> None:
    which = () if "--number" in words else ("--doc", "学校书面报告")
    assert code in codes(told(town, "service", "record", CASE, *which, *words, ok=1))
    assert not (town / "台账").exists()


def test_a_visit_that_is_only_noted_is_not_called_issued(town: Path) -> None:
    to = ("--to", "云岭县教育局", "--number", "青中报〔2026〕9号", *BY_HAND)
    (said,) = told(town, "service", "record", CASE, *to, ok=1)["problems"]
    assert f"是不是「{BUREAU}」？制发过的有：《学校书面报告》{REPORT}。" in said["hint"]
    assert "还没有制发的：《劝返记录》" in said["hint"]


def test_what_an_organ_refused_is_left_at_its_office(town: Path) -> None:
    """民诉解释 130 I: who answers for its mail refused; the doubt lasts until he is named."""
    unsaid = told(town, *RECORD, *LEFT, "拒收人=单位负责收件的人")
    assert (unsaid["received"], codes(unsaid)) == ("2026-03-10", ["SERV073"])
    assert unsaid["lacking"] == [["送达回证"], ["照片录像"]]
    seq, why = str(unsaid["seq"]), ("--reason", "普文清：照送达回证补写地点")
    assert codes(told(town, "service", "correct", CASE, seq, "地点类别=住所", *why)) == []
    (line,) = told(town, "service", "list", CASE)["services"]
    assert (line["guardian"], line["state"]) == (BUREAU, "已送达")


def test_what_is_odd_is_recorded_and_told(town: Path) -> None:
    court = ("service", "record", CASE, "--doc", "学校书面报告", "--to", "云岭县人民法院")
    assert codes(told(town, *court, *BY_HAND)) == ["SERV063"]
    near = (*court[:-1], BUREAU[:3] + BUREAU[4:])
    (doubt,) = told(town, *near, *BY_HAND)["problems"]
    assert doubt["hint"].startswith(f"是不是「{BUREAU}」？")
    unsigned = told(town, *RECORD, *BY_HAND[:4])
    assert codes(unsigned) == ["SERV064"]


def test_an_organ_may_get_a_copy_of_what_a_guardian_gets(town: Path) -> None:
    (town / CASE).write_text(case_text(MADE), "utf-8")
    school = ("--doc", "责令限期改正通知书", "--to", "云岭县青石中学")
    done = told(town, "service", "record", CASE, *school, "--method", "直接", "--day", "2026-03-13")
    assert done["received"] == "2026-03-13"
    assert "责令待送达" in run(town, "next", CASE, *DAY).stdout, "the father has not got it"


def test_a_letter_goes_to_each_organ_it_is_for(town: Path) -> None:
    (town / FILE).write_text(f"{LETTER}抄送: [云岭县青石镇人民政府]\n", "utf-8")
    assert codes(told(town, "service", "record", FILE, "--to", "甲局", *BY_HAND, ok=1)) == [
        "SERV061"
    ]
    assert run(town, "issue", FILE).exit_code == 0
    first, second, copied = (one["organ"] for one in told(town, "service", "plan", FILE)["organs"])
    said = run(town, "service", "plan", FILE).stdout
    assert f"{NUMBER} 抄送 {copied}" in said and f"{NUMBER} 送给 {first}" in said
    brought = ("--method", "直接", "--day", "2026-03-11", "签收人=收发室")
    assert not codes(told(town, "service", "record", FILE, "--to", copied, *brought))
    sent = ("--method", "邮寄", "邮件单号=1", "承运单位=中国邮政")
    posted = ("--day", "2026-03-11", "结果=在途", "交寄日期=2026-03-11")
    told(town, "service", "record", FILE, "--to", first, *sent, *posted)
    (one, other) = told(town, "service", "plan", FILE)["organs"]
    assert (one["on_its_way"], other["organ"]) == (True, second)
    got = ("--day", "2026-03-14", "签收日期=2026-03-14", "签收人=收发室")
    done = told(town, "service", "record", FILE, "--to", first, *sent, *got)
    assert (done["case"], done["number"]) == ("公文/协查函", NUMBER)
    assert [one["organ"] for one in told(town, "service", "plan", FILE)["organs"]] == [second]
    told(town, "service", "record", FILE, "--to", FATHER, *brought)
    listed = [one["guardian"] for one in told(town, "service", "list", FILE)["services"]]
    assert FATHER in listed, "what was recorded is listed, whoever a letter went to"
    why = ("--reason", "普文清：不要了")
    assert "[ISSU043]" in run(town, "paper", "void", FILE, "--number", NUMBER, *why).stderr


def test_an_error_is_mended_by_a_correction_with_a_reason(town: Path) -> None:
    seq = str(told(town, *RECORD, *BY_HAND)["seq"])
    words = ("service", "correct", CASE, seq, "日期=2026-03-11", "--reason", "普文清：看错了日期")
    assert told(town, *words)["received"] == "2026-03-11"
    kinds = [one.kind for one in open_book(town / "台账").events()]
    assert kinds == ["建册", "送达", "更正送达"]
    assert told(town, *RECORD, *BY_HAND[:3], "2026-03-11")["again"]


def test_an_organ_that_gets_it_electronically_confirms_no_address(town: Path) -> None:
    words = ("--method", "电子", "--day", "2026-03-10", "送达地址=公文交换", "到达日期=2026-03-10")
    done = told(town, *RECORD, *words)
    assert (done["lacking"], codes(done)) == ([["发送截屏", "到达记录"]], [])
    (line,) = told(town, "service", "list", CASE)["services"]
    assert line["lacking"] == [["发送截屏", "到达记录"]]


def test_a_guardian_is_served_as_before(town: Path) -> None:
    (town / CASE).write_text(case_text(MADE), "utf-8")
    words = (
        "--doc",
        "责令限期改正通知书",
        "--to",
        FATHER,
        "--method",
        "直接",
        "--day",
        "2026-03-13",
    )
    done = told(town, "service", "record", CASE, *words, "承办人=普文清、段晓岚")
    assert done["counts_from"] == "2026-03-13"
