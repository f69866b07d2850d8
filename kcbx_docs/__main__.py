"""``python -m kcbx_docs``: the same as ``kcbx``."""

from kcbx_docs.cli import main

if __name__ == "__main__":
    main()
