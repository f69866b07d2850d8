"""``python -m kcbx_docs``: the same as ``kcbx``."""

from .cli import main

if __name__ == "__main__":
    main()
