"""Zip containers whose bytes depend on their contents only; fixed parts are deflated once."""

import struct
import zlib
from collections.abc import Iterable

from kcbx_docs.light import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _STORED, _DEFLATED, _UTF8 = 20, 0, 8, 0x800
_TIME, _DAY = 0, 1 << 5 | 1  # midnight of 1 January 1980, the first that a zip can hold


@dataclass(frozen=True)
class Packed:
    """One part of a container as it is stored."""

    name: str
    crc: int
    size: int
    data: bytes
    method: int = _DEFLATED


def pack(name: str, content: str | bytes, level: int = 6) -> Packed:
    """Deflate one part; a picture is deflated already."""
    raw = content.encode() if isinstance(content, str) else content
    if name.endswith(".png"):
        return Packed(name, zlib.crc32(raw), len(raw), raw, _STORED)
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(name, zlib.crc32(raw), len(raw), deflate.compress(raw) + deflate.flush())


class Packing:
    """One part of a container, deflated piece by piece."""

    def __init__(self, name: str, level: int = 6) -> None:
        self.name, self.crc, self.size = name, 0, 0
        self._deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._out: list[bytes] = []

    def add(self, text: str) -> None:
        """Add a piece of the part."""
        raw = text.encode()
        self.crc = zlib.crc32(raw, self.crc)
        self.size += len(raw)
        self._out.append(self._deflate.compress(raw))

    def packed(self) -> Packed:
        """Close the part."""
        self._out.append(self._deflate.flush())
        return Packed(self.name, self.crc, self.size, b"".join(self._out))


def write_container(parts: Iterable[Packed]) -> bytes:
    """Join parts into a zip file, in their order."""
    files: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for part in parts:
        name = part.name.encode()
        flags = 0 if part.name.isascii() else _UTF8
        sizes = (part.crc, len(part.data), part.size, len(name), 0)
        told = (flags, part.method, _TIME, _DAY, *sizes)
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *told) + name
        directory.append(
            _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *told, 0, 0, 0, 0, position) + name
        )
        files += (head, part.data)
        position += len(head) + len(part.data)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), size, position, 0)
    return b"".join([*files, *directory, end])
