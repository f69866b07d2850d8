"""Addresses that are none: 同上, 同父亲, 不详. A paper would print them, and nobody finds them."""

from collections.abc import Iterator, Mapping
from datetime import date

from kcbx_docs.case.model import Case
from kcbx_docs.case.person import Person
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Loc, Source

_WHOSE = (
    r"(?:(?:其|他|她|孩子的?|学生的?)?(?:父母亲?|[父母]亲?|爸爸?|妈妈?|[祖外]+[父母]+|爷爷|奶奶"
    r"|丈夫|妻子|夫|妻|配偶|监护人|户主|孩子|学生|户籍|户口|身份证))"
)
_PLACE = r"(?:的?(?:现住址|住址|地址|户籍地址?|户口地址|户籍所在地|住处|家|一样|一致|相同|同住))*"
_DITTO = regex(
    rf"(?:同|如|见|与|和|跟)(?:以上|上述|前面|上+|前|左|右|{_WHOSE}){_PLACE}|同住"
    r"|[〃″\"“”'＂〞]+"
)
_UNKNOWN = regex(
    r"(?:地址|住址)?(?:不详|不明|未知|不知道?|不清楚|待查|待核实?|待补|待定|未查明|没有查明|查不到"
    r"|无|暂无|没有|略|下落不明|去向不明|[?？、/\\—－-]+)"
)
_OF_PUPIL = {"现住址": "address", "户籍地址": "registered_address"}
_OF_GUARDIAN = {
    "住址": "address",
    "户籍地址": "registered_address",
    "送达地址": "service_address",
}
_SERVED_AT = ("住址", "送达地址")
"""Where papers are brought: unknown is no address there; elsewhere it may be said."""


def says_nowhere(written: str) -> bool:
    """Tell whether what stands for an address is none: unknown, or the same as another line."""
    said = "".join(written.split()).rstrip("。.")
    return bool(_DITTO.fullmatch(said) or _UNKNOWN.fullmatch(said))


def check_addresses(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """An address says where, without another line of the file."""
    yield from _addresses(case.pupil, _OF_PUPIL, "学生", ("学生",), source)
    for number, guardian in enumerate(case.guardians):
        yield from _addresses(guardian, _OF_GUARDIAN, "监护人", ("监护人", number), source)
    for number, carer in enumerate(case.carers):
        keys = {"住址": "address"}
        yield from _addresses(carer, keys, "受托照护人", ("受托照护人", number), source)


def _addresses(
    person: Person, keys: Mapping[str, str], role: str, loc: Loc, source: Source
) -> Iterator[Problem]:
    for key, attribute in keys.items():
        written = getattr(person, attribute)
        said = "".join(written.split()).rstrip("。.")
        nowhere = role == "监护人" and key in _SERVED_AT and _UNKNOWN.fullmatch(said)
        code = "CASE108" if _DITTO.fullmatch(said) else "CASE109" if nowhere else ""
        if said and code:
            place = source.place((*loc, key), value=True)
            yield problem(code, place, who=f"{role}「{person.name}」", key=key, written=written)
