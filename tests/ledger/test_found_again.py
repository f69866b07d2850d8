"""A scan that the ledger lost and that still lies in output is put back, and only that."""

from kcbx_docs.ledger.backup import back_up
from kcbx_docs.ledger.book import BLOBS
from kcbx_docs.ledger.found_again import put_back
from kcbx_docs.ledger.verify import verify
from tests.ledger.test_verify import blob_of
from tests.ledger.world import issue, new_book


def test_what_lies_in_output_is_put_back(tmp_path):
    book = new_book(tmp_path)
    issue(book, data=b"the signed paper")
    output = tmp_path / "output/2026-001"
    output.mkdir(parents=True)
    (output / "another.pdf").write_bytes(b"another paper")
    blob_of(book, b"the signed paper").unlink()
    assert put_back(book, [tmp_path / "output"]) == ()
    assert not verify(book).sound
    (output / "310.pdf").write_bytes(b"the signed paper")
    assert put_back(book, [tmp_path / "output"]) == (output / "310.pdf",)
    assert verify(book).sound
    assert back_up(book, tmp_path / "U盘").files == 1
    assert len([*(tmp_path / "台账" / BLOBS).glob("??/*")]) == 1
