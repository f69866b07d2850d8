"""Who asks for a paper a second time: what he says must be what was recorded, or he is told."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from kcbx_docs.issuing.matter import Matter
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.model import SEALED, WITHDRAWN
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.office.book import Issue
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, problem


def told_otherwise(issue: Issue, wanted: ToIssue) -> Iterator[Problem]:
    """Say where somebody asks for another number, file or signature than the paper that left."""
    about = f"《{issue.title}》{issue.number}"
    known = {"文号": issue.number, "签发人": str(issue.recorded.data.get("signatory") or "")}
    given = {"文号": wanted.number, "签发人": wanted.signatory}
    for key, told in given.items():
        if told and normalise(told) != normalise(known[key]):
            facts = {"paper": about, "key": key, "known": known[key] or "没有", "given": told}
            yield problem("ISSU016", Place(), **facts)
    for path in filter(None, (wanted.final, wanted.existing)):
        if not _is_kept(issue, path):
            yield problem("ISSU017", Place(str(path)), paper=about, day=issue.recorded.day)


def _is_kept(issue: Issue, path: Path) -> bool:
    """Tell whether a file is one that the ledger keeps of a paper."""
    try:
        digest = hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()
    except OSError:
        return True  # whoever reads it says what is wrong with it
    own = (issue.recorded, *(one for one in issue.later if one.kind == SEALED))
    kept = chain.from_iterable(one.attached for one in own)
    return any(file.sha256.endswith(digest) for file in kept)


def before_withdrawal(
    matter: Matter, paper: Paper, wanted: ToIssue, issues: Sequence[Issue]
) -> Iterator[Problem]:
    """Say that the paper whose place another takes still stood on the day of the new one."""
    if wanted.again or wanted.existing:
        return
    for one in issues:
        same = (one.document, one.guardian) == (paper.document, paper.guardian)
        ends = [later.day for later in one.later if later.kind == WITHDRAWN]
        if same and ends and one.recorded.day <= wanted.day < ends[0]:
            facts = {"paper": f"《{one.title}》{one.number}", "day": ends[0], "asked": wanted.day}
            yield problem("ISSU018", Place(), **facts)
