"""``kcbx init``: a folder for the cases of one office."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import click

from kcbx_docs.case.files import WORKSPACE_FILE, load_workspace
from kcbx_docs.case.office_checks import kind_of_name
from kcbx_docs.case.workspace import SCHOOL, OfficeKind
from kcbx_docs.cli import show, where
from kcbx_docs.cli.answered import Values, judge_of_office
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.form import Dialogue
from kcbx_docs.office import new_files
from kcbx_docs.office.asked import Asked
from kcbx_docs.office.kept_answers import kept_for
from kcbx_docs.office.new_case import as_phones, at_their_places, listed_names
from kcbx_docs.office.workspace_faults import workspace_faults
from kcbx_docs.packs.chain import chain_of, pack_for_region
from kcbx_docs.packs.why import packs_in_use
from kcbx_docs.problems import Place, UserError, problem
from kcbx_docs.reading import Loc
from kcbx_docs.words import command_line

KINDS: tuple[str, ...] = OfficeKind.__args__  # type: ignore[attr-defined]


class _NewFolder(click.Path):
    """The folder of a new workspace."""

    def choices(self, _ctx: click.Context, _param: click.Parameter) -> str:
        """Say what may be written."""
        named, here = command_line(["init", "青石镇"]), command_line(["init", "."])
        return f"写新文件夹的名字，如 {named}；就建在现在这个文件夹里的，写 {here}。"


@click.command(
    cls=Command,
    examples=(
        "kcbx init 青石镇 --region 530499 --name 云岭县青石镇人民政府"
        " --kind 乡镇人民政府 --code 青政 --yes",
        "kcbx init 练习 --sample --region 530499 --name 云岭县青石镇人民政府 --code 青政 --yes",
    ),
)
@click.argument("folder", metavar="文件夹", type=_NewFolder(path_type=Path))
@click.option("--region", metavar="地区", help="县（市、区）名称或六位行政区划代码。")
@click.option("--name", metavar="名称", help="机关全称，与印章一致。")
@click.option("--kind", metavar="类型", help=f"机关类型：{'、'.join(KINDS)}。")
@click.option("--code", metavar="代字", help="机关代字，文号用，如 青政。")
@click.option("--address", metavar="地址", help="办公地址。")
@click.option("--phone", metavar="电话", help="联系电话。")
@click.option("--review", metavar="名称", help="行政复议机关，一般是县级人民政府。")
@click.option("--court", metavar="名称", help="有管辖权的法院。")
@click.option("--officers", metavar="姓名", help="持证的执法人员，用顿号隔开。")
@click.option("--schools", metavar="学校", help="辖区的学校，用顿号隔开。")
@click.option("--sample", is_flag=True, help="建立练习用的示例工作目录，可以登记虚构的处罚依据。")
@click.option("-y", "--yes", is_flag=True, help="不提问；没有给出的留空，以后再填。")
def init(
    folder: Path,
    region: str | None,
    name: str | None,
    kind: str | None,
    code: str | None,
    address: str | None,
    phone: str | None,
    review: str | None,
    court: str | None,
    officers: str | None,
    schools: str | None,
    sample: bool,
    yes: bool,
) -> None:
    """建立工作目录：kcbx.yaml、cases、templates 和 schema。

    逐项询问本单位的情况，也可以用选项给出。直接回车就是不填，
    以后可以在 kcbx.yaml 里补。写以前复述一遍，可以逐项改；
    中途停下的，再运行一次接着答。已有的文件一个也不覆盖。
    """
    if (folder / WORKSPACE_FILE).exists():
        raise UserError([problem("CLI002", Place(), path=folder / WORKSPACE_FILE)])
    options = (region, name, kind, code, address, phone, review, court, officers, schools)
    given = {loc: text for loc, text in zip(_OPTIONS, options, strict=True) if text is not None}
    kept = None if yes else kept_for("init", folder)
    form = Dialogue(partial(_questions, given), given, judge_of_office(_text), yes, kept)
    answers = form.fill(folder / WORKSPACE_FILE)
    if yes and answers[REGION]:
        show.tell(_told_region(answers[REGION]))
    _write(folder, _values(answers), sample=sample)
    form.done()


REGION: Loc = ("地区",)
KIND: Loc = ("机关", "类型")
REVIEW: Loc = ("复议机关", "名称")
COURT: Loc = ("法院", 0, "名称")
OFFICERS: Loc = ("执法人员",)
SCHOOLS: Loc = ("学校",)
_OFFICE: tuple[Loc, ...] = tuple(
    ("机关", key) for key in ("名称", "类型", "机关代字", "地址", "电话")
)
_OPTIONS = (REGION, *_OFFICE, REVIEW, COURT, OFFICERS, SCHOOLS)
"""What the options answer, in their order."""
_NAME_KEY = {OFFICERS: "姓名", SCHOOLS: "名称"}


def _questions(given: Mapping[Loc, str], answers: Mapping[Loc, str]) -> Iterator[Asked]:
    """Ask for the office; what only papers of an office of the government need, not of a school."""
    yield Asked(REGION, "地区（县级名称或六位代码）", check=_known_region, told=_told_region)
    name = Asked(("机关", "名称"), "单位全称（与印章一致）")
    yield name
    usual = kind_of_name(answers[name.loc]) or KINDS[0]
    yield Asked(KIND, "单位类型", usual, words=KINDS)
    school = answers[KIND] == SCHOOL
    word = "学校代字（文号用，如 青中）" if school else "机关代字（文号用，如 青政）"
    yield Asked(("机关", "机关代字"), word)
    yield Asked(("机关", "地址"), "地址" if school else "办公地址")
    yield Asked(("机关", "电话"), "联系电话", check=as_phones)
    for loc, label in _OF_GOVERNMENT.items():
        if loc in given or not school:
            yield Asked(loc, label)


_OF_GOVERNMENT: Mapping[Loc, str] = {
    REVIEW: "行政复议机关",
    COURT: "有管辖权的法院",
    OFFICERS: "持证的执法人员（几名用顿号隔开；证号以后填）",
    SCHOOLS: "辖区的学校（几所用顿号隔开）",
}


def _values(answers: Mapping[Loc, str]) -> Values:
    """Return what stands in kcbx.yaml."""
    values = at_their_places(answers)
    for loc, key in _NAME_KEY.items():
        names = listed_names(str(values.pop(str(loc[0]), "")))
        values |= {str(loc[0]): [{key: name} for name in names]} if names else {}
    for loc in (REVIEW, COURT):
        if not answers.get(loc):
            values.pop(str(loc[0]), None)
    return values


def _text(answers: Mapping[Loc, str]) -> str:
    """Return kcbx.yaml as it is judged while answers are missing."""
    values = _values(answers)
    office = {key: text for key, text in values.get("机关", {}).items() if text}
    if "名称" not in office:  # of an office without a name nobody can say that it is no such kind
        office |= {"名称": "某机关", "类型": "其他"}
    office.setdefault("类型", "其他")
    region = values.get("地区") or "53"
    return new_files.office_text({**values, "地区": region, "机关": office})


def _known_region(region: str) -> str:
    try:
        pack_for_region(region, where.packs(region))
    except UserError as error:
        raise ValueError(f"{error.problems[0].message}{error.problems[0].hint}") from error
    return region


def _told_region(region: str) -> str:
    """Say which place it is and which packs serve it."""
    packs = where.packs(region, quiet=True)
    pack_id, found = pack_for_region(region, packs)
    reminders = [f"提醒：{one.message}{one.hint}" for one in found]
    return "\n".join((*reminders, packs_in_use(region, chain_of(pack_id, packs))))


def _write(folder: Path, values: Values, *, sample: bool) -> None:
    files = new_files.workspace_files(values, sample=sample)
    kept = [name for name in files if (folder / name).exists()]
    missing = {name: text for name, text in files.items() if name not in kept}
    written = new_files.write_files(folder, missing)
    (folder / "cases").mkdir(exist_ok=True)
    for path in written:
        show.result(str(path))
    if kept:
        show.tell(f"已有，没有改动：{'、'.join(kept)}。")
    loaded, _ = load_workspace(folder)
    if loaded:
        show.print_problems(workspace_faults(loaded.workspace, loaded.source), err=True)
    if ".gitignore" in kept:
        show.tell("请确认 .gitignore 里有 output/ 和 台账/：都含个人信息，不要提交。")
    file = folder / WORKSPACE_FILE
    school = loaded is not None and loaded.workspace.office.kind == SCHOOL
    kind = "批次" if school else "案件"
    show.tell(f"接下来：补全 {file}，再运行 kcbx check {file}；用 kcbx new {kind} 新建{kind}。")
