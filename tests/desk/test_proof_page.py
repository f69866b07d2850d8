"""审定样本: printed as long work, kept beside those before, and told from them page by page."""

import io
import time

import pikepdf
import pytest

from kcbx_docs.batch.asked import Watching
from kcbx_docs.desk.chapters import chapters, compared
from kcbx_docs.filing import proofs
from kcbx_docs.filing.proof import ProofBook
from tests.desk.conftest import DAY, OWN

BOOK = {"Contents": ["of two"], "Order": ["bring him to school", "within ten days"]}


def book(papers: dict[str, list[str]]) -> bytes:
    """Make a proof: a page for each text, numbered in its corner, a bookmark for each paper."""
    document, out = pikepdf.new(), io.BytesIO()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    with document.open_outline() as outline:
        for title, texts in papers.items():
            outline.root.append(pikepdf.OutlineItem(title, len(document.pages)))
            for text in texts:
                number = len(document.pages) + 1
                page = document.add_blank_page(page_size=(300, 400))
                page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
                said = (
                    f"BT /F 12 Tf 20 200 Td ({text}) Tj ET BT /F 12 Tf 270 380 Td ({number}) Tj ET"
                )
                page.Contents = document.make_stream(said.encode())
    document.save(out)
    return out.getvalue()


def test_a_paper_is_other_by_its_words_not_by_where_it_stands() -> None:
    longer = BOOK | {"Contents": ["of two", "and more"], "New": ["letter"]}
    found = compared(chapters(book(BOOK)), chapters(book(longer)))
    changed = {one.title: one for one in found}
    assert [*changed] == ["Contents", "New"]
    assert changed["Contents"].pages == ((None, 1),)
    assert changed["New"].before is None
    worded = BOOK | {"Order": ["bring him to school", "within five days"]}
    (order,) = compared(chapters(book(BOOK)), chapters(book(worded)))
    assert order.pages == ((2, 2),)
    assert [line.pieces[0] for line in order.lines] == [(True, "within ", "within ")]
    assert [*compared(chapters(book(BOOK)), chapters(book(BOOK)))] == []


@pytest.fixture
def prints(monkeypatch):
    """Return what decides what is printed next."""

    def printed(papers: dict[str, list[str]] | None) -> None:
        def made(_library, progress):
            progress("劝返通知书")
            if papers is None:
                raise RuntimeError
            return ProofBook(book(papers), 2, 3, ())

        monkeypatch.setattr(proofs, "proof_of", made)

    return printed


def begun(browser, desk, **told: str) -> None:
    answer = browser.post("/templates/proof?name=yunnan", data=told, headers=OWN)
    assert answer.status_code == 303
    until = time.monotonic() + 20
    while desk.jobs.unfinished:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_two_proofs_are_kept_and_shown_beside_each_other(browser, desk, prints) -> None:
    prints(BOOK)
    begun(browser, desk)
    prints(BOOK | {"Order": ["bring her to school", "within ten days"]})
    begun(browser, desk)
    files = proofs.proofs_of(desk.root, "yunnan")
    assert [path.name for path in files] == [f"yunnan@{DAY}.pdf", f"yunnan@{DAY}-2.pdf"]
    page = browser.get("/templates/proof?name=yunnan").get_data(as_text=True)
    address = page.split('href="/templates/proof/difference')[1].split('"', maxsplit=1)[0]
    told = browser.get("/templates/proof/difference" + address.replace("&amp;", "&"))
    text = told.get_data(as_text=True)
    assert "《Order》" in text
    assert "《Contents》" not in text
    assert "<del>" in text
    picture = text.split('<img src="')[1].split('"', maxsplit=1)[0].replace("&amp;", "&")
    assert browser.get(picture).data.startswith(b"\x89PNG")
    whole = page.split('href="/templates/proof/file')[1].split('"', maxsplit=1)[0]
    opened = browser.get("/templates/proof/file" + whole.replace("&amp;", "&"))
    assert opened.data == files[-1].read_bytes()
    assert browser.get("/templates/proof/file?name=yunnan&now=../kcbx.yaml").status_code == 404
    assert browser.get("/templates/proof/file?name=fujian" + whole[12:]).status_code == 404


def test_what_fails_leaves_nothing_behind(browser, desk, prints) -> None:
    prints(None)
    begun(browser, desk)
    assert proofs.proofs_of(desk.root, "yunnan") == ()


def test_all_packs_are_counted_together(prints, desk) -> None:
    prints(BOOK)
    told = []
    watching = Watching(meter=lambda done, whole, what: told.append((done, whole, what)))
    names = proofs.keep_proofs(desk.root, ["yunnan", "yunnan/yuxi"], DAY, watching)
    assert names == (f"yunnan@{DAY}.pdf", f"yunnan-yuxi@{DAY}.pdf")
    (first, *_, last), wholes = told, {whole for _, whole, _ in told}
    assert first[0] == 0
    assert last[0] > last[1] // 2
    assert len(wholes) == 1
