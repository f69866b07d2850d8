"""``kcbx init``: a folder for the cases of one office."""

from pathlib import Path

import click

from kcbx_docs.case.files import WORKSPACE_FILE, load_workspace
from kcbx_docs.case.office_faults import office_faults
from kcbx_docs.case.workspace import SCHOOL, OfficeKind
from kcbx_docs.cli import scaffold, show, where
from kcbx_docs.cli.ask import Questions
from kcbx_docs.cli.chinese import Command
from kcbx_docs.packs import placenames
from kcbx_docs.packs.chain import Chain, chain_of, pack_for_region
from kcbx_docs.problems import Place, UserError, problem

KINDS: tuple[str, ...] = OfficeKind.__args__  # type: ignore[attr-defined]


@click.command(
    cls=Command,
    examples=(
        "kcbx init 青石镇 --region 530499 --name 云岭县青石镇人民政府"
        " --kind 乡镇人民政府 --code 青政 --yes",
        "kcbx init 练习 --sample --region 530499 --name 云岭县青石镇人民政府 --code 青政 --yes",
    ),
)
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--region", metavar="地区", help="县（市、区）名称或六位行政区划代码。")
@click.option("--name", metavar="名称", help="机关全称，与印章一致。")
@click.option("--kind", metavar="类型", help=f"机关类型：{'、'.join(KINDS)}。")
@click.option("--code", metavar="代字", help="机关代字，文号用，如 青政。")
@click.option("--address", metavar="地址", help="办公地址。")
@click.option("--phone", metavar="电话", help="联系电话。")
@click.option("--review", metavar="名称", help="行政复议机关，一般是县级人民政府。")
@click.option("--court", metavar="名称", help="有管辖权的法院。")
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
    sample: bool,
    yes: bool,
) -> None:
    """建立工作目录：kcbx.yaml、cases、templates 和 schema。

    逐项询问本单位的情况，也可以用选项给出。直接回车就是不填，
    以后可以在 kcbx.yaml 里补。已有的文件一个也不覆盖。
    """
    if (folder / WORKSPACE_FILE).exists():
        raise UserError([problem("CLI002", Place(), path=folder / WORKSPACE_FILE)])
    ask = Questions(yes)
    values: dict[str, object] = {
        "地区": ask.text("地区（县级名称或六位代码）", region, check=_known_region),
        "机关": {
            "名称": ask.text("机关全称", name),
            "类型": ask.choice("机关类型", kind, KINDS, KINDS[0]),
            "机关代字": ask.text("机关代字", code),
            "地址": ask.text("办公地址", address),
            "电话": ask.text("联系电话", phone),
        },
    }
    if reviewer := ask.text("行政复议机关", review):
        values["复议机关"] = {"名称": reviewer}
    if judge := ask.text("有管辖权的法院", court):
        values["法院"] = [{"名称": judge}]
    _write(folder, values, sample=sample)


def _known_region(region: str) -> str:
    try:
        packs = where.packs()
        pack_id, found = pack_for_region(region, packs)
    except UserError as error:
        raise ValueError(f"{error.problems[0].message}{error.problems[0].hint}") from error
    show.print_problems(found, err=True)
    show.tell(_told_of(region, chain_of(pack_id, packs)))
    return region


def _told_of(region: str, chain: Chain) -> str:
    """Say which place a region is, which packs serve it, and why no more particular one does."""
    code = region if region.isdigit() else placenames.code_of(region)
    name = placenames.name_of(code)
    used = "将使用：" + "→".join(folder.pack.name for folder in chain.folders)
    if placenames.former_of(region):
        return f"{used}。"
    if not name:
        day = placenames.LISTED_ON
        return f"地区：{region}，没有登记（名单截止 {day}，以后新设的、虚构的都不在内）。{used}。"
    own = chain.folders[-1].pack.code == placenames.bare(code)
    why = "" if own else "；这个地方没有自己的模板包，用上级的"
    return f"地区：{placenames.shown(code)}。{used}{why}。"


def _write(folder: Path, values: dict[str, object], *, sample: bool) -> None:
    files = scaffold.workspace_files(values, sample=sample)
    kept = [name for name in files if (folder / name).exists()]
    missing = {name: text for name, text in files.items() if name not in kept}
    written = scaffold.write_files(folder, missing)
    (folder / "cases").mkdir(exist_ok=True)
    for path in written:
        show.result(str(path))
    if kept:
        show.tell(f"已有，没有改动：{'、'.join(kept)}。")
    loaded, _ = load_workspace(folder)
    if loaded:
        show.print_problems(office_faults(loaded.workspace, loaded.source), err=True)
    if ".gitignore" in kept:
        show.tell("请确认 .gitignore 里有 output/ 和 台账/：都含个人信息，不要提交。")
    file = folder / WORKSPACE_FILE
    school = loaded is not None and loaded.workspace.office.kind == SCHOOL
    kind = "批次" if school else "案件"
    show.tell(f"接下来：补全 {file}，再运行 kcbx check {file}；用 kcbx new {kind} 新建{kind}。")
