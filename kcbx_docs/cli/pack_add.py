"""``kcbx pack add``: a pack from elsewhere, pinned to what it was when it came."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.keeping.foreign import ForeignPack, read_folder, read_zip
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, problem, stop

_GIT = regex(r"(?:https|ssh|file)://.+|git@.+|.+\.git/?")
_SAFE = ("-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false")
_PROTOCOLS = "file:git:http:https:ssh"
"""Not ext, which runs what the address says."""
_NO_FILES = {"120000": "链接", "160000": "子模块"}
"""What stands in a repository and is no file, by its mode."""
_SECRET = regex(r"(?<=://)[^/@]*@")
_PATIENCE = 300
"""Seconds after which a server that says nothing is given up."""


@click.command(
    "add", cls=Command, examples=("kcbx pack add 贵州模板包", "kcbx pack add 贵州模板包.zip")
)
@click.argument("source", metavar="文件夹、压缩包或者Git地址")
@click.option("--inside", default="", metavar="文件夹", help="里面有几个模板包的，加入哪一个。")
@click.option("--folder", default="", metavar="文件夹", help="放进哪个文件夹；不写就用地名。")
@click.option("--replace", "replacing", is_flag=True, help="代替已有的；已有的移到 旧模板包。")
@options.as_of("加入日期；不写就是今天。")
def add(source: str, inside: str, folder: str, replacing: bool, day: date) -> None:
    """加入别处来的模板包：文件夹、zip 压缩包，或者 Git 仓库的地址。

    先在旁边全部检查，有错误就不加入；链接、程序文件、指向外面的路径都不收。
    加入时的版本和校验值记在 templates/外来模板包.yaml，以后改过、
    不见了，pack lint 会说。
    """
    from kcbx_docs.filing.newcomer import add_pack

    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    with _fetched(source, inside) as came:
        added = add_pack(
            came.pack,
            without_secrets(source),
            root,
            where.packs(),
            day,
            commit=came.commit,
            folder=folder,
            replacing=replacing,
        )
    told = [*added.problems]
    if came.pack.others:
        told.append(problem("PACK120", listed="、".join(came.pack.others)))
    show.print_problems(told, err=True)
    if added.moved:
        show.result(f"原来的移到 {show.short(added.moved)}")
    pin = added.pin
    show.result(f"加入了{added.name}（{pin.id}），版本 {pin.version}，校验值 {pin.digest[:12]}…")
    show.tell(f"接下来：看它写了什么，运行 kcbx pack show {pin.id}")


def without_secrets(source: str) -> str:
    """Return an address without the name and the password of whoever fetches from it."""
    return _SECRET.sub("", source)


@dataclass(frozen=True)
class Fetched:
    """What was fetched."""

    pack: ForeignPack
    commit: str = ""


@contextmanager
def _fetched(source: str, inside: str) -> "Iterator[Fetched]":
    path = Path(source)
    if path.is_dir() and not _GIT.fullmatch(source):
        yield Fetched(read_folder(path, inside))
    elif path.is_file():
        yield Fetched(read_zip(path, inside))
    elif _GIT.fullmatch(source):
        with tempfile.TemporaryDirectory() as folder:
            commit = _cloned(source, Path(folder))
            yield Fetched(read_folder(Path(folder), inside), commit)
    else:
        raise stop("PACK119", Place(), source=source, reason="没有这个文件夹或者文件")


def _cloned(source: str, folder: Path) -> str:
    """Fetch the last state of a repository; return its commit. Nothing of it is run."""
    git = shutil.which("git")
    if git is None:
        raise stop("PACK119", Place(), source=source, reason="这台机器没有装 git")
    clone = ("clone", "--depth", "1", "--no-recurse-submodules", "--", source, ".")
    try:
        _git(git, folder, *clone)
        for line in _git(git, folder, "ls-tree", "-r", "-z", "HEAD").split("\0"):
            if kind := _NO_FILES.get(line[:6]):
                raise stop("PACK122", Place(source), name=line.partition("\t")[2], kind=kind)
        return _git(git, folder, "rev-parse", "HEAD").strip()
    except subprocess.TimeoutExpired as error:
        raise stop("PACK119", Place(), source=source, reason="等了太久没有回应") from error
    except subprocess.CalledProcessError as error:
        raise stop("PACK119", Place(), source=source, reason="git 没有取到") from error


def _git(git: str, folder: Path, *words: str) -> str:
    """Run git; it runs nothing of the repository, and asks nobody for a password."""
    asks = {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
    }
    done = subprocess.run(
        (git, *_SAFE, *words),
        cwd=folder,
        check=True,
        capture_output=True,
        env=asks,
        stdin=subprocess.DEVNULL,
        timeout=_PATIENCE,
    )
    return done.stdout.decode("utf-8", "replace")
