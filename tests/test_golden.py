"""The words of every paper, kept as text for review: a change of wording shows in the difference.

``pytest tests/test_golden.py --update-golden`` rewrites the texts and removes those that nothing makes any more.
"""

from collections import defaultdict
from pathlib import Path

from kcbx_docs.render.text import paragraphs
from tests import matrix

GOLDEN = Path(__file__).parent / "golden"


def wanted() -> dict[str, str]:
    """Return the text of every document by file, each pack's only where it differs from one shown before."""
    sections: dict[str, list[str]] = defaultdict(list)
    for sample, one in matrix.distinct():
        head = f"## {sample.source} / {one.paper.name}"
        sections[f"{sample.pack}/{one.paper.document}.txt"].append(
            "\n".join((head, *paragraphs(one.filled.root)))
        )
    return {name: "\n\n".join(parts) + "\n" for name, parts in sections.items()}


def test_the_words_are_those_that_were_reviewed(update_golden):
    texts = wanted()
    kept = {path.relative_to(GOLDEN).as_posix(): path for path in GOLDEN.rglob("*.txt")}
    if update_golden:
        for name, text in texts.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, "utf-8")
        for name in kept.keys() - texts.keys():
            kept[name].unlink()
        return
    hint = "文字有变化；看过差别、确认无误后运行 pytest tests/test_golden.py --update-golden"
    assert sorted(kept) == sorted(texts), hint
    changed = {
        name: (kept[name].read_text("utf-8").split("\n"), text.split("\n"))
        for name, text in texts.items()
        if kept[name].read_text("utf-8") != text
    }
    lines = [
        f"{name}:{n}: {a!r} → {b!r}"
        for name, (old, new) in changed.items()
        for n, (a, b) in enumerate(zip(old, new, strict=False), 1)
        if a != b
    ][:20]
    assert changed == {}, "\n".join([hint, *lines])
