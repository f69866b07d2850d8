"""Click's own words in Chinese, and help whose columns fit Chinese text."""

import inspect
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "Show this message and exit.": "显示帮助。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "查看帮助：{command} {option}",
    "Aborted!": "已取消。",
    "deprecated": "已停用",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有选项「{name}」。",
    "No such option: {name}": "没有选项「{name}」。",
    "No such command {name!r}.": "没有命令「{name}」。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是这些之一：{possibilities}？",
    "(Possible options: {possibilities})": "是不是这些之一：{possibilities}？",
    "Got unexpected extra argument ({args})": "多出了参数：{args}",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}的值不对：{message}",
    "Option {name!r} does not take a value.": "选项「{name}」后面不写值。",
    "Option {name!r} requires an argument.": "选项「{name}」后面要写值。",
    "Option {name!r} requires {nargs} arguments.": "选项「{name}」后面要写 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数「{name}」要写 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了 1 个。",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 个值，写了 {len} 个。",
    "Value must be an iterable.": "应是几个值。",
    "Invalid start character for option ({option})": "选项的开头不对（{option}）",
    "Choose from:\n\t{choices}": "可以写：{choices}",
    "{value!r} is not {choice}.": "「{value}」不对，应是 {choice}。",
    "{value!r} is not one of {choices}.": "「{value}」不在其中：{choices}。",
    "{value!r} is not a valid {number_type}.": "「{value}」不是数字。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "「{value}」应写 yes 或 no。",
    "{value!r} does not match the format {format}.": "「{value}」应写成 {format} 的样子。",
    "{value!r} does not match the formats {formats}.": "「{value}」应写成其中一种样子：{formats}。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "找不到{name}「{filename}」。",
    "{name} {filename!r} is a file.": "「{filename}」是文件，这里要写{name}。",
    "{name} {filename!r} is a directory.": "「{filename}」是文件夹，这里要写{name}。",
    "{name} {filename!r} is not readable.": "没有读{name}「{filename}」的权限。",
    "{name} {filename!r} is not writable.": "没有写{name}「{filename}」的权限。",
    "{name} {filename!r} is not executable.": "{name}「{filename}」不能执行。",
    "Could not open file {filename!r}: {message}": "打不开文件「{filename}」：{message}",
    "unknown error": "原因不明",
    "env var: {var}": "环境变量：{var}",
    "default: {default}": "默认：{default}",
    "(dynamic)": "（自动）",
    "required": "必写",
    "Do you want to continue?": "继续吗？",
    "Confirm the action without prompting.": "不再询问。",
    "Repeat for confirmation": "再输入一次",
    "Error: The two entered values do not match.": "错误：两次输入不一样。",
    "Error: invalid input": "错误：请回答 y（是）或 n（否）",
    "Press any key to continue...": "按任意键继续……",
}
"""Every message of Click that a user can meet; a test compares it with Click's source."""

WIDTH = 100


def say(text: str) -> str:
    """Translate one of Click's messages."""
    return WORDS.get(text, text)


def say_several(one: str, many: str, count: int) -> str:
    """Translate a message that has a plural."""
    return say(one if count == 1 else many)


def speak_chinese() -> None:
    """Put the Chinese words where Click looks its messages up: the ``_`` of each of its modules."""
    # Click binds gettext's functions in each module when it is imported.
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] != "click":
            continue
        names = vars(module)
        if "_" in names:
            names["_"] = say
        if "ngettext" in names:
            names["ngettext"] = say_several


def cells(text: str) -> int:
    """Measure text in columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class Formatter(click.HelpFormatter):
    """Help in columns of a terminal; text stays in the lines in which it is written."""

    def write_text(self, text: str) -> None:
        """Write text as it is, indented."""
        for line in text.splitlines():
            self.write(f"{'':>{self.current_indent}}{line}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """Write a heading with a full-width colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names and what they mean in two columns."""
        listed = list(rows)
        column = min(max(cells(first) for first, _ in listed), col_max) + col_spacing
        for first, second in listed:
            lead = f"{'':>{self.current_indent}}{first}"
            if cells(first) + col_spacing > column:
                self.write(lead + "\n")
                lead = ""
            for line in _filled(second, self.width - column - 4):
                pad = " " * (column + self.current_indent - cells(lead))
                self.write(f"{lead}{pad}{line}".rstrip() + "\n")
                lead = ""


def _filled(text: str, width: int) -> list[str]:
    """Break the lines of a text that are too long; no text is one empty line."""
    lines: list[str] = []
    for line in text.splitlines():
        lines += _wrapped(line, width)
    return lines or [""]


def hanging(text: str, indent: str, width: int) -> Iterator[str]:
    """Break a text that is too long for a screen; what goes on stands a little further in."""
    own = len(text) - len(text.lstrip(" "))
    before = indent + " " * own
    lead = before
    for line in _wrapped(text[own:], max(width - len(before) - 2, 20)):
        yield (lead + line).rstrip()
        lead = before + "  "


_CLOSING = "，。；：、）」》？！"


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Break a line where it is full; closing punctuation never begins a line."""
    start = used = 0
    for number, char in enumerate(line):
        if used + cells(char) > width:
            cut = number
            while cut > start + 1 and line[cut] in _CLOSING:
                cut -= 1  # and takes what stands before it along
            yield line[start:cut]
            start, used = cut, cells(line[cut:number])
        used += cells(char)
    yield line[start:]


class ChineseContext(click.Context):
    """Writes help with the formatter above."""

    formatter_class = Formatter


@contextmanager
def said_in_chinese(ctx: click.Context) -> Iterator[None]:
    """Read what was typed; say what is missing, which option was meant, whose value is wrong."""
    try:
        yield
    except click.MissingParameter as error:
        raise click.UsageError(_missing(error.param), ctx) from error
    except click.NoSuchOption as error:
        raise click.UsageError(error.message + _option_meant(ctx, error), ctx) from error
    except click.BadParameter as error:
        if error.param is None:
            raise
        own = isinstance(error.param, click.Option)
        hint = f"「{error.param.opts[0] if own else error.param.make_metavar(ctx)}」"
        said = error.message.replace("', '", "、").replace("'", "")  # a list of choices
        raise click.BadParameter(said, ctx, error.param, hint) from error


def _option_meant(ctx: click.Context, error: click.NoSuchOption) -> str:
    """Say which option was meant, if only the fingers slipped; or the key that is written instead.
    What takes a record back is never offered for a word that merely looks like it.
    """
    from kcbx_docs.words import key_for_option, spelt_alike

    keyed = any(param.name == "pairs" for param in ctx.command.params)
    if keyed and (key := key_for_option(error.option_name)):
        return f"是不是 {key}=…？键和值用 = 连起来写，前面没有 --。"
    near = spelt_alike(error.option_name, error.possibilities or ())
    return f"是不是「{near}」？" if near else ""


def _missing(param: click.Parameter | None) -> str:
    """Say what was not written, and what it is for."""
    if isinstance(param, click.Option):
        return f"没有写 {param.opts[-1]} {param.metavar}：{param.help}"
    ctx = click.get_current_context()
    choices = getattr(param.type, "choices", None) if param else None
    told = f"没有写{param.make_metavar(ctx).rstrip('…') if param else ''}。"
    return told + (choices(ctx, param) if callable(choices) else "")


class Command(click.Command):
    """A command whose help shows runnable examples."""

    context_class = ChineseContext

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", say("[OPTIONS]"))
        super().__init__(*args, **kwargs)
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed."""
        with said_in_chinese(ctx):
            return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help as its lines stand."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(inspect.cleandoc(self.help or ""))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the examples."""
        if self.examples:
            with formatter.section("例子"):
                formatter.write_text("\n".join(self.examples))
