"""What VS Code marks red: nothing in the samples, the packs and every new file; in a faulty file
the line that is wrong, in Chinese. The YAML language server itself is asked.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.editor import Editor, Mark
from tests.cli.office import ROOT, run

SERVER = ROOT / "requirements/editor/node_modules/yaml-language-server/out/server/src/server.js"
pytestmark = pytest.mark.alike


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    if not shutil.which("node") or not SERVER.is_file():
        pytest.skip("没有 node 或 YAML 语言服务器：npm ci --prefix requirements/editor")
    opened = Editor(SERVER)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one of everything that the program writes."""
    here = tmp_path_factory.mktemp("editor") / "镇"
    here.mkdir()
    named = ("--region", "530499", "--name", "云岭县青石镇人民政府")
    run(here, "init", ".", "--sample", *named, "--schools", "青石中学", "--yes")
    run(here, "new", "案件", "--pupil", "刀小云", "--absent", "2026/9/1", "--yes")
    run(here, "new", "案件", "--yes")
    run(here, "new", "批次", "--id", "秋季告知", "--yes")
    run(here, "new", "公文", "--id", "通知", "--yes")
    run(here, "calendar", "add", "2027")
    clause = ("--statute", "虚拟省义务教育条例", "--article", "第五十二条", "--most", "1000")
    clause += ("--text", "处一千元以下罚款。", "--organ", "乡镇人民政府", "--by", "普文清")
    assert run(here, "pack", "confirm", "--sample", *clause, "--yes").exit_code == 0
    return here


def texts_of(files: list[Path]) -> dict[Path, str]:
    return {file: file.read_text("utf-8") for file in files}


def told(marks: dict[Path, list[Mark]]) -> list[str]:
    return [f"{file.name}:{one.line} {one.said}" for file, all_ in marks.items() for one in all_]


def test_no_sample_and_no_pack_is_red(editor):
    samples = [ROOT / "kcbx.yaml", *(ROOT / "cases").rglob("*.yaml")]
    files = texts_of([*samples, *(ROOT / "templates").rglob("*.yaml")])
    assert len(files) > 30
    assert told(editor.open(files)) == []


def test_no_new_file_is_red(editor, office):
    files = texts_of(sorted(office.rglob("*.yaml")))
    assert len(files) == 8
    assert told(editor.open(files)) == []


CASE = """# yaml-language-server: $schema=../schema/案件.json
案件: 控辍个案
编号: 2026-009
情形: 辍学
学生:
  姓名: 刀小云
  性别: 女
  住校: 否
  出生日期: 2013年6月6日
监护人:
  - 姓名: 刀大明
    关系: 父亲
    住址: 白沙村8组
学校: 青石中学
经过:
  - {日期: 2026/9/3, 事项: 劝返, 方式: 家访, 结果: 拒绝}
"""
FAULTS = (
    ("情形: 辍学", "情形: 缀学", 4, "可以写：未入学、辍学、再次辍学。"),
    ("编号: 2026-009", "编号: 2026/009", 3, "请只用汉字、字母、数字"),
    ("性别: 女", "性别: 南", 7, "可以写：男、女。"),
    ("住校: 否", "住校: true", 8, "请改为 是 或 否。"),
    ("2013年6月6日", "2013年6月31日", 9, "请写成 2026-09-01 的样子，并确认这一天存在。"),
    ("    住址: 白沙村8组\n", "", 11, "缺少「住址」。"),
    ("学校: ", "学较: ", 14, "不认识的键。这里可以写：案件、编号"),
    ("2026/9/3", "9月3日", 16, "请写成 2026-09-01 的样子"),
    ("劝返", "劝反", 16, "可以写：首次缺课、接到线索"),
    ("方式: 家访, ", "", 16, "「劝返」缺少「方式」。"),
    ("结果: 拒绝", "结果: 不同意", 16, "可以写：同意返校、已返校、拒绝"),
    ("结果: 拒绝", "结果: 拒绝, 金额: 500", 16, "「劝返」里不能写这个键。"),
    ("学校: 青石中学", "承办人: {甲: 乙}", 14, ""),
    ("监护人:\n", "监护人: 刀大明\n其他:\n", 10, "每一项以「- 」开头"),
)


def test_what_is_wrong_is_red_in_its_own_line_and_in_chinese(editor, office):
    assert told(editor.open({office / "cases/对.yaml": CASE})) == []
    files = {
        office / f"cases/错{number}.yaml": CASE.replace(right, wrong, 1)
        for number, (right, wrong, _, _) in enumerate(FAULTS)
    }
    marks = editor.open(files)
    for (right, wrong, line, says), (file, found) in zip(FAULTS, marks.items(), strict=True):
        assert files[file] != CASE, right
        assert any(one.line == line and says in one.said for one in found), (wrong, found)
        assert all(re.search("[\u4e00-\u9fff]", one.said) for one in found), found


def test_a_new_workspace_tells_vs_code_what_has_no_line_of_its_own(editor, office):
    settings = json.loads((office / ".vscode/settings.json").read_text("utf-8"))
    for schema, patterns in settings["yaml.schemas"].items():
        assert (office / schema).is_file()
        assert all(pattern.endswith(".yaml") for pattern in patterns)
