"""kcbx render --reason: a named officer answers for a paper that is allowed only with a reason;
one guardian at a time.
"""

import json

import pytest

from tests.cli.ladder import add_case, make_office
from tests.cli.office import run
from tests.procedure.world import DECIDED, FATHER, FILED, MOTHER

RENDER = (
    "render",
    "cases/2026-001.yaml",
    "--doc",
    "payment-extension",
    "--as-of",
    "2026-04-08",
    "--format",
    "docx",
)


@pytest.fixture
def office(tmp_path):
    folder = make_office(tmp_path)
    add_case(folder, DECIDED)
    return folder


def manifest(office) -> dict:
    return json.loads((office / "output/2026-001/manifest.json").read_text("utf-8"))


def test_without_a_reason_the_paper_is_refused_with_the_article(office):
    done = run(office, *RENDER)
    assert (done.exit_code, (office / "output").exists()) == (1, False)
    assert (
        "须说明理由：经过里没有当事人申请延期或分期。依据：《行政处罚法》第六十六条第二款。"
        in done.stderr
    )


@pytest.mark.parametrize(
    "reason",
    ["普文清：家里遭了火灾，分三期缴", "李建川: 家里遭了火灾，分三期缴", "方志远 ： 家里遭了火灾"],
)
def test_an_officer_or_a_head_gives_the_reason_and_it_is_kept(office, reason):
    done = run(office, *RENDER, "--reason", reason)
    assert done.exit_code == 0, done.output
    assert manifest(office)["reason"] == reason
    assert "[PROC325] 提醒：" in done.stderr


@pytest.mark.parametrize(
    ("reason", "code", "says"),
    [
        ("家里遭了火灾", "CLI040", '--reason "张某：'),
        ("普文清：", "CLI040", "没有写全"),
        ("：家里遭了火灾", "CLI040", "没有写全"),
        ("普文清：可以", "CLI040", "没有写全"),
        ("普文青：家里遭了火灾", "CLI041", "是不是「普文清」？"),
        ("某某：家里遭了火灾", "CLI041", "可以写：普文清、段晓岚"),
        (
            "某某：家里遭了火灾",
            "CLI041",
            "先写进 kcbx.yaml：「执法人员」，或者「机关」的「负责人」",
        ),
        (f"{FATHER}：家里遭了火灾", "CLI041", "不能由他说明理由"),
    ],
)
def test_a_reason_of_nobody_in_particular_is_refused(office, reason, code, says):
    done = run(office, *RENDER, "--reason", reason)
    assert (done.exit_code, (office / "output").exists()) == (1, False)
    assert f"[{code}]" in done.stderr
    assert says in done.stderr


def test_what_is_forbidden_stays_forbidden(office):
    done = run(
        office,
        "render",
        "cases/2026-001.yaml",
        "--doc",
        "enforcement-application",
        "--as-of",
        "2026-04-08",
        "--reason",
        "普文清：领导催得急",
    )
    assert done.exit_code == 1
    assert "禁止：" in done.stderr


def test_a_paper_allowed_for_one_guardian_is_made_for_that_one(office):
    """The father's case was filed, the mother's was not:
    his notice is made, hers is told as a reminder.
    """
    add_case(office, FILED, guardians=(FATHER, MOTHER))
    done = run(
        office,
        "render",
        "cases/2026-001.yaml",
        "--doc",
        "penalty-notice",
        "--as-of",
        "2026-02-02",
        "--format",
        "docx",
    )
    assert done.exit_code == 0, done.output
    assert f"450-行政处罚事先告知书-{FATHER}" in done.stdout
    assert MOTHER not in done.stdout
    refused = f"（《行政处罚事先告知书》（{MOTHER}））: [PROC"
    assert any(
        line.startswith("cases/2026-001.yaml") and refused in line and "提醒：禁止：" in line
        for line in done.stderr.split("\n")
    )
    assert "提醒：提醒：" not in done.stderr


def test_json_names_the_paper_in_a_field_of_its_own(office):
    done = run(office, *RENDER, "--json")
    (told,) = (p for p in json.loads(done.stdout)["problems"] if p["code"] == "PROC325")
    assert told["subject"] == f"《延期（分期）缴纳罚款批准书》（{FATHER}）"
    assert told["message"].startswith("须说明理由：经过里没有")
    assert told["place"]["file"] == "cases/2026-001.yaml"
