"""Measure in one run, warm, in paired rounds; print the medians as a table and keep them:
python -m benchmarks.run.
"""

import argparse
import datetime
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers import engine, plain_docxtpl, plain_weasyprint
from kcbx_docs.case.files import load_file
from kcbx_docs.filing.render import render_file
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.make import Made, make_all, to_docx
from kcbx_docs.papers.pdf_press import lay_out
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.problems import raise_errors
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.native import missing_for_pdf, pango_version

ROOT = Path(__file__).parents[1]
CASE, BATCH = ROOT / "cases" / "到责令.yaml", ROOT / "cases" / "开学告知.yaml"
DAY = datetime.date(2026, 10, 15)
Work = Callable[[], object]


@dataclass(frozen=True)
class Pair:
    """One comparison: what is made, by us and by a peer, and how many documents that are."""

    what: str
    ours: Work
    peer_name: str
    peer: Work
    documents: int


@dataclass(frozen=True)
class Result:
    """Medians of seconds, and of the ratios of each round."""

    pair: Pair
    ours: float
    peer: float
    ratio: float


def measure(pair: Pair, rounds: int) -> Result:
    """Run both in turns after one run of ours; peers keep nothing from one document to the next."""
    pair.ours()
    times = [(_seconds(pair.ours), _seconds(pair.peer)) for _ in range(rounds)]
    ratios = [peer / ours for ours, peer in times]
    return Result(
        pair, *(statistics.median(column) for column in (*zip(*times, strict=True), ratios))
    )


def _seconds(work: Work) -> float:
    """Measure the processor time of this process:
    other work on the machine must not blur a ratio.
    """
    start = time.process_time()
    work()
    return time.process_time() - start


def papers_of_case() -> tuple[Made, ...]:
    """Make the full set of the sample case."""
    office = open_office(CASE)
    loaded, found = load_file(CASE, DAY, office.workspace)
    raise_errors(found)
    assert loaded is not None
    papers, found = plan_case(Desk(office, office.docket(loaded), DAY))
    raise_errors(found)
    return make_all(papers, office.library.registry)[0]


def pairs(scratch: Path, forms: Sequence[str]) -> Iterator[Pair]:
    """List all comparisons."""
    case = papers_of_case()
    batch = render_file(BATCH, Wanted(DAY, formats=("docx",)), scratch / "warm").made
    if "docx" in forms:
        yield from _word_pairs(case, batch, scratch)
    if "pdf" in forms:
        yield from _pdf_pairs(case, batch, scratch, find_fonts())


def _word_pairs(case: Sequence[Made], batch: Sequence[Made], scratch: Path) -> Iterator[Pair]:
    peer = plain_docxtpl([*case, *batch], scratch)
    registry = open_office(CASE).library.registry

    def one_case() -> None:
        made, _ = make_all([one.paper for one in case], registry)
        for one in made:
            to_docx(one)

    yield Pair(
        "案件全套 DOCX（填写、核对、逐字比对）",
        one_case,
        "docxtpl",
        partial(_all, peer, case),
        len(case),
    )
    yield Pair(
        "案件全套 DOCX（整条命令）",
        lambda: render_file(CASE, Wanted(DAY, formats=("docx",)), scratch / "案"),
        "docxtpl",
        partial(_all, peer, case),
        len(case),
    )
    yield Pair(
        "名册 60 人 DOCX（只填写）",
        partial(_all, engine, batch),
        "docxtpl",
        partial(_all, peer, batch),
        len(batch),
    )
    yield Pair(
        "名册 60 人 DOCX（整条命令：名册、核对、打印文件）",
        lambda: render_file(BATCH, Wanted(DAY, formats=("docx",)), scratch / "批"),
        "docxtpl",
        partial(_all, peer, batch),
        len(batch),
    )


def _pdf_pairs(
    case: Sequence[Made], batch: Sequence[Made], scratch: Path, fonts: FontSet
) -> Iterator[Pair]:
    peers = (
        ("WeasyPrint，字体同样从文件", plain_weasyprint(fonts, installed=False)),
        ("WeasyPrint，字体由系统给", plain_weasyprint(fonts, installed=True)),
    )
    for name, peer in peers:
        yield Pair(
            "案件全套 PDF（每份一个文件）",
            lambda: [lay_out([one], fonts, title=one.paper.title) for one in case],
            name,
            partial(_all, peer, case),
            len(case),
        )
    for name, peer in peers:
        yield Pair(
            "名册 60 人 PDF（整条命令）",
            lambda: render_file(BATCH, Wanted(DAY, formats=("pdf",)), scratch / "批"),
            name,
            partial(_all, peer, batch),
            len(batch),
        )


def _all(work: Callable[[Made], object], made: Sequence[Made]) -> None:
    for one in made:
        work(one)


def report(results: Sequence[Result], rounds: int) -> str:
    """Write the results as markdown."""
    lines = [
        f"# 速度对比，{datetime.date.today():%Y-%m-%d}",
        "",
        f"同一次运行里交替测 {rounds} 轮，先预热；处理器秒数和倍数各取中位数。"
        "倍数大于 1 表示我们更快。",
        "",
        "| 做什么 | 份数 | 我们（秒） | 同行 | 同行（秒） | 倍数 |",
        "|---|---|---|---|---|---|",
        *(
            f"| {r.pair.what} | {r.pair.documents} | {r.ours:.3f} "
            f"| {r.pair.peer_name} | {r.peer:.3f} | {r.ratio:.1f} |"
            for r in results
        ),
        "",
        *machine(),
    ]
    return "\n".join(lines) + "\n"


def machine() -> Iterator[str]:
    """Describe the machine and the versions."""
    names = ("docxtpl", "weasyprint", "jinja2", "lxml", "pydyf", "fonttools")
    system = f"{platform.system()} {platform.release()}"
    python = platform.python_version()
    yield f"- {system}，{_processor()}，{os.cpu_count()} 核，Python {python}"
    yield f"- 测时系统负载 {os.getloadavg()[0]:.1f}"
    yield "- " + "，".join(f"{name} {version(name)}" for name in names)
    if not missing_for_pdf():
        yield f"- Pango {pango_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description="与 docxtpl、WeasyPrint 的速度对比")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--format", default="docx,pdf")
    options.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results")
    chosen = options.parse_args()
    forms = [form for form in chosen.format.split(",") if form != "pdf" or not missing_for_pdf()]
    with tempfile.TemporaryDirectory() as scratch:
        results = []
        for pair in pairs(Path(scratch), forms):
            results.append(measure(pair, chosen.rounds))
            print(f"{results[-1].ratio:6.1f} ×  {pair.what}  （{pair.peer_name}）", flush=True)
    chosen.out.mkdir(exist_ok=True)
    path = chosen.out / f"{datetime.date.today():%Y-%m-%d}-{'-'.join(forms)}.md"
    path.write_text(report(results, chosen.rounds), "utf-8")
    print(f"结果写在 {path}")


if __name__ == "__main__":
    main()
