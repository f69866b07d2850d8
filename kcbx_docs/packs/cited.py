"""Which acts a template cites: in any case, or only where some condition holds."""

from collections.abc import Iterable
from functools import lru_cache, reduce

from jinja2 import nodes

from kcbx_docs.light import dataclass
from kcbx_docs.packs.language import Sandbox

CITE = "法条"
Titles = frozenset[str]
_NONE: Titles = frozenset()


@dataclass(frozen=True)
class CitedActs:
    """The titles of acts in a template."""

    always: Titles
    """What every paper made from it cites."""
    possible: Titles
    """What it may cite, those included."""


@lru_cache(maxsize=256)
def cited_in(source: str) -> CitedActs:
    """Read the citations of a template; what stands under a condition may be left out."""
    tree = Sandbox().parse(source)
    possible = frozenset(filter(None, map(_title, tree.find_all(nodes.Call))))
    return CitedActs(_always(tree), possible)


def _always(node: nodes.Node) -> Titles:
    """Return what is cited whenever a node is reached."""
    if isinstance(node, nodes.Call) and (title := _title(node)):
        return frozenset({title})
    if isinstance(node, nodes.If):
        ways = (node.body, *(one.body for one in node.elif_), node.else_)
        return _always(node.test) | _in_each(_all(way) for way in ways)
    if isinstance(node, nodes.CondExpr):
        ends = (node.expr1, node.expr2)
        return _always(node.test) | _in_each(_always(end) if end else _NONE for end in ends)
    if isinstance(node, nodes.For):
        return _always(node.iter)
    if isinstance(node, nodes.And | nodes.Or):
        return _always(node.left)
    return _all(node.iter_child_nodes())


def _all(several: Iterable[nodes.Node]) -> Titles:
    return frozenset().union(*map(_always, several))


def _in_each(ways: Iterable[Titles]) -> Titles:
    return reduce(frozenset.intersection, ways)


def _title(call: nodes.Call) -> str:
    """Return the act that a call cites; nothing for other calls."""
    named = isinstance(call.node, nodes.Name) and call.node.name == CITE
    first = call.args[0] if named and call.args else None
    return str(first.value) if isinstance(first, nodes.Const) else ""
