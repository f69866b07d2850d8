"""A school's printed seal: a picture named by its content, which papers refer to by that name.

It stands in a paper where a code may stand, so that what draws, joins and stamps codes draws it.
"""

import hashlib
import io

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, stop
from kcbx_docs.scans.bounds import MOST_BYTES

ABOUT = "学校印章"
"""What a reader who cannot see a seal is told."""
BELOW = 4
"""Millimetres from the upper edge of the date to the middle of a seal: it keeps off the slip."""
ASIDE = 6
"""Millimetres from the right edge of the text to a seal: it stands over signature and date."""
_NAME = "SEAL-"
_DOTS = 800  # a side, about 480 an inch
_known: dict[str, "Seal"] = {}
"""What this process has read, by the name that its content gives it."""


@dataclass(frozen=True)
class Seal:
    """A picture as wide as high: as PNG, and its colours and how much is seen of each dot."""

    png: bytes
    side: int
    colours: bytes
    cover: bytes


def read_seal(data: bytes, place: Place) -> str:
    """Examine a picture and return the name by which papers draw it in this process; raise
    UserError where it cannot be drawn.
    """
    from PIL import Image, ImageChops, ImageOps

    from kcbx_docs.scans.pictures import opened

    if len(data) > MOST_BYTES:
        raise stop("SCAN002", place, most=MOST_BYTES // 1_000_000)
    with opened(data, place) as picture:
        upright = ImageOps.exif_transpose(picture)
        if "A" in upright.getbands() or "transparency" in upright.info:
            above = upright.convert("RGBA")
        else:  # white paper around a seal must not hide what is printed below it
            above = upright.convert("RGB").convert("RGBA")
            red, green, blue, _ = above.split()
            least = ImageChops.darker(ImageChops.darker(red, green), blue)
            above.putalpha(ImageChops.invert(least))
        above.thumbnail((_DOTS, _DOTS))
        side = max(above.size)
        square = Image.new("RGBA", (side, side), (255, 255, 255, 0))
        square.paste(above, ((side - above.width) // 2, (side - above.height) // 2))
    file = io.BytesIO()
    square.save(file, "PNG")
    name = _NAME + hashlib.sha256(square.tobytes()).hexdigest()[:32].upper()
    cover = square.getchannel("A").tobytes()
    _known[name] = Seal(file.getvalue(), side, square.convert("RGB").tobytes(), cover)
    return name


def is_seal(name: str) -> bool:
    """Tell whether what stands for a code is the name of a seal."""
    return name.startswith(_NAME)


def seal_of(name: str) -> Seal:
    """Return a seal that was read before."""
    return _known[name]


def room_of(size: float) -> str:
    """Hold the place of a seal of so many millimetres on a page that is laid out."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" '
        f'width="{size:g}mm" height="{size:g}mm"><title>{ABOUT}</title></svg>'
    )
