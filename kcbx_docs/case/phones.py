"""Telephone numbers as they are printed: digits alone, the area code with a dash."""

import re
import unicodedata
from collections.abc import Iterator

from kcbx_docs.light import regex

_PLAIN = regex(r"1[3-9][0-9]{9}")
_MOBILE = regex(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_TWO = regex(r"(1[3-9]\d{9})(1[3-9]\d{9})")
_AREA = regex(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")
_LOCAL = regex(r"[2-8]\d{6,7}")
_NUMBER = regex(r"\+?\d[\d\s-]*\d")
_BETWEEN = regex(r"[、,，;；/／|\n\r\t+&]|或者?|和")
_BESIDE = regex(
    r"(?:父亲?|母亲?|爸爸?|妈妈?|爷爷?|奶奶?|外公|外婆|姥姥|姥爷|叔叔?|姑姑?|舅舅?"
    r"|家长|监护人|本人|学生|家庭?|家里|办公?|单位|宅"
    r"|手机|电话|座机|固话|号码?|联系|微信|同号|备用|新|[一二12])*"
)
"""What may stand around a number and changes nothing of it."""


def phones_in(text: str) -> tuple[str, ...]:
    """Read the numbers of a cell; nothing where any part of it is no whole number."""
    if _PLAIN.fullmatch(text):
        return (text,)
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[\u2010-\u2015\u2212~]", "-", plain)
    plain = re.sub(r"\((0\d+)\)", r"\1-", re.sub(r"(\d{11})\.0+(?!\d)", r"\1", plain))
    found: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(plain))):
        found += _numbers(part)
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _numbers(part: str) -> Iterator[str]:
    """Yield the numbers of a part; an empty one where something else stands there."""
    around = re.sub(r"[()\[\]【】:：.。\s]", "", _NUMBER.sub("", part))
    if not _BESIDE.fullmatch(around):
        yield ""
    for written in _NUMBER.findall(part):
        digits = re.sub(r"\D", "", written)
        if whole := _written(digits):
            yield whole
        elif two := _TWO.fullmatch(digits):
            yield from two.groups()
        else:
            yield from (_written(re.sub(r"\D", "", one)) for one in written.split())


def _written(digits: str) -> str:
    if found := _MOBILE.fullmatch(digits):
        return found[1]
    if found := _AREA.fullmatch(digits):
        return f"{found[1]}-{found[2]}"
    return digits if _LOCAL.fullmatch(digits) else ""
