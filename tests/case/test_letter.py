"""Files of letters and batches: paragraphs, counts, what is on unless it is switched off."""

import pytest

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.letter import Letter, paragraphs_of
from kcbx_docs.reading import parse_yaml, read_model

BATCH = """\
批次: 开学告知
学期: 2026年秋季学期
学校: 青石中学
名册: {文件: 名册.csv%s}
文书: [{文书: 承诺书%s}]
"""


def batch(roster="", document="", more=""):
    return read_model(Batch, parse_yaml(BATCH % (roster, document) + more, "a.yaml")[0])


def test_a_text_is_its_lines_that_say_something():
    assert paragraphs_of("  甲\n\n \n乙  \n") == ("甲", "乙")
    letter = Letter.model_validate(
        {
            "公文": "函",
            "标题": "标题",
            "正文": "甲\n乙",
            "附件": [{"名称": "表", "正文": "丙\n\n丁"}],
        }
    )
    assert letter.paragraphs == ("甲", "乙")
    assert letter.attachments[0].paragraphs == ("丙", "丁")


@pytest.mark.parametrize(
    ("count", "read"),
    [("1", 1), ("999", 999), ("0", None), ("1000", None), ("一", None), ("1.5", None)],
)
def test_copies_and_heading_rows_are_counted_from_one_to_999(count, read):
    copies, problems = batch(document=f", 份数: {count}")
    row, more = batch(roster=f", 表头行: {count}")
    if read is None:
        assert [p.code for p in (*problems, *more)] == ["BTCH001", "BTCH001"]
    else:
        assert (copies.documents[0].copies, row.roster.header_row) == (read, read)


def test_what_a_batch_does_unless_it_says_otherwise():
    plain = batch()[0]
    assert (plain.printing.duplex, plain.printing.by_class) == (None, True)  # the papers say
    assert plain.printing.order == "班级"
    assert (plain.documents[0].copies, plain.roster.header_row, plain.day) == (1, None, None)
    said = batch(more="打印: {双面: 否, 分班: 否, 排序: 名册}\n")[0].printing
    assert (said.duplex, said.by_class, said.order) == (False, False, "名册")


def test_a_document_may_be_named_alone():
    text = BATCH.replace("[{文书: 承诺书%s}]", "[承诺书, 入学通知书]") % ""
    named, problems = read_model(Batch, parse_yaml(text, "a.yaml")[0])
    assert problems == ()
    assert [one.document for one in named.documents] == ["承诺书", "入学通知书"]
