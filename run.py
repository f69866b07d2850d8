#!/usr/bin/env python3
"""Set-up and start in one file of standard library:
``python3 run.py demo`` and ``python3 run.py test``.

What is missing is fetched once: the Python environment, Pango, fonts. With root through apt;
without, packages are downloaded by apt and unpacked into the user's data folder.
What cannot be had is said in one line, and the work goes on.

Python packages come from the locks in requirements/: wheels only, each with its hash, so that
nothing is built here and no stranger's build hook runs. Who does not run tests gets no test tools.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = ".kcbx-stamp"
USER_LOCK = ROOT / "requirements/user.txt"
TEST_LOCK = ROOT / "requirements/test.txt"  # holds all of the user's lock
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
SAMPLES_DAY = "2026-11-22"
LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "kcbx_docs", "run.py"),
)
IN_PARALLEL = ("-n", "auto", "--dist", "worksteal")
WHILE_WORKING = (*IN_PARALLEL, "-m", "not thorough")
"""All tests but those that ask other programs: three minutes on two cores."""
USAGE = """用法：
  python3 run.py demo          准备环境，生成 cases/ 中全部示例的文书
  python3 run.py test [参数]   准备环境，运行测试（参数交给 pytest）
  python3 run.py lint          准备环境，检查代码的写法、格式和类型（改程序的人用）
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
APT_OPTIONS = (
    *("-o", "DPkg::Lock::Timeout=120"),
    *("-o", "APT::Keep-Downloaded-Packages=false"),  # 240 MB that nobody would look for
)
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
        if self.root:
            hand_over(folder)
        self._twice(lambda: self.run("download", *packages, folder=folder).returncode == 0)
        return sorted(folder.glob("*.deb"))

    def with_dependencies(self, packages: Sequence[str]) -> list[str]:
        """Name the packages that an installation would bring."""
        plan = self.run("-s", "install", "--no-install-recommends", *packages).stdout
        return re.findall(r"^Inst (\S+)", plan, re.MULTILINE)

    def _twice(self, attempt: Callable[[], bool]) -> bool:
        return attempt() or (self.run("update").returncode == 0 and attempt())


def hand_over(folder: Path) -> None:
    """Give a folder to the user as whom root's apt downloads, so that its sandbox stays on."""
    with contextlib.suppress(LookupError, OSError):
        shutil.chown(folder, "_apt")


def open_apt(cache: Path, system_lists: Path = Path("/var/lib/apt/lists")) -> Apt | None:
    """Return apt, with lists read; a user without root gets lists of their own where there are
    none.
    """
    if not shutil.which("apt-get"):
        return None
    root = os.geteuid() == 0
    apt = Apt(root, APT_OPTIONS)
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

    native.load_unpacked()
    data, pango, fonts = fontfiles.user_data_folder(), native.pango_found(), _absent_fonts()
    given_up = data / "not-available"
    known = given_up.exists() and given_up.read_text("utf-8") == list_missing(pango, fonts)
    if (pango and not fonts) or (known and not again):
        return
    apt = open_apt(fontfiles.user_cache_folder())
    if apt:
        fetch(apt, data, pango, fonts)
    native.load_unpacked.cache_clear()
    native.load_unpacked()
    pango, fonts = native.pango_found(), _absent_fonts()
    data.mkdir(parents=True, exist_ok=True)
    given_up.write_text(list_missing(pango, fonts), "utf-8")
    tell_missing(pango, fonts, data / "fonts")


def set_up_server(again: bool = False) -> None:
    """Install PostgreSQL for the tests of a shared ledger where root may;
    elsewhere those tests are skipped, and say so.
    """
    from kcbx_docs.render import fontfiles

    there = any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")
    if there or not sys.platform.startswith("linux") or os.geteuid():
        return
    given_up = fontfiles.user_data_folder() / "no-postgresql"
    if given_up.exists() and not again:
        return
    say("安装 PostgreSQL（只有测试要用）…")
    apt = open_apt(fontfiles.user_cache_folder())
    if not (apt and apt.install(["postgresql"])):
        given_up.parent.mkdir(parents=True, exist_ok=True)
        given_up.touch()


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


def stamp_of(lock: Path) -> str:
    """Identify the environment that a lock, the project and this Python ask for."""
    files = (lock, ROOT / "pyproject.toml")
    known = b"".join(path.read_bytes() for path in files) + f"{sys.version}{ROOT}".encode()
    return hashlib.sha256(known).hexdigest()


def set_up_python(tests: bool) -> None:
    """Make .venv from the lock, unless there is one that fits;
    one with test tools fits a user too.
    """
    stamp = VENV / STAMP
    here = stamp.read_text() if PYTHON.exists() and stamp.exists() else ""
    lock = TEST_LOCK if tests else USER_LOCK
    fitting = [TEST_LOCK] if tests else [USER_LOCK, TEST_LOCK]
    if here in [stamp_of(each) for each in fitting]:
        return
    say("准备 Python 环境（首次约十秒）…")
    with tempfile.TemporaryDirectory() as temporary:
        uv = shutil.which("uv")
        install = with_uv(uv) if uv else with_pip(Path(temporary))
        install("--require-hashes", "--only-binary", ":all:", "-r", lock)
        install("--no-index", "--no-deps", editable_wheel(Path(temporary)))
    compile_all()
    stamp.write_text(stamp_of(lock))


def compile_all() -> None:
    """Compile what a run loads: whoever may not write here would compile it anew every time."""
    command: list[str | Path] = [PYTHON, "-m", "compileall", "-q", "-j0", VENV, ROOT / "kcbx_docs"]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def compiling() -> dict[str, str]:
    """Return the environment, compiled files wanted: the tests start many processes, and each would
    compile what was edited again.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


Install = Callable[..., None]


def with_uv(uv: str) -> Install:
    """Make an empty environment with uv; return how to install into it."""
    must(uv, "venv", "--clear", "-q", VENV, "--python", sys.executable)
    return partial(must, uv, "pip", "install", "-qq", "--python", PYTHON)


def with_pip(folder: Path) -> Install:
    """Make an empty environment; return how to install into it with a pip that stays outside of
    it.
    """
    must(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
    pip = pip_wheel(folder) / "pip"
    quiet = ("-qq", "--no-compile", "--disable-pip-version-check")
    return partial(must, PYTHON, pip, "install", *quiet)


def pip_wheel(folder: Path) -> Path:
    """Return the wheel of pip that came with Python;
    Debian's Python comes without, so apt fetches it.
    """
    try:
        import ensurepip
    except ImportError:
        return fetch_pip(folder)
    bundled = Path(ensurepip.__file__).parent / "_bundled"
    shared = sysconfig.get_config_var("WHEEL_PKG_DIR")
    folders = [bundled, *([Path(shared)] if shared else [])]
    wheels = sorted(path for each in folders for path in each.glob("pip-*.whl"))
    return wheels[0] if wheels else fetch_pip(folder)


def fetch_pip(folder: Path) -> Path:
    """Take the wheel of pip out of Debian's package."""
    from kcbx_docs.render import fontfiles

    apt = open_apt(fontfiles.user_cache_folder())
    if apt:
        fetch_files(apt, ["python3-pip-whl"], lambda name: name.endswith(".whl"), folder)
    wheels = sorted(folder.glob("pip-*.whl"))
    if not wheels:
        sys.exit("缺少 venv 组件，请先执行：sudo apt install python3-venv，再重新运行。")
    return wheels[0]


def editable_wheel(folder: Path) -> Path:
    """Write a wheel that only points here: kcbx is installed, and no build tool runs for it."""
    import tomllib  # here, so that an older Python can still be told that it is too old

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    name = f"{project['name'].replace('-', '_')}-{project['version']}"
    head = {"Metadata-Version": "2.1", "Name": project["name"], "Version": project["version"]}
    needs = [f"Requires-Dist: {need}" for need in project["dependencies"]]
    commands = [f"{command} = {target}" for command, target in project["scripts"].items()]
    kind = {"Wheel-Version": "1.0", "Root-Is-Purelib": "true", "Tag": "py3-none-any"}
    files = {
        "kcbx_docs.pth": [path_line(str(ROOT))],
        f"{name}.dist-info/METADATA": [*as_lines(head), *needs],
        f"{name}.dist-info/WHEEL": as_lines(kind),
        f"{name}.dist-info/entry_points.txt": ["[console_scripts]", *commands],
    }
    record = f"{name}.dist-info/RECORD"
    files[record] = [f"{path},," for path in (*files, record)]
    wheel = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, lines in files.items():
            archive.writestr(path, "".join(f"{line}\n" for line in lines))
    return wheel


def path_line(folder: str) -> str:
    """Write a line of a .pth file; Windows reads those in its own encoding,
    so a Chinese path is escaped.
    """
    return folder if folder.isascii() else f"import sys; sys.path.append({folder!a})"


def as_lines(fields: Mapping[str, str]) -> list[str]:
    """Write fields as a header does."""
    return [f"{name}: {value}" for name, value in fields.items()]


def must(*command: str | Path) -> None:
    """Run a command of the set-up; its failure ends the run."""
    words = [str(word) for word in command]
    if subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        sys.exit(f"没有成功：{' '.join(words)}\n请检查网络；使用镜像时先设置 PIP_INDEX_URL。")


def say(text: str) -> None:
    """Tell what takes time."""
    print(text, file=sys.stderr, flush=True)


def demo() -> int:
    """Render every sample as of the samples' day and list what was made; the office of the town and
    those among the samples work side by side.
    """
    began = time.time()
    own, *others = [("render", *files, "--as-of", SAMPLES_DAY) for files in offices(ROOT)]
    beside = [start_kcbx(*words) for words in others]
    codes = [kcbx(*own)]
    for one in beside:
        told, _ = one.communicate()
        print(told.decode("utf-8", "replace"), end="")
        codes.append(one.returncode)
    print("\n".join(made(ROOT, began)))
    return max(codes)


def offices(root: Path) -> list[list[str]]:
    """List the samples of the office itself, then the folders of the others."""
    cases = root / "cases"
    own = sorted(path.relative_to(root).as_posix() for path in cases.glob("*.yaml"))
    others = sorted(path.parent.relative_to(root).as_posix() for path in cases.glob("*/kcbx.yaml"))
    return [own, *([folder] for folder in others)]


def made(root: Path, since: float) -> list[str]:
    """List the output folders of the office and of the offices among the samples, with the
    numbers of papers in them, and how many of those this run made.
    """
    lines = []
    outputs = (root / "output", *sorted((root / "cases").glob("*/output")))
    for folder in (
        path for output in outputs for path in sorted(output.glob("*")) if path.is_dir()
    ):
        files = [path for path in folder.iterdir() if path.suffix in (".docx", ".pdf")]
        new = sum(path.stat().st_mtime >= since - 1 for path in files)
        text = "，".join(
            f"{kind} {count} 个"
            for kind in ("DOCX", "PDF")
            if (count := sum(path.suffix == f".{kind.lower()}" for path in files))
        )
        if new < len(files):
            text += f"（其中新做 {new} 个）" if new else "（都是以前做的）"
        if text:
            lines.append(f"{folder.relative_to(root).as_posix()}/  {text}")
    return lines


def lint() -> int:
    """Run the linters, all of them, so that everything is told at once."""
    commands = [[str(PYTHON), "-m", *words] for words in LINTERS]
    return max([subprocess.call(command, cwd=ROOT) for command in commands])


def kcbx(*words: str) -> int:
    """Run kcbx in the environment."""
    return subprocess.call(kcbx_command(*words), cwd=ROOT)


def start_kcbx(*words: str) -> subprocess.Popen[bytes]:
    """Start kcbx; what it says is asked for when it is done."""
    return subprocess.Popen(
        kcbx_command(*words),
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def kcbx_command(*words: str) -> list[str]:
    """Write a command of kcbx."""
    return [str(PYTHON), "-m", "kcbx_docs", *words]


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
    first, rest = words[0], words[1:]
    set_up_python(tests=first in ("test", "lint"))
    if first == "lint":
        return lint()
    set_up_system(again=first == "setup")
    if first == "demo":
        return demo()
    if first == "test":
        set_up_server()
        command = [str(PYTHON), "-m", "pytest", *(rest or WHILE_WORKING)]
        return subprocess.call(command, cwd=ROOT, env=compiling())
    return 0 if first == "setup" else kcbx(*(rest if first == "kcbx" else words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
