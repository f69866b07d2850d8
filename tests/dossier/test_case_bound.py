"""The dossier of a case: what was issued with its receipts, evidence and photographs, in the order
of the pack, under numbers that are right; and first of all what is missing.
"""

import io
import json
import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.model import Attached, Draft, Recorded
from tests.cli.office import run
from tests.dossier.test_binding import corners
from tests.dossier.test_sheets import A3, A4, encrypted, paper, photograph, saved
from tests.ledger.world import CLERK, new_book

pytestmark = pytest.mark.pdf
CASE = "cases/案件.yaml"
OWN = ("缺件清单", "案卷", "卷内目录")
HISTORY = """\
案件: 控辍个案
编号: 2026-001
情形: 辍学
学生: {姓名: 普云飞, 身份证号: "530499201305061217"}
监护人:
  - {姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 云岭县青石镇白沙村}
  - {姓名: 李桂仙, 关系: 母亲, 身份证号: "530499198807234021", 住址: 云岭县青石镇白沙村}
学校: 云岭县青石中学
证据:
  - {名称: 学籍信息, 来源: 云岭县青石中学, 日期: 2026-09-18, 文件: 附件/学籍.pdf}
  - {名称: 考勤记录, 来源: 云岭县青石中学, 日期: 2026-09-18}
  - {名称: 录音, 来源: 普文清, 日期: 2026-09-19, 文件: 附件/密.pdf}
  - {名称: 别人的, 日期: 2026-09-19, 文件: ../../别处.pdf}
经过:
  - {日期: 2026-09-01, 事项: 首次缺课}
  - {日期: 2026-09-03, 事项: 劝返, 方式: 家访, 结果: 拒绝, 文件: 附件/家访.jpg}
"""


def text_page(text: str) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=A4)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    pdf.pages[0].contents_add(f"BT /F 20 Tf 100 600 Td ({text}) Tj ET".encode())
    return saved(pdf)


@cache
def signed() -> bytes:
    """A sealed paper whose appendix begins on a front: the back before it is empty."""
    pdf = pikepdf.open(io.BytesIO(text_page("SEALED")))
    pdf.add_blank_page(page_size=A4)
    pdf.pages.extend(pikepdf.open(io.BytesIO(text_page("APPENDIX"))).pages)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
    return saved(pdf)


def append(
    book: Book, kind: str, day: date, data: dict, *files: tuple[str, str, bytes]
) -> Recorded:
    kept: tuple[Attached, ...] = tuple(book.keep(raw, role, name) for role, name, raw in files)
    with book.writing(CLERK) as pen:
        return pen.append(Draft(kind, "2026-001", day, data, kept))


def order(book: Book, whom: str, number: str) -> Recorded:
    event = {
        "日期": "2026-09-25",
        "事项": "制发",
        "文书": "责令限期改正通知书",
        "文号": number,
        "对象": [whom],
    }
    data = {
        "document": "order-to-correct", "title": "责令限期改正通知书", "guardian": whom, "number": number,
        "given": True, "issuer": "云岭县青石镇人民政府", "event": event,
    }  # fmt: skip
    return append(
        book, "制发", date(2026, 9, 25), data, ("pdf", "责令.pdf", text_page(f"ORDER {number[-2]}"))
    )


def served(book: Book, issue: Recorded, whom: str, day: date, *files, **told: str) -> Recorded:
    event = {"日期": str(day), "事项": "送达", "文书": "责令限期改正通知书", "对象": [whom], **told}
    data = {
        "issue": issue.seq, "document": "order-to-correct", "number": issue.data["number"],
        "guardian": whom, "event": event,
    }  # fmt: skip
    return append(book, "送达", day, data, *files)


def office_in(folder: Path) -> Path:
    """An order to each parent: the father's sealed and served at the second try, the mother's not."""
    yaml = (
        "地区: national\n机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政}\n"
    )
    for name, raw in {
        "kcbx.yaml": yaml.encode(),
        CASE: HISTORY.encode(),
        "附件/学籍.pdf": paper(A3, 90),
        "附件/密.pdf": encrypted(),
        "附件/家访.jpg": photograph(),
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    book = new_book(folder)
    fathers = order(book, "普正华", "青政责改〔2026〕1号")
    order(book, "李桂仙", "青政责改〔2026〕2号")
    append(
        book, "盖章件", date(2026, 9, 26), {"issue": fathers.seq}, ("盖章件", "盖章.pdf", signed())
    )
    served(book, fathers, "普正华", date(2026, 9, 26), 方式="直接", 结果="未送达", 原因="不在家")
    receipt = ("回执", "回证.jpg", photograph())
    served(book, fathers, "普正华", date(2026, 9, 28), receipt, 方式="直接", 签收人="普正华")
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return office_in(tmp_path)


@dataclass(frozen=True)
class Bound:
    """A dossier that was bound twice: what was said, what was told as JSON, the file each time."""

    folder: Path
    said: str
    told: dict
    files: tuple[bytes, bytes]


@pytest.fixture(scope="module")
def bound(tmp_path_factory) -> Bound:
    folder = office_in(tmp_path_factory.mktemp("bound"))
    file = folder / "output/2026-001-案卷/案卷.pdf"
    said = run(folder, "dossier", CASE).output
    first = file.read_bytes()
    told = json.loads(run(folder, "dossier", CASE, "--json").stdout)
    return Bound(folder, said, told, (first, file.read_bytes()))


def pages(office: Path, name: str = "案卷") -> list[str]:
    pdf = pypdfium2.PdfDocument((office / f"output/2026-001-案卷/{name}.pdf").read_bytes())
    return [page.get_textpage().get_text_range() for page in pdf]


def test_the_contents_lead_to_the_pages_that_they_name(bound):
    rows = [(row["题名"], row["首页"]) for row in bound.told["volumes"][0]["contents"]]
    assert rows == [
        ("劝返（家访）", 1),
        ("学籍信息", 2),
        ("考勤记录", None),
        ("别人的", 3),
        ("录音", 4),
        ("责令限期改正通知书（普正华）", 5),
        ("送达情况记录（未送达）（普正华）", None),
        ("送达回证（普正华）", 7),
        ("责令限期改正通知书（李桂仙）", 8),
    ]
    read = pages(bound.folder)
    marked = corners(bound.files[0])
    numbered = {left or right: text for (left, right), text in zip(marked, read, strict=True)}
    assert "SEALED" in numbered["5"] and "ORDER 2" in numbered["8"]
    assert "PDF 加了密码" in numbered["4"] and "文件不在工作目录里" in numbered["3"]
    assert [name in page for name, page in zip(OWN, read[::2], strict=False)] == [True] * 3
    assert "备考表" in read[-1] and marked[:6] == [("", "")] * 6 and marked[-1] == ("", "")


def test_an_empty_back_bears_no_number_and_is_not_counted(bound):
    row = bound.told["volumes"][0]["contents"][5]
    assert (row["题名"], row["首页"], row["末页"]) == ("责令限期改正通知书（普正华）", 5, 6)
    read, marked = pages(bound.folder), corners(bound.files[0])
    sealed = next(place for place, text in enumerate(read) if "SEALED" in text)
    assert read[sealed + 1] == "" and "APPENDIX" in read[sealed + 2]
    assert marked[sealed : sealed + 3] == [("", "5"), ("", ""), ("", "6")]
    assert bound.told["volumes"][0]["pages"] == 8


def test_what_is_missing_is_told_first_with_what_to_do(bound):
    said = bound.said
    assert said.startswith("还缺：")
    for missing in (
        "青政责改〔2026〕2号，2026-09-25）没有盖章件",
        "青政责改〔2026〕2号，2026-09-25）没有送达记录",
        "2026-09-26的送达情况记录（未送达）缺情况记录或照片录像",
        "kcbx service proof cases/案件.yaml 5 --file 情况记录=扫描件.pdf",
        "kcbx paper seal cases/案件.yaml --number 青政责改〔2026〕2号 --to 李桂仙 --file 扫描件.pdf",
        "kcbx issue cases/案件.yaml --doc 劝返记录 --existing 扫描件.pdf --day 2026-09-03",
        "考勤记录》（2026-09-18）没有电子文件",
        "密.pdf 没有合入：PDF 加了密码",
    ):
        assert missing in said
    assert "青政责改〔2026〕1号，2026-09-25）没有盖章件" not in said


def test_a_signed_file_lies_beside_as_it_came(bound):
    beside = list((bound.folder / "output/2026-001-案卷").glob("原件*"))
    assert [path.name for path in beside] == ["原件01-盖章.pdf"]
    assert beside[0].read_bytes() == signed() and beside[0].stat().st_mode & 0o777 == 0o600
    assert "原件另存" in "".join(pages(bound.folder)[4].split())


def test_the_same_ledger_gives_the_same_bytes_and_no_place_of_a_photograph(bound):
    first, again = bound.files
    assert again == first
    with pikepdf.open(io.BytesIO(first)) as pdf:
        plain = saved(pdf, compress_streams=False)
    assert b"Exif" not in plain and b"2026:09:20" not in plain and b"/JavaScript" not in plain


def test_a_pack_may_put_the_decision_first_and_the_offices_own_papers_apart(office):
    event = {"日期": "2026-10-20", "事项": "立案"}
    for document, title, day in (
        ("case-filing", "立案审批表", 20),
        ("legal-review", "法制审核意见书", 21),
        ("penalty-decision", "行政处罚决定书", 22),
    ):
        data = {
            "document": document,
            "title": title,
            "guardian": "普正华",
            "number": "",
            "issuer": "甲",
        }
        told = data | ({"event": event} if day == 20 else {})
        append(new_book_again(office), "制发", date(2026, 10, day), told, ("pdf", "件.pdf", text_page(title.encode().hex()[:6])))  # fmt: skip
    told = json.loads(run(office, "dossier", CASE, "--order", "决定在前", "--json").stdout)
    main, side = told["volumes"]
    titles = [row["题名"] for row in main["contents"]]
    assert titles[:3] == [
        "立案审批表（普正华）",
        "行政处罚决定书（普正华）",
        "责令限期改正通知书（普正华）",
    ]
    assert titles.index("送达回证（普正华）") < titles.index("学籍信息")
    assert [row["题名"] for row in side["contents"]] == ["法制审核意见书（普正华）"]
    assert (main["volume"], side["volume"]) == ("正卷", "副卷")
    assert "缺件清单" in pages(office, "案卷正卷")[0] and "案卷" in pages(office, "案卷副卷")[0]


def new_book_again(office: Path) -> Book:
    from kcbx_docs.ledger.book import FOLDER, open_book

    return open_book(office / FOLDER)


def test_a_paper_of_the_ledger_that_was_changed_is_told_not_bound(office):
    mothers = new_book_again(office).events("2026-001", ("制发",))[1]
    name = mothers.attached[0].sha256[-62:]
    blob = next(p for p in (office / "台账/原件").rglob("*") if p.is_file() and p.name == name)
    blob.chmod(0o600)
    blob.write_bytes(text_page("FORGED"))
    done = run(office, "dossier", CASE)
    assert done.exit_code == 0 and "责令.pdf 没有合入" in done.output
    assert "FORGED" not in "".join(pages(office))


def test_a_case_without_a_ledger_says_what_it_lacks(office):
    shutil.rmtree(office / "台账")
    done = run(office, "dossier", CASE)
    assert (
        done.exit_code == 0
        and "《劝返记录》（2026-09-03）只写在案件文件里，没有原件" in done.output
    )
