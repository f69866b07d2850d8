"""The generated pages of docs/ and the schemas:
``python -m kcbx_docs.cli.reference`` writes them all.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

import click

from kcbx_docs.case.reference import reference
from kcbx_docs.cli import kcbx
from kcbx_docs.cli.chinese import WIDTH, ChineseContext
from kcbx_docs.cli.codes import AREAS, GRADES, area_of
from kcbx_docs.cli.coverage import coverage_page
from kcbx_docs.keeping.keys import keys_page
from kcbx_docs.keeping.reference import variables_page
from kcbx_docs.keeping.schemas import schema_texts
from kcbx_docs.law.reference import markdown
from kcbx_docs.law.registry import load_registry
from kcbx_docs.office.new_files import SCHEMA
from kcbx_docs.problems import catalogue


def commands_page() -> str:
    """Return docs/命令.md: the help of every command."""
    head = (
        "# 命令\n\n本页由程序生成（`python -m kcbx_docs.cli.reference`），不要手工改；"
        "其中的例子都在测试里运行。\n\n"
        "退出码：0 没有问题，1 有问题（列出了错误），2 命令写得不对。"
        "结果写到标准输出，其余的话写到标准错误；`--json` 供程序读取。"
    )
    parts = [f"## {name}\n\n```text\n{text}\n```" for name, text in _helps(kcbx, "kcbx", None)]
    return "\n\n".join([head, *parts]) + "\n"


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    settings = kcbx.context_settings if parent is None else {}
    context = ChineseContext(
        command, info_name=command.name, parent=parent, **{**settings, "terminal_width": WIDTH}
    )
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _helps(found, f"{name} {inner}", context)


def codes_page() -> str:
    """Return docs/错误代码.md: every code with its text and advice."""
    head = (
        "# 错误代码\n\n本页由程序生成（`python -m kcbx_docs.cli.reference`），不要手工改。"
        "大括号里是具体内容。\n\n"
        "「错误」必须改正，否则不生成文书；「提醒」不影响生成，但要看一看；「说明」只是告知。"
    )
    ordered = sorted(catalogue(), key=lambda code: ([*AREAS].index(area_of(code)), code))
    parts = [head]
    for prefix, codes in itertools.groupby(ordered, area_of):
        parts.append(_group(AREAS[prefix].title, list(codes)))
    return "\n\n".join(parts) + "\n"


def _group(title: str, codes: list[str]) -> str:
    lines = [f"## {title}", "", "| 代码 | 级别 | 说明 | 怎么办 |", "|---|---|---|---|"]
    for code in codes:
        entry = catalogue()[code]
        severity, _ = GRADES[entry.get("severity", "error")]
        message, hint = (_plain(entry.get(key, "")) for key in ("message", "hint"))
        lines.append(f"| {code} | {severity} | {message} | {hint} |")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Write a text of the catalogue for a table: doubled braces are single ones."""
    return (
        text.replace("{{", "\ue000")
        .replace("}}", "\ue001")
        .replace("\ue000", "{")
        .replace("\ue001", "}")
        .replace("|", "\\|")
        .replace("<", "&lt;")
    )


def law_page() -> str:
    """Return docs/法律依据.md as of the day up to which the registry was checked."""
    registry, _ = load_registry()
    return markdown(registry, max(registry.checked.values()))


PAGES = {
    "案件文件.md": reference,
    "模板包的键.md": keys_page,
    "模板变量.md": variables_page,
    "命令.md": commands_page,
    "错误代码.md": codes_page,
    "法律依据.md": law_page,
    "coverage.md": coverage_page,
}


def generated() -> Iterator[tuple[Path, str]]:
    """Yield every generated file of the repository with its text."""
    for name, page in PAGES.items():
        yield Path("docs") / name, page()
    for name, text in schema_texts().items():
        yield Path(SCHEMA) / name, text


def main() -> None:
    """Write what is not fresh, and name it."""
    for path, text in generated():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            click.echo(path)


if __name__ == "__main__":
    main()
