"""A PDF file written as it grows: streams at once, small objects together, the table last.

The layout engine holds a whole file in memory; a print file for a school has tens of thousands of
pages that differ in a line or two.
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

TOGETHER = 1000  # small objects in one stream
HARDEST, QUICK = 9, 6  # how hard streams are pressed
FANOUT = 100  # pages below one node of the tree
_ROW = struct.Struct(">BIH")
Leaf = int


@lru_cache(maxsize=1024)
def number(value: float) -> bytes:
    """Write a number as the layout engine does."""
    if float(value).is_integer():
        return b"%d" % int(value)
    return f"{value:f}".rstrip("0").encode("ascii")


def text(words: str) -> bytes:
    """Write a text as a string of a PDF."""
    return b"<feff" + words.encode("utf-16-be", "surrogatepass").hex().encode() + b">"


class PdfFile:
    """Objects in the order in which they are added; ``bytes`` of the whole at the end."""

    def __init__(self) -> None:
        self._parts = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
        self._size = len(self._parts[0])
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._places.append((0, 0, 0))
        return len(self._places) - 1

    def add(self, body: bytes, at: int | None = None) -> int:
        """Add an object that is no stream and return its number."""
        at = self.reserve() if at is None else at
        self._waiting.append((at, body))
        if len(self._waiting) == TOGETHER:
            self._write_waiting()
        return at

    def add_stream(self, data: bytes, extra: bytes = b"", level: int = HARDEST) -> int:
        """Add a stream and return its number."""
        at = self.reserve()
        self._put(at, _stream(data, extra, level))
        return at

    def _put(self, at: int, body: bytes) -> None:
        whole = b"%d 0 obj\n%b\nendobj\n" % (at, body)
        self._places[at] = (1, self._size, 0)
        self._parts.append(whole)
        self._size += len(whole)

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        at, head, body = self.reserve(), [], b""
        for place, (one, data) in enumerate(self._waiting):
            head.append(b"%d %d" % (one, len(body)))
            body += data + b"\n"
            self._places[one] = (2, at, place)
        first = b" ".join(head) + b"\n"
        extra = b"/Type/ObjStm/N %d/First %d" % (len(head), len(first))
        self._put(at, _stream(first + body, extra, QUICK))
        self._waiting.clear()

    def finish(self, root: int, info: int) -> bytes:
        """Write the table of objects and return the whole file."""
        self._write_waiting()
        at, start = self.reserve(), self._size
        self._places[at] = (1, start, 0)
        digest = hashlib.sha256()
        for part in self._parts:
            digest.update(part)
        extra = (
            b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/DecodeParms<</Predictor 12/Columns 7>>"
        ) % (len(self._places), root, info, *(digest.hexdigest()[:32].encode(),) * 2)
        self._put(at, _stream(_predicted(self._places), extra, QUICK))
        return b"".join((*self._parts, b"startxref\n%d\n%%%%EOF\n" % start))


@lru_cache(maxsize=128)
def _packed(data: bytes) -> bytes:
    """Press what many files have in common as hard as can be, once."""
    return zlib.compress(data, HARDEST)


def _stream(data: bytes, extra: bytes, level: int) -> bytes:
    packed = _packed(data) if level == HARDEST else zlib.compress(data, level)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (
        extra,
        len(packed),
        packed,
    )


def _predicted(places: Sequence[tuple[int, int, int]]) -> bytes:
    """Write each row as what it differs from the one above: that is nearly nothing."""
    rows = b"".join([_ROW.pack(*place) for place in places])
    above = bytes(_ROW.size) + rows[: -_ROW.size]
    steps = _differences(rows, above)
    written = bytearray(b"\2" * (len(rows) + len(places)))
    for column in range(_ROW.size):
        written[column + 1 :: _ROW.size + 1] = steps[column :: _ROW.size]
    return bytes(written)


def _differences(these: bytes, those: bytes) -> bytes:
    """Take every byte from that in its place, all at once: the upper bits, which would borrow from
    the next byte, are reckoned apart.
    """
    size = len(these)
    upper = int.from_bytes(b"\x80" * size, "big")
    this, that = int.from_bytes(these, "big"), int.from_bytes(those, "big")
    lower = (this | upper) - (that & ~upper)
    return (lower ^ (this ^ that ^ upper) & upper).to_bytes(size, "big")


class Pages:
    """The tree of pages; its leaves share their size and resources."""

    def __init__(self, file: PdfFile) -> None:
        self._file, self._root, self._node = file, file.reserve(), file.reserve()
        self._nodes: list[tuple[int, list[Leaf]]] = [(self._node, [])]
        self.count = 0

    def add(self, body: bytes) -> int:
        """Add a page, told by its own entries, and return its number."""
        if len(self._nodes[-1][1]) == FANOUT:
            self._close()
            self._nodes.append((self._file.reserve(), []))
        node, leaves = self._nodes[-1]
        leaf = self._file.add(b"<</Type/Page/Parent %d 0 R%b>>" % (node, body))
        leaves.append(leaf)
        self.count += 1
        return leaf

    def _close(self) -> None:
        node, leaves = self._nodes[-1]
        self._file.add(
            b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>"
            % (self._root, len(leaves), references(leaves)),
            node,
        )

    def finish(self, shared: bytes) -> int:
        """Write the tree and return the number of its root."""
        self._close()
        nodes = [node for node, _ in self._nodes]
        return self._file.add(
            b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (self.count, references(nodes), shared),
            self._root,
        )


def references(numbers: Sequence[int]) -> bytes:
    """Refer to objects."""
    return b" ".join(b"%d 0 R" % one for one in numbers)


class Outline:
    """The bookmarks; each is written as soon as the next is known."""

    def __init__(self, file: PdfFile) -> None:
        self._file, self._root = file, file.reserve()
        self._first = self._last = 0
        self._open: tuple[int, bytes] | None = None
        self._count = 0

    def add(self, words: str, target: bytes) -> None:
        """Add a bookmark."""
        at = self._file.reserve()
        body = b"/Title %b/Parent %d 0 R/Dest %b" % (text(words), self._root, target)
        if self._open:
            self._write(b"/Next %d 0 R" % at)
            body += b"/Prev %d 0 R" % self._last
        self._open, self._last = (at, body), at
        self._first = self._first or at
        self._count += 1

    def _write(self, more: bytes) -> None:
        assert self._open is not None
        at, body = self._open
        self._file.add(b"<<%b%b>>" % (body, more), at)

    def finish(self) -> int:
        """Write what is left and return the number of the outline, 0 without a bookmark."""
        if not self._open:
            return 0
        self._write(b"")
        body = b"<</Type/Outlines/Count %d/First %d 0 R/Last %d 0 R>>"
        return self._file.add(body % (self._count, self._first, self._last), self._root)
