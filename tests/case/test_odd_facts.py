"""Facts that cannot both be so are told with the place of the other; what only looks odd is not."""

from datetime import date

import pytest

from kcbx_docs.case.model import Case
from kcbx_docs.case.odd_facts import check_odd_facts
from kcbx_docs.reading import parse_yaml, read_model
from tests.kinds.world import ABSENT, OVERDUE, PUPIL, case_text

TODAY = date(2026, 6, 1)
BACK = OVERDUE + "- {日期: 2026-04-01, 事项: 返校}\n"
TAUGHT = "- {{日期: 2026-04-05, 事项: 送教, 方式: 上门, 课时: {}, 承办人: 罗玉芬}}\n"
VISIT = "- {{日期: 2026-03-06, 时间: {}, 事项: 劝返, 方式: 家访, 承办人: {}, 结果: 拒绝}}\n"


def found(history: str = ABSENT, **changes: object) -> list[str]:
    """Return the codes of what is told, each with the line of the other place if it names one."""
    source, wrong = parse_yaml(case_text(history, **changes), "案件.yaml")
    assert not wrong
    case, problems = read_model(Case, source)
    assert case is not None, problems
    told = [*check_odd_facts(case, source, TODAY)]
    assert all(one.severity == "warning" and one.place.line for one in told)
    return [one.code for one in told]


def of_child(*more: str) -> dict[str, object]:
    return {"pupil": f"{PUPIL[:-1]}, {', '.join(more)}}}"}


def of_parent(*more: str, relation: str = "父亲", number: str = "530499198603123012"):
    base = f'姓名: 普正华, 关系: {relation}, 身份证号: "{number}", 住址: 云岭县青石镇白沙村15号'
    return {"guardians": [f"{{{', '.join((base, *more))}}}"]}


def plan(*more: str) -> dict[str, object]:
    return {"more": f"复学方案: {{安置: 回原班, {', '.join(more)}}}\n"}


def of_people(*people: str, **child: object) -> dict[str, object]:
    return {**child, "guardians": [f"{{姓名: 普{n}, {one}}}" for n, one in enumerate(people)]}


CHECKED = "- {{日期: 2026-03-06, 时间: 19:00, 事项: 核查, 结果: 未返校, 承办人: 施文{}}}\n"
MISSED = BACK + "- {日期: 2026-04-11, 事项: 复学观察, 结果: 缺课}\n"
NOT_FOUND = BACK + "- {日期: 2026-04-11, 事项: 核查, 结果: 未返校}\n"
AGAIN = "- {日期: 2026-04-20, 事项: 返校}\n"
LONG_AGO = "- {日期: 2019-09-02, 事项: 首次缺课}\n"
MARK = "- {{日期: {}, 事项: 学籍标注, 结果: {}}}\n"


@pytest.mark.parametrize(
    ("code", "history", "changes"),
    [
        ("CASE280", BACK + MARK.format("2026-04-05", "辍学"), {}),
        ("CASE280", ABSENT + MARK.format("2026-04-05", "复学"), {}),
        ("CASE281", BACK + "- {日期: 2026-04-08, 事项: 返校}\n", {}),
        ("CASE297", BACK.replace("返校}", "返校, 出具日期: 2026-03-31}"), {}),
        ("CASE302", BACK.replace("返校}", "返校, 观察日期: [2026-04-20, 2026-03-20]}"), {}),
        ("CASE302", BACK.replace("返校}", "返校, 观察日期: [2026-04-01]}"), {}),
        ("CASE282", ABSENT + "- {日期: 2026-03-20, 事项: 复学观察, 结果: 缺课}\n", {}),
        ("CASE283", BACK + TAUGHT.format(20), {}),
        ("CASE283", BACK + TAUGHT.format(6) + TAUGHT.format(5), {}),
        ("CASE284", BACK, plan("开始日期: 2026-03-10")),
        ("CASE284", BACK, plan("回访日期: [2026-03-20, 2026-04-20]")),
        ("CASE285", ABSENT + VISIT.format("03:00", "施文"), {}),
        ("CASE286", ABSENT + VISIT.format("19:00", "施文") * 2, {}),
        ("CASE286", ABSENT + VISIT.format("19:00, 地点: 甲村", "施文")
         + CHECKED.format(", 地点: 乙村"), {}),
        ("CASE286", ABSENT + VISIT.format("19:00, 对象: 普正华", "施文")
         + CHECKED.format(", 对象: 李桂仙"), {}),
        ("CASE281", MISSED + AGAIN + AGAIN, {}),
        ("CASE287", ABSENT, {"pupil": PUPIL.replace("530499201305061217", "530499202005061218")}),
        ("CASE288", ABSENT, of_child("学籍: 没有建立")),
        ("CASE289", ABSENT, of_child("安置意见: 特殊教育学校")),
        ("CASE290", ABSENT, {"more": "证据: [{名称: 照片, 日期: 2026-06-02}]\n"}),
        ("CASE290", ABSENT, of_parent("确认书日期: 2027-03-01")),
        ("CASE291", ABSENT, of_parent(relation="母亲")),
        ("CASE292", ABSENT, of_parent("下落: 死亡", "下落日期: 2025-01-01", "直接抚养: 是")),
        ("CASE293", ABSENT, of_parent("下落: 死亡", "下落日期: 2010-01-01")),
        ("CASE294", ABSENT, of_parent("住址日期: 1970-01-01")),
        ("CASE295", ABSENT, of_parent("下落: 在家") | of_child("留守情况: 双亲留守")),
        ("CASE295", ABSENT, of_parent("下落: 外出") | of_child("留守情况: 否")),
        ("CASE295", ABSENT, of_people("关系: 养父, 下落: 在家", **of_child("留守情况: 双亲留守"))),
        ("CASE296", ABSENT, of_child("家庭类别: [孤儿]")),
    ],
)  # fmt: skip
def test_what_cannot_both_be_so_is_told(code, history, changes):
    assert found(history, **changes) == [code]


@pytest.mark.parametrize(
    ("history", "changes"),
    [
        (BACK, {}),
        (BACK.replace("返校}", "返校, 出具日期: 2026-04-01}"), {}),
        (BACK.replace("返校}", "返校, 观察日期: [2026-04-02, 2026-04-20]}"), {}),
        (BACK + MARK.format("2026-04-05", "复学"), {}),
        (BACK + MARK.format("2026-04-01", "辍学"), {}),
        (ABSENT + MARK.format("2026-03-10", "疑似辍学"), {}),
        (BACK + "- {日期: 2026-04-05, 事项: 再次缺课}\n" + MARK.format("2026-04-06", "辍学"), {}),
        (BACK + "- {日期: 2026-04-05, 事项: 再次缺课}\n- {日期: 2026-04-08, 事项: 返校}\n", {}),
        (OVERDUE + "- {日期: 2026-04-01, 事项: 核查, 结果: 已返校}\n"
         "- {日期: 2026-04-02, 事项: 返校}\n", {}),
        (BACK + "- {日期: 2026-04-11, 事项: 复学观察, 结果: 缺课}\n", {}),
        (BACK + TAUGHT.format(4) * 2, {}),
        (BACK, plan("日期: 2026-03-30", "开始日期: 2026-04-01", "回访日期: [2026-04-20]")),
        (ABSENT, plan("开始日期: 2026-03-10")),
        (ABSENT + VISIT.format("06:30", "施文") + VISIT.format("06:30", "罗玉芬"), {}),
        (ABSENT, of_child("学籍: 已建立", "残疾情况: 肢体二级", "安置意见: 送教上门")),
        (ABSENT, of_child("学籍: 没有建立") | {"situation": "未入学"}),
        (ABSENT, of_parent("下落: 死亡", "下落日期: 2012-12-01")),
        (ABSENT, of_parent("下落: 下落不明") | of_child("家庭类别: [孤儿]")),
        (ABSENT, of_parent("下落: 外出") | of_child("留守情况: 单亲留守")),
        (ABSENT, of_parent("确认书日期: 2026-06-01")),
        (ABSENT, of_parent("监护依据: 村民委员会指定", relation="祖母")),
        (MISSED + AGAIN, {}),
        (NOT_FOUND + AGAIN, {}),
        (MISSED + MARK.format("2026-04-20", "辍学"), {}),
        (NOT_FOUND + MARK.format("2026-04-20", "辍学"), {}),
        (ABSENT + VISIT.format("19:00", "施文") + CHECKED.format(""), {}),
        (ABSENT + VISIT.format("19:00, 对象: 普正华", "施文") + CHECKED.format(", 地点: 甲村"), {}),
        (LONG_AGO, {"pupil": PUPIL.replace("七年级", "八年级")}),
        (ABSENT, of_child("安置意见: 送教上门")),
        (ABSENT, of_people("关系: 继父, 下落: 在家", **of_child("家庭类别: [孤儿]"))),
        (ABSENT, of_people("关系: 养父", "关系: 养母", **of_child("家庭类别: [孤儿]"))),
        (ABSENT, of_people("关系: 生父, 下落: 外出", "关系: 生母, 下落: 外出", "关系: 继父, 下落: 在家",
                           **of_child("留守情况: 双亲留守"))),
    ],
)  # fmt: skip
def test_what_can_be_so_is_not_asked_about(history, changes):
    assert found(history, **changes) == []
