"""One list of an office as somebody asks for it: on a day, of a term, of some schools."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import DaySpan
from kcbx_docs.listing.gathering import CASES_ALONE, LEADS_ALONE, CasesGathered, gathered
from kcbx_docs.listing.leads import lead_table
from kcbx_docs.listing.lists import LISTS, tables_of_list
from kcbx_docs.listing.names import LEAD_LIST
from kcbx_docs.listing.spans import term_span
from kcbx_docs.office.opened import Office
from kcbx_docs.office.spreadsheet import TextTable


@dataclass(frozen=True)
class MadeList:
    """The sheets of a list, and what they were made of."""

    gathered: CasesGathered
    term: str
    """The name of the school term in full; nothing from the beginning."""
    tables: tuple[TextTable, ...]


def gathered_in(
    office: Office,
    term: str,
    schools: Sequence[str],
    day: date,
    kinds: Sequence[str],
    among: Collection[Path] | None = None,
    today: date | None = None,
) -> tuple[str, CasesGathered]:
    """Read the files of some kinds over a term, or from the beginning; with its full name."""
    whole, span = term_span(term, day) if term else ("", DaySpan(day))
    return whole, gathered(office, span, schools, today, kinds=kinds, among=among)


def made_list(
    office: Office,
    name: str,
    day: date,
    term: str = "",
    schools: Sequence[str] = (),
    *,
    open_ids: bool = False,
    among: Collection[Path] | None = None,
    today: date | None = None,
) -> MadeList:
    """Make a list, ``among`` some files alone where those are given; numbers of identity are masked
    unless they are asked for.
    """
    of_leads = name == LEAD_LIST
    kinds = LEADS_ALONE if of_leads else CASES_ALONE
    whole, told = gathered_in(office, term, schools, day, kinds, among, today)
    head = told.head(whole)
    if of_leads:
        return MadeList(told, whole, (lead_table(told.leads, head, open_ids=open_ids),))
    tables = tables_of_list(LISTS[name], told.children, head, open_ids=open_ids)
    return MadeList(told, whole, tables)
