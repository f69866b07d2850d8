"""kcbx fix shows what it would mend, asks, writes, and tells what is left to people."""

import json

import pytest

from tests.cli.office import run

FILE = "cases/甲.yaml"


@pytest.fixture
def slipped(office):
    """Return the sample office with one case that has slips, and its right text."""
    right = (office / "cases/到责令.yaml").read_text("utf-8").replace("2026-001", "2026-901")
    wrong = right.replace("情形: ", "情形：").replace("关系: 父亲", "关系: 爸爸")
    assert wrong != right
    (office / FILE).write_text(wrong, "utf-8")
    return office, wrong, right


def on_a_terminal(monkeypatch):
    monkeypatch.setattr("kcbx_docs.cli.fix.sys", type("Sys", (), {"stdin": Tty, "stdout": Pipe}))


class Tty:
    isatty = staticmethod(lambda: True)


class Pipe:
    isatty = staticmethod(lambda: False)


def text(office):
    return (office / FILE).read_text("utf-8")


@pytest.mark.parametrize("words", [("--dry-run",), ("--dry-run", "--yes"), ()])
def test_it_only_shows_where_nobody_agreed(slipped, words):
    office, wrong, _ = slipped
    done = run(office, "fix", FILE, *words)
    assert done.exit_code == 1 and text(office) == wrong
    assert "\n-情形：辍学\n+情形: 辍学\n" in done.stdout and "\x1b" not in done.stdout
    assert ("没有写" in done.stderr) == (not words)


def test_with_yes_it_writes_and_a_second_run_has_nothing_to_do(slipped):
    office, _, right = slipped
    done = run(office, "fix", FILE, "--yes")
    assert done.exit_code == 0 and text(office) == right and f"已改好 {FILE}" in done.stdout
    again = run(office, "fix", FILE)
    assert again.exit_code == 0 and again.stdout.startswith("没有只有一种改法的错误。\n")


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_on_a_terminal_it_asks(slipped, monkeypatch, answer, code):
    office, wrong, right = slipped
    on_a_terminal(monkeypatch)
    done = run(office, "fix", FILE, answers=answer)
    assert done.exit_code == code or (not answer and done.exit_code)
    assert text(office) == (right if code == 0 else wrong)


def test_stopped_while_it_asks_or_writes_the_file_stays_whole(slipped, monkeypatch):
    office, wrong, _ = slipped

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kcbx_docs.writing.keep_names", stopped)
    monkeypatch.setattr("kcbx_docs.writing._keep", stopped)
    done = run(office, "fix", FILE, "--yes")
    assert done.exit_code == 130 and text(office) == wrong
    assert not [*(office / "cases").glob(".kcbx-*")]


def test_what_is_left_is_told_with_its_place(slipped):
    office, wrong, _ = slipped
    (office / FILE).write_text(wrong.replace("住校: 是", "住校: 有"), "utf-8")
    for words in (("--dry-run",), ("--yes",)):
        done = run(office, "fix", FILE, *words)
        line = wrong[: wrong.index("住校: 是")].count("\n") + 1
        assert done.exit_code == 1 and f"{FILE}:{line}:" in done.stdout.split("还要手工改的：")[1]
    assert text(office) == wrong.replace("情形：", "情形: ").replace("住校: 是", "住校: 有")


def test_slips_of_kcbx_yaml_that_it_would_mend_are_not_left_to_people(slipped):
    office, _, _ = slipped
    own = office / "kcbx.yaml"
    own.write_text(own.read_text("utf-8").replace("\n机关:\n", "\n机关：\n"), "utf-8")
    done = run(office, "fix", "kcbx.yaml", FILE, "--dry-run")
    assert done.exit_code == 1 and "\n+机关:\n" in done.stdout and "READ" not in done.stdout
    assert run(office, "fix", "kcbx.yaml", FILE, "--yes").exit_code == 0


@pytest.mark.parametrize("words", [(), ("--dry-run", "--yes"), ("--yes",)])
def test_as_json_it_asks_nothing_and_writes_only_with_yes(slipped, words):
    office, wrong, right = slipped
    done = run(office, "fix", FILE, "--json", *words)
    told, written = json.loads(done.stdout), words == ("--yes",)
    (mended,) = told["mended"]
    assert mended["file"] == FILE and mended["lines"][0]["before"] == "情形：辍学"
    assert mended["lines"][0]["after"] == "情形: 辍学"
    assert (done.exit_code, told["ok"], told["written"]) == (int(not written), written, written)
    assert text(office) == (right if written else wrong) and done.stderr == ""
    again = json.loads(run(office, "fix", FILE, "--json").stdout)
    assert (again["ok"], again["mended"] == []) == (written, written)


def test_as_json_what_is_left_to_people_is_a_problem(slipped):
    office, wrong, _ = slipped
    (office / FILE).write_text(wrong.replace("住校: 是", "住校: 有"), "utf-8")
    told = json.loads(run(office, "fix", FILE, "--json", "--yes").stdout)
    assert told["written"] and not told["ok"]
    assert [one["code"] for one in told["problems"] if one["severity"] == "error"] == [
        "TYPE011",
        "CASE094",
    ]
