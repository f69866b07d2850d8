"""What officers found that a guardian did not do, once the time for it was over."""

from datetime import date

from kcbx_docs.record.progress import Progress
from kcbx_docs.record.terms import end_of


def confirmed_of(p: Progress) -> dict[str, date]:
    """Return what was confirmed with its day: looked up before the time was over, it proves
    nothing about the rest of the time; nor where nobody knows when the time is over.
    """
    ends = _ends(p)
    found: dict[str, date] = {}
    for event in p.kinds.get("核实", ()):
        for statement in event.confirmed:
            end = ends.get(statement)
            if end is not None and event.day > end:
                found[statement] = event.day
    return found


def _ends(p: Progress) -> dict[str, date | None]:
    """Return the last day for each thing that may be confirmed as not done."""
    e = p.enforcement
    return {
        "没有陈述申辩": end_of(p.window),
        "没有要求听证": end_of(p.hearing_request),
        "催告后没有陈述申辩": end_of(e.demand_term) if e else None,
        "没有申请行政复议": end_of(e.remedy.review) if e else None,
        "没有提起行政诉讼": end_of(e.remedy.suit) if e else None,
    }
