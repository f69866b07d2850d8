"""A pack that cannot be found for its region is told: its sentences would be missing silently."""

import pytest

from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.packs.library import open_library
from kcbx_docs.packs.regions import check_codes, misnamed_files
from kcbx_docs.problems import UserError
from tests.packs.templates import HEAD

GANSU = "名称: 甘肃省\n行政区划代码: '62'\n版本: '1'\n"


def county(name, code):
    line = f"行政区划代码: '{code}'\n" if code else ""
    return f"名称: {name}\n{line}版本: '1'\n"


@pytest.fixture
def put(tmp_path):
    """Return a function that writes a workspace's packs below one province."""

    def write(tree):
        for name, text in {"gansu/pack.yaml": GANSU, **tree}.items():
            path = tmp_path / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("name", "code", "wanted"),
    [
        ("岷阳县", "530199", "PACK044 error"),  # of another province than its parent's
        ("岷县", "621102", "PACK045 error"),  # 安定区's
        ("岷阳县", "621126", "PACK046 warning"),  # an unlisted name with the code of 岷县
        ("岷县", "621162", "PACK046 warning"),  # two figures changed places
        ("岷阳县", "", "PACK047 warning"),
    ],
)
def test_a_code_that_cannot_be_its_own_is_told(put, name, code, wanted):
    root = put({"gansu/own/pack.yaml": county(name, code)}) / "templates"
    packs, _ = find_packs([root, shipped_root()])
    told = [f"{p.code} {p.severity}" for p in check_codes(packs, ["gansu", "gansu/own"])]
    assert told == [wanted]
    if wanted.endswith("error"):
        with pytest.raises(UserError, match="gansu/own"):
            open_library("621126", root.parent)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("岷阳县", "621199"),  # younger than the list, or invented
        ("岷县", "621126"),
        ("定西市", "6211"),
        ("定西市", "621100"),
        ("甘肃省定西市岷县", "621126"),
    ],
)
def test_its_own_code_and_one_younger_than_the_list_are_allowed(put, name, code):
    root = put({"gansu/own/pack.yaml": county(name, code)}) / "templates"
    packs, _ = find_packs([root, shipped_root()])
    assert list(check_codes(packs, ["gansu", "gansu/own"])) == []


def test_the_shipped_packs_have_their_own_codes():
    packs, _ = find_packs([shipped_root()])
    assert list(check_codes(packs, packs)) == []
    assert list(misnamed_files(shipped_root())) == []


def test_an_office_is_told_which_packs_its_region_passes_over(put):
    paper = HEAD.replace("probe", "own-notice") + "<p>好。</p>"
    tree = {"gansu/minyang/documents/own-notice.html": paper}
    root = put({**tree, "gansu/minyang/pack.yaml": county("岷阳县", "621198")})
    library, told = open_library("621199", root)
    (one,) = told
    assert (one.code, one.severity) == ("PACK048", "warning")
    assert "用的是模板包「gansu」；工作目录里的「gansu/minyang」（621198）没有用上" in one.message
    with pytest.raises(UserError, match="PACK004") as caught:
        library.find("测试文书")
    assert "模板包「gansu/minyang」里有它" in caught.value.problems[0].hint


@pytest.mark.parametrize("region", ["621198", "岷阳县", "gansu/minyang", "62", "甘肃省", "yunnan"])
def test_a_pack_in_use_a_whole_province_and_another_province_are_not_told(put, region):
    root = put({"gansu/minyang/pack.yaml": county("岷阳县", "621198")})
    assert open_library(region, root)[1] == ()


def test_a_province_without_counties_is_enough(put):
    assert open_library("621126", put({}))[1] == ()


def test_a_prefecture_with_its_code_written_out_is_that_of_its_counties(put):
    root = put({"gansu/dingxi/pack.yaml": county("定西市", "621100")})
    assert open_library("621126", root)[0].chain.id == "gansu/dingxi"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("gansu/own/pack.yml", ["PACK049 gansu/own/pack.yml"]),
        ("gansu/own/Pack.yaml", ["PACK049 gansu/own/Pack.yaml"]),
        ("gansu/own/pack.yaml.txt", ["PACK049 gansu/own/pack.yaml.txt"]),
        ("gansu/law.yml", ["PACK049 gansu/law.yml"]),
        ("pack.yml", ["PACK049 pack.yml"]),
        ("gansu/own/documents/probe.html", ["PACK050 gansu/own/documents"]),
        ("documents/probe.html", ["PACK050 documents"]),
        ("gansu/pack.yaml.bak", []),
        ("gansu/documents/probe.html", []),
        ("说明.txt", []),
    ],
)
def test_a_pack_under_a_wrong_name_does_not_vanish(put, name, wanted):
    root = put({name: HEAD if name.endswith("html") else county("岷阳县", "621199")})
    told = list(misnamed_files(root / "templates"))
    assert [f"{p.code} {p.place.file}" for p in told] == wanted
    if wanted:
        with pytest.raises(UserError, match=wanted[0].split()[0]):
            open_library("62", root)


def test_what_another_place_calls_a_document_is_translated():
    yunnan = "责令送被监护人接受义务教育通知书"
    library, _ = open_library("520324")
    with pytest.raises(UserError, match="PACK004") as caught:
        library.find(yunnan)
    assert "云南省的叫法，本地叫《责令限期改正通知书》" in caught.value.problems[0].hint
    assert open_library("530423")[0].find(yunnan).front.title == yunnan
    with pytest.raises(UserError) as caught:
        library.find("没有这种文书")
    assert "叫法" not in caught.value.problems[0].hint
