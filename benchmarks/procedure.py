"""Time standing and outline of thousands of cases in memory, without reading files:
python -m benchmarks.procedure.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from kcbx_docs.case.files import load_file, load_workspace
from kcbx_docs.case.model import Case
from kcbx_docs.law.calendar import load_calendar
from kcbx_docs.packs.library import open_library
from kcbx_docs.procedure.standing import outline, stand
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.jurisdiction import Jurisdiction, open_jurisdiction

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
LIMIT = 1.5
"""Milliseconds a case: 5,000 cases in under ten seconds with the reading of their files."""


def jurisdiction() -> Jurisdiction:
    """Open the office of the samples."""
    office, _ = load_workspace(ROOT)
    assert office is not None
    library, _ = open_library(office.workspace.region, ROOT)
    return open_jurisdiction(library, office.workspace, load_calendar()[0])[0]


def samples() -> Iterator[Case]:
    """Yield the cases among the samples."""
    for path in sorted((ROOT / "cases").rglob("*.yaml")):
        if path.read_text("utf-8").find("\n案件: 控辍个案\n") >= 0:
            loaded, _ = load_file(path, DAY)
            if loaded:
                yield loaded.case


def moved(case: Case, days: int, law: Jurisdiction) -> Docket:
    """Return a case whose history lies some days earlier,
    so that no period is computed for free.
    """
    history = tuple(
        e.model_copy(update={"day": e.day - timedelta(days=days)}) for e in case.history
    )
    return docket_of(case.model_copy(update={"history": history}), law)


def measure(work: Callable[[Docket, date], object], count: int, law: Jurisdiction) -> float:
    """Return milliseconds of processor time a case."""
    cases = list(samples())
    many = [moved(cases[n % len(cases)], n % 365, law) for n in range(count)]
    start = time.process_time()
    for docket in many:
        work(docket, DAY)
    return (time.process_time() - start) / count * 1000


def main() -> None:
    """Print milliseconds a case and the time of the whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    count, law = parser.parse_args().cases, jurisdiction()
    for name, work in (("next (stand)", stand), ("status (outline)", outline)):
        each = measure(work, count, law)
        verdict = "ok" if each <= LIMIT else f"over {LIMIT}"
        print(
            f"{name:18} {each:6.2f} ms a case, "
            f"{each * count / 1000:6.1f} s for {count} cases: {verdict}"
        )


if __name__ == "__main__":
    main()
