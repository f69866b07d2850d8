"""Histories that cannot be: each line has its place and its reason."""

from pathlib import Path

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import faults_of_event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.service_methods import METHODS

from .stories import case_with, pointed, told

ORDER = "责令送被监护人接受义务教育通知书"


def test_nothing_happens_in_the_future_or_backwards(tmp_path: Path) -> None:
    _, problems = case_with(
        tmp_path,
        f"""\
  - {{日期: 2026-09-01, 事项: 首次缺课}}
  - {{日期: 2026-08-31, 事项: 返校}}
  - {{日期: 2026-08-01, 事项: 再次缺课}}
  - {{日期: 2027-09-05, 事项: 联系, 方式: 电话}}
  - {{日期: 2006-09-05, 事项: 联系, 方式: 电话}}
  - {{日期: 2026-09-10, 时间: 15:00, 结束时间: 14:00, 事项: 劝返, 方式: 家访, 结果: 拒绝}}
  - {{日期: 2026-10-12, 事项: 制发, 文书: {ORDER}, 文号: 青政责〔2026〕2号}}
  - {{日期: 2026-10-11, 事项: 送达, 文书: {ORDER}, 对象: 普正华, 方式: 直接}}
  - {{日期: 2026-10-13, 事项: 送达, 文书: {ORDER}, 对象: 李桂仙, 方式: 邮寄, 邮件单号: E1, 交寄日期: 2026-10-13, 签收日期: 2026-10-12}}
责令: {{改正期限: 2026-10-12}}
""",
    )
    assert pointed(tmp_path, problems) == [
        "CASE058 2026-08-31",
        "CASE058 2026-08-01",
        "CASE054 2027-09-05",
        "CASE055 2006-09-05",
        "CASE056 14:00",
        "CASE060 2026-10-11",
        "CASE057 2026-10-12",
    ]


def test_a_second_first_absence_and_a_relapse_without_return(tmp_path: Path) -> None:
    _, problems = case_with(
        tmp_path,
        """\
  - {日期: 2026-09-01, 事项: 首次缺课}
  - {日期: 2026-10-01, 事项: 首次缺课}
  - {日期: 2026-10-08, 事项: 再次缺课}
""",
    )
    assert told(problems) == ["10:10 CASE067", "11:5 CASE059"]


@pytest.mark.parametrize(
    ("target", "code", "hint"),
    [
        ("普正花", "CASE062", "是不是「普正华」"),
        ("王大力", "CASE062", "普正华、李桂仙"),
        ("沈秀英", "CASE063", "签收人"),
        ("普云飞", "CASE064", "普正华、李桂仙"),
        ("普 正华", "", ""),
        ("云岭县教育体育局", "", ""),
    ],
)
def test_papers_are_served_on_guardians(tmp_path: Path, target: str, code: str, hint: str) -> None:
    _, problems = case_with(
        tmp_path,
        f"""\
  - {{日期: 2026-10-11, 事项: 送达, 文书: {ORDER}, 对象: {target}, 方式: 直接}}
受托照护人: [{{姓名: 沈秀英, 关系: 祖母}}]
""",
    )
    assert pointed(tmp_path, problems) == ([f"{code} {target}"] if code else [])
    assert all(hint in p.hint for p in problems)


def test_a_visit_may_be_to_anybody_but_a_near_name_is_asked_about(tmp_path: Path) -> None:
    _, problems = case_with(
        tmp_path,
        """\
  - {日期: 2026-09-05, 事项: 劝返, 方式: 家访, 结果: 未见到, 对象: [王大力, 普云飞, 李桂先]}
""",
    )
    asked = [(p.code, p.severity) for p in problems]
    assert asked == [("CASE300", "warning"), ("CASE065", "warning")]
    assert "王大力" in problems[0].message and "李桂仙" in problems[1].hint


def test_who_is_rung_up_or_reported_to_may_be_anybody(tmp_path: Path) -> None:
    _, problems = case_with(
        tmp_path,
        """  - {日期: 2026-09-05, 事项: 联系, 方式: 电话, 对象: 王大力, 结果: 没有接听}
  - {日期: 2026-09-05, 事项: 劝返, 方式: 家访, 结果: 未见到}
""",
    )
    assert not problems


@pytest.mark.parametrize(
    ("event", "told_codes"),
    [
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接", []),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接送达", ["CASE042"]),
        ("事项: 送达, 文书: 甲, 方式: 直接", ["CASE040"]),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 留置", ["CASE043", "CASE043"]),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 留置, 拒收原因: 不识字, 影像资料: 录像1", []),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 公告, 公告媒介: 公告栏",
            ["CASE043", "CASE043"],
        ),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 结果: 未送达", ["CASE044", "CASE205"]),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接, 结果: 未送达, 原因: 退回", []),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接, 原因: 家中无人", ["SERV075"]),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 领取, 原因: 没有来", ["SERV075"]),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接, 原因: 外出, 签收人: 李桂仙", []),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接, 原因: 约在地里, 结果: 已送达", []),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 委托, 原因: 在外省务工, 受托机关: 某镇政府, "
            "签收日期: 2026-10-01",
            [],
        ),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 邮件单号: E1, 结果: 在途, "
            "交寄日期: 2026-10-01, 签收日期: 2026-10-02",
            ["SERV087"],
        ),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 结果: 未送达, 原因: 被退回",
            ["CASE205", "CASE206"],
        ),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 结果: 未送达, 原因: 退回，查无此人, "
            "交寄日期: 2026-10-01, 签收人: 收发室",
            [],
        ),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 结果: 未送达, 原因: 地址不详, "
            "交寄日期: 2026-10-01, 签收日期: 2026-10-09",
            ["SERV087"],
        ),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 电子, 结果: 未送达, 原因: 退信, "
            "到达日期: 2026-10-11",
            ["SERV087"],
        ),
        ("事项: 首次缺课, 金额: 5", ["CASE041"]),
        ("事项: 缴纳罚款", ["CASE040"]),
        ("事项: 复议决定, 结果: 维持原判", ["CASE042"]),
        ("事项: 移送, 机关: 云岭县人社局, 原因: 用工问题", []),
    ],
)
def test_each_kind_of_event_has_its_keys(tmp_path: Path, event: str, told_codes: list[str]) -> None:
    _, problems = case_with(tmp_path, f"  - {{日期: 2026-10-11, {event}}}\n")
    assert [p.code for p in problems] == told_codes


@pytest.mark.parametrize("method", [m for m in METHODS.values() if m.proofs and m.recorded])
def test_only_what_travels_is_said_to_be_on_its_way(tmp_path: Path, method) -> None:
    event = f"事项: 送达, 文书: 甲, 对象: 普正华, 方式: {method.name}"
    _, problems = case_with(tmp_path, f"  - {{日期: 2026-10-11, {event}}}\n")
    advised = {"在途" in one.hint for one in problems if one.code == "CASE043"}
    assert advised == {method.travels}


def test_the_table_of_events_names_only_keys_that_exist() -> None:
    keys = {str(field.alias) for field in Event.model_fields.values()}
    for kind, rule in EVENT_FIELDS.items():
        assert set(rule.allowed) <= keys, kind
        assert set(rule.choices) <= set(rule.allowed), kind
    needed = {key for method in METHODS.values() for group in method.proofs for key in group}
    assert needed <= set(EVENT_FIELDS["送达"].allowed)
    assert len(EVENT_FIELDS) >= 45


def test_events_of_the_ledger_are_judged_without_a_file() -> None:
    event = Event.model_validate(
        {"日期": "2026-10-11", "事项": "送达", "文书": "甲", "方式": "直接"}
    )
    assert [(code, facts["key"]) for code, _, facts in faults_of_event(event)] == [
        ("CASE040", "对象")
    ]


SERVED = f"事项: 送达, 文书: {ORDER}, 对象: 普正华, 方式: 邮寄, 邮件单号: E1"


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        ("日期: 2026-11-22, 事项: 联系, 方式: 电话", []),
        ("日期: 2026-11-23, 事项: 联系, 方式: 电话", ["CASE054"]),
        (
            f"日期: 2026-11-20, {SERVED}, 交寄日期: 2026-11-23, 签收日期: 2026-11-23",
            ["CASE054"] * 2,
        ),
        (f"日期: 2026-11-20, {SERVED}, 交寄日期: 2026-11-22, 签收日期: 2026-11-22", []),
        (f"日期: 2026-11-20, {SERVED}, 交寄日期: 2026-11-21, 签收日期: 2026-11-20", ["CASE057"]),
        ("日期: 2026-11-20, 事项: 民事判决, 结果: 支持, 生效日期: 2026-12-20", []),
        ("日期: 2013-05-06, 事项: 联系, 方式: 电话", []),
        ("日期: 2013-05-05, 事项: 联系, 方式: 电话", ["CASE055"]),
        ("日期: 2026-11-20, 时间: 9:00, 结束时间: 9:01, 事项: 询问, 对象: 普正华", []),
        ("日期: 2026-11-20, 时间: 9:00, 结束时间: 9:00, 事项: 询问, 对象: 普正华", ["CASE056"]),
    ],
)
def test_today_the_day_of_birth_and_one_minute_are_possible(
    tmp_path: Path, event: str, codes: list[str]
) -> None:
    _, problems = case_with(tmp_path, f"  - {{{event}}}\n")
    assert [p.code for p in problems] == codes


@pytest.mark.parametrize(
    ("back", "again", "codes"),
    [
        ("返校", "2026-09-10", []),
        ("返校", "2026-09-09", ["CASE058"]),
        ("核查, 结果: 已返校", "2026-09-10", []),
        ("核查, 结果: 未返校", "2026-09-10", ["CASE059"]),
    ],
)
def test_away_again_only_after_having_been_back(
    tmp_path: Path, back: str, again: str, codes: list[str]
) -> None:
    history = (
        "  - {日期: 2026-09-01, 事项: 首次缺课}\n"
        f"  - {{日期: 2026-09-10, 事项: {back}}}\n"
        f"  - {{日期: {again}, 事项: 再次缺课}}\n"
    )
    assert [p.code for p in case_with(tmp_path, history)[1]] == codes


@pytest.mark.parametrize(
    ("spells", "observed", "codes"),
    [
        (("返校 09-10",), "09-10", []),
        (("返校 09-10",), "09-12", []),
        (("返校 09-10",), "09-08", ["CASE058"]),
        ((), "09-08", []),
        (("返校 09-10", "再次缺课 09-20", "返校 09-25"), "09-15", []),
        (("返校 09-10", "再次缺课 09-20", "返校 09-25"), "09-22", ["CASE058"]),
        (("返校 09-10", "再次缺课 09-20"), "09-22", []),
    ],
)
@pytest.mark.parametrize("result", ["在校", "缺课"])
def test_nobody_is_observed_after_a_return_before_it(
    tmp_path: Path, spells: tuple[str, ...], observed: str, codes: list[str], result: str
) -> None:
    """One in the week before moved the day of the return."""
    told = ["首次缺课 09-01", *spells, f"复学观察, 结果: {result} {observed}"]
    events = [f"  - {{日期: 2026-{one[-5:]}, 事项: {one[:-6]}}}\n" for one in told]
    found = [p.code for p in case_with(tmp_path, "".join(events))[1]]
    assert [code for code in found if code != "CASE282"] == codes  # it asks for the return itself


@pytest.mark.parametrize(("day", "codes"), [("2026-09-01", []), ("2026-08-31", ["CASE058"])])
def test_back_on_the_first_day_of_absence_is_possible(
    tmp_path: Path, day: str, codes: list[str]
) -> None:
    history = f"  - {{日期: 2026-09-01, 事项: 首次缺课}}\n  - {{日期: {day}, 事项: 返校}}\n"
    assert [p.code for p in case_with(tmp_path, history)[1]] == codes


@pytest.mark.parametrize(
    ("made", "number", "served", "codes"),
    [
        ("2026-10-12", "", "2026-10-12", []),
        ("2026-10-12", "", "2026-10-11", ["CASE060"]),
        ("2026-10-12", "文号: 1号", "2026-10-11", ["CASE060"]),
        ("2026-10-12", "文号: 2号", "2026-10-11", []),
    ],
)
def test_a_paper_is_served_on_the_day_of_its_making_or_later(
    tmp_path: Path, made: str, number: str, served: str, codes: list[str]
) -> None:
    """Another number is another paper, of which nobody knows when it was made."""
    tail = f", {number}" if number else ""
    history = (
        f"  - {{日期: {made}, 事项: 制发, 文书: {ORDER}, 文号: 1号}}\n"
        f"  - {{日期: {served}, 事项: 送达, 文书: {ORDER}, 对象: 普正华, 方式: 直接{tail}}}\n"
    )
    assert [p.code for p in case_with(tmp_path, history)[1]] == codes


@pytest.mark.parametrize(
    "organ",
    [
        "青石镇人民政府",
        "云岭县公安局",
        "云岭县人民法院",
        "青石派出所",
        "白沙村民委员会",
        "某某公司",
    ],
)
def test_papers_may_go_to_other_offices(tmp_path: Path, organ: str) -> None:
    event = f"  - {{日期: 2026-10-11, 事项: 送达, 文书: {ORDER}, 对象: {organ}, 方式: 直接}}\n"
    assert case_with(tmp_path, event)[1] == ()
    fined = f"  - {{日期: 2026-10-11, 事项: 立案, 对象: {organ}}}\n"
    assert [p.code for p in case_with(tmp_path, fined)[1]] == ["CASE062"], (
        "but a case is a guardian's"
    )


def test_another_paper_may_have_been_served_before(tmp_path: Path) -> None:
    history = (
        f"  - {{日期: 2026-10-12, 事项: 制发, 文书: {ORDER}}}\n"
        "  - {日期: 2026-10-11, 事项: 送达, 文书: 控辍保学告知书, 对象: 普正华, 方式: 直接}\n"
    )
    assert case_with(tmp_path, history)[1] == ()


def test_a_return_is_compared_with_the_first_of_two_first_absences(tmp_path: Path) -> None:
    history = (
        "  - {日期: 2026-09-01, 事项: 首次缺课}\n"
        "  - {日期: 2026-10-01, 事项: 首次缺课}\n"
        "  - {日期: 2026-09-15, 事项: 返校}\n"
    )
    assert [p.code for p in case_with(tmp_path, history)[1]] == ["CASE067"]
