"""Names as they are printed on identity cards: one interpunct, no spaces, no foreign signs."""

import re
import unicodedata
from collections.abc import Iterator

from kcbx_docs.case.model import INTERPUNCTS, name_key
from kcbx_docs.light import regex
from kcbx_docs.words import is_newer_han

_HAN = "[\u3007\u3400-\u9fff\U00020000-\U00033479]"
_BETWEEN_HAN = regex(rf"(?<={_HAN})[{re.escape(INTERPUNCTS)}\-—](?={_HAN})")
_SPACE_AT_HAN = regex(rf"(?<={_HAN})\s+|\s+(?={_HAN})")
_LATIN = "[A-Za-zＡ-Ｚａ-ｚ]"
_LETTERED = regex(rf"{_HAN}{{2,}}({_LATIN}+)|({_LATIN}+){_HAN}{{2,}}")
_WITHIN = regex(rf"(?P<before>{_HAN}*){_LATIN}+(?P<after>{_HAN}*)")
_ORDINARY = regex("[\u4e00-\u9fa5]+")
"""Han characters and nothing else: of such a name there is nothing to tidy, and nothing to tell."""
Fault = tuple[str, dict[str, object]]


_NOBODY = regex(
    "(?:姓名|名字|监护人|家长|父母|父亲|母亲)?"
    "(?:不详|不明|未知|不知道?|不清楚|待查|待核实?|待补|待定|[未没]有?查明"
    "|没有查明的监护人|查不到|无|暂无|没有|略|无名氏?|某某+|某人|佚名"
    "|[?？xX×*＊、/\\\\—－_-]+)"
)


def names_nobody(text: str) -> bool:
    """Tell whether what stands for a name says that nobody knows it: 未知, 不详, 某某, ××."""
    return _NOBODY.fullmatch("".join(text.split()).strip("（）()。.")) is not None


def tidy_name(text: str) -> str:
    """Write a name as the identity card does: · between its parts, no spaces among Chinese."""
    if _ORDINARY.fullmatch(text):
        return text
    spaced = "".join(" " if char.isspace() else char for char in text).strip()
    joined = _SPACE_AT_HAN.sub("", spaced)
    return _BETWEEN_HAN.sub("·", joined)


def faults_of_name(name: str) -> Iterator[Fault]:
    """Yield what is wrong with a name as (code, facts)."""
    if _ORDINARY.fullmatch(name):
        return
    tidy = tidy_name(name)
    if _SPACE_AT_HAN.search(name.strip()):
        yield "CASE031", {"tidy": tidy}
    if _BETWEEN_HAN.search(_SPACE_AT_HAN.sub("", name)):
        yield "CASE030", {"tidy": tidy}
    wrong = dict.fromkeys(char for char in tidy if not _belongs(char))
    if wrong:
        yield "CASE032", {"wrong": " ".join(wrong)}


def lettered(name: str) -> str:
    """Return the letters that tell pupils of one name apart: 李小明A; 赵C and 李A娜 are names."""
    found = _LETTERED.fullmatch(name)
    return next(filter(None, found.groups())) if found else ""


def without_letters(name: str) -> str:
    """Return a name of Han characters without the letters at one place in it; nothing for others:
    of 李国A and 李B明 what others may be called, too.
    """
    found = _WITHIN.fullmatch(name)
    rest = found["before"] + found["after"] if found else ""
    return rest if len(rest) > 1 else ""


def _belongs(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" or char in "·〇 '’-." or is_newer_han(char)


def same_name(one: str, other: str) -> bool:
    """Compare names whatever their spaces and interpunct."""
    return name_key(one) == name_key(other)
