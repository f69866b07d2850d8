"""What a template types although it comes from the law, or must not be said: found at its own line,
with what to write instead; what only looks like it stays allowed.
"""

import pytest

from kcbx_docs.law.registry import load_registry
from kcbx_docs.packs.stretches import plain_stretch
from kcbx_docs.packs.typed import typed_in
from tests.packs.templates import HEAD, lint_tree

LAW = load_registry()[0]


def typed(text: str) -> list[tuple[str, str]]:
    """Tell what a text types, and what is advised."""
    found = typed_in(plain_stretch(text), LAW)
    return [(facts["text"], facts["advice"]) for _, _, facts in found]


@pytest.mark.parametrize(
    ("text", "words", "expression"),
    [
        ("根据《义务教育法》第五十八条，", "《义务教育法》第五十八条", '法条("义务教育法", 58)'),
        ("依照《中华人民共和国义务教育法》第11条", "法》第11条", '法条("义务教育法", 11)'),
        (
            "《未成年人保护法》第十六条第五项",
            "第十六条第五项",
            '法条("未成年人保护法", 16, None, 5)',
        ),
        (
            "《义务教育法》第五条第二款",
            "《义务教育法》第五条第二款",
            '法条("义务教育法", 5, 2)',
        ),
        ("按义务教育法第五十八条办", "义务教育法第五十八条", '法条("义务教育法", 58)'),
        ("《义务教育法》规定", "《义务教育法》", "写明第几条"),
        ("《贵州省义务教育条例》第八条", "《贵州省义务教育条例》第八条", "先在 law.yaml"),
        ("见该法第十二条", "第十二条", '法条("法律的名称", 12)'),
        ("请十日内返校", "十日内", "参数"),
        ("按义务教育法五十八条办", "义务教育法五十八条", '法条("义务教育法", 58)'),
        ("《义务教育法》58条2款", "《义务教育法》58条2款", '法条("义务教育法", 58, 2)'),
        ("半个月内返校", "半个月内", "参数"),
        ("收到之日起60日内申请", "60日内", '规则("review-60")'),
        ("缺课三天的", "缺课三天", "参数"),
        ("五个工作日报告", "五个工作日", "参数"),
        ("未满16周岁", "未满16周岁", "规则("),
        ("处以一千元罚款", "处以一千元", "处罚依据"),
        ("否则罚款500元", "罚款500元", "处罚依据"),
        ("每日按百分之三加处", "每日按百分之三", "处罚依据"),
    ],
)
def test_what_is_typed_is_found_with_what_to_write(text, words, expression):
    found = typed(text)
    assert any(words in told and expression in advice for told, advice in found), found


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：0877-2012345，13800000001",
        "2026年9月1日前到校，9月30日以内交回",
        "读完九年义务教育，升入三年级",
        "{{ 法条(1) }}、{{ 规则(2) }}内",
        "{{ 地方.回执天数 }}日内交回",
        "《行政处罚决定书》《小学生守则》《学生请假办法》",
        "第一条　甲方的责任",
        "按本责任书第三条办理",
        "第3次劝返，共2页，第1项",
        "每学期资助500元，营养餐每天5元",
        "二十四小时内报告",
        "一天也不能少，当日返校",
        "义务教育法宣传条幅三条，办法五条，建议十条",
        "放假半个月，半年一次",
    ],
)
def test_what_only_looks_like_it_may_be_typed(text):
    assert typed(text) == []


def test_it_is_found_at_the_line_of_the_pack_that_types_it(tmp_path):
    """A county's block, and a part that it includes: neither is a fault of the province."""
    tree = {
        "national/documents/probe.html": HEAD + "{% block 甲 %}<p>好。</p>{% endblock %}",
        "yunnan/documents/probe.html": "{% block 甲 %}\n{{ super() }}\n<p>请在<b>十</b>日内来。</p>"
        '{% include "尾" %}{% endblock %}\n',
        "yunnan/parts/尾.html": '<p>{{ 机关.名称|默认("依义务教育法第五条") }}</p>',
    }
    assert [f"{p.code} {p.place}" for p in lint_tree(tmp_path, tree, "yunnan")] == [
        "TMPL048 yunnan/documents/probe.html:3:9",
        "TMPL047 yunnan/parts/尾.html:1:4",
    ]
    assert lint_tree(tmp_path, {}) == ()


URGE = HEAD.replace("probe", "urge-notice").replace("测试文书", "劝返通知书")


def test_a_word_that_the_paper_must_not_hold_is_found_at_its_own_line(tmp_path):
    """The place is the child's; a word that a value makes whole is left to the filling."""
    tree = {
        "national/documents/urge-notice.html": URGE
        + "{% block 甲 %}<p>好。</p>{% endblock %}<p>{% if 学校 %}罚{% endif %}款项</p>",
        "yunnan/documents/urge-notice.html": "{% block 甲 %}\n<p>请回来，\n否则<b>处</b>罚。</p>{% endblock %}",
    }
    found = [p for p in lint_tree(tmp_path, tree, "yunnan") if p.code == "PAPR004"]
    assert [str(p.place) for p in found] == ["yunnan/documents/urge-notice.html:3:6"]
    assert "不得出现「处罚」：劝返不得带有处罚内容" in found[0].message


def test_a_title_that_a_county_gives_is_found_in_its_pack(tmp_path):
    tree = {
        "national/documents/urge-notice.html": URGE + "<h1>{{ 文书.标题 }}</h1>",
        "yunnan/pack.yaml": "名称: 云南省\n版本: '1'\n标题:\n  urge-notice: 责令返校通知书\n",
    }
    (one,) = (p for p in lint_tree(tmp_path, tree, "yunnan") if p.code == "PAPR004")
    assert (str(one.place), "「责令」" in one.message) == ("yunnan/pack.yaml:4:3", True)


def test_a_paper_that_is_made_public_does_not_tell_who_the_child_is(tmp_path):
    head = HEAD.replace("一份对应: 案件", "一份对应: 监护人")
    public = head[:-4] + "对外公开: 是\n---\n"
    body = "<p>{{ 监护人.姓名 }}：</p>\n<p>请送{{ 学生.姓名 }}到校。</p>"
    tree = {"national/documents/probe.html": public + body}
    found = [one for one in lint_tree(tmp_path, tree) if one.code == "TMPL049"]
    assert sorted(one.place.line for one in found) == [8, 9]
    notice = {
        "national/documents/probe.html": public.replace("对外", "角色: 送达公告\n对外") + body
    }
    (one,) = lint_tree(tmp_path / "notice", notice)
    assert (one.code, one.place.line, "学生.姓名" in one.message) == ("TMPL049", 10, True)
    private = {"national/documents/probe.html": head + body}
    assert lint_tree(tmp_path / "private", private) == ()


OWN = HEAD[:-4]


@pytest.mark.parametrize(
    ("card", "text", "word"),
    [
        ("制发机关: [学校]", "现责令你三天内返校。", "现责令"),
        ("制发机关: [学校]", "不返校的处罚款。", "处罚款"),
        ("制发机关: [乡镇人民政府]", "不返校的，追究刑事责任。", "追究刑事责任"),
        ("制发机关: [乡镇人民政府]", "不返校的，取消低保、纳入失信。", "取消低保"),
        ("角色: 催告\n制发机关: [乡镇人民政府]", "到期不缴的停电。", "停电"),
        ("角色: 送达公告", "公告满六十日视为送达。", "六十日"),
    ],
)
def test_a_paper_that_a_place_adds_must_not_say_what_its_kind_must_not(tmp_path, card, text, word):
    """The kind is told by the card: its role, and who may issue it."""
    tree = {"national/documents/probe.html": f"{OWN}{card}\n---\n<p>{text}</p>"}
    found = [p.message for p in lint_tree(tmp_path, tree) if p.code == "PAPR004"]
    assert any(f"不得出现「{word}」" in message for message in found), found


@pytest.mark.parametrize(
    ("card", "text"),
    [
        ("制发机关: [学校]", "由乡镇人民政府责令其改正；有权机关可以依法处以罚款。"),
        ("制发机关: [乡镇人民政府]", "招用童工构成犯罪的，依法追究刑事责任。"),
        (
            "制发机关: [乡镇人民政府]",
            "不得以停水、停电相要挟，不得取消低保、纳入失信；因停电改期。",
        ),
        ("制发机关: [学校, 乡镇人民政府]", "现责令你送孩子到校。"),
    ],
)
def test_what_its_kind_may_say_a_paper_that_a_place_adds_may_say(tmp_path, card, text):
    tree = {"national/documents/probe.html": f"{OWN}{card}\n---\n<p>{text}</p>"}
    assert [p.message for p in lint_tree(tmp_path, tree) if p.code == "PAPR004"] == []


@pytest.mark.parametrize("word", ["逾期处罚款", "将追究你的刑事责任"])
def test_a_notice_does_not_threaten_what_the_law_does_not_say(tmp_path, word):
    head = HEAD.replace("probe", "liability-notice")
    tree = {"national/documents/liability-notice.html": head + f"<p>{word}。</p>"}
    assert "PAPR004" in [p.code for p in lint_tree(tmp_path, tree)]


@pytest.mark.parametrize("text", ["请于2026年9月1日前返校", "请在二〇二六年九月十日前改正"])
def test_a_paper_that_is_served_has_no_typed_day_as_its_deadline(tmp_path, text):
    """Of another case, of another year it would be wrong; a leaflet of a term may name a day."""
    tree = {"national/documents/probe.html": f"{OWN}送达: 是\n---\n<p>{text}。</p>"}
    assert [p.code for p in lint_tree(tmp_path / "served", tree)] == ["TMPL053"]
    tree = {"national/documents/probe.html": f"{OWN}---\n<p>{text}。</p>"}
    assert lint_tree(tmp_path / "leaflet", tree) == ()


@pytest.mark.parametrize(
    ("paper", "text", "advised", "not_advised"),
    [
        ("urge-notice", "请收到后三日内回话", "自定期限: {urge-notice: 三日内}", "规则("),
        ("probe", "请五个工作日内交回", "「交回天数: 5」", "规则("),
        ("probe", "收到之日起60日内申请行政复议", '规则("review-60")', "自定期限"),
        ("probe", "{{ 规则('pay-15') }}前，15日内来", '规则("pay-15")', "自定期限"),
        ("dropout-report", "三日内报告", "期限由法律定", "自定期限"),
        ("probe", "罚款500元", "处罚依据", "自定期限"),
        ("probe", "缺课三天的", "参数", "自定期限"),
    ],
)
def test_the_advice_is_what_a_keeper_can_do_in_this_paper(
    tmp_path, paper, text, advised, not_advised
):
    """Of all the rules that have the length only those that belong to the paper are named."""
    tree = {f"national/documents/{paper}.html": HEAD.replace("probe", paper) + f"<p>{text}</p>"}
    hints = [one.hint for one in lint_tree(tmp_path, tree) if one.code == "TMPL048"]
    assert advised in hints[0], hints
    assert not_advised not in hints[0], hints


@pytest.mark.parametrize(
    ("head", "text", "codes"),
    [
        ("自定期限: 三日内、五日内", "请三日内回话，五日内交回", []),
        ("自定期限: 三日内", "请十日内回话", ["TMPL048"]),
        ("自定期限: 60日内", "60日内申请行政复议", ["TMPL048"]),
        ("送达: 是\n自定期限: 三日内", "请三日内回话", ["TMPL048"]),
        ("角色: 责令\n自定期限: 三日内", "请三日内改正", ["TMPL048"]),
        ("自定期限: 未满16周岁", "未满16周岁", ["TMPL048"]),
    ],
)
def test_only_a_paper_of_the_offices_own_practice_may_call_a_period_its_own(
    tmp_path, head, text, codes
):
    tree = {"national/documents/probe.html": f"{OWN}{head}\n---\n<p>{text}</p>"}
    assert [one.code for one in lint_tree(tmp_path, tree) if one.code == "TMPL048"] == codes


def test_a_pack_says_it_of_a_document_of_the_packs_above(tmp_path):
    tree = {
        "national/documents/probe.html": HEAD + "{% block 甲 %}<p>好。</p>{% endblock %}",
        "yunnan/documents/probe.html": "{% block 甲 %}<p>请三日内回话。</p>{% endblock %}\n",
        "yunnan/pack.yaml": "名称: 云南省\n版本: '1'\n自定期限: {probe: 三日内, prob: 十日内}\n",
    }
    assert [one.code for one in lint_tree(tmp_path, tree, "yunnan")] == ["PACK014"]
