"""Files with one slip: the samples, changed in one place as a person may change them."""

import copy
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

Path = tuple[int | str, ...]
Slip = Callable[[Any, Path, random.Random], None]


def spots(data: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value below the top."""
    inside: Any = ()
    if isinstance(data, dict):
        inside = data.items()
    elif isinstance(data, list):
        inside = enumerate(data)
    for key, value in inside:
        yield (*path, key)
        yield from spots(value, (*path, key))


def at(data: Any, path: Path) -> Any:
    """Return the value at a path."""
    for key in path:
        data = data[key]
    return data


def _put(data: Any, path: Path, value: Any) -> None:
    at(data, path[:-1])[path[-1]] = value


def left_out(data: Any, path: Path, chance: random.Random) -> None:
    """A key or an item that was forgotten."""
    del at(data, path[:-1])[path[-1]]


def emptied(data: Any, path: Path, chance: random.Random) -> None:
    """A key without its value."""
    _put(data, path, None)


def doubled(data: Any, path: Path, chance: random.Random) -> None:
    """An item of a list written twice; any other value becomes a list of itself."""
    above, value = at(data, path[:-1]), at(data, path)
    if isinstance(above, list):
        above.insert(int(path[-1]), copy.deepcopy(value))
    else:
        _put(data, path, [value])


def another_day(data: Any, path: Path, chance: random.Random) -> None:
    """A day that is some days, a month or a year off; other words are cut short."""
    value = at(data, path)
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        _put(data, path, str(value)[:-1])
        return
    off = chance.choice((-400, -31, -7, -1, 1, 7, 31, 365))
    _put(data, path, (day + timedelta(off)).isoformat())


def of_another(data: Any, path: Path, chance: random.Random) -> None:
    """What another place of the same name holds."""
    named = [at(data, spot) for spot in spots(data) if spot[-1] == path[-1]]
    _put(data, path, copy.deepcopy(chance.choice(named)))


def odd(data: Any, path: Path, chance: random.Random) -> None:
    """Something that people write where they do not know what is wanted."""
    words = (
        "无",
        "未知",
        "待查",
        "是",
        "否",
        "{{ 甲 }}",
        "张某：李某",
        "２０２６",
        "10日",
        "甲\n乙",
    )
    _put(data, path, chance.choice(words))


def misspelt(data: Any, path: Path, chance: random.Random) -> None:
    """A key or a word with one sign more."""
    above, value = at(data, path[:-1]), at(data, path)
    if isinstance(above, dict) and chance.random() < 0.3:
        above[f"{path[-1]}们"] = above.pop(path[-1])
    else:
        _put(data, path, f"{value}错" if isinstance(value, str) else "错")


SLIPS: tuple[Slip, ...] = (left_out, emptied, doubled, another_day, of_another, odd, misspelt)


def with_slip(data: Any, seed: int) -> tuple[Any, str]:
    """Return a copy with one or two slips, and what was done where."""
    chance, changed, told = random.Random(seed), copy.deepcopy(data), []
    for _ in range(chance.choice((1, 1, 2))):
        path = chance.choice(list(spots(changed)))
        slip = chance.choice(SLIPS)
        slip(changed, path, chance)
        told.append(f"{slip.__name__} {path}")
    return changed, "; ".join(told)
