"""``kcbx doctor``: what this machine can do and what it lacks."""

from datetime import date
from pathlib import Path

import click

from kcbx_docs.case.files import find_workspace
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.office.doctor import collect

_SIGNS = {"ok": "正常", "warning": "注意", "missing": "缺少"}


@click.command(cls=Command, examples=("kcbx doctor", "kcbx doctor --json"))
@options.as_of("按哪一天核对工作日历；不写就是今天。")
@options.as_json
@click.pass_context
def doctor(ctx: click.Context, day: date, as_json: bool) -> None:
    """检查本机：Python、PDF 排版、字体、模板包、法律依据和工作日历。

    缺少的东西写明怎样补上。缺 PDF 排版库时仍可生成 DOCX。
    """
    checks = collect(day, workspace=find_workspace(Path.cwd()))
    if as_json:
        show.print_json({"ok": all(check.state != "missing" for check in checks), "checks": checks})
    else:
        show.table(("项目", "状态", "情况"), ((c.name, _SIGNS[c.state], c.text) for c in checks))
        for check in checks:
            if check.advice:
                show.result(f"{check.name}：{check.advice}")
    ctx.exit(int(any(check.state == "missing" for check in checks)))
