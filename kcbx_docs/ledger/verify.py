"""``kcbx ledger verify``: every byte is read again; what is not as it was recorded is named."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import chain as chained
from pathlib import Path

from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.chain import EventChain, Flaw, flaw, head_flaws, read_chain
from kcbx_docs.ledger.database import transaction
from kcbx_docs.ledger.heads import read_head
from kcbx_docs.ledger.model import Head
from kcbx_docs.ledger.structure import structure_flaws
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problems, as_warning, stop

SOUND = "完好"


@dataclass(frozen=True)
class Verified:
    """What a reading of the whole ledger found."""

    head: Head
    flaws: tuple[Flaw, ...]
    set_down: tuple[Flaw, ...]
    """Damage of before, which the event that continued the ledger names."""
    events: int
    files: int
    erased: int
    unread: int
    """Files of which only the size was looked at."""

    @property
    def problems(self) -> Problems:
        """Say everything; what was set down already stops nobody."""
        known = (as_warning(one.problem) for one in self.set_down)
        return (*(one.problem for one in self.flaws), *known)

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong that was not set down."""
        return not any(one.problem.is_error for one in self.flaws)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """Return the words for what was found."""
        bad = [one.verdict for one in self.flaws if one.problem.is_error]
        return tuple(dict.fromkeys(bad)) or (SOUND,)


def verify(book: Book, against: str = "", quick: bool = False) -> Verified:
    """Read the ledger again, and compare it with the heads that are known of it.

    ``quick`` looks at the sizes of files alone, and says so.
    """
    heads = list(book.heads.read())  # before the chain: others go on writing meanwhile
    with transaction(book.database) as conn:
        flaws = list(structure_flaws(conn, thorough=not quick))
        chain = read_chain(conn)
    flaws += chain.flaws
    flaws += _kept_heads(book, heads, chain)
    flaws += _remembered(book, chain, heads)
    if against:
        flaws += head_flaws(chain, [read_against(against)])
    flaws += _files(book, chain, quick)
    wounds = _wounds(chain)
    known = tuple(one for one in flaws if (one.code, one.seq, one.name) in wounds)
    fresh = tuple(one for one in flaws if one not in known)
    here = len(chain.attached.keys() - chain.erased)
    head = Head(_name(chain), chain.last, chain.hash, chain.day or date.min)
    unread = here if quick else 0
    return Verified(head, fresh, known, chain.count, here, len(chain.erased), unread)


def _name(chain: EventChain) -> str:
    return chain.names[-1][1] if chain.names else ""


def _wounds(chain: EventChain) -> set[tuple[str, int, str]]:
    wounds = chained.from_iterable(event.data.get("wounds", ()) for event in chain.continued)
    return {(one["code"], one["seq"], one["name"]) for one in wounds}


def _kept_heads(book: Book, heads: list[Head], chain: EventChain) -> Iterator[Flaw]:
    """Compare with the second file; it missing is told aloud, and stops nobody."""
    if not heads and book.heads.path is not None:
        yield flaw("LEDG042", name=str(book.heads.path))
    worst: dict[str, Flaw] = {}
    for found in head_flaws(chain, heads):
        worst.setdefault(found.code, found)  # one cut makes many heads wrong: the first tells where
    yield from worst.values()


def _remembered(book: Book, chain: EventChain, heads: list[Head]) -> Iterator[Flaw]:
    """Compare with what this machine remembers, where the second file does not tell as much."""
    known = book.heads.remembered(_name(chain))
    if known is None or known.count <= max((chain.last, *(one.count for one in heads))):
        return
    with transaction(book.database) as conn:
        now = conn.scalar("SELECT max(seq) FROM event") or 0
    if now < known.count:  # else it was recorded while the chain was read
        yield from head_flaws(chain, [known])


def read_against(text: str) -> Head:
    """Read a head from paper: three or four words, the hash perhaps in short; or a file of them."""
    with suppress(OSError):
        lines = Path(text).read_text("utf-8", "replace").splitlines()
        text = next((line for line in reversed(lines) if read_head(line)), text)
    words = text.split()
    if head := read_head(" ".join([*words, "0001-01-01"] if len(words) == 3 else words)):
        return head
    raise stop("LEDG022", Place(), text=text)


def _files(book: Book, chain: EventChain, quick: bool) -> Iterator[Flaw]:
    kept = book.blobs.sizes()
    changed = set() if quick else _changed(book)
    for name, (seq, one) in chain.attached.items():
        if name in chain.erased:
            if name in kept:
                yield flaw("LEDG043", seq, name)
        elif name not in kept:
            yield flaw("LEDG034", seq, name, file=one.name)
        elif kept[name] != one.size or name in changed:
            yield flaw("LEDG035", seq, name, file=one.name)
    if any(one.code in UNREAD for one in chain.flaws):
        return  # whose the others are cannot be said
    for name in sorted(kept.keys() - chain.attached.keys()):
        yield flaw("LEDG036", 0, name)


UNREAD = ("LEDG030", "LEDG032", "LEDG038")
"""Events that may name a file, and cannot be read."""


def _changed(book: Book) -> set[str]:
    return {name for name, data in book.blobs.contents() if name_of(data) != name}
