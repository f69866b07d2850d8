"""What the commands of ``kcbx service`` show."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.case.service_methods import METHODS, NEVER
from kcbx_docs.cli import show
from kcbx_docs.issuing.attempt import how_counted
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.detaching import Detached
from kcbx_docs.issuing.doubtful import Doubtful
from kcbx_docs.issuing.organ_service import OrganEntered
from kcbx_docs.issuing.plan import Waiting, Way, plan
from kcbx_docs.issuing.service import Entered, Proved
from kcbx_docs.issuing.service_list import NOTICED, ServiceLine
from kcbx_docs.issuing.striking import Struck
from kcbx_docs.law.periods import NO_CALENDAR
from kcbx_docs.office.book import written_event
from kcbx_docs.procedure.dues import Due
from kcbx_docs.record.organs import OrganWaiting
from kcbx_docs.words import command_line


def present(path: Path, clerk: Clerk, done: Entered) -> None:
    """Show what was recorded, what follows from it and how it goes on."""
    event, name = done.attempted.event, done.attempted.guardian.name
    paper = f"《{event.document}》{event.number}"
    show.result(_entry(done))
    how = _by_way(event.method)
    show.result(f"{event.day} {how}向 {name} 送{paper}：{_outcome(clerk, done)}。")
    _service(clerk, done)
    present_lacking(path, done)
    show.print_problems((*done.attempted.doubts, *done.reminders), err=True)
    _go_on(clerk, done)


def present_organ(path: Path, clerk: Clerk, done: OrganEntered, *, as_json: bool) -> None:
    """Show what was recorded of a service on an organ."""
    if as_json:
        show.print_json(_organ_data(clerk, done))
        return
    event = done.event
    paper = f"《{done.paper.title}》{done.paper.number}"
    show.result(_entry(done))
    show.result(f"{event.day} {_by_way(event.method)}向 {done.organ} 送{paper}：{event.outcome}。")
    if event.is_service:
        show.result(f"收到日期：{event.proof_day}。")
    present_lacking(path, done)
    show.print_problems(done.reminders, err=True)


def _by_way(method: str) -> str:
    """Say in which way something was brought."""
    return f"以{METHODS[method].on_receipt}的方式" if method in METHODS else ""


def _organ_data(clerk: Clerk, done: OrganEntered) -> dict[str, object]:
    event = done.event
    return {
        "ok": True,
        "seq": done.seq,
        "again": done.again,
        "case": clerk.matter,
        "document": done.paper.document,
        "title": done.paper.title,
        "number": done.paper.number,
        "organ": done.organ,
        "event": written_event(event),
        "outcome": event.outcome,
        "received": event.proof_day if event.is_service else None,
        "lacking": done.lacking,
        "problems": show.as_data(done.reminders),
    }


def present_organ_waiting(path: Path, one: OrganWaiting) -> None:
    """Show a paper that an organ is not known to have got."""
    paper = one.paper
    show.result(f"《{paper.title}》{paper.number} {'抄送' if one.copied else '送给'} {one.organ}")
    show.result(f"  已经试过：{one.tried}")
    if one.on_its_way:
        show.result("  下一步：等回执；请查物流，签收、退回都要登记。")
        return
    which = ["--number", paper.number] if paper.number else ["--doc", paper.title]
    words = ["service", "record", str(path), *which, "--to", one.organ]
    show.result("  下一步：当面递交、邮寄或者公文交换，请对方签收；送了以后登记：")
    show.result(f"    {command_line([*words, '--method', '直接', '--day', '日期', '签收人=某某'])}")


def organ_waiting_data(one: OrganWaiting) -> dict[str, object]:
    """Return a paper that an organ is not known to have got for ``--json``."""
    return {
        "document": one.paper.document,
        "title": one.paper.title,
        "number": one.paper.number,
        "organ": one.organ,
        "copy": one.copied,
        "tried": one.tried,
        "on_its_way": one.on_its_way,
    }


def _outcome(clerk: Clerk, done: Entered) -> str:
    running = done.counts is not None and done.counts > clerk.today
    return NOTICED if running else done.attempted.event.outcome


def _entry(done: Entered | OrganEntered) -> str:
    if done.again:
        return f"登记过了：台账第 {done.seq} 条，没有再记。"
    if done.corrected:
        return f"已更正：台账第 {done.seq} 条，更正记在第 {done.corrected} 条。"
    return f"已登记：台账第 {done.seq} 条。"


def _service(clerk: Clerk, done: Entered) -> None:
    service = done.attempted.service
    if service is None:
        return
    why = how_counted(clerk.office.law, service, done.attempted.guardian)
    if done.attempted.first:
        why = "以前已经送达，这一次不另外起算。"
    show.result(f"送达日期：{done.counts or '算不出来'}。{why}")
    if service.doubts:
        show.result("这次送达还有疑问（见下面的提醒），立案等步骤以前要查明，或者写明理由。")
    if done.runs:
        show.result("从这次送达起算：")
        show.table(("到期", "由谁", "做什么", "依据"), map(_run, done.runs))


def _run(due: Due) -> tuple[object, ...]:
    open_end = any(one.code == NO_CALENDAR for one in due.warnings)
    return f"{due.by}{'（至少）' if open_end else ''}", due.bound, due.what, due.articles


def present_lacking(path: Path, done: Entered | Proved | OrganEntered | Detached) -> None:
    """Show which proofs are still to be brought, and how."""
    if not done.lacking:
        return
    wanted = "；".join("或".join(group) for group in done.lacking)
    show.result(f"待补证据：{wanted}。")
    words = ["service", "proof", str(path), str(done.seq), "--file", f"{done.lacking[0][0]}=文件"]
    show.result(f"有了以后：{command_line(words)}")


def _go_on(clerk: Clerk, done: Entered) -> None:
    """Say how it goes on where nobody got the paper yet."""
    tried = done.attempted
    if tried.service is not None:
        return
    for one in plan(tried.docket, clerk.today):
        if one.guardian == tried.guardian.name and one.act.number == tried.act.number:
            show.result(_next(one))


def present_correction(done: Entered) -> None:
    """Show what a correction undoes."""
    if done.before and done.before != done.counts:
        show.result(f"原来按 {done.before} 算，现在按 {done.counts or '没有送达'} 算。")
    _present_undone(done)


def _present_undone(done: Entered | Struck) -> None:
    if done.happened:
        show.result("按原来的日期已经做了：")
        rows = ((e.day, e.kind, e.document, e.number) for e in done.happened)
        show.table(("日期", "事项", "文书", "文号"), rows)
    show.print_problems(done.unlawful, err=True)


def present_struck(clerk: Clerk, done: Struck, *, as_json: bool) -> None:
    """Show that an attempt never happened, and what had been done because of it."""
    event = done.event
    if as_json:
        show.print_json(_struck_data(clerk, done))
        return
    paper = f"《{event.document}》{event.number}"
    entry = f"，更正记在第 {done.corrected} 条" if done.corrected else "（更正过了，没有再记）"
    show.result(f"已更正：台账第 {done.seq} 条没有发生{entry}。")
    how = _by_way(event.method)
    show.result(f"{event.day} {how}向 {done.whom} 送{paper}：登记错误，文书、名单里不再提它。")
    if done.before:
        show.result(f"原来按 {done.before} 算，现在不算送过。")
    _present_undone(done)


def _struck_data(clerk: Clerk, done: Struck) -> dict[str, object]:
    return {
        "ok": True,
        "seq": done.seq,
        "again": not done.corrected,
        "case": clerk.matter,
        "event": written_event(done.event),
        "outcome": NEVER,
        "counted_before": done.before,
        "happened": [written_event(event) for event in done.happened],
        "problems": show.as_data(done.unlawful),
    }


def _next(one: Waiting) -> str:
    if one.next is None:
        return f"下一步：{one.wait or '没有可以用的方式，请查明住址和下落'}。"
    return f"下一步：{one.next.method.name}（{one.next.why}）。"


def present_waitings(
    path: Path,
    waiting: Sequence[Waiting],
    unsure: Sequence[Doubtful],
    organs: Sequence[OrganWaiting],
    day: date,
) -> None:
    """Show what waits for its service, by whom it is received."""
    for one in waiting:
        present_waiting(one, day)
    for doubtful in unsure:
        present_doubtful(path, doubtful)
    for brought in organs:
        present_organ_waiting(path, brought)


def present_waiting(one: Waiting, day: date) -> None:
    """Show one paper that waits for its service."""
    show.result(f"《{one.title}》{one.act.number} 送给 {one.guardian}")
    show.result(f"  已经试过：{one.told}")
    show.result(f"  {_next(one)}")
    if one.by:
        articles = "、".join(dict.fromkeys(citation.short for citation in one.basis))
        late = "，已经过了" if one.by < day else ""
        show.result(f"  最迟：{one.by}{late}（{articles}）")
    if one.take:
        show.result(f"  要带：{'、'.join(one.take)}")
    for way in sorted(one.ways, key=lambda way: not way.open):
        mark = "可以" if way.open else "现在不行"
        show.result(f"    {way.method.name}：{mark}，{way.why}")


def present_receipt(path: Path, receipt: str) -> None:
    """Say where the receipt is that is signed at service, and how another one is printed."""
    if receipt:
        words = command_line(["render", str(path), "--doc", receipt])
        show.result(f"{receipt}在制发的时候已经印好，写着文号；要再印的：{words}")


def present_doubtful(path: Path, one: Doubtful) -> None:
    """Show one paper whose service is doubtful: what to find out, or how to serve once more."""
    event = one.service.event
    show.result(f"《{one.title}》{one.act.number} 送给 {one.guardian}")
    show.result(f"  已经试过：{event.day}{event.method}：{event.outcome}，送达有疑问")
    for doubt in one.doubts:
        show.result(f"  查明：{doubt.message}{doubt.hint}")
    if one.seq:
        words = ["service", "correct", str(path), str(one.seq), "--reason", "姓名：理由"]
        show.result(f"    查明以后更正台账第 {one.seq} 条：{command_line(words)} 键=值")
    if one.again:
        way, why = one.again.method.name, one.again.why
        show.result(f"  或者再送一次：{way}（{why}），没有疑问的，从再送的那次起算。")


def doubtful_data(one: Doubtful) -> dict[str, object]:
    """Return one paper whose service is doubtful for ``--json``."""
    return {
        "document": one.act.document,
        "title": one.title,
        "number": one.act.number,
        "guardian": one.guardian,
        "seq": one.seq or None,
        "doubts": show.as_data(one.doubts),
        "again": _way(one.again) if one.again else None,
    }


def present_list(lines: Sequence[ServiceLine], day: date) -> None:
    """Show the register of service as a table."""
    heads = ("条", "案件", "文书", "文号", "受送达人", "方式", "日期", "结果", "送达日期")
    rows = ((*_cells(line), line.note, _wanted(line)) for line in lines)
    show.table((*heads, "说明", "待补证据"), rows)
    late = len({(line.case, line.number, line.guardian) for line in lines if line.overdue})
    lacking = sum(bool(line.lacking) for line in lines)
    show.result(f"截至 {day}：{len(lines)} 条，{late} 份过期，{lacking} 条待补证据。")


def _cells(line: ServiceLine) -> tuple[object, ...]:
    method = line.event.method if line.event else ""
    own = (line.seq or "", line.case, line.title, line.number, line.guardian)
    return (*own, method, line.day, line.state, line.counts)


def _wanted(line: ServiceLine) -> str:
    return "；".join("或".join(group) for group in line.lacking)


def line_data(line: ServiceLine) -> dict[str, object]:
    """Return one line of the register for ``--json``."""
    return {
        "seq": line.seq or None,
        "case": line.case,
        "title": line.title,
        "number": line.number,
        "guardian": line.guardian,
        "method": line.event.method if line.event else None,
        "day": line.day,
        "state": line.state,
        "counts_from": line.counts,
        "note": line.note,
        "lacking": line.lacking,
        "overdue": line.overdue,
    }


def entered_data(clerk: Clerk, done: Entered) -> dict[str, object]:
    """Return what was recorded for ``--json``."""
    tried = done.attempted
    return {
        "ok": True,
        "seq": done.seq,
        "again": done.again,
        "case": clerk.matter,
        "document": tried.act.document,
        "title": tried.event.document,
        "number": tried.act.number,
        "guardian": tried.guardian.name,
        "event": written_event(tried.event),
        "outcome": tried.event.outcome,
        "counts_from": done.counts,
        "runs": [*_runs_data(done)],
        "lacking": done.lacking,
        "counted_before": done.before,
        "happened": [written_event(event) for event in done.happened],
        "problems": show.as_data((*tried.doubts, *done.reminders, *done.unlawful)),
    }


def _runs_data(done: Entered) -> Iterator[dict[str, object]]:
    for due in done.runs:
        yield {"by": due.by, "who": due.bound, "what": due.what, "basis": due.articles}


def waiting_data(one: Waiting, day: date) -> dict[str, object]:
    """Return one paper that waits for ``--json``."""
    return {
        "document": one.act.document,
        "title": one.title,
        "number": one.act.number,
        "guardian": one.guardian,
        "tried": one.told,
        "wait": one.wait,
        "next": _way(one.next) if one.next else None,
        "ways": [_way(way) for way in one.ways],
        "take": one.take,
        "by": one.by,
        "overdue": one.overdue(day),
    }


def _way(way: Way) -> dict[str, object]:
    return {"method": way.method.name, "open": way.open, "why": way.why}
