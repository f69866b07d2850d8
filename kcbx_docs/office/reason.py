"""The reason for which a named person answers, where the procedure allows a paper only with one."""

import re

from kcbx_docs.case.model import name_key
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Place, stop
from kcbx_docs.words import did_you_mean

SHORTEST = 4
_REGISTER = "别的人先写进 kcbx.yaml：「执法人员」，或者「机关」的「负责人」（学校写校长）。"


def check_reason(reason: str, workspace: Workspace) -> None:
    """Raise unless a reason reads 姓名：理由 and an officer or head gives it; none needs none."""
    if not reason:
        return
    name, _, text = re.sub(r"\s*[：:]\s*", "：", reason.strip(), count=1).partition("：")
    if not name or len(text.strip()) < SHORTEST:
        raise stop("CLI040", Place(), reason=reason, least=SHORTEST)
    people = [officer.name for officer in workspace.officers]
    people += [organ.head or "" for organ in workspace.organs]
    known = [person for person in people if person]
    if name_key(name) not in map(name_key, known):
        listed = f"可以写：{'、'.join(known)}。" if known else ""
        advice = did_you_mean(name, known) or f"{listed}{_REGISTER}"
        raise stop("CLI041", Place(), name=name, advice=advice)
