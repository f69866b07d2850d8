"""今日: what is to be done today, of the ledger as well."""

import shutil
from datetime import timedelta

import pytest

from kcbx_docs.ledger.backup_notes import note_backup
from tests.desk.conftest import SAMPLES, desk_at, let_in, words
from tests.ledger.world import NOON
from tests.slips.conftest import school_in


@pytest.mark.parametrize(
    ("noted", "days", "told"),
    [
        (None, 0, "7条登记没有备份，还没有备份过"),
        (5, 6, ""),
        (5, 7, "2条登记没有备份，上次备份是"),
        (7, 70, ""),
    ],
)
def test_a_ledger_that_grew_and_was_not_backed_up_for_a_week_is_told(
    tmp_path, noted: int | None, days: int, told: str
) -> None:
    shutil.copy(SAMPLES / "kcbx.yaml", tmp_path)
    (tmp_path / "cases").mkdir()
    book = school_in(tmp_path)
    if noted:
        note_backup(book, book.head().ledger, noted, "台账备份.zip")
    page = words(
        let_in(desk_at(tmp_path, NOON.date() + timedelta(days))).get("/").get_data(as_text=True)
    )
    assert (told in page) if told else ("备份" not in page), page
