"""Histories that cannot be: each line has its place and its reason."""

from pathlib import Path

import pytest

from kcbx_docs.case.event import EVENT_FIELDS, METHOD_FIELDS, SERVICE_METHODS, Event
from kcbx_docs.case.event_checks import faults_of_event

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
        "CASE061 2026-10-12",
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


def test_a_deadline_before_the_service_is_useless_but_not_impossible(tmp_path: Path) -> None:
    _, problems = case_with(
        tmp_path,
        f"""\
  - {{日期: 2026-10-08, 事项: 制发, 文书: {ORDER}}}
  - {{日期: 2026-10-22, 事项: 送达, 文书: {ORDER}, 对象: 李桂仙, 方式: 直接}}
责令: {{改正期限: 2026-10-20}}
""",
    )
    assert [(p.code, p.severity) for p in problems] == [("CASE066", "warning")]


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
    assert [(p.code, p.severity) for p in problems] == [("CASE065", "warning")]
    assert "李桂仙" in problems[0].hint


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
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 结果: 未送达", ["CASE044"]),
        ("事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 结果: 未送达, 原因: 退回", []),
        ("事项: 首次缺课, 金额: 5", ["CASE041"]),
        ("事项: 缴纳罚款", ["CASE040"]),
        ("事项: 复议决定, 结果: 维持原判", ["CASE042"]),
        ("事项: 移送, 机关: 云岭县人社局, 原因: 招用童工", []),
    ],
)
def test_each_kind_of_event_has_its_keys(tmp_path: Path, event: str, told_codes: list[str]) -> None:
    _, problems = case_with(tmp_path, f"  - {{日期: 2026-10-11, {event}}}\n")
    assert [p.code for p in problems] == told_codes


def test_the_table_of_events_names_only_keys_that_exist() -> None:
    keys = {str(field.alias) for field in Event.model_fields.values()}
    for kind, rule in EVENT_FIELDS.items():
        assert set(rule.allowed) <= keys, kind
        assert set(rule.choices) <= set(rule.allowed), kind
    assert set(METHOD_FIELDS) <= set(SERVICE_METHODS)
    needed = {key for groups in METHOD_FIELDS.values() for group in groups for key in group}
    assert needed <= set(EVENT_FIELDS["送达"].allowed)
    assert len(EVENT_FIELDS) >= 45


def test_events_of_the_ledger_are_judged_without_a_file() -> None:
    event = Event.model_validate(
        {"日期": "2026-10-11", "事项": "送达", "文书": "甲", "方式": "直接"}
    )
    assert [(code, facts["key"]) for code, _, facts in faults_of_event(event)] == [
        ("CASE040", "对象")
    ]
