"""Values of different kinds that a template compares or counts with: Jinja finds them unequal
without a word, or stops.
"""

from collections.abc import Callable, Iterator, Mapping

from jinja2 import nodes

from kcbx_docs.packs.located import spelled
from kcbx_docs.packs.schema import NUMERAL, VALUE, WORDS, YES_OR_NO, Variable

Wrong = tuple[str, nodes.Node, Mapping[str, str]]
_TEXTS = ("文字", WORDS, NUMERAL, YES_OR_NO)
_KINDS = {"整数": "数", "金额": "数", "是否": "是或否"}
_ORDERS = ("gt", "gteq", "lt", "lteq")
_EQUALS = ("eq", "ne")
_DIVISIONS = (nodes.Div, nodes.FloorDiv, nodes.Mod)


def compared(
    node: nodes.Compare | nodes.BinExpr, shape_of: Callable[[nodes.Node], Variable]
) -> Iterator[Wrong]:
    """Yield what is compared or counted with although it is of another kind."""
    if isinstance(node, nodes.BinExpr):
        yield from _counted(node, shape_of)
        return
    left = node.expr
    for one in node.ops:
        mine, its = _kind(left, shape_of), _kind(one.expr, shape_of)
        facts = {"kind": mine, "other": spelled(one.expr), "its": its}
        ordered = one.op in _ORDERS
        numeral = ordered and mine == its == "文字" and _is_numeral(left, shape_of)
        if numeral or ((ordered or one.op in _EQUALS) and mine and its and mine != its):
            yield "TMPL055", left, facts
        left = one.expr


def _counted(node: nodes.BinExpr, shape_of: Callable[[nodes.Node], Variable]) -> Iterator[Wrong]:
    kinds = [_kind(part, shape_of) for part in (node.left, node.right)]
    two_days = isinstance(node, nodes.Sub) and kinds == ["日期", "日期"]
    for part, kind in zip((node.left, node.right), kinds, strict=True):
        if kind and kind != "数" and not two_days:
            yield "TMPL059", part, {"kind": kind, "sign": node.operator}
            return


def _kind(node: nodes.Node, shape_of: Callable[[nodes.Node], Variable]) -> str:
    """Name the kind of a value; nothing where it is not known."""
    if isinstance(node, nodes.Const):
        return _kind_of_constant(node.value)
    shape = shape_of(node)
    if shape is VALUE or shape.kind == "any":
        return ""
    if shape.kind != "value":
        return "列表" if shape.kind == "list" else "一组"
    return "文字" if shape.type_name in _TEXTS else _KINDS.get(shape.type_name, shape.type_name)


def _kind_of_constant(value: object) -> str:
    if isinstance(value, bool):
        return "是或否"
    if isinstance(value, int | float):
        return "数"
    return "文字" if isinstance(value, str) else ""


def _is_numeral(node: nodes.Node, shape_of: Callable[[nodes.Node], Variable]) -> bool:
    return not isinstance(node, nodes.Const) and shape_of(node).type_name == NUMERAL


def unsafe(node: nodes.BinExpr) -> str:
    """Return the sign of arithmetic that templates must not do: powers, anything with text, and
    division by nothing.
    """
    sides = (node.left, node.right)
    text = any(isinstance(side, nodes.Const) and isinstance(side.value, str) for side in sides)
    zero = isinstance(node, _DIVISIONS) and getattr(node.right, "value", 1) == 0
    return node.operator if isinstance(node, nodes.Pow) or text or zero else ""
