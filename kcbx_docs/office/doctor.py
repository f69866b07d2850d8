"""What this machine can do: the facts that ``kcbx doctor`` shows, each with what to do about it."""

import platform
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from kcbx_docs import __version__
from kcbx_docs.law.calendar import load_calendar
from kcbx_docs.law.registry import load_registry
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import LOCAL, find_packs, read_pack, shipped_root
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.render import native
from kcbx_docs.render.fonts import RARE_NAMES, ROLES, FontSet, RoleReport, find_fonts

State = Literal["ok", "warning", "missing"]
GB2312_SIZE = 6763
HAN_SIZE = 0x5200


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its state, what was found, and what to do."""

    name: str
    state: State
    text: str
    advice: str = ""


def collect(
    today: date, fonts: FontSet | None = None, workspace: Path | None = None
) -> tuple[Check, ...]:
    """Look at the program, PDF, fonts, packs, law and calendar; what is missing raises nothing."""
    return (
        _python(),
        _program(),
        _pdf(),
        *_fonts(fonts or find_fonts()),
        _packs(),
        *_own_packs(workspace),
        _law(),
        _calendar(today),
        _ledger(),
        _scans(),
    )


def _python() -> Check:
    state: State = "ok" if sys.version_info >= (3, 11) else "missing"
    machine = f"{platform.system()} {platform.machine()}"
    return Check("Python", state, f"{platform.python_version()}（{machine}）")


def _program() -> Check:
    return Check("kcbx", "ok", __version__)


def _pdf() -> Check:
    try:
        weasyprint = native.load_weasyprint()
    except UserError as error:
        (found,) = error.problems
        return Check("PDF", "missing", found.message, found.hint)
    text = f"WeasyPrint {weasyprint.__version__}，Pango {native.pango_version()}"
    return Check("PDF", "ok", text)


def _fonts(fonts: FontSet) -> Iterator[Check]:
    for line in fonts.report():
        name = f"字体：{line.role}"
        yield _present(name, line) if line.fonts else _absent(name, line, fonts)


def _absent(name: str, line: RoleReport, fonts: FontSet) -> Check:
    advice = f"请安装 {ROLES[line.role].install}。DOCX 仍写 {line.docx}。"
    if not fonts.last_resort:
        return Check(name, "missing", "没有找到", advice)
    text = f"没有找到；PDF 以 {fonts.last_resort[0].family} 代替"
    return Check(name, "warning", text, advice)


def _present(name: str, line: RoleReport) -> Check:
    files = "、".join(font.path.name for font in line.fonts)
    text = f"{files}；{coverage(line)}"
    if line.rare_missing:
        lacks = "、".join(f"{char}（U+{ord(char):04X}）" for char in line.rare_missing)
        advice = f"姓名用字 {lacks} 画不出，请安装 fonts-noto-cjk 和 fonts-hanazono。"
        return Check(name, "warning", text, advice)
    return Check(name, "warning" if line.gb2312_missing else "ok", text)


def coverage(line: RoleReport) -> str:
    """Tell in words what the fonts of a role draw."""
    level, rare = "国标字全", "生僻姓名用字全"
    if line.gb2312_missing:
        level = f"国标字缺 {line.gb2312_missing} 个（共 {GB2312_SIZE}）"
    if line.rare_missing:
        rare = f"生僻姓名用字缺 {len(line.rare_missing)}/{len(RARE_NAMES)}"
    return f"{level}，基本汉字 {line.han_drawn}/{HAN_SIZE}，{rare}"


def _packs() -> Check:
    packs, problems = find_packs((shipped_root(),))
    if not packs:
        return Check("模板包", "missing", "没有找到随程序安装的模板包", "请重新安装 kcbx。")
    return _with("模板包", f"{len(packs)} 个：{'、'.join(sorted(packs))}", problems)


def _own_packs(workspace: Path | None) -> Iterator[Check]:
    """Look at the packs of the workspace, which stand upon the shipped ones."""
    own = workspace / "templates" if workspace else None
    if own is None or not own.is_dir() or own.resolve() == shipped_root().resolve():
        return
    packs, problems = find_packs((own,))
    local, faults = read_pack(own, LOCAL) if (own / "pack.yaml").is_file() else (None, ())
    names = [*sorted(packs), *([LOCAL] if local else [])]
    if names or problems or faults:
        said = f"{len(names)} 个：{'、'.join(names)}"
        yield _with("工作目录的模板包", said, (*problems, *faults))


def _law() -> Check:
    registry, problems = load_registry()
    days = "；".join(f"{level} {day}" for level, day in registry.checked.items())
    return _with("法律依据", f"{len(registry.statutes)} 部，核对至 {days}", problems)


def _calendar(today: date) -> Check:
    calendar, problems = load_calendar()
    absent = [year for year in (today.year, today.year + 1) if not calendar.has(year)]
    if problems or not absent:
        return _with("工作日历", f"{today.year}、{today.year + 1} 年齐全", problems)
    years = "、".join(map(str, absent))
    advice = "国务院办公厅的放假通知公布后请更新；在此之前，算到这些年份的工作日期限会被拒绝。"
    return Check("工作日历", "warning", f"缺少 {years} 年", advice)


def _ledger() -> Check:
    """Name the engine under the ledger; WAL would need one that is newer than most offices have."""
    import sqlite3

    text = f"SQLite {sqlite3.sqlite_version}，回滚日志，每次登记写到磁盘才算数"
    if find_spec("psycopg") is None:
        return Check("台账", "ok", f"{text}；没有装 PostgreSQL 的连接程序（全县共用时才要）")
    return Check("台账", "ok", f"{text}；可以连 PostgreSQL")


def _scans() -> Check:
    """Name what photographs and scans can be read; without it codes are typed from the paper."""
    wanted = {"zxingcpp": ("二维码", "scan"), "pi_heif": ("HEIC 照片", "heic")}
    lacking = [told for module, told in wanted.items() if find_spec(module) is None]
    read = "、".join(name for name, _ in wanted.values() if name not in dict(lacking))
    if not lacking:
        return Check("扫描件", "ok", f"能读{read}")
    advice = "、".join(f"读{name}的：pip install 'kcbx-docs[{extra}]'" for name, extra in lacking)
    return Check("扫描件", "ok", f"能读{read or '一般照片'}；{advice}（要核对扫描件时才要）")


def _with(name: str, text: str, problems: Problems) -> Check:
    if not problems:
        return Check(name, "ok", text)
    return Check(name, "warning", f"{text}；有 {len(problems)} 处问题", str(problems[0]))
