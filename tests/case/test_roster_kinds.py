"""Every kind of awkwardness in a roster, one line each: what stands there, what is made of it.
docs/名册.md is written from this table: ``pytest tests/case/test_roster_kinds.py --update-golden``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest

from kcbx_docs.case.roster_reading import RosterPupil, RosterReading
from tests.case.awkward import GOOD, WRONG, number
from tests.case.rosters import reading_of

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Told:
    """One row under a header, and what must come of it."""

    kind: str
    stands: str
    becomes: str
    heads: Sequence[str]
    row: Sequence[object]
    codes: frozenset[str] = frozenset()
    want: dict[str, object] = field(default_factory=dict)


def seen(pupil: RosterPupil) -> dict[str, object]:
    """Return what a notice would show of a pupil."""
    return {
        "姓名": pupil.pupil.name,
        "班级": pupil.class_label,
        "监护人": [(one.name, one.relation) for one in pupil.guardians],
        "照护人": [(one.name, one.relation) for one in pupil.carers],
        "暂缓": bool(pupil.held),
        "电话": pupil.phone,
        "身份证号": pupil.pupil.id_number,
        "出生": pupil.pupil.birth,
        "性别": pupil.pupil.sex,
        "住校": pupil.pupil.boarding,
        "留守": pupil.pupil.left_behind,
    }


FATHER = ("姓名", "班级", "父亲姓名", "母亲姓名")
PARENT = ("姓名", "班级", "家长姓名", "与监护人关系", "电话")
OWN = ("姓名", "班级", "父亲姓名", "身份证号", "出生日期", "性别", "住校", "留守情况", "就读方式")
ONE = "七年级1班"


def father(cell: object, mother: object = "李桂仙") -> list[object]:
    return ["普云飞", ONE, cell, mother]


def parent(cell: object, relation: object = "", phone: object = "") -> list[object]:
    return ["普云飞", ONE, cell, relation, phone]


def own(**cells: object) -> list[object]:
    known = {"姓名": "普云飞", "班级": ONE, "父亲姓名": "普正华", **cells}
    return [known.get(head) for head in OWN]


MOTHER = [("李桂仙", "母亲")]


def held(*codes: str) -> dict[str, object]:
    return {"codes": frozenset(codes), "want": {"暂缓": True}}


def keeps(*codes: str, **want: object) -> dict[str, object]:
    return {"codes": frozenset(codes), "want": {"暂缓": False, **want}}


TABLE: list[Told] = []


def add(kind: str, stands: str, becomes: str, heads: Sequence[str], row: Sequence[object], what: dict[str, object]) -> None:  # fmt: skip
    TABLE.append(Told(kind, stands, becomes, heads, row, **what))  # type: ignore[arg-type]


for word in ("无", "/", "—", "0", "暂无", "没有"):
    add(
        "监护人",
        f"父亲姓名写「{word}」",
        "当作没有写，母亲顶上",
        FATHER,
        father(word),
        keeps(监护人=MOTHER),
    )
for word in ("去世", "已故", "父亡", "父已病故"):
    add(
        "监护人",
        f"父亲姓名写「{word}」",
        "不印，也不请他签名，母亲顶上",
        FATHER,
        father(word),
        keeps("ROST100", 监护人=MOTHER),
    )
add(
    "监护人",
    "父亲姓名写「母亡」，母亲有姓名",
    "母亲不印，不请她签名，提醒",
    FATHER,
    father("母亡"),
    keeps("ROST033", "ROST100", "ROST107", 监护人=[]),
)
NOTES = (
    *("离异", "同上", "〃", "不详", "服刑", "在外务工", "未知", "父亲", "单亲", "未婚", "改名后"),
    *("已改嫁", "再婚外嫁", "离婚未再婚", "残疾", "务农", "见备注", "广东打工", "本人"),
)
for word in NOTES:
    add(
        "监护人",
        f"父亲姓名写「{word}」",
        "不印这个词，母亲顶上，提醒",
        FATHER,
        father(word),
        keeps("ROST076", 监护人=MOTHER),
    )
add(
    "监护人",
    "「刀大明（父）」「父：刀大明」「父亲刀大明」",
    "姓名是刀大明，提醒",
    FATHER,
    father("父亲刀大明"),
    keeps("ROST081", 监护人=[("刀大明", "父亲"), *MOTHER]),
)
add(
    "监护人",
    "「李桂芬（继母）」写在母亲一栏",
    "李桂芬，继母",
    FATHER,
    father("普正华", "李桂芬（继母）"),
    keeps("ROST081", 监护人=[("普正华", "父亲"), ("李桂芬", "继母")]),
)
add(
    "监护人",
    "父亲一栏写「刀大明、白桂仙」",
    "不知道谁是父亲，留空",
    FATHER,
    father("刀大明、白桂仙"),
    keeps("ROST078", 监护人=MOTHER),
)
add(
    "监护人",
    "「刀大明（去世）」",
    "不印，母亲顶上",
    FATHER,
    father("刀大明（去世）"),
    keeps("ROST100", 监护人=MOTHER),
)
add(
    "监护人",
    "「普*华」「父亲在外打工联系不上」",
    "不像姓名，留空",
    FATHER,
    father("普*华"),
    keeps("ROST094", 监护人=MOTHER),
)
add(
    "监护人",
    "真的姓名：吴无、王同",
    "照印",
    FATHER,
    father("吴无", "王同"),
    keeps(监护人=[("吴无", "父亲"), ("王同", "母亲")]),
)
add(
    "监护人",
    "「加仓·晋美南杰」",
    "照印",
    FATHER,
    father("加仓·晋美南杰"),
    keeps(监护人=[("加仓·晋美南杰", "父亲"), *MOTHER]),
)
add(
    "监护人",
    "家长一格换行写两个人",
    "两名监护人，提醒",
    PARENT,
    parent("刀大明\n白桂仙"),
    keeps("ROST077", 监护人=[("刀大明", ""), ("白桂仙", "")]),
)
add(
    "监护人",
    "「刀大明 白桂仙」，都是常见的姓",
    "两名监护人，提醒",
    PARENT,
    parent("刀大明 白桂仙"),
    keeps("ROST077", 监护人=[("刀大明", ""), ("白桂仙", "")]),
)
add(
    "监护人",
    "「阿依古丽 买买提」，可能是一个人",
    "留空，提醒",
    PARENT,
    parent("阿依古丽 买买提"),
    keeps("ROST078", 监护人=[]),
)
add(
    "监护人",
    "「欧阳 明月」「普 云飞」",
    "一个人",
    PARENT,
    parent("欧阳 明月"),
    keeps(监护人=[("欧阳明月", "")]),
)
add(
    "监护人",
    "「刀大明（父）/白桂仙（母）」",
    "父亲、母亲",
    PARENT,
    parent("刀大明（父）/白桂仙（母）"),
    keeps("ROST077", 监护人=[("刀大明", "父亲"), ("白桂仙", "母亲")]),
)
add(
    "关系",
    "与监护人关系、称谓写「奶奶」",
    "受托照护人，不是监护人，提醒",
    PARENT,
    parent("沈秀英", "奶奶"),
    keeps("ROST032", "ROST033", 监护人=[], 照护人=[("沈秀英", "祖母")]),
)
add(
    "关系",
    "写「老乡」「其他」",
    "看不出是不是监护人：不印，请学校说明",
    PARENT,
    parent("沈秀英", "老乡"),
    keeps("ROST079", 监护人=[], 照护人=[]),
)
add(
    "关系",
    "写「长子」「女儿」（学生是他的孩子）",
    "是父母，关系留空",
    PARENT,
    parent("普正华", "长子"),
    keeps(监护人=[("普正华", "")]),
)
add(
    "关系",
    "写国家标准代码 51、52",
    "父亲、母亲",
    PARENT,
    parent("普正华", "51"),
    keeps(监护人=[("普正华", "父亲")]),
)
add(
    "电话",
    "「1.38E+10」",
    "号码已经丢失，留空",
    PARENT,
    parent("普正华", "父亲", "1.38E+10"),
    keeps("ROST020", 电话=""),
)
add(
    "电话",
    "数字格式 13800000001.0",
    "照印",
    PARENT,
    parent("普正华", "父亲", 13800000001.0),
    keeps(电话="13800000001"),
)
add(
    "电话",
    "「#N/A」「同上」",
    "留空，提醒",
    PARENT,
    parent("普正华", "父亲", "同上"),
    keeps("ROST076", 电话=""),
)
add(
    "电话",
    '`="13800000001"`（平台导出的写法）',
    "去掉等号和引号",
    PARENT,
    parent("普正华", "父亲", '="13800000001"'),
    keeps(电话="13800000001"),
)
PHONES: tuple[tuple[object, str], ...] = (
    ("13800000001.0", "13800000001"),
    ("138-0000-0001", "13800000001"),
    ("138 0000 0001", "13800000001"),
    ("１３８０００００００１", "13800000001"),
    ("+86 13800000001", "13800000001"),
    ("13800000001（妈妈）", "13800000001"),
    ("（0871）66661111", "0871-66661111"),
    ("13800000001/13900000002", "13800000001、13900000002"),
    ("父13800000001 母13900000002", "13800000001、13900000002"),
)
for text, number_read in PHONES:
    add(
        "电话",
        f"「{text}」",
        f"印成 {number_read}",
        PARENT,
        parent("普正华", "父亲", text),
        keeps(电话=number_read),
    )
for text in ("1380000001", "空号", "13800000001 打不通", "微信号abc", "138000000012"):
    add(
        "电话",
        f"「{text}」",
        "不是完整的号码，留空，提醒",
        PARENT,
        parent("普正华", "父亲", text),
        keeps("ROST105", 电话=""),
    )
add(
    "电话",
    "家长姓名一格写「普正华 138 0000 0001」",
    "姓名和电话分开",
    PARENT,
    parent("普正华 138 0000 0001", "父亲"),
    keeps("ROST081", 监护人=[("普正华", "父亲")], 电话="13800000001"),
)
NOTED = (*FATHER, "备注")
BOTH = [("普正华", "父亲"), *MOTHER]


def noted(remark: str) -> list[object]:
    return [*father("普正华"), remark]


GONE = ("10月12日转出到县二中", "已转县一小", "休学一年", "因病休学", "住校，9月转出", "未报到")
for text in GONE:
    add("备注", f"「{text}」", "暂缓", NOTED, noted(text), held("ROST106"))
STAYS = (
    "学籍转出，人在校",
    "9月已返校",
    "休学，9月已返校",
    "10月从县二中转入",
    "转学到我校",
    "插班生",
    "走读",
)
for text in (
    *STAYS,
    "父亲转业",
    "父母外出务工",
    "爷爷去世",
    "父母离异",
    "转为住校",
    "控辍保学重点对象",
):
    add("备注", f"「{text}」", "照印", NOTED, noted(text), keeps(监护人=BOTH))
for text in (
    "在外地就读",
    "借读于县一中",
    "长期请假",
    "打工",
    "拟转学",
    "曾休学",
    "转出后又转回",
    "有辍学风险",
    "转到七年级2班",
):
    add("备注", f"「{text}」", "照印，提醒", NOTED, noted(text), keeps("ROST057", 监护人=BOTH))
DEAD = ("父亲去世", "父已故", "丧父", "单亲（父亡）", "父亲去世后母亲改嫁", "其父2020年病故")
for text in (*DEAD, "父亡母嫁", "父:去世;母:务工", "父亲普正华已病故"):
    what = keeps("ROST107", 监护人=MOTHER)
    add("备注", f"「{text}」", "父亲不印，不请他签名，提醒", NOTED, noted(text), what)
add(
    "备注",
    "「家人病故」",
    "看不出是谁，照印，提醒",
    NOTED,
    noted("家人病故"),
    keeps("ROST110", 监护人=BOTH),
)
for text in ("孤儿", "父母双亡", "低保、孤儿"):
    add(
        "备注",
        f"「{text}」，写着父母的姓名",
        "父母不印，请写明监护人",
        NOTED,
        noted(text),
        keeps("ROST107", "ROST108", 监护人=[]),
    )
add(
    "备注",
    "「事实无人抚养」",
    "父母照印，请核对监护人",
    NOTED,
    noted("事实无人抚养"),
    keeps("ROST116", 监护人=BOTH),
)
add(
    "备注",
    "「孤儿」，监护人是爷爷，「是否监护人」写是",
    "爷爷是监护人",
    ("姓名", "班级", "监护人", "与学生关系", "是否监护人", "备注"),
    ["普云飞", ONE, "普大山", "爷爷", "是", "孤儿"],
    keeps("ROST116", 监护人=[("普大山", "祖父")]),
)
add(
    "备注",
    "「父亲去世」，家长没有写关系",
    "不知道是不是去世的那一位，留空",
    ("姓名", "班级", "家长姓名", "备注"),
    ["普云飞", ONE, "李桂仙", "父亲去世"],
    keeps("ROST109", 监护人=[]),
)
add(
    "监护人",
    "只有户主，没有写与户主的关系",
    "户主不一定是监护人，留空",
    ("姓名", "班级", "户主"),
    ["普云飞", ONE, "普大山"],
    keeps("ROST117", 监护人=[]),
)
add(
    "监护人",
    "户主的长子、孙女",
    "是父母；是祖父母",
    ("姓名", "班级", "户主", "与户主关系"),
    ["普云飞", ONE, "普正华", "长子"],
    keeps(监护人=[("普正华", "")]),
)
for text in ("10月12日转出", "已转县二中", "休学一年", "在籍不在校"):
    what = held("ROST056")
    add("状态", f"「{text}」", "暂缓", (*FATHER, "学籍状态"), [*father("普正华"), text], what)
add(
    "状态",
    "休学，备注写「9月已返校」",
    "照印，提醒",
    (*FATHER, "学籍状态", "备注"),
    [*father("普正华"), "休学", "9月已返校"],
    keeps("ROST111"),
)
add(
    "学生",
    "「王小明（转学）」",
    "暂缓",
    FATHER,
    ["王小明（转学）", ONE, "王大", ""],
    held("ROST058"),
)
add(
    "学生",
    "「王小明（男）」「★王小明」",
    "照姓名印，提醒",
    FATHER,
    ["★王小明（男）", ONE, "王大", ""],
    keeps("ROST059", 姓名="王小明"),
)
for text in ("王小明-休学", "王小明 转学", "王小明（10月转出）"):
    add("学生", f"「{text}」", "暂缓", FATHER, [text, ONE, "王大", ""], held("ROST058"))
add(
    "监护人",
    "「已故刀大明」「刀大明 已故」",
    "不印，也不请他签名",
    FATHER,
    father("刀大明 已故"),
    keeps("ROST100", 监护人=MOTHER),
)
add(
    "监护人",
    "「普云飞爸爸」「云飞妈」",
    "不是姓名，留空",
    FATHER,
    father("普云飞爸爸"),
    keeps("ROST094", 监护人=MOTHER),
)
add(
    "监护人",
    "写了学生自己的姓名",
    "留空，提醒",
    FATHER,
    father("普云飞"),
    keeps("ROST121", 监护人=MOTHER),
)
add(
    "监护人",
    "「父亲情况」写「去世」",
    "父亲不印，不请他签名，提醒",
    (*FATHER, "父亲情况"),
    [*father("普正华"), "去世"],
    keeps("ROST107", 监护人=MOTHER),
)
add(
    "学生",
    "「李子涵2」「普*飞」",
    "暂缓",
    FATHER,
    ["李子涵2", ONE, "李大", ""],
    held("ROST075"),
)
add("学生", "「李**」「李某某」", "暂缓", FATHER, ["李**", ONE, "李大", ""], held("ROST133"))
add("学生", "「李小明 李小亮」", "暂缓", FATHER, ["李明 王亮", ONE, "李大", ""], held("ROST133"))
for text in ("李小明（已复学）", "1.李小明", "李小明 女", "李小明、"):
    what = keeps("ROST059", 姓名="李小明")
    add("学生", f"「{text}」", "照姓名印，提醒", FATHER, [text, ONE, "李大", ""], what)
add(
    "学生",
    "备注写「备注：走读」「注：随班就读」「校长：…」",
    "是学生，照印",
    ("姓名", "班级", "备注"),
    ["普云飞", ONE, "备注：走读"],
    keeps("ROST016", 姓名="普云飞"),
)
add(
    "学生",
    "扩展区的字，如 U+2EBF0、U+323AF",
    "是汉字，照印",
    FATHER,
    ["王\U000323af", ONE, "王大", ""],
    keeps(姓名="王\U000323af"),
)
add(
    "状态",
    "转出、休学、送教上门、毕业",
    "暂缓",
    (*FATHER, "学生状态"),
    [*father("普正华"), "休学"],
    held("ROST056"),
)
add(
    "状态",
    "在读、正常、随班就读",
    "照印",
    (*FATHER, "学籍状态"),
    [*father("普正华"), "随班就读"],
    keeps(),
)
add(
    "状态",
    "看不懂的，如「待核」",
    "照印，提醒",
    (*FATHER, "状态"),
    [*father("普正华"), "待核"],
    keeps("ROST057"),
)
add(
    "身份证号",
    "末位不对",
    "不用，学生照印",
    OWN,
    own(身份证号=WRONG),
    keeps("ROST071", 身份证号=""),
)
add(
    "身份证号",
    "17 位",
    "不用，学生照印",
    OWN,
    own(身份证号=GOOD[:-1]),
    keeps("ROST060", 身份证号=""),
)
add(
    "身份证号",
    "数字格式，后几位丢了",
    "不用，学生照印",
    OWN,
    own(身份证号=int(GOOD[:-1] + "1")),
    keeps("ROST020", 身份证号=""),
)
add(
    "身份证号",
    "无、未办理、未落户",
    "当作没有号码",
    OWN,
    own(身份证号="未办理"),
    keeps(身份证号=""),
)
add(
    "身份证号",
    "与出生日期、性别不一致",
    "两处都不用",
    OWN,
    own(身份证号=GOOD, 出生日期="2013-05-07"),
    keeps("ROST095", 身份证号="", 出生=None),
)
add(
    "身份证号",
    "父母的号码写在学生一栏",
    "不用",
    OWN,
    own(身份证号=number(121, 1985)),
    keeps("ROST092", 身份证号="", 出生=None),
)
for word in ("2013.5", "2013-05", "201305", "2013年5月", 2013.5):
    add(
        "出生日期",
        f"出生年月写 {word}",
        "只有月，不用，不提醒",
        OWN,
        own(出生日期=word),
        keeps(出生=None),
    )
add(
    "出生日期",
    "2013.5.6、20130506、41400、日期格式",
    "2013-05-06",
    OWN,
    own(出生日期=datetime(2013, 5, 6)),
    keeps(出生=date(2013, 5, 6)),
)
add(
    "出生日期",
    "1950-01-01、2030-01-01",
    "不像学生，不用",
    OWN,
    own(出生日期="2030-01-01"),
    keeps("ROST092", 出生=None),
)
add(
    "代码",
    "留守情况写「是」",
    "不知道是单亲还是双亲，不用",
    OWN,
    own(留守情况="是"),
    keeps("ROST022", 留守=None),
)
add(
    "代码",
    "留守情况写 0、1、2 或名称",
    "否、单亲留守、双亲留守",
    OWN,
    own(留守情况=1),
    keeps(留守="单亲留守"),
)
add("代码", "住校写 住校生、走读生、是、1", "是或否", OWN, own(住校="住校生"), keeps(住校=True))
add("代码", "就读方式写 1（走读）、2（住校）", "否、是", OWN, own(就读方式=2), keeps(住校=True))
add("代码", "性别写 1、2、男生、女生", "男、女", OWN, own(性别="2"), keeps(性别="女"))
add("代码", "住校写「借宿」", "不用，提醒", OWN, own(住校="借宿"), keeps("ROST022", 住校=None))
for text in (
    "七(1)班",
    "七（1）班",
    "七1班",
    "七年级(1)班",
    "七年级一班",
    "7(1)",
    "七年级01班",
    "七年一班",
    "7-1",
    "青石中学七年级1班",
):
    add(
        "班级",
        f"「{text}」",
        "七年级1班",
        FATHER,
        ["普云飞", text, "普正华", ""],
        keeps(班级=ONE),
    )
add(
    "班级",
    "「701」",
    "七年级1班，提醒",
    FATHER,
    ["普云飞", "701", "普正华", ""],
    keeps("ROST062", 班级=ONE),
)
add(
    "班级",
    "「初一(1)班」",
    "七年级1班，提醒",
    FATHER,
    ["普云飞", "初一(1)班", "普正华", ""],
    keeps("ROST064", 班级=ONE),
)
add(
    "班级",
    "「未名班」「七年级A班」「学前班」",
    "照印",
    FATHER,
    ["普云飞", "未名班", "普正华", ""],
    keeps(班级="未名班"),
)
add(
    "班级",
    "日期（在 Excel 里写 7-1 变的）",
    "暂缓",
    FATHER,
    ["普云飞", datetime(2026, 7, 1), "普正华", ""],
    held("ROST061"),
)
add("班级", "「#N/A」", "暂缓", FATHER, ["普云飞", "#N/A", "普正华", ""], held("ROST040"))
add(
    "班级",
    "年级八、班级七年级1班",
    "暂缓",
    (*FATHER, "年级"),
    ["普云飞", ONE, "普正华", "", "八"],
    held("ROST065"),
)

PAGE = Path(__file__).parents[2] / "docs" / "名册.md"


@pytest.mark.parametrize(
    "told", TABLE, ids=[f"{one.kind}-{one.stands}-{at}" for at, one in enumerate(TABLE)]
)
def test_a_cell_becomes_what_the_page_says(tmp_path: Path, told: Told) -> None:
    reading = reading_of(tmp_path, {"名单": [told.heads, told.row, ["方圆", "七年级9班"]]})
    pupil = reading.pupils[0]
    assert {key: seen(pupil)[key] for key in told.want} == told.want
    assert codes_of(reading) - {"ROST015"} == told.codes


def codes_of(reading: RosterReading) -> frozenset[str]:
    """List what is told of the first row."""
    own = [one for one in reading.problems if one.severity != "note"]
    return frozenset(one.code for one in own if not one.place.path.endswith(("3", "3行")))


def test_the_page_of_rosters_is_fresh(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    head, _, rest = text.partition("<!-- 下表由测试生成 -->")
    _, _, foot = rest.partition("<!-- 表完 -->")
    lines = ["| 种类 | 名册里 | 怎样 |", "|---|---|---|"]
    lines += dict.fromkeys(f"| {one.kind} | {one.stands} | {one.becomes} |" for one in TABLE)
    fresh = f"{head}<!-- 下表由测试生成 -->\n\n{chr(10).join(lines)}\n\n<!-- 表完 -->{foot}"
    if request.config.getoption("--update-golden"):
        PAGE.write_text(fresh, "utf-8")
    assert PAGE.read_text("utf-8") == fresh
