"""The reason with which a named person answers for a paper that the procedure allows only with one."""

import re

from kcbx_docs.case.model import name_key
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Place, stop
from kcbx_docs.reading import did_you_mean

SHORTEST = 4


def check_reason(reason: str, workspace: Workspace) -> None:
    """Raise unless a reason reads 姓名：理由 and an officer or head of an office gives it; nothing needs no check."""
    if not reason:
        return
    name, _, text = re.sub(r"\s*[：:]\s*", "：", reason.strip(), count=1).partition("：")
    if not name or len(text.strip()) < SHORTEST:
        raise stop("CLI040", Place(), reason=reason)
    known = [
        person
        for person in (
            *(o.name for o in workspace.officers),
            *(o.head for o in workspace.organs),
        )
        if person
    ]
    if name_key(name) not in map(name_key, known):
        allowed = f"可以写：{'、'.join(known) or '（还没有登记）'}。"
        raise stop("CLI041", Place(), name=name, advice=did_you_mean(name, known) or allowed)
