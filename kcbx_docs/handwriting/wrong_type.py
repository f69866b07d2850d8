"""What to say of a value that is not of its type: the code, and what was probably meant."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kcbx_docs.handwriting.values import shown
from kcbx_docs.light import regex
from kcbx_docs.words import (
    advice_for_key,
    half_sure,
    nearest_choice,
    parse_number,
    while_unknown,
    words_go,
)

CODES = {
    "missing": "TYPE001",
    "extra_forbidden": "TYPE002",
    "model_type": "TYPE003",
    "dict_type": "TYPE003",
    "model_attributes_type": "TYPE003",
    "mapping_type": "TYPE003",
    "list_type": "TYPE004",
    "tuple_type": "TYPE004",
    "date_from_datetime_parsing": "TYPE005",
    "date_parsing": "TYPE005",
    "date_type": "TYPE005",
    "date_from_datetime_inexact": "TYPE005",
    "datetime_parsing": "TYPE005",
    "datetime_from_date_parsing": "TYPE005",
    "int_parsing": "TYPE006",
    "int_type": "TYPE006",
    "int_from_float": "TYPE006",
    "decimal_parsing": "TYPE014",
    "float_parsing": "TYPE014",
    "decimal_type": "TYPE014",
    "literal_error": "TYPE007",
    "enum": "TYPE007",
    "string_type": "TYPE008",
    "string_too_long": "TYPE009",
    "string_too_short": "TYPE010",
    "bool_parsing": "TYPE011",
    "bool_type": "TYPE011",
    "too_short": "TYPE013",
}


MEANT = {
    **dict.fromkeys(("yes", "y", "true", "对", "是的", "√", "✓", "✔"), "是"),
    **dict.fromkeys(("no", "n", "false", "不是", "×", "✗", "✘"), "否"),
}
"""Other ways to say yes and no that can be meant in one way only."""

PATTERNS = {
    r"^\d{2}(\d{2}(\d{2})?)?$": "要写两位、四位或者六位数字，加引号，如 '530423'",
    r"^\d{0,6}$": "要写两位到六位数字，加引号，如 '5304'",
    r"^[a-z][a-z0-9-]*$": "要写小写英文字母、数字和 -，字母在前，如 urge-notice",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "要写小写英文字母、数字，中间用 - 连接，如 yunnan-tiaoli",
    r"^(20\d\d-(0[1-9]|1[0-2]))?$": "要写年和月，如 2026-09",
}
"""How a text is written that must have a form."""


def form_asked(facts: Mapping[str, Any]) -> str:
    """Say what a value must be like: its form, or the bound that it passes."""
    if facts.get("ge") is not None:
        return f"不能小于 {facts['ge']}"
    if facts.get("le") is not None:
        return f"不能大于 {facts['le']}"
    return PATTERNS.get(str(facts.get("pattern")), "")


OF_KEY = "[key]"
"""Stands in a place behind a key that is itself wrong."""
WRONG_KINDS = ("TYPE003", "TYPE004", "TYPE005", "TYPE006", "TYPE007", "TYPE008", "TYPE014")
"""Codes that for a key without a value say no more than that there is none."""


def _alike(text: str) -> re.Match[str] | None:
    """Find at the start of a text what may be meant for a key and its colon."""
    from kcbx_docs.handwriting.handwritten import ALIKE  # only where something is wrong

    return ALIKE.match(text)


def _number(text: str) -> int | None:
    """Read a number with its unit: 2份, 两份, 十三岁."""
    found = re.fullmatch(
        r"([0-9]+|[零一二三四五六七八九十百两]+)\s*[份人岁天日个次元页名]?", text.strip()
    )
    if not found:
        return None
    return parse_number(found[1].replace("两", "二"))


_NOT_KNOWN = "未查明"
_UNKNOWN = regex(r".*(清楚|知道|不明|未知|不详|(没有?|未|待)(查|核|问|了解))")
_ANSWERS = (
    ("否", "无", regex(r"没|无|未|不|并非|否")),
    ("是", "有", regex(r"已|有|确|属实|正|是")),
)


def _answer(value: str, words: Sequence[str]) -> str:
    """Return the yes or no that begins a text where only a word is wanted: 没有转学, 已经转学."""
    if half_sure(value):
        return ""
    if _UNKNOWN.match(value):
        return _NOT_KNOWN if _NOT_KNOWN in words else ""
    for yes, there, pattern in _ANSWERS:
        if pattern.match(value):
            return next((word for word in (yes, there) if word in words), "")
    return ""


def limit_of(facts: Mapping[str, Any]) -> object:
    """Return the limit that a value passes."""
    return facts.get("max_length") or facts.get("min_length") or ""


def allowed_of(facts: Mapping[str, Any]) -> str:
    """List what a value may be."""
    return str(facts.get("expected", "")).replace(" or ", "、").replace(", ", "、").replace("'", "")


def advice_for(
    code: str,
    key: str,
    value: object,
    facts: Mapping[str, Any],
    known: Sequence[str],
    *,
    of_office: bool,
) -> str:
    """Say what was probably meant, or how such a value is written."""
    if code in ("TYPE001", "TYPE002"):
        return _of_key(code, key, known, of_office)
    if code == "TYPE003" and isinstance(value, str) and (odd := _alike(value)):
        kind = "中文冒号" if odd["colon"] != ":" else "冒号，后面却没有空格"
        return (
            f"「{odd['key']}」后面是{kind}；请另起一行、缩进两格，写成"
            f"「{odd['key']}: …」，用英文冒号加一个空格。"
        )
    if code == "TYPE011" and (meant := MEANT.get(str(value).lower())):
        return f"是不是「{meant}」？"
    if code == "TYPE006" and (number := _number(str(value))):
        return f"是不是「{number}」？"
    if code == "TYPE003":
        return _below(value, known)
    return _choice(key, value, facts) if code == "TYPE007" and isinstance(value, str) else ""


def _of_key(code: str, key: str, known: Sequence[str], of_office: bool) -> str:
    """Say what is written for a key that is missing, or which key was meant."""
    if code == "TYPE002":
        return advice_for_key(key, known, of_office)
    return while_unknown(key) if of_office else ""


_SHOWN = 8
"""Keys of a record that are named; the rest stands in the reference."""


def _below(value: object, known: Sequence[str]) -> str:
    """Say what stands below a key that holds a record."""
    advice = "请另起一行、缩进两格再写"
    if not known or not isinstance(value, str):
        return f"{advice}。"
    more = f"，里面可以写：{'、'.join(known[:_SHOWN])}{'等' if len(known) > _SHOWN else ''}"
    return f"{advice}，如「{known[0]}: {shown(value)}」{more}。"


def told_apart(about: str, allowed: str, beside: Sequence[str]) -> str:
    """Say what a choice is about, and where the words go that are none of it."""
    if not re.sub(f"{'|'.join(map(re.escape, allowed.split('、')))}|[、，或和（）]", "", about):
        return words_go(beside)  # it only names the words that may be written
    return f"{about}。{'' if '写在' in about else words_go(beside)}"


def _choice(key: str, value: str, facts: Mapping[str, Any]) -> str:
    """Say which of the words that may be written was probably meant."""
    words = re.findall(r"'([^']+)'", str(facts.get("expected", "")))
    meant = nearest_choice(key, value, words) or _answer(value, words)
    if not meant or "[" in key:
        return f"是不是「{meant}」？" if meant else ""
    return f"是不是「{meant}」？写成「{key}: {meant}」。"
