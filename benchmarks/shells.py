"""``python -m benchmarks.shells``: what Tab really offers in bash, zsh and fish on this machine.

A shell that is not installed is left out; the scripts themselves are tested in tests/cli.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINES = {
    "kcbx wat": "watch",
    "kcbx pack li": "lint",
    "kcbx next 2026-00": "2026-001",
    "kcbx render 到责令 --doc 责令限": "责令限期改正通知书",
    "kcbx next 到责令 --guardian ": "李桂仙",
}
"""What is typed before Tab, and what must be offered among others or put in."""

_BASH = """eval "$(kcbx completion bash)"; compopt() { :; }; IFS=' '
COMP_WORDS=($1); [[ $1 == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _kcbx_completion kcbx
echo "${COMPREPLY[*]}"
"""
_ZSH = """zmodload zsh/zpty; zpty z zsh -f -i
all() { local out; while zpty -r -t z line; do out+=$line; done; print -r -- "$out" }
zpty -w z 'autoload -Uz compinit; compinit -u -D; eval "$(kcbx completion zsh)"'
sleep 4; all >/dev/null; zpty -w -n z "$1"$'\\t'; sleep 4; all
"""


def _fish(line: str) -> list[str]:
    return ["fish", "-c", f"kcbx completion fish | source; complete -C '{line}'"]


SHELLS: dict[str, Callable[[str], list[str]]] = {
    "bash": lambda line: ["bash", "-c", _BASH, "bash", line],
    "fish": _fish,
    "zsh": lambda line: ["zsh", "-f", "-c", _ZSH, "zsh", line],
}


def main() -> int:
    """Try every line in every shell; return how many did not offer what they must."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "kcbx"
        own.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kcbx_docs "$@"\n', "utf-8")
        own.chmod(0o755)
        path = f"{folder}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        for shell in filter(shutil.which, SHELLS):
            for line, wanted in LINES.items():
                words = SHELLS[shell](line)
                done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
                good = wanted in done.stdout
                wrong += not good
                print(f"{shell:5} {'好' if good else '没有'}　{line}→ {wanted}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
