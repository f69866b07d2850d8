"""kcbx check: every error of every file at once, each in its line, with the line itself."""

import json

from openpyxl import Workbook

from tests.cli.office import run

CASE = """\
案件: 控辍个案
编号: 2026-009
情形: 休学
学生: {姓名: 普云飞, 身份证号: "530499201305061218", 性別: 男}
监护人: [{姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 云岭县青石镇白沙村}]
"""


def test_clean_files(office):
    done = run(office, "check", "cases", "kcbx.yaml")
    assert (done.exit_code, done.stderr) == (0, "")
    count = sum("templates" not in path.parts for path in (office / "cases").rglob("*.yaml")) + 1
    assert done.stdout.splitlines()[-1] == f"检查了 {count} 个文件，没有错误。"


def test_all_errors_of_all_files_with_their_lines(office):
    (office / "cases/甲.yaml").write_text(CASE, "utf-8")
    (office / "cases/乙.yaml").write_text(
        "批次: 秋季\n学期: 2026年秋季学期\n学校: 云岭县青石中学\n名册: {文件: 没有.xlsx}\n文书: [承诺书, 告知书书]\n",
        "utf-8",
    )
    done = run(office, "check", "cases/甲.yaml", "cases/乙.yaml")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert [line.split("] ")[0] for line in lines if line.startswith("cases/")] == [
        "cases/甲.yaml:3:5: [TYPE007",
        "cases/甲.yaml:4:21: [CASE021",
        "cases/甲.yaml:4:43: [TYPE002",
        "cases/乙.yaml:4:10: [BTCH004",
        "cases/乙.yaml:5:11: [PACK004",
    ]
    assert lines[-1] == "5 个错误。"
    assert done.stderr == "改好后再运行：kcbx check cases/甲.yaml cases/乙.yaml\n"


def test_the_line_is_shown_with_a_caret_and_without_the_identity_number(office):
    (office / "cases/甲.yaml").write_text(CASE, "utf-8")
    shown = run(office, "check", "cases/甲.yaml").stdout
    at = shown.splitlines().index(next(line for line in shown.splitlines() if "[TYPE002]" in line))
    line, caret = shown.splitlines()[at + 1 : at + 3]
    assert line == '     4 | 学生: {姓名: 普云飞, 身份证号: "530499********1218", 性別: 男}'
    assert caret.index("^") == line.index("性別")
    assert caret.replace("\u3000", " ").strip(" |^") == ""
    assert "530499201305061218" not in shown


def test_a_roster_is_checked_with_its_batch(office):
    book = Workbook()
    book.active.append(["姓名", "身份证号", "班级", "父亲姓名"])
    book.active.append(["普云飞", "530499201305061218", "七年级1班", "普正华"])
    book.save(office / "cases/名册二.xlsx")
    (office / "cases/乙.yaml").write_text(
        "批次: 秋季\n学期: 2026年秋季学期\n学校: 云岭县青石中学\n名册: {文件: 名册二.xlsx}\n文书: [承诺书]\n",
        "utf-8",
    )
    done = run(office, "check", "cases/乙.yaml")
    assert done.exit_code == 0
    assert "cases/名册二.xlsx:Sheet!B2: [ROST071] 说明：" in done.stdout
    assert "读到 1 行：可以印 1 名，暂缓 0 名，跳过 0 行。" in done.stdout


def test_names_that_no_font_draws_are_a_warning(office, monkeypatch):
    """宝 with a private code point is an error of reading; a rare but real character only warns."""
    from kcbx_docs.office import check
    from kcbx_docs.render.fonts import FontSet

    monkeypatch.setattr(
        FontSet, "missing", lambda self, text, role: "".join(c for c in text if c == "䶮")
    )
    monkeypatch.setattr(FontSet, "chain", lambda self, role: ("仿宋",))
    assert check.ROLE == "仿宋"
    done = run(office, "check", "cases/两位监护人.yaml")
    assert done.exit_code == 0
    assert (
        "[FONT004] 提醒：这台电脑「仿宋」的字体画不出这些字：䶮（U+4DAE）。PDF 会做不成，Word 照做。"
        in done.stdout
    )


def test_the_workspace_is_checked_with_its_cases(office):
    path = office / "kcbx.yaml"
    path.write_text(
        path.read_text("utf-8").replace("类型: 乡镇人民政府", "类型: 乡政府", 1), "utf-8"
    )
    done = run(office, "check", "cases/通知.yaml")
    assert done.exit_code == 1
    line = path.read_text("utf-8").split("\n").index("  类型: 乡政府") + 1
    assert f"kcbx.yaml:{line}:7: [TYPE007]" in done.stdout
    path.write_text(
        path.read_text("utf-8")
        .replace("类型: 乡政府", "类型: 乡镇人民政府")
        .replace('地区: "530499"', "地区: 云领"),
        "utf-8",
    )
    assert "[PACK003] 认不出地区「云领」" in run(office, "check", "kcbx.yaml").stdout


def test_a_case_outside_of_a_workspace_is_checked_all_the_same(tmp_path):
    (tmp_path / "甲.yaml").write_text(CASE.replace("休学", "辍学"), "utf-8")
    done = run(tmp_path, "check", "甲.yaml")
    assert done.exit_code == 1
    assert "甲.yaml: [PAPR009] 提醒：" in done.stdout
    assert "甲.yaml:4:21: [CASE021]" in done.stdout


def test_folders_hold_cases_but_not_templates_or_output(office):
    for name in ("templates/pack.yaml", "output/旧/案件.yaml", ".git/x.yaml", "cases/深/案件.yml"):
        (office / name).parent.mkdir(parents=True, exist_ok=True)
        (office / name).write_text(CASE, "utf-8")
    told = json.loads(run(office, "check", ".", "--json").stdout)
    assert "cases/深/案件.yml" in told["files"]
    assert not any(name.startswith(("templates", "output", ".git")) for name in told["files"])


def test_json_holds_the_places(office):
    (office / "cases/甲.yaml").write_text(CASE, "utf-8")
    done = run(office, "check", "cases/甲.yaml", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, done.stderr, told["ok"]) == (1, "", False)
    first = told["problems"][0]
    assert (first["code"], first["severity"]) == ("TYPE007", "error")
    assert first["place"] == {"file": "cases/甲.yaml", "line": 3, "column": 5, "path": "情形"}


def test_no_colour_and_no_boxes_where_nobody_looks(office):
    for words in (("check", "cases"), ("pack", "list"), ("doctor",)):
        shown = run(office, *words).output
        assert "\x1b" not in shown
        assert not set(shown) & set("│┃━╭")


def test_files_are_named_as_seen_from_the_current_folder(tmp_path):
    """The office's own file is found by its whole path;
    what is shown is the short one, in words and as data.
    """
    (tmp_path / "cases").mkdir()
    (tmp_path / "kcbx.yaml").write_text('地区: "530499"\n', "utf-8")
    (tmp_path / "cases/a.yaml").write_text("案件: 控辍个案\n", "utf-8")
    done = run(tmp_path, "check", "cases/a.yaml")
    assert "\nkcbx.yaml:1:1: [TYPE001]" in f"\n{done.stdout}"
    assert str(tmp_path) not in done.stdout
    told = json.loads(run(tmp_path / "cases", "check", "a.yaml", "--json").stdout)
    files = {found["place"]["file"] for found in told["problems"]}
    assert files == {"../kcbx.yaml", "a.yaml"}


def test_a_kcbx_yaml_that_is_not_there_is_not_the_one_above(office):
    done = run(office, "check", "没有/kcbx.yaml")
    assert done.exit_code == 1 and "[READ001] 找不到文件「没有/kcbx.yaml」" in done.output
    assert run(office, "check", "kcbx.yaml").exit_code == 0
