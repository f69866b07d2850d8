"""Text in an SVG as outlines: it looks the same on every machine, whatever fonts that has.

A glyph is written once, on a grid coarse enough to be short and finer than a screen's dots.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTCollection

from kcbx_docs.desk.pictures.packtree import ems
from kcbx_docs.render.fontfiles import font_folders

FACE = "NotoSansMonoCJKsc-Regular"
FILE = "NotoSansCJK-Regular.ttc"
GRID = 250
"""So many steps to an em: a twentieth of a dot in the sizes used here."""


@cache
def face() -> Any:
    """Open the face in which half-width signs are half as wide as Chinese ones."""
    found = [path for folder in font_folders() for path in folder.rglob(FILE)]
    if not found:
        raise SystemExit(f"缺少字体 {FILE}（软件包 fonts-noto-cjk），画不出图。")
    for font in TTCollection(found[0], lazy=True):
        if font["name"].getDebugName(6) == FACE:
            return font
    raise SystemExit(f"{found[0]} 里没有 {FACE}。")


_LETTERS = {"moveTo": "m", "lineTo": "l", "curveTo": "c"}


def path_of(recorded: Iterable[tuple[str, Sequence[tuple[float, float]]]], scale: float) -> str:
    """Write an outline in whole steps, each point from where its operation began."""
    parts, at, start = list[str](), (0, 0), (0, 0)
    for operation, points in recorded:
        if operation == "closePath":
            parts.append("z")
            at = start
            continue
        here = [(round(x * scale), round(-y * scale)) for x, y in points]
        steps = [step for x, y in here for step in (x - at[0], y - at[1])]
        at = here[-1]
        start = at if operation == "moveTo" else start
        written = "".join(f"{step:+d}" for step in steps).removeprefix("+")
        parts.append(_LETTERS[operation] + written)
    return "".join(parts)


@dataclass
class Drawing:
    """An SVG of boxes, lines and outlined text."""

    width: int
    height: int
    title: str
    parts: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def add(self, part: str) -> None:
        """Add an element as it is."""
        self.parts.append(part)

    def text(
        self, x: float, y: float, text: str, size: float, fill: str, bold: bool = False
    ) -> None:
        """Write a text from its left end; y is its base line."""
        uses = []
        for char in text:
            if name := self._glyph(char):
                uses.append(f'<use href="#{name}" x="{round(x * GRID / size)}"/>')
            x += ems(char) * size
        stroke = f' stroke="{fill}" stroke-width="{GRID // 28}"' if bold else ""
        scale = f"translate(0 {y:g}) scale({size / GRID:g})"
        self.add(f'<g fill="{fill}"{stroke} transform="{scale}">{"".join(uses)}</g>')

    def _glyph(self, char: str) -> str:
        """Return the name of a glyph, written into the SVG the first time."""
        if char in self.known:
            return self.known[char]
        font = face()
        glyphs, name = font.getGlyphSet(), font.getBestCmap().get(ord(char))
        if name is None:
            raise SystemExit(f"{FACE} 没有「{char}」。")
        pen = RecordingPen()
        glyphs[name].draw(pen)
        path = path_of(pen.value, GRID / font["head"].unitsPerEm)
        self.known[char] = f"g{len(self.known)}" if path else ""
        if path:
            self.add(f'<defs><path id="{self.known[char]}" d="{path}"/></defs>')
        return self.known[char]

    def svg(self) -> str:
        """Return the whole file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" role="img">'
        )
        defs = [part for part in self.parts if part.startswith("<defs>")]
        rest = [part for part in self.parts if not part.startswith("<defs>")]
        return "\n".join([head, f"<title>{escape(self.title)}</title>", *defs, *rest, "</svg>\n"])
