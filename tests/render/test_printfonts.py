"""Fonts of print files: every character that a page calls has an outline, or there is no such font."""

import pytest

from kcbx_docs.render import printfonts
from kcbx_docs.render.faces import packed_part
from kcbx_docs.render.fonts import ROLES
from kcbx_docs.render.pdffile import PdfFile
from kcbx_docs.render.printfonts import Drawn, Face, embed
from tests.render.paper import fonts

pytestmark = pytest.mark.pdf
TEXT = "ABHKTXYZ019-·，一二三王"


def face(role: str) -> tuple[Face, Drawn]:
    """Read the everyday face of a role, and some glyphs of it."""
    from fontTools.ttLib import TTFont

    from kcbx_docs.render.faces import everyday_face

    path = everyday_face(fonts().chain(role)[0], fonts().cache)
    with TTFont(path, lazy=True) as font:
        names = font.getBestCmap()
        drawn = {
            font.getGlyphID(names[ord(char)]): (char, 500) for char in TEXT if ord(char) in names
        }
    return Face("ABCDEF+x", "x", 4, 880, -120, 0, (80, 80), path.read_bytes()), drawn


@pytest.mark.parametrize("role", ROLES)
def test_letters_and_characters_of_every_role_are_embedded(role: str) -> None:
    assert embed(PdfFile(), *face(role)) is not None


@pytest.mark.parametrize("role", ["黑体", "楷体"], ids=["cff", "truetype"])
def test_a_part_that_would_draw_nothing_is_no_part(
    role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    space, drawn = 1, face(role)[1]

    def astray(data: bytes, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
        part, places = packed_part(data, [space, *glyphs])
        return part, dict.fromkeys(places, places[space])

    printfonts._part.cache_clear()
    monkeypatch.setattr(printfonts, "packed_part", astray)
    assert embed(PdfFile(), face(role)[0], drawn) is None
    printfonts._part.cache_clear()
