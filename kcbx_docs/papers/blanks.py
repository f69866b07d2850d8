"""What a paper leaves open of what the law asks it to say.

A blank belongs to the innermost part that it stands in. Whether that part must be said before the
paper leaves the house, or is completed by hand on the paper, tells the registry for each part.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.law.model import LeftOpen, RequiredPart
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass
from kcbx_docs.packs.markup import Element
from kcbx_docs.papers.make import Made
from kcbx_docs.render.text import tight

BY_HAND: LeftOpen = "当场手写"
NEVER: LeftOpen = "不得制发"
_BOX, _TICKED, _CHOICE = "□", "■", "勾选"


@dataclass(frozen=True)
class OpenPart:
    """A part that the law asks for, and the names of its blanks that nobody filled."""

    part: str
    blanks: tuple[str, ...]
    rule: LeftOpen
    basis: str


def open_parts(made: Made, registry: Registry) -> tuple[OpenPart, ...]:
    """List the parts that a paper must say before it leaves the house, and leaves open."""
    required = registry.document(made.paper.document)
    asked = {one.name: one for one in required.required} if required else {}
    found: dict[str, list[str]] = {}
    for part, blank in _blanks(made.filled.root, (), asked):
        found.setdefault(part, []).append(blank)
    told = (asked[part] for part in found)
    return tuple(
        OpenPart(
            one.name,
            tuple(dict.fromkeys(found[one.name])),
            one.left_open,
            _basis(one, registry, made.paper.day),
        )
        for one in told
        if one.left_open != BY_HAND
    )


def _blanks(
    node: Element, parts: Sequence[str], asked: dict[str, RequiredPart]
) -> Iterator[tuple[str, str]]:
    """Yield the open blanks with the parts that ask for them, and choices that nobody made."""
    own = tuple(node.attributes.get("part", "").split())
    parts = own or parts
    if node.name == "blank" and not tight(node.text()):
        yield from ((part, node.attributes["name"]) for part in parts if part in asked)
    for part in own:
        text = node.text()
        if part in asked and asked[part].ticked and _BOX in text and _TICKED not in text:
            yield part, _CHOICE
    for child in node.elements():
        yield from _blanks(child, parts, asked)


def _basis(part: RequiredPart, registry: Registry, day: date) -> str:
    cited, _ = registry.basis(part.basis, day)
    return "、".join(citation.short for citation in cited)
