"""Where in a case file stands what a paper stumbled over: the file, the key, the line."""

from collections.abc import Iterable
from dataclasses import replace

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.model import Case
from kcbx_docs.light import regex
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, Problems, with_subject
from kcbx_docs.reading import Loc, Source

_NAMED = regex("「([^」]+)」")
_UNDRAWN = regex("(.)（U[+]")
_KEYS = frozenset(str(field.alias) for field in Case.model_fields.values())


def in_case(found: Iterable[Problem], loaded: LoadedCase) -> Problems:
    """Give what has no place the place of the key that it asks for, else of the guardian whom it
    is about, else the file.
    """
    return tuple(one if one.place.file else _placed(one, loaded) for one in found)


def _placed(found: Problem, loaded: LoadedCase) -> Problem:
    loc, source = _loc(found, loaded.case), loaded.source
    if loc and loc in source.marks:
        return replace(found, place=source.place(loc))
    return replace(found, place=Place(source.name, path="".join(map(str, loc))))


def _loc(found: Problem, case: Case) -> Loc:
    said = _NAMED.findall(found.message + found.hint)
    if key := next((word for word in said if word in _KEYS), ""):
        return (key,)
    for number, guardian in enumerate(case.guardians):
        if f"（{guardian.name}）" in found.subject:
            return ("监护人", number)
    return ()


def undrawn_in(source: Source, found: Iterable[Problem]) -> Problems:
    """Give characters that no font draws the place where a file holds the first of them;
    several papers that print it have one fault.
    """
    placed = (_written(one, source) if one.code == "FONT003" else one for one in found)
    return tuple(dict.fromkeys(placed))


def _written(found: Problem, source: Source) -> Problem:
    chars = set(_UNDRAWN.findall(found.message))
    for loc in source.values:
        text = source.at(loc)
        if isinstance(text, str) and not chars.isdisjoint(text):
            place = source.place(loc, value=True)
            return with_subject(replace(found, place=place), "")
    return found


def of_paper(found: Iterable[Problem], paper: Paper, file: str) -> Problems:
    """Say of which file and paper something is that has its place in a template."""
    who = f"（{paper.guardian}）" if paper.guardian else ""
    subject = f"{file}《{paper.title}》{who}"
    return tuple(one if one.subject else with_subject(one, subject) for one in found)
