"""What a page asks of an issued paper that is corrected, completed, withdrawn, voided or sealed:
only what that act needs, from the paper and from what the ledger holds of it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

from flask import abort, request

from kcbx_docs.case.event_form import WHEN, form_of
from kcbx_docs.desk.blanks import SEVERAL, FormBlank, answered, faults_of, reason_given
from kcbx_docs.desk.here import came_in, the_desk
from kcbx_docs.desk.service_form import FileBlank, the_clerk
from kcbx_docs.desk.telling import plainly
from kcbx_docs.desk.uploads import SHEET, Upload
from kcbx_docs.issuing import later
from kcbx_docs.issuing.aftermath import Aftermath, before_it
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.correction import last_word
from kcbx_docs.issuing.later import Remark
from kcbx_docs.ledger.model import COMPLETED, CORRECTED, SEALED, VOIDED, WITHDRAWN, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, event_in
from kcbx_docs.problems import Place, Problems, stop

CONTENT, FILE, _NOW = "内容", "sheet", "now-"


@dataclass(frozen=True)
class PaperAct:
    """What may become of an issued paper, as a page offers it."""

    word: str
    """In addresses, and in the command."""
    kind: str
    act: Callable[..., Recorded]
    told: str
    button: str
    content: str = ""
    """What is asked besides the reason."""
    file: str = ""
    """Which sheet may be brought."""


_EVERY = (
    PaperAct(
        "correct",
        CORRECTED,
        later.correct,
        "写错了的，另行更正；文书本身不变。期限、金额写错的，在下面改成对的，期限跟着重算。"
        "文号、给谁、成文日期写错的是另一份文书，不能更正：没有送出的作废，送出了的撤回，"
        "再重新制发。",
        "记下更正",
        "更正了什么",
        "更正的通知",
    ),
    PaperAct(
        "complete",
        COMPLETED,
        later.complete,
        "漏写了的，另用一张纸补上；文书本身不变。",
        "记下补正",
        "补了什么",
        "补正的那一页",
    ),
    PaperAct(
        "withdraw",
        WITHDRAWN,
        later.withdraw,
        "已经送出的文书不算数了，期限不再从它起算。撤回以后不能再改；文号不再给别的文书。",
        "撤回这一份",
    ),
    PaperAct(
        "void",
        VOIDED,
        later.void,
        "制成了、没有送出的不算数了。作废以后不能再改；文号不再给别的文书，登记簿上照列。",
        "作废这一份",
    ),
    PaperAct(
        "seal",
        SEALED,
        later.seal,
        "打印、签名、盖章以后扫描的那一份，存进台账；制发时的那一份不变。",
        "存进台账",
        file="盖了章的那一份",
    ),
)
PAPER_ACTS: Mapping[str, PaperAct] = {one.word: one for one in _EVERY}
OF_KIND: Mapping[str, PaperAct] = {one.kind: one for one in _EVERY}


@dataclass(frozen=True)
class ActAsked:
    """A form about one paper, as it was sent or is shown for the first time."""

    call: str
    path: Path
    clerk: Clerk
    issue: Issue
    of: PaperAct
    files: tuple[Upload, ...] = ()
    problems: Problems = ()

    @property
    def told(self) -> Remark:
        """Return what is said of the paper."""
        file = self.files[0] if self.files else None
        return Remark(
            day=_day() or self.clerk.today,
            reason=reason_given(),
            by=self.clerk.by,
            content=request.form.get(CONTENT, "").strip() if self.of.content else "",
            file=file.path if file else None,
            pairs=tuple(self.pairs),
            file_name=file.name if file else "",
        )

    @cached_property
    def held(self) -> Mapping[str, str]:
        """Return what may be set right, as the ledger holds it; only a correction does so."""
        if self.of.kind != CORRECTED:
            return {}
        held = later.may_be_corrected(self.issue).items()
        return {key: plainly(value) for key, value in held if not _described(value)}

    @property
    def pairs(self) -> Iterator[str]:
        """Yield what is said otherwise than the ledger holds it, as somebody types it."""
        for key, value in self.held.items():
            now = request.form.get(_NOW + key, "").strip()
            if now and now != value:
                yield f"{key}={now}"

    def ahead(self) -> Aftermath:
        """Tell what would follow; raise what speaks against it."""
        clerk, told = self.clerk, self.told
        if _day_given() and _day() is None:
            raise stop("DESK071", Place(path=WHEN), what=f"{self.of.kind}的日期")
        later.refuse_tomorrow(told, self.of.kind, clerk.today)
        if self.of.kind == SEALED and not told.file:
            raise stop("DESK071", Place(path=FILE), what=self.of.file)
        what = (clerk.office, clerk.loaded, self.issue)
        draft = later.looked_ahead(*what, told, self.of.kind)
        return before_it(*what, draft, clerk.today)

    def doubts(self) -> Problems:
        """Remind of a scan that is kept already for something else."""
        file = self.files[0].path if self.files else None
        return later.kept_elsewhere(self.clerk.office, self.issue, file) if file else ()

    def write(self) -> Recorded:
        """Record it."""
        return self.of.act(self.clerk.office, self.clerk.loaded, self.issue, self.told)

    @property
    def command(self) -> str:
        """Write the command that the form equals."""
        return command_of(self.path, self.clerk, self.issue, self.of, self.told)

    def blanks(self) -> Iterator[FormBlank]:
        """Yield what is asked."""
        if self.of.kind != SEALED:
            answer = _day_given() or self.clerk.today.isoformat()
            faults = faults_of(self.problems, WHEN)
            label = f"{self.of.kind}的日期"
            yield FormBlank(WHEN, label, answer, required=True, faults=faults)
        about = {one.key: one.about for one in form_of(event_in(last_word(self.issue)).kind)}
        for key, value in self.held.items():
            now = request.form.get(_NOW + key, value)
            name = _NOW + key
            yield FormBlank(name, f"{key}，错了的改成对的", now, about.get(key, ""))
        if self.of.content:
            yield FormBlank(
                CONTENT,
                self.of.content,
                request.form.get(CONTENT, ""),
                "改了上面的可以不填" if self.held else "",
                required=not self.held,
                faults=faults_of(self.problems, CONTENT),
            )

    def file_blank(self) -> FileBlank | None:
        """Return the blank of its sheet; nothing where it has none."""
        label = f"{self.of.file}（PDF、JPG、PNG）"
        return FileBlank(FILE, label, self.files, SHEET.accept) if self.of.file else None


def _described(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict) for one in value)
    )


def _day_given() -> str:
    return answered([WHEN]).get(WHEN, "")


def _day() -> date | None:
    try:
        return date.fromisoformat(_day_given())
    except ValueError:
        return None


def asked_of_paper(call: str, path: Path, seq: int, word: str) -> ActAsked:
    """Return the form about a paper; no page where nothing of the kind may become of it."""
    clerk = the_clerk(path)
    of = PAPER_ACTS.get(word) or abort(404)
    return ActAsked(call, path, clerk, paper_at(clerk, seq), of)


def paper_at(clerk: Clerk, seq: int) -> Issue:
    """Return an issued paper by its place in the ledger; no page where there is none."""
    known = later.issues_of(clerk.office, clerk.loaded)
    return next((one for one in known if one.seq == seq), None) or abort(404)


def sheet_brought() -> tuple[Upload, ...]:
    """Take in the sheet of the present form; one alone."""
    files = came_in(SHEET, FILE)
    if len(files) > 1:
        raise stop("DESK013", Place(path=FILE), count=len(files), most=1)
    return files


def command_of(path: Path, clerk: Clerk, issue: Issue, of: PaperAct, told: Remark) -> str:
    """Write the command by which something becomes of a paper."""
    words: list[str | Path] = ["paper", of.word, path, *_which(clerk, issue)]
    if of.content and told.content:
        words += ["--content", told.content]
    words += chain.from_iterable(("--set", pair) for pair in told.pairs)
    if of.kind != SEALED:
        words += ["--reason", told.reason or "姓名：理由"]
    words += ["--file", told.file_name] if told.file_name else []
    words += ["--as-of", told.day.isoformat()] if told.day != clerk.today else []
    words += ["--by", told.by] if told.by else []
    return the_desk().command(*words)


def _which(clerk: Clerk, issue: Issue) -> list[str]:
    """Name a paper so that no other one is meant."""
    words = ["--number", issue.number] if issue.number else ["--doc", issue.title]
    words += ["--to", issue.guardian] if issue.guardian else []
    others = later.issues_of(clerk.office, clerk.loaded)
    same = [one for one in others if _alike(one) == _alike(issue)]
    return words if len(same) < SEVERAL else [*words, "--entry", str(issue.seq)]


def _alike(one: Issue) -> tuple[str, str]:
    return one.number or one.document, one.guardian


def said_of_paper(issue: Issue, one: Recorded) -> Remark:
    """Return what was said when something became of a paper."""
    data, pairs = one.data, []
    if one.kind == CORRECTED and data.get("event"):
        earlier = tuple(other for other in issue.later if other.seq < one.seq)
        was = last_word(Issue(issue.recorded, earlier))
        told = data["event"]
        pairs = [f"{key}={plainly(now)}" for key, now in told.items() if was.get(key) != now]
    file = one.attached[0].name if one.attached else ""
    content = str(data.get("content") or "")
    return Remark(one.day, str(data.get("reason") or ""), "", content, None, tuple(pairs), file)
