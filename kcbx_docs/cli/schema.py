"""``kcbx schema``: JSON Schemas for editors."""

from pathlib import Path

import click

from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.office.new_files import schema_files, write_files


@click.command(cls=Command, examples=("kcbx schema", "kcbx schema 提示"))
@click.argument(
    "folder", required=False, default="schema", metavar="[文件夹]", type=click.Path(path_type=Path)
)
def schema(folder: Path) -> None:
    """写出案件、批次、公文、工作、kcbx.yaml 和模板包各种文件的 JSON Schema。

    VS Code 装上 YAML 扩展后，凭文件第一行的 $schema 边写边提示、
    边写边检查；没有这一行的，照别的文件抄一行。不写文件夹就写到
    当前文件夹的 schema 里。
    """
    for path in write_files(folder, schema_files(), replace=True):
        show.result(str(path))
