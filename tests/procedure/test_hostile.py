"""Whatever a history says, the engine answers: no crash, no guess, the same answer twice."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.model import Case
from kcbx_docs.case.service_methods import SERVICE_METHODS
from kcbx_docs.packs.procedure import STATES
from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.procedure.audit import audit
from kcbx_docs.procedure.standing import outline, stand
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.docket import Docket, docket_of
from tests.procedure.world import CLAUSE, FATHER, MOTHER, docket, law_of

DAYS = st.dates(date(2019, 12, 1), date(2029, 1, 31))
DOCUMENTS = st.sampled_from(
    [
        "责令限期改正通知书",
        "行政处罚事先告知书",
        "行政处罚决定书",
        "催告书",
        "听证通知书",
        "训诫书",
        "不存在的文书",
        "强制执行申请书",
        "",
    ]
)
TARGETS = st.sampled_from([(), (FATHER,), (MOTHER,), (FATHER, MOTHER), ("某单位",)])
DEADLINES = st.one_of(
    st.none(),
    DAYS.map(lambda d: Deadline(day=d)),
    st.builds(Deadline, count=st.integers(1, 999), unit=st.sampled_from(["日", "工作日", "月"])),
)
RESULTS = st.sampled_from(
    sorted(
        {
            "",
            *(
                w
                for kind in EVENT_FIELDS.values()
                for words in kind.choices.values()
                for w in words
            ),
        }
    )
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    return Event.model_construct(
        **{
            **{name: field.get_default() for name, field in Event.model_fields.items()},
            "day": draw(DAYS),
            "kind": draw(st.sampled_from(sorted(EVENT_FIELDS))),
            "document": draw(DOCUMENTS),
            "targets": draw(TARGETS),
            "method": draw(st.sampled_from(["", *SERVICE_METHODS])),
            "result": draw(RESULTS),
            "number": draw(st.sampled_from(["", "青政〔2026〕1号", "青政〔2025〕2号"])),
            "period": draw(DEADLINES),
            "amount": draw(
                st.sampled_from([None, Decimal("0.01"), Decimal(500), Decimal(999999999)])
            ),
            "published": draw(st.one_of(st.none(), DAYS)),
            "effective": draw(st.one_of(st.none(), DAYS)),
            "signer": draw(st.sampled_from(["", FATHER, "普云飞", "普阿奶", "路人"])),
        }
    )


def told(history: list[Event], deadline: Deadline | None) -> Docket:
    base = docket("", law_of("450206", CLAUSE), guardians=(FATHER, MOTHER))
    order = base.case.order.model_copy(update={"deadline": deadline}) if base.case.order else None
    case: Case = base.case.model_copy(update={"history": tuple(history), "order": order})
    return docket_of(case, base.law)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events(), max_size=25), DEADLINES, DAYS)
def test_any_history_gets_an_answer(
    history: list[Event], deadline: Deadline | None, day: date
) -> None:
    standing = stand(told(history, deadline), day)
    again = stand(told(history, deadline), day)
    assert standing.guardians == again.guardians and standing.problems == again.problems
    for guardian in standing.guardians:
        assert guardian.state in STATES
        for option in guardian.allowed:
            assert option.verdict != "禁止" and (
                option.earliest is None or option.earliest.day <= day
            )
        for option in guardian.blocked:
            assert (
                option.reasons
                or option.window.refused
                or (option.earliest and option.earliest.day > day)
            )
    assert [g.state for g in outline(told(history, deadline), day).guardians] == [
        g.state for g in standing.guardians
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events(), max_size=25), DEADLINES, DAYS)
def test_any_history_fills_the_papers_and_is_audited(
    history: list[Event], deadline: Deadline | None, day: date
) -> None:
    case = told(history, deadline)
    facts = procedure_facts(case, MOTHER, day)
    assert facts.debt.surcharge is None or facts.debt.surcharge <= (facts.debt.fine or 0)
    assert all(p.message for p in audit(case, day))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events(), max_size=20), DAYS)
def test_no_penalty_paper_without_a_clause_whatever_happened(
    history: list[Event], day: date
) -> None:
    base = told(history, None)
    bare = docket_of(base.case, law_of("450206"))
    for document in ("case-filing", "penalty-notice", "penalty-decision", "spot-decision"):
        assert permission(bare, document, FATHER, day).verdict == "禁止"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events(), max_size=20), DAYS, st.integers(1, 400))
def test_what_happens_later_does_not_change_what_was_allowed(
    history: list[Event], day: date, later: int
) -> None:
    known = [event for event in history if event.day <= day]
    future = [
        event.model_copy(update={"day": day + timedelta(days=later)})
        for event in history
        if event.day > day
    ]
    with_future, without = told([*known, *future], None), told(known, None)
    for document in ("order-to-correct", "penalty-decision", "enforcement-application"):
        one, other = (permission(case, document, FATHER, day) for case in (with_future, without))
        assert (one.verdict, [f.reason for f in one.findings]) == (
            other.verdict,
            [f.reason for f in other.findings],
        )


def test_strangers_the_child_and_carers_are_never_addressed() -> None:
    case = docket("- {日期: 2026-01-05, 事项: 首次缺课}")
    for name, who in (
        ("普云飞", "学生本人"),
        ("普阿奶", "受托照护人"),
        ("路人", "不是本案的监护人"),
    ):
        refused = permission(case, "order-to-correct", name, date(2026, 1, 12))
        assert refused.verdict == "禁止" and who in refused.findings[0].reason


def test_a_paper_outside_the_procedure_passes() -> None:
    assert permission(docket(""), "service-receipt", FATHER, date(2026, 1, 12)).verdict == "通过"
    assert permission(docket(""), "commitment", "", date(2026, 1, 12)).verdict == "通过"


EDGES = st.sampled_from(
    [date.min, date(1, 1, 2), date(1999, 12, 31), date(2021, 12, 31), date(9999, 12, 30), date.max]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(events(), EDGES), max_size=15), DEADLINES, EDGES)
def test_the_ends_of_time_are_survived(
    history: list[tuple[Event, date]], deadline: Deadline | None, day: date
) -> None:
    moved = [
        event.model_copy(update={"day": edge, "published": None, "effective": None})
        for event, edge in history
    ]
    case = told(moved, deadline)
    assert len(stand(case, day).guardians) == 2
    assert procedure_facts(case, FATHER, day).state in STATES
