"""What is told of those who were given papers before: who is gone, who is called otherwise."""

from collections.abc import Iterator, Sequence

from kcbx_docs.batch.assigning import held_by, line_of, mixed_up, perhaps_renamed, renamed
from kcbx_docs.batch.preflight import some
from kcbx_docs.batch.returned import told_apart
from kcbx_docs.batch.run import BatchRun
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Place, Problem, as_warning, problem

_SEVERAL = 2
"""One name may be put right and be another's as well; two have changed places."""


def told_before(run: BatchRun, slips: Sequence[Slip]) -> Iterator[Problem]:
    """Say whose papers were printed before: who is gone, who is called otherwise."""
    yield from _told_gone(run, slips)
    yield from _told_renamed(run, slips)


def told_mixed_up(run: BatchRun, slips: Sequence[Slip], reason: str) -> Iterator[Problem]:
    """Refuse a roster of which a column was sorted without the others; what was wrong before and
    is put right is said with a reason.
    """
    pairs = mixed_up(run.present, slips)
    if len(pairs) >= _SEVERAL and not run.asked.only:
        names = some([f"{slip.name}（{slip.serial}）→{wish.name}" for wish, slip in pairs])
        told = problem("BTCH054", Place(run.roster), count=len(pairs), names=names)
        yield as_warning(told) if reason else told


def _told_gone(run: BatchRun, slips: Sequence[Slip]) -> Iterator[Problem]:
    """Say whose papers were printed before and whom the roster does not name any more."""
    by_serial = {slip.serial: slip for slip in slips}
    known: set[str] = set()
    for slip in held_by(run.present, slips):
        known.update(one.serial for one in line_of(slip, by_serial))
    batch = run.desk.loaded.batch.id
    left = [s for s in slips if s.batch == batch and s.state == "印发" and s.serial not in known]
    if left and not run.asked.only:
        names = some(
            [f"{slip.name}（{slip.serial}）" if slip.name else slip.serial for slip in left]
        )
        yield problem("BTCH024", Place(run.roster), count=len(left), serials=names)


def _told_renamed(run: BatchRun, slips: Sequence[Slip]) -> Iterator[Problem]:
    """Say who is taken for the same pupil under another name, and who may be."""
    kept = told_apart(run)
    for code, pairs in (
        ("BTCH049", [pair for pair in renamed(run.present, slips) if id(pair[0]) not in kept]),
        ("BTCH050", perhaps_renamed(run.present, slips)),
    ):
        if pairs and not run.asked.only:
            told = [f"{slip.name}（{slip.serial}）→{wish.name}" for wish, slip in pairs]
            yield problem(code, Place(run.roster), count=len(pairs), names=some(told))
