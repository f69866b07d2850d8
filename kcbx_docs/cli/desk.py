"""``kcbx desk``: the same work on a page of the user's own browser."""

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path, PurePosixPath, PureWindowsPath

import click

from kcbx_docs.case.files import find_workspace
from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import STOPPED
from kcbx_docs.desk.starters import DOUBLE_CLICKED, Starter, desktop_starter, windows_starter
from kcbx_docs.problems import Place, UserError, stop
from kcbx_docs.writing import reason_of, write_new

_READ = 3.0
"""Seconds for the browser to read the page that leads to the desk."""
_MODE = 0o700
_ICON = Path(__file__).parents[1] / "desk/static/desk.svg"


@click.command(cls=Command, examples=("kcbx desk --no-browser", "kcbx desk --install"))
@click.argument("folder", metavar="[工作目录]", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="端口",
    help="用哪个端口；不写就用空着的。",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只打印网址。")
@click.option(
    "--install", is_flag=True, help="不打开，在工作目录里放一个双击就能打开办公桌的文件。"
)
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="一个县用的服务器：只听代理的，谁登录了、看得到什么，照 服务器/用户.yaml。",
)
@click.option(DOUBLE_CLICKED, is_flag=True, hidden=True)
@click.pass_context
def desk(
    ctx: click.Context,
    folder: Path,
    port: int,
    no_browser: bool,
    install: bool,
    behind_proxy: bool,
    double_clicked: bool,
) -> None:
    """办公桌：在自己的浏览器里办案、印文书，不用写命令。

    只有这台电脑的这个浏览器打得开；网址里的钥匙不要给别人。做的事和命令一样，
    每一页都写着等于哪个命令。按 Ctrl-C 关掉，或者在「本机检查」里关掉。已经开着的，
    再打开一次就回到它那里。全县共用一台服务器的，见 kcbx docs 县里的服务器。
    """
    try:
        root = find_workspace(folder.absolute())
        if root is None:
            raise stop("PAPR009", Place(str(folder)), file="kcbx.yaml")
        if install:
            _install(root)
        elif behind_proxy:
            _for_a_county(root, port)
        elif _stopped(root, port, no_browser):
            ctx.exit(STOPPED)
    except UserError as error:
        if double_clicked:
            _shown_in_browser(error)
        raise


def _stopped(root: Path, port: int, no_browser: bool) -> bool:
    """Open the desk until it is closed; tell whether that was by Ctrl-C."""
    try:
        from kcbx_docs.desk.alone import alone_at
        from kcbx_docs.desk.serving import serve, show_in_browser, signpost
    except ModuleNotFoundError as error:
        raise stop("DESK002", Place(), name=error.name) from error
    with ExitStack() as stack:
        alone = stack.enter_context(alone_at(root))

        def shown(address: str) -> None:
            if not no_browser and not show_in_browser(stack.enter_context(signpost(address))):
                show.tell("没有找到浏览器：请把上面的网址复制到浏览器里。")

        def opened(address: str) -> None:
            alone.opened_at(address)
            show.result(f"办公桌已经打开：{address}")
            shown(address)
            show.tell("用完在这里按 Ctrl-C 关掉。")

        if alone.other:
            show.result(f"这个工作目录的办公桌已经开着：{alone.other}")
            shown(alone.other)
            time.sleep(0 if no_browser else _READ)
            return False
        stopped = serve(root, port, opened, alone.opened_at)
        show.tell("办公桌已经关上。")
        return stopped


def _for_a_county(root: Path, port: int) -> None:
    """Open the desk behind a proxy, until it is stopped."""
    try:
        from kcbx_docs.desk.serving import serve_behind_proxy
    except ModuleNotFoundError as error:
        raise stop("DESK002", Place(), name=error.name) from error
    if not port:
        raise stop("DESK047", Place())
    serve_behind_proxy(root, port, lambda site: show.result(f"办公桌在代理后面打开：{site}"))


def _shown_in_browser(error: UserError) -> None:
    """Say in the browser why the desk was not opened: nobody sees a terminal."""
    from kcbx_docs.desk.serving import show_in_browser, unopened

    show_in_browser(unopened([f"{one.message}{one.hint}" for one in error.problems]))


def _install(root: Path) -> None:
    """Write what opens this desk by a double click; nothing takes the place of another file."""
    starter = _starter(root)
    path = root / starter.name
    if path.exists() and path.read_bytes() == starter.data:
        show.result(f"已经有了：{path}")
    else:
        try:
            write_new(path, starter.data, _MODE)
        except FileExistsError as error:
            raise stop("DESK030", Place(str(path)), name=starter.name) from error
        except OSError as error:
            raise stop("PAPR007", Place(), path=path, reason=reason_of(error)) from error
        show.result(f"放好了：{path}")
    show.tell(starter.then)


def _starter(root: Path) -> Starter:
    python = Path(sys.executable)
    if os.name != "nt":
        return desktop_starter(PurePosixPath(python), PurePosixPath(root), PurePosixPath(_ICON))
    windowless = python.with_name("pythonw.exe")
    shown = windowless if windowless.is_file() else python
    return windows_starter(PureWindowsPath(shown), PureWindowsPath(root), "oem")
