"""Serials as people type them: in full, in short, as ranges, in full width, or as codes."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kcbx_docs.case.classes import read_class
from kcbx_docs.ledger.codes import read_return_code
from kcbx_docs.ledger.model import PRINTED, VOIDED
from kcbx_docs.light import regex
from kcbx_docs.office.returns import Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Problem, problem

_DASHES = str.maketrans("—–―﹣~～至到", "--------")
_NUMBER = r"(?P<first>\d{1,4})"
_HEAD = r"(?:(?P<head>.*[^-0-9].*)(?:-|(?<=班)))?"
_ONE = regex(rf"{_HEAD}{_NUMBER}")
_SEVERAL = regex(rf"{_HEAD}{_NUMBER}-(?P<last>\d{{1,4}})")
_BETWEEN = regex(r"[,，、;；\s]+")


def plain(text: str) -> str:
    """Write what was typed in signs of one width, with one kind of dash."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


def slips_meant(
    words: Sequence[str], known: Returns, batch: str = "", label: str = ""
) -> tuple[tuple[Slip, ...], tuple[Problem, ...]]:
    """Find the serials that are meant; all that is unclear or void is told, and nothing guessed."""
    own = [s for s in known.slips if batch in ("", s.batch) and label in ("", s.class_name)]
    found: dict[Slip, None] = {}
    told: list[Problem] = []
    for word in filter(None, _BETWEEN.split(plain(" ".join(words)))):
        slips, problems = _meant(word, own, known)
        found.update(dict.fromkeys(slips))
        told += problems
    return tuple(found), tuple(told)


def _meant(word: str, own: Sequence[Slip], known: Returns) -> tuple[list[Slip], list[Problem]]:
    code, _ = read_return_code(word)
    if code:
        slip = next((s for s in own if s.code == code), None)
        return _standing([slip] if slip else [], [], word, known)
    if exact := [slip for slip in own if plain(slip.serial) == word]:
        return _one_of(exact, word, known)
    for form in (_ONE, _SEVERAL):
        match = form.fullmatch(word)
        heads = _heads(own, match["head"] or "") if match else set()
        if match and len(heads) == 1:
            return _numbered(match.groupdict(), heads.pop(), own, known, word)
        if heads:
            choices = "、".join(sorted(heads)[:5])
            return [], [problem("SLIP021", word=word, choices=choices, names="")]
    if classes := "、".join(dict.fromkeys(_elsewhere(word, known))):
        return [], [problem("SLIP140", word=word, classes=classes)]
    return [], [_no_serial(word, own)]


def _elsewhere(word: str, known: Returns) -> Iterator[str]:
    """Name the classes and batches of which what was typed is a serial."""
    match = _ONE.fullmatch(word) or _SEVERAL.fullmatch(word)
    if match is None or not match["head"]:
        return
    heads = _heads(known.slips, match["head"])
    for slip in known.slips:
        if head_of(slip) in heads:
            yield f"{slip.class_name}（{slip.batch}）"


def _one_of(exact: list[Slip], word: str, known: Returns) -> tuple[list[Slip], list[Problem]]:
    """Take the only serial of that name; schools of one short name may have given it twice."""
    if len(exact) > 1:
        schools = "、".join(slip.school for slip in exact)
        return [], [problem("SLIP021", word=word, choices=schools, names="")]
    return _standing(exact, [], word, known)


def _heads(own: Sequence[Slip], typed: str) -> set[str]:
    """List what serials begin with that may be meant: a typed part is the end of it."""
    heads = {head_of(slip) for slip in own}
    if not typed:
        return heads
    if typed in heads:
        return {typed}
    if label := class_meant(typed, own):
        return {head_of(slip) for slip in own if slip.class_name == label}
    return {head for head in heads if head.endswith(typed) and not _in_number(head, typed)}


def class_meant(typed: str, slips: Iterable[Slip]) -> str:
    """Return the class that was typed as it was printed, however it is written: 七(2)班."""
    labels = {slip.class_name for slip in slips}
    return next((one for one in (typed, read_class(typed).label) if one and one in labels), "")


def _in_number(head: str, typed: str) -> bool:
    """Tell whether what was typed would cut a number in two: 1 is no end of 七11."""
    before = head[: -len(typed)][-1:]
    return before.isdigit() and typed[0].isdigit()


def head_of(slip: Slip) -> str:
    """Return what the serials of a class begin with."""
    return plain(slip.serial).rpartition("-")[0]


def _numbered(
    match: Mapping[str, str], head: str, own: Sequence[Slip], known: Returns, word: str
) -> tuple[list[Slip], list[Problem]]:
    first = int(match["first"])
    last = int(match.get("last", first))
    if last < first:
        return [], [problem("SLIP022", word=word)]
    by_number = {number_of(slip): slip for slip in own if head_of(slip) == head}
    numbers = range(first, last + 1)
    lacking = [str(number) for number in numbers if number not in by_number]
    found = [by_number[number] for number in numbers if number in by_number]
    return _standing(found, lacking, word, known)


def number_of(slip: Slip) -> int:
    """Return the number of a serial in its class."""
    return int(plain(slip.serial).rpartition("-")[2])


def _standing(
    slips: Sequence[Slip], lacking: Sequence[str], word: str, known: Returns
) -> tuple[list[Slip], list[Problem]]:
    """Keep those that stand; a void one in a range is passed over and told, alone it is wrong."""
    told = list(_told(slips, word, known))
    if lacking or not slips:
        told.append(problem("SLIP023", word=word, numbers="、".join(lacking[:10]) or word))
    return [slip for slip in slips if slip.state == PRINTED], told


def _told(slips: Sequence[Slip], word: str, known: Returns) -> Iterator[Problem]:
    for slip in slips:
        if slip.state == VOIDED:
            other = known.instead_of(slip)
            instead = f"，换成了 {other.serial}" if other else ""
            code = "SLIP024" if len(slips) == 1 else "SLIP025"
            yield problem(code, word=word, serial=slip.serial, instead=instead)
        elif slip.state != PRINTED:
            yield problem("SLIP026", serial=slip.serial)


def _no_serial(word: str, own: Sequence[Slip]) -> Problem:
    """A name is no serial: two pupils may bear it; what could be meant is told."""
    named = [slip for slip in own if slip.name == word and slip.state == PRINTED]
    told = "、".join(f"{slip.class_name} {slip.serial}" for slip in named[:5])
    return problem(
        "SLIP020", word=word, choices="", names=f"叫这个名字的：{told}。" if told else ""
    )
