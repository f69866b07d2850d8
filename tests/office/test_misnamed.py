"""An editor that appends .txt takes no child off the lists: wherever cases are counted or looked
for, the file that nobody reads is told with the name that it needs.
"""

from pathlib import Path

import pytest

from kcbx_docs.cli.finding import file_called, file_missing
from kcbx_docs.listing.gathering import gathered
from kcbx_docs.listing.spans import month_span
from kcbx_docs.office.files import files_below
from kcbx_docs.office.misnamed import misnamed
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.without_file import numbers_used, uncounted
from kcbx_docs.problems import UserError
from tests.kinds.world import ABSENT, case_text, workspace
from tests.office.test_book import TODAY
from tests.office.test_without_file import issued_for


def renamed(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name))


def told(path: Path) -> list[tuple[str, str]]:
    return [(one.code, one.hint) for one in uncounted([path])]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("案件.yaml.txt", "「案件.yaml」"),
        ("案件.yml.TXT", "「案件.yml」"),
        ("案件.txt", "「案件.yaml」"),
        ("案件", "「案件.yaml」"),
        ("案件.yam", "「案件.yaml」"),
    ],
)
def test_a_case_saved_under_another_ending_is_told_with_its_cure(
    tmp_path: Path, name: str, cure: str
) -> None:
    path = renamed(workspace(tmp_path, text=case_text(ABSENT)), name)
    ((code, hint),) = told(tmp_path)
    assert (code, cure in hint) == ("LEDG098", True)
    path.rename(path.with_name(cure.strip("「」")))
    assert told(tmp_path) == []


@pytest.mark.parametrize("name", ["案件.YAML", "案件.yml", "案件.Yaml"])
def test_the_same_ending_otherwise_written_is_read(tmp_path: Path, name: str) -> None:
    path = renamed(workspace(tmp_path, text=case_text(ABSENT)), name)
    assert files_below([tmp_path / "cases"]) == (path,)
    assert told(tmp_path) == []


@pytest.mark.parametrize("name", ["案件.yaml.bak", "案件.yaml~", ".案件.yaml.txt"])
def test_a_copy_that_is_kept_and_a_note_are_nobody_s_case(tmp_path: Path, name: str) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    path.with_name(name).write_text(path.read_text("utf-8"), "utf-8")
    path.with_name("电话.txt").write_text("村里的电话：记在本子上\n", "utf-8")
    assert told(tmp_path) == []


def test_what_was_saved_beside_the_case_is_not_passed_over(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    path.with_name("案件.yaml.txt").write_text(path.read_text("utf-8"), "utf-8")
    assert [code for code, _ in told(tmp_path)] == ["LEDG099"]


def test_who_is_looked_for_is_found_in_it_and_the_number_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    issued_for(path, "普云飞")
    renamed(path, "案件.yaml.txt")
    monkeypatch.chdir(tmp_path)
    for word in ("普云飞", "2026-001", "案件"):
        with pytest.raises(UserError) as caught:
            file_called(word, ())
        assert [one.code for one in caught.value.problems] == ["NEXT008"]
    with pytest.raises(UserError, match=r"请改名为「案件\.yaml」"):
        file_missing(tmp_path / "cases" / "案件.yaml")
    other = tmp_path / "cases" / "别的.yaml"
    assert file_missing(other) == other  # told by who reads it
    with pytest.raises(UserError) as caught:
        file_called("王小二", ())
    assert [one.code for one in caught.value.problems] == ["NEXT002"]
    assert [one.number for one in misnamed(tmp_path)] == ["2026-001"]
    assert [code for code, _ in told(tmp_path)] == ["LEDG098"]  # not lost as well
    assert "2026-001" in numbers_used(tmp_path, open_office(tmp_path).workspace)


def test_a_list_or_a_report_says_which_cases_are_not_in_it(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    issued_for(path, "普云飞")
    office, span = open_office(tmp_path), month_span("2026-03", TODAY)
    assert gathered(office, span).problems == ()
    path.unlink()
    lost = gathered(office, span)
    assert [one.code for one in lost.problems] == ["LEDG096"]
    assert lost.unread == 0  # nothing that cannot be read
    some = gathered(office, span, among=frozenset())
    assert some.problems == ()  # who may see some cases alone hears nothing of the others
    assert gathered(office, span, kinds=("线索",)).problems == ()
