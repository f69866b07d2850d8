"""A template is compiled once: the next run takes the code, and none that anything else made."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import SecurityError, TemplateSyntaxError

from kcbx_docs.packs.language import Sandbox
from kcbx_docs.render import kepttemplates
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.kepttemplates import KeptCode, template_of

SOURCE = "{% for one in 学生 %}{{ one.姓名 }}，\n{% endfor %}{{ 日子|日期 }}"
PUPILS = {"学生": [{"姓名": "普云飞"}, {"姓名": "<李>"}], "日子": date(2026, 9, 1)}


@pytest.fixture(autouse=True)
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """List what is compiled, with a shelf of our own."""
    done: list[str] = []
    compile_it = Sandbox.compile
    monkeypatch.setattr(kepttemplates, "_shelf", lambda: Kept(tmp_path / "templates"))
    monkeypatch.setattr(
        Sandbox, "compile", lambda self, *told: done.append(told[0]) or compile_it(self, *told)
    )
    yield done


def test_a_second_run_compiles_nothing_and_prints_the_same(compiled: list[str]) -> None:
    first, second = (template_of(SOURCE).render(PUPILS) for _ in range(2))
    assert first == second
    assert first.startswith("普云飞，\n&lt;李&gt;，")
    assert compiled == [SOURCE]


def test_one_letter_or_another_program_is_compiled(compiled: list[str], monkeypatch) -> None:
    template_of(SOURCE)
    template_of(SOURCE + "。")
    monkeypatch.setattr(kepttemplates, "_made_by", lambda: ("另外的",))
    template_of(SOURCE)
    assert compiled == [SOURCE, SOURCE + "。", SOURCE]


def test_what_was_written_over_is_compiled_again(compiled: list[str]) -> None:
    template_of(SOURCE)
    (path,) = kepttemplates._shelf().folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert template_of(SOURCE).render(PUPILS)
    assert compiled == [SOURCE, SOURCE]


def test_a_page_is_compiled_once_and_again_when_its_text_changes(monkeypatch) -> None:
    done: list[str] = []
    compile_it = Environment.compile
    monkeypatch.setattr(
        Environment, "compile", lambda self, *told: done.append(told[0]) or compile_it(self, *told)
    )
    pages = {"甲.html": "{{ 姓名 }}", "乙.html": "<b>{{ 姓名 }}</b>"}

    def shown() -> list[str]:
        afresh = Environment(loader=DictLoader(pages), bytecode_cache=KeptCode())
        return [afresh.get_template(name).render(姓名="普云飞") for name in pages]

    assert shown() == shown() == ["普云飞", "<b>普云飞</b>"]
    assert done == ["{{ 姓名 }}", "<b>{{ 姓名 }}</b>"]
    pages["甲.html"] = pages["乙.html"]  # another page with the same text is another page
    assert shown() == ["<b>普云飞</b>"] * 2
    assert done == ["{{ 姓名 }}", *["<b>{{ 姓名 }}</b>"] * 2]


def test_the_sandbox_holds_for_code_that_was_kept() -> None:
    source = "{{ 学生.append(1) }}"
    for _ in range(2):
        with pytest.raises(SecurityError):
            template_of(source).render(PUPILS)
    with pytest.raises(TemplateSyntaxError):
        template_of("{{ a ~ b }}")
