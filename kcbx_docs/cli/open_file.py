"""``kcbx open``: the file of a case, or its papers, in what the person opens such files with."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

import click

from kcbx_docs.case.files import WORKSPACE_FILE, find_workspace
from kcbx_docs.cli import opener, options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import number_in
from kcbx_docs.problems import Place, UserError, problem, stop
from kcbx_docs.words import command_line, did_you_mean

_TEXTS = (".yaml", ".yml", ".csv")
_HARMLESS = (*_TEXTS, ".docx", ".pdf", ".xlsx", "")
"""What runs nothing when it is opened; a folder has no ending."""
_FORMATS = ("pdf", "docx")
"""To look at first, then to write in."""


@click.command(
    "open",
    cls=Command,
    examples=(
        "kcbx open 2026-001",
        "kcbx open 2026-001 --papers",
        "kcbx open 普云飞 --doc 学校书面报告 --format docx",
    ),
)
@click.argument("path", metavar="案件", type=options.CASE_FILE)
@click.option("--papers", is_flag=True, help="打开放它的文书的文件夹。")
@options.one_document("打开这一份文书：标题、编号或文件名。")
@click.option(
    "--format",
    "suffix",
    type=click.Choice(_FORMATS),
    metavar="|".join(_FORMATS),
    help="打开文书的哪一种文件；不写就先看 pdf。",
)
@click.option("--draft", is_flag=True, help="看草稿，不看正式文书。")
@click.option("--path", "only_path", is_flag=True, help="只打印在哪里，不打开。")
@click.pass_context
def open_file(
    ctx: click.Context,
    path: Path,
    papers: bool,
    document: str,
    suffix: str | None,
    draft: bool,
    only_path: bool,
) -> None:
    """打开案件文件，或者它的文书。案件写编号、姓名或文件名。

    案件文件用环境变量 VISUAL、EDITOR 里的编辑器打开，没有设的用系统默认的程序；
    文书、文件夹用系统默认的程序。本机没有能打开的，就打印它在哪里。
    """
    target = path
    if papers or document or draft or suffix:
        folder = folder_of(path, draft=draft)
        wanted = PaperAsked(document, suffix, ctx.obj or ())
        target = paper_in(folder, wanted) if document else folder
    target = _inside(target, path)
    show.result(str(show.short(target)))
    if only_path:
        return
    program = opener.opened_with(target, text=target.suffix.lower() in _TEXTS)
    show.tell(f"已用 {program} 打开。" if program else "本机没有能打开它的程序，上面是它在哪里。")


def folder_of(path: Path, *, draft: bool) -> Path:
    """Return the folder with the papers of a case, batch or letter; raise if none were made."""
    from kcbx_docs.filing.folder import DRAFTS
    from kcbx_docs.locking import OUTPUT

    known, root = number_in(path), _root_of(path)
    output = root / OUTPUT
    folder = output / known.number if known else output
    ours = output.resolve() in (folder.resolve(), folder.resolve().parent)
    folder = folder / DRAFTS if draft else folder
    if not (ours and folder.is_dir()):
        raise stop("CLI063", Place(str(path)), path=path, more=" --draft" if draft else "")
    return folder


@dataclass(frozen=True)
class PaperAsked:
    """Which paper is asked for, in which format, and the words that were typed."""

    document: str
    suffix: str | None
    words: Sequence[str]

    def command_for(self, name: str) -> str:
        """Write the command again with the name of one paper."""
        return command_line([name if word == self.document else word for word in self.words])


def paper_in(folder: Path, asked: PaperAsked) -> Path:
    """Find the one paper of a folder that is meant; where several are, tell how to choose."""
    from kcbx_docs.filing.manifest import NONE, read_manifest

    listed = (read_manifest(folder) or NONE).files
    titles = {PurePath(one.name).stem: one.entry for one in listed.values()}
    found = list(_meant(asked.document, titles))
    if not found:
        known = [str(entry.get("title", stem)) for stem, entry in titles.items()]
        advice = did_you_mean(asked.document, list(dict.fromkeys(known)))
        raise stop("CLI064", Place(str(folder)), word=asked.document, advice=advice)
    if len(found) > 1:
        commands = "".join(f"\n  {asked.command_for(one)}" for one in found)
        facts = {"word": asked.document, "count": len(found), "commands": commands}
        raise UserError([problem("CLI065", Place(str(folder)), **facts)])
    wanted = (asked.suffix,) if asked.suffix else _FORMATS
    paths = [folder / f"{found[0]}.{suffix}" for suffix in wanted]
    there = next((one for one in paths if one.is_file()), None)
    if there is None:
        name = "、".join(path.name for path in paths)
        raise stop("CLI064", Place(str(folder)), word=name, advice="")
    return there


def _meant(word: str, titles: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Yield the files that a word means: one called so, else those of a document, else alike."""
    bare = word.removesuffix(".pdf").removesuffix(".docx")
    ways = (
        [bare] if bare in titles else [],
        [stem for stem, one in titles.items() if word in (one.get("title"), one.get("document"))],
        [stem for stem in titles if word in stem],
    )
    yield from next(filter(None, ways), ())


def _root_of(path: Path) -> Path:
    root = find_workspace(path.absolute().parent)
    if root is None:
        raise stop("PAPR009", Place(str(path)), file=WORKSPACE_FILE)
    return root


def _inside(target: Path, path: Path) -> Path:
    """Return the real place of what is to be opened; nothing outside the workspace is."""
    root = _root_of(path).resolve()
    if not target.exists():
        raise stop("READ001", Place(str(target)), file=target)
    real = target.resolve()
    if not real.is_relative_to(root):
        raise stop("CLI062", Place(str(target)), path=real, root=root)
    suffix = "" if real.is_dir() else real.suffix.lower() or "?"
    if suffix not in _HARMLESS or not (real.is_dir() or real.is_file()):
        raise stop("CLI066", Place(str(target)), path=target)
    return real
