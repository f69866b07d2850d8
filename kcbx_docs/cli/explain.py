"""``kcbx explain``: what a code means, where it arises and how it is mended."""

import unicodedata
from collections.abc import Iterable

import click

from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.codes import AREAS, GRADES, area_of
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, UserError, catalogue, problem

_FACT = regex(r"{{|}}|{(\w+)}")
_FEW, _DIGITS = 5, 3


@click.command(cls=Command, examples=("kcbx explain READ001", "kcbx explain TYPE001 CASE001"))
@click.argument("codes", nargs=-1, required=True, metavar="代码…")
def explain(codes: tuple[str, ...]) -> None:
    """解释错误代码：说的是什么，要紧不要紧，在哪里出现，怎样改。

    方括号、大小写、前面的零不计较。「…」是每次不同的内容，如文件名、日期。
    """
    asked = tuple(dict.fromkeys(map(_whole, codes)))
    known = [code for code in asked if code in catalogue()]
    if known:
        show.result("\n\n".join(map(explained, known)))
    if unknown := [_unknown(code) for code in asked if code not in known]:
        raise UserError(unknown)


def _whole(code: str) -> str:
    """Write a code as it is printed, however it was typed: case80 is CASE080."""
    plain = unicodedata.normalize("NFKC", code).strip("[]【】 ").upper()
    letters = area_of(plain)
    digits = plain[len(letters) :]
    letters = letters.rstrip(" -")
    return letters + digits.zfill(_DIGITS) if digits.isdecimal() else plain


def explained(code: str) -> str:
    """Write all that is known of a code."""
    entry, area = catalogue()[code], AREAS[area_of(code)]
    grade, means = GRADES[entry.get("severity", "error")]
    lines = [
        f"{code}（{area.title}，{grade}）",
        f"  内容：{_plain(entry['message'])}",
        f"  轻重：{grade}，{means}。",
        f"  出现：{area.arises}。",
        f"  怎么办：{_plain(entry.get('hint', '')) or '照上面的内容看一看。'}",
    ]
    if area.page:
        lines.append(f"  详见：kcbx docs {area.page}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Write a text of the catalogue without its facts: doubled braces are single ones."""
    return _FACT.sub(lambda found: "…" if found[1] else found[0][0], text)


def _unknown(code: str) -> Problem:
    return problem("CLI060", Place(), code=code, advice=_advice(code, catalogue()))


def _advice(code: str, known: Iterable[str]) -> str:
    """Say which codes are near: the same number, the same letters, or spelt alike."""
    from kcbx_docs.words import did_you_mean

    letters, digits = area_of(code), code[len(area_of(code)) :]
    if letters in AREAS and digits:
        alike = sorted(
            (one for one in known if area_of(one) == letters),
            key=lambda one: (abs(int(one[len(letters) :]) - int(digits)), one),
        )
        return f"相近的有：{'、'.join(sorted(alike[:_FEW]))}。"
    return did_you_mean(code, list(known)) or f"代码是这样开头的：{'、'.join(AREAS)}。"
