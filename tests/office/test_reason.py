"""Who signed a paper is kept for good: one whom the workspace does not know is told."""

from types import SimpleNamespace
from typing import Any

import pytest

from kcbx_docs.office.reason import unknown_clerk, unknown_signatory
from tests.kinds.world import OFFICE, office_of


@pytest.mark.parametrize(
    ("name", "told"),
    [("张三", True), ("李建州", True), ("李建川", False), ("段晓岚", False), ("", False)],
)
def test_a_signatory_whom_nobody_knows_is_told(name: str, told: bool) -> None:
    found = unknown_signatory(name, office_of(OFFICE).workspace)
    assert bool(found) is told
    if name == "李建州":
        assert "李建川" in found[0].hint


@pytest.mark.parametrize(
    ("name", "told"),
    [("张三丰", True), ("段晓岚", False), ("李建川", False), ("内勤", False), ("", False)],
)
def test_one_who_records_is_known_or_has_recorded_before(name: str, told: bool) -> None:
    before: Any = SimpleNamespace(who=SimpleNamespace(name="内 勤"))
    found = unknown_clerk(name, office_of(OFFICE).workspace, lambda: [before])
    assert [one.code for one in found] == ["ISSU111"] * told
