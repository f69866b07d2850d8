"""``kcbx new``: a commented file to fill in, so that nobody starts from an empty one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import click

from kcbx_docs.case.leads import Whence
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.destination import destination
from kcbx_docs.cli.from_list import children_of, tell_of_roster, without_cases
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.new_forms import NewBatch, NewCase, NewFile, NewLetter
from kcbx_docs.light import dataclass
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.new_case import SITUATIONS, write_cases_anew
from kcbx_docs.reading import Loc
from kcbx_docs.words import command_line

# Where no Chinese can be typed.
_ENGLISH = {"case": "案件", "batch": "批次", "letter": "公文", "work": "工作", "lead": "线索"}


@click.group(cls=Branch, also=_ENGLISH)
def new() -> None:
    """新建案件、批次、公文、工作或线索文件。

    问几个问题，写出一个带说明的文件：没有填的键前面有 #，
    要写时删去。命令也可以写 case、batch、letter、work、lead。
    """


def _yes(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "不提问；没有给出的用默认值或留空。"
    return click.option("-y", "--yes", is_flag=True, help=text)(function)


def _of_guardian(
    option: str, metavar: str, text: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(option, multiple=True, metavar=metavar, help=text)


def _from(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    path = click.Path(path_type=Path)
    return click.option("--名册", "--from", "roster", type=path, metavar="名单", help=text)


@new.command(
    "案件",
    cls=Command,
    examples=(
        "kcbx new 案件 --id 2026-101 --pupil 杨小溪 --guardian 杨国华 --yes",
        "kcbx new 案件 --名册 cases/名册.xlsx --situation 辍学",
    ),
)
@_from("从名单（Excel、WPS、CSV）读取，一名学生写一个案件。")
@click.option("--id", "number", metavar="编号", help="案件编号，也是文件名；不写就取下一个。")
@click.option("--situation", metavar="情形", help="未入学、辍学或再次辍学。")
@click.option("--pupil", metavar="姓名", help="学生姓名。")
@click.option("--id-number", metavar="号码", help="学生身份证号。")
@click.option("--grade", metavar="年级", help="学生的年级，如 八年级。")
@click.option("--class", "class_name", metavar="班级", help="学生的班级，如 2班。")
@click.option("--school", metavar="学校", help="学校名称；不写就是 kcbx.yaml 里的第一所。")
@_of_guardian("--guardian", "姓名", "监护人姓名；几名就写几次，下面几项也照同样的次序写。")
@_of_guardian("--relation", "关系", "监护人与学生的关系。")
@_of_guardian("--basis", "依据", "父母以外的人凭什么作监护人，如 法院判决、村民委员会指定。")
@_of_guardian("--guardian-id", "号码", "监护人的身份证号。")
@_of_guardian("--phone", "电话", "监护人的电话。")
@_of_guardian("--address", "住址", "监护人的住址。")
@click.option("--absent", metavar="日期", help="首次缺课的日期。")
@click.option("--handlers", metavar="姓名", help="承办人，用顿号隔开。")
@options.as_of("编号的年份和核对号码用的日期；不写就是今天。")
@_yes
def case(
    roster: Path | None,
    number: str | None,
    situation: str | None,
    day: date,
    yes: bool,
    school: str | None,
    **given: Any,
) -> None:
    """新建案件文件，写进工作目录的 cases。

    名册里有的学生，按名册写的问；监护人一名一名地问，几名都可以。
    """
    office = destination()
    if roster is not None:
        _cases_from_list(office, roster, situation, number, school, day)
        return
    answers: dict[Loc, str | None] = {
        ("编号",): number,
        ("情形",): situation,
        ("学校",): school,
        **{loc: given[option] for option, loc in _OF_CASE.items()},
        **_guardians(given),
    }
    _ask(NewCase(office, day, _said(answers), yes))


_OF_CASE: Mapping[str, Loc] = {
    "pupil": ("学生", "姓名"),
    "id_number": ("学生", "身份证号"),
    "grade": ("学生", "年级"),
    "class_name": ("学生", "班级"),
    "absent": ("经过", 0, "日期"),
    "handlers": ("承办人",),
}
_OF_GUARDIAN = {
    "guardian": "姓名",
    "relation": "关系",
    "basis": "监护依据",
    "guardian_id": "身份证号",
    "phone": "电话",
    "address": "住址",
}


def _guardians(given: Mapping[str, tuple[str, ...]]) -> dict[Loc, str | None]:
    """Give every guardian the answers that stand in the same place of each option."""
    most = len(given["guardian"])
    said: dict[Loc, str | None] = {}
    for option, key in _OF_GUARDIAN.items():
        texts = given[option]
        # With several, nobody can tell whose the only address is.
        if len(texts) not in (0, most) and max(most, len(texts)) > 1:
            count = f"监护人写了 {most} 名，这一项写了 {len(texts)} 次"
            told = f"{count}。请每名写一次，照同样的次序；没有的写 ''。"
            raise click.BadParameter(told, param_hint=f"--{option.replace('_', '-')}")
        said |= {("监护人", place, key): text for place, text in enumerate(texts)}
    return said


def _said(answers: Mapping[Loc, str | None]) -> dict[Loc, str]:
    return {loc: text for loc, text in answers.items() if text is not None}


def _ask(new_file: NewFile) -> None:
    """Ask, write the file, and say what comes next."""
    form = new_file.form()

    def prove(answers: Mapping[Loc, str]) -> None:
        show.print_problems(new_file.refuse(answers), err=True)

    answers = form.fill(show.short(new_file.office.cases), prove)
    texts = {new_file.number_of(answers): new_file.text(answers)}
    _done(write_cases_anew(new_file.office, texts))
    form.done()


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
    what = situation or SITUATIONS[1]
    if what not in SITUATIONS:
        told = f"「{what}」不在其中：{'、'.join(SITUATIONS)}。"
        raise click.BadParameter(told, param_hint="情形")
    entries = [
        ListedChild(
            row, row.state if row.state in SITUATIONS and situation is None else what, school
        )
        for row in pupils
    ]
    write_cases(office, entries, day, first)


@dataclass(frozen=True)
class ListedChild:
    """One child of a list who gets a case."""

    row: RosterPupil
    situation: str
    school: str | None = None
    """Nothing where it is the office's own."""


def write_cases(
    office: Destination, entries: Sequence[ListedChild], day: date, first: str | None = None
) -> None:
    """Write one case for each child, under the next free numbers."""
    free = new_files.next_numbers(office.taken, day.year)
    numbers = list(islice(free, len(entries)))
    if first and len(entries) == 1:
        numbers = [first]
    files: dict[str, str] = {}
    for number, one in zip(numbers, entries, strict=True):
        school = one.school or office.school
        values = new_files.case_of_pupil(number, one.situation, one.row, school)
        files[new_files.folder_name(number)] = new_files.case_text(values)
    if files:
        _done(write_cases_anew(office, files))


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
    answers: dict[Loc, str | None] = {
        ("学期",): term,
        ("批次",): number,
        ("学校",): school,
        ("名册", "文件"): str(roster) if roster else None,
        ("打印", "双面"): duplex,
    }
    if roster and not roster.is_file():
        show.tell(f"提醒：还没有「{roster}」这个名册；放好了再印，名字写错的请改批次文件。")
    asked = NewBatch(destination(), day, _said(answers), yes)
    form = asked.form()
    given = form.fill(show.short(asked.office.cases))
    tell_of_roster(Path(given[("名册", "文件")]), asked.roster_of(given), day)
    _done(write_cases_anew(asked.office, {asked.number_of(given): asked.text(given)}))
    form.done()


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
    answers: dict[Loc, str | None] = {
        ("公文",): kind,
        ("标题",): title,
        ("编号",): number,
        ("主送",): recipients,
    }
    _ask(NewLetter(destination(), day, _said(answers), yes))


@new.command(
    "工作",
    cls=Command,
    examples=("kcbx new 工作 --kind 约谈 --id 约谈松林中学 --to 云岭县松林中学 --yes",),
)
@click.option("--id", "number", metavar="编号", help="文件名，也是输出文件夹的名字。")
@click.option("--kind", metavar="种类", help="哪一种工作，如 约谈、整改、责任书、月报。")
@click.option("--office", metavar="机关", help="承办机关；不写就是第一个可以制发的。")
@click.option("--to", "parties", metavar="对象", help="对谁：单位、学校、谈话的人，用顿号隔开。")
@options.as_of("编号里的日期；不写就是今天。")
@_yes
def work(
    number: str | None,
    kind: str | None,
    office: str | None,
    parties: str | None,
    day: date,
    yes: bool,
) -> None:
    """新建工作文件：约谈、整改、责任书、月报等不属于哪一个孩子的工作。

    有哪些种类、各要写什么，由模板包的文书决定；不写 --kind 就列出来选。
    """
    from kcbx_docs.cli.new_work import NewWork  # opens the packs

    answers: dict[Loc, str | None] = {
        ("工作",): kind,
        ("编号",): number,
        ("承办机关",): office,
        ("对象",): parties,
    }
    _ask(NewWork(destination(), day, _said(answers), yes))


@new.command(
    "线索",
    cls=Command,
    examples=(
        "kcbx new 线索 --名册 缺课名单.xlsx --source 学校 --by 罗玉芬",
        "kcbx new 线索 --pupil 杨小溪 --class 七年级2班 --source 群众 --text 说孩子在镇上做工",
    ),
)
@_from("老师的名单（Excel、WPS、CSV）：姓名、班级、最后到校、缺课天数、原因、反映人……")
@click.option("--pupil", metavar="姓名", default="", help="只记一名学生。")
@click.option("--class", "class_name", metavar="班级", default="", help="这名学生的年级、班级。")
@click.option("--id-number", metavar="号码", default="", help="这名学生的身份证号。")
@click.option("--guardian", metavar="姓名", default="", help="这名学生的家长。")
@click.option("--phone", metavar="电话", default="", help="学生或者家长的电话。")
@click.option("--last-seen", type=options.Day(), metavar="日期", help="最后一天到校的日期。")
@click.option("--text", metavar="原因", default="", help="这名学生的情况：听说了什么。")
@click.option(
    "--source",
    type=click.Choice(("学校", "村（居）委会", "群众", "其他单位", "巡查", "比对")),
    default="学校",
    metavar="来源",
    help="学校、村（居）委会、群众、其他单位、巡查、比对；不写就是学校。",
)
@click.option("--by", "reporter", metavar="姓名", default="", help="谁反映的；名单里写了的照名单。")
@click.option("--school", metavar="学校", default="", help="不写就是 kcbx.yaml 里的第一所。")
@options.as_of("接到的日期；不写就是今天。")
def leads(
    roster: Path | None,
    pupil: str,
    class_name: str,
    text: str,
    source: Whence,
    reporter: str,
    school: str,
    day: date,
    **child: Any,
) -> None:
    """记下线索（疑似辍学）：老师的一份名单，或者有人说的一名孩子。

    一份名单一个文件，一名孩子一条。已有没有处理的线索的不再记，已有案件的说一声。
    """
    from kcbx_docs.cli.new_leads import from_list, write_leads
    from kcbx_docs.office.new_leads import LeadsTold, one_child

    if (roster is None) is not bool(pupil):
        raise click.UsageError("请写 --名册 名单，或者 --pupil 姓名。")
    last_seen = child.pop("last_seen")
    known = {"姓名": pupil, "班级": class_name, **{_OF_CHILD[key]: child[key] for key in child}}
    heard = from_list(roster, day) if roster else (one_child(known, text, last_seen),)
    told = LeadsTold(day, source, reporter, school)
    path, taken = write_leads(destination(), heard, told, str(roster or ""))
    count = len(taken.entries)
    show.result(f"{show.short(path)}：{count} 条线索")
    first = taken.entries[0]["编号"]
    show.tell(f"接下来：逐条核查，受理 {command_line(['lead', 'accept', first, '--by'])} 姓名，")
    show.tell(f"不受理 {command_line(['lead', 'reject', first, '--why'])} 理由 --by 姓名")


_OF_CHILD = {"id_number": "身份证号", "guardian": "监护人", "phone": "电话"}


def _done(paths: tuple[Path, ...]) -> None:
    shown = [show.short(path) for path in paths]
    for path in shown:
        show.result(str(path))
    target = shown[0] if len(shown) == 1 else shown[0].parent
    show.tell(f"接下来：填写以后运行 {command_line(['check', str(target)])}")
