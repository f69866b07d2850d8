"""The clause on which a fine would rest: chosen from kcbx.yaml, judged, never supposed (行政处罚法 4, 16, 38)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kcbx_docs.case.workspace import Organ, PenaltyBasis
from kcbx_docs.record.jurisdiction import Jurisdiction

_NOT_LAW = re.compile(
    r"村规民约|居民公约|承诺书|责任书|通知|方案|意见|纪要|章程|义务教育法实施细则|暂行实施办法"
)
_MAY_FINE = ("法律", "行政法规", "地方性法规", "地方政府规章", "示例")
_NO_DELEGATION = ("", "不需要", "无", "没有", "未知")
_KINDS = {
    "教育行政部门": "县级教育行政部门",
    "县级以上教育行政部门": "县级教育行政部门",
    "县级人民政府教育行政部门": "县级教育行政部门",
    "乡（镇）人民政府": "乡镇人民政府",
    "乡级人民政府": "乡镇人民政府",
    "乡镇政府": "乡镇人民政府",
    "镇人民政府": "乡镇人民政府",
    "乡人民政府": "乡镇人民政府",
    "街道办": "街道办事处",
}


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
        if fine is None:
            return False if self.basis and self.basis.most and self.basis.most < threshold else None
        return fine >= threshold


def clause_for(law: Jurisdiction, issuer: Organ | None, day: date) -> Clause:
    """Choose the clause for an office on a day: one without a fault before one with."""
    return law.once(
        ("clause", issuer and (issuer.name, issuer.kind), day), lambda: _choose(law, issuer, day)
    )


def _choose(law: Jurisdiction, issuer: Organ | None, day: date) -> Clause:
    ranked = sorted(
        law.workspace.penalties, key=lambda basis: len(tuple(faults_of(basis, law, issuer, day)))
    )
    usable = sum(not any(True for _ in faults_of(basis, law, issuer, day)) for basis in ranked)
    return Clause(ranked[0] if ranked else None, usable)


def faults_of(
    basis: PenaltyBasis, law: Jurisdiction, issuer: Organ | None, day: date
) -> Iterator[str]:
    """Yield the codes of what keeps a clause from being used."""
    if not (basis.confirmed_by and basis.confirmed_on and basis.most):
        yield "PROC231"
    if basis.in_force is None or basis.in_force > day or (basis.until and basis.until < day):
        yield "PROC232"
    if not may_set_fines(basis, law):
        yield "PROC233"
    if basis.sample and not law.is_sample:
        yield "PROC234"
    if issuer is not None and not has_power(basis, issuer):
        yield "PROC235"


def may_set_fines(basis: PenaltyBasis, law: Jurisdiction) -> bool:
    """Tell whether a text of this kind can set a fine on citizens at all (行政处罚法 10–16)."""
    statute = law.registry.find(basis.statute)
    if statute is None:
        return not _NOT_LAW.search(basis.statute)
    return not statute.banned and statute.level in _MAY_FINE and statute.id != "yiwu-jiaoyu-fa"


def has_power(basis: PenaltyBasis, issuer: Organ) -> bool:
    """Tell whether the clause names the office, or a published decision gave it the power (行政处罚法 23, 24)."""
    return named(basis, issuer) or (
        issuer.kind in ("乡镇人民政府", "街道办事处") and delegated(basis)
    )


def named(basis: PenaltyBasis, issuer: Organ) -> bool:
    """Tell whether the clause itself names the office or its kind."""
    return any(_KINDS.get(organ, organ) in (issuer.kind, issuer.name) for organ in basis.organs)


def delegated(basis: PenaltyBasis) -> bool:
    """Tell whether a delegation is written."""
    return basis.delegation not in _NO_DELEGATION


def review_comes_first(law: Jurisdiction, day: date) -> bool:
    """Tell whether a fine on the spot must first go to review."""
    rule = law.registry.rule("review-first-summary")
    return rule.start is None or day >= rule.start
