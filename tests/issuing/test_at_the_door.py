"""What is odd of a service is said when it is recorded, while the officers are at the door."""

from datetime import date

import pytest

from kcbx_docs.issuing.at_the_door import at_the_door
from kcbx_docs.issuing.attempt import Addressed, attempt
from kcbx_docs.procedure.dues import dues_of
from kcbx_docs.record.states import open_states
from tests.kinds.world import FATHER, MADE, docket

VISIT = "- {日期: 2026-03-13, 时间: '09:20', 事项: 劝返, 方式: 约到学校, 地点: 青石中学, 对象: 普正华, 承办人: [普文清], 结果: 拒绝}\n"
FIXED = MADE.replace("青政责改〔2026〕1号}", "青政责改〔2026〕1号, 期限: 2026-03-20}")


def told(day: str, history: str = MADE, **said: str) -> list[str]:
    """Return the codes of what is said of a service by hand on a day."""
    values = {"日期": day, "方式": "直接", "承办人": ["普文清", "段晓岚"], **said}
    paper = Addressed("order-to-correct", "", FATHER)
    today = date.fromisoformat(day)
    tried = attempt(docket(history), paper, values, today)
    progress = tried.docket.progress(tried.guardian, today)
    runs = dues_of(tried.docket, progress, open_states(progress)[0], today)
    return [one.code for one in at_the_door(tried, runs)]


@pytest.mark.parametrize(
    ("codes", "day", "history", "said"),
    [
        (["CASE285"], "2026-03-13", MADE, {"时间": "02:20"}),
        (["PROC606"], "2026-03-13", MADE + VISIT, {"时间": "09:20", "地点": "普正华家中"}),
        (["PROC416"], "2026-03-25", FIXED, {}),
        (["CAL002"], "2027-02-03", MADE, {}),
        ([], "2026-03-13", MADE, {"时间": "14:20"}),
        ([], "2026-03-13", MADE + VISIT, {"时间": "09:40", "地点": "普正华家中"}),
        ([], "2026-03-13", MADE + VISIT, {"时间": "09:20", "地点": "青石中学"}),
        ([], "2026-03-13", FIXED, {}),
    ],
)
def test_what_is_odd_is_told_at_once(
    codes: list[str], day: str, history: str, said: dict[str, str]
) -> None:
    assert told(day, history, **said) == codes
