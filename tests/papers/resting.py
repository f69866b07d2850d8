"""What each sentence of a paper rests on: fill it again without one fact after another,
and see which sentences stay the same.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, product
from typing import Any

from kcbx_docs.law.registry import Registry
from kcbx_docs.packs.markup import Element
from kcbx_docs.papers.make import Made
from kcbx_docs.render.fill import fill_on_trial
from kcbx_docs.render.text import paragraphs

LEGAL = ("法条", "规则", "地方")
"""What the law and the pack say; nobody's facts."""

NAMES = ("姓名", "名称", "简称", "关系")
"""Whom a sentence is about is no reason to say it: names are left as they are."""

Path = tuple[object, ...]
Change = Callable[[Any], Any]


class Traced(dict[str, Any]):
    """A record that notes what a template reads of it."""

    def __init__(self, values: Mapping[str, Any], path: Path, read: set[Path]) -> None:
        super().__init__({key: traced(value, (*path, key), read) for key, value in values.items()})
        self.path, self.read = path, read

    def __getitem__(self, key: str) -> Any:
        if key in self and key not in LEGAL:
            self.read.add((*self.path, key))
        return super().__getitem__(key)


def traced(value: Any, path: Path, read: set[Path]) -> Any:
    """Wrap a value so that reading it is noted."""
    if isinstance(value, Mapping):
        return Traced(value, path, read)
    if isinstance(value, tuple | list):
        return tuple(traced(item, (*path, number), read) for number, item in enumerate(value))
    return value


def replaced(value: Any, path: Path, change: Change) -> Any:
    """Return facts with one of them changed."""
    if not path:
        return change(value)
    first, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        return {**value, first: replaced(value[first], rest, change)}
    items = list(value)
    number = int(str(first))
    items[number] = replaced(items[number], rest, change)
    return tuple(items)


def other(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, Mapping):
        return {key: inner if key in NAMES else other(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return tuple(map(other, value))
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return date(1999, 1, 1)
    if isinstance(value, int | Decimal):
        return value + 7
    return "别的" if value else value


def is_leaf(facts: Any, path: Path) -> bool:
    """Tell whether a path leads to a plain value."""
    for key in path:
        if isinstance(facts, Mapping):
            facts = facts.get(key)
        elif isinstance(facts, tuple | list) and int(str(key)) < len(facts):
            facts = facts[int(str(key))]
        else:
            return False
    return not isinstance(facts, Mapping)


def empty(value: Any) -> Any:
    """Return what stands for nothing known, of the same shape."""
    if isinstance(value, Mapping):
        return {key: inner if key in NAMES else empty(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return ()
    return False if isinstance(value, bool) else 0 if isinstance(value, int) else None


def sentences(root: Element) -> tuple[str, ...]:
    """List the sentences of a filled paper."""
    split = (re.split("[。；]", text) for text in paragraphs(root))
    return tuple(filter(None, chain.from_iterable(split)))


def names_in(value: Any, key: str = "") -> set[str]:
    """Collect every name that facts hold."""
    if isinstance(value, Mapping):
        return set(chain.from_iterable(names_in(inner, str(k)) for k, inner in value.items()))
    if isinstance(value, tuple | list):
        return set(chain.from_iterable(names_in(inner, key) for inner in value))
    return {value} if key in NAMES and isinstance(value, str) and value else set()


class Trial:
    """One paper, filled again and again."""

    def __init__(
        self, made: Made, registry: Registry, needed: set[tuple[Path, Change]] | None = None
    ) -> None:
        self.made, self.registry = made, registry
        self.needed = set() if needed is None else needed
        """Changes from which the document was never made: no other paper of it is tried so."""
        self.facts = {k: v for k, v in made.context.items() if k not in ("法条", "规则")}
        self.functions = {k: made.context[k] for k in ("法条", "规则")}
        self.sentences = sentences(made.filled.root)
        self.names = sorted(names_in(self.facts), key=len, reverse=True)

    def filled(self, facts: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Return the sentences from some facts; nothing if the paper cannot be made from them."""
        functions = {**self.functions}
        if hasattr(functions["法条"], "afresh"):
            functions["法条"] = functions["法条"].afresh()
        filled, _ = fill_on_trial(self.made.paper.flat, {**facts, **functions})
        return sentences(filled.root) if filled else None

    def read(self) -> tuple[Path, ...]:
        """List the facts that the template reads and that say something."""
        read: set[Path] = set()
        self.filled(Traced(self.facts, (), read))
        return tuple(sorted((path for path in read if path[-1] not in NAMES), key=str))

    def bare(self, words: str) -> str:
        """Return a sentence without the names in it."""
        for name in self.names:
            words = words.replace(name, "＿")
        return words

    def constant(self, listed: Container[str] = ()) -> Counter[str]:
        """Return the sentences that stay whatever fact is changed or taken away.

        First many facts at once; one by one only while a sentence is left that nobody listed.
        """
        read, left = self.read(), Counter(self.sentences)
        for change in (other, empty):
            tried = [path for path in read if (path, change) not in self.needed]
            left = self._staying_together(left, tried, change, listed)
        for path, change in product(read, (empty, other)):
            if not self._claims(left, listed):
                break
            staying = self._staying(left, [path], change)
            left = left if staying is None else staying
        return left

    def _staying_together(
        self, left: Counter[str], paths: Sequence[Path], change: Change, listed: Container[str]
    ) -> Counter[str]:
        """Change facts together; where no paper can be made of that, each half of them."""
        if not paths or not self._claims(left, listed):
            return left
        staying = self._staying(left, paths, change)
        if staying is not None:
            return staying
        if len(paths) == 1:
            self.needed.add((paths[0], change))
            return left
        half = len(paths) // 2
        left = self._staying_together(left, paths[:half], change, listed)
        return self._staying_together(left, paths[half:], change, listed)

    def _claims(self, left: Counter[str], listed: Container[str]) -> bool:
        """Tell whether a sentence claims something that nobody listed."""
        return any(words not in listed and asserts(words) for words in map(self.bare, left))

    def _staying(
        self, left: Counter[str], paths: Sequence[Path], change: Change
    ) -> Counter[str] | None:
        """Return which sentences stay when facts change; nothing if no paper can be made so."""
        facts, alone = self.facts, len(paths) == 1
        for path in sorted(paths, key=len, reverse=True):
            changes = alone or is_leaf(facts, path)
            facts = replaced(facts, path, change) if changes else facts
        now = self.filled(facts)
        return None if now is None else left & Counter(now)


_CLAIM = re.compile("没有|未|仍|已|经查|证实|拒绝|截至|曾|不送|违反|属于")
_TELLS = re.compile("应|可以|不得|请|有权|签名|□|规定|依照|写明|填写|勾选|申请|现|将|注明|盖章")
"""What the reader is to do or may do, or what a form asks him to write."""
_SHORTEST = 7


def asserts(words: str) -> bool:
    """Tell whether a sentence may claim that something is so: no heading, no direction."""
    if _CLAIM.search(words):
        return True
    long = len(re.findall("[一-鿿]", words)) >= _SHORTEST
    return long and not words.endswith("：") and not _TELLS.search(words)
