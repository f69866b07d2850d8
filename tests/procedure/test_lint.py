"""Slips in a place's procedure: each name, article and figure where it stands, and what may be written."""

from functools import cache

import pytest

from kcbx_docs.packs.chain import chain_of, find_packs, read_pack, shipped_root
from kcbx_docs.packs.library import open_library
from kcbx_docs.procedure.lint import lint_procedure


@pytest.fixture
def found(tmp_path):
    """Return a function that lints a workspace's own procedure.yaml and the keys of its pack.yaml."""

    def lint(procedure="", pack=""):
        if procedure:
            (tmp_path / "procedure.yaml").write_text(procedure, "utf-8")
        (tmp_path / "pack.yaml").write_text(f"名称: 镇\n版本: '1'\n{pack}", "utf-8")
        local, problems = read_pack(tmp_path, "本单位")
        assert not problems
        chain = chain_of("national", shipped(), local)
        return list(lint_procedure(chain, registry()))

    return lint


@cache
def shipped():
    return find_packs([shipped_root()])[0]


@cache
def registry():
    return open_library("530499")[0].registry


def spots(problems):
    return [(p.code, p.place.line, p.place.column) for p in problems]


@pytest.mark.parametrize(
    ("lines", "spot"),
    [
        ("    前提: {孩子未返较: 禁止}", ("PROC010", 3, 10)),
        ("    状态: [已报靠]", ("PROC013", 3, 5)),
        ("    不以责令为前提时的状态: [已报靠]", ("PROC013", 3, 5)),
        ("    须有: [立按]", ("PROC012", 3, 5)),
        ("    有了就做: [立按]", ("PROC012", 3, 5)),
        ("    最早: [{起算: 立按}]", ("PROC012", 2, 3)),
        ("    最迟: [{起算: 立按}]", ("PROC012", 2, 3)),
        ("    最早: [{起算: 立案, 规则: decision-09}]", ("PROC011", 2, 3)),
        ("    最迟: [{起算: 立案, 规则: decision-09}]", ("PROC011", 2, 3)),
        ("    事项: 制法", ("PROC014", 3, 5)),
        ("    依据: [{法: 义务教育法, 条: 580}]", ("PROC015", 2, 3)),
        ("    效力: 满〔pay-51〕", ("PROC011", 2, 3)),
        ("    前提: {制发机关有权: 提醒}", ("PROC018", 3, 10)),
    ],
)
def test_a_slip_in_a_step(found, lines, spot):
    (problem,) = found(f"步骤:\n  order:\n{lines}\n")
    if spot[0] == "PROC012" and "起算" in lines:
        assert problem.code == "PROC012" and problem.place.line in (2, 3)
    else:
        assert spots([problem]) == [spot]
    assert "责令" in problem.message or "order" in problem.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("检查:\n  孩子未返校: {依据: [{法: 义务教育法, 条: 580}]}\n", "PROC015"),
        ("检查:\n  孩子未返校: {说明: 满〔pay-51〕}\n", "PROC011"),
        ("不得制发:\n  某某令: {原因: 甲, 依据: [{法: 没有的法, 条: 1}]}\n", "PROC015"),
        ("定期:\n  月报: {名称: 月报, 规则: no-such}\n", "PROC011"),
    ],
)
def test_a_slip_beside_the_steps(found, text, code):
    problems = found(text)
    assert spots(problems) == [(code, 2, 3)]
    assert any(word in problems[0].message for word in ("孩子未返校", "某某令", "月报"))


@pytest.mark.parametrize(
    "text",
    [
        "步骤:\n  order: {前提: {学校已书面报告: 须说明理由}}\n",
        "步骤:\n  order: {前提: {制发机关有权: 禁止}}\n",
        "步骤:\n  order: {效力: 满〔pay-15〕}\n",
        "步骤:\n  order: {依据: [{法: 义务教育法, 条: 58}]}\n",
        "检查:\n  孩子未返校: {依据: [{法: 义务教育法, 条: 58}]}\n",
        "定期:\n  月报: {名称: 月报, 规则: moe-monthly}\n",
    ],
)
def test_what_a_place_may_write(found, text):
    assert found(text) == []


def test_a_new_step_has_a_name(found):
    assert spots(found("步骤:\n  odrer: {路径: 责令改正}\n")) == [("PROC021", 2, 3)]
    assert found("步骤:\n  meeting: {名称: 座谈, 路径: 责令改正}\n") == []


def test_a_step_without_a_name_is_called_by_its_id(found):
    told = found("步骤:\n  odrer: {状态: [已报靠]}\n")
    assert {p.code for p in told} == {"PROC021", "PROC013"}
    assert all("odrer" in p.message for p in told)


@pytest.mark.parametrize(
    ("pack", "codes"),
    [
        ("程序: {民事起诉: 是}\n", []),
        ("程序: {order: 是}\n", []),
        ("程序: {行政处罚: 未知}\n", []),
        ("程序: {民事起诉: {开关: 须说明理由, 理由: 甲}}\n", []),
        ("程序: {民事起拆: 是}\n", ["PROC016"]),
        ("程序: {民事起诉: 可以}\n", ["PROC017"]),
        ("程序: {民事起拆: 可以}\n", ["PROC016", "PROC017"]),
        ("期间: {pay-15: 未知}\n", []),
        ("期间: {pay-15: 15}\n", []),
        ("期间: {pay-15: 16}\n", []),
        ("期间: {pay-15: 14}\n", ["PROC020"]),
        ("期间: {hearing-notice: -7}\n", []),
        ("期间: {decision-90: 60}\n", []),
        ("期间: {order-deadline: 10}\n", []),
        ("期间: {order-deadline: pay-15}\n", []),
        ("期间: {order-deadline: ten-days}\n", ["PROC011"]),
        ("期间: {no-such: 10}\n", ["PROC011"]),
        ("期间: {order-deadline: 10天}\n", ["PROC019"]),
        ("期间: {order-deadline: 0}\n", ["PROC019"]),
        ("期间: {order-deadline: 99999}\n", ["PROC019"]),
        ("期间: {hearing-notice: 2000}\n", ["PROC019"]),
        ("期间: {surcharge-cap: 101}\n", ["PROC019"]),
        ("期间: {moe-monthly: 1}\n", []),
        ("期间: {pay-15: [15]}\n", ["PROC019"]),
        ("期间: {pay-15: {日: 15}}\n", ["PROC019"]),
        ('期间: {pay-15: ""}\n', ["PROC019"]),
        ('参数: {入学年龄计算日: "09-01"}\n', []),
        ("参数: {入学年龄计算日: 未知}\n", []),
        ("参数: {入学年龄计算日: 8月31日}\n", ["PROC022"]),
        ('参数: {入学年龄计算日: "02-29"}\n', ["PROC022"]),
        ('参数: {入学年龄计算日: "8-31"}\n', ["PROC022"]),
    ],
)
def test_switches_and_figures_of_a_pack(found, pack, codes):
    told = found("", pack)
    assert [p.code for p in told] == codes
    assert all(p.place.file == "本单位/pack.yaml" and p.place.line == 3 for p in told)


def test_what_may_be_written_for_a_figure_is_told(found):
    (said,) = found("", "期间: {school-contact: 三天}\n")
    assert "是不是「school-contact: 3」" in said.hint
    (said,) = found("", "期间: {order-deadline: 看情况}\n")
    assert all(word in said.hint for word in ("review-60", "law.yaml", "kcbx law list"))
    (said,) = found("", "期间: {甲乙丙丁: 3}\n")
    assert "order-deadline" in said.hint


def test_a_slip_in_papers_that_exclude_each_other_is_named(found):
    told = found(
        "互相排斥:\n  两种:\n    各方: [penalty-decison, [demand-letter]]\n    原因: 举例\n"
    )
    assert [(p.code, "penalty-decision" in p.hint) for p in told] == [("PROC283", True)]
