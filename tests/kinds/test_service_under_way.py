"""A paper that is on its way is waited for; nobody is told to carry it once more."""

from datetime import date

import pytest

from kcbx_docs.office.todo import todos_of
from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import MADE, docket

KIND = Kind(
    "已经在送的不催着送",
    "公告正在走、信已经寄出，「今天要做」还叫人去送达",
    (("minshi-susong-fa", "91"), ("minshi-susong-fa", "95")),
)
PAPER = "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, %s}\n"
POSTED = PAPER % "方式: 邮寄, 邮件单号: E1, 承运单位: EMS, 交寄日期: 2026-03-13, 结果: 在途"
BACK = PAPER.replace("03-13,", "03-16,") % (
    "方式: 邮寄, 邮件单号: E1, 承运单位: EMS, 交寄日期: 2026-03-13, 结果: 未送达, 原因: 退回"
)
GONE = (
    "{姓名: 普正华, 关系: 父亲, 身份证号: '530499198603123012', "
    "住址: 云岭县青石镇白沙村15号, 下落: 下落不明, 下落日期: 2026-01-10}"
)
NOTICED = PAPER % (
    "方式: 公告, 原因: 下落不明, 公告媒介: [村公告栏, 住所], 公告日期: 2026-03-13, "
    "承办人: [普文清, 段晓岚]"
)


@pytest.mark.parametrize(
    ("history", "people", "when"),
    [
        (MADE, "普正华", "现在"),
        (MADE + POSTED, "普正华", "等待"),
        (MADE + POSTED + BACK, "普正华", "现在"),
        (MADE + NOTICED, GONE, "等待"),
    ],
)
def test_what_is_on_its_way_is_waited_for(history: str, people: str, when: str) -> None:
    told = docket(history, guardians=(people,))
    todos = todos_of(stand(told, date(2026, 3, 17)), told.law)
    serving = [todo for todo in todos if todo.step == "serve-order"]
    assert [todo.when for todo in serving] == [when]
    assert bool(serving[0].reason) is (when == "等待")
