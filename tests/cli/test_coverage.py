"""The page of the five places says what is made and what is not, by looking, not by promise."""

import shlex
from pathlib import Path

import click
import pytest

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.cli import kcbx
from kcbx_docs.cli.coverage import NONE, CoverageRow, CoveredPlace, read_places, read_rows, shown
from kcbx_docs.problems import UserError

MARKS = {"●", "○", NONE}


def place(pack: str) -> CoveredPlace:
    return next(one for one in read_places() if one.pack == pack)


def test_every_row_speaks_of_every_place_and_says_what_makes_it() -> None:
    for row in read_rows():
        assert len(row.marks) == len(read_places()), row.name
        assert set(row.marks) <= MARKS, row.name
        assert set(row.marks) != {NONE}, row.name
        assert row.documents or row.commands, row.name


def test_no_row_stands_twice() -> None:
    names = [row.name for row in read_rows()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (CoverageRow("甲", "●", {"visit-record": "劝返记录"}), "有"),
        (CoverageRow("甲", "●", {"no-such-paper": "没有的文书"}), "还没有"),
        (
            CoverageRow("甲", "●", {"visit-record": "劝返记录", "no-such-paper": "没有的文书"}),
            "部分",
        ),
        (CoverageRow("甲", "●", commands=["service record"]), "有"),
        (CoverageRow("甲", "●", commands=["check 案件"]), "有"),
        (CoverageRow("甲", "●", commands=["service 没有的命令"]), "还没有"),
        (CoverageRow("甲", "●", commands=["dance"]), "还没有"),
        (CoverageRow("甲", "●", {"visit-record": "劝返记录"}, steps=["no-such-step"]), "部分"),
    ],
)
def test_what_is_there_is_found_and_what_is_not_is_said(row: CoverageRow, state: str) -> None:
    assert shown(row, place("yunnan/wuhua")).state == state


def test_a_paper_bears_the_title_of_the_place_and_values_that_nobody_confirmed_stay_away() -> None:
    row = CoverageRow(
        "责令", "●", {"order-to-correct": "责令"}, values=["参数.月报日", "参数.约谈", "责任线"]
    )
    found = shown(row, place("yunnan/wuhua"))
    assert found.commands == ("`kcbx render 案件文件 --doc 责令送被监护人接受义务教育通知书`",)
    assert [value.partition("：")[0] for value in found.values] == ["约谈", "责任线"]


def test_a_value_that_is_named_is_one_that_some_place_has() -> None:
    known = {name for one in read_places() for name in one.values}
    named = {name for row in read_rows() for name in row.values}
    tables = {name.split(".")[0] for name in known}
    assert {n for n in named if n not in known and n not in tables} <= {
        "参数.劝返签名",
        "参数.辍学率控制线",
    }


FILES = ("案件文件", "批次文件", "工作文件", "户籍.xlsx", "学籍.xlsx", "在校.xlsx", "脱贫.xlsx")


def typed(words: list[str]) -> click.Context:
    """Parse a command as if somebody had typed it; nothing is done."""
    command: click.Command | None = kcbx
    name = "kcbx"
    while isinstance(command, click.Group):
        name = words.pop(0)
        command = command.get_command(click.Context(command), name)
    assert command is not None, name
    # Below the program itself: a command keeps the names of its help from whoever asks first.
    return command.make_context(name, words, parent=click.Context(kcbx, **kcbx.context_settings))


def commands_shown() -> dict[str, str]:
    """Return every command of the page, each with a place where it stands."""
    found: dict[str, str] = {}
    for one in read_places():
        for row in read_rows():
            found |= dict.fromkeys(shown(row, one).commands, one.pack)
    return found


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        (tmp_path / name).touch()


@pytest.mark.usefixtures("files")
def test_each_command_of_the_page_is_understood_with_all_its_arguments() -> None:
    """They are looked for when the test begins: whoever only collects tests opens no pack."""
    for told, pack in commands_shown().items():
        program, *words = shlex.split(told.strip("`"))
        assert program == "kcbx", told
        given = typed(words)
        for word in given.params.get("documents") or ():
            assert place(pack).library.find(word).front.title == word, told
        if given.info_name == "log":
            assert given.params["kind"] in EVENT_FIELDS, told


@pytest.mark.parametrize(
    "told",
    [
        "register 辍学台账",
        "register 辍学台账 --out 表.xlsx --学期 2026秋",
        "log 案件文件 学籍标注 --结果 疑似辍学",
        "report monthly --out 月报表.xlsx 2026-11 2026-12",
        "service record 案件文件 --day 九月",
    ],
)
@pytest.mark.usefixtures("files")
def test_a_command_that_nobody_could_type_is_found(told: str) -> None:
    with pytest.raises((click.UsageError, UserError)):
        typed(told.split())
