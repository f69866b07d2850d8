"""The leads of an office as lists and reports show them: what was heard, and what became of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from kcbx_docs.case.classes import placed_in
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.leads import LeadEntry, LeadHandling
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import DaySpan, Whom, stage_of
from kcbx_docs.listing.lists import SIGNED, ListHead
from kcbx_docs.listing.names import LEAD_LIST
from kcbx_docs.office.leads import KeptLead
from kcbx_docs.office.spreadsheet import TextTable


@dataclass(frozen=True)
class ListedLead:
    """A lead, and where it stood at the end of the days that are looked at."""

    who: Whom
    entry: LeadEntry
    decision: LeadHandling | None
    came: bool
    """Whether it came within those days."""
    before: tuple[LeadHandling, ...] = ()
    """What was decided of it earlier, and why that was considered again."""

    @property
    def day(self) -> date:
        """Return the day on which it came."""
        return self.entry.day

    @property
    def state(self) -> str:
        """Name what became of it."""
        return self.decision.outcome if self.decision else "没有处理"

    @property
    def waits(self) -> bool:
        """Tell whether nobody has decided on it."""
        return self.decision is None


def listed(lead: KeptLead, span: DaySpan) -> ListedLead:
    """Return a lead as it stood on the last day."""
    entry = lead.handled.entry
    placed = placed_in(entry.grade, entry.class_name)
    who = Whom(entry.id, entry.name, entry.school, placed.label, stage_of(placed.grade))
    decision = lead.loaded.leads.decided(entry.id, span.last)
    every = (one for one in lead.loaded.leads.handled if entry.id in one.leads)
    before = tuple(one for one in every if one.day <= span.last and one is not decision)
    return ListedLead(who, entry, decision, entry.day in span, before)


_COLUMNS: tuple[tuple[str, Callable[[ListedLead], str]], ...] = (
    ("线索编号", lambda one: one.entry.id),
    ("接到日期", lambda one: str(one.day)),
    ("学生", lambda one: one.entry.name),
    ("身份证号", lambda one: one.entry.id_number),
    ("学校", lambda one: one.entry.school),
    ("年级班级", lambda one: one.who.label),
    ("来源", lambda one: one.entry.source),
    ("反映人", lambda one: one.entry.reporter),
    ("听说的情况", lambda one: one.entry.told),
    ("监护人", lambda one: one.entry.guardian),
    ("住址", lambda one: one.entry.address),
    ("处理", lambda one: one.state),
    ("处理日期", lambda one: str(one.decision.day) if one.decision else ""),
    ("不受理的理由", lambda one: (one.decision and one.decision.why) or ""),
    ("怎样查明的", lambda one: one.decision.text if one.decision else ""),
    ("以前的决定", lambda one: "；".join(map(_told, one.before))),
    ("受理的案件", lambda one: one.decision.case if one.decision else ""),
    ("承办人", lambda one: "、".join(one.decision.handlers) if one.decision else ""),
)


def _told(decision: LeadHandling) -> str:
    why = f"（{decision.why}）" if decision.why else ""
    return f"{decision.day}{decision.outcome}{why}{decision.text}"


def lead_table(leads: Sequence[ListedLead], head: ListHead, *, open_ids: bool = False) -> TextTable:
    """List the leads that came within the days, and older ones on which nobody has decided."""
    hidden = str if open_ids else mask_numbers
    shown = sorted((one for one in leads if one.came or one.waits), key=lambda one: one.entry.id)
    rows = tuple(_row(number, one, hidden) for number, one in enumerate(shown, 1))
    counts = Counter(one.state for one in shown)
    sums = "、".join(f"{state}{count}条" for state, count in counts.items())
    foot = (head.told, f"共{len(shown)}条{f'：{sums}' if sums else ''}。{head.left_out}", SIGNED)
    return TextTable(LEAD_LIST, ("序号", *(name for name, _ in _COLUMNS)), rows, foot)


def _row(number: int, one: ListedLead, hidden: Callable[[str], str]) -> tuple[str, ...]:
    return (str(number), *(hidden(says(one)) for _, says in _COLUMNS))
