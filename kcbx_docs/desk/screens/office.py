"""机关与人员: kcbx.yaml as a form, one record at a time; looked at first, then written."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN, asked_number, small_number
from kcbx_docs.desk.here import form_as_filled, may_write, once, seen, the_desk
from kcbx_docs.desk.same_item import gone_page, item_mark, item_meant, naming_key, with_item
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import opening_of
from kcbx_docs.office.settings import (
    PLACE,
    SECTIONS,
    SettingsField,
    SettingsSection,
    Settled,
    read_settings,
    records_of,
    sayings,
    settle,
    take_out,
    write_settings,
)
from kcbx_docs.packs.why import packs_in_use
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.words import spell

pages = Blueprint("office", __name__)
_NEW = "new"
_FEW, _MANY = 15, 60
"""Records of a list on the page of all, and on a page of its own."""


@dataclass(frozen=True)
class SettingsBlank:
    """One blank of the form: what stands in the file, what was typed, what is said of it."""

    field: SettingsField
    value: str
    stands: str
    said: str

    @property
    def moved(self) -> bool:
        """Tell whether the file says something else."""
        return self.value != self.stands


@dataclass(frozen=True)
class OneRecord:
    """Which record an address names: of which section, and its number in a list."""

    section: SettingsSection
    number: int | None
    fresh: bool
    known: Mapping[str, str]

    @property
    def seen(self) -> str:
        """Tell which text of the file, and which item of it, its form shows."""
        if self.fresh or self.number is None:
            return seen(_file())
        return with_item(seen(_file()), item_mark(self.known, _called(self.section, self.known)))

    @property
    def address(self) -> str:
        """Return the address of its form."""
        if not self.section.listed:
            return f"/office/{self.section.key}"
        return f"/office/{self.section.key}/{_NEW if self.fresh else self.number}"


@pages.get("/office")
def show() -> str:
    """Show what kcbx.yaml says, what is wrong with it, and which packs are used."""
    desk, path = the_desk(), _file()
    source, problems = read_settings(path)
    library = opening_of(desk.root).library
    legible = isinstance(source.data, Mapping)
    region = str(source.data.get(PLACE) or "") if legible else ""
    records = {key: records_of(section, source.data) for key, section in SECTIONS.items()}
    return render_template(
        "office.html",
        sections=SECTIONS.values(),
        records={key: held[:_FEW] for key, held in records.items()},
        counts={key: len(held) for key, held in records.items()},
        legible=legible,
        problems=problems,
        packs=packs_in_use(region, library.chain) if library and region else "",
        written=request.args.get("said") == "written",
        command=desk.command("check", path),
    )


@pages.get("/office/<key>")
@pages.get("/office/<key>/<place>")
def ask(key: str, place: str = "") -> str:
    """Show the form of one record, or a whole list."""
    section = SECTIONS.get(key) or abort(404)
    if section.listed and not place:
        return _list(section)
    record = _record(key, place)
    return _form(record, record.known)


def _list(section: SettingsSection) -> str:
    """Show the records of a list, some at a time."""
    desk, start = the_desk(), max(asked_number("from", 0), 0)
    records = records_of(section, read_settings(_file())[0].data)
    return render_template(
        "office_list.html",
        section=section,
        own=records[start : start + _MANY],
        start=start,
        following=start + _MANY if len(records) > start + _MANY else 0,
        command=desk.command("check", _file()),
    )


@pages.post("/office/<key>")
@pages.post("/office/<key>/<place>")
def take(key: str, place: str = "") -> ResponseReturnValue:
    """Write the record, unless it is wrong, or the file is another one than was shown."""
    return once(form_as_filled(), partial(_taken, key, place))


def _taken(key: str, place: str) -> ResponseReturnValue:
    record = _meant(key, place)
    if not isinstance(record, OneRecord):
        return record
    keys = [one.key for one in record.section.fields]
    typed = {key: " ".join(request.form.get(key, "").split()) for key in keys}
    gone = "remove" in request.form
    try:
        if request.form.get(SEEN) != record.seen:
            return _form(record, typed, moved=True), CONFLICT
        done = _settled(record, typed, gone=gone)
        if not done.changed or not may_write(done.text):
            return _form(record, typed, settled=done, gone=gone)
        write_settings(done)
    except UserError as error:
        return _form(record, typed, problems=error.problems), REFUSED
    return redirect("/office?said=written", 303)


def _settled(record: OneRecord, typed: Mapping[str, str], *, gone: bool) -> Settled:
    section, number = record.section, record.number
    if gone and section.listed and number is not None and not record.fresh:
        return take_out(_file(), section.key, number)
    return settle(_file(), section.loc(number), typed)


def _meant(key: str, place: str) -> "OneRecord | ResponseReturnValue":
    """Return the record that a form is about; a page that says so where it is there no more."""
    section = SECTIONS.get(key) or abort(404)
    if place in ("", _NEW) or not section.listed:
        return _record(key, place)
    items, at = records_of(section, read_settings(_file())[0].data), small_number(place, -1)
    number = item_meant(items, partial(_called, section), at)
    if number is not None:
        return _record(key, str(number))
    stands = items[at] if 0 <= at < len(items) else {}
    command = the_desk().command("check", _file())
    return gone_page(key, stands, (f"/office/{key}", f"看现在的{key}"), command)


def _called(section: SettingsSection, record: Mapping[str, str]) -> str:
    return record.get(naming_key([one.key for one in section.fields]), "")


def _file() -> Path:
    return the_desk().root / WORKSPACE_FILE


def _record(key: str, place: str) -> OneRecord:
    section = SECTIONS.get(key) or abort(404)
    source, _ = read_settings(_file())
    if not isinstance(source.data, Mapping):
        abort(404)
    records = records_of(section, source.data)
    if not section.listed:
        if place:
            abort(404)
        return OneRecord(section, None, not records, records[0] if records else {})
    if place == _NEW:
        return OneRecord(section, len(records), True, {})
    number = small_number(place, len(records))
    return OneRecord(section, number, False, records[number] if number < len(records) else _no())


def _no() -> Mapping[str, str]:
    return abort(404)


def _form(
    record: OneRecord,
    typed: Mapping[str, str],
    *,
    problems: Problems = (),
    settled: Settled | None = None,
    moved: bool = False,
    gone: bool = False,
) -> str:
    desk, path = the_desk(), _file()
    told = problems or (settled.problems if settled else read_settings(path)[1])
    return render_template(
        "office_form.html",
        record=record,
        section=record.section,
        blanks=_blanks(record, typed, sayings(told)),
        problems=problems or (settled.problems if settled else ()),
        settled=settled,
        moved=moved,
        gone=gone,
        seen=record.seen,
        form=request.form.get(FORM) or new_form(),
        command=desk.command("check", path),
    )


def _blanks(
    record: OneRecord, typed: Mapping[str, str], said: Mapping[str, str]
) -> Sequence[SettingsBlank]:
    loc = record.section.loc(record.number)
    return [
        SettingsBlank(
            one,
            typed.get(one.key, ""),
            record.known.get(one.key, ""),
            said.get(spell((*loc, one.key)), ""),
        )
        for one in record.section.fields
    ]
