"""Papers of a day cite the acts of that day: the review act of 2017 until the end of 2023."""

import pytest

from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.render.text import paragraphs
from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, date, docket, office_of

KIND = Kind(
    "旧法时的文书用旧法的条号",
    "救济途径直接写了新行政复议法的条号，2024年以前的决定生成时报错",
    (("行政复议法", "20", "1"), ("行政复议法", "23", "1", "1"), ("行政诉讼法", "46", "1")),
)
SPARED = OVERDUE + (
    "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号}\n"
    "- {日期: 2026-04-17, 事项: 不予处罚, 原因: 一直住院, 法定情形: 没有主观过错}\n"
)
SPOT = OVERDUE + (
    "- {日期: 2026-03-27, 事项: 当场处罚, 对象: 普正华, 文号: 青政当罚〔2026〕1号, 金额: 200, "
    "承办人: [普文清, 段晓岚]}\n"
)
OLD, NEW = "《中华人民共和国行政复议法》第九条第一款", "《中华人民共和国行政复议法》第二十条第一款"


def in_year(year: int, history: str) -> str:
    return history.replace("2026", str(year))


def text(document: str, history: str, year: int, day: str) -> str:
    """Return the words of a draft: the calendars of old years are not shipped."""
    pupil = "{姓名: 普云飞, 性别: 男, 出生日期: 2010-05-06, 无证件原因: 没有办理, 年级: 七年级}"
    told = docket(in_year(year, history), pupil=pupil)
    desk = Desk(office_of(), told, date.fromisoformat(f"{year}-{day}"), draft=True)
    planned, _ = plan_case(desk, (document,))
    paper = next(paper for paper in planned if paper.document == document)
    made, found = make(paper, desk.library.registry)
    assert made is not None, found
    return "\n".join(paragraphs(made.filled.root))


@pytest.mark.parametrize(("year", "law"), [(2023, OLD), (2024, NEW), (2026, NEW)])
def test_a_decision_names_the_way_to_review_of_its_day(year: int, law: str) -> None:
    assert law in text("penalty-decision", DECIDED, year, "04-17")


@pytest.mark.parametrize(("year", "law"), [(2023, OLD), (2026, NEW)])
def test_a_decision_that_spares_too(year: int, law: str) -> None:
    assert law in text("no-penalty-decision", SPARED, year, "04-17")


def test_a_fine_on_the_spot_of_the_old_law_may_be_sued_at_once() -> None:
    old = text("spot-decision", SPOT, 2023, "03-27")
    assert OLD in old
    assert "直接向云岭县人民法院提起行政诉讼" in old
    assert "应当先" not in old


def test_a_fine_on_the_spot_of_the_new_law_goes_to_review_first() -> None:
    new = text("spot-decision", SPOT, 2026, "03-27")
    assert "《中华人民共和国行政复议法》第二十三条第一款第（一）项，应当先" in new
    assert "直接向" not in new


def test_the_suit_is_told_alike_under_both() -> None:
    for year in (2023, 2026):
        assert "《中华人民共和国行政诉讼法》第四十六条第一款" in text(
            "penalty-decision", DECIDED, year, "04-17"
        )
