"""A child template holds only the blocks that it changes; every character knows its file."""

import pytest

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.problems import UserError

HEAD = "---\n编号: order\n标题: 责令限期改正通知书\n一份对应: 监护人\n版式: 执法文书\n---\n"
BASE = (
    HEAD
    + """\
<h1>{{ 文书.标题 }}</h1>
{% block 事实 %}
<p>经查，{% block 期间 %}一学期{% endblock %}未到校。</p>
{% endblock %}
{# 给维护人看的注释，不印出 #}
{% include "落款" %}
"""
)
PARTS = {"national/parts/落款.html": '<p class="署名">{{ 机关.名称 }}</p>\n'}


def words(text: str) -> str:
    return "".join(text.split())


def codes(error: pytest.ExceptionInfo[UserError]) -> list[tuple[str, str]]:
    return [(p.code, str(p.place)) for p in error.value.problems]


def test_child_changes_only_its_block(chain):
    flat = flatten(
        chain(
            {
                "national/documents/order.html": BASE,
                **PARTS,
                "yunnan/documents/order.html": "---\n说明: 云南\n---\n{% block 期间 %}三日以上{% endblock %}\n",
            },
            "yunnan",
        ),
        "order",
    )
    assert words(flat.source) == words(
        '<h1>{{ 文书.标题 }}</h1><p>经查，三日以上未到校。</p><p class="署名">{{ 机关.名称 }}</p>'
    )
    assert str(flat.place(flat.source.index("三日"))) == "yunnan/documents/order.html:4:15"
    assert str(flat.place(flat.source.index("经查"))) == "national/documents/order.html:9:4"
    assert str(flat.place(flat.source.index("署名"))) == "national/parts/落款.html:1:11"
    assert str(flat.blocks["期间"]) == "yunnan/documents/order.html:4:1"


def test_super_keeps_what_the_parent_says_at_every_level(chain):
    flat = flatten(
        chain(
            {
                "national/documents/order.html": BASE,
                **PARTS,
                "yunnan/documents/order.html": "---\n---\n".replace("---\n---", "---\n说明: a\n---")
                + "{% block 事实 %}{{ super() }}<p>省</p>{% endblock %}",
                "yunnan/yuxi/documents/order.html": "---\n说明: b\n---\n{% block 事实 %}{{ super() }}<p>市</p>{% endblock %}",
            },
            "yunnan/yuxi",
        ),
        "order",
    )
    assert words("<p>经查，一学期未到校。</p><p>省</p><p>市</p>") in words(flat.source)


def test_a_part_may_be_changed_by_a_block_too(chain):
    flat = flatten(
        chain(
            {
                "national/documents/order.html": HEAD + "{% include '落款' %}",
                "national/parts/落款.html": "{% block 印章 %}<p>（印章）</p>{% endblock %}",
                "yunnan/parts/落款.html": "{% block 印章 %}<p>（公章）</p>{% endblock %}",
            },
            "yunnan",
        ),
        "order",
    )
    assert words(flat.source) == "<p>（公章）</p>"


def test_titles_come_from_pack_yaml_with_their_place(chain):
    joined = chain(
        {
            "national/documents/order.html": BASE,
            **PARTS,
            "yunnan/pack.yaml": "名称: 云南省\n版本: '1'\n标题:\n  order: 责令送被监护人接受义务教育通知书\n",
        },
        "yunnan",
    )
    flat = flatten(joined, "order")
    assert flat.front.title == "责令送被监护人接受义务教育通知书"
    assert str(flat.origins[("标题",)]) == "yunnan/pack.yaml:4:3"


def test_all_mistakes_of_a_child_at_once(chain):
    joined = chain(
        {
            "national/documents/order.html": BASE,
            **PARTS,
            "yunnan/documents/order.html": '---\n说明: 云南\n---\n<p>丢失的文字</p>\n{% block 事買 %}x{% endblock %}\n{% block 期间 %}{% include "落欵" %}{% endblock %}\n',
        },
        "yunnan",
    )
    with pytest.raises(UserError) as error:
        flatten(joined, "order")
    assert codes(error) == [
        ("PACK006", "yunnan/documents/order.html:4:1"),
        ("PACK005", "yunnan/documents/order.html:5:1"),
        ("PACK009", "yunnan/documents/order.html:6:15"),
    ]
    assert "是不是「事实」？" in str(error.value)
    assert "是不是「落款」？" in str(error.value)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{% block a %}<p>x</p>", ("PACK007", "national/documents/order.html:7:1")),
        ("<p>x</p>{% endblock %}", ("PACK007", "national/documents/order.html:7:9")),
        (
            "{% block a %}{% endblock %}{% block a %}{% endblock %}",
            ("PACK008", "national/documents/order.html:7:28"),
        ),
        ("{% include 落款 %}", ("PACK015", "national/documents/order.html:7:1")),
        ("{% include '../../etc/passwd' %}", ("PACK015", "national/documents/order.html:7:1")),
        ("{% macro x() %}{% endmacro %}", ("PACK011", "national/documents/order.html:7:1")),
        ("{{ super() }}", ("PACK012", "national/documents/order.html:7:1")),
    ],
)
def test_mistakes_of_blocks_and_parts(chain, body, expected):
    with pytest.raises(UserError) as error:
        flatten(chain({"national/documents/order.html": HEAD + body}), "order")
    assert codes(error)[0] == expected


def test_a_part_that_includes_itself_is_refused(chain):
    with pytest.raises(UserError) as error:
        flatten(
            chain(
                {
                    "national/documents/order.html": HEAD + "{% include '甲' %}",
                    "national/parts/甲.html": "{% include '乙' %}",
                    "national/parts/乙.html": "{% include '甲' %}",
                }
            ),
            "order",
        )
    assert codes(error) == [("PACK010", "national/parts/乙.html:1:1")]


def test_missing_front_matter_and_unknown_document(chain):
    with pytest.raises(UserError) as error:
        flatten(chain({"national/documents/order.html": "<p>没有前置说明</p>"}), "order")
    assert codes(error) == [("READ015", "national/documents/order.html:1:1")]
    with pytest.raises(UserError) as error:
        flatten(chain({"national/documents/order.html": BASE, **PARTS}), "ordre")
    assert "是不是「order」？" in str(error.value)


def test_a_link_out_of_the_pack_is_not_followed(chain, tmp_path):
    secret = tmp_path.parent / "secret.html"
    secret.write_text("<p>秘密</p>", "utf-8")
    joined = chain(
        {
            "national/documents/order.html": HEAD + "{% include '外' %}",
            "national/parts/空.html": "x",
        }
    )
    (tmp_path / "national/parts/外.html").symlink_to(secret)
    with pytest.raises(UserError) as error:
        flatten(joined, "order")
    assert codes(error) == [("PACK009", "national/documents/order.html:7:1")]


@pytest.mark.parametrize("head", ["", "---\n---\n", "---\n\n---\n"])
def test_a_child_that_changes_no_key_needs_no_head(chain, head):
    flat = flatten(
        chain(
            {
                "national/documents/order.html": BASE,
                **PARTS,
                "yunnan/documents/order.html": head + "{% block 期间 %}三日{% endblock %}",
            },
            "yunnan",
        ),
        "order",
    )
    assert "经查，三日未到校" in flat.source
    assert str(flat.blocks["期间"]) == f"yunnan/documents/order.html:{head.count(chr(10)) + 1}:1"
    assert flat.front.title == "责令限期改正通知书"


@pytest.mark.parametrize(
    ("text", "code"), [("<p>甲</p>", "READ015"), ("---\n编号: order\n<p>甲</p>", "READ044")]
)
def test_the_first_of_a_chain_needs_a_whole_head(chain, text, code):
    with pytest.raises(UserError) as error:
        flatten(chain({"national/documents/order.html": text}), "order")
    assert codes(error) == [(code, "national/documents/order.html:1:1")]


def test_a_mistake_in_the_parents_head_is_told_at_the_parents_line(chain):
    tree = {
        "national/documents/order.html": BASE.replace("执法文书", "执法文本"),
        **PARTS,
        "yunnan/documents/order.html": "---\n说明: 云南\n顺序: 零\n---\n",
    }
    with pytest.raises(UserError) as error:
        flatten(chain(tree, "yunnan"), "order")
    assert codes(error) == [
        ("TYPE006", "yunnan/documents/order.html:3:1"),
        ("TYPE007", "national/documents/order.html:5:1"),
    ]
