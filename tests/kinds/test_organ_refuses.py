"""An organ or a unit that does not take a paper: left there it counts as for a person."""

from datetime import date

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.record.organ_refusals import ORGAN_DOUBTS, organ_faults, reached
from kcbx_docs.record.organs import organ_papers
from kcbx_docs.record.service_basis import rule_of
from tests.kinds import Kind
from tests.kinds.world import ABSENT, BUREAU, TOWN, checked, docket

KIND = Kind(
    "单位拒收",
    "单位的负责人、负责收件的人拒收的可以留置；要有见证人或者影像，别人拒收、没有人在的不算",
    (
        ("minshi-susong-fa", "88", "1"),
        ("minshi-susong-fa", "89"),
        ("minsu-jieshi", "130", "1"),
        ("minsu-jieshi", "131", "1"),
        ("minsu-jieshi", "131", "2"),
    ),
)

COMMITTEE = {"姓名": "白有福", "单位": "城北社区居民委员会", "单位类别": "社区"}
OWN = {"姓名": "李某", "单位": BUREAU}
LEFT = {"方式": "留置", "拒收原因": "不收", "拒收人": "单位负责收件的人", "地点类别": "住所"}
POST = {"方式": "邮寄", "邮件单号": "E1", "签收日期": date(2026, 3, 12)}
VIDEO = {"影像资料": ("录像一",)}


def event(**told: object) -> Event:
    served = {"日期": date(2026, 3, 10), "事项": "送达", "文书": "学校书面报告", "对象": (BUREAU,)}
    return Event.model_validate({**served, "承办人": ("施文",), **told})


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({**LEFT, **VIDEO}, []),
        ({**LEFT, "见证人": (COMMITTEE,)}, []),
        ({**LEFT, "拒收人": "单位负责人", "见证人": (COMMITTEE,)}, []),
        ({**LEFT, "见证人": (COMMITTEE,), "地点类别": None, "地点": BUREAU + "办公室"}, []),
        ({**LEFT, **VIDEO, "地点类别": "其他", "地点": "县政府会场"}, []),
        ({**LEFT, "拒收人": "其他人", **VIDEO}, ["SERV070"]),
        ({**LEFT, "拒收人": "无人在家", **VIDEO}, ["SERV070"]),
        ({**LEFT, "拒收人": "本人", **VIDEO}, ["SERV070"]),
        ({**LEFT, "拒收人": None, **VIDEO}, ["SERV073"]),
        ({**LEFT, "地点类别": "机关", **VIDEO}, ["SERV073"]),
        ({**LEFT, "见证人": ({"姓名": "白有福"},)}, ["SERV073"]),
        ({**LEFT, "见证人": (COMMITTEE,), "地点类别": "其他"}, ["SERV072"]),
        ({**LEFT, "见证人": ({"姓名": "邻居", "单位类别": "其他"},)}, ["SERV071"]),
        ({**LEFT, "见证人": ({**COMMITTEE, "姓名": "施文"},)}, ["SERV071"]),
        ({**LEFT, "见证人": (OWN,)}, ["SERV074"]),
        ({**LEFT, "见证人": (OWN, COMMITTEE)}, []),
        ({"方式": "直接", "签收人": "办公室李某"}, []),
        ({"方式": "直接", "拒收原因": "不收"}, ["SERV071", "SERV073"]),
        ({**LEFT, **VIDEO, "方式": "直接"}, ["SERV078"]),
        ({**LEFT, **VIDEO, "方式": "直接", "地点类别": "其他"}, []),
        ({"方式": "领取", "拒收原因": "不签", "拒收人": "单位负责人"}, []),
        ({"方式": "领取", "拒收原因": "不签", "拒收人": "其他人"}, ["SERV070"]),
        ({**POST, "拒收原因": "不收", "拒收人": "单位负责收件的人"}, ["SERV083"]),
        ({**POST, "拒收原因": "起初不收", "签收人": "收发室李某"}, []),
        (POST, []),
        ({"方式": "公告", "原因": "不收", "公告媒介": ("报纸",)}, ["SERV062"]),
        ({"方式": "留置", "结果": "未送达", "原因": "没有人"}, []),
    ],
)
def test_who_refused_where_and_what_shows_it(told: dict[str, object], found: list[str]) -> None:
    one = event(**told)
    assert [code for code, _ in organ_faults(one, BUREAU)] == found
    assert reached(one, BUREAU) is (one.is_service and set(found) <= set(ORGAN_DOUBTS))


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({**LEFT, **VIDEO}, "service-lien-organ"),
        ({**LEFT, **VIDEO, "地点类别": "其他"}, "service-refused-elsewhere"),
        ({"方式": "领取", "拒收原因": "不签", "拒收人": "单位负责人"}, "service-collect-refused"),
        ({"方式": "直接", "签收人": "李某"}, "service-direct-another"),
    ],
)
def test_the_rule_is_that_of_what_happened(told: dict[str, object], rule: str) -> None:
    assert rule_of(event(**told), None) == rule


REPORT = "- {日期: 2026-03-10, 事项: 送达, 文书: 学校书面报告, 对象: %s, 方式: 留置, %s}\n"
GONE = "拒收人: 无人在家, 拒收原因: 下班了, 影像资料: [照片]"
TRULY = "拒收人: 单位负责收件的人, 拒收原因: 不收, 地点类别: 住所, 影像资料: [照片]"


@pytest.mark.parametrize(("how", "got"), [(GONE, False), (TRULY, True)])
def test_what_the_file_tells_is_judged_alike(how: str, got: bool) -> None:
    history = ABSENT + REPORT % (BUREAU, how)
    told = [one.code for one in checked("2026-03-20", history)]
    assert ("SERV070" in told) is not got
    case = docket(history)
    every = organ_papers(case.entries, case.law, date(2026, 3, 20))
    [paper] = [one for one in every if BUREAU in one.organs]
    assert paper.received(BUREAU, date(2026, 3, 20)) == (date(2026, 3, 10) if got else None)
    assert paper.received(TOWN, date(2026, 3, 20)) is None
