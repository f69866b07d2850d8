"""A clause on fines is taken back: a dated line stays in kcbx.yaml, with who and why; what was
issued before stays.
"""

import re
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.office.confirm import SECTION, registered
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.reason import SHORTEST, check_reason
from kcbx_docs.office.settings import Settled, settle
from kcbx_docs.problems import Place, stop


def standing_bases(root: Path) -> tuple[PenaltyBasis, ...]:
    """List the clauses that nobody took back."""
    return tuple(one for one in registered(root) if one.withdrawn is None)


def take_basis_back(root: Path, number: str, reason: str, day: date) -> Settled:
    """Prepare the line by which a clause is no basis from a day on; ``reason`` reads 姓名：理由.
    Nothing is written yet.
    """
    bases = registered(root)
    found = next((n for n, one in enumerate(bases) if one.id == number), None)
    if found is None or bases[found].withdrawn:
        known = "、".join(one.id for one in standing_bases(root)) or "没有"
        raise stop("CLI110", Place(), id=number, known=known)
    since = bases[found].confirmed_on
    if since and day < since:
        raise stop("CLI119", Place(), id=number, day=day, since=since)
    if not reason:
        raise stop("CLI040", Place(), reason=reason, least=SHORTEST)
    check_reason(reason, open_office(root).workspace)
    who, _, why = re.sub(r"\s*[：:]\s*", "：", reason.strip(), count=1).partition("：")
    values = {"收回日期": day.isoformat(), "收回人": who, "收回理由": why}
    return settle(root / WORKSPACE_FILE, (SECTION, found), values)
