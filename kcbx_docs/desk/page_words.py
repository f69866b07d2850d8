"""What pages say of problems: nobody who only clicks is told to type a command.

A hint that speaks of a command or an option has words of its own for pages, in ``page_words.toml``,
and doors to the pages where it is done. What has none yet stands in a fold, for who types.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem
from kcbx_docs.procedure.verdict import BY_REASON

OFFICE = "「机关与人员」"
"""How pages call the file of the workspace, which is filled in on the page of that name."""
_OF_COMMANDS = regex(
    r"kcbx [a-z]|(?<![\w-])--[a-z]|命令后面|命令里写|[这同]一?条命令|运行|pip install"
)
_QUOTED = regex(
    r"「[^」]*」|[^\s=「」（），。；：、-][^\s=「」（），。；：、]*\.[A-Za-z0-9]{2,5}(?![\w.])"
)
"""What stands in quotes, and names of files: they are of the office, and may hold any word."""
_WITH_COMMANDS = "请管电脑的人照「等同的命令」办。"
_IN_FILE = "added"
"""The fact that says which line to add to a file: on pages it is a blank to fill in."""
_WITH_REASON = "理由写在「说明理由」一栏，写执法人员或负责人的姓名和理由。"


@dataclass(frozen=True)
class PageDoor:
    """A page that a problem leads to."""

    label: str
    endpoint: str
    of_case: bool = False


DOORS: Mapping[str, PageDoor] = {
    "office": PageDoor("机关与人员", "office.show"),
    "basis": PageDoor("处罚依据", "basis.show"),
    "templates": PageDoor("模板与依据", "templates.show"),
    "cases": PageDoor("案件", "cases.show"),
    "new": PageDoor("新建案件", "new_case.ask"),
    "leads": PageDoor("线索", "leads.show"),
    "lead": PageDoor("记一条线索", "new_lead.ask"),
    "notices": PageDoor("发告知书", "notices.show"),
    "slips": PageDoor("回执", "slips.show"),
    "lists": PageDoor("台账与报表", "lists.show"),
    "verify": PageDoor("核对编号", "looking_up.ask"),
    "machine": PageDoor("本机检查", "machine.show"),
    "case": PageDoor("这个案件", "case.show", of_case=True),
    "facts": PageDoor("案件的全部内容", "case_facts.show", of_case=True),
    "write": PageDoor("记一件事", "writing_down.ask", of_case=True),
    "papers": PageDoor("出文书", "papers.show", of_case=True),
    "issued": PageDoor("制发过的文书", "issued.show", of_case=True),
    "service": PageDoor("登记送达", "service.show", of_case=True),
    "undo": PageDoor("收回一件", "taking_back.ask", of_case=True),
}


@dataclass(frozen=True)
class PageWords:
    """A problem as a page tells it."""

    message: str
    hint: str
    doors: tuple[PageDoor, ...] = ()
    by_command: str = ""
    """What stands in the fold, for who types commands."""


_CLAUSES = regex(r"(?<=[，；。])")


def speaks_of_commands(text: str) -> bool:
    """Tell whether a sentence is for who types commands, whatever it quotes."""
    return bool(_OF_COMMANDS.search(_QUOTED.sub("某", text)))


def without_commands(text: str) -> str:
    """Leave out the clauses of a sentence that are for who types commands."""
    kept = [one for one in _CLAUSES.split(text) if not speaks_of_commands(one)]
    return "".join(kept).strip("，；")


def page_words(code: str, message: str, hint: str, facts: Mapping[str, str]) -> PageWords:
    """Word a problem for a page; what still speaks of commands goes into the fold whole."""
    entry = _table().get(code, {})
    hint = hint.replace(facts.get(_IN_FILE, ""), "")
    typed = f"{message} {hint}".strip()
    filled = _filled(facts)
    told = filled(entry["message"]) if "message" in entry else message
    told = told if told and not speaks_of_commands(told) else _plain(message)
    advice, more = hint.removesuffix(BY_REASON), _WITH_REASON if hint.endswith(BY_REASON) else ""
    if not told:
        return PageWords("这一处的说明是写给用命令的人的。", _WITH_COMMANDS, by_command=typed)
    if "hint" in entry and (worded := filled(entry["hint"])):
        advice = worded
    doors = tuple(DOORS[one] for one in entry.get("doors", ()))
    if entry.get("by_command") or speaks_of_commands(advice):
        kept = "" if speaks_of_commands(advice) else advice
        return PageWords(told, f"{kept}{more}{_WITH_COMMANDS}", doors, typed)
    return PageWords(told, f"{advice}{more}", doors)


def words_of(found: Problem) -> PageWords:
    """Word a problem for a page."""
    return page_words(found.code, found.message, found.hint, dict(found.facts))


def _plain(text: str) -> str:
    return "" if speaks_of_commands(text) else text


def _filled(facts: Mapping[str, str]) -> Callable[[str], str]:
    """Return what fills in words; nothing where a fact is not known, or speaks of commands."""

    def filled(text: str) -> str:
        try:
            said = text.format_map(facts)
        except KeyError:
            return ""
        return _plain(said)

    return filled


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("page_words.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return {**{code: {"by_command": True} for code in table.pop("by_command")}, **table}
