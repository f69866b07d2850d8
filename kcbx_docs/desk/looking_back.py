"""How many cases were on which road on past days: each file is read once while it stays the same.

Counts leave here, never names.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import date
from pathlib import Path
from threading import Lock

from kcbx_docs.case.files import LoadedCase, find_workspace
from kcbx_docs.light import dataclass
from kcbx_docs.listing.over_time import roads_on
from kcbx_docs.office.files import number_in, of_kinds
from kcbx_docs.office.opened import Office, open_office, stamps_of
from kcbx_docs.office.resting import file_state
from kcbx_docs.problems import UserError, errors
from kcbx_docs.record.roads import Road

Roads = dict[date, Road | None]


@dataclass
class Histories:
    """On which road each case was on the days that were asked for."""

    _lock: Lock = field(default_factory=Lock)
    _kept: dict[Path, tuple[object, Roads]] = field(default_factory=dict)

    def counts(
        self, files: Sequence[Path], days: Sequence[date]
    ) -> Mapping[date, Mapping[str, int]]:
        """Count the cases on each road on each of some days."""
        found: dict[date, Counter[str]] = {day: Counter() for day in days}
        with self._lock:
            for roads in self._roads(files, days):
                for day in days:
                    if road := roads.get(day):
                        found[day][road] += 1
        return found

    def _roads(self, files: Sequence[Path], days: Sequence[date]) -> Iterator[Roads]:
        self._kept = {path: kept for path, kept in self._kept.items() if path.exists()}
        cases = of_kinds(files, ("案件",))
        laws: dict[Path, object] = {}
        for path in cases:
            with suppress(UserError):  # told where the cases are listed
                root = find_workspace(path.parent) or path.parent
                if root not in laws:
                    laws[root] = tuple(stamps_of(root))
                yield self._of(path, laws[root], days)

    def _of(self, path: Path, law: object, days: Sequence[date]) -> Roads:
        office = open_office(path)
        state = (file_state(path), law, _recorded(office, path))
        known, roads = self._kept.get(path, (None, {}))
        if known != state:
            roads = {}
        missing = [day for day in days if day not in roads]
        if missing:
            loaded, found = office.read(path, max(days))
            if isinstance(loaded, LoadedCase) and not errors(found):
                roads |= roads_on(office.docket(loaded), missing)
            self._kept[path] = (state, roads)
        return roads


def _recorded(office: Office, path: Path) -> int:
    """Count what the ledger holds of a case: it only grows."""
    one = number_in(path) if office.register else None
    return len(office.register.of_case(one.number)) if office.register and one else 0
