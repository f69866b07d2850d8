"""Items of a list that run together, because the dash before the second one was forgotten."""

from collections.abc import Iterator

import yaml

from kcbx_docs.problems import Mending, Place, Problem, problem, with_mending

_ALIKE = 2
"""Keys that two items share at least: one alone may have been written twice."""


def split_items(node: yaml.MappingNode) -> Iterator[yaml.MappingNode]:
    """Yield the items that a mapping of keys in lines is meant for: each begins with its first."""
    groups = [*_groups(node)]
    known = {key.value for key, _ in groups[0]} if groups else set()
    if len(groups) < 2 or not all(_alike(group, known) for group in groups):
        yield node
        return
    for group in groups:
        start = group[0][0].start_mark
        yield yaml.MappingNode(node.tag, group, start, node.end_mark, node.flow_style)


def _alike(group: list[tuple[yaml.Node, yaml.Node]], known: set[str]) -> bool:
    return len({key.value for key, _ in group} & known) >= _ALIKE


def _groups(node: yaml.MappingNode) -> Iterator[list[tuple[yaml.Node, yaml.Node]]]:
    """Yield the keys of a mapping from every repetition of its first key on."""
    group: list[tuple[yaml.Node, yaml.Node]] = []
    for key, value in node.value:
        if group and not node.flow_style and key.value == group[0][0].value:
            yield group
            group = []
        group.append((key, value))
    yield group


def no_dash(place: Place, key: str, dash: int) -> Problem:
    """Tell of an item without its dash, which stands under those of the other items."""
    found = problem("READ041", place, key=key, column=dash + 1)
    blanks = (place.column or 0) - 1 - dash
    if not place.line or blanks < 1:
        return found
    return with_mending(found, Mending(place.line, dash + 1, " " * blanks, "-".ljust(blanks)))
