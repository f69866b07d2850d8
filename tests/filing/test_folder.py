"""What a run does to a folder in which papers are:
only its own are touched, and nothing that a person made is lost.
"""

import os
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kcbx_docs.filing.folder import file_papers
from kcbx_docs.papers.files import File, whose
from kcbx_docs.problems import UserError
from tests.cli.office import tree
from tests.filing.papers import (
    CASE,
    FLY,
    SKY,
    codes,
    inside,
    left_over,
    listed,
    papers,
    put,
    untrue,
)

THREE = {"责令.docx": "责令1", "责令.pdf": "责令1p", "报告.docx": "报告1", "回证.docx": "回证1"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An output folder with the four files of a first run."""
    put(tmp_path / "output", THREE)
    return tmp_path / "output"


def edit(path: Path, text: str = "人工修改") -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (1_795_000_000, 1_795_000_000))  # 2026-11-18


def test_one_paper_again_touches_no_other(root):
    told = put(root, {"责令.docx": "责令2"}, "一些文书", run="二")
    assert codes(told) == []
    assert inside(root) == {**THREE, "责令.docx": "责令2"}


def test_the_manifest_tells_of_every_file_by_which_run_it_was_made(root):
    put(root, {"责令.docx": "责令2"}, "一些文书", run="二")
    put(root, {"报告.docx": "报告3"}, "一些文书", run="三")
    assert listed(root) == {
        "报告.docx": "三",
        "责令.docx": "二",
        "责令.pdf": "一",
        "回证.docx": "一",
    }
    assert untrue(root) == []


def test_papers_of_one_day_and_source_are_of_one_run(root):
    put(root, {"新.docx": "新"}, "一些文书", run="一")
    assert set(listed(root).values()) == {"一"}
    assert "earlier_runs" not in (root / CASE / "manifest.json").read_text("utf-8")


def test_a_draft_neither_replaces_nor_removes_a_final_paper(root):
    before = tree(root / CASE)
    told = put(root, {"责令.docx": "草"}, "一些文书", run="二", draft=True)
    assert told.folder == root / CASE / "草稿"
    assert tree(root / CASE).items() >= before.items()
    assert inside(root, f"{CASE}/草稿") == {"责令.docx": "草"}
    assert listed(root, f"{CASE}/草稿") == {"责令.docx": "二"}


def test_final_papers_leave_the_drafts(root):
    put(root, {"责令.docx": "草"}, "整套", draft=True)
    put(root, THREE | {"责令.docx": "责令2"})
    assert inside(root) == THREE | {"责令.docx": "责令2", "草稿/责令.docx": "草"}


def test_a_new_set_of_drafts_replaces_the_old_one(root):
    put(root, {"责令.docx": "草", "报告.docx": "草"}, draft=True)
    told = put(root, {"责令.docx": "草2"}, draft=True)
    assert codes(told) == ["PAPR020"]
    assert inside(root, f"{CASE}/草稿") == {"责令.docx": "草2"}


@pytest.mark.parametrize("extent", ["整套", "一些文书"])
def test_an_edited_paper_is_kept_aside_and_both_files_are_named(root, extent):
    edit(root / CASE / "责令.docx")
    told = put(root, THREE | {"责令.docx": "责令2"}, extent)
    kept = "人工修改/责令（2026-11-18）.docx"
    assert inside(root) == THREE | {"责令.docx": "责令2", kept: "人工修改"}
    assert codes(told) == ["PAPR011"]
    assert str(root / CASE / "责令.docx") in told.problems[0].message
    assert kept in told.problems[0].message
    assert not told.problems[0].is_error


def test_what_is_kept_aside_is_never_overwritten(root):
    for text in ("甲", "乙", "丙"):
        edit(root / CASE / "责令.docx", text)
        put(root, THREE)
    assert inside(root) == THREE | {
        "人工修改/责令（2026-11-18）.docx": "甲",
        "人工修改/责令（2026-11-18-2）.docx": "乙",
        "人工修改/责令（2026-11-18-3）.docx": "丙",
    }


def test_an_edited_paper_that_is_not_made_again_stays_where_a_partial_run_leaves_it(root):
    edit(root / CASE / "报告.docx")
    assert codes(put(root, {"责令.docx": "责令2"}, "一些文书")) == []
    assert inside(root)["报告.docx"] == "人工修改"
    told = put(root, THREE | {"报告.docx": "报告2"})
    assert codes(told) == ["PAPR011"], "it is still known as edited after the partial run"


def test_an_edited_paper_that_a_full_run_does_not_make_is_kept_aside(root):
    edit(root / CASE / "报告.docx")
    told = put(root, {name: text for name, text in THREE.items() if name != "报告.docx"})
    assert codes(told) == ["PAPR013"]
    assert inside(root)["人工修改/报告（2026-11-18）.docx"] == "人工修改"
    assert "报告.docx" not in inside(root)


@pytest.mark.parametrize("again", ["责令2", "人工修改"])
def test_an_edit_that_is_the_new_paper_is_no_edit(root, again):
    edit(root / CASE / "责令.docx", again)
    assert codes(put(root, THREE | {"责令.docx": again})) == []


def test_a_file_that_no_manifest_lists_is_kept_aside(root):
    edit(root / CASE / "催告.docx", "从别处来的")
    told = put(root, THREE | {"催告.docx": "催告1"})
    assert codes(told) == ["PAPR012"]
    assert inside(root)["人工修改/催告（2026-11-18）.docx"] == "从别处来的"


def test_a_folder_in_the_place_of_a_paper_is_kept_aside(root):
    (root / CASE / "催告.docx").mkdir()
    edit(root / CASE / "催告.docx/扫描.jpg", "图")
    os.utime(root / CASE / "催告.docx", (1_795_000_000, 1_795_000_000))
    assert codes(put(root, THREE | {"催告.docx": "催告1"})) == ["PAPR012"]
    assert inside(root)["人工修改/催告（2026-11-18）.docx/扫描.jpg"] == "图"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"files": [1]}', '{"files": [{"file": "责令.docx"}]}', "\x00"]
)
def test_a_damaged_manifest_proves_nothing_so_everything_is_kept(root, text):
    (root / CASE / "manifest.json").write_text(text, "utf-8")
    told = put(root, THREE | {"责令.docx": "责令2"})
    assert {"责令1", text} <= set(inside(root).values()) | {
        path.read_text("utf-8") for path in (root / CASE / "人工修改").iterdir()
    }
    assert set(codes(told)) == {"PAPR012"}
    assert untrue(root) == []


ODD_VALUES = [
    ('"sha256": "', '"sha256": "", "old": "'),
    ('"sha256": "', '"sha256": 5, "old": "'),
    ('"file": "责令.docx"', '"file": ""'),
    ('"file": "责令.docx"', '"file": ["责令.docx"]'),
    ('"marks": [', '"marks": null, "old": ['),
    ('"marks": [', '"marks": 5, "old": ['),
    ('"marks": [', '"marks": [{}], "old": ['),
    ('"whose": {', '"whose": 5, "old": {'),
    ('"fonts": []', '"fonts": null'),
    ('"files": [', '"files": {}, "old": ['),
    ('"files": [', '"earlier_runs": null, "files": ['),
    ('"files": [', '"earlier_runs": [null], "files": ['),
    ('"files": [', '"earlier_runs": [{"fonts": 5}], "files": ['),
    ('"file": "责令.docx"', '"earlier_run": 0, "file": "责令.docx"'),
    ('"file": "责令.docx"', '"earlier_run": "0", "file": "责令.docx"'),
]


@pytest.mark.parametrize(("said", "odd"), ODD_VALUES)
@pytest.mark.parametrize("extent", ["整套", "一些文书"])
def test_a_manifest_with_an_odd_value_is_as_good_as_none(root, extent, said, odd):
    path = root / CASE / "manifest.json"
    text = path.read_text("utf-8")
    assert said in text
    path.write_text(text.replace(said, odd), "utf-8")
    told = put(root, {"责令.docx": "责令2"}, extent)
    assert set(codes(told)) == {"PAPR012"}
    kept = {one.read_text("utf-8") for one in (root / CASE / "人工修改").iterdir()}
    assert kept == {"责令1", text.replace(said, odd)}
    assert codes(put(root, {"责令.docx": "责令2"}, extent)) == []


def test_the_same_again_says_nothing_and_touches_nothing(root):
    before = {path: path.stat().st_mtime_ns for path in (root / CASE).iterdir()}
    assert codes(put(root, THREE)) == []
    assert {path: path.stat().st_mtime_ns for path in (root / CASE).iterdir()} == before


def test_new_wording_replaces_our_own_files_without_a_word(root):
    newer = {name: f"{text}新" for name, text in THREE.items()}
    assert codes(put(root, newer)) == []
    assert inside(root) == newer


def test_a_deleted_paper_is_made_again_without_a_word(root):
    (root / CASE / "责令.docx").unlink()
    assert codes(put(root, THREE)) == []
    assert inside(root) == THREE


def test_a_paper_that_somebody_deleted_is_not_listed_any_more(root):
    (root / CASE / "报告.docx").unlink()
    assert codes(put(root, {"责令.docx": "责令2"}, "一些文书")) == []
    assert "报告.docx" not in listed(root)
    assert untrue(root) == []


def test_scans_and_folders_of_the_office_stay(root):
    own = {
        "回证扫描.pdf": "图",
        "照片/家访.jpg": "图",
        "人工修改/自己的.docx": "字",
        "旧文书/x.pdf": "图",
    }
    for name, text in own.items():
        (root / CASE / name).parent.mkdir(exist_ok=True)
        edit(root / CASE / name, text)
    assert codes(put(root, THREE | {"责令.docx": "责令2"})) == []
    assert inside(root).items() >= own.items()


def test_papers_that_a_full_run_does_not_make_any_more_are_kept_as_old_ones_and_told(root):
    told = put(root, {"责令.docx": "责令2", "责令.pdf": "责令2p", "回证.docx": "回证1"})
    assert codes(told) == ["PAPR014"]
    assert "报告.docx" in told.problems[0].message
    assert str(root / CASE / "旧文书") in told.problems[0].message
    (old,) = (root / CASE / "旧文书").iterdir()
    assert re.fullmatch(r"报告（\d{4}-\d\d-\d\d）\.docx", old.name)
    assert old.read_text("utf-8") == "报告1"
    assert set(listed(root)) == {"责令.docx", "责令.pdf", "回证.docx"}


def test_print_files_of_a_class_that_is_called_otherwise_go_and_are_told(root):
    first = {"01-七年级1班.docx": "甲乙丙", "02-七年级2班.docx": "丁"}
    put(root, first, folder="开学", owner=whose("批次", "开学"), keeps_old=False)
    second = {"01-七年级2班.docx": "丁", "02-八年级1班.docx": "甲乙丙"}
    told = put(root, second, folder="开学", owner=whose("批次", "开学"), keeps_old=False)
    assert codes(told) == ["PAPR020"]
    assert "01-七年级1班.docx、02-七年级2班.docx" in told.problems[0].message
    assert inside(root, "开学") == second


def test_an_edited_print_file_is_kept_although_the_class_is_called_otherwise(root):
    batch = {"folder": "开学", "owner": whose("批次", "开学"), "keeps_old": False}
    put(root, {"01-七年级1班.docx": "甲乙丙"}, **batch)
    edit(root / "开学/01-七年级1班.docx")
    assert codes(put(root, {"01-八年级1班.docx": "甲乙丙"}, **batch)) == ["PAPR013"]
    assert inside(root, "开学") == {
        "01-八年级1班.docx": "甲乙丙",
        "人工修改/01-七年级1班（2026-11-18）.docx": "人工修改",
    }


def test_one_format_of_everything_says_what_is_still_there_from_before(root):
    told = put(root, {"责令.docx": "责令2", "回证.docx": "回证1"}, "一些格式")
    assert codes(told) == ["PAPR015"]
    assert "报告.docx" in told.problems[0].message
    assert inside(root) == THREE | {"责令.docx": "责令2"}


def test_a_full_run_without_pango_leaves_the_pdf_of_a_paper_that_is_still_made(root):
    told = put(root, {name: text for name, text in THREE.items() if name != "责令.pdf"}, run="二")
    assert codes(told) == []
    assert listed(root)["责令.pdf"] == "一"


def test_a_side_file_goes_as_soon_as_it_is_not_needed(root):
    put(
        root, {"责令.docx": "责令1", "名单检查.csv": "疑"}, "一些文书", side_files=("名单检查.csv",)
    )
    told = put(root, {"责令.docx": "责令1"}, "一些文书", side_files=("名单检查.csv",))
    assert codes(told) == []
    assert inside(root) == THREE


def test_the_papers_of_another_child_are_not_replaced(root):
    before = tree(root)
    with pytest.raises(UserError) as refused:
        put(root, {"责令.docx": "另一个"}, owner=SKY)
    assert [one.code for one in refused.value.problems] == ["PAPR016"]
    assert str(root / CASE) in str(refused.value)
    assert tree(root) == before


@pytest.mark.parametrize("extent", ["整套", "一些格式", "一些文书"])
@pytest.mark.parametrize("draft", [True, False])
def test_neither_by_part_nor_as_a_draft(root, extent, draft):
    put(root, {"责令.docx": "草"}, draft=True)
    (root / CASE / "manifest.json").unlink()  # only the drafts tell whose folder it is
    with pytest.raises(UserError, match="PAPR016"):
        put(root, {"责令.docx": "另一个"}, extent, owner=SKY, draft=draft)


def test_a_folder_of_another_kind_is_not_taken(root):
    with pytest.raises(UserError, match="PAPR016"):
        put(root, {"通知.docx": "通知"}, owner=whose("公文", CASE))


@pytest.mark.parametrize(
    "marks",
    [
        ("普云菲", "530499201305061217"),
        ("普云飞", "530499201305061233"),
        ("普云飞",),
        ("普云飞", "530499201305061217", "G530499201305061217"),
    ],
)
def test_a_name_or_a_number_may_be_put_right(root, marks):
    assert codes(put(root, THREE, owner=whose("案件", CASE, *marks))) == []


def test_a_folder_from_before_owners_were_written_is_taken(root):
    path = root / CASE / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"whose"', '"who"'), "utf-8")
    assert codes(put(root, THREE, owner=SKY)) == []


def test_a_manifest_names_nobody():
    text = str(papers({}, owner=FLY).run)
    assert "普" not in text and "530499" not in text


@pytest.mark.parametrize(
    "name",
    [CASE, *(f"{CASE}/{name}" for name in ("草稿", "人工修改", "旧文书", "草稿/人工修改"))],
)
def test_papers_are_not_written_through_a_link(tmp_path, name):
    root, elsewhere = tmp_path / "output", tmp_path / "别处"
    elsewhere.mkdir()
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(elsewhere)
    for draft in (True, False):
        with pytest.raises(UserError, match="PAPR017") as refused:
            put(root, THREE, draft=draft)
        assert str(root / name) in str(refused.value)
    assert list(elsewhere.iterdir()) == []


def test_a_name_that_leads_out_of_the_output_is_refused(tmp_path):
    with pytest.raises(UserError, match="PAPR017"):
        put(tmp_path / "output", THREE, folder="..")
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("listed_before", [True, False])
def test_a_link_in_the_place_of_a_paper_is_moved_not_followed(root, tmp_path, listed_before):
    name = "责令.docx" if listed_before else "催告.docx"
    target = tmp_path / "别处.docx"
    edit(target, "别处")
    (root / CASE / name).unlink(missing_ok=True)
    (root / CASE / name).symlink_to(target)
    told = put(root, THREE | {name: "新"})
    assert codes(told) == ["PAPR011" if listed_before else "PAPR012"]
    assert target.read_text("utf-8") == "别处"
    assert not (root / CASE / name).is_symlink()
    (kept,) = (root / CASE / "人工修改").iterdir()
    assert kept.is_symlink()


def test_a_hostile_manifest_leads_nowhere(root, tmp_path):
    victim = tmp_path / "别处.docx"
    edit(victim, "别处")
    path = root / CASE / "manifest.json"
    for name in ("../../别处.docx", str(victim), "..\\\\别处.docx", "人工修改/x.docx", ".."):
        path.write_text(path.read_text("utf-8").replace("报告.docx", name), "utf-8")
        put(root, {"责令.docx": "责令1"})
        assert victim.read_text("utf-8") == "别处"


def test_the_output_itself_may_be_a_link(tmp_path):
    (tmp_path / "大盘").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "大盘")
    put(tmp_path / "output", THREE)
    assert inside(tmp_path / "大盘") == THREE


def test_everything_is_for_its_owner_only(root):
    edit(root / CASE / "责令.docx")
    before = os.umask(0)
    put(root, {"责令.docx": "责令2", "草.docx": "新"})
    put(root, {"责令.docx": "草"}, draft=True)
    os.umask(before)
    for path in (root, *root.rglob("*")):
        if path.parent.name != "人工修改":  # a person's own file keeps its rights
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_is_returned_is_what_is_there(root):
    told = put(root, {"责令.docx": "责令2"}, "一些文书")
    assert told.files == (root / CASE / "manifest.json", root / CASE / "责令.docx")
    assert left_over(root) == []


def test_two_papers_of_one_name_are_refused_before_anything_is_written(root):
    before = tree(root)
    for pair in (("甲.docx", "甲.docx"), ("A.docx", "a.docx")):
        twins = papers({}, "整套")
        files = tuple(File(name, b"x", {}) for name in pair)
        with pytest.raises(UserError, match="PAPR021"):
            file_papers(root, replace(twins, files=files))
    assert tree(root) == before
