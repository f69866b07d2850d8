"""Days and times as people write them: what can be read in one way is taken, the rest is asked."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, time, timedelta

from kcbx_docs import clock
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, problem
from kcbx_docs.words import DIGITS, parse_number

_DASHES = str.maketrans(dict.fromkeys("‐‑–—−﹣", "-"))
_WHOLE = regex(r"(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
_NO_YEAR = regex(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_SHORT_YEAR = regex(r"(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_NO_DAY = regex(r"\d{4}[-/.年]\d{1,2}月?")
_WITH_TIME = regex(r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?)[T ]?(\d{1,2}[:时点].*)")
_CHINESE = regex(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)[日号]"
)
_FROM_TODAY = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_NEAR = regex(r"(大前|[前昨今明后])(?:[天日]|[早晚](?:上)?)(?:[早晚]上|[上下]午|中午)?")
_WEEKDAY = regex(r"(上|本|这|下)(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_MORNING = ("上午", "早上", "早晨", "清早", "清晨", "早")
_AFTERNOON = ("下午", "午后", "傍晚")
_NIGHT = ("晚上", "夜里", "夜晚", "晚")
_SMALL_HOURS, _MIDDAY = "凌晨", "中午"
_HALVES = "|".join((*_MORNING, *_AFTERNOON, *_NIGHT, _SMALL_HOURS, _MIDDAY))
_CLOCK = regex(
    rf"({_HALVES})?(?:(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?"
    rf"|({_NUMBER})[时点](?:零?({_NUMBER})分?|([半一三]刻?)|整|钟)?)"
)
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_EVENING, _DAWN = 6, 6
"""One in the night is not one in the afternoon: only from six on is it the evening."""
_NOON = 12
_EITHER = range(1, 7)
"""Hours that somebody who writes neither half of the day means in the afternoon."""
_SPOKEN = range(1, 9)
"""Said as 七点半, such an hour may be that of a visit in the evening."""
_NEVER = 99


def _plain(text: str) -> str:
    """Write full-width digits, dashes and blanks as ordinary ones."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


def _parts(text: str) -> tuple[int, int, int] | None:
    """Return the year, month and day of a text that has all three in one order only."""
    plain = re.sub(r"(?<=[年月/.-])\s+|\s+(?=[年月日号/.-])", "", _plain(text))
    if found := _WHOLE.fullmatch(plain):
        year, month, day = (found[1], found[3], found[4]) if found[1] else found.groups()[4:]
        return int(year), int(month), int(day)
    if found := _CHINESE.fullmatch(plain):
        year = int("".join(str(DIGITS.index(char)) for char in found[1].replace("〇", "零")))
        return year, parse_number(found[2]) or 0, parse_number(found[3]) or 0
    return None


def read_day(text: str) -> date | None:
    """Read a day that can be meant in one way only: 2026-9-1, 2026/9/1, 2026年9月1日, 20260901."""
    try:
        return date(*parts) if (parts := _parts(text)) else None
    except ValueError:
        return None


def why_no_day(text: str) -> tuple[str, dict[str, str]]:
    """Return the code and the facts of what a text lacks to be a day."""
    plain = _plain(text)
    if parts := _parts(text):
        return "TYPE015", {"advice": _no_such_day(*parts)}
    if found := _WITH_TIME.fullmatch(plain):
        day = read_day(found[1])
        return "TYPE019", {"example": day.isoformat() if day else found[1], "clock": found[2]}
    if found := _SHORT_YEAR.fullmatch(plain):
        day = read_day("-".join(("20" + found[1], found[2], found[3])))
        return ("TYPE017", {"example": day.isoformat()}) if day else ("TYPE005", {})
    if found := _NO_YEAR.fullmatch(plain):
        return "TYPE016", {"example": f"{int(found[1]):02}-{int(found[2]):02}"}
    if _NO_DAY.fullmatch(plain):
        return "TYPE018", {}
    if near := _told_from_today(plain, clock.today()):
        return "TYPE020", {"today": clock.today().isoformat(), "example": near.isoformat()}
    return "TYPE005", {}


def _told_from_today(plain: str, today: date) -> date | None:
    """Return the day that a word means which nobody understands later: 昨天, 上周五."""
    if found := _NEAR.fullmatch(plain):
        return today + timedelta(days=_FROM_TODAY[found[1]])
    if found := _WEEKDAY.fullmatch(plain):
        monday = today - timedelta(days=today.weekday())
        weekday = "一二三四五六日".index(found[2].replace("天", "日"))
        return monday + timedelta(days=_WEEKS[found[1]] * 7 + weekday)
    return None


def _no_such_day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= _NOON or year < 1:
        return "月份只有 1 到 12"
    return f"{year}年{month}月只有 {monthrange(year, month)[1]} 天"


def _number(text: str) -> int:
    """Return a number in digits or words; what is no number is no hour either."""
    return int(text) if text.isdecimal() else parse_number(text.replace("两", "二")) or _NEVER


def read_clock(text: str) -> time | None:
    """Read a time of the day: 14:30, 14:30:00, 14点30分, 下午2点半, 下午三点; nothing where it
    may be meant before noon or after it.
    """
    found = _CLOCK.fullmatch(_bare(text))
    if not found or half_day_unsaid(text):
        return None
    hour = _of_the_day(found[1] or "", _number(found[2] or found[4]))
    minute = _PARTS.get(found[6]) if found[6] else _number(found[3] or found[5] or "0")
    try:
        return time(hour, _NEVER if minute is None else minute)
    except ValueError:
        return None


def _of_the_day(half: str, hour: int) -> int:
    """Count an hour of a half of the day from midnight; one that it does not have is never."""
    if half == _MIDDAY:
        return {11: 11, 12: 12, 1: 13, 2: 14}.get(hour, _NEVER)
    wrong = (half in _NIGHT and hour < _EVENING) or (half == _SMALL_HOURS and hour >= _DAWN)
    if half and (wrong or hour > _NOON or (hour == _NOON and half not in ("下午", "午后"))):
        return _NEVER
    later = half in (*_AFTERNOON, *_NIGHT) and hour < _NOON
    return hour + _NOON if later else hour


_RUN_TOGETHER = regex(r"([01]?\d|2[0-3])([0-5]\d)")
_OTHER_SIGN = regex(r"([01]?\d|2[0-3])[.;·,、-]([0-5]\d)")
_TWICE_SAID = regex(rf"({_HALVES})(.+)")


def clock_meant(text: str) -> time | None:
    """Return the time to ask about where a text is none as it stands: 1930, 19.30, 下午15点."""
    plain = _bare(text)
    if found := _RUN_TOGETHER.fullmatch(plain) or _OTHER_SIGN.fullmatch(plain):
        hour = int(found[1])
        sure = found[1].startswith("0") or hour not in _EITHER
        return time(hour, int(found[2])) if sure else None
    if found := _TWICE_SAID.fullmatch(plain):
        whole, first = read_clock(found[2]), 18 if found[1] in _NIGHT else _NOON
        later = found[1] in (*_AFTERNOON, *_NIGHT)
        return whole if whole and later and whole.hour >= first else None
    return None


def half_day_unsaid(text: str) -> bool:
    """Tell whether a time may be meant before noon or after it: 三点半, 3:30, 七点半; not 03:30."""
    found = _CLOCK.fullmatch(_bare(text))
    if not found or found[1]:
        return False
    hour = found[2] or found[4]
    return not hour.startswith("0") and _number(hour) in (_SPOKEN if found[4] else _EITHER)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", _plain(text))


def read_a_day(text: str) -> date:
    """Read a day in any spelling that files may have; the ValueError says what is wrong."""
    if day := read_day(text):
        return day
    code, facts = why_no_day(text)
    found = problem(code, Place(), key="日期", value=text, **facts)
    raise ValueError(found.message + found.hint)
