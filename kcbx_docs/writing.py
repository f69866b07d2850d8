"""Write one file whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from kcbx_docs.problems import Place, stop

PRIVATE = 0o600


def write_over(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put a file in the place of an older one; whoever reads meanwhile sees the one or the other."""
    staged = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, staged = tempfile.mkstemp(prefix=".kcbx-", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(staged).chmod(mode)
        Path(staged).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(staged).unlink()
        raise stop("PAPR007", Place(), path=path, reason=error.strerror) from error
