"""Pictures say in words what they show, and nothing by colour alone."""

import html
import re
from datetime import date

import pytest

from kcbx_docs.desk.pictures.ladder import climb, ladder
from kcbx_docs.desk.pictures.layers import HEIGHT, layers
from kcbx_docs.procedure.ladder import Rung
from tests.desk.conftest import DAY, desk_at, let_in

RUNGS = (
    Rung("做了", "责令限期改正", date(2026, 11, 2), "责令改正", ("《责令通知书》青政〔2026〕1号",)),
    Rung("期限", "改正期限", date(2026, 11, 27), told=("由当事人",), over=True),
    Rung("期限", "申请行政复议", date(2026, 12, 1)),
    Rung("接下来", "期满核查", None, "责令改正"),
)


def test_a_ladder_tells_done_running_late_and_next_by_shape_and_in_words() -> None:
    drawn = ladder(RUNGS, DAY)
    assert [mark.shape for mark in drawn.marks] == ["full", "late", "half", "next"]
    assert drawn.told == (
        "2026-11-02 责令限期改正，已做，《责令通知书》青政〔2026〕1号；"
        "2026-11-27 改正期限（已过1天），由当事人；"
        "2026-12-01 申请行政复议（还有3天）；接下来：期满核查"
    )
    heights = [y for mark in drawn.marks for y, _ in (*mark.head, *mark.lines)]
    assert heights == sorted(heights)
    assert drawn.height > heights[-1]
    assert ladder((), DAY) is None


def test_a_long_line_of_a_ladder_is_broken_and_loses_nothing() -> None:
    name = "责令送被监护人接受义务教育通知书" * 4
    paper, served = (
        "《行政处罚事先告知书》柏政罚告〔2026〕1号、11号",
        "2026-01-13 送达（有疑问），2026-01-14",
    )
    mark = ladder((Rung("做了", name, DAY, told=(paper, served)),), DAY).marks[0]
    assert "".join(text for _, text in mark.head) == f"{DAY} {name}"
    assert max(len(text) for _, text in mark.head) <= 27
    lines = [text for _, text in mark.lines]
    assert "".join(lines) == paper + served
    assert served[:10] in "\n".join(lines)
    assert all(line[0] not in "〕）》，、" for line in lines)
    days = re.findall(r"\d{4}-\d\d-\d\d", "\n".join(lines))
    assert days == ["2026-01-13", "2026-01-14"]


@pytest.mark.parametrize(
    ("state", "reached"),
    [("劝返中", 1), ("责令期内", 2), ("申辩期内", 3), ("催告期满", 4), ("已返校", None)],
)
def test_how_far_a_state_is_up_the_ladder(state, reached) -> None:
    told = climb(state)
    assert (told and told.reached) == reached
    assert told is None or told.told.startswith(f"第{reached}级")


def test_layers_add_up_and_stand_on_one_another() -> None:
    counts = {date(2026, 11, 22): {"甲": 1}, DAY: {"乙": 3, "甲": 1}}
    drawn = layers(counts, ("甲", "乙", "丙"))
    assert drawn.told == "2026-11-22 甲1；2026-11-28 甲1、乙3"
    last = drawn.columns[-1]
    assert (last.total, sum(one.height for one in last.layers)) == (4, HEIGHT)
    assert last.layers[0].y == last.layers[1].y + last.layers[1].height
    assert dict(drawn.labels) == {"甲": 0, "乙": 1}
    assert layers({DAY: {}}, ("甲",)) is None


def test_every_picture_of_the_pages_has_its_words(office) -> None:
    desk = desk_at(office)
    browser, seen = let_in(desk), 0
    addresses = ["/", "/over-time", *(f"/cases/{desk.called(path)}" for path in desk.cases)]
    for address in addresses:
        for told in re.findall('<svg[^>]*role="img"[^>]*>', browser.get(address).text):
            label = re.search('aria-label="([^"]+)"', html.unescape(told))
            assert label and len(label[1]) > 5, address
            seen += 1
    assert seen > 15


def test_the_weeks_count_cases_and_end_with_what_stands_now(office) -> None:
    desk = desk_at(office)
    text = let_in(desk).get("/over-time").text
    rows = re.findall(r'nowrap">([\d-]+)</th>(.*?)</tr>', text)
    assert len(rows) == 13
    assert rows[-1][0] == str(DAY)
    cases = [one for one in desk.outlooks(DAY).cases if one.states and not one.kind]
    with_guardians = [one for one in cases if one.states[0][0]]
    assert rows[-1][1].endswith(f"<td>{len(with_guardians)}</td>")
    assert all(one.pupil not in text for one in with_guardians)
