"""What is asked of a clause on fines, with the regulation in hand: the questions of a command and
of a page, what speaks against an answer, and everything that will be written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import date
from functools import cached_property
from pathlib import Path

from kcbx_docs.case.fields import parse_money
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.handwriting.days import read_a_day
from kcbx_docs.light import dataclass
from kcbx_docs.office.asked import Asked, Check, as_given
from kcbx_docs.office.clause import (
    MAX_SHORT,
    MAY_FINE,
    UNKNOWN,
    ConfirmedClause,
    check_clause,
    parse_article,
)
from kcbx_docs.office.confirm import (
    Confirmation,
    ConfirmedBefore,
    confirmation_of,
    registered,
    said_before,
)
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.unlock import doubts
from kcbx_docs.office.yamledit import block
from kcbx_docs.problems import Problem, UserError, raise_errors
from kcbx_docs.reading import Loc, Source, parse_yaml, read_model

FORM = "pack confirm"
"""By which unfinished answers are kept."""


def _day(text: str) -> str:
    return text if text == UNKNOWN else read_a_day(text).isoformat()


def _money(text: str) -> str:
    try:
        return text if text == UNKNOWN else f"{parse_money(text):f}"
    except Exception as error:
        raise ValueError(f"「{text}」不是金额，请写成 500 或 500元。") from error


def _article(text: str) -> str:
    if number := parse_article(text):
        return str(number)
    raise ValueError(f"「{text}」认不出是第几条，请写成「第五十二条第一款」的样子。")


@dataclass(frozen=True)
class ClauseQuestion:
    """One thing that is asked: its key in the file, its option, what it means,
    and how an answer is read.
    """

    key: str
    option: str
    about: str
    default: str = ""
    check: Check = as_given
    choices: tuple[str, ...] = ()


QUESTIONS = (
    ClauseQuestion("法规", "statute", "法规全称"),
    ClauseQuestion("层级", "level", "法规的层级", "地方性法规", choices=MAY_FINE),
    ClauseQuestion("制定机关", "enacted-by", "制定机关"),
    ClauseQuestion(
        "通过日期", "adopted", "现行版本通过或修正的日期（没有就写 未知）", UNKNOWN, _day
    ),
    ClauseQuestion("施行日期", "in-force", "现行版本的施行日期", check=_day),
    ClauseQuestion("失效日期", "until", "失效日期（现行有效的不写）", check=_day),
    ClauseQuestion("条文", "article", "第几条第几款", check=_article),
    ClauseQuestion("原文", "text", "这一款的原文，照录"),
    ClauseQuestion("最低罚款", "least", "最低罚款（元；没有下限的不写）", check=_money),
    ClauseQuestion("最高罚款", "most", "最高罚款（元）", check=_money),
    ClauseQuestion("机关", "organ", "条文规定由谁处罚（类型或名称，用顿号隔开）"),
    ClauseQuestion(
        "赋权决定", "delegation", "乡镇、街道处罚的赋权决定（不需要就写 不需要）", UNKNOWN
    ),
    ClauseQuestion(
        "以逾期不改为前提",
        "after-order",
        "是否责令改正、逾期不改才可以处罚",
        UNKNOWN,
        choices=("是", "否", UNKNOWN),
    ),
    ClauseQuestion("听证标准", "hearing-from", "罚款多少元以上要告知听证", UNKNOWN, _money),
    ClauseQuestion("确认人", "by", "对照原文确认的人"),
)


WHICH: Loc = ("登记",)
CHANGED: Loc = ("施行日期的改动",)
ATTACHMENT: Loc = ("附件",)
ANOTHER = "另外登记一条"
WRONG, NEWER = "上次写错了", "法规改了，这是新的版本"
_NEEDED = ("法规", "条文", "原文", "最高罚款", "机关", "确认人")
_ALSO: Mapping[str, tuple[Loc, ...]] = {
    "施行日期": (("通过日期",),),
    "失效日期": (("施行日期",),),
    "最高罚款": (("最低罚款",),),
}
"""Where what contradicts an answer is told besides."""


@dataclass
class ConfirmForm:
    """The form of one clause; what was answered for it before is offered again."""

    root: Path
    day: date
    said: Mapping[str, str]
    correct: bool
    silent: bool
    tell: Callable[[str], None] = lambda _: None
    files: Mapping[str, Path] = field(default_factory=dict)
    """Files that came in by a form: where each lies, by the name that it is called."""
    ready: Confirmation | None = None

    @cached_property
    def _known(self) -> Mapping[str, PenaltyBasis]:
        return {basis.id: basis for basis in registered(self.root) if not basis.withdrawn}

    def former(self, answers: Mapping[Loc, str]) -> PenaltyBasis | None:
        """Return the clause that is confirmed again."""
        article = parse_article(self.said.get("条文", ""))
        named = answers.get(WHICH) or self.said.get("编号") or str(article or "")
        return self._known.get(named)

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the next question from the answers so far."""
        if self._known and not self.silent and self.former(answers) is None:
            words = (*self._known, ANOTHER)
            yield Asked(WHICH, "更正登记过的，还是另外登记", words=words, needed=True)
        former = self.former(answers)
        before = said_before(self.root, former) if former else {}
        if former and not self.silent:
            self.tell(f"上次：{former.confirmed_by}，{former.confirmed_on} 确认。")
        for entry in QUESTIONS:
            if entry.key != "层级" or "示例" not in self.said:
                yield self._asked(entry, before)
            if entry.key == "施行日期" and self._changed(former, answers):
                about = f"上次写的施行日期是 {before['施行日期']}，和这次不同"
                yield Asked(CHANGED, about, words=(WRONG, NEWER), needed=True)
        if len(answers[("法规",)]) > MAX_SHORT and not self.silent:
            yield Asked(("简称",), f"通用简称（全称超过 {MAX_SHORT} 字）", needed=True)
        about = "法规原文的文件（扫描件、PDF；没有就回车）"
        yield Asked(ATTACHMENT, about, before.get("附件", ""), check=self._file)

    def _asked(self, entry: ClauseQuestion, before: Mapping[str, str]) -> Asked:
        signed = entry.key == "确认人"  # whoever confirms now says so himself
        usual = entry.default if signed else before.get(entry.key, entry.default)
        needed = entry.key in _NEEDED and not self.silent
        also = _ALSO.get(entry.key, ())
        return Asked(
            (entry.key,),
            entry.about,
            usual,
            words=entry.choices,
            check=entry.check,
            needed=needed,
            also=also,
        )

    def _changed(self, former: PenaltyBasis | None, answers: Mapping[Loc, str]) -> bool:
        if former is None or former.in_force is None or self.silent or self.correct:
            return False
        return answers[("施行日期",)] not in ("", UNKNOWN, str(former.in_force))

    def _file(self, text: str) -> str:
        if not self.silent and not self._path(text).is_file():
            raise ValueError(f"找不到文件「{text}」。")
        return text

    def _path(self, text: str) -> Path:
        """Find a file that came in, as it was typed, or as kcbx.yaml names it."""
        if text in self.files:
            return self.files[text]
        kept = self.root / text
        return kept if not Path(text).is_file() and kept.is_file() else Path(text)

    def _source(self, answers: Mapping[Loc, str]) -> Source:
        asides = (WHICH, CHANGED, ATTACHMENT)
        data = {str(loc[0]): text for loc, text in answers.items() if text and loc not in asides}
        former = self.former(answers)
        number = {"编号": former.id} if former else {}
        level = {"层级": "示例"} if "示例" in self.said else {}
        extra = {key: text for key, text in self.said.items() if text and (key,) not in answers}
        whole = {**number, **extra, **data, **level}
        return Source("命令行", "", {"确认日期": str(self.day), **whole})

    def judge(self, answers: Mapping[Loc, str]) -> Sequence[Problem]:
        """Judge an answer as the readers do; what options say is judged as a whole."""
        if self.silent:
            return ()
        source, _ = parse_yaml("\n".join(block(self._source(answers).data)), "")
        clause, found = read_model(ConfirmedClause, source)
        if clause is None:
            return found
        doubted = doubts(clause, source, self._office) if self._office else ()
        return (*found, *check_clause(clause, source, self.day), *doubted)

    @cached_property
    def _office(self) -> Office | None:
        """Return the office whose clause it is; what is wrong with it is told in the end."""
        with suppress(UserError):
            return open_office(self.root)
        return None

    def prove(self, answers: Mapping[Loc, str]) -> None:
        """Work out everything that will be written."""
        source = self._source(answers)
        clause, found = read_model(ConfirmedClause, source)
        raise_errors(found)
        assert clause is not None
        raise_errors(check_clause(clause, source, self.day))
        former = self.former(answers)
        told = answers.get(CHANGED, "")
        wrong = self.correct or told == WRONG or (not told and not self.silent)
        again = ConfirmedBefore(former, wrong) if former and (wrong or told == NEWER) else None
        file = answers.get(ATTACHMENT, "")
        path = self._path(file) if file else None
        self.ready = confirmation_of(
            self.root, clause, path, self.day, again, called=Path(file).name
        )
