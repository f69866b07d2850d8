"""``kcbx new``: a commented file to fill in, so that nobody starts from an empty one."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import click

from kcbx_docs.case.files import WORKSPACE_FILE, load_workspace
from kcbx_docs.case.letter import LetterKind
from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.cli import ask, options, scaffold, show, where
from kcbx_docs.cli.ask import Questions
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.from_list import children_of, roster_of_batch, without_cases
from kcbx_docs.cli.group import Branch
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below, folder_key, numbers_in
from kcbx_docs.problems import Place, Problem, problem, raise_errors, stop
from kcbx_docs.words import command_line
from kcbx_docs.writing import PRIVATE

SITUATIONS = ("未入学", "辍学", "再次辍学")
LETTERS: tuple[str, ...] = LetterKind.__args__  # type: ignore[attr-defined]
_BODY = """这里写正文的第一段，说明缘由。
一、第一项标题
（一）第二级标题。内容接着写。
1.分条写的内容。"""
_ENGLISH = {"case": "案件", "batch": "批次", "letter": "公文"}


class Kinds(Branch):
    """The kinds of files by their Chinese names; English ones do where no Chinese can be typed."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a kind."""
        return super().get_command(ctx, _ENGLISH.get(cmd_name, cmd_name))


@click.group(cls=Kinds)
def new() -> None:
    """新建案件、批次或公文文件。

    问几个问题，写出一个带说明的文件：没有填的键前面有 #，
    要写时删去。命令也可以写 case、batch、letter。
    """


@dataclass(frozen=True)
class Destination:
    """The workspace that a new file goes into;
    a kcbx.yaml that is still wrong does not stop anybody.
    """

    root: Path
    name: str
    school: str

    @property
    def cases(self) -> Path:
        """Return the folder of the cases."""
        return self.root / CASES

    @cached_property
    def numbers(self) -> Mapping[str, Path]:
        """Map the folders of output/ that belong to somebody to their files."""
        return numbers_in(self.root)

    @property
    def files(self) -> tuple[Path, ...]:
        """List the files of the cases."""
        return files_below((self.cases,))

    @property
    def taken(self) -> set[str]:
        """Name what a new number must differ from:
        the numbers in files, and the files themselves.
        """
        return {*self.numbers, *(path.stem for path in self.cases.glob("*.y*ml"))}


def _office() -> Destination:
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file=WORKSPACE_FILE)
    loaded = load_workspace(root)[0]
    if loaded is None:
        return Destination(root, "本单位", "")
    own = loaded.workspace.office
    schools = [school.name for school in loaded.workspace.schools]
    if own.kind == SCHOOL:  # a school's own workspace
        schools.insert(0, own.name)
    return Destination(root, own.name, schools[0] if schools else "")


def _yes(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "不提问；没有给出的用默认值或留空。"
    return click.option("-y", "--yes", is_flag=True, help=text)(function)


def _from(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    path = click.Path(path_type=Path)
    return click.option("--名册", "--from", "roster", type=path, metavar="名单", help=text)


@new.command(
    "案件",
    cls=Command,
    examples=(
        "kcbx new 案件 --id 2026-101 --pupil 普云飞 --guardian 普正华 --yes",
        "kcbx new 案件 --名册 cases/名册.xlsx --situation 辍学",
    ),
)
@_from("从名单（Excel、WPS、CSV）读取，一名学生写一个案件。")
@click.option("--id", "number", metavar="编号", help="案件编号，也是文件名；不写就取下一个。")
@click.option("--situation", metavar="情形", help="未入学、辍学或再次辍学。")
@click.option("--pupil", metavar="姓名", help="学生姓名。")
@click.option("--id-number", metavar="号码", help="学生身份证号。")
@click.option("--school", metavar="学校", help="学校名称；不写就是 kcbx.yaml 里的第一所。")
@click.option("--guardian", metavar="姓名", help="监护人姓名。")
@click.option("--relation", metavar="关系", help="监护人与学生的关系。")
@click.option("--address", metavar="住址", help="监护人的住址。")
@click.option("--absent", metavar="日期", help="首次缺课的日期。")
@options.as_of("编号的年份和核对号码用的日期；不写就是今天。")
@_yes
def case(
    roster: Path | None,
    number: str | None,
    situation: str | None,
    day: date,
    yes: bool,
    school: str | None,
    **given: str | None,
) -> None:
    """新建案件文件，写进工作目录的 cases。"""
    office = _office()
    if roster is not None:
        _cases_from_list(office, roster, situation, number, school, day)
        return
    questions = Questions(yes)
    free = next(iter(scaffold.next_numbers(office.taken, day.year)))
    chosen = questions.text("编号", number, free, scaffold.folder_name)
    values = _case_values(questions, chosen, situation, school, given, office)
    _done(_write(office, {chosen: scaffold.case_text(values)}))


def _case_values(
    questions: Questions,
    number: str,
    situation: str | None,
    school: str | None,
    given: dict[str, str | None],
    office: Destination,
) -> dict[str, Any]:
    text = questions.text
    what = questions.choice("情形", situation, SITUATIONS, SITUATIONS[1])
    pupil = {
        "姓名": text("学生姓名", given["pupil"]),
        "身份证号": text("学生身份证号（没有就回车）", given["id_number"], check=ask.identity),
    }
    guardian = {
        "姓名": text("监护人姓名", given["guardian"]),
        "关系": text("与学生的关系", given["relation"], "父亲"),
        "身份证号": "",
        "电话": "",
        "住址": text("监护人住址", given["address"]),
    }
    absent = text("首次缺课日期（如 2026-09-01）", given["absent"], check=ask.a_day)
    named = text("学校", school, office.school)
    values = {"编号": number, "情形": what, "学生": pupil, "监护人": [guardian], "学校": named}
    if absent:
        values["经过"] = [{"日期": absent, "事项": "首次缺课"}]
    return values


def _cases_from_list(
    office: Destination,
    roster: Path,
    situation: str | None,
    first: str | None,
    school: str | None,
    day: date,
) -> None:
    """Write one case for every child of a list."""
    pupils = without_cases(children_of(roster, day), office.files, roster)
    what = Questions(True).choice("情形", situation, SITUATIONS, SITUATIONS[1])
    free = scaffold.next_numbers(office.taken, day.year)
    numbers = list(islice(free, len(pupils)))
    if first and len(pupils) == 1:
        numbers = [first]
    files: dict[str, str] = {}
    for number, row in zip(numbers, pupils, strict=True):
        own = row.state if row.state in SITUATIONS and situation is None else what
        values = scaffold.case_of_pupil(number, own, row, school or office.school)
        files[scaffold.folder_name(number)] = scaffold.case_text(values)
    if files:
        _done(_write(office, files))


@new.command(
    "批次", cls=Command, examples=("kcbx new 批次 --id 秋季开学告知 --名册 cases/名册.xlsx --yes",)
)
@_from("名册文件（Excel、WPS、CSV）。")
@click.option("--id", "number", metavar="名称", help="批次名称，也是文件名。")
@click.option("--term", metavar="学期", help="如 2026年秋季学期。")
@click.option("--school", metavar="学校", help="学校名称；不写就是 kcbx.yaml 里的第一所。")
@click.option("--duplex", metavar="是或否", help="要固定单面或双面的才写；不写就看文书有几页。")
@options.as_of("学期的日期；不写就是今天。")
@_yes
def batch(
    roster: Path | None,
    number: str | None,
    term: str | None,
    school: str | None,
    duplex: str | None,
    day: date,
    yes: bool,
) -> None:
    """新建批次文件：一所学校、一份名册、发哪些文书。"""
    office = _office()
    questions = Questions(yes)
    term = questions.text("学期", term, scaffold.term_of(day))
    name = questions.text("批次名称", number, f"{term}开学告知", scaffold.folder_name)
    named = questions.text("学校", school, office.school)
    folder = office.cases
    listed = questions.text("名册文件", str(roster) if roster else None, "cases/名册.xlsx")
    both = questions.choice("双面打印", duplex, ("是", "否"), "是") if duplex else ""
    said = roster_of_batch(questions, Path(listed), day)
    values = {
        "批次": name,
        "学期": term,
        "学校": named,
        "名册": {"文件": _relative(Path(listed), folder), **said},
        "文书": [{"文书": "控辍保学告知书", "份数": 1}, {"文书": "承诺书", "份数": 2}],
        "打印": {**({"双面": both} if both else {}), "排序": "班级", "分班": "是"},
    }
    _done(_write(office, {name: scaffold.batch_text(values)}))


def _relative(roster: Path, folder: Path) -> str:
    """Write the path of a roster as the batch file sees it."""
    return Path(os.path.relpath(roster.resolve(), folder.resolve())).as_posix()


@new.command(
    "公文",
    cls=Command,
    examples=(
        "kcbx new 公文 --id 秋季控辍通知 --kind 通知"
        " --title 关于做好秋季学期控辍保学工作的通知 --yes",
    ),
)
@click.option("--id", "number", metavar="编号", help="文件名，也是输出文件夹的名字。")
@click.option("--kind", metavar="文种", help="如 通知、报告、函。")
@click.option("--title", metavar="标题", help="发文机关、事由和文种。")
@click.option("--to", "recipients", metavar="机关", help="主送机关，用顿号隔开。")
@options.as_of("成文日期；不写就是今天。")
@_yes
def letter(
    number: str | None,
    kind: str | None,
    title: str | None,
    recipients: str | None,
    day: date,
    yes: bool,
) -> None:
    """新建公文文件。"""
    office = _office()
    questions = Questions(yes)
    what = questions.choice("文种", kind, LETTERS, "通知")
    heading = questions.text("标题", title, f"{office.name}关于……的{what}")
    name = questions.text("编号（文件名）", number, f"{what}{day:%Y%m%d}", scaffold.folder_name)
    to = questions.text("主送（用顿号隔开）", recipients)
    values = {
        "公文": what,
        "编号": name,
        "标题": heading,
        "主送": to.split("、") if to else [],
        "正文": _BODY,
        "成文日期": day,
    }
    _done(_write(office, {name: scaffold.letter_text(values)}))


def _write(office: Destination, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write new files by their numbers; none if a number belongs to another file already."""
    files = {f"{number}.yaml": text for number, text in texts.items()}
    doubled: list[Problem] = []
    for number in texts:
        path, name = office.numbers.get(folder_key(number)), f"{number}.yaml"
        if path and path.name != name:  # the file itself: CLI002 says it better
            place = Place(str(office.cases / name))
            doubled.append(problem("WORK010", place, number=number, files=path))
    raise_errors(doubled)
    return scaffold.write_files(office.cases, files, mode=PRIVATE)


def _done(paths: tuple[Path, ...]) -> None:
    shown = [show.short(path) for path in paths]
    for path in shown:
        show.result(str(path))
    target = shown[0] if len(shown) == 1 else shown[0].parent
    show.tell(f"接下来：填写以后运行 {command_line(['check', str(target)])}")
