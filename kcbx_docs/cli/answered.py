"""Answers as the values of a file, and what the readers say of such a file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.files import load_source, workspace_of
from kcbx_docs.case.ids import IdFacts, age_on, read_id
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.handwriting.days import read_day
from kcbx_docs.office.asked import Asked, Judge
from kcbx_docs.office.new_case import listed_names
from kcbx_docs.office.workspace_faults import workspace_faults
from kcbx_docs.problems import Problem
from kcbx_docs.reading import Loc, parse_yaml
from kcbx_docs.words import day_in_words

_WEEKDAYS = "一二三四五六日"
Values = dict[str, Any]


def names_of(loc: Loc, label: str, known: Sequence[str], usual: str = "") -> Asked:
    """Ask for some of those who are registered, by name or by number."""

    def read(text: str) -> str:
        names = [_named(part, known) for part in listed_names(text)]
        return "、".join(dict.fromkeys(names))

    shown = "，".join(f"{number} {name}" for number, name in enumerate(known, 1))
    many = f"{label}（{shown}；几名用顿号隔开）"
    return Asked(loc, many if known else f"{label}（几名用顿号隔开）", usual, check=read)


def _named(part: str, known: Sequence[str]) -> str:
    if not part.isdecimal() or not known:
        return part
    if 1 <= int(part) <= len(known):
        return known[int(part) - 1]
    raise ValueError(f"没有第 {part} 个：登记的有 {'、'.join(known)}。")


def judge_of_file(
    path: Path,
    write: Callable[[Mapping[Loc, str]], str],
    day: date,
    workspace: Workspace | None,
) -> Judge:
    """Return what reads a case, a batch or a letter as it would be written."""

    def judge(answers: Mapping[Loc, str]) -> Sequence[Problem]:
        return load_source(path, *parse_yaml(write(answers), str(path)), day, workspace)[1]

    return judge


def judge_of_office(write: Callable[[Mapping[Loc, str]], str]) -> Judge:
    """Return what reads a kcbx.yaml as it would be written."""

    def judge(answers: Mapping[Loc, str]) -> Sequence[Problem]:
        loaded, found = workspace_of(Path(), *parse_yaml(write(answers), ""))
        more = workspace_faults(loaded.workspace, loaded.source) if loaded else ()
        return (*found, *more)

    return judge


def told_day(text: str) -> str:
    """Repeat a day with its weekday."""
    day = read_day(text)
    return f"{day_in_words(day)}（星期{_WEEKDAYS[day.weekday()]}）" if day else text


def told_number(today: date) -> Callable[[str], str]:
    """Return what repeats an identity number with what it says of its holder."""

    def told(text: str) -> str:
        facts = read_id(text)
        return f"{text}（{_holder(facts, today)}）" if facts.birth else text

    return told


def _holder(facts: IdFacts, today: date) -> str:
    assert facts.birth
    return f"{facts.sex}，{day_in_words(facts.birth)}出生，{age_on(facts.birth, today)} 岁"
