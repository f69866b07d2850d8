"""模板与依据: the pages say what ``kcbx pack`` says, and mark what this office uses."""

import html
import json
import re

import pytest

from kcbx_docs.desk.screens import template
from kcbx_docs.law.registry import load_registry
from tests.cli.office import run
from tests.desk.test_answers import words

RULES = {rule.id: rule.name for rule in load_registry()[0].rules}
OWN = {
    "pack.yaml": "名称: 青石镇\n版本: '1'\n来源: 青石镇2026年安排\n参数: {缺课跟踪天数: 1}\n",
    "documents/urge-notice.html": (
        "---\n说明: 可以找谁\n---\n{% block 联系方式 %}\n{{ super() }}\n"
        "<p>也可以联系驻校法治副校长。</p>\n{% endblock %}\n"
    ),
}


@pytest.fixture
def own(desk) -> None:
    """Give the office words of its own."""
    for name, text in OWN.items():
        path = desk.root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def page(browser, address: str, **told: str) -> str:
    answer = browser.get(f"/templates{address}", query_string=told)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    assert len(answer.data) <= 60_000, address
    return text


def test_the_map_leads_to_every_pack_and_marks_those_of_this_office(own, browser, desk) -> None:
    text = page(browser, "")
    listed = json.loads(run(desk.root, "pack", "list", "--json").stdout)
    for row in listed:
        assert words(row["name"]) in words(text)
        assert f'href="/templates/pack?name={row["id"].replace("/", "%2F")}"' in text
    drawn = re.search(r"<svg class=.map.*?</svg>", text, re.DOTALL)
    assert drawn
    assert drawn[0].count("本单位所用") == 4  # nation, province, city, and its own
    assert "参数　缺课跟踪天数 1" in drawn[0]
    told = re.search(r'<ul class="plain narrow">.*?</ul>', text, re.DOTALL)
    assert told, "on a telephone the same stands in words that wrap"
    assert told[0].count("本单位所用") == 4 and told[0].count("<li") == drawn[0].count("<a ")
    for line in re.findall(r"<text[^>]*>([^<]*)</text>", drawn[0]):
        assert words(line) in words(told[0])


@pytest.mark.parametrize("name", ["national", "yunnan/yuxi", "本单位"])
def test_every_value_is_that_of_pack_show(own, browser, desk, name: str) -> None:
    whole = page(browser, "/pack", name=name, all="1")
    text = words(whole)
    rows = json.loads(run(desk.root, "pack", "show", name, "--json").stdout)
    about = ("文书", "名称", "版本", "来源", "核对日期", "行政区划代码", "说明")
    told = [row for row in rows if row["name"] not in about]
    assert len(told) > 50
    lost = [row for row in told if words(html.escape(row["value"])) not in text]
    assert lost == []
    assert [row["name"] for row in told if f'title="{row["place"]}"' not in whole] == []
    unknown = [in_chinese(row["name"]) for row in told if row["value"] == "未知"]
    assert not any("school-contact" in one for one in unknown)
    assert f"没有人核对过的（未知）：{len(unknown)}项{'、'.join(unknown)}" in text


def in_chinese(name: str) -> str:
    """Say the name of a rule where the command says its number."""
    key, _, rest = name.partition(".")
    return f"{key}：{RULES[rest]}" if key == "期间" else name


def test_a_document_says_of_each_block_which_level_wrote_it(own, browser) -> None:
    text = page(browser, "/document", name="本单位", doc="urge-notice")
    assert 'title="本单位/documents/urge-notice.html:4:1"' in text
    assert "青石镇的《劝返通知书》「联系方式」 第 4 行（本级）" in text
    assert 'title="national/documents/urge-notice.html:20:1">' in text
    assert "全国的《劝返通知书》「情况」 第 20 行</td>" in text
    assert "<ins>也可以联系驻校法治副校长。</ins>" in text
    assert "文字没有不同" in page(browser, "/document", name="yunnan", doc="urge-notice")
    whole = page(browser, "/document/text", name="本单位", doc="urge-notice")
    assert "也可以联系驻校法治副校长" in whole


def test_two_levels_side_by_side_are_those_of_pack_diff(own, browser, desk) -> None:
    text = words(page(browser, "/difference", name="yunnan"))
    done = run(desk.root, "pack", "diff", "national", "yunnan", "--json")
    told = json.loads(done.stdout)
    assert told["values"]
    for row in told["values"]:
        assert words(html.escape(row["name"] + (row["before"] or "没有写"))) in text
    assert [one["title_after"] for one in told["documents"] if one["title_after"] not in text] == []
    assert browser.get("/templates/difference?name=national").status_code == 404


def test_a_paper_is_shown_as_its_pages(browser, monkeypatch, pdf: bytes) -> None:
    monkeypatch.setattr(template, "specimen_of", lambda *_: pdf)
    asked = {"name": "yunnan", "doc": "urge-notice"}
    assert page(browser, "/document/look", **asked).count("<img ") == 1
    answer = browser.get("/templates/document/page", query_string=asked)
    assert answer.data.startswith(b"\x89PNG")
    beyond = browser.get("/templates/document/page", query_string={**asked, "page": "1"})
    assert beyond.status_code == 404


@pytest.fixture
def pdf() -> bytes:
    """Return a PDF of one empty page."""
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["", "没有的", "../yunnan", "/etc", "yunnan/../fujian"])
def test_no_address_leads_out_of_the_packs(browser, name: str) -> None:
    for address in ("pack", "difference", "document", "document/text", "document/look"):
        asked = {"name": name, "doc": "urge-notice"}
        assert browser.get(f"/templates/{address}", query_string=asked).status_code == 404
    asked = {"name": "yunnan", "doc": "../pack"}
    assert browser.get("/templates/document", query_string=asked).status_code == 404


def test_a_pack_that_cannot_be_read_is_told_and_keeps_nobody_out(own, browser, desk) -> None:
    broken = desk.root / "templates/guizhou/pack.yaml"
    broken.parent.mkdir()
    broken.write_text("名称: 贵州省\n行政区划代码: 五十二\n", "utf-8")
    text = page(browser, "")
    assert "PACK124" in text
    assert str(desk.root) not in text


def test_a_pack_is_begun_in_two_steps_as_pack_new_begins_it(send, desk, tmp_path_factory) -> None:
    looked = send("/templates/new", code="640000", look="1").get_data(as_text=True)
    assert "将要建宁夏回族自治区的模板包" in looked
    assert "kcbx pack new 640000" in looked
    assert not (desk.root / "templates").exists()
    done = [send("/templates/new", code="640000", write="1") for _ in range(2)]
    assert [one.status_code for one in done] == [303, 422]
    assert "PACK102" in done[1].get_data(as_text=True)  # the second click of two
    other = tmp_path_factory.mktemp("other")
    (other / "kcbx.yaml").write_bytes((desk.root / "kcbx.yaml").read_bytes())
    run(other, "pack", "new", "640000", "--as-of", desk.today().isoformat())
    mine, theirs = (
        {path.relative_to(root): path.read_bytes() for path in (root / "templates").rglob("*.yaml")}
        for root in (desk.root, other)
    )
    assert mine == theirs != {}
    for code in ("", "99", "640", "../etc"):
        assert send("/templates/new", code=code, write="1").status_code == 422


def test_who_begins_a_pack_is_told_that_it_is_there_and_what_to_do_next(send, browser) -> None:
    done = send("/templates/new", code="640000", write="1")
    begun = browser.get(done.location).get_data(as_text=True)
    for told in ("建好了", "印一次审定样本", "用 Word 改", "templates/宁夏回族自治区/pack.yaml"):
        assert told in begun
    assert "建好了" not in page(browser, "/pack", name="宁夏回族自治区")
