"""What ``kcbx next`` tells of a case: dangers, then each guardian, as lines of a screen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kcbx_docs.case.model import NOBODY_YET
from kcbx_docs.cli.next_alike import Party, in_common, parties_of
from kcbx_docs.cli.screen import ScreenLine
from kcbx_docs.light import dataclass
from kcbx_docs.office.summary import first_sentence, waiting
from kcbx_docs.words import count_in_words, days_left, with_doubt

Data = Mapping[str, Any]
_STYLES = {"禁止": "red", "须说明理由": "magenta", "提醒": "yellow"}


def lines_of(told: Data, office: str, *, why: bool) -> Iterator[ScreenLine]:
    """Tell a case: dangers, then of each guardian what differs, then what is the same for all."""
    yield from dangers_of(told, why=why)
    yield from responsible_of(told)
    yield from undelivered_of(told)
    people = told["guardians"]
    parties = parties_of([_without_past(person, why=why) for person in people])
    scribe = Scribe(office, told["as_of"], _of_today(told), why)
    shared = {key: in_common(parties, key, people) for key in ("allowed", "blocked")}
    for party in parties:
        yield ScreenLine(0, "")
        yield ScreenLine(0, title_of(party), "bold")
        yield from scribe.account(_without(party.told, shared), alone=not any(shared.values()))
    if any(shared.values()):
        yield ScreenLine(0, "")
        yield ScreenLine(0, f"{count_in_words(len(people))}名监护人一样的：", "bold")
        yield from scribe.steps(shared)


def _of_today(told: Data) -> frozenset[str]:
    """List the steps that are to be taken today: of them reminders are told in any case."""
    return frozenset(one["step"] for one in told["todos"] if one["when"] in ("现在", "说明理由"))


def _without_past(person: Data, *, why: bool) -> Data:
    """Leave out from when a step may be taken that may be taken now: it need not differ."""
    if why:
        return person
    return {**person, "allowed": [{**option, "from": None} for option in person["allowed"]]}


def _without(told: Data, shared: Mapping[str, Sequence[Data]]) -> Data:
    """Leave out the steps that are told for all."""
    kept = dict(told)
    for key, options in shared.items():
        steps = {option["step"] for option in options}
        kept[key] = [option for option in told[key] if option["step"] not in steps]
    return kept


def title_of(party: Party) -> str:
    """Name the guardians of whom is told, and their state."""
    names = "、".join(map(_called, party.people))
    same = f"{count_in_words(len(party.people))}名监护人相同，" if len(party.people) > 1 else ""
    return f"{same}{names}：{party.told['state']}"


def _called(person: Data) -> str:
    """Name a guardian with what he is to the child; who is not known yet is none."""
    if person["name"] == NOBODY_YET.name:
        return "监护人还没有查明"
    return f"{person['name']}（{person['relation'] or '监护人'}）"


def dangers_of(told: Data, *, why: bool) -> Iterator[ScreenLine]:
    """Say first of all what must be reported, to whom, by which paper."""
    if any(waiting(danger) for danger in told["dangers"]):
        yield ScreenLine(0, "孩子面临危险，先报告：", "bold red")
    for danger in told["dangers"]:
        yield from _danger(danger, why=why)


def responsible_of(told: Data) -> Iterator[ScreenLine]:
    """Say who answers for the child, and on which levels nobody is named."""
    levels = told["responsible"]
    named = [
        f"{one['post']} {'、'.join(map(_person, one['people']))}" for one in levels if one["people"]
    ]
    missing = [one["post"] for one in levels if not one["people"]]
    if named:
        yield ScreenLine(0, f"谁负责：{'；'.join(named)}")
    if missing:
        yield ScreenLine(0, f"没有写明责任人：{'、'.join(missing)}", "yellow")


def undelivered_of(told: Data) -> Iterator[ScreenLine]:
    """Say which organs did not get the papers that are for them."""
    for one in told["undelivered"]:
        text = f"还没有登记送到：《{one['title']}》{one['number']}，{one['organ']}"
        yield ScreenLine(0, text, "yellow")


def _person(person: Data) -> str:
    contact = "，".join(filter(None, (person["title"], person["phone"])))
    return str(person["name"]) + (f"（{contact}）" if contact else "")


def _danger(danger: Data, *, why: bool) -> Iterator[ScreenLine]:
    age = "" if danger["age"] is None else f"，孩子现年{danger['age']}周岁"
    found = f"{danger['found_on']}发现：" if danger["found_on"] else ""
    heading = f"{danger['kind']}（{found}{danger['facts']}{age}）"
    still = waiting(danger)
    yield ScreenLine(0, heading, "bold red" if still else "")
    if still:
        paper = "".join(f"《{document['title']}》" for document in danger["documents"])
        yield ScreenLine(1, f"立即报告：{'、'.join(map(_addressee, still))}", "bold red")
        yield ScreenLine(1, f"→ {paper}，由{danger['issuer']}制发；紧急的先打电话，再补函")
    if unknown := [report["department"] for report in still if not report["organ"]]:
        missing = f"kcbx.yaml 的「其他机关」里没有{'、'.join(unknown)}的单位，函上收文机关要填写"
        yield ScreenLine(1, missing, "yellow")
    yield from _reported(danger)
    if danger["inform"]:
        yield ScreenLine(1, f"还可以通报：{'、'.join(danger['inform'])}")
    if why:
        yield ScreenLine(1, f"依据：{'、'.join(danger['basis'])}", "dim")


def _reported(danger: Data) -> Iterator[ScreenLine]:
    """Tell which reports of a danger were made."""
    done = [report for report in danger["reports"] if report["made"]]
    if done:
        listed = "、".join(f"{_addressee(report)}（{report['made']}）" for report in done)
        yield ScreenLine(1, f"已报告：{listed}")
    if any(report["by_word"] for report in done):
        text = "当时没有书面的函，请补一份（命令见「点名才做的」）"
        yield ScreenLine(2, text, "yellow")


def _addressee(report: Data) -> str:
    organ = f"（{report['organ']}）" if report["organ"] else ""
    return f"{report['department']}{organ}"


@dataclass(frozen=True)
class Scribe:
    """Writes the account of guardians: briefly, or with reminders, ways out and articles."""

    office: str
    day: date
    tasks: frozenset[str]
    why: bool

    def account(self, told: Data, *, alone: bool) -> Iterator[ScreenLine]:
        """Tell of a guardian what is known, what may be done, what not, and what is due."""
        for note in told["notes"]:
            yield ScreenLine(1, f"说明：{note}", "cyan")
        yield from self.steps(told)
        if alone and not told["allowed"]:
            yield ScreenLine(1, "现在没有可以做的步骤。")
        yield from self._dues(told["due"])

    def steps(self, told: Mapping[str, Sequence[Data]]) -> Iterator[ScreenLine]:
        """Tell what may be done and what may not."""
        for key, heading, style in _LISTS:
            if told[key]:
                yield ScreenLine(1, heading, style)
            for options in self._together(told[key]):
                yield from self._options(options, allowed=key == "allowed")

    def _together(self, options: Sequence[Data]) -> Iterator[list[Data]]:
        """Gather neighbours that are kept back by the same, so that it is told once."""
        group: list[Data] = []
        for option in options:
            same = group and not self.why and _kept_by(option)
            if not (same and _kept_by(group[0]) == _kept_by(option)):
                if group:
                    yield group
                group = []
            group.append(option)
        if group:
            yield group

    def _options(self, options: Sequence[Data], *, allowed: bool) -> Iterator[ScreenLine]:
        for option in options:
            yield ScreenLine(2, self._heading(option, allowed), "bold" if allowed else "")
        option = options[0]
        if self.why:
            yield from _fully(option, allowed=allowed)
            return
        if reasons := _kept_by(option):
            lead = "" if len(options) == 1 else f"{_number(options)}都"
            verdict = option["verdict"]
            text = f"{lead}{verdict}：{'；'.join(reasons)}"
            yield ScreenLine(3, text, _STYLES.get(verdict, ""))
        if allowed and option["step"] in self.tasks:
            for text in _short(_found(option, "提醒")):
                yield ScreenLine(3, f"提醒：{text}", "yellow")
        if not allowed:
            for text in dict.fromkeys(one["hint"] for one in _found(option, "禁止")):
                yield ScreenLine(3, text, "dim")
        for refused in option["refused"]:
            yield ScreenLine(3, f"{refused['message']}{refused['hint']}", "red")

    def _heading(self, option: Data, allowed: bool) -> str:
        """Name a step, its papers, by whom they are made, by when."""
        shown = option["documents"] or ([] if option["serves"] else option["enclosed"])
        papers = "、".join(f"《{document['title']}》" for document in shown)
        made = f" → {papers}{self._maker(option)}" if papers else ""
        if not papers and option["by"] != "机关":
            made = f"（由{option['by']}做）"
        parts = [] if self.why else [*self._days(option, allowed), *self._reminders(option)]
        return "　".join((option["name"] + made, *parts))

    def _maker(self, option: Data) -> str:
        """Say who makes the papers of a step; briefly, only where it is not the office."""
        maker = option["issuer"] or option["by"]
        if option["by"] == "原告" and not self.why:
            return "，由本机关提出" if maker == self.office else "，由原告提出"
        if maker == self.office and not self.why:
            return ""
        return f"，由{maker}{'提出' if option['by'] == '原告' else '制发'}"

    def _reminders(self, option: Data) -> Iterator[str]:
        """Count the reminders that are not told."""
        count = len(_found(option, "提醒"))
        if count and option["step"] not in self.tasks and not option["from"]:
            yield f"（提醒{count}处）"

    def _days(self, option: Data, allowed: bool) -> Iterator[str]:
        """Write briefly from when, if that is to come, and until when."""
        if option["from"] and not allowed and option["from"]["day"] > self.day:
            yield f"{option['from']['day']} 起"
        if option["until"]:
            yield f"最迟 {option['until']['day']}"

    def _dues(self, dues: Sequence[Data]) -> Iterator[ScreenLine]:
        if dues:
            yield ScreenLine(1, "到期：", "bold yellow")
        doubts: dict[str, None] = {}
        for due in dues:
            yield ScreenLine(2, _due(due), "red" if due["overdue"] else "")
            if due["basis"] and self.why:
                yield ScreenLine(3, f"依据：{'、'.join(due['basis'])}", "dim")
            told = [one["message"] for one in due["warnings"] if one["severity"] == "warning"]
            doubts.update(dict.fromkeys(told))
        for doubt in doubts:
            yield ScreenLine(2, f"提醒：{doubt}", "yellow")


_LISTS = (("allowed", "现在可以做：", "bold green"), ("blocked", "现在不能做：", "bold red"))


def _due(due: Data) -> str:
    title = "".join(f"《{document['title']}》" for document in due["document"])
    what = with_doubt(due["what"] + title, due["service_doubted"])
    return f"{due['by']}（{days_left(due['days_left'])}）　{due['who']}：{what}"


def _number(options: Sequence[Data]) -> str:
    return "这" + count_in_words(len(options)) + "项"


def _found(option: Data, verdict: str) -> list[Data]:
    return [one for one in option["findings"] if one["verdict"] == verdict]


def _kept_by(option: Data) -> tuple[str, ...]:
    """List briefly what keeps a step back."""
    if option["verdict"] not in ("须说明理由", "禁止"):
        return ()
    return tuple(_short(_found(option, option["verdict"])))


def _short(findings: Iterable[Data]) -> Iterator[str]:
    yield from dict.fromkeys(first_sentence(finding["reason"]) for finding in findings)


def _fully(option: Data, *, allowed: bool) -> Iterator[ScreenLine]:
    """Tell everything of a step: days, what was found with the way out, the articles."""
    if span := _span(option, allowed):
        yield ScreenLine(3, span)
    for finding in option["findings"]:
        verdict = finding["verdict"]
        law = f"（{'、'.join(finding['basis'])}）" if finding["basis"] else ""
        yield ScreenLine(3, f"{verdict}：{finding['reason']}{law}", _STYLES.get(verdict, ""))
        if finding["hint"]:
            yield ScreenLine(4, finding["hint"], "dim")
    for refused in option["refused"]:
        yield ScreenLine(3, f"{refused['message']}{refused['hint']}", "red")
    if allowed and option["basis"]:
        yield ScreenLine(3, f"依据：{'、'.join(option['basis'])}", "dim")


def _span(option: Data, allowed: bool) -> str:
    """Write from when until when, each with what it is counted by."""
    first, last, parts = option["from"], option["until"], []
    if first:
        may = "可以做" if allowed else "才可以做"
        parts.append(f"{first['day']} 起{may}（{first['name']}）")
    if last:
        parts.append(f"最迟 {last['day']}（{last['name']}）")
    return "，".join(parts)
