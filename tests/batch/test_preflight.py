"""Everything is checked before the first page: all faults at once, with the pupils they concern."""

import re
from pathlib import Path

import pytest

from kcbx_docs.batch.asked import Watching
from kcbx_docs.cli.show import line_of
from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.word_press import WordPress
from kcbx_docs.problems import UserError
from tests.batch.conftest import Render


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def refused(render: Render, *formats: str) -> list[str]:
    """Return the faults as a clerk reads them, without the folder, the cell in brackets."""
    with pytest.raises(UserError) as stopped:
        render(*formats)
    return [
        (f"（{one.place.path}）" if one.place.path and not one.place.line else "")
        + re.sub(r"^/\S+/", "", str(one))
        for one in stopped.value.problems
        if one.is_error
    ]


def test_a_bad_row_does_not_stop_the_school(render: Render, school: Path) -> None:
    change(school / "cases/名册.csv", "七年级2班,岩温罕", "七年级2班,")
    change(school / "cases/名册.csv", "李喆,白沙村5号", "李喆\ue000,白沙村5号")
    rendered = render()
    told = [f"{one.place.path} {one.code}" for one in rendered.problems if not one.is_error]
    assert [one for one in told if "!ROST" in one or one[:1] == "B"] == ["B5 ROST017", "B6 ROST023"]
    (account,) = (one.message for one in rendered.problems if one.code == "ROST096")
    assert account == "读到 5 行：可以印 3 名，暂缓 1 名，跳过 1 行。"
    assert rendered.files


def test_roster_documents_and_values_are_told_at_once(render: Render, school: Path) -> None:
    change(school / "kcbx.yaml", "电话: '08790000001', ", "")
    change(school / "cases/名册.csv", "王䶮,白沙村3号", "王䶮,")
    change(school / "cases/名册.csv", "岩温罕,白沙村4号", "岩温罕,")
    change(school / "cases/名册.csv", "七年级10班,李喆", "七年级10班,")
    change(school / "cases/开学.yaml", "[入学告知书, ", "[入学告知书, 入学告知, ")
    assert refused(render) == [
        "开学.yaml:5:13: [PACK004] 没有文书「入学告知」。 是不是「入学告知书」？用 kcbx pack list --documents 可以看到全部文书。",
        "开学.yaml:5:6: [RUN004] 每名学生的《入学告知书》都做不出来：「学校.电话」是空的，没有内容可印。"
        "（模板 national/documents/notice.html:14:18，第一名是 名册.csv:第2行 的「普云飞」） "
        "请在 kcbx.yaml、批次文件或名册里补上这一项；确实没有的，模板要写明没有时怎么印（{% if %} 或 |默认）。",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "制发机关: [学校]",
            "制发机关: [乡镇人民政府]",
            "PAPR001] 云岭县青石中学（学校）不能制发《入学告知书》",
        ),
        (
            "一份对应: 学生",
            "一份对应: 监护人",
            "RUN001] 《入学告知书》每监护人一份，不能在批次里给每名学生印",
        ),
        (
            "版式: 学校通知",
            "需要: [责令]\n版式: 学校通知",
            "RUN004] 每名学生的《入学告知书》都做不出来：《入学告知书》需要「责令」",
        ),
    ],
)
def test_a_document_that_is_not_for_pupils_is_refused(
    render: Render, school: Path, old: str, new: str, fault: str
) -> None:
    change(school / "templates/national/documents/notice.html", old, new)
    assert [one for one in refused(render) if fault in one]


def test_a_document_written_under_two_names_is_noticed(render: Render, school: Path) -> None:
    change(school / "cases/开学.yaml", "[入学告知书, ", "[入学告知书, notice, ")
    found = [str(problem) for problem in render().problems if problem.code == "RUN002"]
    assert [re.sub(r"^/\S+/", "", one) for one in found] == [
        "开学.yaml:5:13: [RUN002] 《入学告知书》用不同的名称写了两次，会印两遍。 要多印几份的，请写「份数」。"
    ]


class _Fonts:
    """Fonts that lack two characters, whatever the machine has."""

    def check(self) -> tuple[()]:
        return ()

    def missing(self, text: str, role: str) -> str:
        return "".join(char for char in text if char in "䶮罕")


def test_names_that_no_font_can_print_are_listed_with_their_pupils(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WordPress, "fonts", _Fonts())
    said = [one.message for one in render().problems if one.code == "RUN005"]
    assert said == [
        "暂缓「岩温罕」：《入学告知书》做不出来：没有字体能印「罕」（U+7F55）。",
        "暂缓「王䶮」：《入学告知书》做不出来：没有字体能印「䶮」（U+4DAE）。",
    ]


def test_progress_names_every_pupil_and_class(school: Path) -> None:
    from tests.batch.conftest import DAY

    told: list[str] = []
    watching = Watching(told.append)
    render_file(school / "cases/开学.yaml", Wanted(DAY, formats=("docx",)), watching=watching)
    assert told == [
        *("读名册", "取编号", "试排一名学生的"),
        "青石中学26秋七2-001",
        "青石中学26秋七2-002",
        "七年级2班 签收表",
        "青石中学26秋七10-001",
        "青石中学26秋七10-002",
        "青石中学26秋七10-003",
        "七年级10班 签收表",
    ]


@pytest.mark.pdf
def test_a_fault_of_everybodys_pages_is_told_once(render: Render, school: Path) -> None:
    promise = school / "templates/national/documents/promise.html"
    change(promise, "版式: 学校通知", "版式: 学校通知\n页数上限: 1")
    change(promise, "</p>", "</p>" + "<p>保证送孩子上学。</p>" * 60)
    with pytest.raises(UserError) as stopped:
        render("pdf")
    (one,) = (found for found in stopped.value.problems if found.code == "RUN004")
    assert line_of(one).rpartition("/cases/")[2] == (
        "开学.yaml:5:18: [RUN004] 每名学生的《家长承诺书》都做不出来：共 2 页，超过了规定的 1 页。"
        "（模板 national/documents/promise.html，第一名是 名册.csv:第3行 的「阿卜杜热合曼·阿卜杜热西提」） 请缩短内容，或在模板的「页数上限」里改。"
    )
