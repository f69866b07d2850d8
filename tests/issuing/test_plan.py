"""Which paper waits for whom, how it is served next and why, and what is taken along."""

from datetime import date

import pytest

from kcbx_docs.issuing.attempt import event_of
from kcbx_docs.issuing.plan import Waiting, plan, sent_too_soon
from tests.kinds.world import FATHER, MADE, SERVED, docket

ORDER = "责令限期改正通知书"
PERSON = (
    '{姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 云岭县青石镇白沙村15号, %s}'
)
CONFIRMED = "确认书日期: 2026-03-01, 同意电子送达: 是, 电子送达地址: 13800000031"
DAY = "2026-03-20"


def tried(how: str, reason: str = "家中无人", day: str = "2026-03-13", more: str = "") -> str:
    return (
        f"- {{日期: {day}, 事项: 送达, 文书: {ORDER}, 对象: {FATHER}, 方式: {how}, "
        f"结果: 未送达, 原因: {reason}{more}}}\n"
    )


VISIT = tried("直接")
REFUSED = tried("直接", "本人拒收", more=", 拒收人: 本人, 拒收原因: 不识字")
BACK = tried("邮寄", "退回，查无此人", "2026-03-18")
AGAIN = tried("直接", day="2026-03-19")
ON_ITS_WAY = (
    f"- {{日期: 2026-03-16, 事项: 送达, 文书: {ORDER}, 对象: {FATHER}, 方式: 邮寄, 结果: 在途, "
    "邮件单号: EMS1, 交寄日期: 2026-03-16}\n"
)


def waiting(history: str, person: str = "", day: str = DAY) -> tuple[Waiting, ...]:
    people = (PERSON % person,) if person else (FATHER,)
    return plan(docket(history, guardians=people), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("history", "person", "way"),
    [
        (MADE, "", "直接"),
        (MADE, "下落: 外出", "直接"),
        (MADE + VISIT, "", "邮寄"),
        (MADE + VISIT, CONFIRMED, "电子"),
        (MADE + REFUSED, "", "留置"),
        (MADE + tried("直接", "拒签"), "", "留置"),
        (MADE + tried("直接", "普正华拒绝签收，把人赶出来"), "", "留置"),
        (MADE + tried("直接", "邻居说他不会拒签"), "", "邮寄"),
        (MADE + tried("邮寄", "拒收"), "", "直接"),
        (MADE + VISIT + BACK, "下落: 外出, 工作单位: 东莞某厂", "委托"),
        (MADE + VISIT + BACK, "", "公告"),
        (MADE + VISIT + BACK, "下落: 在家", "直接"),
        (MADE + VISIT + BACK + AGAIN, "下落: 在家", "公告"),
        (MADE, "下落: 服刑", "转交"),
        (MADE, "下落: 下落不明", "公告"),
    ],
)
def test_the_next_way_follows_the_law_and_what_was_tried(
    history: str, person: str, way: str
) -> None:
    [one] = waiting(history, person)
    assert one.next is not None and one.next.method.name == way, one
    assert one.next.why


def test_who_lives_elsewhere_may_be_written_to_once_the_file_says_so() -> None:
    def posted(person: str) -> tuple[bool, str]:
        [one] = waiting(MADE, person)
        [way] = [way for way in one.ways if way.method.name == "邮寄"]
        return way.open, way.why

    assert posted("")[0] is False and "下落: 外出" in posted("")[1]
    assert posted("下落: 外出")[0] is True


def test_a_letter_on_its_way_or_a_running_notice_is_waited_for() -> None:
    [sent] = waiting(MADE + VISIT + ON_ITS_WAY)
    assert sent.next is None and "EMS1" in sent.wait
    notice = (
        f"- {{日期: 2026-03-16, 事项: 送达, 文书: {ORDER}, 对象: {FATHER}, 方式: 公告, "
        "原因: 下落不明, 公告媒介: 村公告栏, 公告日期: 2026-03-16}\n"
    )
    [noticed] = waiting(MADE + notice, "下落: 下落不明")
    assert noticed.next is None and "2026-04-15期满" in noticed.wait
    assert not noticed.overdue(date(2026, 4, 14))


def test_what_is_served_or_concerns_nobody_any_more_waits_for_nobody() -> None:
    assert waiting(SERVED) == ()
    [dead] = waiting(MADE, "下落: 死亡, 下落日期: 2026-03-14")
    assert dead.next is None and "死亡" in dead.wait


def test_what_is_taken_along_depends_on_the_person() -> None:
    [one] = waiting(MADE, "使用语言: 彝语, 识字: 否")
    assert one.take[0] == "《责令送被监护人接受义务教育通知书》青政责改〔2026〕1号"
    assert {"送达回证一张", "会彝语的翻译", "当面宣读，本人不识字"} <= set(one.take)
    assert any("送达地址确认书" in thing for thing in one.take)
    [signed] = waiting(MADE, CONFIRMED)
    assert not any("送达地址确认书" in thing for thing in signed.take)


def test_who_cannot_act_is_reached_through_who_acts_for_him() -> None:
    [one] = waiting(MADE, "监护状况: 无民事行为能力, 监护状况日期: 2026-01-05")
    assert one.next is None and "不再是监护人" in one.wait
    [limited] = waiting(MADE, "监护状况: 限制民事行为能力, 监护状况日期: 2026-01-05")
    assert limited.next is not None and "法定代理人" in limited.next.why


def test_a_notice_takes_the_notice_and_no_receipt() -> None:
    [one] = waiting(MADE, "下落: 下落不明")
    assert "《送达公告》" in one.take and "送达回证一张" not in one.take


def test_nobody_moved_for_long() -> None:
    [one] = waiting(MADE + VISIT, day="2026-03-27")
    assert not one.overdue(date(2026, 3, 27)) and one.overdue(date(2026, 3, 28))


POSTED = {"事项": "送达", "文书": ORDER, "方式": "邮寄", "结果": "在途", "邮件单号": "1"}


@pytest.mark.parametrize(
    ("history", "person", "how", "spoken"),
    [
        (MADE, "", POSTED, True),
        (MADE + tried("直接", day="2026-03-17"), "", POSTED, True),
        (MADE + VISIT, "", POSTED, False),
        (MADE, "下落: 外出", POSTED, False),
        (MADE, "下落: 服刑", POSTED, True),
        (MADE, "", {**POSTED, "方式": "转交", "受托机关": "望川监狱"}, True),
        (MADE, "下落: 服刑", {**POSTED, "方式": "转交", "受托机关": "望川监狱"}, False),
        (MADE, "", {"事项": "送达", "文书": ORDER, "方式": "直接", "结果": "已送达"}, False),
        (MADE, "", {"事项": "送达", "文书": ORDER, "方式": "留置", "结果": "已送达"}, False),
    ],
)
def test_a_way_that_the_plan_does_not_offer_is_told_where_it_is_recorded_too(
    history: str, person: str, how: dict[str, str], spoken: bool
) -> None:
    people = (PERSON % person,) if person else (FATHER,)
    case = docket(history, guardians=people)
    act = waiting(history, person)[0].act
    event = event_of({**how, "日期": "2026-03-16", "交寄日期": "2026-03-16", "对象": FATHER})
    told = [one.code for one in sent_too_soon(act, case.case.guardians[0], event)]
    assert told == ["SERV112"] * spoken
