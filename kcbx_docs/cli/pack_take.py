"""``kcbx pack take``: an edited Word file back into a pack, looked at before it is written."""

from datetime import date
from pathlib import Path

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.keeping.fromword import FromWord
from kcbx_docs.keeping.wordedits import WordChange
from kcbx_docs.office.packs_here import PacksHere


@click.command(
    "take", cls=Command, examples=("kcbx pack take 本单位 order-to-correct 责令.docx --yes",)
)
@click.argument("name", metavar="模板包")
@click.argument("document", metavar="文书")
@click.argument("file", metavar="文件.docx", type=click.Path(path_type=Path, exists=True))
@click.option("--looks", is_flag=True, help="改了文字的，连 Word 的样子一起用。")
@click.option(
    "--own",
    multiple=True,
    metavar="期限",
    help="文字里的这个期限（如 三日内）是自己定的，写进 pack.yaml 的「自定期限」；几个的写几次。",
)
@options.as_of("按哪一天核对引用的法条；不写就是今天。")
@click.option("-y", "--yes", is_flag=True, help="不提问，没有错误就写入。")
def take(
    name: str, document: str, file: Path, looks: bool, own: tuple[str, ...], day: date, yes: bool
) -> None:
    """取回改好的 Word 文件：改了哪些字、会写进哪个文件，看过再写。

    文件是 kcbx pack export 导出、在 Word 或 WPS 里改过的。文字没有动的，
    写成 documents/编号.docx，以后照它的样子印；改了文字的，写进文本模板里的那一块。
    动了大括号、共用片段的，指出在哪里，由人改。检查的话和 kcbx pack lint 一样；
    有错误不写。原来的文件移到 旧模板包。
    """
    from kcbx_docs.filing.fromword import word_shelf

    shelf = word_shelf(PacksHere(where.root()), name, day)
    document = shelf.taker.library.find(document).front.id
    found = shelf.look(document, file, looks=looks, own=own)
    _shown(found)
    show.print_problems(found.problems, err=True)
    if not yes and found.can_be_written:
        targets = "、".join(str(show.short(path)) for path in shelf.targets(found))
        show.tell(f"将要写入：{targets}")
        click.confirm("写入吗？", abort=True, err=True)
    done = shelf.take(found)
    if done.kept:
        show.result(f"原来的移到 {show.short(done.kept)}")
    for path in done.written:
        show.result(f"已写入 {show.short(path)}")
    show.tell(f"接下来：看样张，运行 kcbx pack proof {name} --out 样本.pdf")


def _shown(found: FromWord) -> None:
    if not found.changes:
        show.result("文字没有动，只用它的样子。")
    for one in found.changes:
        show.result(f"{one.where}（{one.place.file} 第 {one.place.line} 行）{_why(one)}")
        if one.before:
            show.result(f"    － {one.before}")
        if one.after:
            show.result(f"    ＋ {one.after}")


def _why(one: WordChange) -> str:
    return f"　要由人改：{one.why}" if one.why else ""
