"""The papers of a class with their words; whose papers cannot be made is held back, and why.

One pupil's fault stops nobody else: the others are printed, and the pupil is listed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain
from pathlib import Path

from kcbx_docs.batch.plan import NumberedPupil, PupilPapers
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.light import dataclass
from kcbx_docs.papers.forms import Forms
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, Problems, errors, problem, with_subject
from kcbx_docs.render.fill import FilledLightly
from kcbx_docs.render.fonts import ROLES, FontSet
from kcbx_docs.render.html import to_html
from kcbx_docs.render.static import Static

NAMED = 5
_SOME = 6
_VALUES = (
    "请在 kcbx.yaml、批次文件或名册里补上这一项；"
    "确实没有的，模板要写明没有时怎么印（{% if %} 或 |默认）。"
)


@dataclass(frozen=True)
class MadePupil:
    """A pupil's papers with their words, copies repeated."""

    who: NumberedPupil
    made: tuple[Made, ...]


@dataclass(frozen=True)
class HeldBack:
    """A pupil whose papers are not printed, and why; a fault's subject is the paper's title."""

    pupil: RosterPupil
    faults: Problems


@dataclass
class FilledClass:
    """What filling the papers of a class gave."""

    made: list[MadePupil] = field(default_factory=list)
    held: list[HeldBack] = field(default_factory=list)
    told: dict[Problem, None] = field(default_factory=dict)
    """What was only to be said, each once."""

    def hold(self, faulty: Mapping[str, list[Problem]]) -> None:
        """Hold back those whose papers turned out to be faulty, by their serials."""
        self.held += [
            HeldBack(one.who.pupil, tuple(faulty[one.who.serial]))
            for one in self.made
            if one.who.serial in faulty
        ]
        self.made = [one for one in self.made if one.who.serial not in faulty]


def fill_papers(planned: Iterable[PupilPapers], forms: Forms) -> FilledClass:
    """Fill every paper of every pupil."""
    filled = FilledClass()
    for one in planned:
        made, faults = made_of(one.papers, forms, filled.told)
        if faults:
            filled.held.append(HeldBack(one.who.pupil, faults))
        else:
            filled.made.append(MadePupil(one.who, made))
    return filled


def made_of(
    papers: Sequence[Paper], forms: Forms, told: dict[Problem, None]
) -> tuple[tuple[Made, ...], Problems]:
    """Fill each paper once, whatever its copies; faults say in which paper they are."""
    done: dict[int, Made] = {}
    faults: dict[Problem, None] = {}
    for paper in {id(one): one for one in papers}.values():
        made, found = _make(paper, forms)
        for one in found:
            if one.is_error:
                faults[with_subject(one, paper.title)] = None
            else:
                told[one] = None
        if made:
            done[id(paper)] = made
    return tuple(done[id(paper)] for paper in papers if id(paper) in done), tuple(faults)


def _make(paper: Paper, forms: Forms) -> tuple[Made | None, Problems]:
    if missing := missing_in(paper):
        return None, tuple(
            problem("RUN003", Place(), title=paper.title, need=need) for need in missing
        )
    return forms.make(paper)


def missing_in(paper: Paper) -> tuple[str, ...]:
    """List the facts without which a document is not made, and which are not there."""
    return tuple(need for need in paper.flat.front.needs if not paper.facts.get(need))


def names_of(pupils: Sequence[RosterPupil]) -> str:
    """Name a few pupils and count the rest."""
    names = "、".join(f"「{pupil.pupil.name}」" for pupil in pupils[:NAMED])
    return names if len(pupils) <= NAMED else f"{names}等 {len(pupils)} 人"


def some(texts: Sequence[str]) -> str:
    """Name a few, and say that there are more."""
    told = "、".join(texts[:_SOME])
    return told if len(texts) <= _SOME else f"{told}等"


def summed_up(
    held: Sequence[HeldBack], everybody: int, roster: str, ordered: Callable[[str], Place]
) -> Iterator[Problem]:
    """Tell each fault once, with the pupils whose papers have it; one of everybody's stops.

    ``ordered`` tells where the batch asks for a document.
    """
    pupils: dict[Problem, dict[int, RosterPupil]] = {}
    for one in held:
        for fault in one.faults:
            pupils.setdefault(fault, {})[one.pupil.serial] = one.pupil
    for fault, whose in pupils.items():
        members = tuple(whose.values())
        if not fault.subject:  # told where the roster is read
            continue
        advice = _VALUES if _of_values(fault) else fault.hint
        facts = {"title": fault.subject, "reason": fault.message, "advice": advice}
        if len(members) == everybody > 1:
            template = f"模板 {fault.place}，" if str(fault.place) else ""
            first = members[0].place_in(roster)
            row = f"{Path(first.file).name}:{first.path}"
            facts["at"] = f"（{template}第一名是 {row} 的「{members[0].pupil.name}」）"
            yield problem("RUN004", ordered(fault.subject), **facts)
            continue
        at = f"（模板 {fault.place}）" if str(fault.place) else ""
        yield problem("RUN005", members[0].place_in(roster), who=names_of(members), **facts, at=at)


def _of_values(fault: Problem) -> bool:
    """Tell of a fault that better values mend, which a batch has in files of its own."""
    return fault.code in ("REND010", "REND011", "REND012", "REND013", "RUN003")


def undrawn(
    pupils: Sequence[MadePupil], sheets: Sequence[Made], fonts: FontSet
) -> dict[str, list[Problem]]:
    """Find the characters that no font draws, by the serial of whose papers hold them."""
    found: dict[str, list[Problem]] = {}
    doubtful = _doubtful(chain(*(one.made for one in pupils), sheets), fonts)
    if not doubtful:
        return found
    for one in pupils:
        named = [sheet for sheet in sheets if _names(one.who.pupil) & doubtful]
        lost: dict[str, Problem] = {}
        for made in (*{id(made): made for made in one.made}.values(), *named):
            for char in _lost(made, fonts, doubtful):
                if made in one.made or char in _names(one.who.pupil):
                    lost.setdefault(char, _no_glyph(char, made))
        if lost:
            found[one.who.serial] = list(lost.values())
    return found


def _doubtful(papers: Iterator[Made], fonts: FontSet) -> set[str]:
    """Return the characters that some role lacks: all papers are looked at once."""
    whole: set[str] = set()
    shared: dict[int, Static] = {}
    for filled in (made.filled for made in papers):
        if isinstance(filled, FilledLightly):
            shared[id(filled.common)] = filled.common
            whole |= filled.own_characters
        else:
            whole |= filled.characters
    whole.update(*(common.characters for common in shared.values()))
    text = "".join(sorted(whole))
    return set(chain.from_iterable(fonts.missing(text, role) for role in ROLES))


def _names(pupil: RosterPupil) -> set[str]:
    return set(chain.from_iterable(one.name for one in (pupil.pupil, *pupil.guardians)))


def _no_glyph(char: str, made: Made) -> Problem:
    told = problem("RUN006", Place(), char=char, code=f"U+{ord(char):04X}")
    return with_subject(told, made.paper.title)


def _lost(made: Made, fonts: FontSet, doubtful: set[str]) -> Iterator[str]:
    if doubtful.isdisjoint(made.filled.characters):
        return
    page, _ = to_html(made.filled.root, made.layout, Place(made.paper.flat.files[0].shown))
    if page is None:
        return
    for role, text in page.texts.items():
        yield from fonts.missing("".join(sorted(doubtful & set(text))), role)


def lacking_fonts(fonts: FontSet | None) -> Problems:
    """Say which fonts are not there at all: then nothing can be drawn."""
    return errors(fonts.check()) if fonts else ()
