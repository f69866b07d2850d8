"""From what a page refuses straight to the field that cures it, and from there back."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import g, request

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.desk.blanks import asked_number
from kcbx_docs.desk.here import the_desk
from kcbx_docs.light import dataclass
from kcbx_docs.office.case_records import FactRecord, records
from kcbx_docs.office.cures import HISTORY, Cure, cure_of
from kcbx_docs.problems import Problem
from kcbx_docs.procedure.standing import GuardianStanding
from kcbx_docs.procedure.verdict import Finding

BACK: Mapping[str, str] = {"papers": "/papers", "case": "", "facts": "/facts"}
"""The pages from which somebody may come, by what their links say."""
_CASES = "kcbx_cases"
_WEIGHTY = ("禁止", "须说明理由")


@dataclass(frozen=True)
class WantedFact:
    """Something that is told, and the address of the field that cures it."""

    address: str
    what: str
    code: str


def address_of(call: str, cure: Cure, guardian: int | None = None) -> str:
    """Return where a field is filled in; nothing where no form holds it."""
    if cure.record == HISTORY and cure.fresh:
        return f"/cases/{call}/write?{urlencode({'kind': cure.key})}"
    record = records().get(cure.record)
    if record is None:
        return ""
    whose = guardian if cure.number is None and cure.record == "监护人" else cure.number
    page = f"/cases/{call}/facts"
    if record.listed and not cure.fresh and whose is None:
        return f"{page}#{quote(cure.record)}"
    place = ("/new" if cure.fresh else f"/{(whose or 0) + 1}") if record.listed else ""
    asked = urlencode({"for": cure.key, "back": _here()})
    anchor = f"#f-{quote(_blank_of(record, cure.key))}" if cure.key else ""
    return f"{page}/{quote(cure.record)}{place}?{asked}{anchor}"


def _blank_of(record: FactRecord, key: str) -> str:
    """Name the blank of a key; of a record that is not told the first."""
    known = record.field(key.partition(".")[0].partition("[")[0])
    return known.key if known else key


def _here() -> str:
    """Tell which page leads to a field."""
    path = request.path
    return next((one for one, end in BACK.items() if end and f"{end}" in path), "case")


def cure_of_problem(found: Problem) -> Cure | None:
    """Return what cures a problem."""
    named = str(dict(found.facts).get("key", ""))
    return cure_of(found.code, found.place.path, found.missing, named)


def cure_link(call: Any, found: Problem) -> str:
    """Return the address of the field that cures a problem of the case of a page."""
    cure = cure_of_problem(found)
    if not isinstance(call, str) or cure is None or not _is_case(call, found.place.file):
        return ""
    told = max(asked_number("to"), 0) if "to" in request.values else None
    address = address_of(call, cure, told)
    here = quote(request.path, safe="/") == address.partition("?")[0]
    return "" if here else address  # the field is on this very page


def finding_link(call: str, code: str, guardian: int) -> str:
    """Return the address of the field that cures what the procedure found for a guardian."""
    cure = cure_of(code)
    return address_of(call, cure, guardian) if cure else ""


def _is_case(call: str, file: str) -> bool:
    """Tell whether an address names a case that can be read, and a problem is about it."""
    known: dict[str, Path | None] = g.setdefault(_CASES, {})
    if call not in known:
        desk = the_desk()
        path = desk.named(call)
        loaded = desk.office(path).read(path, desk.today())[0] if path else None
        known[call] = path if isinstance(loaded, LoadedCase) else None
    path = known[call]
    return path is not None and file in ("", str(path))


def wanted_next(call: str, people: Sequence[GuardianStanding]) -> Iterator[WantedFact]:
    """Yield what the steps of a case want of it, the gravest first, each once."""
    told: dict[str, WantedFact] = {}
    for weighty in (True, False):
        for number, person in enumerate(people):
            for one in _findings(person):
                link = finding_link(call, one.code, number)
                if link and (one.verdict in _WEIGHTY) == weighty:
                    told.setdefault(one.reason, WantedFact(link, one.reason, one.code))
    yield from told.values()


def _findings(person: GuardianStanding) -> Iterator[Finding]:
    for option in (*person.allowed, *person.blocked):
        yield from option.findings
