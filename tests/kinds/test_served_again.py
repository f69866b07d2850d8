"""A paper that is served twice: the second service neither restarts the first,
nor is it worth nothing where the first is doubtful.
"""

from datetime import date

import pytest

from kcbx_docs.issuing.service_list import service_lines
from tests.kinds import Kind
from tests.kinds.world import MADE, codes, docket, may, standing

KIND = Kind(
    "送达了第二次",
    "代收的人有疑问，本人后来签收了，期限仍从有疑问的那一天算，立案仍要说明理由；"
    "没有疑问的，第二次签收不重新起算",
    (
        ("minshi-susong-fa", "87", "2"),
        ("minshi-susong-fa", "88", "1"),
        ("minshi-susong-fa", "88", "2"),
        ("minshi-susong-fa", "95", "1"),
    ),
)

SENT = (
    "- {日期: 2026-%s, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: %s, 承办人: [普文清, 段晓岚]}\n"
)
BROTHER = SENT % ("03-13", "直接, 签收人: 普大伯, 关系: 哥哥")
AT_HOME = SENT % ("03-13", "直接, 签收人: 普大伯, 关系: 哥哥, 同住: 是, 成年: 是")
HIMSELF = SENT % ("03-20", "直接")
CAME = SENT % ("03-20", "领取")
NOTICE = SENT % ("03-16", "公告, 原因: 送不到, 公告媒介: 村公告栏, 公告日期: 2026-03-16")
VAIN = SENT % ("03-13", "直接, 结果: 未送达, 原因: 家中无人")
BACK = SENT % ("03-15", "邮寄, 结果: 未送达, 原因: 退回")
SEEN = "- {日期: 2026-03-31, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"


def served(history: str, day: str = "2026-05-08") -> date | None:
    case, on = docket(MADE + history), date.fromisoformat(day)
    act = case.progress(case.case.guardians[0], on).act("责令")
    assert act is not None
    return act.served(on)


@pytest.mark.parametrize(
    ("history", "counts"),
    [
        (BROTHER, date(2026, 3, 13)),
        (BROTHER + HIMSELF, date(2026, 3, 20)),
        (BROTHER + CAME, date(2026, 3, 20)),
        (AT_HOME + CAME, date(2026, 3, 13)),
        (VAIN + BACK + NOTICE + HIMSELF, date(2026, 3, 20)),
        (VAIN + BACK + NOTICE + CAME.replace("03-20", "05-07"), date(2026, 4, 15)),
        (VAIN + NOTICE + CAME.replace("03-20", "05-07"), date(2026, 5, 7)),
    ],
)
def test_who_serves_again_because_of_a_doubt_is_not_held_to_it(history: str, counts: date) -> None:
    assert served(history) == counts


def test_what_was_known_before_the_second_service_stays_as_it_was() -> None:
    assert served(BROTHER + HIMSELF, "2026-03-19") == date(2026, 3, 13)


def test_the_second_service_takes_the_doubt_away_and_its_own_period_must_end() -> None:
    assert "PROC108" in codes(may("case-filing", "2026-03-31", MADE + BROTHER + SEEN), "须说明理由")
    again = MADE + BROTHER + HIMSELF + SEEN
    assert "PROC108" not in codes(may("case-filing", "2026-03-31", again))
    assert standing("2026-03-27", again).state == "责令期内"
    assert standing("2026-03-31", again).state == "责令期满"


GONE = (
    "- {日期: 2026-%s, 事项: 撤回, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 原因: 写错}\n"
)
_GONE_VAIN = [("未送达（文书已撤回）", "家中无人"), ("未送达（文书已撤回）", "退回")]


@pytest.mark.parametrize(
    ("history", "listed"),
    [
        (AT_HOME + CAME, [("已送达", ""), ("已送达", "2026-03-13已经送达，这一次不另外起算")]),
        (BROTHER + CAME, [("已送达（有疑问）", ""), ("已送达", "")]),
        (VAIN + BACK + NOTICE, [("未送达", "家中无人"), ("未送达", "退回"), ("已送达", "送不到")]),
        (AT_HOME + GONE % "04-10", [("已送达（文书已撤回）", "")]),
        (VAIN + BACK + NOTICE + GONE % "04-10", [*_GONE_VAIN, ("公告中（文书已撤回）", "送不到")]),
        (VAIN + BACK + NOTICE + GONE % "04-20", [*_GONE_VAIN, ("已送达（文书已撤回）", "送不到")]),
    ],
)
def test_the_list_says_what_a_second_service_and_an_unfinished_notice_are_worth(
    history: str, listed: list[tuple[str, str]]
) -> None:
    lines = service_lines(docket(MADE + history), date(2026, 5, 8))
    assert [(line.state, line.note) for line in lines] == listed
