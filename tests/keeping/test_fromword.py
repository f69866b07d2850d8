"""What a keeper changed in Word goes into the text of his own pack, or is said to need his hand."""

import io
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document

from kcbx_docs.keeping.fromword import FromWord, WordTaker
from kcbx_docs.packs.chain import PackFolder, find_packs, read_pack, shipped_root
from kcbx_docs.packs.library import library_of
from kcbx_docs.problems import UserError
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.styles import LAYOUTS

DAY = date(2026, 11, 28)
LETTER = "urge-notice"
PACK = "名称: 青石镇\n版本: '1'\n"
Edit = Callable[[Document], object]


@cache
def exported(name: str = LETTER) -> bytes:
    packs, _ = find_packs([shipped_root()])
    flat = library_of("yunnan", packs)[0].document(name)
    return compile_docx(flat, LAYOUTS[flat.front.layout])


def said(before: str, after: str) -> Edit:
    """Say something else in every stretch of letters that has some words."""

    def edit(document: Document) -> None:
        runs = [run for one in document.paragraphs for run in one.runs if before in run.text]
        assert runs, before
        for run in runs:
            run.text = run.text.replace(before, after)

    return edit


def paragraph(document: Document, words: str):
    return next(one for one in document.paragraphs if words in one.text)


def added(document: Document) -> None:
    below = paragraph(document, "请您收到后")
    below.insert_paragraph_before("学校的大门一直开着。", style=below.style)


def lost(document: Document) -> None:
    gone = paragraph(document, "请您收到后")._p
    gone.getparent().remove(gone)


@pytest.fixture
def look(tmp_path: Path):
    """Return what looks at an edited letter for an office with a text of its own."""

    def looked(
        *edits: Edit, own: str = "", looks: bool = False, periods: tuple[str, ...] = ()
    ) -> FromWord:
        home = tmp_path / "templates"
        (home / "documents").mkdir(parents=True, exist_ok=True)
        (home / "pack.yaml").write_text(PACK, "utf-8")
        if own:
            (home / f"documents/{LETTER}.html").write_text(own, "utf-8")
        local, _ = read_pack(home, "本单位")
        assert isinstance(local, PackFolder)
        library, _ = library_of("yunnan", find_packs([shipped_root()])[0], local)
        document = docx.Document(io.BytesIO(exported()))
        for edit in edits:
            edit(document)
        document.save(tmp_path / "改.docx")
        taker = WordTaker(library, local, DAY)
        return taker.look(LETTER, tmp_path / "改.docx", looks=looks, own=periods)

    return looked


def text_of(found: FromWord) -> str:
    return found.files[f"documents/{LETTER}.html"].decode()


def test_where_no_word_is_changed_the_looks_are_taken(look) -> None:
    found = look()
    assert found.can_be_written
    assert (found.changes, [*found.files]) == ((), [f"documents/{LETTER}.docx"])


@pytest.mark.parametrize(
    ("edit", "block", "words"),
    [
        (said("请您收到后", "请您收到本函后"), "邀请", "<p>请您收到本函后与我们联系"),
        (said("早一天回来，", ""), "义务", "放任孩子中途停学。落下的功课就少一些。</p>"),
        (said("监护人签名", "家长签名"), "回执", '家长签名：<blank name="监护人签名" width="10"/>'),
        (said("回　执", "签　收"), "回执", '<p class="回执题">签收'),
        (said("有什么难处", "有难处 < 或 & "), "帮助", "有难处&lt;或&amp;，请直接告诉我们"),
        (added, "帮助", "请直接告诉我们。</p>\n<p>学校的大门一直开着。</p>"),
    ],
)
def test_changed_words_go_into_the_block_in_which_they_stand(look, edit, block, words) -> None:
    found = look(edit)
    assert found.can_be_written, found
    assert [*found.files] == [f"documents/{LETTER}.html"]
    assert f"{{% block {block} %}}" in text_of(found)
    assert words in text_of(found)
    assert text_of(found).count("{% block") == 1
    assert f"documents/{LETTER}.docx" in look(edit, looks=True).files


def test_what_the_office_wrote_before_stays(look) -> None:
    own = (
        "---\n说明: 可以找谁\n---\n{# 张三写的 #}\n"
        "{% block 联系方式 %}\n{{ super() }}\n<p>也可以联系法治副校长。</p>\n{% endblock %}\n"
    )

    def mine(document: Document) -> None:
        below = paragraph(document, "联系电话：{%r if")
        below.insert_paragraph_before("", style=below.style)._p.addprevious(below._p)
        paragraph(document, "请您收到后")
        document.paragraphs[[one.text for one in document.paragraphs].index("")].add_run(
            "也可以联系驻校法治副校长。"
        )

    found = look(mine, said("请您收到后", "请您收到本函后"), own=own)
    assert found.can_be_written, found
    text = text_of(found)
    assert found.before == {f"documents/{LETTER}.html": own.encode()}
    assert text.startswith(own.replace("联系法治", "联系驻校法治"))
    assert text.endswith("{% endblock %}\n")
    assert "{% block 邀请 %}" in text


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (said("{{ 监护人.姓名 }}", "{{ 学生.姓名 }}"), "动了大括号里的内容"),
        (said("{{ 文书.日期|日期 }}", "{{ 文书.日期|日期 }}印"), "紧挨着大括号"),
    ],
)
def test_what_is_in_braces_needs_a_hand_and_nothing_is_written(look, edit, why) -> None:
    found = look(edit)
    assert not found.can_be_written
    assert found.files == {}
    assert [why in one.why for one in found.by_hand] == [True]
    assert {"PACK026"} <= {one.code for one in found.problems}  # what pack lint would say


def test_what_lint_would_say_is_said_before_it_is_written(look) -> None:
    assert look(lost).can_be_written
    typed = look(said("有什么难处", "依照《义务教育法》第五条，有什么难处"))
    assert [one.code for one in typed.problems] == ["TMPL047"]
    assert typed.files
    assert not typed.can_be_written


def test_no_harmful_file_is_looked_into(tmp_path: Path) -> None:
    library = library_of("yunnan", find_packs([shipped_root()])[0])[0]
    taker = WordTaker(library, library.chain.folders[-1], DAY)
    for data in (b"<html>", b"PK\x03\x04", exported()[:2000]):
        (tmp_path / "改.docx").write_bytes(data)
        with pytest.raises(UserError) as stopped:
            taker.look(LETTER, tmp_path / "改.docx", looks=False)
        assert all(one.code.startswith("REND") for one in stopped.value.problems)


def test_a_period_of_the_offices_own_is_said_to_be_so_and_then_stands_plainly(look) -> None:
    """It was a dead end: a rule that has nothing to do with the letter, and braces for Word."""
    edit = said("请您收到后", "请您收到后三日内")
    refused = look(edit)
    assert ([one.code for one in refused.problems], refused.periods) == (["TMPL048"], ("三日内",))
    assert "自定期限: {urge-notice: 三日内}" in refused.problems[0].hint
    assert "yn-absence-3" not in refused.problems[0].hint
    taken = look(edit, periods=("三日内",))
    assert (taken.problems, taken.can_be_written) == ((), True)
    assert taken.files["pack.yaml"].decode() == PACK + "自定期限:\n  urge-notice: 三日内\n"
    assert taken.before["pack.yaml"].decode() == PACK
    unasked = look(said("请您收到后", "请您一定"), periods=("三日内",))
    assert [*unasked.files] == [f"documents/{LETTER}.html"]
