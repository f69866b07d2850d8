"""Answers of a form that was not finished: kept for this user alone until it is."""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.problems import UserError
from kcbx_docs.reading import Loc
from kcbx_docs.writing import PRIVATE, user_folder, write_whole

FOLDER = "KCBX_ANSWERS"
"""Where they are kept instead, by the environment."""
_FOR = 14 * 24 * 3600
"""Seconds: they hold personal data, and nobody goes on after two weeks."""
_NAMES = "[0-9a-f]" * 16 + ".json"
"""How they are called: whatever else lies in the folder is somebody else's."""


@dataclass(frozen=True)
class KeptAnswers:
    """The unfinished answers of one command in one folder."""

    path: Path

    def keep(self, answers: Mapping[Loc, str]) -> None:
        """Keep the answers so far; where that cannot be, the form goes on all the same."""
        data = json.dumps([[list(loc), text] for loc, text in answers.items()], ensure_ascii=False)
        with suppress(OSError, UserError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self.path, data.encode(), PRIVATE)

    def answers(self) -> dict[Loc, str]:
        """Return what was kept; nothing if there is none, or none that can be read."""
        self._forget_old()
        try:
            pairs: Any = json.loads(self.path.read_text("utf-8"))
            return {tuple(loc): str(text) for loc, text in pairs}
        except (OSError, ValueError, TypeError):
            return {}

    def _forget_old(self) -> None:
        """Delete what nobody goes on with, of any command and folder."""
        for path in self.path.parent.glob(_NAMES):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime >= _FOR:
                    path.unlink()

    @property
    def when(self) -> str:
        """Tell when somebody stopped."""
        return f"{datetime.fromtimestamp(self.path.stat().st_mtime):%Y-%m-%d %H:%M}"

    def forget(self) -> None:
        """Delete what was kept."""
        with suppress(OSError):
            self.path.unlink()


def kept_for(command: str, folder: Path) -> KeptAnswers:
    """Return where the answers of a command in a folder are kept, by this user."""
    name = hashlib.sha256(f"{command}\n{folder.resolve()}".encode()).hexdigest()[:16]
    default = user_folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "cache") / "answers"
    return KeptAnswers(Path(os.environ.get(FOLDER) or default) / f"{name}.json")
