"""Killed between any two steps of issuing, nothing is lost, doubled or left with a gap."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.ledger.verify import verify
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.render.text import docx_paragraphs
from tests.cli.office import run
from tests.issuing.forked import die, fork, killed, worked
from tests.kinds.world import ABSENT, FATHER, case_text, workspace

pytestmark = pytest.mark.alike

CASE = "cases/案件.yaml"
ISSUE = ("issue", CASE, "--doc", "order-to-correct", "--as-of", "2026-03-12", "--json")
STEPS = {
    "before a file is kept": ("kcbx_docs.ledger.blobs:FileBlobs.keep", "before", 0),
    "files kept, no event yet": ("kcbx_docs.ledger.pen:Pen.append", "before", 0),
    "event written, not committed": ("kcbx_docs.ledger.pen:Pen.append", "after", 0),
    "committed, head not noted": ("kcbx_docs.ledger.heads:Heads.add", "before", 1),
    "committed, nothing in output": ("kcbx_docs.filing.issued:file_papers", "before", 1),
    "output written, nothing said": ("kcbx_docs.filing.issued:file_papers", "after", 1),
}


@pytest.fixture(autouse=True)
def _word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")


def dying(place: str, when: str) -> None:
    """Have a function kill its process before or after its work."""
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner: Any = import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    work: Callable[..., Any] = getattr(owner, name)

    def work_and_die(*arguments: Any, **named: Any) -> None:
        if when == "after":
            work(*arguments, **named)
        die()

    setattr(owner, name, work_and_die)


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_loses_and_doubles_nothing(tmp_path: Path, step: str) -> None:
    place, when, recorded = STEPS[step]
    workspace(tmp_path, text=case_text(ABSENT))
    run(tmp_path, "number", "start", "青政责改", "2026", "5")  # the ledger is there
    book = book_of(open_office(tmp_path).root, open_office(tmp_path).workspace)
    before = book.head().count

    def act() -> None:
        dying(place, when)
        run(tmp_path, *ISSUE)

    assert killed(fork(act))
    assert book.head().count == before + recorded
    (told,) = json.loads(run(tmp_path, *ISSUE).stdout)
    assert told["number"] == "青政责改〔2026〕5号"
    assert book.head().count == before + 1
    assert (tmp_path / told["files"][0]["file"]).exists()
    assert verify(book).sound


def test_officers_at_once_get_every_number_once(tmp_path: Path) -> None:
    text = case_text(ABSENT)
    workspace(tmp_path, text=text)
    run(tmp_path, "number", "start", "青政责改", "2026", "8")
    cases = []
    for number in range(2, 8):
        path = tmp_path / "cases" / f"{number}.yaml"
        path.write_text(text.replace("2026-001", f"2026-00{number}"), "utf-8")
        cases.append(f"cases/{number}.yaml")
    words = [("issue", case, *ISSUE[2:]) for case in cases]
    children = [fork(lambda say=say: _succeed(tmp_path, *say)) for say in words]
    assert [worked(child) for child in children] == [True] * len(children)
    rows = json.loads(run(tmp_path, "number", "list", "--json").stdout)
    assert [(row["issued"], row["next"]) for row in rows] == [(6, 14)]


def _succeed(folder: Path, *words: str) -> None:
    done = run(folder, *words)
    assert done.exit_code == 0, done.output


def test_what_cannot_be_stamped_is_laid_out_for_its_own_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcbx_docs.issuing.prepare.stencil", lambda *_: (None, ()))
    workspace(tmp_path, text=case_text(ABSENT, guardians=(FATHER, "李桂仙")))
    told = json.loads(run(tmp_path, *ISSUE).stdout)
    assert [one["number"] for one in told] == ["青政责改〔2026〕1号", "青政责改〔2026〕2号"]
    for one in told:
        data = (tmp_path / one["files"][0]["file"]).read_bytes()

        assert one["number"] in docx_paragraphs(data)
