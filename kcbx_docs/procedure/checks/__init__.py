"""The named checks that procedure.yaml lists as preconditions."""

from collections.abc import Mapping

from kcbx_docs.procedure.checks import (
    able,
    competence,
    enforcement,
    order,
    penalty,
    people,
    perils,
    routes,
    statements,
    suits,
)
from kcbx_docs.procedure.checks.view import Check

CHECKS: Mapping[str, Check] = {
    **able.CHECKS,
    **competence.CHECKS,
    **order.CHECKS,
    **penalty.CHECKS,
    **people.CHECKS,
    **perils.CHECKS,
    **enforcement.CHECKS,
    **suits.CHECKS,
    **routes.CHECKS,
    **statements.CHECKS,
}
