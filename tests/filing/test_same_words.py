"""After an update of the program an issued paper has other bytes: that changes nothing in it."""

from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.filing.changes import OLD, decide
from kcbx_docs.filing.manifest import write_manifest
from kcbx_docs.papers.files import File, Papers

RUN = {"kcbx": "1", "whose": {"kind": "案件", "number": "甲", "marks": []}}


def paper(data: bytes, words: str) -> File:
    about: dict[str, Any] = {"document": "order", "issued": True, "templates": [], "cited": []}
    return File("310-责令.docx", data, {**about, **({"words": words} if words else {})})


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("一样", "一样", []),
        ("一样", "改了", ["PAPR022"]),
        ("", "一样", ["PAPR022"]),
    ],
)
def test_only_other_words_are_another_paper(
    tmp_path: Path, before: str, now: str, told: list[str]
) -> None:
    old, new = paper(b"old", before), paper(b"new", now)
    (tmp_path / old.name).write_bytes(old.data)
    (tmp_path / "manifest.json").write_bytes(write_manifest([old], RUN, ()))
    changes = decide(tmp_path, Papers("甲", (new,), RUN, "整套", False))
    assert [one.code for one in changes.problems] == told
    assert [path.parent.name for path in changes.kept.values()] == [OLD] * len(told)
    assert changes.put[tmp_path / new.name] is new
