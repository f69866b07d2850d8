"""The text of a new file of work: what is known as values, the rest to be filled in."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from kcbx_docs.case.commented import commented, flow, head_of
from kcbx_docs.case.work import KEYS, NAMES, PUPILS, Work

_SCHEMA = "../schema"
"""Where the schema lies, as seen from the folder of the cases."""


def work_text(
    values: Mapping[str, Any], kind: str, keys: Container[str], schema: str = _SCHEMA
) -> str:
    """Return the file of a piece of work, with the keys of its kind; of pupils a line each."""
    rest = {key: value for key, value in values.items() if key != PUPILS}
    shown = [key for key in KEYS if key in keys and key != PUPILS]
    text = commented(Work, rest, head_of("工作", schema, f"一件工作：{kind}。"), shown)
    return text + "\n".join((*_pupils(values.get(PUPILS) or ()), "")) if PUPILS in keys else text


def _pupils(pupils: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Write the pupils of a list below everything else."""
    note = f"   # {Work.model_fields[NAMES[PUPILS]].description}"
    yield f"{PUPILS}:{note}" if pupils else f"{PUPILS}: []{note}"
    yield from (f"  - {flow(one)}" for one in pupils)
    yield "# 一项的写法：- {姓名: 某某, 班级: 七年级1班}；有案件的 - {案件: 编号}"
    yield "# 各键见 kcbx docs 案件文件"
