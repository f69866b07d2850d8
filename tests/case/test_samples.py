"""The samples in cases/ show what they promise and have no mistake."""

import importlib.util
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kcbx_docs.case.files import LoadedBatch, LoadedCase, find_workspace, load_file, load_workspace
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import by_class
from kcbx_docs.case.workspace import with_school

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
LADDER = ROOT / "cases/阶梯示例"
SAMPLES = [*sorted((ROOT / "cases").glob("*.yaml")), *sorted((LADDER / "cases").glob("*.yaml"))]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_sample_has_a_mistake(path: Path) -> None:
    office, problems = load_workspace(find_workspace(path))
    assert office is not None and problems == ()
    loaded, problems = load_file(path, TODAY, office.workspace)
    assert loaded is not None and problems == ()


def test_only_the_ladder_has_an_invented_clause_and_it_says_so() -> None:
    (own, _), (ladder, _) = load_workspace(ROOT), load_workspace(LADDER)
    assert own is not None and own.workspace.penalties == ()
    assert ladder is not None and [clause.sample for clause in ladder.workspace.penalties] == [True]


def test_a_case_that_reaches_the_order() -> None:
    office, _ = load_workspace(ROOT)
    loaded, _ = load_file(ROOT / "cases/到责令.yaml", TODAY)
    assert office is not None and isinstance(loaded, LoadedCase)
    case = with_school(loaded.case, office.workspace)
    assert case.school is not None and case.school.principal == "沈国良"
    assert [e.kind for e in case.history].count("劝返") == 3
    assert case.exclusions.unexamined == () == case.exclusions.applying
    assert case.order is not None and str(case.order.deadline) == "自收到之日起10日内"
    assert len({guardian.address for guardian in case.guardians}) == 1


def test_two_guardians_apart_a_rare_character_and_no_number() -> None:
    loaded, _ = load_file(ROOT / "cases/两位监护人.yaml", TODAY)
    assert isinstance(loaded, LoadedCase)
    case = loaded.case
    assert case.situation == "未入学" and not case.pupil.id_number and case.pupil.no_id_reason
    assert "·" in case.pupil.name and "䶮" in case.pupil.name
    assert len({guardian.address for guardian in case.guardians}) == 2 and case.carers


def test_the_batch_has_sixty_pupils_in_three_classes() -> None:
    loaded, _ = load_file(ROOT / "cases/开学告知.yaml", TODAY)
    assert isinstance(loaded, LoadedBatch)
    reading = read_roster(loaded.roster_path, loaded.batch.roster, TODAY)
    assert (reading.problems, reading.held) == ((), ())
    assert [row.text for row in reading.skipped] == ["填表人：班主任"] * 3
    assert [(label, len(group)) for label, group in by_class(reading.pupils)] == [
        ("七年级1班", 20),
        ("七年级2班", 20),
        ("七年级3班", 20),
    ]
    names = "".join(pupil.pupil.name for pupil in reading.pupils)
    assert all(char in names for char in "喆堃䶮㛃·")
    assert any(pupil.carers and pupil.pupil.left_behind == "双亲留守" for pupil in reading.pupils)


def test_the_roster_is_what_its_script_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_roster", ROOT / "cases/make_roster.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.workbook_bytes()
    assert made == script.workbook_bytes()
    old, new = load_workbook(ROOT / "cases/名册.xlsx"), load_workbook(io.BytesIO(made))
    for sheet in old.sheetnames:
        assert list(old[sheet].values) == list(new[sheet].values)
