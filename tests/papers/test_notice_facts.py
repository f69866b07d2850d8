"""A public notice names its addressee, the paper, the reason and the days, and nothing of the child."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.papers.notice_facts import notice_facts
from tests.cli.office import run
from tests.kinds.world import (
    DECIDED,
    FATHER,
    MADE,
    MOTHER,
    PEOPLE,
    TOLD,
    case_text,
    docket,
    papers,
    workspace,
)

MISSING = (
    PEOPLE[FATHER].removesuffix("}")
    + ", 电话: '13800000031', 民族: 彝族, 工作单位: 昆明某物流公司, 下落: 下落不明}"
)


def notice(history: str, day: str = "2026-03-20", person: str = MISSING) -> str:
    [text] = papers(day, history, "public-notice", guardians=(person,)).values()
    return text


def unserved(history: str) -> str:
    """Leave out the last service: the paper waits."""
    return "\n".join(history.strip().split("\n")[:-1]) + "\n"


def test_the_notice_says_why_which_paper_how_long_and_where() -> None:
    text = notice(MADE)
    for words in (
        "普正华：",
        "《责令送被监护人接受义务教育通知书》（青政责改〔2026〕1号）",
        "因你下落不明，依照《中华人民共和国民事诉讼法》第九十五条第一款",
        "自发出本公告之日起，经过三十日，即视为送达",
        "地址：云岭县青石镇正街1号",
        "云岭县青石镇人民政府\n2026年3月20日",
    ):
        assert words in text.replace("（以下简称《民事诉讼法》）", "")


@pytest.mark.parametrize(
    ("history", "day", "words"),
    [
        (unserved(TOLD), "2026-04-07", "申请听证|五个工作日内向本机关提出"),
        (unserved(DECIDED), "2026-04-17", "处以罚款600元"),
    ],
)
def test_what_the_paper_is_about_is_told_in_its_main_points(
    history: str, day: str, words: str
) -> None:
    assert any(one in notice(history, day) for one in words.split("|"))


def test_the_reason_is_the_one_that_the_record_shows() -> None:
    at_home = docket(MADE).case.guardians[0]
    tried = MADE + (
        "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, 结果: 未送达, 原因: 家中无人}\n"
        "- {日期: 2026-03-18, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 邮寄, 结果: 未送达, 原因: 退回}\n"
    )
    day = date(2026, 3, 20)
    for history, why in ((MADE, None), (tried, "其他方式无法送达")):
        told = notice_facts(docket(history), at_home, day)
        assert told is not None and told.why == why
    noticed = tried + (
        "- {日期: 2026-03-20, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 公告, 原因: 送不到, "
        "公告媒介: 村公告栏, 公告日期: 2026-03-20}\n"
    )
    assert notice_facts(docket(noticed), at_home, date(2026, 5, 1)) is not None, "printed again"


def test_nobody_is_noticed_for_whom_nothing_waits(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(MADE, guardians=(FATHER, MOTHER)))
    done = run(
        tmp_path,
        *("render", "cases/案件.yaml", "--doc", "送达公告", "--format", "docx"),
        "--as-of",
        "2026-03-20",
    )
    assert done.exit_code == 1 and "李桂仙" not in done.output
