"""Who registers a clause on fines answers for it; what was taken back is told when it comes again."""

from datetime import date

import pytest

from kcbx_docs.case.workspace import PenaltyBasis, Workspace
from kcbx_docs.office.confirmer import check_confirmer, doubts_of
from kcbx_docs.problems import UserError

WORDS = "逾期不改正的，处二百元以上一千元以下罚款。"


def clause(by: str = "普文清", **more: object) -> PenaltyBasis:
    values = {"id": "52", "statute": "某省义务教育条例", "article": "第五十二条", "text": WORDS}
    values |= {"confirmed_by": by, "confirmed_on": date(2026, 3, 1), "attachment": "附件/条例.txt"}
    return PenaltyBasis.model_construct(**{**values, **more})


def office(*clauses: PenaltyBasis, officers: bool = True) -> Workspace:
    text = {"姓名": "普文清", "证号": "云F0000001"}
    named = {"执法人员": [text]} if officers else {}
    organ = {"名称": "云岭县青石镇人民政府", "类型": "乡镇人民政府", "负责人": "李建川"}
    read = Workspace.model_validate({"地区": "530499", "机关": organ, **named})
    return read.model_copy(update={"penalties": clauses})


@pytest.mark.parametrize(("by", "known"), [("普文清", True), ("李建川", True), ("普正华", False)])
def test_only_officers_and_heads_confirm(by: str, known: bool) -> None:
    if known:
        check_confirmer(clause(by), office())
        return
    with pytest.raises(UserError, match="CLI111"):
        check_confirmer(clause(by), office())
    check_confirmer(clause(by, sample=True), office())


def test_what_its_registration_does_not_show_is_told() -> None:
    gone = {"withdrawn": date(2026, 3, 5), "withdrawn_why": "条例里没有这一款"}
    again = clause(id="52-2")
    (told,) = doubts_of(again, office(clause(**gone)), WORDS.encode())
    assert told.code == "CLI116" and "条例里没有这一款" in told.message
    assert [one.code for one in doubts_of(clause("李建川"), office(clause()), b"")] == ["CLI117"]
    assert [one.code for one in doubts_of(clause(), office(), "条例全文".encode())] == ["CLI118"]
    assert not [*doubts_of(clause(), office(clause()), f"第五十二条 {WORDS}".encode())]
