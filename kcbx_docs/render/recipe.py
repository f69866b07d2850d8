"""All that the bytes of a paper's PDF depend on, as one hash: the same recipe, the same file.

Words, styles, the very bytes of the fonts, the whole program, the engine and its libraries are in
it, so that a file of the same recipe need not be laid out again.
"""

import hashlib
import json
import platform
import zlib
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.fonts import FontSet, FontUsed
from kcbx_docs.render.html import to_html
from kcbx_docs.render.native import library_versions
from kcbx_docs.render.pdf import DRAFT_TEXT, Body, mark_of, texts_of
from kcbx_docs.render.program import own_program

ENGINE = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pillow")


@dataclass(frozen=True)
class Recipe:
    """The hash of all that a file is made from, and the fonts that it embeds."""

    key: str
    fonts: tuple[FontUsed, ...]


def recipe_of(
    body: Body, fonts: FontSet, *, title: str, author: str, draft: bool, tagged: bool
) -> Recipe | None:
    """Sum up what ``render_pdf`` would make of one paper; nothing where it would refuse."""
    page, found = to_html(body.tree, body.layout, body.place)
    if page is None or found:
        return None
    texts = texts_of([page], DRAFT_TEXT if draft else {})
    told = {
        "words": page.html,
        "styles": stylesheet(body.layout, fonts.stack) + mark_of(body.layout, fonts, draft=draft),
        "layout": body.layout.name,
        "names": [title, author, body.title, body.case, body.label],
        "checked": body.page_limit,
        "kind": [draft, tagged],
        "faces": [(family, *_file(path)) for family, path in fonts.faces(texts)],
        "programs": programs(),
    }
    key = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    return Recipe(key, fonts.manifest(fonts.used(texts)))


def _file(path: Path) -> tuple[str, str]:
    state = path.stat()
    return path.name, _digest(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _digest(path: Path, _modified: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def programs() -> tuple[str, ...]:
    """Name everything that takes part in making a file: our own program by its bytes."""
    engine = [f"{name} {version(name)}" for name in ENGINE]
    system = (platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, *library_versions())
    return (own_program(), *engine, *system)
