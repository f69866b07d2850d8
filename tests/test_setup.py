"""The set-up: what it thinks is missing, what it fetches, and what it says where it cannot."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DEB = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is Debian's")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("kcbx_run", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "kcbx_run", module)
    spec.loader.exec_module(module)
    return module


def finished(returncode: int = 0, stdout: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], returncode, stdout, "")


@pytest.mark.parametrize(("words", "code"), [((), 2), (("--help",), 0), (("-h",), 0)])
def test_it_needs_nothing_but_the_standard_library(words: tuple[str, ...], code: int) -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "run.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (code, "")
    assert "python3 run.py demo" in done.stdout


def test_what_the_set_up_imports_needs_nothing_either() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from kcbx_docs.render import fontfiles, native; print(1)"
    assert (
        subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True).stdout.strip()
        == b"1"
    )


def test_an_old_python_is_told_so(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"需要 Python 3\.11 以上"):
        run.main(["demo"])


@pytest.fixture
def project(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with two locks and an environment that is only a folder."""
    (tmp_path / "pyproject.toml").write_text("[project]")
    for name in ("user", "test"):
        lock = tmp_path / f"{name}.txt"
        lock.write_text(name)
        monkeypatch.setattr(run, f"{name.upper()}_LOCK", lock)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    return tmp_path


@pytest.mark.parametrize("changed", ["pyproject.toml", "user.txt"])
def test_the_environment_is_made_again_when_the_project_or_its_lock_changes(
    run: ModuleType, project: Path, changed: str
) -> None:
    before = run.stamp_of(run.USER_LOCK)
    assert run.stamp_of(run.USER_LOCK) == before
    (project / changed).write_text("changed")
    assert run.stamp_of(run.USER_LOCK) != before


@pytest.mark.parametrize(
    ("here", "tests", "made"),
    [
        ("user", False, []),
        ("test", True, []),
        ("test", False, []),
        ("user", True, ["test.txt"]),
        ("", False, ["user.txt"]),
        ("", True, ["test.txt"]),
    ],
)
def test_who_runs_no_tests_gets_no_test_tools_and_what_fits_is_left_alone(
    run: ModuleType,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    here: str,
    tests: bool,
    made: list[str],
) -> None:
    if here:
        (project / ".kcbx-stamp").write_text(run.stamp_of(project / f"{here}.txt"))
    installed: list[tuple[object, ...]] = []
    monkeypatch.setattr(run, "with_pip", lambda folder: lambda *words: installed.append(words))
    monkeypatch.setattr(run, "editable_wheel", lambda folder: folder / "kcbx.whl")
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    compiled: list[bool] = []
    monkeypatch.setattr(run, "compile_all", lambda: compiled.append(True))
    run.set_up_python(tests=tests)
    assert len(compiled) == len(made)
    locks = [words[-1].name for words in installed if "-r" in words]
    assert locks == made
    assert all("--require-hashes" in words for words in installed if "-r" in words)
    assert all("--no-deps" in words for words in installed if "-r" not in words)


def test_what_is_installed_is_compiled_whatever_the_environment_says(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clerks who may not write into .venv would else compile every module at every start."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    for folder in ("venv/lib", "kcbx_docs"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "module.py").write_text("")
    (tmp_path / "venv/lib/broken.py").write_text("(")  # of another Python: no reason to stop
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / "venv")
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    run.compile_all()
    assert {path.name.split(".")[0] for path in tmp_path.rglob("*.pyc")} == {"module"}
    assert len(list(tmp_path.rglob("*.pyc"))) == 2


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_the_lock_of_the_tests_holds_the_lock_of_a_user() -> None:
    """One environment serves both only if every version is the same."""
    user, test = pins("user.txt"), pins("test.txt")
    assert len(user) > 25
    assert {name: test.get(name) for name in user} == user


@pytest.mark.parametrize("name", ["user.txt", "test.txt"])
def test_every_locked_package_has_hashes_and_no_lock_names_an_index(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert "://" not in text
    parts = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert [part.split("==")[0] for part in parts if "--hash=sha256:" not in part] == []


def test_the_locks_are_of_what_the_project_asks_for() -> None:
    """Who adds a dependency renews the locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    run = project["dependencies"] + extras["heic"] + extras["scan"]
    tests = [need for name in ("test", "dev", "dask", "browser") for need in extras[name]]
    asked = {"user.txt": run, "test.txt": tests}
    for name, needs in asked.items():
        locked = pins(name)
        missing = [need for need in map(Requirement, needs) if not holds(locked, need)]
        assert missing == [], f"{name}: requirements/renew"


def holds(locked: dict[str, str], need: Requirement) -> bool:
    version = locked.get(canonicalize_name(need.name))
    return version is not None and need.specifier.contains(version)


def test_the_project_is_installed_without_a_build(run: ModuleType, tmp_path: Path) -> None:
    wheel = run.editable_wheel(tmp_path)
    inside = zipfile.ZipFile(wheel)
    assert inside.read("kcbx_docs.pth").decode() == f"{run.path_line(str(ROOT))}\n"
    (entry,) = [name for name in inside.namelist() if name.endswith("entry_points.txt")]
    assert "kcbx = kcbx_docs.__main__:main" in inside.read(entry).decode()


def test_a_folder_with_a_chinese_name_is_found_whatever_the_encoding(run: ModuleType) -> None:
    """Windows reads .pth files in GBK; the line must mean the same there."""
    assert run.path_line("/srv/kcbx") == "/srv/kcbx"
    line = run.path_line("C:\\控辍保学")
    assert line.isascii()
    before = [*sys.path]
    try:
        exec(line)
        assert sys.path[-1] == "C:\\控辍保学"
    finally:
        sys.path[:] = before


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("./usr/lib/x86_64-linux-gnu/libpango-1.0.so.0.5000.12", True),
        ("./usr/lib/x86_64-linux-gnu/libpango-1.0.so.0", True),
        ("./lib/aarch64-linux-gnu/libexpat.so.1", True),
        ("./usr/lib/x86_64-linux-gnu/gio/modules/libgio.so", False),
        ("./usr/lib/python3/dist-packages/x.so.1", False),
        ("./usr/share/doc/libpango-1.0-0/copyright", False),
    ],
)
def test_only_shared_libraries_are_unpacked(run: ModuleType, name: str, wanted: bool) -> None:
    assert run.is_library(name) is wanted


def test_missing_fonts_are_listed_by_package(run: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("LXGWWenKai-Light.ttf", "deep/LXGWWenKai-Regular.ttf", "HanaMinA.ttf"):
        (tmp_path / name).touch()
    missing = run.missing_fonts([tmp_path, tmp_path / "absent"])
    assert set(missing) == {"fonts-noto-cjk", "fonts-hanazono", "texlive-lang-chinese"}
    assert missing["fonts-hanazono"] == ["HanaMinB.ttf"]


def test_the_fonts_it_fetches_are_those_that_the_roles_want(run: ModuleType) -> None:
    from kcbx_docs.render.fonts import LAST_RESORT, ROLES

    wanted = {name.lower() for role in ROLES.values() for name in role.fonts} | {
        name.lower() for name in LAST_RESORT
    }
    single = [name for names in run.FONTS.values() for name in names if not name.endswith(".ttc")]
    assert [name for name in single if Path(name).stem.lower() not in wanted] == []


def test_a_failed_step_is_tried_once_more_with_fresh_lists(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str] = []

    def answer(command: list[str], **_settings: object) -> subprocess.CompletedProcess[str]:
        words.append(command[4])
        return finished(0 if words != ["install"] else 100)

    monkeypatch.setattr(run.subprocess, "run", answer)
    assert run.Apt(True, ("-o", "x=y")).install(["fonts-noto-cjk"])
    assert words == ["install", "update", "install"]


def test_the_plan_of_apt_names_missing_dependencies(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = "NOTE: simulation\nInst libglib2.0-0 (2.74 Debian)\nInst libpango-1.0-0 (1.50 Debian)\nConf libglib2.0-0\n"
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: finished(0, plan))
    assert run.Apt(False, ()).with_dependencies(["libpango-1.0-0"]) == [
        "libglib2.0-0",
        "libpango-1.0-0",
    ]


def test_a_user_without_root_reads_lists_into_a_folder_of_his_own(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(run.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(
        run.subprocess, "run", lambda command, **_: commands.append(command) or finished()
    )
    (tmp_path / "apt/state/lists").mkdir(parents=True)
    assert (
        run.open_apt(tmp_path, tmp_path / "no-lists") is None
    )  # the update brought nothing: no network
    (tmp_path / "apt/state/lists/x_Packages").touch()
    assert run.open_apt(tmp_path, tmp_path / "no-lists").root is False
    assert [command[-1] for command in commands] == ["update"]
    assert f"Dir::State={tmp_path}/apt/state" in commands[0]
    assert (tmp_path / "apt/state/lists/partial").is_dir()


def test_a_system_without_apt_goes_on_with_a_line_for_each_missing_thing(
    run: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from kcbx_docs.render import fontfiles, native

    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    monkeypatch.setattr(fontfiles, "user_data_folder", lambda: tmp_path)
    monkeypatch.setattr(native, "pango_found", lambda: False)
    monkeypatch.setattr(run, "_absent_fonts", lambda: {"fonts-hanazono": ["HanaMinB.ttf"]})
    run.set_up_system(again=False)
    pango, font = capsys.readouterr().err.splitlines()
    assert pango.startswith("提示：缺少 Pango，只能生成 DOCX")
    assert (
        font == f"提示：缺少字体 HanaMinB.ttf（软件包 fonts-hanazono），可放入 {tmp_path / 'fonts'}"
    )


def test_what_could_not_be_had_is_not_tried_at_every_start(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kcbx_docs.render import fontfiles, native

    tried: list[str] = []
    monkeypatch.setattr(run, "open_apt", lambda _cache: tried.append("apt"))
    monkeypatch.setattr(fontfiles, "user_data_folder", lambda: tmp_path)
    monkeypatch.setattr(native, "pango_found", lambda: False)
    monkeypatch.setattr(run, "_absent_fonts", dict)
    for again in (False, False, True):
        run.set_up_system(again=again)
    assert tried == ["apt", "apt"]


@DEB
def test_files_of_a_package_are_unpacked_side_by_side(run: ModuleType, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: p\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n"
    )
    library = tree / "usr/lib/x86_64-linux-gnu/libx.so.1.2"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"library")
    (library.parent / "libx.so.1").symlink_to("../../../usr/lib/x86_64-linux-gnu/libx.so.1.2")
    (library.parent / "readme").write_text("no")
    subprocess.run(
        ["dpkg-deb", "--build", tree, tmp_path / "p.deb"], check=True, capture_output=True
    )
    target = tmp_path / "native"
    assert run.unpack(tmp_path / "p.deb", run.is_library, target) == 2
    assert sorted(path.name for path in target.iterdir()) == ["libx.so.1", "libx.so.1.2"]
    assert (target / "libx.so.1").read_bytes() == b"library"
    assert run.unpack(tmp_path / "p.deb", run.is_library, target) == 2


@DEB
def test_a_broken_package_file_is_no_crash(run: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "p.deb").write_bytes(b"half")
    assert run.unpack(tmp_path / "p.deb", run.is_library, tmp_path / "native") == 0


def test_the_list_of_what_is_there_says_how_many_are_new(run: ModuleType, tmp_path: Path) -> None:
    names = ("a/1.docx", "a/1.pdf", "a/x/2.docx", "a/old.docx", "b/old.pdf", "a/manifest.json")
    for name in (*(f"output/{name}" for name in names), "cases/镇/output/c/1.pdf", "cases/1.pdf"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        if "old" in name:
            os.utime(file, (1, 1))
    assert run.made(tmp_path, time.time()) == [
        "output/a/  DOCX 2 个，PDF 1 个（其中新做 2 个）",
        "output/b/  PDF 1 个（都是以前做的）",
        "cases/镇/output/c/  PDF 1 个",
    ]


def test_the_demo_covers_every_sample_each_office_by_itself(run: ModuleType) -> None:
    own, *others = run.offices(run.ROOT)
    assert "cases/到责令.yaml" in own and ["cases/阶梯示例"] in others
    below = {path.parent.parent for path in (run.ROOT / "cases").glob("*/cases/*.yaml")}
    assert below == {run.ROOT / folder for (folder,) in others}


def test_the_demo_fails_where_one_office_fails(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def command(*words: str) -> list[str]:
        code = int(words[1] == "别处")
        return [sys.executable, "-c", f"print({words[1]!a}); raise SystemExit({code})"]

    monkeypatch.setattr(run, "offices", lambda root: [["这里"], ["别处"]])
    monkeypatch.setattr(run, "kcbx_command", command)
    monkeypatch.setattr(run, "made", lambda root, since: ["清单"])
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    assert run.demo() == 1
    assert capfd.readouterr().out.splitlines() == ["这里", "别处", "清单"]


def test_words_are_passed_on(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    sets: list[bool] = []
    monkeypatch.setattr(run, "set_up_python", lambda tests: sets.append(tests))
    monkeypatch.setattr(run, "set_up_system", lambda again: None)
    monkeypatch.setattr(run, "set_up_server", lambda: None)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: calls.append(command[1:]) or 0)
    for words in (["test", "-k", "x"], ["kcbx", "doctor"], ["doctor"], ["setup"]):
        assert run.main(words) == 0
    assert calls == [["-m", "pytest", "-k", "x"], *[["-m", "kcbx_docs", "doctor"]] * 2]
    assert sets == [True, False, False, False]


def test_tests_compile_what_they_start_whatever_the_environment_says(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    known: list[dict[str, str]] = []
    for step in ("set_up_python", "set_up_system", "set_up_server"):
        monkeypatch.setattr(run, step, lambda **_: None)
    monkeypatch.setattr(
        run.subprocess, "call", lambda _command, **given: known.append(given["env"])
    )
    run.main(["test"])
    assert "PYTHONDONTWRITEBYTECODE" not in known[0]
    assert known[0]["KCBX_NO_WEASYPRINT"] == "1"


def test_one_failing_linter_fails_the_lint_and_the_others_still_run(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def answer(command: list[str], **_settings: object) -> int:
        calls.append(command[2])
        return int(command[3] == "check")

    monkeypatch.setattr(run, "set_up_python", lambda tests: None)
    monkeypatch.setattr(run.subprocess, "call", answer)
    assert run.main(["lint"]) == 1
    assert calls == ["ruff", "ruff", "mypy"]


@pytest.mark.parametrize("can", [True, False])
def test_a_database_server_is_installed_once_or_given_up(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    from kcbx_docs.render import fontfiles

    asked: list[list[str]] = []

    class Shop:
        def install(self, packages: list[str]) -> bool:
            asked.append(packages)
            return can

    monkeypatch.setattr(fontfiles, "user_data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(run, "open_apt", lambda cache: Shop())
    monkeypatch.setattr(run, "Path", lambda _: tmp_path)
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    run.set_up_server()
    run.set_up_server()
    assert asked == [["postgresql"]] * (2 if can else 1)
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    run.set_up_server(again=True)
    assert len(asked) == (2 if can else 1)
