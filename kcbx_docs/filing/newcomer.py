"""A pack from elsewhere put into a workspace: looked at beside it, then whole or not at all."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kcbx_docs import __version__
from kcbx_docs.act import Away, Put, together
from kcbx_docs.keeping.foreign import (
    PACK,
    PINS,
    ForeignPack,
    Pin,
    files_of_pack,
    pins_text,
    read_pins,
)
from kcbx_docs.keeping.lint import lint_packs
from kcbx_docs.keeping.newpack import NewPack, new_pack
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import PackFolder, read_pack
from kcbx_docs.problems import Place, Problems, errors, problem, raise_errors, stop
from kcbx_docs.writing import PUBLIC

_GUESS = "是不是"
"""How the advice of an unknown key begins that was probably meant as another."""
OLD = "旧模板包"
"""Where a pack goes that another takes the place of."""


@dataclass(frozen=True)
class Added:
    """What became of a pack from elsewhere."""

    pin: Pin
    name: str
    code: str
    problems: Problems
    moved: Path | None = None
    """Where the one before it lies now."""


def add_pack(
    foreign: ForeignPack,
    source: str,
    root: Path,
    packs: Mapping[str, PackFolder],
    day: date,
    *,
    commit: str = "",
    folder: str = "",
    replacing: bool = False,
) -> Added:
    """Take a pack in; raise where it is no sound pack, or where one like it is there already."""
    templates = root / "templates"
    with tempfile.TemporaryDirectory() as staged:
        told = _laid_out(foreign, Path(staged) / "templates")
        place = _place(told, packs, folder, replacing=replacing)
        home = Path(staged) / "拼" / place.id
        home.parent.mkdir(parents=True)
        told.path.rename(home)
        _, found = lint_packs((place.id,), day, (Path(staged) / "拼", templates), None)
        _refuse(found)
        pin = Pin.model_validate(
            {
                "模板包": place.id,
                "来源": source,
                "提交": commit,
                "版本": told.pack.version,
                "校验值": foreign.digest,
                "加入日期": day,
            }
        )
    moved, away = _make_room(templates, place.id, day, replacing=replacing)
    home, files = templates / pin.id, foreign.files.items()
    come = (Put(home / one, data, mode=PUBLIC) for one, data in files)
    again = together(root, (*away, *come, _pinned(templates, pin)))
    return Added(pin, told.pack.name, place.code, (*found, *again), moved)


def _refuse(found: Problems) -> None:
    """Raise what is wrong; keys that nobody meant otherwise may be those of a newer program."""
    unknown = [(one, dict(one.facts)) for one in errors(found) if one.code == "TYPE002"]
    strange = [one for one, facts in unknown if not facts["advice"].startswith(_GUESS)]
    if strange:
        keys = "、".join(dict.fromkeys(dict(one.facts)["key"] for one in strange))
        newer = problem("PACK128", strange[0].place, version=__version__, keys=keys)
        raise_errors((newer, *(one for one in found if one not in strange)))
    raise_errors(found)


def _place(
    told: PackFolder, packs: Mapping[str, PackFolder], folder: str, *, replacing: bool
) -> NewPack:
    """Find where a pack belongs; one that takes another's place lies where that lies."""
    code = told.pack.code or ""
    before = next((one for one in packs.values() if one.pack.code == code), None)
    if before and replacing:
        return NewPack(before.id, told.pack.name, code)
    return new_pack(code, packs, told.pack.name, folder)


def _laid_out(foreign: ForeignPack, folder: Path) -> PackFolder:
    """Write a pack beside the workspace's own to be read."""
    for name, data in foreign.files.items():
        path = folder / "外来" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    told, found = read_pack(folder / "外来", "外来")
    _refuse(found)
    if told is None:
        raise stop("PACK113", Place(PACK))
    return told


def _make_room(
    templates: Path, name: str, day: date, *, replacing: bool
) -> tuple[Path | None, tuple[Away, ...]]:
    """Tell where the files of the pack that is there go; packs below it stay."""
    target = templates / name
    before = files_of_pack(target) if target.is_dir() else ()
    if not before:
        return None, ()
    if not replacing:
        raise stop("PACK104", Place(), path=f"templates/{name}")
    moved = free_name(templates.parent / OLD / f"{name.replace('/', '-')}-{day}")
    return moved, tuple(Away(target / one, moved / one) for one in before)


def free_name(path: Path) -> Path:
    """Return a name beside a path that nothing bears yet."""
    others = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(2, 1_000))
    return next(name for name in (path, *others) if not name.exists())


def _pinned(templates: Path, pin: Pin) -> Put:
    """Write down what came, beside what came before."""
    pins, found = read_pins(templates)
    raise_errors(errors(found))
    others = [one for one in pins if one.id != pin.id]
    path = templates / PINS
    before = path.read_bytes() if path.exists() else None
    return Put(path, pins_text([*others, pin]).encode(), before, PUBLIC)
