"""One order for two guardians: handed to the mother; the father is not at home, his letter comes
back, a notice is posted. Every day was counted by hand.
"""

import json
from pathlib import Path

import pytest
from PIL import Image

from kcbx_docs.ledger.book import open_book
from tests.cli.office import run
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace

pytestmark = pytest.mark.alike

CASE = "cases/案件.yaml"
ORDER = "责令限期改正通知书"
LETTER = ("--method", "邮寄", "邮件单号=1000000000001", "承运单位=中国邮政")
NOTICE = ("公告媒介=村公告栏、住所", "原因=别的方式送不到")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    workspace(tmp_path, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    return tmp_path


def say(folder: Path, day: str, *words: str) -> dict:
    done = run(folder, *words, "--as-of", day, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def serve(folder: Path, day: str, who: str, *words: str) -> dict:
    return say(folder, day, "service", "record", CASE, "--doc", ORDER, "--to", who, *words)


def next_way(folder: Path, day: str) -> dict[str, str]:
    waiting = say(folder, day, "service", "plan", CASE)["waiting"]
    return {one["guardian"]: (one["next"] or {}).get("method", one["wait"]) for one in waiting}


def states(folder: Path, day: str) -> dict[str, str]:
    case = say(folder, day, "next", CASE)["cases"][0]
    return {one["name"]: one["state"] for one in case["guardians"]}


def test_an_order_reaches_two_people_in_different_ways(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    say(town, "2026-03-12", "issue", CASE, "--doc", ORDER)
    assert next_way(town, "2026-03-12") == {FATHER: "直接", MOTHER: "直接"}

    done = serve(town, "2026-03-13", MOTHER, "--method", "直接", "--day", "2026-03-13")
    assert [due["by"] for due in done["runs"]] == ["2026-03-23"], "ten days from the next"
    serve(
        *(town, "2026-03-13", FATHER, "--method", "直接", "--day", "2026-03-13"),
        *("结果=未送达", "原因=家中无人"),
    )
    assert next_way(town, "2026-03-14") == {FATHER: "邮寄"}
    sent = ("--day", "2026-03-16", "结果=在途", "交寄日期=2026-03-16")
    serve(town, "2026-03-16", FATHER, *LETTER, *sent)
    back = ("--day", "2026-03-24", "结果=未送达", "原因=退回，查无此人")
    serve(town, "2026-03-24", FATHER, *LETTER, *back)
    assert next_way(town, "2026-03-25") == {FATHER: "公告"}

    posted = ("--method", "公告", "--day", "2026-03-25", "公告日期=2026-03-25", *NOTICE)
    done = serve(town, "2026-03-25", FATHER, *posted)
    # Thirty days from 26 March end on 24 April; ten more on 4 May, a holiday until the 5th.
    assert done["counts_from"] == "2026-04-24"
    assert {due["what"]: due["by"] for due in done["runs"]} == {
        "公告期满": "2026-04-24",
        "改正期限": "2026-05-06",
    }
    assert states(town, "2026-04-24") == {FATHER: "责令期内", MOTHER: "责令期满"}
    assert states(town, "2026-04-23")[FATHER] == "责令待送达"
    assert states(town, "2026-05-07") == {FATHER: "责令期满", MOTHER: "责令期满"}

    events = open_book(town / "台账").events()
    issued = {one.data["guardian"]: one.seq for one in events if one.kind == "制发"}
    served = [one.data for one in events if one.kind == "送达"]
    assert [one["issue"] for one in served] == [issued[one["guardian"]] for one in served]
    assert len({one["number"] for one in served}) == 2


def test_a_paper_that_was_withdrawn_is_not_served(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    say(town, "2026-03-12", "issue", CASE, "--doc", ORDER, "--to", FATHER)
    number = open_book(town / "台账").events()[-1].data["number"]
    done = run(
        *(
            town,
            "paper",
            "withdraw",
            CASE,
            "--number",
            number,
            "--reason",
            "普文清：文书写错了孩子的学校",
        ),
        *("--day", "2026-03-13"),
    )
    assert done.exit_code == 0, done.output
    late = ("service", "record", CASE, "--number", number, "--to", FATHER, "--method", "直接")
    refused = run(town, *late, "--day", "2026-03-13", "--as-of", "2026-03-13", "--json")
    assert [one["code"] for one in json.loads(refused.stdout)["problems"]] == ["SERV003"]


def test_what_rests_on_a_service_without_its_proof_asks_for_a_reason(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    say(town, "2026-03-12", "issue", CASE, "--doc", ORDER, "--to", MOTHER)
    seq = serve(town, "2026-03-13", MOTHER, "--method", "直接", "--day", "2026-03-13")["seq"]
    assert "PROC135" in filing(town, "2026-03-26")
    Image.new("L", (9, 9)).save(town / "回证.png")
    say(town, "2026-03-26", "service", "proof", CASE, str(seq), "--file", "送达回证=回证.png")
    assert "PROC135" not in filing(town, "2026-03-26")


def filing(folder: Path, day: str) -> list[str]:
    """List what is said of opening a penalty case against the mother."""
    told = say(folder, day, "next", CASE)["cases"][0]["guardians"]
    [mother] = [one for one in told if one["name"] == MOTHER]
    steps = [*mother["allowed"], *mother["blocked"]]
    [step] = [one for one in steps if one["step"] == "filing"]
    return [finding["code"] for finding in step["findings"]]
