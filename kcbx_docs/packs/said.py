"""What pack.yaml says beyond its types: of documents that exist, parameters that something reads.

Lint tells it of every pack; who opens an office, of the packs in its own workspace.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.packs.cards import every_document, heading_of
from kcbx_docs.packs.chain import Chain, PackFolder, inside
from kcbx_docs.packs.gaps import gaps_in
from kcbx_docs.packs.parameters import CODED, PARAMETERS, coded_in, fits
from kcbx_docs.problems import Place, Problem, UserError, problem
from kcbx_docs.reading import read_text
from kcbx_docs.words import advice_for_name, did_you_mean

_FOLDERS = ("documents", "parts")
_NAMED = 3
_LONG_ENOUGH = 3
"""Characters from which on likeness is no accident."""
_READ = regex(r"地方\s*\.\s*(\w+)")


def check_said(chain: Chain) -> Iterator[Problem]:
    """Report what the packs of a chain say of documents that are not there, and of parameters."""
    for folder in chain.folders:
        yield from gaps_in(folder.source)
        for path in _links_out(folder):
            yield problem("PACK021", Place(folder.shown(path)))
        yield from _stray_folders(folder)
    yield from _documents(chain)
    yield from _word_files(chain)
    yield from _parameters(chain)


def _stray_folders(folder: PackFolder) -> Iterator[Problem]:
    """Report folders with templates under another name: what they say would be missing."""
    for path in sorted(folder.path.iterdir()):
        plain = path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
        if not plain or path.name in _FOLDERS or any(path.rglob("pack.yaml")):
            continue
        held = sorted(one.name for one in path.iterdir() if one.suffix in (".html", ".docx"))
        if held:
            meant = _FOLDERS[1] if path.name.lower().startswith("part") else _FOLDERS[0]
            facts = {"held": "、".join(held[:_NAMED]), "meant": meant}
            yield problem("PACK065", Place(folder.shown(path)), **facts)


def _links_out(folder: PackFolder) -> Iterator[Path]:
    """Yield the links that lead out of a pack: what they lead to is not read, and would be missing
    without a word. What a linked folder holds is not told again.
    """
    for home in (folder.path, *(folder.path / name for name in _FOLDERS)):
        if home == folder.path or inside(home, folder.path):
            links = list[Path]()
            with suppress(OSError), os.scandir(home) as entries:
                links += (home / one.name for one in entries if one.is_symlink())
            yield from (path for path in sorted(links) if not inside(path, folder.path))


def _word_files(chain: Chain) -> Iterator[Problem]:
    """Report Word files that are called like no document: their looks would be used nowhere."""
    known = every_document(chain)
    for folder in chain.folders:
        for path in sorted((folder.path / "documents").glob("*.[dD][oO][cC][xX]")):
            fits = path.suffix == ".docx" and path.stem in known
            if not fits and not path.name.startswith(("~$", ".")):
                place = Place(folder.shown(path))
                advice = _meant(chain, path.stem, known)
                yield problem("PACK060", place, name=path.name, advice=advice)


def _meant(chain: Chain, stem: str, known: Sequence[str]) -> str:
    """Say by which name a Word file was meant: the id of the document that is called so."""
    low = stem.strip().lower().replace("_", "-")
    if low in known:
        return f"请改名为 {low}.docx。"
    for name in known:
        with suppress(UserError):  # told elsewhere
            heading = heading_of(chain, name)
            if stem in (heading.card.title, *heading.titles):
                return f"《{stem}》的编号是 {name}，请改名为 {name}.docx。"
    return did_you_mean(low, known)


def _parameters(chain: Chain) -> Iterator[Problem]:
    """Report parameters that are written wrongly, and those that nothing reads."""
    own = [name for name in chain.pack.values if name not in PARAMETERS]
    read, whole = read_in(chain) if own else (frozenset(), True)
    for name, value in chain.pack.values.items():
        place = said_at(chain, "参数", name)
        if not fits(name, value):
            yield _unfit(chain, name, value)
        elif whole and name in own and name not in read:
            advice = did_you_mean(name, [*PARAMETERS, *sorted(read)])
            if advice and len(name) >= _LONG_ENOUGH:
                yield problem("PACK041", place, name=name, advice=advice)
            else:
                yield problem("PACK042", place, name=name)


def _unfit(chain: Chain, name: str, value: object) -> Problem:
    """Say how a parameter is written, where its value stands."""
    kind = PARAMETERS[name].kind.words
    place = value_at(chain, "参数", name)
    return problem("PACK040", place, name=name, kind=kind, value=_shown(value))


def read_in(chain: Chain) -> tuple[frozenset[str], bool]:
    """Name the parameters that templates print or ask for: those of a chain and of the packs
    below it, which inherit what it says; tell whether all of them could be read.
    """
    found: set[str] = set()
    whole = True
    for folder in chain.folders:
        whole = whole and not any(_links_out(folder))
        for path in folder.path.rglob("*.html"):
            text, _ = read_text(path, path.name)
            whole = whole and text is not None
            found.update(_READ.findall(text or ""))
    return frozenset(found), whole


def _documents(chain: Chain) -> Iterator[Problem]:
    """Report documents that pack.yaml speaks of and that do not exist."""
    known = every_document(chain)
    for key, name, place in _named_documents(chain):
        if name not in known:
            advice = advice_for_name(name, known)
            yield problem("PACK014", place, key=key, id=name, advice=advice)


def _named_documents(chain: Chain) -> Iterator[tuple[str, str, Place]]:
    pack = chain.pack
    tables = {"标题": [*pack.titles], "制发机关": [*pack.issuers], "文号": [*pack.numbers]}
    tables["自定期限"] = [*pack.own_periods]
    for key, names in tables.items():
        for name in names:
            yield key, name, said_at(chain, key, name)
    for name in coded_in(pack.values):
        yield CODED, name, said_at(chain, "参数", CODED)
    for name in pack.disabled:
        yield "停用文书", name, said_at(chain, "停用文书")


def said_at(chain: Chain, *loc: str) -> Place:
    """Return where the packs of a chain say something, or the first thing below it."""
    found = chain.origin(loc)
    inner = (place for known, place in chain.origins.items() if known[: len(loc)] == loc)
    return found or next(inner, Place(chain.folders[-1].source.name))


def value_at(chain: Chain, *loc: str) -> Place:
    """Return where the value of a key stands that the packs of a chain say last."""
    written = [one.source for one in chain.folders if loc in one.source.values]
    return written[-1].place(loc, value=True) if written else said_at(chain, *loc)


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
