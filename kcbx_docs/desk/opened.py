"""What an open desk knows: its workspace, its door, the files by which pages call them."""

import hashlib
import hmac
import os
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TypeVar

from kcbx_docs import clock
from kcbx_docs.case.files import WORKSPACE_FILE, find_workspace
from kcbx_docs.case.users import OF_COUNTY
from kcbx_docs.case.workspace import issuing_organs
from kcbx_docs.desk.answers import Answers
from kcbx_docs.desk.apart import Hands, apart
from kcbx_docs.desk.behind_proxy import Gate
from kcbx_docs.desk.door import Door, new_key
from kcbx_docs.desk.jobs import Jobs, LongWork
from kcbx_docs.desk.looking_back import Histories
from kcbx_docs.desk.previews import Previews
from kcbx_docs.desk.roles import Sight, without_others
from kcbx_docs.desk.seat import Seat
from kcbx_docs.desk.shown_again import ShownAgain
from kcbx_docs.desk.standings import Standings
from kcbx_docs.desk.turns import Turns
from kcbx_docs.desk.waiting import WaitingRoom
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below, number_in
from kcbx_docs.office.opened import Office, open_office, opening_of
from kcbx_docs.office.outlook import Outlooks
from kcbx_docs.office.owners import Owner, owner_in
from kcbx_docs.office.resting import file_state, office_state
from kcbx_docs.office.without_file import uncounted
from kcbx_docs.problems import Place, Problems, notes_last
from kcbx_docs.words import command_line

T = TypeVar("T")
_SHORT = 16


def _units_of(root: Path) -> frozenset[str]:
    """Return the organs and schools that a workspace names."""
    workspace = opening_of(root).workspace
    organs = issuing_organs(workspace) if workspace else ()
    return frozenset(one.name for one in organs)


@dataclass(frozen=True)
class OpenDesk:
    """One workspace behind one door."""

    root: Path
    door: Door
    today: Callable[[], date] = clock.today
    standings: Standings = field(default_factory=Standings)
    previews: Previews = field(default_factory=Previews)
    waiting: WaitingRoom = field(default_factory=WaitingRoom)
    turns: Turns = field(default_factory=Turns)
    seat: Seat = field(default_factory=Seat)
    shown: ShownAgain = field(default_factory=ShownAgain)
    answers: Answers = field(default_factory=Answers)
    histories: Histories = field(default_factory=Histories)
    readings: Answers = field(default_factory=Answers)
    """What was read from rosters, which takes long: nobody else waits for it."""
    closing: Event | None = None
    """Set by who closes the desk on its own page; nothing where that is not the reader's to do."""
    salt: str = field(default_factory=new_key, repr=False)
    hands: Hands = apart
    """Who does long work."""
    gate: Gate | None = None
    """The way in behind a proxy; none on a machine of one's own."""
    sight: Sight | None = None
    """What the one who asks may see; all of it on a machine of one's own."""
    patient: bool = False
    """Whether the one who asks waits however long it takes: what he filled in would be lost."""

    @cached_property
    def jobs(self) -> Jobs:
        """Return the long work of this desk."""
        return Jobs(self.root, self.hands)

    def seen_by(self, sight: Sight) -> "OpenDesk":
        """Return the desk as somebody may see it: what it lists and names is his alone."""
        return self._also(replace(self, sight=sight))

    def waited_for(self) -> "OpenDesk":
        """Return the desk for somebody who filled in a form."""
        return self._also(replace(self, patient=True))

    def _also(self, desk: "OpenDesk") -> "OpenDesk":
        vars(desk)["jobs"] = self.jobs  # one desk's work, whoever looks at it
        return desk

    @property
    def cases(self) -> tuple[Path, ...]:
        """List the files of the workspace's cases, of those the ones that may be seen."""
        return self._files if self.sight is None else self._own

    @property
    def _files(self) -> tuple[Path, ...]:
        return files_below([self.root / CASES], workspace=False)

    @cached_property
    def _own(self) -> tuple[Path, ...]:
        """List what may be seen while one request is answered."""
        sight, files = self.sight, self._files
        if sight is None or sight.role == OF_COUNTY:
            return files
        day, patient = self.today(), self.patient
        owners = dict(self.standings.of(files, day, day, patient=patient).owners)
        return tuple(path for path in files if sight.sees(owners.get(path)))

    @property
    def hidden(self) -> tuple[Path, ...]:
        """List the files that the one who asks may not see."""
        own = set(self.cases)
        return tuple(path for path in self._files if path not in own)

    @property
    def names(self) -> frozenset[str]:
        """Return what the files are called, whoever may see them: a new one is called otherwise."""
        return frozenset(path.stem for path in self._files)

    def told(self, problems: Problems) -> Problems:
        """Return problems as they may be told, those that need mending first: none names a file of
        somebody else.
        """
        problems = notes_last(problems)
        if self.sight is None or self.sight.role == OF_COUNTY or not problems:
            return problems
        hidden = tuple(path.name for path in self.hidden)
        return tuple(without_others(one, hidden) for one in problems)

    def office(self, path: Path | None = None) -> Office:
        """Return the office as its files say now, that of a file if one is given;
        raise with every problem.
        """
        return open_office(path or self.home)

    @property
    def roots(self) -> tuple[Path, ...]:
        """List the workspace and those of the towns below it."""
        below = (one.parent for one in (self.root / CASES).rglob(WORKSPACE_FILE))
        return (self.root, *sorted(below))

    @cached_property
    def home(self) -> Path:
        """Return the workspace of the one who asks: that which names his unit."""
        if self.sight is None or self.sight.role == OF_COUNTY:
            return self.root
        unit = self.sight.user.unit
        return next((root for root in self.roots if unit in _units_of(root)), self.root)

    @property
    def name(self) -> str:
        """Return what the office is called; nothing where its file cannot be read."""
        opened = opening_of(self.root).workspace
        return opened.office.name if opened else ""

    @property
    def calls(self) -> Mapping[str, str]:
        """Tell by the numbers of cases how addresses call their files; a number that two files use
        tells neither.
        """
        read = [*filter(None, map(number_in, self.cases))]
        used = Counter(one.number for one in read)
        return {one.number: self.called(one.path) for one in read if used[one.number] == 1}

    def same(self, question: Hashable, make: Callable[[], T]) -> T:
        """Answer a question once, as long as no file and no ledger changes, and it is today; raise
        ``StillReadingError`` if it is long. ``make`` knows no request.
        """
        files = self.cases
        roots = sorted({root for root in map(find_workspace, files) if root} | {self.root})
        state = (self.home, files, *map(file_state, files), *map(office_state, roots))
        asked = (question, self.today(), state)
        patience = None if self.patient else self.standings.patience
        return self.answers.of(asked, make, patience, len(files))

    @property
    def among(self) -> frozenset[Path] | None:
        """Return the files that a list may be made of; nothing where it may be made of all."""
        return None if self.sees_all else frozenset(self.cases)

    @property
    def sees_all(self) -> bool:
        """Tell whether the one who asks may see everything."""
        return self.sight is None or self.sight.role == OF_COUNTY

    @property
    def school(self) -> str:
        """Return the school of which alone the one who asks may see anything."""
        return self.sight.school if self.sight else ""

    @property
    def login(self) -> str:
        """Return by what the one who asks logged in; nothing on a machine of one's own."""
        return self.sight.user.login if self.sight else ""

    def outlooks(self, day: date) -> Outlooks:
        """Tell where every case stands."""
        told = self.standings.of(self._files, day, self.today(), patient=self.patient)
        if self.sight and self.sight.role != OF_COUNTY:
            return self.sight.of(told)
        lost = uncounted([self.root])
        return replace(told, problems=(*told.problems, *lost)) if lost else told

    def called(self, path: Path) -> str:
        """Name a file in an address, where no name of a child may stand."""
        return self.marked(self.below(path))

    def marked(self, *words: str) -> str:
        """Return a mark for some words, by which an address may call what they name."""
        said = "\n".join(words).encode()
        return hmac.new(self.salt.encode(), said, hashlib.sha256).hexdigest()[:_SHORT]

    def mark_of_day(self, owner: str, guardian: str, what: str, by: date, detail: str = "") -> str:
        """Name something that is due in an address, where no name of anybody may stand; ``owner``
        is how addresses call the file, or the office for which it is due.
        """
        return self.marked(owner, guardian, what, detail, str(by))

    def named(self, call: str) -> Path | None:
        """Find the case, batch or letter that an address names."""
        path = next((path for path in self._files if self.called(path) == call), None)
        return path if path and self.may_see(path) else None

    def may_see(self, path: Path) -> bool:
        """Tell whether the one who asks may see a file, which alone is read for it."""
        return self.sees_all or bool(self.sight and self.sight.sees(self.owner(path)))

    def owner(self, path: Path) -> Owner | None:
        """Tell whose a file is, as it was when one request first asked."""
        known = self._owners
        if path not in known:
            known[path] = owner_in(path, self.today())
        return known[path]

    @cached_property
    def _owners(self) -> dict[Path, Owner | None]:
        return {}

    def screen_of(self, about: LongWork) -> str:
        """Return the address of the screen of a piece of work, whichever desk began it."""
        return about.screen + self.called(self.root / about.file) if about.file else about.screen

    def below(self, path: Path | str) -> str:
        """Write a path as seen from the workspace: no page shows how the machine is laid out."""
        path = Path(path)
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return path.name if path.is_absolute() else path.as_posix()

    def inside(self, text: str) -> str:
        """Write a sentence as one says it in the workspace, wherever on the machine that is."""
        root = str(self.root)
        return text.replace(root + os.sep, "").replace(root, ".")

    def spot(self, place: Place) -> str:
        """Write where something stands: 名册.xlsx 七年级1班!E4, 文件「甲」第 3 行; nothing of
        a file that is only about to be written.
        """
        if not place.file:
            return ""
        file, line = self.below(place.file), f"第 {place.line} 行" if place.line else place.path
        if file == WORKSPACE_FILE:
            file = "机关与人员"
        elif file.startswith(f"{CASES}/") and file.endswith(".yaml"):
            if not (self.root / file).exists():
                return ""
            file = f"文件「{Path(file).stem}」"
        return " ".join(filter(None, (file, line)))

    def command(self, *words: str | Path) -> str:
        """Write the command that a page equals."""
        said = [self.below(word) if isinstance(word, Path) else word for word in words]
        return command_line(said)
