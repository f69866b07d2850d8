"""``python -m kcbx_docs`` and ``kcbx``: the program; Ctrl-C ends it at any moment in one line."""

import sys


def main() -> None:
    """Load and run the program."""
    try:
        from kcbx_docs.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("已取消。\n")
        sys.exit(130)  # cli.group.STOPPED, which may not be loaded yet


if __name__ == "__main__":
    main()
