"""Templates that are filled for one paper after another: what rests on facts that stay the same is
printed once, and only the rest is filled again.

That facts stay the same is found out, never trusted: a name is settled while its value is the very
same object in every paper.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import Any, cast

from jinja2 import Template, nodes

from kcbx_docs.packs.collecting import collecting
from kcbx_docs.packs.language import APART, APART_FILTER, environment
from kcbx_docs.render.kepttemplates import template_of

_PAYS = 40
"""Papers after which it pays to settle a template."""
_OFTEN = 4
"""So often a template is settled anew; facts that change more often than that do not stay."""
_BETWEEN = "\ufdd4"
"""No text that was read may hold it."""
_PRINTING = (nodes.Output, nodes.If, nodes.For)


@lru_cache(maxsize=256)
def compiled(source: str) -> Template:
    """Compile a template as it stands."""
    return template_of(source)


class Settling:
    """The templates of a run."""

    def __init__(self) -> None:
        self._known: dict[str, _Course] = {}

    def template(self, source: str, context: Mapping[str, Any]) -> Template:
        """Return what gives the same text as a template would, filled with this context."""
        if source not in self._known:
            self._known[source] = _Course(source, context)
        return self._known[source].template(context)


class _Course:
    """One template from paper to paper."""

    def __init__(self, source: str, context: Mapping[str, Any]) -> None:
        self.source, self.papers, self.times = source, 0, 0
        self.same = {name: context.get(name) for name in _names(environment.parse(source))}
        self.settled: Template | None = None

    def template(self, context: Mapping[str, Any]) -> Template:
        self.papers += 1
        moved = [name for name, value in self.same.items() if context.get(name) is not value]
        if moved:
            self.settled = None
            for name in moved:
                del self.same[name]
        if self.settled is None and self.papers > _PAYS and self.times < _OFTEN:
            self.times += 1
            self.settled = settled(self.source, frozenset(self.same), context)
        return self.settled or compiled(self.source)


def settled(source: str, same: frozenset[str], context: Mapping[str, Any]) -> Template | None:
    """Print what rests on some names alone; nothing where that would be a fault."""
    tree = environment.parse(source)
    assigned = tree.find_all((nodes.Assign, nodes.AssignBlock))
    known = same.difference(*map(_names, assigned))
    closed = [node for node in _parts(tree.body) if _rests_on(node, known)]
    texts = _printed(closed, context)
    if texts is None:
        return None
    told = {id(node): text for node, text in zip(closed, texts, strict=True)}
    return _compiled(_in_few_pieces([_with_texts(node, told) for node in tree.body]))


def _compiled(body: list[nodes.Node]) -> Template:
    tree = nodes.Template(body, lineno=1)
    tree.set_environment(environment)
    code = environment.compile(tree)
    return Template.from_code(environment, code, environment.make_globals(None))


def _parts(body: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield the statements of a template, and of what it prints the single expressions."""
    for node in body:
        if isinstance(node, nodes.Output):
            yield from (one for one in node.nodes if not isinstance(one, nodes.TemplateData))
        else:
            yield node


def _rests_on(node: nodes.Node, names: frozenset[str]) -> bool:
    """Tell whether a part of a template prints nothing but what rests on some names."""
    everything = [node, *node.find_all(nodes.Node)]
    for one in everything:
        if isinstance(one, nodes.Stmt) and not isinstance(one, _PRINTING):
            return False
        if isinstance(one, nodes.Filter) and one.name == APART_FILTER:
            return False
    return all(one.name in names for one in everything if isinstance(one, nodes.Name))


def _names(node: nodes.Node) -> frozenset[str]:
    return frozenset(name.name for name in node.find_all(nodes.Name))


def _printed(parts: Sequence[nodes.Node], context: Mapping[str, Any]) -> Sequence[str] | None:
    body: list[nodes.Node] = []
    for part in parts:
        shown = part if isinstance(part, nodes.Stmt) else nodes.Output([part], lineno=1)
        body += (shown, nodes.Output([nodes.TemplateData(_BETWEEN)], lineno=1))
    with collecting() as collected:
        *texts, rest = _compiled(body).render(context).split(_BETWEEN)
    return texts if len(texts) == len(parts) and not rest and not collected.faults else None


def _with_texts(node: nodes.Node, told: Mapping[int, str]) -> nodes.Node:
    """Return a statement with what is printed already as text."""
    if id(node) in told:
        return nodes.Output([nodes.TemplateData(told[id(node)])], lineno=node.lineno)
    if isinstance(node, nodes.Output):
        inside = [nodes.TemplateData(told[id(n)]) if id(n) in told else n for n in node.nodes]
        return nodes.Output(inside, lineno=node.lineno)
    return node


def _in_few_pieces(body: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Print what stands together as one piece: a value that is kept apart is kept first, and its
    mark is text like the text around it.
    """
    out: list[nodes.Node] = []
    for is_output, some in groupby(body, lambda node: isinstance(node, nodes.Output)):
        together = list(some)
        out += _one_output(together) if is_output else map(_with_few_pieces, together)
    return out


def _one_output(outputs: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    printed: list[nodes.Expr] = []
    for node in chain.from_iterable(one.iter_child_nodes() for one in outputs):
        kept_apart = isinstance(node, nodes.Filter) and node.name == APART_FILTER
        if kept_apart:
            yield nodes.ExprStmt(node, lineno=node.lineno)
        printed.append(nodes.TemplateData(APART) if kept_apart else cast(nodes.Expr, node))
    yield nodes.Output(printed, lineno=1)


def _with_few_pieces(node: nodes.Node) -> nodes.Node:
    for branch in ("body", "elif_", "else_"):
        if inside := getattr(node, branch, None):
            setattr(node, branch, _in_few_pieces(inside))
    return node
