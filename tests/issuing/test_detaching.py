"""A scan or a proof that was attached to the wrong thing is taken off: nothing is deleted, no
account counts it, and it may be attached where it belongs.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.dossier.contents import contents_of
from kcbx_docs.issuing import later, service
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.detaching import PAPER, SERVICE, Detached, detach, may_be_detached
from kcbx_docs.issuing.later import Named, Remark
from kcbx_docs.issuing.likeness import TAKEN_OFF, of_file
from kcbx_docs.issuing.number_register import number_rows
from kcbx_docs.issuing.service import correct, prove, record
from kcbx_docs.ledger.model import Draft
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.verify import verify
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import UserError
from tests.issuing.forked import die, fork, killed
from tests.issuing.test_proofs import photograph, sheet
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace
from tests.ledger.world import CLERK, new_book

TODAY = date(2026, 3, 20)
PRINTED = sheet()
WHY = "普文清：这一张是别人的"


class Town:
    """An order for each parent, served on both by hand; every call reads the ledger anew."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = workspace(root, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
        self.book = new_book(root)
        self.papers = [self._order(FATHER, 1), self._order(MOTHER, 2)]
        self.served = [self._served(FATHER, 2), self._served(MOTHER, 3)]

    @property
    def clerk(self) -> Clerk:
        office = open_office(self.path)
        loaded, _ = office.read(self.path, TODAY)
        assert isinstance(loaded, LoadedCase)
        return Clerk(office, loaded, TODAY, "普文清")

    def _order(self, whom: str, serial: int) -> int:
        told = {"日期": "2026-03-12", "事项": "制发", "文书": "责令限期改正通知书", "对象": [whom]}
        data = {"document": "order-to-correct", "title": told["文书"], "guardian": whom}
        data |= {"number": f"青政责改〔2026〕{serial}号", "given": True, "issuer": "镇政府"}
        data["event"] = {**told, "文号": data["number"], "期限": "2026-03-30"}
        kept = (self.book.keep(PRINTED, "pdf", "责令.pdf"),)
        with self.book.writing(CLERK) as pen:
            return pen.append(Draft("制发", "2026-001", date(2026, 3, 12), data, kept)).seq

    def _served(self, whom: str, issue: int) -> int:
        told = {"日期": "2026-03-13", "事项": "送达", "文书": "责令限期改正通知书", "对象": [whom]}
        number = f"青政责改〔2026〕{issue - 1}号"
        data = {"issue": issue, "document": "order-to-correct", "number": number, "guardian": whom}
        data["event"] = {**told, "文号": number, "方式": "直接"}
        with self.book.writing(CLERK) as pen:
            return pen.append(Draft("送达", "2026-001", date(2026, 3, 13), data)).seq

    def scan(self, name: str = "回证.png") -> Path:
        return photograph(self.root / name)

    def prove(self, seq: int, kind: str = "送达回证", name: str = "回证.png") -> service.Proved:
        return prove(self.clerk, seq, [f"{kind}={self.scan(name)}"])

    def seal(self, whom: str, file: Path) -> int:
        clerk = self.clerk
        paper = later.find(clerk.office, clerk.loaded, Named(guardian=whom))
        told = Remark(TODAY, file=file, by="普文清")
        return later.seal(clerk.office, clerk.loaded, paper, told).seq

    def doubts(self, whom: str, file: Path) -> list[str]:
        clerk = self.clerk
        paper = later.find(clerk.office, clerk.loaded, Named(guardian=whom))
        return [one.code for one in later.kept_elsewhere(clerk.office, paper, file)]

    def off(self, seq: int, *words: str, whose: str = SERVICE) -> Detached:
        return detach(self.clerk, seq, words, WHY, whose)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def codes(problems: object) -> list[str]:
    return [one.code for one in problems]  # type: ignore[attr-defined]


def test_a_proof_of_another_is_told_taken_off_and_put_where_it_belongs(town: Town) -> None:
    father, mother = town.served
    assert town.prove(father).lacking == ()
    assert codes(town.prove(mother).reminders) == ["SERV090"], "two people, one picture"
    done = town.off(mother)
    assert (done.again, done.lacking) == (False, (("送达回证",),))
    assert town.off(mother) == Detached(mother, done.entry, done.files, again=True)
    assert not town.prove(mother, name="另一张.png").lacking
    assert verify(town.book).sound and town.book.blobs.read(done.files[0].file.sha256)


def test_what_was_taken_off_by_mistake_is_attached_again_and_then_once(town: Town) -> None:
    father = town.served[0]
    first, off = town.prove(father), town.off(father)
    again = town.prove(father)
    assert first.entry < off.entry < again.entry and again.lacking == ()
    assert town.prove(father).entry == 0, "it has the file now"
    assert town.off(father).entry > again.entry, "and may lose it again"


def test_one_receipt_bears_all_papers_that_the_same_person_got_that_day(town: Town) -> None:
    town._order(FATHER, 3)
    paper = Addressed("order-to-correct", "青政责改〔2026〕3号", FATHER)
    record(
        town.clerk,
        Addressed("order-to-correct", "", FATHER),
        {"日期": "2026-03-13", "方式": "直接"},
    )
    town.prove(town.served[0])
    told = {"日期": "2026-03-13", "方式": "直接"}
    done = record(town.clerk, paper, told, [f"送达回证={town.scan()}"])
    assert "SERV090" not in codes(done.reminders)


def test_the_proof_of_an_attempt_is_its_own_when_the_day_is_corrected(town: Town) -> None:
    town.prove(town.served[0])
    for whom, told in zip(town.served, ([], ["SERV090"]), strict=True):
        day, proof = {"日期": "2026-03-14"}, f"送达回证={town.scan()}"
        done = correct(town.clerk, whom, day, "普文清：日期写错了", [proof])
        assert [one for one in codes(done.reminders) if one == "SERV090"] == told


def test_a_sealed_scan_of_another_paper_is_told_and_taken_off(town: Town) -> None:
    scan = town.scan("盖章.png")
    town.seal(FATHER, scan)
    assert town.doubts(MOTHER, scan) == ["SERV090"] and town.doubts(FATHER, scan) == []
    wrong = town.seal(MOTHER, scan)
    done = town.off(town.papers[1], whose=PAPER)
    assert (done.seq, done.files[0].one.seq) == (town.papers[1], wrong)
    assert town.seal(MOTHER, scan) > done.entry, "the same again is a new event"
    [row] = [row for row in number_rows(town.book.events()) if "2号" in row[4]]
    assert f"取下：{WHY}（第 {done.entry} 条）" in row[-1]


def test_the_receipt_beneath_the_paper_is_on_its_sealed_scan(town: Town) -> None:
    town.seal(FATHER, town.scan("盖章.png"))
    assert codes(town.prove(town.served[0], name="盖章.png").reminders) == []


def test_what_was_issued_is_no_sealed_scan_and_never_taken_off(town: Town) -> None:
    issued = town.root / "责令.pdf"
    issued.write_bytes(PRINTED)
    assert town.doubts(FATHER, issued) == ["SERV091"]
    with pytest.raises(UserError, match="ISSU079"):
        town.off(town.papers[0], whose=PAPER)


def test_a_file_that_was_taken_off_proves_nothing_to_who_asks(town: Town) -> None:
    town.prove(town.served[0])
    town.off(town.served[0])
    [told] = of_file(town.book, town.scan())
    assert (told.verdict, told.sound) == (TAKEN_OFF, False) and WHY in told.why
    town.prove(town.served[1])
    [told] = of_file(town.book, town.scan())
    assert told.sound, "it was attached where it belongs"


def test_each_of_two_files_of_one_entry_has_the_reason_of_its_own(town: Town) -> None:
    whys = {"回证.png": "普文清：回证是别人的", "背面.png": "普文清：背面是别人的"}
    files = [town.root / name for name in whys]
    for size, file in enumerate(files, 30):
        Image.new("RGB", (size, size)).save(file)
    prove(town.clerk, town.served[0], [f"送达回证={file}" for file in files])
    for file, why in zip(files, whys.values(), strict=True):
        detach(town.clerk, town.served[0], [file.name], why, SERVICE)
    for file, why in zip(files, whys.values(), strict=True):
        assert [why in told.why for told in of_file(town.book, file)] == [True]


def test_one_photograph_that_proves_two_things_is_taken_off_where_it_was_meant(town: Town) -> None:
    father, scan = town.served[0], town.scan()
    prove(town.clerk, father, [f"送达回证={scan}", f"照片录像={scan}"])
    digest = may_be_detached(town.clerk, father, SERVICE)[0].file.sha256
    for word in ("回证.png", digest):
        with pytest.raises(UserError, match=r"\[ISSU074\].*照片录像 回证\.png（\d+:照片录像="):
            town.off(father, word)
    _, shot = may_be_detached(town.clerk, father, SERVICE)
    done = town.off(father, shot.word)
    assert [one.file.role for one in done.files] == ["照片录像"] and done.lacking == ()
    assert town.off(father, shot.word) == Detached(father, done.entry, done.files, again=True)
    prove(town.clerk, father, [f"照片录像={scan}"])
    receipt, again = may_be_detached(town.clerk, father, SERVICE)
    assert town.off(father, receipt.word).files == (receipt,)
    assert may_be_detached(town.clerk, father, SERVICE) == (again,)


def test_the_dossier_binds_it_no_longer_and_says_why(town: Town) -> None:
    town.prove(town.served[0])
    town.seal(FATHER, town.scan("盖章.png"))
    town.off(town.served[0])
    town.off(town.papers[0], whose=PAPER)
    clerk = town.clerk
    told = contents_of(clerk.docket, clerk.recorded, clerk.office.library, TODAY)
    paper = next(one for one in told.volumes[0].pieces if one.seq == town.papers[0])
    assert [one.role for one in paper.kept] == ["pdf"] and "取下过 盖章件 盖章.png" in paper.note
    assert paper.below[0].kept == () and WHY in paper.below[0].note
    assert any("缺送达回证" in lack.what for lack in told.lacks)


def test_what_cannot_be_taken_off_is_told(town: Town) -> None:
    father, mother = town.served
    town.prove(father)
    town.prove(father, "照片录像", "门口.jpg")
    acts: dict[str, Callable[[], object]] = {
        "ISSU073 本案台账第 99 条": lambda: town.off(99),
        f"ISSU073 本案台账第 {mother} 条": lambda: town.off(mother),
        "ISSU074 ": lambda: town.off(father),
        "ISSU075 ": lambda: town.off(father, "没有.png"),
        "ISSU076 ": lambda: town.off(father, whose=PAPER),
        f"ISSU076 台账第 {town.papers[0]} 条": lambda: town.off(town.papers[0]),
        "ISSU044 ": lambda: detach(town.clerk, father, (), " ", SERVICE),
        "CLI041 ": lambda: detach(town.clerk, father, (), "某人：不是这一张", SERVICE),
    }
    for said, act in acts.items():
        code, _, words = said.partition(" ")
        with pytest.raises(UserError, match=rf"\[{code}\] {words}"):
            act()


def test_a_kill_before_or_after_the_event_takes_it_off_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.prove(town.served[0])
    count = town.book.head().count
    with monkeypatch.context() as patch:
        patch.setattr(Pen, "append", die)
        assert killed(fork(lambda: town.off(town.served[0])))
    assert town.book.head().count == count
    with monkeypatch.context() as patch:
        patch.setattr("kcbx_docs.issuing.detaching._lacking", die)
        assert killed(fork(lambda: town.off(town.served[0])))
    assert town.off(town.served[0]).entry == count + 1 == town.book.head().count
    assert verify(town.book).sound
