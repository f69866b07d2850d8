"""Review and suit: which is open, which took the act away, and until when one may still sue."""

from datetime import date

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.record.challenges import ANNULLED, contests_of, contests_on, remedy_of
from tests.procedure.world import law_of

SERVED = date(2026, 3, 10)
REVIEW, DECIDED = "申请行政复议", "复议决定"
SUIT, JUDGED = "提起行政诉讼", "行政判决"


def event(day, kind, result="", **more):
    return Event.model_validate({"日期": f"2026-{day}", "事项": kind, "结果": result, **more})


def remedy(*events):
    return remedy_of(SERVED, events, law_of())


def test_untouched_the_act_may_be_reviewed_for_sixty_days_and_sued_for_six_months():
    free = remedy()
    assert (free.review.end, free.suit.end) == (date(2026, 5, 9), date(2026, 9, 10))
    assert (free.contests, free.pending, free.annulled, free.judged, free.changed) == (
        (),
        *[None] * 4,
    )


def test_before_service_nothing_runs():
    early = remedy_of(None, (event("04-01", REVIEW),), law_of())
    assert (early.review, early.suit) == (None, None) and early.pending


@pytest.mark.parametrize(
    ("kind", "end", "result", "annulled", "changed", "judged"),
    [
        (REVIEW, DECIDED, "维持", False, False, False),
        (REVIEW, DECIDED, "驳回", False, False, False),
        (REVIEW, DECIDED, "撤销", True, False, False),
        (REVIEW, DECIDED, "确认违法", False, False, False),
        (REVIEW, DECIDED, "变更", False, True, False),
        (REVIEW, DECIDED, "调解", False, True, False),
        (SUIT, JUDGED, "撤销", True, False, False),
        (SUIT, JUDGED, "变更", False, True, True),
        (SUIT, JUDGED, "驳回诉讼请求", False, False, True),
        (SUIT, JUDGED, "驳回起诉", False, False, False),
        (SUIT, JUDGED, "撤诉", False, False, False),
    ],
)
def test_what_each_result_does(kind, end, result, annulled, changed, judged):
    done = remedy(event("04-01", kind), event("05-06", end, result))
    assert done.pending is None
    assert [bool(one) for one in (done.annulled, done.changed, done.judged)] == [
        annulled,
        changed,
        judged,
    ]


@pytest.mark.parametrize("kind, end", [(REVIEW, DECIDED), (SUIT, JUDGED)])
def test_found_unlawful_it_is_not_taken_away(kind, end):
    done = remedy(event("04-01", kind), event("05-06", end, "确认违法"))
    assert (done.annulled, done.found_unlawful.result) == (None, "确认违法")
    assert set(ANNULLED) == {"撤销"}


@pytest.mark.parametrize(
    ("result", "suit_end"),
    [
        ("维持", date(2026, 5, 21)),
        ("不予受理", date(2026, 5, 21)),
        ("终止", date(2026, 9, 10)),
    ],
)
def test_after_a_review_fifteen_days_and_after_one_that_was_given_up_the_longer(result, suit_end):
    done = remedy(event("04-01", REVIEW), event("05-06", DECIDED, result))
    assert done.suit.end == suit_end


def test_a_review_that_was_given_up_late_leaves_fifteen_days():
    done = remedy(event("04-01", REVIEW), event("09-07", DECIDED, "终止"))
    assert done.suit.end == date(2026, 9, 22)


def test_of_two_reviews_the_last_counts():
    twice = remedy(
        event("03-16", REVIEW),
        event("03-20", DECIDED, "终止"),
        event("04-01", REVIEW),
        event("05-06", DECIDED, "维持"),
    )
    assert twice.suit.end == date(2026, 5, 21)


def test_the_day_on_which_a_result_took_effect_goes_before_its_own():
    done = remedy(event("04-01", REVIEW), event("05-06", DECIDED, "维持", 生效日期="2026-05-13"))
    (contest,) = done.contests
    assert (contest.closed, contest.name, contest.result) == (date(2026, 5, 13), "行政复议", "维持")
    assert done.suit.start == date(2026, 5, 13)


def test_no_surcharge_runs_from_the_application_to_the_result():
    def span(day, *events):
        return contests_on(events, law_of(), day)[0].span(day)

    asked, day = event("04-01", REVIEW), date(2026, 6, 1)
    assert span(date(2026, 4, 20), asked) == (date(2026, 4, 1), date(2026, 4, 20))
    assert span(day, asked, event("05-06", DECIDED, "维持")) == (date(2026, 4, 1), date(2026, 5, 6))
    assert span(day, asked, event("04-07", DECIDED, "不予受理")) is None


def test_results_close_the_first_of_their_own_kind_that_is_open():
    contests, stray = contests_of(
        [
            event("04-01", REVIEW),
            event("04-02", SUIT),
            event("04-03", REVIEW),
            event("05-06", JUDGED, "撤诉"),
            event("05-07", DECIDED, "维持"),
        ]
    )
    assert stray == ()
    assert [(c.start.day.day, c.result) for c in contests] == [(1, "维持"), (2, "撤诉"), (3, "")]


def test_a_result_without_an_application_is_stray_but_counts():
    contests, stray = contests_of([event("05-06", DECIDED, "撤销")])
    assert [one.kind for one in stray] == [DECIDED]
    assert [(c.kind, c.result) for c in contests] == [(REVIEW, "撤销")]


def test_the_last_change_is_the_one_that_holds():
    changed = remedy(
        event("04-01", REVIEW),
        event("05-06", DECIDED, "变更", 金额="300"),
        event("05-11", SUIT),
        event("07-06", JUDGED, "变更", 金额="200"),
    ).changed
    assert changed.end.amount == 200


def test_at_the_end_of_time_the_suit_cannot_be_reckoned_and_says_so():
    late = remedy_of(date.max, (), law_of())
    assert (late.suit.result, [p.code for p in late.suit.refusal]) == (None, ["PROC001"])
