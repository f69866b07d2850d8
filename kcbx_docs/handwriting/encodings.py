"""The bytes of a text file as text, in either common Chinese encoding; else why they are none."""

import codecs

from kcbx_docs.problems import Place, Problem, problem

_FITTING = 24
"""Bytes by which a text in UTF-8 is longer than its characters, from which on it surely is one."""
_MOST_ZEROS = 5


def decode(raw: bytes) -> str | None:
    """Decode UTF-8 (with or without BOM) or GB18030."""
    if raw.count(0) > len(raw) // _MOST_ZEROS:
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # GB18030 takes nearly every sequence of bytes for text, that of other encodings too.
        if _is_damaged(raw, error):
            return None
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _is_damaged(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Tell of a text in UTF-8 with a few broken bytes: so many characters fit by no accident."""
    return len(raw[: error.start].decode()) + _FITTING <= error.start


def no_text(raw: bytes, shown: str) -> Problem:
    """Say why the bytes of a file are no text that can be read."""
    save = "请用记事本打开，「文件→另存为」，编码选择 UTF-8"
    place, what = Place(shown), "文件编码既不是 UTF-8，也不是 GB18030"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        what = "文件编码是 UTF-16（记事本里叫 Unicode）"
    elif b"\0" in raw:
        what, save = "这不是文本文件", "Word、Excel 文件另存为文本也不行，请用记事本写"
    else:
        try:
            raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if _is_damaged(raw, error):
                place = Place(shown, raw.count(b"\n", 0, error.start) + 1)
                what, save = "这一行有损坏的字节", "多半没有复制完：请改好这一行，或者重新复制"
    return problem("READ003", place, what=what, advice=save)
