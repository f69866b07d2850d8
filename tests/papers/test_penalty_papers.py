"""What penalty papers say, and what they must leave to be filled in,
when the facts are or are not known.
"""

import datetime
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kcbx_docs.case.files import load_file, load_workspace
from kcbx_docs.office.opened import Office, open_law
from kcbx_docs.packs.library import open_library
from kcbx_docs.papers import procedure_facts as told
from kcbx_docs.papers.context import facts
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.outcome_records import ConfirmedRecord
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.papers.remedy_records import Remedies, RemedyFacts
from kcbx_docs.render.text import paragraphs, tight

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 22)
BASIS = told.BasisRecord(
    已确认=True,
    引用="《云岭县示例义务教育条例》第九条",
    原文="逾期不改正的，处二百元以上一千元以下罚款。",
)
HEARING = "有要求听证的权利"
ASKED = "□没有达到□已经达到"


@cache
def desk():
    loaded_office, _ = load_workspace(ROOT / "kcbx.yaml")
    library, _ = open_library(loaded_office.workspace.region)
    loaded, _ = load_file(ROOT / "cases/到责令.yaml", TODAY, loaded_office.workspace)
    law, _ = open_law(library, loaded_office.workspace)
    office = Office(loaded_office, library, law)
    return Desk(office, office.docket(loaded), TODAY, draft=True)


def said(document: str, **records: object) -> str:
    """Return the words of the father's paper when the procedure tells these records."""
    paper = plan_case(desk(), [document])[0][0]
    procedure = facts(told.ProcedureFacts(**records))
    made, problems = make(
        replace(paper, facts={**paper.facts, "程序": procedure}), desk().library.registry
    )
    assert made is not None, [str(problem) for problem in problems]
    return tight("".join(paragraphs(made.filled.root)))


@pytest.mark.parametrize(
    ("due", "says", "never"),
    [(True, HEARING, ASKED), (None, ASKED, HEARING), (False, "陈述和申辩", "听证")],
)
def test_the_notice_tells_of_a_hearing_only_where_there_is_a_right_to_it(
    due: bool | None, says: str, never: str
) -> None:
    words = said(
        "penalty-notice",
        告知=told.NoticeRecord(拟罚款=Decimal(500), 应告知听证=due),
        处罚依据=BASIS,
    )
    assert says in words
    assert never not in words


def test_the_notice_can_be_answered_by_a_clear_waiver() -> None:
    assert "□放弃陈述、申辩（抄写“本人放弃陈述、申辩”）" in said("penalty-notice")


def test_without_a_confirmed_clause_the_notice_leaves_clause_and_sum_to_be_filled_in() -> None:
    words = said("penalty-notice")
    assert "处罚依据：综合考虑" in words
    assert "对你处以罚款元（大写：）" in words


@pytest.mark.parametrize(
    ("confirmed", "says", "never"),
    [
        (
            datetime.date(2026, 11, 21),
            "当事人在告知的陈述、申辩期内（至2026年11月20日）没有提出",
            "情况：",
        ),
        (None, "陈述、申辩情况：", "没有提出"),
    ],
)
def test_the_decision_says_nobody_defended_himself_only_where_it_was_looked_up(
    confirmed: datetime.date | None, says: str, never: str
) -> None:
    words = said(
        "penalty-decision",
        告知=told.NoticeRecord(申辩截止日=datetime.date(2026, 11, 20)),
        核实=ConfirmedRecord(没有陈述申辩=confirmed),
        处罚依据=BASIS,
    )
    assert says in words
    assert never not in words


def test_the_decision_answers_the_defence() -> None:
    defence = told.DefenceRecord(
        日期=datetime.date(2026, 11, 2), 内容="家中有病人。", 结果="不采纳", 复核意见="已安排照料"
    )
    words = said("penalty-decision", 申辩=defence, 处罚依据=BASIS)
    assert (
        "当事人提出陈述、申辩：家中有病人。经复核，当事人的意见不成立，不予采纳，理由是：已安排照料"
        in words
    )


def test_the_decision_holds_what_the_statute_asks_for() -> None:
    words = said("penalty-decision", 决定=told.DecisionRecord(罚款=Decimal(500)), 处罚依据=BASIS)
    for content in (
        "当事人：普正华",
        "住云岭县青石镇白沙村岩脚小组15号",
        "《云岭县示例义务教育条例》第九条规定：“逾期不改正的",
        "罚款500元（大写：伍佰元整）",
        "自收到本决定书之日起十五日内缴纳",
        "收款银行：云岭县农村商业银行青石支行，地址：",
        "每日按罚款数额的百分之三加处罚款",
        "六十日内",
        "六个月内",
        "云岭县青石镇人民政府2026年11月22日",
    ):
        assert content in words, content


def test_evidence_is_about_the_facts_not_about_the_procedure() -> None:
    facts = {
        "考勤记录": True,
        "《行政处罚事先告知书》（青政罚告〔2026〕1号）": False,
        "听证笔录（2026年11月10日）": False,
        "《责令限期改正通知书》送达回证（普正华）": True,
    }
    lines = tuple(
        told.EvidenceLine(序号=number, 名称=name, 失学事实=fact)
        for number, (name, fact) in enumerate(facts.items(), 1)
    )
    words = said("penalty-decision", 证据目录=lines)
    assert (
        "以上事实，有下列证据证实：1.考勤记录；2.《责令限期改正通知书》送达回证（普正华）。"
        in words
    )


def test_an_invented_clause_is_shown_as_a_sample() -> None:
    assert "【示例】" in said(
        "penalty-decision", 处罚依据=BASIS.model_copy(update={"sample": True})
    )
    assert "【示例】" not in said("penalty-decision", 处罚依据=BASIS)


def test_a_penalty_on_the_spot_is_first_reviewed_then_sued() -> None:
    first = Remedies(当场处罚=RemedyFacts(先行复议=True))
    words = said("spot-decision", 处罚依据=BASIS, 救济=first)
    assert "应当先自收到本决定书之日起六十日内" in words
    assert "自收到行政复议决定书之日起十五日内" in words
    assert "六个月" not in words
    assert "直接向" not in words


def test_criticism_never_sounds_like_a_penalty() -> None:
    words = said("admonition")
    assert not [word for word in ("警告", "处罚", "罚款", "训诫", "责令") if word in words]
