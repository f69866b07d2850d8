"""What another office issues is awaited: it is neither to be done here nor issued from here."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.cli.next_commands import commands_of
from kcbx_docs.office.listed import first_act
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.office.summary import in_short
from tests.kinds.world import ABSENT, BUREAU, OFFICE, case_text, workspace

SCHOOL = "云岭县青石中学"
AT_SCHOOL = f"""\
地区: "530499"
机关: {{名称: {SCHOOL}, 类型: 学校, 机关代字: 青中}}
其他机关: [{{名称: {BUREAU}, 类型: 县级教育行政部门, 机关代字: 云教体}}]
复议机关: {{名称: 云岭县人民政府}}
法院: [{{名称: 云岭县人民法院}}]
"""
UNREPORTED = ABSENT.rpartition("- {日期: 2026-03-09")[0]


@pytest.mark.parametrize(
    ("office", "history", "handled", "today", "who", "issue"),
    [
        (AT_SCHOOL, ABSENT, "", f"没有；等{BUREAU}：责令限期改正", BUREAU, False),
        (AT_SCHOOL, ABSENT, f"承办机关: {BUREAU}\n", "责令限期改正", "机关", True),
        (OFFICE, UNREPORTED, "", f"没有；等{SCHOOL}：书面报告", SCHOOL, False),
        (AT_SCHOOL, UNREPORTED, "", "书面报告", "学校", True),
        (OFFICE, ABSENT, "", "责令限期改正", "机关", True),
        (OFFICE, ABSENT, f"承办机关: {BUREAU}\n", "责令限期改正", "机关", True),
    ],
    ids=[
        "学校等教育局的责令",
        "学校代教育局办",
        "镇里等学校的报告",
        "学校自己的报告",
        "镇里自己的责令",
        "教育局的案件",
    ],
)
def test_what_others_issue_is_awaited(
    office: str, history: str, handled: str, today: str, who: str, issue: bool, tmp_path: Path
) -> None:
    path = workspace(tmp_path, office, case_text(history, more=handled))
    day = date(2026, 3, 12)
    (case,) = outlooks([path], day, day, judged=True).cases
    assert in_short(case.told).today == today
    assert first_act(case, day)[2] == who
    assert any("kcbx issue" in line for line in commands_of(case, 1)) is issue
