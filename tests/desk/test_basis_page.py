"""处罚依据 on a page: asked, repeated, written once as the command writes it, never lost on the way."""

import html
import io
import json
import shutil
from pathlib import Path

import pytest

from kcbx_docs.office.confirm import registered
from tests.cli.office import run
from tests.desk.clicks import link, sends, typed
from tests.desk.conftest import DAY, OWN, words

CLAUSE = {
    "法规": "虚拟省义务教育条例",
    "层级": "地方性法规",
    "制定机关": "虚拟省人大常委会",
    "通过日期": "2024年11月28日",
    "施行日期": "2025-01-01",
    "失效日期": "",
    "条文": "第52条第1款",
    "原文": "监护人不送适龄子女入学，经责令限期改正逾期不改的，处一千元以下罚款。",
    "最低罚款": "",
    "最高罚款": "1000元",
    "机关": "乡镇人民政府",
    "赋权决定": "不需要",
    "以逾期不改为前提": "是",
    "听证标准": "2000",
    "确认人": "普文清",
}
OPTIONS = {
    "法规": "statute",
    "层级": "level",
    "制定机关": "enacted-by",
    "通过日期": "adopted",
    "施行日期": "in-force",
    "条文": "article",
    "原文": "text",
    "最高罚款": "most",
    "机关": "organ",
    "赋权决定": "delegation",
    "以逾期不改为前提": "after-order",
    "听证标准": "hearing-from",
    "确认人": "by",
}
ADDRESS = "/templates/basis/confirm"


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch) -> Path:
    """Keep what was answered apart from every other test."""
    monkeypatch.setenv("KCBX_ANSWERS", str(tmp_path / "答案"))
    return tmp_path / "答案"


@pytest.fixture(autouse=True)
def without_clause(desk) -> None:
    """Take the sample's own clause out: a real office begins without one."""
    path = desk.root / "kcbx.yaml"
    text = path.read_text("utf-8")
    if "处罚依据:" in text:
        before, _, after = text.partition("处罚依据:")
        lines = after.split("\n")
        rest = next((n for n, one in enumerate(lines) if n and one[:1].strip()), len(lines))
        path.write_text(before + "\n".join(lines[rest:]), "utf-8")


@pytest.fixture
def give(browser):
    """Return what fills the form in."""

    def given(told: dict[str, str], file: bytes | None = None, **more: str):
        files = {"files": (io.BytesIO(file), "条例.pdf")} if file else {}
        return browser.post(ADDRESS, data={**told, **more, **files}, headers=OWN)

    return given


def fields(text: str) -> dict[str, str]:
    names = ("seen", "then", *(("files-kept",) if "files-kept" in text else ()))
    return {
        name: text.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0] for name in names
    }


def written(root: Path) -> dict[str, bytes]:
    names = ("kcbx.yaml", "templates/pack.yaml", "templates/law.yaml", "附件/条例.pdf")
    return {name: (root / name).read_bytes() for name in names if (root / name).is_file()}


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def test_it_is_repeated_then_written_once_as_the_command_writes_it(
    give, desk, tmp_path_factory, answers
) -> None:
    before = written(desk.root)
    other = tmp_path_factory.mktemp("other")
    for name in before:
        (other / name).parent.mkdir(exist_ok=True)
        (other / name).write_bytes(before[name])
    shown = give(CLAUSE, PDF, look="1").get_data(as_text=True)
    assert "请核对，将要登记" in shown
    assert words("《虚拟省义务教育条例》第五十二条第一款") in words(shown)
    assert written(desk.root) == before
    assert len([*answers.glob("*.json")]) == 1
    for _ in range(2):  # a double click
        done = give({**CLAUSE, "附件": "条例.pdf"}, **fields(shown), write="1")
        assert done.status_code == 200, done.get_data(as_text=True)
        assert "已经登记" in done.get_data(as_text=True)
    assert [*answers.glob("*.json")] == []
    (other / "条例.pdf").write_bytes(PDF)
    options = [word for key, name in OPTIONS.items() for word in (f"--{name}", CLAUSE[key])]
    told = ("--attachment", "条例.pdf", "--as-of", str(DAY), "--yes")
    ran = run(other, "pack", "confirm", *options, *told)
    assert ran.exit_code == 0, ran.output
    assert written(desk.root) == written(other)
    assert set(written(desk.root)) == {
        *before,
        "templates/pack.yaml",
        "templates/law.yaml",
        "附件/条例.pdf",
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"条文": "不知道"}, "认不出是第几条"),
        ({"最高罚款": ""}, "不能空着，请写明"),
        ({"最低罚款": "2000"}, "CLI024"),
        ({"通过日期": "2025-06-01"}, "CLI022"),
        ({"机关": "县林业局"}, "CLI033"),
        ({"层级": "部门规章"}, "不在其中"),
    ],
)
def test_what_is_wrong_stands_at_its_question_and_nothing_is_lost(
    give, desk, browser, change, told
) -> None:
    before = written(desk.root)
    answer = give(CLAUSE | change, look="1")
    text = answer.get_data(as_text=True)
    assert told in text
    assert html.escape(CLAUSE["原文"]) in text
    assert written(desk.root) == before
    again = browser.get(ADDRESS).get_data(as_text=True)
    assert CLAUSE["原文"] in again
    assert 'value="普文清"' in again
    assert "上次答到一半" in browser.get("/templates/basis").get_data(as_text=True)


def test_what_was_begun_on_the_page_goes_on_in_the_terminal(give, desk) -> None:
    give(CLAUSE, look="1")
    done = run(desk.root, "pack", "confirm", "--as-of", str(DAY), answers="是\n\n\n\n\n")
    assert "答到一半" in done.output
    assert [one.text for one in registered(desk.root)] == [CLAUSE["原文"]]


def test_it_is_corrected_by_running_it_again(give, desk, browser) -> None:
    give(CLAUSE, **fields(give(CLAUSE, look="1").get_data(as_text=True)), write="1")
    (first,) = registered(desk.root)
    listed = browser.get("/templates/basis").get_data(as_text=True)
    assert "普文清" in listed
    assert CLAUSE["原文"] in listed
    form = browser.get(ADDRESS, query_string={"which": first.id}).get_data(as_text=True)
    assert 'value="虚拟省义务教育条例"' in form
    assert 'value="2025-01-01"' in form
    assert 'value="普文清"' not in form  # whoever confirms now says so himself
    new = CLAUSE | {"登记": first.id, "施行日期": "2025-03-01", "最高罚款": "800"}
    new["原文"] = CLAUSE["原文"].replace("一千", "八百")
    asked = give(new, look="1")
    assert "上次写的施行日期是2025-01-01" in words(asked.get_data(as_text=True))
    new |= {"施行日期的改动": "上次写错了"}
    shown = give(new, look="1").get_data(as_text=True)
    assert "--correct" in shown
    assert "请核对，将要登记" in shown, shown
    assert give(new, **fields(shown), write="1").status_code == 200
    (second,) = registered(desk.root)
    assert (str(second.in_force), str(second.most)) == ("2025-03-01", "800")


def test_two_pages_open_at_once_overwrite_nothing(give, desk) -> None:
    shown = give(CLAUSE, look="1").get_data(as_text=True)
    path = desk.root / "kcbx.yaml"
    mine = path.read_text("utf-8") + "# 刚才别人加的\n"
    path.write_text(mine, "utf-8")
    answer = give(CLAUSE, **fields(shown), write="1")
    assert answer.status_code == 409
    assert "刚才被改过" in answer.get_data(as_text=True)
    assert path.read_text("utf-8") == mine
    again = give(CLAUSE, **fields(answer.get_data(as_text=True)), write="1")
    assert again.status_code == 200
    assert "刚才别人加的" in path.read_text("utf-8")


def test_no_file_that_is_none_is_taken(give, desk) -> None:
    answer = give(CLAUSE, b"<html><script>", look="1")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert CLAUSE["原文"] in text
    assert str(desk.root) not in text


def test_the_law_of_a_day_is_that_of_law_list(browser, desk) -> None:
    for day in ("2026-11-28", "2020-06-01"):
        text = browser.get("/templates/law", query_string={"day": day}).get_data(as_text=True)
        rows = json.loads(run(desk.root, "law", "list", "--as-of", day, "--json").stdout)
        shown = words(text)
        assert [row["short"] for row in rows if words(row["short"]) not in shown] == []
        assert len(text.encode()) < 60_000
    checked = run(desk.root, "law", "list").stdout.splitlines()[-1]
    assert words(checked.partition("：")[2]) in shown
    asked = {"id": "yiwu-jiaoyu-fa", "day": "2020-06-01"}
    one = browser.get("/templates/law/statute", query_string=asked).get_data(as_text=True)
    assert "（2020-06-01用这一版）" in words(one)
    rules = words(browser.get("/templates/law/rules").get_data(as_text=True))
    told = json.loads(run(desk.root, "law", "list", "--rules", "--json").stdout)
    assert [one["编号"] for one in told if one["编号"] not in rules] == []
    assert browser.get("/templates/law?day=昨天").status_code == 404
    assert browser.get("/templates/law/statute?id=没有").status_code == 404


def test_what_was_registered_by_mistake_is_taken_back_and_its_line_stays(
    give, desk, browser, tmp_path_factory
) -> None:
    shown = give(CLAUSE, look="1").get_data(as_text=True)
    assert "已经登记" in give(CLAUSE, **fields(shown), write="1").get_data(as_text=True)
    (basis,) = registered(desk.root)
    listed = browser.get("/templates/basis").get_data(as_text=True)
    assert "没有存原文的文件" in listed
    page = browser.get(link(listed, "登记错了，收回……")).get_data(as_text=True)
    for wrong in ({"理由": ""}, {"理由人": "某某", "理由": "条例里没有这一款"}):
        assert sends(browser, page, "look", **wrong).status_code == 422
    told = {"理由人": "普文清", "理由": "条例里没有这一款"}
    looked = sends(browser, page, "look", **told).get_data(as_text=True)
    other = shutil.copytree(desk.root, tmp_path_factory.mktemp("other") / "w")
    assert sends(browser, looked, "write", **told).status_code == 303
    typed(other, looked, DAY)
    assert written(desk.root) == written(other)
    (kept,) = registered(desk.root)
    assert (kept.withdrawn, kept.withdrawn_by, kept.text) == (DAY, "普文清", basis.text)
    assert "CLI110" in run(other, "pack", "withdraw", basis.id, "--reason", "普文清：再收").output
    again = browser.get("/templates/basis").get_data(as_text=True)
    assert "2026-11-28 已经收回（普文清：条例里没有这一款）" in again
    assert browser.get(f"/templates/basis/withdraw?which={basis.id}").status_code == 404
    shown = give(CLAUSE, look="1").get_data(as_text=True)
    give(CLAUSE, **fields(shown), write="1")
    assert [one.id for one in registered(desk.root)] == [basis.id, f"{basis.id}-2"]
