"""A case is found by its number, its file or a name in it; where several are meant, each command
that chooses is told.
"""

import io
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest

from kcbx_docs.cli import options
from kcbx_docs.cli.finding import files_to_choose, in_place_of
from kcbx_docs.cli.show import ordered, print_problems
from kcbx_docs.problems import Place, Problem, as_warning, notes_last, problem, with_subject
from tests.cli.ladder import add_case, make_office
from tests.cli.office import run
from tests.procedure.world import ABSENT, FATHER, MOTHER

pytestmark = pytest.mark.alike
DAY = ("--as-of", "2026-01-12")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two cases of one family; the mother stands in the second alone."""
    folder = make_office(tmp_path)
    add_case(folder, ABSENT, "2026-001")
    add_case(folder, ABSENT, "2026-002", "老二", guardians=(FATHER, MOTHER))
    return folder


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("2026-001", "2026-001"),
        ("2026-002", "2026-002"),
        ("老二", "2026-002"),
        ("老二.yaml", "2026-002"),
        (MOTHER, "2026-002"),
        ("李 桂仙", "2026-002"),
        ("cases/老二.yaml", "2026-002"),
        ("cases\\老二.yaml", "2026-002"),
    ],
)
def test_a_word_that_means_one_case_is_enough(office: Path, word: str, number: str) -> None:
    done = run(office, "next", word, *DAY)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"案件 {number}　")


def test_where_several_are_meant_each_command_that_chooses_works(office: Path) -> None:
    done = run(office, "next", FATHER, *DAY, "--why")
    assert done.exit_code == 1 and "[NEXT001]" in done.stderr and "改好后再运行" not in done.stderr
    told = [line.partition("　")[0] for line in done.stderr.splitlines() if "  kcbx " in line]
    assert len(told) == 2
    for line in told:
        assert "--why" in line and run(office, *shlex.split(line)[1:]).exit_code == 0


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("2026-0", ["2026-001", "2026-002"]),
        ("002", ["2026-002"]),
        ("桂仙", ["2026-002"]),
        ("老", ["2026-002"]),
        (FATHER[1:], ["2026-001", "2026-002"]),
    ],
)
def test_a_part_of_a_number_or_name_lists_what_it_may_mean(
    office: Path, word: str, numbers: list[str]
) -> None:
    """A part alone decides nothing, also where only one file has it."""
    said = run(office, "next", word, *DAY).stderr
    assert "[NEXT007]" in said and f"有 {len(numbers)} 个" in said and "改好后再运行" not in said
    told = [line for line in said.splitlines() if "  kcbx next cases/" in line]
    assert [line.partition("（")[2][:8] for line in told] == numbers
    assert "[NEXT002]" in run(office, "next", f"{word}没有").stderr


@pytest.mark.parametrize(("seconds", "shown"), [(0.0, False), (4.0, True)])
def test_what_is_done_at_once_shows_no_bar(
    monkeypatch: pytest.MonkeyPatch, seconds: float, shown: bool
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", screen)
    now = iter([0.0, *[seconds] * 9])
    monkeypatch.setattr(options, "time", SimpleNamespace(monotonic=lambda: next(now)))
    with options.spinning(quiet=False) as progress:
        progress("责令"), progress("送达回证")
    assert ("送达回证" in screen.getvalue()) is shown and bool(screen.getvalue()) is shown


def test_what_nothing_is_called_is_told_with_what_is_near(office: Path) -> None:
    done = run(office, "next", "2026-003", *DAY)
    assert done.exit_code == 1
    assert "[NEXT002] 找不到「2026-003」" in done.stderr and "是不是「2026-00" in done.stderr


def test_a_path_is_taken_as_a_path(office: Path) -> None:
    assert "cases/没有.yaml: [READ001]" in run(office, "next", "cases/没有.yaml", *DAY).stderr
    (office / "2026-001").mkdir()
    assert run(office, "check", "2026-001").stdout.startswith("检查了 0 个文件")


def test_a_folder_of_papers_is_called_like_its_case(office: Path) -> None:
    (office / "output/2026-001").mkdir(parents=True)
    inside = run(office / "output", "next", "2026-001", *DAY)
    assert inside.stdout.startswith("案件 2026-001") and inside.exit_code == 0
    empty = run(office, "next", "output", *DAY)
    assert empty.exit_code == 1 and "[NEXT010] 「output」里面没有案件" in empty.stderr


def test_above_an_office_nobody_is_told_to_make_another(tmp_path: Path) -> None:
    make_office(tmp_path / "甲镇")
    told = run(tmp_path, "issue", "2026-001", "--doc", "责令限期改正通知书")
    assert "[CLI113] 这里不是工作目录；下面的文件夹「甲镇」是。 先运行 cd 甲镇，" in told.stderr
    assert "kcbx init" not in told.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("check", "2026-001", *DAY),
        ("log", "2026-001"),
        ("service", "plan", "2026-001", *DAY),
        ("paper", "list", "2026-001"),
        ("dossier", "2026-001", "--check", *DAY),
        ("issue", "2026-001", "--doc", "责令限期改正通知书", "--check", *DAY),
    ],
    ids=lambda words: words[0],
)
def test_every_command_that_takes_a_case_finds_it(office: Path, words: tuple[str, ...]) -> None:
    said = run(office, *words).output
    assert "[NEXT002]" not in said and "[READ001]" not in said and "CLI001" not in said


def test_the_command_to_be_typed_again_names_the_file(office: Path) -> None:
    """Who copies it gets the same file, whatever else is called so by then."""
    done = run(office, "render", MOTHER, "--doc", "没有的文书", *DAY)
    assert done.exit_code == 1
    assert "改好后再运行：kcbx render cases/老二.yaml --doc 没有的文书" in done.stderr


def test_outside_a_workspace_a_word_is_a_file(tmp_path: Path) -> None:
    said = run(tmp_path, "next", "2026-001").stderr
    assert "2026-001: [PAPR009]" in said and "kcbx init" in said


def test_a_reminder_that_is_the_same_for_several_cases_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its papers and cases are named; what stands in a line, and every error, stays by itself."""
    same = [
        with_subject(
            problem(
                "PROC192", Place(f"cases/{n}.yaml"), place="云岭县", name="支持起诉", reason=""
            ),
            "《支持起诉意见书》",
        )
        for n in (1, 2)
    ]
    lines = [problem("CASE037", Place("cases/1.yaml", n), who="监护人") for n in (5, 6)]
    wrong = [problem("READ001", Place(f"cases/{n}.yaml"), file="某") for n in (1, 2)]
    print_problems([*map(as_warning, same), *lines, *wrong], err=False)
    told = capsys.readouterr().out
    assert told.count("[PROC192]") == 1
    assert (
        "cases/1.yaml（《支持起诉意见书》）、cases/2.yaml（《支持起诉意见书》）: [PROC192]" in told
    )
    assert told.count("[CASE037]") == told.count("[READ001]") == 2


def test_who_names_no_file_is_shown_which_there_are(office: Path) -> None:
    """Cases where a case is wanted, batches where a batch is."""
    (office / "cases/开学.yaml").write_text("批次: 开学\n", "utf-8")
    cases, batches = run(office, "next").stderr, run(office, "slips", "remind").stderr
    assert "kcbx next cases/2026-001.yaml" in cases and "开学" not in cases
    assert "kcbx slips remind cases/开学.yaml" in batches and "2026-001" not in batches
    assert "kcbx init ." in run(office, "init").stderr


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("案件、工作、线索文件…", ["约谈-01.yaml", "线索-01.yaml"]),
        ("案件文件", []),
        ("文件…", ["约谈-01.yaml", "线索-01.yaml", "秋季.yaml"]),
    ],
    ids=["next", "log", "render"],
)
def test_without_a_file_those_of_the_fitting_kinds_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, offered: list[str]
) -> None:
    folder = make_office(tmp_path)
    for name, first in (
        ("约谈-01", "工作: 约谈"),
        ("线索-01", "线索: 疑似辍学"),
        ("秋季", "批次: 秋季"),
    ):
        (folder / f"cases/{name}.yaml").write_text(first + "\n", "utf-8")
    monkeypatch.chdir(folder)
    told = files_to_choose(("kcbx", "next"), wanted)
    assert [
        name for name in ("约谈-01.yaml", "线索-01.yaml", "秋季.yaml") if name in told
    ] == offered
    assert ("kcbx new 案件" in told) is (not offered)


def test_what_an_option_was_given_is_no_file() -> None:
    words = ("service", "record", "韦小强", "--to", "韦小强", "签收人=韦小强")
    told = in_place_of("韦小强", "cases/1.yaml", words)
    assert told == ("service", "record", "cases/1.yaml", "--to", "韦小强", "签收人=韦小强")
    assert in_place_of("韦小强", "1.yaml", ("check", "--json", "韦小强"))[-1] == "1.yaml"


def test_a_name_with_one_wrong_character_is_asked_about(office):
    assert f"是不是「{FATHER}」" in run(office, "next", f"{FATHER[:-1]}化").stderr


def test_what_needs_no_mending_comes_last_in_its_file_and_else_lines_count() -> None:
    told = [("甲", 7, "note"), ("甲", 30, "error"), ("甲", 9, "warning"), ("乙", 2, "error")]
    found = [Problem("CASE001", severity, "", place=Place(f, n)) for f, n, severity in told]
    lines = [(one.place.file, one.place.line) for one in ordered(found)]
    assert lines == [("甲", 9), ("甲", 30), ("甲", 7), ("乙", 2)]
    assert [one.place.line for one in notes_last(found)] == [30, 9, 2, 7]
