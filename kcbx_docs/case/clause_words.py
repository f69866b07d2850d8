"""A clause on fines against its own words, and who made it: only what is certain is said."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Literal

from kcbx_docs.light import regex
from kcbx_docs.words import parse_number

if TYPE_CHECKING:
    from kcbx_docs.case.workspace import PenaltyBasis

Maker = Literal["", "不能", "要核对"]

ORGANS = "机关"
"""The key of a clause under which its organs are written."""
NO_DELEGATION = ("", "不需要", "无", "没有", "未知")
_LOOKED_UP = regex(r"《.+》|[0-9０-９一二三四五六七八九十百]\s*号")
_SHORT = 8
"""Fewer characters are no clause but a note that it is still to be copied."""
_COUNCIL = r"(?:人民代表大会|人大)(?:常务委员会|常委会)?"
_SESSION = regex(r"第[0-9〇零一二三四五六七八九十百]+(?:届|次(?:全体|常务)?会议)")
_MAKER = regex(rf"(?P<place>.*?)(?P<body>{_COUNCIL}|人民政府)")
_PROVINCE = regex(r".*(省|自治区|北京市|天津市|上海市|重庆市)|全国|")
_AUTONOMOUS = regex(r".*(自治县|自治旗)")
_BELOW = regex(r".*(县|旗|区|乡|镇|苏木|盟|地区|街道)")
_NUMBER = r"([0-9]+|[一二三四五六七八九十百千零两]+)(万?)元"
_MOST = regex(rf"{_NUMBER}以下")
_LEAST = regex(rf"{_NUMBER}以上")
_UNMENDED = regex(r"逾期(?:仍|拒)?(?:不|未|没有)|拒不改正|仍不改正")
_BUREAU = regex(
    r"(?:[县市区]级?(?:以上)?(?:地方)?(?:各级)?人民政府)?教育[^，。；]{0,4}(?:部门|局|委员会)"
)
_TOWN = regex(
    r"(?:乡、(?:民族乡、)?镇|乡镇|乡[（(][^）)]*镇[^）)]*[）)]|乡级|[乡镇](?=(?:人民)?政府))"
    r"(?:(?:人民)?政府)?"
    r"|街道(?:办事处)?"
)


def maker(basis: "PenaltyBasis") -> Maker:
    """Tell whether the organ that made a text may make regulations or rules at all:
    those of provinces may, of cities and prefectures perhaps, nobody below (立法法 80, 81, 93).
    """
    name = _SESSION.sub("", re.sub(r"\s", "", basis.enacted_by))
    if not name or name == "国务院":
        return ""
    found = _MAKER.fullmatch(name)
    if found is None:
        return "不能"
    place, body = found["place"], found["body"]
    if _AUTONOMOUS.fullmatch(place):
        # Autonomous counties make regulations of their own through their congress alone.
        return "" if body in ("人民代表大会", "人大") else "不能"
    if _PROVINCE.fullmatch(place):
        return ""
    return "不能" if _BELOW.fullmatch(place) else "要核对"


def contradictions_of(basis: "PenaltyBasis") -> Iterator[tuple[str, str]]:
    """Yield each key of a clause that its own words contradict, and how."""
    text = re.sub(r"\s", "", basis.text)
    if len(text) < _SHORT:
        return
    if "罚" not in text:
        yield "原文", "原文里没有罚款"
        return
    yield from _amounts(basis, text)
    if basis.after_order == "否" and _UNMENDED.search(text):
        yield "以逾期不改为前提", "原文是逾期不改正的才处罚"
    yield from _organs(basis)


def nameless_delegation(basis: "PenaltyBasis") -> bool:
    """Tell whether a delegation is written that nobody can look up: no number and no title."""
    written = basis.delegation
    return written not in NO_DELEGATION and not _LOOKED_UP.search(written)


def without_amounts(basis: "PenaltyBasis") -> bool:
    """Tell whether the words name no amount, and leave it to another text."""
    text = re.sub(r"\s", "", basis.text)
    return len(text) >= _SHORT and "罚" in text and "元" not in text


def _amounts(basis: "PenaltyBasis", text: str) -> Iterator[tuple[str, str]]:
    """Compare the range where the words name a single one."""
    if len(_MOST.findall(text)) != 1:
        return
    for key, pattern, own in (("最高罚款", _MOST, basis.most), ("最低罚款", _LEAST, basis.least)):
        written = {_money(*found) for found in pattern.findall(text)}
        if len(written) != 1 or None in written or own is None:
            continue
        (amount,) = written
        if amount != own:
            yield key, f"{key}写的是{own:f}元，原文是{amount}元"


def _money(number: str, ten_thousands: str) -> Decimal | None:
    value = parse_number(number.replace("两", "二"))
    if value is None:
        return None
    return Decimal(value * (10_000 if ten_thousands else 1))


def strangers_of(basis: "PenaltyBasis") -> tuple[str, ...]:
    """List the organs of a clause that its words do not name, where the words name
    bureaus alone or towns alone.
    """
    bureau, town = _named(basis)
    if bool(bureau) == bool(town):
        return ()
    return tuple(one for one in basis.organs if bool(_TOWN.search(one)) != bool(town))


def _named(basis: "PenaltyBasis") -> tuple[list[str], list[str]]:
    """List the bureaus and the towns that the words name, as they name them."""
    text = re.sub(r"\s", "", basis.text)
    bureau = [found[0] for found in _BUREAU.finditer(text)]
    town = [found[0] for found in _TOWN.finditer(_BUREAU.sub("", text))]
    return bureau, town


def _organs(basis: "PenaltyBasis") -> Iterator[tuple[str, str]]:
    """Compare who fines; the words are quoted, so that nobody is said to be in them who is not."""
    if strangers := strangers_of(basis):
        named = "、".join(dict.fromkeys(chain.from_iterable(_named(basis))))
        yield ORGANS, f"机关写了{'、'.join(strangers)}，原文写的是「{named}」"


def told_of(basis: "PenaltyBasis") -> dict[str, object]:
    """Return what the messages about a clause say of it."""
    what = "；".join(dict.fromkeys(told for _, told in contradictions_of(basis)))
    return {
        "id": basis.id,
        "statute": basis.statute,
        "article": basis.article,
        "maker": basis.enacted_by,
        "withdrawn": basis.withdrawn or "",
        "why": basis.withdrawn_why or "没有写理由",
        "what": what,
    }
