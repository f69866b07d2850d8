"""Packs that stand in another's place, and two that are of one region."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kcbx_docs.packs.chain import NATIONAL, PackFolder, find_packs
from kcbx_docs.packs.procedure import FILE as PROCEDURE_FILE
from kcbx_docs.packs.regions import check_codes
from kcbx_docs.problems import Place, Problem, problem


def check_places(
    packs: Mapping[str, PackFolder], ids: Sequence[str], root: Path
) -> Iterator[Problem]:
    """Report packs that stand in the place of shipped ones (those below ``root``) from which some
    packs inherit, and two that are of one region.
    """
    shipped, _ = find_packs([root])
    for name in shadowing(packs, shipped):
        if name != NATIONAL and not any(f"{one}/".startswith(f"{name}/") for one in ids):
            continue
        place = Place(f"{name}/pack.yaml")
        yield problem("PACK038", place, id=name, lost=_holds(shipped[name]))
    yield from check_codes(packs, [name for name in packs if name in ids])
    for key, said in (("行政区划代码", "code"), ("名称", "name")):
        first: dict[str, str] = {}
        for one in packs.values():
            value = getattr(one.pack, said)
            other = first.setdefault(value, one.id) if value else one.id
            if other != one.id:
                place = one.source.place((key,))
                yield problem("PACK039", place, id=one.id, other=other, key=key, value=value)


def shadowing(
    packs: Mapping[str, PackFolder], shipped: Mapping[str, PackFolder]
) -> tuple[str, ...]:
    """Name the packs that stand in the place of shipped ones."""
    both = packs.keys() & shipped.keys()
    return tuple(sorted(name for name in both if not packs[name].path.samefile(shipped[name].path)))


def _holds(folder: PackFolder) -> str:
    """Say what a pack holds."""
    documents = len(list((folder.path / "documents").glob("*.html")))
    parts = len(list((folder.path / "parts").glob("*.html")))
    told = [f"{documents} 份文书"] if documents else []
    told += [f"{parts} 个片段"] if parts else []
    files = ("pack.yaml", "law.yaml", PROCEDURE_FILE)
    return "、".join([*told, *(name for name in files if (folder.path / name).is_file())])
