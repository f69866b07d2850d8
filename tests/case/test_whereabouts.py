"""下落 is a closed choice: what law hangs on it is never read out of free text."""

from datetime import date

import pytest

from kcbx_docs.case.files import load_file
from kcbx_docs.case.model import Case
from kcbx_docs.case.whereabouts import CHOICES, suggestion
from kcbx_docs.procedure.standing import stand
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.reading import parse_yaml, read_model
from tests.procedure.world import ABSENT, DECIDED, MOTHER, case_text, docket, may

NOTICE = """- {日期: 2026-03-02, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}
- {日期: 2026-03-03, 事项: 送达, 文书: 责令限期改正通知书, 文号: 1号, 对象: 普正华, 方式: 公告, 原因: 查无下落, 公告媒介: 公告栏, 公告日期: 2026-03-03}"""


def guardian(whereabouts: str) -> str:
    return "{姓名: 普正华, 关系: 父亲, 住址: 白沙村15号, %s}" % whereabouts


def codes(document: str, day: str, history: str, whereabouts: str) -> dict[str, str]:
    """Return the verdict of each code that stands against a paper for this father."""
    answer = may(document, day, history, guardians=(guardian(whereabouts),))
    return {found.code: found.verdict for found in answer.findings}


def served(whereabouts: str) -> bool:
    """Tell whether a public notice without any other attempt counts as service."""
    case = docket(f"{ABSENT}\n{NOTICE}", guardians=(guardian(whereabouts),))
    order = case.progress(case.case.guardians[0], date(2026, 6, 1)).order
    return order is not None and order.served is not None


def refused(text: str) -> list[tuple[str, str]]:
    source, _ = parse_yaml(case_text(ABSENT, guardians=(guardian(f"下落: {text}"),)), "a.yaml")
    return [(p.code, p.hint) for p in read_model(Case, source)[1]]


def test_one_word_is_missing_for_the_step_and_for_the_service():
    """去向不明 used to count as missing for a recorded notice but not for the step that makes
    one.
    """
    assert served("下落: 下落不明") and not served("下落: 外出")
    steps = [codes("order-to-correct", "2026-01-12", ABSENT, "下落: 下落不明")]
    assert "PROC208" not in steps[0]


@pytest.mark.parametrize(
    "free", ["下落说明: 去向不明", "下落: 在家, 下落说明: 曾经下落不明", "工作单位: 失联救助站"]
)
def test_free_text_is_no_missing_person(free: str):
    assert not served(free)


def test_missing_only_from_its_day():
    assert served("下落: 下落不明, 下落日期: 2026-03-03")
    assert not served("下落: 下落不明, 下落日期: 2026-03-04")


def test_away_from_home_reminds_of_the_place():
    assert codes("order-to-correct", "2026-01-12", ABSENT, "下落: 外出")["PROC208"] == "提醒"
    assert "PROC208" not in codes("order-to-correct", "2026-01-12", ABSENT, "下落: 在家")
    home = "下落: 在家, 工作单位: 县外出务工人员服务站"
    assert "PROC208" not in codes("order-to-correct", "2026-01-12", ABSENT, home)


def test_nothing_is_ordered_of_the_dead():
    dead = "下落: 死亡, 下落日期: 2026-01-12"
    assert codes("order-to-correct", "2026-01-12", ABSENT, dead)["PROC195"] == "禁止"
    assert "PROC195" not in codes("order-to-correct", "2026-01-11", ABSENT, dead)
    undated = codes("order-to-correct", "2026-01-12", ABSENT, "下落: 死亡")
    assert undated["PROC196"] == "禁止"


@pytest.mark.parametrize(
    ("where", "doubts"),
    [
        ("下落: 在家", ["PROC106"]),
        ("下落: 服刑", []),
        ("下落: 服兵役", ["PROC132"]),
        ("民族: 彝族", ["PROC106"]),
    ],
)
def test_papers_are_handed_on_only_to_those_whom_a_unit_keeps(where: str, doubts: list[str]):
    history = f"""{ABSENT}
- {{日期: 2026-03-02, 事项: 制发, 文书: 责令限期改正通知书}}
- {{日期: 2026-03-03, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 转交, 受托机关: 望川监狱, 签收日期: 2026-03-05}}"""
    case = docket(history, guardians=(guardian(where),))
    order = case.progress(case.case.guardians[0], date(2026, 6, 1)).order
    assert order.served == date(2026, 3, 5)
    assert [code for code, _ in order.act.service.doubts] == doubts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("外出务工", "外出"),
        ("下落不明", ""),
        ("去向不明", "下落不明"),
        ("失踪两年", "下落不明"),
        ("2026年1月去世", "死亡"),
        ("已故", "死亡"),
        ("祖父去世", ""),
        ("宣告死亡", ""),
        ("社区戒毒", ""),
        ("去缅甸务工", "境外"),
        ("外省监狱服刑", "服刑"),
        ("在望川监狱服刑", "服刑"),
        ("没有外出", ""),
        ("曾在外省打工，现在家", ""),
        ("联系不上", ""),
        ("刑满释放", ""),
    ],
)
def test_an_old_file_is_told_how_to_write_it(old: str, new: str):
    found = refused(old)
    if old in CHOICES:
        assert found == []
        return
    assert [code for code, _ in found] == ["CASE073"]
    assert (f"下落: {new}，下落说明: {old}" in found[0][1]) == bool(new)
    assert all(choice in found[0][1] for choice in CHOICES)


def test_a_suggestion_never_turns_the_meaning_round():
    assert [suggestion(t) for t in ("并未失踪", "不在外地", "已从外地返回", "出院在家")] == [""] * 4


def test_nobody_is_told_to_serve_the_dead(tmp_path):
    """The step of service used to be offered, while every paper was refused."""
    made = "- {日期: 2026-03-02, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}"
    case = docket(
        f"{ABSENT}\n{made}", guardians=(guardian("下落: 死亡, 下落日期: 2026-03-01"), MOTHER)
    )
    father, mother = stand(case, date(2026, 3, 10)).guardians
    assert "serve-order" not in [option.step for option in father.allowed]
    assert "serve-order" in [option.step for option in mother.allowed]


def test_a_death_that_has_not_come_is_an_error(tmp_path):
    text = case_text(ABSENT, guardians=(guardian("下落: 死亡, 下落日期: 2026-12-30"),))
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    told = [load_file(path, date(2026, 12, day))[1] for day in (29, 30)]
    assert ["CASE074" in [p.code for p in problems] for problems in told] == [True, False]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("下落不明", "下落不明 失踪 去向不明"),
        ("死亡", "去世 病故 死亡 身亡 亡故"),
        ("服刑", "服刑 监狱 坐牢"),
        ("羁押", "看守所 羁押 拘留 逮捕"),
        ("强制戒毒", "戒毒"),
        ("服兵役", "服役 参军 当兵 部队"),
        ("境外", "国外 境外 出国 缅甸 老挝 越南"),
        ("住院", "住院 治病"),
        ("外出", "务工 打工 外出 外省 外地"),
        ("在家", "在家"),
    ],
)
def test_each_old_word_meant_one_choice(choice: str, words: str):
    assert {word: suggestion(word) for word in words.split()} == dict.fromkeys(
        words.split(), choice
    )


SERVED = """- {日期: 2026-03-02, 事项: 制发, 文书: 责令限期改正通知书}
- {日期: 2026-03-10, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接}"""


@pytest.mark.parametrize(
    ("died", "counts"), [("2026-03-09", False), ("2026-03-10", True), ("2026-04-01", True)]
)
def test_a_service_after_the_death_does_not_count(died: str, counts: bool):
    case = docket(f"{ABSENT}\n{SERVED}", guardians=(guardian(f"下落: 死亡, 下落日期: {died}"),))
    order = case.progress(case.case.guardians[0], date(2026, 6, 1)).order
    assert (order.served == date(2026, 3, 10)) == counts
    codes_told = [found.code for found in stand(case, date(2026, 6, 1)).problems]
    assert ("PROC107" in codes_told) != counts


def test_what_began_later_says_nothing_of_an_earlier_service():
    """The file says 在家 since June: the notice of March, with its reason, counts, but is doubted."""
    later = "下落: 在家, 下落日期: 2026-06-01"
    assert served(later)
    case = docket(f"{ABSENT}\n{NOTICE}", guardians=(guardian(later),))
    assert "PROC110" in [found.code for found in stand(case, date(2026, 6, 2)).problems]
    assert not served("下落: 在家, 下落日期: 2026-03-03") and not served("下落: 在家")


def test_the_living_are_sued_without_the_dead():
    dead = guardian("下落: 死亡, 下落日期: 2026-01-10")
    case = docket(ABSENT, guardians=(dead, MOTHER))
    assert [g.name for g in case.defendants(date(2026, 3, 27))] == [MOTHER]
    alone = docket(ABSENT, guardians=(dead,))
    assert [g.name for g in alone.defendants(date(2026, 3, 27))] == ["普正华"]


def test_an_old_debt_of_the_dead_asks_for_a_reason_and_a_new_paper_is_refused():
    dead = (guardian("下落: 死亡, 下落日期: 2026-08-20"),)
    day, owed = date(2026, 8, 25), docket(DECIDED, guardians=dead)
    verdicts = {
        document: [
            f.verdict
            for f in permission(owed, document, "普正华", day).findings
            if f.code == "PROC195"
        ]
        for document in ("demand-letter", "penalty-decision", "no-penalty-decision")
    }
    assert verdicts == {
        "demand-letter": ["须说明理由"],
        "penalty-decision": ["禁止"],
        "no-penalty-decision": ["禁止"],
    }


BEFORE = "下落经过: [{下落: 服刑, 日期: 2026-03-01, 说明: 在某监狱}]"
DIED = f"下落: 死亡, 下落日期: 2026-05-30, {BEFORE}"
HANDED = """- {日期: 2026-03-02, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}
- {日期: 2026-03-03, 事项: 送达, 文书: 责令限期改正通知书, 文号: 1号, 对象: 普正华, 方式: 转交, 受托机关: 某监狱, 受托机关类别: 监所, 签收日期: 2026-03-04}"""


@pytest.mark.parametrize(
    ("day", "where"),
    [
        ("2026-02-28", None),
        ("2026-03-01", "服刑"),
        ("2026-05-29", "服刑"),
        ("2026-05-30", "死亡"),
    ],
)
def test_each_day_has_its_whereabouts(day: str, where: str | None) -> None:
    father = docket(ABSENT, guardians=(guardian(DIED),)).case.guardians[0]
    then = date.fromisoformat(day)
    assert father.where(then) == where
    assert (father.handed_on(then), father.dead(then)) == (where == "服刑", where == "死亡")
    assert father.unknown_then(then) is (where is None)


def test_papers_handed_on_while_he_was_in_prison_stay_served_after_his_death() -> None:
    day = date(2026, 6, 1)
    for known, doubted in ((DIED, False), ("下落: 死亡, 下落日期: 2026-05-30", True)):
        case = docket(ABSENT + HANDED, guardians=(guardian(known),))
        found = {p.code for p in stand(case, day).problems}
        assert ("PROC106" in found) is doubted


def test_a_history_needs_the_day_of_what_is_now(tmp_path) -> None:
    for known, asked in ((DIED, False), (f"下落: 死亡, {BEFORE}", True)):
        file = tmp_path / "案件.yaml"
        file.write_text(case_text(ABSENT, guardians=(guardian(known),)), "utf-8")
        _, problems = load_file(file, date(2026, 12, 31), None)
        assert ("CASE079" in [p.code for p in problems]) is asked
