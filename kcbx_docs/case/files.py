"""From a path to a checked file, whatever its kind, or a workspace: the only readers of such."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args

from kcbx_docs.case.checks import check_against, check_case
from kcbx_docs.case.model import Case
from kcbx_docs.case.office_checks import check_batch, check_letter, check_work, check_workspace
from kcbx_docs.case.paths import is_file, simplest
from kcbx_docs.case.salvage import salvage
from kcbx_docs.case.stray_signs import lone_sign, lone_sign_told, wrapped_told
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.handwriting.echoes import without_echoes, without_second_faults
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, Problems, few_of_each, notes_last, problem
from kcbx_docs.reading import Loc, Model, Source, read_model, read_yaml
from kcbx_docs.words import TAGS, did_you_mean, nearest

if TYPE_CHECKING:  # the models of batches and letters are built where there is one
    from kcbx_docs.case.batch import Batch
    from kcbx_docs.case.leads import Leads
    from kcbx_docs.case.letter import Letter
    from kcbx_docs.case.work import Work

WORKSPACE_FILE = "kcbx.yaml"
Kind = Literal["案件", "批次", "公文", "工作", "线索"]
KINDS: tuple[str, ...] = get_args(Kind)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class LoadedCase:
    """A case with the file it came from and the places of its values."""

    path: Path
    case: Case
    source: Source


@dataclass(frozen=True)
class LoadedBatch:
    """A batch with its file and places."""

    path: Path
    batch: "Batch"
    source: Source

    @property
    def seal_path(self) -> Path:
        """Return the path of the picture of the school's seal, relative as the roster's is."""
        return simplest(self.path.parent / self.batch.printing.seal)

    @property
    def roster_path(self) -> Path:
        """Return the path of the roster, relative to the batch file's folder."""
        return simplest(self.path.parent / self.batch.roster.file)


@dataclass(frozen=True)
class LoadedLetter:
    """A letter with its file and places."""

    path: Path
    letter: "Letter"
    source: Source

    @property
    def folder(self) -> str:
        """Name its output folder."""
        return self.letter.id or self.path.stem


@dataclass(frozen=True)
class LoadedWork:
    """A piece of management work with its file and places."""

    path: Path
    work: "Work"
    source: Source

    @property
    def roster_path(self) -> Path | None:
        """Return the path of the pupils' roster, relative to the file's folder, if it has one."""
        spec = self.work.roster
        return simplest(self.path.parent / spec.file) if spec else None

    @property
    def folder(self) -> str:
        """Name its output folder."""
        return self.work.id or self.path.stem


@dataclass(frozen=True)
class LoadedLeads:
    """Leads with their file and places."""

    path: Path
    leads: "Leads"
    source: Source


@dataclass(frozen=True)
class LoadedWorkspace:
    """A workspace with its file and places."""

    path: Path
    workspace: Workspace
    source: Source

    @property
    def root(self) -> Path:
        """Return the folder that is the workspace."""
        return self.path.parent


Loaded = LoadedCase | LoadedBatch | LoadedLetter | LoadedWork | LoadedLeads
Issuable = LoadedCase | LoadedLetter | LoadedWork
"""What papers are issued of, under numbers and into the ledger."""


def kind_of(source: Source) -> Kind | None:
    """Tell the kind of a file from its first key."""
    first = next(iter(source.data), "") if isinstance(source.data, dict) else ""
    return cast(Kind, first) if first in KINDS else None


def is_batch(path: Path) -> bool:
    """Tell whether a file is a batch, as far as it can be read."""
    return kind_of(read_yaml(path)[0]) == "批次"


def load_file(
    path: Path, today: date, workspace: Workspace | None = None
) -> tuple[Loaded | None, Problems]:
    """Read a case, a batch, a letter or a piece of work, whichever it is."""
    return load_source(path, *read_yaml(path), today, workspace)


def load_source(
    path: Path, source: Source, found: Problems, today: date, workspace: Workspace | None = None
) -> tuple[Loaded | None, Problems]:
    """Give the text of a file its types and check it, whether or not it is on the disk yet."""
    kind = kind_of(source)
    if source.data is None:
        return None, found
    found = (*found, *_signs(source))
    loaded: Loaded | None = None
    further: Problems = (_unknown_kind(source),) if kind is None else ()
    if kind == "案件":
        loaded, further = _case(path, source, (), today, workspace)
    elif kind == "批次":
        loaded, further = _batch(path, source, (), workspace)
    elif kind == "公文":
        loaded, further = _letter(path, source, (), workspace)
    elif kind == "工作":
        loaded, further = _work(path, source, workspace)
    elif kind == "线索":
        loaded, further = _leads(path, source, today)
    rest = without_echoes(further, source.text, source.doubtful)
    return loaded, _sorted((*found, *without_second_faults(rest, found)))


def find_workspace(path: Path) -> Path | None:
    """Find the nearest folder at or above a path that holds ``kcbx.yaml``."""
    start = path.resolve()
    folders = (start, *start.parents)
    return next((folder for folder in folders if (folder / WORKSPACE_FILE).is_file()), None)


def load_workspace(path: Path) -> tuple[LoadedWorkspace | None, Problems]:
    """Read and check ``kcbx.yaml``, given itself or its folder."""
    file = path / WORKSPACE_FILE if path.is_dir() else path
    return workspace_of(file, *read_yaml(file))


def workspace_of(
    file: Path, source: Source, found: Problems
) -> tuple[LoadedWorkspace | None, Problems]:
    """Give the text of ``kcbx.yaml`` its types and check it, whether or not it is on the disk."""
    if source.data is None:
        return None, found
    found = (*found, *_signs(source))
    workspace, typed = read_model(Workspace, source)
    further = typed if workspace is None else check_workspace(workspace, source)
    rest = without_echoes(further, source.text, source.doubtful)
    told = (*found, *without_second_faults(rest, found))
    return (LoadedWorkspace(file, workspace, source) if workspace else None), told


_RESTED_ON = (
    ("地区",),
    ("机关", "名称"),
    ("机关", "类型"),
    ("其他机关", "名称"),
    ("其他机关", "类型"),
    ("登记簿",),
    ("处罚依据",),
)
"""The keys of kcbx.yaml on which days and steps rest: the law of the place, who may act by it,
and where it is kept what was done.
"""


def without_faults(path: Path) -> LoadedWorkspace | None:
    """Read ``kcbx.yaml`` without its faults; nothing where a day or a step may rest on one."""
    source, _ = read_yaml(path / WORKSPACE_FILE)
    rest = salvage(Workspace, source, {}) if source.data else None
    if rest is None:
        return None
    workspace, kept = rest
    if any(_told(source.data, keys) != _told(kept.data, keys) for keys in _RESTED_ON):
        return None
    if any(key not in kept.data and key not in _WORKSPACE_KEYS for key in source.data):
        return None  # a key that nobody knows may be one of those, misspelt
    return LoadedWorkspace(path / WORKSPACE_FILE, workspace, kept)


_WORKSPACE_KEYS = {field.alias for field in Workspace.model_fields.values()}


def case_without_faults(path: Path) -> Case | None:
    """Read what is sound of a case file, with ``STAND_IN`` for lost names; nothing of a file that
    is none.
    """
    source, _ = read_yaml(path)
    if source.data is None or kind_of(source) != "案件":
        return None
    rest = salvage(Case, source, _STAND_INS)
    return rest[0] if rest else None


def _told(data: object, keys: tuple[str, ...]) -> object:
    """Return what stands under some keys; of a list, what stands in each of its entries."""
    for place, key in enumerate(keys):
        if isinstance(data, list):
            return [_told(one, keys[place:]) for one in data]
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _case(
    path: Path, source: Source, found: Problems, today: date, workspace: Workspace | None
) -> tuple[LoadedCase | None, Problems]:
    case, typed = read_model(Case, source)
    if case is None:
        return None, _sorted((*found, *typed, *_further(source, typed, today)))
    against = check_against(case, source, workspace) if workspace else ()
    return LoadedCase(path, case, source), _sorted(
        (*found, *check_case(case, source, today), *against)
    )


STAND_IN = "某"
"""What stands where a name is not there, or cannot be read."""
_STAND_INS: Mapping[str, object] = {
    "案件": "控辍个案",
    "编号": STAND_IN,
    "情形": "辍学",
    "学生": {"姓名": STAND_IN},
    "监护人": [{"姓名": STAND_IN}],
}


def _further(source: Source, typed: Problems, today: date) -> Iterator[Problem]:
    """Yield what is wrong besides faulty types; a key that is there but faulty is not missing."""
    rest = salvage(Case, source, _STAND_INS)
    faulty = tuple(p.place.path for p in typed)
    if rest is None:
        return
    for found in check_case(*rest, today, partial=True):
        above = found.place.path.rpartition(".")[0]  # of a value, what stands beside it
        keys = {path.removeprefix(f"{found.place.path}.") for path in faulty}
        keys |= {path.removeprefix(f"{above}.") for path in faulty}
        if not set(found.missing) & keys:
            yield found


def _batch(
    path: Path, source: Source, found: Problems, workspace: Workspace | None
) -> tuple[LoadedBatch | None, Problems]:
    from kcbx_docs.case.batch import Batch

    batch, typed = read_model(Batch, source)
    if batch is None:
        return None, (*found, *typed, *_no_roster(path, source))
    loaded = LoadedBatch(path, batch, source)
    return loaded, (*found, *check_batch(batch, source, workspace), *_no_roster(path, source))


def _no_roster(path: Path, source: Source) -> Iterator[Problem]:
    """Tell of a roster that is not there, whatever else is wrong with the batch."""
    roster = source.data.get("名册")
    key, name = ("文件", roster.get("文件")) if isinstance(roster, dict) else ("", roster)
    if isinstance(name, str) and name.strip() and not is_file(path.parent / name.strip()):
        loc = ("名册", key) if key else ("名册",)
        advice = _other_rosters(path.parent / name.strip())
        yield problem("BTCH004", source.place(loc, value=True), file=name.strip(), advice=advice)


_ROSTERS = (".xlsx", ".csv", ".xls", ".ods", ".et", ".tsv")


def _other_rosters(missing: Path) -> str:
    """Ask for a roster in the same folder: of the same name, or the only one there."""
    try:
        beside = sorted(one for one in missing.parent.iterdir() if one.suffix.lower() in _ROSTERS)
    except OSError:
        return ""
    same = [one for one in beside if one.stem == missing.stem]
    fitting = same or [
        one for one in beside if len(beside) == 1 or nearest(missing.name, [one.name])
    ]
    names = "、".join(f"「{one.name}」" for one in fitting)
    return f"文件夹里有{names}，是不是它？" if names else ""


def _letter(
    path: Path, source: Source, found: Problems, workspace: Workspace | None
) -> tuple[LoadedLetter | None, Problems]:
    from kcbx_docs.case.letter import Letter

    letter, typed = read_model(Letter, source)
    if letter is None:
        return None, (*found, *typed)
    return LoadedLetter(path, letter, source), (*found, *check_letter(letter, source, workspace))


def _work(
    path: Path, source: Source, workspace: Workspace | None
) -> tuple[LoadedWork | None, Problems]:
    from kcbx_docs.case.work import Work

    work, typed = read_model(Work, source)
    if work is None:
        return None, typed
    more = (*check_work(work, source, workspace), *_no_roster(path, source))
    return LoadedWork(path, work, source), more


def _leads(path: Path, source: Source, today: date) -> tuple[LoadedLeads | None, Problems]:
    from kcbx_docs.case.leads import Leads, check_leads

    leads, typed = read_model(Leads, source)
    if leads is None:
        return None, typed
    return LoadedLeads(path, leads, source), tuple(check_leads(leads, source, today))


_NOTHING = ("~", "null", "none", "nil", "n/a", "#n/a", "undefined")
"""What programs write for nothing; here every value is text, and would be printed."""


def _signs(source: Source) -> Iterator[Problem]:
    """Yield what a text holds that would be printed as it is typed and was not meant."""
    for loc, text in _texts(source.data, ()):
        if written := [tag for tag in TAGS if tag in text]:
            yield problem("CASE095", source.place(loc, value=True), found=" ".join(written))
        if text.strip().lower() in _NOTHING:
            yield problem("CASE102", source.place(loc, value=True), word=text.strip())
        if wrapped := wrapped_told(text, loc, source):
            yield wrapped
        lone = lone_sign(text)
        if lone and source.place(loc, value=True).line not in source.doubtful:
            yield lone_sign_told(lone, text, loc, source)


def _texts(data: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*loc, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*loc, number))


def _unknown_kind(source: Source) -> Problem:
    first = str(next(iter(source.data), "")) if isinstance(source.data, dict) else ""
    place = source.place() if first else Place(source.name, 1, 1)
    return problem("WORK001", place, first=first, advice=did_you_mean(first, KINDS))


def _sorted(found: Problems) -> Problems:
    by_line = sorted(found, key=lambda p: (p.place.line or 0, p.place.column or 0))
    return tuple(few_of_each(notes_last(by_line)))
