"""Which slips a person means: by serials, by ranges of them, or by a sheet that was filled in."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Problem, raise_errors, stop
from kcbx_docs.slips.missing import title_of
from kcbx_docs.slips.record import Said
from kcbx_docs.slips.serials import slips_meant

if TYPE_CHECKING:
    from kcbx_docs.packs.library import Library
    from kcbx_docs.slips.sheet import SheetLine

TheLibrary = Callable[[], "Library"]
"""Opens the packs: a school whose only paper comes back needs none of their titles."""


@dataclass(frozen=True)
class LookedForIn:
    """Within what the serials that were typed are looked for."""

    batch: str
    label: str
    docs: Sequence[str]


def chosen_lines(
    words: Sequence[str],
    sheet: Path | None,
    known: Returns,
    within: LookedForIn,
    library: TheLibrary,
) -> "tuple[list[SheetLine], list[Problem]]":
    """Find the slips that are meant; raise with all that is unclear, and record none then."""
    from kcbx_docs.slips.sheet import SheetLine, lines_once, read_sheet  # reads spreadsheets

    if not words and sheet is None:
        raise stop("SLIP029")
    meant, found = slips_meant(words, known, within.batch, within.label)
    chosen = [SheetLine(slip, "") for slip in meant]
    told = [*raise_errors(found)]
    if sheet is not None:
        titles = _titles(known, within.docs, library)
        lines, more = read_sheet(sheet, known, within.batch, within.label, titles)
        told += raise_errors((*more, *lines_once(lines)))
        chosen += lines
    return chosen, told


def said_of(
    chosen: "Sequence[SheetLine]",
    docs: Sequence[str],
    library: TheLibrary,
    defect: str = "",
    *,
    returned: bool = True,
) -> list[Said]:
    """Say of each slip and each of its papers that are meant that it came back, or did not."""
    documents = _documents([line.slip for line in chosen if not line.document], docs, library)
    return [
        Said(line.slip.serial, document, line.slip.school, defect or line.defect, returned)
        for line, document in _each(chosen, documents)
    ]


def _each(
    chosen: "Sequence[SheetLine]", documents: Sequence[str]
) -> Iterator[tuple["SheetLine", str]]:
    """Yield each line with its paper, or with all papers that are meant."""
    of_all = product((line for line in chosen if not line.document), documents)
    of_one = ((line, line.document) for line in chosen if line.document)
    for line, document in chain(of_all, of_one):
        if document in line.slip.back:
            yield line, document


def _titles(known: Returns, docs: Sequence[str], library: TheLibrary) -> dict[str, str]:
    """Return what the papers that come back are called, of those that are asked for."""
    here = library()
    wanted = {document_meant(word, here) for word in docs}
    back = dict.fromkeys(chain.from_iterable(slip.back for slip in known.slips))
    return {title_of(one, here): one for one in back if not docs or one in wanted}


def _documents(chosen: Sequence[Slip], docs: Sequence[str], library: TheLibrary) -> tuple[str, ...]:
    """Tell which of the papers came back: said, or the only one."""
    back = tuple(dict.fromkeys(chain.from_iterable(slip.back for slip in chosen)))
    if not docs and len(back) <= 1:
        return back
    here = library()
    titles = "、".join(title_of(one, here) for one in back)
    if not docs:
        raise stop("SLIP027", titles=titles)
    named = tuple(document_meant(word, here) for word in docs)
    for document, word in zip(named, docs, strict=True):
        if chosen and document not in back:
            raise stop("SLIP028", title=word, titles=titles)
    return named


def document_meant(word: str, library: "Library") -> str:
    """Return the document that a word names."""
    return library.find(word).front.id
