"""What is brought as a proof is read as it is; what is none is refused by its name."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_form import lacking
from kcbx_docs.issuing.proofs import days_of_photographs, read_proof, read_proofs
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import UserError
from tests.kinds.world import MADE, case_text, workspace


def sheet(pages: int = 1, *, locked: bool = False, xfa: bool = False) -> bytes:
    """Make a PDF of blank pages."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        if xfa:
            pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("x"))
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="x") if locked else False)
        return out.getvalue()


PDF = sheet()


def photograph(path: Path, taken: str = "") -> Path:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    Image.new("RGB", (40, 30), "white").save(path, exif=exif)
    return path


def service(**more: object) -> Event:
    told = {"日期": "2026-03-13", "事项": "送达", "文书": "甲", "对象": "乙", "方式": "直接"}
    return Event(**{**told, **more})


POSTED = {"方式": "邮寄", "邮件单号": "EMS1", "交寄日期": "2026-03-13"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.pdf", b"", "SERV024"),
        ("改名.jpg", PDF, "SERV025"),
        ("程序.exe", b"MZ", "SERV025"),
        ("加密.pdf", sheet(locked=True), "SERV026"),
        ("没有页.pdf", sheet(0), "SERV027"),
        ("表单.pdf", sheet(xfa=True), "SERV030"),
        ("半截.pdf", PDF[:40], "SERV027"),
        ("半张.png", b"\x89PNG\r\n\x1a\n\x00\x00", "SERV027"),
    ],
)
def test_what_is_no_proof_is_refused_by_its_name(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    proof, [found] = read_proof("送达回证", tmp_path / name)
    assert proof is None and found.code == code and found.is_error
    assert found.place.file.endswith(name)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.pdf", tmp_path):
        assert [found.code for found in read_proof("送达回证", path)[1]] == ["SERV022"]


def test_a_name_that_nobody_could_write_down_is_refused(tmp_path: Path) -> None:
    for name in ("\udcff.pdf", "回\u200b证.pdf"):
        assert [found.code for found in read_proof("送达回证", tmp_path / name)[1]] == ["READ012"]


def test_a_picture_far_too_large_is_refused(tmp_path: Path) -> None:
    Image.new("1", (12_001, 10_000)).save(tmp_path / "大.png")
    assert [found.code for found in read_proof("照片录像", tmp_path / "大.png")[1]] == ["SERV028"]


def test_one_kind_needs_no_name_and_several_do(tmp_path: Path) -> None:
    (tmp_path / "回证.pdf").write_bytes(PDF)
    [proof] = read_proofs((str(tmp_path / "回证.pdf"),), service())
    assert (proof.kind, proof.name, proof.data) == ("送达回证", "回证.pdf", PDF)
    with pytest.raises(UserError, match="SERV021"):
        read_proofs((str(tmp_path / "回证.pdf"),), service(**POSTED, 签收日期="2026-03-16"))
    [slip] = read_proofs((f"交寄单={tmp_path / '回证.pdf'}",), service(**POSTED))
    assert slip.kind == "交寄单"
    with pytest.raises(UserError, match="SERV020"):
        read_proofs((f"收条={tmp_path / '没有.pdf'}",), service())


def test_each_outcome_lacks_its_own_proofs() -> None:
    assert lacking(service(), ()) == (("送达回证",),)
    assert lacking(service(**POSTED), ()) == (("交寄单",),)
    back = service(**POSTED, 结果="未送达", 原因="退回")
    assert lacking(back, ("交寄单",)) == (("退件封面", "物流轨迹"),)
    assert lacking(service(**POSTED, 签收日期="2026-03-16"), ("交寄单", "物流轨迹")) == ()


def test_a_photograph_of_another_day_is_a_reminder(tmp_path: Path) -> None:
    proofs = read_proofs(
        (f"照片录像={photograph(tmp_path / '甲.jpg', '2026:03:12 09:00:00')}",), service()
    )
    assert proofs[0].taken == date(2026, 3, 12)
    assert [found.severity for found in days_of_photographs(proofs, date(2026, 3, 13))] == [
        "warning"
    ]
    assert list(days_of_photographs(proofs, date(2026, 3, 12))) == []
    [undated] = read_proofs((f"照片录像={photograph(tmp_path / '乙.jpg')}",), service())
    assert undated.taken is None


def test_a_place_may_want_more_and_never_less() -> None:
    """A photograph of what was left behind, a trace of every letter: beside the law's own."""
    local = {"留置": ("照片录像",), "邮寄": ("物流轨迹", "交寄单")}
    left = service(方式="留置", 拒收原因="不收", 见证人=["白有福"])
    assert lacking(left, ("送达回证", "情况记录")) == ()
    assert lacking(left, ("送达回证", "情况记录"), local) == (("照片录像",),)
    assert lacking(left, ("照片录像",), local) == (("送达回证",),)
    posted = service(**POSTED, 签收日期="2026-03-16")
    assert lacking(posted, ("交寄单", "回执联"), local) == (("物流轨迹",),)
    back = service(方式="邮寄", 结果="未送达", 原因="退回")
    assert lacking(back, ("交寄单", "退件封面"), local) == (), "what failed proves no service"


@pytest.mark.parametrize(
    ("proofs", "code"),
    [("{留置: [照片录像]}", ""), ("{快递: [交寄单]}", "SERV065"), ("{留置: [收条]}", "TYPE")],
)
def test_a_pack_names_ways_and_proofs_of_the_table(proofs: str, code: str, tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(MADE))
    pack = tmp_path / "templates/pack.yaml"
    pack.write_text(pack.read_text("utf-8") + f"送达证明: {proofs}\n", "utf-8")
    if not code:
        assert open_office(path).law.proofs == {"留置": ("照片录像",)}
        return
    with pytest.raises(UserError, match=code if code == "SERV065" else "收条"):
        open_office(path)
