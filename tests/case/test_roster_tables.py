"""The same pupils in several tables of a workbook: one paper each, and every difference is told."""

from pathlib import Path

import pytest

from kcbx_docs.case.roster_reading import RosterReading
from tests.case.awkward import number
from tests.case.rosters import reading_of

HEAD = ["姓名", "父亲姓名", "母亲姓名", "电话", "备注"]
Row = list[object]


def pupil(name: str, **other: str) -> Row:
    own = {"父亲": f"方大{name}", "母亲": f"李{name}", "电话": f"138{ord(name):08d}", "备注": ""}
    return [f"方{name}", *(own | other).values()]


ONE = [pupil(name) for name in "甲乙丙丁戊"]
TWO = [pupil(name) for name in "子丑寅卯辰"]
CLASSES = {"七年级1班": [HEAD, *ONE], "七年级2班": [HEAD, *TWO]}


def whole(*changed: Row) -> list[Row]:
    """Return the table of the school, the first pupils said otherwise."""
    labels = ["七年级1班"] * 5 + ["七年级2班"] * 5
    rows = [[*row, label] for row, label in zip([*ONE, *TWO], labels, strict=True)]
    return [[*HEAD, "班级"], *changed, *rows[len(changed) :]]


def read(folder: Path, *changed: Row) -> RosterReading:
    return reading_of(folder, {"全校名单": whole(*changed), **CLASSES})


def told(reading: RosterReading) -> list[tuple[str, str]]:
    found = [one for one in reading.problems if one.severity != "note"]
    return [(one.code, one.place.path) for one in found if one.code != "ROST086"]


@pytest.mark.parametrize(
    ("changed", "codes", "held"),
    [
        (pupil("甲"), [], False),
        (pupil("甲", 父亲="刀二"), ["ROST101"], False),
        (pupil("甲", 电话="13900000009"), ["ROST101"], False),
        (pupil("甲", 父亲=""), [], False),
        (pupil("甲", 电话=""), [], False),
        (pupil("甲", 备注="9月转出"), ["ROST106"], True),
        (pupil("甲", 备注="父亲去世"), ["ROST130"], False),
        (pupil("甲", 备注="走读"), [], False),
    ],
)
def test_where_two_tables_disagree_nobody_is_guessed(
    tmp_path: Path, changed: Row, codes: list[str], held: bool
) -> None:
    reading = read(tmp_path, [*changed, "七年级1班"])
    assert [code for code, _ in told(reading)] == codes
    assert (len(reading.pupils), len(reading.held)) == (10, int(held))
    first = next(one for one in reading.pupils if one.pupil.name == "方甲")
    doubtful = {"ROST101", "ROST130"} & set(codes) and changed[3] == ONE[0][3]
    wrong = {"刀二", "方大甲"} if doubtful else set()
    assert not wrong & {one.name for one in first.guardians}
    assert (first.phone == "") is (changed[3] == "13900000009")


def test_another_class_holds_and_one_paper_each_is_printed(tmp_path: Path) -> None:
    reading = read(tmp_path, [*ONE[0], "七年级2班"])
    assert [code for code, _ in told(reading)] == ["ROST112"]
    assert [one.pupil.name for one in reading.held] == ["方甲"]
    assert len(reading.pupils) == 10


def test_who_stands_in_one_table_only_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, [*pupil("新"), "七年级1班"])
    assert told(reading) == [("ROST102", "全校名单!A2"), ("ROST102", "七年级1班!A2")]
    assert len(reading.printable) == 11


def test_a_list_of_some_pupils_prints_nobody_twice(tmp_path: Path) -> None:
    boarders = [[*ONE[0], "七年级1班"], [*ONE[1], "七年级1班"], [*TWO[0], "七年级2班"]]
    reading = reading_of(tmp_path, {**CLASSES, "住校生": [[*HEAD, "班级"], *boarders]})
    assert (len(reading.printable), told(reading)) == (10, [])
    assert {row.sheet for row in reading.skipped} == {"住校生"}


def test_a_table_of_all_beside_that_of_one_class_prints_nobody_twice(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"全校": whole(), "七年级2班": [HEAD, *TWO]})
    assert (len(reading.printable), told(reading)) == (10, [])


def test_one_number_joins_rows_of_two_classes(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "父亲姓名"]
    rows = [[f"方{name}", number(at), f"方大{name}"] for at, name in enumerate("甲乙丙", 1)]
    other = [[*rows[0], "七年级2班"], *([*row, "七年级1班"] for row in rows[1:])]
    reading = reading_of(tmp_path, {"全校": [[*head, "班级"], *other], "七年级1班": [head, *rows]})
    assert [one.pupil.name for one in reading.held] == ["方甲"]
    assert len(reading.pupils) == 3


def test_boys_and_girls_of_one_class_stay_two_pupils(tmp_path: Path) -> None:
    """Two pupils of one name on two lists that have nothing else in common are two."""
    boys = [[f"方{name}", "七年级1班", f"方大{name}"] for name in "甲乙丙丁"]
    girls = [
        ["方甲", "七年级1班", "刀二"],
        *([f"李{n}", "七年级1班", f"李大{n}"] for n in "乙丙丁"),
    ]
    head = ["姓名", "班级", "父亲姓名"]
    reading = reading_of(tmp_path, {"男生": [head, *boys], "女生": [head, *girls]})
    assert len(reading.printable) == 8
    assert told(reading) == [("ROST036", "女生!A2")]


def test_who_changed_classes_is_held_in_both(tmp_path: Path) -> None:
    head = ["姓名", "父亲姓名", "备注"]
    sheets = {
        "七年级1班": [head, ["方甲", "方大", ""], ["方乙", "方二", "转七年级2班"]],
        "七年级2班": [head, ["方乙", "方二", "由七年级1班转来"]],
    }
    reading = reading_of(tmp_path, sheets)
    assert [(one.pupil.name, one.sheet) for one in reading.held] == [
        ("方乙", "七年级1班"),
        ("方乙", "七年级2班"),
    ]


SOME = ["姓名", "班级", "备注"]


def test_a_remark_in_a_list_of_some_is_heeded(tmp_path: Path) -> None:
    """The father has died, says the list of those in need alone: he is asked to sign nothing."""
    some = [
        ["方甲", "七年级1班", "父亲去世"],
        ["方子", "七年级2班", "孤儿，随爷爷"],
        ["方错", "七年级1班", ""],
    ]
    reading = reading_of(tmp_path, {**CLASSES, "特殊学生": [SOME, *some]})
    family = {one.pupil.name: [person.name for person in one.guardians] for one in reading.pupils}
    assert (family["方甲"], family["方子"], family["方乙"]) == (["李甲"], [], ["方大乙", "李乙"])
    assert [code for code, _ in told(reading)] == ["ROST016", *["ROST130"] * 3, "ROST102"]
    assert "方错" in family


def test_a_list_of_some_without_classes_finds_its_pupils_by_name(tmp_path: Path) -> None:
    some = [["姓名", "备注"], ["方甲", "休学"], ["方乙", "走读"]]
    reading = reading_of(tmp_path, {**CLASSES, "住校生": some})
    assert [one.pupil.name for one in reading.held] == ["方甲"]
    assert len(reading.pupils) == 10


def test_one_of_two_of_a_name_on_a_list_of_some_takes_nobody_away(tmp_path: Path) -> None:
    """方甲 of both classes is printed, though the boarders name one of them."""
    sheets = {**CLASSES, "七年级2班": [HEAD, pupil("甲", 父亲="方三", 电话="13900000001"), *TWO]}
    boarders = [["方甲", "七年级1班", ""], ["方子", "七年级2班", ""], ["方丑", "七年级2班", ""]]
    for rows in (boarders, [[name, "", note] for name, _, note in boarders[1:]]):
        reading = reading_of(tmp_path, {**sheets, "住校生": [SOME, *rows]})
        assert [one.class_label for one in reading.printable if one.pupil.name == "方甲"] == [
            "七年级1班",
            "七年级2班",
        ]
        assert (len(reading.printable), reading.held) == (11, ())
