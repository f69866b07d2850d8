"""Periods that a template types: of the law, then a rule prints them; of the office, then a pack
says so. Only a paper of which the law asks nothing may state its office's own plainly.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcbx_docs.law.model import Rule
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import regex
from kcbx_docs.packs.model import Card
from kcbx_docs.words import parse_number

if TYPE_CHECKING:
    import re

_N = r"(?:[0-9]{1,4}|[一二三四五六七八九十百千万零〇两]+)"
_AMOUNT = regex(rf"({_N})(个?工作日|日|天|个月|年|周岁|岁|元|[%％])|百分之({_N})")
_UNITS = {"天": "日", "个工作日": "工作日", "个月": "月", "岁": "周岁"}
_OF_THE_LAW = ("年", "周岁")
_MEASURED = ("缺课", "旷课", "辍学", "未满", "不满", "年满", "已满")
_USED = regex(r"(?:规则\(\s*|规则\s*=\s*)[\"']([^\"']+)[\"']")
_MONEY = "罚款、加处的数由案件和登记的处罚依据定，文书里写 {{ 程序 }} 下面的变量；别的请删去。"
_PLACE = "本单位自己定的数写进 pack.yaml 的「参数」，印的地方写 {{ 地方.名称 }}。"
_PARAMETER = (
    "要能改数的，pack.yaml 的「参数」里加一行「交回天数: {n}」，"
    "文字里写 {{{{ 地方.交回天数 }}}}{unit}内。"
)
_OWN = "这种文书法律没有规定期限。是本单位自己定的工作期限（几日内交回、联系），"
_IN_FILE = (
    "在模板包的 pack.yaml 里写「自定期限: {{{id}: {text}}}」就可以照这样写（pack take 加 "
    "--own {text}，办公桌上勾一下，替您写好）；"
    "已经有「自定期限」的，在它下面加一行「  {id}: {text}」。"
)
_ON_PAGE = "在这份文书的「用 Word 改」里勾「{text}是本单位自己定的工作期限」，就可以照这样写。"
_LAWFUL = "这种文书的期限由法律定，不能自己写数。"
_MOST = 3


def rules_used(source: str, registry: Registry) -> tuple[Rule, ...]:
    """List the rules whose figures a template prints or cites."""
    named = set(_USED.findall(source))
    return tuple(rule for rule in registry.rules if named & {rule.id, rule.name, *rule.aliases})


def may_be_own(text: str, card: Card, registry: Registry) -> bool:
    """Tell whether a paper may state a period plainly that its office sets itself."""
    required = registry.document(card.id)
    if card.role or card.served or (required and required.required):
        return False
    if text.startswith("半"):
        return text.startswith(("半个月", "半月"))
    found = _AMOUNT.search(text)
    return bool(found and _length(found) and not text.startswith(_MEASURED))


def is_own(text: str, beside: str, card: Card, registry: Registry, used: Sequence[Rule]) -> bool:
    """Tell whether a pack says of a period that it is the office's own, and may say so."""
    own = text in card.own_periods.split("、") and may_be_own(text, card, registry)
    return own and not _belonging(text, beside, registry, used)


def advice_on(text: str, registry: Registry) -> str:
    """Say where a figure comes from, whatever the paper: the rules that have it."""
    found = _AMOUNT.search(text)
    if text.startswith("半"):
        return _PLACE
    if found is None or not (_length(found) or _UNITS.get(found[2], found[2]) in _OF_THE_LAW):
        return _MONEY
    return _listed(_same(text, registry), _PLACE)


def advice_in(
    text: str, beside: str, registry: Registry, card: Card, used: Sequence[Rule]
) -> dict[str, str]:
    """Say what a keeper can do about a figure in a paper: the rule that belongs there, or how the
    office's own is written, in a file and on a page. ``beside`` is the clause in which it stands.
    """
    found = _AMOUNT.search(text)
    if not text.startswith("半") and (found is None or not _length(found)):
        return _plain(advice_on(text, registry))
    if rules := _belonging(text, beside, registry, used):
        return _plain(_listed(rules, "不是它的，请删去。"))
    if may_be_own(text, card, registry):
        typed = _IN_FILE.format(id=card.id, text=text) + _as_parameter(found)
        return {"advice": _OWN, "typed": typed, "on_page": _ON_PAGE.format(text=text)}
    required = registry.document(card.id)
    if required and required.required:
        names = "、".join(f'{{{{ 规则("{rule.id}") }}}}（{rule.name}）' for rule in used[:_MOST])
        return _plain(_LAWFUL + (f"它用到的有 {names}；别的请删去。" if names else "请删去。"))
    return _plain(_PLACE + _as_parameter(found))


def _plain(advice: str) -> dict[str, str]:
    return {"advice": advice, "typed": "", "on_page": ""}


def _as_parameter(found: "re.Match[str] | None") -> str:
    number = parse_number(found[1].replace("两", "二")) if found and found[1] else None
    return _PARAMETER.format(n=number, unit=found[2]) if found and number else ""


def _length(found: "re.Match[str]") -> bool:
    """Tell whether an amount is a time of days or months."""
    return bool(found[1]) and _UNITS.get(found[2], found[2]) in ("日", "工作日", "月")


def _same(text: str, registry: Registry) -> tuple[Rule, ...]:
    found = _AMOUNT.search(text)
    if found is None or not found[1]:
        return ()
    number = parse_number(found[1].replace("两", "二"))
    unit = _UNITS.get(found[2], found[2])
    return tuple(
        rule for rule in registry.rules if (abs(rule.value or 0), rule.unit) == (number, unit)
    )


def _belonging(
    text: str, beside: str, registry: Registry, used: Sequence[Rule]
) -> tuple[Rule, ...]:
    """List the rules of that length which the paper uses, or of which its clause speaks."""
    told = [one for one in registry.words("timed-by-law").words if one in beside]
    same = _same(text, registry)
    return tuple(rule for rule in same if rule in used or _speaks_of(rule, told))


def _speaks_of(rule: Rule, subjects: Sequence[str]) -> bool:
    return any(one in rule.name for one in subjects)


def _listed(rules: Sequence[Rule], otherwise: str) -> str:
    shown = "、".join(f'{{{{ 规则("{rule.id}") }}}}（{_meaning(rule)}）' for rule in rules[:_MOST])
    more = "等" if len(rules) > _MOST else ""
    return f"法律的数写 {shown}{more}；{otherwise}" if shown else otherwise


def _meaning(rule: Rule) -> str:
    return f"{rule.name}，从{rule.event}起" if rule.event else rule.name
