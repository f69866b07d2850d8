"""One paper that is to be made, before it is filled."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kcbx_docs.case.workspace import Organ
from kcbx_docs.packs.flatten import FlatTemplate


@dataclass(frozen=True)
class Paper:
    """One paper to be made: its template, its facts, and what its file is called."""

    document: str
    flat: FlatTemplate
    issuer: Organ
    name: str
    facts: Mapping[str, Any]
    day: datetime.date
    guardian: str = ""
    title: str = ""
    clause: str | None = None
    """The local clause on fines that the facts cite, for the list of what the paper cites."""
    issued: str = ""
    """The number and day under which the record knows it; nothing if it was not made yet."""
    event: str = ""
    """The day of the event that it records, for papers that record one."""

    @property
    def recorded(self) -> bool:
        """Tell whether the history knows this paper."""
        return bool(self.issued or self.event)
