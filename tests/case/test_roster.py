"""Rosters as schools really have them."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import day_in_cell
from kcbx_docs.case.classes import class_order
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterPupil, by_class
from kcbx_docs.problems import Problems

TODAY = date(2026, 11, 22)
FATHER, MOTHER, CHILD = "530499198603123012", "530499198807234021", "530499201305061217"
Rows = Sequence[Sequence[object]]


def read(
    folder: Path, sheets: dict[str, Rows], **spec: object
) -> tuple[tuple[RosterPupil, ...], Problems]:
    """Write a workbook and read it as a roster."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / "名册.xlsx")
    reading = read_roster(
        folder / "名册.xlsx", RosterSpec.model_validate({"文件": "名册.xlsx", **spec}), TODAY
    )
    return reading.pupils, reading.problems


def told(problems: Problems) -> list[str]:
    return [f"{p.place.path} {p.code}" for p in problems]


def test_a_class_list_with_title_notes_and_blank_rows(tmp_path: Path) -> None:
    pupils, problems = read(
        tmp_path,
        {
            "七年级2班": [
                ["青石中学七年级2班花名册"],
                [],
                [
                    "序号",
                    "姓 名★",
                    "性别",
                    "公民身份号码",
                    "父亲姓名",
                    "父亲电话",
                    "母亲",
                    "家庭住址",
                ],
                [1, "普\u3000云飞", 1, CHILD, "普正华", 13800000001, "李桂仙", "白沙村15号"],
                [],
                [2, "沈\u00a0䶮", "女", None, "沈大明", "13800000002、13800000003", None, None],
                [
                    "序号",
                    "姓名",
                    "性别",
                    "公民身份号码",
                    "父亲姓名",
                    "父亲电话",
                    "母亲",
                    "家庭住址",
                ],
                [3, "岩温罕", "男", None, None, None, None, None],
                ["填表人：罗玉芬"],
                ["合计", 3],
            ]
        },
    )
    assert told(problems) == ["七年级2班!第8行 ROST033"]
    assert [pupil.doubts for pupil in pupils][-1] == ("监护人姓名",)
    first, second, third = pupils
    assert (first.pupil.name, first.pupil.sex, first.pupil.birth) == (
        "普云飞",
        "男",
        date(2013, 5, 6),
    )
    assert [(g.name, g.relation, g.phone, g.address) for g in first.guardians] == [
        ("普正华", "父亲", "13800000001", "白沙村15号"),
        ("李桂仙", "母亲", "", "白沙村15号"),
    ]
    assert (first.class_label, first.pupil.grade, first.pupil.class_name) == (
        "七年级2班",
        "七年级",
        "2班",
    )
    assert (second.pupil.name, second.phone, second.row, second.serial) == (
        "沈䶮",
        "13800000002、13800000003",
        6,
        2,
    )
    assert (third.pupil.name, third.guardians) == ("岩温罕", ())


def test_two_header_rows_of_the_pupil_record_system(tmp_path: Path) -> None:
    pupils, problems = read(
        tmp_path,
        {
            "导出": [
                [
                    "学籍信息",
                    None,
                    None,
                    None,
                    None,
                    "家庭成员1",
                    None,
                    None,
                    None,
                    "家庭成员2",
                    None,
                    None,
                    None,
                ],
                [
                    "学生姓名",
                    "学籍号",
                    "年级",
                    "班级",
                    "留守儿童",
                    "姓名",
                    "关系",
                    "身份证件号",
                    "是否监护人",
                    "姓名",
                    "关系",
                    "身份证件号",
                    "是否监护人",
                ],
                [
                    "普云飞",
                    f"G{CHILD}",
                    "7",
                    "3",
                    "1",
                    "普正华",
                    "51",
                    FATHER,
                    "是",
                    "李桂仙",
                    "母亲",
                    MOTHER,
                    "是",
                ],
                [
                    "岩温罕",
                    "L5304002013",
                    "7",
                    "3",
                    "双亲留守儿童",
                    "岩甲",
                    "爷爷",
                    None,
                    "否",
                    "玉波",
                    "奶奶",
                    None,
                    "是",
                ],
            ]
        },
    )
    assert told(problems) == ["导出!F4 ROST032"]
    first, second = pupils
    assert (
        first.key == f"G{CHILD}"
        and first.class_label == "七年级3班"
        and first.pupil.left_behind == "单亲留守"
    )
    assert [(g.relation, g.id_number) for g in first.guardians] == [
        ("父亲", FATHER),
        ("母亲", MOTHER),
    ]
    assert ([c.relation for c in second.carers], [g.relation for g in second.guardians]) == (
        ["祖父"],
        ["祖母"],
    )


def test_the_batch_file_names_columns_that_nobody_could_guess(tmp_path: Path) -> None:
    rows = [["登记"], ["娃娃", "姓名", "哪个班"], ["普云飞", "沈国良", "二班"]]
    pupils, problems = read(
        tmp_path, {"表": rows}, 列={"姓名": "娃娃", "班级": "哪个班"}, 表头行="2"
    )
    assert [(p.pupil.name, p.class_label) for p in pupils] == [("普云飞", "2班")]
    assert told(problems) == ["表 ROST015", "表 ROST016"]
    pupils, problems = read(tmp_path, {"表": rows}, 列={"姓名": "娃", "班级": "哪个班级"})
    assert (
        pupils == ()
        and {p.code for p in problems if p.is_error} <= {"ROST011", "ROST013"}
        and problems
    )


def test_numbers_that_a_spreadsheet_has_spoilt_are_refused(tmp_path: Path) -> None:
    pupils, problems = read(
        tmp_path,
        {
            "1班": [
                ["姓名", "身份证号", "学籍号", "家长姓名", "家长身份证号"],
                ["普云飞", 530499201305061217, "G530499201305061217", "普正华", 5.30499e17],
                ["沈䶮", "5.30499E+17", None, "沈大明", "'" + FATHER],
            ]
        },
    )
    assert told(problems) == ["1班!B2 ROST020", "1班!E2 ROST020", "1班!B3 ROST020"]
    assert all("文本" in p.hint for p in problems)
    assert pupils[1].guardians[0].id_number == FATHER


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2013.5.6", date(2013, 5, 6)),
        ("2013-05-06", date(2013, 5, 6)),
        ("2013/5/6", date(2013, 5, 6)),
        ("2013年5月6日", date(2013, 5, 6)),
        ("20130506", date(2013, 5, 6)),
        (20130506, date(2013, 5, 6)),
        (datetime(2013, 5, 6), date(2013, 5, 6)),
        (41400, date(2013, 5, 6)),
        ("２０１３．５．６", date(2013, 5, 6)),
    ],
)
def test_days_as_people_and_spreadsheets_write_them(cell: object, day: date) -> None:
    assert day_in_cell(cell) == day


def test_every_slip_of_a_row_has_its_cell(tmp_path: Path) -> None:
    pupils, problems = read(
        tmp_path,
        {
            "七年级1班": [
                [
                    "姓名",
                    "性别",
                    "出生日期",
                    "身份证号",
                    "学籍号",
                    "监护人1姓名",
                    "监护人1身份证号",
                ],
                ["普云飞", "女", "2013.6.5", CHILD, None, "普正华", CHILD],
                ["居马洪•买买提", "3", "2013.13.1", "530499201305061218", None, "李桂仙", None],
                [None, "男", None, "530499201305061225", None, "某人", None],
                ["普云飞", None, None, CHILD, None, "普正华", None],
                ["张\ue863某", None, None, None, None, "张", None],
            ]
        },
    )
    assert told(problems) == [
        "七年级1班!A4 ROST017",
        "七年级1班!G2 ROST031",
        "七年级1班!C2 ROST095",
        "七年级1班!B2 ROST095",
        "七年级1班!A3 CASE030",
        "七年级1班!B3 ROST022",
        "七年级1班!C3 ROST021",
        "七年级1班!D3 ROST071",
        "七年级1班!A6 ROST023",
        "七年级1班!A5 ROST082",
    ]
    assert pupils[1].pupil.name == "居马洪·买买提"
    assert all(p.place.file == "名册.xlsx" for p in problems)
    assert not any(CHILD in p.message for p in problems)


def test_doubles_by_number_error_by_name_warn(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path,
        {
            "七年级1班": [
                ["姓名", "学籍号", "身份证号", "父亲"],
                ["普云飞", "L001", None, "甲大"],
                ["普云", "L001", None, "乙大"],
                ["沈䶮", None, None, "丙大"],
                ["沈䶮", None, None, "丁大"],
                ["李喆", None, CHILD, "戊大"],
                ["李喆", None, "530499201305061233", "己大"],
            ]
        },
    )
    assert [p for p in told(problems) if "CASE" not in p] == [
        "七年级1班!B2 ROST083",
        "七年级1班!B3 ROST083",
        "七年级1班!A5 ROST036",
        "七年级1班!A7 ROST036",
    ]


def test_sheets_that_are_no_lists_are_left_out_and_said(tmp_path: Path) -> None:
    good = [["姓名", "家长"], ["普云飞", "普正华"]]
    pupils, problems = read(
        tmp_path,
        {
            "七年级10班": good,
            "七年级2班": [["姓名", "家长"], ["沈䶮", "沈大明"]],
            "说明": [["请勿修改"]],
        },
    )
    assert told(problems) == ["说明 ROST012"] and not problems[0].is_error
    assert [label for label, _ in by_class(pupils)] == ["七年级2班", "七年级10班"]
    assert sorted(["八年级1班", "七年级10班", "七年级9班"], key=class_order) == [
        "七年级9班",
        "七年级10班",
        "八年级1班",
    ]
    pupils, problems = read(
        tmp_path, {"七年级1班": good, "说明": [["请勿修改"]]}, 工作表="七年级1班"
    )
    assert len(pupils) == 1 and problems == ()
    pupils, problems = read(tmp_path, {"七年级1班": good}, 工作表=["七年级2班"])
    assert problems[0].code == "ROST010" and "七年级1班" in problems[0].hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_csv_in_the_usual_encodings(tmp_path: Path, encoding: str, sign: str) -> None:
    rows = [
        ["姓名", "班级", "身份证号", "母亲姓名"],
        ["沈䶮", "七年级1班", f"'{CHILD}", "李堃"],
        ["岩温罕", "七年级1班", "1", "玉"],
    ]
    (tmp_path / "名册.csv").write_bytes(
        "\r\n".join(sign.join(row) for row in rows).encode(encoding)
    )
    reading = read_roster(tmp_path / "名册.csv", RosterSpec(文件="名册.csv"), TODAY)
    pupils, problems = reading.pupils, reading.problems
    assert [(p.pupil.name, p.guardians[0].name, p.pupil.sex) for p in pupils] == [
        ("沈䶮", "李堃", "男"),
        ("岩温罕", "玉", None),
    ]
    assert [(p.place.file, p.place.path, p.code) for p in problems] == [
        ("名册.csv", "C3", "ROST060")
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("没有.xlsx", None, "ROST001"),
        ("旧.xls", b"\xd0\xcf\x11\xe0", "ROST004"),
        ("文.docx", b"PK", "ROST002"),
        ("改名.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 600, "ROST004"),
        ("乱.csv", b"\x81\xff\xfe\x00\xff", "ROST007"),
        ("空.csv", b"", "ROST043"),
        ("无头.csv", "普云飞,1\n沈,2\n".encode(), "ROST011"),
        ("只有头.csv", "姓名,家长\n".encode(), "ROST136"),
    ],
)
def test_files_that_are_no_rosters(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    reading = read_roster(tmp_path / name, RosterSpec(文件=name), TODAY)
    pupils, problems = reading.pupils, reading.problems
    assert pupils == () and [p.code for p in problems if p.is_error] == [code]


def test_a_heading_row_printed_again_is_known_by_its_name_column(tmp_path: Path) -> None:
    """The first column of the repeated heading is blank; it must not become a pupil called 姓名."""
    head = ["序号", "姓名", "性别"]
    rows = [head, [1, "普云飞", "男"], [None, "姓名", "性别"], ["序号", "岩温罕", "男"]]
    pupils, _ = read(tmp_path, {"七年级1班": rows})
    assert [pupil.pupil.name for pupil in pupils] == ["普云飞", "岩温罕"]


HEAD = ["姓名", "班级", "父亲姓名", "父亲电话"]


@pytest.mark.parametrize(
    ("note", "left_out"),
    [
        (["合计"], True),
        (["小计", "3"], True),
        (["填表人：罗玉芬"], True),
        (["班主任签名:", None, "", ""], True),
        (["备注：以上均已核对", "甲"], True),
        (["合计", "7年级1班", "甲", "1"], True),
        (["合计生", "七年级1班"], False),
    ],
)
def test_notes_below_a_list_are_no_pupils(
    tmp_path: Path, note: list[object], left_out: bool
) -> None:
    rows = [HEAD, ["普云飞", "七年级1班", "普正华", "1"], note]
    pupils, _ = read(tmp_path, {"名单": rows})
    assert len(pupils) == (1 if left_out else 2)


@pytest.mark.parametrize(("length", "codes"), [(500, []), (501, ["名单!B2 ROST025"])])
def test_a_cell_holds_five_hundred_characters_at_most(
    tmp_path: Path, length: int, codes: list[str]
) -> None:
    rows = [["姓名", "备注", "班级", "父亲姓名"], ["普云飞", "甲" * length, "七年级1班", "普正华"]]
    assert told(read(tmp_path, {"名单": rows})[1]) == codes


def test_a_pupil_without_a_name_is_told_unless_the_row_says_nothing(tmp_path: Path) -> None:
    rows = [
        HEAD,
        [None, "七年级1班", "普正华", "1"],
        [None, "七年级1班", None, None],
        ["岩温罕", "1"],
    ]
    pupils, problems = read(tmp_path, {"名单": rows})
    assert [one.pupil.name for one in pupils] == ["岩温罕"]
    assert [code for code in told(problems) if "ROST017" in code] == [
        "名单!A2 ROST017",
        "名单!A3 ROST017",
    ]


@pytest.mark.parametrize(
    ("row", "guardians", "carers"),
    [
        (["父亲", "普正华", ""], ["普正华"], []),
        (["祖母", "沈秀英", ""], [], ["沈秀英"]),
        (["祖母", "沈秀英", "是"], ["沈秀英"], []),
        (["父亲", "普正华", "否"], ["普正华"], []),
        (["", "普大伯", ""], ["普大伯"], []),
        (["", "普大伯", "否"], [], ["普大伯"]),
        (["养母", "李桂仙", "否"], ["李桂仙"], []),
    ],
)
def test_parents_are_guardians_and_others_only_where_the_list_says_so(
    tmp_path: Path, row: list[str], guardians: list[str], carers: list[str]
) -> None:
    head = ["姓名", "监护人1关系", "监护人1姓名", "监护人1是否监护人"]
    (pupil,), _ = read(tmp_path, {"七年级1班": [head, ["普云飞", *row]]})
    assert [one.name for one in pupil.guardians] == guardians
    assert [one.name for one in pupil.carers] == carers


def test_one_person_in_two_columns_is_one_guardian(tmp_path: Path) -> None:
    head = ["姓名", "父亲姓名", "母亲姓名", "照护人姓名", "监护人1姓名"]
    rows = [head, ["普云飞", "普正华", "李桂仙", "沈秀英", "普正华"]]
    (pupil,), _ = read(tmp_path, {"七年级1班": rows})
    assert [(one.name, one.relation) for one in pupil.guardians] == [
        ("普正华", "父亲"),
        ("李桂仙", "母亲"),
    ]
    assert [one.name for one in pupil.carers] == ["沈秀英"]


ONE, TWO, THREE = "13800000001", "13800000002", "13800000003"


def test_the_telephone_is_the_pupils_or_that_of_the_first_of_the_family(tmp_path: Path) -> None:
    head = ["姓名", "电话", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话", "班级"]
    rows = [
        head,
        ["普云飞", ONE, "普正华", TWO, "李桂仙", THREE, "1班"],
        ["普云霞", "", "普正华", "", "李桂仙", THREE, "1班"],
        ["普云亮", "", "普正华", TWO, "李桂仙", THREE, "1班"],
    ]
    pupils, _ = read(tmp_path, {"名单": rows})
    assert [one.phone for one in pupils] == [ONE, THREE, TWO]
    assert [(one.serial, one.row, one.sheet) for one in pupils] == [
        (1, 2, "名单"),
        (2, 3, "名单"),
        (3, 4, "名单"),
    ]


def test_a_sheet_called_after_a_class_is_the_class(tmp_path: Path) -> None:
    rows = [["姓名", "父亲姓名"], ["普云飞", "普正华"]]
    sheets = {"七年级1班": rows, "名单": [rows[0], ["岩温罕", "岩甲"]]}
    pupils, problems = read(tmp_path, sheets)
    assert [one.class_label for one in pupils] == ["七年级1班", ""]
    assert [code for code in told(problems) if "ROST034" in code] == ["名单!第2行 ROST034"]


DOUBLES = ("ROST030", "ROST036", "ROST082", "ROST083", "ROST084")
OTHER = "530499201305061233"


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (["普云飞", OTHER, "七年级1班"], ["ROST036"]),
        (["普云飞", CHILD, "七年级1班"], ["ROST030"]),
        (["普云飞", CHILD, "七年级2班"], ["ROST084", "ROST084"]),
        (["岩温罕", CHILD, "七年级1班"], ["ROST083", "ROST083"]),
        (["普云飞", OTHER, "七年级2班"], []),
        (["岩温罕", OTHER, "七年级1班"], []),
    ],
)
def test_doubles_are_found_by_number_and_asked_about_by_name(
    tmp_path: Path, second: list[str], found: list[str]
) -> None:
    """Two pupils of one name in one class may be two; two of one number are one."""
    head = ["姓名", "身份证号", "班级", "父亲姓名"]
    rows = [head, ["普云飞", CHILD, "七年级1班", "甲"], [*second, "乙"]]
    _, problems = read(tmp_path, {"名单": rows})
    assert [p.code for p in problems if p.code in DOUBLES] == found


def test_one_pupil_in_two_classes_is_held_in_both(tmp_path: Path) -> None:
    """Without a number, name and family tell; another family is another pupil."""
    head = ["姓名", "班级", "父亲姓名"]
    rows = [head, ["普云飞", "七年级1班", "普正华"], ["普云飞", "七年级2班", "普正华"]]
    _, problems = read(tmp_path, {"名单": rows})
    assert [p.code for p in problems if p.code == "ROST085"] == ["ROST085"] * 2
    assert all(
        "七年级" in p.message and "都暂缓" in p.message for p in problems if p.code == "ROST085"
    )
    rows[2][2] = "普正明"
    assert not [p for p in read(tmp_path, {"名单": rows})[1] if p.code == "ROST085"]


def test_a_guardian_with_the_childs_number_is_told(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "父亲姓名", "父亲身份证号", "班级"]
    same = [head, ["普云飞", CHILD, "普正华", CHILD, "七年级1班"]]
    assert "名单!D2 ROST031" in told(read(tmp_path, {"名单": same})[1])
    other = [head, ["普云飞", CHILD, "普正华", FATHER, "七年级1班"]]
    assert told(read(tmp_path, {"名单": other})[1]) == []


def test_sheets_that_a_batch_does_not_name_are_left_alone(tmp_path: Path) -> None:
    rows = [["姓名", "父亲姓名"], ["普云飞", "普正华"]]
    sheets = {"七年级1班": rows, "七年级2班": rows}
    assert len(read(tmp_path, sheets, 工作表=["七年级2班"])[0]) == 1
    _, problems = read(tmp_path, sheets, 工作表=["七年级3班"])
    assert (
        problems[0].code == "ROST010"
        and "七年级1班、七年级2班" in problems[0].hint + problems[0].message
    )


@pytest.mark.parametrize(("length", "codes"), [(25, []), (26, ["名单!A2 ROST024"])])
def test_a_name_has_twenty_five_characters_at_most(
    tmp_path: Path, length: int, codes: list[str]
) -> None:
    rows = [["姓名", "班级", "父亲姓名"], ["阿" * length, "七年级1班", "普正华"]]
    (pupil,), problems = read(tmp_path, {"名单": rows})
    assert told(problems) == codes
    assert pupil.pupil.name == "阿" * 25


SLIPS_HEAD = [
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "学籍号",
    "班级",
    "爱好",
    "父亲姓名",
    "父亲身份证号",
    "父亲电话",
    "照护人姓名",
    "监护人1姓名",
    "监护人1关系",
    "父亲姓名",
]
SLIPS = [
    SLIPS_HEAD,
    [
        "普云飞",
        "女",
        "2013-05-07",
        CHILD,
        "G1",
        "七年级1班",
        "",
        "普正华",
        CHILD,
        "",
        "",
        "",
        "",
        "",
    ],
    [
        "普 云飞",
        "男",
        "",
        FATHER,
        "G1",
        "七年级1班",
        "",
        "普*华",
        "53049919860312301",
        "",
        "",
        "",
        "",
        "",
    ],
    ["岩温罕", "不明", "昨天", 5.3e17, "1.5E+10", "", "", "", "", "", "", "沈秀英", "祖母", ""],
    [None, "男", "", "", "", "七年级1班", "", "普正华", "", "", "", "", "", ""],
    ["阿" * 26, "男", "", "", "", "七年级1班", "", "甲\u202e乙", "", "", "", "", "", ""],
    ["普云霞", "女", "", "", "", "七年级2班", "", "", "", "", "", "", "", ""],
    ["普云霞", "女", "", "", "", "七年级2班", "", "", "", "", "", "", "", ""],
    ["李小花", "女", "", MOTHER, "", "七年级2班", "甲" * 501, "乙", "", "", "", "", "", ""],
]
SLIPS_TOLD = [
    "名单!N1 ROST014 列「父亲姓名」与前面的一列意思相同，只用了前面的一列。",
    "名单 ROST015 没有用到的列：爱好。",
    "名单!A5 ROST017 这一行没有姓名。",
    "说明 ROST012 这个工作表没有表头，没有读。",
    "名单!I2 ROST031 「普正华」的身份证号与学生本人相同，没有用。",
    "名单!C2 ROST095 「普云飞」的出生日期「2013-05-07」与身份证号里的「2013-05-06」不一致，两处都没有用。",
    "名单!B2 ROST095 「普云飞」的性别「女」与身份证号里的「男」不一致，两处都没有用。",
    "名单!I3 ROST060 「普*华」的身份证号长度或写法不对（17 位），没有用。",
    "名单!D3 ROST092 「身份证号」里的出生日期 1986-03-12 不像学生的，没有用。",
    "名单!H3 ROST094 「父亲姓名」一格「普*华」不像姓名，留空由家长填写。",
    "名单!B4 ROST022 「性别」里不认识的内容「不明」，没有用。",
    "名单!C4 ROST021 「出生日期」不是日期：「昨天」。",
    "名单!D4 ROST020 「身份证号」是数字格式，后几位已经丢失（530000********0000）。",
    "名单!E4 ROST020 「学籍号」是数字格式，后几位已经丢失（1.5E+10）。",
    "名单!F4 ROST034 学生「岩温罕」没有班级，暂缓。",
    "名单!L4 ROST032 「沈秀英」（祖母）不是父母，作为受托照护人，不作为监护人。",
    "名单!第4行 ROST033 学生「岩温罕」没有监护人。",
    "名单!A6 ROST024 姓名超过 25 个字。",
    "名单!H6 ROST023 「父亲姓名」含有不可见或不允许的字符 U+202E。",
    "名单!第7行 ROST033 学生「普云霞」没有监护人。",
    "名单!第8行 ROST033 学生「普云霞」没有监护人。",
    "名单!D9 ROST092 「身份证号」里的出生日期 1988-07-23 不像学生的，没有用。",
    "名单!E3 ROST030 「普云飞」的学籍号 ** 与 名单!E2 相同，同一名学生写了两行；这一行暂缓，印前面一行。",
    "名单!A8 ROST082 「普云霞」与 名单!A7 同班同名，没有别的内容能区分，这一行暂缓，印前面一行。",
]


def test_every_slip_of_a_list_is_told_in_its_cell_with_what_it_is_about(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"名单": SLIPS, "说明": [["请认真填写"]]})
    assert [f"{p.place.path} {p.code} {p.message}" for p in problems] == SLIPS_TOLD


def test_without_columns_of_a_family_or_with_one_that_nobody_knows(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"七年级1班": [["姓名"], ["普云飞"]]}, 列={"民族": "族别"})
    assert [p.code for p in problems] == ["ROST013", "ROST016"]
    assert "族别" in problems[0].message


def test_what_is_too_long_for_a_guardians_name_is_left_to_be_written(tmp_path: Path) -> None:
    rows = [
        ["姓名", "班级", "父亲姓名", "照护人姓名"],
        ["普云飞", "七年级1班", "阿" * 26, "沈" * 26],
    ]
    (pupil,), problems = read(tmp_path, {"名单": rows})
    assert (pupil.guardians, pupil.carers, pupil.held) == ((), (), ())
    assert pupil.doubts == ("父亲姓名", "照护人姓名")
    assert told(problems)[:2] == ["名单!C2 ROST094", "名单!D2 ROST094"]
