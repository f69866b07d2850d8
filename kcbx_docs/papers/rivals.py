"""Papers of which one person gets one only: a decision or none, one form of a plaint or another."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product

from kcbx_docs.packs.procedure import Exclusive
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, as_warning, problem


def without_rivals(
    desk: Desk, papers: Sequence[Paper], *, asked: bool
) -> tuple[list[Paper], list[Problem]]:
    """Keep papers apart that exclude each other for one person.

    What the record holds stays; where people named what excludes each other, they are told.
    """
    kept = list(papers)
    found: list[Problem] = []
    rules = desk.docket.law.procedure.file.exclusive.values()
    for rule, guardian in product(rules, desk.case.guardians):
        sides = _sides(kept, rule, guardian.name)
        if len(sides) < 2:
            continue
        loose = [paper for paper in chain.from_iterable(sides) if _loose(desk, rule, paper)]
        if not asked:
            kept = [paper for paper in kept if paper not in loose]
        elif loose:
            found.append(_told(desk, rule, sides, guardian.name))
    return kept, list(dict.fromkeys(found))


def _sides(papers: Sequence[Paper], rule: Exclusive, name: str) -> list[list[Paper]]:
    """Return the papers of each side that has any for a person."""
    sides = ([*_of_side(papers, side, name)] for side in rule.sides)
    return [side for side in sides if side]


def _of_side(papers: Iterable[Paper], side: Sequence[str], name: str) -> Iterator[Paper]:
    for paper in papers:
        if paper.document in side and paper.guardian in ("", name):
            yield paper


def _loose(desk: Desk, rule: Exclusive, paper: Paper) -> bool:
    """Tell whether the record does not hold a paper;
    of two forms of one act it holds the one that it names.
    """
    if not paper.recorded or not rule.one_act:
        return not paper.recorded
    act = desk.docket.issued(paper.document, desk.day, paper.guardian)
    return act is None or not act.event.document


def _told(desk: Desk, rule: Exclusive, sides: Sequence[Sequence[Paper]], name: str) -> Problem:
    law = desk.docket.law
    basis = "、".join(citation.short for citation in law.cite(rule.basis, desk.day))
    titles = "".join(f"《{side[0].title}》" for side in sides)
    facts = {"titles": titles, "name": name, "reason": rule.reason, "basis": basis or "无"}
    told = problem("PAPR024", Place(), **facts)
    return as_warning(told) if desk.draft else told
