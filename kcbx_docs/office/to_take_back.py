"""Which event of a case file somebody means to take back: the keys that he types, in any order,
must fit one only; where they fit none or several, each is named by a command to copy.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_form import KIND, WHEN, pairs_of
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.problems import Place, UserError, problem, raise_errors, stop
from kcbx_docs.reading import Source, read_model
from kcbx_docs.words import command_line

HISTORY = "经过"
_MOST = 8
"""So many commands are listed: the last ones."""
_NAMES = {str(field.alias): name for name, field in Event.model_fields.items()}


def which_event(loaded: LoadedCase, values: Mapping[str, Any]) -> int:
    """Return which event of the history is meant; raise with the commands of those that may be."""
    history = loaded.case.history
    same = [number for number, one in enumerate(history) if one.kind == values[KIND]]
    fitting = [number for number in same if fits(history[number], values)]
    exact = [number for number in fitting if history[number] == _typed(history[number], values)]
    chosen = (exact if WHEN in values else []) or fitting
    if chosen and all(history[number] == history[chosen[0]] for number in chosen):
        return chosen[-1]  # two equal events are one thing told twice
    raise _not_one(loaded, values, same, fitting)


def _not_one(
    loaded: LoadedCase, values: Mapping[str, Any], same: Sequence[int], fitting: Sequence[int]
) -> UserError:
    said = "、".join(pairs_of(values)) or "没有写别的"
    facts = {"kind": values[KIND], "said": said}
    place, listed = Place(str(loaded.path)), "\n".join(undo_commands(loaded, fitting or same))
    if fitting:
        return stop("CLI106", place, **facts, count=len(fitting), commands=listed)
    others = f"经过里写着的有：{_kinds(loaded.case.history)}。{_LEDGER}"
    return stop("CLI091", place, **facts, advice=f"{_EACH}\n{listed}" if same else others)


_EACH = "要收回下面的哪一件，照抄一行；内容改了一点的，直接在文件里改。"
_LEDGER = "台账里登记的送达用 kcbx service correct 更正，制发的用 kcbx paper void 作废。"


def fits(event: Event, values: Mapping[str, Any]) -> bool:
    """Tell whether an event holds what was typed of it; names of a list may stand in any order."""
    typed = _typed(event, values)
    names = [_NAMES[key] for key in values if key in _NAMES]
    return all(_plain(getattr(typed, name)) == _plain(getattr(event, name)) for name in names)


def _typed(event: Event, values: Mapping[str, Any]) -> Event:
    """Return what was typed as an event; on the day of the one that may be meant, if none was."""
    typed, found = read_model(Event, Source("", "", {WHEN: str(event.day), **values}))
    raise_errors(found)
    assert typed is not None
    return typed


def undo_commands(loaded: LoadedCase, numbers: Sequence[int]) -> list[str]:
    """Write for each of some events the shortest command that takes it back, the last ones."""
    written = loaded.source.data[HISTORY]
    path = str(loaded.path)
    return [
        command_line(["log", path, str(written[n][KIND]), *_shortest(written, n), "--undo"])
        for n in numbers[-_MOST:]
    ]


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, tuple) else value


def _shortest(written: Sequence[Mapping[str, Any]], number: int) -> list[str]:
    """Return the pairs that tell an event from others of its kind: its day, and what differs."""
    own, pairs = written[number], [*pairs_of(written[number])]
    others = [
        {*pairs_of(one)}
        for place, one in enumerate(written)
        if place != number and one[KIND] == own[KIND]
    ]
    chosen: list[str] = []
    for pair in sorted(pairs, key=lambda pair: not pair.startswith(f"{WHEN}=")):
        left = [other for other in others if pair in other]
        if not chosen or len(left) < len(others):
            chosen.append(pair)
            others = left
    return chosen


def _kinds(history: Sequence[Event]) -> str:
    return "、".join(dict.fromkeys(event.kind for event in history)) or "没有"


def say_which(loaded: LoadedCase) -> None:
    """Raise with the commands that take back the last events, for whoever named none."""
    history = loaded.case.history
    commands = "\n".join(undo_commands(loaded, range(len(history)))) or "经过里还没有写。"
    raise_errors([problem("CLI107", Place(str(loaded.path)), commands=commands)])
