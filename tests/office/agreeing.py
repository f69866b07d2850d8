"""One file with a slip, checked and rendered: what each says of it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import yaml

from kcbx_docs.batch.render import papers_of
from kcbx_docs.cli.check import of_batch, of_letter
from kcbx_docs.office.check import check_files
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import Problem, UserError, errors
from kcbx_docs.reading import read_yaml
from tests.slips_in_files import with_slip

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)
OFFICES = (".", "cases/阶梯示例")


@dataclass(frozen=True)
class Sample:
    """A sample file, and where a copy of it with a slip is written."""

    name: str
    data: object
    path: Path


def samples_in(folder: Path) -> list[Sample]:
    """Copy the offices of the samples without their cases; list the samples."""
    samples: list[Sample] = []
    for number, office in enumerate(OFFICES):
        home, cases = folder / str(number), ROOT / office / "cases"
        (home / "cases").mkdir(parents=True)
        shutil.copy(ROOT / office / "kcbx.yaml", home)
        for roster in cases.glob("*.xlsx"):
            shutil.copy(roster, home / "cases")
        if number:
            shutil.copytree(ROOT / office / "templates", home / "templates")
        for path in sorted(cases.glob("*.yaml")):
            data = read_yaml(path)[0].data
            samples.append(Sample(path.stem, data, home / "cases/slip.yaml"))
    return samples


class Pair:
    """What check and render say of one sample with one slip."""

    def __init__(self, sample: Sample, seed: int) -> None:
        self.sample = sample
        data, self.slip = with_slip(sample.data, seed)
        text = yaml.dump(data, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)
        sample.path.write_text(text, "utf-8")

    @cached_property
    def checked(self) -> tuple[Problem, ...]:
        """Return what check says."""
        return check_files([self.sample.path], DAY, of_letter, of_batch)

    @cached_property
    def rendered(self) -> tuple[Problem, ...]:
        """Return what render says up to the filled papers."""
        path = self.sample.path
        try:
            office = open_office(path)
            loaded, found = office.read(path, DAY)
            if loaded is None:
                return found
            return papers_of(office, loaded, Wanted(DAY, (), ()), found=found).problems
        except UserError as error:
            return error.problems

    @cached_property
    def stood(self) -> tuple[Problem, ...]:
        """Return what next says; it reads cases, no batches and letters."""
        told = outlooks([self.sample.path], DAY, DAY, judged=True, workers=1)
        return (*told.problems, *(p for one in told.cases for p in one.problems))

    def differences(self) -> Iterator[str]:
        """Yield where the two do not agree."""
        wrong, refused = errors(self.checked), errors(self.rendered)
        if bool(wrong) != bool(refused):
            yield f"one_only check={list(map(str, wrong))} render={list(map(str, refused))}"
        severities = {(p.code, p.place): p.severity for p in self.checked}
        for one in self.rendered:
            other = severities.get((one.code, one.place), one.severity)
            if other != one.severity:
                yield f"severity {one.code} check={other} render={one.severity}"
        yield from self.of_next()
        # A class whose papers cannot be made names the template: its cause has a line of its own.
        known = any(one.code == "CASE095" for one in refused)
        for one in refused:
            if not (known or one.place.line or one.place.path or one.code == "PAPR005"):
                yield f"nowhere {one}"

    def of_next(self) -> Iterator[str]:
        """Yield where next says something else of a case than check, or leaves an error out."""
        if not isinstance(self.sample.data, dict) or "案件" not in self.sample.data:
            return
        known = {(p.code, p.place.line): p.severity for p in self.checked}
        told = {(p.code, p.place.line): p.severity for p in self.stood}
        for fault, severity in told.items():
            if known.get(fault) != severity:
                yield f"next {fault} next={severity} check={known.get(fault)}"
        for one in errors(self.checked):
            if (one.code, one.place.line) not in told:
                yield f"not_in_next {one}"
