"""The difference of two places on a screen: － what one says, ＋ what the other says."""

from collections.abc import Iterator

from kcbx_docs.cli import show
from kcbx_docs.keeping.diffpage import title_of
from kcbx_docs.keeping.packdiff import DocumentDifference, PackDifference, Stretches, beside


def shown(found: PackDifference) -> None:
    """Show all that differs; say so where nothing does."""
    if found.values:
        rows = ((row.name, row.before or "没有写", row.after or "没有写") for row in found.values)
        show.table(("规则和参数", found.before, found.after), rows)
    for heading, names in _lists(found):
        if names:
            show.result(f"\n{heading}：{'、'.join(names)}")
    for document in found.documents:
        show.result("")
        for line in _document(document):
            show.result(line)
    if found.same:
        show.result(f"{found.before}和{found.after}没有不同。")


def _lists(found: PackDifference) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield f"只有{found.before}有的文书", found.only_before
    yield f"只有{found.after}有的文书", found.only_after
    yield f"只有{found.before}可以引用的法律", found.law_before
    yield f"只有{found.after}可以引用的法律", found.law_after


def _document(document: DocumentDifference) -> Iterator[str]:
    yield f"《{title_of(document)}》（{document.id}）"
    for block in document.blocks:
        places = dict.fromkeys((*_files(block.before), *_files(block.after)))
        yield f"  {block.block or '不在块里的文字'}　{' → '.join(places)}"
        for line in beside(block):
            yield from _lines(line)


def _files(side: "tuple[object, ...]") -> Iterator[str]:
    for one in side[:1]:
        yield str(getattr(one, "place", ""))


def _lines(line: Stretches) -> Iterator[str]:
    before = "".join(piece[1] for piece in line.pieces)
    after = "".join(piece[2] for piece in line.pieces)
    if before == after:
        yield f"    　 {before}"
        return
    if before:
        yield f"    － {before}"
    if after:
        yield f"    ＋ {after}"
