"""``kcbx verify``: whether a file is what was issued, and whether it still stands."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.problems import Place, stop

if TYPE_CHECKING:
    from kcbx_docs.issuing.likeness import Likeness

_SHOWN = 5

_NOT_FOUND = (
    "台账里没有文号、编号「{what}」，也没有这个名称的文件；请照纸面写全，如 青政责改〔2026〕1号。"
    "写全了也没有的，请看是不是别的单位、别的一册制发的。"
)


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
    found = _look(what)
    sound = all(one.sound for one in found)
    if as_json:
        show.print_json({"ok": sound, "found": [_data(one) for one in found]})
        ctx.exit(int(not sound))
    for one in found:
        show.result("，".join(filter(None, (one.verdict, one.standing, *_paper(one)))))
        for told in one.differences[:_SHOWN]:
            show.result(
                f"  「{told.before}」以后：制发时是「{told.ours}」，这里是「{told.theirs}」"
            )
        if len(one.differences) > _SHOWN:
            show.result(f"  另有 {len(one.differences) - _SHOWN} 处不同。")
    for hint in dict.fromkeys(filter(None, (_hint(one, what) for one in found))):
        show.tell(hint)
    ctx.exit(int(not sound))


def _hint(one: "Likeness", what: str) -> str:
    from kcbx_docs.issuing.likeness import ADVICE, STRANGE
    from kcbx_docs.ledger.codes import LENGTH, length_of_miscopied

    if one.verdict == STRANGE and not Path(what).is_file() and not one.code:
        if many := length_of_miscopied(what):
            return f"像是核验码，可是有 {many} 个字，应是 {LENGTH} 个：请对照纸面再抄一遍。"
        return _NOT_FOUND.format(what=what)
    if one.miscopied:
        return "核验码有一个字不对：抄错了，或者不是程序印的；请对照纸面再看一遍。"
    if one.code and one.issue is None and one.slip is None:
        return "这个核验码不是这一册给的；请看是不是别的单位、别的一册制发的。"
    return ADVICE.get(one.verdict, "")


def _look(what: str) -> "tuple[Likeness, ...]":
    from kcbx_docs.issuing.likeness import STRANGE, Likeness, of_code, of_file, of_number
    from kcbx_docs.ledger.codes import looks_like_code
    from kcbx_docs.office.book import book_of

    own = where.workspace()
    if own is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    book = book_of(own.root.resolve(), own.workspace)
    path = Path(what)
    if path.is_file():
        return of_file(book, path)
    if looks_like_code(what):
        return of_code(book, what)
    if path.suffix and "〕" not in what:
        raise stop("ISSU023", Place(what), reason="没有这个文件")
    return of_number(book, what) or (Likeness(STRANGE),)


def _paper(one: "Likeness") -> Iterator[str]:
    from kcbx_docs.ledger.model import CORRECTED

    if one.code:
        yield f"核验码 {one.code}"
    if one.slip:
        titles = "》《".join(map(_title, one.slip.papers))
        yield f"{one.slip.serial}《{titles}》{one.slip.class_name}"
    if one.why:
        yield f"第 {one.seq} 条，{one.why}"
    if one.issue is None:
        return
    data, recorded = one.issue.recorded.data, one.issue.recorded
    yield f"《{data.get('title', '')}》{one.issue.number}"
    if name := data.get("guardian"):
        yield f"受送达人{name}"
    yield f"{recorded.day}（第 {one.seq} 条）"
    told: Mapping[str, Any] = data.get("event") or {}
    for later in one.issue.later:
        if reason := later.data.get("reason"):
            yield f"{later.day}{later.kind}{_put_right(later.data, told)}：{reason}"
        if later.kind == CORRECTED:
            told = later.data.get("event") or told


def _put_right(data: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Write what a correction changed: whoever holds the paper must know what counts."""
    event: Mapping[str, Any] = data.get("event") or {}
    changed = [f"{key} {value}" for key, value in event.items() if before.get(key) != value]
    words = [*(changed if before else ()), data.get("content") or ""]
    text = "、".join(filter(None, words))
    return f"（{text}）" if text else ""


def _title(document: str) -> str:
    """Return what a document is called here; its id, where the packs have it no longer."""
    from kcbx_docs.slips.missing import title_of

    return title_of(document, where.library(None))


def _data(one: "Likeness") -> dict[str, object]:
    row: dict[str, object] = {"verdict": one.verdict, "standing": one.standing or None}
    row |= {"code": one.code} if one.code else {}
    row |= {"seq": one.seq, "why": one.why} if one.why else {}
    row |= {"serial": one.slip.serial, "class": one.slip.class_name} if one.slip else {}
    if one.issue:
        recorded = one.issue.recorded
        row |= {"title": recorded.data.get("title"), "number": one.issue.number}
        row |= {"guardian": recorded.data.get("guardian"), "day": recorded.day, "seq": one.seq}
    return {**row, "differences": [told.as_data() for told in one.differences]}
