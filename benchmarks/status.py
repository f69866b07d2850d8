"""How long ``kcbx status`` and ``kcbx next`` take over thousands of cases:
python -m benchmarks.status [number].
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from kcbx_docs.reading import read_yaml

ROOT = Path(__file__).parents[1]
OFFICE = ROOT / "cases" / "阶梯示例"
SAMPLES = ("申请强制执行", "民事起诉", "返校结案")
DAY = "2026-12-01"
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
COMMANDS = (("status",), ("status", "--json"), ("deadlines",), ("next",), ("next", "--json"))


def make_cases(folder: Path, number: int) -> None:
    """Copy the sample office with many cases:
    each a sample as it stood after some of its events.
    """
    (folder / "cases").mkdir(parents=True)
    (folder / "templates").mkdir()
    for name in ("kcbx.yaml", "templates/pack.yaml"):
        (folder / name).write_bytes((OFFICE / name).read_bytes())
    told = [read_yaml(OFFICE / "cases" / f"{name}.yaml")[0].data for name in SAMPLES]
    for count in range(number):
        sample: dict[str, Any] = told[count % len(told)]
        history = sorted(sample["经过"], key=lambda event: event["日期"])
        known = history[: 1 + count // len(told) % len(history)]
        data = {**sample, "编号": f"2026-{count:05d}", "经过": known}
        text = yaml.dump(data, allow_unicode=True, sort_keys=False, width=200, Dumper=DUMPER)
        (folder / "cases" / f"{count:05d}.yaml").write_text(text, "utf-8")


def measure(folder: Path, words: tuple[str, ...]) -> tuple[float, float]:
    """Run a command as a user does; return seconds on the clock and of all processors."""
    command = [sys.executable, "-m", "kcbx_docs", words[0], "cases", "--as-of", DAY, *words[1:]]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    seconds, after = time.perf_counter() - start, os.times()
    if done.returncode not in (0, 1) or b"CLI001" in done.stderr or not done.stdout:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    used = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return seconds, used


def main() -> None:
    """Make the cases and print what each command takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=5000)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        folder.mkdir()
        make_cases(folder, number)
        size = sum(path.stat().st_size for path in (folder / "cases").iterdir()) / number
        print(f"{number} 个案件，平均 {size / 1000:.1f} KB，{os.cpu_count()} 个处理器")
        for words in COMMANDS:
            seconds, used = measure(folder, words)
            print(
                f"kcbx {' '.join(words):18} {seconds:6.2f} s，"
                f"每件 {seconds / number * 1000:5.2f} ms（处理器共 {used:.2f} s）"
            )


if __name__ == "__main__":
    main()
