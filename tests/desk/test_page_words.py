"""Who only clicks is never told to type a command: what problems say on pages."""

import re
from pathlib import Path

import kcbx_docs
from kcbx_docs.desk.page_words import DOORS, page_words, speaks_of_commands, words_of
from kcbx_docs.problems import Place, catalogue, problem
from kcbx_docs.procedure.verdict import BY_REASON
from tests.desk.clicks import text

WORDS = Path(kcbx_docs.__file__).parent
FACT = re.compile(r"{(\w+)}")
CODE = re.compile(r"\b[A-Z]{3,4}\d{3}\b")


def facts_of(code: str) -> dict[str, str]:
    entry = catalogue()[code]
    return dict.fromkeys(FACT.findall(entry["message"] + entry.get("hint", "")), "某")


def beside_the_command_line() -> set[str]:
    """Return the codes that something besides the command line says."""
    sources = [path for path in WORDS.rglob("*.py") if "cli" not in path.relative_to(WORDS).parts]
    told = (path.read_text("utf-8") for path in sources)
    return {code for one in told for code in CODE.findall(one)} & set(catalogue())


def test_no_code_tells_a_page_to_type_a_command() -> None:
    """Each has words of its own, or says in the table that only a command does it."""
    for code in catalogue():
        told = words_of(problem(code, **facts_of(code)))
        assert not speaks_of_commands(f"{told.message} {told.hint}"), (code, told)
        assert not re.search(
            r"kcbx [a-z]|(?<![-{])--[a-z]|这条命令|\w/[^ ]*\.yaml", told.message + told.hint
        ), code


def test_codes_whose_hints_are_commands_are_worded_for_pages() -> None:
    """Otherwise the hint would be hidden in the fold, and nothing said in its place."""
    table = (WORDS / "desk/page_words.toml").read_text("utf-8")
    worded = set(CODE.findall(table))
    typed = {
        code
        for code in beside_the_command_line()
        if speaks_of_commands(" ".join(map(str, catalogue()[code].values())))
    }
    assert typed - worded == set(), "say in desk/page_words.toml what to click and fill in instead"
    assert worded <= set(catalogue())


def test_words_for_pages_use_the_facts_of_their_code_and_known_doors() -> None:
    for code in set(CODE.findall((WORDS / "desk/page_words.toml").read_text("utf-8"))):
        found = problem(code, **facts_of(code))
        told = words_of(found)
        assert told.message, code
        assert set(told.doors) <= set(DOORS.values())


def test_a_hint_becomes_the_box_to_tick() -> None:
    told = words_of(problem("SLIP006", serial="七1-007"))
    assert told.hint == "家长签了字、整张交回的，勾上「没有剪开」再扫一次。"
    assert [door.label for door in told.doors] == ["回执"]
    assert told.by_command == ""


def test_a_line_to_add_to_a_file_is_a_blank_on_a_page() -> None:
    facts = {"who": "甲", "relation": "继母", "added": "写法：在第 3 行「关系」下面加一行。"}
    found = problem("CASE088", **facts)
    assert "第 3 行" in found.hint and "第 3 行" not in words_of(found).hint


def test_what_only_a_command_does_stands_in_the_fold() -> None:
    told = words_of(problem("LEDG001", Place("台账"), place="台账"))
    assert told.hint == "请管电脑的人照「等同的命令」办。"
    assert "kcbx ledger restore" in told.by_command


def test_what_somebody_wrote_is_told_though_it_looks_like_a_command() -> None:
    for name in ("证据/校车运行记录.pdf", "证据/a --all.jpg", "kcbx 照片.jpg", "证据/运行"):
        advice = f"是不是「{name}」？"
        told = words_of(problem("CASE315", key="文件", name=name, advice=advice))
        assert name in told.message and advice in told.hint and not told.by_command
    listed = "送达回证 校车运行记录.pdf"
    told = words_of(problem("ISSU075", seq=6, word="x", files=listed))
    assert listed in told.hint
    for typed in ("运行 kcbx check 案件.yaml", "再加 --file=回证.png 运行", "kcbx open 「照片」"):
        assert speaks_of_commands(typed), typed


def test_a_reason_is_asked_for_in_its_blank_and_facts_that_speak_of_commands_are_folded() -> None:
    told = page_words("PROC191", "须说明理由：某", f"请写明理由。{BY_REASON}", {})
    assert "「说明理由」一栏" in told.hint
    assert told.by_command == ""
    told = page_words("PACK001", "没有", "用 kcbx pack list 看。", {"advice": "用 kcbx new 建。"})
    assert not speaks_of_commands(told.hint)
    assert "kcbx new" in told.by_command or "kcbx pack" in told.by_command


def test_a_problem_of_a_case_leads_to_its_pages(browser, desk, case) -> None:
    """An event that is written wrongly: its file is called by its name, the fold keeps the command."""
    case.write_text(case.read_text("utf-8").replace("事项: 劝返", "事项: 劝劝", 1), "utf-8")
    page = text(browser.get(f"/cases/{desk.called(case)}"))
    assert "文件「到责令」 第" in page
    assert f'href="/cases/{desk.called(case)}/write">记一件事</a>' in page


def test_every_door_leads_to_a_page(browser) -> None:
    rules = {rule.endpoint: rule for rule in browser.application.url_map.iter_rules()}
    for door in DOORS.values():
        assert rules[door.endpoint].arguments == ({"call"} if door.of_case else set()), door
