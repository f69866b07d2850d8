"""Names and codes of the whole country: people write them short, long, old or doubled."""

from pathlib import Path

import pytest

from kcbx_docs.packs import placenames
from kcbx_docs.packs.chain import pack_for_region
from kcbx_docs.problems import UserError


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("通海县", "530423"),
        ("云南省玉溪市通海县", "530423"),
        ("云南通海", "530423"),
        ("江川区", "530403"),
        ("新平彝族傣族自治县", "530427"),
        ("新平", "530427"),
        ("新平县", "530427"),
        ("大理州", "5329"),
        ("玉溪", "5304"),
        ("云南省玉溪市", "5304"),
        ("内蒙古", "15"),
        ("鄂温克旗", "150724"),
        ("徐州市鼓楼区", "320302"),
        ("吉林", "22"),
        ("吉林市", "2202"),
        ("海南区", "150303"),
        ("嘉峪关市", "6202"),
    ],
)
def test_a_name_that_means_one_place_has_its_code(region, code):
    assert placenames.codes_of(region) == (code,)


@pytest.mark.parametrize("region", ["云岭县", "县", "自治县", "", "贵州省通海县", "530423"])
def test_what_is_no_name_of_a_place_has_no_code(region):
    assert placenames.codes_of(region) == ()


def test_several_places_of_one_name_are_listed_with_their_provinces():
    with pytest.raises(UserError) as error:
        pack_for_region("城关区", {})
    assert [one.code for one in error.value.problems] == ["PACK080"]
    message = error.value.problems[0].message
    assert "540102 西藏自治区拉萨市城关区、620102 甘肃省兰州市城关区" in message
    assert len(placenames.codes_of("鼓楼区")) == 4
    assert placenames.codes_of("东乡") == ("361003", "622926")


@pytest.mark.parametrize("code", ["530423", "530400", "530000", "53"])
def test_a_code_has_the_names_of_its_levels(code):
    assert "云南省玉溪市通海县".startswith(placenames.name_of(code))
    assert placenames.name_of(code)


@pytest.mark.parametrize(
    ("region", "now"),
    [
        ("530421", ("530403",)),
        ("江川县", ("530403",)),
        ("云南省玉溪市江川县", ("530403",)),
        ("苍山县", ("371324",)),
        ("日喀则地区", ("5402",)),
        ("110103", ()),
        ("140202", ()),  # 大同市城区 is no more; 城区 of other cities do not stand for it
    ],
)
def test_a_place_that_is_no_more_is_told_with_what_bears_its_name(region, now):
    former = placenames.former_of(region)
    assert former is not None
    assert placenames.successors(former) == now


@pytest.mark.parametrize("region", ["530499", "530423", "通海县", "云岭县"])
def test_a_listed_or_an_invented_place_is_not_called_dissolved(region):
    assert placenames.former_of(region) is None


def test_every_full_name_of_the_list_means_its_own_code():
    lines = Path(placenames.__file__).with_name("placenames.tsv").read_text("utf-8").splitlines()
    listed = [
        line.split("\t")[0] for line in lines if line.startswith("53") and line.count("\t") == 1
    ]
    assert len(listed) > 100
    assert [one for one in listed if placenames.codes_of(placenames.name_of(one)) != (one,)] == []
