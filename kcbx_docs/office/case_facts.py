"""Facts of a case as a form: one record of its file changed, examined as the check does, before
anything is written; every other character stays.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.files import LoadedCase, load_source
from kcbx_docs.case.model import name_key
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import entries_of
from kcbx_docs.office.case_records import FactField, FactRecord
from kcbx_docs.office.check import check_files
from kcbx_docs.office.insertion import without_item
from kcbx_docs.office.opened import Office
from kcbx_docs.office.rewriting import rewrite
from kcbx_docs.office.setting import set_record, set_values
from kcbx_docs.office.settings import Settled
from kcbx_docs.office.several_lines import at_place
from kcbx_docs.office.yamledit import Original, read_original
from kcbx_docs.problems import UserError, errors, not_told_before, raise_errors, stop
from kcbx_docs.reading import Loc, parse_yaml
from kcbx_docs.record.strangers import of_another_child, strangers

MAY_GO = ("证据", "责任人", "红白名单", "受托照护人", "监护人")
"""Lists of which an item that was written by mistake may be taken out; a danger that somebody
told of stays, and is said to be untrue.
"""
Typed = Mapping[Loc, Mapping[str, Any]]
"""What was typed, by the places of the records: texts, and records of texts for rows."""


@dataclass(frozen=True)
class ChangedFact:
    """A value that stood in the file and is to be another one."""

    key: str
    before: str


def changed_facts(data: Any, record: FactRecord, number: int, typed: Typed) -> list[ChangedFact]:
    """List what stood in the file and does so no more, one by one: each item of a list, each value
    of a row. Where nothing is typed the whole record goes.
    """
    found: list[ChangedFact] = []
    for loc, own in record.places(number):
        held, told = own.held(data, loc), typed.get(loc, {})
        for field in own.fields:
            before = held.get(field.key)
            if field.key in told or not typed:
                found += _gone(field, before, told.get(field.key, ""))
    return found


def _gone(field: FactField, before: Any, told: Any) -> Iterator[ChangedFact]:
    if field.parts:
        kept = told or ()
        for row in field.rows(before):
            if row not in kept:
                yield from (ChangedFact(field.key, text) for text in row.values() if text)
        return
    kept = field.items(field.meant(told, before))
    for one in field.items(before):
        if one not in kept:
            yield ChangedFact(field.key, one)


def settle_case(
    office: Office, path: Path, record: FactRecord, number: int, typed: Typed, today: date
) -> Settled:
    """Set keys of a record of a case; raise with what would be wrong only then. Nothing is
    written yet.
    """
    original = read_original(path)
    text = original.text
    source, found = parse_yaml(text, str(path))
    raise_errors(found)
    for loc, own in record.places(number):
        values = _values(own, own.held(source.data, loc), typed.get(loc, {}))
        new = at_place(source.data, loc) is None
        if not values or (new and not any(values.values())):
            continue
        if own.short:
            text = set_record(text, str(path), loc, values, own.short)
        else:
            text = set_values(text, str(path), loc, values)
    return _proved(office, original, text, today)


def _values(
    record: FactRecord, held: Mapping[str, Any], typed: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the keys of which something else was typed than stands in the file."""
    values: dict[str, Any] = {}
    for field in record.fields:
        told = typed.get(field.key)
        if told is None:
            continue
        if field.way == "rows":
            if told != field.rows(held.get(field.key)):
                values[field.key] = [*map(_filled, told)]
        elif told != field.shown(held.get(field.key)):
            values[field.key] = field.meant(told, held.get(field.key))
    return values


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in row.items() if text}


def take_fact_out(office: Office, path: Path, section: str, number: int, today: date) -> Settled:
    """Take an item out of a list; raise with what would be wrong only then."""
    original = read_original(path)
    text = without_item(original.text, str(path), section, number)
    return _proved(office, original, text, today)


def _refuse_lost(office: Office, before: LoadedCase, after: LoadedCase) -> None:
    """Raise where somebody to whom the ledger holds papers would be nobody in this case any more:
    taken out, or called otherwise without his former name.
    """
    known = _unknown_to(office, before)
    for name, of in _unknown_to(office, after).items():
        if name not in known:
            raise _lost(name, of, before, after)


def _unknown_to(office: Office, loaded: LoadedCase) -> Mapping[str, str]:
    """Return whom the ledger names and a case does not, with the section in which they stood."""
    entries, case = entries_of(office.recorded(loaded), office.law), loaded.case
    people = {"监护人": strangers(entries, case, office.workspace)}
    people["学生"] = tuple(of_another_child(entries, case))
    found: dict[str, str] = {}
    for of, told in people.items():
        found |= {dict(one.facts)["name"]: of for one in told}
    return found


def _lost(name: str, of: str, before: LoadedCase, after: LoadedCase) -> UserError:
    if of == "学生":
        return stop("DESK098", before.source.place((of, "曾用名")), name=name, key="曾用名")
    called = [[one.name, *one.former_names] for one in before.case.guardians]
    at = next((n for n, names in enumerate(called) if name_key(name) in map(name_key, names)), 0)
    if len(after.case.guardians) < len(called):
        return stop("DESK095", before.source.place((of, at)), name=name)
    return stop("DESK098", before.source.place((of, at, "曾用姓名")), name=name, key="曾用姓名")


def write_case(office: Office, settled: Settled) -> None:
    """Write the file unless somebody changed it since it was read."""
    rewrite(office.output, settled.original.path, settled.original.raw, settled.data)


def _proved(office: Office, original: Original, text: str, today: date) -> Settled:
    if text == original.text:
        return Settled(original, text, ())
    path, name = original.path, str(original.path)
    loaded, old = load_source(path, *parse_yaml(original.text, name), today, office.workspace)
    whole, now = load_source(path, *parse_yaml(text, name), today, office.workspace)
    if (loaded or whole is None) and (wrong := errors(not_told_before(old, now))):
        raise UserError(wrong)  # of a file that could not be read more is told once it can
    if isinstance(loaded, LoadedCase) and isinstance(whole, LoadedCase):
        _refuse_lost(office, loaded, whole)
    told = (check_files([path], today, texts={path: one}) for one in (original.text, text))
    return Settled(original, text, not_told_before(*told))
