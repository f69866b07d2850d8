"""Only an exact code of a slip that stands is booked, once, with its picture."""

import os
from functools import partial
from pathlib import Path

import pytest

from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.codes import new_code, return_code
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.verify import verify
from kcbx_docs.office.returns import Returns
from kcbx_docs.problems import UserError
from kcbx_docs.slips import scan as scanning
from kcbx_docs.slips.record import Said, SlipAct, record
from kcbx_docs.slips.scan import SUFFIXES, Picture, pictures_below
from tests.batch.test_resume import killed
from tests.ledger.world import CLERK
from tests.slips.conftest import (
    DAY,
    NOTICE,
    PROMISE,
    Photograph,
    scanned,
    slip_of,
    states,
    text_of,
    void,
)

ONE, TWO, THREE = "青中26秋七1-001", "青中26秋七1-002", "青中26秋七1-003"
LAST_TERM = "青中26春六1-001"


def test_a_heap_in_one_picture_books_each_with_the_picture_as_proof(
    book: Book, photograph: Photograph
) -> None:
    path = photograph("堆.png", text_of(book, ONE), text_of(book, TWO), text_of(book, THREE))
    done, told = scanned(book, path, each=3)
    assert (len(done.booked), told) == (3, [])
    assert states(book) == dict.fromkeys((ONE, TWO, THREE), "签名待看")
    (proof,) = Returns.of(book).of_slip(slip_of(book, ONE), NOTICE).came.proofs
    assert book.bytes_of(proof) == path.read_bytes()
    assert verify(book).sound


def test_the_same_picture_twice_books_once(book: Book, photograph: Photograph) -> None:
    path = photograph("一.png", text_of(book, ONE))
    copy = path.with_name("又一份.png")
    copy.write_bytes(path.read_bytes())
    scanned(book, path)
    head = book.head()
    done, told = scanned(book, path, copy)
    assert (len(done.booked), done.again, told) == (0, 2, [])
    assert book.head() == head


def test_another_picture_of_a_slip_that_is_booked_is_told(
    book: Book, photograph: Photograph
) -> None:
    first = photograph("一.png", text_of(book, ONE))
    second = photograph("二.png", "", text_of(book, ONE))
    _, told = scanned(book, first, second)
    assert told == ["SLIP014"]


def test_a_second_slip_in_the_place_of_a_defective_one_is_asked_about(
    book: Book, photograph: Photograph
) -> None:
    scanned(book, photograph("一.png", text_of(book, ONE)))
    said = Said(ONE, NOTICE, slip_of(book, ONE).school, "未签名")
    record(book, [said], SlipAct(CLERK, DAY))
    done, told = scanned(book, photograph("补签.png", "", text_of(book, ONE)))
    assert (done.booked, told, states(book)) == ([], ["SLIP018"], {ONE: "有缺陷"})


def test_notice_and_commitment_are_counted_apart(book: Book, photograph: Photograph) -> None:
    scanned(book, photograph("承诺.png", text_of(book, ONE, 2)))
    assert (states(book, NOTICE), states(book, PROMISE)) == ({}, {ONE: "签名待看"})


def test_the_notice_itself_is_no_slip(book: Book, photograph: Photograph) -> None:
    done, told = scanned(book, photograph("告知书.png", text_of(book, ONE, 0)))
    assert (done.booked, told, states(book)) == ([], ["SLIP008"], {})


def test_a_sheet_that_was_not_cut_counts_only_if_said(book: Book, photograph: Photograph) -> None:
    path = photograph("整张.png", text_of(book, ONE, 0), text_of(book, ONE))
    done, told = scanned(book, path)
    assert (done.booked, told) == ([], ["SLIP006"])
    done, told = scanned(book, path, uncut=True)
    assert (len(done.booked), told, states(book)) == (1, [], {ONE: "签名待看"})


def test_a_slip_beside_the_notice_of_another_pupil_is_booked(
    book: Book, photograph: Photograph
) -> None:
    path = photograph("桌上.png", text_of(book, TWO, 0), text_of(book, ONE))
    _, told = scanned(book, path)
    assert (states(book), told) == ({ONE: "签名待看"}, ["SLIP008"])


def test_two_codes_upon_each_other_are_asked(book: Book, photograph: Photograph) -> None:
    near = ((60.0, 60.0), (60.0, 80.0), (60.0, 200.0))
    texts = (text_of(book, ONE), text_of(book, TWO), text_of(book, THREE))
    _, told = scanned(book, photograph("叠.png", *texts, places=near))
    assert told == ["SLIP004", "SLIP004"]
    assert states(book) == {THREE: "签名待看"}


def _altered(book: Book) -> dict[str, str]:
    code = slip_of(book, ONE).code
    other = "3" if code[0] != "3" else "4"
    return {
        "一个字改过": f"{other}{code[1:]} R1",
        "少一个字": f"{code[:-1]} R1",
        "本册没有给过": return_code(new_code(book.head().ledger), 1),
        "别的一册": return_code(new_code("ABCD-EFGH"), 1),
        "没有的联": f"{code} R7",
        "联写错": f"{code} X1",
        "网址": f"https://example.org/{code}",
        "别人的二维码": "https://u.example.com/kAbC",
    }


@pytest.mark.parametrize(
    ("which", "code"),
    [
        ("一个字改过", "SLIP003"),
        ("少一个字", "SLIP001"),
        ("本册没有给过", "SLIP007"),
        ("别的一册", "SLIP007"),
        ("没有的联", "SLIP007"),
        ("联写错", "SLIP003"),
        ("网址", "SLIP001"),
        ("别人的二维码", "SLIP001"),
    ],
)
def test_a_code_that_is_not_exactly_ours_books_nobody(
    book: Book, photograph: Photograph, which: str, code: str
) -> None:
    done, told = scanned(book, photograph("改.png", _altered(book)[which]))
    assert (done.booked, told, states(book)) == ([], [code], {})


def test_a_void_serial_is_told_with_the_one_in_its_place(
    book: Book, photograph: Photograph
) -> None:
    path = photograph("旧.png", text_of(book, ONE), text_of(book, TWO))
    void(book, ONE)
    _, told = scanned(book, path)
    assert (told, states(book)) == (["SLIP009"], {TWO: "签名待看"})


def test_a_slip_of_last_term_goes_to_last_term_or_is_told(
    book: Book, photograph: Photograph
) -> None:
    path = photograph("夹着.png", text_of(book, LAST_TERM), text_of(book, ONE))
    _, told = scanned(book, path, batch="开学告知")
    assert (told, states(book)) == (["SLIP010"], {ONE: "签名待看"})
    _, told = scanned(book, path)
    assert states(book) == {ONE: "签名待看", LAST_TERM: "签名待看"}


def test_fewer_slips_than_said_are_told(book: Book, photograph: Photograph) -> None:
    _, told = scanned(book, photograph("两份.png", text_of(book, ONE), text_of(book, TWO)), each=3)
    assert told == ["SLIP013"]


def test_a_file_that_is_broken_stops_nothing(
    book: Book, photograph: Photograph, tmp_path: Path
) -> None:
    broken = tmp_path / "照片" / "坏.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 half")
    done, told = scanned(book, broken, photograph("好.png", text_of(book, ONE)))
    assert len(done.booked) == 1
    assert [code[:4] for code in told] == ["SCAN"]
    assert not any(one.is_error for one in done.problems)


def test_no_name_of_a_child_gets_into_the_ledger_by_the_name_of_a_file(
    book: Book, photograph: Photograph
) -> None:
    scanned(book, photograph("王小明的回执.png", text_of(book, ONE)))
    (event,) = book.events(kinds=("回执",))
    assert event.attached[0].name == "影像.png"


def test_a_ledger_that_refuses_is_told_and_no_picture_blamed(
    book: Book, photograph: Photograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kcbx_docs.problems import stop

    def refuse(*_: object) -> None:
        raise stop("LEDG014")

    path = photograph("一.png", text_of(book, ONE))
    monkeypatch.setattr(Book, "writing", refuse)
    with pytest.raises(UserError) as caught:
        scanned(book, path)
    assert caught.value.problems[0].code == "LEDG014"


def test_who_was_cut_off_goes_on_where_it_stopped(book: Book, photograph: Photograph) -> None:
    files = [photograph(f"{n}.png", text_of(book, one)) for n, one in enumerate((ONE, TWO, THREE))]
    scanned(book, *files[:2])  # each page stands when the next is read
    done, _ = scanned(book, *files)
    assert (len(done.booked), done.again) == (1, 2)
    assert len(states(book)) == 3
    assert verify(book).sound


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize(
    ("owner", "name", "call"),
    [
        (scanning, "sort_out", 2),  # a page was read, and nothing of it is booked
        (Picture, "keep", 2),  # before its picture is kept
        (Book, "writing", 2),  # its picture is kept, and nobody's yet
        (Pen, "append", 3),  # in the middle of a page with two slips
        (Returns, "take", 2),  # it is booked, and nobody was told
    ],
)
def test_who_is_killed_goes_on_and_every_slip_is_booked_once(
    book: Book, photograph: Photograph, owner: object, name: str, call: int
) -> None:
    one, two, three, four = (f"青中26秋七1-00{n}" for n in (1, 2, 3, 4))
    files = [
        photograph("1.png", text_of(book, one)),
        photograph("2.png", text_of(book, two), text_of(book, three)),
        photograph("3.png", text_of(book, four)),
    ]
    killed(partial(scanned, book, *files), owner, name, call)
    done, told = scanned(book, *files)
    assert told == []
    assert len(done.booked) + done.again == 4
    events = book.events(kinds=("回执",))
    assert sorted(e.data["items"][0]["serial"] for e in events) == [one, two, three, four]
    assert [len(one.attached) for one in events] == [1, 1, 1, 1]
    assert verify(book).sound


def test_folders_are_looked_through_and_other_files_named(tmp_path: Path) -> None:
    folder = tmp_path / "回执"
    (folder / "七1").mkdir(parents=True)
    for name in ("七1/a.JPG", "b.pdf", "说明.docx", ".DS_Store", "~$x.xlsx"):
        (folder / name).write_bytes(b"x")
    files, told = pictures_below([folder, folder / "b.pdf"])
    assert [path.name for path in files] == ["b.pdf", "a.JPG"]
    assert [one.code for one in told] == ["SLIP012"]
    assert ".heic" in SUFFIXES
