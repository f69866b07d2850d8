"""Who signed a paper is kept for good: one whom the workspace does not know is told."""

import pytest

from kcbx_docs.office.reason import unknown_signatory
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
