"""The contract between templates and the data that fills them, checked without rendering."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import environment, filter_names
from kcbx_docs.packs.markup import Tag, chinese_jinja_error
from kcbx_docs.packs.schema import ANY, FUNCTION, VALUE, Variable
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.reading import advice_for_name

_LOOP = Variable(
    "record", dict.fromkeys(("index", "index0", "first", "last", "length", "revindex"), VALUE)
)
_SAME_SHAPE = ("sort", "list", "reverse", "unique", "selectattr", "rejectattr", "_limited", "默认")
_ONE_ITEM = ("first", "last")
_BY_NAME = ("selectattr", "rejectattr")

Scope = Mapping[str, Variable]


@dataclass(frozen=True)
class Cited:
    """A call that a template makes with constant arguments."""

    arguments: tuple[object, ...]
    named: tuple[tuple[str, object], ...]
    place: Place


def check_contract(flat: FlatTemplate, schema: Variable) -> Problems:
    """Find unknown variables, filters and functions, and whole records printed as text."""
    return syntax_problems(flat) or tuple(
        _Contract(flat).body(_parsed(flat.source).body, dict(schema.fields))
    )


def syntax_problems(flat: FlatTemplate) -> Problems:
    """Say where Jinja cannot read a template."""
    try:
        _parsed(flat.source)
    except TemplateSyntaxError as error:
        return (
            problem(
                "TMPL002",
                _failing(flat, error.lineno),
                detail=chinese_jinja_error(error.message or ""),
            ),
        )
    except RecursionError:
        return (problem("TMPL002", _failing(flat, 0), detail=chinese_jinja_error("recursion")),)
    return ()


_ALONE = {"if": "{%% %s %%}{%% endif %%}", "for": "{%% %s %%}{%% endfor %%}", "set": "{%% %s %%}"}


def _failing(flat: FlatTemplate, line: int) -> Place:
    """Find the tag that Jinja cannot read: the first of the line that fails alone; any line will do for 0."""
    for tag in (node for node in flat.tree.walk() if isinstance(node, Tag)):
        if line and flat.source.count("\n", 0, tag.offset) != line - 1:
            continue
        if not tag.code:
            return flat.place(tag.offset)
        alone = (
            "{{ %s }}" if tag.kind == "variable" else _ALONE.get(tag.word.removeprefix("el"), "")
        )
        try:
            environment.parse(alone % tag.code.removeprefix("el") if "%s" in alone else "")
        except (TemplateSyntaxError, RecursionError):
            return flat.place(tag.offset)
    return flat.place_of_line(line or 1)


@lru_cache(maxsize=64)
def _parsed(source: str) -> nodes.Template:
    return environment.parse(source)


def calls(flat: FlatTemplate, function: str) -> tuple[tuple[Cited, ...], Problems]:
    """List the calls of 法条 or 规则; arguments that are not constant cannot be checked and are refused."""
    cited: list[Cited] = []
    found: list[Problem] = []
    for call in _calls(flat.source):
        if not (isinstance(call.node, nodes.Name) and call.node.name == function):
            continue
        place = _place(flat, call.lineno, function)
        try:
            positional = tuple(argument.as_const() for argument in call.args)
            named = tuple((keyword.key, keyword.value.as_const()) for keyword in call.kwargs)
        except nodes.Impossible:
            found.append(problem("TMPL024", place, function=function))
            continue
        cited.append(Cited(positional, named, place))
    return tuple(cited), tuple(found)


@lru_cache(maxsize=64)
def _calls(source: str) -> tuple[nodes.Call, ...]:
    return tuple(_parsed(source).find_all(nodes.Call))


def variables(flat: FlatTemplate) -> tuple[str, ...]:
    """List the variables of the context that a template names, as they are written."""
    tree = _parsed(flat.source)
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} | {"loop"}
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    inner = {id(member.node) for member in tree.find_all(nodes.Getattr)}
    names = [
        node
        for node in tree.find_all((nodes.Name, nodes.Getattr))
        if id(node) not in inner | called
    ]
    spelled = (_spell(node) for node in names)
    return tuple(
        sorted({name for name in spelled if name.split(".")[0] not in own and "…" not in name})
    )


def _place(flat: FlatTemplate, line: int, name: str) -> Place:
    """Find a name in a line of the flattened source."""
    lines = flat.source.split("\n")
    start = sum(len(text) + 1 for text in lines[: line - 1])
    text = lines[line - 1] if line <= len(lines) else ""
    match = re.search(re.escape(name) + (r"(?!\w)" if name[-1:].isalnum() else ""), text)
    return flat.place(start + match.start()) if match else flat.place_of_line(line)


class _Contract:
    """Walk the syntax tree with the variables that are known at each point."""

    def __init__(self, flat: FlatTemplate) -> None:
        self.flat = flat

    def body(self, body: Sequence[nodes.Node], scope: dict[str, Variable]) -> Iterator[Problem]:
        for node in body:
            yield from self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: dict[str, Variable]) -> Iterator[Problem]:
        if isinstance(node, nodes.Output):
            yield from self.output(node, scope)
        elif isinstance(node, nodes.For):
            yield from self.loop(node, scope)
        elif isinstance(node, nodes.Assign):
            shape, found = self.infer(node.node, scope)
            yield from found
            if isinstance(node.target, nodes.Name):
                scope[node.target.name] = shape
        elif isinstance(node, nodes.If):
            yield from self.infer(node.test, scope)[1]
            for branch in (node.body, list(node.elif_), node.else_):
                yield from self.body(branch, scope)
        else:
            yield problem("TMPL023", self.flat.place_of_line(node.lineno), what=type(node).__name__)

    def output(self, node: nodes.Output, scope: Scope) -> Iterator[Problem]:
        for expression in node.nodes:
            if isinstance(expression, nodes.TemplateData):
                continue
            shape, found = self.infer(expression, scope)
            yield from found
            if shape.kind in ("record", "list") and not found:
                name = _spell(expression)
                yield problem(
                    "TMPL022", _place(self.flat, expression.lineno, name.split(".")[-1]), name=name
                )

    def loop(self, node: nodes.For, scope: dict[str, Variable]) -> Iterator[Problem]:
        shape, found = self.infer(node.iter, scope)
        yield from found
        inner = dict(scope)
        inner["loop"] = _LOOP
        for name in (
            node.target.find_all(nodes.Name)
            if not isinstance(node.target, nodes.Name)
            else [node.target]
        ):
            inner[name.name] = shape.item or ANY if shape.kind == "list" else ANY
        if node.test:
            yield from self.infer(node.test, inner)[1]
        yield from self.body(node.body, inner)
        yield from self.body(node.else_, scope)

    def infer(self, node: nodes.Node, scope: Scope) -> tuple[Variable, list[Problem]]:
        """Return the shape of an expression and what is wrong in it."""
        if isinstance(node, nodes.Name):
            return self.name(node, scope)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self.member(node, scope)
        if isinstance(node, nodes.Filter):
            return self.filter(node, scope)
        if isinstance(node, nodes.Test) and node.name not in environment.tests:
            return VALUE, [
                problem(
                    "TMPL021",
                    _place(self.flat, node.lineno, node.name),
                    kind="判断",
                    name=node.name,
                    advice=advice_for_name(node.name, sorted(environment.tests)),
                )
            ]
        if isinstance(node, nodes.CondExpr):
            return self.several([node.expr1, node.expr2 or node.expr1, node.test], scope)
        if isinstance(node, nodes.Or | nodes.And):
            return self.several([node.left, node.right], scope)
        if isinstance(node, nodes.Call) and not _calls_function(node, scope):
            name, (_, found) = _spell(node.node), self.infer(node.node, scope)
            place = _place(self.flat, node.lineno, name.split(".")[-1])
            return ANY, found or [problem("TMPL039", place, name=name)]
        if isinstance(node, nodes.BinExpr) and (sign := _unsafe(node)):
            return VALUE, [problem("TMPL037", _place(self.flat, node.lineno, sign), what=sign)]
        _, found = self.several(list(node.iter_child_nodes()), scope)
        return (Variable("list", item=ANY) if isinstance(node, nodes.List) else VALUE), found

    def several(self, parts: list[nodes.Node], scope: Scope) -> tuple[Variable, list[Problem]]:
        results = [self.infer(part, scope) for part in parts]
        return (results[0][0] if results else VALUE), [
            item for _, found in results for item in found
        ]

    def name(self, node: nodes.Name, scope: Scope) -> tuple[Variable, list[Problem]]:
        if node.name in scope:
            return scope[node.name], []
        advice = advice_for_name(node.name, list(scope))
        return ANY, [
            problem(
                "TMPL020", _place(self.flat, node.lineno, node.name), name=node.name, advice=advice
            )
        ]

    def member(
        self, node: nodes.Getattr | nodes.Getitem, scope: Scope
    ) -> tuple[Variable, list[Problem]]:
        shape, found = self.infer(node.node, scope)
        key = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
        if found or shape.kind == "any":
            return ANY, found
        if shape.kind == "list" and isinstance(key, int):
            return shape.item or ANY, []
        if shape.kind == "record" and key in shape.fields:
            return shape.fields[str(key)], []
        name = f"{_spell(node.node)}.{key}"
        advice = (
            advice_for_name(str(key), list(shape.fields))
            if shape.fields
            else "它下面没有别的内容。"
        )
        return ANY, [
            problem("TMPL020", _place(self.flat, node.lineno, str(key)), name=name, advice=advice)
        ]

    def filter(self, node: nodes.Filter, scope: Scope) -> tuple[Variable, list[Problem]]:
        shape, found = self.infer(node.node, scope) if node.node else (VALUE, [])
        for argument in node.args:
            found = [*found, *self.infer(argument, scope)[1]]
        if node.name not in environment.filters:
            advice = advice_for_name(node.name, list(filter_names()))
            place = _place(self.flat, node.lineno, node.name)
            return ANY, [
                *found,
                problem("TMPL021", place, kind="过滤器", name=node.name, advice=advice),
            ]
        named, more = self.attribute(node, shape)
        found = [*found, *more]
        if node.name in _ONE_ITEM:
            return (shape.item or ANY), found
        if node.name == "map":
            return Variable("list", item=named), found
        return (shape if node.name in _SAME_SHAPE else VALUE), found

    def attribute(self, node: nodes.Filter, shape: Variable) -> tuple[Variable, list[Problem]]:
        """Check the name that a filter such as map(attribute="姓名") looks up in every item."""
        key = _named_attribute(node)
        item = shape.item if shape.kind == "list" and shape.item else ANY
        if not key:
            return ANY, []
        for part in key.split("."):
            if item.kind == "any":
                break
            if part not in item.fields:
                advice = (
                    advice_for_name(part, list(item.fields))
                    if item.fields
                    else "它下面没有别的内容。"
                )
                return ANY, [
                    problem("TMPL020", _place(self.flat, node.lineno, key), name=key, advice=advice)
                ]
            item = item.fields[part]
        return item, []


def _named_attribute(node: nodes.Filter) -> str | None:
    """Return the constant name that a filter looks up, if it has one."""
    named = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
    given = [*named, *(node.args[:1] if node.name in _BY_NAME else ())]
    key = _constant(given[0]) if given else None
    return key if isinstance(key, str) else None


def _calls_function(node: nodes.Call, scope: Scope) -> bool:
    return isinstance(node.node, nodes.Name) and scope.get(node.node.name, ANY).kind in (
        "function",
        "any",
    )


def _unsafe(node: nodes.BinExpr) -> str:
    """Return the sign of arithmetic that templates must not do: powers, and anything with text."""
    sides = (node.left, node.right)
    text = any(isinstance(side, nodes.Const) and isinstance(side.value, str) for side in sides)
    return node.operator if isinstance(node, nodes.Pow) or text else ""


def _constant(node: nodes.Node) -> object:
    try:
        return node.as_const() if isinstance(node, nodes.Expr) else None
    except nodes.Impossible:
        return None


def _spell(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_spell(node.node)}.{node.attr}"
    if isinstance(node, nodes.Filter) and node.node:
        return _spell(node.node)
    return "…"


__all__ = ["FUNCTION", "Cited", "calls", "check_contract", "syntax_problems", "variables"]
