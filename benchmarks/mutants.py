"""Put small faults into a copy of the program, one at a time, and see whether the tests notice.

    python -m benchmarks.mutants                          # 100 faults in law, record, procedure,
    case
    python -m benchmarks.mutants --seed 7 --count 40 --folders law

By hand, not in CI: a hundred faults take some ten minutes on two free cores. What survives is
printed with its place and its difference; the last line is the share that was noticed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Queue

from benchmarks.mutations import Mutant, choose

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
FOLDERS = ("law", "record", "procedure", "case")
SEED = 20261127

COMMANDS = ("next", "status", "deadlines", "check", "check_history", "reason")
LEGAL = ("tests/office", "tests/papers", *(f"tests/cli/test_{name}.py" for name in COMMANDS))
PAGES = "tests/docs/test_generated.py"
STAGES = {
    "law": (("tests/law", PAGES), ("tests/procedure", "tests/cli/test_period.py"), LEGAL),
    "record": (("tests/record",), ("tests/procedure",), LEGAL),
    "procedure": (("tests/procedure",), ("tests/record",), LEGAL),
    "case": (
        ("tests/case", PAGES),
        ("tests/batch", "tests/procedure", "tests/record"),
        (*LEGAL, "tests/cli/test_new.py"),
    ),
}
"""Which tests look at a part of the program:
its own and quick ones first, the next only if those saw nothing.
"""
OTHERS = (("tests",),)
QUICK = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-m", "not pdf")


@dataclass(frozen=True)
class Outcome:
    """What became of one fault: which tests noticed it, "" if none, and how long that took."""

    mutant: Mutant
    by: str
    seconds: float


def main() -> None:
    """Choose the faults, try each on a copy of the tree, print what survived."""
    words = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="kcbx-mutants-") as name:
        original = _copy_of_the_tree(Path(name) / "original")
        mutants = choose(original, words.folders, words.count, words.seed)
        same_result = {(one["file"], one["before"], one["after"]) for one in excused()}
        tried = [m for m in mutants if _key(m, original) not in same_result]
        same = len(mutants) - len(tried)
        print(
            f"种子 {words.seed}：{len(mutants)} 处改动，其中 {same} 处登记为不改变结果", flush=True
        )
        if not words.unchecked:
            _check_the_tests(original, words)
        outcomes = list(_outcomes(tried, original, words))
        alive = [outcome.mutant for outcome in outcomes if not outcome.by]
        for mutant in alive:
            print(f"\n没有被发现：{_shown(mutant, original)}")
    killed = len(tried) - len(alive)
    share = killed / max(len(tried), 1)
    print(f"\n{killed}/{len(tried)} 处被发现（{share:.0%}）；连同登记的 {killed}/{len(mutants)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="变异测试：改坏一处，看测试是否发现")
    parser.add_argument("--folders", nargs="+", default=FOLDERS, help="kcbx_docs 下的文件夹")
    parser.add_argument("--count", type=int, default=100, help="改动的处数")
    parser.add_argument("--seed", type=int, default=SEED, help="种子相同，改动相同")
    parser.add_argument("--processes", type=int, default=2, help="同时运行几份")
    parser.add_argument("--unchecked", action="store_true", help="不先运行没有改动的测试")
    parser.add_argument("--limit", type=int, default=600, help="一组测试最多几秒，超过算作发现")
    return parser


def _check_the_tests(original: Path, words: argparse.Namespace) -> None:
    """Stop where tests fail without any fault: they would notice everything."""
    stages = [paths for part in words.folders for paths in STAGES.get(part, OTHERS)]
    paths = dict.fromkeys(path for stage in stages for path in stage if (original / path).exists())
    if by := _fails(original, list(paths), words.limit, "-n", str(words.processes)):
        sys.exit(f"没有改动时测试就不通过：{by}")


def _outcomes(
    mutants: Sequence[Mutant], original: Path, words: argparse.Namespace
) -> Iterator[Outcome]:
    """Try faults side by side, each process on a tree of its own, and tell each as it ends."""
    trees: Queue[Path] = Queue()
    for number in range(words.processes):
        trees.put(shutil.copytree(original, original.with_name(str(number))))
    try_one = partial(_try_one, trees=trees, limit=words.limit)
    with ThreadPoolExecutor(words.processes) as pool:
        for outcome in pool.map(try_one, mutants):
            place = _place(outcome.mutant, original)
            told = outcome.by or "没有被发现"
            print(f"{place}  {outcome.mutant.kind}  {told}  {outcome.seconds:.0f} 秒", flush=True)
            yield outcome


def _copy_of_the_tree(folder: Path) -> Path:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _try_one(mutant: Mutant, trees: "Queue[Path]", limit: int) -> Outcome:
    """Put one fault into a tree that is free, run the tests until some notice, mend the tree."""
    began, tree = time.monotonic(), trees.get()
    path = tree / mutant.path
    data = path.read_bytes()
    try:
        _replace(path, mutant.applied(data))
        by = _noticed_by(tree, mutant.path, limit)
    finally:
        _replace(path, data)
        trees.put(tree)
    return Outcome(mutant, by, time.monotonic() - began)


def _replace(path: Path, data: bytes) -> None:
    """Write a module; what was compiled of it before may look as young as the new text."""
    path.write_bytes(data)
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()


def _noticed_by(tree: Path, module: str, limit: int) -> str:
    """Return the first test that fails, or what else went wrong; "" if all tests pass."""
    part, name = module.split("/")[1], Path(module).name
    own = (f"tests/{part}/test_{name}",)
    for paths in (own, *STAGES.get(part, OTHERS)):
        known = [path for path in paths if (tree / path).exists()]
        if known and (by := _fails(tree, known, limit)):
            return by
    return ""


NO_TESTS = 5
"""What pytest returns where no test was left to run."""


def _fails(tree: Path, paths: Sequence[str], limit: int, *more: str) -> str:
    command = [sys.executable, "-m", "pytest", *QUICK, *more, *paths]
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "KCBX_NO_WEASYPRINT": "1"},
            capture_output=True,
            text=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return "超时"
    if done.returncode in (0, NO_TESTS):
        return ""  # a file whose tests are all switched off has noticed nothing
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines[0].split(" - ")[0] if lines else "测试无法开始"


def excused() -> list[dict[str, str]]:
    """List the faults that change nothing that anybody could see, with the reason."""
    entries: list[dict[str, str]] = tomllib.loads(EQUIVALENT.read_text("utf-8")).get("mutant", [])
    return entries


def _outdated(tree: Path) -> Iterator[dict[str, str]]:
    """Yield what is excused but stands in the program no more."""
    for one in excused():
        lines = [line.strip() for line in (tree / one["file"]).read_text("utf-8").splitlines()]
        if one["before"].splitlines()[0] not in lines:
            yield one


def _key(mutant: Mutant, tree: Path) -> tuple[str, str, str]:
    return (mutant.path, *mutant.lines((tree / mutant.path).read_bytes()))


def _place(mutant: Mutant, tree: Path) -> str:
    return f"{mutant.path}:{mutant.line((tree / mutant.path).read_bytes())}"


def _shown(mutant: Mutant, tree: Path) -> str:
    _, before, after = _key(mutant, tree)
    return f"{_place(mutant, tree)}（{mutant.kind}）\n  - {before}\n  + {after}"


if __name__ == "__main__":
    main()
