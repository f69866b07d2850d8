"""Mistakes in procedure.yaml and in 程序 and 期间 of pack.yaml,
each with the place that a keeper must mend.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.work import DAYS, KEYS
from kcbx_docs.law.bounds import bounds_of, outside
from kcbx_docs.law.figures import FIGURE, figure_text
from kcbx_docs.law.model import Basis, Rule
from kcbx_docs.law.registry import Registry, never_resolves
from kcbx_docs.light import regex
from kcbx_docs.packs.cards import every_document
from kcbx_docs.packs.chain import Chain, shipped_root
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Unknown
from kcbx_docs.packs.parameters import PARAMETERS
from kcbx_docs.packs.procedure import (
    FILE,
    MOMENTS,
    STATES,
    VERDICTS,
    Procedure,
    ProcedureFile,
    Step,
    read_procedure,
    read_switches,
    with_new_names,
)
from kcbx_docs.packs.said import said_at, value_at
from kcbx_docs.problems import Place, Problem, UserError, problem
from kcbx_docs.procedure.checks import CHECKS
from kcbx_docs.procedure.checks.order import CUTOFF, day_of_year
from kcbx_docs.reading import Source, read_model, read_yaml
from kcbx_docs.record.jurisdiction import may_replace
from kcbx_docs.words import advice_for_name, did_you_mean, parse_number

_WHOLE = regex(r"-?[0-9]{1,9}")
_WITH_UNIT = regex(
    r"\s*([0-9]{1,9}|[零一二三四五六七八九十百千两]+)\s*"
    r"(?:个?(?:工作日|日|天|月|年|周岁|岁|元|人|%|％)(?:以?内|以?前)?)?\s*"
)
_OFFERED = 8
COMMON_YEAR = 2023
"""A year without 29 February: a day that every year has."""


def lint_procedure(chain: Chain, registry: Registry) -> Iterator[Problem]:
    """Yield what is wrong with the procedure of a chain of packs."""
    try:
        procedure, _ = read_procedure(chain)
    except UserError as error:
        yield from error.problems
        return
    files = [*_files(chain)]
    for source, file in files:
        yield from _steps(source, file, procedure, registry)
        yield from _work_orders(source, file, chain)
        yield from _weakened(source, file, files[0][1] if files else file, source is files[0][0])
    yield from check_pack_keys(chain, procedure, registry)


def check_own(library: Library, procedure: Procedure) -> Iterator[Problem]:
    """Check what a workspace's own packs say of steps and periods; the shipped ones are tested."""
    chain = library.chain
    shipped = shipped_root()
    if any((one.path / FILE).is_file() for one in chain.folders if shipped not in one.path.parents):
        yield from lint_procedure(chain, library.registry)
    else:
        yield from check_pack_keys(chain, procedure, library.registry)


def _files(chain: Chain) -> Iterator[tuple[Source, ProcedureFile]]:
    paths = [(folder, folder.path / FILE) for folder in chain.folders]
    sources = [read_yaml(path, folder.shown(path))[0] for folder, path in paths if path.is_file()]
    for source in with_new_names([source for source in sources if source.data is not None]):
        file, _ = read_model(ProcedureFile, source)
        if file:
            yield source, file


def _steps(
    source: Source, file: ProcedureFile, procedure: Procedure, registry: Registry
) -> Iterator[Problem]:
    for key, step in file.steps.items():
        place = source.place(("步骤", key))
        if not procedure.steps[key].name:
            yield problem("PROC021", place, step=key)
        yield from _names(key, step, source)
        for limit in (*step.earliest, *step.latest):
            if limit.rule:
                yield from _rule(limit.rule, step.name or key, place, registry)
        yield from _basis(step.basis, step.name or key, place, registry)
        yield from _figures(step.effect, step.name or key, place, registry)
    for key, info in file.checks.items():
        place = source.place(("检查", key))
        yield from _basis((*info.basis, *chain(*info.basis_of.values())), key, place, registry)
        yield from _figures(info.note, key, place, registry)
    yield from _exclusive(source, file, procedure, registry)
    for key, banned in file.banned.items():
        yield from _basis(banned.basis, key, source.place(("不得制发", key)), registry)
    yield from _works(source, file, registry)
    for key, report in file.recurring.items():
        yield from _rule(report.rule, report.name, source.place(("定期", key)), registry)


def _works(source: Source, file: ProcedureFile, registry: Registry) -> Iterator[Problem]:
    """Steps of work rest on keys of its file."""
    for kind, steps in file.work.items():
        for key, step in steps.items():
            place = source.place(("工作", kind, key))
            for name in filter(None, (*step.needs, step.until, step.start, step.ends, step.items)):
                if name not in KEYS:
                    advice = advice_for_name(name, KEYS)
                    yield problem("WORK042", place, step=key, name=name, advice=advice)
            for name in step.yearly:
                if name not in PARAMETERS:
                    advice = advice_for_name(name, [*PARAMETERS])
                    yield problem("WORK052", place, step=key, name=name, advice=advice)
            yield from _basis(step.basis, step.name or key, place, registry)


def _work_orders(source: Source, file: ProcedureFile, chain: Chain) -> Iterator[Problem]:
    """What is put in order are days of the file of work, and papers."""
    known = (*DAYS, *every_document(chain))
    for kind, orders in file.work_order.items():
        for key, order in orders.items():
            place = source.place(("工作次序", kind, key, "次序"))
            for name in order.days:
                if name not in known:
                    advice = advice_for_name(name, known)
                    yield problem("WORK042", place, step=key, name=name, advice=advice)


def _exclusive(
    source: Source, file: ProcedureFile, procedure: Procedure, registry: Registry
) -> Iterator[Problem]:
    """Papers that exclude each other are papers of steps; a slip would let both be made."""
    known = [*dict.fromkeys(chain.from_iterable(s.documents for s in procedure.steps.values()))]
    for key, rule in file.exclusive.items():
        place = source.place(("互相排斥", key, "各方"))
        for name in chain.from_iterable(rule.sides):
            if name not in known:
                advice = advice_for_name(name, known)
                yield problem("PROC283", place, rule=key, name=name, advice=advice)
        yield from _basis(rule.basis, key, place, registry)


def _names(key: str, step: Step, source: Source) -> Iterator[Problem]:
    """Names of checks, moments, states and events must be known ones."""
    moments = [limit.start for limit in (*step.earliest, *step.latest)]
    wanted: tuple[tuple[str, str, Sequence[str], Sequence[str]], ...] = (
        ("PROC010", "前提", tuple(step.checks), tuple(CHECKS)),
        ("PROC012", "最早", moments, MOMENTS),
        ("PROC012", "须有", step.needs, MOMENTS),
        ("PROC012", "有了就做", step.unless, MOMENTS),
        ("PROC013", "状态", step.states, STATES),
        ("PROC013", "不以责令为前提时的状态", step.states_without_order, STATES),
        ("PROC014", "事项", [step.event] if step.event else [], tuple(EVENT_FIELDS)),
    )
    for code, where, names, known in wanted:
        for name in names:
            if name not in known:
                loc = ("步骤", key, where, name) if where == "前提" else ("步骤", key, where)
                yield problem(
                    code,
                    source.place(loc),
                    step=step.name or key,
                    name=name,
                    advice=advice_for_name(name, known),
                )


def _rule(name: str, where: str, place: Place, registry: Registry) -> Iterator[Problem]:
    try:
        registry.rule(name)
    except UserError as error:
        yield problem("PROC011", place, where=where, name=name, advice=error.problems[0].hint)


def _figures(text: str, where: str, place: Place, registry: Registry) -> Iterator[Problem]:
    """The figures that a text takes from the law are there, and have a number."""
    for name in FIGURE.findall(text):
        found = [*_rule(name, where, place, registry)]
        yield from found
        if not found:
            yield from _unprintable(name, place, registry)


def _unprintable(name: str, place: Place, registry: Registry) -> Iterator[Problem]:
    try:
        figure_text(registry.rule(name))
    except UserError as error:
        yield from (replace(one, place=place) for one in error.problems)


def _basis(
    basis: Sequence[Basis], where: str, place: Place, registry: Registry
) -> Iterator[Problem]:
    for entry in basis:
        if reason := never_resolves(registry, entry):
            yield problem("PROC015", place, where=where, basis=entry, reason=reason)


def _weakened(
    source: Source, file: ProcedureFile, national: ProcedureFile, is_national: bool
) -> Iterator[Problem]:
    """What would be void stays forbidden in every place."""
    if is_national:
        return
    for key, step in file.steps.items():
        legal = national.steps.get(key)
        for name, verdict in step.checks.items():
            info = national.checks.get(name)
            was = legal.checks.get(name) if legal else None
            if info and info.fixed and was and VERDICTS.index(verdict) < VERDICTS.index(was):
                place = source.place(("步骤", key, "前提", name))
                yield problem("PROC018", place, step=step.name or key, name=name, verdict=verdict)


def check_pack_keys(chain: Chain, procedure: Procedure, registry: Registry) -> Iterator[Problem]:
    """Check what pack.yaml says of steps and periods."""
    known = [
        *procedure.steps,
        *(s.name for s in procedure.steps.values()),
        *(s.route for s in procedure.steps.values()),
    ]
    good = dict(read_switches(chain.pack.steps))
    for key, value in chain.pack.steps.items():
        place = said_at(chain, "程序", key)
        if key not in known:
            yield problem(
                "PROC016", place, name=key, advice=advice_for_name(key, list(dict.fromkeys(known)))
            )
        if key not in good:
            place = value_at(chain, "程序", key)
            yield problem("PROC017", place, name=key, value="" if value is None else value)
    for key, value in chain.pack.periods.items():
        yield from _period(chain, key, value, registry)
    yield from _cutoff(chain)


def _cutoff(chain: Chain) -> Iterator[Problem]:
    """A day that cannot be read would turn the check of the school age off and nobody told."""
    value = chain.pack.values.get(CUTOFF)
    if value is None or isinstance(value, Unknown):
        return
    if day_of_year(str(value), COMMON_YEAR) is None:
        yield problem("PROC022", said_at(chain, "参数", CUTOFF), name=CUTOFF, value=value)


def _period(chain: Chain, key: str, value: Any, registry: Registry) -> Iterator[Problem]:
    try:
        rule = registry.rule(key)
    except UserError:
        yield _unregistered("期间", key, said_at(chain, "期间", key), registry)
        return
    if isinstance(value, Unknown):
        return
    text, place = "" if value is None else str(value), value_at(chain, "期间", key)
    if isinstance(value, Mapping | tuple) or not text or _amiss(rule, text):
        yield _no_figure(rule, text, place)
    elif not _WHOLE.fullmatch(text):
        if not _has_rule(text, registry):
            yield _unregistered(f"期间.{key}", text, place, registry, rule)
    elif not may_replace(rule, int(text)):
        yield problem("PROC020", place, name=rule.name, value=value, legal=rule.value)


def _amiss(rule: Rule, text: str) -> bool:
    """Tell of a figure that is written with its unit, or that cannot be meant."""
    if not _WHOLE.fullmatch(text):
        return _is_figure(text)
    return outside(rule, int(text)) or (int(text) == 0 and rule.value != 0)


def _has_rule(name: str, registry: Registry) -> bool:
    return not any(_rule(name, "", Place(), registry))


def _no_figure(rule: Rule, text: str, place: Place) -> Problem:
    """Say that a place must give a figure, in which unit and between which."""
    low, high = bounds_of(rule)
    meant = _figure_in(text)
    fits = meant is not None and not outside(rule, meant) and str(meant) != text
    advice = f"是不是「{rule.id}: {meant}」？" if fits else ""
    facts = {"unit": rule.unit, "low": low or 1, "high": high, "advice": advice}
    return problem("PROC019", place, name=rule.id, value=text, **facts)


def _unregistered(
    where: str, name: str, place: Place, registry: Registry, beside: Rule | None = None
) -> Problem:
    """Say that there is no such rule, and which there are: those that count in the same unit."""
    known = [rule.id for rule in registry.rules]
    advice = did_you_mean(name, [*known, *(rule.name for rule in registry.rules)])
    alike = [one for one in registry.rules if _is_offered(one, beside)][:_OFFERED]
    listed = "、".join(f"{one.id}（{one.name}）" for one in alike)
    advice += f"可以写的规则如 {listed}，全部见 kcbx law list。"
    advice += "本地新的数，先登记在同一文件夹 law.yaml 的「规则」里，再写它的编号。"
    return problem("PROC011", place, where=where, name=name, advice=advice)


def _is_offered(rule: Rule, beside: Rule | None) -> bool:
    return rule.value is None if beside is None else rule.unit == beside.unit


def _is_figure(text: str) -> bool:
    return _figure_in(text) is not None


def _figure_in(text: str) -> int | None:
    """Read a figure that is written with its unit or in Chinese signs, 两 or 十五天."""
    found = _WITH_UNIT.fullmatch(text)
    return parse_number(found[1].replace("两", "二")) if found else None
