"""A pack from elsewhere: looked at beside the workspace, taken in whole or not at all, pinned."""

import os
import stat
import subprocess
import zipfile
from datetime import date

import pytest

from kcbx_docs.cli.pack_add import without_secrets
from kcbx_docs.filing.newcomer import add_pack
from kcbx_docs.keeping.foreign import (
    PINS,
    ForeignPack,
    read_folder,
    read_pins,
    read_zip,
    told_of_pins,
)
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.problems import UserError
from tests.killing import files_in, full_at

DAY = date(2026, 11, 28)
HEAD = '名称: 贵州省\n行政区划代码: "52"\n版本: "{}"\n来源: 某文件\n'


@pytest.fixture
def shelf(tmp_path):
    """A pack and one below it, as they come."""
    own = tmp_path / "来的" / "guizhou"
    (own / "xian").mkdir(parents=True)
    (own / "pack.yaml").write_text(HEAD.format(1) + "参数: {月报日: 25}\n", "utf-8")
    (own / "README.md").write_text("说明", "utf-8")
    county = '名称: 湄潭县\n行政区划代码: "520328"\n版本: "1"\n来源: 某文件\n'
    (own / "xian/pack.yaml").write_text(county, "utf-8")
    return tmp_path / "来的"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "单位/templates").mkdir(parents=True)
    return tmp_path / "单位"


@pytest.fixture
def unlinted(monkeypatch):
    """Leave out what takes seconds: that of a faulty pack shows that it is done."""
    monkeypatch.setattr("kcbx_docs.filing.newcomer.lint_packs", lambda *_: ((), ()))


def packs(root):
    return find_packs((root / "templates", shipped_root()))[0]


def add(root, foreign, **more):
    return add_pack(foreign, "来处", root, packs(root), DAY, **more)


def refusal(function, *arguments, **more):
    with pytest.raises(UserError) as refused:
        function(*arguments, **more)
    return [one.code for one in refused.value.problems]


def test_a_province_then_its_county_come_to_their_places_and_are_pinned(shelf, root, unlinted):
    first = read_folder(shelf)
    assert (sorted(first.files), first.others) == (["pack.yaml"], ("xian",))
    assert add(root, first).pin.id == "贵州省"
    assert add(root, read_folder(shelf, "xian")).pin.id == "贵州省/湄潭县"
    pins, found = read_pins(root / "templates")
    assert [one.id for one in pins] == ["贵州省", "贵州省/湄潭县"] and found == ()
    assert list(told_of_pins(root / "templates", packs(root))) == []


def test_who_changes_or_removes_one_is_told(shelf, root, unlinted):
    add(root, read_folder(shelf), folder="guizhou")
    path = root / "templates/guizhou/pack.yaml"
    path.write_text(path.read_text("utf-8") + "# 改\n", "utf-8")
    assert [one.code for one in told_of_pins(root / "templates", packs(root))] == ["PACK117"]
    path.unlink()
    assert [one.code for one in told_of_pins(root / "templates", packs(root))] == ["PACK116"]


def test_a_newer_one_takes_its_place_only_when_asked_and_nothing_is_lost(shelf, root, unlinted):
    add(root, read_folder(shelf), folder="guizhou")
    add(root, read_folder(shelf, "xian"))
    own = root / "templates/guizhou/documents"
    own.mkdir()
    (own / "admonition.html").write_text("", "utf-8")
    (shelf / "guizhou/pack.yaml").write_text(HEAD.format(2), "utf-8")
    assert refusal(add, root, read_folder(shelf)) == ["PACK102"]
    added = add(root, read_folder(shelf), replacing=True)
    assert added.pin.version == "2" and packs(root)["guizhou"].pack.version == "2"
    assert (added.moved / "documents/admonition.html").is_file()
    assert "guizhou/湄潭县" in packs(root)


@pytest.mark.parametrize("name", ["pack.yaml", "law.yaml", PINS])
def test_where_the_disk_refuses_the_old_one_and_its_pin_stay(
    shelf, root, unlinted, monkeypatch, name
):
    (shelf / "guizhou/law.yaml").write_text("法律法规: []\n", "utf-8")
    add(root, read_folder(shelf), folder="guizhou")
    before = files_in(root)
    (shelf / "guizhou/pack.yaml").write_text(HEAD.format(2), "utf-8")
    full_at(monkeypatch, name)
    with pytest.raises(UserError, match="磁盘已满"):
        add(root, read_folder(shelf), replacing=True)
    assert files_in(root) == before
    assert list(told_of_pins(root / "templates", packs(root))) == []


def test_a_faulty_one_is_refused_with_its_place_and_leaves_nothing(shelf, root):
    (shelf / "guizhou/pack.yaml").write_text(
        HEAD.format(1) + "参数: {月报日: 天}\n错: 1\n", "utf-8"
    )
    with pytest.raises(UserError) as refused:
        add(root, read_folder(shelf))
    assert any("pack.yaml" in one.place.file for one in refused.value.problems)
    assert list((root / "templates").iterdir()) == [] and len(list(root.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("documents/a.exe", "PACK115"),
        ("run.py", "PACK115"),
        ("documents/宏.docm", "PACK115"),
        ("../外面.html", "PACK111"),
        ("/绝对.html", "PACK111"),
        ("C:/盘.html", "PACK111"),
        ("LICENSE", ""),
        ("docs/说明.md", ""),
    ],
)
def test_what_a_zip_file_may_hold(tmp_path, name, code):
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("pack.yaml", HEAD.format(1))
        packed.writestr(name, "x")
    if code:
        assert refusal(read_zip, path) == [code]
    else:
        assert sorted(read_zip(path).files) == ["pack.yaml"]


def test_a_bomb_a_link_and_what_is_no_zip_are_refused(tmp_path, shelf, monkeypatch):
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04")
    assert refusal(read_zip, tmp_path / "坏.zip") == ["PACK110"]
    monkeypatch.setattr("kcbx_docs.keeping.foreign.MOST_BYTES", 1_000)
    with zipfile.ZipFile(tmp_path / "大.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("pack.yaml", " " * 5_000)
    assert refusal(read_zip, tmp_path / "大.zip") == ["PACK112"]
    (shelf / "guizhou/law.yaml").symlink_to("/etc/passwd")
    assert refusal(read_folder, shelf) == ["PACK111"]


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"documents/a.docx": POINTER}, ("PACK121", "documents/a.docx")),
        ({"documents/a.html": b"", "documents/A.html": b""}, ("PACK123", "documents/A.html")),
        ({"documents\\..\\..\\x.html": b""}, ("PACK111", "documents/../../x.html")),
        ({".git/hooks/pre-commit": b"#!/bin/sh"}, ()),
    ],
)
def test_what_is_no_file_of_its_own_is_refused_with_its_place(tmp_path, files, told):
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("pack.yaml", HEAD.format(1))
        for name, data in files.items():
            packed.writestr(name, data)
    if not told:
        assert sorted(read_zip(path).files) == ["pack.yaml"]
        return
    with pytest.raises(UserError) as refused:
        read_zip(path)
    assert [(one.code, one.place.path) for one in refused.value.problems] == [told]


def test_a_link_in_a_zip_file_and_one_that_is_damaged_are_refused(tmp_path):
    link = zipfile.ZipInfo("documents/a.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "链接.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("pack.yaml", HEAD.format(1) * 9)
        packed.writestr(link, "/etc/passwd")
    assert refusal(read_zip, tmp_path / "链接.zip") == ["PACK111"]
    data = bytearray((tmp_path / "链接.zip").read_bytes())
    data[60:70] = b"0123456789"
    (tmp_path / "坏.zip").write_bytes(data)
    assert refusal(read_zip, tmp_path / "坏.zip") == ["PACK110"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这里没有这些")
def test_a_folder_that_is_a_link_and_what_is_no_file_are_refused(shelf):
    (shelf / "guizhou/parts").symlink_to("/etc", target_is_directory=True)
    assert refusal(read_folder, shelf) == ["PACK111"]
    (shelf / "guizhou/parts").unlink()
    os.mkfifo(shelf / "guizhou/law.yaml")  # reading it would wait for ever
    assert refusal(read_folder, shelf) == ["PACK111"]


def test_any_source_is_written_so_that_it_can_be_read(shelf, root, unlinted):
    source = 'C:\\包 "新" # 1: - [x]'
    add_pack(read_folder(shelf), source, root, packs(root), DAY)
    (pin,), found = read_pins(root / "templates")
    assert (pin.source, found) == (source, ())


def test_of_several_one_is_named(shelf):
    (shelf / "gansu").mkdir()
    (shelf / "gansu/pack.yaml").write_text(HEAD.format(1), "utf-8")
    assert refusal(read_folder, shelf) == ["PACK114"]
    assert refusal(read_folder, shelf, "qinghai") == ["PACK118"]
    assert "参数" in read_folder(shelf, "guizhou").files["pack.yaml"].decode()
    assert refusal(read_folder, shelf / "guizhou/documents") == ["PACK113"]


def test_the_same_files_have_the_same_digest_whatever_their_order():
    one = ForeignPack({"a": b"1", "b": b"2"})
    assert one.digest == ForeignPack({"b": b"2", "a": b"1"}).digest
    assert one.digest != ForeignPack({"a": b"12", "b": b""}).digest


def test_a_repository_is_pinned_to_its_commit_and_holds_only_files(shelf, root, unlinted):
    from tests.cli.office import run

    def git(*words):
        own = ("git", "-c", "user.name=某", "-c", "user.email=a@example.org", *words)
        return subprocess.run(own, cwd=shelf, check=True, capture_output=True, text=True).stdout

    (root / "kcbx.yaml").write_text('地区: "520328"\n', "utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "包")
    done = run(root, "pack", "add", f"file://{shelf}")
    assert done.exit_code == 0, done.output
    assert git("rev-parse", "HEAD").strip() in (root / "templates" / PINS).read_text("utf-8")
    (shelf / "guizhou/law.yaml").symlink_to("/etc/passwd")
    git("add", "-A")
    git("commit", "-qm", "链接")
    done = run(root, "pack", "add", f"file://{shelf}", "--replace")
    assert "PACK122" in done.output and "guizhou/law.yaml" in done.output
    git("update-index", "--force-remove", "guizhou/law.yaml")
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},guizhou/parts")
    git("commit", "-qm", "子模块")
    done = run(root, "pack", "add", f"file://{shelf}", "--replace")
    assert "PACK122" in done.output and "子模块" in done.output


def test_who_may_fetch_it_is_not_written_down():
    assert without_secrets("https://某人:密码@例.cn/包.git") == "https://例.cn/包.git"
    assert without_secrets("git@例.cn:包.git") == "git@例.cn:包.git"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("附表规则: {甲: 乙}\n", ["PACK128"]),
        ("附表规则: {甲: 乙}\n标题: 丙\n", ["PACK128", "TYPE003"]),
        ("核对日其: 2026-11-01\n", ["TYPE002"]),
    ],
    ids=["新的键", "又写错一处", "写错的键"],
)
def test_a_pack_for_a_newer_program_asks_for_it_and_a_slip_of_the_fingers_is_told(
    shelf, root, unlinted, line, told
):
    """It was told that keys are unknown, and its keeper took them out."""
    (shelf / "guizhou/pack.yaml").write_text(HEAD.format(1) + line, "utf-8")
    assert refusal(add, root, read_folder(shelf)) == told
