"""docs/确认处罚依据.md: every file is written and every command run as the page says, in order."""

import re
import shlex
import zipfile
from pathlib import Path

import pytest

import kcbx_docs
from tests.cli.office import run
from tests.docs.reader import Reader

pytestmark = pytest.mark.alike

PAGE = Path(kcbx_docs.__file__).parents[1] / "docs" / "确认处罚依据.md"


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The folder after everything on the page was done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        reader = Reader(tmp_path_factory.mktemp("walk"))
        reader.read(PAGE)
    return reader.folder


def test_the_first_notice_is_there_and_says_that_it_is_a_sample(walked):
    made = walked / "output/练习-001/450-行政处罚事先告知书.docx"
    text = re.sub(r"<[^>]+>", "", zipfile.ZipFile(made).read("word/document.xml").decode())
    assert (
        "《练习省义务教育条例》第五十二条第一款规定：“监护人无正当理由不送适龄儿童、少年入学"
        in text
    )
    assert "【示例】" in text


def test_the_page_names_every_reason_for_which_a_clause_cannot_be_used():
    from kcbx_docs.procedure import penalties

    codes = set(re.findall(r"PROC23\d", Path(penalties.__file__).read_text("utf-8")))
    assert codes <= set(re.findall(r"PROC23\d", PAGE.read_text("utf-8")))


def test_a_real_office_does_not_take_the_invented_clause(walked, tmp_path):
    """The same command, in a workspace that is no sample, writes nothing."""
    run(
        tmp_path,
        "init",
        "真",
        "--region",
        "530499",
        "--name",
        "云岭县红石镇人民政府",
        "--code",
        "红政",
        "--yes",
    )
    command = next(
        c for c in re.findall(r"^\$ (kcbx pack confirm .*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    )
    words = [word for word in shlex.split(command)[1:] if word not in ("--attachment", "条例.txt")]
    before = sorted(tmp_path.rglob("*"))
    done = run(tmp_path / "真", *words)
    assert done.exit_code == 1
    assert "[CLI028]" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
