"""Questions on the screen: an answer given as an option is not asked for; with --yes nothing is."""

from collections.abc import Callable, Sequence

import click

from kcbx_docs.light import dataclass

Check = Callable[[str], str]


def as_given(text: str) -> str:
    """Accept any answer."""
    return text


@dataclass(frozen=True)
class Questions:
    """Asks, or takes the defaults."""

    silent: bool

    def text(
        self,
        label: str,
        given: str | None,
        default: str = "",
        check: Check = as_given,
        *,
        needed: bool = False,
    ) -> str:
        """Return what was given, or ask; nothing may be an answer unless one is ``needed``."""
        if given is not None:
            return _checked(given, label, check)

        def read(text: str) -> str:
            text = text.strip()
            if needed and not text:
                raise click.BadParameter("不能空着，请写明。", param_hint=label)
            return _checked(text, label, check) if text else ""

        if self.silent:
            return read(default)
        answer = click.prompt(
            label,
            default=default,
            show_default=bool(default),
            prompt_suffix="：",
            err=True,
            value_proc=read,
        )
        return str(answer)

    def choice(
        self,
        label: str,
        given: str | None,
        words: Sequence[str],
        default: str,
        *,
        needed: bool = False,
    ) -> str:
        """Return one of several words; when asked, its number will do."""

        def known(text: str) -> str:
            if text.isdecimal() and 1 <= int(text) <= len(words):
                return words[int(text) - 1]
            if text in words:
                return text
            raise ValueError(f"「{text}」不在其中：{'、'.join(words)}。")

        listed = "，".join(f"{number} {word}" for number, word in enumerate(words, 1))
        return self.text(f"{label}（{listed}）", given, default, known, needed=needed)


def _checked(text: str, label: str, check: Check) -> str:
    try:
        return check(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=label) from error


def a_day(text: str) -> str:
    """Accept a day in any spelling of the files; return it as 2026-09-01."""
    from kcbx_docs.cli.options import read_a_day

    return read_a_day(text).isoformat()
