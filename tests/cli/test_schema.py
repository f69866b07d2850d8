"""The schemas for editors: what is right is not marked red, what is wrong is."""

import functools
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from kcbx_docs.case.schema import DIALECT, OURS
from kcbx_docs.keeping import schemas
from tests.cli.office import run

ROOT = Path(__file__).resolve().parents[2]
all_schemas = functools.cache(schemas.all_schemas)  # they are only read here
LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it (1.2, core): only these plain words are more than text."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"(?:true|false)$", ["t", "f"]),
    ("int", r"-?[0-9]+$", list("-0123456789")),
    ("float", r"-?[0-9]+\.[0-9]+$", list("-0123456789")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def in_an_editor(text: str) -> object:
    """Read a text as an editor does; keys are always text."""
    return json.loads(json.dumps(yaml.load(text, Loader=EditorLoader)))


def red(kind: str, text: str) -> list[str]:
    """List what an editor marks red in a file."""
    checker = jsonschema.Draft202012Validator(all_schemas()[kind])
    found = sorted(checker.iter_errors(in_an_editor(text)), key=lambda error: list(error.path))
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def test_every_schema_is_one():
    for schema in all_schemas().values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("案件", ()), ("批次", ("--id", "甲")), ("公文", ("--id", "甲", "--title", "关于开学的通知"))],
)
def test_a_fresh_file_is_not_red(tmp_path, kind, words):
    """Keys that are still to be filled in were marked: Incorrect type.
    Expected one of string, number.
    """
    run(tmp_path, "init", "镇", "--name", "青石镇人民政府", "--yes")
    made = run(tmp_path / "镇", "new", kind, *words, "--yes")
    assert made.exit_code == 0, made.output
    (file,) = (tmp_path / "镇/cases").glob("*.yaml")
    assert red(kind, file.read_text("utf-8")) == []
    assert shown_schema(file) == tmp_path / f"镇/schema/{kind}.json"


def test_a_fresh_office_is_not_red(tmp_path):
    run(tmp_path, "init", "镇", "--sample", "--name", "青石镇人民政府", "--yes")
    office = tmp_path / "镇"
    assert run(office, "calendar", "add", "2027").exit_code == 0
    for name, kind in (
        ("kcbx.yaml", "kcbx"),
        ("templates/pack.yaml", "pack"),
        ("calendar/2027.yaml", "calendar"),
    ):
        assert red(kind, (office / name).read_text("utf-8")) == []
        assert shown_schema(office / name) == office / f"schema/{kind}.json"


def shown_schema(file: Path) -> Path:
    """Return the schema that a file's first line names; it must be there."""
    found = LINE.fullmatch(file.read_text("utf-8").splitlines()[0])
    assert found, f"{file}: the first line names no schema"
    schema = (file.parent / found[1]).resolve()
    assert schema.is_file()
    return schema


SAMPLES = [ROOT / "kcbx.yaml", *sorted((ROOT / "cases").rglob("*.yaml"))]


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_sample_names_its_schema_and_is_not_red(file):
    assert red(shown_schema(file).stem, file.read_text("utf-8")) == []


def kept() -> list[tuple[str, Path]]:
    """List the files of keepers with the kinds of their schemas."""
    packs = [
        (kind, file)
        for kind in ("pack", "law", "procedure")
        for file in sorted((ROOT / "templates").rglob(f"{kind}.yaml"))
    ]
    data = ROOT / "kcbx_docs/law/data"
    laws = [("law", file) for file in sorted(data.glob("*.yaml"))]
    return [*packs, *laws, *(("calendar", file) for file in sorted(data.rglob("*/*.yaml")))]


@pytest.mark.parametrize(
    ("kind", "file"), kept(), ids=lambda value: value if isinstance(value, str) else None
)
def test_a_file_of_a_keeper_names_its_schema_and_is_not_red(kind, file):
    assert shown_schema(file) == ROOT / f"schema/{kind}.json"
    assert red(kind, file.read_text("utf-8")) == []


def test_an_editor_knows_which_schema_a_file_of_a_keeper_has():
    """One that somebody began without a line of its own is known by .vscode/settings.json."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    told = {
        (Path(schema).stem, file)
        for schema, patterns in settings["yaml.schemas"].items()
        for pattern in patterns
        for file in ROOT.glob(pattern)
    }
    assert told == set(kept())


def test_no_head_of_a_document_is_red():
    found = []
    for file in sorted((ROOT / "templates").rglob("documents/*.html")):
        text = file.read_text("utf-8")
        head = text.split("---\n")[1]
        found += [f"{file.name}: {told}" for told in red("document", head)]
    assert found == []


CASE = """案件: 控辍个案
编号: 甲
情形: 辍学
学生: {姓名: 普云飞, 性别: 男, 身份证号: }
监护人: [{姓名: 普正华, 关系: 父亲, 住址: }]
学校: 青石中学
经过:
  - {日期: 2026-09-03, 事项: 劝返, 方式: 家访, 结果: }
"""


def test_an_empty_value_is_not_red_wherever_it_stands():
    assert red("案件", CASE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("事项: 劝返", "事项: 劝反", "'劝反' is not one of"),
        ("结果: }", "结果: 好}", "'好' is not one of"),
        ("方式: 家访, ", "", "'方式' is a required property"),
        ("关系: 父亲, ", "", "'关系' is a required property"),
        ("学校: 青石中学", "学较: 青石中学", "('学较' was unexpected)"),
        ("性别: 男", "性别: 南", "is not valid under any of the given schemas"),
        ("2026-09-03", "2026-02-30", "'2026-02-30' does not match"),
        ("控辍个案", "", "None"),
    ],
)
def test_what_is_wrong_is_red(right, wrong, told):
    assert right in CASE
    assert told in "\n".join(red("案件", CASE.replace(right, wrong, 1)))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pack", "名称: 甲\n版本: 一\n行政区划代码: 贵州\n"),
        ("pack", "版本: 一\n"),
        ("law", "法律: []\n"),
        ("procedure", "步骤: {order: {开关: 也许}}\n"),
        ("calendar", "年份: 2027\n来源: 甲\n核对: 是\n"),
        ("document", "送达: 要\n"),
    ],
)
def test_a_keeper_s_mistake_is_red(kind, text):
    assert red(kind, text) != []


def test_no_hover_speaks_of_what_an_editor_does_not_show():
    assert "下表" not in json.dumps(all_schemas(), ensure_ascii=False)


def test_the_schemas_of_the_repository_are_fresh(tmp_path):
    run(tmp_path, "schema", "here")
    made = {file.name: file.read_text("utf-8") for file in (tmp_path / "here").iterdir()}
    assert made == schemas.schema_texts(), "请运行 python -m kcbx_docs.cli.reference"


def test_an_old_schema_is_brought_up_to_the_program_and_a_strange_file_stays(office):
    """kcbx new writes a file whose first line names one."""
    (office / "schema").mkdir()
    old = office / "schema/案件.json"
    old.write_text(json.dumps({"$schema": DIALECT, "$comment": OURS}, ensure_ascii=False), "utf-8")
    own = json.dumps({"$schema": DIALECT, "title": "我自己的"})
    (office / "schema/pack.json").write_text(own, "utf-8")
    assert run(office, "new", "案件", "--id", "新案", "--yes").exit_code == 0
    assert old.read_text("utf-8") == schemas.schema_texts()["案件.json"]
    assert (office / "schema/批次.json").is_file()
    assert (office / "schema/pack.json").read_text("utf-8") == own
