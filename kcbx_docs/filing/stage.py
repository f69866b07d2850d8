"""Classes that are printed wait in a hidden folder until all are: a run that is cut off goes on
from there. What is told of each is written last, so that a class is there whole or not at all.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kcbx_docs.batch.preflight import HeldBack
from kcbx_docs.batch.task import ClassPrint, ClassTask
from kcbx_docs.locking import LOCK
from kcbx_docs.moves import hash_of, make_folder
from kcbx_docs.papers.files import File
from kcbx_docs.problems import Place, Problem, stop
from kcbx_docs.render.fonts import FontUsed
from kcbx_docs.writing import reason_of, write_whole

FOLDER = ".接印"


class Stage:
    """The waiting classes of one batch; ``folder`` is where its papers will lie."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.out = root, folder
        self.folder = folder / FOLDER
        self.used: set[str] = set()
        self.fresh: list[Path] = []
        """What this run put here, of which nothing stood here before."""

    def open(self) -> None:
        """Make the folder, for its owner only."""
        make_folder(self.root, self.folder)

    @property
    def waiting(self) -> int:
        """Count the classes that a run left here which was cut off."""
        return len(list(self.folder.glob("*.0")))

    def known(self, key: str, task: ClassTask) -> ClassPrint | None:
        """Return a class that is there whole: here, or among the papers of the last run."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads((self.folder / f"{key}.json").read_bytes())
            done = _read(told, task, tuple(self._files(key, told["files"])))
            self.used.add(key)
            return done
        return None

    def _files(self, key: str, told: list[Mapping[str, Any]]) -> Iterator[File]:
        for number, one in enumerate(told):
            places = (self.folder / f"{key}.{number}", self.out / one["name"])
            whole = [place for place in places if hash_of(place) == one["sha256"]]
            if not whole:
                raise ValueError("not whole")
            fonts = tuple(FontUsed(**font) for font in one["fonts"])
            yield File(one["name"], b"", one["about"], fonts, whole[0])

    def keep(self, key: str, done: ClassPrint) -> ClassPrint:
        """Keep a class; its files are not in memory any more."""
        try:
            return self._keep(key, done)
        except OSError as error:
            raise stop("PAPR007", Place(), path=self.out, reason=reason_of(error)) from error

    def _keep(self, key: str, done: ClassPrint) -> ClassPrint:
        files: list[File] = []
        for number, file in enumerate(done.files):
            place = self._put(f"{key}.{number}", file.data)
            files.append(replace(file, data=b"", staged=place))
        text = json.dumps(_written(done), ensure_ascii=False)
        self._put(f"{key}.json", text.encode())
        self.used.add(key)
        return replace(done, files=tuple(files))

    def _put(self, name: str, data: bytes) -> Path:
        place = self.folder / name
        self.fresh += [] if place.exists() else [place]
        write_whole(place, data)
        return place

    def clear(self) -> None:
        """Remove what was put away, and what no class of this run is."""
        for path in self.folder.iterdir():
            if path.suffix != ".json" or path.stem not in self.used:
                with suppress(OSError):
                    path.unlink()

    def take_back(self) -> None:
        """Remove what this run put here, and its folders where nothing else lies in them."""
        for path in (*self.fresh, self.folder / LOCK):
            with suppress(OSError):
                path.unlink()
        for folder in (self.folder, self.out):
            with suppress(OSError):
                folder.rmdir()

    def remove(self) -> None:
        """Remove everything: none of it is wanted."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _written(done: ClassPrint) -> dict[str, Any]:
    held = [[one.pupil.serial, list(map(Problem.as_dict, one.faults))] for one in done.held]
    return {
        "files": list(map(_file, done.files)),
        "counts": [done.pages, done.sides, done.sheets],
        "serials": done.serials,
        "contents": done.contents,
        "held": held,
        "problems": [one.as_dict() for one in done.problems],
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "about": file.about,
        "fonts": list(map(asdict, file.fonts)),
    }


def _read(told: Mapping[str, Any], task: ClassTask, files: tuple[File, ...]) -> ClassPrint:
    pupils = {one.pupil.serial: one.pupil for one in task.pupils}
    held = [HeldBack(pupils[place], tuple(map(_problem, faults))) for place, faults in told["held"]]
    pages, sides, sheets = told["counts"]
    return ClassPrint(
        task.head,
        task.name,
        files,
        pages,
        sides,
        sheets,
        tuple(told["serials"]),
        tuple(held),
        tuple(map(_problem, told["problems"])),
        told["contents"],
    )


def _problem(told: Mapping[str, Any]) -> Problem:
    rest = {**told, "place": Place(**told["place"]), "missing": tuple(told["missing"])}
    return Problem(**rest)
