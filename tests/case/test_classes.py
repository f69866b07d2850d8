"""What a class is called: one form of the many, and what is no class at all."""

import pytest

from kcbx_docs.case.classes import (
    ClassName,
    class_in_title,
    class_of_sheet,
    class_order,
    put_together,
    read_class,
    read_grade,
)

SAME = (
    "七年级1班 七(1)班 七（1）班 七1班 七年级(1)班 七年级（一）班 七年级一班 七年1班 7(1) 7-1 7.1 701 0701 "
    "初一(1)班 初一1班 初1（1）班 七年级01班 7年级1班 七年级1 七级1班 青石中学七年级1班"
)


@pytest.mark.parametrize("text", SAME.split())
def test_one_class_has_one_form(text):
    assert read_class(text).label == "七年级1班"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1", "1班"),
        ("十一班", "11班"),
        ("172", "172班"),
        ("71班", "71班"),
        ("育才班", "育才班"),
        ("未名班", "未名班"),
        ("七年级火箭班", "七年级火箭班"),
        ("七a班", "七年级A班"),
        ("甲", "甲班"),
        ("学前班", "学前班"),
        ("2024级(3)班", "2024级3班"),
        ("高一2班", "高一2班"),
        ("小一(2)班", "一年级2班"),
        ("九年级", "九年级"),
        ("七年级(1)班(走读)", "七年级(1)班(走读)"),
        ("", ""),
        ("未分班", ""),
        ("/", ""),
    ],
)
def test_other_classes_stay_what_they_are(text, label):
    assert read_class(text).label == label


@pytest.mark.parametrize("text", ["2026-07-01", "7月1日", "1-Jul", "Jul-01", "2032-07"])
def test_a_day_is_no_class(text):
    assert read_class(text).fatal


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("七年级1班", "七年级1班"),
        ("七1", "七年级1班"),
        ("701", "七年级1班"),
        ("八(1)班", "八年级1班"),
        ("七年级", "七年级"),
        ("七年级学生名单", "七年级"),
        ("八年级 (2)", "八年级"),
        ("七年级1-3班", "七年级"),
        ("3", "3班"),
        ("各班名单", ""),
        ("Sheet1", ""),
        ("名单1", ""),
        ("全校", ""),
        ("班主任", ""),
    ],
)
def test_a_sheet_is_a_class_only_where_it_is_called_after_one(name, label):
    assert class_of_sheet(name).label == label


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("青石中学2026年秋季学期七年级学生花名册", "七年级"),
        ("七年级1班学生名单", "七年级1班"),
        ("班级：七年级2班　班主任：李某", "七年级2班"),
        ("年级：七 班级：1班", "七年级1班"),
        ("2026-2027学年度第一学期九年级3班", "九年级3班"),
        ("云岭县青石镇中心小学一（2）班", "一年级2班"),
    ],
)
def test_a_heading_names_one_class(title, label):
    assert class_in_title(title).label == label


@pytest.mark.parametrize("title", ["1班、2班", "学生名单", "班玛措", "2026年秋季学期"])
def test_a_heading_of_several_classes_or_none_names_none(title):
    assert class_in_title(title) is None


@pytest.mark.parametrize(
    ("grade", "name", "label", "fatal"),
    [
        ("7", "1", "七年级1班", False),
        ("七年级", "七(1)班", "七年级1班", False),
        ("八年级", "172", "八年级172班", False),
        ("八年级", "801", "八年级1班", False),
        ("八年级", "七年级1班", "七年级1班", True),
        ("", "育才班", "育才班", False),
        ("9年级", "", "九年级", False),
        ("初二", "3", "八年级3班", False),
    ],
)
def test_a_grade_completes_a_class_and_may_not_differ(grade, name, label, fatal):
    both = put_together(ClassName(read_grade(grade)[0]), read_class(name))
    assert (both.label, both.fatal) == (label, fatal)


def test_classes_are_sorted_as_people_count():
    labels = [
        "八年级1班",
        "七年级10班",
        "高一1班",
        "七年级2班",
        "七年级育才班",
        "学前班",
        "",
        "九年级1班",
    ]
    assert sorted(labels, key=class_order) == [
        "学前班",
        "七年级2班",
        "七年级10班",
        "七年级育才班",
        "八年级1班",
        "九年级1班",
        "高一1班",
        "",
    ]
