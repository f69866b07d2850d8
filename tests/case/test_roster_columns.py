"""Headers that changed places are told once, with both; columns that only look odd are not."""

from pathlib import Path

import pytest

from kcbx_docs.case.ids import resident_check_digit
from tests.case.rosters import reading_of

PUPILS, FATHERS, MOTHERS = (
    "罗小满 黎小雨 韦小航 田小禾",
    "罗大山 黎大河 韦大江 田大禾",
    "李桂仙 陈桂芝 安桂珍 白凤英",
)
PHONES = "13800000201 13800000202 13800000203 13800000204"


def numbers(year: int, serial: int) -> str:
    bare = [f"520324{year}0{month}12{serial:03}" for month in range(1, 5)]
    return " ".join(one + resident_check_digit(one) for one in bare)


CHILD, MAN, WOMAN = numbers(2013, 121), numbers(1985, 305), numbers(1986, 306)


def told(folder: Path, **columns: str) -> list[tuple[str, str]]:
    """Return what is said of whole columns; each header with its values."""
    heads = ["班级", "姓名", *columns]
    cells = [PUPILS.split(), *(values.split() for values in columns.values())]
    rows = [["七年级1班", *row] for row in zip(*cells, strict=True)]
    found = reading_of(folder, {"名单": [heads, *rows]}).problems
    return [(one.code, one.message) for one in found]


@pytest.mark.parametrize(
    ("columns", "both"),
    [
        ({"父亲姓名": PHONES, "父亲电话": FATHERS}, ("父亲姓名", "父亲电话")),
        ({"父亲姓名": PHONES, "母亲姓名": MOTHERS, "联系电话": FATHERS}, ("父亲姓名", "联系电话")),
        ({"身份证号": MAN, "家长姓名": FATHERS, "家长身份证号": CHILD}, ("身份证号", "家长身份证号")),
        ({"父亲姓名": FATHERS, "父亲身份证号": WOMAN, "母亲姓名": MOTHERS, "母亲身份证号": MAN},
         ("父亲身份证号", "母亲身份证号")),
        ({"身份证号": PHONES, "家长姓名": FATHERS, "家长电话": CHILD}, ("身份证号", "家长电话")),
        ({"性别": "1组 2组 3组 4组", "家长姓名": FATHERS, "现住址": "男 女 男 女"}, ("性别", "现住址")),
    ],
)  # fmt: skip
def test_headers_that_changed_places_are_told_once(tmp_path, columns, both):
    found = told(tmp_path, **columns)
    ((code, message),) = [one for one in found if one[0] in ("ROST140", "ROST141")]
    assert code == "ROST140" and message.startswith(f"「{both[0]}」和「{both[1]}」")
    assert not [one for one, _ in found if one in ("ROST076", "ROST105", "ROST092")]


def test_one_column_under_the_wrong_header_is_told_too(tmp_path):
    ((code, message),) = told(tmp_path, 家长姓名=PHONES, 家长电话=PHONES.replace("1380", "1390"))
    assert code == "ROST141" and "家长姓名" in message and "4 格都是电话" in message


@pytest.mark.parametrize(
    "columns",
    [
        {"父亲姓名": FATHERS, "父亲电话": PHONES, "母亲姓名": MOTHERS},
        {"身份证号": CHILD, "父亲姓名": FATHERS, "父亲身份证号": MAN, "母亲身份证号": WOMAN},
        {"家长姓名": FATHERS, "家长身份证号": WOMAN},
        {"家长姓名": FATHERS, "现住址": "白沙村 大塘村 松坪村 石家寨"},
        {"家长姓名": "罗大山 13800000202 韦大江 田大禾", "家长电话": "13800000201 黎大河 13800000203 13800000204"},
        {"家长姓名": FATHERS, "出生日期": "2013-01-12 2013-02-12 2013-03-12 2013-04-12"},
    ],
)  # fmt: skip
def test_what_is_right_or_wrong_in_single_cells_is_no_matter_of_the_column(tmp_path, columns):
    assert not [one for one, _ in told(tmp_path, **columns) if one in ("ROST140", "ROST141")]
