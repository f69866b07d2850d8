"""``kcbx verify``: whether a file is what was issued, and whether it still stands."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.problems import Place, stop

if TYPE_CHECKING:
    from kcbx_docs.issuing.likeness import Likeness


@click.command(
    cls=Command,
    examples=("kcbx verify 青政责改〔2026〕1号", "kcbx verify 青政责改〔2026〕1号 --json"),
)
@click.argument("what", metavar="文件、文号、编号或核验码")
@options.as_json
@click.pass_context
def verify(ctx: click.Context, what: str, as_json: bool) -> None:
    """核对一个文件、文号、编号或者核验码：是不是本册制发的，改过没有，还有没有效。

    文件先按字节、再按文字对照：原样、同文不同字节、文字不同、不是本册；扫描件、照片
    （PDF、JPG、PNG、TIFF、HEIC）读上面的二维码；再说这一份 有效、已撤回、已作废、
    已更正。只查自己的台账。
    """
    from kcbx_docs.issuing import likeness_told

    found = _look(what)
    sound = all(one.sound for one in found)
    if as_json:
        show.print_json({"ok": sound, "found": [likeness_told.likeness_data(one) for one in found]})
        ctx.exit(int(not sound))
    for one in found:
        show.result(likeness_told.verdict_of(one, _title))
        for line in likeness_told.differences_of(one):
            show.result(f"  {line}")
    typed = "" if Path(what).is_file() else what
    for hint in dict.fromkeys(filter(None, (likeness_told.advice_on(one, typed) for one in found))):
        show.tell(hint)
    ctx.exit(int(not sound))


def _look(what: str) -> "tuple[Likeness, ...]":
    from kcbx_docs.issuing.likeness import of_file, of_text
    from kcbx_docs.ledger.codes import looks_like_code
    from kcbx_docs.office.book import book_of

    own = where.workspace()
    if own is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    book = book_of(own.root.resolve(), own.workspace)
    path = Path(what)
    if path.is_file():
        return of_file(book, path)
    if path.suffix and "〕" not in what and not looks_like_code(what):
        raise stop("ISSU023", Place(what), reason="没有这个文件")
    return of_text(book, what)


def _title(document: str) -> str:
    """Return what a document is called here; its id, where the packs have it no longer."""
    from kcbx_docs.slips.missing import title_of

    return title_of(document, where.library(None))
