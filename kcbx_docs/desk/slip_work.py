"""Long work with slips: scans that are read, reminders that are printed, as ``kcbx slips`` does."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.batch.asked import Watching
from kcbx_docs.batch.reminding import remind
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.desk.uploads import Upload
from kcbx_docs.filing.reminders import file_reminders
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.returns import Returnable, Returns
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import Place, Problems, raise_errors, stop
from kcbx_docs.scans.codes import can_read
from kcbx_docs.slips.pictures import SlipsAsked
from kcbx_docs.slips.scan import Scanned, ScanOrder, scan


@dataclass(frozen=True)
class ScanWish:
    """How scans that came in are read."""

    batch: str
    day: date
    uncut: bool = False
    signed: bool = False
    each: int = 1
    school: str = ""
    """Whose slips alone are known to the one who asks."""

    @property
    def words(self) -> Sequence[str]:
        """Return the command that does the same to a folder of scans."""
        flags = {"--uncut": self.uncut, "--signed": self.signed}
        said = ["slips", "scan", "影像文件夹", *(flag for flag, given in flags.items() if given)]
        said += ["--batch", self.batch] if self.batch else []
        return [*said, "--each", str(self.each)] if self.each > 1 else said


@dataclass(frozen=True)
class ScansRead:
    """What came of some scans, and the files that came in."""

    done: Scanned
    uploads: tuple[Upload, ...]
    wish: ScanWish


@dataclass(frozen=True)
class RemindWish:
    """Who is reminded: of a class or of all, of which papers, in which formats."""

    label: str
    document: str
    day: date
    formats: tuple[str, ...]
    school: str = ""
    """Whose slips alone are known to the one who asks."""

    @property
    def words(self) -> Sequence[str]:
        """Return the options of the command that does the same."""
        said = ["--class", self.label] if self.label else []
        said += ["--doc", self.document] if self.document else []
        return [*said, "--format", ",".join(self.formats)]

    def means(self, part: Returnable) -> bool:
        """Tell whether something is still wanted, and asked for here."""
        own = self.label in ("", part.slip.class_name) and self.document in ("", part.document)
        return own and part.wanted


@dataclass(frozen=True)
class RemindersMade:
    """The files of reminders, how many families they are for, and what was found."""

    files: tuple[Path, ...]
    pupils: int
    gone: int
    """Pupils who are not in the roster any more."""
    problems: Problems


def scan_slips(
    root: Path, uploads: tuple[Upload, ...], wish: ScanWish, watching: Watching
) -> ScansRead:
    """Book the slips of some files; a page is booked as soon as it was read."""
    if not can_read():
        raise stop("SLIP016")
    office = open_office(root)
    book = book_of(office.root, office.workspace)
    asked = SlipsAsked(wish.batch, wish.uncut)
    order = ScanOrder(at_this_machine(), wish.day, asked, wish.signed, wish.each, wish.school)

    def told(done: int, total: int) -> None:
        watching.meter(done, total, f"第{min(done + 1, total)}个文件")

    return ScansRead(scan(book, [one.path for one in uploads], order, told), uploads, wish)


def remind_slips(path: Path, wish: RemindWish, watching: Watching) -> RemindersMade:
    """Print reminders of what is missing, and count them in the ledger."""
    office = open_office(path)
    loaded, found = office.read(path, wish.day)
    raise_errors(found)
    if not isinstance(loaded, LoadedBatch):
        raise stop("SLIP037", Place(str(path)))
    book = book_of(office.root, office.workspace)
    due = Returns.of(book, wish.school).due(loaded.batch.id)
    wanted = [part for part in due if wish.means(part)]
    if not wanted:
        raise stop("SLIP034")
    made = remind(office, loaded, Wanted(wish.day, formats=wish.formats), wanted, watching.progress)
    name, who = loaded.batch.id, at_this_machine()
    folder = file_reminders(book, made, office.output, name, who, wish.day)
    pupils = len({part.slip.serial for part in made.parts})
    gone = len({part.slip.serial for part in wanted}) - pupils
    files = tuple(folder / file.name for file in made.files)
    return RemindersMade(files, pupils, gone, made.problems)
