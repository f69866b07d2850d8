"""The colour profile that archives ask for, in a fifth of the bytes of WeasyPrint's own."""

import struct
from functools import cache

_HEADER = (
    *(b"\0\0\0\0", b"\x04\x20\0\0", b"mntr", b"RGB ", b"XYZ "),
    struct.pack(">6H", 2026, 1, 1, 0, 0, 0),
    *(b"acsp", bytes(24), bytes(4)),
)
_WHITE = (0xF6D6, 0x10000, 0xD32D)  # the white of printed paper, in parts of 65536
_ADAPTED = (0x10C42, 0x5DE, -0xCDB, 0x793, 0xFD90, -0x45F, -0x25E, 0x3DC, 0xC06E)
_CURVE = (0x26666, 0xF2A7, 0xD59, 0x13D0, 0xA5B)
_COLOURS = (
    (b"rXYZ", (0x6FA0, 0x38F5, 0x390)),
    (b"gXYZ", (0x6297, 0xB787, 0x18D9)),
    (b"bXYZ", (0x249F, 0xF84, 0xB6C3)),
)


@cache
def srgb_profile() -> bytes:
    """Return sRGB as a profile of ICC version 4, with its curve as a formula."""
    curve = b"para" + struct.pack(">4xHxx5i", 3, *_CURVE)
    tags = [(b"desc", _words("sRGB")), (b"cprt", _words("CC0")), (b"wtpt", _xyz(_WHITE))]
    tags += [(b"chad", b"sf32" + struct.pack(">4x9i", *_ADAPTED))]
    tags += [(name, _xyz(colour)) for name, colour in _COLOURS]
    tags += [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
    return _written(tags)


def _written(tags: list[tuple[bytes, bytes]]) -> bytes:
    first = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for _, data in tags:
        places.setdefault(data, first + sum(map(len, places)))
    table = b"".join(struct.pack(">4sII", name, places[data], len(data)) for name, data in tags)
    body = struct.pack(">I", len(tags)) + table + b"".join(places)
    header = b"".join(_HEADER) + struct.pack(">3i", *_WHITE) + bytes(48)
    return struct.pack(">I", 128 + len(body)) + header + body


def _words(text: str) -> bytes:
    words = text.encode("utf-16-be")
    words += bytes(-len(words) % 4)
    head = struct.pack(">4xII4sII", 1, 12, b"enUS", 2 * len(text), 28)
    return b"mluc" + head + words


def _xyz(colour: tuple[int, int, int]) -> bytes:
    return b"XYZ " + struct.pack(">4x3i", *colour)
