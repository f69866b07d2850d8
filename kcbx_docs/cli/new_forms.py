"""What ``kcbx new`` asks for a case, a batch and a letter, and the file that the answers make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from kcbx_docs.batch.choices import BatchChoices, batch_text, seen_from, values_of_batch
from kcbx_docs.case.ids import normalise_id
from kcbx_docs.case.letter import SAMPLE_TEXT, LetterKind
from kcbx_docs.case.model import PARENTS, Guardian, Pupil, name_key
from kcbx_docs.case.names import names_nobody
from kcbx_docs.case.roster import NO_ROWS
from kcbx_docs.case.who_is_meant import names_with_blanks
from kcbx_docs.cli import ask
from kcbx_docs.cli.answered import (
    Values,
    judge_of_file,
    names_of,
    told_day,
    told_number,
)
from kcbx_docs.cli.destination import as_typed
from kcbx_docs.cli.form import Dialogue
from kcbx_docs.cli.from_list import NO_CLASS, NO_HEADER, reading_of, tells
from kcbx_docs.cli.show import short
from kcbx_docs.light import dataclass
from kcbx_docs.listing.spans import term_of
from kcbx_docs.office import new_files
from kcbx_docs.office.asked import Answers, Asked
from kcbx_docs.office.children import known_children
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.kept_answers import kept_for
from kcbx_docs.office.new_case import (
    SITUATIONS,
    CaseSaid,
    as_class,
    as_grade,
    as_phones,
    at_their_places,
    listed_names,
)
from kcbx_docs.problems import Place, Problem, Problems, as_warning, errors, problem, stop
from kcbx_docs.reading import Loc
from kcbx_docs.words import command_line

LETTERS: tuple[str, ...] = LetterKind.__args__  # type: ignore[attr-defined]
NO_ROSTER = "BTCH004"
"""The roster is not there yet: told, but a batch may be written before it."""


def _of_case(name: str, path: Path) -> dict[str, object]:
    """Return what is told of a case that a child has already, with the command that goes on."""
    case = short(path)
    return {"name": name, "case": case, "command": command_line(["next", str(case)])}


@dataclass
class NewFile:
    """The form of a new file: its questions, and how the answers are written."""

    office: Destination
    day: date
    given: Mapping[Loc, str]
    silent: bool

    command = ""

    def form(self) -> Dialogue:
        """Return the form that asks for it."""
        path = self.office.cases / "new.yaml"
        reads = judge_of_file(path, self.judged, self.day, self.office.workspace)

        def judge(answers: Mapping[Loc, str]) -> Sequence[Problem]:
            found = (*reads(answers), *self.reminders(answers))
            return [as_warning(one) if one.code == NO_ROSTER else one for one in found]

        kept = None if self.silent else kept_for(f"new {self.command}", self.office.root)
        return Dialogue(self.flow, self.given, judge, self.silent, kept)

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions."""
        raise NotImplementedError

    def text(self, answers: Mapping[Loc, str]) -> str:
        """Return the file."""
        raise NotImplementedError

    def refuse(self, answers: Mapping[Loc, str]) -> Problems:
        """Refuse what must not be written a second time; return what is told besides."""
        return ()

    def judged(self, answers: Mapping[Loc, str]) -> str:
        """Return the file as it is judged while answers are missing."""
        return self.text(answers)

    def reminders(self, answers: Mapping[Loc, str]) -> Iterator[Problem]:
        """Yield what other files of the office say of the answers."""
        yield from ()

    def number_of(self, answers: Answers) -> str:
        """Return what the file is called."""
        raise NotImplementedError

    def _free(self, text: str) -> str:
        """Accept a name that no file has; what was given by an option is refused at the end."""
        name = new_files.folder_name(text)
        if not self.silent and name in self.office.taken:
            raise ValueError(f"「{name}」已经有了，请换一个。")
        return name

    def _school(self, label: str = "学校") -> Asked:
        known = self.office.schools
        certain = self.silent or self.office.is_school or len(known) == 1
        usual = self.office.school if certain else ""
        return Asked(("学校",), label, usual, words=known, open=True)


@dataclass
class NewCase(NewFile):
    """A case of one child, with any number of guardians."""

    command = "案件"
    known: dict[tuple[str, str], tuple[Path, ...]] = field(default_factory=dict)

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions."""
        free = next(iter(new_files.next_numbers(self.office.taken, self.day.year)))
        yield Asked(("编号",), "编号", free, check=self._free, needed=True)
        yield Asked(("情形",), "情形", SITUATIONS[1], words=SITUATIONS)
        yield Asked(("学生", "姓名"), "学生姓名", also=(("编号",),))
        pupil, guardians = self._in_roster(answers[("学生", "姓名")])
        yield from self._pupil(pupil, answers)
        yield self._school()
        yield from self._guardians(guardians, answers)
        absent = Asked(("经过", 0, "日期"), "首次缺课日期", check=ask.a_day, told=told_day)
        yield absent
        if self.given.get(("承办人",)) or (self.office.handlers and not self.silent):
            usual = "" if self.silent else "、".join(self.office.usual_handlers)
            yield names_of(("承办人",), "承办人", self.office.handlers, usual)

    def _in_roster(self, name: str) -> tuple[Pupil | None, tuple[Guardian, ...]]:
        row = self.office.pupil_called(name, self.day) if name and not self.silent else None
        return (row.pupil, row.guardians) if row else (None, ())

    def _pupil(self, known: Pupil | None, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        number = Asked(
            ("学生", "身份证号"),
            "学生身份证号（没有就回车）",
            known.id_number if known else "",
            check=normalise_id,
            told=told_number(self.day),
        )
        yield number
        if not answers[number.loc] and not self.silent:
            about = "没有证件号码的原因（如 未落户；还没有查到就回车）"
            yield Asked(("学生", "无证件原因"), about)
        grade, own = (known.grade, known.class_name) if known else ("", "")
        yield Asked(("学生", "年级"), "年级（如 八年级）", grade, check=as_grade)
        yield Asked(("学生", "班级"), "班级（如 2班）", own, check=as_class)

    def _guardians(
        self, known: tuple[Guardian, ...], answers: Mapping[Loc, str]
    ) -> Iterator[Asked]:
        """Ask for guardians until there is no further one."""
        address = ""
        for place in count():
            row = known[place] if place < len(known) else None
            about = f"第 {place + 1} 名监护人姓名（没有了就回车）"
            label = about if place else "监护人姓名（还没有查明的回车）"
            usual = row.name if row else ""
            name = Asked(("监护人", place, "姓名"), label, usual, check=self._one_person)
            yield name
            if not answers[name.loc] and (place or not self._guardian_told()):
                return
            yield from self._guardian(place, row, address, answers)
            address = answers[("监护人", place, "住址")]

    def _one_person(self, text: str) -> str:
        """Accept the name of one guardian; each has answers of his own."""
        if names := names_with_blanks(text):
            each = " ".join(f"--guardian {name}" for name in names)
            how = f"写成 {each}；" if self.silent else f"先写「{names[0]}」，"
            raise ValueError(f"「{text}」是几个人的姓名，一次写一名：{how}别的几项也各写各的。")
        if names_nobody(text):
            how = "不写 --guardian 这几项" if self.silent else "直接回车"
            raise ValueError(f"「{text}」不是姓名。还没有查明监护人的，{how}。")
        return text

    def _guardian_told(self) -> bool:
        """Tell whether anything of a guardian was given by an option."""
        return any(loc[0] == "监护人" and text for loc, text in self.given.items())

    def _guardian(
        self, place: int, row: Guardian | None, address: str, answers: Mapping[Loc, str]
    ) -> Iterator[Asked]:
        at: Loc = ("监护人", place)
        whose = answers[(*at, "姓名")] or "监护人"
        related = Asked(
            (*at, "关系"),
            f"{whose}与学生的关系",
            row.relation if row else "",
            words=PARENTS[:2],
            open=True,
        )
        yield related
        basis: Loc = (*at, "监护依据")
        asked = answers[related.loc] not in ("", *PARENTS) and not self.silent
        if asked or self.given.get(basis):
            about = f"{whose}凭什么作监护人（如 法院判决；只是受父母委托照看的，不是监护人）"
            yield Asked(basis, about)
        yield Asked(
            (*at, "身份证号"),
            f"{whose}的身份证号",
            row.id_number if row else "",
            check=normalise_id,
            told=told_number(self.day),
        )
        yield Asked((*at, "电话"), f"{whose}的电话", row.phone if row else "", check=as_phones)
        known = (row.address if row else "") or ("" if self.silent else address)
        yield Asked((*at, "住址"), f"{whose}的住址", known)

    def said(self, answers: Mapping[Loc, str]) -> CaseSaid:
        """Return the case as it is told."""
        return CaseSaid(answers, self._guardian_told())

    def text(self, answers: Mapping[Loc, str]) -> str:
        """Return the file."""
        return self.said(answers).text

    def judged(self, answers: Mapping[Loc, str]) -> str:
        """Return the file with stand-ins for those who are not named yet."""
        return self.said(answers).judged

    def reminders(self, answers: Mapping[Loc, str]) -> Iterator[Problem]:
        """Yield the open cases that the child has already."""
        name, number = (answers.get(("学生", key), "") for key in ("姓名", "身份证号"))
        key = "身份证号" if number else "姓名"
        if self.silent or not name:
            return
        if (name, number) not in self.known:
            child = Pupil(姓名=name, 身份证号=number)
            same = known_children(self.office.files, [child])
            self.known[(name, number)] = tuple(one.path for one in same if one.may_be(child, ()))
        for path in self.known[(name, number)]:
            yield problem("CLI070", Place(path=f"学生.{key}"), **_of_case(name, path))

    def refuse(self, answers: Mapping[Loc, str]) -> Problems:
        """Refuse a second case of the very child; return what is told of one who may be it."""
        said = self.said(answers)
        found: list[Problem] = []
        for one, _ in said.known(self.office.files, closed=True):
            facts = {"name": answers[("学生", "姓名")], "case": short(one.path)}
            found.append(problem("CLI140", Place(), **facts))
        for one, surely in said.known(self.office.files):
            facts = _of_case(answers[("学生", "姓名")], one.path)
            if surely and one.name != name_key(str(facts["name"])):
                raise stop("CLI112", Place(), **facts, known=one.name)
            if surely:
                raise stop("CLI080", Place(), **facts)
            if self.silent:
                found.append(problem("CLI070", Place(), **facts))
        return tuple(found)

    def number_of(self, answers: Answers) -> str:
        """Return the number of the case."""
        return answers[("编号",)]


@dataclass
class NewBatch(NewFile):
    """A batch of one school over one roster."""

    command = "批次"

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions."""
        yield Asked(("学期",), "学期", term_of(self.day), needed=True)
        usual = f"{answers[('学期',)]}开学告知"
        yield Asked(("批次",), "批次名称", usual, check=self._free, needed=True)
        yield self._school()
        yield from self._roster(answers)
        if ("打印", "双面") in self.given:
            yield Asked(("打印", "双面"), "双面打印", "是", words=("是", "否"))

    def _roster(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        lying = "" if self.silent else next(map(as_typed, self.office.rosters), "")
        file = Asked(
            ("名册", "文件"),
            "名册文件",
            lying or "cases/名册.xlsx",
            check=self._readable,
            told=self._told_of_roster,
            needed=True,
        )
        yield file
        path = Path(answers[file.loc])
        if self.silent or not path.is_file():
            return
        if tells(reading_of(path, {}, self.day), NO_HEADER):
            yield Asked(("名册", "列", "姓名"), "学生姓名在哪一列（写列名）")
        if tells(reading_of(path, self.roster_of(answers), self.day), NO_CLASS):
            yield Asked(("名册", "班级"), "名册里没有班级，是哪个班（几个班就回车）")

    def _readable(self, text: str) -> str:
        """Accept a list that can be read, or one that will come; options are judged at the end."""
        if self.silent or not Path(text).is_file():
            return text
        found = reading_of(Path(text), {}, self.day).problems
        wrong = [one for one in errors(found) if one.code not in (NO_HEADER, NO_ROWS)]
        if wrong:
            raise ValueError("".join(f"{one.message}{one.hint}" for one in wrong[:3]))
        return text

    def _told_of_roster(self, text: str) -> str:
        if not Path(text).is_file():
            return text
        reading = reading_of(Path(text), {}, self.day)
        return f"{text}（{len(reading.pupils)} 名学生，可以印 {len(reading.printable)} 名）"

    def roster_of(self, answers: Mapping[Loc, str]) -> dict[str, Any]:
        """Return what is said of the roster besides its file."""
        said = at_their_places(answers, blank=False).get("名册", {})
        return {key: value for key, value in said.items() if key != "文件"}

    def text(self, answers: Mapping[Loc, str]) -> str:
        """Return the file."""
        values = at_their_places(answers, blank=False)
        chosen = BatchChoices(
            values.get("批次", ""),
            values.get("学期", ""),
            values.get("学校", ""),
            roster=self.roster_of(answers),
            printing=values.get("打印", {}),
        )
        return batch_text(values_of_batch(chosen, self._from_cases(answers)))

    def _from_cases(self, answers: Mapping[Loc, str]) -> str:
        """Write the path of the roster as the batch file sees it."""
        typed = answers.get(("名册", "文件"), "")
        return seen_from(self.office.cases, Path(typed)) if typed else ""

    def number_of(self, answers: Answers) -> str:
        """Return the name of the batch."""
        return answers[("批次",)]


@dataclass
class NewLetter(NewFile):
    """An official letter."""

    command = "公文"

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions."""
        yield Asked(("公文",), "文种", "通知", words=LETTERS)
        kind = answers[("公文",)]
        title = f"{self.office.name}关于……的{kind}"
        yield Asked(("标题",), "标题", title, needed=True)
        number = f"{kind}{self.day:%Y%m%d}"
        yield Asked(("编号",), "编号（文件名）", number, check=self._free, needed=True)
        yield Asked(("主送",), "主送机关（几个用顿号隔开）")

    def text(self, answers: Mapping[Loc, str]) -> str:
        """Return the file."""
        values: Values = {**at_their_places(answers), "正文": SAMPLE_TEXT, "成文日期": self.day}
        values["主送"] = listed_names(values.get("主送", ""))
        return new_files.letter_text(values)

    def number_of(self, answers: Answers) -> str:
        """Return the number of the letter."""
        return answers[("编号",)]
