"""Check files of every kind without making anything: what ``kcbx check`` tells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kcbx_docs.case.files import (
    WORKSPACE_FILE,
    Loaded,
    LoadedBatch,
    LoadedCase,
    LoadedLetter,
    LoadedWork,
    find_workspace,
    load_source,
    workspace_of,
)
from kcbx_docs.office.copied_case import OtherCases, copied, other_cases
from kcbx_docs.office.files import doubled
from kcbx_docs.office.kept_files import missing_files
from kcbx_docs.office.known_otherwise import renamed, renumbered
from kcbx_docs.office.opened import Office, Opening, opening_of, unheard
from kcbx_docs.office.workspace_faults import workspace_faults
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    as_warning,
    errors,
    few_of_each,
    problem,
)
from kcbx_docs.procedure.alarms import (
    unfit_applicants,
    unfit_suits,
    unreported,
    unreported_in_faulty,
)
from kcbx_docs.procedure.audit import audit
from kcbx_docs.procedure.closed import closed_without_reason
from kcbx_docs.reading import Loc, Source, parse_yaml, read_yaml
from kcbx_docs.record.contradictions import contradictions
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.flaws import flaws
from kcbx_docs.record.gaps import gaps
from kcbx_docs.record.publication import told_in_public
from kcbx_docs.record.published import published_wrongly
from kcbx_docs.record.responsible import answering

if TYPE_CHECKING:  # a case of everyday characters needs neither rosters nor fonts
    from kcbx_docs.case.roster_reading import RosterPupil
    from kcbx_docs.render.fonts import FontSet

ROLE = "仿宋"


OfLetter = Callable[[Office, LoadedLetter], Iterable[Problem]]
"""Says where the file of a letter tells another thing than what was issued."""


def _as_issued(_office: Office, _loaded: LoadedLetter) -> Problems:
    return ()


OfBatch = Callable[[Office, LoadedBatch, date], "tuple[Problems, Sequence[RosterPupil]]"]
"""Says of a batch what printing it would say before the first page, and whom its roster names."""


def check_files(
    paths: Sequence[Path],
    today: date,
    of_letter: OfLetter = _as_issued,
    of_batch: OfBatch | None = None,
    texts: Mapping[Path, str] = MappingProxyType({}),
    known: date | None = None,
) -> Problems:
    """Return everything that is wrong with the files, their workspaces and rosters, as of a day;
    what happened until ``known`` is no fault though it came later.

    ``texts`` stand in the place of what some files hold on the disk.
    """
    checker, twice = _Checker(today, of_letter, of_batch, texts, known), doubled(paths)
    found: list[Problem] = []
    for path in paths:
        found += checker.check(path)
        if path in twice:
            found.append(twice[path])
    return tuple(found)


def check_history(docket: Docket, today: date) -> Iterator[Problem]:
    """Yield what in a history cannot be, and what was done without what the law asks."""
    yield from unreported(docket, today)
    yield from unfit_applicants(docket, today)
    yield from unfit_suits(docket, today)
    yield from contradictions(docket, today)
    yield from answering(docket, today)
    yield from gaps(docket, today)
    yield from flaws(docket, today)
    yield from audit(docket, today)
    yield from closed_without_reason(docket, today)
    yield from told_in_public(docket)
    yield from published_wrongly(docket, today)


class _Checker:
    """Check one file after another; each workspace is opened once."""

    def __init__(
        self,
        today: date,
        of_letter: OfLetter,
        of_batch: OfBatch | None,
        texts: Mapping[Path, str],
        known: date | None,
    ) -> None:
        self.known = known or today
        self.today, self.of_letter, self.of_batch = today, of_letter, of_batch
        self.texts = texts
        self.unwritten = {one.resolve() for one in texts if one.name == WORKSPACE_FILE}
        self.offices: dict[Path | None, Opening] = {}
        self.cases: dict[Path, OtherCases] = {}

    @cached_property
    def fonts(self) -> "FontSet":
        from kcbx_docs.render.fonts import find_fonts

        return find_fonts()

    def check(self, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with one file."""
        if self.is_loose(path):
            yield from self.own_text(path)
            return
        root = find_workspace(path)
        office = self.office(root)
        if root is None or root / WORKSPACE_FILE not in self.unwritten:
            yield from office.problems
        if path.name == WORKSPACE_FILE:
            if office.loaded:
                yield from workspace_faults(office.loaded.workspace, office.loaded.source)
            if office.legible:
                yield from renamed(office.legible)
            return
        if office.loaded is None and not office.problems:
            yield as_warning(problem("PAPR009", Place(str(path)), file=WORKSPACE_FILE))
        loaded, found = load_source(path, *self.read(path), self.known, office.workspace)
        yield from found
        if loaded is not None:
            yield from self.glyphs(loaded.source)
            yield from self.batch(loaded, office)
        if loaded is None or errors(office.problems):
            return
        if errors(found):
            yield from self.alarms(loaded, office.office)
            return
        yield from self.in_office(loaded, office.office)

    def alarms(self, loaded: Loaded, office: Office) -> Iterator[Problem]:
        """Remind of the dangers in a file with mistakes: they do not wait."""
        if isinstance(loaded, LoadedCase) and loaded.case.dangers and not unheard(office):
            yield from unreported_in_faulty(office.docket(loaded), self.today)

    def in_office(self, loaded: Loaded, office: Office) -> Iterator[Problem]:
        """Tell what is wrong with a sound file in the eyes of its office."""
        if isinstance(loaded, LoadedCase):
            yield from self.procedure(loaded, office)
        elif isinstance(loaded, LoadedLetter):
            yield from self.of_letter(office, loaded)
        elif isinstance(loaded, LoadedWork):
            from kcbx_docs.office.works import work_faults  # reads templates

            yield from work_faults(loaded, office, self.today)

    def is_loose(self, path: Path) -> bool:
        """Tell whether it is a kcbx.yaml that no office is opened from: not written yet, or not
        there; then one in a folder above is another.
        """
        return path.name == WORKSPACE_FILE and (path in self.texts or not path.is_file())

    def own_text(self, path: Path) -> Iterator[Problem]:
        """Tell what is wrong with a text of kcbx.yaml that is not on the disk."""
        loaded, found = workspace_of(path, *self.read(path))
        yield from found
        if loaded:
            yield from workspace_faults(loaded.workspace, loaded.source)

    def read(self, path: Path) -> tuple[Source, Problems]:
        if path in self.texts:
            return parse_yaml(self.texts[path], str(path))
        return read_yaml(path)

    def office(self, root: Path | None) -> Opening:
        if root not in self.offices:
            self.offices[root] = opening_of(root) if root else Opening()
        return self.offices[root]

    def procedure(self, loaded: LoadedCase, office: Office) -> Iterator[Problem]:
        """Tell what in the history cannot be, and which papers were made without what the law
        asks.
        """
        yield from renumbered(office, loaded)
        yield from copied(loaded, self.others(office.root))
        told = (
            *check_history(office.docket(loaded), self.today),
            *missing_files(loaded, office.root),
        )
        yield from few_of_each(told)

    def others(self, root: Path) -> OtherCases:
        """Return the cases of an office, looked through once for all its files."""
        if root not in self.cases:
            self.cases[root] = other_cases(root)
        return self.cases[root]

    def batch(self, loaded: Loaded, opening: Opening) -> Iterator[Problem]:
        """Check the documents and the roster of a batch: as they are printed, where they can be."""
        if not isinstance(loaded, LoadedBatch):
            return
        path = loaded.roster_path
        if self.of_batch and opening.library and not errors(opening.problems):
            told, pupils = self.of_batch(opening.office, loaded, self.today)
            yield from told
            yield from self.names(pupils, path)
            return
        if opening.library:
            for number, entry in enumerate(loaded.batch.documents):
                yield from _known_document(entry.document, opening.library, loaded.source, number)
        if path.is_file():
            from kcbx_docs.case.roster import account_of, read_roster, told_in_short

            reading = read_roster(path, loaded.batch.roster, self.today, str(path))
            yield from told_in_short(reading.problems)
            yield from account_of(reading)
            yield from self.names(reading.pupils, path)

    def glyphs(self, source: Source) -> Iterator[Problem]:
        """Warn of characters that this machine's fonts cannot print."""
        texts = tuple(texts_in(source.data))
        missing = self.missing("".join(text for _, text in texts))
        for loc, text in texts:
            if lost := [char for char in missing if char in text]:
                yield _no_glyph(lost, source.place(loc, value=True))

    def names(self, pupils: "Sequence[RosterPupil]", path: Path) -> Iterator[Problem]:
        """Warn of names in a roster that cannot be printed."""
        named: list[tuple[RosterPupil, str]] = []
        for one in pupils:
            named += [(one, person.name) for person in (one.pupil, *one.guardians, *one.carers)]
        missing = self.missing("".join(name for _, name in named))
        for pupil, name in named:
            if lost := [char for char in missing if char in name]:
                yield _no_glyph(lost, pupil.place_in(str(path)))

    def missing(self, text: str) -> str:
        """Return the characters that cannot be printed; without a rare one no font is read."""
        rare = "".join(char for char in dict.fromkeys(text) if not _everyday(char))
        if not rare or not self.fonts.chain(ROLE):
            return ""
        return self.fonts.missing(rare, ROLE)


def _everyday(char: str) -> bool:
    """Tell whether every Chinese font draws a character:
    those of GB 2312 (``kcbx doctor`` counts them).
    """
    if char in "·—":  # in the standard, but the codec knows them under other numbers
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _known_document(word: str, library: Library, source: Source, number: int) -> Iterator[Problem]:
    try:
        library.find(word)
    except UserError as error:
        place = source.place(("文书", number, "文书"), value=True)
        for found in error.problems:
            yield found if str(found.place) else replace(found, place=place)


def texts_in(data: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every text of a file with its place."""
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, (*loc, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from texts_in(value, (*loc, number))


def _no_glyph(chars: Sequence[str], place: Place) -> Problem:
    spelled = "、".join(f"{char}（U+{ord(char):04X}）" for char in chars)
    return problem("FONT004", place, role=ROLE, chars=spelled)
