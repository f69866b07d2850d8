"""What an officer should hear before leaving the door: an hour that is none, two places at once, a
last day that has passed already or stands without its year's calendar.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kcbx_docs.case.odd_facts import odd_hour
from kcbx_docs.issuing.attempt import Attempted
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.procedure.dues import Due
from kcbx_docs.record.contradictions import useless_deadline
from kcbx_docs.record.two_places import two_places


def at_the_door(tried: Attempted, runs: Iterable[Due]) -> Iterator[Problem]:
    """Yield what is odd of an attempt and of the periods that run from it."""
    event, docket = tried.event, tried.docket
    if facts := odd_hour(event):
        yield problem("CASE285", Place(), **facts)
    same_day = tuple(entry for entry in docket.entries if entry.event.day == event.day)
    for found in two_places(replace(docket, entries=same_day)):
        yield replace(found, place=Place())
    if tried.service:
        yield from useless_deadline(docket, docket.progress(tried.guardian, event.proof_day))
    for due in runs:
        yield from (one for one in due.warnings if one.severity == "warning")
