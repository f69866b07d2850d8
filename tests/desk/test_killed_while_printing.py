"""A school's stack is printed: twenty tabs do not wait for it; the desk is killed in its middle,
and opened again.
"""

import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from kcbx_docs.ledger.book import FOLDER, open_book
from kcbx_docs.ledger.model import PRINTED, RESERVED, VOIDED
from kcbx_docs.ledger.verify import verify
from kcbx_docs.office.slips import slips_of
from tests.browser.desks import office_at
from tests.cli.office import run
from tests.desk.on_its_own import DeskOnItsOwn, desk_of, there, told

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.pdf,
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="这里看不到别的进程"),
]
CLASSES = [f"{grade}年级{number}班" for grade in "七八九" for number in range(1, 5)]
IN_A_CLASS = 20
EVERYBODY = len(CLASSES) * IN_A_CLASS
CHOICES = [
    ("name", "秋季告知"),
    ("term", "2026年秋季学期"),
    ("school", "云岭县青石中学"),
    ("copies-liability-notice", "1"),
    ("copies-commitment", "1"),
    ("format", "pdf"),
]
OF_CASE = ("", "/papers", "/write", "/service", "/write?kind=劝返", "/undo")
PLAIN = (
    *("/", "/cases", "/days", "/notices", "/slips", "/lists", "/machine", "/leads", "/new"),
    *("/lists/ledger", "/lists/table/文号登记簿", "/lists/table/送达台账", "/office"),
    "/lists/report?month=2026-10",
)


def roster() -> bytes:
    rows = ["班级,姓名,现住址,父亲姓名"]
    for number in range(EVERYBODY):
        name = (
            "普李张杨王罗段白"[number % 8]
            + "云飞晓岚文清正宁玉芬"[number % 10]
            + "一二三四五"[number % 5]
        )
        rows.append(f"{CLASSES[number // IN_A_CLASS]},{name},白沙村{number}号,普大明")
    return "\n".join(rows).encode()


def wait(for_what: Callable[[], object]) -> None:
    until = time.monotonic() + 120
    while not for_what():
        assert time.monotonic() < until, "it never comes"
        time.sleep(0.02)


def heading(desk: DeskOnItsOwn, address: str) -> str:
    found = re.search("<h1>(.*?)</h1>", desk.page(address), re.DOTALL)
    assert found, address
    return found[1]


def printed_halfway(desk: DeskOnItsOwn, job: str, addresses: list[str]) -> dict[str, str]:
    """Hold what prints in its middle, while twenty tabs are opened; return their headings."""
    with ThreadPoolExecutor(len(addresses)) as tabs:
        asked = {one: tabs.submit(heading, desk, one) for one in addresses}
        wait(lambda: int(str(desk.far(job)["done"])) >= EVERYBODY // 3)
        told(desk.workers(), signal.SIGSTOP)
        return {one: answer.result() for one, answer in asked.items()}


def killed(desk: DeskOnItsOwn) -> None:
    """Kill the desk; what printed for it is let go on, and dies by itself."""
    workers = desk.workers()
    assert workers
    desk.process.kill()
    desk.process.wait()
    told(workers, signal.SIGCONT)
    wait(lambda: not any(map(there, workers)))


def batch_in(desk: DeskOnItsOwn) -> str:
    found = re.search(r'href="(/notices/[0-9a-f]+)">秋季告知<', desk.page("/notices"))
    assert found
    return found[1]


def test_tabs_do_not_wait_for_a_batch_and_what_was_killed_with_its_desk_goes_on(
    tmp_path: Path,
) -> None:
    root = office_at(tmp_path / "校", "cases/到责令.yaml")
    assert run(root, "number", "start", "青政责改", "2026", "5").exit_code == 0  # there is a ledger
    with desk_of(root) as desk:
        (case,) = {*re.findall(r'href="(/cases/[0-9a-f]+)"', desk.page("/cases"))}
        addresses = [*PLAIN, *(f"{case}{then}" for then in OF_CASE)]
        read = desk.drop("/notices", "名册.csv", roster())
        before = {one: heading(desk, one) for one in addresses}
        job = desk.send(read, CHOICES)
        assert printed_halfway(desk, job, addresses) == before
        far = desk.far(job)
        assert len(before) == 20
        assert (far["state"], far["over"]) == ("正在做", False), "all came back before it is over"
        killed(desk)
    with desk_of(root) as desk:
        nothing_half_is_there(desk, root)
        job = desk.send(f"{batch_in(desk)}/print", [("how", "resume"), ("format", "pdf")])
        wait(lambda: desk.far(job)["over"])
        assert desk.far(job)["state"] == "做完了"
    every_number_is_given_once(root)


def nothing_half_is_there(desk: DeskOnItsOwn, root: Path) -> None:
    """The page of the batch tells what waits; no paper can be taken for one that was printed."""
    assert [one.name for one in (root / "output/秋季告知").iterdir()] == [".接印"]
    assert "上次没有做完就断了" in desk.page("/machine")
    whole = re.search(r"印好的 (\d+) 个班还留着", desk.page(batch_in(desk)))
    assert whole and 0 < int(whole[1]) < len(CLASSES)


def every_number_is_given_once(root: Path) -> None:
    """The ledger is whole, and what it gave is on paper."""
    book = open_book(root / FOLDER)
    assert verify(book).problems == ()
    kinds = [event.kind for event in book.events(kinds=(RESERVED, PRINTED, VOIDED))]
    assert kinds == [RESERVED, PRINTED], "nothing is booked or printed twice"
    slips = slips_of(book)
    assert {slip.state for slip in slips} == {"印发"}
    assert len({slip.serial for slip in slips}) == len({slip.code for slip in slips}) == EVERYBODY
    papers = [*(root / "output/秋季告知").glob("*告知书*.pdf")]
    assert len(papers) == len(CLASSES)
    words = "".join(map(words_of, papers))
    often = {words.count(slip.serial) for slip in slips}
    assert len(often) == 1 and often != {0}, "nobody's paper is lost or there twice"


def words_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = (page.get_textpage().get_text_range() for page in document)
        return re.sub(r"\s", "", "".join(pages))
