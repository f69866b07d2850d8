"""Numbers for the sheets of a bound file: alone on pages that are laid over it."""

from collections.abc import Sequence

from kcbx_docs.problems import Place, stop
from kcbx_docs.render.fonts import FontSet
from kcbx_docs.render.native import (
    engine_alone,
    load_weasyprint,
    missing_for_pdf,
    new_font_configuration,
)
from kcbx_docs.render.pdf import scoped_fetcher

ROLE = "宋体"
_SHEET = """
@page { size: 210mm 297mm; margin: 8mm 12mm }
html { font: 12pt %s }
body { margin: 0 }
p { margin: 0; text-align: right; page-break-after: always }
p.back { text-align: left }
p:last-child { page-break-after: auto }
"""


@engine_alone()
def number_sheets(backs: Sequence[bool], fonts: FontSet) -> bytes:
    """Return a PDF of A4 pages that bear nothing but 1, 2, 3 … in the outer upper corner:
    right on fronts, left on ``backs``.
    """
    if reason := missing_for_pdf():
        raise stop("REND001", Place(), kind="PDF", reason=reason)
    engine, config = load_weasyprint(), new_font_configuration()
    fetcher = scoped_fetcher(tuple(fonts.folders()))
    engine.CSS(string=fonts.css({ROLE: "0123456789"}), font_config=config, url_fetcher=fetcher)
    sides = ("back" if back else "front" for back in backs)
    body = "".join(f'<p class="{side}">{number}</p>' for number, side in enumerate(sides, 1))
    source = engine.HTML(
        string=f'<html lang="zh-CN">{body}', base_url="kcbx:/", url_fetcher=fetcher
    )
    sheet = engine.CSS(string=_SHEET % fonts.stack(ROLE))
    return bytes(source.write_pdf(font_config=config, stylesheets=[sheet]))
