"""A paper of management work leaves the house like any other: numbered, kept, brought to each."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.office import run
from tests.kinds.world import BUREAU, workspace

pytestmark = pytest.mark.alike

ONE, OTHER, COPY = "云岭县青石中学", "云岭县白沙中学", "云岭县人民政府教育督导室"
TALK = f"""\
工作: 约谈
承办机关: {BUREAU}
对象: [{{名称: {ONE}, 负责人: 沈国良}}, {OTHER}]
事由: 秋季学期辍学学生较多
日期: 2026-11-20
时间: "15:00"
地点: 局三楼会议室
问题: [{{内容: 没有一人一案, 要求: 做到一人一案, 期限: 2026-12-04}}]
抄送: [{COPY}]
"""
FILE, DAY = "cases/约谈.yaml", ("--as-of", "2026-11-12")
FIRST, SECOND = "云教体约〔2026〕1号", "云教体约〔2026〕2号"


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path, text="")
    (tmp_path / "cases/案件.yaml").unlink()
    (tmp_path / FILE).write_text(TALK, "utf-8")
    return tmp_path


def issued(folder: Path, *words: str) -> list[dict[str, Any]]:
    done = run(folder, "issue", FILE, "--doc", "约谈通知书", *DAY, *words, "--json")
    assert done.exit_code == 0, done.output
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def data(folder: Path, *words: str) -> Any:
    return json.loads(run(folder, *words, "--json").stdout)


def next_step(folder: Path) -> str:
    (work,) = data(folder, "next", FILE, *DAY)["cases"]
    return next(task["what"] for task in work["tasks"] if not task["done"])


def test_each_unit_gets_one_under_a_number_of_its_own_once(bureau: Path) -> None:
    told = issued(bureau)
    assert [(one["number"], one["guardian"]) for one in told] == [(FIRST, ONE), (SECOND, OTHER)]
    assert [one["id"] for one in issued(bureau)] == [one["id"] for one in told]
    file = bureau / told[0]["files"][0]["file"]
    kept = file.read_bytes()
    (bureau / FILE).write_text(TALK.replace("三楼", "二楼"), "utf-8")
    run(bureau, "render", FILE, "--format", "docx", *DAY)
    assert file.read_bytes() == kept


def test_the_step_is_done_when_every_unit_has_it_and_undone_when_one_is_withdrawn(
    bureau: Path,
) -> None:
    assert next_step(bureau) == "发出约谈通知书"
    issued(bureau, "--to", ONE)
    assert next_step(bureau) == "发出约谈通知书"
    issued(bureau, "--to", OTHER)
    assert next_step(bureau) == "约谈并制作记录"
    why = ("--reason", "普文清：这所学校改期另行约谈")
    assert run(bureau, "paper", "withdraw", FILE, "--number", SECOND, *why, *DAY).exit_code == 0
    assert next_step(bureau) == "发出约谈通知书"


def test_it_is_followed_to_each_and_the_registers_have_it(bureau: Path) -> None:
    issued(bureau)
    (bureau / FILE).write_text(TALK.replace("事由: 秋季", "事由: 春季"), "utf-8")
    how = ("--method", "直接", "--day", "2026-11-13", "签收人=收发室", "--as-of", "2026-11-13")
    assert (
        run(bureau, "service", "record", FILE, "--number", FIRST, "--to", ONE, *how).exit_code == 0
    )
    waiting = data(bureau, "service", "plan", FILE, "--as-of", "2026-11-14")["organs"]
    assert [(one["number"], one["organ"]) for one in waiting] == [
        (FIRST, COPY),
        (SECOND, OTHER),
        (SECOND, COPY),
    ]
    listed = data(bureau, "service", "list", "--as-of", "2026-11-14")["services"]
    assert {one["case"] for one in listed} == {"约谈"} and len(listed) == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--doc", "约谈通知书", "--to", "云岭县黑石中学"), "WORK060"),
        (("--doc", "约谈通知书", "--number", "云教体约〔2026〕9号"), "ISSU007"),
        (("--doc", "整改通知书"), "WORK051"),
        ((), "--doc"),
    ],
    ids=["别的学校", "一个号两份", "别的文书", "没有写文书"],
)
def test_what_cannot_be_issued_is_refused(bureau: Path, words: tuple[str, ...], code: str) -> None:
    done = run(bureau, "issue", FILE, *words, *DAY)
    assert done.exit_code != 0 and code in done.stderr


def test_a_number_that_the_file_gave_is_taken_and_none_is_given_twice(bureau: Path) -> None:
    made = f"制发: [{{文书: 约谈通知书, 日期: 2026-11-10, 文号: {FIRST}}}]\n"
    alone = TALK.replace(f", {OTHER}]", "]") + made
    (bureau / FILE).write_text(alone, "utf-8")
    (told,) = issued(bureau)
    assert (told["number"], told["day"]) == (FIRST, "2026-11-10")
    (bureau / "cases/又一件.yaml").write_text(TALK, "utf-8")
    done = run(bureau, "issue", "cases/又一件.yaml", "--doc", "约谈通知书", *DAY, "--json")
    assert [one["number"] for one in json.loads(done.stdout)] == [
        SECOND,
        FIRST.replace("1号", "3号"),
    ]
