"""Who stands in the cases and rosters of an office, as far as its files can be read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import LoadedBatch, load_file, load_workspace
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.workspace import issuing_organs
from kcbx_docs.light import regex
from kcbx_docs.office.children import text_of
from kcbx_docs.office.files import CASES, files_below, of_kinds
from kcbx_docs.packs.persons import KnownPeople

_NAMED = regex(
    r"(?:^|[\s{,\-])[\"']?(?:姓名|监护人)[\"']?:[ \t]+"
    r"[\"']?([\u3400-\u9fff·]{2,12})(?=[\s\"',}\]#]|$)"
)
_NUMBERS = regex(r"(?<!\d)(?:\d{17}[\dXx]|1\d{10})(?!\d)")


def known_people(root: Path, today: date) -> KnownPeople:
    """Gather the names and numbers of all case files and of the rosters of batches; who holds an
    office, and what an office's telephone is, is no secret.
    """
    names: set[str] = set()
    numbers: set[str] = set()
    paths = files_below((root / CASES,)) if (root / CASES).is_dir() else ()
    for path in paths:
        text = text_of(path)
        names.update(_NAMED.findall(text))
        numbers.update(one.upper() for one in _NUMBERS.findall(text))
    for path in of_kinds(paths, ("批次",)):
        for name, told in _of_roster(path, today):
            names.add(name)
            numbers.update(filter(None, told))
    officials, phones = _public(root)
    return KnownPeople(frozenset(names - officials), frozenset(numbers - phones))


def _of_roster(path: Path, today: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each person of a batch's roster with his numbers; nobody of one that is not there."""
    loaded, _ = load_file(path, today)
    if not isinstance(loaded, LoadedBatch) or not loaded.roster_path.is_file():
        return
    for one in read_roster(loaded.roster_path, loaded.batch.roster, today).pupils:
        yield one.pupil.name, (one.pupil.id_number.upper(), one.phone)
        yield from ((guardian.name, (guardian.phone,)) for guardian in one.guardians)


def _public(root: Path) -> tuple[set[str], set[str]]:
    loaded, _ = load_workspace(root)
    if loaded is None:
        return set(), set()
    organs = [*issuing_organs(loaded.workspace)]
    people = {one.name for one in loaded.workspace.officers}
    for one in organs:
        people |= {one.head, one.contact}
    return people, {one.phone for one in organs}
