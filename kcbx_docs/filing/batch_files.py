"""The files of a batch in the workspace: what was chosen and its roster, both or neither.

A roster that another takes the place of is kept beside: it says whose papers were printed then.
"""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from kcbx_docs.act import Away, Put, Step, together
from kcbx_docs.batch.choices import BatchChoices, batch_path, batch_text, values_of_batch
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.office.files import folder_key, numbers_in
from kcbx_docs.office.fix import apply
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problems, problem, stop

OLD_ROSTERS, UNUSED = "旧名册", "没有用上的名册"


def save_batch(office: Office, chosen: BatchChoices, roster: Path) -> tuple[Path, Problems]:
    """Write a new batch with a copy of its roster; return where, and what was mended before."""
    path = batch_path(office, chosen)
    lying = path.with_name(f"{path.stem}名册{roster.suffix.lower()}")
    if path.exists() or lying.exists():
        raise stop("BTCH047", Place(), name=chosen.name)
    if folder_key(chosen.name) in numbers_in(office.root):  # whose it is, not everybody may know
        raise stop("BTCH051", Place(), name=chosen.name)
    text = batch_text(values_of_batch(chosen, lying.name))
    told = together(office.root, (Put(lying, roster.read_bytes()), Put(path, text.encode())))
    return path, told


def replace_roster(office: Office, loaded: LoadedBatch, roster: Path) -> Sequence[Step]:
    """Put another roster in the place of a batch's; return what puts the one before back."""
    old, data = loaded.roster_path, roster.read_bytes()
    new = old.with_suffix(roster.suffix.lower())
    steps: list[Step] = []
    back: list[Step] = [Away(new, _aside(new, UNUSED))]
    if old.is_file():
        if new == old and old.read_bytes() == data:
            return ()
        kept = _aside(old, OLD_ROSTERS)
        steps.append(Away(old, kept))
        back.append(Away(kept, old))
    steps.append(Put(new, data))
    if new != old:
        called = _called(loaded, new)
        steps.append(called)
        assert isinstance(called.data, bytes)
        assert called.before is not None
        back.append(Put(loaded.path, called.before, called.data))
    together(office.root, steps)
    return tuple(back)


def put_back(root: Path, steps: Sequence[Step]) -> Problems:
    """Put the roster before back, where nothing came of the other; say so."""
    if not steps:
        return ()
    together(root, steps)
    return (problem("BTCH052", Place(), folder=UNUSED),)


def _aside(path: Path, name: str) -> Path:
    folder = path.parent / name
    names = (folder / f"{path.stem}-{number}{path.suffix}" for number in count(1))
    return next(one for one in names if not one.exists())


def _called(loaded: LoadedBatch, roster: Path) -> Put:
    """Have the batch file name a roster of another kind; not a sign besides is changed."""
    given = loaded.batch.roster.file
    raw = loaded.path.read_bytes()
    mending = loaded.source.mending(("名册", "文件"), str(Path(given).with_suffix(roster.suffix)))
    text = raw.decode("utf-8", "replace")
    named = apply(text, [mending])
    if named == text or text.encode() != raw or roster.exists():
        raise stop("BTCH048", Place(str(loaded.path)), suffix=loaded.roster_path.suffix)
    return Put(loaded.path, named.encode(), raw)
