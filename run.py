#!/usr/bin/env python3
"""Set-up and start in one file of standard library: ``python3 run.py demo`` and ``python3 run.py test``.

What is missing is fetched once: the Python environment, Pango, fonts. With root through apt; without,
packages are downloaded by apt and unpacked into the user's data folder. What cannot be had is said
in one line, and the work goes on.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
SAMPLES_DAY = "2026-11-22"
IN_PARALLEL = ("-n", "auto", "--dist", "worksteal")
USAGE = """用法：
  python3 run.py demo          准备环境，生成 cases/ 中全部示例的文书
  python3 run.py test [参数]   准备环境，运行测试（参数交给 pytest）
  python3 run.py setup         只准备环境，重新尝试上次没装上的部分
  python3 run.py kcbx …        准备环境，运行 kcbx（如 python3 run.py kcbx doctor）"""

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
FONTS = {
    "fonts-noto-cjk": (
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
    ),
    "fonts-lxgw-wenkai": ("LXGWWenKai-Light.ttf", "LXGWWenKai-Regular.ttf"),
    "fonts-hanazono": ("HanaMinA.ttf", "HanaMinB.ttf"),
    "texlive-lang-chinese": (
        "FandolFang-Regular.otf",
        "FandolKai-Regular.otf",
        "FandolHei-Regular.otf",
        "FandolSong-Regular.otf",
    ),
}
UNPACKED_ONLY = "texlive-lang-chinese"  # 270 MB when installed, 25 MB wanted


class Apt(NamedTuple):
    """The system's packages: installed by root, unpacked for anybody else."""

    root: bool
    options: tuple[str, ...]

    def run(self, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run apt-get without questions."""
        command = ["apt-get", "-qq", *self.options, *words]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def install(self, packages: Sequence[str]) -> bool:
        """Install packages; with stale lists once more after an update."""
        words = ("install", "-y", "--no-install-recommends", *packages)
        return self._twice(lambda: self.run(*words).returncode == 0)

    def download(self, packages: Sequence[str], folder: Path) -> list[Path]:
        """Download package files without installing them."""
        self._twice(lambda: self.run("download", *packages, folder=folder).returncode == 0)
        return sorted(folder.glob("*.deb"))

    def with_dependencies(self, packages: Sequence[str]) -> list[str]:
        """Name the packages that an installation would bring."""
        plan = self.run("-s", "install", "--no-install-recommends", *packages).stdout
        return re.findall(r"^Inst (\S+)", plan, re.MULTILINE)

    def _twice(self, attempt: Callable[[], bool]) -> bool:
        return attempt() or (self.run("update").returncode == 0 and attempt())


def open_apt(cache: Path, system_lists: Path = Path("/var/lib/apt/lists")) -> Apt | None:
    """Return apt, with lists read; a user without root gets lists of their own where there are none."""
    if not shutil.which("apt-get"):
        return None
    root = os.geteuid() == 0
    apt = Apt(root, ("-o", "DPkg::Lock::Timeout=120", "-o", "APT::Sandbox::User=root"))
    lists = system_lists
    if not root and not any(system_lists.glob("*_Packages*")):
        for folder in ("state/lists/partial", "cache/archives/partial"):
            (cache / "apt" / folder).mkdir(parents=True, exist_ok=True)
        apt = Apt(root, (*apt.options, *private_lists(cache / "apt")))
        lists = cache / "apt/state/lists"
    if any(lists.glob("*_Packages*")):
        return apt
    say("读取软件源目录 …")
    apt.run("update")
    return apt if any(lists.glob("*_Packages*")) else None


def private_lists(folder: Path) -> tuple[str, ...]:
    """Return the options by which apt keeps its lists in a folder of the user's own."""
    settings = (
        f"Dir::State={folder}/state",
        "Dir::State::status=/var/lib/dpkg/status",
        f"Dir::Cache={folder}/cache",
    )
    return tuple(word for setting in settings for word in ("-o", setting))


def unpack(package: Path, wanted: Callable[[str], bool], folder: Path) -> int:
    """Unpack the wanted files of a Debian package side by side into a folder; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    reader = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    try:
        with reader, tarfile.open(fileobj=reader.stdout, mode="r|") as archive:
            for member in archive:
                if wanted(member.name):
                    count += _unpack_member(archive, member, folder / Path(member.name).name)
    except tarfile.TarError:
        say(f"软件包 {package.name} 不完整，只取出 {count} 个文件。")
    return count


def _unpack_member(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> bool:
    content = archive.extractfile(member) if member.isfile() else None
    if content:
        part = target.with_name(target.name + ".part")
        part.write_bytes(content.read())
        part.replace(target)
    elif member.issym():
        target.unlink(missing_ok=True)
        target.symlink_to(Path(member.linkname).name)
    return bool(content or member.issym())


def is_library(name: str) -> bool:
    """Tell whether a package member is a shared library in its place."""
    return bool(re.fullmatch(r"(\./)?(usr/)?lib/(\w+-linux-gnu\w*/)?lib[^/]+\.so\.[\d.]+", name))


def is_one_of(names: Sequence[str], member: str) -> bool:
    """Tell whether a package member is one of the named files."""
    return Path(member).name in names


def missing_fonts(folders: Iterable[Path]) -> dict[str, list[str]]:
    """Return the font files that are in none of the folders, by package."""
    here = {name for folder in folders for _, _, names in os.walk(folder) for name in names}
    absent = {
        package: [name for name in names if name not in here] for package, names in FONTS.items()
    }
    return {package: names for package, names in absent.items() if names}


def set_up_system(again: bool) -> None:
    """Fetch Pango and the fonts that are not here; say once, in a line each, what cannot be had."""
    from kcbx_docs.render import fontfiles, native

    native.prepare()
    data, pango, fonts = fontfiles.user_data_folder(), native.pango_found(), _absent_fonts()
    given_up = data / "not-available"
    known = given_up.exists() and given_up.read_text("utf-8") == list_missing(pango, fonts)
    if (pango and not fonts) or (known and not again):
        return
    apt = open_apt(fontfiles.user_cache_folder())
    if apt:
        fetch(apt, data, pango, fonts)
    native.prepare.cache_clear()
    native.prepare()
    pango, fonts = native.pango_found(), _absent_fonts()
    data.mkdir(parents=True, exist_ok=True)
    given_up.write_text(list_missing(pango, fonts), "utf-8")
    tell_missing(pango, fonts, data / "fonts")


def list_missing(pango: bool, fonts: Iterable[str]) -> str:
    """Name the packages that are missing."""
    return " ".join([*([] if pango else PANGO), *fonts])


def tell_missing(pango: bool, fonts: dict[str, list[str]], folder: Path) -> None:
    """Say in a line each what could not be had."""
    from kcbx_docs.render import native

    if not pango:
        print(
            f"提示：缺少 Pango，只能生成 DOCX；生成 PDF {native.install_advice()}", file=sys.stderr
        )
    for package, names in fonts.items():
        print(
            f"提示：缺少字体 {'、'.join(names)}（软件包 {package}），可放入 {folder}",
            file=sys.stderr,
        )


def _absent_fonts() -> dict[str, list[str]]:
    from kcbx_docs.render import fontfiles

    return missing_fonts(fontfiles.font_folders()) if sys.platform.startswith("linux") else {}


def fetch(apt: Apt, data: Path, pango: bool, fonts: dict[str, list[str]]) -> None:
    """Install what root may install; unpack the rest into the user's data folder."""
    packages = [] if pango else list(PANGO)
    if apt.root:
        packages += [package for package in fonts if package != UNPACKED_ONLY]
        if packages:
            say(f"安装 {'、'.join(packages)} …")
            if not apt.install(packages):
                for package in packages:
                    apt.install([package])
        fonts = {package: names for package, names in fonts.items() if package == UNPACKED_ONLY}
    elif packages:
        say("下载 Pango（不需要管理员权限）…")
        fetch_files(apt, apt.with_dependencies(packages), is_library, data / "native")
    for package, names in fonts.items():
        say(f"下载字体 {'、'.join(names)} …")
        fetch_files(apt, [package], partial(is_one_of, names), data / "fonts")


def fetch_files(
    apt: Apt, packages: Sequence[str], wanted: Callable[[str], bool], folder: Path
) -> int:
    """Download packages and keep their wanted files; return how many."""
    if not packages:
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        return sum(
            unpack(package, wanted, folder) for package in apt.download(packages, Path(temporary))
        )


def stamp_of(project: bytes, python: str) -> str:
    """Identify the environment that a project file and a Python ask for."""
    return hashlib.sha256(project + python.encode()).hexdigest()


def set_up_python() -> None:
    """Make .venv with all dependencies, unless it is the one that pyproject.toml asks for."""
    stamp = VENV / ".kcbx-stamp"
    wanted = stamp_of((ROOT / "pyproject.toml").read_bytes(), f"{sys.version}{ROOT}")
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    say("准备 Python 环境（首次约十秒）…")
    uv = shutil.which("uv")
    if uv:
        must(uv, "venv", "--clear", "-q", VENV, "--python", sys.executable)
        must(uv, "pip", "install", "-qq", "--python", PYTHON, "-e", ".[test]")
    else:
        make_venv()
        must(
            PYTHON,
            "-m",
            "pip",
            "install",
            "-qq",
            "--no-compile",
            "--disable-pip-version-check",
            "-e",
            ".[test]",
        )
    stamp.write_text(wanted)


def make_venv() -> None:
    """Make the environment with pip in it; Debian's Python comes without, so pip is fetched by apt."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        must(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
        fetch_pip()
    else:
        must(sys.executable, "-m", "venv", "--clear", VENV)


def fetch_pip() -> None:
    """Install pip into the environment from Debian's package of its wheel."""
    from kcbx_docs.render import fontfiles

    with tempfile.TemporaryDirectory() as temporary:
        apt = open_apt(fontfiles.user_cache_folder())
        if apt:
            fetch_files(
                apt, ["python3-pip-whl"], lambda name: name.endswith(".whl"), Path(temporary)
            )
        wheels = sorted(Path(temporary).glob("pip-*.whl"))
        if not wheels:
            sys.exit("缺少 venv 组件，请先执行：sudo apt install python3-venv，再重新运行。")
        must(
            PYTHON,
            wheels[0] / "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--no-index",
            wheels[0],
        )


def must(*command: str | Path) -> None:
    """Run a command of the set-up; its failure ends the run."""
    words = [str(word) for word in command]
    if subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        sys.exit(f"没有成功：{' '.join(words)}\n请检查网络；使用镜像时先设置 PIP_INDEX_URL。")


def say(text: str) -> None:
    """Tell what takes time."""
    print(text, file=sys.stderr, flush=True)


def demo() -> int:
    """Render every sample as of the samples' day and list what was made."""
    began = time.time()
    code = kcbx("render", "cases", "--as-of", SAMPLES_DAY)
    print("\n".join(made(ROOT, began)))
    return code


def made(root: Path, since: float) -> list[str]:
    """List the output folders of the office and of the offices among the samples, with the numbers of new files."""
    lines = []
    outputs = (root / "output", *sorted((root / "cases").glob("*/output")))
    for folder in (
        path for output in outputs for path in sorted(output.glob("*")) if path.is_dir()
    ):
        new = [
            path
            for path in folder.rglob("*")
            if path.is_file() and path.stat().st_mtime >= since - 1
        ]
        kinds = [
            (kind, sum(path.suffix == f".{kind.lower()}" for path in new))
            for kind in ("DOCX", "PDF")
        ]
        text = "，".join(f"{kind} {count} 个" for kind, count in kinds if count)
        if text:
            lines.append(f"{folder.relative_to(root).as_posix()}/  {text}")
    return lines


def kcbx(*words: str) -> int:
    """Run kcbx in the environment."""
    return subprocess.call([str(PYTHON), "-m", "kcbx_docs", *words], cwd=ROOT)


def main(words: list[str]) -> int:
    """Set up, then do what the first word says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.version_info < OLDEST:
        sys.exit(f"需要 Python 3.11 以上，当前是 {sys.version.split()[0]}。")
    if not words or words[0] in ("-h", "--help"):
        print(USAGE)
        return 0 if words else 2
    sys.path.insert(0, str(ROOT))
    set_up_python()
    set_up_system(again=words[0] == "setup")
    first, rest = words[0], words[1:]
    if first == "demo":
        return demo()
    if first == "test":
        return subprocess.call([str(PYTHON), "-m", "pytest", *(rest or IN_PARALLEL)], cwd=ROOT)
    return 0 if first == "setup" else kcbx(*(rest if first == "kcbx" else words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
