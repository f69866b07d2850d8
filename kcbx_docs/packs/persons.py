"""People whom a template names although it serves for everybody: what looks like somebody's name or
number, and who is known from the cases and rosters of an office.
"""

from collections.abc import Iterator

from kcbx_docs.case.ids import read_id, resident_check_digit
from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.stretches import VALUE, stretches_of
from kcbx_docs.problems import Problem, problem

_HAN = "[\u3400-\u9fff]"
_ID = regex(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = regex(r"(?<![0-9-])1[3-9][0-9]{9}(?![0-9])")
_TO = "请|致|由|通知|告知|联系|学生"
_ADDRESSED = regex(
    rf"(?:(?:^|[，。、：；！？（(\n])(?:{_TO})?|{_TO})({_HAN}{{2,4}})"
    r"(?:的(?:家长|父母|监护人|父亲|母亲|爸爸|妈妈|爷爷|奶奶)|同学|小朋友)"
)
"""Where a name stands if any does: before whose parents are meant."""
_CALLING = ("请", "致", "由", "给", "与", "和", "通知", "告知", "联系", "学生", "姓名", "叫")
_CALLED = ("的", "家长", "同学", "父母", "父亲", "母亲", "监护人", "小朋友", "到校", "返校")
_SHORT = 2
_NO_NAMES = regex(
    "方便|安全|成年|平时|全体|全部|任何|相关|有关|困难|时间|高中|初中|小学|应届|常住|单亲|留守|空闲"
    "|家住|应到|经济|和睦|温馨|关心|尚未|[全广贵本各][校班县镇村大位]|古城"
)
"""Words that begin as a surname does."""


@dataclass(frozen=True)
class KnownPeople:
    """Who stands in the cases and rosters of an office: no template may name them."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def named_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the names and numbers that a text holds, with their places; a name of two
        characters may be a word, and counts only where somebody is called or meant.
        """
        lengths = sorted({len(name) for name in self.names}, reverse=True)
        end = 0
        for start in range(len(text)):
            for length in lengths if start >= end else ():
                word = text[start : start + length]
                if word in self.names and (len(word) > _SHORT or _is_called(text, start)):
                    end = start + len(word)
                    yield start, word
                    break
        for found in (*_ID.finditer(text), *_MOBILE.finditer(text)):
            if found[0].upper() in self.numbers:
                yield found.start(), found[0]


NOBODY = KnownPeople()


def _is_called(text: str, start: int) -> bool:
    before, behind = text[:start], text[start + _SHORT :]
    alone = not before or not before[-1].isalnum() or before[-1] == VALUE
    return (alone or before.endswith(_CALLING)) and (
        not behind or not behind[0].isalnum() or behind.startswith(_CALLED)
    )


def known_in(flat: FlatTemplate, known: KnownPeople) -> Iterator[Problem]:
    """Find people of the office's cases and rosters in what a template says."""
    if not known.names and not known.numbers:
        return
    for one in stretches_of(flat.tree):
        stretch = one.tight
        for at, word in known.named_in(stretch.text):
            yield problem("TMPL063", flat.place(stretch.offsets[at]), word=word)


def persons_in(text: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield the code, the place and the facts of what looks like a person's name or number."""
    for found in _ID.finditer(text):
        number = found[0].upper()
        if read_id(number).birth and resident_check_digit(number) == number[-1]:
            yield "TMPL064", found.start(), {"word": found[0]}
    for found in _MOBILE.finditer(text):
        yield "TMPL065", found.start(), {"word": found[0]}
    for found in _ADDRESSED.finditer(text):
        if name := _name(found[1]):
            yield "TMPL066", found.start(1), {"word": name}


def _name(text: str) -> str:
    """Return a text that is a name by its surname and its length; nothing for other words."""
    from kcbx_docs.case.relatives import double_surname, is_surnamed  # reads a long table

    given = len(text) - (2 if double_surname(text[:2]) else 1)
    word = given not in (1, 2) or _NO_NAMES.search(text)
    return text if is_surnamed(text) and not word else ""
