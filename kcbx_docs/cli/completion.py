"""``kcbx completion``: the script with which a shell completes what is typed."""

import os
from pathlib import Path

import click

from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.writing import PUBLIC, write_over

_PLACES = {
    "bash": ("XDG_DATA_HOME", ".local/share", "bash-completion/completions/kcbx"),
    "fish": ("XDG_CONFIG_HOME", ".config", "fish/completions/kcbx.fish"),
    "zsh": ("ZDOTDIR", "", ".zfunc/_kcbx"),
}
"""Where each shell looks by itself: the variable that names the folder, the usual one, the file."""
_THEN = {
    "bash": "新开的终端里就能用；没有装 bash-completion 的，在 ~/.bashrc 里写 source {path}",
    "fish": "新开的终端里就能用。",
    "zsh": "请在 ~/.zshrc 里写一行：fpath=({folder} $fpath); autoload -Uz compinit; compinit",
}
_SHELLS = (*_PLACES, "powershell")


@click.command(
    cls=Command,
    examples=("kcbx completion bash", "kcbx completion zsh", "kcbx completion powershell"),
)
@click.argument("shell", type=click.Choice(_SHELLS), metavar="|".join(_SHELLS))
@click.option(
    "--install", is_flag=True, help="写进这种终端自己找补全脚本的文件夹（PowerShell 除外）。"
)
def completion(shell: str, install: bool) -> None:
    """打印终端的补全脚本：按 Tab 补全命令、选项、编号、文书标题、监护人。

    只在这一个终端里用：bash、zsh 运行 eval "$(kcbx completion bash)"，
    fish 运行 kcbx completion fish | source，
    PowerShell 运行 kcbx completion powershell | Out-String | Invoke-Expression，
    要每次都有，把这一句写进 $PROFILE。
    """
    if not install:
        click.echo(script(shell), nl=False)
        return
    if shell not in _PLACES:
        raise click.UsageError("PowerShell 没有这样的文件夹，请照帮助把一句话写进 $PROFILE。")
    variable, usual, name = _PLACES[shell]
    path = Path(os.environ.get(variable) or Path.home() / usual) / name
    write_over(path, script(shell).encode(), PUBLIC)
    show.result(str(path))
    show.tell(_THEN[shell].format(path=path, folder=path.parent))


def script(shell: str) -> str:
    """Return the script, which asks this program at each Tab."""
    from click.shell_completion import get_completion_class

    from kcbx_docs.cli import kcbx

    kind = get_completion_class(shell)
    assert kind is not None
    asking = kind(kcbx, {}, "kcbx", "_KCBX_COMPLETE")
    return asking.source_template % asking.source_vars()
