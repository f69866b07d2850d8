"""The family of a pupil, out of the columns that name it: who is a guardian, who looks after the
child, and who is neither.
"""

from collections.abc import Iterator, Mapping

from kcbx_docs.case.cells import text_of, value_of
from kcbx_docs.case.columns import PEOPLE
from kcbx_docs.case.model import PARENTS, Carer, Guardian
from kcbx_docs.case.names import faults_of_name
from kcbx_docs.case.relatives import (
    NamesCell,
    Relative,
    is_child_word,
    people_in,
    relation_of,
)
from kcbx_docs.case.remarks import RosterRemark
from kcbx_docs.case.roster_row import PupilRow

DIED = "ROST100"
"""That a parent has died stands in the place of the name."""
_SHARED = ("身份证号", "电话", "住址")


def people_of(row: PupilRow, said: RosterRemark) -> Iterator[Guardian | Carer]:
    """Yield the family; a place that names nobody leaves it to the next."""
    met: set[str] = set()
    for person in PEOPLE:
        for own, cells in _cells_of(row, person):
            named = people_in(own, cells.get("关系", ""), one_person=person in PARENTS)
            _say_named(row, person, named)
            alone = len(named.people) == 1
            for one in named.people:
                if person == "户主" and not (one.relation or cells.get("关系")):
                    _head(row, one, bool(met))  # the head of a household may be anybody
                elif one.name == row.name:
                    row.doubt("ROST121", person + "姓名", name=one.name)
                elif one.name not in met:
                    met.add(one.name)
                    yield from _relative(row, person, one, cells if alone else {}, said)


def _cells_of(row: PupilRow, person: str) -> Iterator[tuple[object, Mapping[str, str]]]:
    """Yield the cells that name a person, each with what the row says of them."""
    column = row.line.header.column_of(person + "姓名")
    if column is None:
        return
    keys = ("关系", "是否监护人", "工作单位", *_SHARED)
    yield row.line.cells.get(column), {key: row.text(person + key) for key in keys}
    for cells in row.line.more:
        told: dict[str, str] = {}
        for key in keys:
            at = row.line.header.column_of(person + key)
            value = value_of(key, cells.get(at)) if at is not None else ""
            told[key] = value if isinstance(value, str) else ""
        yield cells.get(column), told


def _say_named(row: PupilRow, person: str, named: NamesCell) -> None:
    name = person + "姓名"
    if not named.code:
        return
    if named.people or named.code == DIED:  # nothing is left to be written for the dead
        row.tell(named.code, name, field=row.line.header.label_of(name), **named.facts)
    else:
        row.doubt(named.code, name, **named.facts)


def _relative(
    row: PupilRow, person: str, one: Relative, cells: Mapping[str, str], said: RosterRemark
) -> Iterator[Guardian | Carer]:
    """Make a guardian or a carer; whose relation nobody knows is neither, and nobody dead is."""
    name = person + "姓名"
    for code, facts in faults_of_name(one.written):
        row.tell(code, name, who=f"「{one.name}」", **facts)
    relation = one.relation or cells.get("关系", "") or (person if person in PARENTS else "")
    if _has_died(row, person, one, relation, said):
        return
    known = relation_of(relation)
    told = _told_of(one, cells)
    told["关系"] = "" if is_child_word(relation) else known or relation
    marked = cells.get("是否监护人", "")
    if is_child_word(relation) or _is_guardian(person, told["关系"], marked):
        own = {"住址": row.text("现住址"), "工作单位": cells.get("工作单位", "")}
        yield Guardian.model_validate({**own, **told})
    elif relation and not known:
        row.tell("ROST079", name, name=one.name, relation=relation)
        row.doubts[name] = None
    else:
        if person != "照护人":
            row.tell("ROST032", name, name=one.name, relation=told["关系"] or "其他人")
        yield Carer.model_validate(told)


def _head(row: PupilRow, one: Relative, others: bool) -> None:
    """Ask about the head of the household where nobody else is named."""
    if not others:
        row.doubt("ROST117", "户主姓名", name=one.name)


def _has_died(row: PupilRow, person: str, one: Relative, relation: str, said: RosterRemark) -> bool:
    """Tell whether a remark says that this parent has died, or may have; nobody dead is asked to
    sign anything.
    """
    if not said.dead or person == "照护人":
        return False
    name, facts = person + "姓名", {"name": one.name, "text": said.text}
    parent = BORN_TO.get(relation_of(relation))
    if parent in said.dead:
        row.warn("ROST107", name, **facts, relation=relation)
        return True
    if parent or (relation and not is_child_word(relation)) or _others_named(row, said.dead):
        return False
    if said.orphan and "监护人" in row.line.header.label_of(name):
        return False  # the list itself says that this is the guardian
    row.doubt("ROST109", name, **facts)
    return True


BORN_TO = {"父亲": "父亲", "生父": "父亲", "母亲": "母亲", "生母": "母亲"}


def _others_named(row: PupilRow, dead: frozenset[str]) -> bool:
    """Tell whether columns of their own name all who have died: nobody else is one of them."""
    return all(text_of(row.line.cell(f"{parent}姓名")) for parent in dead)


def _told_of(one: Relative, cells: Mapping[str, str]) -> dict[str, str]:
    told = {key: cells[key] for key in _SHARED if cells.get(key)}
    told["姓名"] = one.name
    if one.phone:
        told.setdefault("电话", one.phone)
    return told


def _is_guardian(person: str, relation: str, marked: str) -> bool:
    """Parents are guardians whatever is marked; others only where the roster says so."""
    if person == "照护人":
        return False
    return relation in PARENTS or marked == "是" or (not relation and marked != "否")
