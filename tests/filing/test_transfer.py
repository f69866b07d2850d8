"""A case goes to another town as one file and arrives whole: its history, its papers, its proofs."""

import json
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.commented import commented
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.model import Case
from kcbx_docs.filing.reception import case_values, read_bundle, refuse_known, strayed, take
from kcbx_docs.filing.transfer import Sending, Sent, send, write_bundle
from kcbx_docs.ledger.model import Draft
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.problems import UserError
from kcbx_docs.procedure.standing import stand
from tests.killing import files_in, full_at
from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, TOWN, case_text, workspace
from tests.ledger.world import CLERK, new_book

DAY = date(2026, 3, 20)
THERE = "平湖县西山镇人民政府"
OTHER = """\
地区: "450206"
机关: {名称: 平湖县西山镇人民政府, 类型: 乡镇人民政府, 机关代字: 西政, 负责人: 韦建国, 负责人职务: 镇长}
执法人员: [{姓名: 韦文, 证号: 桂B1}, {姓名: 覃明, 证号: 桂B2}]
"""
PHOTO, ORDER = b"a photograph", b"%PDF-1.7 the order as it was issued"
EVIDENCE = "证据: [{名称: 照片, 文件: 证据/照片.jpg}, {名称: 录像, 文件: 证据/没有的.mp4}]\n"


def town(root: Path) -> Path:
    """Make an office with a case, a photograph, and an order in its ledger."""
    text = case_text(ABSENT, guardians=(FATHER, MOTHER), more=f"{EVIDENCE}承办人: [普文清]\n")
    path = workspace(root, text=text)
    (root / "证据").mkdir()
    (root / "证据/照片.jpg").write_bytes(PHOTO)
    book = new_book(root)
    told = {"日期": "2026-03-12", "事项": "制发", "文书": "责令限期改正通知书", "对象": [FATHER]}
    data = {"document": "order-to-correct", "title": told["文书"], "guardian": FATHER}
    data |= {"number": "青政责改〔2026〕1号", "given": True, "issuer": TOWN}
    data["event"] = {**told, "文号": data["number"], "期限": "2026-03-30"}
    kept = (book.keep(b"PK", "docx", "责令.docx"), book.keep(ORDER, "pdf", "责令.pdf"))
    with book.writing(CLERK) as pen:
        pen.append(Draft("制发", "2026-001", date(2026, 3, 12), data, kept))
    return path


@pytest.fixture
def sent(tmp_path: Path) -> Sent:
    """Hand the case over."""
    told = Sending(THERE, DAY, "孩子一家迁走", handlers=("普文清",))
    return send(town(tmp_path / "old"), told, DAY)


@pytest.fixture
def there(tmp_path: Path) -> Office:
    """Open the other town's office."""
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "kcbx.yaml").write_text(OTHER, "utf-8")
    return open_office(folder)


def arrive(sent: Sent, there: Office, number: str = "2026-044") -> LoadedCase:
    """Receive the case there under a number."""
    received = read_bundle(sent.path, sent.bundle.digest)
    values = case_values(received, there, number, DAY, ("韦文", "覃明"))
    path = there.root / f"cases/{number}.yaml"
    take(received, there.root, path, commented(Case, {"案件": "控辍个案", **values}))
    loaded, found = there.read(path, DAY)
    assert isinstance(loaded, LoadedCase), found
    return loaded


def test_only_its_owner_reads_the_file_and_the_old_case_says_where_it_went(sent: Sent) -> None:
    assert stat.S_IMODE(sent.path.stat().st_mode) == 0o600
    office = open_office(sent.path.parents[1])
    loaded, _ = office.read(office.root / "cases/案件.yaml", DAY)
    assert isinstance(loaded, LoadedCase)
    docket = office.docket(loaded)
    assert {person.state for person in stand(docket, DAY).guardians} == {"已移交"}
    assert docket.events[-1].digest == sent.bundle.digest
    assert len(docket.events) == 5  # three of the file, the order, the transfer: nothing is deleted
    assert [one.code for one in sent.problems if "没有的" in one.message] == ["LEAD026"]


def test_it_arrives_whole_under_a_number_of_the_new_office(sent: Sent, there: Office) -> None:
    loaded = arrive(sent, there)
    case, docket = loaded.case, there.docket(loaded)
    assert case.id == "2026-044" and case.handlers == ("韦文", "覃明")
    kinds = [(one.kind, one.handed_by) for one in docket.events]
    old = [(kind, TOWN) for kind in ("首次缺课", "劝返", "书面报告", "制发")]
    assert kinds == [*old, ("接收移交", "")]
    assert docket.events[-1].former_id == "2026-001"
    order = docket.events[3]
    assert (order.number, order.organ) == ("青政责改〔2026〕1号", TOWN)
    assert [(there.root / one).read_bytes() for one in order.files] == [ORDER]
    assert len([*there.root.glob("移交/*/文件/*.docx")]) == 1  # kept, and not bound twice
    assert (there.root / case.evidence[0].file).read_bytes() == PHOTO
    states = {person.guardian: person.state for person in stand(docket, DAY).guardians}
    assert states == {FATHER: "责令待送达", MOTHER: "已报告"}  # it goes on where it stood


def changed(path: Path, name: str, data: bytes) -> Path:
    """Write the bundle again with other bytes under a name."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for entry in (*old.namelist(), *(() if name in old.namelist() else (name,))):
            new.writestr(entry, data if entry == name else old.read(entry))
    return other


def test_what_was_changed_on_the_way_is_refused(sent: Sent) -> None:
    photo = next(one.name for one in sent.bundle.pieces if one.whence)
    for name in (photo, "台账.jsonl", "案件文件.txt", "多出来的.txt", "../逃出去.txt"):
        with pytest.raises(UserError, match="LEAD021"):
            read_bundle(changed(sent.path, name, b"other"))
    with pytest.raises(UserError, match="LEAD023"):
        read_bundle(sent.path, "0000-0000-0000-0000")
    with pytest.raises(UserError, match="LEAD020"):
        read_bundle(changed(sent.path, "移交清单.json", b"{}"))
    newer = json.dumps({**sent.bundle.told, "格式": 9, "文件": []}).encode()
    with pytest.raises(UserError, match="LEAD022"):
        read_bundle(changed(sent.path, "移交清单.json", newer))
    assert read_bundle(sent.path, sent.bundle.digest.upper()).pupil == "普云飞"


def test_a_list_that_names_files_elsewhere_is_refused(sent: Sent) -> None:
    """Whoever forges the list with right hashes still gets nothing outside its folder."""
    told = json.loads(sent.bundle.manifest)
    first = told["文件"][0]
    told["文件"] = [{**first, "名称": "文件/../../逃出去.txt"}]
    forged = changed(sent.path, "移交清单.json", json.dumps(told).encode())
    with pytest.raises(UserError, match="LEAD021"):
        read_bundle(forged)


def test_neither_the_file_nor_the_child_is_taken_twice(sent: Sent, there: Office) -> None:
    loaded = arrive(sent, there)
    received = read_bundle(sent.path)
    with pytest.raises(UserError, match="LEAD024"):
        refuse_known(received, [loaded.path], anyway=False)
    other = workspace(there.root, OFFICE, case_text(ABSENT))
    with pytest.raises(UserError, match="LEAD025"):
        refuse_known(received, [other], anyway=False)
    refuse_known(received, [other], anyway=True)


def test_what_was_sent_to_another_organ_is_told(sent: Sent) -> None:
    received = read_bundle(sent.path)
    assert not strayed(received, "平湖县 西山镇人民政府")
    assert [one.code for one in strayed(received, "平湖县东山镇人民政府")] == ["LEAD063"]


def test_a_case_goes_once_and_the_same_case_gives_the_same_file(tmp_path: Path) -> None:
    path, told = town(tmp_path / "old"), Sending(THERE, DAY, "孩子到外地就读")
    digest = send(path, told, DAY, dry=True).bundle.digest
    assert not (tmp_path / "old/移交").exists()
    assert send(path, told, DAY).bundle.digest == digest
    with pytest.raises(UserError, match="LEAD028"):
        send(path, Sending(THERE, DAY, "其他"), DAY, tmp_path / "again")


def test_a_transfer_that_was_cut_off_is_taken_up_by_the_next_one(tmp_path: Path) -> None:
    """The file is there, the event is not: it goes on with the file, which is the same."""
    path, told = town(tmp_path / "old"), Sending(THERE, DAY, "孩子一家迁走")
    cut_off = send(path, told, DAY, dry=True)
    write_bundle(cut_off.path, cut_off.bundle)
    again = send(path, told, DAY)
    assert again.path == cut_off.path and "LEAD037" not in [one.code for one in again.problems]
    assert again.bundle.digest in path.read_text("utf-8")
    assert [*cut_off.path.parent.iterdir()] == [again.path]


def test_where_the_case_was_changed_since_the_old_file_is_told(tmp_path: Path) -> None:
    path, told = town(tmp_path / "old"), Sending(THERE, DAY, "孩子一家迁走")
    cut_off = send(path, told, DAY, dry=True)
    write_bundle(cut_off.path, cut_off.bundle)
    path.write_text(path.read_text("utf-8") + "# 又写了一句\n", "utf-8")
    again = send(path, told, DAY)
    assert again.path.name == f"移交-2026-001-{DAY}-2.zip"
    (stale,) = [one for one in again.problems if one.code == "LEAD037"]
    assert str(cut_off.path) in stale.message


def test_what_the_disk_refuses_leaves_neither_file_nor_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = town(tmp_path / "old")
    before = files_in(tmp_path)
    full_at(monkeypatch, path.name)
    with pytest.raises(UserError, match="磁盘已满"):
        send(path, Sending(THERE, DAY, "孩子一家迁走"), DAY)
    assert files_in(tmp_path) == before


def test_what_arrives_is_written_whole_or_not_at_all(
    sent: Sent, there: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_in(there.root)
    with monkeypatch.context() as patch, pytest.raises(UserError, match="磁盘已满"):
        full_at(patch, "2026-044.yaml")
        arrive(sent, there)
    assert files_in(there.root) == before and not (there.root / "移交").exists()
    assert arrive(sent, there).case.id == "2026-044"
