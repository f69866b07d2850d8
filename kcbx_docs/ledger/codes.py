"""Codes by which a paper is found again: the ledger's name, a random part, a check character.

Nothing of the paper is in them. They are written without signs that look alike.
"""

import secrets

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_RANDOM, _NAME, _GROUP = 12, 8, 4
"""Sixty random bits behind the name of a ledger."""
_LIKE = str.maketrans("－—–_", "----")


def new_code(ledger: str) -> str:
    """Make the code of a paper of a ledger."""
    told = ledger.replace("-", "") + "".join(secrets.choice(SIGNS) for _ in range(_RANDOM))
    return _grouped(told + _check(told))


def read_code(text: str) -> str:
    """Write a code as it is kept, however it was copied; nothing if it is none, or is wrong."""
    signs = "".join(text.translate(_LIKE).upper().replace("-", "").split())
    if len(signs) != _NAME + _RANDOM + 1 or set(signs) - set(SIGNS):
        return ""
    return _grouped(signs) if _check(signs[:-1]) == signs[-1] else ""


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
