"""The files that people fill in: what is known stands as values,
all the rest as comments with its meaning.
"""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import Field

from kcbx_docs.case.commented import commented, flow, written
from kcbx_docs.case.event import Event
from kcbx_docs.case.fields import Text, Texts
from kcbx_docs.case.model import ANamedSchool
from kcbx_docs.reading import MaybeDay, Model


class Child(Model):
    name: Text = Field(alias="姓名", description="孩子的姓名")
    born: MaybeDay = Field(default=None, alias="出生日期", description="不知道不写")


class File(Model):
    title: Text = Field(alias="标题", description="文件的标题")
    child: Child = Field(alias="学生", description="学生本人")
    children: tuple[Child, ...] = Field(default=(), alias="兄妹", description="每人一项")
    school: ANamedSchool | None = Field(default=None, alias="学校", description="就读的学校")
    tags: Texts = Field(default=(), alias="标签", description="几个都行")
    history: tuple[Event, ...] = Field(default=(), alias="经过", description="发生过的事")
    copies: int = Field(default=1, alias="份数", description="几份")
    note: Text = Field(default="", alias="备注", description="其他")


def test_an_empty_file_asks_for_what_it_needs_and_shows_the_rest():
    assert commented(File, {}, ["第一行"]).split("\n") == [
        "# 第一行",
        "标题:   # 要填写。文件的标题",
        "学生:   # 要填写。学生本人",
        "  姓名:   # 要填写。孩子的姓名",
        "  # 出生日期:   # 不知道不写",
        "# 兄妹:   # 每人一项",
        "#   - 姓名:   # 孩子的姓名",
        "#     出生日期:   # 不知道不写",
        "# 学校:   # 就读的学校",
        "# 标签:   # 几个都行",
        "# 经过:   # 发生过的事",
        "# - {日期: 2026-09-01, 事项: 首次缺课}",
        "# - {日期: 2026-09-03, 事项: 劝返, 方式: 家访, 对象: [某某], 参加人: [某某], 结果: 拒绝}",
        "# 还有哪些事项、各要写什么，见 kcbx docs 案件文件；编辑器也会提示。",
        "# 份数:   # 几份",
        "# 备注:   # 其他",
        "",
    ]


def test_what_is_known_is_written_and_a_key_without_value_is_left_open():
    values = {
        "标题": "第一行\n第二行",
        "学生": {"姓名": "普云飞"},
        "兄妹": [{"姓名": "普云霞", "出生日期": date(2015, 1, 2)}, {"姓名": "普云亮"}],
        "标签": ("甲", "乙"),
        "经过": [{"日期": date(2026, 9, 1), "事项": "首次缺课"}],
        "备注": "",
    }
    assert commented(File, values).split("\n") == [
        "标题: |   # 文件的标题",
        "  第一行",
        "  第二行",
        "学生:   # 学生本人",
        "  姓名: 普云飞   # 孩子的姓名",
        "  # 出生日期:   # 不知道不写",
        "兄妹:   # 每人一项",
        "  - 姓名: 普云霞   # 孩子的姓名",
        "    出生日期: 2015-01-02   # 不知道不写",
        "  - 姓名: 普云亮   # 孩子的姓名",
        "    # 出生日期:   # 不知道不写",
        "# 学校:   # 就读的学校",
        "标签: [甲, 乙]   # 几个都行",
        "经过:   # 发生过的事",
        "  - {日期: 2026-09-01, 事项: 首次缺课}",
        "# 份数:   # 几份",
        "备注:   # 要填写。其他",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("普云飞", "普云飞"),
        ("2026-001", '"2026-001"'),
        ("123", '"123"'),
        ("-5", '"-5"'),
        ("- 甲", '"- 甲"'),
        ("甲: 乙", '"甲: 乙"'),
        ("", '""'),
        ("是", "是"),
        (date(2026, 9, 1), "2026-09-01"),
        ("2026-09-01", "2026-09-01"),
        (True, "是"),
        (False, "否"),
        (7, "7"),
        (Decimal("7.50"), '"7.50"'),
        (["甲", 1], "[甲, 1]"),
        ({"姓名": "甲", "份数": 2}, "{姓名: 甲, 份数: 2}"),
    ],
)
def test_a_value_in_one_line(value, text):
    assert flow(value) == text


def test_what_a_record_says_is_written_without_what_it_does_not():
    record = File.model_validate(
        {"标题": "甲", "学生": {"姓名": "乙"}, "兄妹": [{"姓名": "丙"}], "备注": ""}
    )
    assert written(record) == {
        "标题": "甲",
        "学生": record.child,
        "兄妹": ({"姓名": "丙"},),
    }
    assert written(record.model_copy(update={"copies": 2}))["份数"] == 2
