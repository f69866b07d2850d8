"""线索 on a page: taken up or not, as ``kcbx lead`` writes it."""

import re
import shutil

import pytest

from tests.cli.office import run
from tests.desk.clicks import link, sends, text, typed
from tests.desk.conftest import DAY

NEW = (
    "new",
    "线索",
    "--pupil",
    "杨小溪",
    "--class",
    "七年级2班",
    "--source",
    "群众",
    "--text",
    "在镇上做工",
)


@pytest.mark.parametrize(
    "told",
    [
        {"what": "accept", "situation": "辍学", "by": "普文清", "text": "家访过"},
        {"what": "reject", "why": "请假", "by": "普文清", "text": "有请假条"},
        {"what": "into", "case": "2026-001", "by": "普文清"},
    ],
)
def test_a_decision_is_that_of_the_command(desk, browser, tmp_path, told) -> None:
    assert run(desk.root, *NEW, "--as-of", str(DAY)).exit_code == 0
    other = shutil.copytree(desk.root, tmp_path / "other")
    listed = browser.get("/leads").get_data(as_text=True)
    page = browser.get(link(listed, "X2026-001")).get_data(as_text=True)
    assert "DESK071" in text(sends(browser, page, "write", **{**told, "by": ""}))
    looked = text(sends(browser, page, "look", **told))
    assert f"<dt>谁决定的</dt><dd>{told['by']}</dd>" in looked
    assert (
        told.get("why", told.get("case", "辍学"))
        in looked.split("将要写成")[1].split("</strong>")[0]
    )
    done = [sends(browser, looked, "write", **told) for _ in range(2)]
    assert [one.status_code for one in done] == [303, 303], text(done[0])
    assert done[0].location == done[1].location
    typed(other, looked, DAY)
    new = sorted(path.name for path in (desk.root / "cases").iterdir())
    assert new == sorted(path.name for path in (other / "cases").iterdir())
    for name in new:
        assert (desk.root / "cases" / name).read_bytes() == (other / "cases" / name).read_bytes()
    assert "没有要处理的线索" in browser.get("/leads").get_data(as_text=True)
    assert browser.get("/leads/0000000000000000").status_code == 404


CALL = {
    "姓名": "杨小溪",
    "班级": "七年级2班",
    "监护人": "杨国华",
    "电话": "13800000003",
    "最后到校日期": "2026-11-16",
    "原因": "邻居说在镇上做工",
    "来源": "群众",
    "反映人": "李大妈",
    "学校": "云岭县青石中学",
    "接到日期": "2026-11-27",
}


def test_a_telephone_call_is_written_down_as_the_command_writes_it(desk, browser, tmp_path) -> None:
    other = shutil.copytree(desk.root, tmp_path / "other")
    assert (
        'href="/leads/new"' in browser.get("/").text
        and 'href="/leads"' in browser.get("/days").text
    )
    form = browser.get("/leads/new").text
    for wrong, code in (({"姓名": ""}, "DESK071"), ({"姓名": "杨\u202e溪"}, "READ012")):
        answer = sends(browser, form, "write", **{**CALL, **wrong})
        assert answer.status_code == 422 and code in answer.text and "李大妈" in answer.text
    odd = {**CALL, "电话": "1380000", "身份证号": "530499201309172028"}
    told = text(sends(browser, form, "look", **odd))
    assert "CASE100" in told and "LEAD140" in told
    looked = text(sends(browser, form, "look", **CALL))
    assert "将要记下" in looked and not [*desk.root.glob("cases/线索*")]
    done = sends(browser, looked, "write", **CALL)
    assert done.status_code == 303, text(done)
    typed(other, looked.replace(" --as-of 2026-11-27", ""), "2026-11-27")
    name = "cases/线索-2026-11-27.yaml"
    assert (desk.root / name).read_bytes() == (other / name).read_bytes()
    assert "最后到校 2026-11-16" in browser.get(done.location).text
    again = sends(browser, browser.get("/leads/new").text, "look", **CALL)
    assert again.status_code == 422 and "LEAD019" in again.text
    accepted = {"what": "accept", "situation": "辍学", "by": "普文清"}
    case = sends(browser, browser.get(done.location).text, "write", **accepted)
    assert "杨国华" in browser.get(case.location).text


def test_a_lead_is_taken_up_under_the_number_that_was_shown_or_shown_again(desk, browser) -> None:
    """Another took the number meanwhile, and the next one was written without a word."""
    assert run(desk.root, *NEW, "--as-of", str(DAY)).exit_code == 0
    told = {"what": "accept", "situation": "辍学", "by": "普文清"}
    page = browser.get(link(browser.get("/leads").text, "X2026-001")).text
    looked = text(sends(browser, page, "look", **told))
    (shown,) = re.findall(r"新建案件 (cases/[\w-]+\.yaml)", looked)
    (lead,) = desk.root.glob("cases/线索*")
    taken = desk.root / shown
    for meanwhile in ("别人用了这个编号", "线索改了"):
        if meanwhile == "线索改了":
            lead.write_text(lead.read_text("utf-8").replace("在镇上做工", "在县城做工"), "utf-8")
        else:
            taken.write_text((desk.root / "cases/到责令.yaml").read_text("utf-8"), "utf-8")
        before = {path: path.read_bytes() for path in desk.root.glob("cases/*.yaml")}
        answer = sends(browser, looked, "write", **told)
        assert answer.status_code == 200 and "和刚才看过的不一样" in answer.text, meanwhile
        assert {path: path.read_bytes() for path in desk.root.glob("cases/*.yaml")} == before
        looked = answer.text
    assert shown not in looked
    done = sends(browser, looked, "write", **told)
    assert done.status_code == 303 and "杨小溪" in browser.get(done.location).text


def test_what_was_decided_is_considered_again_and_every_decision_stays(
    desk, browser, tmp_path
) -> None:
    rejected = ("lead", "reject", "X2026-001", "--why", "请假", "--by", "普文清")
    for command in (NEW, rejected):
        assert run(desk.root, *command, "--as-of", str(DAY)).exit_code == 0
    other = shutil.copytree(desk.root, tmp_path / "other")
    (lead,) = desk.root.glob("cases/线索*")
    page = browser.get(link(browser.get("/leads").text, "X2026-001")).text
    told = {"by": "普文清", "text": "假满没有到校"}
    for wrong in ({**told, "text": ""}, {**told, "by": ""}):
        answer = sends(browser, page, "look", **wrong)
        assert answer.status_code == 422 and "DESK071" in answer.text
    assert "受理，建案件" not in page
    looked = text(sends(browser, page, "look", **told))
    before = lead.read_bytes()
    meanwhile = before.replace("在镇上做工".encode(), "在县城做工".encode())
    lead.write_bytes(meanwhile)
    assert "和刚才看过的不一样" in text(sends(browser, looked, "write", **told))
    lead.write_bytes(before)
    done = [sends(browser, looked, "write", **told) for _ in range(2)]
    assert [one.status_code for one in done] == [303, 303], text(done[0])
    typed(other, looked, DAY)
    assert lead.read_bytes() == (other / "cases" / lead.name).read_bytes()
    again = browser.get(done[0].location).text
    assert "不受理" in again and "假满没有到校" in again and "受理，建案件" in again
    late = sends(browser, looked.replace(' name="form"', ' name="other"'), "look", **told)
    assert late.status_code == 422 and "LEAD015" in late.text


def test_a_lead_goes_into_the_case_of_its_child_and_a_case_that_is_gone_is_told(
    desk, browser, case
) -> None:
    """``lead list`` said nothing of a lead whose case somebody had deleted."""
    own = (*NEW[:3], "普云飞", *NEW[4:])
    for command in (NEW, own):
        assert run(desk.root, *command, "--as-of", str(DAY)).exit_code == 0
    listed = browser.get("/leads").text
    assert "LEAD045" not in listed
    of_own = browser.get(link(listed, "X2026-002")).text
    assert 'value="into" checked' in of_own and 'name="case" value="2026-001"' in of_own
    told = {"what": "into", "case": "2026-001", "by": "普文清"}
    anew = sends(browser, of_own, "look", **{**told, "what": "accept"})
    assert anew.status_code == 422 and "LEAD016" in anew.text
    of_other = browser.get(link(listed, "X2026-001")).text
    for number, code in (("2026-999", "LEAD046"), ("", "DESK071")):
        answer = sends(browser, of_other, "look", **{**told, "case": number})
        assert answer.status_code == 422 and code in answer.text
    assert "LEAD044" in text(sends(browser, of_other, "look", **told))
    looked = text(sends(browser, of_own, "look", **told))
    assert "LEAD044" not in looked and "案件 cases/到责令.yaml 的经过里记一件" in looked
    done = sends(browser, looked, "write", **told)
    assert done.status_code == 303 and "接到线索" in browser.get(done.location).text
    assert "线索: X2026-002" in case.read_text("utf-8")
    case.rename(desk.root / "移走.yaml")
    page = browser.get("/leads").text
    assert page.count("LEAD045") == 1 and "X2026-002" in page
    for command in (("lead", "list"), ("lead", "list", "--json")):
        assert "LEAD045" in run(desk.root, *command, "--as-of", str(DAY)).output
    assert "LEAD045" in browser.get(link(page, "X2026-002")).text
