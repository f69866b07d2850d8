"""Forms on the screen, filled in by people who type badly: what is wrong is asked again, what was
understood is repeated, one answer can be changed, and who stops loses nothing.
"""

import os
import re
import stat
from pathlib import Path

import pytest

from kcbx_docs.reading import read_yaml
from tests.cli.office import run, tree

NUMBER = "530499201306061219"
"""Nobody's in the samples, with the right check digit."""


def typed(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


def written(path: Path) -> dict:
    source, found = read_yaml(path)
    assert found == ()
    return source.data


def kept() -> list[Path]:
    return [*Path(os.environ["KCBX_ANSWERS"]).glob("*.json")]


OFFICE = ("青政", "", "", "云岭县人民政府", "", "", "")


def test_what_is_wrong_is_asked_again_and_all_is_repeated(tmp_path):
    """A place that is none, a code for a name, a kind by a number that is none."""
    before = ("云领县", "530499", "530499", "云岭县青石镇人民政府", "12", "")
    done = run(tmp_path, "init", ".", answers=typed(*before, *OFFICE, ""))
    assert done.exit_code == 0, done.output
    assert "错误：认不出地区「云领县」。" in done.stderr
    assert "提醒：「530499」不像单位的名称" in done.stderr
    assert "错误：「12」不在其中：乡镇人民政府" in done.stderr
    repeated = done.stderr.partition("请核对")[2]
    assert "地区：530499，没有登记" in repeated
    assert re.search("2  单位全称 +云岭县青石镇人民政府\n", repeated)
    text = (tmp_path / "kcbx.yaml").read_text("utf-8")
    assert "  类型: 乡镇人民政府 " in text
    assert "  名称: 云岭县人民政府 " in text
    assert "\n# 法院:" in text


def test_a_wrong_organ_for_review_is_told_by_the_reader_of_the_file(tmp_path):
    answers = typed("530499", "云岭县青石镇人民政府", "", "青政", "", "", "0877-3010001")
    done = run(tmp_path, "init", ".", answers=answers)
    assert "错误：复议机关 0877-3010001 不对" in done.stderr
    assert not (tmp_path / "kcbx.yaml").exists()


def test_a_school_is_asked_what_a_school_needs(tmp_path):
    answers = typed("530499", "云岭县青石中学", "", "青中", "", "1380000000", "", "")
    done = run(tmp_path, "init", ".", answers=answers)
    assert done.exit_code == 0, done.output
    assert "复议" not in done.stderr and "执法" not in done.stderr
    assert "提醒：「云岭县青石中学」 的电话「1380000000」不像电话号码" in done.stderr
    assert "  类型: 学校 " in (tmp_path / "kcbx.yaml").read_text("utf-8")


def test_an_office_left_nameless_is_not_called_by_a_stand_in_and_is_asked_again(tmp_path):
    """Officers are named, not numbered; an address is no number."""
    first = typed("530499", "", "1", "青政", "5", "人民路5号")
    stopped = run(tmp_path, "init", ".", answers=first)
    assert "某机关" not in re.sub("「某机关」的地址", "", stopped.stderr)
    assert "的地址写的是「5」" in stopped.stderr
    again = typed("", "云岭县青石镇人民政府", "", "", "", "5", "普文清", "", "")
    done = run(tmp_path, "init", ".", answers=again)
    assert done.exit_code == 0, done.output
    assert "错误：执法人员的姓名写的是「5」" in done.stderr
    office = written(tmp_path / "kcbx.yaml")["机关"]
    assert (office["名称"], office["地址"]) == ("云岭县青石镇人民政府", "人民路5号")


def test_grade_class_and_officers_are_taken_as_they_are_meant(office):
    """Officers by their number, never one that nobody has; the class is no grade."""
    case = ("黄小梅", "", "黄小梅", "", NUMBER, "八", "八年级", "2", "1", *FATHER, "", "", "9")
    done = run(office, "new", "案件", answers=typed(*case, "2、1", "", ""))
    assert done.exit_code == 0, done.output
    assert "提醒：编号写的是学生「黄小梅」的姓名" in done.stderr
    assert "提醒：学生的班级写的是「八年级」，是年级" in done.stderr
    assert "错误：没有第 9 个：登记的有 普文清、段晓岚。" in done.stderr
    data = written(office / "cases/黄小梅.yaml")
    assert (data["学生"]["年级"], data["学生"]["班级"]) == ("八年级", "2班")
    assert data["承办人"] == ["段晓岚", "普文清"]


def test_officers_and_schools_are_listed_at_once(tmp_path):
    words = ("--officers", "普文清、段晓岚", "--schools", "青石中学，白沙小学", "--yes")
    run(tmp_path, "init", ".", "--region", "530499", "--name", "云岭县青石镇人民政府", *words)
    data = written(tmp_path / "kcbx.yaml")
    assert [one["姓名"] for one in data["执法人员"]] == ["普文清", "段晓岚"]
    assert [one["名称"] for one in data["学校"]] == ["青石中学", "白沙小学"]


FATHER = ("刀大明", "1", "", "１３８００００１２３４", "云岭县青石镇白沙村8组")
CASE = ("", "", "刀小云", NUMBER, "八年级", "2班", "1")


def test_every_spelling_of_the_files_is_taken_and_two_guardians_are_asked(office):
    mother = ("白桂仙", "2", "", "", "")
    wrong = ("9月1日", "2026-02-30", "2099-1-1", "２０２６年９月１日")
    answers = typed("新案", *CASE[1:], *FATHER, *mother, "", *wrong, "", "")
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    for told in ("没有写年份", "2026年2月只有 28 天", "在今天"):
        assert told in done.stderr
    assert "530499201306061219（男，2013年6月6日出生，" in done.stderr
    assert "2026年9月1日（星期二）" in done.stderr
    data = written(office / "cases/新案.yaml")
    father, mother = data["监护人"]
    assert (father["关系"], father["电话"]) == ("父亲", "13800001234")
    assert (mother["姓名"], mother["住址"]) == ("白桂仙", "云岭县青石镇白沙村8组")
    assert data["经过"] == [{"日期": "2026-09-01", "事项": "首次缺课"}]
    assert run(office, "check", "cases/新案.yaml").exit_code == 0


def test_one_answer_is_changed_without_the_others(office):
    answers = typed("新案", *CASE[1:], *FATHER, "", "", "", "3", "刀小芸", "99", "8", "-", "")
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    assert "错误：请写 1 至" in done.stderr
    data = written(office / "cases/新案.yaml")
    assert data["学生"]["姓名"] == "刀小芸"
    assert data["学生"]["身份证号"] == NUMBER


def test_who_is_no_parent_is_asked_on_what_the_guardianship_rests(office):
    answers = typed(
        "新案", *CASE[1:], "刀老三", "祖父", "村民委员会指定", "", "", "", "", "", "", ""
    )
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    (guardian,) = written(office / "cases/新案.yaml")["监护人"]
    assert (guardian["关系"], guardian["监护依据"]) == ("祖父", "村民委员会指定")


def test_who_stops_while_changing_one_answer_keeps_those_behind_it(office):
    """Also those that were answered after it; what was left open is asked once more."""
    run(office, "new", "案件", answers=typed("新案", *CASE[1:], *FATHER, "", "", "", "3"))
    done = run(office, "new", "案件", answers=typed("是", "", "", "", "", ""))
    assert done.exit_code == 0, done.output
    data = written(office / "cases/新案.yaml")
    assert data["学生"]["姓名"] == "刀小云"
    assert data["监护人"][0]["姓名"] == "刀大明"


def test_a_default_that_nobody_agreed_to_is_not_kept(office):
    """Who goes back from a question did not answer it by that."""
    run(office, "new", "案件", answers=typed("新案", "<"))
    done = run(office, "new", "案件", answers=typed("是", "1"))
    assert "情形" not in done.stderr.partition("接着上次的答吗")[0]


def test_whether_to_go_on_is_the_first_question(office):
    """There is none to go back to; it is said how to get where one wants to be."""
    run(office, "new", "案件", answers=typed("新案", "1"))
    done = run(office, "new", "案件", answers=typed("<", "是"))
    assert "这里还没有上一项" in done.stderr and "请写 是 或 否" not in done.stderr


def test_back_to_the_question_before(office):
    answers = typed("新案", "1", "<", "2", "刀小云", *CASE[3:], "", "", "", "")
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    assert written(office / "cases/新案.yaml")["情形"] == "辍学"


def test_who_stops_in_the_middle_goes_on_where_it_was(office):
    before = tree(office)
    stopped = run(office, "new", "案件", answers=typed("新案", "1", "刀小云", NUMBER))
    assert stopped.exit_code == 1
    assert "答过的 4 项记下了，再运行一次可以接着答。" in stopped.stderr
    assert tree(office) == before
    (file,) = kept()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    answers = typed("是", "八年级", "2班", "1", *FATHER, "", "", "", "")
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    assert "  学生.姓名：刀小云\n" in done.stderr
    assert "学生姓名：" not in done.stderr
    data = written(office / "cases/新案.yaml")
    assert (data["情形"], data["学生"]["身份证号"]) == ("未入学", NUMBER)
    assert kept() == []


def test_a_roster_on_another_drive_is_named_whole(office, monkeypatch):
    def other_drive(*_paths: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("kcbx_docs.batch.choices.os.path.relpath", other_drive)
    done = run(office, "new", "批次", "--id", "秋告", "--名册", "cases/名册.xlsx", "--yes")
    assert done.exit_code == 0, done.output
    roster = written(office / "cases/秋告.yaml")["名册"]["文件"]
    assert roster == (office / "cases/名册.xlsx").resolve().as_posix()


def test_what_nobody_goes_on_with_is_deleted_and_nothing_else(office):
    run(office, "new", "案件", answers=typed("新案", "1", "刀小云"))
    (file,) = kept()
    another = file.with_name("0123456789abcdef.json")
    own = file.with_name("我的.json")
    for path in (file, another, own):
        path.write_bytes(file.read_bytes())
        os.utime(path, (1000, 1000))
    answers = typed("新案", *CASE[1:], "", "", "", "")
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0 and "上次" not in done.stderr, done.output
    assert kept() == [own]


def test_who_begins_anew_is_not_given_the_old_answers(office):
    run(office, "new", "案件", answers=typed("旧案", "1", "刀小云"))
    answers = typed("否", "新案", *CASE[1:], "", "", "", "")
    done = run(office, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    assert (office / "cases/新案.yaml").exists()


def test_no_at_the_end_writes_nothing_and_keeps_the_answers(office):
    before = tree(office)
    done = run(office, "new", "案件", answers=typed("新案", *CASE[1:], "", "", "", "否"))
    assert (done.exit_code, tree(office)) == (1, before)
    assert len(kept()) == 1


@pytest.mark.parametrize("answer", ["到责令", "2026-001", "../外"])
def test_a_number_that_is_taken_is_asked_for_again(office, answer):
    done = run(office, "new", "案件", answers=typed(answer, "<"))
    assert "编号 [2026-003]：" in done.stderr
    assert "错误：「" in done.stderr


def test_a_child_with_an_open_case_is_pointed_out(office):
    done = run(office, "new", "案件", answers=typed("新案", "", "普云飞"))
    assert "提醒：「普云飞」已有没有办结的案件 cases/到责令.yaml。" in done.stderr


def test_a_second_case_of_the_very_child_is_told_where_it_can_be_changed(office):
    """Refused after the last question, it would lose all answers."""
    run(office, "new", "案件", "--id", "旧案", "--pupil", "刀小云", "--id-number", NUMBER, "--yes")
    reminded = ("", "", "")  # the name and the number are those of an open case: Enter keeps them
    answers = ("新案", "", "刀小云", "", NUMBER, *reminded, "", "", "", "", "", "否")
    done = run(office, "new", "案件", answers=typed(*answers))
    assert "[CLI080]" in done.stderr
    assert (done.exit_code, (office / "cases/新案.yaml").exists()) == (1, False)
    assert done.stderr.count("请核对") == 2


def test_options_are_as_good_as_answers(office):
    guardians = ("--guardian", "刀大明", "--relation", "父亲", "--phone", "13800001234")
    guardians += ("--guardian", "白桂仙", "--relation", "母亲", "--phone", "")
    pupil = ("--pupil", "刀小云", "--grade", "八年级", "--class", "2班", "--absent", "2026/9/1")
    done = run(office, "new", "案件", "--id", "新案", *pupil, *guardians, "--yes")
    assert done.exit_code == 0, done.output
    data = written(office / "cases/新案.yaml")
    assert [one["关系"] for one in data["监护人"]] == ["父亲", "母亲"]
    assert data["学生"]["年级"] == "八年级"
    assert data["经过"][0]["日期"] == "2026-09-01"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--guardian", "甲", "--guardian", "乙", "--phone", "13800001234"), "监护人写了 2 名"),
        (("--guardian", "甲", "--relation", "爸爸"), "父亲"),
        (("--id-number", "530499201306061211"), "校验码不对"),
        (("--absent", "2026-02-30"), "只有 28 天"),
    ],
)
def test_options_are_judged_as_answers_are(office, words, says):
    before = tree(office)
    done = run(office, "new", "案件", "--id", "新案", "--pupil", "刀小云", *words, "--yes")
    assert (done.exit_code, tree(office)) == (2, before)
    assert says in done.stderr


def test_a_pupil_of_the_roster_is_proposed_as_the_roster_has_it(tmp_path):
    words = ("--region", "530499", "--name", "云岭县青石中学", "--yes")
    run(tmp_path, "init", ".", *words)
    head = "姓名,身份证号,年级,班级,父亲姓名,父亲电话,家庭住址"
    row = f"刀小云,{NUMBER},八年级,2班,刀大明,13800001234,白沙村8组"
    (tmp_path / "cases/名册.csv").write_text(f"{head}\n{row}\n", "utf-8")
    answers = typed("新案", "", "刀小云", *[""] * 10, "", "", "")
    done = run(tmp_path, "new", "案件", answers=answers)
    assert done.exit_code == 0, done.output
    data = written(tmp_path / "cases/新案.yaml")
    assert (data["学校"], data["学生"]["身份证号"]) == ("云岭县青石中学", NUMBER)
    (father,) = data["监护人"]
    assert (father["姓名"], father["关系"], father["电话"]) == ("刀大明", "父亲", "13800001234")


def test_a_batch_takes_the_roster_that_lies_there(tmp_path):
    run(tmp_path, "init", ".", "--region", "530499", "--name", "云岭县青石中学", "--yes")
    (tmp_path / "cases/名单.csv").write_text("姓名,父亲姓名\n刀小云,刀大明\n", "utf-8")
    (tmp_path / "cases/坏.xlsx").write_bytes(b"no table")
    answers = typed("", "秋季告知", "", "cases/坏.xlsx", "cases/名单.csv", "七年级1班", "")
    done = run(tmp_path, "new", "批次", "--as-of", "2026-09-01", answers=answers)
    assert done.exit_code == 0, done.output
    assert "错误：" in done.stderr
    assert "cases/名单.csv（1 名学生，可以印 " in done.stderr
    data = written(tmp_path / "cases/秋季告知.yaml")
    assert data["名册"] == {"文件": "名单.csv", "班级": "七年级1班"}
    assert data["学校"] == "云岭县青石中学"
