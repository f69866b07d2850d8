"""Papers that were already made, judged as of their own day:
what a checker of the file would find.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kcbx_docs.problems import Problem, problem
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import acts_in_order


def audit(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield what was wrong with each paper on the day on which it was made,
    at the place of its event.
    """
    seen: set[tuple[str, str, str]] = set()
    for guardian in docket.case.guardians:
        for act in acts_in_order(docket.progress(guardian, day)):
            if act.implied or not docket.law.judged(act.document):
                continue
            for found in permission(docket, act.document, guardian.name, act.day).findings:
                key = (str(docket.place(act.event)) + act.event.kind, found.code, found.reason)
                if found.verdict in ("禁止", "须说明理由") and key not in seen:
                    seen.add(key)
                    told = problem(
                        "PROC420",
                        docket.place(act.event),
                        title=docket.law.title(act.document),
                        day=act.day,
                        name=guardian.name,
                        verdict=found.verdict,
                        reason=found.reason,
                        basis=found.articles or "无",
                    )
                    yield replace(told, hint=found.hint)
