"""Parameters that are misspelt or written wrongly, packs that stand in another's place."""

import pytest

from kcbx_docs.keeping.lint import lint_packs
from kcbx_docs.keeping.packfiles import check_places
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.packs.library import library_of
from kcbx_docs.packs.parameters import PARAMETERS, fits
from kcbx_docs.problems import UserError
from tests.packs.templates import HEAD, TODAY, lint_tree, write

BODY = "<p>{{ 地方.热线 }}</p>"
PACK = "名称: 云南省\n版本: '1'\n参数:\n"


def told(folder, said, body="<p>好。</p>"):
    """Lint a province with some parameters; its county prints one."""
    tree = {
        "national/documents/probe.html": HEAD + "{% block 甲 %}<p>好。</p>{% endblock %}",
        "yunnan/pack.yaml": PACK + said,
        "yunnan/yuxi/pack.yaml": "名称: 玉溪市\n版本: '1'\n",
        "yunnan/yuxi/documents/probe.html": f"{{% block 甲 %}}{body}{{% endblock %}}",
    }
    return [f"{p.code} {p.place.line} {p.hint}" for p in lint_tree(folder, tree, "yunnan")]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("  控辍月分: [3, 9]\n", "PACK041 4 是不是「控辍月份」？"),
        ("  送达回证板式: 简式\n", "PACK041 4 是不是「送达回证版式」？"),
        ("  缺课跟踪天数: 三天\n", "PACK040 4 不知道的写 未知。"),
        ("  控辍月份: 三月\n", "PACK040 4 不知道的写 未知。"),
        ("  控辍月份: [3, 13]\n", "PACK040 4 不知道的写 未知。"),
        ("  送达回证版式: 单张\n", "PACK040 4 不知道的写 未知。"),
        ("  报告附回执: 附\n", "PACK040 4 不知道的写 未知。"),
        ("  月报日: 32\n", "PACK040 4 不知道的写 未知。"),
        ("  月报日: 0\n", "PACK040 4 不知道的写 未知。"),
        ("  月报日: 二十二\n", "PACK040 4 不知道的写 未知。"),
        ("  中考参考率: 101\n", "PACK040 4 不知道的写 未知。"),
        ("  复学观察日: [7, 0]\n", "PACK040 4 不知道的写 未知。"),
        ("  责令文书份数: 三份\n", "PACK040 4 不知道的写 未知。"),
        ("  月报对象: [[镇政府]]\n", "PACK040 4 不知道的写 未知。"),
        ("  校车公司: 某某\n", "PACK042 4 要印的，在模板里写 {{ 地方.校车公司 }}；不用的请删去。"),
    ],
)
def test_a_parameter_that_does_nothing_is_told(tmp_path, said, wanted):
    assert told(tmp_path, said) == [wanted]


@pytest.mark.parametrize(
    "said",
    [
        "  控辍月份: [3, 9]\n  缺课跟踪天数: 3\n  攻坚月份: 未知\n",
        "  劝返签名: {三: 村委会}\n  报告附回执: 否\n  月报日: '22'\n",
        "  热线: '12345'\n",
    ],
)
def test_known_ones_unknown_ones_and_own_ones_that_a_county_prints_are_allowed(tmp_path, said):
    assert told(tmp_path, said, BODY if "热线" in said else "<p>好。</p>") == []


GAPS = {
    "no item": ("  热线: [甲, '']\n", []),
    "empty item": ("  热线:\n    - 甲\n    -\n", ["PACK062 6"]),
    "nothing as programs write it": ("  热线: [甲, null, ~]\n", ["PACK062 4", "PACK062 4"]),
    "no value": ("  热线:\n", ["PACK062 4"]),
    "nothing in a table": ("  热线: {镇: }\n", ["PACK062 4"]),
    "lists in a list": ("  热线: [[甲], [乙]]\n", ["PACK063 4", "PACK063 4"]),
    "last comma": ("  热线: [甲, ]  # 乙,]\n", ["PACK064 4"]),
    "comma in quotes": ("  热线: ['甲,]', \"乙,]\"]\n", []),
    "braces of a template": ("  热线: ['{{ 学生 }}']\n", ["PACK066 4"]),
    "a sign by its number": ('  热线: ["甲\\e[2J"]\n', ["READ012 4"]),
    "list of tables": ("  热线: [{镇: 1}]\n", []),
}


@pytest.mark.parametrize("name", GAPS)
def test_what_is_left_open_in_a_pack_is_told_at_the_item(tmp_path, name):
    said, wanted = GAPS[name]
    body = '<p>{{ 地方.热线|length if 地方.热线 else "无" }}</p>'
    found = told(tmp_path, said, body)
    assert [" ".join(one.split(" ")[:2]) for one in found] == wanted


def test_every_parameter_of_the_shipped_packs_is_known_and_fits():
    packs, _ = find_packs([shipped_root()])
    given = [pair for one in packs.values() for pair in one.pack.values.items()]
    assert [name for name, value in given if name not in PARAMETERS or not fits(name, value)] == []
    assert {"示例", *packs["national"].pack.values} <= {*PARAMETERS}


def placed(folder, *names):
    tree = {
        f"{name}/pack.yaml": f"名称: {said}\n行政区划代码: '{code}'\n版本: '1'\n"
        for name, said, code in names
    }
    write(folder, tree)
    for made in {name.split("/")[0] for name, *_ in names} - {name for name, *_ in names}:
        (folder / made / "pack.yaml").unlink()
    packs, found = find_packs([folder, shipped_root()])
    assert found == ()
    return packs


def test_a_pack_that_stands_in_the_place_of_a_shipped_one_is_told(tmp_path):
    packs = placed(tmp_path, ("yunnan", "云南省", "53"), ("yunnan/tonghai", "通海县", "530423"))
    (one,) = check_places(packs, ["yunnan/tonghai"], shipped_root())
    assert (one.code, one.severity) == ("PACK038", "warning")
    assert "那里的 3 份文书、pack.yaml、law.yaml、procedure.yaml 都不再读" in one.message
    assert list(check_places(packs, ["fujian"], shipped_root())) == []


def test_two_packs_of_one_region_are_told_a_county_below_a_shipped_province_is_not(tmp_path):
    packs = placed(tmp_path, ("dian", "云南", "53"), ("yunnan/tonghai", "通海县", "530423"))
    (one,) = check_places(packs, ["dian"], shipped_root())
    assert (one.code, str(one.place)) == ("PACK039", "yunnan/pack.yaml:3:1")
    assert "用的是「dian」" in one.message


def test_a_county_without_its_province_is_told_what_to_write(tmp_path):
    packs, _ = find_packs(
        [write(tmp_path, {"guizhou/xiuwen/pack.yaml": "名称: 修文县\n版本: '1'\n"})]
    )
    (tmp_path / "guizhou/pack.yaml").unlink()
    packs, _ = find_packs([tmp_path, shipped_root()])
    with pytest.raises(UserError) as caught:
        library_of("guizhou/xiuwen", packs)
    (one,) = caught.value.problems
    assert (one.code, one.place.file) == ("PACK043", "guizhou/xiuwen/pack.yaml")
    assert [p.code for p in lint_packs(["guizhou/xiuwen"], TODAY, [tmp_path])[1]] == ["PACK043"]
