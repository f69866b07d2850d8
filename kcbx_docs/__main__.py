"""``python -m kcbx_docs`` and ``kcbx``: the program; Ctrl-C ends it at any moment in one line."""

import atexit
import gc
import os
import sys

RARELY = 200_000
"""New objects after which garbage is looked for: a command that starts makes many and drops few."""


def main() -> None:
    """Load and run the program."""
    if sys.getfilesystemencoding() == "ascii":
        in_utf8()
    gc.set_threshold(RARELY)
    if sys.stdout is None or sys.stderr is None:
        into_nowhere()
    try:
        from kcbx_docs.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("已取消。\n")
        sys.exit(130)  # cli.group.STOPPED, which may not be loaded yet
    except SystemExit as ended:
        _leave(ended.code)
        raise


def _leave(code: object) -> None:
    """End at once, if nobody works any more: Python would take every object apart first, a tenth of
    a second and more, and the system takes the memory back whole.
    """
    if not isinstance(code, int | None) or _others_work():
        return
    atexit._run_exitfuncs()  # temporary folders are removed, logs closed
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(code or 0)


def _others_work() -> bool:
    threads = sys.modules.get("threading")
    if threads is None:
        return False
    others = set(threads.enumerate()) - {threads.main_thread()}
    return not all(one.daemon for one in others)


def into_nowhere() -> None:
    """Let nobody mind that there is no terminal: pythonw has none, after a double click."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or sys.stdout


def in_utf8() -> None:
    """Begin again where file names have only English letters: ours, and people's, are Chinese."""
    asked_before = os.environ.get("PYTHONUTF8") == "1"  # -X utf8=0 and -E say otherwise for good
    if not (sys.flags.utf8_mode or asked_before):
        os.execve(sys.executable, sys.orig_argv, {**os.environ, "PYTHONUTF8": "1"})


if __name__ == "__main__":
    main()
