"""``kcbx help``: the help of a command, for who asks as elsewhere."""

import click

from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command


@click.command(
    "help", cls=Command, examples=("kcbx help", "kcbx help render", "kcbx help pack lint")
)
@click.argument("words", nargs=-1, metavar="[命令…]")
@click.pass_context
def help_page(ctx: click.Context, words: tuple[str, ...]) -> None:
    """显示一个命令的帮助，和在命令后面写 --help 一样。

    不写命令，就列出全部命令。
    """
    context = ctx.find_root()
    for word in words:
        command = context.command
        if not isinstance(command, click.Group):
            raise click.UsageError(f"「{context.command_path}」下面没有别的命令。", context)
        name, found, _ = command.resolve_command(context, [word])
        assert found is not None
        context = found.context_class(found, parent=context, info_name=name)
    show.result(context.get_help())
