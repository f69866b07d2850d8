"""Blanks of a form as a page shows them: what is asked, what was answered, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import get_args

from flask import request

from kcbx_docs.case.service_methods import WitnessKind
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems

JOIN = "、"
_DIGITS = 4
SEVERAL = 2
WHO, WHY = "理由人", "理由"
SEEN = "seen"
"""What a form carries of the state that its page showed."""
CONFLICT, REFUSED = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
"""How a page is answered whose state has changed, and one with a fault."""
_LONG = ("内容", "备注", "答复", "原因", "拒收原因", "理由")
_ENTER = {"直接回车": "不填", "回车": "不填"}
"""What the questions of a command say of leaving one open."""


@dataclass(frozen=True)
class FormBlank:
    """One blank."""

    key: str
    label: str
    answer: str = ""
    about: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Who may be ticked."""
    rows: tuple[Mapping[str, str], ...] = ()
    """People of whom several things are asked, one below the other."""
    proposals: tuple[str, ...] = ()
    """What is usual; another answer does as well."""
    faults: Problems = ()
    kind: str = ""
    """text, long or day, where the key does not tell."""

    @property
    def way(self) -> str:
        """Tell how it is filled in."""
        if self.rows:
            return "rows"
        if self.choices:
            return "choice"
        if self.people:
            return "people"
        if self.kind:
            return self.kind
        if self.key.endswith("日期"):
            return "day"
        return "long" if self.key in _LONG else "text"

    @property
    def chosen(self) -> tuple[str, ...]:
        """List the people that are ticked."""
        return tuple(self.answer.split(JOIN))

    @property
    def mark(self) -> str:
        """Name it within the page."""
        return f"f-{self.key}"


def on_a_page(text: str) -> str:
    """Word a question of a command for a page, where nobody presses Enter."""
    for typed, filled in _ENTER.items():
        text = text.replace(typed, filled)
    return text


def small_number(text: str, otherwise: int) -> int:
    """Read a number of a few digits from a form or an address."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else otherwise


def asked_number(key: str, otherwise: int = 0) -> int:
    """Return the number that a page is asked with."""
    text = request.values.get(key, "").strip()
    return -small_number(text[1:], 0) if text.startswith("-") else small_number(text, otherwise)


def answered(keys: Iterable[str]) -> dict[str, str]:
    """Return what was filled in: people are ticked one by one, a day is ticked or written."""
    return {key: _answer(key) for key in keys if key in request.form}


def _answer(key: str) -> str:
    told = [*filter(None, map(str.strip, request.form.getlist(key)))]
    if len(told) < SEVERAL or key.endswith("日期"):
        return told[-1] if told else ""
    names = map(str.strip, JOIN.join(told).split(JOIN))
    return JOIN.join(dict.fromkeys(filter(None, names)))


def faults_of(problems: Sequence[Problem], key: str) -> Problems:
    """Keep the problems that are about one blank."""
    return tuple(one for one in problems if key in _keys_of(one))


def _keys_of(found: Problem) -> tuple[str, ...]:
    path = found.place.path
    return (*found.missing, path, path.partition("[")[0], path.replace("[0]", ""))


def reason_given() -> str:
    """Return the reason of a form: who answers for it, and why."""
    who, why = (request.form.get(key, "").strip() for key in (WHO, WHY))
    return f"{who}：{why}" if who and why else why


def handy_days(today: date) -> Mapping[str, date]:
    """Name the days that are asked for most."""
    return {"今天": today, "昨天": today - timedelta(days=1)}


def told_to_blanks(today: date) -> dict[str, object]:
    """Return what every page of blanks knows."""
    return {"handy_days": handy_days(today), "witness_kinds": get_args(WitnessKind)}
