"""A pack begins complete: everything that can be said stands in it as a comment, and it lints."""

from datetime import date

import pytest

from kcbx_docs.keeping.lint import lint_packs
from kcbx_docs.keeping.newpack import files_of, new_pack
from kcbx_docs.packs.chain import NATIONAL, find_packs, shipped_root
from kcbx_docs.packs.model import Pack
from kcbx_docs.problems import UserError, errors

DAY = date(2026, 11, 28)
NATION = shipped_root() / NATIONAL / "pack.yaml"


def packs(*roots):
    return find_packs((*roots, shipped_root()))[0]


def make(root, code, **more):
    made = new_pack(code, packs(root), **more)
    (root / made.id).mkdir(parents=True)
    for name, text in files_of(made, NATION, DAY).items():
        (root / made.id / name).write_text(text, "utf-8")
    return made


def test_a_province_and_one_of_its_counties_lint_as_they_are_made(tmp_path):
    province, county = make(tmp_path, "520000"), make(tmp_path, "520328")
    assert (province.id, county.id) == ("贵州省", "贵州省/湄潭县")
    assert (province.name, county.name) == ("贵州省", "遵义市湄潭县")
    ids, found = lint_packs((county.id,), DAY, (tmp_path,), None)  # a chain holds what is above
    assert ids == (county.id,) and errors(found) == ()


def test_everything_that_a_pack_can_say_stands_in_it(tmp_path):
    text = files_of(new_pack("520000", packs(tmp_path)), NATION, DAY)["pack.yaml"]
    for field in Pack.model_fields.values():
        assert f"{field.alias}:" in text, field.alias
    for line in NATION.read_text("utf-8").split("\n参数:\n")[1].split("\n"):
        assert line.strip() in text


def test_what_is_uncommented_is_read(tmp_path):
    made = make(tmp_path, "520000", folder="guizhou")
    path = tmp_path / made.id / "pack.yaml"
    text = (
        path.read_text("utf-8")
        .replace("# 参数:", "参数:")
        .replace("#   月报日: 未知", "  月报日: 25")
    )
    path.write_text(text, "utf-8")
    assert packs(tmp_path)["guizhou"].pack.values == {"月报日": "25"}


def test_a_county_of_a_shipped_province_stands_below_it(tmp_path):
    made = new_pack("530324", packs(tmp_path))
    assert made.id == "yunnan/罗平县"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("520328", "PACK103"),
        ("530000", "PACK102"),
        ("52", ""),
        ("贵州", "PACK100"),
        ("5", "PACK100"),
        ("990000", "PACK101"),
    ],
)
def test_what_can_be_no_new_pack_is_refused(tmp_path, code, found):
    if not found:
        assert new_pack(code, packs(tmp_path)).code == "52"
        return
    with pytest.raises(UserError) as refused:
        new_pack(code, packs(tmp_path))
    assert [one.code for one in refused.value.problems] == [found]


@pytest.mark.parametrize("name", ["../../x", "x/y", "x<script>", "/tmp/x", "con"])
def test_no_name_of_a_pack_leads_out_of_its_place(tmp_path, name):
    for more in ({"name": name}, {"folder": name}):
        with pytest.raises(UserError) as refused:
            new_pack("520000", packs(tmp_path), **more)
        assert [one.code for one in refused.value.problems] == ["CASE004"], more
    assert new_pack("520000", packs(tmp_path), folder="guizhou").id == "guizhou"
