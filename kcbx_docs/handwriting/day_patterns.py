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
    morning = f"(?:上午|早上|早晨|清早|清晨|早){_BLANK}(?:0?d|1[01])"
    later = f"(?:下午|午后|傍晚){_BLANK}(?:0?d|1[01])|(?:下午|午后){_BLANK}12"
    night = f"(?:晚上|夜里|夜晚|晚){_BLANK}(?:0?[6-9]|1[01])"
    said = f"{morning}|{later}|{night}|凌晨{_BLANK}0?[0-5]|中午{_BLANK}(?:0?[12]|1[12])"
    minute = "[0-5]d"
    clock = f"(?:{said}|[01]d|[07-9]|2[0-3]){_BLANK}[:：]{_BLANK}{minute}"
    clock += f"(?:{_BLANK}[:：]{_BLANK}dd)?"
    spoken = f"(?:{said}|[01]d|[09]|2[0-3]){_BLANK}[时点]{_BLANK}"
    spoken += f"(?:[0-5]?d{_BLANK}分?|半|[一三]刻|整|钟)?"
    return f"^{_BLANK}(?:{_either(clock)}|{_either(spoken)}){_BLANK}$"


def _either(pattern: str) -> str:
    """Let every digit of a pattern be a full-width one, too; ``d`` is any."""
    wide = {str(digit): chr(0xFF10 + digit) for digit in range(10)}

    def both(found: re.Match[str]) -> str:
        signs = found[0].strip("[]")
        return f"[{signs}{''.join(wide.get(sign, sign) for sign in signs)}]"

    return re.sub(r"\[[\d-]+\]|\d(?!\})", both, pattern.replace("d", "[0-9]"))
