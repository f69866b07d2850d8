"""The commands that ``kcbx next`` prints: each works as it stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kcbx_docs.cli import show
from kcbx_docs.office.outlook import Outlook
from kcbx_docs.office.summary import waiting
from kcbx_docs.record.dangers import REPORT
from kcbx_docs.words import command_line

Data = Mapping[str, Any]
Ways = dict[str, list[tuple[str, str]]]
"""How papers are made, and the titles of each way with the guardian for whom they are."""


def commands_of(case: Outlook, everybody: int, *, why: bool = False) -> Iterator[str]:
    """Say which papers are made unasked, and how those are named that people choose.

    Of ``everybody`` in the case some may be left out: each command is for those who are told of.
    """
    people = case.told["guardians"]
    path = str(show.short(case.path))
    alone = people[0]["name"] if len(people) < everybody else ""
    ways = _ways(people, everybody)
    letters = list(dict.fromkeys(_letters(case.told)))
    papers: list[tuple[str, str]] = []
    for words, who in ways.get("不点名", ()):
        papers += [(title, who or alone) for title in words.split(",")]
    yield ""
    yield from _unasked(path, letters, papers, alone, {*_of_others(people)})
    for title in dict.fromkeys(_unwritten(case.told)):
        ways.setdefault("点名", []).append((title, ""))
    for how, heading in _HOW.items():
        if found := ways.get(how):
            yield from _chosen(path, how, heading, found, why=why)
    events = [REPORT] if letters else []
    yield from _recorded(path, [*events, *(event for event, _ in ways.get("先记", ()))])
    if case.told["undelivered"] or any(map(_serves, people)):
        yield "还没有送达的，怎样送、带什么，送了怎样登记："
        yield f"  {command_line(['service', 'plan', path])}"
        yield f"  {command_line(['service', 'record', path])}"


def _unasked(
    path: str,
    letters: Sequence[str],
    papers: Sequence[tuple[str, str]],
    alone: str,
    theirs: Collection[str],
) -> Iterator[str]:
    """Write how the papers are made that nobody has to name, and how the first is issued; letters
    that report a danger are issued when their event is written, those of another office by it.
    """
    if titles := dict.fromkeys((*letters, *(title for title, _ in papers))):
        only = ["--guardian", alone] if alone else []
        yield f"不点名就做的（连同经过里已有的）：{'、'.join(f'《{title}》' for title in titles)}"
        yield f"  {command_line(['render', path, *only])}"
    if own := [one for one in papers if one[0] not in theirs]:
        first, who = own[0]
        to = ["--to", who] if who else []
        yield "看过、签批以后制发（取文号，原样存进台账），例如："
        yield f"  {command_line(['issue', path, '--doc', first, *to])}"


def _of_others(people: Sequence[Data]) -> Iterator[str]:
    """Yield the papers that another office issues."""
    for person in people:
        for option in person["allowed"]:
            if option["elsewhere"]:
                yield from (document["title"] for document in option["documents"])


def _chosen(
    path: str, how: str, heading: str, found: Sequence[tuple[str, str]], *, why: bool
) -> Iterator[str]:
    """Write the commands that name papers; briefly, of those that ask for a reason only one for
    each guardian, and the titles that may take its place.
    """
    if how != "说明理由" or why:
        yield f"{heading}："
        yield from (_named(path, how, titles, who) for titles, who in found)
        return
    for who in dict.fromkeys(who for _, who in found):
        first, *others = [titles for titles, whose in found if whose == who]
        rest = f"；--doc 后面也可以是 {'、'.join(others)}" if others else ""
        yield f"{heading}{rest}："
        yield _named(path, how, first, who)


def _recorded(path: str, events: Sequence[str]) -> Iterator[str]:
    """Write how an event is recorded; of several the words are told that take its place."""
    if events:
        first, *others = dict.fromkeys(events)
        rest = f"，最后一个词也可以是 {'、'.join(others)}" if others else ""
        yield f"先写进经过、再做的{rest}："
        yield f"  {command_line(['log', path, first])}"


def _serves(person: Data) -> bool:
    """Tell whether a paper waits for its service."""
    return any(option["serves"] for option in person["allowed"])


def _letters(told: Data) -> Iterator[str]:
    """Yield the letters that report a danger: they are made whatever step is next."""
    for danger in told["dangers"]:
        if waiting(danger):
            yield from (document["title"] for document in danger["documents"])


def _unwritten(told: Data) -> Iterator[str]:
    """Yield the letters that follow reports which were made by telephone or by word."""
    for danger in told["dangers"]:
        if any(report["by_word"] for report in danger["reports"]):
            yield from (document["title"] for document in danger["documents"])


_HOW = {
    "点名": "点名才做的",
    "说明理由": "写明理由才做的，引号里换成执法人员或负责人的姓名、为什么",
    "另作决定": "和调查终结报告的建议不同、由负责人另作决定才做的",
}


def _ways(people: Sequence[Data], everybody: int) -> Ways:
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
    grouped: Ways = {}
    for (how, titles, each), names in found.items():
        whose = names if each and len(names) < everybody else [""]
        grouped.setdefault(how, []).extend((titles, who) for who in whose)
    return grouped


def _named(path: str, how: str, titles: str, who: str) -> str:
    """Write the command that names papers."""
    words = ["render", path, "--doc", titles]
    words += ["--guardian", who] if who else []
    reason = ' --reason "姓名：理由"' if how == "说明理由" else ""
    return f"  {command_line(words)}{reason}"
