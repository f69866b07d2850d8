"""The group of commands: loads them when they are used,
and turns every failure into a plain line.
"""

import importlib
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click
from click.shell_completion import CompletionItem

from kcbx_docs.cli import terminal
from kcbx_docs.cli.chinese import WIDTH, ChineseContext, said_in_chinese, say
from kcbx_docs.light import dataclass

STOPPED = 130
"""What a program ends with that the user stopped."""
_FEW = 3
"""Commands that are offered for a word; more would be the list again."""


@dataclass(frozen=True)
class Lazy:
    """Where a command is, and what the list of commands says of it."""

    name: str
    module: str
    about: str

    def load(self) -> click.Command:
        """Import the command; it is called as its module."""
        command = getattr(importlib.import_module(self.module), self.module.rpartition(".")[2])
        assert isinstance(command, click.Command)
        return command


class Asking(click.Group):
    """Asks, of a command that does not exist, which was meant."""

    context_class = ChineseContext

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed before the command."""
        with said_in_chinese(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.UsageError(self._unknown(ctx, error.command_name), ctx) from error

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Offer commands with what the list says of them, and options."""
        offered = [
            CompletionItem(name, help=about)
            for name, about in self.sentences(ctx).items()
            if name.startswith(incomplete)
        ]
        return offered + click.Command.shell_complete(self, ctx, incomplete)

    def _unknown(self, ctx: click.Context, word: str) -> str:
        from kcbx_docs.words import command_meant, spelt_alike

        said = say("No such command {name!r}.").format(name=word)
        alike = spelt_alike(word, self.list_commands(ctx))
        if alike:
            return f"{said}是不是「{alike}」？"
        meant = command_meant(word)
        return said + (f"是不是 {meant}？" if meant else self._about(ctx, word))

    def _about(self, ctx: click.Context, word: str) -> str:
        """Ask for the commands whose sentence has the word: 期限 is that of deadlines."""
        about = self.sentences(ctx) if len(word) > 1 else {}
        names = [f"「{name}」（{text}）" for name, text in about.items() if word in text]
        return f"是不是{'或者'.join(names)}？" if 0 < len(names) <= _FEW else ""

    def sentences(self, ctx: click.Context) -> dict[str, str]:
        """Return what the list of commands says of each."""
        known = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return {name: one.get_short_help_str(WIDTH) for name, one in known.items() if one}


class Group(Asking):
    """The program: its commands by name, each loaded when it is asked for."""

    def __init__(
        self,
        name: str,
        help: str,  # noqa: A002  (Click's own word)
        commands: Mapping[str, Lazy],
        **kwargs: Any,
    ) -> None:
        settings = {"help_option_names": ["-h", "--help"], "max_content_width": WIDTH}
        super().__init__(
            name,
            help=help,
            context_settings=settings,
            options_metavar=say("[OPTIONS]"),
            subcommand_metavar=say("COMMAND [ARGS]..."),
            **kwargs,
        )
        self.lazy = dict(commands)
        self.params.append(_version_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of their use."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        entry = self.lazy.get(cmd_name)
        return entry.load() if entry else None

    def sentences(self, ctx: click.Context) -> dict[str, str]:
        """Return what the list of commands says of each, without loading them."""
        return {entry.name: entry.about for entry in self.lazy.values()}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section(say("Commands")):
            formatter.write_dl(list(self.sentences(ctx).items()))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help as its lines stand."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.help or "")

    def main(self, args: Sequence[str] | None = None, *rest: Any, **kwargs: Any) -> Any:
        """Remember the words that were typed, for the line that says how to continue."""
        words = _without_own_name(_without_detours(sys.argv[1:] if args is None else args))
        with terminal.guarded():
            try:
                return super().main(words, *rest, **{**kwargs, "obj": words})
            finally:
                _tell_of_loss()

    def _invoke_hearing(self, ctx: click.Context) -> Any:
        """Run a command, and say if the clock is behind what was recorded, whatever that was."""
        from kcbx_docs import clock

        with clock.hearing_of_setbacks() as behind:
            try:
                return super().invoke(ctx)
            finally:
                if behind:
                    _tell_of_setbacks(clock.today(), max(behind))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a user can mend is listed,
        what is a bug becomes one line and a log file.
        """
        try:
            return self._invoke_hearing(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo(say("Aborted!"), err=True)
            ctx.exit(STOPPED)
        except Exception as error:  # noqa: BLE001 - the last place where a bug can be told
            from kcbx_docs.cli import failure

            failure.report(error, ctx.obj or ())
            ctx.exit(1)


class Branch(Asking):
    """A command with commands of its own, all in one module."""

    def __init__(self, *args: Any, also: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.also = also or {}
        """Other words for the commands, in the other language or as people call what they make."""
        kwargs.setdefault("options_metavar", say("[OPTIONS]"))
        kwargs.setdefault("subcommand_metavar", say("COMMAND [ARGS]..."))
        super().__init__(*args, **kwargs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name, or by another word for it."""
        return super().get_command(ctx, self.also.get(cmd_name, cmd_name))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands as they are written."""
        return list(self.commands)


def _without_own_name(words: Sequence[str]) -> Sequence[str]:
    """Leave out the program's name where it was pasted once more: kcbx kcbx next."""
    own = next((at for at, word in enumerate(words) if word != "kcbx"), len(words))
    return words[own:]


def _without_detours(words: Sequence[str]) -> tuple[str, ...]:
    """Write the paths among what was typed in their simplest form; most words are no paths."""
    if not any("./" in word or ".\\" in word for word in words):
        return tuple(words)
    from kcbx_docs.case.paths import without_detours

    return tuple(map(without_detours, words))


def _tell_of_setbacks(today: date, day: date) -> None:
    from kcbx_docs.cli import show
    from kcbx_docs.problems import Place, problem

    show.print_problems([problem("LEDG094", Place(), today=today, day=day)], err=True)


def _tell_of_loss() -> None:
    """Say that the result was not written whole, as on a full disk."""
    if error := terminal.lost_result():
        from kcbx_docs.cli import show
        from kcbx_docs.problems import Place, problem
        from kcbx_docs.writing import reason_of

        show.print_problems([problem("CLI061", Place(), why=reason_of(error))], err=True)
        sys.exit(1)


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            from kcbx_docs import __version__

            click.echo(f"kcbx {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=say("Show the version and exit."),
    )
