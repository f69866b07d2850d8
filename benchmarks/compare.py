"""How long ``kcbx compare`` takes for a county: python -m benchmarks.compare --children 100000.

Each of three lists holds about all the children, the fourth a tenth of them; processor seconds and
memory are those of the whole command.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from kcbx_docs.case.ids import resident_check_digit

ROOT = Path(__file__).parents[1]
FIRST, DAYS, DAY = date(2009, 9, 1), 4_000, "2026-11-28"
SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平",
)


def people(count: int) -> list[tuple[str, str, str]]:
    """Invent children: name, number, day of birth."""
    draw = random.Random(7)
    made = []
    for number in range(count):
        born = FIRST + timedelta(days=number % DAYS)
        stem = f"530102{born:%Y%m%d}{100 + number // DAYS:03d}"
        name = draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)
        made.append((name, stem + resident_check_digit(stem), born.isoformat()))
    return made


def write(path: Path, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a list as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in (heads, *rows):
        sheet.append(row)
    book.save(path)


def make_lists(folder: Path, count: int) -> None:
    """Write the four lists; every fiftieth child is on no roll, every 33rd is not at school."""
    children = people(count)
    own = ("性别", "户籍地址", "户主")
    household = [(*one, "男", f"白沙镇白沙村{at % 20}组", "某") for at, one in enumerate(children)]
    write(folder / "户籍.xlsx", ("姓名", "身份证号", "出生日期", *own), household)
    rolled = [one for at, one in enumerate(children) if at % 50]
    roll = [("青石中学", *one[:2], f"G{one[1]}", "七年级", "1班", "在读") for one in rolled]
    heads = ("学校名称", "姓名", "身份证件号", "学籍号", "年级", "班级", "学籍状态")
    write(folder / "学籍.xlsx", heads, roll)
    there = [one for at, one in enumerate(children) if at % 50 and at % 33]
    present = [("青石中学", *one[:2], "七年级", "1班") for one in there]
    write(folder / "在校.xlsx", ("学校名称", "姓名", "身份证号", "年级", "班级"), present)
    poor = [(*one[:2], "脱贫户") for one in children[::10]]
    write(folder / "脱贫.xlsx", ("姓名", "身份证号", "户类型"), poor)


def compared(folder: Path) -> tuple[float, float, int]:
    """Run the command; return seconds of the clock, of the processor, and megabytes."""
    kinds = {"household": "户籍", "roll": "学籍", "present": "在校", "poverty": "脱贫"}
    lists = [word for key, name in kinds.items() for word in (f"--{key}", f"{name}.xlsx")]
    command = [sys.executable, "-m", "kcbx_docs", "compare", *lists, "--out", "结果.xlsx"]
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "--as-of", DAY], cwd=folder, env=environment, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    return time.monotonic() - began, seconds, used.ru_maxrss // 1024


def main() -> None:
    """Make the lists, run the command, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_lists(Path(folder), given.children)
        clock, seconds, memory = compared(Path(folder))
    print(f"{given.children} 名孩子：{clock:.1f} 秒，处理器 {seconds:.1f} 秒，内存 {memory} MB")


if __name__ == "__main__":
    main()
