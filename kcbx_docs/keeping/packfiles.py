"""What is wrong with pack.yaml beyond its types: parameters that nobody reads, packs that stand in
another's place.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.packs.chain import NATIONAL, Chain, PackFolder, find_packs
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.parameters import PARAMETERS, fits
from kcbx_docs.packs.procedure import FILE as PROCEDURE_FILE
from kcbx_docs.packs.regions import check_codes
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.reading import read_text
from kcbx_docs.words import did_you_mean

_LONG_ENOUGH = 3
"""Characters from which on likeness is no accident."""
_READ = regex(r"地方\s*\.\s*(\w+)")


def check_parameters(library: Library) -> Iterator[Problem]:
    """Report parameters that are written wrongly, and those that nothing reads."""
    chain = library.chain
    own = [name for name in chain.pack.values if name not in PARAMETERS]
    read = read_in(chain) if own else frozenset()
    for name, value in chain.pack.values.items():
        place = _place(chain, name)
        if not fits(name, value):
            kind = PARAMETERS[name].kind.words
            yield problem("PACK040", place, name=name, kind=kind, value=_shown(value))
        elif name in own and name not in read:
            advice = did_you_mean(name, [*PARAMETERS, *sorted(read)])
            if advice and len(name) >= _LONG_ENOUGH:
                yield problem("PACK041", place, name=name, advice=advice)
            else:
                yield problem("PACK042", place, name=name)


def read_in(chain: Chain) -> frozenset[str]:
    """Name the parameters that templates print or ask for: those of a chain and of the packs
    below it, which inherit what it says.
    """
    found: set[str] = set()
    for folder in chain.folders:
        for path in folder.path.rglob("*.html"):
            found.update(_READ.findall(read_text(path, path.name)[0] or ""))
    return frozenset(found)


def _place(chain: Chain, name: str) -> Place:
    loc = ("参数", name)
    inner = (place for known, place in chain.origins.items() if known[:2] == loc)
    return chain.origin(loc) or next(inner, Place(chain.folders[-1].source.name))


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


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
