"""WeasyPrint and its native libraries: found, prepared, or one line that says what is missing.

Nothing here is imported by the DOCX side. Without root the set-up unpacks Pango into the user's
data folder; its libraries are loaded from there by path, after which a look-up by soname finds
them.
"""

import ctypes
import ctypes.util
import gc
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from threading import RLock, current_thread, main_thread
from types import ModuleType
from typing import Any

from kcbx_docs.problems import UserError, stop
from kcbx_docs.render.fontfiles import user_cache_folder, user_data_folder, write_cache

SWITCHED_OFF = "KCBX_NO_WEASYPRINT"
NEEDED = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
LOADED = (*NEEDED, "libgobject-2.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1")
ENGINE = ("weasyprint", "pydyf", "cffi", "tinyhtml5", "tinycss2", "cssselect2", "fontTools", "PIL")
APT = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
NO_SYSTEM_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig/>
"""


_ENGINE = RLock()


@contextmanager
def engine_alone() -> Iterator[None]:
    """Let one thread at a time load the engine or lay pages out, whoever asks: Pango kills the
    process where two do, and what the process prints and finds is another while it is loaded.
    """
    with _ENGINE:
        yield


@contextmanager
def swept_here() -> Iterator[None]:
    """Free what a layout leaves behind in cycles before another thread does so in the middle of
    the next: Pango's fonts are freed for one thread at a time, too. A command has one thread.
    """
    if current_thread() is main_thread() or not gc.isenabled():
        yield
        return
    gc.disable()
    gc.freeze()  # what was there before is not looked at
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        gc.enable()


@engine_alone()
def load_weasyprint() -> ModuleType:
    """Return the module ``weasyprint``; stop with one line where it or Pango is missing."""
    if os.environ.get(SWITCHED_OFF):
        missing = f"环境变量 {SWITCHED_OFF} 已将其关闭"
        raise stop("REND200", missing=missing, install="需要时取消这个变量。")
    load_unpacked()
    try:
        with (
            own_fonts_only(),
            _no_search(),
            redirect_stdout(StringIO()),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            return import_module("weasyprint")
    except ImportError as error:
        missing = f"缺少 Python 库 {error.name}"
        raise stop("REND200", missing=missing, install="请执行 pip install weasyprint。") from error
    except OSError as error:
        raise stop("REND200", missing="缺少 Pango 排版库", install=install_advice()) from error


@contextmanager
def _no_search() -> Iterator[None]:
    """Have libraries on Linux opened by their own names only: WeasyPrint tries those of other
    systems first, and for each of them Python would start ldconfig, a compiler and a linker.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


@engine_alone()
def new_font_configuration() -> Any:
    """Return a WeasyPrint font configuration that knows stylesheets' fonts alone; share it."""
    load_weasyprint()
    with own_fonts_only():
        return import_module("weasyprint.text.fonts").FontConfiguration()


def missing_for_pdf() -> str:
    """Return why no PDF can be made on this machine, nothing if it can."""
    try:
        load_weasyprint()
    except UserError as error:
        return str(error.problems[0])
    return ""


def lacking_for_pdf() -> str:
    """Return the same at a glance: where all that WeasyPrint needs lies ready it is not loaded,
    since a paper that stands already is not laid out.
    """
    if sys.platform != "linux" or os.environ.get(SWITCHED_OFF):
        return missing_for_pdf()
    load_unpacked()
    ready = all(map(find_spec, ENGINE)) and all(map(loads, LOADED))
    return "" if ready else missing_for_pdf()


def pango_version() -> str:
    """Return the version of the Pango that WeasyPrint uses."""
    number = _function("libpango-1.0.so.0", "pango", "pango_version")()
    return ".".join(str(number // step % 100) for step in (10000, 100, 1))


@cache
def library_versions() -> tuple[str, str]:
    """Name the libraries below WeasyPrint that decide what a page looks like."""
    shaper = _function("libharfbuzz.so.0", "harfbuzz", "hb_version_string")()
    return f"Pango {pango_version()}", f"HarfBuzz {shaper.decode()}"


@engine_alone()
def _function(file: str, name: str, function: str) -> Any:
    """Return a function of a library: on Linux WeasyPrint would open the same file."""
    if sys.platform == "linux":
        load_unpacked()
        found = getattr(ctypes.CDLL(file), function)
        found.restype = ctypes.c_char_p if function.endswith("string") else ctypes.c_int
        return found
    load_weasyprint()
    library = import_module("weasyprint.text.ffi")
    if not function.endswith("string"):
        return getattr(getattr(library, name), function)
    library.ffi.cdef(f"const char * {function} (void);")
    return lambda: library.ffi.string(getattr(getattr(library, name), function)())


def install_advice(platform: str = sys.platform) -> str:
    """Say in one line how Pango is installed on a system."""
    if platform == "win32":
        return "请安装 MSYS2，再执行 pacman -S mingw-w64-ucrt-x86_64-pango。"
    if platform == "darwin":
        path = "DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib"
        return f"请执行 brew install pango；仍找不到时设置 {path}。"
    return f"请执行 {APT}。"


@cache
def load_unpacked() -> None:
    """Load the libraries that the set-up unpacked for this user, unless the system has its own."""
    folder = user_data_folder() / "native"
    if folder.is_dir() and not pango_found():
        load_all(sorted(folder.glob("**/lib*.so.*")))


def pango_found() -> bool:
    """Tell whether the libraries can be loaded; asked on Linux only, where the set-up mends it."""
    return sys.platform != "linux" or all(map(loads, NEEDED))


def load_all(libraries: list[Path]) -> list[Path]:
    """Load libraries that need each other, in whatever order works; return those that fail."""
    waiting = libraries
    while waiting:
        left = [path for path in waiting if not loads(str(path))]
        if len(left) == len(waiting):
            break
        waiting = left
    return waiting


def loads(name: str) -> bool:
    """Tell whether a shared library can be loaded."""
    try:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


@contextmanager
def own_fonts_only() -> Iterator[None]:
    """Hide the system's fonts and rules from fontconfig: output is the same on every machine."""
    file = user_cache_folder() / "fontconfig.xml"
    if not file.exists():
        write_cache(file, NO_SYSTEM_FONTS.encode())
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(file)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
