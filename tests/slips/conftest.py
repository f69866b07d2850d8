"""A school's ledger with what it gave out, and pictures of what came back."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.codes import new_code, return_code
from kcbx_docs.ledger.model import Draft
from kcbx_docs.office.returns import Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.slips.pictures import SlipsAsked
from kcbx_docs.slips.scan import Scanned, ScanOrder, scan
from tests.ledger.world import CLERK, new_book
from tests.scans.degraded import sheet

DAY = date(2026, 9, 1)
SCHOOL, AUTUMN, SPRING = "云岭县青石中学", "2026年秋季学期", "2026年春季学期"
NOTICE, PROMISE = "liability-notice", "commitment"
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def give(
    book: Book, batch: str, term: str, label: str, head: str, names: list[str], school: str = SCHOOL
) -> None:
    """Give serials to the pupils of a class, and record that their papers were printed."""
    about = {"school": school, "batch": batch, "term": term}
    serials = [f"{head}-{number:03d}" for number in range(1, len(names) + 1)]
    listed = [{"serial": s, "name": n, "key": s} for s, n in zip(serials, names, strict=True)]
    kept = book.keep(_json(listed), "名单", "名单.json")
    items = [
        {
            "serial": serial,
            "code": new_code(book.head().ledger),
            "class": label,
            "papers": [NOTICE, PROMISE],
            "back": [NOTICE, PROMISE],
            "day": DAY.isoformat(),
            "replaces": "",
        }
        for serial in serials
    ]
    printed = [{"serial": s, "papers": [NOTICE], "pages": 2, "content": s} for s in serials]
    with book.writing(CLERK) as pen:
        pen.append(Draft("备号", "", DAY, {**about, "items": items}, (kept,)))
        pen.append(Draft("印发", "", DAY, {**about, "items": printed}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def void(book: Book, serial: str, batch: str = "开学告知") -> None:
    """End a serial as a reprint does."""
    data = {"school": SCHOOL, "batch": batch, "term": AUTUMN, "reason": "姓名改了"}
    with book.writing(CLERK) as pen:
        pen.append(Draft("作废", "", DAY, {**data, "items": [{"serial": serial, "by": ""}]}))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return the ledger of a school: two classes this term, one class last term."""
    return school_in(tmp_path)


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Returns:
    """Return what that ledger knows, for tests that write nothing."""
    return Returns.of(school_in(tmp_path_factory.mktemp("school")))


def school_in(folder: Path) -> Book:
    """Make the ledger in a folder."""
    book = new_book(folder)
    give(book, "春季告知", SPRING, "六年级1班", "青中26春六1", ["岩温", "玉香"])
    names = ["王小明", "刀大明", "王小明", "白桂仙"]
    give(book, "开学告知", AUTUMN, "七年级1班", "青中26秋七1", names)
    give(book, "开学告知", AUTUMN, "七年级11班", "青中26秋七11", ["李子涵", "普云飞"])
    return book


def slip_of(book: Book, serial: str) -> Slip:
    """Return what the ledger knows of a serial."""
    return next(slip for slip in Returns.of(book).slips if slip.serial == serial)


def text_of(book: Book, serial: str, paper: int = 1) -> str:
    """Return what the square on a slip says; 0 is that of the notice itself."""
    code = slip_of(book, serial).code
    return return_code(code, paper) if paper else code


def states(book: Book, document: str = NOTICE) -> dict[str, str]:
    """Return what became of each serial's paper, but for those that are missing."""
    due = Returns.of(book).due()
    told = {p.slip.serial: p.state for p in due if p.document == document}
    return {serial: state for serial, state in told.items() if state != "未收回"}


PLACES = ((25.0, 20.0), (25.0, 110.0), (25.0, 200.0), (140.0, 60.0))
Photograph = Callable[..., Path]


@pytest.fixture
def photograph(tmp_path: Path) -> Photograph:
    """Return what photographs squares with these texts, each on a place of its own."""
    folder = tmp_path / "照片"
    folder.mkdir()

    def take(name: str, *texts: str, places: tuple[tuple[float, float], ...] = PLACES) -> Path:
        page = sheet(dict(zip(places, texts, strict=False)), 110, size=16)
        path = folder / name
        page.save(path)
        return path

    return take


def scanned(
    book: Book, *files: Path, batch: str = "", uncut: bool = False, each: int = 1
) -> tuple[Scanned, list[str]]:
    """Scan pictures; return what came of it and the codes of what was told."""
    order = ScanOrder(CLERK, DAY, SlipsAsked(batch, uncut), each=each)
    done = scan(book, files, order)
    return done, [one.code for one in done.problems]


def ready_for_slips(root: Path) -> None:
    """Bring a workspace to where the examples of ``kcbx slips`` make sense."""
    book = new_book(root)
    names = [f"王{number}" for number in range(1, 51)]
    give(book, "开学告知", AUTUMN, "七年级1班", "青中26秋七1", names)
    texts = [text_of(book, f"青中26秋七1-{number:03d}") for number in (1, 2, 3)]
    page = sheet(dict(zip(PLACES, texts, strict=False)), 110, size=16)
    (root / "回执照片").mkdir()
    page.save(root / "回执照片" / "一.png")
    page.save(root / "七年级1班.pdf", resolution=110)
    rows = ("编号,姓名,收回,缺陷", "007,王7,是,", "008,王8,是,破损", "009,王9,否,")
    (root / "签收登记表.csv").write_text("\n".join(rows), "utf-8")
