"""A command that a problem tells the user to run has every option that it cannot do without."""

import re
import tomllib
from collections.abc import Iterator

import click

from kcbx_docs.cli import kcbx
from tests.cli.office import ROOT

PRINTED = re.compile(r"kcbx ([a-z][a-z-]*(?: [a-z][a-z-]*)?)((?:(?!kcbx )[^，。；）])*)")


def commands_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of each command and what stands behind them."""
    for found in PRINTED.finditer(text):
        yield found[1], found[2]


def lacking(words: str, rest: str) -> list[str]:
    """List the options that a command needs and that are not written."""
    found: click.Command | None = kcbx
    for word in words.split():
        if isinstance(found, click.Group):
            found = found.get_command(click.Context(found), word)
    assert found is not None, words
    needed = [p for p in found.params if isinstance(p, click.Option) and p.required]
    return [p.opts[0] for p in needed if not any(opt in rest for opt in p.opts)]


def test_every_printed_command_can_be_copied() -> None:
    texts = tomllib.loads((ROOT / "kcbx_docs/problems.toml").read_text("utf-8"))
    wrong = [
        (code, f"kcbx {words}", missing)
        for code, told in texts.items()
        for words, rest in commands_in(f"{told['message']}。{told.get('hint', '')}")
        if (missing := lacking(words, rest))
    ]
    assert wrong == []


def test_what_is_lacking_is_seen() -> None:
    (found,) = commands_in("这里是复制件的，运行 kcbx ledger copied。")
    assert lacking(*found) == ["--reason"]
    (found,) = commands_in("运行 kcbx ledger copied --reason 原因。")
    assert lacking(*found) == []
    (found,) = commands_in("运行 kcbx ledger moved。")
    assert lacking(*found) == []
