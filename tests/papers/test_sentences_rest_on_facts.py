"""Nothing is asserted that the file does not hold: a sentence that stays whatever fact is changed
or taken away is a heading, a direction, a rule of law, or listed in ``constant_sentences.txt``.

Read every new line of that file before ``--update-golden`` keeps it: a line that claims something
of this child or guardian belongs behind an ``{% if %}`` on the fact that it rests on.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kcbx_docs.papers.make import Made, make
from tests import matrix
from tests.papers.resting import Trial, asserts

pytestmark = [pytest.mark.alike, pytest.mark.long]

_WORDINGS = 2
FILE = Path(__file__).parent / "constant_sentences.txt"


def listed() -> dict[str, set[str]]:
    """Read the reviewed sentences by document."""
    found: dict[str, set[str]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        document, words = line.split(maxsplit=1)
        found.setdefault(document, set()).add(words)
    return found


def papers(document: str) -> Iterator[Made]:
    """Yield the first wordings of a document that the samples make with some packs."""
    for pack in ("national", "yunnan"):
        for _, one in matrix.worded(pack).get(document, ())[:_WORDINGS]:
            yield one


def constant(document: str, known: set[str]) -> set[str]:
    """Return the claims of a document that rest on nothing."""
    registry, found, needed = matrix.libraries()["national"].registry, set(), set()
    for one in papers(document):
        trial = Trial(one, registry, needed)
        left = trial.constant(known)
        bare = map(trial.bare, left)
        found |= {words for words in bare if asserts(words)}
    return found


DOCUMENTS = matrix.libraries()["national"].ids


def test_every_sentence_rests_on_a_fact_or_was_reviewed(update_golden: bool) -> None:
    known = listed()
    found = {name: constant(name, known.get(name, set())) for name in DOCUMENTS}
    if update_golden:
        lines = [f"{name} {words}" for name in DOCUMENTS for words in sorted(found[name])]
        FILE.write_text("\n".join(lines) + "\n", "utf-8")
    new = [
        f"{name} {words}" for name in DOCUMENTS for words in found[name] - known.get(name, set())
    ]
    assert update_golden or new == []


PLANT = "<p>{{ 学生.姓名 }}至今在外，{{ 监护人.姓名 }}多次当面拒绝送学。</p>"


def test_a_claim_is_found_though_it_names_people() -> None:
    """A name tells whom a claim is about, not that it is true."""
    registry, known = matrix.libraries()["national"].registry, listed()["order-to-correct"]
    one = next(papers("order-to-correct"))
    flat = one.paper.flat
    # At the end: the places of what stands before it stay what they were.
    planted = replace(flat, source=f"{flat.source}{PLANT}\n")
    paper = replace(one.paper, flat=planted)
    made, problems = make(paper, registry)
    assert made, problems
    trial = Trial(made, registry)
    left = trial.constant(known)
    assert {trial.bare(words) for words in left} - known >= {"＿至今在外，＿多次当面拒绝送学"}


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("老师和同学都很惦记", True),
        ("没有建立学籍", True),
        ("截至今天仍未到校", True),
        ("请收到后与我们联系", False),
        ("核查时间", False),
    ],
)
def test_claims_are_told_from_headings_and_directions(words: str, claims: bool) -> None:
    assert asserts(words) is claims
