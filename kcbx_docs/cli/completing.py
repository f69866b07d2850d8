"""What a shell offers for the word that is being typed: numbers, titles, people.

Nothing is loaded before the shell asks, and whatever cannot be read offers nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def _quietly(offered: Callable[[click.Context], Iterable[str]]) -> Completer:
    """Offer what begins with the word; a shell that completes is no place for messages."""

    @wraps(offered)
    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        try:
            return [word for word in dict.fromkeys(offered(ctx)) if word.startswith(incomplete)]
        except Exception:  # noqa: BLE001 - a broken file is told by the command, not while typing
            return []

    return complete


@_quietly
def titles(ctx: click.Context) -> Iterator[str]:
    """Offer the titles of documents of this folder's packs, then their ids."""
    from kcbx_docs.cli import where

    library = where.library(None)
    for name in library.ids:
        yield from library.names(name)[1:]
    yield from library.ids


@_quietly
def guardians(ctx: click.Context) -> Iterator[str]:
    """Offer the guardians of the cases that were typed before, or of all cases."""
    from kcbx_docs.cli import where
    from kcbx_docs.office.lookup import guardians_in

    root = where.root()
    for path in [*_typed(ctx)] or (sorted(root.rglob("cases/**/*.yaml")) if root else []):
        yield from guardians_in(path)


@_quietly
def leads(_ctx: click.Context) -> Iterator[str]:
    """Offer the leads that wait."""
    from kcbx_docs import clock
    from kcbx_docs.cli import where
    from kcbx_docs.office.leads import kept_leads

    root = where.root()
    files = sorted(root.rglob("cases/**/*.yaml")) if root else []
    yield from (one.id for one in kept_leads(files, clock.today()))


@_quietly
def _numbers(_ctx: click.Context) -> Iterable[str]:
    from kcbx_docs.cli import where
    from kcbx_docs.office.lookup import numbers_of

    root = where.root()
    return numbers_of(root) if root else ()


def case_files(ctx: click.Context, param: click.Parameter, word: str) -> list[CompletionItem[str]]:
    """Offer numbers of cases beside what lies here; of a path that was begun, the shell's files."""
    numbers = [] if set(word) & set("/\\") else _numbers(ctx, param, word)
    if not numbers:
        return [CompletionItem(word, type="file")]
    # A shell that is told words and files shows the words alone.
    here = [one.name + "/" * one.is_dir() for one in sorted(Path().iterdir())]
    near = [name for name in here if name.startswith(word) and not name.startswith(".")]
    return [CompletionItem(one) for one in [*numbers, *near]]


def _typed(ctx: click.Context) -> Iterator[Path]:
    """Yield the case files on the line, also those that Click left unread."""
    from kcbx_docs.cli.options import CASE_FILE

    for word in ctx.args:  # an option whose value is not typed yet stops its reading
        yield CASE_FILE.convert(word, None, None)
    for value in ctx.params.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Path) and one.is_file():
                yield one
