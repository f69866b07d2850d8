"""What registers are made of: the ledger and the case files, read at one place of the ledger."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from kcbx_docs import clock
from kcbx_docs.case.files import LoadedCase, find_workspace
from kcbx_docs.case.service_form import Local
from kcbx_docs.ledger.model import Head, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import as_named_now, book_of, letter_name
from kcbx_docs.office.detached import as_attached_now
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problem, Problems, UserError, raise_errors, stop
from kcbx_docs.record.docket import Docket

_ROUNDS = 5
UNFILED = "工作目录里没有这个案件的文件，或者它有错误；照登记列出"


@dataclass(frozen=True)
class Gathered:
    """The events of a ledger up to its head, and the cases that can be read."""

    head: Head
    recorded: tuple[Recorded, ...]
    dockets: tuple[Docket, ...]
    day: date
    proofs: Local
    """What the place wants kept of each way of service."""
    problems: Problems = ()
    """What is wrong with case files."""

    @cached_property
    def of_case(self) -> Mapping[str, Sequence[Recorded]]:
        """Return what is recorded of each case."""
        found: dict[str, list[Recorded]] = defaultdict(list)
        for one in self.recorded:
            found[one.case].append(one)
        named = {docket.case.id: docket.case for docket in self.dockets}
        kept = {case: as_attached_now(events) for case, events in found.items()}
        return {
            case: as_named_now(events, named[case]) if case in named else events
            for case, events in kept.items()
        }

    @property
    def unfiled(self) -> tuple[str, ...]:
        """List the cases of which the ledger alone tells, in the order of recording."""
        known = {docket.case.id for docket in self.dockets}
        rest = (case for case in self.of_case if case and case not in known)
        return tuple(case for case in rest if not letter_name(case))

    @property
    def letters(self) -> tuple[str, ...]:
        """List the official letters of which the ledger tells, in the order of recording."""
        return tuple(matter for matter in self.of_case if letter_name(matter))


def gather(office: Office, paths: Sequence[Path], day: date, today: date | None = None) -> Gathered:
    """Read ledger and case files; again if somebody recorded meanwhile, so that the head fits."""
    book = book_of(office.root, office.workspace)
    for _ in range(_ROUNDS):
        head, recorded = book.head(), book.events()
        office = replace(office)  # reads the ledger anew
        dockets, problems = _dockets(office, paths, max(day, today or clock.today()))
        if book.head() == head:
            return Gathered(head, recorded, dockets, day, office.law.proofs, problems)
    raise stop("LEDG080", Place())


def _dockets(
    office: Office, paths: Sequence[Path], known_until: date
) -> tuple[tuple[Docket, ...], Problems]:
    found: list[Docket] = []
    problems: list[Problem] = []
    home = office.root.resolve()
    for path in paths:
        if find_workspace(path.parent) not in (home, None):
            continue  # another office's, with a ledger of its own
        try:
            loaded, told = office.read(path, known_until)
            raise_errors(told)
            found += [office.docket(loaded)] if isinstance(loaded, LoadedCase) else []
        except UserError as error:
            problems += error.problems
    return tuple(found), tuple(dict.fromkeys(problems))
