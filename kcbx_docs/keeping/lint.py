"""What is wrong with packs before anything is rendered: every document of every chain at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from kcbx_docs.keeping.cards import lint_cards
from kcbx_docs.keeping.packfiles import check_places
from kcbx_docs.keeping.wording import check_compiled
from kcbx_docs.light import regex
from kcbx_docs.packs.broken import Shelf
from kcbx_docs.packs.cards import document_ids
from kcbx_docs.packs.chain import (
    LOCAL,
    NATIONAL,
    Chain,
    PackFolder,
    find_packs,
    inside,
    read_pack,
    shipped_root,
)
from kcbx_docs.packs.contract import syntax_problems
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.library import Library, library_of
from kcbx_docs.packs.parameters import CODED, Parameters
from kcbx_docs.packs.persons import NOBODY, KnownPeople, known_in
from kcbx_docs.packs.procedure import FILE as PROCEDURE_FILE
from kcbx_docs.packs.procedure import Procedure, read_procedure
from kcbx_docs.packs.regions import misnamed_files
from kcbx_docs.packs.said import check_said, said_at
from kcbx_docs.packs.schema import Variable
from kcbx_docs.packs.typed import check_typed
from kcbx_docs.papers.context import context_schema
from kcbx_docs.papers.heads import head_faults
from kcbx_docs.papers.lawful import law_faults
from kcbx_docs.papers.sound import is_shipped, missing_parts, text_faults
from kcbx_docs.papers.wordtemplate import faults_of_word
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors, problem
from kcbx_docs.procedure.lint import lint_procedure

_KNOWN_FILES = {
    "documents": (".html", ".docx"),
    "parts": (".html",),
    "": ("pack.yaml", "law.yaml", PROCEDURE_FILE),
}

_READ_SUFFIXES = (".html", ".yaml", ".yml", ".docx")

Seen = set[tuple[object, ...]]


def lint_packs(
    wanted: Sequence[str],
    day: date,
    roots: Sequence[Path] = (),
    own: Path | None = None,
    known: KnownPeople = NOBODY,
) -> tuple[tuple[str, ...], Problems]:
    """Check packs by id (none means all), with the citations of a day; return what was checked,
    and what is wrong, errors first.

    ``own`` is the templates folder of a workspace: its pack is checked on top of each chain;
    ``known`` is who stands in its cases and rosters, whom no template may name.
    """
    packs, found = find_packs([*roots, shipped_root()])
    ids = tuple(wanted) or tuple(sorted(packs, key=lambda name: (name != NATIONAL, name)))
    local, more = _local(own)
    problems = [*found]
    for root in [*roots, *([own] if own and own not in roots else [])]:
        problems += misnamed_files(root) if root.is_dir() else ()
    if wanted:
        problems = _of_wanted(Shelf([*roots, shipped_root()], packs), wanted, problems)
    problems += more
    seen: Seen = set()
    misread = {one.place.file for one in found}
    for name in ids:
        if name in packs or f"{name}/pack.yaml" not in misread:
            problems += lint_chain(name, packs, local, day, seen, known)
    problems += check_places(packs, ids, shipped_root())
    told = [one for one in problems if one.is_error or not _of_others(one, packs, ids)]
    return ids, tuple(sorted(dict.fromkeys(told), key=lambda one: not one.is_error))


def _of_wanted(shelf: Shelf, wanted: Sequence[str], found: Sequence[Problem]) -> list[Problem]:
    """Tell of faulty packs that nobody asked about; they keep nobody's from being right."""
    mine = shelf.concerning(wanted, tuple(found))
    others = tuple(one for one in errors(tuple(found)) if one not in mine)
    return [*(one for one in found if not one.is_error), *mine, *shelf.told(others)]


def _of_others(one: Problem, packs: Mapping[str, PackFolder], ids: Sequence[str]) -> bool:
    """Tell of a doubt about a shipped pack that nobody asked about: the county cannot mend it."""
    owners = [name for name in packs if one.place.file.startswith(f"{name}/")]
    owner = max(owners, key=len, default="")
    shipped = bool(owner) and packs[owner].path.is_relative_to(shipped_root())
    return shipped and owner not in ids


def _local(own: Path | None) -> tuple[PackFolder | None, Problems]:
    if own is None or own.resolve() == shipped_root().resolve():
        return None, ()
    if not (own / "pack.yaml").is_file():
        return None, ()
    return read_pack(own, LOCAL)


def lint_chain(
    name: str,
    packs: Mapping[str, PackFolder],
    local: PackFolder | None,
    day: date,
    seen: Seen | None = None,
    known: KnownPeople = NOBODY,
) -> Problems:
    """Check one pack with all that it inherits from."""
    try:
        library, found = library_of(name, packs, local)
    except UserError as error:
        return error.problems
    return (*found, *lint(library, day, seen, known))


def lint(
    library: Library, day: date, seen: Seen | None = None, known: KnownPeople = NOBODY
) -> Problems:
    """Check every document of one chain, and what its packs say of documents.

    ``seen`` holds the texts that were checked for another chain: they are not checked again.
    """
    procedure = _procedure_of(library.chain)
    found = [*check_said(library.chain), *lint_procedure(library.chain, library.registry)]
    found += _coded(library, procedure)
    found += lint_cards(library, procedure, day)
    for folder in library.chain.folders:
        found += _stray_files(folder)
    for name in document_ids(library.chain):
        try:
            flat = library.document(name)
        except UserError as error:
            found += error.problems
            continue
        found += lint_document(flat, library, day, set() if seen is None else seen, known)
    return tuple(dict.fromkeys(found))


def lint_document(
    flat: FlatTemplate, library: Library, day: date, seen: Seen, known: KnownPeople = NOBODY
) -> Iterator[Problem]:
    """Check one flattened document: head, required parts, law, text, Word."""
    yield from head_faults(flat.front, flat.said_at)
    yield from missing_parts(flat, library.registry, day)
    yield from _text(flat, library, seen)
    if not syntax_problems(flat):
        yield from law_faults(flat, library.registry, day)
        yield from check_typed(flat, library.registry)
        if not is_shipped(flat):
            yield from known_in(flat, known)
        if flat.word_file:
            yield from faults_of_word(flat, library.registry, library.parameters)


def _text(flat: FlatTemplate, library: Library, seen: Seen) -> Iterator[Problem]:
    """Check grammar, variables, and that nothing is lost on the way to Word;
    of what was seen before only the variables, where the packs offer others.
    """
    text: tuple[object, ...] = (
        flat.source,
        flat.front.layout,
        tuple(file.shown for file in flat.files),
    )
    if (*text, library.parameters) in seen:
        return
    seen.add((*text, library.parameters))
    found = _faults(flat, library.parameters)
    yield from found
    if not errors(found) and text not in seen:
        seen.add(text)
        yield from check_compiled(flat)


_SOUND: set[tuple[object, ...]] = set()
"""Texts in which nothing was wrong, with what the packs offer of that which they name: most texts
are those of the whole nation, and another county that words nothing of its own has no other faults.
"""
_MANY = 2000
_WHOLE = regex(r"地方(?![.\w])")
"""Where more is asked of a pack than a value by its name."""


def _faults(flat: FlatTemplate, parameters: Parameters) -> Problems:
    """List what is wrong in the elements and the tags of a template; what was sound once is not
    walked through again.
    """
    named = tuple(one for one in parameters if one[0] in flat.source)
    offered = parameters if _WHOLE.search(flat.source) else named
    text = (flat.source, flat.front.layout, flat.front.unit, offered)
    if text in _SOUND:
        return ()
    found = text_faults(flat, _schema(parameters))
    if not found:
        if len(_SOUND) >= _MANY:
            _SOUND.clear()
        _SOUND.add(text)
    return found


@lru_cache(maxsize=8)
def _schema(parameters: Parameters) -> Variable:
    return context_schema(parameters)


def _procedure_of(chain: Chain) -> Procedure | None:
    """Read the procedure of a chain, if it has one that can be read."""
    try:
        return read_procedure(chain)[0] if _has_procedure(chain) else None
    except UserError:
        return None


def _has_procedure(chain: Chain) -> bool:
    return any((folder.path / PROCEDURE_FILE).is_file() for folder in chain.folders)


def _coded(library: Library, procedure: Procedure | None) -> Iterator[Problem]:
    """Check that no paper of a fine and no public notice shall bear a code."""
    cards, _ = library.cards()
    for name in library.coded:
        card = cards.get(name)
        if card and (procedure.uncoded(card) if procedure else card.uncoded):
            place = said_at(library.chain, "参数", CODED)
            yield problem("REND233", place, title=card.title)


def _stray_files(folder: PackFolder) -> Iterator[Problem]:
    """Find files that nothing reads; of links that lead out of the pack others tell."""
    for name, kinds in _KNOWN_FILES.items():
        for path in sorted((folder.path / name).glob("*")):
            shown = Place(folder.shown(path))
            if not inside(path, folder.path):
                continue
            if name and path.suffix != ".docx" == path.suffix.lower():
                continue  # a Word file that is called otherwise is told with its document
            if name and path.suffix not in kinds:
                yield problem("PACK022", shown, kinds="、".join(kinds))
            elif not name and path.suffix in _READ_SUFFIXES and path.name not in kinds:
                yield problem("PACK023", shown)
