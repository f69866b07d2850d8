"""Everything that could stop a batch, found before the first page:
all faults at once, each with the pupils it concerns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kcbx_docs.batch.plan import PrintGroup, PupilPapers
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.law.registry import Registry
from kcbx_docs.papers.forms import Forms
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.press import Progress
from kcbx_docs.problems import Place, Problem, Problems, errors, problem
from kcbx_docs.render.fonts import ROLES, FontSet
from kcbx_docs.render.html import to_html

NAMED = 5


@dataclass(frozen=True)
class MadePupil:
    """A pupil's papers with their words, copies repeated."""

    pupil: RosterPupil
    serial: str
    made: tuple[Made, ...]


@dataclass(frozen=True)
class MadeGroup:
    """One print file's papers with their words."""

    name: str
    pupils: tuple[MadePupil, ...]
    sheets: tuple[Made, ...]

    @property
    def all_made(self) -> Iterator[Made]:
        """Yield every paper, pupil by pupil, and the sheets last."""
        for pupil in self.pupils:
            yield from pupil.made
        yield from self.sheets


def make_groups(
    groups: Sequence[PrintGroup], registry: Registry, roster: str, progress: Progress
) -> tuple[tuple[MadeGroup, ...], Problems]:
    """Fill every paper of every pupil; a fault is told once,
    with the pupils whose papers have it.
    """
    faults = _Faults(sum(len(group.pupils) for group in groups), roster)
    forms = Forms(registry)
    made: list[MadeGroup] = []
    for group in groups:
        pupils = tuple(_pupil(papers, forms, faults, progress) for papers in group.pupils)
        made.append(MadeGroup(group.name, pupils, _made(group.sheets, forms, faults, None)))
    return tuple(made), tuple(faults.problems())


def _pupil(papers: PupilPapers, forms: Forms, faults: "_Faults", progress: Progress) -> MadePupil:
    progress(f"核对 {papers.serial} {papers.pupil.pupil.name}")
    made = _made(papers.papers, forms, faults, papers.pupil)
    return MadePupil(papers.pupil, papers.serial, made)


def _made(
    papers: Sequence[Paper], forms: Forms, faults: "_Faults", pupil: RosterPupil | None
) -> tuple[Made, ...]:
    """Fill each paper once, whatever its copies."""
    done: dict[int, Made | None] = {}
    for paper in papers:
        if id(paper) not in done:
            done[id(paper)] = _make(paper, forms, faults, pupil)
    return tuple(made for paper in papers if (made := done[id(paper)]))


def _make(paper: Paper, forms: Forms, faults: "_Faults", pupil: RosterPupil | None) -> Made | None:
    missing = [need for need in paper.flat.front.needs if not paper.facts.get(need)]
    for need in missing:
        faults.note(problem("RUN003", Place(), title=paper.title, need=need), paper.title, pupil)
    if missing:
        return None
    made, found = forms.make(paper)
    for fault in found:
        faults.note(fault, paper.title, pupil)
    return made


class _Faults:
    """Faults of filled papers by what is wrong; whose they are decides how they are told."""

    def __init__(self, everybody: int, roster: str) -> None:
        self.everybody, self.roster = everybody, roster
        self.pupils: dict[tuple[Problem, str], dict[int, RosterPupil]] = {}

    def note(self, fault: Problem, title: str, pupil: RosterPupil | None) -> None:
        """Remember a fault of one pupil's paper, or of a sheet."""
        whose = self.pupils.setdefault((fault, title), {})
        if pupil:
            whose[pupil.serial] = pupil

    def problems(self) -> Iterator[Problem]:
        """Tell each fault once."""
        for (fault, title), pupils in self.pupils.items():
            if not fault.is_error or not pupils:
                yield fault
            elif len(pupils) == self.everybody:
                yield problem("RUN004", fault.place, title=title, reason=fault.message)
            else:
                whose = tuple(pupils.values())
                place = whose[0].place_in(self.roster)
                facts = {"who": names_of(whose), "title": title, "reason": fault.message}
                at = f"（{fault.place}）" if str(fault.place) else ""
                yield problem("RUN005", place, **facts, at=at)


def names_of(pupils: Sequence[RosterPupil]) -> str:
    """Name a few pupils and count the rest."""
    names = "、".join(f"「{pupil.pupil.name}」" for pupil in pupils[:NAMED])
    return names if len(pupils) <= NAMED else f"{names}等 {len(pupils)} 人"


def check_glyphs(groups: Sequence[MadeGroup], fonts: FontSet, roster: str) -> Problems:
    """List the characters that no font draws, and whose papers hold them."""
    if without := errors(fonts.check()):
        return without
    doubtful = _doubtful(groups, fonts)
    if not doubtful:
        return ()
    lost: dict[str, dict[int, RosterPupil]] = {}
    for group in groups:
        for char, pupil in _lost_of(group, fonts, doubtful):
            whose = lost.setdefault(char, {})
            if pupil:
                whose[pupil.serial] = pupil
    everybody = sum(len(group.pupils) for group in groups)
    found: list[Problem] = []
    for char, pupils in lost.items():
        found.append(_no_glyph(char, tuple(pupils.values()), everybody, roster))
    return tuple(found)


def _doubtful(groups: Sequence[MadeGroup], fonts: FontSet) -> set[str]:
    """Return the characters of a batch that some role lacks: all papers are looked at once."""
    whole: set[str] = set()
    for group in groups:
        for made in group.all_made:
            whole.update(made.filled.characters)
    text = "".join(sorted(whole))
    return set(chain.from_iterable(fonts.missing(text, role) for role in ROLES))


def _lost_of(
    group: MadeGroup, fonts: FontSet, doubtful: set[str]
) -> Iterator[tuple[str, RosterPupil | None]]:
    """Yield the characters that are not drawn, each with the pupil whose paper holds it."""
    for pupil in group.pupils:
        for made in pupil.made:
            for char in _lost(made, fonts, doubtful):
                yield char, pupil.pupil
    for sheet in group.sheets:
        for char in _lost(sheet, fonts, doubtful):
            yield char, _pupil_named_with(char, group)


def _pupil_named_with(char: str, group: MadeGroup) -> RosterPupil | None:
    for pupil in group.pupils:
        if char in _names(pupil.pupil):
            return pupil.pupil
    return None


def _names(pupil: RosterPupil) -> str:
    return "".join(person.name for person in (pupil.pupil, *pupil.guardians))


def _no_glyph(char: str, pupils: Sequence[RosterPupil], everybody: int, roster: str) -> Problem:
    who = "每一份" if not pupils or len(pupils) == everybody > 1 else names_of(pupils)
    place = pupils[0].place_in(roster) if pupils else Place(roster)
    return problem("RUN006", place, char=char, code=f"U+{ord(char):04X}", who=who)


def _lost(made: Made, fonts: FontSet, doubtful: set[str]) -> Iterator[str]:
    if doubtful.isdisjoint(made.filled.characters):
        return
    page, _ = to_html(made.filled.root, made.layout, Place(made.paper.flat.files[0].shown))
    if page is None:
        return
    for role, text in page.texts.items():
        yield from fonts.missing("".join(sorted(doubtful & set(text))), role)
