"""How much processor time a command on one case takes, beside its libraries alone:
python -m benchmarks.one_case.

Ratios of one run, so that a slow or busy machine changes nothing; ``--against FOLDER`` compares
with another tree of this project too. The papers of the case, made and made once more, are told in
seconds.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASE = "cases/到责令.yaml"
COMMANDS = (("next", CASE, "--as-of", "2026-10-08"), ("check", CASE))
LIBRARIES = (
    "import click, yaml\nfrom pydantic import BaseModel\nclass One(BaseModel):\n    word: str\n"
)
FULL_SET = ("render", CASE, "--as-of", "2026-11-22", "--format", "pdf")
LIMIT = 4.0
"""Times of the libraries' own start: reading of law, packs and case included."""


def used(command: Sequence[str], tree: Path, compiled: Path) -> float:
    """Run a command in a tree of this project; return the processor seconds of user and system."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONPYCACHEPREFIX": str(compiled),  # compiled once, as in every installation
        "PYTHONDONTWRITEBYTECODE": "",
    }
    before = os.times()
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=tree, capture_output=True, check=False
    )
    after = os.times()
    if done.returncode not in (0, 1) or b"CLI001" in done.stderr:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    spent = after.children_user - before.children_user
    return spent + after.children_system - before.children_system


def full_set(compiled: Path, rounds: int) -> tuple[float, float]:
    """Return what the papers of a case take in an empty folder, and once more: medians; templates
    and fonts are known to this user, as after the first day.
    """
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            command = ("-m", "kcbx_docs", *FULL_SET, "--out", folder)
            found.append([used(command, ROOT, compiled) for _ in range(2)])
    first, second = map(statistics.median, zip(*found, strict=True))
    return first, second


def main() -> None:
    """Measure in turns and print the medians of the ratios; end with an error above the bar."""
    options = argparse.ArgumentParser(description="一个案件的命令用多少处理器时间")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--against", type=Path)
    chosen = options.parse_args()
    slow = False
    with tempfile.TemporaryDirectory() as name:
        compiled = Path(name)
        for words in COMMANDS:
            command = ("-m", "kcbx_docs", *words)
            rounds = []
            for _ in range(chosen.rounds + 1):
                ours = used(command, ROOT, compiled)
                alone = used(("-c", LIBRARIES), ROOT, compiled)
                other = used(command, chosen.against, compiled) if chosen.against else 0.0
                rounds.append((ours, ours / alone, ours / other if other else 0.0))
            seconds, times, beside = map(statistics.median, zip(*rounds[1:], strict=True))
            print(f"kcbx {words[0]:6} {seconds:.2f} s，是只载入程序库的 {times:.1f} 倍", end="")
            print(f"，是 {chosen.against} 的 {beside:.2f} 倍" if chosen.against else "")
            slow = slow or times > LIMIT
        print("全套 PDF（每轮在空文件夹里）：")
        first, second = full_set(compiled, chosen.rounds)
        print(f"  第一次 {first:.2f} s，再一次 {second:.2f} s")
    if slow:
        raise SystemExit(f"超过了 {LIMIT} 倍。")


if __name__ == "__main__":
    main()
