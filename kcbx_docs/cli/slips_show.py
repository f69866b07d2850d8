"""Showing what came back: what a scan booked, a bar for each class, who is missing."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs import clock
from kcbx_docs.cli import show
from kcbx_docs.office.returns import DEFECTIVE, GOOD, MISSING, UNSEEN, Returnable
from kcbx_docs.slips.missing import missing_line, missing_tables, title_of
from kcbx_docs.slips.tally import SlipTally, summed, tallies

if TYPE_CHECKING:
    from kcbx_docs.packs.library import Library
    from kcbx_docs.slips.scan import Scanned

_WIDEST, _LEAST, _REST = 30, 8, 52
"""Signs of a bar, at most and at least; what stands beside it."""


def as_rows(parts: Sequence[Returnable]) -> list[dict[str, object]]:
    """Return parts as plain data."""
    return [
        {
            "serial": part.slip.serial,
            "document": part.document,
            "class": part.slip.class_name,
            "name": part.slip.name,
            "batch": part.slip.batch,
            "state": part.state,
            "defect": part.came.defect if part.came else "",
            "reminded": part.reminded,
        }
        for part in parts
    ]


def scanned(done: "Scanned", library: "Library", *, as_json: bool) -> None:
    """Say what a scan booked, and what a person must look at."""
    if as_json:
        rows = as_rows([one.part for one in done.booked])
        files = [show.spot(one.place) for one in done.booked]
        show.print_json(
            {
                "ok": not any(one.severity == "warning" for one in done.problems),
                "booked": [{**row, "file": file} for row, file in zip(rows, files, strict=True)],
                "booked_before": done.again,
                "pages": done.pages,
                "other_codes": done.strange,
                "problems": show.as_data(done.problems),
            }
        )
        return
    show.print_problems(done.problems, err=True)
    groups: dict[tuple[str, str], Counter[str]] = {}
    for one in done.booked:
        slip = one.part.slip
        groups.setdefault((slip.batch, slip.term), Counter())[one.part.document] += 1
    for (batch, term), counts in groups.items():
        told = [f"《{title_of(name, library)}》{count} 份" for name, count in counts.items()]
        show.result(f"{batch}（{term}）登记收回：{'，'.join(told)}。")
    before = f"，{done.again} 份这些影像以前登记过" if done.again else ""
    other = f"，{done.strange} 个别的二维码没有管" if done.strange else ""
    show.result(f"看了 {done.pages} 页，登记 {len(done.booked)} 份{before}{other}。")


_NAMED = 10
"""So many slips are named one by one; of more, the classes are counted."""


def whose(parts: Sequence[Returnable]) -> Iterator[str]:
    """Say whose slips were meant."""
    if len(parts) > _NAMED:
        classes = Counter(part.slip.class_name or "未分班" for part in parts)
        yield "  " + "，".join(f"{name} {count} 份" for name, count in classes.items())
        return
    for part in parts:
        yield f"  {part.slip.serial}　{part.slip.class_name}　{part.slip.name}"


def status(parts: Sequence[Returnable], library: "Library", *, as_json: bool) -> None:
    """Show each class with its counts and a bar that fits the screen."""
    found = tallies(parts)
    if as_json:
        show.print_json({"ok": True, "classes": [one.as_data() for one in found]})
        return
    for (school, batch, document), some in groupby(found, key=_kind):
        listed = list(some)
        show.result(f"{school} {batch}《{title_of(document, library)}》")
        rows = [*listed, summed(listed)] if len(listed) > 1 else listed
        heads = ("班级", "发出", "收回", "待看", "缺陷", "未收", "")
        show.table(heads, list(map(_row, rows)))
        show.result()
    if any(one.counts[UNSEEN] for one in found):
        show.tell("待看：影像收到了，还没有人看签名；看过用 kcbx slips record 登记。")


def _kind(one: SlipTally) -> tuple[str, str, str]:
    return one.school, one.batch, one.document


def _row(one: SlipTally) -> tuple[object, ...]:
    share = one.returned * 100 // one.issued
    counts = (one.issued, one.returned, one.counts[UNSEEN], one.counts[DEFECTIVE])
    return (one.class_name, *counts, one.counts[MISSING], f"{_bar(one)} {share}%")


def _bar(one: SlipTally) -> str:
    """Draw signed, not looked at, defective and missing in their order."""
    width = max(_LEAST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns - _REST))
    drawn, done = "", 0
    for state, sign in ((GOOD, "█"), (UNSEEN, "▓"), (DEFECTIVE, "▒"), (MISSING, "░")):
        done += one.counts[state]
        drawn += sign * (done * width // one.issued - len(drawn))
    return drawn


def missing(
    parts: Sequence[Returnable], library: "Library", out: Path | None, *, as_json: bool
) -> None:
    """List who is to be asked, on the screen or as a workbook."""
    if out is not None:
        from kcbx_docs.filing.registers import write_registers

        tables = missing_tables(parts, library)
        for path in write_registers(tables, out, "", clock.today()) if tables else ():
            show.tell(f"写在 {show.short(path)}。")
    if as_json:
        show.print_json({"ok": True, "missing": as_rows(parts)})
        return
    if out is None:
        rows = [(part.slip.class_name, *missing_line(part, library)) for part in parts]
        show.table(("班级", "编号", "姓名", "文书", "情况", "催过"), rows)
    show.result(f"要催的 {len(parts)} 份，{len({part.slip.serial for part in parts})} 名学生。")
