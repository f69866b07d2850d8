"""YAML before it is data: scalars stay text, and nothing may be expanded or executed."""

import yaml

from kcbx_docs.handwriting.stumbling import place_of
from kcbx_docs.problems import Problems, Tally, problem

MAX_DEPTH = 20
MAX_NODES = 50_000


class Loader(yaml.SafeLoader):
    """SafeLoader without implicit types: every scalar is text."""


Loader.yaml_implicit_resolvers = {}


def forbidden_events(text: str, name: str, first_line: int) -> Problems:
    """Tell of anchors, tags, and what is nested or repeated without end."""
    found = Tally(name)
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=Loader), 1):
        place = place_of(event.start_mark, name, first_line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return (*found.told(), problem("READ010", place, limit=MAX_DEPTH))
        if count > MAX_NODES:
            return (*found.told(), problem("READ011", place, limit=MAX_NODES))
        if getattr(event, "anchor", None):
            found.add("READ005", place, quoted="")
        if tag := getattr(event, "tag", None):
            found.add("READ006", place, tag=tag, quoted="")
    return found.told()
