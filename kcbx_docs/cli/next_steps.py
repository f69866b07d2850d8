"""``kcbx next``: where a case stands, what may be done now, what not and why,
and what is due when.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.cli import options, show, terminal
from kcbx_docs.cli.chinese import Command
from kcbx_docs.office.files import files_below
from kcbx_docs.office.outlook import Outlook, outlooks
from kcbx_docs.problems import errors
from kcbx_docs.words import command_line, days_left

Data = Mapping[str, Any]
_STYLES = {"禁止": "red", "须说明理由": "magenta", "提醒": "yellow"}


@click.command(
    "next",
    cls=Command,
    examples=(
        "kcbx next cases/到责令.yaml --as-of 2026-10-08",
        "kcbx next cases/阶梯示例/cases/申请强制执行.yaml --as-of 2026-04-08 --json",
    ),
)
@options.files(metavar="案件文件…")
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
@click.pass_context
def next_steps(ctx: click.Context, paths: tuple[Path, ...], day: date, as_json: bool) -> None:
    """案件走到哪一步：现在可以做什么、不能做什么、什么时候到期。

    每名监护人分开说明：状态，可以制发的文书、由谁制发、从哪天到哪天，
    不能做的理由和办法，到期的事项和依据。经过里的违法和矛盾放在最前面，指明出处。
    """
    files, today = files_below(paths, workspace=False), clock.today()
    shape = _shape(as_json)
    with options.counted(quiet=as_json) as progress:
        told = outlooks(files, day, today, progress, judged=True, shape=shape)
    found = [*told.problems]
    for case in told.cases:
        found += case.problems
    bad = bool(errors(found))
    if as_json:
        head = {"ok": not bad, "as_of": str(day), "problems": show.as_data(told.problems)}
        _print_cases(head, told.cases)
    else:
        for case in told.cases:
            _present(case, day)
        show.print_problems(told.problems, err=True)
    ctx.exit(int(bad))


def _shape(as_json: bool) -> Callable[[Outlook], str] | None:
    """Choose how a case is written where it is read: panels need the data itself."""
    if as_json:
        return as_line
    return None if sys.stdout.isatty() else as_text


def _print_cases(head: Data, cases: Sequence[Outlook]) -> None:
    """Print one JSON document, a case a line: cases come as text from other processes."""
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    listed = ",\n".join(case.told for case in cases)
    show.result(f'{opening}, "cases": [\n{listed}\n]}}')


def as_line(case: Outlook) -> str:
    """Write a case as one line of JSON."""
    data = {"file": case.path, **case.told, "problems": show.as_data(case.problems)}
    return json.dumps(data, ensure_ascii=False, default=str)


def as_text(case: Outlook) -> str:
    """Write the accounts of all guardians as indented lines."""
    lines = ["  " * line.depth + line.text for line in _dangers(case.told)]
    for person in case.told["guardians"]:
        lines += _text(person)
    return "\n".join(lines) + "\n" + "".join(_commands(case))


def _present(case: Outlook, day: date) -> None:
    """Print a case: panels on a terminal, lines elsewhere; first what its history cannot be."""
    show.result(f"案件 {case.case_id}　{case.pupil}　截至 {day}")
    if case.problems:
        show.result("经过里的违法和矛盾，请先改正：")
        show.print_problems(case.problems, err=False)
    if isinstance(case.told, str):
        show.result(case.told)
    else:
        if dangers := tuple(_dangers(case.told)):
            _panel("危险情形", dangers)
        for person in case.told["guardians"]:
            _panel(_title(person), tuple(_lines(person)))
        show.result("".join(_commands(case)))


def _commands(case: Outlook) -> Iterator[str]:
    """Say which papers are made unasked, and how those are named that people choose."""
    ways = _ways(case.told["guardians"])
    path = str(show.short(case.path))
    every = [*_letters(case.told)]
    for words, _ in ways.get("不点名", ()):
        every += words.split(",")
    if every:
        titles = "、".join(f"《{title}》" for title in dict.fromkeys(every))
        yield f"\n不点名就做的（连同经过里已有的）：{titles}\n"
        yield f"  {command_line(['render', path])}\n"
        yield "看过、签批以后制发（取文号，原样存进台账），例如：\n"
        yield f"  {command_line(['issue', path, '--doc', every[0]])}\n"
    for title in dict.fromkeys(_unwritten(case.told)):
        ways.setdefault("点名", []).append((title, ""))
    for how, heading in _HOW.items():
        if found := ways.get(how):
            yield f"\n{heading}\n"
            yield from (_named(path, how, titles, who) for titles, who in found)
    if any(map(_serves, case.told["guardians"])):
        yield "\n还没有送达的，怎样送、带什么，送了怎样登记：\n"
        yield f"  {command_line(['service', 'plan', path])}\n"
        yield f"  {command_line(['service', 'record', path])}\n"


def _serves(person: Data) -> bool:
    """Tell whether a paper waits for its service: that step makes nothing but the receipt."""
    return any(option["enclosed"] and not option["documents"] for option in person["allowed"])


def _letters(told: Data) -> Iterator[str]:
    """Yield the letters that report a danger: they are made whatever step is next."""
    for danger in told["dangers"]:
        if _waiting(danger):
            yield from (document["title"] for document in danger["documents"])


def _unwritten(told: Data) -> Iterator[str]:
    """Yield the letters that follow reports which were made by telephone or by word."""
    for danger in told["dangers"]:
        if any(report["by_word"] for report in danger["reports"]):
            yield from (document["title"] for document in danger["documents"])


_HOW = {
    "点名": "点名才做的：",
    "说明理由": "写明理由才做的：",
    "另作决定": "和调查终结报告的建议不同、由负责人另作决定才做的：",
    "先记": "先写进经过、再做的：",
}


def _ways(people: Sequence[Data]) -> dict[str, list[tuple[str, str]]]:
    """Group the papers by how they are made, each with the guardian by whose name it is asked for:
    what is not for everybody is made for each by name, and for nobody else.
    """
    found: dict[tuple[str, str, bool], list[str]] = {}
    for person in people:
        for option in person["allowed"]:
            for way in option["ways"]:
                titles = way["event"] if way["how"] == "先记" else ",".join(way["titles"])
                names = found.setdefault((way["how"], titles, way["each"]), [])
                names.extend([person["name"]] if person["name"] not in names else [])
    grouped: dict[str, list[tuple[str, str]]] = {}
    for (how, titles, each), names in found.items():
        whose = names if each and len(names) < len(people) else [""]
        grouped.setdefault(how, []).extend((titles, who) for who in whose)
    return grouped


def _named(path: str, how: str, titles: str, who: str) -> str:
    """Write the command that names papers, or the one that records an event."""
    if how == "先记":
        return f"  {command_line(['log', path, titles])}\n"
    words = ["render", path, "--doc", titles]
    words += ["--guardian", who] if who else []
    reason = ' --reason "执法人员或负责人：理由"' if how == "说明理由" else ""
    return f"  {command_line(words)}{reason}\n"


def _title(person: Data) -> str:
    return f"{person['name']}（{person['relation'] or '监护人'}）：{person['state']}"


def _text(person: Data) -> Iterator[str]:
    yield f"\n{_title(person)}"
    for line in _lines(person):
        yield "  " * (line.depth + 1) + line.text


@dataclass(frozen=True)
class ScreenLine:
    """One line of the account of a guardian: how deep it stands, and how it is coloured."""

    depth: int
    text: str
    style: str = ""


def _dangers(told: Data) -> Iterator[ScreenLine]:
    """Say first of all what must be reported, to whom, by which paper."""
    if any(_waiting(danger) for danger in told["dangers"]):
        yield ScreenLine(0, "孩子面临危险，先报告：", "bold red")
    for danger in told["dangers"]:
        yield from _danger(danger)


def _danger(danger: Data) -> Iterator[ScreenLine]:
    age = "" if danger["age"] is None else f"，孩子现年{danger['age']}周岁"
    found = f"{danger['found_on']}发现：" if danger["found_on"] else ""
    heading = f"{danger['kind']}（{found}{danger['facts']}{age}）"
    waiting = _waiting(danger)
    yield ScreenLine(0, heading, "bold red" if waiting else "")
    if waiting:
        paper = "".join(f"《{document['title']}》" for document in danger["documents"])
        yield ScreenLine(1, f"立即报告：{'、'.join(map(_addressee, waiting))}", "bold red")
        yield ScreenLine(1, f"→ {paper}，由{danger['issuer']}制发；紧急的先打电话，再补函")
    if unknown := [report["department"] for report in waiting if not report["organ"]]:
        missing = f"kcbx.yaml 的「其他机关」里没有{'、'.join(unknown)}的单位，函上收文机关要填写"
        yield ScreenLine(1, missing, "yellow")
    for report in danger["reports"]:
        if report["made"]:
            yield ScreenLine(1, f"已报告：{_addressee(report)}（{report['made']}）")
            if report["by_word"]:
                yield ScreenLine(2, "当时没有书面的函，请补一份（命令见「点名才做的」）", "yellow")
    if danger["inform"]:
        yield ScreenLine(1, f"还可以通报：{'、'.join(danger['inform'])}")
    yield ScreenLine(1, f"依据：{'、'.join(danger['basis'])}", "dim")


def _waiting(danger: Data) -> list[Data]:
    return [report for report in danger["reports"] if not report["made"]]


def _addressee(report: Data) -> str:
    return (
        f"{report['department']}（{report['organ']}）" if report["organ"] else report["department"]
    )


def _lines(person: Data) -> Iterator[ScreenLine]:
    for note in person["notes"]:
        yield ScreenLine(0, f"说明：{note}", "cyan")
    heading = "现在可以做：" if person["allowed"] else "现在没有可以做的步骤。"
    yield ScreenLine(0, heading, "bold green")
    for option in person["allowed"]:
        yield from _option(option, allowed=True)
    if person["blocked"]:
        yield ScreenLine(0, "现在不能做：", "bold red")
    for option in person["blocked"]:
        yield from _option(option, allowed=False)
    if person["due"]:
        yield ScreenLine(0, "到期：", "bold yellow")
    for due in person["due"]:
        yield from _due(due)


def _option(option: Data, *, allowed: bool) -> Iterator[ScreenLine]:
    papers = "、".join(f"《{document['title']}》" for document in option["documents"])
    made = f"（由{option['by']}做）"
    if papers:
        made_by = "提出" if option["by"] == "原告" else "制发"
        made = f" → {papers}，由{option['issuer'] or option['by']}{made_by}"
    yield ScreenLine(1, f"{option['name']}{made}", "bold" if allowed else "")
    if span := _span(option, allowed):
        yield ScreenLine(2, span)
    for finding in option["findings"]:
        yield from _finding(finding)
    for refused in option["refused"]:
        yield ScreenLine(2, f"{refused['message']}{refused['hint']}", "red")
    if allowed and option["basis"]:
        yield ScreenLine(2, f"依据：{'、'.join(option['basis'])}", "dim")


def _finding(finding: Data) -> Iterator[ScreenLine]:
    verdict = finding["verdict"]
    law = f"（{'、'.join(finding['basis'])}）" if finding["basis"] else ""
    yield ScreenLine(2, f"{verdict}：{finding['reason']}{law}", _STYLES.get(verdict, ""))
    if finding["hint"]:
        yield ScreenLine(3, finding["hint"], "dim")


def _due(due: Data) -> Iterator[ScreenLine]:
    title = "".join(f"《{document['title']}》" for document in due["document"])
    left = days_left(due["days_left"])
    text = f"{due['by']}（{left}）　{due['who']}：{due['what']}{title}"
    yield ScreenLine(1, text, "red" if due["overdue"] else "")
    if due["basis"]:
        yield ScreenLine(2, f"依据：{'、'.join(due['basis'])}", "dim")
    for warning in due["warnings"]:
        if warning["severity"] == "warning":
            yield ScreenLine(2, f"提醒：{warning['message']}", "yellow")


def _span(option: Data, allowed: bool) -> str:
    """Write from when until when, each with what it is counted by."""
    first, last, parts = option["from"], option["until"], []
    if first:
        may = "可以做" if allowed else "才可以做"
        parts.append(f"{first['day']} 起{may}（{first['name']}）")
    if last:
        parts.append(f"最迟 {last['day']}（{last['name']}）")
    return "，".join(parts)


def _panel(title: str, lines: tuple[ScreenLine, ...]) -> None:
    """Print an account in a panel."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.panel import Panel
    from rich.text import Text

    rows = []
    for line in lines:
        rows.append(Padding(Text(line.text, style=line.style), (0, 0, 0, 2 * line.depth)))
    panel = Panel(Group(*rows), title=Text(title, style="bold"), title_align="left")
    terminal.console(highlight=False).print(panel)
