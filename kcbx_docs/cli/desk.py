"""``kcbx desk``: the same work on a page of the user's own browser."""

from contextlib import ExitStack
from pathlib import Path

import click

from kcbx_docs.case.files import find_workspace
from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.problems import Place, stop


@click.command(cls=Command, examples=("kcbx desk --no-browser",))
@click.argument("folder", metavar="[工作目录]", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="端口",
    help="用哪个端口；不写就用空着的。",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只打印网址。")
@click.pass_context
def desk(ctx: click.Context, folder: Path, port: int, no_browser: bool) -> None:
    """办公桌：在自己的浏览器里办案、印文书，不用写命令。

    只有这台电脑的这个浏览器打得开；网址里的钥匙不要给别人。做的事和命令一样，
    每一页都写着等于哪个命令。按 Ctrl-C 关掉。
    """
    root = find_workspace(folder.absolute())
    if root is None:
        raise stop("PAPR009", Place(str(folder)), file="kcbx.yaml")
    try:
        from kcbx_docs.desk.serving import serve, show_in_browser, signpost
    except ModuleNotFoundError as error:
        raise stop("DESK002", Place(), name=error.name) from error
    with ExitStack() as stack:

        def opened(address: str) -> None:
            show.result(f"办公桌已经打开：{address}")
            if not no_browser and not show_in_browser(stack.enter_context(signpost(address))):
                show.tell("没有找到浏览器：请把上面的网址复制到浏览器里。")
            show.tell("用完在这里按 Ctrl-C 关掉。")

        serve(root, port, opened)
