"""``kcbx pack``: what packs say, where it comes from, and whether it is right."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.confirm import confirm
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.pack_add import add
from kcbx_docs.cli.pack_take import take
from kcbx_docs.cli.withdraw import withdraw
from kcbx_docs.keeping.diffpage import page
from kcbx_docs.keeping.foreign import told_of_pins
from kcbx_docs.keeping.lint import lint_packs
from kcbx_docs.keeping.newpack import new_pack, write_pack
from kcbx_docs.keeping.packdiff import difference
from kcbx_docs.keeping.packview import (
    Row,
    ValueRow,
    chain_in_words,
    document_rows,
    document_view,
    pack_rows,
    value_rows,
    without_source,
)
from kcbx_docs.packs.chain import LOCAL, pack_for_region
from kcbx_docs.packs.persons import NOBODY
from kcbx_docs.problems import Place, stop
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.writing import PUBLIC, reason_of, write_new


@click.group(cls=Branch)
def pack() -> None:
    """查看、检查和导出模板包；登记处罚依据。"""


pack.add_command(confirm)
pack.add_command(add)
pack.add_command(take)
pack.add_command(withdraw)


@pack.command("list", cls=Command, examples=("kcbx pack list", "kcbx pack list --documents 云南省"))
@click.argument("name", required=False, metavar="[模板包]")
@click.option("--documents", is_flag=True, help="列出文书；不写模板包就是工作目录所用的。")
@options.as_json
@click.pass_context
def list_packs(ctx: click.Context, name: str | None, documents: bool, as_json: bool) -> None:
    """列出模板包，或者一个模板包的全部文书；各来自哪里。

    工作目录 templates 里的模板包也列出来，和随程序的同名的，用工作目录的。
    工作目录里运行的，说明一份文书先后用哪几个模板包。
    """
    if not documents and name is None:
        packs, broken = where.packs_and_broken()
        rows = pack_rows(packs)
        if as_json:
            show.print_json(rows)
            ctx.exit(bool(broken))
        show.table(
            ("编号", "名称", "区划代码", "版本", "核对日期", "自有文书", "来自"),
            ((r.id, r.name, r.code, r.version, r.checked_on, r.documents, r.comes) for r in rows),
        )
        show.print_problems(broken, err=True)
        if where.root():
            show.result(f"\n这里用：{chain_in_words(where.library(None))}")
        ctx.exit(bool(broken))
    library = where.library(name)
    listed = document_rows(library)
    if as_json:
        show.print_json(listed)
        return
    show.result(f"模板包：{chain_in_words(library)}\n")
    show.table(
        ("编号", "标题", "一份对应", "版式", "送达", "制发机关", "写它的模板包"),
        ((r.id, r.title, r.unit, r.layout, r.served, r.issuers, r.packs) for r in listed),
    )


@pack.command(
    "show",
    cls=Command,
    examples=("kcbx pack show 云南省", "kcbx pack show yunnan order-to-correct"),
)
@click.argument("name", metavar="模板包")
@click.argument("document", required=False, metavar="[文书]")
@options.as_of("按哪一天的法律解释引用；不写就是今天。")
@options.as_json
def show_pack(name: str, document: str | None, day: date, as_json: bool) -> None:
    """列出一个模板包的每个值，或一种文书的每一块，各来自哪个文件哪一行。

    值另外列出依据什么、哪一天核对的；「未知」是没有人核对过的。

    模板包写编号、名称或行政区划代码；「本单位」是工作目录所用的。
    文书另列出所用的变量、引用的法条和展开以后的全文。
    """
    library = where.library(name)
    if document is None:
        values = value_rows(library)
        if as_json:
            show.print_json(values)
        else:
            _values(values)
        return
    view = document_view(library, library.find(document), day)
    if as_json:
        show.print_json(view)
        return
    show.result(f"{view.title}（{view.id}）")
    for heading, rows in without_source(view):
        show.result(f"\n{heading}：")
        _table(rows)
    show.result("\n展开以后的全文：")
    width = max(len(row.place) for row in view.lines)
    for row in view.lines:
        show.result(f"{row.place:<{width}} | {row.value}")


def _values(rows: Sequence[ValueRow]) -> None:
    """Show the values of a pack: what each is, who said so, which file has it."""
    show.table(
        ("名称", "内容", "出处", "来源", "核对日期", "说明"),
        ((r.name, r.value, r.place, r.source, r.checked_on, r.note) for r in rows),
    )


def _table(rows: Sequence[Row]) -> None:
    """Show rows without the columns in which none of them has a word."""
    columns = {
        "名称": [row.name for row in rows],
        "内容": [row.value for row in rows],
        "出处": [row.place for row in rows],
    }
    used = {label: values for label, values in columns.items() if any(values)}
    show.table([*used], zip(*used.values(), strict=True))


@pack.command("lint", cls=Command, examples=("kcbx pack lint", "kcbx pack lint 云南省 yunnan/yuxi"))
@click.argument("names", nargs=-1, metavar="[模板包…]")
@options.as_of("按哪一天核对引用的法条；不写就是今天。")
@options.as_json
@click.pass_context
def lint(ctx: click.Context, names: tuple[str, ...], day: date, as_json: bool) -> None:
    """检查模板包：每种文书在每个模板包里的写法、变量、引用和必备内容。

    全部错误一次列出；不写模板包就检查全部。工作目录有自己的
    模板包（templates/pack.yaml）时，也叠在上面检查。
    """
    from kcbx_docs.office.known_people import known_people  # reads rosters, as nothing else here

    own = where.workspace()
    regions = [own.workspace.region if own and name == LOCAL else name for name in names]
    chosen = (pack_for_region(name, where.packs(name, quiet=True))[0] for name in regions)
    wanted = tuple(dict.fromkeys(chosen))
    templates = own.root / "templates" if own else None
    known = known_people(own.root, day) if own else NOBODY
    ids, found = lint_packs(wanted, day, where.pack_roots()[:-1], templates, known)
    if templates:
        found = (*found, *told_of_pins(templates, where.packs(quiet=True)))
    clean = f"检查了 {len(ids)} 个模板包，没有错误。"
    ctx.exit(show.conclude(found, ctx.obj, as_json=as_json, clean=clean, packs=ids))


@pack.command(
    "export", cls=Command, examples=("kcbx pack export 云南省 order-to-correct 责令.docx",)
)
@click.argument("name", metavar="模板包")
@click.argument("document", metavar="文书")
@click.argument("file", metavar="文件.docx", type=click.Path(path_type=Path))
def export(name: str, document: str, file: Path) -> None:
    """把一种文书导出成 Word 模板，可以用 Word 或 WPS 打开、调整样子。

    改好后用 kcbx pack take 取回，或者放进模板包的 documents 文件夹，文件名为
    编号.docx。不覆盖已有的文件。
    """
    flat = where.library(name).find(document)
    if file.suffix.lower() != ".docx":
        raise click.UsageError(f"「{file}」要以 .docx 结尾。")
    data = compile_docx(flat, LAYOUTS[flat.front.layout])
    if not file.parent.is_dir():
        _room_for(file.parent)
    _write_once(file, data)
    show.result(f"已写出 {file}（{flat.front.title}）。")


def _room_for(folder: Path) -> None:
    """Make the documents folder of a pack; no other, lest a slip in the path makes one."""
    if folder.name != "documents" or not (folder.parent / "pack.yaml").is_file():
        raise stop("PACK061", Place(), folder=folder)
    folder.mkdir()


@pack.command("proof", cls=Command, examples=("kcbx pack proof 云南省 --out 云南省.pdf",))
@click.argument("name", metavar="模板包")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="文件.pdf", help="写到哪里。"
)
def proof(name: str, out: Path) -> None:
    """印一地全部文书的样张，供法制人员审定、签名。

    前面是目录、引用的条文、各项规定的来源和核对日期、没有核对过的；
    样张用随程序的虚构案件填写，只看文字和版式。
    """
    from kcbx_docs.filing.proof import proof_of

    if out.suffix.lower() != ".pdf":
        raise click.UsageError(f"「{out}」要以 .pdf 结尾。")
    if out.exists():
        raise stop("CLI002", Place(), path=out)
    with options.spinning(quiet=False) as progress:
        made = proof_of(where.library_with(name), progress)
    _write_once(out, made.data)
    show.result(f"{show.short(out)}：{made.documents} 种文书，{made.pages} 页。")


@pack.command(
    "new", cls=Command, examples=("kcbx pack new 520000", "kcbx pack new 620000 --folder gansu")
)
@click.argument("code", metavar="行政区划代码")
@click.option("--name", default="", metavar="全称", help="名单里没有的地方，写它的全称。")
@click.option("--folder", default="", metavar="文件夹", help="模板包的文件夹名；不写就用地名。")
@options.as_of("写进版本的年月；不写就是今天。")
def new(code: str, name: str, folder: str, day: date) -> None:
    """给一个省、市、县新建模板包：全部可以写的内容，都带说明。

    写进工作目录的 templates，县级的放在省的下面。新建的模板包就能检查、
    能印：没有写的用上级的，全国没有的是「未知」。
    """
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    made = new_pack(code, where.packs(), name, folder)
    for path in write_pack(made, root, day):
        show.result(str(show.short(path)))
    show.tell(f"接下来：照里面的说明填写，再运行 kcbx pack lint {made.id}")


@pack.command(
    "diff",
    cls=Command,
    examples=(
        "kcbx pack diff 云南省 广西壮族自治区",
        "kcbx pack diff yunnan yunnan/yuxi order-to-correct --out 比较.html",
    ),
)
@click.argument("one", metavar="模板包")
@click.argument("other", metavar="另一个模板包")
@click.argument("documents", metavar="[文书…]", nargs=-1)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="文件.html", help="写成网页，可以打印。"
)
@options.as_of("按哪一天的法律解释引用；不写就是今天。")
@options.as_json
def diff(
    one: str,
    other: str,
    documents: tuple[str, ...],
    out: Path | None,
    day: date,
    as_json: bool,
) -> None:
    """比较两地的模板包：规则和参数、文书、可以引用的法律，各块文字哪里不同。

    写了文书的只比这几种的文字。方括号〔〕里是印的时候填入的内容，
    【】里是什么情况下才印。
    """
    from kcbx_docs.cli import pack_difference

    first, second = where.library(one), where.library(other)
    wanted = tuple(first.find(name).front.id for name in documents)
    found = difference(first, second, day, wanted)
    if as_json:
        show.print_json(found)
        return
    if out is not None:
        _write_page(out, page(found))
    pack_difference.shown(found)
    if out is not None:
        show.result(f"\n已写出 {show.short(out)}。")


def _write_page(path: Path, text: str) -> None:
    if path.suffix.lower() != ".html":
        raise click.UsageError(f"「{path}」要以 .html 结尾。")
    _write_once(path, text.encode())


def _write_once(path: Path, data: bytes) -> None:
    """Write a file of no secrets that is not there yet."""
    try:
        write_new(path, data, PUBLIC)
    except FileExistsError as error:
        raise stop("CLI002", Place(), path=path) from error
    except OSError as error:
        raise stop("PAPR007", Place(), path=path, reason=reason_of(error)) from error
