"""``kcbx watch``: whenever a file is saved, check it again and refresh its drafts."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kcbx_docs import clock
from kcbx_docs.case.files import WORKSPACE_FILE, find_workspace, kind_of
from kcbx_docs.case.paths import is_there
from kcbx_docs.cli import options, show, terminal
from kcbx_docs.cli.check import of_batch, of_letter
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import STOPPED
from kcbx_docs.cli.render import in_formats
from kcbx_docs.cli.saving import Saves
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.check import check_files
from kcbx_docs.office.opened import TEMPLATES, files_of_office
from kcbx_docs.problems import Place, Problem, UserError, errors, problem, stop
from kcbx_docs.reading import read_yaml

if TYPE_CHECKING:
    from kcbx_docs.filing.folder import Written

_PAUSE = 0.4
"""Seconds from look to look; a file is whole when two looks see the same."""
_PRINTED_HERE = ("案件", "公文", "工作")
"""Whose drafts are refreshed; a batch prints a whole school."""


@click.command(
    cls=Command,
    examples=(
        "kcbx watch cases/到责令.yaml",
        "kcbx watch 2026-001 kcbx.yaml --format docx",
        "kcbx watch cases/开学告知.yaml --only-check",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="文件…", type=options.CASE_FILE)
@click.option(
    "--as-of", "day", type=options.Day(), metavar="日期", help="按哪一天；不写就是每次的当天。"
)
@in_formats("草稿刷新成哪些格式；不写就是全部格式。")
@click.option("--only-check", is_flag=True, help="只检查，不刷新草稿。")
@click.pass_context
def watch(
    ctx: click.Context,
    paths: tuple[Path, ...],
    day: date | None,
    formats: tuple[str, ...],
    only_check: bool,
) -> None:
    """看着文件：一保存就检查，并刷新草稿，按 Ctrl-C 停下。

    可以看案件、批次、公文、工作、kcbx.yaml 和工作目录里模板包的文件；案件用到的 kcbx.yaml、
    模板、日历、名册改了，也重新检查。改好的错误不再列出，没有改动就不出声。

    没有错误的案件、公文、工作刷新「草稿」里的文书，正式文书不动；草稿有人改过的，不刷新，
    先说一声。批次只检查，不印。
    """
    for path in paths:
        if path.is_dir():
            raise stop("CLI067", Place(str(path)), path=path)
        if not is_there(path):  # mistyped, rather than to be made later
            raise stop("READ001", Place(str(path)), file=path)
    round_ = Round(paths, day, () if only_check else formats)
    saves = Saves(round_.files)
    try:
        while True:
            if changed := saves.look():
                round_.report(changed)
            pause()
    except KeyboardInterrupt:
        show.tell("已停下。")
        ctx.exit(STOPPED)


def pause() -> None:
    """Let some time pass between two looks."""
    time.sleep(_PAUSE)


@dataclass
class Round:
    """What is done whenever something was saved."""

    paths: Sequence[Path]
    day: date | None
    formats: Sequence[str]
    """None: nothing is made."""
    rosters: list[Path] = field(default_factory=list)

    def files(self) -> Iterator[Path]:
        """List what the findings rest on: the files, their offices, the rosters of batches."""
        yield from self.paths
        yield from self.rosters
        for root in dict.fromkeys(find_workspace(path.parent) for path in self.paths):
            for path in files_of_office(root) if root else ():
                if not (path.is_dir() or path.name.startswith("~") or path.name.endswith("~")):
                    yield path  # an editor's own files come and go beside

    def report(self, changed: Sequence[Path]) -> None:
        """Tell what is wrong now, and refresh the drafts of what is right."""
        terminal.clear()
        show.source_lines.cache_clear()
        day = self.day or clock.today()
        show.result(f"{clock.time_of_day()}　看了 {_named(self.paths)}")
        found = [*self._checked(day)]
        self._find_rosters()
        show.print_problems(found, err=False)
        bad = {one.place.file for one in errors(found)}
        if not bad:
            show.result("没有错误。")
        for path in self._to_make(changed):
            if bad:
                show.result(f"{show.short(path)}：改好错误以前，草稿不刷新。")
            else:
                self._refresh(path, day, found)
        show.tell("保存就再看一遍；按 Ctrl-C 停下。")

    def _checked(self, day: date) -> Iterator[Problem]:
        templates = [path for path in self.paths if _pack_root(path)]
        rest = [path for path in self.paths if path not in templates]
        yield from check_files(rest, day, of_letter, of_batch)
        for root in dict.fromkeys(filter(None, map(_pack_root, templates))):
            yield from _lint(root, [path for path in templates if _pack_root(path) == root], day)

    def _find_rosters(self) -> None:
        """Look at the rosters of batches from now on."""
        self.rosters = [*_rosters(self.paths)]

    def _to_make(self, changed: Sequence[Path]) -> Iterator[Path]:
        """Yield whose drafts rest on what has changed."""
        others = set(changed) - set(self.paths) or {
            path for path in changed if path.name == WORKSPACE_FILE or _pack_root(path)
        }
        for path in self.paths if self.formats else ():
            made_here = kind_of(read_yaml(path)[0]) in _PRINTED_HERE if path.is_file() else False
            if made_here and (path in changed or others):
                yield path

    def _refresh(self, path: Path, day: date, told: Sequence[Problem]) -> None:
        from kcbx_docs.filing.render import render_file
        from kcbx_docs.papers.files import Wanted

        if edited := _edited(path):
            facts = {"files": "、".join(edited), "path": show.short(path)}
            show.print_problems([problem("CLI068", Place(str(path)), **facts)], err=False)
            return
        wanted = Wanted(day, formats=tuple(self.formats), draft=True, today=clock.today())
        try:
            written = render_file(path, wanted)
        except UserError as error:
            show.print_problems([one for one in error.problems if one not in told], err=False)
            show.result(f"{show.short(path)}：草稿没有刷新。")
            return
        show.print_problems([one for one in written.problems if one not in told], err=False)
        show.result(_sum(written))


def _named(paths: Sequence[Path]) -> str:
    return "、".join(str(show.short(path)) for path in paths)


def _pack_root(path: Path) -> Path | None:
    """Return the workspace in whose packs a file is."""
    if path.name == WORKSPACE_FILE or not (root := find_workspace(path.parent)):
        return None
    return root if path.resolve().is_relative_to((root / TEMPLATES).resolve()) else None


def _lint(root: Path, paths: Sequence[Path], day: date) -> Iterator[Problem]:
    """Check the documents that are watched, as the office's packs make them; of other files of
    packs everything is checked, since everything may rest on them.
    """
    from kcbx_docs.case.files import load_workspace
    from kcbx_docs.keeping.lint import lint, lint_document
    from kcbx_docs.packs.library import open_library

    loaded, found = load_workspace(root)
    if loaded is None:
        yield from found
        return
    try:
        library, more = open_library(loaded.workspace.region, root)
        yield from more
        if any(path.parent.name != "documents" for path in paths):
            yield from lint(library, day)
            return
        for name in dict.fromkeys(path.stem for path in paths):
            yield from lint_document(library.document(name), library, day, set())
    except UserError as error:
        yield from error.problems


def _rosters(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the rosters that batches name, as far as the batches can be read."""
    for path in paths:
        source = read_yaml(path)[0] if path.is_file() else None
        if source and kind_of(source) == "批次" and isinstance(roster := source.data, dict):
            name = (roster.get("名册") or {}) if isinstance(roster.get("名册"), dict) else {}
            if isinstance(file := name.get("文件"), str) and "\0" not in file:
                yield path.parent / file


def _edited(path: Path) -> tuple[str, ...]:
    """List the drafts of a file that a person has changed since they were made."""
    from kcbx_docs.filing.folder import DRAFTS
    from kcbx_docs.filing.manifest import changed_since
    from kcbx_docs.office.files import number_in

    root, known = find_workspace(path.parent), number_in(path)
    if root is None or known is None:
        return ()
    return changed_since(root / OUTPUT / known.number / DRAFTS)


def _sum(written: "Written") -> str:
    files = [file for file in written.files if file.suffix != ".json"]
    same = len([file for file in files if file in written.unchanged])
    new = f"{len(files) - same} 份变了" if same < len(files) else "都没有变"
    return f"草稿 {show.short(written.folder)}/：{len(files)} 份，{new}。"
