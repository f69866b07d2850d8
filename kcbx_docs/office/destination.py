"""The workspace that a new file goes into, and what it proposes: numbers, schools, officers,
the pupils of the rosters that lie there.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from kcbx_docs.case.files import load_workspace
from kcbx_docs.case.names import same_name
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.sheets import SUFFIXES
from kcbx_docs.case.workspace import SCHOOL, Workspace, schools_in
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below, numbers_in
from kcbx_docs.office.without_file import numbers_used
from kcbx_docs.problems import UserError

_MOST_BYTES = 5_000_000
_NO_ROSTERS = ("~$", "名单检查", "勾选名单", "催收名单")
"""What begins the names of tables that the program wrote, and of files left by Excel."""
_HANDLERS = 2
"""The law asks for two officers; of more, somebody chooses."""


@dataclass(frozen=True)
class Destination:
    """A workspace; a kcbx.yaml that is still wrong does not stop anybody."""

    root: Path
    workspace: Workspace | None

    @property
    def cases(self) -> Path:
        """Return the folder of the cases."""
        return self.root / CASES

    @property
    def name(self) -> str:
        """Return how the office is called."""
        return self.workspace.office.name if self.workspace else "本单位"

    @property
    def is_school(self) -> bool:
        """Tell whether it is the workspace of a school."""
        return self.workspace is not None and self.workspace.office.kind == SCHOOL

    @property
    def schools(self) -> tuple[str, ...]:
        """Name the schools: the office itself first, if it is one."""
        return schools_in(self.workspace) if self.workspace else ()

    @property
    def school(self) -> str:
        """Name the school that is meant where none is named."""
        return self.schools[0] if self.schools else ""

    @property
    def handlers(self) -> tuple[str, ...]:
        """Name the officers that stand in kcbx.yaml."""
        if self.workspace is None:
            return ()
        return tuple(officer.name for officer in self.workspace.officers)

    @property
    def usual_handlers(self) -> tuple[str, ...]:
        """Name the officers that need no choice."""
        return self.handlers if len(self.handlers) == _HANDLERS else ()

    @cached_property
    def numbers(self) -> Mapping[str, Path]:
        """Map the folders of output/ that belong to somebody to their files."""
        return numbers_in(self.root)

    @property
    def files(self) -> tuple[Path, ...]:
        """List the files of the cases."""
        return files_below((self.cases,))

    @property
    def taken(self) -> set[str]:
        """Name what a new number must differ from:
        the numbers in files, the files themselves, and what was used while its file was there.
        """
        used = numbers_used(self.root, self.workspace) if self.workspace else set()
        return {*self.numbers, *used, *(path.stem for path in self.cases.glob("*.y*ml"))}

    @property
    def rosters(self) -> tuple[Path, ...]:
        """List the tables that lie beside the cases or above them, the newest first."""
        found = [*_tables(self.cases), *_tables(self.root)]
        return tuple(sorted(found, key=lambda path: path.stat().st_mtime, reverse=True))

    def pupil_called(self, name: str, day: date) -> RosterPupil | None:
        """Find the only pupil of a name in the rosters."""
        found = [one for one in self._pupils(day) if same_name(one.pupil.name, name)]
        return found[0] if len({one.key for one in found}) == 1 else None

    def _pupils(self, day: date) -> Iterator[RosterPupil]:
        from kcbx_docs.case.batch import RosterSpec
        from kcbx_docs.case.roster import read_roster  # reads spreadsheets

        for path in self.rosters:
            try:
                spec = RosterSpec.model_validate({"文件": str(path)})
                yield from read_roster(path, spec, day, str(path)).pupils
            except UserError:
                continue


def _tables(folder: Path) -> Iterator[Path]:
    for path in folder.glob("*"):
        is_table = path.suffix.lower() in SUFFIXES and not path.name.startswith(_NO_ROSTERS)
        if is_table and path.is_file() and path.stat().st_size < _MOST_BYTES:
            yield path


def destination_at(root: Path) -> Destination:
    """Return a workspace as what new files go into."""
    loaded = load_workspace(root)[0]
    return Destination(root, loaded.workspace if loaded else None)
