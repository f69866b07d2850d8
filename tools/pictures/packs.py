"""The map of packs for the README: which one inherits from which, and what each says otherwise."""

from collections.abc import Sequence

from kcbx_docs.desk.pictures.packtree import TITLE, WIDTH, PackTree, boxes, height_of
from kcbx_docs.keeping import packmap
from kcbx_docs.keeping.packmap import PackNode
from kcbx_docs.packs.chain import find_packs, shipped_root
from tools.pictures.outlines import Drawing

text = packmap.text


def nodes() -> list[PackNode]:
    """Read the shipped packs, each after the one from which it inherits."""
    packs, found = find_packs((shipped_root(),))
    assert not found
    return packmap.nodes(packs)


def draw(tree: Sequence[PackNode]) -> str:
    """Draw the map."""
    placed = [*boxes(tree)]
    drawing = Drawing(WIDTH, height_of(placed), TITLE)
    PackTree(placed).draw(drawing)
    return drawing.svg()
