"""Fill what templates learn of an official letter from its file."""

from typing import Any

from kcbx_docs.case.letter import Letter, paragraphs_of
from kcbx_docs.light import regex
from kcbx_docs.papers.context import facts
from kcbx_docs.papers.letter_records import LetterAttachment, LetterFacts, LetterLine

_LEVELS = (
    (1, regex(r"^[一二三四五六七八九十]+、")),
    (2, regex(r"^（[一二三四五六七八九十]+）")),
    (3, regex(r"^\d+[.．]")),
)


def letter_line(text: str) -> LetterLine:
    """Read the level of a paragraph from how it begins;
    a heading that runs on ends at its first full stop.

    A line that is one whole sentence is no heading, however it is numbered:
    headings carry no full stop.
    """
    level = next((number for number, pattern in _LEVELS if pattern.match(text)), 0)
    if level in (0, 3) or text.find("。") == len(text) - 1:
        return LetterLine(级别=3 if level == 3 else 0, 文字=text)
    heading, stop, rest = text.partition("。")
    if not rest:
        return LetterLine(级别=level, 标题=text)
    return LetterLine(级别=level, 标题=heading + stop, 文字=rest)


def letter_facts(letter: Letter) -> dict[str, Any]:
    """Return an official letter as templates see it."""
    known = {info.alias for info in LetterFacts.model_fields.values()}
    own = {key: value for key, value in facts(letter).items() if key in known}
    attachments: list[LetterAttachment] = []
    for attachment in letter.attachments:
        lines = tuple(map(letter_line, paragraphs_of(attachment.text)))
        attachments.append(LetterAttachment(名称=attachment.title, 段落=lines))
    return {
        **own,
        "文种": letter.kind,
        "段落": facts(tuple(map(letter_line, letter.paragraphs))),
        "附件": facts(attachments),
    }
