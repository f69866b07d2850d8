"""Codes by which a paper is found again: the ledger's name, a random part, a check character.

Nothing of the paper is in them. They are written without signs that look alike.
"""

import secrets

from kcbx_docs.light import regex

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_RANDOM, _NAME, _GROUP = 12, 8, 4
"""Sixty random bits behind the name of a ledger."""
LENGTH = _NAME + _RANDOM + 1
"""Signs of a code, the last one checks the others."""
_WRITTEN = regex(r"(?<![0-9A-Z])(?:[0-9A-Z]{4}-){5}[0-9A-Z](?![0-9A-Z])")
_PLACES = 10
_LIKE = str.maketrans("－—–_", "----")


def new_code(ledger: str) -> str:
    """Make the code of a paper of a ledger."""
    bits = secrets.randbits(5 * _RANDOM)
    told = ledger.replace("-", "")
    told += "".join(SIGNS[bits >> 5 * place & 31] for place in range(_RANDOM))
    return _grouped(told + _check(told))


def code_to_try() -> str:
    """Make a code of the usual length for what is only tried: it is that of no paper."""
    told = SIGNS[0] * (LENGTH - 1)
    return _grouped(told + _check(told))


def read_code(text: str) -> str:
    """Write a code as it is kept, however it was copied; nothing if it is none, or is wrong."""
    signs = _signs(text)
    if len(signs) != LENGTH or set(signs) - set(SIGNS):
        return ""
    return _grouped(signs) if _check(signs[:-1]) == signs[-1] else ""


def looks_like_code(text: str) -> bool:
    """Tell whether a text is meant as a code, though a sign of it may be wrong."""
    signs = _signs(text)
    return len(signs) == LENGTH and signs.isascii() and signs.isalnum()


def length_of_miscopied(text: str) -> int:
    """Tell how many signs a text has that is meant as a code, though some are missing or doubled;
    0 of another text.
    """
    signs = _signs(text)
    near = len(signs) != LENGTH and abs(len(signs) - LENGTH) <= _GROUP + 1
    return len(signs) if near and signs.isascii() and signs.isalnum() else 0


def codes_among(text: str) -> tuple[str, ...]:
    """List the codes that stand in the words of a paper."""
    found = (read_code(match[0]) for match in _WRITTEN.finditer(text.translate(_LIKE)))
    return tuple(dict.fromkeys(filter(None, found)))


_BACK = regex(r"(.+) R([1-9])")


def return_code(code: str, place: int) -> str:
    """Write what the square says on the part of a paper that comes back: ``place`` is that of
    the paper among those of the code.
    """
    return f"{code} R{place}" if place < _PLACES else ""


def read_return_code(text: str) -> tuple[str, int]:
    """Read a code and which of its papers came back; 0 where it stands on another part."""
    if match := _BACK.fullmatch(text.strip().upper()):
        return read_code(match[1]), int(match[2])
    return read_code(text), 0


def _signs(text: str) -> str:
    return "".join(text.translate(_LIKE).upper().replace("-", "").split())


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def _check(signs: str) -> str:
    """Add up in the field of 32: one wrong sign, or two that changed places, always shows."""
    total = 0
    for sign in signs:
        total = _doubled(total ^ SIGNS.index(sign))
    return SIGNS[total]


def _doubled(value: int) -> int:
    return value << 1 ^ 0b100101 if value & 0b10000 else value << 1
