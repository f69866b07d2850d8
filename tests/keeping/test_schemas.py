"""What an editor lets through and what the reader takes are the same, key by key: every key of
every kind of file, with every spelling below. What JSON Schema cannot say is listed.
"""

import json
from collections.abc import Iterator
from functools import cache

import jsonschema
from pydantic import ValidationError

from kcbx_docs.case.schema import FILES
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.keeping.schemas import KEEPERS, all_schemas
from kcbx_docs.reading import Model, parse_yaml
from tests.cli.test_schema import in_an_editor

DAYS = """2026-09-01 2026-9-1 2026/9/1 2026.9.1 2026年9月1日 ２０２６年９月１日 二〇二六年九月一日
20260901 2026-02-29 2024-02-29 2026-02-30 20260230 2026-13-01 2026年4月31号 2026-9/1 2026-9月1
9月1日 2026年9月 26-9-1 0000-01-01 2100-02-29 2000-02-29 二〇二六年四月三十一日"""
TIMES = "3:30 03:30 0:30 晚上3点 晚上8点 三点半 14:30 14:30:15 24:00 9点 下午2点半 下午13点 14点30分 上午9：05 晚上12点 12:60 "
TIMES += "7点半 8点 上午9点一刻 晚7点半 中午12点 中午5点 夜里11点 凌晨2点 凌晨9点 下午3点三刻 九点二刻 9点钟"
NUMBERS = "500 500.50 1,000 500元 0 -3 0元 1e5 010 3 ３ 1000 .inf 0x1F 53 530423"
PERIODS = (
    "收到之日起10日 自收到之日起10个工作日内 生效之日起10日 判决生效之日起十日内 10个工作日 0日"
)
WORDS = """普云飞 甲、乙 男 2026-001 2026/001 CON con 中国〔2026〕3号 530499201305061217 abc-def Abc
控辍个案 学校 家访 辍学 已核对 日 是 否 true yes 未知"""
OTHERS = ('"2026-09-01"', "2026 年 9 月 1 日", "2026-09-01 14:30", "收到之日起 10 日", "a b")
OTHERS += ('"是"', '""', "甲" * 26, "甲" * 27, "[甲, 乙]", "[]", "[1]", "{}", "{姓名: 甲}")
OTHERS += ("[{姓名: 甲}]", "{甲: 乙}", "{事项: 劝返}", "[{日期: 2026-9-1, 事项: 首次缺课}]")
TYPED = (*f"{DAYS} {TIMES} {NUMBERS} {PERIODS} {WORDS}".split(), *OTHERS)

UNSAID = {
    ("date", "20260230"): "a number has no calendar",
    ("date", "530423"): "a number has no calendar",
    ("行政区划代码", "500"): "a number has no count of digits",
    (
        "监护人",
        "[{姓名: 甲}]",
    ): "told by check_case: a guardian's address is asked for after the types",
    ("编号", "530499201305061217"): "ids of word lists have no bound, numbers of editors have",
}


def models_of(model: type[Model]) -> Iterator[type[Model]]:
    seen, queue = {model}, [model]
    while queue:
        one = queue.pop()
        yield one
        for info in one.model_fields.values():
            new = {m for m in models_in(info.annotation) if issubclass(m, Model)} - seen
            seen |= new
            queue += new


@cache
def typed() -> dict[str, tuple[object, object]]:
    """Read every spelling as the reader does and as an editor does."""
    read = {text: parse_yaml(f"键: {text}\n", "甲") for text in TYPED}
    assert not [text for text, (_, found) in read.items() if found]
    return {
        text: (source.data["键"], in_an_editor(f"键: {text}\n")["键"])
        for text, (source, _) in read.items()
    }


def taken(model: type[Model], key: str, value: object) -> bool:
    """Tell whether the reader takes a value for a key, whatever else is missing."""
    try:
        model.model_validate({key: value})
    except ValidationError as error:
        return not any(detail["loc"][:1] == (key,) for detail in error.errors())
    return True


def kinds_of_keys() -> Iterator[tuple[type[Model], str, dict[str, object]]]:
    """Yield the keys of all files; of keys that are told alike, the first."""
    met: set[str] = set()
    schemas = all_schemas()
    for kind, model in {**FILES, **KEEPERS}.items():
        schema = schemas[kind]
        parts = schema.get("$defs", {})
        for one in models_of(model):
            keys = (schema if one is model else parts[one.__name__])["properties"]
            for key, told in keys.items():
                plain = {name: value for name, value in told.items() if name != "description"}
                same = json.dumps(plain, sort_keys=True)
                if same not in met or "$ref" in same:
                    yield one, key, {**plain, "$defs": parts}
                met.add(same)


def test_what_is_green_is_read_and_what_is_red_is_not():
    wrong, tried = [], 0
    for model, key, schema in kinds_of_keys():
        editor = jsonschema.Draft202012Validator(schema)
        for text, (read, seen) in typed().items():
            tried += 1
            if editor.is_valid(seen) != taken(model, key, read):
                wrong.append((model.__name__, key, text))
    assert tried > 10_000
    assert [one for one in wrong if not unsaid(*one)] == []


def unsaid(model: str, key: str, text: str) -> bool:
    """Tell whether JSON Schema has no way of saying it."""
    digits = text.lstrip("-").isdigit()
    bounded = key in ("名称", "年份") and digits  # a number has no length
    days = key in ("日期", "期限", "改正期限", "观察日期", "回访日期") and digits
    return bounded or days or (key, text) in UNSAID


def test_every_exception_is_one():
    """What is said by now is no exception any longer."""
    assert all(text in TYPED for _, text in UNSAID)


def test_no_word_of_an_editor_is_english():
    def words(node):
        if isinstance(node, dict):
            yield from (
                node[key] for key in ("title", "errorMessage", "description") if key in node
            )
            for inner in node.values():
                yield from words(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from words(inner)

    said = [text for text in words(all_schemas()) if isinstance(text, str)]
    assert said
    assert [text for text in said if text.isascii()] == []
