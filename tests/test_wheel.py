"""The wheel works where there is no repository:
it carries packs, law and fonts' table, and renders.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def kcbx(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own,
    which borrows the dependencies of this one.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (
        [sys.executable, "-m", "pip", "--python"]
        if importlib.util.find_spec("pip")
        else ["uv", "pip", "install", "--python"]
    )
    install = [
        *pip,
        str(scripts / "python"),
        *(["install", "--no-index"] if "-m" in pip else ["--offline"]),
    ]
    subprocess.run(
        [*install, "-q", "--no-deps", "--no-compile", str(wheel)],  # half of it is never run
        check=True,
        capture_output=True,
        cwd=folder.parent,
    )
    (site,) = (path for path in folder.rglob("site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return scripts / "kcbx"


def run(kcbx: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    ours = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")  # the next command need not compile again
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment["PYTHONIOENCODING"] = "utf-8"
    return subprocess.run(
        [str(kcbx), *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def test_it_carries_every_file_that_is_not_python(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    files = [
        path.relative_to(ROOT)
        for folder in ("kcbx_docs", "templates")
        for path in (ROOT / folder).rglob("*.*")
    ]
    wanted = {
        path.as_posix()
        for path in files
        if path.suffix in (".toml", ".yaml", ".html", ".docx", ".json", ".typed")
    }
    shipped = {f"kcbx_docs/{name}" if name.startswith("templates/") else name for name in wanted}
    assert len(shipped) > 30
    assert sorted(shipped - inside) == []
    assert [name for name in inside if name.startswith(("tests", "cases", "run.py"))] == []
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in inside)


def test_it_runs_from_its_own_files(kcbx: Path, tmp_path: Path) -> None:
    code = "import kcbx_docs; print(kcbx_docs.__file__)"
    done = subprocess.run(
        [str(kcbx.with_name("python")), "-I", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(kcbx.parent.parent)
    assert run(kcbx, tmp_path, "--version").stdout.startswith("kcbx ")


def test_a_new_office_elsewhere_renders_a_case(kcbx: Path, tmp_path: Path) -> None:
    name = ("--name", "云岭县青石镇人民政府", "--kind", "乡镇人民政府", "--code", "青政")
    made = run(kcbx, tmp_path, "init", "镇政府", "--region", "530499", *name, "--yes")
    assert made.returncode == 0, made.stderr
    office = tmp_path / "镇政府"
    assert (office / "kcbx.yaml").is_file()
    shutil.copy(ROOT / "kcbx.yaml", office)
    shutil.copy(ROOT / "cases" / "到责令.yaml", office / "cases")
    done = run(
        kcbx, office, "render", "cases/到责令.yaml", "--format", "docx", "--as-of", "2026-10-08"
    )
    assert done.returncode == 0, done.stderr
    papers = sorted((office / "output").rglob("*.docx"))
    assert len(papers) >= 2
    assert all(zipfile.is_zipfile(paper) for paper in papers)


@pytest.mark.pdf
def test_elsewhere_too_a_pdf_is_printed(kcbx: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "kcbx.yaml", tmp_path)
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    one = ("--doc", "order-to-correct", "--format", "pdf", "--as-of", "2026-10-08")
    done = run(kcbx, tmp_path, "render", "cases/到责令.yaml", *one)
    assert done.returncode == 0, done.stderr
    papers = sorted((tmp_path / "output").rglob("*.pdf"))
    assert papers
    assert all(paper.read_bytes().startswith(b"%PDF-") for paper in papers)
