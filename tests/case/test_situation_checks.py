"""What a case is said to be is asked about where the rest of the file says otherwise."""

from datetime import date

import pytest

from kcbx_docs.case.model import Case
from kcbx_docs.case.situation_checks import check_situation
from kcbx_docs.reading import parse_yaml, read_model
from tests.kinds.world import ABSENT, PUPIL, case_text

AGAIN = ABSENT + "- {日期: 2026-03-20, 事项: 返校}\n- {日期: 2026-04-01, 事项: 再次缺课}\n"
IN_CLASS = PUPIL[:-1] + ", 班级: 2班}"


def of(grade: str, born: str) -> str:
    return PUPIL.replace("20130506", born).replace("七年级", grade)


@pytest.mark.parametrize(
    ("code", "history", "changes"),
    [
        ("CASE320", ABSENT, {"situation": "未入学", "pupil": IN_CLASS}),
        ("CASE321", ABSENT, {"situation": "再次辍学"}),
        ("CASE322", ABSENT, {"pupil": of("三年级", "20130506")}),
        ("CASE322", ABSENT, {"pupil": of("七年级", "20100506")}),
        ("", ABSENT, {"pupil": IN_CLASS}),
        ("", ABSENT, {"situation": "未入学"}),
        ("", AGAIN, {"situation": "再次辍学"}),
        ("", ABSENT, {"pupil": of("三年级", "20150506")}),
        ("", ABSENT, {"pupil": of("七年级", "20110706")}),
        ("", ABSENT, {"pupil": of("九年级", "20090506")}),
    ],
)
def test_a_situation_that_the_file_speaks_against_is_asked_about(
    code: str, history: str, changes: dict[str, str]
) -> None:
    """Papers said of a child in class 2 that it had never enrolled."""
    source, _ = parse_yaml(case_text(history, **changes), "案件.yaml")
    case, problems = read_model(Case, source)
    assert case is not None, problems
    told = [*check_situation(case, source, date(2026, 6, 1))]
    assert [one.code for one in told] == [code] * bool(code)
    assert all(one.severity == "warning" and one.place.line for one in told)
