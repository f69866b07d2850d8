"""Packs that cannot be read: whoever may need one is stopped, everybody else goes on and is told.

A pack that is passed over without a word would be silently its province, or the nation.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, product
from pathlib import Path

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs import placenames
from kcbx_docs.packs.chain import PackFolder, inside
from kcbx_docs.problems import Problem, Problems, errors, problem, raise_errors

_CODE = regex(r"行政区划代码[\"']?[:：][ \t]*[\"']?(\d{2,6})")
_NAME = regex(r"(?:^|\n)名称[\"']?[:：][ \t]*[\"']?([^\s\"'#]+)")
_MOST = 100_000
"""So much of a file is looked at for what it says of its place."""


@dataclass(frozen=True)
class Shelf:
    """Where packs lie, and those that could be read."""

    roots: Sequence[Path]
    packs: Mapping[str, PackFolder]

    def without_broken(self, region: str, found: Problems) -> Problems:
        """Tell of the faulty packs of other places; raise where ``region`` may need one."""
        raise_errors(self.concerning([region] if region else [], found))
        return self.told(found)

    def concerning(self, regions: Sequence[str], found: Problems) -> Problems:
        """List the faults of packs that regions, by code, name or pack, may need."""
        packs = set(map(self._pack_of, errors(found)))
        pairs = product(packs, regions)
        mine = {name for name, region in pairs if self._concerns(name, region)}
        return tuple(one for one in errors(found) if self._pack_of(one) in mine)

    def told(self, found: Problems) -> Problems:
        """Tell of each faulty pack by its first fault."""
        first = {self._pack_of(one): one for one in reversed(errors(found))}
        return tuple(_told(name, one) for name, one in first.items())

    def _pack_of(self, found: Problem) -> str:
        """Name the pack that a fault is in by the folder in which it lies."""
        name = found.place.file
        while name and not any((root / name / "pack.yaml").exists() for root in self.roots):
            name = name.rpartition("/")[0]
        return name or found.place.file.partition("/")[0]

    def _concerns(self, name: str, region: str) -> bool:
        text = self._text(name)
        for one in self.packs.values():
            if region in (one.id, one.pack.name):
                return f"{one.id}/".startswith(f"{name}/") or region in text
        if region == name or region in text:
            return True
        codes = [region] if region.isdigit() else placenames.codes_of(region)
        return _may_be(self._codes_of(name, text), codes)

    def _codes_of(self, name: str, text: str) -> frozenset[str]:
        """List the places that a faulty pack may be of: what its file says may be the fault."""
        above, _, last = name.rpartition("/")
        known = (self.packs[one].pack for one in (name, above) if one in self.packs)
        said = (*_CODE.findall(text), *(one.code for one in known if one.code))
        called = (*_NAME.findall(text), last)
        return frozenset((*said, *chain.from_iterable(map(placenames.codes_of, called))))

    def _text(self, name: str) -> str:
        """Read the beginning of a file that may be anything, unless it lies elsewhere."""
        for root in self.roots:
            file = root / name / "pack.yaml"
            if file.is_file() and inside(file, file.parent):
                with file.open("rb") as stream:
                    return stream.read(_MOST).decode("utf-8", "replace")
        return ""


def _may_be(own: Collection[str], codes: Sequence[str]) -> bool:
    """Tell whether a pack of some places may be one of a region; of nothing known, it may."""
    heads = tuple(map(placenames.bare, own))
    return not (own and codes) or any(code.startswith(heads) for code in codes)


def _told(name: str, first: Problem) -> Problem:
    return problem("PACK124", first.place, id=name, first=first.message)
