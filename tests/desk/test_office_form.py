"""机关与人员 on a page: looked at first, then written, comments kept, over nobody's work."""

import html

import pytest

from tests.desk.conftest import words
from tests.desk.test_writing_down import seen

ADDRESS = "/office/执法人员/1"
OFFICER = {"姓名": "段晓岚", "证号": "云F0000009", "职务": "综合行政执法队队员", "单位": ""}


@pytest.fixture
def file(desk):
    return desk.root / "kcbx.yaml"


@pytest.fixture
def form(browser) -> dict[str, str]:
    return {**OFFICER, "seen": seen(browser.get(ADDRESS).text)}


def test_the_page_says_what_the_file_says_and_names_its_packs(browser) -> None:
    text = words(browser.get("/office").text)
    for told in ("云岭县青石镇人民政府", "云F0000002", "云岭县人民法院", "全国→云南省→玉溪市"):
        assert told in text
    assert "kcbxcheckkcbx.yaml" in text


def test_it_is_shown_before_it_is_written_and_every_other_character_stays(send, form, file) -> None:
    before = file.read_text("utf-8")
    looked = send(ADDRESS, **form, look="1").text
    assert "证号: 云F0000009" in looked
    assert file.read_text("utf-8") == before
    for status in (303, 409):  # the second click finds another file than its page showed
        assert send(ADDRESS, **form, write="1").status_code == status
    assert file.read_text("utf-8") == before.replace("云F0000002", "云F0000009")
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(send, browser, file) -> None:
    before = file.read_bytes()
    sent = {"名称": "云岭县司法局", "seen": seen(browser.get("/office/复议机关").text)}
    answer = send("/office/复议机关", **sent, write="1")
    assert answer.status_code == 422
    assert 'value="云岭县司法局"' in answer.text
    beside = answer.text.split('value="云岭县司法局"')[1].split("<label")[0]
    assert "请写县（市、区）人民政府的全称" in beside
    assert "WORK007" in answer.text
    assert file.read_bytes() == before


def test_two_pages_open_at_once_overwrite_nothing(send, form, file) -> None:
    other = file.read_text("utf-8").replace("综合行政执法队队员", "副队长 # 刚提的")
    file.write_text(other.replace("副队长 # 刚提的}", "副队长} # 刚提的"), "utf-8")
    answer = send(ADDRESS, **form, write="1")
    assert answer.status_code == 409
    assert "文件里现在写的：副队长" in answer.text
    assert 'value="综合行政执法队队员"' in answer.text
    again = send(ADDRESS, **{**form, "seen": seen(answer.text)}, write="1")
    assert again.status_code == 303
    assert "# 刚提的" in file.read_text("utf-8")


def test_a_record_is_added_and_taken_out_in_two_steps(send, browser, file) -> None:
    before, new = file.read_text("utf-8"), "/office/法院/new"
    added = {"名称": "云岭铁路法院", "类别": "行政", "seen": seen(browser.get(new).text)}
    assert send(new, **added, write="1").status_code == 303
    assert file.read_text("utf-8").count("云岭铁路法院") == 1
    gone = {"seen": seen(browser.get("/office/法院/1").text), "remove": "1"}
    looked = html.unescape(send("/office/法院/1", **gone).text)
    assert "确定删去" in looked
    assert "云岭铁路法院" in file.read_text("utf-8")
    assert send("/office/法院/1", **gone, write="1").status_code == 303
    assert file.read_text("utf-8") == before


def test_only_what_there_is_has_a_form(browser) -> None:
    for address in (
        "/office/处罚依据",
        "/office/执法人员/9",
        "/office/执法人员/x",
        "/office/机关/0",
    ):
        assert browser.get(address).status_code == 404, address


@pytest.mark.parametrize("text", ["- 甲\n", "", "机关: \x07\n", "甲: 乙: 丙: [\n"])
def test_a_file_that_cannot_be_read_is_told_and_not_touched(browser, file, text) -> None:
    file.write_text(text, "utf-8")
    answer = browser.get("/office")
    assert answer.status_code == 200
    assert 'class="box problem error"' in answer.text
    assert browser.get("/office/机关").status_code in (200, 404)
    assert file.read_text("utf-8") == text


def test_a_long_list_comes_page_by_page(browser, file) -> None:
    text = file.read_text("utf-8")
    more = "".join(f"  - {{名称: 云岭县第{n}小学, 类型: 小学}}\n" for n in range(100))
    file.write_text(text.rstrip("\n") + "\n" + more, "utf-8")
    page = browser.get("/office").text
    assert "看全部 102 项" in page
    assert len(page.encode()) < 60_000
    first, second = (browser.get(f"/office/学校?from={n}").text for n in (0, 60))
    assert "云岭县第57小学" in first
    assert "云岭县第99小学" in second
    address = second.split("云岭县第99小学")[1].split('href="')[1].split('"')[0]
    assert 'value="云岭县第99小学"' in browser.get(address).text


@pytest.mark.parametrize("sign", ["\u202e", "\x07", "\x1b[2J"])
def test_a_sign_that_is_not_seen_is_refused_and_a_line_is_one_line(send, form, file, sign) -> None:
    before = file.read_text("utf-8")
    refused = send(ADDRESS, **{**form, "职务": f"队{sign}员"}, write="1")
    assert refused.status_code == 422
    assert "READ012" in refused.text
    odd = "<script>队员: #1\r\n副职"
    assert file.read_text("utf-8") == before
    done = send(ADDRESS, **{**form, "职务": odd}, write="1")
    assert done.status_code == 303
    assert '职务: "<script>队员: #1 副职"' in file.read_text("utf-8")
