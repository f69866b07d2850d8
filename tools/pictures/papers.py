"""Two papers as they come out of the printer: a notice with its slip, and an order."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pypdfium2
from click.testing import CliRunner
from PIL import Image, ImageOps

from kcbx_docs.cli import kcbx

WIDTH = 900
SHADES = 8
"""So many greys are enough for black letters on white, and half as long as all of them."""
FRAME = "#b8c0c8"

Asked = tuple[str, ...]
NOTICE: Asked = (
    *("render", "cases/开学告知.yaml", "--only", "杨春燕", "--format", "pdf"),
    *("--as-of", "2026-09-01"),
)
ORDER: Asked = (
    *("issue", "cases/到责令.yaml", "--doc", "责令送被监护人接受义务教育通知书"),
    *("--to", "普正华", "--as-of", "2026-09-25"),
)


@contextmanager
def same_codes() -> Iterator[None]:
    """Let the codes of a ledger, which nobody shall guess, be the same in every picture.

    This machine must not remember it: when drawn again, the same ledger begins anew.
    """
    dice = random.Random(1)
    patched = mock.patch.multiple("secrets", choice=dice.choice, randbits=dice.getrandbits)
    with TemporaryDirectory() as memory, patched, mock.patch.dict(os.environ, KCBX_LEDGERS=memory):
        yield


def draw(asked: Asked, pattern: str) -> bytes:
    """Make a paper in the folder in which we stand; return its first page."""
    with same_codes():
        done = CliRunner().invoke(kcbx, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (path,) = Path("output").rglob(pattern)
    return picture(path.read_bytes())


def picture(pdf: bytes) -> bytes:
    """Draw the first page of a PDF in a few greys, with a frame: the ground may be white, too."""
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
    framed = ImageOps.expand(image.convert("RGB"), border=1, fill=FRAME)
    file = BytesIO()
    framed.quantize(SHADES, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
