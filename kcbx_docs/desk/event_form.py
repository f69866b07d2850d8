"""The form of one event as a page shows it: only the blanks that its kind and its result open, the
witnesses one below the other, the files that were brought.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from pathlib import Path

from flask import request

from kcbx_docs.act import Put
from kcbx_docs.case.commented import flow
from kcbx_docs.case.event_form import WHEN, Blank, form_of
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import OUTCOME, Question
from kcbx_docs.desk.blanks import JOIN, FormBlank, answered, faults_of, on_a_page
from kcbx_docs.desk.here import came_in, the_desk
from kcbx_docs.desk.page_words import speaks_of_commands
from kcbx_docs.desk.service_form import OFFICERS, FileBlank
from kcbx_docs.desk.uploads import PROOF, Upload
from kcbx_docs.light import dataclass
from kcbx_docs.office.event_said import SERVICE, EventSaid
from kcbx_docs.office.kept_files import EVIDENCE
from kcbx_docs.problems import Problem, Problems, UserError
from kcbx_docs.record.reporting import receivers

WITNESSES = "见证人"
PARTS = ("姓名", "单位", "单位类别", "职务")
FILES = ("影像资料", "文件")
"""The keys of an event that name files: they are handed in, nobody types where one lies."""
_FIELD = "附件-"
_WHOM = "对象"
_REPORT, _TO_ORGANS = "书面报告", "收到报告的机关"


@dataclass(frozen=True)
class EventFiles:
    """The files that were brought for an event, by the key that names them."""

    of: Mapping[str, Sequence[Upload]]
    problems: Problems = ()

    def drop(self) -> None:
        """Remove them from where they waited."""
        the_desk().waiting.drop([*chain.from_iterable(self.of.values())])


NO_FILES = EventFiles({})


def event_files() -> EventFiles:
    """Take in the files of the present form."""
    brought: dict[str, Sequence[Upload]] = {}
    found: list[Problem] = []
    for key in FILES:
        try:
            brought[key] = came_in(PROOF, _FIELD + key)
        except UserError as error:
            found += error.problems
    return EventFiles(brought, tuple(found))


@dataclass(frozen=True)
class Filed:
    """Where the files of an event will lie: by their keys, and as they are written."""

    named: Mapping[str, str]
    puts: tuple[Put, ...]


def filed(loaded: LoadedCase, day: str, files: EventFiles) -> Filed:
    """Choose where files will lie; nothing is written yet, and nothing that lies there is."""
    root = the_desk().office(loaded.path).root
    folder = root / EVIDENCE / loaded.case.id
    named: dict[str, str] = {}
    puts: list[Put] = []
    for key, uploads in files.of.items():
        paths = []
        for one in uploads:
            path, there = _free(folder, f"{day}-{one.name}", one.path.read_bytes(), puts)
            paths.append(path.relative_to(root).as_posix())
            puts += [] if there else [Put(path, one.path.read_bytes())]
        if paths:
            named[key] = JOIN.join(paths)
    return Filed(named, tuple(puts))


def _free(folder: Path, name: str, data: bytes, puts: Sequence[Put]) -> tuple[Path, bool]:
    """Find a name that no other file has; tell whether the very file lies there already."""
    stem, suffix = safe_name(Path(name).stem), Path(name).suffix.lower()
    taken = {put.path for put in puts}
    number, path = 1, folder / f"{stem}{suffix}"
    while path in taken or (path.exists() and path.read_bytes() != data):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path, path.exists()


def event_said(kind: str) -> EventSaid:
    """Return what the present form says of an event, and nothing that its result leaves out."""
    keys = (WHEN, *(blank.key for blank in form_of(kind) if blank.key not in FILES))
    if kind == SERVICE:
        first = EventSaid(kind, answered(keys))
        keys = (*(one.key for one in first.blanks if one.key not in FILES), OUTCOME)
        return _with_questions(first, (WHEN, *keys))
    said = EventSaid(kind, answered(keys))
    wanted = (WHEN, *(blank.key for blank in said.blanks))
    told = {key: text for key, text in said.answers.items() if key in wanted}
    return replace(said, answers={**told, **_witnesses()} if WITNESSES in wanted else told)


def _with_questions(first: EventSaid, keys: Sequence[str]) -> EventSaid:
    """Add what the way and the outcome of a service ask besides."""
    said = replace(first, answers={key: first.answers[key] for key in keys if key in first.answers})
    more = answered([one.key for one in said.questions])
    whole = replace(said, answers={**said.answers, **more})
    left = [one.key for one in whole.questions if not whole.wanted(one)]
    return replace(whole, answers={k: v for k, v in whole.answers.items() if k not in left})


def witness_rows() -> list[dict[str, str]]:
    """Return the witnesses of the present form, one below the other, and an empty row."""
    columns = (request.form.getlist(f"{WITNESSES}.{part}") for part in PARTS)
    rows = [dict(zip(PARTS, map(str.strip, row), strict=True)) for row in _rows(*columns)]
    return [*(row for row in rows if any(row.values())), dict.fromkeys(PARTS, "")]


def _rows(*columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip_longest(*columns, fillvalue="")


def _witnesses() -> dict[str, str]:
    """Say who saw it as somebody types it: by name, one by his parts, several as a list."""
    rows = [*map(_filled, witness_rows()[:-1])]
    if all([*row] == [PARTS[0]] for row in rows):
        return {WITNESSES: JOIN.join(row[PARTS[0]] for row in rows)} if rows else {}
    if len(rows) == 1:
        return {f"{WITNESSES}.{part}": text for part, text in rows[0].items()}
    return {WITNESSES: flow(rows)}


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {part: text for part, text in row.items() if text}


def event_blanks(
    said: EventSaid, loaded: LoadedCase, problems: Problems, *, first: bool
) -> Iterator[FormBlank]:
    """Yield the blanks of an event; on the first page those that its result may leave out wait."""
    yield _day(said, problems)
    for blank in said.blanks:
        if blank.key in FILES or (first and blank.only_if):
            continue
        if speaks_of_commands(blank.about) and blank.key not in said.answers:
            continue  # a command writes it
        usual = JOIN.join(loaded.case.handlers) if first and blank.key == OFFICERS else ""
        yield _event_blank(said, blank, loaded, usual, problems)
    if said.came:
        yield _came(said, problems)
    for question in said.questions:
        yield _question(said, question, loaded, problems)


def _event_blank(
    said: EventSaid, blank: Blank, loaded: LoadedCase, usual: str, problems: Problems
) -> FormBlank:
    about = blank.about if blank.about != blank.key else ""
    if blank.days:
        about += "。几天的用顿号隔开，如 2026-11-30、2026-12-07"
    if said.kind == _REPORT:  # a school writes it, to organs
        usual, about = "", _TO_ORGANS if blank.key == _WHOM else about
    return FormBlank(
        key=blank.key,
        label=blank.key,
        about=about,
        answer=said.answers.get(blank.key, usual),
        required=blank.required,
        choices=blank.choices,
        people=event_people(loaded, blank.key, said.kind),
        rows=tuple(witness_rows()) if blank.key == WITNESSES else (),
        faults=faults_of(problems, blank.key),
        kind="text" if blank.days else "",
    )


def _day(said: EventSaid, problems: Problems) -> FormBlank:
    answer, faults = said.answers.get(WHEN, ""), faults_of(problems, WHEN)
    return FormBlank(key=WHEN, label="哪一天", answer=answer, required=True, faults=faults)


def _came(said: EventSaid, problems: Problems) -> FormBlank:
    return FormBlank(
        key=OUTCOME,
        label="结果怎样",
        answer=said.answers.get(OUTCOME, ""),
        required=True,
        choices=tuple(said.came),
        faults=faults_of(problems, OUTCOME),
    )


def _question(
    said: EventSaid, question: Question, loaded: LoadedCase, problems: Problems
) -> FormBlank:
    return FormBlank(
        key=question.key,
        label=on_a_page(question.text),
        answer=said.answers.get(question.key, ""),
        required=question.needed,
        choices=question.choices,
        people=event_people(loaded, question.key),
        faults=faults_of(problems, question.key),
    )


def event_people(loaded: LoadedCase, key: str, kind: str = "") -> tuple[str, ...]:
    """List the people who may be ticked in a blank; of a school's report the organs."""
    if key == _WHOM and kind == _REPORT:
        told = receivers(the_desk().office(loaded.path).docket(loaded).law)
        return tuple(dict.fromkeys(one.name for one in told if one.name))
    if key == _WHOM:
        return tuple(guardian.name for guardian in loaded.case.guardians)
    if key != OFFICERS:
        return ()
    officers = the_desk().office(loaded.path).workspace.officers
    return tuple(dict.fromkeys((*loaded.case.handlers, *(one.name for one in officers))))


def event_file_blanks(files: EventFiles) -> Iterator[FileBlank]:
    """Yield the blanks for files."""
    labels = {"影像资料": "照片、录音录像", "文件": "扫描件、笔录等"}
    for key, label in labels.items():
        yield FileBlank(_FIELD + key, label, tuple(files.of.get(key, ())))
