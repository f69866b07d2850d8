"""A paper that is on its way is waited for; nobody is told to carry it once more."""

from datetime import date

import pytest

from kcbx_docs.office.todo import todos_of
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.contradictions import contradictions
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


@pytest.mark.parametrize(
    ("carrier", "found"),
    [
        ("承运单位: EMS, ", []),
        ("承运单位: 顺丰, ", ["PROC117"]),
        ("承运单位: 某某同城配送, ", ["PROC118"]),
        ("承运单位: 顺丰, 承运单位类别: 邮政企业, ", ["PROC132"]),
        ("", []),
    ],
)
def test_who_carries_it_is_judged_while_it_can_be_sent_again(
    carrier: str, found: list[str]
) -> None:
    sent = POSTED.replace("承运单位: EMS, ", carrier)
    assert _of_the_carrier(sent) == found


def test_a_school_sends_its_letter_by_any_carrier() -> None:
    own = POSTED.replace("责令限期改正通知书, 文号: 青政责改〔2026〕1号", "劝返通知书")
    assert _of_the_carrier(own.replace("EMS", "顺丰")) == []


def test_what_came_of_a_letter_is_told_once() -> None:
    courier = POSTED.replace("EMS", "顺丰")
    signed = courier.replace("结果: 在途", "签收日期: 2026-03-15").replace("03-13,", "03-15,", 1)
    assert _of_the_carrier(courier + signed) == ["PROC117"]


def _of_the_carrier(sent: str) -> list[str]:
    told = contradictions(docket(MADE + sent), date(2026, 3, 17))
    return [one.code for one in told if one.code in ("PROC117", "PROC118", "PROC132")]
