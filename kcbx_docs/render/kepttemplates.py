"""Templates as the code that Jinja makes of them, from one run to the next: reading and compiling
took a third of the time in which papers are made.

An entry is found by the template's words, the whole program, Jinja and Python; it is as good as the
compiled files that Python itself keeps, and nobody else may write where it lies (``render.kept``).
"""

import base64
import hashlib
import json
import marshal
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER
from types import CodeType

from jinja2 import Template

from kcbx_docs.packs.language import environment
from kcbx_docs.render.fontfiles import user_cache_folder
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.program import own_program


def template_of(source: str) -> Template:
    """Return a template ready to be filled, compiled in this run or in an earlier one."""
    key = _key(source)
    told = _shelf().get(key)
    if isinstance(told, str):
        code: CodeType = marshal.loads(base64.b64decode(told))
    else:
        code = environment.compile(source)
        _shelf().put(key, base64.b64encode(marshal.dumps(code)).decode())
    return Template.from_code(environment, code, environment.make_globals(None))


def text_of(source: str, make: Callable[[str], str], library: str) -> str:
    """Return what a library makes of a text, in this run or in an earlier one."""
    key = _key(source, f"{library} {version(library)}")
    told = _shelf().get(key)
    if isinstance(told, str):
        return told
    made = make(source)
    _shelf().put(key, made)
    return made


@cache
def _shelf() -> Kept:
    return Kept(user_cache_folder() / "templates")


def _key(source: str, *more: str) -> bytes:
    told = [source, *_made_by(), *more]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).digest()


@cache
def _made_by() -> tuple[str, ...]:
    """Name what takes part in compiling."""
    libraries = [f"{name} {version(name)}" for name in ("jinja2", "markupsafe")]
    return own_program(), *libraries, MAGIC_NUMBER.hex(), sys.version
