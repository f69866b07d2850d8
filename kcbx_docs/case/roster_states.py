"""What a list says of whether a pupil is at school and whether the parents live: in a column of
states and in remarks.
"""

from collections.abc import Iterator

from kcbx_docs.case.cells import spoilt, text_of
from kcbx_docs.case.columns import PEOPLE, roster_words
from kcbx_docs.case.relatives import note_on
from kcbx_docs.case.remarks import RosterRemark, read_remark, state_in
from kcbx_docs.case.roster_row import PupilRow
from kcbx_docs.case.tables import PupilLine, names_family
from kcbx_docs.light import regex

REMARKS = ("备注", "其他备注", "家庭情况", "家庭类别")
"""Columns in which people write what no other column asks for."""
_NO = ("否", "不健在")
_YES = ("是", "1", "√", "Y", "有")
_CHANGES = regex("[异变]动|转|休|离|辍")
"""In a column of these a cross says that nothing has changed; elsewhere that nobody came."""


def said_of(line: PupilLine) -> RosterRemark:
    """Put together what the remarks of a row say."""
    found = RosterRemark()
    for name in REMARKS:
        text = text_of(line.cell(name))
        if text and not spoilt(line.cell(name)):
            found = found.also(read_remark(text), text, name)
    for one, text, name in _said_of_parents(line):
        found = found.also(one, text, name)
    if text := text_of(line.cell("孤儿")):
        yes = text in _YES
        label = f"{line.header.label_of('孤儿')}：{text}" if yes else text
        found = found.also(RosterRemark(orphan=True) if yes else read_remark(text), label, "孤儿")
    return found


def _said_of_parents(line: PupilLine) -> Iterator[tuple[RosterRemark, str, str]]:
    """Yield what the columns of the parents say of a death: 父亲情况 去世; 母亡 in any cell."""
    for parent in ("父亲", "母亲"):
        name = f"{parent}情况"
        text = text_of(line.cell(name))
        if text and (note_on(text) == "ROST100" or text in _NO):
            yield RosterRemark(dead=frozenset((parent,))), f"{name}：{text}", name
    for person in PEOPLE:
        name = f"{person}姓名"
        text = text_of(line.cell(name))
        if text and (told := read_remark(text)).dead:
            yield RosterRemark(dead=told.dead, orphan=told.orphan), text, name


def heed_state(row: PupilRow, said: RosterRemark) -> None:
    """Hold back who has left the school or is taught elsewhere, as the roster itself says."""
    text = text_of(row.line.cell("状态"))
    told = state_told(text, row.line.header.label_of("状态"))
    if none := spoilt(row.line.cell("状态")):
        row.tell(none.code, "状态", field="状态", value=none.shown)
    elif told == "离校" and said.state == "在校":
        row.warn("ROST111", said.where, name=row.name, state=text, text=said.text)
    elif told == "离校":
        row.hold("ROST056", "状态", name=row.name, state=text)
    elif told == "看不出":
        row.warn("ROST057", "状态", name=row.name, state=text)
    if row.line.left:
        row.hold("ROST134", "姓名", name=row.name, title=row.line.left)
    elif told != "离校":
        _heed_remark(row, said)


def _heed_remark(row: PupilRow, said: RosterRemark) -> None:
    field = row.line.header.label_of(said.where)
    if said.state == "离校":
        row.hold("ROST106", said.where, name=row.name, field=field, text=said.text)
    elif said.state == "看不出":
        row.warn("ROST057", said.where, name=row.name, state=said.text)


def state_told(text: str, label: str) -> str:
    """Read a state, also one with a day or a reason behind it: 休学（2026.3）."""
    words, word = roster_words(), text.upper()
    if word in words["states"]["absent"] and not _CHANGES.search(label):
        return "离校"
    if not text or text in words["placeholders"]["nothing"]:
        return "离校" if text in words["states"]["gone"] else ""
    if word in words["states"]["present"]:
        ticked = len(word) == 1 and _CHANGES.search(label)
        return "看不出" if ticked else "在校"
    whole, parts = state_in(text), read_remark(text).state
    sure = whole if whole != "看不出" else ""
    return sure or parts or whole or "看不出"


def heed_family(row: PupilRow, said: RosterRemark, guardians: int) -> None:
    """Ask for a guardian where none is named, and about a death of nobody knows whom."""
    facts = {"name": row.name, "text": said.text}
    unread = any(name.endswith("姓名") for name in row.doubts)
    named = names_family(row.line.header.columns.values())
    if not (guardians or unread or said.orphan) and named:
        row.tell("ROST033", "监护人姓名", name=row.name)
        row.doubts["监护人姓名"] = None  # the line for it on his papers is left to be written
    if said.orphan and not guardians:
        row.warn("ROST108", "监护人1姓名", **facts)
        row.doubts["监护人姓名"] = None
    elif said.orphan or said.uncared:
        row.warn("ROST116", said.where, **facts)
    elif said.unclear and not said.dead and guardians:
        row.warn("ROST110", said.where, **facts)
