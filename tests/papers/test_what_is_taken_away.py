"""Take one thing away from a sample: its day, its words and what follows from it are in no paper."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import load_file
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.entry import Entry
from kcbx_docs.render.text import paragraphs, tight
from kcbx_docs.words import day_in_words
from tests import matrix

SAMPLE = "cases/到责令.yaml"
DOCUMENTS = ("visit-record", "urge-notice", "dropout-report", "admonition", "order-to-correct")
OPTIONAL = {
    "ethnicity": "彝族",
    "pupil_number": "G530499201305061217",
    "grade": "八年级",
    "class_name": "2班",
    "whereabouts": "目前去向：云岭县城",
    "reason": "厌学，随亲戚到县城汽修店帮工",
}


@cache
def sample() -> Docket:
    """Open the sample as an office of the national pack."""
    office = matrix.office_of("national")
    loaded, _ = load_file(matrix.ROOT / SAMPLE, matrix.DAY, office.workspace)
    return office.docket(loaded)


def words(docket: Docket) -> str:
    """Return the text of all papers of the school and order stage; drafts are made of anything."""
    desk = Desk(matrix.office_of("national"), docket, matrix.DAY, draft=True)
    papers, _ = plan_case(desk, DOCUMENTS)
    registry = matrix.libraries()["national"].registry
    made = [make(paper, registry)[0] for paper in papers]
    return "\n".join("".join(paragraphs(one.filled.root)) for one in made if one)


def only(entries: tuple[Entry, ...]) -> Docket:
    """Return the sample with these events alone."""
    case = sample().case.model_copy(update={"history": tuple(one.event for one in entries)})
    return replace(sample(), case=case, entries=entries)


def days_of_one_event() -> Iterator[tuple[Entry, Event]]:
    """Yield the events on whose day nothing else is written down."""
    case = sample().case
    text = repr(case.exclusions) + repr(case.evidence) + repr(case.dangers)
    for entry in sample().entries:
        day = entry.event.day
        alone = [one for one in sample().entries if one.event.day == day] == [entry]
        if alone and day_in_words(day) not in text and repr(day) not in text:
            yield entry, entry.event


def test_an_event_that_did_not_happen_is_in_no_paper() -> None:
    tried = list(days_of_one_event())
    for entry, event in tried:
        left = tuple(one for one in sample().entries if one is not entry)
        assert tight(day_in_words(event.day)) not in words(only(left)), event
    assert len(tried) >= 4


@pytest.mark.parametrize(("key", "printed"), OPTIONAL.items())
def test_what_is_not_written_of_the_child_is_in_no_paper(key: str, printed: str) -> None:
    case = sample().case
    pupil = case.pupil.model_copy(update={key: ""})
    people = tuple(one.model_copy(update={"ethnicity": ""}) for one in case.guardians)
    changed = case.model_copy(update={"pupil": pupil, "guardians": people})
    before = words(sample())
    assert printed in before
    if key == "grade":  # a basis of what was examined names it too
        exclusions = type(case.exclusions)()
        changed = changed.model_copy(update={"exclusions": exclusions})
    assert printed not in words(replace(sample(), case=changed))


def test_no_number_of_the_register_is_not_no_register() -> None:
    case = sample().case
    unsaid = case.pupil.model_copy(update={"pupil_number": ""})
    looked = unsaid.model_copy(update={"enrolled": "没有建立"})
    for pupil, said in ((unsaid, False), (looked, True)):
        text = words(replace(sample(), case=case.model_copy(update={"pupil": pupil})))
        assert ("没有建立学籍" in text) is said


def test_reasons_that_nobody_examined_are_not_denied() -> None:
    case = sample().case
    text = words(
        replace(sample(), case=case.model_copy(update={"exclusions": type(case.exclusions)()}))
    )
    assert "正当理由" in words(sample())
    assert "经查，没有" not in text
    assert "死亡" not in words(sample())
