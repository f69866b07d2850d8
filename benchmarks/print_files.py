"""Print files beside the strongest peers: whole processes, the product's own words and roster.

``python -m benchmarks.print_files BATCH.yaml --peers PYTHON`` fills the batch once, writes what
each engine needs (papers for ours, HTML and CSS for PlutoPrint and WeasyPrint, data and a template
for Typst) and runs each in a process of its own, in turns. PYTHON is one with plutoprint and typst.
"""

import argparse
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from kcbx_docs.batch.asked import EVERYBODY
from kcbx_docs.batch.plan import pupil_papers
from kcbx_docs.batch.preflight import fill_papers
from kcbx_docs.batch.run import prepare, tasks_of, unnumbered
from kcbx_docs.case.files import load_file
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.make import Made
from kcbx_docs.problems import Place
from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.fonts import find_fonts
from kcbx_docs.render.html import to_html

OURS = """
import gc, pickle, sys
gc.set_threshold(100_000, 50, 50)  # as the command does
from functools import partial
from kcbx_docs.render.composing import Alike, Composer
from kcbx_docs.render.fonts import find_fonts
from kcbx_docs.render.pdf import Body
from kcbx_docs.render.printfile import About, print_papers
from kcbx_docs.render.styles import LAYOUTS
kinds, papers = pickle.load(open(sys.argv[1], "rb"))
def body(static, values, label):
    common, layout, title, day, limit = kinds[static]
    return Body(common.tree(values), LAYOUTS[layout], title, day, "", limit, label, "", label)
alike = [Alike(s, s, v, label, label, partial(body, s, v, label)) for s, v, label in papers]
printed, found = print_papers(alike, find_fonts(), About("", ""), Composer())
assert printed, found
open(sys.argv[2], "wb").write(printed.data)
"""
PLUTO = """
import sys, plutoprint
book = plutoprint.Book(plutoprint.PAGE_SIZE_A4)
book.load_html(open(sys.argv[1]).read())
book.write_to_pdf(sys.argv[2])
"""
WEASY = """
import sys, weasyprint
weasyprint.HTML(string=open(sys.argv[1]).read()).write_pdf(sys.argv[2])
"""
TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], root="/")
"""
TYPST_TEMPLATE = """
#set page(paper: "a4", margin: 2.2cm)
#set text(font: ("FandolFang R", "FandolFang", "LXGW WenKai"), size: 14pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 6pt, spacing: 6pt)
#let papers = json("%s")
#for (place, paper) in papers.enumerate() {
  if place > 0 { pagebreak() }
  for line in paper { par(line) }
}
"""


def made_papers(path: Path) -> list[Made]:
    """Fill every paper of every pupil of a batch."""
    office = open_office(path)
    loaded, _ = load_file(path, date(2026, 9, 1), office.workspace)
    run = prepare(office, loaded, Wanted(date(2026, 9, 1), formats=("docx",)), EVERYBODY)
    tasks = tasks_of(run, unnumbered(run), False)
    desk, chosen = run.bench.desk, run.bench.chosen
    filled = (
        fill_papers([pupil_papers(desk, chosen, who) for who in task.pupils], run.bench.forms)
        for task in tasks
    )
    return list(chain.from_iterable(pupil.made for one in filled for pupil in one.made))


def write_inputs(made: Sequence[Made], folder: Path) -> None:
    """Write what each engine is given."""
    kinds, papers, pages, lines = {}, [], [], []
    fonts, sheet = find_fonts(), ""
    for one in made:
        filled, flat = one.filled, one.paper.flat
        if filled.static not in kinds:
            facts = (flat.front.layout, one.paper.title, one.paper.day, flat.front.page_limit)
            kinds[filled.static] = (filled.common, *facts)
        papers.append((filled.static, filled.values, one.paper.label))
        page, _ = to_html(filled.root, one.layout, Place(""))
        assert page is not None
        pages.append(f'<div style="break-before: page">{page.html}</div>')
        sheet = sheet or stylesheet(one.layout, fonts.stack)
        lines.append([node for node in filled.root.text().split("\n") if node.strip()])
    (folder / "ours").write_bytes(pickle.dumps((kinds, papers)))
    style = fonts.css() + sheet
    html = f'<!DOCTYPE html><html lang="zh-CN"><style>{style}</style>{"".join(pages)}'
    (folder / "all.html").write_text(html, "utf-8")
    (folder / "data.json").write_text(json.dumps(lines, ensure_ascii=False), "utf-8")
    (folder / "all.typ").write_text(TYPST_TEMPLATE % (folder / "data.json"), "utf-8")


def measure(command: Sequence[str]) -> tuple[float, float, int]:
    """Run a command and return its processor seconds, its wall seconds and its peak in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    wall = time.perf_counter() - start
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch", type=Path)
    parser.add_argument("--peers", default="")
    parser.add_argument("--fonts", default="/usr/share")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--weasyprint", action="store_true", help="one HTML of all: takes minutes")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = made_papers(wanted.batch)
        write_inputs(made, folder)
        commands = {"ours": [sys.executable, "-c", OURS, str(folder / "ours")]}
        if wanted.peers:
            commands["PlutoPrint"] = [wanted.peers, "-c", PLUTO, str(folder / "all.html")]
            commands["Typst"] = [wanted.peers, "-c", TYPST, str(folder / "all.typ")]
        if wanted.weasyprint:
            commands["WeasyPrint"] = [sys.executable, "-c", WEASY, str(folder / "all.html")]
        found: dict[str, list[tuple[float, float, int]]] = {one: [] for one in commands}
        for _ in range(wanted.rounds):
            for engine, command in commands.items():
                out = str(folder / f"{engine}.pdf")
                found[engine].append(measure([*command, out, wanted.fonts]))
        print(f"{len(made)} papers, load {os.getloadavg()[0]:.1f}")
        for engine, rounds in found.items():
            cpu, wall, peak = (statistics.median(one) for one in zip(*rounds, strict=True))
            size = (folder / f"{engine}.pdf").stat().st_size / 1024
            print(f"{engine:12} {cpu:7.2f} s cpu {wall:7.2f} s wall {peak:6.0f} MB {size:8.0f} KB")


if __name__ == "__main__":
    main()
