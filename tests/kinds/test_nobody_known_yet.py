"""While nobody knows who the guardian is, the case goes on; nothing is addressed to nobody."""

from datetime import date

import pytest

from kcbx_docs.case.model import NOBODY_YET
from kcbx_docs.case.names import names_nobody
from kcbx_docs.office.todo import todos_of
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.problems import errors
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.dangers import standing_dangers
from tests.kinds import Kind
from tests.kinds.world import ABSENT, checked, docket, may, offered, office_of, papers, read

KIND = Kind(
    "还没有查明监护人",
    "孤儿、父母失联、不知道姓名：案件读不了，或者文书发给「未知」；能做的照样做",
    (("minfadian", "27"), ("minfadian", "32")),
)

DAY = "2026-03-12"
NOBODY = NOBODY_YET.name
FOR_GUARDIANS = ("urge-notice", "admonition", "order-to-correct")


def test_the_case_goes_on_and_says_first_what_to_find_out():
    case = docket(ABSENT, guardians=())
    told = stand(case, date.fromisoformat(DAY))
    assert next((one.what, one.when) for one in todos_of(told, case.law)) == (
        "查明谁是监护人",
        "现在",
    )
    assert "监护人还没有查明。先查：" in told.guardians[0].notes[0]
    steps = offered(DAY, ABSENT, NOBODY, guardians=())
    assert {"persuasion", "referral"} <= set(steps) and not set(FOR_GUARDIANS) & set(steps)
    found = {one.code: one.severity for one in checked(DAY, ABSENT, guardians=())}
    assert found["CASE270"] == "warning" and "error" not in found.values()


def test_what_is_for_no_guardian_is_made_and_names_none():
    made = papers(DAY, ABSENT, "dropout-report", "visit-record", guardians=())
    report = next(text for name, text in made.items() if "学校书面报告" in name)
    assert "现在还没有查明由谁担任监护人" in report and "恳请查明由谁担任监护人" in report
    assert "督促监护人送" not in report
    assert NOBODY not in "".join(made.values())
    assert "督促监护人送普云飞入学" in "".join(papers(DAY, ABSENT, "dropout-report").values())


@pytest.mark.parametrize("document", [*FOR_GUARDIANS, "service-address", "civil-complaint"])
@pytest.mark.parametrize("draft", [True, False])
def test_what_is_for_a_guardian_is_refused_even_as_a_draft(document: str, draft: bool):
    desk = Desk(office_of(), docket(ABSENT, guardians=()), date.fromisoformat(DAY), draft=draft)
    made, found = plan_case(desk, [document])
    assert made == () and [one.code for one in errors(found)] == ["PAPR065"]


def test_the_reason_has_its_articles_and_stands_alone():
    answer = may("order-to-correct", DAY, ABSENT, "", guardians=())
    assert [one.code for one in answer.of("禁止")] == ["PROC591"]
    assert answer.of("禁止")[0].articles == "《民法典》第二十七条、《民法典》第三十二条"
    assert may("order-to-correct", DAY, ABSENT).verdict != "禁止"


def test_no_danger_is_told_that_nobody_saw():
    assert standing_dangers(docket(ABSENT, guardians=()), date.fromisoformat(DAY)) == ()


@pytest.mark.parametrize("name", ["未知", "不详", "不 明", "某某", "××", "无", "（未查明）", "?"])
def test_a_word_for_nobody_is_no_guardian(name: str):
    assert names_nobody(name)


@pytest.mark.parametrize("name", ["吴明", "梅有", "毋知", "无为", "普正华", "略萨", "X·阿依"])
def test_a_name_is_a_name(name: str):
    assert not names_nobody(name)


def test_a_guardian_of_no_name_is_an_error_that_says_what_to_write():
    unknown = "{姓名: 未知, 关系: 父亲, 住址: 云岭县青石镇白沙村15号}"
    found = errors(read(ABSENT, guardians=(unknown,))[1])
    assert [one.code for one in found] == ["CASE271"] and "监护人: []" in found[0].hint
