"""Write what a Word file changes in a pack: all its files or none, the ones before them kept."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path

from kcbx_docs.act import Put, together
from kcbx_docs.filing.newcomer import OLD, free_name
from kcbx_docs.keeping.fromword import PACK_FILE, FromWord, WordTaker, first_pack
from kcbx_docs.light import dataclass
from kcbx_docs.office.known_people import known_people
from kcbx_docs.office.packs_here import TEMPLATES, PacksHere
from kcbx_docs.packs.chain import LOCAL, PackFolder
from kcbx_docs.problems import Place, Problem, problem, raise_errors, stop
from kcbx_docs.writing import PUBLIC


@dataclass(frozen=True)
class TakenOver:
    """What was written, and where the files lie that were there before."""

    written: tuple[Path, ...]
    kept: Path | None = None


@dataclass(frozen=True)
class WordShelf:
    """A pack of a workspace that Word files are taken into."""

    root: Path
    taker: WordTaker

    @property
    def home(self) -> PackFolder:
        """Return the pack that is written; that of an office need not be there yet."""
        return self.taker.home

    def look(self, document: str, path: Path, *, looks: bool, own: Sequence[str] = ()) -> FromWord:
        """Tell what a Word file would change; ``own`` are periods of the office's own in it."""
        return self.taker.look(document, path, looks=looks, own=own)

    def seen(self, document: str) -> str:
        """Tell the files of a document as they are now from every other state of them."""
        return self._state(document, {})

    def then(self, found: FromWord) -> str:
        """Tell how they will be once they are written."""
        return self._state(found.document, self._files(found))

    def _state(self, document: str, changed: Mapping[str, bytes]) -> str:
        whole = hashlib.sha256()
        for name in (PACK_FILE, *_names(document)):
            path = self._path(name)
            data = changed.get(name) or (path.read_bytes() if path.is_file() else b"")
            whole.update(hashlib.sha256(data).digest())
        return whole.hexdigest()

    def targets(self, found: FromWord) -> tuple[Path, ...]:
        """List the files that would be written."""
        return tuple(self._path(name) for name in self._files(found))

    def take(self, found: FromWord) -> TakenOver:
        """Write all files; raise where something speaks against it, or one was changed since it was
        looked at.
        """
        raise_errors((*found.problems, *_by_hand(found)))
        kept = self.root / OLD / f"{self.home.id.replace('/', '-')}-{self.taker.day}"
        before = {name: data for name, data in found.before.items() if name in found.files}
        kept = free_name(kept)
        steps = [Put(kept / name, data, mode=PUBLIC) for name, data in before.items()]
        for name, data in self._files(found).items():
            steps.append(Put(self._path(name), data, before.get(name), PUBLIC))
        together(self.root, steps)
        return TakenOver(self.targets(found), kept if before else None)

    def _path(self, name: str) -> Path:
        return self.home.path / name

    def _files(self, found: FromWord) -> Mapping[str, bytes]:
        """Return the files to be written; an office that had no pack gets one."""
        if not found.files or self._path(PACK_FILE).is_file():
            return found.files
        return {PACK_FILE: first_pack(self.home).encode(), **found.files}


def _names(document: str) -> Iterator[str]:
    return (f"documents/{document}{ending}" for ending in (".html", ".docx"))


def _by_hand(found: FromWord) -> Iterator[Problem]:
    for one in found.by_hand:
        yield problem("PACK127", one.place, where=one.where, why=one.why)


def word_shelf(here: PacksHere, word: str, day: date) -> WordShelf:
    """Open a pack of a workspace to be written; raise where it came with the program."""
    own = here.workspace()
    if own is None or here.root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    library = here.library(word)[0]
    last, templates = library.chain.folders[-1], here.root / TEMPLATES
    if word == LOCAL and last.id != LOCAL:
        pack = last.pack.model_copy(
            update={"name": own.workspace.office.name, "version": f"{day:%Y.%m}"}
        )
        last = PackFolder(LOCAL, templates, pack, last.source)
    if not last.path.resolve().is_relative_to(templates.resolve()):
        raise stop("PACK126", Place(), name=last.pack.name)
    known = cache(partial(known_people, here.root, day))
    return WordShelf(here.root, WordTaker(library, last, day, known))
