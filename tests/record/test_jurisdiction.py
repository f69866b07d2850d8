"""What a place calls its papers and how it counts: every name leads to one document, every figure has its source."""

from dataclasses import replace
from datetime import date

import pytest

from kcbx_docs.record.jurisdiction import may_replace
from tests.procedure.world import law_of

DAY = date(2026, 3, 9)


def with_periods(**periods):
    law = law_of()
    return replace(law, pack=law.pack.model_copy(update={"periods": periods}))


def test_every_document_is_known_by_its_id_and_by_its_titles():
    law = law_of()
    for requirement in law.registry.documents:
        assert law.document(requirement.id) == requirement.id
    for document, card in law.cards.items():
        assert law.document(document) == document
        assert law.document(card.title) == document, card.title
        assert law.document(f"《{card.title}》") == document
    assert law.document("没有的文书") == ""


def test_a_title_of_the_place_goes_before_that_of_the_template():
    law = law_of("玉溪市")
    own = law.pack.titles
    assert own and all(law.title(document) == title for document, title in own.items())
    assert law_of().title("no-such-paper") == "no-such-paper"


def test_a_paper_that_has_no_template_is_judged():
    law = law_of()
    assert law.judged("no-such-paper") and law.judged("order-to-correct")
    assert law.card("no-such-paper") is None and law.role("no-such-paper") is None
    assert law.document_as("责令") == "order-to-correct"
    assert set(law.documents_with("责令", "催告")) == {"demand-letter", "order-to-correct"}


@pytest.mark.parametrize(
    ("written", "local", "days"),
    [(20, 20, 20), ("20", 20, 20), ("未知", None, 15), (True, None, 15), (10, 10, 15)],
)
def test_a_local_figure_counts_where_it_is_no_shorter(written, local, days):
    """Ten days for payment would take something from the party: the law's fifteen stay."""
    law = with_periods(**{"pay-15": written})
    if written == "未知":
        law = with_periods()
    assert law.local_figure("pay-15") == local
    assert law.term("pay-15", DAY).result.value == days


@pytest.mark.parametrize(
    ("rule", "figure", "may"),
    [
        ("pay-15", 14, False),
        ("pay-15", 15, True),
        ("pay-15", 16, True),
        ("decision-90", 30, True),
        ("order-deadline", 1, True),
        ("hearing-notice", -6, False),
        ("hearing-notice", -8, True),
        ("hearing-notice", 8, True),
    ],
)
def test_a_place_may_bind_itself_and_favour_a_party(rule, figure, may):
    known = law_of().registry.rule(rule)
    expected = may or known.bound == "机关"
    assert may_replace(known, figure) is expected


def test_a_given_figure_goes_before_the_local_one_and_a_unit_before_the_rules():
    law = with_periods(**{"order-deadline": 20})
    assert law.term("order-deadline", DAY).result.value == 20
    assert law.term("order-deadline", DAY, 5).result.value == 5
    assert law.term("order-deadline", DAY, 5, "工作日").rule.unit == "工作日"
    assert law.term("order-deadline", DAY, 5, "").rule.unit == "日"


def test_what_was_computed_once_is_kept_for_its_own_key():
    law = law_of()
    assert law.term("pay-15", DAY) is law.term("pay-15", DAY)
    assert law.term("pay-15", DAY) is not law.term("pay-15", date(2026, 3, 10))


def test_a_period_that_cannot_be_computed_says_why_and_has_no_days():
    lost = law_of().term("demand-10", date(2026, 12, 25))
    assert (lost.end, lost.unrolled, lost.next_day, lost.basis) == (None, None, None, ())
    assert [p.code for p in lost.warnings] == ["CAL001"]


@pytest.mark.parametrize(("day", "adult"), [(date(2026, 5, 5), False), (date(2026, 5, 6), True)])
def test_of_age_on_the_eighteenth_birthday(day, adult):
    assert law_of().is_adult(date(2008, 5, 6), day) is adult


def test_a_check_and_a_step_of_one_name_keep_their_own_articles():
    """What was resolved once is kept: never one for the other, never of another day."""
    law = law_of()
    name = "孩子未返校"
    check = law.check_basis(name, DAY)
    steps = {**law.procedure.steps, name: law.procedure.steps["decision"]}
    file = law.procedure.file.model_copy(update={"steps": steps})
    both = replace(law, procedure=replace(law.procedure, file=file))
    assert both.check_basis(name, DAY) == check
    assert both.step_basis(name, DAY) == law.step_basis("decision", DAY) != check
    assert law.check_basis("没有的检查", DAY) == ()
