"""``kcbx compare``: 四查三比对, the lists of a county laid side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.comparing.findings import LISTS, Findings, SchoolAge
from kcbx_docs.comparing.findings import compare as compared
from kcbx_docs.comparing.people import KINDS, Kind, People, faults, read_people
from kcbx_docs.problems import Problem, UserError, errors, problem

if TYPE_CHECKING:
    from kcbx_docs.cli.new import ListedChild
    from kcbx_docs.comparing.children import Child

_PAIRS: Mapping[str, tuple[Kind, Kind]] = {
    LISTS[0]: ("户籍", "学籍"),
    LISTS[1]: ("学籍", "在校"),
    LISTS[2]: ("脱贫", "在校"),
}
_OPTIONS: Mapping[Kind, str] = {
    "户籍": "--household",
    "学籍": "--roll",
    "在校": "--present",
    "脱贫": "--poverty",
}
_CUTOFF = "入学年龄计算日"
_SITUATIONS = {LISTS[0]: "未入学"}


def _lists(kind: Kind, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    path = click.Path(path_type=Path)
    return click.option(_OPTIONS[kind], kind, type=path, multiple=True, metavar="名单", help=text)


@click.command(
    "compare",
    cls=Command,
    examples=(
        "kcbx compare --household 户籍.xlsx --roll 学籍.xlsx --present 在校.xlsx --out 比对.xlsx",
        "kcbx compare --present 一中.xlsx --present 二中.xlsx --poverty 脱贫.xlsx --out 比对.xlsx",
    ),
)
@_lists("户籍", "公安户籍里的适龄儿童少年名单；几个文件就写几次，下面几份也一样。")
@_lists("学籍", "学籍系统导出的名单。")
@_lists("在校", "各校实际在校的学生名单。")
@_lists("脱贫", "脱贫户、监测户家庭成员名单。")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="文件", help="结果写到哪里。"
)
@click.option("--leads", is_flag=True, help="把列入名单的孩子记成线索，核查以后再立案件。")
@click.option("--cases", is_flag=True, help="给列入名单的每名孩子写一个案件文件。")
@click.option("--full-ids", "open_ids", is_flag=True, help="写出完整的证件号码；不写就遮住中间。")
@options.as_of("按哪一天算学龄；不写就是今天。")
@options.as_json
def compare(
    out: Path,
    leads: bool,
    cases: bool,
    open_ids: bool,
    day: date,
    as_json: bool,
    **given: tuple[Path, ...],
) -> None:
    """四查三比对：户籍和学籍比出失学，学籍和在校比出辍学，在校和脱贫比出脱贫户辍学。

    先按身份证号认人；没有号码、号码不同的，按姓名和出生日期，再按姓名，
    都列在「存疑」里由人核对，不列入名单。每份名单的每一个人都有交代，
    见「核对账」。名单读 .xlsx、.xls、.et、.ods、.csv，列名不必统一。
    """
    from kcbx_docs.comparing.tables import tables_of
    from kcbx_docs.filing.registers import write_table
    from kcbx_docs.office.spreadsheet import workbook_of

    paths: dict[Kind, tuple[Path, ...]] = {kind: given[kind] for kind in KINDS if given[kind]}
    _refuse(paths, out)
    age = _school_age(day)
    lists = _read(paths, day, quiet=as_json)
    findings = compared(lists, age)
    told = (*faults(lists), *_said(lists, findings))
    write_table(out, workbook_of(tables_of(findings, lists, told, open_ids=open_ids)))
    if as_json:
        show.print_json(_data(findings, told, out))
    else:
        _show(findings, told, out)
    if leads:
        _write_leads(findings, lists, day)
    if cases:
        _write_cases(findings, lists, day)


def _refuse(paths: Mapping[Kind, Sequence[Path]], out: Path) -> None:
    """Stop before anything is read: nothing to compare, one file twice, a file in the way."""
    found: list[Problem] = []
    if not any(set(pair) <= paths.keys() for pair in _PAIRS.values()):
        found.append(problem("COMP010", given="、".join(paths) or "一份也没有，没有"))
    seen: dict[Path, Kind] = {}
    for kind, files in paths.items():
        for path in files:
            other = seen.setdefault(path.resolve(), kind)
            if other != kind:
                found.append(problem("COMP015", one=other, other=kind, path=path))
    if out.exists():
        found.append(problem("COMP014", path=out))
    try:
        import polars  # noqa: F401
    except ImportError as error:
        found.append(problem("COMP011", library=error.name or "polars"))
    if found:
        raise UserError(tuple(found))


def _school_age(day: date) -> SchoolAge:
    """Take ages from the registered law and the day of the year from the place's pack."""
    from kcbx_docs.procedure.checks.order import day_of_year

    library = where.library(None)
    law = library.registry
    written = str(library.chain.pack.values.get(_CUTOFF))
    days = [one for year in (day.year, day.year - 1) if (one := day_of_year(written, year))]
    cutoff = next((one for one in days if one <= day), day)
    figures = (law.figure(name) for name in ("school-age", "majority-age", "compulsory-years"))
    return SchoolAge(day, cutoff, *figures)


def _read(paths: Mapping[Kind, Sequence[Path]], day: date, *, quiet: bool) -> dict[Kind, People]:
    """Read the lists one after the other; what cannot be read at all stops everything."""
    lists: dict[Kind, People] = {}
    with options.spinning(quiet=quiet) as progress:
        for kind, files in paths.items():
            lists[kind] = read_people(kind, files, day, progress)
    bad = errors(faults(lists))
    if bad:
        raise UserError(bad)
    return lists


def _said(lists: Mapping[Kind, People], findings: Findings) -> Sequence[Problem]:
    """Say what could not be compared, and which lists tell people apart by name only."""
    said: list[Problem] = []
    for name, pair in _PAIRS.items():
        if name not in findings.lists:
            missing = "、".join(kind for kind in pair if kind not in lists)
            said.append(problem("COMP012", missing=missing, lists=f"{name}名单"))
    for kind, people in lists.items():
        pairs = zip(people.column("id"), people.column("birth"), strict=True)
        bare = sum(not number and not born for number, born in pairs)
        if bare:
            said.append(problem("COMP016", kind=kind, count=bare))
    return said


def _show(findings: Findings, told: Sequence[Problem], out: Path) -> None:
    from kcbx_docs.case.roster import told_in_short

    where_all = f"{show.short(out)} 的「名单问题」"
    show.print_problems(told_in_short(tuple(told), where=f"打开 {where_all}"), err=True)
    rows: list[tuple[str, int]] = [
        (f"{name}名单", len(one)) for name, one in findings.lists.items()
    ]
    rows += [("存疑，要人核对", len(findings.doubts)), ("另列，要人核实", len(findings.odd))]
    show.table(("比对结果", "人数"), rows)
    show.result(str(show.short(out)))


def _data(findings: Findings, told: Sequence[Problem], out: Path) -> dict[str, object]:
    """Return counts only: names and numbers stay in the file."""
    return {
        "ok": True,
        "file": str(out),
        "lists": {name: len(found) for name, found in findings.lists.items()},
        "doubts": len(findings.doubts),
        "odd": len(findings.odd),
        "account": findings.account,
        "problems": show.as_data(told),
    }


def _write_leads(findings: Findings, lists: Mapping[Kind, People], day: date) -> None:
    """Write a lead for every child of the lists of whom none waits."""
    from kcbx_docs.case.lead_list import Heard
    from kcbx_docs.cli.destination import destination
    from kcbx_docs.cli.new_leads import write_leads
    from kcbx_docs.comparing.children import children_found
    from kcbx_docs.office.new_leads import LeadsTold

    found = children_found(findings, lists, day)
    if not found:
        return
    heard = [Heard(one.pupil, reason=f"比对：列入{one.list}名单") for one in found]
    path, taken = write_leads(destination(), heard, LeadsTold(day, "比对"))
    show.result(f"{show.short(path)}：{len(taken.entries)} 条线索")
    show.tell("接下来：kcbx lead list 看线索，核查以后 kcbx lead accept 或者 reject")


def _write_cases(findings: Findings, lists: Mapping[Kind, People], day: date) -> None:
    """Write one case for every child of the lists who has none."""
    from kcbx_docs.cli.destination import destination
    from kcbx_docs.cli.from_list import without_cases
    from kcbx_docs.cli.new import ListedChild, write_cases
    from kcbx_docs.comparing.children import children_found

    office = destination()
    entries: list[ListedChild] = []
    by_file: dict[str, list[Child]] = {}
    for child in children_found(findings, lists, day):
        by_file.setdefault(child.file, []).append(child)
    for file, children in by_file.items():
        new = without_cases([one.pupil for one in children], office.files, Path(file))
        entries += [_entry(one) for one in children if one.pupil in new]
    write_cases(office, entries, day)


def _entry(child: "Child") -> "ListedChild":
    from kcbx_docs.cli.new import ListedChild

    return ListedChild(child.pupil, _SITUATIONS.get(child.list, "辍学"), child.school or None)
