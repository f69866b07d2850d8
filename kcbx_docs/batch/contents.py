"""What templates mention, and hashes of facts: what a class's files depend on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, nodes

from kcbx_docs.packs.flatten import FlatTemplate


def names_in(templates: Sequence[FlatTemplate]) -> frozenset[str]:
    """List every name and word that templates mention, alone and as 批次.学期: whatever else a
    roster holds is not printed.
    """
    found: set[str] = set()
    for flat in templates:
        tree = Environment().parse(flat.source)
        for node in tree.find_all(nodes.Getattr):
            found.add(node.attr)
            if isinstance(node.node, nodes.Name):
                found.add(f"{node.node.name}.{node.attr}")
        found.update(node.name for node in tree.find_all(nodes.Name))
        found.update(n.value for n in tree.find_all(nodes.Const) if isinstance(n.value, str))
    return frozenset(found)


def printed(value: Any, names: frozenset[str]) -> Any:
    """Keep of facts what templates name."""
    if isinstance(value, Mapping):
        return {key: printed(one, names) for key, one in value.items() if key in names}
    if isinstance(value, list | tuple):
        return [printed(one, names) for one in value]
    return value


def hash_of_facts(value: Any) -> str:
    """Return the hash of facts, however they are ordered."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def source_of(flat: FlatTemplate) -> str:
    """Return the hash of a template's text."""
    return hashlib.sha256(f"{flat.front.title}\n{flat.source}".encode()).hexdigest()
