"""What a template cites of the law: every call, at its place. Lint asks beforehand; rendering asks
where a filling says that something is wrong, and says the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kcbx_docs.law.citation import parts_of
from kcbx_docs.law.figures import figure_text
from kcbx_docs.law.registry import Registry
from kcbx_docs.packs.contract import Cited, calls
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.located import Located
from kcbx_docs.papers.functions import Citer, not_a_citation, not_a_rule
from kcbx_docs.problems import Problem, Problems, UserError


def law_faults(flat: Located, registry: Registry, day: date) -> Problems:
    """Find what a template cites wrongly, with the law of a day."""
    return (*_citations(flat, registry, day), *_figures(flat, registry))


def placed(found: Iterable[Problem], flat: FlatTemplate, registry: Registry, day: date) -> Problems:
    """Give what a filling said of the law the places at which the template calls for it."""
    faults = law_faults(flat, registry, day)
    out: list[Problem] = []
    for one in found:
        same = [fault for fault in faults if replace(fault, place=one.place) == one]
        out += same or [one]
    return tuple(dict.fromkeys(out))


def _citations(flat: Located, registry: Registry, day: date) -> Iterator[Problem]:
    cited, found = calls(flat, "法条")
    yield from found
    for call in cited:
        if not _is_citation(call):
            yield not_a_citation(call.place)
            continue
        citer = Citer(registry, day, call.place)
        citer(*call.arguments, **dict(call.named))  # type: ignore[arg-type]
        yield from citer.problems


def _is_citation(call: Cited) -> bool:
    named = dict(call.named)
    rule = named.pop("规则", None)
    if named.keys() - {"简称"}:
        return False
    if rule is not None:
        return isinstance(rule, str) and not call.arguments
    title, *numbers = call.arguments or (None,)
    return isinstance(title, str) and parts_of(numbers) is not None


def _figures(flat: Located, registry: Registry) -> Iterator[Problem]:
    cited, found = calls(flat, "规则")
    yield from found
    for call in cited:
        if len(call.arguments) != 1 or call.named or not isinstance(call.arguments[0], str):
            yield not_a_rule(call.place)
            continue
        try:
            figure_text(registry.rule(call.arguments[0]))
        except UserError as error:
            yield from (replace(one, place=call.place) for one in error.problems)
