"""Drafts as pictures: one that is being made keeps nobody off the others; a look stays whole."""

from threading import Event

from kcbx_docs.desk.previews import Preview, Previews
from kcbx_docs.ledger.model import Who
from kcbx_docs.ledger.who import acting
from tests.meeting import Room, all_at_once

ONE, OTHER = Preview(b"one", 1, ()), Preview(b"other", 2, ())
MANY = 20


def test_who_has_a_draft_made_keeps_nobody_off_what_is_kept() -> None:
    previews, begun, go_on = Previews(), Event(), Event()
    (call,) = previews.keep([ONE])
    seen = []

    def slowly() -> Preview:
        begun.set()
        assert go_on.wait(10)
        return OTHER

    def meanwhile() -> None:
        assert begun.wait(10)
        seen.extend([previews.called(call), previews.kept("quick", lambda: ONE)])
        go_on.set()

    all_at_once([lambda: previews.kept("slow", slowly), meanwhile])
    assert seen == [ONE, ONE]


def test_a_draft_is_made_once_for_all_who_wait_for_it() -> None:
    previews, room = Previews(), Room()

    def make() -> Preview:
        room.enter()
        return ONE

    all_at_once([lambda: previews.kept("same", make)] * 4)
    assert (room.came, room.met) == (1, 0)


def test_what_cannot_be_made_is_tried_again() -> None:
    previews = Previews()
    all_at_once([lambda: previews.kept("same", lambda: 1 / 0)], ZeroDivisionError)  # type: ignore[arg-type, return-value]
    assert previews.kept("same", lambda: ONE) is ONE


def test_a_look_at_many_papers_stays_whole_whatever_others_look_at() -> None:
    previews = Previews()
    calls = previews.keep([ONE, OTHER] * MANY)
    for login in map(str, range(4)):
        with acting(Who("", "", login, "", "", "")):
            for _ in range(MANY):
                (theirs,) = previews.keep([OTHER])
            assert previews.called(theirs) is OTHER
            assert previews.called(calls[0]) is None, "nobody sees another's"
    assert [previews.called(call) for call in calls] == [ONE, OTHER] * MANY
    for spoilt in ("", calls[0][:-2], calls[0] + "9" * 5000, "-0"):
        assert previews.called(spoilt) is None


def test_the_oldest_drafts_are_forgotten() -> None:
    previews = Previews()
    calls = [call for _ in range(MANY) for call in previews.keep([ONE])]
    assert [previews.called(call) is None for call in calls] == [True] * 12 + [False] * 8
