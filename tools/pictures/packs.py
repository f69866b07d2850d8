"""The map of packs: which one inherits from which, and what each says otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kcbx_docs.packs.cards import document_ids, heading_of
from kcbx_docs.packs.chain import NATIONAL, Chain, PackFolder, chain_of, find_packs, shipped_root
from kcbx_docs.reading import read_yaml
from tools.pictures.outlines import Drawing, columns

WIDTH, SIZE, SMALL, LEAD = 660, 18, 15, 23
INDENT, GAP, PADDING = 36, 12, 12
LINE, HEADING, TEXT, SOFT = "#8aa0b4", "#16324a", "#33424f", "#66788a"
GROUNDS = ("#dbe9f6", "#eaf3e3", "#fdf3dc")


@dataclass(frozen=True)
class Node:
    """One pack: how deep it stands, its name, and in a line each what it says otherwise."""

    depth: int
    name: str
    id: str
    changes: tuple[str, ...]


def nodes() -> list[Node]:
    """Read the shipped packs, each after the one from which it inherits."""
    packs, found = find_packs((shipped_root(),))
    assert not found
    return [*_below(NATIONAL, packs, 0)]


def _below(name: str, packs: Mapping[str, PackFolder], depth: int) -> Iterator[Node]:
    folder = packs[name]
    say = _whole if name == NATIONAL else _changes
    yield Node(depth, folder.pack.name, folder.id, tuple(say(folder, packs)))
    for other in sorted(packs):
        if packs[other].parent == name:
            yield from _below(other, packs, depth + 1)


def _whole(folder: PackFolder, packs: Mapping[str, PackFolder]) -> Iterator[str]:
    documents = len(document_ids(chain_of(folder.id, packs)))
    yield f"{documents} 种文书的通用文本，程序的全部步骤，各地可以改的参数"


def _changes(folder: PackFolder, packs: Mapping[str, PackFolder]) -> Iterator[str]:
    above = chain_of(folder.parent or NATIONAL, packs)
    said = folder.source.data
    if titles := said.get("标题"):
        yield f"改称　{'、'.join(f'《{title}》' for title in titles.values())}"
    if rewritten := [*_rewritten(folder, above)]:
        yield f"改写　{'、'.join(rewritten)}"
    for key in ("程序", "期间", "参数"):
        if values := said.get(key):
            yield f"{key}　{_several([_value(*pair) for pair in values.items()])}"
    if steps := [*_of_file(folder, "procedure.yaml", "步骤")]:
        yield f"步骤　{'、'.join(steps)}"
    if known := [*_of_file(folder, "law.yaml", "法律法规")]:
        yield f"登记　{'、'.join(known)}"


def _rewritten(folder: PackFolder, above: Chain) -> Iterator[str]:
    for path in sorted((folder.path / "documents").glob("*.html")):
        card = heading_of(above, path.stem).card
        assert card
        yield f"《{card.title}》"


NAMED = 6
"""So many values of a table are named; the others are counted."""
_SHORT = 8


def _several(values: Sequence[str]) -> str:
    more = f"……共 {len(values)} 项" if len(values) > NAMED else ""
    return "、".join(values[:NAMED]) + more


def _value(key: str, value: object) -> str:
    """Name a value; a list, a table or a sentence is only named."""
    only = isinstance(value, list | dict) or len(str(value)) > _SHORT
    return key if only else f"{key} {value}"


def _of_file(folder: PackFolder, name: str, key: str) -> Iterator[str]:
    path = folder.path / name
    if not path.is_file():
        return
    said = read_yaml(path, name)[0].data.get(key, {})
    listed = said if isinstance(said, list) else said.values()
    for one in listed:
        if title := one.get("简称") or one.get("名称"):
            yield title
    if isinstance(said, dict) and said:
        yield f"{len(said)} 步另有说明"


def text(tree: Sequence[Node]) -> str:
    """Write what the map says, without drawing it."""
    lines = []
    for node in tree:
        indent = "  " * node.depth
        lines.append(f"{indent}{node.name}（{node.id}）")
        lines += [f"{indent}  {change}" for change in node.changes]
    return "\n".join(lines) + "\n"


def wrapped(change: str, width: float) -> Iterator[str]:
    """Break a line at its commas where the box ends; what goes on stands under what it is about."""
    lead, _, rest = change.rpartition("　")
    line = f"{lead}　" if lead else ""
    for part in rest.replace("、", "、\n").split("\n"):
        if columns(line + part) * SMALL > width:
            yield line
            line = "　" * (len(lead) + 1)
        line += part
    yield line


@dataclass(frozen=True)
class Box:
    """A pack where it stands on the map."""

    node: Node
    top: int
    height: int
    lines: tuple[str, ...]

    @property
    def left(self) -> int:
        """Return where the box begins."""
        return 1 + INDENT * self.node.depth


def boxes(tree: Sequence[Node]) -> Iterator[Box]:
    """Put the packs one below another."""
    top = 1
    for node in tree:
        room = WIDTH - 2 - INDENT * node.depth - 2 * PADDING
        lines: list[str] = []
        for change in node.changes:
            lines += wrapped(change, room)
        height = 2 * PADDING + SIZE + LEAD * len(lines)
        yield Box(node, top, height, tuple(lines))
        top += height + GAP


def draw(tree: Sequence[Node]) -> str:
    """Draw the map."""
    placed = [*boxes(tree)]
    last = placed[-1]
    drawing = Drawing(WIDTH, last.top + last.height + 1, "模板包：谁继承谁，各自改了什么")
    drawing.add(f'<rect width="{drawing.width}" height="{drawing.height}" fill="#ffffff"/>')
    for number, box in enumerate(placed):
        _line_to_parent(drawing, box, placed[:number])
    for box in placed:
        _box(drawing, box)
    return drawing.svg()


def _line_to_parent(drawing: Drawing, box: Box, before: Sequence[Box]) -> None:
    parents = [one for one in before if one.node.depth == box.node.depth - 1]
    if parents:
        x, start = parents[-1].left + INDENT // 2, parents[-1].top + parents[-1].height
        y = box.top + PADDING + SIZE // 2
        path = f"M{x} {start}V{y}H{box.left}"
        drawing.add(f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>')


def _box(drawing: Drawing, box: Box) -> None:
    ground = GROUNDS[min(box.node.depth, len(GROUNDS) - 1)]
    drawing.add(
        f'<rect x="{box.left}" y="{box.top}" width="{WIDTH - 1 - box.left}" '
        f'height="{box.height}" rx="6" fill="{ground}" stroke="{LINE}"/>'
    )
    x, y = box.left + PADDING, box.top + PADDING + SIZE - 2
    drawing.text(x, y, box.node.name, SIZE, HEADING, bold=True)
    drawing.text(x + columns(box.node.name) * SIZE + SMALL, y, box.node.id, SMALL, SOFT)
    for line in box.lines:
        y += LEAD
        drawing.text(x, y, line, SMALL, TEXT)
