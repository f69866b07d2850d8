"""What a dossier lists below a paper: each attempt to serve it, with what proves that."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kcbx_docs.dossier.contents import _receipts
from kcbx_docs.ledger.model import SERVED, Attached, Recorded
from kcbx_docs.office.book import Issue
from tests.ledger.world import CLERK

SLIP = Attached("交寄单", "slip.png", "0" * 64, 1)
DAY = date(2026, 3, 16)
ISSUED: dict[str, Any] = {"document": "order-to-correct", "title": "甲", "guardian": "普正华"}


def recorded(seq: int, kind: str, data: dict[str, Any], *kept: Attached) -> Recorded:
    now = datetime(2026, 3, 20, tzinfo=UTC)
    return Recorded(seq, "", "", kind, "2026-001", DAY, now, False, CLERK, data, kept)


def sent(**keys: str) -> dict[str, Any]:
    told = {"日期": "2026-03-16", "事项": "送达", "文书": "甲", "对象": ["普正华"], "方式": "邮寄"}
    return {"guardian": "普正华", "event": {**told, "邮件单号": "1000000000001", **keys}}


OUT = sent(结果="在途", 交寄日期="2026-03-16")
BACK = sent(结果="未送达", 原因="退回")


@pytest.mark.parametrize(
    ("attempts", "titles"),
    [
        ([(OUT, ())], ["交寄凭证"]),
        ([(OUT, ()), (BACK, (SLIP,))], ["邮寄送达凭证（未送达）"]),
        ([(OUT, (SLIP,)), (BACK, ())], ["交寄凭证", "邮寄送达凭证（未送达）"]),
    ],
)
def test_a_letter_whose_end_is_known_lacks_no_slip_of_its_own(attempts, titles) -> None:
    later = tuple(recorded(seq, SERVED, *told) for seq, told in _numbered(attempts))
    issue = Issue(recorded(1, "制发", ISSUED), later)
    assert [one.title for one in _receipts(issue, later, {})] == titles


def _numbered(attempts) -> list[tuple[int, tuple[Any, ...]]]:
    return [(seq, (data, *kept)) for seq, (data, kept) in enumerate(attempts, 2)]
