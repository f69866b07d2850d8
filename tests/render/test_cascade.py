"""Shorter ways through the layout engine: the same bytes as by the long ones."""

from functools import wraps
from importlib import import_module

import pytest

from kcbx_docs.render import pdf
from tests.render.paper import ARTICLE, printed

pytestmark = pytest.mark.pdf
BODY = (
    f"<h1>通知</h1><h2>一、标题</h2><p>{ARTICLE}<b>黑</b>“引号”&amp;2026年12月1日</p>"
    '<p class="附件标题">附件</p><p>地址：<blank name="地" width="6">甲乙</blank>　<blank name="空" width="4"/></p>'
    '<table widths="1 2"><tr height="2"><th>甲</th><td>乙<br/>丙</td></tr><tr><td colspan="2">丁</td></tr></table>'
)


def test_styles_have_the_values_that_the_engine_computes(monkeypatch):
    short = printed(BODY)
    style = import_module("weasyprint.css").ComputedStyle
    monkeypatch.setattr(style, "__init__", style.__init__.__wrapped__)
    assert printed(BODY) == short


def test_our_html_reads_the_same_as_xml(monkeypatch):
    short = printed(BODY)
    plain = pdf._plain_html()
    long = []

    @wraps(plain.__init__)
    def parse(self, html, fetcher):
        long.append(html)
        super(plain, self).__init__(string=html, base_url=pdf._NOWHERE, url_fetcher=fetcher)

    monkeypatch.setattr(plain, "__init__", parse)
    assert printed(BODY) == short
    assert len(long) == 1
