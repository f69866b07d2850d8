"""出文书 on a page: two steps, to the very person who was shown, and never a word that is not so."""

import re

import pytest

from kcbx_docs.desk.screens import papers
from kcbx_docs.issuing import issue as issuing
from kcbx_docs.office.opened import open_office
from tests.desk.clicks import sends, text
from tests.desk.test_writing_down import seen

ORDER = {"doc": "order-to-correct", "to": "1", "signatory": "普文清"}


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is laid out: what is issued is the Word file."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    monkeypatch.setattr(papers.ToIssue, "formats", ("docx",), raising=False)


@pytest.fixture
def address(desk, case) -> str:
    return f"/cases/{desk.called(case)}/papers/issue"


@pytest.fixture
def shown(send, address) -> str:
    return send(address, **ORDER).get_data(as_text=True)


def issued(case) -> list[tuple[str, str]]:
    register = open_office(case).register
    events = register.book.events(kinds=(issuing.ISSUED,)) if register else ()
    return [(one.data["guardian"], one.data["number"]) for one in events]


def test_one_click_issues_nothing(shown, case) -> None:
    assert "李桂仙" in shown
    assert "确定制发" in shown
    assert (
        "kcbx issue cases/到责令.yaml --doc order-to-correct --to 李桂仙 --signed-by 普文清"
        in shown
    )
    assert issued(case) == []


def test_the_second_click_issues_once_however_often(send, address, shown, case, browser) -> None:
    """The ledger names who said that he sits there, and not the login of the machine."""
    send("/seat", name=" 普文清\n")
    assert "经手：普文清" in browser.get("/cases").get_data(as_text=True)
    for _ in range(2):
        done = send(address, **ORDER, sure="1", seen=seen(shown))
        assert done.status_code == 200, done.get_data(as_text=True)
    assert [name for name, _ in issued(case)] == ["李桂仙"]
    (event,) = open_office(case).register.book.events(kinds=(issuing.ISSUED,))
    assert event.who.name == "普文清"
    undo = f"/cases/{address.split('/')[2]}/undo"
    page = browser.get(undo).text
    visits = re.findall(r'name="which" value="([^"]+)"[^>]*> 2026-09-17 劝返', page)
    told = text(sends(browser, page, "look", which=visits[0]))
    assert "ISSU140" in told, told


def test_of_two_tabs_the_second_gets_the_same_number_or_is_shown_again(
    send, address, shown, case
) -> None:
    """Both were opened before either was sure; so were those for the other parent."""
    father = {**ORDER, "to": "0"}
    of_father = send(address, **father).get_data(as_text=True)
    done, again = (send(address, **ORDER, sure="1", seen=seen(shown)) for _ in range(2))
    ((_, number),) = issued(case)
    assert done.status_code == again.status_code == 200
    assert number in done.get_data(as_text=True) and number in again.get_data(as_text=True)
    other = send(address, **father, sure="1", seen=seen(of_father))
    if other.status_code == 409:
        assert [name for name, _ in issued(case)] == ["李桂仙"]
    else:
        numbers = [number for _, number in issued(case)]
        assert len(numbers) == len({*numbers}) == 2


def test_after_it_the_lists_say_so_at_once(send, address, shown, browser) -> None:
    before = browser.get("/").get_data(as_text=True).count("待送达")
    send(address, **ORDER, sure="1", seen=seen(shown))
    assert browser.get("/").get_data(as_text=True).count("待送达") == before + 1


def test_people_who_changed_places_are_shown_again(send, address, shown, case) -> None:
    text = case.read_text("utf-8")
    case.write_text(text.replace("普正华", "普正花"), "utf-8")
    answer = send(address, **ORDER, sure="1", seen=seen(shown))
    assert answer.status_code == 409
    assert "刚才被改过" in answer.get_data(as_text=True)
    assert issued(case) == []


@pytest.mark.parametrize("place", ["2", "-1", "甲"])
def test_nobody_is_everybody(send, address, place, case) -> None:
    assert send(address, **{**ORDER, "to": place}).status_code == 404
    assert issued(case) == []


def test_what_left_the_house_is_said_to_have_left_it(send, address, shown, desk, case) -> None:
    (desk.root / "output").mkdir(exist_ok=True)
    (desk.root / "output/2026-001").write_text("somebody's file", "utf-8")
    answer = send(address, **ORDER, sure="1", seen=seen(shown))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "已制发" in text
    assert "PAPR017" in text or "PAPR007" in text
    assert len(issued(case)) == 1


def test_what_would_be_issued_is_shown_with_its_own_day_and_number(send, address, case) -> None:
    """A paper that the case file dates is issued on that day, whatever day it is today."""
    page = send(address, doc="urge-notice", to="1").get_data(as_text=True)
    assert "2026-09-21（案件文件里记的日子）" in page
    assert "青政劝〔2026〕1号" in page
    order = send(address, **ORDER).get_data(as_text=True)
    assert "2026-11-28" in order
    assert "预计的文号" in order
    send(address, **ORDER, sure="1", seen=seen(order))
    ((_, number),) = issued(case)
    assert number in order


def test_what_cannot_be_issued_is_refused_before_anybody_can_be_sure(send, address, case) -> None:
    page = send(address, doc="filing-form", to="1").get_data(as_text=True)
    assert "不能制发" in page
    assert 'name="sure"' not in page
    assert issued(case) == []
    assert not (case.parents[1] / "台账").exists()


def test_what_a_reason_lets_pass_is_said_beside_it_before_it_does(send, address, case) -> None:
    """Four characters waive whatever asks for a reason: who gives them sees what that is."""
    why = "普文清：多次劝返无果"
    page = send(address, doc="support-request", to="1", reason=why).get_data(as_text=True)
    passed = page.split("凭这个理由放过的")[1]
    assert why in passed.split("</section>")[0]
    assert "PROC341" in passed
    assert "PROC341" not in page.split("凭这个理由放过的")[0]
    needless = send(address, **ORDER, reason=why).get_data(as_text=True)
    assert "没有须说明理由的" in needless
    assert issued(case) == []


def test_who_signs_is_asked_before_and_what_was_not_seen_is_shown_again(
    send, address, case
) -> None:
    blank = send(address, **{**ORDER, "signatory": ""}).get_data(as_text=True)
    assert "谁签发的还空着" in blank
    other = {**ORDER, "signatory": "张三三"}
    answer = send(address, **other, sure="1", seen=seen(blank))
    page = answer.get_data(as_text=True)
    assert (answer.status_code, issued(case)) == (409, [])
    assert "签发人或者理由改了" in page
    assert "ISSU098" in page
    assert send(address, **other, sure="1", seen=seen(page)).status_code == 200
    assert len(issued(case)) == 1


NUMBERLESS = ('    身份证号: "530499198807234021"\n', "")
STRANGER = {**ORDER, "signatory": "张三三"}


def test_the_look_says_of_file_and_signatory_what_issuing_says(send, address, case) -> None:
    """The mother had no number: who looked first heard of it only once the paper had left."""
    text = case.read_text("utf-8")
    assert NUMBERLESS[0] in text
    case.write_text(text.replace(*NUMBERLESS), "utf-8")
    looked = send(address, **STRANGER).get_data(as_text=True)
    done = send(address, **STRANGER, sure="1", seen=seen(looked)).get_data(as_text=True)
    assert len(issued(case)) == 1
    for page in (looked, done):
        assert page.count("CASE037") == 1 and page.count("ISSU098") == 1
    case.write_text(text, "utf-8")
    assert "CASE037" not in send(address, **ORDER).get_data(as_text=True)


def test_a_letter_about_what_is_recorded_is_drafted_and_issued_with_a_number(
    desk, case, send, browser
) -> None:
    """Once a referral was recorded, the page still asked to record it, and nothing else."""
    text = case.read_text(encoding="utf-8")
    text = text.replace(", 文号: 青政函〔2026〕8号", "").replace(", 文号: 青政函〔2026〕9号", "")
    case.write_text(text, encoding="utf-8")
    home = f"/cases/{desk.called(case)}/papers"
    page = browser.get(home).text
    row = next(one for one in page.split("<tr>") if "记过的「移送」" in one)
    assert "2026-09-10 云岭县公安局" in row and "看草稿" in row and "制发……" in row
    assert "先记「移送」" not in page and "再记「移送」" in page
    letter = {"doc": "referral", "signatory": "普文清"}
    looked = send(f"{home}/issue", **letter).text
    assert send(f"{home}/issue", **letter, sure="1", seen=seen(looked)).status_code == 200
    assert issued(case) == [("", "青政函〔2026〕1号"), ("", "青政函〔2026〕2号")]
    assert "记过的「移送」" not in browser.get(home).text
