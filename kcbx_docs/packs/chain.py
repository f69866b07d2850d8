"""Locate packs and join them into a chain: national, province, prefecture, county, workspace."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import kcbx_docs
from kcbx_docs.light import dataclass
from kcbx_docs.packs import placenames
from kcbx_docs.packs.model import Pack
from kcbx_docs.packs.placenames import Former
from kcbx_docs.packs.sources import source_faults
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.reading import Loc, Source, read_model, read_yaml
from kcbx_docs.words import advice_for_name, did_you_mean

NATIONAL = "national"
LOCAL = "本单位"


@dataclass(frozen=True)
class PackFolder:
    """One pack on disk: its id is its path below the templates folder."""

    id: str
    path: Path
    pack: Pack
    source: Source

    @property
    def parent(self) -> str | None:
        """Return the id of the pack that this one inherits from."""
        if self.id == NATIONAL:
            return None
        return self.id.rsplit("/", 1)[0] if "/" in self.id else NATIONAL

    def shown(self, path: Path) -> str:
        """Name a file of this pack for messages."""
        return f"{self.id}/{path.relative_to(self.path).as_posix()}"


@dataclass(frozen=True)
class Chain:
    """Packs from the general to the particular, and their merged values with the place of each."""

    folders: tuple[PackFolder, ...]
    pack: Pack
    origins: Mapping[Loc, Place]

    @property
    def id(self) -> str:
        """Name the chain by its most particular shipped pack."""
        return self.folders[-1].id

    def origin(self, loc: Loc) -> Place | None:
        """Return the place that supplied a value."""
        return self.origins.get(loc)


def shipped_root() -> Path:
    """Return the folder of the shipped packs: inside the wheel, or beside the source tree."""
    package = Path(kcbx_docs.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


Stamp = tuple[int, int]


def stamp_of(path: Path) -> Stamp:
    """Return what changes when somebody edits a file: its time and its size."""
    try:
        known = path.stat()
    except OSError:
        return 0, 0
    return known.st_mtime_ns, known.st_size


def inside(path: Path, folder: Path) -> bool:
    """Tell whether a file of a pack lies in it: links that lead out are not followed."""
    if path.is_symlink():
        return path.resolve().is_relative_to(folder.resolve())
    return _is_below(str(path.parent.absolute()), str(folder.absolute()))


@lru_cache(maxsize=256)
def _is_below(folder: str, above: str) -> bool:
    """Resolve whole paths once; those from where the process stands would mean others later."""
    return Path(folder).resolve().is_relative_to(Path(above).resolve())


def stamped_files(chain: Chain, name: str) -> tuple[tuple[Path, str, Stamp], ...]:
    """List a file of every pack of a chain that has it, as it is now; raise where one lies
    elsewhere: what it says would be missing without a word.
    """
    files = [(folder, folder.path / name) for folder in chain.folders]
    there = [(folder, path) for folder, path in files if path.is_file()]
    raise_errors(
        problem("PACK021", Place(folder.shown(path)))
        for folder, path in there
        if not inside(path, folder.path)
    )
    return tuple((path, folder.shown(path), stamp_of(path)) for folder, path in there)


def find_packs(roots: Sequence[Path]) -> tuple[dict[str, PackFolder], Problems]:
    """Read every pack below the roots; of two with one id the first root wins."""
    packs: dict[str, PackFolder] = {}
    found: list[Any] = []
    for root in roots:
        for file in sorted(root.glob("*/**/pack.yaml")):
            pack_id = file.parent.relative_to(root).as_posix()
            if pack_id in packs:
                continue
            folder, problems = read_pack(file.parent, pack_id)
            found += problems
            if folder:
                packs[pack_id] = folder
    return packs, tuple(found)


def read_pack(path: Path, pack_id: str) -> tuple[PackFolder | None, Problems]:
    """Read one pack.yaml; one that has not changed on disk is not read again."""
    file = path / "pack.yaml"
    if file.is_symlink() and not inside(file, path):
        return None, (problem("PACK021", Place(f"{pack_id}/pack.yaml")),)
    return _read_pack(path, pack_id, stamp_of(path / "pack.yaml"))


@lru_cache(maxsize=256)
def _read_pack(path: Path, pack_id: str, _stamp: Stamp) -> tuple[PackFolder | None, Problems]:
    source, found = read_yaml(path / "pack.yaml", f"{pack_id}/pack.yaml")
    if found:
        return None, found
    pack, found = read_model(Pack, source)
    if pack is None:
        return None, found
    found = (*found, *source_faults(pack, source))
    return PackFolder(pack_id, path, pack, source), found


def chain_of(
    pack_id: str, packs: Mapping[str, PackFolder], local: PackFolder | None = None
) -> Chain:
    """Join a pack with all that it inherits from, and the workspace's own pack on top."""
    folders: list[PackFolder] = []
    current: str | None = pack_id
    while current is not None:
        if current not in packs and folders:
            place = Place(f"{folders[0].id}/pack.yaml")
            raise stop("PACK043", place, id=folders[0].id, parent=current)
        if current not in packs:
            advice = advice_for_name(current, list(packs))
            raise stop("PACK001", Place(), pack=current, advice=advice)
        folders.insert(0, packs[current])
        current = packs[current].parent
    if local:
        folders.append(local)
    merged, origins = merge([folder.source for folder in folders])
    pack, problems = read_model(Pack, Source(folders[-1].source.name, "", merged))
    if pack is None:
        raise UserError(problems)
    return Chain(tuple(folders), pack, origins)


def merge(sources: Sequence[Source]) -> tuple[dict[str, Any], dict[Loc, Place]]:
    """Merge maps, replace everything else; remember which file gave each value."""
    merged: dict[str, Any] = {}
    said: dict[Loc, Source] = {}
    for source in sources:
        _merge_into(merged, source.data, (), source, said)
    return merged, {loc: source.place(loc) for loc, source in said.items()}


def merged_data(sources: Sequence[Source]) -> dict[str, Any]:
    """Merge as merge does, where nobody asks which file gave a value."""
    merged: dict[str, Any] = {}
    for source in sources:
        _merge_into(merged, source.data, (), source, {})
    return merged


def _merge_into(
    target: dict[str, Any],
    data: Mapping[str, Any],
    loc: Loc,
    source: Source,
    said: dict[Loc, Source],
) -> None:
    for key, value in data.items():
        here = (*loc, key)
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge_into(target[key], value, here, source, said)
        elif isinstance(value, dict):
            target[key] = {}
            said.pop(here, None)
            _merge_into(target[key], value, here, source, said)
        else:
            if isinstance(target.get(key), dict):  # only then was anything said below it
                for below in [old for old in said if old[: len(here)] == here]:
                    del said[below]
            target[key] = value
            said[here] = source


def pack_for_region(region: str, packs: Mapping[str, PackFolder]) -> tuple[str, Problems]:
    """Find the pack of a region by id, name or code; the longest matching code wins."""
    if region in packs:
        return region, ()
    named = [found.id for found in packs.values() if found.pack.name == region]
    if named:
        return named[0], ()
    if region.isdigit():
        pack_id, told = _pack_for_code(region, packs)
        dead = placenames.former_of(region)
        return pack_id, (_gone(region, dead), *told) if dead else told
    codes = placenames.codes_of(region)
    if codes:
        return _pack_for_code(_the_one(region, codes), packs)
    near = [found.id for found in packs.values() if _is_named_in(found, region)]
    former = placenames.former_of(region)
    if near and not former:
        return max(near, key=len), ()
    if former:
        pack_id, found_too = _pack_for_code(former.code, packs)
        return pack_id, (_gone(region, former), *found_too)
    known = [found.pack.name for found in packs.values()]
    advice = did_you_mean(region, known) or did_you_mean(region, placenames.listed_names())
    raise stop("PACK003", Place(), region=region, advice=advice)


def _the_one(region: str, codes: Sequence[str]) -> str:
    if len(codes) > 1:
        listed = "、".join(map(placenames.shown, codes))
        raise stop("PACK080", Place(), region=region, listed=listed)
    return codes[0]


def _gone(region: str, former: Former) -> Problem:
    """Tell that a place is listed no more, and what bears its name now."""
    now = "、".join(map(placenames.shown, placenames.successors(former)))
    return problem(
        "PACK081",
        Place(),
        region=region,
        day=placenames.LISTED_ON,
        year=former.year,
        former=f"{former.code} {former.name}",
        advice=f"现在的名单里，相应的代码或者相近的名称有：{now}。" if now else "",
    )


def _pack_for_code(code: str, packs: Mapping[str, PackFolder]) -> tuple[str, Problems]:
    codes: dict[str, str] = {}
    for found in packs.values():
        # 530400 is 5304 written out: all its counties are below it.
        if found.pack.code and code.startswith(placenames.bare(found.pack.code)):
            codes.setdefault(found.pack.code, found.id)
    if codes:
        return codes[max(codes, key=len)], ()
    return NATIONAL, (problem("PACK002", Place(), region=placenames.shown(code)),)


def _is_named_in(folder: PackFolder, region: str) -> bool:
    """Tell whether a region is said with more words than the pack: 云南省 in 云南省昆明市."""
    short = _short(folder.pack.name)
    return bool(short) and short in region


def _short(name: str) -> str:
    return name.rstrip("省市区县") if len(name) > 2 else name
