"""What too many pupils share is asked about; what families share is not."""

from pathlib import Path

import pytest

from tests.case.rosters import reading_of

HEAD = ["姓名", "班级", "家长", "电话"]
PHONE = "13800000001"


@pytest.mark.parametrize(
    ("people", "phones", "codes"),
    [
        (["方大", "方二", "方三", "方四"], [PHONE] * 4, ["ROST120"]),
        (["方大", "方大", "方大", "方大"], [PHONE] * 4, []),
        (["方大", "方二", "方三"], [PHONE] * 3, []),
        (["家访未遇"] * 4, [""] * 4, ["ROST122"]),
        (["岩罕"] * 4, [""] * 4, []),
        (["王大明"] * 4, [""] * 4, []),
    ],
)
def test_what_many_share_is_told(
    tmp_path: Path, people: list[str], phones: list[str], codes: list[str]
) -> None:
    names = ["方甲", "李乙", "王丙", "陈丁"]
    rows = [
        [name, "七年级1班", who, phone]
        for name, who, phone in zip(names, people, phones, strict=False)
    ]
    reading = reading_of(tmp_path, {"名单": [HEAD, *rows]})
    assert [one.code for one in reading.problems] == codes
    assert len(reading.printable) == len(rows)


@pytest.mark.parametrize(
    ("pupils", "people", "codes"),
    [
        (["方甲", "李乙"], ["李国A", "李国"], ["ROST139"]),
        (["方甲", "李乙"], ["李国A", "李国B"], ["ROST139"] * 2),
        (["李B明", "李明"], ["李国", "李云"], ["ROST139"]),
        (["李A娜", "李乙"], ["阮文A", "李云"], []),
        (["方甲", "李乙"], ["阮文A", "阮文A"], []),
        (["赵C", "赵"], ["李国", "Anna"], []),
    ],
)
def test_a_letter_that_tells_two_of_one_name_apart_is_asked_about(
    tmp_path: Path, pupils: list[str], people: list[str], codes: list[str]
) -> None:
    rows = [[name, "七年级1班", who, ""] for name, who in zip(pupils, people, strict=True)]
    reading = reading_of(tmp_path, {"名单": [HEAD, *rows]})
    assert [one.code for one in reading.problems] == codes
