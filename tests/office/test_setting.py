"""One value of a file that people write is set; every other character stays."""

import pytest

from kcbx_docs.office.insertion import without_item
from kcbx_docs.office.setting import set_record, set_values
from kcbx_docs.problems import UserError
from kcbx_docs.reading import parse_yaml

TEXT = """\
# 上面的话
机关:   # 制发文书的机关
  名称: 云岭县青石镇人民政府   # 与印章一致
  邮编: "653199"   # 不要忘记引号
  # 联系人:   # 有事找谁
  地址:   # 要填写
  电话: 0877-0000001
# 执法人员的证每年换
执法人员:
  - {姓名: 普文清, 证号: 云F0000001}   # 队长
  - 姓名: 段晓岚
    证号: "2"   # 新证

# 法院：县里的
法院:
  - {名称: 云岭县人民法院}
"""


def lines_changed(after: str) -> tuple[list[str], list[str]]:
    old, new = TEXT.split("\n"), after.split("\n")
    return [one for one in old if one not in new], [one for one in new if one not in old]


@pytest.mark.parametrize(
    ("loc", "values", "gone", "come"),
    [
        (
            ("机关",),
            {"名称": "云岭县白沙镇人民政府"},
            ["  名称: 云岭县青石镇人民政府   # 与印章一致"],
            ["  名称: 云岭县白沙镇人民政府   # 与印章一致"],
        ),
        (
            ("机关",),
            {"邮编": "653100"},
            ['  邮编: "653199"   # 不要忘记引号'],
            ['  邮编: "653100"   # 不要忘记引号'],
        ),
        (("机关",), {"地址": "政府路1号"}, ["  地址:   # 要填写"], ["  地址: 政府路1号   # 要填写"]),
        (("机关",), {"联系人": "普文清"}, ["  # 联系人:   # 有事找谁"], ["  联系人: 普文清   # 有事找谁"]),
        (("机关",), {"负责人": "李建川"}, [], ["  负责人: 李建川"]),
        (("机关",), {"电话": ""}, ["  电话: 0877-0000001"], ["  电话: "]),
        (
            ("执法人员", 0),
            {"证号": "云F1, 号"},
            ["  - {姓名: 普文清, 证号: 云F0000001}   # 队长"],
            ['  - {姓名: 普文清, 证号: "云F1, 号"}   # 队长'],
        ),
        (
            ("执法人员", 0),
            {"职务": "队长"},
            ["  - {姓名: 普文清, 证号: 云F0000001}   # 队长"],
            ["  - {姓名: 普文清, 证号: 云F0000001, 职务: 队长}   # 队长"],
        ),
        (
            ("执法人员", 0),
            {"证号": ""},
            ["  - {姓名: 普文清, 证号: 云F0000001}   # 队长"],
            ["  - {姓名: 普文清}   # 队长"],
        ),
        (("执法人员", 1), {"职务": "队员"}, [], ["    职务: 队员"]),
        (("执法人员", 2), {"姓名": "李四"}, [], ["  - {姓名: 李四}"]),
        (("法院", 0), {"地址": "公正路6号"}, ["  - {名称: 云岭县人民法院}"], ["  - {名称: 云岭县人民法院, 地址: 公正路6号}"]),
        (("法院", 1), {"名称": "某法院"}, [], ["  - {名称: 某法院}"]),
        (("收款银行",), {"名称": "某银行", "账号": ""}, [], ["收款银行:", "  名称: 某银行"]),
    ],
)  # fmt: skip
def test_only_the_line_changes_in_which_the_value_stands(loc, values, gone, come) -> None:
    after = set_values(TEXT, "kcbx.yaml", loc, values)
    old, new = lines_changed(after)
    assert (old, [one.rstrip() for one in new]) == (gone, [one.rstrip() for one in come])
    data, found = parse_yaml(after, "kcbx.yaml")
    assert found == ()
    at = data.data
    for part in loc:
        at = at[part]
    assert all(str(at.get(key) or "") == value for key, value in values.items())


@pytest.mark.parametrize(
    "text", ["机关: {名称: &a 甲, 地址: *a}\n", '机关:\n  名称: "两行\n    名字"   # 问过\n']
)
def test_what_is_written_in_an_odd_way_is_left_to_people(text: str) -> None:
    with pytest.raises(UserError):
        set_values(text, "kcbx.yaml", ("机关",), {"名称": "乙"})


CASE = """\
学生:
  姓名: 王小明   # 照户口簿
  # 家庭类别:   # 如 脱贫户
承办人: [普文清]   # 两个人
监护人: []   # 还没有查明
排除情形:
  转学: 否   # 问过
  住院治疗: {结论: 否, 依据: 家访}
责令:
  要求:   # 别的
    - 甲
    - 乙
红白名单: [红名单]
"""


@pytest.mark.parametrize(
    ("loc", "values", "short", "gone", "come"),
    [
        (("学生",), {"家庭类别": ["脱贫户", "孤儿"]}, "", ["  # 家庭类别:   # 如 脱贫户"], ["  家庭类别: [脱贫户, 孤儿]   # 如 脱贫户"]),
        ((), {"承办人": ["普文清", "段晓岚"]}, "", ["承办人: [普文清]   # 两个人"], ["承办人: [普文清, 段晓岚]   # 两个人"]),
        (("监护人", 0), {"姓名": "王大山"}, "", ["监护人: []   # 还没有查明"], ["监护人:   # 还没有查明", "  - {姓名: 王大山}"]),
        (("排除情形", "转学"), {"依据": "学籍"}, "结论", ["  转学: 否   # 问过"], ["  转学: {结论: 否, 依据: 学籍}   # 问过"]),
        (("排除情形", "住院治疗"), {"依据": ""}, "结论", ["  住院治疗: {结论: 否, 依据: 家访}"], ["  住院治疗: {结论: 否}"]),
        (("排除情形", "送教上门"), {"结论": "否"}, "结论", [], ["  送教上门: 否"]),
        (("责令",), {"要求": ["丙"]}, "", ["  要求:   # 别的", "    - 甲", "    - 乙"], ["  要求: [丙]   # 别的"]),
    ],
)  # fmt: skip
def test_lists_and_records_are_set_and_their_remarks_stay(loc, values, short, gone, come) -> None:
    set_it = set_record if short else set_values
    after = set_it(CASE, "案件.yaml", loc, values, *([short] if short else []))
    old, new = CASE.split("\n"), after.split("\n")
    changed = ([one for one in old if one not in new], [one for one in new if one not in old])
    assert changed == (gone, come)


def test_a_list_in_which_somebody_wrote_a_remark_is_left_to_people() -> None:
    text = CASE.replace("    - 甲\n", "    - 甲   # 先办\n")
    with pytest.raises(UserError):
        set_values(text, "案件.yaml", ("责令",), {"要求": ["丙"]})


LONG = """\
责令:
  报到地点: |   # 问过学校
    青石中学教务处
    # 这也是地点
  返回学校: 青石中学，
    在镇上   # 查过
  要求:   # 别的
    - 送到校   # 每天
    # 再有
    - 不得打骂、
      虐待
    - 配合

# ---- 下面是证据
证据: [{名称: 欠条, 备注: "[甲]"}, {名称: 户口簿}]   # 两份
"""


@pytest.mark.parametrize(
    ("loc", "values", "gone", "come"),
    [
        (("责令",), {"报到地点": "教务处"}, ["  报到地点: |   # 问过学校", "    青石中学教务处", "    # 这也是地点"], ["  报到地点: 教务处   # 问过学校"]),
        (("责令",), {"返回学校": "白沙小学"}, ["  返回学校: 青石中学，", "    在镇上   # 查过"], ["  返回学校: 白沙小学   # 查过"]),
        (("责令",), {"要求": ["送到校", "不得打骂、 虐待", "配合", "保证"]}, [], ["    - 保证"]),
        (("责令",), {"要求": ["送到校", "不得打骂", "配合"]}, ["    - 不得打骂、", "      虐待"], ["    - 不得打骂"]),
        (("证据", 2), {"名称": "照片"}, ['证据: [{名称: 欠条, 备注: "[甲]"}, {名称: 户口簿}]   # 两份'], ['证据: [{名称: 欠条, 备注: "[甲]"}, {名称: 户口簿}, {名称: 照片}]   # 两份']),
    ],
    ids=["照原样的文字", "接着写的文字", "列表多一项", "列表改一项", "括号里加一项"],
)  # fmt: skip
def test_what_takes_several_lines_is_changed_and_the_remarks_beside_it_stay(
    loc, values, gone, come
) -> None:
    after = set_values(LONG, "案件.yaml", loc, values)
    old, new = LONG.split("\n"), after.split("\n")
    changed = ([one for one in old if one not in new], [one for one in new if one not in old])
    assert changed == (gone, come)


def test_what_people_must_change_themselves_is_told_at_its_line() -> None:
    with pytest.raises(UserError) as refused:
        set_values(LONG, "案件.yaml", ("责令",), {"要求": ["送来", "配合"]})
    (told,) = refused.value.problems
    assert (told.code, told.place.line) == ("CLI108", 7) and "「要求」" in told.message


def test_a_value_that_is_taken_away_leaves_no_blanks_behind_its_key() -> None:
    assert "\n  电话:\n" in set_values(TEXT, "kcbx.yaml", ("机关",), {"电话": ""})
    after = set_values(TEXT, "kcbx.yaml", ("机关",), {"名称": ""})
    assert "\n  名称:   # 与印章一致\n" in after


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (0, "证据: [{名称: 户口簿}]   # 两份"),
        (1, '证据: [{名称: 欠条, 备注: "[甲]"}]   # 两份'),
    ],
)
def test_an_item_in_brackets_is_taken_out_and_the_others_stay(at, left) -> None:
    after = without_item(LONG, "案件.yaml", "证据", at)
    assert after.split("\n")[:-2] == LONG.split("\n")[:-2] and after.split("\n")[-2] == left
