"""What two places say otherwise, as a lawyer reads it."""

from datetime import date
from itertools import chain

import pytest

from kcbx_docs.keeping.diffpage import page
from kcbx_docs.keeping.packdiff import beside, difference
from kcbx_docs.keeping.readable import Reader
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.packs.library import library_of
from kcbx_docs.packs.markup import Text

DAY = date(2026, 11, 28)
CHILD = """{% block 缺课以后 %}
<p>缺课三次以上的，{{ 学校.名称 }}家访<blank name="教师" width="5"/>（{{ 法条("义务教育法", 58) }}）。</p>
{% endblock %}
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Guangxi as it is shipped, and a county that changes one block, one title, one value."""
    root = tmp_path_factory.mktemp("模板") / "guangxi" / "xian"
    (root / "documents").mkdir(parents=True)
    head = '名称: 某县\n行政区划代码: "450299"\n版本: "1"\n来源: 某文件\n核对日期: 2026-11-01\n'
    own = "标题: {admonition: 告诫书}\n参数: {月报日: 25}\n"
    (root / "pack.yaml").write_text(head + own, "utf-8")
    (root / "documents/liability-notice.html").write_text(CHILD, "utf-8")
    packs = find_packs((root.parents[1], shipped_root()))[0]
    return tuple(library_of(name, packs)[0] for name in ("guangxi", "guangxi/xian"))


@pytest.fixture(scope="module")
def found(places):
    return difference(*places, DAY)


def test_values_are_told_with_their_source(found):
    (value,) = [one for one in found.values if one.name == "参数.月报日"]
    assert (value.before, value.after) == ("未知", "25")
    assert value.source_after == "某文件（2026-11-01 核对）"


def test_a_document_is_told_by_block_and_title(found):
    told = {one.id: one for one in found.documents}
    assert told["admonition"].title_after == "告诫书"
    (block,) = told["liability-notice"].blocks
    assert block.block == "缺课以后"
    (words,) = [one.text for one in block.after]
    assert (
        words
        == "缺课三次以上的，〔学校.名称〕家访〔教师〕（《中华人民共和国义务教育法》第五十八条）。"
    )
    assert block.after[0].place == "guangxi/xian/documents/liability-notice.html:2"


def test_only_what_is_wanted_is_compared_and_alike_is_nothing(places):
    assert difference(*places, DAY, ("admonition",)).values == ()
    assert difference(places[0], places[0], DAY).same


def test_every_word_of_a_document_is_read(places):
    """Of a reader that dropped a paragraph nobody would see the difference."""
    library = places[0]
    for name in library.ids:
        flat = library.document(name)
        told = "".join(one.text for one in Reader(library, flat, DAY).wordings())
        pieces = [node.text for node in flat.tree.walk() if isinstance(node, Text)]
        lost = [one for one in chain(*map(str.split, pieces)) if one not in told]
        assert lost == [], name


def test_the_page_marks_what_is_only_in_one_and_holds_nothing_active(found):
    text = page(found)
    assert "<ins>" in text and "<del>" in text and "<script" not in text
    assert "《中华人民共和国义务教育法》第五十八条" in text


def test_within_a_paragraph_the_words_that_differ_are_cut_out(places):
    block = next(
        one for one in difference(*places, DAY).documents if one.id == "liability-notice"
    ).blocks[0]
    pieces = [piece for line in beside(block) for piece in line.pieces]
    assert "".join(one[2] for one in pieces) == block.after[0].text
    assert "".join(one[1] for one in pieces) == "".join(one.text for one in block.before)
