"""What each picture was drawn from, kept beside the pictures: whoever changes a text sees in the
tests, which draw nothing, that its picture is old.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.pictures import packs, screen

NAME = "来源.json"
PAPERS = {
    "告知书.png": "tests/golden/yunnan/liability-notice.txt",
    "责令.png": "tests/golden/yunnan/order-to-correct.txt",
}
"""The reviewed words of the papers that are shown."""


def copy_samples(root: Path, folder: Path) -> Path:
    """Copy the sample office without what was made in it."""
    office = folder / "office"
    shutil.copytree(root / "cases", office / "cases", ignore=shutil.ignore_patterns("output"))
    shutil.copy(root / "kcbx.yaml", office)
    return office


def shown(root: Path, folder: Path) -> dict[str, str]:
    """Return what every picture shows today, as text."""
    texts = {name: (root / path).read_text("utf-8") for name, path in PAPERS.items()}
    return {
        **texts,
        "下一步.svg": screen.text(screen.told(folder)),
        "模板包.svg": packs.text(packs.nodes()),
    }


def fingerprint(data: bytes) -> str:
    """Tell a text or a picture from every other."""
    return hashlib.sha256(data).hexdigest()


def written(texts: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    """Write what was shown, and which picture shows it."""
    said = {
        name: {"文字": fingerprint(texts[name].encode()), "图": fingerprint(picture)}
        for name, picture in pictures.items()
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
