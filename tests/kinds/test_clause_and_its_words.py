"""A clause on fines is what its words say, made by an organ that may make such a text."""

from pathlib import Path

import pytest

from kcbx_docs.case.clause_words import contradictions_of, maker
from kcbx_docs.case.files import load_workspace
from kcbx_docs.case.office_faults import _same_county, office_faults
from tests.kinds.page import Kind
from tests.kinds.world import DECIDED, OFFICE, OVERDUE, codes, may, workspace

KIND = Kind(
    "处罚条款的制定机关和原文",
    "县政府的管理办法、教育局的规定当作处罚依据；最高罚款、机关、逾期不改的前提与照录的原文相反",
    (
        ("xingzheng-chufa-fa", "12", "1"),
        ("xingzheng-chufa-fa", "14", "2"),
        ("xingzheng-chufa-fa", "16"),
        ("lifa-fa", "81", "1"),
        ("lifa-fa", "93", "1"),
    ),
)
MAKER = "示例省人民代表大会常务委员会"
WORDS = "逾期不改正的，处二百元以上一千元以下罚款。"
DAY = "2026-04-17"


def decision(old: str, new: str) -> list[str]:
    """Judge the decision under an office whose clause was changed."""
    assert old in OFFICE
    return codes(may("penalty-decision", DAY, DECIDED, office=OFFICE.replace(old, new)), "禁止")


def told(tmp_path: Path, *changes: tuple[str, str]) -> dict[str, str]:
    """List what check says of kcbx.yaml: code and severity."""
    text = OFFICE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    workspace(tmp_path, text)
    loaded, _ = load_workspace(tmp_path)
    assert loaded
    found = office_faults(loaded.workspace, loaded.source)
    return {one.code: one.severity for one in found if one.place.line}


@pytest.mark.parametrize(
    "name",
    ["云岭县人民政府", "云岭县人大常委会", "示例市教育局", "示例省教育厅", "云岭县青石镇人民政府",
     "示例自治县人民代表大会常务委员会", "示例市示例区人民政府",
     "云岭县第十七届人民代表大会常务委员会第三次会议"],
)  # fmt: skip
def test_nobody_below_a_city_sets_fines(name: str, tmp_path: Path) -> None:
    assert "PROC515" in decision(MAKER, name)
    assert told(tmp_path, (MAKER, name)) == {"PROC515": "error"}


@pytest.mark.parametrize(
    "name",
    ["示例省人民政府", "示例自治区人民代表大会常务委员会", "上海市人大常委会", "国务院",
     "示例省示例自治县人民代表大会", "示例省人大常委会", "云南省第九届人民代表大会常务委员会",
     "示例省第十三届人民代表大会常务委员会第二十次会议", "示例省人民政府第23次常务会议",
     "示例自治县第十届人民代表大会第三次会议"],
)  # fmt: skip
def test_who_may_set_them_passes(name: str, tmp_path: Path) -> None:
    assert not {"PROC515", "PROC519"} & {*decision(MAKER, name)}
    assert told(tmp_path, (MAKER, name)) == {}


@pytest.mark.parametrize(
    "name",
    ["示例市人民政府", "示例自治州人民代表大会常务委员会",
     "示例市第五届人民代表大会常务委员会第三十次会议"],
)  # fmt: skip
def test_a_city_or_prefecture_is_asked_about_its_matters(name: str, tmp_path: Path) -> None:
    assert "PROC515" not in decision(MAKER, name)
    assert told(tmp_path, (MAKER, name)) == {"PROC519": "warning"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("最高罚款: 1000", "最高罚款: 2000"),
        ("最低罚款: 200", "最低罚款: 100"),
        ("以逾期不改为前提: 是", "以逾期不改为前提: 否"),
        (WORDS, "由县级人民政府教育行政部门处二百元以上一千元以下罚款。"),
        (WORDS, "父母应当送适龄儿童入学，由学校批评教育。"),
    ],
)
def test_what_the_words_contradict_is_no_basis(old: str, new: str, tmp_path: Path) -> None:
    assert "PROC518" in decision(old, new)
    assert told(tmp_path, (old, new)) == {"PROC518": "error"}


@pytest.mark.parametrize(
    "words",
    [
        "逾期不改正的，处200元以上1000元以下的罚款。",
        "由乡（镇）人民政府或者县级人民政府教育行政部门处二百元以上一千元以下罚款。",
        "由有关部门处二百元以上一千元以下罚款。",
        "处一千元以下罚款；情节严重的，处一千元以上二千元以下罚款。",
        "略",
    ],
)
def test_words_that_say_the_same_or_leave_it_open_pass(words: str) -> None:
    assert "PROC518" not in decision(WORDS, words)


def test_words_without_an_amount_are_asked_about(tmp_path: Path) -> None:
    words = "逾期不改正的，依照前款规定处以罚款。"
    assert "PROC518" not in decision(WORDS, words)
    assert told(tmp_path, (WORDS, words)) == {"WORK011": "warning"}


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("由乡（镇）人民政府处二百元以上一千元以下罚款。", "乡（镇）人民政府"),
        ("由乡、民族乡、镇人民政府处二百元以上一千元以下罚款。", "乡、民族乡、镇人民政府"),
        ("由乡镇人民政府、街道办事处处二百元以上一千元以下罚款。", "乡镇人民政府、街道办事处"),
    ],
)
def test_one_organ_too_many_binds_that_organ_alone(words, quoted, tmp_path: Path) -> None:
    """The list names the bureau as well; the town keeps what the words give it."""
    assert told(tmp_path, (WORDS, words)) == {"PROC518": "error"}
    town = may("penalty-decision", DAY, DECIDED, office=OFFICE.replace(WORDS, words))
    assert "PROC518" not in codes(town)
    own = "机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政, 地址: 云岭县青石镇正街1号, 负责人: 李建川, 负责人职务: 镇长}"
    other = "{名称: 云岭县教育体育局, 类型: 县级教育行政部门, 机关代字: 云教体, 地址: 云岭县城文华路2号}"
    assert own in OFFICE and other in OFFICE
    bureau = OFFICE.replace(own, f"机关: {other}").replace(f"  - {other}\n", "")
    answer = may("case-filing", "2026-03-27", OVERDUE, office=bureau.replace(WORDS, words))
    (found,) = (one for one in answer.findings if one.code == "PROC518")
    assert found.verdict == "禁止" and f"「{quoted}」" in found.reason
    assert ("街道" in found.reason) == ("街道" in words)


def test_delegation_is_written_in_its_own_place() -> None:
    """A bureau's clause with a delegated town names the bureau; the town has its decision."""
    words = "由县级人民政府教育行政部门处二百元以上一千元以下罚款。"
    delegated = OFFICE.replace(WORDS, words).replace(
        "机关: [乡镇人民政府, 县级教育行政部门], 赋权决定: 不需要",
        "机关: [县级教育行政部门], 赋权决定: 示例省人民政府令第1号",
    )
    answer = may("penalty-decision", DAY, DECIDED, office=delegated)
    assert "PROC518" not in codes(answer) and "PROC236" in codes(answer, "提醒")


def test_the_review_is_the_countys(tmp_path: Path) -> None:
    review = "复议机关: {名称: 云岭县人民政府"
    for name in ("云岭县教育体育局", "云岭县司法局", "云岭县青石镇人民政府"):
        changed = (review, f"复议机关: {{名称: {name}")
        assert told(tmp_path, changed) == {"WORK007": "error"}
        office = OFFICE.replace(*changed)
        answer = may("penalty-decision", DAY, DECIDED, office=office)
        assert "WORK007" in codes(answer, "须说明理由")
    assert told(tmp_path, (review, "复议机关: {名称: 示例市人民政府")) == {"WORK008": "warning"}
    assert told(tmp_path, (review, "复议机关: {名称: 示例省示例州云岭县人民政府")) == {}
    court = ("法院: [{名称: 云岭县人民法院}]", "法院: [{名称: 示例市中级人民法院}]")
    assert told(tmp_path, court) == {"WORK009": "warning"}


@pytest.mark.parametrize(
    ("office", "review"),
    [
        ("五华区西翥街道办事处", "昆明市五华区"),
        ("昆明市五华区西翥街道办事处", "五华区"),
        ("柳江区里高镇人民政府", "柳州市柳江区"),
        ("柳江区里高镇人民政府", "广西壮族自治区柳州市柳江区"),
        ("兰坪县啦井镇人民政府", "兰坪白族普米族自治县"),
        ("玉龙县宝山乡人民政府", "云南省丽江市玉龙纳西族自治县"),
        ("玉龙纳西族自治县宝山乡人民政府", "玉龙县"),
        ("怒江傈僳族自治州兰坪县啦井镇人民政府", "兰坪白族普米族自治县"),
        ("万州区新田镇人民政府", "重庆市万州区"),
        ("市中区十六里河街道办事处", "济南市市中区"),
        ("云岭县旧县镇人民政府", "云岭县"),
        ("云岭市城区街道办事处", "云岭市"),
        ("新市镇人民政府", "云岭县"),
        ("青石镇人民政府", "云岭县"),
        ("曲靖经济技术开发区翠峰街道办事处", "曲靖市麒麟区"),
    ],
)
def test_a_county_is_known_by_every_ordinary_way_of_writing_it(office: str, review: str) -> None:
    assert _same_county(review, office)


@pytest.mark.parametrize(
    ("office", "review"),
    [
        ("五华区西翥街道办事处", "昆明市盘龙区"),
        ("五华区西翥街道办事处", "昆明市"),
        ("昆明市五华区西翥街道办事处", "昆明市"),
        ("昆明市安宁市县街街道办事处", "昆明市"),
        ("柳江区里高镇人民政府", "柳州市柳南区"),
        ("柳江区里高镇人民政府", "广西壮族自治区"),
        ("通州区漷县镇人民政府", "重庆市万州区"),
        ("兰坪县啦井镇人民政府", "玉龙纳西族自治县"),
        ("贡山县丙中洛镇人民政府", "兰坪白族普米族自治县"),
    ],
)
def test_another_county_is_told(office: str, review: str) -> None:
    assert not _same_county(review, office)


def test_unwritten_makers_stay_unknown() -> None:
    from kcbx_docs.case.workspace import PenaltyBasis

    bare = PenaltyBasis.model_construct(id="1", statute="条例", article="1", text="略")
    assert maker(bare) == "" and not [*contradictions_of(bare)]
