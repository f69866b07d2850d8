"""改案件内容: every record that a case file may hold, one at a time; looked at first, then written.
What the next paper wants comes first.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN, small_number
from kcbx_docs.desk.cures import BACK, WantedFact, cure_link, wanted_next
from kcbx_docs.desk.fact_form import FactForm, held_in_file, typed_in_form
from kcbx_docs.desk.here import form_as_filled, may_write, once, seen, the_case, the_desk, the_file
from kcbx_docs.desk.others_files import refuse_others_files
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.same_item import gone_page, item_mark, item_meant, naming_key, with_item
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.issuing.printed import printed_on
from kcbx_docs.light import dataclass
from kcbx_docs.office.case_facts import (
    MAY_GO,
    Typed,
    changed_facts,
    settle_case,
    take_fact_out,
    write_case,
)
from kcbx_docs.office.case_records import JOIN, PLAIN, FactField, FactRecord, records
from kcbx_docs.office.kept_files import FILES
from kcbx_docs.office.settings import Settled
from kcbx_docs.problems import Problem, Problems, UserError, errors
from kcbx_docs.procedure.standing import stand

pages = Blueprint("case_facts", __name__)
_NEW = "new"


@dataclass(frozen=True)
class _Named:
    """The record that an address names."""

    call: str
    path: Path
    loaded: LoadedCase
    record: FactRecord
    number: int
    fresh: bool

    @property
    def address(self) -> str:
        """Return the address of its form."""
        place = f"/{_NEW if self.fresh else self.number + 1}" if self.record.listed else ""
        return f"/cases/{self.call}/facts/{self.record.key}{place}"

    @property
    def seen(self) -> str:
        """Tell which text of the file, and which item of it, its form shows."""
        if self.fresh or not self.record.listed:
            return seen(self.path)
        item = _listed(self.loaded, self.record)[self.number]
        return with_item(seen(self.path), item_mark(item, _called(self.record, item)))

    @property
    def stands(self) -> Mapping[str, str]:
        """Return what the file says of it, in words."""
        told = [*_items(self.record, self.loaded.source.data)]
        return dict(told[self.number]) if self.number < len(told) else {}

    @property
    def held(self) -> Typed:
        """Return what the file says of it."""
        return held_in_file(self.record, self.number, self.loaded.source.data)


@pages.get("/cases/<call>/facts")
@open_to(OF_TOWN)
def show(call: str) -> str:
    """Show what the file holds, and what the next paper wants of it."""
    desk, path = the_desk(), the_file(call)
    loaded, day = the_case(path), desk.today()
    told = _told_of(path)
    # While the file lacks what it must have, no step is judged.
    people = () if errors(told) else stand(desk.office(path).docket(loaded), day).guardians
    wanted = [*_lacking(call, told), *wanted_next(call, people)]
    data = loaded.source.data
    held = {key: [*_items(record, data)] for key, record in records().items()}
    return render_template(
        "facts.html",
        call=call,
        number=loaded.case.id,
        wanted=wanted,
        records=records().values(),
        held=held,
        command=desk.command("check", path),
    )


def _lacking(call: str, told: Problems) -> Iterator[WantedFact]:
    """Yield what the file itself lacks."""
    for one in told:
        if link := cure_link(call, one):
            yield WantedFact(link, one.message, one.code)


def _told_of(path: Path) -> Problems:
    desk = the_desk()
    return desk.told(desk.office(path).read(path, desk.today())[1])


def _items(record: FactRecord, data: Any) -> Iterator[list[tuple[str, str]]]:
    """Yield what is written of each item of a record: keys and values, in the order of the form."""
    listed = data.get(record.key) if record.listed else None
    count = len(listed) if isinstance(listed, list) else 0
    for number in range(count if record.listed else 1):
        told: list[tuple[str, str]] = []
        for loc, own in record.places(number):
            held = own.held(data, loc)
            shown = {one.key: _in_words(one, held) for one in own.fields if not one.parts}
            if record.inner is None:
                told += [(key, text) for key, text in shown.items() if text]
            elif any(shown.values()):
                told.append((own.key, "　".join(filter(None, shown.values()))))
        yield told


def _in_words(field: FactField, held: Mapping[str, Any]) -> str:
    return ("；" if field.way == "lines" else JOIN).join(field.items(held.get(field.key)))


@pages.get("/cases/<call>/facts/<key>")
@pages.get("/cases/<call>/facts/<key>/<place>")
@open_to(OF_TOWN)
def ask(call: str, key: str, place: str = "") -> str:
    """Show the form of one record."""
    named = _named(call, key, place)
    return _form(named, named.held)


@pages.post("/cases/<call>/facts/<key>")
@pages.post("/cases/<call>/facts/<key>/<place>")
@open_to(OF_TOWN)
def take(call: str, key: str, place: str = "") -> ResponseReturnValue:
    """Look at what changes, or write it."""
    return once(form_as_filled(), partial(_taken, call, key, place))


def _taken(call: str, key: str, place: str) -> ResponseReturnValue:
    named = _meant(call, key, place)
    if not isinstance(named, _Named):
        return named
    typed = typed_in_form(named.record, named.number)
    if request.form.get(SEEN) != named.seen:
        return _form(named, typed, moved=True), CONFLICT
    try:
        done = _settled(named, typed)
        if not done.changed or not may_write(done.text):
            return _form(named, typed, settled=done)
        write_case(the_desk().office(named.path), done)
    except UserError as error:
        return _form(named, typed, problems=error.problems), REFUSED
    return redirect(f"/cases/{call}{BACK.get(_back(), '')}?said=changed", 303)


def _settled(named: _Named, typed: Typed) -> Settled:
    desk = the_desk()
    office, today = desk.office(named.path), desk.today()
    if _going(named):
        return take_fact_out(office, named.path, named.record.key, named.number, today)
    refuse_others_files(named.loaded, _new_files(named, typed))
    return settle_case(office, named.path, named.record, named.number, typed, today)


def _new_files(named: _Named, typed: Typed) -> Iterator[str]:
    """Yield the files that are named now and were not before."""
    for loc, record in named.record.places(named.number):
        before = record.held(named.loaded.source.data, loc).get(FILES)
        told = typed.get(loc, {}).get(FILES)
        if isinstance(told, str) and told != before:
            yield told


def _going(named: _Named) -> bool:
    """Tell whether a form asks to take an item out."""
    may = named.record.key in MAY_GO and not named.fresh
    return may and "remove" in request.form


def _meant(call: str, key: str, place: str) -> "_Named | ResponseReturnValue":
    """Return the record that a form is about; a page that says so where it is there no more."""
    path, record = the_file(call), records().get(key) or abort(404)
    if place in ("", _NEW) or not record.listed:
        return _named(call, key, place)
    items = _listed(the_case(path), record)
    number = item_meant(items, partial(_called, record), small_number(place, 0) - 1)
    if number is not None:
        return _named(call, key, str(number + 1))
    kept = [*_items(record, the_case(path).source.data)]
    at = small_number(place, 0) - 1
    stands = dict(kept[at]) if at < len(kept) else {}
    back = (f"/cases/{call}/facts#{key}", "看案件现在的内容")
    return gone_page(key, stands, back, the_desk().command("check", path))


def _listed(loaded: LoadedCase, record: FactRecord) -> list[Any]:
    held = loaded.source.data.get(record.key) if record.listed else None
    return held if isinstance(held, list) else []


def _called(record: FactRecord, item: Any) -> str:
    """Return what tells an item from the others: the name, the kind."""
    key = naming_key([one.key for one in record.fields])
    return str(item.get(key) or "") if isinstance(item, Mapping) else str(item)


def _named(call: str, key: str, place: str) -> _Named:
    path, record = the_file(call), records().get(key) or abort(404)
    loaded = the_case(path)
    if bool(place) != record.listed:
        abort(404)
    count = len(_listed(loaded, record))
    if place == _NEW:
        return _Named(call, path, loaded, record, count, fresh=True)
    number = small_number(place, 0) - 1 if place else 0
    if place and not 0 <= number < count:
        abort(404)
    return _Named(call, path, loaded, record, number, fresh=False)


def _back() -> str:
    told = request.values.get("back", "")
    return told if told in BACK else "case"


def _form(
    named: _Named,
    typed: Typed,
    *,
    settled: Settled | None = None,
    problems: Problems = (),
    moved: bool = False,
) -> str:
    told = problems or (settled.problems if settled else _told_of(named.path))
    form = FactForm(
        named.loaded, named.record, named.number, typed, told, request.values.get("for", "")
    )
    return render_template(
        "case_facts.html",
        call=named.call,
        named=named,
        what=_what(named),
        groups=[*form.groups()],
        settled=settled,
        printed=_printed(named, typed) if settled and settled.changed else (),
        problems=problems or (settled.problems if settled else ()),
        moved=moved,
        going=_going(named),
        may_go=named.record.key in MAY_GO and not named.fresh,
        back=_back(),
        back_to=f"/cases/{named.call}{BACK[_back()]}",
        seen=named.seen,
        form=request.form.get(FORM) or new_form(),
        command=the_desk().command("check", named.path),
    )


def _what(named: _Named) -> str:
    if named.record.key == PLAIN:
        return "情形、承办的机关和人"
    if named.record.inner or named.fresh or not named.record.listed:
        return named.record.key
    item = _listed(named.loaded, named.record)[named.number]
    return f"{named.record.key}　{_called(named.record, item)}"


def _printed(named: _Named, typed: Typed) -> Sequence[Problem]:
    """Tell on which issued papers stands what is changed."""
    data = named.loaded.source.data
    changed = changed_facts(data, named.record, named.number, {} if _going(named) else typed)
    return printed_on(the_desk().office(named.path), named.loaded, changed)
