"""What templates may name: the tree of variables, made from the models that fill them."""

import datetime
import typing
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class Variable:
    """A variable's shape: a plain value, a record of named fields, or a list of one shape."""

    kind: typing.Literal["value", "record", "list", "function", "any"] = "value"
    fields: Mapping[str, "Variable"] = field(default_factory=dict)
    item: "Variable | None" = None
    optional: bool = False
    description: str = ""
    type_name: str = "文字"


VALUE = Variable()
ANY = Variable("any")
FUNCTION = Variable("function", type_name="函数")
WORDS, NUMERAL, YES_OR_NO = "不是数的文字", "汉字的数", "是或否"
"""What the schema calls parameters that somebody wrote: words to Jinja, all of them."""
TRUTH, INTEGER, DAY = (Variable(type_name=name) for name in ("是否", "整数", "日期"))
ABSENT = "没有"
"""What the schema calls something that a kind of paper has none of."""
UNCONFIRMED = Variable("any", type_name="未知")
"""What nobody has confirmed here: it may be anything, and is asked for before it is printed."""
_PARAMETERS = {
    "unknown": UNCONFIRMED,
    "number": INTEGER,
    "numeral": Variable(type_name=NUMERAL),
    "yes": Variable(type_name=YES_OR_NO),
    "day": DAY,
    "words": Variable(type_name=WORDS),
}


Replacing = Mapping[type, type[BaseModel]]


def without(schema: Variable, name: str) -> Variable:
    """Describe all variables where a paper has none of one."""
    fields = {**schema.fields, name: replace(schema.fields[name], type_name=ABSENT)}
    return replace(schema, fields=fields)


def shape_of_parameter(kind: Any) -> Variable:
    """Describe a parameter by what it is."""
    if isinstance(kind, str):
        return _PARAMETERS.get(kind, ANY)
    of, inner = kind
    if of == "list":
        return Variable("list", item=shape_of_parameter(inner), type_name="列表")
    fields = {name: shape_of_parameter(one) for name, one in inner}
    return Variable("record", fields, type_name="一组")


def shape_of(model: type[BaseModel], replacing: Replacing = MappingProxyType({})) -> Variable:
    """Describe a model and all below it; ``replacing`` names models for types that have none."""
    fields: dict[str, Variable] = {}
    for name, info in model.model_fields.items():
        shape = _shape(info.annotation, info.description or "", replacing)
        fields[info.alias or name] = shape
    return Variable("record", fields, type_name="一组")


def _shape(annotation: Any, description: str, replacing: Replacing) -> Variable:
    plain, optional = _without_none(annotation)
    while typing.get_origin(plain) is typing.Annotated:
        plain, inner = _without_none(typing.get_args(plain)[0])
        optional = optional or inner
    plain = replacing.get(plain, plain) if isinstance(plain, type) else plain
    origin, arguments = typing.get_origin(plain), typing.get_args(plain)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        fields = shape_of(plain, replacing).fields
        return Variable("record", fields, None, optional, description, "一组")
    if origin in (tuple, list):
        item = _shape(arguments[0], "", replacing)
        return Variable("list", {}, item, optional, description, "列表")
    if origin in (dict, Mapping) or plain is Any:
        return Variable("any", {}, None, optional, description, "一组")
    return Variable("value", {}, None, optional, description, _type_name(plain))


def _without_none(annotation: Any) -> tuple[Any, bool]:
    arguments = typing.get_args(annotation)
    if type(None) not in arguments:
        return annotation, False
    rest = tuple(argument for argument in arguments if argument is not type(None))
    return (rest[0] if len(rest) == 1 else typing.Union[rest]), True  # noqa: UP007


def _type_name(annotation: Any) -> str:
    names = {
        str: "文字",
        int: "整数",
        bool: "是否",
        datetime.date: "日期",
        datetime.datetime: "时间",
        datetime.time: "钟点",
        Decimal: "金额",
    }
    return names.get(annotation, "文字")


def walk(variable: Variable, path: str = "") -> Iterator[tuple[str, Variable]]:
    """Yield every variable below with its path, lists as 名[]."""
    for name, inner in variable.fields.items():
        here = f"{path}.{name}" if path else name
        yield here, inner
        if inner.kind == "list":
            yield from walk(inner.item or inner, f"{here}[]")
        else:
            yield from walk(inner, here)
