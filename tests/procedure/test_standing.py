"""Where a case stands: the steps that are offered, who takes them, and the notes beside them."""

from dataclasses import replace
from datetime import date

from kcbx_docs.procedure.standing import outline, stand
from tests.procedure.world import CLAUSE, DECIDED, FATHER, MOTHER, ORDERED, docket, law_of, standing

BACK = "- {日期: 2026-04-01, 事项: 返校}\n"
AGAIN = "- {日期: 2026-09-01, 事项: 再次缺课}\n"


def test_a_step_of_several_papers_is_judged_by_the_first():
    law = law_of("530499", CLAUSE)
    step = law.procedure.steps["check"].model_copy(
        update={"documents": ("order-to-correct", "dropout-report")}
    )
    steps = {**law.procedure.steps, "check": step}
    file = law.procedure.file.model_copy(update={"steps": steps})
    several = replace(law, procedure=replace(law.procedure, file=file))
    option = standing(ORDERED, "2026-01-24", several).option("check")
    assert option.documents == ("order-to-correct", "dropout-report")
    assert option.issuer == "云岭县青石镇人民政府", "the second would be the school's"


def test_a_fine_of_an_earlier_dropout_is_noted_until_it_is_settled():
    told = standing(DECIDED + BACK + AGAIN, "2026-09-02")
    assert told.notes[0] == "第2次辍学，从2026-09-01起程序重新开始"
    assert "还没有了结：逾期未缴" in told.notes[1]
    paid = DECIDED + "- {日期: 2026-03-20, 事项: 缴纳罚款, 对象: 普正华, 金额: 500}\n"
    assert len(standing(paid + BACK + AGAIN, "2026-09-02").notes) == 1


def test_a_fine_of_an_earlier_dropout_is_still_pressed():
    told = standing(DECIDED + BACK + AGAIN, "2026-09-02")
    assert told.state == "缺课"
    assert told.option("demand") is not None and told.option("filing") is None
    first = standing(ORDERED + BACK + AGAIN, "2026-09-02")
    assert first.option("demand") is None


def test_a_child_that_is_back_is_noted_with_what_is_still_owed():
    looks = (
        "本地没有规定复学后哪几天观察，由学校定：记「返校」时写 观察日期=日期、日期；"
        "已经记了的，收回那一件，再照样记一次，或者在案件文件「返校」那一项里加「观察日期」"
    )
    owing = standing(DECIDED + BACK, "2026-04-02").notes
    assert owing == ("孩子2026-04-01已返校；罚款仍应缴纳", looks)
    assert standing(ORDERED + BACK, "2026-04-02").notes == ("孩子2026-04-01已返校", looks)


def test_the_short_account_has_the_states_and_duties_of_the_long_one():
    case = docket(DECIDED, guardians=(FATHER, MOTHER))
    long, short = stand(case, date(2026, 3, 20)), outline(case, date(2026, 3, 20))
    assert [g.state for g in short.guardians] == [g.state for g in long.guardians]
    assert short.due == long.due and short.next_due == long.next_due
    assert all(not g.allowed and not g.blocked for g in short.guardians)
    assert short.problems == ()


def test_what_is_allowed_and_what_is_refused_stand_apart():
    told = standing(ORDERED, "2026-01-20")
    assert all(option.allowed for option in told.allowed)
    assert not any(option.allowed for option in told.blocked)
    refused = told.option("filing")
    assert refused in told.blocked and refused.reasons
    assert all(reason.verdict == refused.verdict for reason in refused.reasons)
    assert told.option("no-such-step") is None
