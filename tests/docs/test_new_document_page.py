"""docs/新文书.md: a keeper writes a whole new document in packs of his own, as the page says."""

import io
import zipfile
from pathlib import Path

import pytest

from kcbx_docs.case.reference import models_of
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.keeping.keys import example_of, reader_of
from kcbx_docs.keeping.schemas import KEEPERS
from kcbx_docs.reading import Model
from kcbx_docs.render.text import docx_paragraphs
from tests.cli.office import ROOT, run
from tests.docs.reader import Reader

pytestmark = [pytest.mark.alike, pytest.mark.long]

PAGE = ROOT / "docs/新文书.md"
WORD = "templates/guizhou/qianshan/documents/help-report.docx"
RENDER = ("render", "帮扶", "--doc", "帮扶情况报告", "--format", "docx", "--as-of", "2026-09-20")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after everything on the page was done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        reader = Reader(tmp_path_factory.mktemp("walk"))
        reader.read(PAGE)
    return reader.folder


def test_the_paper_says_what_the_page_says(walked):
    text = "".join(docx_paragraphs((walked / "output/帮扶/236-帮扶情况报告.docx").read_bytes()))
    page = PAGE.read_text("utf-8")
    for words in ("关于罗小山帮扶情况的报告", "每七天回访一次"):
        assert words in page and words in text
    assert "依照《黔山县控辍保学工作方案》" in text, "the county's block"
    assert "依照《中华人民共和国义务教育法》第十三条组织劝返一次" in text


def test_another_word_in_the_word_file_is_told_by_lint_and_render_alike(walked):
    """As the page shows it."""
    path = walked / WORD
    before, out = path.read_bytes(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("起没有到校".encode(), "起没有返校".encode()))
    path.write_bytes(out.getvalue())
    (shown,) = (line for line in PAGE.read_text("utf-8").splitlines() if "[PACK026]" in line)
    for words in (("pack", "lint", "黔山县"), RENDER):
        done = run(walked, *words)
        assert done.exit_code == 1
        assert [piece for piece in shown.split("…") if piece not in done.output] == []
    path.write_bytes(before)


@pytest.mark.parametrize("kind", KEEPERS)
def test_every_key_of_a_pack_has_a_reader_and_an_example(kind):
    """Keys that hold records have a table of their own instead of an example."""
    for model, _ in models_of(KEEPERS[kind], ""):
        for info in model.model_fields.values():
            records = any(issubclass(one, Model) for one in models_in(info.annotation))
            assert reader_of(model, str(info.alias))
            assert records or example_of(model, str(info.alias)), f"{model.__name__}.{info.alias}"
