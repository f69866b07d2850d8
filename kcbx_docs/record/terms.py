"""Periods of a record that may not have begun: no start, no term; no term, no end."""

from datetime import date

from kcbx_docs.case.fields import Deadline
from kcbx_docs.record.jurisdiction import Jurisdiction, Term


def term_from(law: Jurisdiction, rule: str, start: date | None) -> Term | None:
    """Compute a rule from a day, once the day is known."""
    return law.term(rule, start) if start else None


def end_of(term: Term | None) -> date | None:
    """Return the last day of a period, if it runs and can be computed."""
    return term.end if term else None


def told(day: date | None, term: Term | None) -> date | None:
    """Return the last day of a period as a paper may name it: nothing while the notice of its
    year may make it another day.
    """
    unsure = term is not None and term.end == day and term.told_end is None
    return None if unsure else day


def latest(*days: date | None) -> date | None:
    """Return the latest of some days, as far as they are known."""
    return max((day for day in days if day), default=None)


def order_term(deadline: Deadline, served: date, law: Jurisdiction) -> Term | None:
    """Compute an order's deadline that runs from receipt; a fixed day needs no reckoning."""
    if not deadline.from_receipt:
        return None
    return law.term("order-deadline", served, deadline.count, deadline.unit)


def deadline_end(deadline: Deadline, start: date, law: Jurisdiction) -> date | None:
    """Return the last day of a deadline: the day that it names, or counted from a start."""
    return deadline.day or end_of(order_term(deadline, start, law))
