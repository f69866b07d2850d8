"""The sheet to sign says what is signed for: the documents of its own batch, no others."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.batch.plan import in_short
from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.render.text import docx_paragraphs

ROOT = Path(__file__).parents[2]
INVITATION = """\
---
编号: invitation
标题: 家长会邀请书
顺序: 125
制发机关: [学校]
一份对应: 学生
版式: 学校通知
---
<h1>{{ 文书.标题 }}</h1>
<p>请{{ 学生.姓名 }}的家长到校参加家长会。</p>
"""


def sheet_of(folder: Path, documents: str, only: tuple[str, ...] = ()) -> list[str]:
    """Print the sample batch with other documents; return the words of a class's sheet."""
    (folder / "templates/documents").mkdir(parents=True)
    (folder / "templates/pack.yaml").write_text("名称: 本校\n版本: '1'\n", "utf-8")
    (folder / "templates/documents/invitation.html").write_text(INVITATION, "utf-8")
    shutil.copy(ROOT / "kcbx.yaml", folder)
    shutil.copy(ROOT / "cases/名册.xlsx", folder)
    text = (ROOT / "cases/开学告知.yaml").read_text("utf-8")
    listed = re.sub(r"(?m)^文书:.*\n(?:[ \-].*\n)*", f"文书: [{documents}]\n", text)
    assert f"文书: [{documents}]" in listed
    (folder / "开学.yaml").write_text(listed, "utf-8")
    wanted = Wanted(date(2026, 9, 1), only, ("docx",))
    written = render_file(folder / "开学.yaml", wanted, folder / "output")
    (sheet, *_) = [path for path in written.files if path.name.endswith("签收登记表.docx")]
    return list(docx_paragraphs(sheet.read_bytes()))


NOTICE, PROMISE, INVITED = "控辍保学告知书", "承诺书", "家长会邀请书"


@pytest.mark.parametrize(
    ("documents", "heading", "column"),
    [
        (f"{NOTICE}, {PROMISE}", "控辍保学告知书、承诺书签收登记表", "承诺书"),
        (NOTICE, "控辍保学告知书签收登记表", "回执"),
        (INVITED, "家长会邀请书签收登记表", "回执"),
        (f"{NOTICE}, {INVITED}", "控辍保学告知书、家长会邀请书签收登记表", "家长会邀请书"),
        (f"{NOTICE}, {PROMISE}, {INVITED}", f"{NOTICE}、{PROMISE}、{INVITED}签收登记表", "回执"),
    ],
)
def test_the_heading_and_the_column_follow_the_batch(tmp_path, documents, heading, column) -> None:
    words = sheet_of(tmp_path, documents)
    assert words[0] == heading
    assert words[words.index("关系") + 1] == column
    if PROMISE not in documents:
        assert PROMISE not in "".join(words)


def test_a_run_of_one_document_keeps_the_sheet_of_the_whole_batch(tmp_path) -> None:
    """Another heading would be another file beside the one that is already on the wall."""
    words = sheet_of(tmp_path, f"{NOTICE}, {PROMISE}", only=("commitment",))
    assert words[0] == "控辍保学告知书、承诺书签收登记表"


def test_many_documents_are_counted() -> None:
    assert in_short(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert in_short(["甲", "乙", "丙", "丁"]) == "甲等4种文书"


@pytest.mark.parametrize(("printing", "shown"), [("", False), ("打印: {登记表电话: 是}\n", True)])
def test_parents_who_sign_in_turn_see_no_phone_numbers_unless_a_school_wants_it(
    tmp_path, printing, shown
) -> None:
    from tests import matrix

    shutil.copy(matrix.ROOT / "kcbx.yaml", tmp_path)
    shutil.copy(matrix.ROOT / "cases/名册.xlsx", tmp_path)
    text = (matrix.ROOT / "cases/开学告知.yaml").read_text("utf-8")
    text = re.sub(r"(?m)^打印:.*\n(?:[ ].*\n)*", "", text) + printing
    (tmp_path / "开学.yaml").write_text(text, "utf-8")
    written = render_file(
        tmp_path / "开学.yaml", Wanted(date(2026, 9, 1), (), ("docx",)), tmp_path / "output"
    )
    (sheet, *_) = [path for path in written.files if path.name.endswith("签收登记表.docx")]
    words = docx_paragraphs(sheet.read_bytes())
    assert ("联系电话" in words) is shown
    assert any(re.fullmatch("1[0-9]{10}", word) for word in words) is shown
