"""New files: a workspace, a case, a batch, a letter, work. Nothing that exists is overwritten."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kcbx_docs.act import Put, together
from kcbx_docs.case.commented import Values, commented, flow, head_of, written
from kcbx_docs.case.exclusions import Exclusions
from kcbx_docs.case.fields import FOLDER_BYTES, FolderName
from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.case.leads import Leads
from kcbx_docs.case.letter import Letter
from kcbx_docs.case.model import Case
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.schema import OURS
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Place, UserError, problem, stop
from kcbx_docs.writing import PRIVATE, PUBLIC, reason_of, write_new, write_whole

SCHEMA = "schema"
_TEMPLATES = """# 本单位的模板包

这里可以放一个 pack.yaml 和 documents、parts、law.yaml，叠加在所在地区的模板包上面，
只写与上级不同的内容。例如把一种文书改个标题（第一行让编辑器边写边提示）：

    # yaml-language-server: $schema=../schema/pack.json
    名称: 本单位
    版本: "1"
    标题:
      order-to-correct: 责令限期改正通知书

还可以放省、市、县的模板包：guizhou/pack.yaml（写上行政区划代码）就是贵州省的，
guizhou/xiuwen/pack.yaml 接在它下面。kcbx pack list 说明这里先后用哪几个。

改好后用 kcbx pack lint 检查，用 kcbx pack show 本单位 查看每个值来自哪里。
一种新文书怎样写，见 kcbx docs 新文书；每个键见 kcbx docs 模板包的键。
"""
_SAMPLE = """# yaml-language-server: $schema=../schema/pack.json
# 练习用的示例工作目录：可以登记虚构的处罚依据。真实单位的模板包不得写「示例」。
名称: 示例单位
版本: "1"
来源: 虚构，只供练习
参数:
  示例: 是
"""


_WITHOUT_LINE = {
    f"./{SCHEMA}/{kind}.json": [pattern]
    for kind, pattern in (
        ("pack", "templates/**/pack.yaml"),
        ("law", "templates/**/law.yaml"),
        ("procedure", "templates/**/procedure.yaml"),
        ("calendar", "calendar/*.yaml"),
    )
}
"""Files that VS Code knows by their names, where their first line names no schema."""


def _as_json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def write_together(
    root: Path, folder: Path, files: Mapping[str, str], *, mode: int = PRIVATE
) -> tuple[Path, ...]:
    """Write new files into a folder of a workspace, all or none."""
    refuse_taken(folder, files)
    targets = {folder / name: text.encode() for name, text in files.items()}
    together(root, (Put(path, data, mode=mode) for path, data in targets.items()))
    return tuple(targets)


def write_files(
    folder: Path, files: Mapping[str, str], *, mode: int = PUBLIC, replace: bool = False
) -> tuple[Path, ...]:
    """Write files into a folder; stop before the first if one is there and may not be replaced."""
    targets = {folder / name: text for name, text in files.items()}
    if not replace:
        refuse_taken(folder, files)
    try:
        for path, text in targets.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write = write_whole if replace else write_new
            write(path, text.encode(), mode)
    except OSError as error:
        at = error.filename or folder
        raise stop("PAPR007", Place(), path=at, reason=reason_of(error)) from error
    return tuple(targets)


def refuse_taken(folder: Path, names: Iterable[str]) -> None:
    """Raise where one of some files is there already."""
    if taken := [folder / name for name in names if (folder / name).exists()]:
        raise UserError(problem("CLI002", Place(), path=path) for path in taken)


def schema_files() -> dict[str, str]:
    """Return the JSON Schema of every kind of file by file name, as it comes with the program."""
    package = Path(__file__).parents[1]
    inside = package / SCHEMA
    folder = inside if inside.is_dir() else package.parent / SCHEMA
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.json"))}


def refresh_schemas(root: Path) -> None:
    """Bring the schemas of a workspace up to the program's: files name them in their first line.

    One that is not the program's own work stays.
    """
    for name, text in schema_files().items():
        path = root / SCHEMA / name
        try:
            old = path.read_text("utf-8") if path.exists() else ""
            if old == text or (old and OURS not in old):
                continue
            path.parent.mkdir(exist_ok=True)
            write_whole(path, text.encode(), PUBLIC)
        except (OSError, UserError, UnicodeDecodeError):
            return  # nothing but an editor needs them


def workspace_files(values: Values, *, sample: bool = False) -> dict[str, str]:
    """Return the files of a new workspace by path; a sample may hold invented clauses on fines."""
    files = {WORKSPACE_FILE: office_text(values)}
    for name, text in schema_files().items():
        files[f"{SCHEMA}/{name}"] = text
    files[".gitignore"] = "output/\n台账/\n移交/\n"
    files[".vscode/settings.json"] = _as_json({"yaml.schemas": _WITHOUT_LINE})
    files[".vscode/extensions.json"] = _as_json({"recommendations": ["redhat.vscode-yaml"]})
    files["templates/README.md"] = _TEMPLATES
    if sample:
        files["templates/pack.yaml"] = _SAMPLE
    return files


def office_text(values: Values) -> str:
    """Return the kcbx.yaml of an office."""
    about = "本单位的情况，所有文书都从这里取机关、学校和法院。"
    return commented(Workspace, values, head_of("kcbx", SCHEMA, about))


def case_text(values: Values, schema: str = f"../{SCHEMA}") -> str:
    """Return a case file; what must be examined is listed as not yet examined."""
    examined = {name: found.result for name, found in Exclusions().items()}
    whole = {"案件": "控辍个案", "排除情形": examined, **values}
    return commented(Case, whole, head_of("案件", schema, "一名学生的控辍保学案件。"))


def letter_text(values: Values, schema: str = f"../{SCHEMA}") -> str:
    """Return the file of an official letter."""
    return commented(Letter, values, head_of("公文", schema, "一份公文。"))


def leads_text(values: Values, schema: str = f"../{SCHEMA}") -> str:
    """Return a file of leads; each stands in a few lines, what is not known left out."""
    head = [f"# {line}" for line in head_of("线索", schema, "疑似辍学的线索，一名孩子一项。")]
    rest = {key: value for key, value in values.items() if key != "名单"}
    told = [f"{key}: {flow(value)}" for key, value in rest.items()]
    entries = [f"  - {flow(one)}" for one in values["名单"]]
    about = str(Leads.model_fields["handled"].description)
    return "\n".join([*head, *told, "名单:", *entries, f"处理: []   # {about}"]) + "\n"


def case_of_pupil(number: str, situation: str, row: RosterPupil, school: str) -> dict[str, Any]:
    """Return the values of a case from one line of a list."""
    pupil = written(row.pupil)
    if row.pupil.id_number and "证件类型" not in pupil:
        pupil = {key: value for key, value in pupil.items() if key not in ("性别", "出生日期")}
    guardians = []
    for guardian in row.guardians:
        # Left open rather than out: an order cannot be served without them.
        guardians.append({"关系": "", "住址": "", **_without_derived(written(guardian))})
    values: dict[str, Any] = {
        "编号": number,
        "情形": situation,
        "学生": pupil,
        "监护人": guardians,
        "学校": school,
    }
    if row.absent_since:
        values["经过"] = [{"日期": row.absent_since, "事项": "首次缺课"}]
    if row.carers:
        values["受托照护人"] = [_without_derived(written(carer)) for carer in row.carers]
    return values


def _without_derived(values: dict[str, Any]) -> dict[str, Any]:
    derived = ("性别", "出生日期") if "身份证号" in values else ()
    return {key: value for key, value in values.items() if key not in derived}


def next_numbers(taken: Container[str], year: int) -> Iterator[str]:
    """Yield free case numbers of a year: 2026-001, 2026-002, ..."""
    for serial in range(1, 10_000):
        number = f"{year}-{serial:03d}"
        if number not in taken:
            yield number


def folder_name(text: str) -> str:
    """Return a text that may name a folder; raise ValueError with the reason otherwise."""
    try:
        return TypeAdapter(FolderName).validate_python(text)
    except ValidationError as error:
        found = problem("CASE004", Place(), key="编号", value=text, bytes=FOLDER_BYTES)
        raise ValueError(f"{found.message}{found.hint}") from error


def several(texts: Sequence[str]) -> str:
    """Join texts for one line."""
    return "、".join(texts)
