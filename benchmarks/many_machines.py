"""Print files made by a real cluster of two processes are those that one process makes, byte for
byte: python -m benchmarks.many_machines.

The school is printed here first, so that its ledger knows every serial; the cluster then prints a
copy of the whole office, ledger included, into an empty folder.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.term_data import DAY, ROOT, make_school

CLUSTER = """
import os, sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    folder = sys.argv[1]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None,
                      local_directory=folder) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""
FORMATS = ("pdf", "docx")


def printed(office: Path, out: Path, *more: str) -> dict[str, str]:
    """Print the batch of an office; return the hash of each print file."""
    told = ["--as-of", DAY.isoformat(), "--out", str(out)]
    told += ["--format", ",".join(FORMATS)]
    batch = str(office / "cases/开学告知.yaml")
    command = [sys.executable, "-m", "kcbx_docs", "render", batch, *told, *more]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True)
    if done.returncode:
        raise SystemExit(f"没有印成：{' '.join(command)}")
    made = [path for path in out.rglob("*") if path.suffix.removeprefix(".") in FORMATS]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(made)}


def main() -> None:
    """Print here and on the cluster, and compare."""
    options = argparse.ArgumentParser(description="几台电脑印的，和一台印的逐字节相同")
    options.add_argument("--pupils", type=int, default=120)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_school(folder / "here", chosen.pupils, by_class=True)
        here = printed(folder / "here", folder / "out-here")
        shutil.copytree(folder / "here", folder / "there")
        script = folder / "cluster.py"
        script.write_text(CLUSTER, "utf-8")
        with subprocess.Popen(
            [sys.executable, str(script), str(folder / "dask")],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as cluster:
            assert cluster.stdout is not None
            address = cluster.stdout.readline().strip()
            there = printed(folder / "there", folder / "out-there", "--executor", f"dask={address}")
            assert cluster.stdin is not None
            cluster.stdin.close()
    other = [name for name in here.keys() | there.keys() if here.get(name) != there.get(name)]
    for form in FORMATS:
        print(f"{form}：{sum(name.endswith(form) for name in here)} 个文件")
    if other:
        raise SystemExit(f"不同的：{'、'.join(sorted(other))}")
    print("集群印的和这一台印的逐字节相同。")


if __name__ == "__main__":
    main()
