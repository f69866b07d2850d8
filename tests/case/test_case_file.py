"""A case file: what a clerk may write, and what each slip is answered with."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from kcbx_docs.case.fields import Deadline, parse_deadline

from .stories import GUARDIANS, HEAD, PUPIL, case_with, load, told


def test_a_small_case_needs_nothing_that_the_id_number_tells(tmp_path: Path) -> None:
    case, problems = load(tmp_path, HEAD + PUPIL + GUARDIANS)
    assert case is not None and not problems
    assert (case.pupil.sex, case.pupil.birth) == ("男", date(2013, 5, 6))
    assert [g.sex for g in case.guardians] == ["男", "女"]
    assert case.exclusions.unexamined[:2] == ("缓学休学批准", "送教上门")


def test_short_forms_stand_for_long_ones(tmp_path: Path) -> None:
    case, problems = load(
        tmp_path,
        HEAD
        + PUPIL
        + GUARDIANS
        + """\
学校: 青石中学
关联案件: 2026-002、2026-003
排除情形: {转学: 否, 送教上门: {结论: 有, 依据: 送教记录}}
经过:
  - {日期: 2026-09-03, 时间: 9:30, 事项: 劝返, 方式: 家访, 对象: 普正华、李桂仙, 结果: 拒绝, 见证人: [白有福, {姓名: 张某, 单位: 白沙村委会}]}
  - {日期: 2026-11-01, 事项: 缴纳罚款, 对象: 普正华, 金额: 1,000元}
""".replace("1,000元", '"1,000元"'),
    )
    assert case is not None and not problems
    visit, payment = case.history
    assert case.school is not None and case.school.name == "青石中学"
    assert case.related == ("2026-002", "2026-003")
    assert (case.exclusions.applying, case.exclusions.transfer.examined) == (("送教上门",), True)
    assert (visit.targets, visit.clock) == (("普正华", "李桂仙"), time(9, 30))
    assert [(w.name, w.unit) for w in visit.witnesses] == [("白有福", ""), ("张某", "白沙村委会")]
    assert payment.amount == Decimal(1000)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    case, problems = load(
        tmp_path,
        """\
案件: 控辍个案
编号: ../../etc
情形: 缀学
学生: {姓名: 普云飞, 身份证号: "530499201305061218", 民簇: 彝族}
监护人:
  - {姓名: 普正华, 关系: 父亲, 住址: 白沙村15号, 身份证号: "530499198613123012"}
  - {关系: 母亲}
经过:
  - {日期: 2026-02-30, 事项: 首次缺课}
  - {日期: 2026-09-05, 事项: 劝反, 结果: 拒绝}
  - {日期: 2026-09-05, 事项: 劝返, 结果: 拒绝了, 金额: 五百}
""",
    )
    assert case is None
    assert told(problems) == [
        "2:5 CASE004",
        "3:5 TYPE007",
        "4:21 CASE021",
        "4:43 TYPE002",
        "6:41 CASE022",
        "7:5 TYPE001",
        "9:10 TYPE015",
        "10:26 CASE001",
        "11:5 CASE040",
        "11:34 CASE042",
        "11:43 CASE003",
    ]
    hints = {p.code: p.hint for p in problems}
    assert "是不是「民族」" in hints["TYPE002"]
    assert "是不是「劝返」" in hints["CASE001"]
    assert "是不是「辍学」" in hints["TYPE007"]


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        ("事项: 缴纳罚款, 金额: 五百", ["CASE003"]),
        ("事项: 缴纳罚款, 结果: 已缴", ["CASE040", "CASE041"]),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 邮寄, 邮件单号: A1, 签收日期: 二月",
            ["TYPE005"],
        ),
        (
            "事项: 送达, 文书: 甲, 对象: 普正华, 方式: 直接, 结果: 未送达, 原因: [甲]",
            ["TYPE008"],
        ),
    ],
)
def test_a_key_with_a_faulty_value_is_not_also_missing(
    tmp_path: Path, event: str, codes: list[str]
) -> None:
    written = f"经过:\n  - {{日期: 2026-09-05, {event}}}\n"
    _, problems = load(tmp_path, HEAD + PUPIL + GUARDIANS + written)
    assert [p.code for p in problems] == codes


@pytest.mark.parametrize(
    ("written", "deadline", "printed"),
    [
        ("2026-10-20", Deadline(day=date(2026, 10, 20)), "2026年10月20日"),
        ("收到之日起10日", Deadline(count=10, unit="日"), "自收到之日起10日内"),
        ("自收到本通知书之日起十五日内", Deadline(count=15, unit="日"), "自收到之日起15日内"),
        ("送达之日起10个工作日", Deadline(count=10, unit="工作日"), "自收到之日起10个工作日内"),
        ("收到之日起二个月", None, None),
        ("收到之日起 1 个月内", Deadline(count=1, unit="月"), "自收到之日起1个月内"),
        ("七天", Deadline(count=7, unit="日"), "自收到之日起7日内"),
    ],
)
def test_deadlines_are_fixed_or_run_from_receipt(
    written: str, deadline: Deadline | None, printed: str | None
) -> None:
    read = parse_deadline(written)
    if deadline is None:
        assert (read.count, read.unit) == (2, "月")
    else:
        assert (read, str(read)) == (deadline, printed)


@pytest.mark.parametrize(
    "written", ["尽快", "收到之日起0日", "10", "2026-13-01", "收到之日起十十日", "下周一"]
)
def test_a_deadline_that_nobody_can_compute_is_refused(tmp_path: Path, written: str) -> None:
    case, problems = load(tmp_path, HEAD + PUPIL + GUARDIANS + f"责令: {{改正期限: {written}}}\n")
    assert case is None
    assert [p.code for p in problems] in (["CASE005"], ["TYPE015"])
    assert problems[0].place.line == 8


@pytest.mark.parametrize(
    "name", ["..", "a/b", "C:\\x", "CON", "nul", "案件.", "甲\u202e乙", "字" * 27, "", "a b", "~"]
)
def test_a_number_that_could_leave_the_output_folder_is_refused(tmp_path: Path, name: str) -> None:
    quoted = name.replace("\\", "\\\\")
    _, problems = load(tmp_path, HEAD.replace("2026-001", f'"{quoted}"') + PUPIL + GUARDIANS)
    assert [p.code for p in problems if p.is_error] in (["CASE004"], ["READ012"], ["TYPE010"])


@pytest.mark.parametrize("name", ["2026-001", "青政〔2026〕1号", "甲（二）", "案件_3", "䶮·𬱖"])
def test_numbers_that_offices_use_are_fine(tmp_path: Path, name: str) -> None:
    case, problems = load(tmp_path, HEAD.replace("2026-001", name) + PUPIL + GUARDIANS)
    assert case is not None and case.id == name and not problems


def test_values_stay_text(tmp_path: Path) -> None:
    case, _ = case_with(
        tmp_path, "  - {日期: 2026-09-01, 事项: 联系, 方式: 电话, 内容: 010, 备注: 12:30}\n"
    )
    assert (case.history[0].content, case.history[0].note) == ("010", "12:30")
