"""Maps merge, lists replace, and every value knows the file that gave it."""

import pytest

from kcbx_docs.packs.chain import find_packs, pack_for_region, stamped_files
from kcbx_docs.packs.model import unknown
from kcbx_docs.problems import UserError

TREE = {
    "national/pack.yaml": "名称: 全国\n版本: '1'\n参数:\n  活动月: [三月, 九月]\n  报告日: 未知\n  热线: '12345'\n",
    "yunnan/pack.yaml": "名称: 云南省\n行政区划代码: '53'\n版本: '2'\n参数:\n  活动月: [五月]\n",
    "yunnan/yuxi/pack.yaml": "名称: 玉溪市\n行政区划代码: '5304'\n版本: '3'\n参数:\n  报告日: 每月22日\n",
}


def test_values_come_from_the_most_particular_pack(chain):
    joined = chain(TREE, "yunnan/yuxi")
    assert [folder.id for folder in joined.folders] == ["national", "yunnan", "yunnan/yuxi"]
    assert joined.pack.values == {"活动月": ("五月",), "报告日": "每月22日", "热线": "12345"}
    assert str(joined.origin(("参数", "活动月"))) == "yunnan/pack.yaml:5:3"
    assert str(joined.origin(("参数", "热线"))) == "national/pack.yaml:6:3"


def test_unknown_stays_unknown(chain):
    assert chain(TREE, "yunnan").pack.values["报告日"] is unknown
    assert not unknown


@pytest.mark.parametrize(
    ("region", "pack"),
    [
        ("530402", "yunnan/yuxi"),
        ("5304", "yunnan/yuxi"),
        ("530111", "yunnan"),
        ("53", "yunnan"),
        ("玉溪市", "yunnan/yuxi"),
        ("玉溪市青石县", "yunnan/yuxi"),
        ("云南省", "yunnan"),
        ("yunnan/yuxi", "yunnan/yuxi"),
    ],
)
def test_the_longest_matching_region_wins(packs, region, pack):
    found, _ = find_packs([packs(TREE)])
    assert pack_for_region(region, found) == (pack, ())


def test_a_province_without_a_pack_uses_the_national_text_and_says_so(packs):
    found, _ = find_packs([packs(TREE)])
    pack, problems = pack_for_region("520100", found)
    assert pack == "national"
    assert [(p.code, p.severity) for p in problems] == [("PACK002", "warning")]


@pytest.mark.parametrize(
    ("region", "pack"),
    [("通海县", "yunnan/yuxi"), ("新平", "yunnan/yuxi"), ("丘北", "yunnan"), ("云南", "yunnan")],
)
def test_a_place_without_a_pack_uses_that_of_its_city_or_province(packs, region, pack):
    found, _ = find_packs([packs(TREE)])
    assert pack_for_region(region, found) == (pack, ())


@pytest.mark.parametrize("region", ["530421", "江川县"])
def test_a_dissolved_place_is_told_and_its_pack_used(packs, region):
    found, _ = find_packs([packs(TREE)])
    pack, problems = pack_for_region(region, found)
    assert pack == "yunnan/yuxi"
    assert [(one.code, one.severity) for one in problems] == [("PACK081", "warning")]
    assert "530403 云南省玉溪市江川区" in problems[0].hint


def test_an_unknown_region_is_refused(packs):
    found, _ = find_packs([packs(TREE)])
    with pytest.raises(UserError, match="认不出地区"):
        pack_for_region("云岭县", found)


def test_mistakes_in_pack_yaml_have_their_place(packs):
    _, problems = find_packs([packs({"national/pack.yaml": "名称: 全国\n版本: '1'\n标题：x\n"})])
    assert problems and problems[0].code == "READ019"
    assert "中文冒号" in problems[0].message


@pytest.mark.parametrize("name", ["law.yaml", "procedure.yaml"])
def test_a_link_out_of_a_pack_is_told_not_followed(chain, packs, tmp_path_factory, name):
    joined = chain(TREE, "yunnan")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / name
    elsewhere.write_text("秘密: 不该读到", "utf-8")
    (joined.folders[1].path / name).symlink_to(elsewhere)
    with pytest.raises(UserError) as error:
        stamped_files(joined, name)
    assert [f"{p.code} {p.place.file}" for p in error.value.problems] == [f"PACK021 yunnan/{name}"]
    assert "秘密" not in str(error.value)


def test_a_pack_file_that_is_a_link_out_is_no_pack(packs, tmp_path_factory):
    root = packs(TREE)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "pack.yaml"
    elsewhere.write_text("名称: 云南省\n版本: '1'\n", "utf-8")
    (root / "yunnan/pack.yaml").unlink()
    (root / "yunnan/pack.yaml").symlink_to(elsewhere)
    assert [p.code for p in find_packs([root])[1]] == ["PACK021"]


def test_links_within_a_pack_and_a_folder_that_is_one_are_followed(chain, tmp_path_factory):
    joined = chain(TREE, "yunnan")
    folder = joined.folders[1].path
    (folder / "2026.yaml").write_text("法律: []\n", "utf-8")
    (folder / "law.yaml").symlink_to(folder / "2026.yaml")
    ((_, shown, _),) = stamped_files(joined, "law.yaml")
    assert shown == "yunnan/law.yaml"
    linked = tmp_path_factory.mktemp("shared") / "packs"
    linked.symlink_to(folder.parent)
    assert find_packs([linked])[1] == ()
