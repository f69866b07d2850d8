"""The file of a case that is asked for by its number, its name or a person's."""

from collections.abc import Sequence
from pathlib import Path

from kcbx_docs.cli import where
from kcbx_docs.cli.show import short
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.lookup import Meant, cases_called, cases_like, names_of, numbers_of
from kcbx_docs.office.misnamed import refuse_misnamed, refuse_missing
from kcbx_docs.problems import Place, UserError, problem
from kcbx_docs.words import command_line, did_you_mean

_LISTED = 9
"""Cases that are listed where a word is a part of many numbers or names."""


def file_called(word: str, words: Sequence[str]) -> Path | None:
    """Return the file that a word means in the workspace of this folder, if there is a workspace;
    raise where no file is meant, or several: with ``words`` as they were typed, for each the
    command that chooses it.
    """
    root = where.root()
    if root is None:
        return None
    found = cases_called(word, root)
    if len(found) == 1:
        return short(found[0].path)
    if not found:
        if near := cases_like(word, root):
            commands = _commands(near[:_LISTED], word, words)
            raise UserError(
                [problem("NEXT007", Place(), word=word, count=len(near), commands=commands)]
            )
        refuse_misnamed(word, root)
        advice = did_you_mean(word, (*numbers_of(root), *names_of(root)))
        raise UserError([problem("NEXT002", Place(), word=word, advice=advice)])
    commands = _commands(found, word, words)
    raise UserError([problem("NEXT001", Place(), word=word, count=len(found), commands=commands)])


def only_papers(folder: Path) -> bool:
    """Tell whether a folder is one of papers: below output, without a file of ours."""
    root = where.root()
    return root is not None and (root / OUTPUT).resolve() in folder.resolve().parents


def file_missing(path: Path) -> Path:
    """Return the path of a file that is not there; raise where it only has another ending."""
    refuse_missing(path)
    return path


def in_place_of(word: str, path: str, words: Sequence[str]) -> tuple[str, ...]:
    """Write a path for the word that called its file; what an option was given is no file."""
    places = [place for place, one in enumerate(words) if one == word]
    own = [place for place in places if place and not words[place - 1].startswith("-")]
    return tuple(path if place in (own or places) else one for place, one in enumerate(words))


_KINDS = ("案件", "批次", "工作", "线索", "公文")
"""First keys of files; a command that names none of them takes every file."""


def files_to_choose(words: Sequence[str], wanted: str) -> str:
    """List the files of this workspace that were changed last, each with its command; those of
    the kinds that ``wanted`` names.
    """
    root = where.root()
    if root is None:
        return "这里也不是工作目录：先用 cd 进到放 kcbx.yaml 的文件夹。"
    every = files_below([root / CASES], workspace=False)
    kinds = tuple(kind for kind in _KINDS if kind in wanted)
    files = [path for path in every if not kinds or _is_a(path, kinds)]
    files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    if not files:
        return f"还没有：先用 kcbx new {(kinds or _KINDS)[0]} 新建。"
    shown = [short(path) for path in files[:_LISTED]]
    listed = "".join(f"\n  {command_line([*words, str(path)])}" for path in shown)
    more = f"\n  ……共 {len(files)} 个" if len(files) > _LISTED else ""
    return f"例如（最近改过的在前）：{listed}{more}"


def _is_a(path: Path, kinds: tuple[str, ...]) -> bool:
    text = decode(path.read_bytes()) or ""
    return any(line.startswith(kinds) for line in text.splitlines() if line[:1] not in "# ")


def _commands(found: Sequence[Meant], word: str, words: Sequence[str]) -> str:
    return "".join(f"\n  {_command(one, word, words)}" for one in found)


def _command(found: Meant, word: str, words: Sequence[str]) -> str:
    path = str(short(found.path))
    typed = command_line(in_place_of(word, path, words))
    return f"{typed}　　（{'　'.join(filter(None, (found.number, found.pupil)))}）"
