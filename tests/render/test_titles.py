"""Titles break by meaning: no word is torn, the lines are even, and an officer may decide."""

import pytest

from kcbx_docs.case.files import load_file
from kcbx_docs.papers.make import make, to_docx
from kcbx_docs.papers.plan import plan_letter
from kcbx_docs.render.text import lines
from kcbx_docs.render.titles import title_lines
from tests import matrix

COLUMNS = 20


@pytest.mark.parametrize(
    "title",
    [
        "云岭县教育体育局关于做好2026年／秋季学期开学控辍保学工作的通知",
        "云岭县教育体育局关于商请协助／查找外出适龄儿童的函",
        "望川县柏岭镇人民政府关于进一步／做好义务教育阶段适龄儿童少年／入学和控辍保学工作的实施意见",
        "关于学生李松林辍学情况的报告",
        "关于做好外来务工人员随迁子女／接受义务教育工作的通知",
    ],
)
def test_titles_break_between_words_in_even_lines(title):
    assert title_lines(title.replace("／", ""), COLUMNS) == tuple(title.split("／"))


@pytest.mark.parametrize("length", [21, 40, 41, 80, 120])
def test_a_title_without_a_known_word_breaks_all_the_same(length):
    found = title_lines(("甲乙丙丁" * 30)[:length], COLUMNS)
    assert "".join(found) == ("甲乙丙丁" * 30)[:length]
    assert max(map(len, found)) <= COLUMNS
    assert max(map(len, found)) - min(map(len, found)) <= 1


def test_what_cannot_be_broken_stays_whole():
    assert title_lines("A" * 60, COLUMNS) == ("A" * 60,)
    assert title_lines("", COLUMNS) == ("",)


def letter(tmp_path, title: str):
    """Return the words of a notice with this title, in the source and in Word."""
    source = (matrix.ROOT / "cases/通知.yaml").read_text("utf-8")
    old = next(line for line in source.splitlines() if line.startswith("标题:"))
    path = tmp_path / "通知.yaml"
    path.write_text(source.replace(old, title), "utf-8")
    office = matrix.office_of("national")
    loaded, problems = load_file(path, matrix.DAY, office.workspace)
    assert loaded is not None, problems
    papers, _ = plan_letter(loaded.letter, office, matrix.DAY)
    made, problems = make(papers[0], office.law.registry)
    assert made is not None, problems
    assert to_docx(made)[1] == ()  # Word breaks it at the same place
    return papers[0], lines(made.filled.root)


def test_an_officer_sets_the_break_by_writing_the_title_in_lines(tmp_path):
    paper, found = letter(tmp_path, "标题: |\n  云岭县教育体育局\n  关于开学的通知")
    assert "云岭县教育体育局\n关于开学的通知" in found
    assert paper.title == "云岭县教育体育局关于开学的通知"
    assert "\n" not in paper.name


def test_a_long_title_is_broken_in_word_as_in_the_source(tmp_path):
    _, found = letter(
        tmp_path, "标题: 云岭县教育体育局关于做好2026年秋季学期开学控辍保学工作的通知"
    )
    assert "云岭县教育体育局关于做好2026年\n秋季学期开学控辍保学工作的通知" in found


@pytest.mark.pdf
@pytest.mark.parametrize("count", range(6))
def test_no_number_is_parted_from_its_unit_and_no_date_in_a_cell_is_broken(count):
    from tests.render.measure import pages
    from tests.render.paper import printed

    text = "送" * count + "2026年9月10日，电话0877-0000013，八年级2班，罚款800元。"
    cell = f'<table widths="1 1 1 1"><tr><td>{text}</td><td></td><td></td><td></td></tr></table>'
    prose = "".join(f'<p class="平段">{"义" * n}{text}</p>' for n in range(10, 24))
    for page in pages(printed(prose + cell, "表格")):
        for line in page:
            assert line.text[0] not in "月日元班-", line.text
            assert not line.text.endswith("-")
    assert any(
        "2026年9月10日" in line.text for page in pages(printed(cell, "表格")) for line in page
    )
