"""The procedure as data: every name in it is known, every slip of a keeper has its place,
nothing void is allowed.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.packs.chain import chain_of, find_packs, read_pack, shipped_root
from kcbx_docs.packs.library import open_library
from kcbx_docs.packs.procedure import MOMENTS, STATES, read_procedure, worst
from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.problems import catalogue
from kcbx_docs.procedure.checks import CHECKS
from kcbx_docs.procedure.lint import lint_procedure
from kcbx_docs.procedure.verdict import permission
from tests.matrix import libraries
from tests.procedure.world import (
    FATHER,
    FILED,
    MADE,
    MOTHER,
    ORDERED,
    codes,
    docket,
    law_of,
    may,
    standing,
)

NATIONAL = law_of().procedure


@pytest.mark.parametrize(
    ("name", "library"),
    list(libraries().items()),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_shipped_procedures_are_clean(name: str, library: object) -> None:
    assert [str(p) for p in lint_procedure(library.chain, library.registry)] == []  # type: ignore[attr-defined]


def test_no_shipped_pack_confirms_a_fine_or_declares_itself_a_sample() -> None:
    for name, library in libraries().items():
        assert "示例" not in library.chain.pack.values, name


def test_every_check_is_used_and_says_what_it_rests_on() -> None:
    used = {check for step in NATIONAL.steps.values() for check in step.checks}
    assert used == set(CHECKS) == set(NATIONAL.file.checks)
    assert all(info.note for info in NATIONAL.file.checks.values())
    without = {name for name, info in NATIONAL.file.checks.items() if not info.basis}
    assert without == {"孩子已返校", "案件没有办结", "有结案理由"}, (
        "what rests on no article is known by name"
    )


def test_every_step_is_offered_in_known_states_and_has_its_articles() -> None:
    for key, step in NATIONAL.steps.items():
        assert step.name and set(step.states) <= set(STATES), key
        assert step.basis or key in ("resume", "close")
    offered = {state for step in NATIONAL.steps.values() for state in step.states}
    assert set(STATES) - offered == {"复议诉讼中", "法院执行中"}


def test_every_moment_is_computed_or_known_to_be() -> None:
    used = {
        limit.moment for step in NATIONAL.steps.values() for limit in (*step.earliest, *step.latest)
    }
    assert used <= set(MOMENTS)


SOURCE = Path(kcbx_docs.__file__).parent
CODE = re.compile(r'"(PROC\d{3})"')


def test_every_code_has_a_text_and_every_text_a_use() -> None:
    used = {code for path in SOURCE.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))}
    known = {code for code in catalogue() if code.startswith("PROC")}
    assert used == known


def test_texts_name_no_article_and_end_properly() -> None:
    for code, entry in catalogue().items():
        if code.startswith("PROC"):
            assert not re.search(
                r"第[一二三四五六七八九十百\d]+条(?!第)", entry["message"] + entry.get("hint", "")
            ), code
            assert entry["message"][-1] in "。：）}", code


SLIPS = """\
步骤:
  order:
    前提: {制发机关有权: 提醒, 孩子未返较: 禁止}
    状态: [已报靠]
    最迟: [{规则: decision-09, 起算: 立按}]
    依据: [{法: 义务教育法, 条: 580}]
  odrer: {路径: 责令改正, 事项: 责令}
"""
PACK = """\
名称: 青石镇
版本: "1"
程序: {民事起拆: 是, 行政处罚: 可以}
期间: {pay-15: 10, pay-51: 20, order-deadline: ten-days, defence-window: [3]}
"""


def test_every_slip_of_a_keeper_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "procedure.yaml").write_text(SLIPS, "utf-8")
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    local, found = read_pack(tmp_path, "本单位")
    assert not found
    chain = chain_of("national", find_packs([shipped_root()])[0], local)
    told = {
        f"{p.place} {p.code}" for p in lint_procedure(chain, open_library("530499")[0].registry)
    }
    assert told == {
        "本单位/procedure.yaml:3:10 PROC018",
        "本单位/procedure.yaml:3:22 PROC010",
        "本单位/procedure.yaml:4:5 PROC013",
        "本单位/procedure.yaml:2:3 PROC011",
        "本单位/procedure.yaml:2:3 PROC015",
        "本单位/procedure.yaml:2:3 PROC012",
        "本单位/procedure.yaml:7:3 PROC021",
        "本单位/procedure.yaml:7:21 PROC014",
        "本单位/pack.yaml:3:6 PROC016",
        "本单位/pack.yaml:3:21 PROC017",
        "本单位/pack.yaml:4:14 PROC020",
        "本单位/pack.yaml:4:18 PROC011",
        "本单位/pack.yaml:4:46 PROC011",
        "本单位/pack.yaml:4:72 PROC019",
    }


def test_a_place_adds_a_precondition_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "procedure.yaml").write_text(
        "步骤:\n  order: {前提: {学校已书面报告: 须说明理由}}\n", "utf-8"
    )
    (tmp_path / "pack.yaml").write_text('名称: 青石镇\n版本: "1"\n', "utf-8")
    local, _ = read_pack(tmp_path, "本单位")
    procedure, _ = read_procedure(chain_of("national", find_packs([shipped_root()])[0], local))
    law = replace(law_of(), procedure=procedure)
    history = "- {日期: 2026-01-05, 事项: 首次缺课}\n- {日期: 2026-01-08, 事项: 劝返, 方式: 家访, 结果: 拒绝}\n"
    assert codes(may("order-to-correct", "2026-01-12", history, law), "须说明理由") == ["PROC224"]
    assert set(procedure.steps["order"].checks) == set(NATIONAL.steps["order"].checks)


def test_a_place_that_writes_a_check_by_its_former_name_is_still_understood(
    tmp_path: Path,
) -> None:
    (tmp_path / "procedure.yaml").write_text(
        "步骤:\n  decision: {前提: {立案后九十日内: 禁止}}\n", "utf-8"
    )
    (tmp_path / "pack.yaml").write_text('名称: 青石镇\n版本: "1"\n', "utf-8")
    chain = chain_of("national", find_packs([shipped_root()])[0], read_pack(tmp_path, "本单位")[0])
    checks = read_procedure(chain)[0].steps["decision"].checks
    assert checks["在决定期限内"] == "禁止"
    assert set(checks) == set(NATIONAL.steps["decision"].checks)
    assert not list(lint_procedure(chain, open_library("530499")[0].registry))


def test_a_text_of_a_pack_takes_its_figures_from_the_law_and_lint_asks_for_them(
    tmp_path: Path,
) -> None:
    (tmp_path / "procedure.yaml").write_text(
        "步骤:\n  check: {效力: 〔pay-15〕后核查}\n  urge: {效力: 满〔pay-51〕}\n  report: {效力: 满〔order-deadline〕}\n",
        "utf-8",
    )
    (tmp_path / "pack.yaml").write_text('名称: 青石镇\n版本: "1"\n期间: {pay-15: 20}\n', "utf-8")
    local, _ = read_pack(tmp_path, "本单位")
    chain = chain_of("national", find_packs([shipped_root()])[0], local)
    told = lint_procedure(chain, open_library("530499")[0].registry)
    assert [(p.place.line, p.code) for p in told] == [(3, "PROC011"), (4, "LAW025")]
    law = replace(law_of(), procedure=read_procedure(chain)[0], pack=chain.pack)
    option = standing(ORDERED, "2026-01-20", law).option("check")
    assert option and option.effect == "二十日后核查"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("否", "禁止"), ("须说明理由", "须说明理由"), ("未知", "提醒"), ("是", "通过")],
)
def test_switches_of_a_pack(value: str, verdict: str) -> None:
    law = law_of()
    pack = law.pack.model_copy(update={"steps": {"批评教育": {"开关": value, "理由": "本地规定"}}})
    library, _ = open_library("530499")
    procedure, _ = read_procedure(replace(library.chain, pack=pack))
    answer = may("admonition", "2026-01-12", MADE, replace(law, procedure=procedure))
    assert answer.verdict == verdict
    expected = {"否": ["PROC190"], "须说明理由": ["PROC191"], "未知": ["PROC192"], "是": []}[value]
    assert codes(answer) == expected and all("本地规定" in f.reason for f in answer.findings)


def test_the_legal_review_can_be_made_a_duty() -> None:
    law = law_of()
    library, _ = open_library("530499")
    procedure, _ = read_procedure(
        replace(library.chain, pack=law.pack.model_copy(update={"steps": {"法制审核": "必经"}}))
    )
    assert "PROC271" in codes(
        may("penalty-decision", "2026-03-10", FILED, replace(law, procedure=procedure)), "禁止"
    )


def test_a_local_period_can_be_another_rule_and_a_wrong_one_is_said() -> None:
    law = law_of("350583")
    told = {}
    for word in ("fj-report-3wd", "ten-days"):
        local = replace(law, pack=law.pack.model_copy(update={"periods": {"order-deadline": word}}))
        told[word] = local.term("order-deadline", date(2026, 3, 6))
    assert told["fj-report-3wd"].end == date(2026, 3, 11)
    assert told["ten-days"].end is None and told["ten-days"].refusal[0].code == "LAW013"


def test_verdicts_are_ordered() -> None:
    assert worst(["提醒", "禁止", "须说明理由"]) == "禁止"
    assert worst([]) == "通过"


def test_permission_lists_every_reason_and_every_check_that_passed() -> None:
    refused = may("penalty-decision", "2026-01-20", ORDERED, law_of())
    assert [f.verdict for f in refused.findings] == sorted(
        (f.verdict for f in refused.findings), key=["禁止", "须说明理由", "提醒"].index
    )
    assert {"PROC230", "PROC256", "PROC238"} > {"PROC230"} and "孩子未返校" not in refused.passed
    assert "没有罚过" in refused.passed and "没有正当理由" in refused.passed
    problems = refused.problems()
    assert all(
        p.is_error for p, f in zip(problems, refused.findings, strict=True) if f.verdict != "提醒"
    )
    with_reason = refused.problems(with_reason=True)
    assert {
        p.severity
        for p, f in zip(with_reason, refused.findings, strict=True)
        if f.verdict == "须说明理由"
    } == {"warning"}


def test_papers_about_all_guardians_ask_for_each() -> None:
    case = docket(ORDERED, law_of("玉溪市"), guardians=(FATHER, MOTHER))
    joint = permission(case, "civil-complaint", "", date(2026, 1, 26))
    ordered = {f.guardian for f in joint.of("须说明理由") if f.check == "责令已送达"}
    assert ordered == {MOTHER}


@pytest.mark.parametrize(
    "document",
    ["civil-complaint", "civil-complaint-elements", "support-request", "support-opinion"],
)
@pytest.mark.parametrize(
    ("suit", "judged", "copies"),
    [
        ("", {FATHER, MOTHER}, 0),
        ("- {日期: 2026-01-26, 事项: 起诉}\n", {FATHER, MOTHER}, 0),
        ("- {日期: 2026-01-26, 事项: 起诉, 对象: 李桂仙}\n", {MOTHER}, 1),
    ],
)
def test_papers_of_a_suit_ask_for_the_defendants(
    document: str, suit: str, judged: set[str], copies: int
) -> None:
    case = docket(MADE + suit, law_of("玉溪市"), guardians=(FATHER, MOTHER))
    day = date(2026, 1, 26)
    found = {
        guardian
        for guardian in (FATHER, MOTHER)
        if permission(case, document, guardian, day).findings
    }
    assert found == {FATHER, MOTHER}, "the order reached neither"
    assert {
        f.guardian for f in permission(case, document, "", day).findings if f.code == "PROC333"
    } == judged
    assert procedure_facts(case, "", day).civil.copies == copies


def test_the_standing_names_papers_issuer_and_effect() -> None:
    option = standing(ORDERED, "2026-01-20", law_of("玉溪市")).option("check")
    assert (
        option and option.documents == ("check-record",) and option.issuer == "云岭县青石镇人民政府"
    )
