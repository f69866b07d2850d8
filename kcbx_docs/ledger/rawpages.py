"""Events read from the pages of a damaged file without SQLite: its own list of pages may be lost.

Every event bears the hash of its own bytes: what is found by chance does not fit it, and is left.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from kcbx_docs.ledger.model import hash_of

_OF_A_TABLE = b"\x0d"
"""The first byte of a page that holds rows of a table."""

_USUAL = 4096
_TEXTS = ("prev", "hash", "kind", "case_id", "key")
_COLUMNS = 7
"""Of an event: the number, which is the row's own, five texts and the body."""

Event = dict[str, Any]


def events_in(data: bytes) -> Iterator[Event]:
    """Yield the sound events of a ledger's file, whatever became of its first page."""
    size = _page_size(data)
    for start in range(0, len(data), size):
        page = data[start : start + size]
        if page[:1] == _OF_A_TABLE:
            yield from _of_page(data, size, page)


def _page_size(data: bytes) -> int:
    told = int.from_bytes(data[16:18], "big")
    told = 65536 if told == 1 else told
    return told if 512 <= told <= 65536 and told & (told - 1) == 0 else _USUAL


def _of_page(data: bytes, size: int, page: bytes) -> Iterator[Event]:
    count = int.from_bytes(page[3:5], "big")
    for place in range(8, min(8 + 2 * count, len(page) - 1), 2):
        at = int.from_bytes(page[place : place + 2], "big")
        try:
            found = _event(data, size, page, at)
        except (IndexError, ValueError):  # what lies here is no row of ours
            continue
        if found and hash_of(found["prev"], found["body"]) == found["hash"]:
            yield found


def _event(data: bytes, size: int, page: bytes, at: int) -> Event | None:
    """Read a row if it has the columns of an event."""
    length, at = _varint(page, at)
    seq, at = _varint(page, at)
    here = _local(length, size)
    start, kinds = _kinds(page[at : at + here])
    lengths = [(kind - 12) // 2 for kind in kinds[1:]]
    if seq < 1 or not _is_event(kinds) or start + sum(lengths) != length or length > len(data):
        return None
    payload = page[at : at + here]
    if here < length:
        payload = _continued(data, size, payload, page[at + here : at + here + 4], length)
    found: Event = {"seq": seq}
    for name, many in zip((*_TEXTS, "body"), lengths, strict=True):
        value = payload[start : start + many]
        found[name] = value if name == "body" else value.decode("utf-8")
        start += many
    return found


def _kinds(payload: bytes) -> tuple[int, list[int]]:
    """Return where the columns begin, and of what kind each is."""
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end and len(kinds) <= _COLUMNS:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    return end, kinds


def _continued(data: bytes, size: int, payload: bytes, following: bytes, length: int) -> bytes:
    """Return the bytes of a row that goes on in other pages, as far as they are there."""
    while len(payload) < length:
        start = (int.from_bytes(following, "big") - 1) * size
        more = data[start + 4 : start + size] if start >= 0 else b""
        if not more:
            break
        following = data[start : start + 4]
        payload += more
    return payload[:length]


def _local(length: int, size: int) -> int:
    """Return how many bytes of a row lie on its own page, as SQLite's file format has it."""
    if length <= size - 35:
        return length
    least = (size - 12) * 32 // 255 - 23
    wanted = least + (length - least) % (size - 4)
    return wanted if wanted <= size - 35 else least


def _is_event(kinds: Sequence[int]) -> bool:
    """Tell whether the columns are a number kept elsewhere, five texts and a blob."""
    if len(kinds) != _COLUMNS:
        return False
    texts, body = kinds[1:-1], kinds[-1]
    return kinds[0] == 0 and all(k >= 13 and k % 2 for k in texts) and body >= 12 and not body % 2


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; return it and what follows."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
