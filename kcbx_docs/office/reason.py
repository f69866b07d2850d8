"""The reason for which a named person answers, where the procedure allows a paper only with one."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kcbx_docs.case.model import name_key
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Place, Problems, problem, stop
from kcbx_docs.words import did_you_mean

if TYPE_CHECKING:
    from kcbx_docs.ledger.model import Recorded

SHORTEST = 4
_REGISTER = "别的人先写进 kcbx.yaml：「执法人员」，或者「机关」的「负责人」（学校写校长）。"


def who_answers(workspace: Workspace) -> list[str]:
    """Name the officers and heads of a workspace."""
    people = [officer.name for officer in workspace.officers]
    people += [organ.head for organ in workspace.organs]
    return [person for person in people if person]


def unknown_signatory(name: str, workspace: Workspace) -> Problems:
    """Remind of a signatory whom the workspace does not know: the ledger keeps him for good."""
    principals = filter(None, (school.principal for school in workspace.schools))
    known = [*who_answers(workspace), *principals]
    if not name or not known or name_key(name) in map(name_key, known):
        return ()
    return (problem("ISSU098", Place(), name=name, advice=did_you_mean(name, known)),)


def unknown_clerk(
    name: str, workspace: Workspace, recorded: Callable[[], Iterable["Recorded"]]
) -> Problems:
    """Remind of one who records and whom nobody knows: neither the workspace, nor the ledger, in
    which clerks stand who are no officers. It keeps him for good.
    """
    people = [one.contact for one in workspace.organs]
    for school in workspace.schools:
        people += [school.contact, school.principal]
    known = [*who_answers(workspace), *filter(None, people)]
    key = name_key(name)
    if not key or not known or key in map(name_key, known):
        return ()
    if any(key == name_key(one.who.name) for one in recorded()):
        return ()
    return (problem("ISSU111", Place(), name=name, advice=did_you_mean(name, known)),)


def check_reason(reason: str, workspace: Workspace) -> None:
    """Raise unless a reason reads 姓名：理由 and an officer or head gives it; none needs none."""
    if not reason:
        return
    name, _, text = re.sub(r"\s*[：:]\s*", "：", reason.strip(), count=1).partition("：")
    if not name or len(text.strip()) < SHORTEST:
        raise stop("CLI040", Place(), reason=reason, least=SHORTEST)
    known = who_answers(workspace)
    if name_key(name) not in map(name_key, known):
        listed = f"可以写：{'、'.join(known)}。" if known else ""
        advice = did_you_mean(name, known) or f"{listed}{_REGISTER}"
        raise stop("CLI041", Place(), name=name, advice=advice)
