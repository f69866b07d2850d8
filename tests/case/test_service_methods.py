"""One table says everything of every way of service; nothing else names one."""

import re
from pathlib import Path
from typing import get_args

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.service_methods import METHODS, SERVICE_METHODS, Condition, receipt_lines
from kcbx_docs.reading import parse_yaml, read_model
from kcbx_docs.record.conditions import CONDITIONS

SOURCE = Path(__file__).parents[2] / "kcbx_docs"


def test_no_other_module_decides_by_the_name_of_a_way() -> None:
    named = re.compile(f'"({"|".join(METHODS)})"')
    found = {
        path.name
        for path in SOURCE.rglob("*.py")
        if named.search(path.read_text("utf-8")) and path.name != "letter.py"
    }
    assert found == {"service_methods.py"}


def test_every_condition_is_judged_and_every_proof_can_be_written() -> None:
    assert set(CONDITIONS) == set(get_args(Condition))
    needed = {key for method in METHODS.values() for group in method.proofs for key in group}
    assert needed <= set(EVENT_FIELDS["送达"].allowed)


def test_the_receipt_offers_every_way_in_columns() -> None:
    lines = receipt_lines()
    assert lines[0] == "□ 直接送达　□ 到机关领取　□ 留置送达　□ 邮寄送达"
    assert lines[1].startswith("□ 委托送达　□ 转交送达　　□ 电子送达")
    offered = "".join(lines).count("□")
    assert offered == len(SERVICE_METHODS), "handing over on the spot needs no receipt"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("方式: 直接", "2026-09-20"),
        ("方式: 邮寄, 签收日期: 2026-09-23", "2026-09-23"),
        ("方式: 电子, 到达日期: 2026-09-21", "2026-09-21"),
        ("方式: 公告, 公告日期: 2026-09-22", "2026-09-22"),
        ("方式: 电子, 到达日期: 2026-09-21, 签收日期: 2026-09-25", "2026-09-21"),
        ("方式: 邮寄", "2026-09-20"),
    ],
)
def test_each_way_has_the_day_that_its_proof_bears(written: str, day: str) -> None:
    source, _ = parse_yaml(f"{{日期: 2026-09-20, 事项: 送达, {written}}}", "经过")
    event, problems = read_model(Event, source)
    assert event is not None, problems
    assert str(event.proof_day) == day
