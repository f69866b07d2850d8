"""The commands that ``kcbx next`` prints work as they stand, and make what they name: of several
guardians who stand differently each has a command of his own.
"""

import shlex
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.cli.next_commands import commands_of
from kcbx_docs.cli.next_steps import Shape
from kcbx_docs.cli.render import _words
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.problems import errors
from tests.kinds.world import (
    FATHER,
    MADE,
    MOTHER,
    OFFICE,
    OVERDUE,
    case_text,
    docket,
    office_of,
    workspace,
)

BOTH = (FATHER, MOTHER)


def also(kind: str, history: str) -> str:
    """Tell for the mother what a line tells for the father, under the next number."""
    lines = history.splitlines()
    (line,) = [one for one in lines if kind in one]
    place = lines.index(line) + 1
    lines.insert(place, line.replace(FATHER, MOTHER).replace("1号", "2号"))
    return "\n".join(lines) + "\n"


ORDERED = also("事项: 送达", also("事项: 制发", OVERDUE))
FILED = ORDERED + (
    "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: 普正华, 承办人: [普文清, 段晓岚]}\n"
)
BOTH_FILED = FILED + (
    "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕2号, 对象: 李桂仙, 承办人: [普文清, 段晓岚]}\n"
)
CONCLUDED = BOTH_FILED + (
    "- {日期: 2026-04-02, 事项: 调查终结, 对象: 普正华, 结果: 建议处罚, 金额: 300, 承办人: [普文清, 段晓岚]}\n"
    "- {日期: 2026-04-02, 事项: 调查终结, 对象: 李桂仙, 结果: 建议不予处罚, 法定情形: 没有主观过错, "
    "原因: 一直住院, 承办人: [普文清, 段晓岚]}\n"
)
TOLD = CONCLUDED + (
    "- {日期: 2026-04-07, 事项: 事先告知, 对象: 普正华, 文号: 青政罚告〔2026〕1号, 金额: 300, 承办人: [普文清, 段晓岚]}\n"
    "- {日期: 2026-04-08, 事项: 送达, 文书: 行政处罚事先告知书, 文号: 青政罚告〔2026〕1号, 对象: 普正华, 方式: 直接, "
    "承办人: [普文清, 段晓岚]}\n"
)
STORIES = {
    "父亲立案、母亲没有": (FILED, "2026-04-03"),
    "都立案": (BOTH_FILED, "2026-04-03"),
    "一个建议处罚一个不予处罚": (CONCLUDED, "2026-04-03"),
    "一个已经告知": (TOLD, "2026-04-20"),
}


def printed(story: str, folder: Path) -> list[list[str]]:
    """The words of each command that is printed for a story."""
    history, day = STORIES[story]
    path = workspace(folder, text=case_text(history, guardians=BOTH))
    at = date.fromisoformat(day)
    (case,) = outlooks([path], at, at, judged=True).cases
    lines = commands_of(case, len(case.states), why=True)
    return [shlex.split(line) for line in lines if line.startswith("  kcbx")]


def option(words: list[str], name: str) -> str:
    return words[words.index(name) + 1] if name in words else ""


@pytest.mark.parametrize("story", STORIES)
def test_every_printed_command_makes_what_it_names(story: str, tmp_path: Path) -> None:
    history, day = STORIES[story]
    case, office = docket(history, guardians=BOTH), office_of()
    commands = printed(story, tmp_path)
    assert len(commands) > 2
    for words in commands:
        who, reason = option(words, "--guardian"), option(words, "--reason")
        desk = Desk(office, case, date.fromisoformat(day), reason=reason, guardian=who)
        asked = office.library.words_of(_words([option(words, "--doc")]))
        made, problems = plan_case(desk, [office.library.find(title).front.id for title in asked])
        assert not errors(problems), (words, problems)
        # Nobody is refused on the way, nobody is left out of what is for all.
        assert not [one for one in problems if "禁止" in one.message], (words, problems)
        people = {paper.guardian for paper in made if paper.guardian}
        assert people <= ({who} if who else set(BOTH)), words
        assert {paper.title for paper in made} >= set(asked), words


def named(story: str, title: str, folder: Path) -> list[str]:
    """For whom a title is printed, by the option of each command."""
    found = [
        words for words in printed(story, folder) if title in option(words, "--doc").split(",")
    ]
    return [option(words, "--guardian") for words in found]


@pytest.mark.parametrize(
    ("story", "people"),
    [
        ("父亲立案、母亲没有", [FATHER]),
        ("都立案", [""]),
        ("一个建议处罚一个不予处罚", [FATHER, MOTHER]),
        ("一个已经告知", [MOTHER]),
    ],
)
def test_a_notice_is_named_for_those_who_are_to_get_it(
    story: str, people: list[str], tmp_path: Path
) -> None:
    assert named(story, "行政处罚事先告知书", tmp_path) == people


def test_a_notice_to_whom_the_officers_would_spare_stands_apart(tmp_path: Path) -> None:
    history, day = STORIES["一个建议处罚一个不予处罚"]
    path = workspace(tmp_path, text=case_text(history, guardians=BOTH))
    at = date.fromisoformat(day)
    (case,) = outlooks([path], at, at, judged=True).cases
    ways = "\n".join(commands_of(case, len(case.states), why=True))
    chosen, _, apart = ways.partition("和调查终结报告的建议不同、由负责人另作决定才做的：")
    assert f"行政处罚事先告知书 --guardian {FATHER}" in chosen
    assert f"行政处罚事先告知书 --guardian {MOTHER}" in apart
    assert f"不予行政处罚决定书 --guardian {MOTHER}" in chosen


DANGER = "危险情形: [{种类: 家庭暴力, 发现日期: 2026-03-10, 依据: 村委会反映, 核实: 没有核实}]\n"
CALLED = (
    "- {日期: 2026-03-11, 事项: 移送, 机关: 云岭县公安局青石派出所, 部门: 公安, 危险情形: 家庭暴力, "
    "方式: 电话, 原因: 疑似被殴打}\n"
)
LETTER = CALLED.replace("2026-03-11", "2026-03-12").replace("方式: 电话", "文号: 青政函〔2026〕1号")


@pytest.mark.parametrize(
    ("history", "asked"),
    [(CALLED, True), (CALLED + LETTER, False), (LETTER, False)],
    ids=["只打过电话", "后来补了函", "发过函"],
)
def test_a_report_by_telephone_is_followed_by_a_letter(
    history: str, *, asked: bool, tmp_path: Path
) -> None:
    """The danger counts as reported; the letter is named, and the command makes it."""
    path = workspace(tmp_path, text=case_text(OVERDUE + history, more=DANGER))
    day = date(2026, 3, 26)
    (case,) = outlooks([path], day, day, judged=True).cases
    told = Shape()(case)
    assert "已报告：公安" in told and "立即报告：" not in told
    assert ("请补一份" in told) is asked
    named = [line for line in told.splitlines() if "--doc '移送、通报函'" in line]
    assert bool(named) is asked
    if asked:
        desk = Desk(office_of(), docket(OVERDUE + history, more=DANGER), day)
        library = office_of().library
        (words,) = map(shlex.split, named)
        (title,) = library.words_of(_words([option(words, "--doc")]))
        made, problems = plan_case(desk, [library.find(title).front.id])
        assert not errors(problems) and [paper.day for paper in made] == [day]


def test_titles_are_divided_at_the_pause_mark_but_for_those_that_have_one() -> None:
    library = office_of().library
    told = _words(["移送、通报函，立案审批表、核查记录", "evidence-list"])
    assert library.words_of(told) == ("移送、通报函", "立案审批表", "核查记录", "evidence-list")


@pytest.mark.parametrize(
    ("history", "region", "planned"),
    [
        (OVERDUE, "350583", False),
        (OVERDUE, "530499", False),
        (MADE, "350583", True),
        (MADE, "530499", True),
    ],
    ids=["司法部门发文书", "期满", "没有送达（南安）", "没有送达"],
)
def test_service_is_planned_where_a_paper_waits_for_it(
    history: str, region: str, planned: bool, tmp_path: Path
) -> None:
    path = workspace(tmp_path, OFFICE.replace("530499", region), case_text(history))
    day = date(2026, 3, 26)
    (case,) = outlooks([path], day, day, judged=True).cases
    lines = [*commands_of(case, 1)]
    assert any("service plan" in line for line in lines) is planned
