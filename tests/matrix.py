"""Every document of every pack, filled from the samples: the material of the tests that look at all of them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kcbx_docs.case.files import load_case, load_official, load_workspace
from kcbx_docs.case.workspace import with_school
from kcbx_docs.packs.library import Library, all_libraries
from kcbx_docs.papers.desk import desk_for, open_law
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.plan import Paper, plan_case, plan_letter
from kcbx_docs.problems import Problems, errors
from kcbx_docs.procedure.jurisdiction import Jurisdiction

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 11, 22)
UNITS_OF_BATCHES = ("学生", "班级")


@dataclass(frozen=True)
class Sample:
    """One paper of a sample as a pack words it."""

    pack: str
    source: str
    paper: Paper

    @property
    def name(self) -> str:
        return f"{self.pack}/{self.source}/{self.paper.name}"


@cache
def libraries() -> dict[str, Library]:
    """Open every shipped pack."""
    return dict(all_libraries())


@cache
def samples() -> tuple[tuple[Sample, ...], Problems]:
    """Plan every sample with every pack."""
    found: list[Sample] = []
    problems: Problems = ()
    for pack, library in libraries().items():
        for source, papers, more in _plans(pack, library):
            found += [Sample(pack, source, paper) for paper in papers]
            problems = (*problems, *errors(more))
    return tuple(found), problems


@cache
def law_of(pack: str, root: Path) -> Jurisdiction:
    """Open the law of a pack for the office of a sample."""
    office, _ = load_workspace(root)
    assert office is not None
    return open_law(libraries()[pack], office.workspace, office.root)[0]


def _plans(pack: str, library: Library) -> Iterator[tuple[str, tuple[Paper, ...], Problems]]:
    for path in sorted(ROOT.glob("cases/**/*.yaml")):
        first = path.read_text("utf-8").lstrip().split("\n")
        kind = next((line.split(":")[0] for line in first if line and not line.startswith("#")), "")
        office, _ = load_workspace(next(p for p in path.parents if (p / "kcbx.yaml").is_file()))
        assert office is not None
        if kind == "案件":
            loaded, more = load_case(path, TODAY, office.workspace)
            assert loaded is not None, more
            case = with_school(loaded.case, office.workspace)
            yield path.stem, *plan_case(desk_for(library, law_of(pack, office.root), case, TODAY))
        elif kind == "公文":
            letter, more = load_official(path, office.workspace)
            assert letter is not None, more
            yield path.stem, *plan_letter(letter.letter, library, office.workspace, TODAY)


@cache
def made() -> tuple[tuple[tuple[Sample, Made], ...], Problems]:
    """Fill every sample's papers."""
    done: list[tuple[Sample, Made]] = []
    problems: Problems = ()
    for sample in samples()[0]:
        one, more = make(sample.paper, libraries()[sample.pack].registry)
        problems = (*problems, *errors(more))
        if one:
            done.append((sample, one))
    return tuple(done), problems


@cache
def distinct() -> tuple[tuple[Sample, Made], ...]:
    """Keep one of the papers that packs word alike."""
    seen: dict[object, tuple[Sample, Made]] = {}
    for sample, one in made()[0]:
        key = (one.paper.flat.front.layout, str(one.filled.root), one.paper.title)
        seen.setdefault(key, (sample, one))
    return tuple(seen.values())
