"""Who stands in a cell for parents and carers: one name, two, a name with its relation, or a note
that there is nobody to name.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache, lru_cache
from itertools import chain

from kcbx_docs.case.cells import spoilt
from kcbx_docs.case.columns import roster_words
from kcbx_docs.case.fields import NAME_LIMIT
from kcbx_docs.case.kinship import kin_of
from kcbx_docs.case.model import PARENTS
from kcbx_docs.case.names import faults_of_name, tidy_name
from kcbx_docs.case.phones import phones_in
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.light import dataclass, regex

_HAN = r"[\u3007\u3400-\u9fff\U00020000-\U0003347f]"
_BETWEEN = regex(r"[、,，;；/／|\n\r\t+＋&＆]+")
_SHORT = regex(rf"{_HAN}{{2,4}}")
_BRACKETS = regex(r"[（(\[【]([^（()）\]】]*)[)）\]】]")
_DIGIT = "[0-9０-９]"
_PHONE = regex(
    rf"[:：\s]*(?:电话|手机)?[:：\s]*([+＋]?{_DIGIT}(?:{_DIGIT}|[-－—\s]){{6,}}{_DIGIT})\s*$"
)
_LABEL = regex(r"([^\s:：]{1,4})[:：]\s*(.+)")
_SENTENCE = regex(
    "打工|务工|去世|离异|离婚|联系|父母|不知|外出|失踪|服刑|跟随|没有|在家|监护|改嫁|再婚|外嫁|另嫁"
    "|监狱|入狱|坐牢|戒毒|失联|残疾|精神病|聋哑|出走|单亲|孤儿|不详|备注|电话|改名|丧偶"
    "|(?:父亲?|母亲?|[爸妈]{1,2}|爷爷|奶奶|外公|外婆)$"
)
_MASKED = regex(rf"{_HAN}?(?:[*＊×○●]+|[XxＸ]+|某+){_HAN}?")
_LOOSE_ENDS = " 　、,，/／。.;；:：\n\r\t"
_PARENT = "父亲?|母亲?|爸爸?|妈妈?"
_RELATION_CLOSED = regex(
    rf"(?<={_HAN})([（(]\s*(?:{_PARENT}|爷爷|奶奶|外公|外婆|去世|已故|亡|病故)\s*[)）])"
    rf"\s*(?={_HAN})"
)
_RELATION_FIRST = regex(rf"[（(]\s*({_PARENT})\s*[)）]\s*({_HAN}{{2,5}})[、,，]?")
_BOTH_NAMED = regex(
    rf"(父亲?|爸爸?)[:：]?({_HAN}{{2,4}})[、,，;；]?(母亲?|妈妈?)[:：]?({_HAN}{{2,4}})"
)
_TWO_JOINED = regex(rf"({_HAN}{{2,3}})[和与及]({_HAN}{{2,3}})")
_TWO_TOGETHER = regex(rf"({_HAN}{{3}})({_HAN}{{3}})")
_BEFORE_PHONE = regex(r"[,，、]\s*(?=(?:电话|手机)?[:：]?\s*1\d{10}$)")
_ONE_SIGN = regex(rf"([父爸爹母妈])({_HAN}{{3}})")
_DEAD_BESIDE = regex(rf"[亡先故][父母夫妻]{_HAN}{{2,4}}|{_HAN}{{3}}[亡死殁]")
_NO_NAME = regex(
    rf".+(?:夫妇|夫妻|家长|老师|校长|先生|女士|又名.+)|老师|同学|校长|家长|{_HAN}{{3}}[故代]"
)
_MOST, _LONGEST_NOTE = 200, 14
_LONGEST = 9
"""Han characters that a name without an interpunct has at most."""


@dataclass(frozen=True)
class Relative:
    """Somebody who is named, as far as the cell tells."""

    name: str
    relation: str = ""
    phone: str = ""
    written: str = ""
    """The name as it stands in the cell."""


@dataclass(frozen=True)
class NamesCell:
    """What a cell of names holds; ``code`` says what somebody should look at."""

    people: tuple[Relative, ...] = ()
    code: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


NOBODY = NamesCell()


def people_in(cell: object, relation: str, *, one_person: bool) -> NamesCell:
    """Read a cell of names; ``one_person`` where the column is of the father or the mother."""
    if none := spoilt(cell):
        return NamesCell(code=none.code, facts={"value": none.shown})
    written = unicodedata.normalize("NFC", str(cell or "")).strip().removeprefix("'")
    if unfit := _unfit(written) or _masked(written):
        return unfit
    written = _apart(written.strip(roster_words()["beside"]["signs"]) or written)
    bare = "".join(written.split())
    if not bare or bare in roster_words()["placeholders"]["nothing"]:
        return NOBODY
    if note := note_on(bare):
        return NamesCell(code=note, facts={"value": bare})
    return _named(written, bare, relation, one_person)


def _named(written: str, bare: str, relation: str, one_person: bool) -> NamesCell:
    """Divide a cell that names somebody into its people."""
    shown = {"value": " ".join(written.split())}
    parts = [part for part in map(str.strip, _BETWEEN.split(written)) if part]
    if len(parts) == 1 and not _BRACKETS.search(written) and _is_of_the_dead(bare):
        return NamesCell(code="ROST100", facts=shown)
    if 1 in map(len, parts) and not re.search(r"[、,，;；/／|]", written):
        parts = [written := "".join(parts)]  # a name of two characters written on two lines
    if len(parts) == 1:
        two = _TWO_TOGETHER.fullmatch(parts[0])
        if two and all(map(is_surnamed, two.groups())):
            return NamesCell(code="ROST078", facts=shown)
        parts, doubt = _at_spaces(parts[0])
        if doubt:
            return NamesCell(code="ROST078", facts=shown)
    return _several(parts, relation, one_person) if len(parts) > 1 else _one(written, relation)


def _masked(written: str) -> NamesCell | None:
    """Refuse a name of which a platform shows a part: 张**, 张某某, 李XX."""
    if not is_masked("".join(written.split())):
        return None
    return NamesCell(code="ROST094", facts={"value": written})


def is_masked(name: str) -> bool:
    """Tell whether signs stand for characters of a name."""
    return len(name) > 1 and bool(_MASKED.fullmatch(name) and re.search(_HAN, name))


def _apart(written: str) -> str:
    """Set a sign between people who stand without one: 父：甲 母：乙, 甲（父）乙（母）."""
    bare = written.strip(_LOOSE_ENDS)
    if bare.startswith(("（", "(")):
        bare = _RELATION_FIRST.sub(r"\1：\2、", bare).strip("、")
    bare = _RELATION_CLOSED.sub(_with_comma, bare)
    if pair := _BOTH_NAMED.fullmatch("".join(bare.split())):
        return f"{pair[1]}：{pair[2]}、{pair[3]}：{pair[4]}"
    if (two := _TWO_JOINED.fullmatch(bare)) and all(map(is_surnamed, two.groups())):
        return f"{two[1]}、{two[2]}"
    return _BEFORE_PHONE.sub(" ", bare)


def _with_comma(found: re.Match[str]) -> str:
    return f"{found[1]}、"


def is_surnamed(name: str) -> bool:
    """Tell whether a name begins with a usual surname."""
    words = roster_words()["surnames"]
    return name[:1] in words["single"] or name[:2] in words["double"]


def double_surname(text: str) -> bool:
    """Tell whether a text is a surname of two characters."""
    return text in roster_words()["surnames"]["double"]


def _unfit(written: str) -> NamesCell | None:
    """Refuse what nobody wrote on purpose: characters without a shape, a page of text."""
    if strange := [char for char in written if char != "\r" and forbidden(char)]:
        return NamesCell(code="ROST023", facts={"value": f"U+{ord(strange[0]):04X}"})
    if len(written) > _MOST:
        return NamesCell(code="ROST094", facts={"value": written[:20] + "……"})
    return None


@lru_cache(maxsize=5_000)
def note_on(bare: str) -> str:
    """Return what to tell of a remark in the place of a name; nothing where it is none."""
    words = roster_words()["placeholders"]
    plain = re.sub(r"[\s（）()。.，,、；;！!？?：:]", "", bare)
    if plain in words["same"] or not plain or _is_relation(plain):
        return "ROST076"
    dead, notes = _notes()
    if len(plain) > _LONGEST_NOTE or not notes.fullmatch(plain):
        return ""
    return "ROST100" if dead.fullmatch(plain) else "ROST076"


@cache
def _notes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what reads a parent's death, and what reads any remark."""
    words = roster_words()["placeholders"]
    who, how, dead, told, tail = (
        "|".join(sorted(words[kind], key=len, reverse=True))
        for kind in ("who", "how", "dead", "told", "tail")
    )
    gone = f"(?:{who})?(?:{how})*(?:{dead})(?:{tail})*"
    other = f"(?:{who})?(?:{how})*(?:{dead}|{told})(?:{tail})*"
    bare_parent = f"(?:{who})(?:{who})?"
    return re.compile(gone), re.compile(f"(?:{other})+|{bare_parent}")


def _is_relation(text: str) -> bool:
    return text in roster_words()["codes"]["关系"] or text in PARENTS or kin_of(text) == "家属"


def two_people(written: str) -> bool:
    """Tell whether two names stand in a cell that should hold one: 李小明 李小亮."""
    parts, doubt = _at_spaces(written.strip())
    return len(parts) > 1 and not doubt


def _at_spaces(text: str) -> tuple[list[str], bool]:
    """Divide at spaces where two people are meant; say so where it may be one or two."""
    parts = _BRACKETS.sub("", text).split()
    if len(parts) < 2 or not all(map(_SHORT.fullmatch, parts)):
        return [text], False
    words = roster_words()["surnames"]
    if parts[0] in words["double"]:
        return [text], False
    if any(_is_relation(part) for part in parts):
        return [text], True
    surnamed = all(part[0] in words["single"] and len(part) < 4 for part in parts)
    return (text.split(), False) if surnamed and len(text.split()) == len(parts) else ([text], True)


def _several(parts: Sequence[str], relation: str, one_person: bool) -> NamesCell:
    shown = {"value": "、".join(parts)}
    notes = list(map(note_on, parts))
    if any(notes):  # of 刀大明、去世 nobody knows who it is
        return NamesCell(code=max(notes) if all(notes) else "ROST094", facts=shown)
    relations = _BETWEEN.split(relation)
    if len(relations) != len(parts):
        relations = [""] * len(parts)
    read = [_one(part, own) for part, own in zip(parts, relations, strict=True)]
    people = tuple(chain.from_iterable(named.people for named in read))
    if len(people) == 1 and "ROST100" in [named.code for named in read]:
        return NamesCell(people, "ROST081", {**shown, "name": people[0].name})
    related = not one_person or all(one.relation for one in people)
    if len(people) == len(parts) and related:
        return NamesCell(people, "ROST077", shown)
    return NamesCell(code="ROST078", facts=shown)


def _one(written: str, relation: str) -> NamesCell:
    """Read one person: 刀大明, 刀大明（父）, 父亲：刀大明, 刀大明 13800000001."""
    told = _Taken(written, relation)
    name = tidy_name(told.rest)
    faults = [code for code, _ in faults_of_name(name) if code == "CASE032"]
    if told.gone or _is_of_the_dead(name):
        return NamesCell(code="ROST100", facts={"value": " ".join(written.split())})
    if not name or note_on("".join(name.split())):
        return NamesCell(code="ROST076", facts={"value": " ".join(written.split())})
    if len(name) > NAME_LIMIT or faults or _is_sentence(name):
        return NamesCell(code="ROST094", facts={"value": " ".join(written.split())[:30]})
    person = Relative(name, told.relation, told.phone, "".join(told.rest.split()))
    if told.changed:
        return NamesCell((person,), "ROST081", {"value": " ".join(written.split()), "name": name})
    return NamesCell((person,))


def _is_of_the_dead(name: str) -> bool:
    """Tell whether a death is written beside a name without brackets: 刀大明已故, 已故刀大明."""
    words = _words_of_death()
    return bool(_DEAD_BESIDE.fullmatch(name)) or name.endswith(words) or name.startswith(words)


@cache
def _words_of_death() -> tuple[str, ...]:
    return tuple(word for word in roster_words()["placeholders"]["dead"] if len(word) > 1)


def _is_sentence(name: str) -> bool:
    if name[:1] in ("同", "见") and len(name) > len("同甲乙") and is_surnamed(name[1:]):
        return True  # 同普云霞: the parents of another pupil
    return bool(_SENTENCE.search(name) or _NO_NAME.fullmatch(name)) or (
        len(name) > _LONGEST and "·" not in name and " " not in name
    )


_RELATIVES = (
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "继父",
    "继母",
    *(
        "养父",
        "养母",
        "生父",
        "生母",
        "后父",
        "后母",
        "后爸",
        "后妈",
        "祖父",
        "祖母",
        "外祖父",
        "外祖母",
    ),
    *(
        "姥爷",
        "姥姥",
        "大伯",
        "伯父",
        "伯伯",
        "叔叔",
        "叔父",
        "姑妈",
        "姑姑",
        "舅舅",
        "舅妈",
        "姨妈",
    ),
    *("哥哥", "姐姐"),
)


class _Taken:
    """A cell taken apart: the name that is left, and what stood around it."""

    def __init__(self, written: str, relation: str) -> None:
        self.rest, self.relation, self.phone = written, relation, ""
        self.changed = self.gone = False
        self._phone()
        for inside in _BRACKETS.findall(self.rest):
            self._beside(inside.strip())
        self.rest = _BRACKETS.sub("", self.rest)
        self._label()

    def _phone(self) -> None:
        if (found := _PHONE.search(self.rest)) and (numbers := phones_in(found[1])):
            self.phone, self.rest = "、".join(numbers), self.rest[: found.start()]
            self.changed = True

    def _beside(self, inside: str) -> None:
        known = relation_of(inside)
        self.changed = True
        if known:
            self.relation = self.relation or known
        elif numbers := phones_in(inside):
            self.phone = self.phone or "、".join(numbers)
        elif note_on(inside) == "ROST100":
            self.gone = True

    def _label(self) -> None:
        """Take off a relation before or behind the name: 父亲：刀大明, 父亲刀大明."""
        if (found := _LABEL.fullmatch(self.rest)) and relation_of(found[1]):
            self._related(relation_of(found[1]), found[2])
            return
        if (found := _ONE_SIGN.fullmatch("".join(self.rest.split()))) and is_surnamed(found[2]):
            self._related(relation_of(found[1]), found[2])
            return
        if not self.rest.startswith(_RELATIVES):
            return
        for word in _RELATIVES:
            cut = self.rest.removeprefix(word).strip()
            if cut != self.rest.strip() and len(cut) >= 2:
                self._related(relation_of(word) or word, cut)
                return

    def _related(self, relation: str, rest: str) -> None:
        self.relation, self.rest, self.changed = self.relation or relation, rest, True


def relation_of(text: str) -> str:
    """Name a relation in the usual way; nothing where the word is none that is known."""
    codes: Mapping[str, str] = roster_words()["codes"]["关系"]
    text = text.removesuffix("关系") or text
    if text in codes:
        return codes[text]
    known = text in PARENTS or text in codes.values() or kin_of(text) == "家属"
    return text if known else ""


def is_child_word(text: str) -> bool:
    """Tell whether a relation is that of the pupil to the person: 子, 长女."""
    return text.removesuffix("关系") in roster_words()["children"]["words"]
