"""``kcbx render``: papers from cases, batches and letters."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.batch.asked import BatchAsked, Watching
from kcbx_docs.batch.working import CutOffError
from kcbx_docs.case.files import is_batch
from kcbx_docs.cli import completing, options, show
from kcbx_docs.cli.batch_options import asked_of, batch_options, measured
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import STOPPED
from kcbx_docs.filing.folder import Written
from kcbx_docs.filing.render import render_file
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import doubled, files_below
from kcbx_docs.office.handed_out import MANIFEST
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.formats import FORMATS
from kcbx_docs.papers.press import silent
from kcbx_docs.problems import Problem, UserError, as_warning, errors
from kcbx_docs.words import command_line


class Formats(click.ParamType):  # type: ignore[type-arg]
    """A list of file formats written docx,pdf."""

    name = "格式"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Read the formats; each once."""
        if isinstance(value, tuple):
            return value
        words = [word.strip().lower() for word in re.split(r"[,，、]", value)]
        for word in words:
            if word not in FORMATS:
                known = f"{'、'.join(FORMATS)} 或 {','.join(FORMATS)}"
                self.fail(f"不认识格式「{word}」，可以写 {known}。", param, ctx)
        return tuple(dict.fromkeys(words))


def in_formats(text: str) -> Callable[[options.F], options.F]:
    """Take the formats of the files that are made; all of them unless said."""
    return click.option(
        "--format",
        "formats",
        type=Formats(),
        default=tuple(FORMATS),
        metavar="格式",
        help=text,
    )


@click.command(
    cls=Command,
    examples=(
        "kcbx render cases/到责令.yaml",
        "kcbx render cases/到责令.yaml --doc order-to-correct --format docx --as-of 2026-10-08",
        "kcbx render cases/阶梯示例/cases/申请强制执行.yaml --public",
        "kcbx render cases/通知.yaml --as-of 2026-08-18 --out 文书",
    ),
)
@options.files()
@click.option(
    "--doc",
    "documents",
    multiple=True,
    metavar="文书",
    shell_complete=completing.titles,
    help="只生成这种文书，写编号或中文标题；可以写几次。",
)
@click.option(
    "--guardian",
    default="",
    metavar="姓名",
    shell_complete=completing.guardians,
    help="只生成这一名监护人的；不写就是全部监护人的。",
)
@in_formats(f"{'、'.join(FORMATS)} 或 {','.join(FORMATS)}；不写就是全部格式。")
@options.as_of("成文日期；不写就是今天。")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="写到哪里；不写就是工作目录的 output。",
)
@click.option("--draft", is_flag=True, help="每页标明草稿，写进文件夹里的「草稿」，不动正式文书。")
@click.option(
    "--public",
    is_flag=True,
    help="只生成可以公开的，不写认得出孩子的内容，存进「公开」；不能公开的说明理由。",
)
@click.option(
    "--reason",
    default="",
    metavar=options.REASON,
    help="「须说明理由」的文书由执法人员或负责人说明理由，记入清单。",
)
@batch_options
@options.by
@options.as_json
@click.pass_context
def render(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """生成文书。

    不写 --doc 的，生成经过里已有的文书和下一步的文书；处罚决定、不予处罚、起诉等由人
    决定的，经过里有了或者用 --doc 点名才生成，kcbx next 说明怎样点名。

    按文件的第一个键分辨案件、批次、公文和工作。一个文件的文书要么全部生成，要么一份也不写；
    有错误的列出全部错误，不影响其他文件。经过里有违法、矛盾的，能做的照样生成，返回 1。

    写了 --doc、--guardian、--format 或 --draft 的，只换这次生成的，别的文书不动。
    人改过的文书不覆盖，另存到「人工修改」；不再生成的移到「旧文书」，都会说明。

    批次每班一个打印文件，有问题的学生暂缓，其余照印；编号由台账给，跟着学生，名册
    插进一行也不变。中途停下的，加 --resume 接着印。
    """
    asked = asked_of(given)
    files = files_below(paths, workspace=False)
    with _watching(files, as_json) as watching:
        told = _render_all(files, _wanted(**given), out, watching, asked, named=paths)
    problems = told.problems
    if as_json:
        papers = [_data(path, written) for path, written in told.done]
        found = show.as_data(problems)
        show.print_json({"ok": not told.wrong, "papers": papers, "problems": found})
    else:
        _present(told.done)
        show.print_problems(problems, err=True)
        if told.failed:
            _say_again(_again(ctx.obj, paths, told), problems)
    if told.stopped:
        _say_stopped(ctx.obj, told.stopped)
        ctx.exit(STOPPED)
    ctx.exit(int(told.wrong))


_NOT_ITS_PAPERS = {"PAPR042", "PAPR048", "WORK051", "PUBL001", "PUBL003"}
"""A letter, a batch or work that is asked for what only cases have."""


@dataclass
class _Told:
    """What became of all files."""

    done: list[tuple[Path, Written]] = field(default_factory=list)
    failed: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cut_off: bool = False
    """Whether whoever printed is gone, so that what is printed waits."""
    stopped: Path | None = None
    """The file at which the user stopped it."""

    @property
    def wrong(self) -> bool:
        """Tell whether anything has to be mended, although papers may have been made."""
        return bool(self.failed or errors(self.problems))


@contextmanager
def _watching(files: Sequence[Path], quiet: bool) -> Iterator[Watching]:
    """Show how far one is: a bar where a single batch is printed, else paper after paper."""
    if len(files) == 1 and is_batch(files[0]):
        with measured(quiet=quiet) as meter:
            yield Watching(silent, meter)
        return
    with options.spinning(quiet=quiet) as progress:
        yield Watching(progress)


def _render_all(
    files: Sequence[Path],
    wanted: Wanted,
    out: Path | None,
    watching: Watching,
    asked: BatchAsked,
    named: Sequence[Path],
) -> _Told:
    """Make the papers of one file after another; a faulty one stops no other, and one that lies
    in a folder and never yields what is asked for is passed over.
    """
    told, twice = _Told(), doubled(files)
    for path in files:
        try:
            written = render_file(path, wanted, out or _output(path), watching, twice, asked)
            told.done.append((path, written))
            told.problems += written.problems
        except UserError as error:
            if not errors(error.problems):  # there was nothing to do
                told.problems += error.problems
                continue
            if path not in named and {one.code for one in error.problems} <= _NOT_ITS_PAPERS:
                told.problems += map(as_warning, error.problems)
                continue
            told.failed.append(path)
            told.problems += error.problems
            told.cut_off |= isinstance(error, CutOffError)
        except KeyboardInterrupt:
            told.stopped = path
            break
    return told


def _say_stopped(words: Sequence[str], path: Path) -> None:
    """Say how to go on with what the user stopped."""
    if not is_batch(path):
        show.tell("已停下：这个文件的文书一份也没有换。")
        return
    again = command_line(_resuming(words))
    show.tell(f"已停下：印好的班留着，还没有放进文件夹。接着印：{again}")


def _say_again(words: list[str], problems: Sequence[Problem]) -> None:
    """Print the command that works: whoever wants papers once more must say so, and why."""
    if not {"BTCH027", "BTCH028"} & {one.code for one in problems if one.is_error}:
        show.say_again(words)
        return
    words += [] if "--again" in words else ["--again"]
    words += [] if "--reason" in words else ["--reason", "回执丢失"]
    show.tell(f"要重发的（理由照实写）：{command_line(words)}")


def _resuming(words: Sequence[str]) -> list[str]:
    return [*words, *(() if "--resume" in words else ("--resume",))]


def _data(path: Path, written: Written) -> dict[str, object]:
    names = [file.name for file in written.files]
    same = [file.name for file in written.files if file in written.unchanged]
    return {"source": path, "folder": written.folder, "files": names, "unchanged": same}


def _wanted(
    documents: tuple[str, ...],
    guardian: str,
    formats: tuple[str, ...],
    day: date,
    draft: bool,
    reason: str,
    public: bool,
) -> Wanted:
    words, name = _words(documents), guardian.strip()
    return Wanted(day, words, formats, draft, clock.today(), reason, name, public)


def _words(documents: Sequence[str]) -> tuple[str, ...]:
    """Read the documents that are asked for: several options, and several words in one;
    the pause mark may stand in a title, so whoever knows the titles divides at it.
    """
    words = re.split(r"[,，]", ",".join(documents))
    return tuple(word.strip() for word in words if word.strip())


def _output(path: Path) -> Path:
    """Return the output folder of the office of a file, written in short."""
    return show.short(open_office(path).output)


def _present(done: Sequence[tuple[Path, Written]]) -> None:
    for path, written in done:
        forms: dict[str, list[str]] = {}
        for file in written.files:
            if file.name != MANIFEST:
                name = str(file.relative_to(written.folder).with_suffix(""))
                forms.setdefault(name, []).append(file.suffix[1:])
        show.result(f"{path} → {show.short(written.folder)}/")
        rows = [(f"  {name}", " ".join(kinds)) for name, kinds in forms.items()]
        show.table(("文书", "格式"), rows)
    if done:
        show.result(_sum(done))


def _sum(done: Sequence[tuple[Path, Written]]) -> str:
    """Say how many files were made, and how many stand as they were."""
    count = sum(len(written.files) - 1 for _, written in done)
    there = chain.from_iterable(written.unchanged for _, written in done)
    same = sum(file.name != MANIFEST for file in there)
    if same and same == count:
        return f"共 {len(done)} 个文件，{count} 份文书文件都没有变，照原样留着。"
    kept = f"，另外 {same} 份没有变，照原样留着" if same else ""
    return f"共 {len(done)} 个文件，生成 {count - same} 份文书文件{kept}。"


def _again(words: Sequence[str], paths: Sequence[Path], told: _Told) -> list[str]:
    """Write the command again with the files that failed instead of all."""
    given = {str(path) for path in paths}
    kept = [word for word in words if word not in given]
    again = [kept[0], *map(str, told.failed), *kept[1:]]
    return _resuming(again) if told.cut_off else again
