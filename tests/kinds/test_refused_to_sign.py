"""Who is met elsewhere, or comes to the office, and will not sign: served by that very refusal."""

from datetime import date

import pytest

from kcbx_docs.record.service_basis import rule_of
from tests.kinds import Kind
from tests.kinds.world import FATHER, MADE, PEOPLE, docket

KIND = Kind(
    "拒绝签署送达回证",
    "住所以外当面拒签的要有影像，到机关来拒签的要是他本人；起算点不是留在住所",
    (
        ("minsu-jieshi", "131", "1"),
        ("minsu-jieshi", "131", "2"),
        ("minsu-jieshi", "132"),
        ("minshi-susong-fa", "89"),
        ("minshi-susong-fa", "93", "1"),
        ("minshi-susong-fa", "93", "2"),
    ),
)

SENT = (
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: %s}\n"
)
SERVED = date(2026, 3, 13)
BY, VIDEO = "承办人: [普文清, 段晓岚]", "影像资料: [执法记录仪0313]"
WILL_NOT, HIMSELF = "拒收原因: 不肯签", "拒收人: 本人"
ELSEWHERE, HOME = "地点类别: 其他, 地点: 青石镇集市", "地点类别: 住所"
VILLAGE = "见证人: [{姓名: 白有福, 单位: 白沙村民委员会, 单位类别: 村（居）民委员会}]"
AGENT = "拒收人: 指定代收的代理人"


def given(*told: str, where: str = "") -> tuple[date | None, list[str], str]:
    """Tell from when the order counts, what is wrong or doubtful, and by which rule."""
    person = PEOPLE[FATHER].removesuffix("}") + (f", 下落: {where}" if where else "") + "}"
    case = docket(MADE + SENT % ", ".join(told), guardians=(person,))
    guardian = case.case.guardians[0]
    act = case.progress(guardian, date(2026, 3, 27)).act("责令")
    assert act is not None
    (one,) = act.services
    found = [code for code, _ in (*one.faults, *one.doubts)]
    return act.served(date(2026, 3, 27)), found, rule_of(one.event, guardian)


@pytest.mark.parametrize(
    ("told", "served", "found", "rule"),
    [
        (("直接", BY), SERVED, [], "service-direct"),
        (
            ("直接", BY, WILL_NOT, HIMSELF, ELSEWHERE, VIDEO),
            SERVED,
            [],
            "service-refused-elsewhere",
        ),
        (
            ("留置", BY, WILL_NOT, HIMSELF, ELSEWHERE, VIDEO),
            SERVED,
            [],
            "service-refused-elsewhere",
        ),
        (("留置", BY, WILL_NOT, HIMSELF, HOME, VIDEO), SERVED, [], "service-lien"),
        (("留置", BY, WILL_NOT, HIMSELF, HOME, VILLAGE), SERVED, [], "service-lien"),
        (("直接", BY, WILL_NOT, HIMSELF, ELSEWHERE), None, ["PROC101"], ""),
        (("直接", BY, HIMSELF, ELSEWHERE, VIDEO), None, ["PROC101"], ""),
        (("直接", BY, "拒收人: 无人在家", VIDEO, WILL_NOT, HOME), None, ["PROC112", "SERV078"], ""),
        (("直接", BY, WILL_NOT, HIMSELF, ELSEWHERE, VILLAGE), None, ["PROC114"], ""),
        (("直接", BY, WILL_NOT, HIMSELF, HOME, VIDEO), SERVED, ["SERV078"], ""),
        (("直接", BY, WILL_NOT, HIMSELF, VIDEO), SERVED, ["PROC111"], ""),
        (("直接", BY, "拒收人: 同住成年家属", WILL_NOT, ELSEWHERE, VIDEO), None, ["PROC114"], ""),
    ],
)
def test_elsewhere_pictures_show_that_he_would_not_sign(told, served, found, rule: str) -> None:
    day, codes, by = given(*told)
    assert (day, codes) == (served, found)
    assert not rule or by == rule


@pytest.mark.parametrize(
    ("told", "served", "found", "rule"),
    [
        (("领取", BY), SERVED, [], "service-collect"),
        (("领取", BY, WILL_NOT, HIMSELF), SERVED, [], "service-collect-refused"),
        (("领取", BY, WILL_NOT, AGENT), SERVED, [], "service-collect-refused"),
        (("领取", WILL_NOT, HIMSELF), SERVED, ["PROC111"], ""),
        (("领取", BY, "拒收原因: 怕担责任"), SERVED, ["PROC111"], ""),
        (("领取", BY, WILL_NOT, "拒收人: 同住成年家属"), None, ["SERV079"], ""),
        (("领取", BY, WILL_NOT, "拒收人: 无人在家"), None, ["SERV079"], ""),
        (("领取", BY, "拒收原因: 本人电话里拒绝", HIMSELF), SERVED, ["PROC132"], ""),
        (("领取", BY, HOME), SERVED, ["PROC132"], ""),
    ],
)
def test_who_came_and_would_not_sign_is_served(told, served, found, rule: str) -> None:
    day, codes, by = given(*told)
    assert (day, codes) == (served, found)
    assert not rule or by == rule


@pytest.mark.parametrize(
    ("told", "served", "found"),
    [
        (("留置", BY, WILL_NOT, AGENT, HOME, VIDEO), SERVED, []),
        (("留置", BY, WILL_NOT, AGENT, "地点类别: 工作单位", VILLAGE), SERVED, []),
        (("留置", BY, WILL_NOT, AGENT, ELSEWHERE, VILLAGE), None, ["PROC114"]),
        (("留置", BY, WILL_NOT, "拒收人: 单位负责收件的人", HOME, VIDEO), None, ["PROC112"]),
    ],
)
def test_the_agent_named_for_it_may_refuse_as_he_himself(told, served, found) -> None:
    day, codes, by = given(*told)
    assert (day, codes) == (served, found)
    assert found or by == "service-lien-agent"


@pytest.mark.parametrize(
    ("unit", "where", "rule"),
    [
        ("某部, 受托机关类别: 部队", "服兵役", "service-by-army"),
        ("望川监狱", "服刑", "service-by-prison"),
        ("云岭县看守所", "羁押", "service-by-prison"),
        ("云岭县强制隔离戒毒所", "强制戒毒", "service-by-education"),
        ("某所, 受托机关类别: 监所", "强制戒毒", "service-by-education"),
        ("望川监狱", "", "service-by-prison"),
        ("某单位", "", "service-handed-on"),
    ],
)
def test_what_was_handed_on_stands_on_the_one_article(unit: str, where: str, rule: str) -> None:
    _, _, by = given(f"转交, 受托机关: {unit}, 签收日期: 2026-03-13", where=where)
    assert by == rule


@pytest.mark.parametrize(
    ("signer", "found"),
    [
        ("拒签", ["SERV110"]),
        ("家中无人", ["SERV110"]),
        ("不在家", ["SERV110"]),
        ("吴仁", []),
        ("吴人", []),
        ("罗桂花, 关系: 妻子, 签收人类别: 同住成年家属", []),
    ],
)
def test_a_word_for_nobody_signs_nothing(signer: str, found: list[str]) -> None:
    served, told, _ = given("直接", BY, f"签收人: {signer}")
    assert [code for code in told if code == "SERV110"] == found
    assert (served is None) == bool(found) or "SERV110" not in told
