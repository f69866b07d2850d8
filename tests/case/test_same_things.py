"""Papers and evidence that a case names twice, and not in the same way."""

import pytest

from kcbx_docs.case.checks import check_case
from kcbx_docs.case.model import Case
from kcbx_docs.reading import parse_yaml, read_model

from .stories import GUARDIANS, HEAD, PUPIL, TODAY

MADE = "  - {日期: 2026-09-10, 事项: 制发, 文书: 告知书甲, 文号: 青政告〔2026〕1号}\n"


def codes(rest: str) -> list[str]:
    """Return what is said of things that are not called the same."""
    source, found = parse_yaml(f"{HEAD}{PUPIL}{GUARDIANS}{rest}", "x")
    case, typed = read_model(Case, source)
    assert case, (found, typed)
    told = check_case(case, source, TODAY)
    return [p.code for p in told if p.code in ("CASE105", "CASE106")]


@pytest.mark.parametrize(
    ("served", "found"),
    [
        ("文书: 告知书, 文号: 青政告〔2026〕1号", ["CASE105"]),
        ("文书: 告知书, 文号: 青政告（2026）1号", ["CASE105"]),
        ("文书: 告知书甲, 文号: 青政告〔2026〕1号", []),
        ("文书: 告知书, 文号: 青政告〔2026〕2号", []),
        ("文书: 告知书", []),
    ],
)
def test_a_paper_is_called_the_same_where_it_is_served(served: str, found: list[str]) -> None:
    event = f"  - {{日期: 2026-09-11, 事项: 送达, {served}, 对象: 普正华, 方式: 直接}}\n"
    assert codes(f"经过:\n{MADE}{event}") == found


@pytest.mark.parametrize(
    ("used", "found"),
    [
        ("学藉信息", ["CASE106"]),
        ("学籍信息和照片一", ["CASE106"]),
        ("学籍信息", []),
        ("父亲的身份证", []),
        ("照片二", []),
        ("家访录像", []),
    ],
)
def test_evidence_is_called_as_in_the_list(used: str, found: list[str]) -> None:
    listed = "证据: [{名称: 学籍信息}, {名称: 母亲的身份证}, {名称: 照片一}, {名称: 家访录音}]\n"
    event = f"  - {{日期: 2026-09-11, 事项: 批评教育, 证据: [{used}]}}\n"
    assert codes(f"{listed}经过:\n{event}") == found
