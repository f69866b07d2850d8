"""Small faults that can be put into a file of Python one at a time:
where they go and what stands there then.

Places are byte offsets, so that a fault changes nothing but its own few characters.
"""

import ast
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SWAPPED = {
    b"<": b"<=",
    b"<=": b"<",
    b">": b">=",
    b">=": b">",
    b"==": b"!=",
    b"!=": b"==",
    b"is": b"is not",
    b"is not": b"is",
    b"in": b"not in",
    b"not in": b"in",
    b"and": b"or",
    b"or": b"and",
    b"+": b"-",
    b"-": b"+",
    b"min": b"max",
    b"max": b"min",
    b"any": b"all",
    b"all": b"any",
}
OPERATOR = re.compile(rb"not\s+in\b|is\s+not\b|is\b|in\b|and\b|or\b|<=|>=|==|!=|<|>|\+|-")
NOTHING = {"str": b'""', "list": b"[]", "tuple": b"()", "Sequence": b"()", "Problems": b"()"}
"""What a function returns that returns nothing, by the beginning of its type."""


@dataclass(frozen=True, order=True)
class Mutant:
    """One fault: the bytes from start to end of a file, and what replaces them."""

    path: str
    start: int
    end: int
    new: bytes
    kind: str

    def applied(self, data: bytes) -> bytes:
        """Return the file with the fault in it."""
        return data[: self.start] + self.new + data[self.end :]

    def line(self, data: bytes) -> int:
        """Return the line in which the fault begins."""
        return data[: self.start].count(b"\n") + 1

    def lines(self, data: bytes) -> tuple[str, str]:
        """Return the lines that change, as they are and as they would be."""
        first = data.rfind(b"\n", 0, self.start) + 1
        last = (data + b"\n").index(b"\n", self.end)
        old = data[first:last].decode()
        new = data[first : self.start] + self.new + data[self.end : last]
        return old.strip(), new.decode().strip()


def choose(root: Path, folders: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """Choose faults at random, never two at one place; the same seed chooses the same."""
    found = [mutant for folder in folders for mutant in mutants_below(root, folder)]
    random.Random(seed).shuffle(found)
    chosen: dict[tuple[str, int], Mutant] = {}
    for mutant in found:
        place = (mutant.path, mutant.start)
        if len(chosen) == count:
            break
        if place not in chosen and _compiles(mutant.applied((root / mutant.path).read_bytes())):
            chosen[place] = mutant
    return list(chosen.values())


def mutants_below(root: Path, folder: str) -> Iterator[Mutant]:
    """List every fault that can be put into the files of a part of the program."""
    for path in sorted((root / "kcbx_docs" / folder).rglob("*.py")):
        yield from sorted(set(mutants_of(path.relative_to(root).as_posix(), path.read_bytes())))


def mutants_of(path: str, data: bytes) -> Iterator[Mutant]:
    """List every fault that can be put into one file."""
    code = _Code(path, data)
    for node in code.nodes:
        if isinstance(node, ast.Compare):
            yield from code.joints([node.left, *node.comparators], "比较")
        elif isinstance(node, ast.BoolOp):
            yield from code.joints(node.values, "并且、或者")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            yield from code.joints([node.left, node.right], "加减")
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            start = code.start(node)
            yield Mutant(path, start, code.start(node.operand), b"", "去掉否定")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from code.called(node.func)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            yield from code.elements(node)
        elif isinstance(node, ast.FunctionDef):
            yield from code.returns(node)
        elif isinstance(node, ast.Constant):
            yield from code.constants(node)


class _Code:
    """A parsed file that knows where its nodes stand; annotations are no code."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
        self.line_starts = [0, *(found.end() for found in re.finditer(b"\n", data))]
        self.parents: dict[ast.AST, ast.AST] = {}
        self.nodes = list(self._walk(ast.parse(data)))

    def _walk(self, node: ast.AST) -> Iterator[ast.AST]:
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_literal_type(child):
                    self.parents[child] = node
                    yield from self._walk(child)

    def start(self, node: ast.expr | ast.stmt) -> int:
        return self.line_starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt) -> int:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self.line_starts[node.end_lineno - 1] + node.end_col_offset

    def joints(self, operands: Sequence[ast.expr], kind: str) -> Iterator[Mutant]:
        """Swap the operator between two operands."""
        for left, right in pairwise(operands):
            place = OPERATOR.search(self.data, self.end(left), self.start(right))
            if place:
                new = SWAPPED[b" ".join(place[0].split())]
                yield Mutant(self.path, place.start(), place.end(), new, kind)

    def called(self, name: ast.Name) -> Iterator[Mutant]:
        """Swap min and max, any and all."""
        if name.id in ("min", "max", "any", "all"):
            new = SWAPPED[name.id.encode()]
            yield Mutant(self.path, self.start(name), self.end(name), new, "最大最小、任一全部")

    def elements(self, node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[Mutant]:
        """Leave one element of a list out; a pair of computed values is no list."""
        if isinstance(node, ast.Dict):
            firsts = [key or value for key, value in zip(node.keys, node.values, strict=True)]
            lasts: Sequence[ast.expr] = node.values
        else:
            firsts = lasts = node.elts
            listed = all(isinstance(one, ast.Constant | ast.Starred) for one in firsts)
            if isinstance(node, ast.Tuple) and not listed:
                return
        if len(firsts) < 2 or (isinstance(node, ast.Dict) and None in node.keys):
            return
        final = len(firsts) - 1
        for place in range(final):
            start, end = self.start(firsts[place]), self.start(firsts[place + 1])
            yield Mutant(self.path, start, end, b"", "少一个")
        start, end = self.end(lasts[final - 1]), self.end(lasts[final])
        yield Mutant(self.path, start, end, b",", "少一个")

    def returns(self, function: ast.FunctionDef) -> Iterator[Mutant]:
        """Return nothing, or the contrary, where a function returns something."""
        kind = ast.unparse(function.returns) if function.returns else ""
        for node in ast.walk(function):
            if not isinstance(node, ast.Return) or node.value is None or _inner(function, node):
                continue
            start, end = self.start(node.value), self.end(node.value)
            old = self.data[start:end]
            new = _nothing(kind, old)
            if new and new != old:
                yield Mutant(self.path, start, end, new, "返回空")

    def constants(self, node: ast.Constant) -> Iterator[Mutant]:
        """Count one more or one less; misspell a word that is compared or looked up."""
        start, end = self.start(node), self.end(node)
        if type(node.value) is int:
            for value in (node.value - 1, node.value + 1):
                new = f"({value})" if value < 0 else str(value)
                yield Mutant(self.path, start, end, new.encode(), "数字")
        elif isinstance(node.value, str) and self._chosen(node):
            word = self.data[start : end - 1] + "〇".encode() + self.data[end - 1 : end]
            yield Mutant(self.path, start, end, word, "选项")

    def _chosen(self, node: ast.Constant) -> bool:
        parent = self.parents.get(node)
        if isinstance(parent, ast.Dict):
            return node in parent.keys
        if isinstance(parent, ast.Subscript):
            return node is parent.slice
        if isinstance(parent, ast.Call):
            function = parent.func
            return isinstance(function, ast.Attribute) and function.attr == "get"
        return isinstance(parent, ast.Compare | ast.Tuple | ast.List | ast.Set)


def _is_literal_type(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal"


def _inner(function: ast.FunctionDef, node: ast.Return) -> bool:
    """Tell whether a return belongs to a function within the function."""
    inner = [n for n in ast.walk(function) if isinstance(n, ast.FunctionDef) and n is not function]
    return any(node in ast.walk(one) for one in inner)


def _nothing(kind: str, old: bytes) -> bytes | None:
    if kind == "bool":
        return b"not (" + old + b")"
    if kind.endswith("| None"):
        return b"None"
    return next((new for start, new in NOTHING.items() if kind.startswith(start)), None)


def _compiles(data: bytes) -> bool:
    try:
        compile(data, "", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
