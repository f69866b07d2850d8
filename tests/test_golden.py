"""The words of every paper, kept as text for review: a change of wording shows in the difference.

``pytest tests/test_golden.py --update-golden`` rewrites the texts and removes those that nothing
makes any more.
"""

import pytest

from tests import golden, matrix

pytestmark = [pytest.mark.alike, pytest.mark.long]

HINT = "文字有变化；看过差别、确认无误后运行 pytest tests/test_golden.py --update-golden"


@pytest.mark.parametrize("pack", matrix.PACKS)
def test_the_words_are_those_that_were_reviewed(pack, update_golden):
    new = golden.texts(pack)
    if update_golden:
        golden.update(pack, new)
    old = {name: path.read_text("utf-8") for name, path in golden.kept(pack).items()}
    changed = golden.differences(pack, old, new)
    assert changed == [], "\n".join([HINT, *changed])


def test_every_reviewed_text_belongs_to_a_pack():
    folders = {path.parent.relative_to(golden.GOLDEN) for path in golden.GOLDEN.rglob("*.txt")}
    assert {folder.as_posix() for folder in folders} - set(matrix.PACKS) == set()


def test_an_inserted_line_does_not_drag_the_rest_along():
    old = {"urge-notice": "标题\n甲\n乙\n丙\n"}
    new = {"urge-notice": "标题\n新的一行\n甲\n乙\n丙\n"}
    shown = golden.differences("national", old, new)
    assert [line for line in shown if line[0] in "+-"] == [
        "--- 审阅过的/national/urge-notice.txt",
        "+++ 现在的/national/urge-notice.txt",
        "+新的一行",
    ]


def test_texts_that_came_or_went_are_named():
    shown = golden.differences("yunnan", {"gone": "旧\n"}, {"new": "新\n"})
    assert shown == [
        "多出来的审阅文字 yunnan/gone.txt：已没有文书这样写",
        "缺少审阅文字 yunnan/new.txt：这份文书还没有审阅",
    ]
