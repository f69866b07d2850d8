"""A paper for a court tells one last day for suing, whatever holidays it fell on."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import DECIDED, docket, papers

KIND = Kind(
    "同一个期限的最后一天",
    "强制执行申请书正文写未顺延的一天，附表写顺延后的一天",
    (
        ("xingzheng-susong-fa", "46", "1"),
        ("xingzheng-qiangzhi-fa", "53"),
        ("xingsu-jieshi", "156"),
    ),
)

DEMANDED = """\
- {日期: %s, 事项: 催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号, 承办人: [普文清, 段晓岚]}
- {日期: %s, 事项: 送达, 文书: 催告书, 文号: 青政催〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}
- {日期: %s, 事项: 核实, 对象: 普正华, 查明: [没有申请行政复议, 没有提起行政诉讼, 催告后没有陈述申辩, 没有陈述申辩, 没有要求听证], 承办人: [普文清, 段晓岚]}
"""


def application(served: str, demanded: str, day: str) -> str:
    """Make the application of a fine that was served and demanded on some days."""
    history = DECIDED.replace("日期: 2026-04-17", f"日期: {served}")
    history += DEMANDED % (demanded, demanded, day)
    made = papers(day, history, "enforcement-application", reason="李建川：核对过")
    return next(text for name, text in made.items() if "强制执行申请书" in name)


@pytest.mark.parametrize(
    ("served", "demanded", "day", "last", "careful"),
    [
        # Six months after 4 April end in the national holidays and run on to 8 October.
        ("2026-04-04", "2026-09-20", "2026-10-20", "2026年10月8日", True),
        ("2026-04-20", "2026-10-08", "2026-10-27", "2026年10月20日", False),
    ],
)
def test_the_text_and_its_table_tell_the_same_day(
    served: str, demanded: str, day: str, last: str, careful: bool
) -> None:
    text = application(served, demanded, day)
    assert f"提起行政诉讼的期限至{last}届满" in text
    table = text[text.index("附表") :].split("\n")
    assert last in table[table.index("提起行政诉讼的期限") :][:5]
    assert ("不计起诉期限" in text) is careful


@pytest.mark.parametrize("served", ["2026-04-04", "2026-04-20", "2026-07-02", "2026-03-30"])
def test_what_papers_learn_is_what_next_tells(served: str) -> None:
    case = docket(DECIDED.replace("日期: 2026-04-17", f"日期: {served}"))
    person = case.case.guardians[0]
    e = case.progress(person, case.events[-1].day).enforcement
    assert e is not None
    assert e.remedy.suit is not None
    assert e.remedy.suit.end == case.progress(person, case.events[-1].day).moments["起诉期满"]
