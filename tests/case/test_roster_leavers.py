"""A table of those who have left, beside those of the classes."""

from pathlib import Path

import pytest

from tests.case.rosters import reading_of

HEAD = ["姓名", "父亲姓名", "电话"]
CLASSES = {
    "七1": [HEAD, ["李强", "李正", "13800000001"], ["李明", "李大", "13800000002"]],
    "七3": [HEAD, ["李强", "李二", "13800000003"]],
}


@pytest.mark.parametrize(
    "name", ("转出学生", "休学名单", "2026年秋季辍学学生花名册", "送教上门学生")
)
def test_whoever_stands_in_it_is_held_back_in_his_class(tmp_path: Path, name: str) -> None:
    left = [["姓名", "班级"], ["李强", "七1"], ["周七", "七1"]]
    reading = reading_of(tmp_path, {**CLASSES, name: left})
    held = {(one.pupil.name, one.class_label, one.held[0].code) for one in reading.held}
    assert held == {("李强", "七年级1班", "ROST132"), ("周七", "七年级1班", "ROST131")}
    assert [one.class_label for one in reading.printable] == ["七年级1班", "七年级3班"]
    assert len(reading.skipped) == 1


def test_the_heading_may_say_it_and_without_a_class_both_of_a_name_are_held(tmp_path: Path) -> None:
    left = [["青石中学2026年秋季转出学生名单（截至9月）"], ["姓名", "去向"], ["李强", "县二中"]]
    reading = reading_of(tmp_path, {**CLASSES, "Sheet2": left})
    assert [one.pupil.name for one in reading.printable] == ["李明"]


@pytest.mark.parametrize(
    "name", ("转入学生", "复学学生名单", "转入转出情况", "未转出学生", "控辍保学名单", "毕业年级")
)
def test_other_tables_hold_nobody(tmp_path: Path, name: str) -> None:
    reading = reading_of(tmp_path, {**CLASSES, name: [["姓名", "班级"], ["李强", "七1"]]})
    assert (len(reading.printable), reading.held) == (3, ())


def test_a_list_of_leavers_alone_is_the_list_that_somebody_wants(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"失学学生名单": [["姓名", "班级"], ["李强", "七1"]]})
    assert len(reading.printable) == 1


def test_whoever_stands_below_such_a_heading_is_held(tmp_path: Path) -> None:
    rows = [
        ["李强", "", ""],
        ["转出学生：", "", ""],
        ["李明", "", ""],
        ["转入学生", "", ""],
        ["周丽", "", ""],
    ]
    reading = reading_of(tmp_path, {"七1": [HEAD, *rows, ["以下空白", "", ""]]})
    assert [one.pupil.name for one in reading.printable] == ["李强", "周丽"]
    assert [one.held[0].code for one in reading.held] == ["ROST134"]
    assert [row.reason for row in reading.skipped] == ["小标题", "小标题", "合计、说明或者签名"]
