"""How days and times may be written, as patterns of JSON Schema: what ``days`` reads, and no more.

Editors have no other way of knowing; a test compares both.
"""

import re
from collections.abc import Iterator

_DASH, _SLASH, _DOT = "-‐‑–—−﹣－", "/／", ".．"
_MONTHS = ("(?:0?[13578]|1[02])", "(?:0?[469]|11)", "0?2")
_DAYS = ("(?:0?[1-9]|[12]d|3[01])", "(?:0?[1-9]|[12]d|30)", "(?:0?[1-9]|1d|2[0-8])")
_YEAR = "(?:[1-9]d{3}|0(?:[1-9]dd|0(?:[1-9]d|0[1-9])))"
_LEAP = "(?:dd(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_HAN = "[一二三四五六七八九]"
_HAN_MONTHS = ("(?:[一三五七八]|十二?)", "(?:[四六九]|十一)", "二")
_HAN_DAYS = (
    f"(?:{_HAN}|二?十{_HAN}?|三十一?)",
    f"(?:{_HAN}|二?十{_HAN}?|三十)",
    f"(?:{_HAN}|二?十{_HAN}?)",
)
_BLANK = r"\s*"


def day_inside() -> str:
    """Return the pattern of a day that exists, without ends: it may be part of a longer one."""
    return f"{_BLANK}(?:{'|'.join((*_with_signs(), *_compact(), *_in_han()))}){_BLANK}"


def _with_signs() -> Iterator[str]:
    """The two signs are alike, or the second is 月."""
    signs = (f"[{sign}]" for sign in (_DASH, _SLASH, _DOT, "年"))
    shape = "|".join(f"{sign}[^{_DASH}{_SLASH}{_DOT}年月]+(?:{sign}|月)" for sign in signs)
    between = f"{_BLANK}[{_DASH}{_SLASH}{_DOT}年月]{_BLANK}"
    end = rf"(?:{_BLANK}[日号])?"
    yield f"(?=[^{_DASH}{_SLASH}{_DOT}年月]+(?:{shape})){_either(_spread(between))}{end}"


def _compact() -> Iterator[str]:
    yield _either(_spread("")).replace("[0０]?", "[0０]")


def _spread(between: str) -> str:
    """Write year, month and day with something between them, for every length of a month."""
    months = "|".join(m + between + d for m, d in zip(_MONTHS, _DAYS, strict=True))
    return f"(?:{_YEAR}{between}(?:{months})|{_LEAP}{between}0?2{between}29)"


def _in_han() -> Iterator[str]:
    months = "|".join(
        f"{m}{_BLANK}月{_BLANK}{d}" for m, d in zip(_HAN_MONTHS, _HAN_DAYS, strict=True)
    )
    digit = "[〇零一二三四五六七八九]"
    yield f"{digit}{{4}}{_BLANK}年{_BLANK}(?:{months}){_BLANK}[日号]"


def clock_pattern() -> str:
    """Return the pattern of a time of the day."""
    half = "(?:上午|早上|下午|傍晚)"
    said = f"{half}{_BLANK}(?:0?d|1[01])|晚上{_BLANK}(?:0?[6-9]|1[01])|下午{_BLANK}12"
    hour = f"(?:{said}|[01]d|[07-9]|2[0-3])"
    minute = "[0-5]d"
    told = f"{_BLANK}(?:[:：]{_BLANK}{minute}(?:{_BLANK}[:：]{_BLANK}dd)?"
    told += f"|[时点]{_BLANK}(?:[0-5]?d{_BLANK}分?|半|整)?)"
    return f"^{_BLANK}{_either(hour)}{_either(told)}{_BLANK}$"


def _either(pattern: str) -> str:
    """Let every digit of a pattern be a full-width one, too; ``d`` is any."""
    wide = {str(digit): chr(0xFF10 + digit) for digit in range(10)}

    def both(found: re.Match[str]) -> str:
        signs = found[0].strip("[]")
        return f"[{signs}{''.join(wide.get(sign, sign) for sign in signs)}]"

    return re.sub(r"\[[\d-]+\]|\d(?!\})", both, pattern.replace("d", "[0-9]"))
