"""Files that come in by a form: hostile names, hostile contents, and nothing left behind."""

import io
import stat
from pathlib import Path

import pytest
from flask import Blueprint, request
from openpyxl import Workbook
from PIL import Image

from kcbx_docs.desk.app import create_app
from kcbx_docs.desk.here import came_in
from kcbx_docs.desk.uploads import (
    MOST_BYTES,
    PROOF,
    SCAN,
    TABLE,
    WORD,
    Upload,
    name_on_disk,
    plain_name,
    takes_files,
)
from kcbx_docs.desk.waiting import FOLDER, WaitingRoom, sweep
from kcbx_docs.problems import UserError
from tests.desk.conftest import COOKIE, OWN

KINDS = {"表格": TABLE, "Word": WORD, "扫描件": SCAN, "证明": PROOF}


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, kind)
    return out.getvalue()


def roster() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["姓名", "班级"])
    book.active.append(["甲小明", "七1"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("名册.xlsx", "名册.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\甲\\名册.xls", "名册.xls"),
        ("a:b", "a_b"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1 .tar.gz", "_Com1 .tar.gz"),
        ("console.txt", "console.txt"),
        ("..", "没有名字"),
        ("", "没有名字"),
        ("名\x00册\x1b[31m\n.xlsx", "名册[31m.xlsx"),
        ("回证\u202egpj.exe", "回证gpj.exe"),
        ("<script>alert(1)</script>.png", "script_.png"),
        ("名册.xlsx . ", "名册.xlsx"),
        ("字" * 500 + ".xlsx", "字" * 56 + ".xlsx"),
        ("~$名册.xlsx", "~$名册.xlsx"),
    ],
)
def test_a_name_leads_nowhere(given: str, kept: str) -> None:
    assert plain_name(given) == kept
    assert Path(plain_name(given)).name == plain_name(given)


def test_of_a_name_only_its_ending_reaches_the_disk() -> None:
    assert name_on_disk("x7", "普云飞.XLSX") == "x7.xlsx"
    assert name_on_disk("x7", "普云飞.很长的后缀") == "x7"
    assert name_on_disk("x7", "~$普云飞.docx") == "~$x7.docx"


@pytest.mark.parametrize(
    ("kind", "name", "data", "code"),
    [
        ("表格", "名册.xlsx", roster(), ""),
        ("表格", "名册.csv", "姓名,班级\n甲小明,七1\n".encode(), ""),
        ("表格", "名册.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "ROST045"),
        ("表格", "名册.xlsx", b"", "ROST043"),
        ("表格", "名册.xlsx", picture(), "ROST049"),
        ("表格", "名册.exe", b"MZ\x90\x00", "ROST002"),
        ("表格", "名册.xlsx", roster()[:900], "ROST051"),
        ("表格", "~$名册.xlsx", roster(), "ROST050"),
        ("Word", "模板.docx", roster(), "REND020"),
        ("Word", "模板.docx", b"", "REND020"),
        ("Word", "模板.docx", b"PK\x03\x04 broken", "REND034"),
        ("扫描件", "回执.jpg", picture("JPEG"), ""),
        ("扫描件", "回执.jpg", b"<svg onload='alert(1)'/>", "SCAN004"),
        ("扫描件", "回执.pdf", b"%PDF-1.7 nothing", "SCAN009"),
        ("扫描件", "回执.jpg", picture("JPEG")[:-30], "SCAN005"),
        ("证明", "回证.png", picture(), ""),
        ("证明", "回证.jpg", picture(), "SERV025"),
        ("证明", "回证.html", b"<html>", "SERV025"),
        ("证明", "回证.png", b"", "SERV024"),
    ],
)
def test_what_a_file_holds_decides(tmp_path, kind: str, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name_on_disk("x7", name)
    path.write_bytes(data)
    found = KINDS[kind].faults(Upload("x7", name, path))
    assert [one.code for one in found] == [code][: bool(code)]
    assert all(one.place.file == name and one.hint for one in found)
    assert not any("x7" in one.message + one.hint for one in found)


pages = Blueprint("trial", __name__)


@pages.post("/trial")
@takes_files
def trial() -> list[str]:
    """Take files and tell how they are called."""
    return [one.name for one in came_in(TABLE)]


@pages.post("/plain")
def plain() -> str:
    """Take no files."""
    return request.form.get("words", "")


@pytest.fixture
def client(desk):
    app = create_app(desk, pages)
    app.testing = True
    client = app.test_client()
    client.set_cookie(COOKIE, desk.door.badge)
    yield client
    desk.waiting.close()


def post(client, address: str, *files: tuple[bytes, str], **told: object):
    fields = {"files": [(io.BytesIO(data), name) for data, name in files], **told}
    return client.post(address, data=fields, headers=OWN, content_type="multipart/form-data")


def lying_in(root: Path) -> list[Path]:
    return [path for path in root.glob(f"output/{FOLDER}*/*") if "lock" not in path.name]


def test_a_file_waits_for_the_next_form_and_for_nobody_else(desk, client) -> None:
    answer = post(client, "/trial", (roster(), "../甲.xlsx"), (roster(), "乙.xlsx"), (b"", ""))
    assert answer.json == ["甲.xlsx", "乙.xlsx"]
    waiting = lying_in(desk.root)
    assert {stat.S_IMODE(path.stat().st_mode) for path in waiting} == {0o600}
    assert stat.S_IMODE(waiting[0].parent.stat().st_mode) == 0o700
    assert not any("甲" in path.name for path in waiting)
    tokens = [path.stem for path in waiting]
    assert sorted(post(client, "/trial", **{"files-kept": tokens}).json) == ["乙.xlsx", "甲.xlsx"]
    assert desk.cases == tuple(sorted(desk.root.glob("cases/*.yaml")))


def test_one_bad_file_keeps_all_out_and_is_named(desk, client) -> None:
    answer = post(client, "/trial", (roster(), "甲.xlsx"), (b"<html>", "<script>.xlsx"))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "_script_.xlsx" in text
    assert "ROST045" in text
    assert str(desk.root) not in text
    assert lying_in(desk.root) == []


@pytest.mark.parametrize("token", ["", "../../kcbx.yaml", "x" * 22])
def test_a_guessed_file_is_none(client, token: str) -> None:
    answer = post(client, "/trial", **{"files-kept": token})
    assert answer.status_code == 422
    assert "DESK011" in answer.get_data(as_text=True)


@pytest.mark.parametrize(("address", "size"), [("/trial", MOST_BYTES), ("/plain", 1_100_000)])
def test_too_much_at_once_is_refused_in_chinese(desk, client, address: str, size: int) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="1.xlsx"\r\n\r\n'
    kind = "multipart/form-data; boundary=x"
    answer = client.post(address, data=head.ljust(size + 1), headers=OWN, content_type=kind)
    assert answer.status_code == 413
    assert 'aria-label="菜单"' in answer.text
    assert "20 MB" in answer.get_data(as_text=True)
    assert lying_in(desk.root) == []


def test_nothing_stays_behind(desk, client) -> None:
    post(client, "/trial", (roster(), "甲.xlsx"))
    sweep(desk.root)  # another desk opens: this one is alive
    assert len(lying_in(desk.root)) == 1
    desk.waiting.close()
    assert [*desk.root.glob(f"output/{FOLDER}*")] == []


def test_what_a_killed_desk_left_is_cleared_away(tmp_path) -> None:
    left = tmp_path / f"output/{FOLDER}killed"
    left.mkdir(parents=True)
    (left / "x.xlsx").write_bytes(roster())
    sweep(tmp_path)
    assert not left.exists()


def test_a_full_disk_keeps_nothing(tmp_path, monkeypatch) -> None:
    room = WaitingRoom()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path))

    monkeypatch.setattr("kcbx_docs.desk.waiting.write_new", full)
    given = io.BytesIO(roster())
    given.filename = "甲.xlsx"  # type: ignore[attr-defined]
    with pytest.raises(UserError) as told:
        room.take(tmp_path, [given], TABLE)
    assert [one.code for one in told.value.problems] == ["DESK010"]
    assert "磁盘已满" in told.value.problems[0].message
    room.close()


def test_nobody_pushes_out_the_files_of_another_and_no_form_its_own(tmp_path) -> None:
    room = WaitingRoom()

    def given() -> io.BytesIO:
        stream = io.BytesIO(b"a,b\n1,2\n")
        stream.filename = "a.csv"  # type: ignore[attr-defined]
        return stream

    (first,) = room.take(tmp_path, [given()], TABLE, "zhongxue")
    hundred = room.take(tmp_path, [given() for _ in range(100)], TABLE, "zhen")
    room.take(tmp_path, [given()], TABLE, "zhen")
    assert room.kept([first.token], "zhongxue") == (first,)
    assert all(one.path.exists() for one in hundred[1:])
    assert not hundred[0].path.exists(), "his own oldest goes"
    for tokens, login in (([first.token], "zhen"), ([hundred[0].token], "zhen")):
        with pytest.raises(UserError, match="没有留住"):
            room.kept(tokens, login)
    with pytest.raises(UserError, match="101 个文件"):
        room.take(tmp_path, [given() for _ in range(101)], TABLE, "zhen")
    room.close()
