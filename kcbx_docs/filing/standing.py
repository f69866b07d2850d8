"""What stands in output already: a file that would come out the same is not laid out again."""

import hashlib
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from kcbx_docs.filing.folder import DRAFTS
from kcbx_docs.filing.manifest import NONE, Listed, Manifest, read_manifest
from kcbx_docs.light import dataclass
from kcbx_docs.papers.files import MADE_FROM, seal


@dataclass
class OnDisk:
    """The files below a root, as long as each is what its folder's manifest says of it."""

    root: Path
    _known: dict[Path, Manifest] = field(default_factory=dict)

    def data(self, folder: str, name: str, key: str, *, draft: bool) -> bytes | None:
        """Return the bytes of a file that was made from the same recipe and is untouched."""
        listed = self._listed(folder, name, draft=draft)
        if listed is None or listed.entry.get(MADE_FROM) != seal(key, listed.sha256):
            return None
        return self._untouched(self._target(folder, draft=draft) / name, listed)

    def stands(self, folder: str, name: str, issued: str) -> bool:
        """Tell whether a file that went out with an issued paper is there, untouched."""
        listed = self._listed(folder, name)
        if listed is None or listed.entry.get("issued") != issued:
            return False
        return self._untouched(self._target(folder) / name, listed) is not None

    def _target(self, folder: str, *, draft: bool = False) -> Path:
        return self.root / folder / DRAFTS if draft else self.root / folder

    def _listed(self, folder: str, name: str, *, draft: bool = False) -> Listed | None:
        target = self._target(folder, draft=draft)
        if target not in self._known:
            self._known[target] = read_manifest(target) or NONE
        return self._known[target].files.get(name)

    def _untouched(self, path: Path, listed: Listed) -> bytes | None:
        with suppress(OSError):
            data = b"" if path.is_symlink() else path.read_bytes()
            if hashlib.sha256(data).hexdigest() == listed.sha256:
                return data
        return None
