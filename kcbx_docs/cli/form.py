"""A form on the screen: one question after the other, what was wrong asked again, all repeated
before anything is written, one answer changed at a time, nothing lost when somebody stops.

Answers are told by where they stand in the file that will be written, so that the readers of the
file judge them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

import click

from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import cells
from kcbx_docs.light import dataclass
from kcbx_docs.office.asked import Answers, Asked, Flow, Judge
from kcbx_docs.office.kept_answers import KeptAnswers
from kcbx_docs.problems import Problem, UserError, errors
from kcbx_docs.reading import Loc
from kcbx_docs.words import spell

BACK, LEFT_OPEN = ("<", "＜"), ("-", "－", "—")
HOW = "直接回车：不填，或者照方括号里的。写 < 退回上一项，写 - 留空。Ctrl-C 停下，答过的留着。"
YES, NO = ("", "是", "对", "好", "y", "Y"), ("否", "不", "n", "N")


Proof = Callable[[Mapping[Loc, str]], object]
"""Raises what speaks against writing all the answers together."""


class _Back(Exception):  # noqa: N818
    """The question before is asked again."""


@dataclass
class Dialogue:
    """Asks what a flow yields; with ``silent`` it takes what was given and the defaults."""

    flow: Flow
    given: Mapping[Loc, str]
    judge: Judge
    silent: bool
    kept: KeptAnswers | None = None
    answers: Answers = field(default_factory=dict)
    former: Answers = field(default_factory=dict)
    """Answers to be given anew, offered again."""
    opened: set[Loc] = field(default_factory=set)
    """Given answers that are asked for all the same: refused, or to be changed."""

    def fill(self, target: Path | str = "", prove: Proof = lambda _answers: None) -> Answers:
        """Return all answers, in the order of the questions; what ``prove`` refuses is changed."""
        if self.silent:
            for question in self._walk():
                self._take(question)
            for one in self.judge(self.answers):
                if one.missing:  # no question comes that could ask for it
                    show.tell(f"提醒：{_said(one)}")
            prove(self.answers)
            return self.answers
        show.tell(HOW)
        self._offer_again()
        try:
            self._ask_all()
            self._confirm(target, prove)
        except click.Abort as stopped:
            self._stopped()
            if isinstance(stopped.__context__, KeyboardInterrupt):
                raise KeyboardInterrupt from None  # ends as every stopped command does
            raise
        return self.answers

    def done(self) -> None:
        """Forget what was kept: it is written."""
        if self.kept:
            self.kept.forget()

    def _walk(self) -> Iterator[Asked]:
        """Yield the questions without an answer; those answered stay in the order of the flow."""
        known, self.answers = self.answers, {}
        self.former |= known  # what somebody stops at is offered again
        for question in self.flow(self.answers):
            if question.loc in known and question.takes(known[question.loc]):
                self.answers[question.loc] = self.former.pop(question.loc)
            else:
                yield question

    def _take(self, question: Asked) -> None:
        """Take what was given, or the default; what is wrong with it is wrong usage, what is odd
        is told.
        """
        given = self.given.get(question.loc)
        text = question.default if given is None else given.strip()
        try:
            reminders = self._try(question, text)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint=question.label) from error
        if given is not None:
            for one in reminders:
                show.tell(f"提醒：{_said(one)}")

    def _ask_all(self) -> None:
        while True:
            try:
                for question in self._walk():
                    self._ask(question)
                return
            except _Back:
                self._undo()

    def _undo(self) -> None:
        """Open the last answer that was typed."""
        typed = [loc for loc in self.answers if loc not in self.given or loc in self.opened]
        if typed:
            self.former[typed[-1]] = self.answers.pop(typed[-1])

    def _ask(self, question: Asked) -> None:
        """Ask until there is an answer that can stand; a reminder is confirmed with Enter."""
        loc = question.loc
        offered = self._offered(question)
        given = None if loc in self.opened else self.given.get(loc)
        reminded = None
        while True:
            text = self._prompt(question, offered) if given is None else given.strip()
            given = None
            if text in BACK:
                raise _Back
            try:
                reminders = self._try(question, "" if text in LEFT_OPEN else text)
            except ValueError as error:
                show.tell(f"错误：{error}")
                self.opened.add(loc)
                continue
            answer = self.answers[loc]
            if not reminders or answer == reminded:
                break
            for one in reminders:
                show.tell(f"提醒：{_said(one)}")
            show.tell("就是这样的，直接回车；写错了的，重写一遍。")
            reminded = offered = answer
        self._understood(question)

    def _try(self, question: Asked, text: str) -> Sequence[Problem]:
        """Take an answer and return reminders of it; raise ``ValueError`` if it cannot stand."""
        answer = question.read(text)
        self.answers[question.loc] = answer
        found = self._faults(question) if answer else []
        if wrong := errors(found):
            del self.answers[question.loc]
            raise ValueError("".join(map(_said, wrong)))
        return found

    def _understood(self, question: Asked) -> None:
        answer = self.answers[question.loc]
        self.former.pop(question.loc, None)
        if answer and (told := question.told(answer)) != answer:
            show.tell(f"  {told}")
        if self.kept:
            self.kept.keep(self._answered)

    def _offered(self, question: Asked) -> str:
        """Return what Enter answers: the answer of before where it can still stand."""
        before = self.former.get(question.loc)
        return question.default if before is None or not question.takes(before) else before

    @property
    def _answered(self) -> Answers:
        """Return every answer that was given, also those behind the one that is being changed."""
        return self.answers | self.former

    def _faults(self, question: Asked) -> list[Problem]:
        """List what the readers say of one answer; what is missing elsewhere is no fault of it."""
        found = [one for one in self.judge(self.answers) if not one.missing]
        return [one for one in found if question.is_meant(one)]

    def _prompt(self, question: Asked, offered: str) -> str:
        for line in question.listed:
            show.tell(f"  {line}")
        text = click.prompt(
            question.asked,
            default=offered,
            show_default=bool(offered),
            prompt_suffix="：",
            err=True,
            value_proc=str.strip,
        )
        return str(text)

    def _offer_again(self) -> None:
        before = self.kept.answers() if self.kept else {}
        before = {loc: text for loc, text in before.items() if loc not in self.given}
        if not self.kept or not any(before.values()):
            return
        show.tell(f"上次（{self.kept.when}）答到一半：")
        for loc, text in before.items():
            if text:
                show.tell(f"  {spell(loc)}：{text}")
        if _agreed("接着上次的答吗（是，否）", "是"):
            self.answers = {loc: text for loc, text in before.items() if text}
        else:
            self.kept.forget()

    def _stopped(self) -> None:
        answered = self._answered
        if self.kept and any(answered.values()):
            show.tell(f"\n答过的 {len(answered)} 项记下了，再运行一次可以接着答。")

    def _confirm(self, target: Path | str, prove: Proof) -> None:
        """Repeat everything until it is agreed to."""
        while True:
            listed = [*self._repeat(target)]
            text = self._decide(len(listed))
            if text in YES and self._proved(prove):
                return
            if text in YES:
                continue
            if text in NO:
                raise click.Abort
            loc = listed[int(text) - 1].loc
            self.former[loc] = self.answers.pop(loc)
            self.opened.add(loc)
            self._ask_all()

    def _proved(self, prove: Proof) -> bool:
        """Tell whether the whole can be written; say why where it cannot."""
        try:
            prove(self.answers)
        except UserError as error:
            show.print_problems(error.problems, err=True)
            return False
        return True

    def _repeat(self, target: Path | str) -> Iterator[Asked]:
        questions = [*self.flow(self.answers)]
        width = max(cells(question.short) for question in questions)
        show.tell(f"\n请核对，将要写进 {target}：" if target else "\n请核对：")
        for number, question in enumerate(questions, 1):
            answer = self.answers[question.loc]
            told = question.told(answer) if answer else "（没有填）"
            space = " " * (width - cells(question.short))
            show.tell(f"{number:>4}  {question.short}{space}  {told}")
            yield question

    def _decide(self, count: int) -> str:
        while True:
            text = click.prompt(
                "对的回车写入；要改哪一项，写它的序号；不写了，写 否",
                default="",
                show_default=False,
                prompt_suffix="：",
                err=True,
                value_proc=str.strip,
            )
            known = text.isdecimal() and 1 <= int(text) <= count
            if known or text in (*YES, *NO):
                return str(text)
            show.tell(f"错误：请写 1 至 {count} 的序号，或者直接回车。")


def _said(found: Problem) -> str:
    """Say what is wrong with an answer: here are no lines that could be deleted."""
    return f"{found.message}{found.hint.replace('删去这一行', '写 - 留空')}"


def _agreed(label: str, default: str) -> bool:
    """Ask for yes or no."""
    while True:
        text = click.prompt(
            label, default=default, prompt_suffix="：", err=True, value_proc=str.strip
        )
        if text in YES or text in NO:
            return text in YES
        if text in BACK:
            show.tell("这里还没有上一项。要从头答的，写 否；接着答的，写 是，再写 < 退回。")
            continue
        show.tell("错误：请写 是 或 否。")
