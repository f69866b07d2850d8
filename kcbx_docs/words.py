"""Small pieces of Chinese prose that every part writes, and reads, in the same way."""

import difflib
import shlex
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kcbx_docs.light import regex

UNKNOWN_DAY = "（未定）"


def day_in_words(day: date) -> str:
    """Write a day without padding: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def days_in_words(days: Iterable[date]) -> str:
    """Write days one after another; the year and the month are said once:
    2025年9月4日、11日、10月2日.
    """
    said: list[str] = []
    before: date | None = None
    for day in days:
        if before is None or day.year != before.year:
            said.append(day_in_words(day))
        elif day.month != before.month:
            said.append(f"{day.month}月{day.day}日")
        else:
            said.append(f"{day.day}日")
        before = day
    return "、".join(said)


def day_or_unknown(day: date | None) -> str:
    """Write a day, or say that it is not known yet."""
    return day_in_words(day) if day else UNKNOWN_DAY


def days_left(days: int) -> str:
    """Say how many days are left, or how long it has been over."""
    if days == 0:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


def time_left(seconds: float) -> str:
    """Say how long something will still take; nobody needs the second."""
    if seconds < _SOON:
        return "马上就好"
    if seconds < _MINUTE:
        return f"还要 {-(-int(seconds) // _SOON) * _SOON} 秒左右"
    return f"还要 {-(-int(seconds) // _MINUTE)} 分钟左右"


_SOON, _MINUTE = 10, 60


def with_doubt(what: str, doubted: bool) -> str:
    """Write what counts from a service, marked where that service is doubtful."""
    return f"{what}（送达有疑问）" if doubted else what


_UNITS = {"工作日": "个工作日", "月": "个月", "每月日": "日", "百分比": "%"}


def unit_in_words(unit: str) -> str:
    """Write the unit of a period as it follows its number: 个工作日, 个月."""
    return _UNITS.get(unit, unit)


def amount_in_words(number: int, unit: str) -> str:
    """Write a number with its unit: 7个工作日, 每月25日, 3%."""
    every = "每月" if unit == "每月日" else ""
    return f"{every}{abs(number)}{unit_in_words(unit)}"


DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
LARGEST_COUNT = 9999


def four_digits(number: int, digits: str, places: tuple[str, ...]) -> str:
    """Write 1..9999 with one 零 for inner gaps; 0 gives nothing."""
    out, gap = "", False
    for place, char in enumerate(reversed(f"{number:04d}")):
        digit = int(char)
        if digit:
            zero = digits[0] if gap and out else ""
            out = digits[digit] + places[place] + zero + out
        gap = not digit
    return out


def number_in_words(number: int) -> str:
    """Write a number as in an article: 20 二十, 102 一百零二; a longer one stays in digits."""
    if not 0 <= number <= LARGEST_COUNT:
        return str(number)
    text = four_digits(number, DIGITS, _PLACES) or DIGITS[0]
    return text[1:] if text.startswith("一十") else text


_PAIR = 2


def count_in_words(number: int) -> str:
    """Write how many there are of something: two are 两, not 二."""
    return "两" if number == _PAIR else number_in_words(number)


def parse_number(text: str) -> int | None:
    """Read 15, 十五 or 一百零二, below ten thousand; nothing for what is no such number."""
    if text.isascii():
        short = len(text) <= len(str(LARGEST_COUNT))
        return int(text) if short and text.isdecimal() else None
    number, digit = 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in _WEIGHTS:
            number, digit = number + (digit or 1) * _WEIGHTS[char], 0
        else:
            return None
    number += digit
    # Written back it must be the same, so that 一百二 is not 102.
    plain = text[1:] if text.startswith("一十") else text
    return number if number_in_words(number) == plain else None


def as_number(value: Any) -> int | None:
    """Read a number as a pack may write it: 2, '2', 二, 两."""
    if isinstance(value, str):
        return parse_number(value.strip().replace("两", "二")) if value.strip() else None
    whole = isinstance(value, int | Decimal) and not isinstance(value, bool) and value % 1 == 0
    return int(value) if whole and 0 <= value <= LARGEST_COUNT else None


_WRITTEN_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_day(text: str) -> date | None:
    """Read a day that is written 2026-09-01."""
    try:
        return date.fromisoformat(text) if _WRITTEN_DAY.fullmatch(text) else None
    except ValueError:
        return None


def article_in_words(
    article: int | None, paragraph: int | None = None, item: int | None = None
) -> str:
    """Write an article, paragraph and item: 第五条第二款第（三）项."""
    parts = (
        article and f"第{number_in_words(article)}条",
        paragraph and f"第{number_in_words(paragraph)}款",
        item and f"第（{number_in_words(item)}）项",
    )
    return "".join(part for part in parts if part)


def nearest_choice(key: str, word: str, known: Sequence[str]) -> str:
    """Return the choice of a key that was probably meant; where the choice decides a fact or a
    question of law, only if the very same was said.
    """
    return same_said(word, known) if key in _meant()["由人定"]["键"] else nearest(word, known)


def same_said(word: str, known: Sequence[str]) -> str:
    """Return the known word that says the very same as another: a slip of the fingers, or what the
    trade calls so. What is merely spelt alike may be another fact: 休学, 撤回起诉.
    """
    said = word.removesuffix("了")
    if said != word and said in known:
        return said
    return slipped(word, known) or synonym_of(word, known) or synonym_of(said, known)


def nearest(word: str, known: Sequence[str]) -> str:
    """Return the known word that was probably meant, or nothing: what the trade calls the same
    before what is spelt alike. A word with the opposite meaning is never meant.
    """
    said = word.removesuffix("了")  # 答应了 is said of what is 答应
    if same := synonym_of(word, known) or synonym_of(said, known):
        return same
    if said in known:
        return said
    fitting = [other for other in known if not turned_round(word, other)]
    if swapped := [other for other in fitting if sorted(other) == sorted(word)]:
        return swapped[0]
    if len(word) >= 3:
        longer = [other for other in fitting if other != word and _is_subsequence(word, other)]
        if longer:
            return min(longer, key=len)
    close = difflib.get_close_matches(word, fitting, 1, 0.5)
    if close:
        return close[0]
    return next((other for other in fitting if _shares_half(word, other)), "")


def synonym_of(word: str, known: Sequence[str]) -> str:
    """Return the known word for which people say another one, or nothing."""
    return next((other for other in known if word != other and word in _synonyms(other)), "")


@cache
def _meant() -> dict[str, dict[str, Any]]:
    """Read what the trade says otherwise; only a word that nobody knows asks for it."""
    import tomllib

    return tomllib.loads(Path(__file__).with_name("meant.toml").read_text("utf-8"))


def _synonyms(word: str) -> Sequence[str]:
    said: Sequence[str] = _meant()["同义"].get(word, ())
    return said


def slipped(word: str, known: Sequence[str]) -> str:
    """Return the one known word of which another is a slip of the fingers: blanks in it, two
    characters the wrong way round or one of them twice. Another character may be another word.
    """
    plain = "".join(word.split())
    meant = [one for one in known if plain == one != word or _slip_of(plain, one)]
    return meant[0] if len(meant) == 1 else ""


_SAME_THING = (
    "姓名",
    "身份证号",
    "电话",
    "住址",
    "现住址",
    "户籍地址",
    "记录人",
    "签收日期",
)
"""Keys for which people say other words that choose nothing: 手机 is a telephone number."""


def key_meant(word: str, known: Sequence[str]) -> str:
    """Return the one known key that can be meant by a slip of the fingers, or by another word for
    the very same thing.
    """
    if slip := slipped(word, known):
        return slip
    plain = "".join(word.split())
    meant = [one for one in known if one in _SAME_THING and plain in _synonyms(one)]
    return meant[0] if len(meant) == 1 else ""


def _slip_of(word: str, known: str) -> bool:
    if len(word) == len(known):
        apart = [at for at, char in enumerate(known) if word[at] != char]
        beside = len(apart) == 2 and apart[1] == apart[0] + 1
        return beside and word[apart[0] : apart[1] + 1] == known[apart[0] : apart[1] + 1][::-1]
    twice = len(word) == len(known) + 1
    return twice and any(known[: at + 1] + known[at:] == word for at in range(len(known)))


_DENIED = regex("[不未没无非否免拒弃撤驳]|取消|解除|停止|退")
_HALF_SURE = regex(
    "基本|大概|可能|疑似|好像|估计|似乎|大致|大体|也许|应该|听说|据说|差不多|初步|部分|怀疑|或许"
)
_OPPOSITES = (
    *("离返", "休辍", "转辍", "复辍", "上辍", "入出", "收发"),
    "男女",
    "父母",
    "公婆",
    "来去",
    "开关",
    "进退",
    "上下",
)


def turned_round(word: str, other: str) -> bool:
    """Tell whether of two words one denies what the other says, says its opposite or is less sure:
    不同意 and 同意返校, 未成年 and 成年, 父亲 and 母亲, 基本属实 and 属实.
    """
    if len(_DENIED.findall(word)) != len(_DENIED.findall(other)):
        return True
    if half_sure(word) != half_sure(other):
        return True
    mine, its = set(word) - set(other), set(other) - set(word)
    pairs = [*_OPPOSITES, *(pair[::-1] for pair in _OPPOSITES)]
    return any(pair[0] in mine and pair[1] in its for pair in pairs)


def half_sure(word: str) -> bool:
    """Tell whether a word says something by halves, or that nobody is sure of it: 疑似, 部分."""
    return _HALF_SURE.search(word) is not None


def _shares_half(word: str, other: str) -> bool:
    """Tell whether two words of one length have half of their characters in the same place."""
    if len(word) != len(other):
        return False
    same = [mine for mine, its in zip(word, other, strict=True) if mine == its]
    return len(same) * 2 >= len(other)


def _is_subsequence(word: str, longer: str) -> bool:
    rest = iter(longer)
    return all(char in rest for char in word)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Ask for the known word that was probably meant; nothing where none is near."""
    near = nearest(word, known)
    return f"是不是「{near}」？" if near else ""


def advice_for_name(word: str, known: Sequence[str]) -> str:
    """Say which name was probably meant, or what may be written."""
    if meant := did_you_mean(word, known):
        return meant
    if "：" in word:
        return "键后面要用英文冒号加一个空格；这里有中文冒号「：」。"
    return f"这里可以写：{'、'.join(known)}。" if known else "请删去。"


def advice_for_key(word: str, known: Sequence[str], of_office: bool = True) -> str:
    """Say where a key of an office's files has its place, for whoever wrote it elsewhere; else
    which was probably meant, or what may be written.
    """
    place = _meant()["别处"].get(word) if of_office else ""
    if place:
        return f"「{word}」写在{place}。"
    if not known or "：" in word or nearest(word, known):
        return advice_for_name(word, known)
    return f"这里可以写：{few_near(word, known)}。{_no_key(known)}"


def _no_key(known: Sequence[str]) -> str:
    return f"没有合适的，{told}" if (told := words_go(known)) else ""


_LISTED = 12


def few_near(word: str, known: Sequence[str]) -> str:
    """List what may be written, what shares a character with a word first; of much the first."""
    listed = sorted(known, key=lambda one: not set(one) & set(word))
    return "、".join(listed[:_LISTED]) + ("等" if len(listed) > _LISTED else "")


_FREE = ("备注", "内容", "说明", "依据")


def words_go(keys: Sequence[str]) -> str:
    """Say in which of some keys the words stand that are no choice; nothing if in none."""
    free = next((key for key in _FREE if key in keys), "")
    return f"原话写在「{free}」里。" if free else ""


def instead_of(kind: str, word: str) -> str:
    """Say what something comes to that a kind of event has no word for; nothing if nobody knows."""
    known = _meant()["不算"].get(kind, ())
    return next((str(one["说"]) for one in known if word in one["词"]), "")


def command_meant(word: str) -> str:
    """Return the command, with what it is for, that people call by another word; or nothing."""
    said = word.casefold()
    return next((name for name, words in _meant()["命令"].items() if said in words), "")


def key_for_option(option: str) -> str:
    """Return the key that is written with = where somebody typed an option; or nothing."""
    known = _meant()["写成键"]
    return next((key for key, options in known.items() if option.casefold() in options), "")


def spelt_alike(word: str, known: Sequence[str], least: float = 0.75) -> str:
    """Return the known word that differs by a slip of the fingers only, or nothing."""
    swapped = [one for one in known if sorted(one) == sorted(word)]
    return next(iter((*swapped, *difflib.get_close_matches(word, known, 1, least))), "")


def while_unknown(key: str) -> str:
    """Say what is written for a key that a file must have as long as nobody knows the answer."""
    return str(_meant()["没有查明"].get(key, ""))


def example_of(kind: str, key: str) -> str:
    """Return what may be written for a key of a kind of event, as a piece to copy."""
    examples = _meant()["例"]
    return str(examples.get(f"{kind}.{key}") or examples.get(key, "……"))


def called_by_pair(word: str) -> Sequence[str]:
    """Return what somebody may be to the child where a word names both of them: 父子."""
    plain = word.removeprefix("亲生").removeprefix("亲")
    said: Sequence[str] = _meant()["互称"].get(plain, ())
    return said


def advice_for_event(word: str, known: Sequence[str]) -> str:
    """Say how something is written that people take for a kind of event, or which was meant."""
    if written := _meant()["事项"].get(word):
        return f"{written}。"
    return did_you_mean(word, known)


def spell(loc: Sequence[int | str]) -> str:
    """Write a path as people read it: 监护人[0].姓名."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


_NEWER = ((0x2EBF0, 0x2EE5D), (0x31350, 0x323AF), (0x323B0, 0x33479))
"""Chinese characters of the extensions I, H and J, which Python's own table need not know."""


def is_newer_han(char: str) -> bool:
    """Tell whether a character is Chinese and younger than the table of Python 3.11."""
    return any(first <= ord(char) <= last for first, last in _NEWER)


TAGS = ("{{", "}}", "{%", "%}", "｛｛", "｝｝")
"""What in a paper would be a piece of its template."""


def command_line(words: Sequence[str]) -> str:
    """Write a command as it can be typed again."""
    return " ".join(["kcbx", *(word if _plain(word) else shlex.quote(word) for word in words)])


def _plain(word: str) -> bool:
    return bool(word) and all(char.isalnum() or char in "@%+=:,./_-（）〔〕·" for char in word)
