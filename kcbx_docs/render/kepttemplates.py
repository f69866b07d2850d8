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

from jinja2 import BytecodeCache, Template
from jinja2.bccache import Bucket

from kcbx_docs.packs.language import environment
from kcbx_docs.render.fontfiles import user_cache_folder
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.program import own_program


def template_of(source: str) -> Template:
    """Return a template ready to be filled, compiled in this run or in an earlier one."""
    key = _key(source)
    code = _kept(key)
    if code is None:
        code = environment.compile(source)
        _keep(key, code)
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


class KeptCode(BytecodeCache):
    """The code of templates that Jinja finds by their names: pages."""

    def __init__(self) -> None:
        # Beside a busy thread each of the program's many files would be waited for: read now.
        _made_by()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what an earlier run compiled."""
        bucket.code = _kept(_key(bucket.checksum, bucket.key))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next run."""
        if bucket.code is not None:
            _keep(_key(bucket.checksum, bucket.key), bucket.code)


def _kept(key: bytes) -> CodeType | None:
    told = _shelf().get(key)
    if not isinstance(told, str):
        return None
    code: CodeType = marshal.loads(base64.b64decode(told))
    return code


def _keep(key: bytes, code: CodeType) -> None:
    _shelf().put(key, base64.b64encode(marshal.dumps(code)).decode())


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
