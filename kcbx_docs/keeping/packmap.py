"""Which pack inherits from which, and what each says otherwise than the one above it."""

from collections.abc import Iterator, Mapping, Sequence

from kcbx_docs.light import dataclass
from kcbx_docs.packs.cards import document_ids, every_document, heading_of
from kcbx_docs.packs.chain import LOCAL, NATIONAL, Chain, PackFolder, chain_of
from kcbx_docs.problems import UserError
from kcbx_docs.reading import read_yaml

NAMED = 6
"""So many values of a table are named; the others are counted."""
_SHORT = 8


@dataclass(frozen=True)
class PackNode:
    """One pack: how deep it stands, its name, and in a line each what it says otherwise."""

    depth: int
    name: str
    id: str
    changes: tuple[str, ...]


def nodes(
    packs: Mapping[str, PackFolder], local: PackFolder | None = None, below: str = ""
) -> list[PackNode]:
    """List packs, each after the one from which it inherits; ``local`` is what a workspace says
    itself, on top of the pack ``below``.
    """
    return [*_Tree(packs, local, below).from_pack(NATIONAL, 0)]


@dataclass(frozen=True)
class _Tree:
    packs: Mapping[str, PackFolder]
    local: PackFolder | None
    below: str

    def from_pack(self, name: str, depth: int) -> Iterator[PackNode]:
        folder = self.packs[name]
        whole = name == NATIONAL
        above = None if whole else chain_of(folder.parent or NATIONAL, self.packs)
        said = tuple(changes(folder, above) if above else _whole(folder, self.packs))
        yield PackNode(depth, folder.pack.name, folder.id, said)
        if self.local and name == self.below:
            own = tuple(changes(self.local, chain_of(name, self.packs)))
            yield PackNode(depth + 1, self.local.pack.name, LOCAL, own)
        for other in sorted(self.packs):
            if self.packs[other].parent == name:
                yield from self.from_pack(other, depth + 1)


def _whole(folder: PackFolder, packs: Mapping[str, PackFolder]) -> Iterator[str]:
    documents = len(document_ids(chain_of(folder.id, packs)))
    yield f"{documents} 种文书的通用文本，程序的全部步骤，各地可以改的参数"


def changes(folder: PackFolder, above: Chain) -> Iterator[str]:
    """Say in a line each what a pack changes of those above it."""
    said = folder.source.data
    if titles := said.get("标题"):
        yield f"改称　{'、'.join(f'《{title}》' for title in titles.values())}"
    yield from _templates(folder, above)
    for key in ("程序", "期间", "参数"):
        if values := said.get(key):
            yield f"{key}　{_several([_value(*pair) for pair in values.items()])}"
    if steps := [*_of_file(folder, "procedure.yaml", "步骤")]:
        yield f"步骤　{'、'.join(steps)}"
    if statutes := [*_of_file(folder, "law.yaml", "法律法规")]:
        yield f"登记　{'、'.join(statutes)}"


def _templates(folder: PackFolder, above: Chain) -> Iterator[str]:
    """Say which documents a pack rewrites, adds, and gives looks of its own in Word."""
    home, known = folder.path / "documents", {*every_document(above)}
    written = {path.stem for path in home.glob("*.html")}
    if rewritten := sorted(written & known):
        yield f"改写　{'、'.join(_title(name, above) for name in rewritten)}"
    if new := sorted(written - known):
        yield f"另有　{'、'.join(new)}"
    if looks := sorted(path.stem for path in home.glob("*.docx")):
        yield f"Word 版式　{'、'.join(_title(name, above) for name in looks)}"


def _title(name: str, above: Chain) -> str:
    try:
        return f"《{heading_of(above, name).card.title}》"
    except UserError:
        return name


def _several(values: Sequence[str]) -> str:
    more = f"……共 {len(values)} 项" if len(values) > NAMED else ""
    return "、".join(values[:NAMED]) + more


def _value(key: str, value: object) -> str:
    """Name a value; a list, a table or a sentence is only named."""
    only = isinstance(value, list | dict) or len(str(value)) > _SHORT
    return key if only else f"{key} {value}"


def _of_file(folder: PackFolder, name: str, key: str) -> Iterator[str]:
    path = folder.path / name
    data = read_yaml(path, name)[0].data if path.is_file() else None
    said = data.get(key) if isinstance(data, dict) else None
    listed = said.values() if isinstance(said, dict) else said or ()
    for one in listed:
        if title := one.get("简称") or one.get("名称"):
            yield title
    if isinstance(said, dict) and said:
        yield f"{len(said)} 步另有说明"


def text(tree: Sequence[PackNode]) -> str:
    """Write what the map says, without drawing it."""
    lines = []
    for node in tree:
        indent = "  " * node.depth
        lines.append(f"{indent}{node.name}（{node.id}）")
        lines += [f"{indent}  {change}" for change in node.changes]
    return "\n".join(lines) + "\n"
