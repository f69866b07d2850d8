"""What lint found sound once it does not walk through again; whatever differs it does."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.keeping import lint

DAY = date(2026, 11, 22)
HEAD = "---\n编号: own\n标题: 通知\n顺序: 900\n制发机关: [学校]\n一份对应: 案件\n版式: 表格\n---\n"


@pytest.fixture
def codes(tmp_path: Path):
    """Return what lint says of a text of an office that has one value of its own, or none."""
    values = '名称: 本县\n版本: "1"\n来源: 本单位\n行政区划代码: "530499"\n'

    def said(text: str, value: str = "") -> list[str]:
        (tmp_path / "documents").mkdir(exist_ok=True)
        (tmp_path / "pack.yaml").write_text(values + value, "utf-8")
        (tmp_path / "documents/own.html").write_text(HEAD + text, "utf-8")
        found = lint.lint_packs(("yunnan",), DAY, own=tmp_path)[1]
        return [one.code for one in found if "own.html" in one.place.file]

    return said


OFFERED = "参数: {家长学校名称: 甲}\n"


def test_a_value_that_is_no_longer_offered_is_missed(codes):
    text = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 地方.家长学校名称 }}</p>\n"
    assert codes(text, OFFERED) == []
    assert codes(text) == ["TMPL020"]
    assert codes(text, OFFERED) == []


def test_a_fault_is_told_again_and_gone_when_it_is_mended(codes):
    wrong = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 没有的 }}</p>\n"
    assert codes(wrong) == codes(wrong) == ["TMPL020"]
    assert codes(wrong.replace("没有的", "学生.姓名")) == []
