"""One item changes, every other character stays: comments, order, quotes, line ends, encoding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.office.yamledit import block, put_item, read_original
from kcbx_docs.problems import UserError
from kcbx_docs.reading import parse_yaml

FILE = """\
# 头一行
地区: "530499"   # 地区的说明
机关: {名称: 甲镇人民政府, 类型: 乡镇人民政府}

处罚依据:   # 一节的说明
  # 第一条的说明
  - 编号: 甲   # 甲的说明
    法规: 甲条例
  - 编号: 乙
    法规: |
      乙条例
      第二行

# 法院的说明
法院: []
"""
NEW = {"编号": "丙", "法规": "丙条例", "机关": ["乡镇人民政府", "街道办事处"]}


def put(text: str, item: dict) -> str:
    return put_item(text, "kcbx.yaml", "处罚依据", "编号", item)


def test_a_new_item_stands_at_the_end_of_its_section():
    line = "  - {编号: 丙, 法规: 丙条例, 机关: [乡镇人民政府, 街道办事处]}\n"
    assert put(FILE, NEW) == FILE.replace("      第二行\n", f"      第二行\n{line}")


def test_an_item_of_the_same_key_is_replaced_and_only_it():
    changed = put(FILE, {**NEW, "编号": "甲"})
    assert changed == FILE.replace(
        "  - 编号: 甲   # 甲的说明\n    法规: 甲条例\n",
        "  - {编号: 甲, 法规: 丙条例, 机关: [乡镇人民政府, 街道办事处]}\n",
    )
    last = put(FILE, {**NEW, "编号": "乙"})
    assert "第二行" not in last
    assert "  # 第一条的说明\n  - 编号: 甲   # 甲的说明\n" in last
    assert last.endswith("\n\n# 法院的说明\n法院: []\n")


def test_a_long_item_is_written_key_by_key():
    changed = put(
        "地区: 甲\n",
        {
            "编号": "丁",
            "原文": "一" * 80,
            "版本": [{"施行": "2020-01-01", "条文": {"52": {"要旨": "x" * 70}}}],
        },
    )
    assert changed == (
        "地区: 甲\n处罚依据:\n  - 编号: 丁\n    原文: "
        + "一" * 80
        + "\n    版本:\n      - 施行: 2020-01-01\n        条文:\n"
        "          52:\n            要旨: " + "x" * 70 + "\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 只有注释\n",
        "地区: 甲",
        "地区: 甲\n处罚依据:\n",
        "地区: 甲\n处罚依据: []   # 空\n乙: 1\n",
        "处罚依据: [{编号: 甲}, {编号: 乙, 法规: 乙条例}]\n丁: 1\n",
        "处罚依据:\n- 编号: 甲\n-   编号: 乙\n    法规: x\n",
        "处罚依据:\n  -\n    编号: 甲\n丁: 1\n",
        "丁: |\n  处罚依据:\n  - 编号: 甲\n",
        "处罚依据:\n  - {编号: 甲}\n  # 完\n",
        "---\n地区: 甲\n",
    ],
)
def test_however_the_file_is_written_the_result_holds_what_was_meant(text):
    before = parse_yaml(text, "x")[0].data or {}
    for name in ("甲", "乙", "丙"):
        after = parse_yaml(put(text, {**NEW, "编号": name}), "x")[0].data
        old = [item["编号"] for item in before.get("处罚依据") or []]
        assert [item["编号"] for item in after["处罚依据"]] == (
            old if name in old else [*old, name]
        )
        assert {**NEW, "编号": name} in after["处罚依据"]
        assert {key: value for key, value in after.items() if key != "处罚依据"} == {
            k: v for k, v in before.items() if k != "处罚依据"
        }


TEXTS = (
    st.text(
        st.characters(exclude_categories=("C",), exclude_characters="\u2028\u2029"),
        min_size=1,
        max_size=30,
    )
    .map(str.strip)
    .filter(lambda text: bool(text) and not any(map(forbidden, text)))
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3))
def test_any_text_comes_back_as_it_was(first, second, listed):
    item = {"编号": "丙", "原文": first, "法规": second, **({"机关": listed} if listed else {})}
    assert parse_yaml(put(FILE, item), "x")[0].data["处罚依据"][-1] == item


def test_what_no_file_may_hold_is_refused_and_says_which_character():
    with pytest.raises(UserError) as stopped:
        put(FILE, {**NEW, "法规": "看不见\u202e的字"})
    assert [p.code for p in stopped.value.problems] == ["READ012"]


def test_a_file_with_mistakes_is_not_touched():
    with pytest.raises(UserError) as stopped:
        put("地区: 甲\n地区: 乙\n", NEW)
    assert [p.code for p in stopped.value.problems] == ["READ007"]
    for text in ("- 甲\n", "地区: 甲\n...\n"):
        with pytest.raises(UserError) as stopped:
            put(text, NEW)
        assert [p.code for p in stopped.value.problems] == ["CLI020"]


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("gb18030", "\n"), ("gb18030", "\r\n")],
)
def test_encoding_and_line_ends_stay(tmp_path, encoding, newline):
    path = tmp_path / "kcbx.yaml"
    path.write_bytes(FILE.replace("\n", newline).encode(encoding))
    original = read_original(path)
    assert original.text == FILE
    data = original.encode(put(original.text, NEW))
    assert data.decode(encoding) == put(FILE, NEW).replace("\n", newline)
    assert original.encode(original.text) == path.read_bytes()


def test_records_in_lists_and_lists_in_records():
    assert block({"甲": [{"乙": ["1", "2"], "丙": {"丁": "戊"}}]}) == [
        "甲:",
        '  - {乙: ["1", "2"], 丙: {丁: 戊}}',
    ]
