"""What each filter and each test may be used on, and what may be written in its brackets.

Lint and render ask before anything is filled: what Jinja would say only while it prints, it says
in English and without a place, or it prints something that nobody meant.
"""

from collections.abc import Mapping, Sequence

from jinja2 import nodes

from kcbx_docs.light import dataclass
from kcbx_docs.packs.language import environment, filter_names
from kcbx_docs.packs.schema import ANY, NUMERAL, VALUE, WORDS, YES_OR_NO, Variable
from kcbx_docs.words import nearest

Named = nodes.Keyword | nodes.Pair
TEXT, NUMBER, BOOL, NAME, SOMETHING = "文字", "整数", "true 或 false", "项的名称", "随便什么"


@dataclass(frozen=True)
class Argument:
    """Something written in brackets: its name to Jinja, what it is for, and its kind."""

    name: str
    about: str
    kind: str = SOMETHING


@dataclass(frozen=True)
class Use:
    """What a filter is for: the kinds of what stands before it, and its arguments."""

    of: str = ""
    arguments: tuple[Argument, ...] = ()
    needed: int = 0


_BY = Argument("attribute", "照哪一项", NAME)
_CASE = Argument("case_sensitive", "分不分大小写", BOOL)
LISTS, ITEMS, NUMBERS, DAYS, WORDS_ALONE = "列表", "列表或文字", "数", "日期", "一段文字"
PEOPLE, RECORDS, LIST_OF_DAYS = "有姓名的列表", "一组一组的列表", "日期的列表"
USES: Mapping[str, Use] = {
    "日期": Use(DAYS),
    "月日": Use(DAYS),
    "汉字日期": Use(DAYS),
    "合并日期": Use(LIST_OF_DAYS),
    **dict.fromkeys(("数量", "大写", "汉字", "abs"), Use(NUMBERS)),
    "int": Use(NUMBERS, (Argument("default", "不是数的时候当作什么", NUMBER),)),
    "顿号": Use(LISTS),
    "连接": Use(LISTS, (Argument("mark", "连接用的符号", TEXT),)),
    "名单": Use(PEOPLE),
    "勾选": Use(),
    "默认": Use(arguments=(Argument("instead", "没有内容时印什么"),)),
    "段落": Use(WORDS_ALONE),
    "trim": Use(WORDS_ALONE, (Argument("chars", "去掉哪些字", TEXT),)),
    **dict.fromkeys(("length", "count", "first", "last", "reverse"), Use(ITEMS)),
    "list": Use(LISTS),
    "sort": Use(LISTS, (Argument("reverse", "倒不倒过来", BOOL), _CASE, _BY)),
    "unique": Use(LISTS, (_CASE, _BY)),
    "sum": Use(LISTS, (_BY, Argument("start", "从几加起", NUMBER))),
    **dict.fromkeys(("min", "max"), Use(LISTS, (_CASE, _BY))),
    "map": Use(RECORDS, (_BY, Argument("default", "没有这一项时当作什么"))),
    **dict.fromkeys(("selectattr", "rejectattr"), Use(RECORDS)),
    "_limited": Use(LISTS),
    "_blank": Use(arguments=(Argument("ems", "几个字宽", NUMBER),), needed=1),
    "二维码": Use(arguments=(Argument("size", "几毫米", NUMBER),)),
}
_OF_TESTS = {
    **dict.fromkeys(
        ("equalto", "eq", "==", "ne", "!=", "gt", ">", "ge", ">=", "lt", "<", "le", "<=", "in"),
        (Argument("other", "和什么比"),),
    ),
    "divisibleby": (Argument("num", "能不能被几整除", NUMBER),),
}
_NO_NUMBER = (WORDS, YES_OR_NO, "日期", "时间", "钟点", "是否")
_NO_DAY = (WORDS, YES_OR_NO, NUMERAL, "整数", "金额", "钟点", "是否")
_UNORDERED = ("sort", "unique", "sum", "min", "max")


def unfit(node: nodes.Filter, shape: Variable) -> str:
    """Return the code of what is wrong with using a filter on a shape; nothing if it fits."""
    of = USES[node.name].of
    if of in (LISTS, PEOPLE, RECORDS, LIST_OF_DAYS):
        return "TMPL050" if shape.kind in ("value", "record") else _items_unfit(node, of, shape)
    if shape.kind in ("record", "list"):
        counted = of == ITEMS and (shape.kind == "list" or node.name in ("length", "count"))
        wrong = "TMPL050" if of == ITEMS else "TMPL022"
        return "" if counted or not of else wrong
    return "" if shape is VALUE else _value_unfit(node.name, of, shape)


def _value_unfit(name: str, of: str, shape: Variable) -> str:
    kind = shape.type_name if shape.kind == "value" else ""
    if of == NUMBERS:
        return "TMPL051" if kind in _NO_NUMBER else ""
    if of == DAYS:
        others = _NO_DAY if name == "日期" else (*_NO_DAY, "文字")
        return "TMPL052" if kind in others else ""
    if of == ITEMS:
        return "TMPL050" if kind in ("日期", "时间", "钟点", "整数", "金额", "是否") else ""
    return "TMPL056" if name == "勾选" and kind == YES_OR_NO else ""


def _items_unfit(node: nodes.Filter, of: str, shape: Variable) -> str:
    item = shape.item or ANY
    if shape.kind != "list" or item.kind == "any":
        return ""
    if of == PEOPLE:
        return "" if "姓名" in item.fields else "TMPL058"
    if of == LIST_OF_DAYS:
        return "" if item.kind == "value" and item.type_name in ("日期", "文字") else "TMPL052"
    return "TMPL057" if item.kind != "value" and _takes_plain_items(node) else ""


def _takes_plain_items(node: nodes.Filter) -> bool:
    """Tell of what joins or orders the items themselves, not by something that each of them has."""
    by_name = any(one.key == "attribute" for one in node.kwargs)
    return node.name in ("顿号", "连接") or (node.name in _UNORDERED and not by_name)


def wrong_arguments(node: nodes.Filter | nodes.Test) -> str:
    """Say what is wrong in the brackets of a filter or a test; nothing if all is right."""
    given = [*node.args]
    if isinstance(node, nodes.Test):
        wanted = _OF_TESTS.get(node.name, ())
        return _against(wanted, len(wanted), given, node.kwargs)
    if node.dyn_args or node.dyn_kwargs:
        return "不能写 * 展开的内容"
    if node.name in ("selectattr", "rejectattr"):
        return _of_choice(node.name, given, node.kwargs)
    if node.name == "map" and given:
        return _of_map(given, node.kwargs)
    use = USES[node.name]
    if node.name == "map" and "attribute" not in {one.key for one in node.kwargs}:
        return '要写取哪一项，如 attribute="姓名"'
    return _against(use.arguments, use.needed, given, node.kwargs)


def _of_map(given: Sequence[nodes.Expr], named: Sequence[Named]) -> str:
    """Judge map("日期"): the name of a filter, and what that one takes."""
    name = _text_of(given[0])
    if name in filter_names() and not named:
        return _against(USES[name].arguments, USES[name].needed, given[1:], ())
    return '只写取哪一项，如 attribute="姓名"；或者只写一个过滤器的名称'


def _of_choice(name: str, given: Sequence[nodes.Expr], named: Sequence[Named]) -> str:
    """Judge selectattr("结果", "eq", "拒绝"): an item's name, a test, and what that one takes."""
    if named or not given or not _text_of(given[0]):
        return f'要先写看哪一项，如 {name}("姓名")'
    if len(given) == 1:
        return ""
    test = _text_of(given[1])
    if test not in environment.tests:
        near = nearest(test, sorted(_OF_TESTS)) or "、".join(sorted(_OF_TESTS))
        return f"没有名为「{test}」的判断，可以写 {near}"
    wanted = _OF_TESTS.get(test, ())
    return _against(wanted, len(wanted), given[2:], ())


def _against(
    wanted: Sequence[Argument],
    needed: int,
    given: Sequence[nodes.Expr],
    named: Sequence[Named],
) -> str:
    """Compare what is written in brackets with what belongs there."""
    count = len(given) + len(named)
    if not needed <= count <= len(wanted):
        return f"写了 {count} 个，{_asked(wanted, needed)}"
    names = {one.name: one for one in wanted}
    for one in named:
        if one.key not in names:
            return f"不认识「{one.key}」，可以写 {'、'.join(names)}"
    pairs = [
        *zip(wanted, given, strict=False),
        *((names[str(one.key)], one.value) for one in named),
    ]
    return next(filter(None, (_unlike(one, value) for one, value in pairs)), "")


def _asked(wanted: Sequence[Argument], needed: int) -> str:
    if not wanted:
        return "不要括号，什么也不用写"
    how = "要写" if needed == len(wanted) else "最多写"
    told = "、".join(f"{one.about}（{one.kind}）" for one in wanted)
    return f"{how} {len(wanted)} 个：{told}"


def _unlike(wanted: Argument, value: nodes.Expr) -> str:
    """Say where a constant is of another kind than it should be; of others nobody knows."""
    if not isinstance(value, nodes.Const):
        return ""
    kinds = {TEXT: (str,), NAME: (str,), NUMBER: (int, float), BOOL: (bool,)}
    fits = kinds.get(wanted.kind, (object,))
    if isinstance(value.value, fits) and (wanted.kind != NUMBER or _is_count(wanted, value.value)):
        return ""
    return f"{wanted.about}应是{wanted.kind}，写的是「{value.value}」"


def _is_count(wanted: Argument, value: object) -> bool:
    return not isinstance(value, bool) and (wanted.name != "num" or value != 0)


def _text_of(value: nodes.Expr) -> str:
    return value.value if isinstance(value, nodes.Const) and isinstance(value.value, str) else ""
