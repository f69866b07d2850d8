"""What the ledger of a workspace tells of a case stands in its record beside the file's own."""

from datetime import date
from pathlib import Path

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.ledger.model import ISSUED, SERVED, SERVICE_MENDED, WITHDRAWN, Draft, Who
from kcbx_docs.office.book import book_of, event_in, written_event
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.record.docket import Docket
from tests.kinds.world import ABSENT, FATHER, case_text, workspace

TODAY = date(2026, 4, 1)
ORDER = {"日期": "2026-03-12", "事项": "制发", "文书": "责令限期改正通知书", "对象": [FATHER]}
NUMBER = {"文号": "青政责改〔2026〕1号"}
SERVICE = {**ORDER, "事项": "送达", "方式": "直接", "日期": "2026-03-13", **NUMBER}


def opened(path: Path) -> tuple[Office, Docket]:
    office = open_office(path)
    loaded, _ = office.read(path, TODAY)
    assert isinstance(loaded, LoadedCase)
    return office, office.docket(loaded)


def record(path: Path, kind: str, event: object, **data: object) -> int:
    """Write an event into the ledger of a case's workspace."""
    office = open_office(path)
    with book_of(office.root, office.workspace, create=True).writing(Who("普文清")) as pen:
        told = {"event": event, "number": "", "reason": "写错了", **data}
        return pen.append(Draft(kind, "2026-001", TODAY, told)).seq


def test_the_record_follows_the_ledger(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    office, docket = opened(path)
    assert office.register is None
    assert docket.issued("order-to-correct", TODAY) is None
    made = record(path, ISSUED, {**ORDER, **NUMBER}, document="order-to-correct", title="责令")
    served = record(path, SERVED, SERVICE)
    _, docket = opened(path)
    act = docket.issued("order-to-correct", TODAY)
    assert act and act.number == NUMBER["文号"] and act.served(TODAY) == date(2026, 3, 13)
    record(path, SERVICE_MENDED, {**SERVICE, "日期": "2026-03-20"}, corrects=served)
    act = opened(path)[1].issued("order-to-correct", TODAY)
    assert act and act.served(TODAY) == date(2026, 3, 20)
    gone = {"日期": "2026-03-30", "事项": "撤回", "文书": "责令限期改正通知书", "原因": "写错了"}
    record(path, WITHDRAWN, {**gone, **NUMBER}, issue=made)
    assert opened(path)[1].issued("order-to-correct", TODAY) is None


def test_an_event_is_read_as_it_was_written() -> None:
    told = {**SERVICE, "时间": "09:30", "见证人": [{"姓名": "白有福", "单位": "白沙村"}]}
    event = event_in(told)
    assert event_in(written_event(event)) == event
    assert written_event(event)["时间"] == "09:30"
