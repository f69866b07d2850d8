"""The clause on which a fine would rest:
chosen from kcbx.yaml, judged, never supposed (行政处罚法 4, 16, 38).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from kcbx_docs.case.clause_words import (
    NO_DELEGATION,
    ORGANS,
    contradictions_of,
    maker,
    strangers_of,
)
from kcbx_docs.case.workspace import Organ, PenaltyBasis
from kcbx_docs.light import dataclass
from kcbx_docs.record.jurisdiction import Jurisdiction


@dataclass(frozen=True)
class Clause:
    """The chosen clause, and how many would do."""

    basis: PenaltyBasis | None = None
    usable: int = 0

    @property
    def needs_order(self) -> bool | None:
        """Tell whether the fine needs an order that was not obeyed; nothing if nobody knows."""
        word = self.basis.after_order if self.basis else "未知"
        return None if word == "未知" else word == "是"

    def hearing_from(self, law: Jurisdiction) -> Decimal | None:
        """Return the fine from which a hearing must be offered; nothing if nobody knows."""
        if self.basis and isinstance(self.basis.hearing_from, Decimal):
            return self.basis.hearing_from
        local = law.local_figure("hearing-threshold")
        return Decimal(local) if local is not None else None

    def hearing_due(self, fine: Decimal | None, law: Jurisdiction) -> bool | None:
        """Tell whether a fine gives a right to a hearing; nothing if nobody knows."""
        threshold = self.hearing_from(law)
        if threshold is None:
            return None
        if fine is not None:
            return fine >= threshold
        # A clause whose highest fine stays below never gives the right, whatever is set.
        never = self.basis and self.basis.most and self.basis.most < threshold
        return False if never else None


def clause_for(law: Jurisdiction, issuer: Organ | None, day: date) -> Clause:
    """Choose the clause for an office on a day: one without a fault before one with."""
    key = ("clause", issuer and (issuer.name, issuer.kind), day)
    return law.once(key, lambda: _choose(law, issuer, day))


def _choose(law: Jurisdiction, issuer: Organ | None, day: date) -> Clause:
    clauses = law.workspace.penalties
    if not clauses:
        return Clause()
    faults = [len([*faults_of(basis, law, issuer, day)]) for basis in clauses]
    best = clauses[faults.index(min(faults))]
    return Clause(best, usable=faults.count(0))


def faults_of(
    basis: PenaltyBasis, law: Jurisdiction, issuer: Organ | None, day: date
) -> Iterator[str]:
    """Yield the codes of what keeps a clause from being used."""
    yield from _not_standing(basis, day)
    if not may_set_fines(basis, law):
        yield "PROC233"
    if maker(basis) == "不能":
        yield "PROC515"
    if contradicted(basis, issuer, law):
        yield "PROC518"
    if basis.sample and not law.is_sample:
        yield "PROC234"
    if issuer is not None and not has_power(basis, issuer, law):
        yield "PROC235"


def _not_standing(basis: PenaltyBasis, day: date) -> Iterator[str]:
    """Yield what keeps a clause from being one on a day: unconfirmed, out of force, taken back."""
    if not (basis.confirmed_by and basis.confirmed_on and basis.most):
        yield "PROC231"
    if basis.in_force is None or basis.in_force > day or (basis.until and basis.until < day):
        yield "PROC232"
    if basis.withdrawn and basis.withdrawn <= day:
        yield "PROC593"


def contradicted(basis: PenaltyBasis, issuer: Organ | None, law: Jurisdiction) -> bool:
    """Tell whether the words forbid the clause to an office; one organ too many in the list
    binds that organ, and leaves the others what the words give them.
    """
    keys = {key for key, _ in contradictions_of(basis)}
    if issuer is None or keys != {ORGANS}:
        return bool(keys)
    return names_organ(strangers_of(basis), issuer, law)


def may_set_fines(basis: PenaltyBasis, law: Jurisdiction) -> bool:
    """Tell whether a text of this kind can set a fine on citizens at all (行政处罚法 10–16)."""
    registry = law.registry
    statute = registry.find(basis.statute)
    if statute is None:
        return not registry.words("not-law").found_in(basis.statute)
    if statute.banned or statute.id in registry.words("sets-no-fine"):
        return False
    return statute.level in registry.words("may-fine")


def has_power(basis: PenaltyBasis, issuer: Organ, law: Jurisdiction) -> bool:
    """Tell whether the clause names the office, or a published decision gave it the power
    (行政处罚法 23, 24).
    """
    return names_organ(basis.organs, issuer, law) or delegated(basis, issuer, law)


def names_organ(organs: Iterable[str], issuer: Organ, law: Jurisdiction) -> bool:
    """Tell whether organs as a clause lists them are the office or its kind."""
    names = law.registry.words("organ-names")
    return any(names.meaning(organ) in (issuer.kind, issuer.name) for organ in organs)


def delegated(basis: PenaltyBasis, issuer: Organ, law: Jurisdiction) -> bool:
    """Tell whether a delegation is written, to an office that may have one."""
    written = basis.delegation not in NO_DELEGATION
    return written and issuer.kind in law.registry.words("may-be-delegated")
