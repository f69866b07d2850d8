"""What a pupil's papers say, as a hash: the same words again are no new papers.

Only what the ordered templates name is looked at: a number that no paper prints may be put right
without a new paper. The serial itself does not count, nor the day unless the batch names one.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


_BATCH = "批次"


@dataclass(frozen=True)
class Wording:
    """What the papers of a batch print of the facts that they are filled with."""

    names: frozenset[str]
    shared: str
    """The hash of what everybody's papers share."""

    def of(self, own: Mapping[str, Any]) -> str:
        """Return the hash of a pupil's papers from the facts that are the pupil's own."""
        own = {**own, _BATCH: self._named(_BATCH, own[_BATCH])}
        return hash_of_facts([self.shared, printed(own, self.names)])

    def _named(self, group: str, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep what is named as a part of its own group: 名称 is also that of the school."""
        return {key: value for key, value in facts.items() if f"{group}.{key}" in self.names}


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
