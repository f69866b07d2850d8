"""Who may take a paper for somebody, in which way, and from which day it counts."""

from datetime import date

import pytest

from kcbx_docs.record.service import _DOUBTS
from tests.procedure.world import FATHER, MADE, MOTHER, PEOPLE, docket, law_of

BASE = "- {日期: 2026-01-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: %s}\n"
CONSENTED = (
    '{姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 白沙村15号, '
    "同意电子送达: %s, 确认书日期: %s}"
)


def service(how, history=MADE, **changes):
    case = docket(history + BASE % how, **changes)
    record = case.progress(case.case.guardians[0], date(2026, 6, 1))
    return record.act("责令").services[-1]


def codes(how, history=MADE, **changes):
    one = service(how, history, **changes)
    return [code for code, _ in one.faults], [code for code, _ in one.doubts]


@pytest.mark.parametrize(
    ("how", "faults", "doubts"),
    [
        ("直接", [], []),
        ("直接, 签收人: 普正华", [], []),
        ("直接, 签收人: 普 正华", [], []),
        ("直接, 签收人: 别名, 关系: 本人", [], ["PROC132"]),
        ("直接, 签收人: 普云飞", ["PROC104"], []),
        ("直接, 签收人: 普云飞, 指定代收: 是, 成年: 是", ["PROC104"], []),
        ("直接, 签收人: 普大伯, 成年: 否, 同住: 是", ["PROC104"], []),
        ("直接, 签收人: 普大伯, 成年: 否, 指定代收: 是", ["PROC104"], []),
        ("直接, 签收人: 普大伯, 成年: 是, 同住: 否", ["PROC105"], []),
        ("直接, 签收人: 普大伯, 成年: 是, 同住: 否, 指定代收: 是", [], []),
        ("直接, 签收人: 普大伯, 成年: 是", [], ["PROC108"]),
        ("直接, 签收人: 普大伯, 同住: 是", [], ["PROC109"]),
        ("直接, 签收人: 普大伯, 同住: 是, 成年: 是", [], []),
        ("直接, 签收人: 普阿奶", ["PROC105"], []),
        ("直接, 签收人: 普阿奶, 同住: 是, 成年: 是", [], []),
        ("直接, 签收人: 李桂仙, 同住: 是", [], []),
        ("留置, 签收人: 普云飞, 拒收原因: 不识字, 影像资料: [录像]", [], ["PROC132", "PROC111"]),
        ("留置, 拒收原因: 不识字", ["PROC101"], []),
        ("邮寄, 邮件单号: E1, 签收日期: 2026-01-15", [], []),
        ("邮寄, 邮件单号: E1, 签收日期: 2026-01-15, 签收人: 普云飞", ["PROC104"], []),
        ("邮寄, 邮件单号: E1", ["PROC101"], []),
        ("委托, 受托机关: 县法院, 签收日期: 2026-01-15, 签收人: 普云飞", ["PROC104"], []),
        ("电子, 送达地址: 微信, 到达日期: 2026-01-13", ["PROC102"], []),
        ("公告, 原因: 甲, 公告媒介: 乙, 公告日期: 2026-01-13", ["PROC103"], []),
    ],
)
def test_each_way_with_each_signer(how, faults, doubts):
    people = (FATHER, MOTHER)
    assert codes(how, guardians=people) == (faults, doubts)


@pytest.mark.parametrize(
    ("consent", "confirmed", "valid"),
    [
        ("是", "2026-01-13", True),
        ("是", "2026-01-14", False),
        ("否", "2026-01-13", False),
        ("是", '""', False),
    ],
)
def test_electronic_service_needs_consent_given_by_that_day(consent, confirmed, valid):
    person = CONSENTED % (consent, confirmed)
    if confirmed == '""':
        person = person.replace(', 确认书日期: ""', "")
    how = "电子, 送达地址: 微信, 到达日期: 2026-01-13"
    assert service(how, guardians=(person,)).valid is valid


@pytest.mark.parametrize(
    ("how", "day"),
    [
        ("直接", date(2026, 1, 13)),
        ("邮寄, 邮件单号: E1, 签收日期: 2026-01-16", date(2026, 1, 16)),
        ("电子, 送达地址: 微信, 到达日期: 2026-01-14", date(2026, 1, 14)),
    ],
)
def test_it_counts_from_the_day_that_the_way_says(how, day):
    person = CONSENTED % ("是", "2026-01-01")
    assert service(how, guardians=(person,)).day == day


def test_a_public_notice_counts_thirty_days_after_its_own_day():
    failed = BASE % "直接, 结果: 未送达, 原因: 不在"
    notice = service("公告, 原因: 甲, 公告媒介: 乙, 公告日期: 2026-01-20", MADE + failed)
    assert (notice.valid, notice.term.start, notice.day) == (
        True,
        date(2026, 1, 20),
        date(2026, 2, 24),
    )


def test_only_attempts_that_failed_for_this_guardian_lead_to_a_public_notice():
    failed = (BASE % "直接, 结果: 未送达, 原因: 不在").replace("普正华", "李桂仙")
    how = "公告, 原因: 甲, 公告媒介: 乙, 公告日期: 2026-01-20"
    assert codes(how, MADE + failed, guardians=(FATHER, MOTHER))[0] == ["PROC103"]


@pytest.mark.parametrize(
    ("where", "doubts"),
    [("服刑", []), ("外出", ["PROC106"]), ("", ["PROC106"]), ("下落不明", ["PROC106"])],
)
def test_papers_are_handed_on_to_whom_a_unit_keeps(where, doubts):
    person = PEOPLE[FATHER].replace("住址", f"下落: {where}, 住址") if where else FATHER
    how = "转交, 受托机关: 监狱, 签收日期: 2026-01-15, 签收人: 普正华"
    assert codes(how, guardians=(person,)) == ([], doubts)


_FAULTS = {
    *("PROC102", "PROC103", "PROC104", "PROC105", "PROC112", "PROC113", "PROC114"),
    *("PROC119", "PROC121", "PROC124", "PROC520", "SERV077", "SERV079", "SERV083"),
    *("SERV070", "SERV071", "SERV072", "SERV073", "SERV074"),
    *("SERV086", "SERV092"),
}
"""What makes a service void besides, or concerns organs, whose articles its recording names."""


def test_every_doubt_names_the_articles_of_its_own_way():
    """What a neighbour signs for is no matter of mail: nobody reads nine articles for one doubt."""
    told = law_of().procedure.file.checks["送达没有疑问"].basis_of
    own = set(_DOUBTS) - {"PROC480"}  # who signs stands under 依据
    assert own <= set(told) and not set(told) - own - _FAULTS - {"PROC135"}
