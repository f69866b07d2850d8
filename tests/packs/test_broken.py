"""A pack that cannot be read stops whoever may need it, and nobody else."""

import pytest

from kcbx_docs.keeping import lint
from kcbx_docs.packs.library import open_library
from kcbx_docs.problems import UserError
from tests.packs.templates import TODAY

GANSU = "名称: 甘肃省\n行政区划代码: '62'\n版本: '1'\n"
WRONG = GANSU + "新键: 1\n"
COUNTY = "名称: 岷县\n行政区划代码: '{}'\n版本: '1'\n"
SHELVES = {
    "a key too new": {"gansu/pack.yaml": WRONG},
    "no YAML": {"gansu/pack.yaml": GANSU + "标题: [甲\n  乙: {"},
    "known by its folder": {"甘肃省/pack.yaml": b"\x00\xff\x01"},
    "known by the one above": {"gansu/pack.yaml": GANSU, "gansu/a/pack.yaml": ""},
    "a code of another province": {
        "gansu/pack.yaml": GANSU,
        "gansu/a/pack.yaml": COUNTY.format("450206"),
    },
    "a pack under another name": {"gansu/pack.yaml": GANSU, "gansu/a/pack.yml": COUNTY.format(6)},
}


@pytest.fixture
def office(tmp_path):
    """Return a function that writes a workspace's packs."""

    def write(tree):
        for name, data in tree.items():
            path = tmp_path / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return tmp_path

    return write


@pytest.mark.parametrize("tree", SHELVES.values(), ids=SHELVES)
def test_other_places_go_on_and_are_told(office, tree):
    root = office(tree)
    library, found = open_library("530402", root)
    (told,) = [one for one in found if one.code == "PACK124"]
    assert told.severity == "warning" and "templates" not in told.place.file
    assert library.chain.id == "yunnan/yuxi"
    with pytest.raises(UserError) as stopped:
        open_library("621126", root)
    assert "PACK124" not in [one.code for one in stopped.value.problems]


@pytest.mark.parametrize(
    "tree",
    [
        {"gan/pack.yaml": b"\x00\xff\x01"},  # it may be anybody's
        {"yunnan/pack.yaml": ""},  # in the place of one that is shipped
        {"云南/pack.yaml": WRONG.replace("甘肃", "云南").replace("62", "53")},
        {"玉溪市/pack.yaml": "名称: 玉溪市\n行政区划代码: '6211'\n新键: 1\n"},  # mistyped
    ],
)
def test_one_that_may_be_ones_own_stops(office, tree):
    with pytest.raises(UserError):
        open_library("530402", office(tree))


def test_a_link_that_leads_out_is_not_read_for_its_place(office, tmp_path):
    (tmp_path / "secret").write_text(WRONG, "utf-8")
    root = office({"gan/law.yaml": ""})
    (root / "templates/gan/pack.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(UserError, match="PACK021"):
        open_library("530402", root)


def test_lint_of_one_tells_of_another_and_lint_of_all_refuses_it(office, monkeypatch):
    monkeypatch.setattr(lint, "lint_chain", lambda *_: ())  # which takes seconds
    roots = (office({"gansu/pack.yaml": WRONG}) / "templates",)
    codes = [
        {one.code for one in lint.lint_packs(wanted, TODAY, roots)[1]}
        for wanted in (("yunnan/yuxi",), ("gansu",), ())
    ]
    assert codes == [{"PACK124"}, {"TYPE002"}, {"TYPE002"}]
