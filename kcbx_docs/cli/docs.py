"""``kcbx docs``: the pages of the manual, which come with the program."""

from pathlib import Path

import click

from kcbx_docs.cli import show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.light import regex

_PACKAGE = Path(__file__).parents[1]
_LINK = regex(r"\]\(([^()/]+)\.md\)")


@click.command(cls=Command, examples=("kcbx docs", "kcbx docs 第一周", "kcbx docs docs/台账.md"))
@click.argument("page", default="", metavar="[页]")
@click.option("--path", "only_path", is_flag=True, help="只打印这一页的文件在哪里。")
def docs(page: str, only_path: bool) -> None:
    """阅读说明：不写页名就列出各页；写成 docs/台账.md 也认。

    长的页可以接在 more、less 后面看：kcbx docs 案件文件 | less
    """
    if not page:
        show.table(("页", "内容"), ((name, _heading(path)) for name, path in pages().items()))
        return
    path = _page(page)
    show.result(str(path) if only_path else path.read_text("utf-8").rstrip())


def pages() -> dict[str, Path]:
    """Return every page by its name, from the wheel or from the repository, in the order of their
    contents, docs/README.md.
    """
    inside = _PACKAGE / "docs"
    folder = inside if inside.is_dir() else _PACKAGE.parent / "docs"
    contents = (folder / "README.md").read_text("utf-8")
    return {name: folder / f"{name}.md" for name in _LINK.findall(contents)}


def _page(word: str) -> Path:
    name = word.replace("\\", "/").rpartition("/")[2].partition("#")[0].removesuffix(".md")
    known = pages()
    if name not in known:
        from kcbx_docs.words import did_you_mean

        advice = did_you_mean(name, list(known)) or f"有这些页：{'、'.join(known)}。"
        raise click.UsageError(f"没有「{name}」这一页。{advice}")
    return known[name]


def _heading(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return next(lines, "").lstrip("# ").rstrip()
