"""A PostgreSQL of the tests' own: started by nobody special, reached by a socket in a folder.

``python -m tests.ledger.server benchmarks.kills --kills 1000`` runs a benchmark on one.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ABSENT = "没有 PostgreSQL（apt install postgresql），共用台账的测试没有运行"
_OWNER = "postgres"


def programs() -> Path | None:
    """Find the folder of PostgreSQL's programs, the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    other = shutil.which("initdb")
    return Path(other).parent if other else None


def _version(path: Path) -> int:
    name = path.parts[-3]
    return int(name) if name.isdigit() else 0


def as_nobody_special() -> list[str] | None:
    """Return the words before a command that PostgreSQL runs as; it refuses root."""
    if os.geteuid():
        return []
    known = shutil.which("runuser") and subprocess.run(["id", _OWNER], capture_output=True)
    return ["runuser", "-u", _OWNER, "--"] if known and not known.returncode else None


@contextmanager
def running(*, careful: bool = False) -> Iterator[str | None]:
    """Start a server; give the address of its folder, or nothing where there is none.

    One that is ``careful`` waits for the disk, as in a county; tests need not.
    """
    folder, prefix = programs(), as_nobody_special()
    if folder is None or prefix is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="kcbx-pg-"))
    if prefix:
        shutil.chown(home, _OWNER)
    run = [*prefix, str(folder / "pg_ctl"), "-D", str(home / "data"), "-s"]
    try:
        setup = ["-o", "-A trust -U kcbx --no-sync -E UTF8 --no-locale"]
        subprocess.run([*run, "initdb", *setup], check=True, cwd="/", capture_output=True)
        settings = f"-k {home} -h '' -c max_connections=150 -c shared_buffers=16MB"
        settings += "" if careful else " -c fsync=off"
        log = ["-l", str(home / "log")]
        subprocess.run([*run, "start", "-w", *log, "-o", settings], check=True, cwd="/")
        yield f"postgresql://kcbx@/{{name}}?host={home}"
    finally:
        subprocess.run([*run, "stop", "-m", "immediate"], cwd="/", capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    with running(careful=True) as found:
        if found is None:
            sys.exit(ABSENT)
        command = [sys.executable, "-m", *sys.argv[1:], "--place", found.format(name="postgres")]
        code = subprocess.run(command).returncode
    sys.exit(code)
