"""A template's statements and expressions with the shapes of what they name: is all of it there,
and is it used as what it is.
"""

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import nodes

from kcbx_docs.packs.compared import compared, unsafe
from kcbx_docs.packs.language import environment, filter_names
from kcbx_docs.packs.located import Located, place_of_name, spelled
from kcbx_docs.packs.schema import (
    ABSENT,
    ANY,
    INTEGER,
    TRUTH,
    UNCONFIRMED,
    VALUE,
    YES_OR_NO,
    Variable,
)
from kcbx_docs.packs.uses import unfit, wrong_arguments
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.words import advice_for_name, nearest

_LOOP = Variable(
    "record", dict.fromkeys(("index", "index0", "first", "last", "length", "revindex"), INTEGER)
)
_SAME_SHAPE = ("sort", "list", "reverse", "unique", "selectattr", "rejectattr", "_limited", "默认")
_ONE_ITEM = ("first", "last", "min", "max")
_COUNTS = ("length", "count", "int")
_BY_NAME = ("selectattr", "rejectattr")
_TRUTHS = (nodes.Compare, nodes.Test, nodes.Not)

Scope = Mapping[str, Variable]
Inferred = tuple[Variable, list[Problem]]


class Walk:
    """Walk the syntax tree with the variables that are known at each point."""

    def __init__(self, flat: Located) -> None:
        self.flat = flat
        self.questions: tuple[nodes.Node, ...] = ()
        """The conditions of the branch that is walked."""

    def body(self, body: Sequence[nodes.Node], scope: dict[str, Variable]) -> Iterator[Problem]:
        """Yield what is wrong in some statements; names that they set are known afterwards."""
        for node in body:
            yield from self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: dict[str, Variable]) -> Iterator[Problem]:
        """Yield what is wrong in one statement."""
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
            before = self.questions
            self.questions = (*before, node.test)
            yield from self.condition(node.test, scope)
            for branch in (node.body, list(node.elif_), node.else_):
                yield from self.body(branch, scope)
            self.questions = before
        else:
            yield problem("TMPL023", self.flat.place_of_line(node.lineno), what=type(node).__name__)

    def output(self, node: nodes.Output, scope: Scope) -> Iterator[Problem]:
        """Yield what is wrong in what is printed."""
        for expression in node.nodes:
            if isinstance(expression, nodes.TemplateData):
                continue
            shape, found = self.infer(expression, scope)
            yield from found
            truth = shape.kind == "value" and shape.type_name == TRUTH.type_name
            if not found and (truth or shape.kind in ("record", "list")):
                yield self.at_name("TMPL022", expression)
            elif not found and shape is UNCONFIRMED and not self.asked(expression):
                yield self.at_name("REND012", expression)

    def asked(self, expression: nodes.Node) -> bool:
        """Tell whether a branch asks for what is printed, or the expression itself does."""
        name = spelled(expression)
        within = [one.test for one in expression.find_all(nodes.CondExpr)]
        if isinstance(expression, nodes.CondExpr | nodes.And | nodes.Or):
            return True
        tests = (*self.questions, *within)
        return any(name in map(spelled, _named_below(test)) for test in tests)

    def loop(self, node: nodes.For, scope: dict[str, Variable]) -> Iterator[Problem]:
        """Yield what is wrong in a loop, whose names are known inside."""
        shape, found = self.infer(node.iter, scope)
        yield from found
        inner = dict(scope)
        inner["loop"] = _LOOP
        item = shape.item if shape.kind == "list" else None
        for name in _named_in(node.target):
            inner[name] = item or ANY
        if node.test:
            yield from self.condition(node.test, inner)
        yield from self.body(node.body, inner)
        yield from self.body(node.else_, scope)

    def condition(self, node: nodes.Node, scope: Scope) -> list[Problem]:
        """Return what is wrong in a condition, a word that is always true included."""
        shape, found = self.infer(node, scope)
        return [*found, *self.undecided(node, shape, scope)]

    def undecided(self, node: nodes.Node, shape: Variable, scope: Scope) -> Iterator[Problem]:
        """Yield where 否 would count as yes: to Jinja it is a word like any other."""
        if isinstance(node, nodes.And | nodes.Or):
            for part in (node.left, node.right):
                yield from self.undecided(part, self.infer(part, scope)[0], scope)
        elif isinstance(node, nodes.Not):
            yield from self.undecided(node.node, self.infer(node.node, scope)[0], scope)
        elif shape.kind == "value" and shape.type_name == YES_OR_NO:
            yield self.at_name("TMPL056", node)

    def infer(self, node: nodes.Node, scope: Scope) -> Inferred:
        """Return the shape of an expression and what is wrong in it."""
        if isinstance(node, nodes.Name):
            return self.name(node, scope)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self.member(node, scope)
        if isinstance(node, nodes.Filter):
            return self.filter(node, scope)
        if isinstance(node, nodes.CondExpr):
            before, self.questions = self.questions, (*self.questions, node.test)
            shape, found = self.either([node.expr1, node.expr2 or node.expr1], scope)
            found += self.condition(node.test, scope)
            self.questions = before
            return shape, found
        if isinstance(node, nodes.Or | nodes.And):
            return self.either([node.left, node.right], scope)
        if isinstance(node, nodes.Call) and not _calls_function(node, scope):
            return ANY, self.not_callable(node, scope)
        if refused := self.refused(node):
            return VALUE, [refused]
        return self.made(node, scope)

    def made(self, node: nodes.Node, scope: Scope) -> Inferred:
        """Return the shape of what an expression makes of its parts, and what is wrong in it."""
        _, found = self.several(list(node.iter_child_nodes()), scope)
        if isinstance(node, nodes.Compare | nodes.BinExpr) and not found:
            found = self.unlike(node, scope)
        if isinstance(node, nodes.List | nodes.Tuple):
            return Variable("list", item=ANY), found
        return (TRUTH if isinstance(node, _TRUTHS) else VALUE), found

    def several(self, parts: Sequence[nodes.Node], scope: Scope) -> Inferred:
        """Return the shape of the first part and what is wrong in all of them."""
        first, problems = VALUE, []
        for number, part in enumerate(parts):
            shape, found = self.infer(part, scope)
            problems += found
            if number == 0:
                first = shape
        return first, problems

    def either(self, parts: Sequence[nodes.Node], scope: Scope) -> Inferred:
        """Return the shape of one of two, where they are alike or the first must not be printed."""
        first, found = self.infer(parts[0], scope)
        second, more = self.infer(parts[1], scope)
        alike = first.kind == second.kind or first.kind in ("record", "list")
        return (first if alike else ANY), [*found, *more]

    def unlike(self, node: nodes.Compare | nodes.BinExpr, scope: Scope) -> list[Problem]:
        """Find values of different kinds that are compared or counted with."""

        def shape_of(part: nodes.Node) -> Variable:
            return self.infer(part, scope)[0]

        return [self.at_name(code, part, **facts) for code, part, facts in compared(node, shape_of)]

    def not_callable(self, node: nodes.Call, scope: Scope) -> list[Problem]:
        """Say that something is called that is no function."""
        _, found = self.infer(node.node, scope)
        return found or [self.at_name("TMPL039", node.node)]

    def refused(self, node: nodes.Node) -> Problem | None:
        """Find a test that is not known or asked wrongly, and arithmetic that is not allowed."""
        if isinstance(node, nodes.Test):
            place = place_of_name(self.flat, node.lineno, node.name)
            if node.name not in environment.tests:
                advice = advice_for_name(node.name, sorted(environment.tests))
                return problem("TMPL021", place, kind="判断", name=node.name, advice=advice)
            if detail := wrong_arguments(node):
                return problem("TMPL054", place, name=f"is {node.name}", detail=detail)
        if isinstance(node, nodes.BinExpr) and (sign := unsafe(node)):
            return problem("TMPL037", place_of_name(self.flat, node.lineno, sign), what=sign)
        return None

    def no_such_part(self, place: Place, name: str, part: str, record: Variable) -> Problem:
        """Say that a record has no part of this name; ``name`` is the whole name as written."""
        advice = "它下面没有别的内容。"
        if record.fields:
            whole = name.removesuffix(part)
            near = nearest(part, list(record.fields))
            advice = (
                f"是不是「{whole}{near}」？" if near else advice_for_name(part, [*record.fields])
            )
        return problem("TMPL020", place, name=name, advice=advice)

    def name(self, node: nodes.Name, scope: Scope) -> Inferred:
        """Return the shape of a name, or say that there is none."""
        if node.name in scope:
            shape = scope[node.name]
            if shape.type_name == ABSENT and not self.asked(node):
                return ANY, [self.at_name("TMPL060", node)]
            return shape, []
        place = place_of_name(self.flat, node.lineno, node.name)
        own = "上级这一块的内容写 {{ super() }}，带括号。" if node.name == "super" else ""
        advice = own or advice_for_name(node.name, list(scope))
        if "是不是" not in advice and not own:
            advice = f'写的是文字的，加英文引号："{node.name}"。{advice}'
        return ANY, [problem("TMPL020", place, name=node.name, advice=advice)]

    def member(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> Inferred:
        """Return the shape of a part of something, or say that it has no such part."""
        shape, found = self.infer(node.node, scope)
        if isinstance(node, nodes.Getattr):
            return self.part(node, node.attr, shape, found)
        if isinstance(node.arg, nodes.Slice):
            return (shape if shape.kind in ("list", "any") else VALUE), found
        if (key := _constant(node.arg)) is None:
            return ANY, [*found, *self.infer(node.arg, scope)[1]]
        return self.part(node, key, shape, found)

    def part(
        self,
        node: nodes.Getattr | nodes.Getitem,
        key: object,
        shape: Variable,
        found: list[Problem],
    ) -> Inferred:
        """Return the shape of a part by its name or number."""
        if found or shape.kind == "any":
            return ANY, found
        if shape.kind == "list" and isinstance(key, int):
            return shape.item or ANY, []
        if shape.kind == "record" and key in shape.fields:
            return shape.fields[str(key)], []
        name = f"{spelled(node.node)}.{key}"
        place = place_of_name(self.flat, node.lineno, str(key))
        return ANY, [self.no_such_part(place, name, str(key), shape)]

    def filter(self, node: nodes.Filter, scope: Scope) -> Inferred:
        """Return the shape of what a filter makes, or say why it cannot."""
        parts = [node.node, *node.args] if node.node else [*node.args]
        first, found = self.several(parts, scope)
        shape = first if node.node else VALUE
        place = place_of_name(self.flat, node.lineno, node.name)
        if node.name not in environment.filters:
            return ANY, [*found, self.no_such_filter(place, node.name)]
        if detail := wrong_arguments(node):
            return ANY, [*found, problem("TMPL054", place, name=f"|{node.name}", detail=detail)]
        if not found and (code := unfit(node, shape)):
            return ANY, [*found, self.misused(code, node)]
        item, more = self.attribute(node, shape)
        return _made_by(node.name, shape, item), [*found, *more]

    def no_such_filter(self, place: Place, name: str) -> Problem:
        """Say that there is no filter of a name."""
        advice = advice_for_name(name, list(filter_names()))
        if "这里可以写" not in advice:
            advice += f"全部过滤器：{'、'.join(filter_names())}。"
        return problem("TMPL021", place, kind="过滤器", name=name, advice=advice)

    def misused(self, code: str, node: nodes.Filter) -> Problem:
        """Say that a filter cannot take what it gets; a loop hides one of its own."""
        assert node.node is not None
        shown = "" if node.name == "_limited" else f"|{node.name}"
        return self.at_name(code, node.node, shown)

    def at_name(self, code: str, node: nodes.Node, after: str = "", **facts: str) -> Problem:
        """Tell something of an expression where its name stands."""
        name = spelled(node)
        while isinstance(node, nodes.Filter) and node.node:
            node = node.node
        place = place_of_name(self.flat, node.lineno, name.split(".")[-1])
        return problem(code, place, name=name + after, **facts)

    def attribute(self, node: nodes.Filter, shape: Variable) -> Inferred:
        """Check the name that a filter such as map(attribute="姓名") looks up in every item."""
        key = _named_attribute(node)
        item = shape.item if shape.kind == "list" and shape.item else ANY
        if not key:
            return ANY, []
        for part in key.split("."):
            if item.kind == "any":
                break
            if part not in item.fields:
                place = place_of_name(self.flat, node.lineno, key)
                return ANY, [self.no_such_part(place, key, part, item)]
            item = item.fields[part]
        return item, []


def _made_by(name: str, shape: Variable, item: Variable) -> Variable:
    """Return the shape of what a filter makes; ``item`` is that of what it looks up."""
    if name in _ONE_ITEM:
        return (shape.item or ANY) if shape.kind == "list" else ANY
    if name == "map":
        return Variable("list", item=item)
    if name == "段落":
        return Variable("list", item=VALUE)
    if name in _COUNTS:
        return INTEGER
    if shape is UNCONFIRMED:
        return ANY if name == "默认" else shape
    return shape if name in _SAME_SHAPE else VALUE


def _named_below(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the names in a condition, itself included."""
    if isinstance(node, nodes.Name | nodes.Getattr):
        yield node
    yield from node.find_all((nodes.Name, nodes.Getattr))


def _named_in(target: nodes.Node) -> list[str]:
    """List the names that a loop sets: one, or several of a tuple."""
    if isinstance(target, nodes.Name):
        return [target.name]
    return [name.name for name in target.find_all(nodes.Name)]


def _named_attribute(node: nodes.Filter) -> str | None:
    """Return the constant name that a filter looks up, if it has one."""
    given = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
    if node.name in _BY_NAME:
        given += node.args[:1]
    key = _constant(given[0]) if given else None
    return key if isinstance(key, str) else None


def _calls_function(node: nodes.Call, scope: Scope) -> bool:
    if not isinstance(node.node, nodes.Name):
        return False
    return scope.get(node.node.name, ANY).kind in ("function", "any")


def _constant(node: nodes.Node) -> object:
    try:
        return node.as_const() if isinstance(node, nodes.Expr) else None
    except nodes.Impossible:
        return None
