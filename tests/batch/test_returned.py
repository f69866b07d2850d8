"""What a family gave back is never void without a word; the new ones can be printed alone."""

from pathlib import Path

import pytest

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.ledger.book import FOLDER, open_book
from kcbx_docs.ledger.model import Who
from kcbx_docs.problems import UserError
from kcbx_docs.slips.record import Said, SlipAct, record
from tests.batch.conftest import DAY, Render
from tests.batch.test_dry_run import said
from tests.batch.test_preflight import change
from tests.batch.test_serials import TENTH, printed, slips

NEW = BatchAsked(fresh=True)


@pytest.fixture
def returned(render: Render, school: Path) -> str:
    """Return the serial of one whose promise came back, and whose address is put right then."""
    own = one_came_back(render, school)
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
    return own


def one_came_back(render: Render, school: Path) -> str:
    """Print for everybody, and book the promise of the last; return its serial."""
    notice = school / "templates/national/documents/promise.html"
    change(notice, "<td>住址</td>", "<td>住址{{ 文书.交回码 }}</td>")
    render()
    own = f"{TENTH}-003"
    act = SlipAct(Who("罗玉芬", "一台机器"), DAY)
    record(open_book(school / FOLDER), [Said(own, "promise", "云岭县青石中学")], act)
    return own


def test_what_came_back_stays_valid_and_the_pupil_is_named(
    render: Render, school: Path, returned: str
) -> None:
    written = render()
    assert said(written, "BTCH042") == [
        f"「李喆」的 {returned} 已经交回（家长承诺书），现在的内容与那时印的不同："
        "没有重印，交回的照旧有效。"
    ]
    assert not said(written, "BTCH026")
    assert slips(school)[returned].state == "印发"


def test_whoever_moved_to_another_class_keeps_what_came_back(
    render: Render, school: Path, returned: str
) -> None:
    change(school / "cases/名册.csv", "七年级10班,李喆", "七年级2班,李喆")
    assert said(render(), "BTCH042")
    assert slips(school)[returned].state == "印发"


def test_on_purpose_it_is_void_and_said_so(render: Render, school: Path, returned: str) -> None:
    written = render(asked=BatchAsked(only=("李喆",), again=True), reason="住址更正，重签")
    assert said(written, "BTCH043") == [
        f"「李喆」的 {returned} 已经交回（家长承诺书），随旧编号作废。"
    ]
    assert slips(school)[returned].state == "作废"


def test_others_whose_words_changed_get_new_papers_as_before(
    render: Render, school: Path, returned: str
) -> None:
    change(school / "cases/名册.csv", "白沙村1号", "青石街1号")
    assert "1 名学生给了新编号" in said(render(), "BTCH026")[0]
    assert printed(school)["普云飞"] == f"{TENTH}-004"


def test_the_new_ones_alone_are_printed_apart(render: Render, school: Path) -> None:
    first = render()
    change(school / "cases/名册.csv", "父亲姓名\n", "父亲姓名\n七年级10班,和晓岚,白沙村9号,和大\n")
    written = render(asked=NEW)
    names = [path.name for path in written.files if path.suffix == ".docx"]
    assert names == [
        "02-七年级10班-补印004-1入学告知书等.docx",
        "02-七年级10班-补印004-2签收表.docx",
    ]
    assert all(path.exists() for path in first.files)
    with pytest.raises(UserError, match="没有新的要印：6 名都印过"):
        render(asked=NEW)


def test_a_whole_new_class_is_no_supplement(render: Render) -> None:
    written = render(asked=NEW)
    assert "02-七年级10班-1入学告知书等.docx" in {path.name for path in written.files}


def test_whose_name_was_put_right_after_it_came_back_is_told_once(
    render: Render, school: Path
) -> None:
    """One line said that the old serial was replaced, another that it stays; --new said nothing."""
    change(school / "cases/名册.csv", "李喆", "李子风")
    returned = one_came_back(render, school)
    change(school / "cases/名册.csv", "李子风", "李子丰")
    told = render()
    assert said(told, "BTCH049") == said(told, "BTCH042") == []
    assert said(told, "BTCH053") == [
        f"「李子丰」以前印的姓名是「李子风」（{returned}），别的都相同，当作同一名学生改了姓名；"
        "旧的已经交回（家长承诺书），交回的照旧有效，没有重印。"
    ]
    with pytest.raises(UserError) as stopped:
        render(asked=NEW)
    assert [one.code for one in stopped.value.problems] == ["BTCH044", "BTCH053"]
    assert slips(school)[returned].state == "印发"
