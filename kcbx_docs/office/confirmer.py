"""Who answers for a clause on fines, and what its registration does not show by itself."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from kcbx_docs.case.model import name_key
from kcbx_docs.case.workspace import PenaltyBasis, Workspace
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Place, Problem, problem, stop

_TEXTS = (".txt", ".md")


def check_confirmer(basis: PenaltyBasis, workspace: Workspace) -> None:
    """Raise unless an officer or head of the office has compared the clause with its text; a
    workspace that names nobody yet cannot be asked.
    """
    known = who_answers(workspace)
    if basis.sample or not known or not basis.confirmed_by:
        return
    if name_key(basis.confirmed_by) not in map(name_key, known):
        names = "、".join(dict.fromkeys(known))
        raise stop("CLI111", Place(path="确认人"), name=basis.confirmed_by, known=names)


def doubts_of(basis: PenaltyBasis, workspace: Workspace, text: bytes) -> Iterator[Problem]:
    """Tell of a clause that was taken back before, another confirmer, and a file without its
    words; ``text`` is the file that is kept of it now.
    """
    for other in workspace.penalties:
        if other.id == basis.id and other.confirmed_by != basis.confirmed_by and not other.sample:
            told = {"before": other.confirmed_by, "day": other.confirmed_on}
            yield problem("CLI117", Place(), id=basis.id, name=basis.confirmed_by, **told)
        if other.withdrawn and (other.statute, other.article) == (basis.statute, basis.article):
            facts = {"day": other.withdrawn, "who": other.withdrawn_by, "why": other.withdrawn_why}
            yield problem("CLI116", Place(), id=basis.id, other=other.id, **facts)
    if text and PurePosixPath(basis.attachment).suffix in _TEXTS:
        kept = "".join(text.decode("utf-8", "replace").split())
        if "".join(basis.text.split()).strip("。") not in kept:
            yield problem("CLI118", Place(), id=basis.id, file=basis.attachment)
