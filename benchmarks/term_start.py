"""Term start, beside the strongest use of every peer: python -m benchmarks.term_start --rounds 3.

Whole processes in turns; processor seconds are those of the system's own account (wait4, children
included), with the wall clock, the peak of memory and the bytes beside them. Peers get the words,
fonts and values ready made; ours reads the roster, checks, numbers, books and writes a manifest.
Node and the environment of the peers are made once:

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install plutoprint typst docxtpl
    npm install --prefix /tmp/peers/node easy-template-x docxtemplater pizzip
"""

import argparse
import datetime
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.run import machine
from benchmarks.term_data import DAY, ROOT, make_school, papers_of, write_data

SCRIPT, NODE = Path(__file__).with_name("term_peers.py"), Path(__file__).with_name("term_peers.js")
ALL = (60, 1000, 3000, 10000)
OURS = "kcbx"
LAUNCH = """
import json, os, sys, time
said, used, *command = sys.argv[1:]
began, out = time.perf_counter(), os.open(said, os.O_CREAT | os.O_WRONLY)
redirected = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
pid = os.posix_spawnp(command[0], command, os.environ, file_actions=redirected)
_, status, spent = os.wait4(pid, 0)
cpu, wall = spent.ru_utime + spent.ru_stime, time.perf_counter() - began
with open(used, "w") as file:
    json.dump([cpu, wall, spent.ru_maxrss / 1024], file)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""
"""A process is measured from a small one: the system counts the memory of who starts it, too."""


@dataclass(frozen=True)
class Method:
    """One way to make the papers: who, what is made, with what, and up to how many pupils."""

    name: str
    form: str
    words: str
    most: int = 10**9
    why: str = ""


METHODS = (
    Method("kcbx，整条命令，没有存下的版", "pdf", f"{OURS} pdf class cold"),
    Method("kcbx，整条命令，每班一个文件", "pdf", f"{OURS} pdf class"),
    Method("kcbx，整条命令，全校一个文件", "pdf", f"{OURS} pdf all"),
    Method("kcbx，只印（同一进程里已填好）", "pdf", "engine"),
    Method("WeasyPrint，每名学生一个文件", "pdf", "weasyprint-each", 60, "太慢，按人数推算"),
    Method("WeasyPrint，每班一个 HTML", "pdf", "weasyprint-class", 60, "太慢，按人数推算"),
    Method("Typst，一次编译全部", "pdf", "typst-all", 3000, "内存"),
    Method("Typst，每班编译一次", "pdf", "typst-class"),
    Method("PlutoPrint，一个 HTML", "pdf", "plutoprint-all", 3000, "比人数涨得快"),
    Method("PlutoPrint，每班一个 HTML", "pdf", "plutoprint-class"),
    Method("kcbx，整条命令，每班一个文件", "docx", f"{OURS} docx class"),
    Method("docxtpl，每份一个文件", "docx", "docxtpl-each", 1000, "太慢"),
    Method("docxtpl，每班一个循环", "docx", "docxtpl-class"),
    Method("easy-template-x，每班一个循环", "docx", "node easytemplatex"),
    Method("docxtemplater，每班一个循环", "docx", "node docxtemplater"),
)


@dataclass(frozen=True)
class Spent:
    """What one process took."""

    cpu: float
    wall: float
    megabytes: float
    kilobytes: float
    """The bytes that it made, for each pupil."""
    engine: float
    """Processor seconds within it, after imports, where it tells them."""


@dataclass
class Bench:
    """Where everything is."""

    scratch: Path
    peers: Path
    jobs: int
    skipped: dict[str, str] = field(default_factory=dict)

    def data(self, pupils: int) -> Path:
        """Return where the words and values for so many pupils are."""
        return self.scratch / f"data{pupils}"

    def school(self, pupils: int, kind: str) -> Path:
        """Return the office of so many pupils."""
        return self.scratch / f"school{pupils}-{kind}"

    def command(self, method: Method, pupils: int, out: Path) -> list[str]:
        """Return the command of a method."""
        who, *rest = method.words.split()
        if who == OURS:
            office = out.parent / "office"
            shutil.copytree(self.school(pupils, rest[1]), office)
            batch = office / "cases/开学告知.yaml"
            jobs = ["--jobs", str(self.jobs)] if self.jobs else []
            day = ["--as-of", DAY.isoformat(), "--format", rest[0], "--out", str(out), *jobs]
            return [sys.executable, "-m", "kcbx_docs", "render", str(batch), *day]
        if who == "engine":
            office = self.school(pupils, "class")
            return [sys.executable, "-m", "benchmarks.term_engine", str(office), str(out)]
        if who == "node":
            return ["node", str(NODE), rest[0], str(self.data(pupils)), str(out)]
        ours = who.startswith("weasyprint")
        python = sys.executable if ours else str(self.peers / "bin/python")
        return [python, str(SCRIPT), who, str(self.data(pupils)), str(out)]

    def without_plates(self, folder: Path) -> Path:
        """Make a cache folder in which nothing of an earlier run lies but the fonts."""
        plates = shutil.ignore_patterns("plates", "templates")
        return shutil.copytree(self.scratch / "cache", folder / "cache", ignore=plates)

    def missing(self, method: Method) -> str:
        """Say why a method cannot be measured here."""
        who = method.words.split()[0]
        if who == "node":
            ready = shutil.which("node") and (self.peers / "node/node_modules").is_dir()
            return "" if ready else "没有 node 或者没有装这两个库"
        if who in (OURS, "engine") or who.startswith("weasyprint"):
            return ""
        python = self.peers / "bin/python"
        if not python.exists():
            return f"没有 {python}"
        found = subprocess.run(
            [python, "-c", f"import {who.partition('-')[0]}"], capture_output=True
        )
        return "" if found.returncode == 0 else "没有装"

    def run(self, method: Method, pupils: int) -> Spent | None:
        """Run a method once; nothing, and a reason kept, where it fails."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            out = Path(folder) / "out"
            command = self.command(method, pupils, out)
            out.mkdir()
            modules = str(self.peers / "node/node_modules")
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "NODE_PATH": modules}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            if method.words.endswith("cold"):
                environment["KCBX_CACHE"] = str(self.without_plates(Path(folder)))
            said, used = Path(folder) / "said", Path(folder) / "used"
            launched = [sys.executable, "-ISc", LAUNCH, str(said), str(used), *command]
            done = subprocess.run(launched, env=environment)
            text = said.read_text("utf-8", "replace")
            if done.returncode:
                self.skipped[method.name] = text.strip()[-200:].replace("\n", " ")
                return None
            made = [path for path in out.rglob("*") if path.suffix == f".{method.form}"]
            size = sum(path.stat().st_size for path in made) / 1024 / pupils
            cpu, wall, megabytes = json.loads(used.read_text())
            return Spent(cpu, wall, megabytes, size, _engine(text))


def _engine(text: str) -> float:
    for line in reversed(text.splitlines()):
        if line.startswith("{"):
            return float(json.loads(line)["engine"])
    return 0.0


def prepare(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """Make the schools and the data of the peers, once, before anything is measured."""
    for pupils in sizes:
        for kind in ("class", "all"):
            batch = make_school(bench.school(pupils, kind), pupils, by_class=kind == "class")
        ready = write_data(papers_of(batch), bench.data(pupils))
        told = [bench.peers / "bin/python", SCRIPT, "loops-all", bench.data(pupils), bench.scratch]
        if told[0].exists():
            subprocess.run(told, check=False)
        yield f"{pupils} 名：{ready} 名的文书用语相同，给同行"


def _few(bench: Bench) -> Path:
    """Return a small school, whatever sizes are measured: a thousand pupils laid out whole and
    compared pixel by pixel take minutes, and prove no more.
    """
    office = bench.school(min(ALL), "class")
    if not office.exists():
        make_school(office, min(ALL))
    return office


def measure(
    bench: Bench, sizes: Sequence[int], rounds: int, forms: Sequence[str]
) -> dict[tuple[Method, int], list[Spent]]:
    """Run all methods in turns; large schools once."""
    spent: dict[tuple[Method, int], list[Spent]] = {}
    chosen = [method for method in METHODS if method.form in forms]
    for method in chosen:
        if why := bench.missing(method):
            bench.skipped[method.name] = why
    for pupils in sizes:
        for method in chosen:
            if method.words.split()[0] in (OURS, "engine") and "cold" not in method.words:
                bench.run(method, pupils)  # its plates are kept from then on
        for number in range(rounds if pupils <= 1000 else 1):
            for method in chosen:
                if pupils > method.most or method.name in bench.skipped:
                    continue
                if one := bench.run(method, pupils):
                    spent.setdefault((method, pupils), []).append(one)
                    print(
                        f"{pupils:6} {number + 1} {one.cpu:8.2f} s  {method.form}  {method.name}",
                        flush=True,
                    )
    return spent


def report(spent: dict[tuple[Method, int], list[Spent]], bench: Bench, pixels: str) -> str:
    """Write the results as markdown."""
    lines = [
        f"# 开学：和同行相比，{datetime.date.today():%Y-%m-%d}",
        "",
        "处理器秒数是整个进程的（连同子进程），取中位数；「引擎」是进程自己报的、读完数据以后的秒数。",
        "同行拿到现成的文字、字体和数值，不画二维码，不核对；kcbx 从读名册到写清单全部在内。",
        "",
        "| 人数 | 格式 | 方法 | 处理器秒 | 引擎 | 钟表秒 | 内存 MB | 每名 KB | kcbx 的几倍 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for (method, pupils), runs in sorted(
        spent.items(), key=lambda one: (one[0][1], one[0][0].form)
    ):
        ours = spent.get((_ours(method.form), pupils), [])
        lines.append(_line(method, pupils, runs, ours))
    lines += ["", *(f"- 没有测：{name}，{why}" for name, why in bench.skipped.items())]
    lines += [f"- {pixels}", *machine()]
    return "\n".join(lines) + "\n"


def _ours(form: str) -> Method:
    return next(method for method in METHODS if method.words == f"{OURS} {form} class")


def _line(method: Method, pupils: int, runs: Sequence[Spent], ours: Sequence[Spent]) -> str:
    middle = {
        name: statistics.median(getattr(run, name) for run in runs)
        for name in ("cpu", "wall", "megabytes", "kilobytes", "engine")
    }
    ratios = [run.cpu / own.cpu for run, own in zip(runs, ours, strict=False)]
    engine = f"{middle['engine']:.2f}" if middle["engine"] else ""
    ratio = f"{statistics.median(ratios):.2f}" if ratios else ""
    figures = (
        f"{middle['cpu']:.2f} | {engine} | {middle['wall']:.2f} | {middle['megabytes']:.0f}"
        f" | {middle['kilobytes']:.2f} | {ratio}"
    )
    return f"| {pupils} | {method.form} | {method.name} | {figures} |"


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description="开学时几千名学生的文书，和同行相比")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--pupils", default=",".join(map(str, ALL)))
    options.add_argument("--format", default="pdf,docx")
    options.add_argument("--peers", type=Path, default=Path("/tmp/peers"))
    options.add_argument("--jobs", type=int, default=0, help="交给 kcbx render --jobs；0 就不写")
    options.add_argument("--out", type=Path, default=ROOT / "benchmarks/results")
    chosen = options.parse_args()
    sizes = [int(word) for word in chosen.pupils.split(",")]
    from benchmarks.term_engine import compared

    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), chosen.peers.absolute(), chosen.jobs)
        os.environ["KCBX_CACHE"] = str(bench.scratch / "cache")
        for told in prepare(bench, sizes):
            print(told, flush=True)
        pixels = compared(_few(bench))
        print(pixels, flush=True)
        spent = measure(bench, sizes, chosen.rounds, chosen.format.split(","))
        text = report(spent, bench, pixels)
    chosen.out.mkdir(exist_ok=True)
    path = chosen.out / f"{datetime.date.today():%Y-%m-%d}-开学.md"
    path.write_text(text, "utf-8")
    print(f"{text}\n结果写在 {path}")


if __name__ == "__main__":
    main()
