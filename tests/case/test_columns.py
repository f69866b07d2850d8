"""Which column is which: headings as schools write them, and where the heading may stand."""

import pytest

from kcbx_docs.case.columns import HEADER_WITHIN, find_header, plain_header

ROW = ("姓名", "性别", "父亲电话")


@pytest.mark.parametrize(
    ("label", "compared"),
    [
        ("姓 名★", "姓名"),
        ("父亲的电话（必填）", "父亲电话"),
        ("ＩＤ_No.", "idno"),
        (None, ""),
        (12, "12"),
    ],
)
def test_labels_are_compared_without_ornaments(label, compared):
    assert plain_header(label) == compared


@pytest.mark.parametrize(("above", "found"), [(59, True), (60, True), (61, False)])
def test_the_heading_begins_in_the_first_sixty_rows_and_may_have_two(above, found):
    assert HEADER_WITHIN == 60
    header = find_header([("说明",)] * above + [ROW, ("普云飞", "男", "1")], {})
    assert (header is not None) is found
    if found:
        assert header.first_row == above + 1


def test_without_a_name_column_there_is_no_heading():
    assert find_header([("性别", "父亲电话")], {}) is None


def test_the_row_that_a_batch_names_is_the_heading_and_no_other():
    rows = [ROW, ("普云飞", "男", "1"), ROW]
    assert find_header(rows, {}, 1).first_row == 1
    assert find_header(rows, {}, 3).first_row == 3
    assert find_header(rows, {}, 9) is None


def test_columns_unused_and_repeated_are_told():
    header = find_header([("姓名", "爱好", "性别", "姓名", "")], {})
    assert header.columns == {0: "姓名", 2: "性别"}
    assert (header.unused, header.repeated) == (("爱好",), ((3, "姓名"),))
    assert (header.column_of("性别"), header.column_of("民族")) == (2, None)


def test_a_merged_heading_stands_for_all_below_it():
    upper = ("姓名", "父亲", "", "备注")
    lower = ("", "姓名", "电话", "")
    header = find_header([upper, lower, ("普云飞", "普正华", "1", "")], {})
    assert header.columns == {0: "姓名", 1: "父亲姓名", 2: "父亲电话", 3: "备注"}
    assert header.first_row == 2


def test_a_column_that_the_batch_names_goes_before_what_it_looks_like():
    header = find_header([("学生", "姓名", "性别")], {"姓名": "学生"})
    assert header.columns == {0: "姓名", 2: "性别"}
    assert header.missing == ()


def test_a_name_of_the_batch_that_stands_nowhere_is_missing():
    header = find_header([ROW], {"民族": "族别"})
    assert header.missing == (("民族", "族别"),)
