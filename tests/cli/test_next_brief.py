"""What ``kcbx next`` tells first, what it tells once, and that all of it fits on a screen."""

import json
import shlex
from pathlib import Path

import pytest

from kcbx_docs.cli.chinese import hanging
from kcbx_docs.cli.next_alike import OTHER, SELF, in_common, parties_of
from tests.cli.office import copy_samples, run
from tests.cli.test_next_commands import BOTH, DANGER, FILED, ORDERED, STORIES
from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, OVERDUE, case_text, workspace

pytestmark = pytest.mark.alike
CASE = "cases/案件.yaml"


def told(folder: Path, history: str, day: str, *words: str, **changes: object) -> str:
    changes.setdefault("guardians", BOTH)
    workspace(folder, text=case_text(history, **changes))  # type: ignore[arg-type]
    done = run(folder, "next", CASE, "--as-of", day, *words)
    assert "CLI001" not in done.output
    return done.stdout


def screen(text: str) -> list[str]:
    """The lines of a terminal of eighty columns."""
    lines: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        lines += hanging(line, "", 80) if line else [""]
    return lines


@pytest.mark.parametrize(
    ("history", "day", "today", "nearest", "kept"),
    [
        (ABSENT, "2026-03-12", "责令限期改正", "没有", "没有"),
        (
            ORDERED.rpartition("- {日期: 2026-03-25")[0],
            "2026-03-16",
            "没有；2026-03-24 起期满核查（还有8天）",
            "2026-03-23（还有7天）　当事人：改正期限",
            "立案：处罚依据以逾期不改为前提，责令还没有送达期满",
        ),
        (ORDERED, "2026-03-26", "由人决定：立案、当场处罚", "没有", "没有"),
        (
            FILED,
            "2026-04-03",
            "询问（普正华）；由人决定：立案、当场处罚（李桂仙）",
            "2026-06-25（还有83天）　机关：立案到处罚决定（普正华）",
            "没有",
        ),
    ],
    ids=["报告了", "责令期内", "责令期满", "一人立案"],
)
def test_three_lines_come_first(
    tmp_path: Path, history: str, day: str, today: str, nearest: str, kept: str
) -> None:
    lines = told(tmp_path, history, day).split("\n")
    assert lines[1:4] == [f"今天要做：{today}", f"最近期限：{nearest}", f"被挡住的：{kept}"]


def test_what_the_law_keeps_back_is_among_the_three(tmp_path: Path) -> None:
    without = OFFICE.partition("处罚依据:")[0]
    workspace(tmp_path, without, case_text(ORDERED, guardians=BOTH))
    lines = run(tmp_path, "next", CASE, "--as-of", "2026-03-26").stdout.split("\n")
    assert lines[1] == "今天要做：由人决定：怎样接着办（再劝返、核查、起诉等）"
    assert lines[3].startswith("被挡住的：立案：没有登记本地的处罚依据")
    assert lines[3].endswith("；还有当场处罚")


def test_a_danger_is_the_first_thing_to_do(tmp_path: Path) -> None:
    shown = told(tmp_path, OVERDUE, "2026-03-26", guardians=(FATHER,), more=DANGER)
    assert shown.split("\n")[1].startswith("今天要做：立即报告公安")
    assert "  kcbx log cases/案件.yaml 移送" in shown
    assert "--doc '移送、通报函'" not in shown, "the letter is issued when its event is written"


def test_two_guardians_after_the_order_ran_out_fit_on_a_screen(tmp_path: Path) -> None:
    lines = screen(told(tmp_path, ORDERED, "2026-03-26"))
    assert len(lines) <= 30, "\n".join(lines)
    assert (
        sum("两名监护人相同，普正华（父亲）、李桂仙（母亲）：责令期满" in one for one in lines) == 1
    )
    assert sum("民事起诉 →" in one for one in lines) == 1
    assert not any("依据：" in one or "《行政处罚法》" in one for one in lines)


def test_the_suits_are_told_once_where_the_guardians_differ(tmp_path: Path) -> None:
    shown = told(tmp_path, FILED, "2026-04-03")
    own, _, shared = shown.partition("两名监护人一样的：")
    assert "普正华（父亲）：已立案" in own and "李桂仙（母亲）：责令期满" in own
    for step in ("民事起诉 →", "支持起诉 →", "建议申请撤销监护人资格 →"):
        assert step not in own and step in shared
    assert "立案 → 《立案审批表》" in own


def test_why_shows_articles_and_one_guardian_may_be_asked_for(tmp_path: Path) -> None:
    shown = told(tmp_path, FILED, "2026-04-03", "--why", "--guardian", MOTHER)
    assert "依据：《行政处罚法》第五十四条、《行政处罚法》第三十六条" in shown
    assert "普正华（父亲）" not in shown and "李桂仙（母亲）：责令期满" in shown
    assert "--doc 立案审批表 --guardian 李桂仙" in shown and "--guardian 普正华" not in shown


def test_of_one_guardian_json_tells_him_alone(tmp_path: Path) -> None:
    case = json.loads(told(tmp_path, FILED, "2026-04-03", "--json", "--guardian", FATHER))["cases"]
    assert [one["name"] for one in case[0]["guardians"]] == [FATHER]
    assert {one["guardian"] for one in case[0]["todos"]} == {FATHER}


def test_a_guardian_whom_nobody_knows_is_told(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(ABSENT, guardians=BOTH))
    done = run(tmp_path, "next", CASE, "--as-of", "2026-03-12", "--guardian", "普正花")
    assert done.exit_code == 1 and "[NEXT003]" in done.stderr and "是不是「普正华」" in done.stderr


def test_batches_and_letters_are_named_for_what_they_are(tmp_path: Path) -> None:
    office = copy_samples(tmp_path)
    shown = run(office, "next", "cases/通知.yaml", "cases/开学告知.yaml").stdout
    assert "cases/通知.yaml 是公文" in shown and "cases/开学告知.yaml 是批次" in shown
    listed = run(office, "status", "cases/通知.yaml", "--as-of", "2026-10-20").stdout
    assert "另有 1 个公文，没有步骤和期限。" in listed


def person(name: str, *reasons: str) -> dict[str, object]:
    return {
        "name": name,
        "relation": "父亲",
        "state": "责令期满",
        "allowed": [{"step": text[:1], "reason": text} for text in reasons],
    }


def test_texts_that_differ_in_names_only_are_told_without_them() -> None:
    people = [person("甲一", "甲一 和 乙二 的住址不同"), person("乙二", "乙二 和 甲一 的住址不同")]
    people = [
        {**one, "allowed": [{"step": "s", "reason": o["reason"]} for o in one["allowed"]]}
        for one in people
    ]  # type: ignore[attr-defined]
    (party,) = parties_of(people)
    assert party.told["allowed"][0]["reason"] == f"{SELF} 和 {OTHER} 的住址不同"


def test_guardians_of_whom_different_things_are_told_stand_apart() -> None:
    people = [person("甲一", "没有送达", "同一件事"), person("乙二", "已经送达", "同一件事")]
    parties = parties_of(people)
    assert [len(one.people) for one in parties] == [1, 1]
    assert [one["reason"] for one in in_common(parties, "allowed", people)] == ["同一件事"]


PRINTED = {
    "报告了": (ABSENT, "2026-03-12", BOTH, ""),
    "一个建议处罚一个不予处罚": (*STORIES["一个建议处罚一个不予处罚"], BOTH, ""),
    "危险没有报告": (OVERDUE, "2026-03-26", (FATHER,), DANGER),
}


@pytest.mark.parametrize("story", PRINTED)
def test_every_printed_command_works_when_it_is_copied(
    story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is the clerk's own; what ``log`` would ask on a terminal it lists here."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    history, day, people, more = PRINTED[story]
    office = tmp_path / "office"
    shown = told(office, history, day, guardians=people, more=more)
    lines = [line for line in shown.splitlines() if line.startswith("  kcbx ")]
    assert lines
    for line in lines:
        words = shlex.split(line.replace("姓名：理由", "普文清：照实说明"))[1:]
        form = ("--format", "docx") if words[0] == "render" else ()
        done = run(office, *words, *form, "--as-of", day)
        asked = words[0] == "log" and "[CASE040]" in done.stderr
        assert done.exit_code == 0 or asked, (line, done.output)
