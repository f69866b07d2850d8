"""What ``kcbx law`` shows, and that docs/法律依据.md is fresh."""

import os
from datetime import date
from pathlib import Path

from kcbx_docs.law.reference import markdown, rule_figure, rule_rows, show, statute_rows
from kcbx_docs.law.registry import Registry, load_registry

PAGE = Path(__file__).parents[2] / "docs" / "法律依据.md"


def test_the_page_is_fresh() -> None:
    registry, _ = load_registry()
    text = markdown(registry, max(registry.checked.values()))
    if os.environ.get("KCBX_UPDATE"):
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text, (
        "登记数据改了：用 KCBX_UPDATE=1 再跑一次本测试，更新 docs/法律依据.md"
    )


def test_the_page_holds_every_statute_rule_and_document() -> None:
    registry, _ = load_registry()
    text = PAGE.read_text("utf-8")
    assert all(
        f"`{entry.id}`" in text
        for group in (registry.statutes, registry.rules, registry.documents)
        for entry in group
    )
    assert (
        "义务教育法 2026" not in text
        and "法律 2026-06-26" in text
        and "行政法规 2025-04-19" in text
    )


def test_show_gives_an_article_with_its_parts(registry: Registry) -> None:
    citation, rows, found = show(registry, "义务教育法", 53, date(2026, 3, 1))
    assert citation and found == ()
    assert [row.place for row in rows] == ["第五十三条", "第五十三条第二款"]


def test_show_without_an_article_lists_all_of_the_version(registry: Registry) -> None:
    _, rows, _ = show(registry, "行政复议法", None, date(2023, 12, 31))
    assert "第九条第一款" in {row.place for row in rows} and "第二十条第一款" not in {
        row.place for row in rows
    }
    citation, rows, found = show(registry, "行政复议发", 1, date(2026, 3, 1))
    assert citation is None and rows == () and [p.code for p in found] == ["LAW001"]


def test_list_is_by_level_and_leaves_out_what_may_not_be_cited(registry: Registry) -> None:
    rows = statute_rows(registry, date(2026, 3, 1))
    assert rows[0].level == "法律" and rows[0].short == "义务教育法"
    assert "教育行政处罚办法" not in {row.short for row in rows}
    assert all(row.verification != "未核对" for row in rows)


def test_rules_are_found_by_a_word(registry: Registry) -> None:
    rows, found = rule_rows(registry, "听证")
    assert {"hearing-request", "hearing-notice"} <= {rule.id for rule in rows} and found == ()
    assert [p.code for p in rule_rows(registry, "没有这种")[1]] == ["LAW013"]
    figures = {rule.id: rule_figure(rule) for rule in registry.rules}
    assert (
        figures["hearing-notice"],
        figures["suit-6m"],
        figures["defence-window"],
        figures["order-deadline"],
    ) == ("提前7个工作日", "6个月", "5个工作日（建议）", "法律未规定")


def test_a_number_is_written_as_people_read_it() -> None:
    rule = load_registry()[0].rule("hearing-notice")
    for value, unit, text in (
        (-1, "工作日", "提前1个工作日"),
        (0, "日", "0日"),
        (1, "工作日", "1个工作日"),
        (5, "及时", "及时"),
        (1, "是否", "是"),
    ):
        assert rule_figure(rule.model_copy(update={"value": value, "unit": unit})) == text
    nothing = rule.model_copy(update={"value": None, "default": None})
    assert rule_figure(nothing) == "法律未规定"
    advised = rule.model_copy(update={"value": None, "default": 5, "unit": "日"})
    assert rule_figure(advised) == "5日（建议）"
