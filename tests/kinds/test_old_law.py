"""Papers of a day cite the acts of that day: the review act of 2017 until the end of 2023."""

import pytest

from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.problems import errors
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.gaps import gaps
from kcbx_docs.render.text import paragraphs
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    OFFICE,
    OVERDUE,
    codes,
    date,
    docket,
    may,
    office_of,
    standing,
)

KIND = Kind(
    "旧法时的文书用旧法的条号",
    "救济途径直接写了新行政复议法的条号，2024年以前的决定生成时报错；还没有施行的法律当作依据，或者到生成时才报错",
    (
        ("行政复议法", "20", "1"),
        ("行政复议法", "23", "1", "1"),
        ("行政诉讼法", "46", "1"),
        ("家庭教育促进法", "48", "1"),
        ("未成年人保护法", "28", "2"),
        ("预防未成年人犯罪法", "34"),
    ),
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


SCHOOL = OFFICE.replace(
    "其他机关:\n",
    "其他机关:\n  - {名称: 云岭县青石中学, 类型: 学校, 机关代字: 青中, 地址: 云岭县青石镇学府路1号}\n",
)
CHILD = "{姓名: 普云飞, 性别: 男, 出生日期: 2010-05-06, 无证件原因: 没有办理, 年级: 七年级}"


def absent_in(year: int, month: int) -> str:
    return ABSENT.replace("2026-03", f"{year}-{month:02}")


@pytest.mark.parametrize(
    ("year", "month", "basis"),
    [
        (2021, 3, []),
        (2021, 11, ["未成年人保护法", "预防未成年人犯罪法"]),
        (2022, 3, ["家庭教育促进法"]),
        (2026, 3, ["家庭教育促进法"]),
    ],
)
def test_a_school_admonishes_under_the_act_of_its_day(
    year: int, month: int, basis: list[str]
) -> None:
    """A school is no organ of 义务教育法 58, whatever else was in force."""
    more = "承办机关: 云岭县青石中学\n"
    history = absent_in(year, month)
    told = standing(f"{year}-{month:02}-12", history, office=SCHOOL, pupil=CHILD, more=more)
    option = told.option("admonition")
    assert option
    assert [citation.statute.short for citation in option.basis] == basis
    assert ("PROC457" in [finding.code for finding in option.findings]) == (basis == [])


def test_the_town_admonishes_under_its_own_article() -> None:
    option = standing("2021-11-12", absent_in(2021, 11), pupil=CHILD).option("admonition")
    assert option
    assert [citation.short for citation in option.basis] == ["《义务教育法》第五十八条"]


@pytest.mark.parametrize(
    ("document", "day", "title", "verdict"),
    [
        ("civil-complaint", "2021-12-31", "民事诉讼法", "禁止"),
        ("civil-complaint", "2022-01-01", "", ""),
        ("civil-complaint", "2021-05-31", "未成年人保护法", "禁止"),
        ("referral", "2020-03-12", "未成年人保护法", "禁止"),
        ("referral", "2021-06-01", "", ""),
        ("urge-notice", "2021-05-31", "未成年人保护法", "禁止"),
        ("penalty-notice", "2021-07-14", "行政处罚法", "禁止"),
        ("admonition", "2021-05-31", "未成年人保护法", "提醒"),
        ("admonition", "2021-06-01", "", ""),
        ("order-to-correct", "2021-05-31", "未成年人保护法", "提醒"),
    ],
)
def test_an_act_of_which_nothing_is_registered_is_told_before_the_paper_is_made(
    document: str, day: str, title: str, verdict: str
) -> None:
    """What every paper of its kind cites keeps it from being made; what only some cite is told."""
    answer = may(document, day, absent_in(2020, 3), pupil=CHILD)
    said = [found for found in answer.findings if title and title in found.reason]
    assert [found.verdict for found in said if found.code in ("PROC456", "PROC463")] == (
        [verdict] if title else []
    )


OLD_DANGER = (
    "危险情形: [{种类: 家庭暴力, 发现日期: 2021-03-10, 依据: 村委会反映, 核实: 没有核实}]\n"
)
TOLD_POLICE = (
    "- {日期: 2021-03-10, 事项: 移送, 机关: 云岭县公安局青石派出所, 部门: 公安, 危险情形: 家庭暴力, "
    "文号: 青政函〔2021〕1号, 原因: 疑似被殴打}\n"
)


def test_check_next_and_render_agree_on_what_cannot_be_printed() -> None:
    """A letter of March 2021: refused with its reason before anything is filled; the order, which
    needs nothing of that act, is still made, only its receipt is left out.
    """
    history = absent_in(2021, 3) + TOLD_POLICE
    case = docket(history, pupil=CHILD, more=OLD_DANGER)
    day = date(2021, 3, 12)
    assert "PROC464" in [one.code for one in gaps(case, day)]
    (option,) = [o for o in stand(case, day).guardians[0].blocked if o.step == "referral"]
    assert "PROC463" in [found.code for found in option.findings]
    planned, problems = plan_case(Desk(office_of(), case, day), ("referral",))
    assert not planned and "PROC463" in [one.code for one in errors(problems)]


def test_the_rest_of_the_case_is_made_all_the_same() -> None:
    history = absent_in(2021, 3) + TOLD_POLICE
    desk = Desk(office_of(), docket(history, pupil=CHILD, more=OLD_DANGER), date(2021, 3, 12))
    planned, problems = plan_case(desk)
    assert not errors(problems)
    made = [make(paper, desk.library.registry) for paper in planned]
    assert made and all(done for done, _ in made), [found for _, found in made]
    titles = {paper.title for paper in planned}
    assert "劝返记录" in titles and not any("送达回证" in title for title in titles)


def test_an_order_of_then_goes_without_its_receipt() -> None:
    day = date(2021, 3, 12)
    desk = Desk(office_of(), docket(absent_in(2021, 3), pupil=CHILD), day)
    planned, problems = plan_case(desk, ("order-to-correct",))
    assert [paper.document for paper in planned] == ["order-to-correct"]
    assert "PROC465" in [one.code for one in problems] and not errors(problems)
    done, found = make(planned[0], desk.library.registry)
    assert done is not None, found


def test_today_nothing_is_missing() -> None:
    for document in ("civil-complaint", "referral", "penalty-decision"):
        assert not {"PROC456", "PROC463"} & set(codes(may(document, "2026-03-26", OVERDUE)))
    assert "PROC464" not in [one.code for one in gaps(docket(DECIDED), date(2026, 5, 20))]
