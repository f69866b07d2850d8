"""What ``kcbx next`` tells of a lead: what was heard, and the two things that may become of it."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.cli.screen import ScreenLine
from kcbx_docs.office.outlook import Outlook
from kcbx_docs.words import command_line, days_left


def lines_of_lead(case: Outlook, day: date) -> Iterator[ScreenLine]:
    """Write the account of a lead."""
    told, nearest = case.told, case.first
    yield ScreenLine(0, "今天要做：核查孩子有没有到校，受理或者不受理", "bold green")
    left = f"{nearest.by}（{days_left((nearest.by - day).days)}）" if nearest else "没有"
    yield ScreenLine(0, f"最近期限：{left}", "bold yellow")
    whence = told["来源"] + (f"（{told['反映人']}）" if told["反映人"] else "")
    yield ScreenLine(1, f"{told['接到日期']} 接到，来源：{whence}")
    if where := f"{told['学校']}{told['班级']}":
        yield ScreenLine(1, where)
    if told["说的"]:
        yield ScreenLine(1, f"说的：{told['说的']}")
    yield ScreenLine(0, "受理，建立案件：")
    yield ScreenLine(
        1, f"{command_line(['lead', 'accept', case.case_id, '--by'])} 姓名", whole=True
    )
    yield ScreenLine(0, "不受理，写明理由：")
    reject = command_line(["lead", "reject", case.case_id, "--why"])
    yield ScreenLine(1, f"{reject} 理由 --by 姓名", whole=True)
