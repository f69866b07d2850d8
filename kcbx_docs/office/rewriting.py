"""Put a changed text in the place of a file that people write, unless they changed it meanwhile."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from kcbx_docs.locking import only_writer
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import reason_of, write_over


def rewrite(output: Path | None, path: Path, before: bytes, data: bytes) -> None:
    """Write the file unless somebody changed it since it was read; its mode stays.

    ``output`` is the folder of the office in which one run at a time writes, where there is one.
    """
    with _alone(output, path.name) if output else nullcontext():
        if path.read_bytes() != before:
            raise stop("CLI053", Place(str(path)))
        write_over(path.resolve(), data, path.stat().st_mode & 0o777)


def _alone(output: Path, name: str) -> AbstractContextManager[None]:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise stop("PAPR007", Place(), path=output, reason=reason_of(error)) from error
    return only_writer(output, name)
