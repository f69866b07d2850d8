"""A review at another organ than the papers name is asked about; at the one they name it is not."""

import pytest

from kcbx_docs.record.review_organ import reviewed_where
from tests.kinds.world import OFFICE, SERVED, docket

ASKED = "- {{日期: 2026-03-20, 事项: 申请行政复议{}}}\n"


@pytest.mark.parametrize(
    ("organ", "office", "codes"),
    [
        (", 机关: 红河州人民政府", OFFICE, ["PROC627"]),
        (", 机关: 云岭县人民政府", OFFICE, []),
        ("", OFFICE, []),
        (", 机关: 红河州人民政府", OFFICE.replace("复议机关", "# 复议机关"), []),
    ],
)
def test_a_review_elsewhere_than_the_papers_say(organ: str, office: str, codes: list[str]) -> None:
    told = reviewed_where(docket(SERVED + ASKED.format(organ), office))
    assert [one.code for one in told] == codes
