"""Templates of a few lines as a keeper may write them, by mistake or in malice:
each with its code and place.
"""

import pytest

from tests.packs.templates import HEAD, lint_body, lint_tree, spots

PARTS = {
    "落款": '<p class="署名">{{ 机关.名称 }}</p>',
    "条件": "<p>{% if 学生.姓名 %}好{% endif %}</p>",
}

SLIPS = {
    "full-width braces": ("<p>｛｛ 学生.姓名 ｝｝</p>", ["TMPL001 1:4", "TMPL001 1:13"]),
    "spaced braces": ("<p>{ { 学生.姓名 } }</p>", ["TMPL001 1:4", "TMPL001 1:14"]),
    "full-width percent": ("<p>{％ if 学生.姓名 ％}甲</p>", ["TMPL001 1:4", "TMPL001 1:16"]),
    "one closing brace": ("<p>甲</p>\n<p>{{ 学生.姓名 }</p>", ["TMPL005 2:4"]),
    "no closing brace": ("<p>{{ 学生.姓名 </p>", ["TMPL005 1:4"]),
    "no opening brace": ("<p>学生.姓名 }}</p>", ["TMPL005 1:10"]),
    "full-width dot": ("<p>{{ 学生．姓名 }}</p>", ["TMPL003 1:9"]),
    "full-width comma": ("<p>{{ 学生，姓名 }}</p>", ["TMPL003 1:9"]),
    "Chinese quotes in a tag": (
        "<p>{{ 学生.姓名|默认(“无”) }}</p>",
        ["TMPL003 1:16", "TMPL003 1:18"],
    ),
    "ideographic space in a tag": ("<p>{{　学生.姓名 }}</p>", ["TMPL003 1:6"]),
    "white space control": ("<p>{{- 学生.姓名 -}}</p>", ["TMPL004 1:4"]),
    "empty variable": ("<p>{{ }}</p>", ["TMPL002 1:4"]),
    "empty statement": ("<p>{% %}</p>", ["TMPL002 1:4"]),
    "comment without end": ("<p>甲</p>{# 没有结束", ["TMPL005 1:9"]),
    "second tag of a line": ("<p>{{ 学生.姓名 }}{{ 学生.姓名 学生 }}</p>", ["TMPL002 1:15"]),
}

NAMES = {
    "misspelt attribute": ("<p>{{ 学生.姓各 }}</p>", ["TMPL020 1:10"]),
    "misspelt variable": ("<p>{{ 学升.姓名 }}</p>", ["TMPL020 1:7"]),
    "English name": ("<p>{{ studnet }}</p>", ["TMPL020 1:7"]),
    "whole record": ("<p>{{ 学生 }}</p>", ["TMPL022 1:7"]),
    "whole list": ("<p>{{ 全部监护人 }}</p>", ["TMPL022 1:7"]),
    "unknown filter": ("<p>{{ 首次缺课|月曰 }}</p>", ["TMPL021 1:12"]),
    "filter of Jinja that is not ours": ("<p>{{ 学生.姓名|upper }}</p>", ["TMPL021 1:13"]),
    "unknown test": ("<p>{% if 学生.年龄 is 奇数 %}甲{% endif %}</p>", ["TMPL021 1:19"]),
    "misspelt name inside map": ('<p>{{ 证据|map(attribute="名秤")|顿号 }}</p>', ["TMPL020 1:25"]),
    "misspelt name inside selectattr": (
        '<p>{{ 排除情形|selectattr("已排处")|list|length }}</p>',
        ["TMPL020 1:24"],
    ),
    "misspelt item of a loop": (
        "{% for 项 in 证据 %}\n<p>{{ 项.来原 }}</p>\n{% endfor %}",
        ["TMPL020 2:9"],
    ),
    "loop outside of a loop": ("<p>{{ loop.index }}</p>", ["TMPL020 1:7"]),
    "variable after its loop": (
        "{% for 项 in 证据 %}<p>甲</p>{% endfor %}\n<p>{{ 项.名称 }}</p>",
        ["TMPL020 2:7"],
    ),
    "call of a value": ("<p>{{ 学生.姓名() }}</p>", ["TMPL039 1:10"]),
}

STRUCTURE = {
    "text before the first paragraph": ("散落的文字\n<p>甲</p>", ["TMPL025 1:1"]),
    "text in a group": ('<div class="部分">落在外面</div>', ["TMPL025 1:17"]),
    "text beside a table row": (
        '<table widths="1">文字<tr><td>甲</td></tr></table>',
        ["TMPL025 1:19"],
    ),
    "variable between paragraphs": ("<p>甲</p>\n{{ 学生.姓名 }}", ["TMPL034 2:1"]),
    "if across paragraphs": (
        "<p>{% if 学生.姓名 %}甲</p>\n<p>{% endif %}乙</p>",
        ["TMPL029 1:4", "TMPL029 2:4"],
    ),
    "if without end": ("{% if 学生.姓名 %}\n<p>甲</p>", ["TMPL040 1:1"]),
    "end without for": ("<p>甲</p>\n{% endfor %}", ["TMPL040 2:1"]),
    "statement between cells": (
        '<table widths="1"><tr>{% if 证据 %}<td>甲</td>{% endif %}</tr></table>',
        ["TMPL028 1:23", "TMPL028 1:44"],
    ),
    "% arithmetic in a statement": (
        "<p>{% if 学生.年龄 % 2 == 0 %}甲{% endif %}</p>",
        ["TMPL030 1:4"],
    ),
    "tag inside an attribute": ('<p class="{{ 学生.姓名 }}">甲</p>', ["TMPL007 1:11"]),
    "unknown style": ('<p class="正问">甲</p>', ["TMPL027 1:1"]),
    "style attribute": ('<p>甲</p><p style="color:red">乙</p>', ["TMPL035 1:9"]),
    "unknown element": ("<p>甲<i>乙</i></p>", ["TMPL026 1:5"]),
    "paragraph in a paragraph": ("<p>甲<p>乙</p></p>", ["TMPL028 1:5"]),
    "element never closed": ("<p>甲", ["TMPL006 1:1"]),
    "table never closed": (
        '<p>甲</p>\n<table widths="1">\n<tr><td>乙</td></tr>\n<p>丙</p>\n',
        ["TMPL006 2:1"],
    ),
    "row never closed": (
        '<table widths="1">\n<tr><td>乙</td>\n</table>\n<p>丙</p>',
        ["TMPL006 2:1"],
    ),
    "if without end before a part with one": (
        '{% if 学生.姓名 %}\n<p>甲</p>\n{% include "条件" %}',
        ["TMPL040 1:1"],
    ),
    "if without end, and a tag that nobody can read": (
        "{% if 学生.姓名 %}\n<p>甲{{ 学生.姓名 + }}</p>",
        ["TMPL040 1:1", "TMPL002 2:5"],
    ),
    "wrong end tag": ("<p>甲</b></p>", ["TMPL006 1:7"]),
    "bare ampersand": ("<p>Smith & Co</p>", ["TMPL006 1:11"]),
    "bare less-than": ("<p>3 < 5</p>", ["TMPL006 1:7"]),
    "HTML entity": ("<p>&nbsp;甲</p>", ["TMPL006 1:4"]),
    "XML comment": ("<p>甲<!-- {{ 学生.姓名 }} --></p>", ["TMPL006 1:5"]),
    "CDATA": ("<p><![CDATA[{{ 学生.姓名 }}]]></p>", ["TMPL006 1:4"]),
    "processing instruction": ("<?php echo 1 ?><p>甲</p>", ["TMPL006 1:1"]),
    "row with a cell too few": (
        '<table widths="1 1"><tr><td>甲</td></tr></table>',
        ["TMPL033 1:21"],
    ),
    "blank without width": ('<p><blank name="姓名">{{ 学生.姓名 }}</blank></p>', ["TMPL032 1:4"]),
    "text in a blank": (
        '<p><blank name="姓名" width="8">某{{ 学生.姓名 }}</blank></p>',
        ["TMPL028 1:4"],
    ),
}

STATEMENTS = {
    "raw": ("<p>{% raw %}{{ 学生.姓名 }}{% endraw %}</p>", ["TMPL002 1:4"]),
    "block set": ("{% set 话 %}甲{% endset %}\n<p>乙</p>", ["PACK011 1:13"]),
    "macro": ("{% macro 甲() %}乙{% endmacro %}", ["PACK011 1:1", "PACK011 1:17"]),
    "import": ('{% import "落款" as 甲 %}\n<p>丙</p>', ["PACK011 1:1"]),
    "extends": ('{% extends "probe" %}\n<p>丙</p>', ["PACK011 1:1"]),
    "autoescape off": (
        "{% autoescape false %}<p>丙</p>{% endautoescape %}",
        ["PACK011 1:1", "PACK011 1:31"],
    ),
    "unknown part": ('{% include "落宽" %}', ["PACK009 1:1"]),
    "part by variable": ("{% include 学生.姓名 %}", ["PACK015 1:1"]),
    "block twice": (
        "{% block 甲 %}<p>一</p>{% endblock %}\n{% block 甲 %}<p>二</p>{% endblock %}",
        ["PACK008 2:1"],
    ),
    "block without name": ("{% block %}<p>一</p>{% endblock %}", ["PACK028 1:1"]),
    "block without end": ("{% block 甲 %}<p>一</p>", ["PACK007 1:1"]),
    "else with a condition": (
        "<p>{% if 学生.姓名 %}甲{% else if 学生.年龄 %}乙{% endif %}</p>",
        ["TMPL002 1:19"],
    ),
    "elif as others write it": (
        "<p>{% if 学生.姓名 %}甲{% elseif 学生.年龄 %}乙{% endif %}</p>",
        ["PACK011 1:19"],
    ),
    "endblock alone": ("<p>一</p>{% endblock %}", ["PACK007 1:9"]),
    "super without a parent": ("<p>{{ super() }}</p>", ["PACK012 1:4"]),
}

LAW = {
    "article that does not exist": ('<p>{{ 法条("义务教育法", 580) }}</p>', ["LAW002 1:7"]),
    "misspelt statute": ('<p>{{ 法条("义务教育发", 58) }}</p>', ["LAW001 1:7"]),
    "statute that must not be cited": (
        '<p>{{ 法条("教育行政处罚暂行实施办法", 1) }}</p>',
        ["LAW004 1:7"],
    ),
    "paragraph that does not exist": ('<p>{{ 法条("义务教育法", 58, 9) }}</p>', ["LAW007 1:7"]),
    "article as text": ('<p>{{ 法条("义务教育法", "58") }}</p>', ["TMPL038 1:7"]),
    "article from the case": ("<p>{{ 法条(案件.编号, 58) }}</p>", ["TMPL024 1:7"]),
    "unknown rule": ('<p>{{ 规则("review-61") }}</p>', ["LAW013 1:7"]),
    "rule without a figure": ('<p>{{ 规则("order-deadline") }}</p>', ["LAW025 1:7"]),
    "rule without a name": ("<p>{{ 规则() }}</p>", ["TMPL038 1:7"]),
}

HOSTILE = {
    "globals of cycler": (
        '<p>{{ cycler.__init__.__globals__.os.popen("id").read() }}</p>',
        ["TMPL020 1:7"],
    ),
    "class of a string": ("<p>{{ ''.__class__.__mro__ }}</p>", ["TMPL020 1:10"]),
    "class of a value": ("<p>{{ 学生.姓名.__class__ }}</p>", ["TMPL020 1:13"]),
    "long string": ('<p>{{ "a" * 10**9 }}</p>', ["TMPL037 1:11"]),
    "huge power": ("<p>{{ 9**9**9 }}</p>", ["TMPL037 1:11"]),
    "number of five thousand digits": (
        "<p>{{ " + "9" * 5_000 + " }}</p>",
        ["TMPL002 1:4"],
    ),
    "filters without end": ("<p>{{ 学生.姓名" + "|默认" * 1_000 + " }}</p>", ["TMPL002 1:4"]),
    "sums without end": ("<p>{{ 1" + "+1" * 1_500 + " }}</p>", ["TMPL002 1:4"]),
    "rows without end": (
        '<table widths="1"><tr><td rowspan="999999999">甲</td></tr></table>',
        ["TMPL061 1:23"],
    ),
    "height without end": (
        '<table widths="1"><tr height="99999999999999999999"><td>甲</td></tr></table>',
        ["TMPL061 1:19"],
    ),
    "width that is no number": ('<p><blank name="甲" width="nan"/></p>', ["TMPL061 1:4"]),
    "style in a class": (
        '<p class="正文;background:url(file:///etc/passwd)">甲</p>',
        ["TMPL027 1:1"],
    ),
    "style sheet": ("<style>@import url(file:///etc/passwd);</style><p>甲</p>", ["TMPL026 1:1"]),
    "drawing with a script": ('<svg onload="a()"><script>1</script></svg>', ["TMPL026 1:1"]),
    "joining by ~": ('<p>{{ "a" ~ 学生.姓名 }}</p>', ["TMPL002 1:4"]),
    "loops over range": (
        "{% for 甲 in range(10) %}\n{% for 乙 in range(10) %}<p>丙</p>{% endfor %}\n{% endfor %}",
        ["TMPL020 1:13", "TMPL020 2:13"],
    ),
    "append": ("<p>{% set 空 = 证据.append(1) %}甲</p>", ["TMPL020 1:18"]),
    "format of a string": ("<p>{{ 学生.姓名.format(学生) }}</p>", ["TMPL020 1:13"]),
    "lipsum": ("<p>{{ lipsum() }}</p>", ["TMPL020 1:7"]),
    "file as a part": ('{% include "file:///etc/passwd" %}', ["PACK015 1:1"]),
    "path as a part": ('{% include "../../../etc/passwd" %}', ["PACK015 1:1"]),
    "entity from a file": (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>',
        ["TMPL006 1:3"],
    ),
    "picture from a file": ('<img src="file:///etc/passwd"/>', ["TMPL026 1:1"]),
    "attachment": ('<link rel="attachment" href="file:///etc/passwd"/>', ["TMPL026 1:1"]),
    "script": ("<script>alert(1)</script>", ["TMPL026 1:1"]),
    "vertical tab": ("<p>甲\u000b乙</p>", ["READ012 1:5"]),
    "right-to-left override": ("<p>甲\u202e乙</p>", ["READ012 1:5"]),
    "private character": ("<p>甲\ue000乙</p>", ["READ012 1:5"]),
    "a thousand brackets": ("<p>{{ " + "(" * 1000 + "1" + ")" * 1000 + " }}</p>", ["TMPL002 1:4"]),
    "a thousand elements": (
        "<p>" + "<span>" * 1000 + "甲" + "</span>" * 1000 + "</p>",
        ["TMPL006 1:178"],
    ),
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(*case, id=name)
        for table in (SLIPS, NAMES, STRUCTURE, STATEMENTS, LAW, HOSTILE)
        for name, case in table.items()
    ],
)
def test_every_fault_has_its_code_and_place(tmp_path, body, expected):
    assert spots(lint_body(tmp_path, body, PARTS)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ 学生.姓名 }}（{{ 学生['姓名'] }}）</p>",
        '<p>{{ 学生.年级|默认("无。，（）") }}</p>',
        "{# 说明里可以写 ｛｛ ＆ 和 <b> #}\n<p>甲</p>",
        "<p>{% if 学生.年龄 is divisibleby(2) %}双{% else %}单{% endif %}</p>",
        '<p>{{ 证据|map(attribute="名称")|顿号 }}</p>',
        "<p>{% for 人 in 全部监护人 %}{{ 人.姓名 }}{% if not loop.last %}、{% endif %}{% endfor %}</p>",
        "{% set 人 = 全部监护人|first %}\n<p>{{ 人.姓名 }}</p>",
        '<p>{{ 地方.名称 }}{{ 法条("义务教育法", 58, 简称=true) }}{{ 规则("申请行政复议") }}</p>',
    ],
)
def test_what_is_right_is_left_alone(tmp_path, body):
    assert spots(lint_body(tmp_path, body, PARTS)) == []


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("<p>{{ 学生.姓各 }}</p>", "学生.姓名"),
        ("<p>{{ 学升.姓名 }}</p>", "学生"),
        ("<p>{{ 首次缺课|月曰 }}</p>", "月日"),
        ('<p class="正问">甲</p>', "正文"),
        ('{% include "落宽" %}', "落款"),
        ('<p>{{ 规则("review-61") }}</p>', "review-60"),
        ('<p>{{ 法条("义务教育发", 58) }}</p>', "义务教育法"),
    ],
)
def test_the_nearest_name_is_offered(tmp_path, body, meant):
    (found,) = lint_body(tmp_path, body, PARTS)
    assert f"是不是「{meant}」" in found.hint or f"是不是《{meant}》" in found.hint


def test_all_faults_of_all_documents_at_once(tmp_path):
    found = lint_tree(
        tmp_path,
        {
            "national/documents/probe.html": HEAD
            + '<p>{{ 学生.姓各 }}</p>\n<p class="正问">甲</p>',
            "national/documents/other.html": HEAD.replace("probe", "other").replace("测试", "另一")
            + "<p>｛｛ 学生.姓名 ｝｝</p>",
        },
    )
    assert [f"{p.code} {p.place}" for p in found] == [
        "TMPL001 national/documents/other.html:7:4",
        "TMPL001 national/documents/other.html:7:13",
        "TMPL027 national/documents/probe.html:8:1",
        "TMPL020 national/documents/probe.html:7:10",
    ]


def test_a_child_names_a_block_that_its_parent_does_not_have(tmp_path):
    (found,) = lint_tree(
        tmp_path,
        {
            "national/documents/probe.html": HEAD + "{% block 事实 %}<p>甲</p>{% endblock %}",
            "yunnan/documents/probe.html": "---\n说明: 云南\n---\n{% block 事买 %}<p>乙</p>{% endblock %}",
        },
        "yunnan",
    )
    assert (found.code, str(found.place)) == ("PACK005", "yunnan/documents/probe.html:4:1")
    assert "是不是「事实」" in found.hint


def test_text_of_a_child_outside_its_blocks(tmp_path):
    (found,) = lint_tree(
        tmp_path,
        {
            "national/documents/probe.html": HEAD + "{% block 事实 %}<p>甲</p>{% endblock %}",
            "yunnan/documents/probe.html": "---\n说明: 云南\n---\n<p>改在这里</p>",
        },
        "yunnan",
    )
    assert (found.code, str(found.place)) == ("PACK006", "yunnan/documents/probe.html:4:1")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<p>见<a href="x">网页</a></p>', "链接"),  # was asked for tab
        ("<ul><li>甲</li></ul>", "一项写一段 <p>"),
        ("<p><u>甲</u></p>", "下划线"),
        ("<P>甲</P>", "小写：<p>"),
        ("<p><spam>甲</spam></p>", "是不是「span」"),
    ],
)
def test_what_an_element_is_and_what_is_written_instead(tmp_path, body, words):
    (found, *_) = lint_body(tmp_path, body, PARTS)
    assert (found.code, words in found.hint) == ("TMPL026", True)


def test_parts_that_include_each_other(tmp_path):
    found = lint_body(
        tmp_path, '{% include "甲" %}', {"甲": '{% include "乙" %}', "乙": '\n{% include "甲" %}'}
    )
    assert [f"{p.code} {p.place}" for p in found] == ["PACK010 national/parts/乙.html:2:1"]


def test_links_that_lead_out_of_the_pack_are_not_followed(tmp_path):
    secret = tmp_path.parent / f"{tmp_path.name}-secret.html"
    secret.write_text("<p>机密</p>", "utf-8")
    (tmp_path / "national/parts").mkdir(parents=True)
    (tmp_path / "national/parts/外.html").symlink_to(secret)
    found = lint_body(tmp_path, '{% include "外" %}')
    assert [f"{p.code} {p.place}" for p in found] == [
        "PACK021 national/parts/外.html",
        "PACK009 national/documents/probe.html:7:1",
    ]
    assert "机密" not in "".join(map(str, found))
