"""The contract between templates and the data that fills them, checked without rendering."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from kcbx_docs.light import dataclass
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import environment, filter_names
from kcbx_docs.packs.markup import TAG, Piece, Tag, chinese_jinja_error
from kcbx_docs.packs.schema import ANY, FUNCTION, VALUE, WORDS, Variable
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.words import advice_for_name, nearest

_LOOP = Variable(
    "record", dict.fromkeys(("index", "index0", "first", "last", "length", "revindex"), VALUE)
)
_SAME_SHAPE = ("sort", "list", "reverse", "unique", "selectattr", "rejectattr", "_limited", "默认")
_ONE_ITEM = ("first", "last")
_BY_NAME = ("selectattr", "rejectattr")

_OF_LISTS = ("_limited", "顿号", "连接", "名单", "map", "selectattr", "rejectattr")
"""Filters that take what they get apart: a text into its characters, which nobody means."""

Scope = Mapping[str, Variable]


class Located(Protocol):
    """A source that Jinja reads, whose offsets and lines have places."""

    @property
    def source(self) -> str:
        """The whole text."""

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""

    def place_of_line(self, line: int) -> Place:
        """Return the place of a line."""


@dataclass(frozen=True)
class Cited:
    """A call that a template makes with constant arguments."""

    arguments: tuple[object, ...]
    named: tuple[tuple[str, object], ...]
    place: Place


_NO_NUMBER = ("TMPL051", (WORDS, "日期", "时间", "是否"))
_NO_DAY = ("TMPL052", (WORDS, "文字", "整数", "是否"))
_OF_KIND: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("数量", "汉字", "大写"), _NO_NUMBER),
    **dict.fromkeys(("月日", "汉字日期"), _NO_DAY),
}
"""Filters that take values of one kind: what it is called where they get another, and which."""


def check_contract(flat: FlatTemplate, schema: Variable) -> Problems:
    """Find unknown variables, filters and functions, and whole records printed as text."""
    if found := syntax_problems(flat):
        return found
    return check_names(flat, schema)


def check_names(text: Located, schema: Variable) -> Problems:
    """Find unknown names in a source that Jinja can read."""
    body = parse_source(text.source).body
    return tuple(_Contract(text).body(body, dict(schema.fields)))


def syntax_problems(flat: FlatTemplate) -> Problems:
    """Say where Jinja cannot read a template."""
    try:
        parse_source(flat.source)
    except TemplateSyntaxError as error:
        line, said = error.lineno, error.message or ""
    except RecursionError:
        line, said = 0, "recursion"
    else:
        return ()
    return (problem("TMPL002", _failing(flat, line), detail=chinese_jinja_error(said)),)


_ALONE = {"if": "{%% %s %%}{%% endif %%}", "for": "{%% %s %%}{%% endfor %%}", "set": "{%% %s %%}"}


def _failing(flat: FlatTemplate, line: int) -> Place:
    """Find the first tag of a line that Jinja cannot read; line 0 stands for any line."""
    for tag in broken_tags(flat):
        if not line or flat.source.count("\n", 0, tag.offset) == line - 1:
            return flat.place(tag.offset)
    return flat.place_of_line(line or 1)


def broken_tags(flat: FlatTemplate) -> list[Tag]:
    """List the tags that Jinja cannot read, whatever stands around them."""
    return [tag for tag in flat.tree.walk() if isinstance(tag, Tag) and fault_alone(tag)]


def fault_alone(tag: Tag | Piece) -> str:
    """Return what Jinja says of a tag that it cannot read, nothing of one that it can."""
    if not tag.code:
        return "Expected an expression"
    # An elif is tried as the if that it ends in.
    form = _ALONE.get(tag.word.removeprefix("el"))
    if tag.kind == "variable":
        form = "{{ %s }}"
    if form is None:
        return ""
    try:
        environment.parse(form % tag.code.removeprefix("el"))
    except TemplateSyntaxError as error:
        return error.message or "unexpected ''"
    except RecursionError:
        return "recursion"
    return ""


@lru_cache(maxsize=256)
def parse_source(source: str) -> nodes.Template:
    """Read a source; what was read is kept."""
    return environment.parse(source)


@lru_cache(maxsize=256)
def only_prints(source: str, function: str) -> bool:
    """Tell whether a template uses a function only to print what it returns: it decides nothing."""
    tree = environment.parse(source)
    printed: set[int] = set()
    for output in tree.find_all(nodes.Output):
        calls = (node for node in output.nodes if isinstance(node, nodes.Call))
        printed.update(id(call.node) for call in calls)
    names = (node for node in tree.find_all(nodes.Name) if node.name == function)
    return all(id(name) in printed for name in names)


def calls(flat: FlatTemplate, function: str) -> tuple[tuple[Cited, ...], Problems]:
    """List the calls of 法条 or 规则; arguments that are not constant are refused: unchecked."""
    cited: list[Cited] = []
    found: list[Problem] = []
    nth: Counter[int] = Counter()
    for call in _calls(flat.source):
        if not (isinstance(call.node, nodes.Name) and call.node.name == function):
            continue
        nth[call.lineno] += 1
        place = _place(flat, call.lineno, function, nth[call.lineno])
        try:
            positional = tuple(argument.as_const() for argument in call.args)
            named = tuple((keyword.key, keyword.value.as_const()) for keyword in call.kwargs)
        except nodes.Impossible:
            found.append(problem("TMPL024", place, function=function))
            continue
        cited.append(Cited(positional, named, place))
    return tuple(cited), tuple(found)


@lru_cache(maxsize=256)
def _calls(source: str) -> tuple[nodes.Call, ...]:
    return tuple(parse_source(source).find_all(nodes.Call))


def variables(flat: FlatTemplate) -> tuple[str, ...]:
    """List the variables of the context that a template names, as they are written."""
    tree = parse_source(flat.source)
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} | {"loop"}
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    inner = {id(member.node) for member in tree.find_all(nodes.Getattr)}
    found: set[str] = set()
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        name = _spell(node)
        whole = id(node) not in inner and id(node) not in called
        if whole and name.split(".")[0] not in own and "…" not in name:
            found.add(name)
    return tuple(sorted(found))


def _place(flat: Located, line: int, name: str, nth: int = 1) -> Place:
    """Find a name in the tags of a line of the flattened source; ``nth`` of several."""
    lines = flat.source.split("\n")
    begin = sum(len(text) + 1 for text in lines[: line - 1])
    text = lines[line - 1] if line <= len(lines) else ""
    pattern = rf"(?<!\w){re.escape(name)}" if name[:1].isalnum() else re.escape(name)
    if name[-1:].isalnum():
        pattern += r"(?!\w)"
    there = [match.start() for match in re.finditer(pattern, text)]
    outside = TAG.sub(lambda tag: "\0" * len(tag.group()), text)
    inside = [at for at in there if outside[at] == "\0"] or there
    if not inside:
        return flat.place_of_line(line)
    return flat.place(begin + inside[min(nth, len(inside)) - 1])


class _Contract:
    """Walk the syntax tree with the variables that are known at each point."""

    def __init__(self, flat: Located) -> None:
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
                place = _place(self.flat, expression.lineno, name.split(".")[-1])
                yield problem("TMPL022", place, name=name)

    def loop(self, node: nodes.For, scope: dict[str, Variable]) -> Iterator[Problem]:
        shape, found = self.infer(node.iter, scope)
        yield from found
        inner = dict(scope)
        inner["loop"] = _LOOP
        item = shape.item if shape.kind == "list" else None
        for name in _named_in(node.target):
            inner[name] = item or ANY
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
        if isinstance(node, nodes.CondExpr):
            return self.several([node.expr1, node.expr2 or node.expr1, node.test], scope)
        if isinstance(node, nodes.Or | nodes.And):
            return self.several([node.left, node.right], scope)
        if isinstance(node, nodes.Call) and not _calls_function(node, scope):
            return ANY, self.not_callable(node, scope)
        if refused := self.refused(node):
            return VALUE, [refused]
        _, found = self.several(list(node.iter_child_nodes()), scope)
        if isinstance(node, nodes.List | nodes.Tuple):
            return Variable("list", item=ANY), found
        return VALUE, found

    def several(self, parts: Sequence[nodes.Node], scope: Scope) -> tuple[Variable, list[Problem]]:
        """Return the shape of the first part and what is wrong in all of them."""
        first, problems = VALUE, []
        for number, part in enumerate(parts):
            shape, found = self.infer(part, scope)
            problems += found
            if number == 0:
                first = shape
        return first, problems

    def not_callable(self, node: nodes.Call, scope: Scope) -> list[Problem]:
        name = _spell(node.node)
        _, found = self.infer(node.node, scope)
        place = _place(self.flat, node.lineno, name.split(".")[-1])
        return found or [problem("TMPL039", place, name=name)]

    def refused(self, node: nodes.Node) -> Problem | None:
        """Find a test that is not known, and arithmetic that is not allowed."""
        if isinstance(node, nodes.Test) and node.name not in environment.tests:
            place = _place(self.flat, node.lineno, node.name)
            advice = advice_for_name(node.name, sorted(environment.tests))
            return problem("TMPL021", place, kind="判断", name=node.name, advice=advice)
        if isinstance(node, nodes.BinExpr) and (sign := _unsafe(node)):
            return problem("TMPL037", _place(self.flat, node.lineno, sign), what=sign)
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

    def name(self, node: nodes.Name, scope: Scope) -> tuple[Variable, list[Problem]]:
        if node.name in scope:
            return scope[node.name], []
        place = _place(self.flat, node.lineno, node.name)
        advice = advice_for_name(node.name, list(scope))
        return ANY, [problem("TMPL020", place, name=node.name, advice=advice)]

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
        place = _place(self.flat, node.lineno, str(key))
        return ANY, [self.no_such_part(place, name, str(key), shape)]

    def filter(self, node: nodes.Filter, scope: Scope) -> tuple[Variable, list[Problem]]:
        parts = [node.node, *node.args] if node.node else [*node.args]
        first, found = self.several(parts, scope)
        shape = first if node.node else VALUE
        if node.name not in environment.filters:
            place = _place(self.flat, node.lineno, node.name)
            advice = advice_for_name(node.name, list(filter_names()))
            if "这里可以写" not in advice:
                advice += f"全部过滤器：{'、'.join(filter_names())}。"
            unknown = problem("TMPL021", place, kind="过滤器", name=node.name, advice=advice)
            return ANY, [*found, unknown]
        if shape.kind == "value" and node.name in _OF_LISTS and (name := _named_value(node.node)):
            place = _place(self.flat, node.lineno, name.split(".")[-1])
            return ANY, [*found, problem("TMPL050", place, name=name)]
        if unfit := self.unfit(node, shape):
            return VALUE, [*found, unfit]
        named, more = self.attribute(node, shape)
        found = [*found, *more]
        if node.name in _ONE_ITEM:
            return (shape.item or ANY), found
        if node.name == "map":
            return Variable("list", item=named), found
        if node.name == "段落":
            return Variable("list", item=VALUE), found
        return (shape if node.name in _SAME_SHAPE else VALUE), found

    def unfit(self, node: nodes.Filter, shape: Variable) -> Problem | None:
        """Find a filter of numbers or of days on a value that is known to be none."""
        code, others = _OF_KIND.get(node.name, ("", ()))
        name = _named_value(node.node)
        if not name or shape is VALUE or shape.kind != "value" or shape.type_name not in others:
            return None
        place = _place(self.flat, node.lineno, name.split(".")[-1])
        return problem(code, place, name=f"{name}|{node.name}")

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
                place = _place(self.flat, node.lineno, key)
                return ANY, [self.no_such_part(place, key, part, item)]
            item = item.fields[part]
        return item, []


def _named_value(node: nodes.Node | None) -> str:
    """Return the name of a value that is taken as it is; nothing of what was made of values."""
    if isinstance(node, nodes.Filter) and node.name == "默认":
        return _named_value(node.node)
    return _spell(node) if isinstance(node, nodes.Name | nodes.Getattr) else ""


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


__all__ = [
    "FUNCTION",
    "Cited",
    "Located",
    "broken_tags",
    "calls",
    "check_contract",
    "check_names",
    "fault_alone",
    "only_prints",
    "parse_source",
    "syntax_problems",
    "variables",
]
