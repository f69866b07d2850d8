"""The word by which a desk knows its proxy: a line for nginx that nobody else can read. From which
address a request comes proves nothing, since every program of the machine may take one.
"""

import os
import secrets
import stat
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.office.files import SERVER
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import PRIVATE, reason_of, write_new

FILE, HEADER = "代理口令.conf", "X-Kcbx-Proxy"
_BYTES = 32
_LINE = regex(rf'proxy_set_header {HEADER} "(?P<word>[0-9A-Za-z_-]{{32,}})";')
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def proxy_word(root: Path) -> str:
    """Read the word of a workspace, made the first time; raise where others may know it."""
    path = root / SERVER / FILE
    try:
        if not path.exists():
            line = f'proxy_set_header {HEADER} "{secrets.token_urlsafe(_BYTES)}";\n'
            write_new(path, line.encode(), PRIVATE)
        open_to_others = os.name != "nt" and path.stat().st_mode & _OTHERS
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise stop("PAPR007", Place(), path=path, reason=reason_of(error)) from error
    if open_to_others:
        raise stop("DESK051", Place(str(path)), file=f"{SERVER}/{FILE}")
    if found := _LINE.fullmatch(text.strip()):
        return str(found["word"])
    raise stop("DESK052", Place(str(path)), file=f"{SERVER}/{FILE}", header=HEADER)
