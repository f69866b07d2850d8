"""What the cells of a list say of a child: each column a name and a sentence of the case."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import CaseChild
from kcbx_docs.procedure.standing import outline
from kcbx_docs.record.home_teaching import taught_since, teaching_of
from kcbx_docs.record.responsible import chain_of_case

NUMBER, CASE, NAME, ID = "序号", "案件编号", "姓名", "身份证号"
"""The columns by which a list that comes back is read."""
Words = Callable[[CaseChild], str]


@dataclass(frozen=True)
class Column:
    """One column of a list."""

    head: str
    says: Words


def persuaded(child: CaseChild) -> str:
    """Count how often somebody tried to persuade the family, and when last."""
    return _often(child.events("劝返"))


def papers(child: CaseChild) -> str:
    """Tell how many papers were made, and which was the last; the details list them all."""
    made = [*paper_rows(child)]
    return f"{len(made)}份，最近{made[-1][0]}《{made[-1][1]}》" if made else ""


def paper_rows(child: CaseChild) -> Iterable[tuple[str, ...]]:
    """List each paper that was made: its day and number, for whom, and when it was served."""
    return dict.fromkeys(_paper_rows(child))


def _paper_rows(child: CaseChild) -> Iterator[tuple[str, ...]]:
    for act in child.acts:
        card = child.docket.law.card(act.document)
        served = str(act.served(child.span.last) or ("没有送达" if card and card.served else ""))
        whom = "、".join(act.event.targets)
        yield str(act.day), child.docket.law.title(act.document), act.number, whom, served


def step(child: CaseChild) -> str:
    """Tell where the procedure stands, once where it is the same for all guardians."""
    people = outline(child.docket, child.span.last, tasks=False).guardians
    if len({one.state for one in people}) == 1:
        return people[0].state
    return "\n".join(f"{one.guardian}：{one.state}" for one in people)


def returned(child: CaseChild) -> str:
    """Tell when the child came back, and where it was placed."""
    day = child.docket.attendance(child.span.last).returned
    placed = [one.placed for one in child.happened if one.kind == "返校" and one.placed]
    return _joined((str(day or ""), placed[-1] if day and placed else ""))


def observed(child: CaseChild) -> str:
    """Tell how often somebody looked after the return, what was seen last, when the next is due."""
    told = child.observing
    last = f"{len(told.made)}次，最近{told.last.day}{told.last.result}" if told.last else ""
    return _joined((last, f"下一次{told.next}" if told.next else ""))


def absent_since(child: CaseChild) -> str:
    """Tell the first day of the absence that lasts, else of the last one."""
    attendance = child.docket.attendance(child.span.last)
    day = attendance.since or attendance.round_start or attendance.first
    return str(day or "")


def marks(child: CaseChild) -> str:
    """Tell the marks in the system of pupils."""
    return "\n".join(f"{one.day} {one.result}" for one in child.happened if one.kind == "学籍标注")


def ended(child: CaseChild) -> str:
    """Tell when the case ended for this office, and how."""
    end = child.closing.ended
    return f"{end.day} {end.result or end.reason}".strip() if end else ""


def guardians(child: CaseChild) -> str:
    """Name the guardians with relation and telephone."""
    return "\n".join(_person(one) for one in child.docket.remaining(child.span.last))


def _person(one: Guardian) -> str:
    return one.name + _bracketed((one.relation, one.phone))


def answering(child: CaseChild) -> str:
    """Name who answers for the child on each level for which somebody is named."""
    told: list[str] = []
    for line in chain_of_case(child.docket, child.span.last):
        for level in line.levels:
            names = "、".join(one.name for one in level.people)
            told += [f"{level.post}：{names}"] if names else []
    return "\n".join(told)


def homes(child: CaseChild) -> str:
    """Tell where each guardian lives and lived, with the days."""
    return "\n".join(_homes(one) for one in child.docket.remaining(child.span.last))


def _homes(one: Guardian) -> str:
    past = [f"{home.day}起 {home.address}" for home in one.homes_before]
    since = f"{one.address_since}起 " if one.address_since else ""
    return f"{one.name}：" + "；".join(
        (*past, f"{since}{one.address}" if one.address else "没有写")
    )


def whereabouts(child: CaseChild) -> str:
    """Tell where each guardian is, with the place of work."""
    people = child.docket.remaining(child.span.last)
    told = ((one, (one.where(child.span.last) or "", one.employer)) for one in people)
    return "\n".join(f"{one.name}：{_joined(words)}" for one, words in told if any(words))


def carers(child: CaseChild) -> str:
    """Name whom the parents asked to look after the child."""
    return "\n".join(c.name + _bracketed((c.relation, c.phone)) for c in child.case.carers)


def contacts(child: CaseChild) -> str:
    """Tell how often somebody spoke with the family, and when last."""
    events = child.events("联系", "帮扶")
    return _often(one for one in events if one.kind == "联系" or one.help_kind == "家校联系")


def helpers(child: CaseChild) -> str:
    """Name who is paired with the child: those of the return plan, and of the red list."""
    planned = child.case.return_plan.helpers if child.case.return_plan else ()
    paired = child.on_list.helpers if child.on_list else ()
    return "、".join(dict.fromkeys((*planned, *paired)))


def support(child: CaseChild) -> str:
    """Count the help that was given, by kind."""
    kinds = Counter(one.help_kind for one in child.events("帮扶"))
    return "、".join(f"{kind}{count}次" for kind, count in kinds.items())


def supported_last(child: CaseChild) -> str:
    """Tell on which day help was given last."""
    return _last(child.events("帮扶"))


def visits(child: CaseChild) -> str:
    """Count the visits of teachers at home."""
    return f"{len(child.events('送教'))}次"


def lessons(child: CaseChild) -> str:
    """Count the lessons that were taught at home."""
    return f"{sum(one.lessons or 0 for one in child.events('送教'))}课时"


def teachers(child: CaseChild) -> str:
    """Name who taught at home."""
    named: dict[str, None] = {}
    for one in child.events("送教"):
        named |= dict.fromkeys(one.handlers)
    return "、".join(named)


def taught_last(child: CaseChild) -> str:
    """Tell on which day somebody taught at home last."""
    return _last(child.events("送教"))


def taught_from(child: CaseChild) -> str:
    """Tell since when the child is taught at home."""
    return str(taught_since(child.docket, child.span.last) or "")


def frequency(child: CaseChild) -> str:
    """Compare the last weeks with what the place asks for."""
    taught = teaching_of(child.docket, child.span.last)
    if taught is None:
        return ""
    if not taught.thin:
        return "够"
    return f"少：{'、'.join(map(str, taught.thin))}起的各周"


def _often(events: Iterable[Event]) -> str:
    days = [one.day for one in events]
    return f"{len(days)}次，最近{days[-1]}" if days else ""


def _last(events: Iterable[Event]) -> str:
    return str(max((one.day for one in events), default=""))


def _joined(words: Iterable[str]) -> str:
    return "，".join(filter(None, words))


def _bracketed(words: Iterable[str]) -> str:
    told = _joined(words)
    return f"（{told}）" if told else ""


def identified(child: CaseChild) -> str:
    """Tell the number of identity, or why there is none."""
    return child.pupil.id_number or child.pupil.no_id_reason
