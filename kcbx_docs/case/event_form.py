"""What may be filled in for one kind of event, in the order in which it is asked for;
and answers written ``键=值`` as the values of an event.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

from kcbx_docs.case.commented import flow
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import CHOICES_TOLD, COMMON, EVENT_FIELDS
from kcbx_docs.case.service_methods import WitnessKind
from kcbx_docs.case.witness import Witness
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.reading import Day, parse_yaml
from kcbx_docs.words import advice_for_key, advice_for_name, instead_of

WHEN, KIND = "日期", "事项"
_WHO = "姓名"
_FIELDS = {str(info.alias): info for info in Event.model_fields.values()}


@dataclass(frozen=True)
class Blank:
    """One key of an event: what it means, whether it must be filled in, what it may say."""

    key: str
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    """The results that leave it open; nothing where every one does."""
    days: bool = False
    """Whether it holds several days."""

    def wanted(self, result: str) -> bool:
        """Tell whether it is to be asked after the result."""
        return not self.only_if or result in ("", *self.only_if)


_FIRST = ("时间", "结束时间", "对象", "地点", "方式", "结果")
"""As somebody tells it: when, whom, where, how, and what came of it."""
_ONLY_IF: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("劝返", "到校情况"): ("未见到",),
    ("劝返", "期限"): ("同意返校",),
    ("调查终结", "金额"): ("建议处罚",),
    ("调查终结", "法定情形"): ("建议不予处罚",),
    ("复议决定", "金额"): ("变更", "调解"),
    ("行政判决", "金额"): ("变更", "调解"),
}


def form_of(kind: str) -> tuple[Blank, ...]:
    """List the keys of a kind of event but for its day, in the order in which they are asked."""
    rule = EVENT_FIELDS[kind]
    first = (key for key in _FIRST if key in rule.allowed)
    keys = dict.fromkeys((*first, *rule.required, *rule.extra, *COMMON))
    return tuple(_blank(kind, key) for key in keys)


def _blank(kind: str, key: str) -> Blank:
    rule = EVENT_FIELDS[kind]
    choices = rule.choices.get(key) or tuple(_listed(_FIELDS[key].annotation))
    only_if = _ONLY_IF.get((kind, key), ())
    about = CHOICES_TOLD.get((kind, key), str(_FIELDS[key].description))
    days = _FIELDS[key].annotation == tuple[Day, ...]
    return Blank(key, about, key in rule.required, choices, only_if, days)


def _listed(annotation: Any) -> Iterator[str]:
    """Yield the words of a closed choice, also inside a union; yes and no for what is either."""
    if getattr(annotation, "__origin__", None) is Literal:
        yield from get_args(annotation)
        return
    if annotation is bool:
        yield from ("是", "否")
    for inner in getattr(annotation, "__args__", ()):
        yield from _listed(inner)


_WITNESS = (_WHO, "单位", "单位类别", "职务")
_DESCRIBED = (3, 4)
_UNITS = get_args(WitnessKind)


def values_of(kind: str, pairs: Iterable[str]) -> tuple[dict[str, Any], Problems]:
    """Read answers written ``键=值``; a part of a witness is written ``见证人.单位=值``.

    The first equals sign divides, a full-width one where there is no other; an answer without
    a value counts as not given.
    """
    values: dict[str, Any] = {}
    found: list[Problem] = []
    for pair in pairs:
        key, sign, value = (part.strip() for part in as_pair(pair).partition("="))
        name, _, part = key.partition(".")
        told = _part(values, name, part)
        if problems := tuple(_faults(kind, pair, (name, sign, part), doubled=bool(told))):
            found += problems
        elif value:
            _put(values, name, part, value)
    return {name: _people(name, value) for name, value in values.items()}, tuple(found)


def as_pair(text: str) -> str:
    """Return an answer with the equals sign that divides it, where a Chinese keyboard wrote it."""
    return text if "=" in text else text.replace("＝", "=", 1)


def pairs_of(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is written of an event as somebody types it, its kind left out."""
    for key, value in values.items():
        if key != KIND and value is not None:
            yield f"{key}={_as_typed(value)}"


def _as_typed(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return flow(value)


def _people(name: str, value: Any) -> Any:
    """List witnesses who are named only, and days, as a file does; one after the other by 、."""
    if not isinstance(value, str) or not _parts_of(name):
        return value
    if value.startswith(("{", "[")):  # copied from a file
        told = parse_yaml(value, "")[0].data
        return [told] if isinstance(told, dict) else told
    parts = [person.strip() for person in value.split("、") if person.strip()]
    described = _parts_of(name) and len(parts) in _DESCRIBED and parts[2] in _UNITS
    return [dict(zip(_WITNESS, parts, strict=False))] if described else parts


def _part(values: Mapping[str, Any], name: str, part: str) -> Any:
    """Return what is told of a part already; a single name alone tells who it is."""
    told = values.get(name)
    if isinstance(told, list):
        return told[0].get(part or _WHO)
    several = isinstance(told, str) and "、" in told
    return told if several or part in ("", _WHO) else None


def _put(values: dict[str, Any], name: str, part: str, value: str) -> None:
    """Keep an answer; a witness named in one word and described in others is one person."""
    told = values.get(name)
    if not part and not isinstance(told, list):
        values[name] = value
        return
    records = told if isinstance(told, list) else [{_WHO: told}] if told else [{}]
    records[0][part or _WHO] = value
    values[name] = records


def _faults(kind: str, pair: str, key: tuple[str, str, str], *, doubled: bool) -> Iterator[Problem]:
    name, sign, part = key
    allowed = EVENT_FIELDS[kind].allowed
    if not sign:
        advice = "、".join(allowed[2:])
        yield problem("CLI050", Place(), text=pair, kind=kind, keys=advice)
    elif name not in allowed or name == KIND:
        advice = instead_of(kind, name) or advice_for_key(name, EVENT_FIELDS[kind].asked)
        yield problem("CASE041", Place(), kind=kind, key=name, advice=advice)
    elif part and part not in _parts_of(name):
        advice = advice_for_name(part, _parts_of(name))
        yield problem("CASE041", Place(), kind=kind, key=f"{name}.{part}", advice=advice)
    elif doubled:
        yield problem("READ007", Place(), key=f"{name}.{part}" if part else name, where="")


def _parts_of(name: str) -> tuple[str, ...]:
    """List the keys of a record that stands for a value: only a witness is one."""
    if Witness not in models_in(_FIELDS[name].annotation):
        return ()
    return tuple(str(info.alias) for info in Witness.model_fields.values())
