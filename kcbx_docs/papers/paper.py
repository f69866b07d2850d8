"""One paper that is to be made, before it is filled."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.workspace import Organ
from kcbx_docs.light import dataclass
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
    told: Event | None = None
    """The event of the record that tells of it; nothing if it was not made yet."""
    turn: str = ""
    """What tells it from other papers of its kind, where there are several."""

    @property
    def case(self) -> str:
        """Return the number of the case that it belongs to, nothing for other papers."""
        return str((self.facts.get("案件") or {}).get("编号") or "")

    @property
    def number(self) -> str:
        """Return its number, with room for the serial where that is not known yet."""
        return str(self.facts["文书"]["文号"] or "")

    @property
    def whom(self) -> str:
        """Name the person whom it concerns: the guardian, else the pupil."""
        return self.guardian or str((self.facts.get("学生") or {}).get("姓名") or "")

    @property
    def full_title(self) -> str:
        """Return its title with the person and the case, as a file names itself."""
        about = "，".join(filter(None, (self.whom, self.case)))
        return f"{self.title}（{about}）" if about else self.title

    @property
    def label(self) -> str:
        """Return how a print file lists it: serial number, pupil, title."""
        serial = (self.facts.get("批次") or {}).get("序号") or ""
        return " ".join(filter(None, (str(serial), self.whom, self.title)))

    def lean(self) -> "Paper":
        """Return the paper as it is known by, without the facts that only its filling asks for."""
        own = {name: self.facts[name] for name in _NAMED_BY if self.facts.get(name)}
        if pupil := self.facts.get("学生"):
            own["学生"] = {"姓名": pupil.get("姓名")}
        return replace(self, facts=own)

    @property
    def recorded(self) -> bool:
        """Tell whether the history knows this paper."""
        return bool(self.issued or self.event)


_NAMED_BY = ("案件", "文书", "批次")


def stem_of(flat: FlatTemplate, suffix: str, title: str = "") -> str:
    """Name the file of a paper, without its ending."""
    stem = f"{flat.front.order:03d}-{title or flat.front.title}"
    return safe_name(f"{stem}-{suffix}" if suffix else stem)
