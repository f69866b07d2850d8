"""Draw all pictures anew; nothing is said of those that stay as they are."""

import os
import tempfile
from pathlib import Path

from tools.pictures import packs, papers, screen, sources

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/图"


def main() -> None:
    """Draw in a copy of the samples, and write what is new."""
    with tempfile.TemporaryDirectory() as folder:
        made = drawn(Path(folder))
    FOLDER.mkdir(exist_ok=True)
    for name, data in made.items():
        path = FOLDER / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            print(path.relative_to(ROOT), len(data))


def drawn(folder: Path) -> dict[str, bytes]:
    """Draw every picture; beside them what each shows, in a word."""
    office = sources.copy_samples(ROOT, folder)
    texts = sources.shown(ROOT, office)
    os.chdir(office)
    try:
        pictures = {
            "告知书.png": papers.draw(papers.NOTICE, "*控辍保学告知书*.pdf"),
            "责令.png": papers.draw(papers.ORDER, "310-*.pdf"),
            "下一步.svg": screen.draw(screen.told(office)).encode(),
            "模板包.svg": packs.draw(packs.nodes()).encode(),
        }
    finally:
        os.chdir(ROOT)
    return {**pictures, sources.NAME: sources.written(texts, pictures)}


if __name__ == "__main__":
    main()
