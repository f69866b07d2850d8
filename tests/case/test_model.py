"""What a record of a case tells of itself: whereabouts by day, reasons examined, people by name."""

from datetime import date

import pytest

from kcbx_docs.case.exclusions import Exclusions
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.whereabouts import CHOICES

SINCE = date(2026, 3, 2)
PREDICATES = ("missing", "away", "dead", "handed_on")


def guardian(**keys):
    return Guardian.model_validate({"姓名": "普正华", **keys})


@pytest.mark.parametrize(
    ("where", "true"),
    [
        ("在家", ()),
        ("外出", ("away",)),
        ("境外", ("away",)),
        ("下落不明", ("missing",)),
        ("服刑", ("handed_on",)),
        ("羁押", ("handed_on",)),
        ("强制戒毒", ("handed_on",)),
        ("服兵役", ("handed_on",)),
        ("住院", ()),
        ("死亡", ("dead",)),
    ],
)
def test_each_choice_means_one_thing(where, true):
    one = guardian(下落=where)
    assert tuple(name for name in PREDICATES if getattr(one, name)(SINCE)) == true


def test_every_choice_was_thought_of():
    assert len(CHOICES) == 10


@pytest.mark.parametrize(("day", "true"), [(date(2026, 3, 1), False), (SINCE, True)])
def test_where_somebody_is_counts_from_its_day(day, true):
    for where, name in (
        ("外出", "away"),
        ("下落不明", "missing"),
        ("死亡", "dead"),
        ("服刑", "handed_on"),
    ):
        assert getattr(guardian(下落=where, 下落日期="2026-03-02"), name)(day) is true, where
        assert getattr(guardian(下落=where), name)(day) is True, "no day: always"


def test_what_an_identity_number_tells_is_filled_in_but_never_overwritten():
    told = guardian(身份证号="530499 198603123012")
    assert (told.id_number, told.sex, told.birth) == ("530499198603123012", "男", date(1986, 3, 12))
    own = guardian(身份证号="530499198603123012", 性别="女", 出生日期="1986-03-13")
    assert (own.sex, own.birth) == ("女", date(1986, 3, 13))
    foreign = guardian(身份证号="530499198603123012", 证件类型="护照")
    assert (foreign.sex, foreign.birth) == (None, None)


def test_a_reason_is_examined_when_somebody_looked_and_applies_when_it_is_there():
    found = Exclusions.model_validate(
        {
            "转学": "否",
            "送教上门": "是",
            "住院治疗": "有",
            "其他正当理由": "无",
            "死亡或出境": "未查明",
        }
    )
    assert found.applying == ("送教上门", "住院治疗")
    assert found.unexamined == (
        "缓学休学批准",
        "特殊教育就读",
        "已完成义务教育",
        "未到入学年龄",
        "死亡或出境",
    )


def test_people_are_found_whatever_sign_separates_their_names():
    case = Case.model_validate(
        {
            "案件": "控辍个案",
            "编号": "1",
            "情形": "辍学",
            "学生": {"姓名": "某"},
            "监护人": [{"姓名": "居马洪·买买提"}],
        }
    )
    for written in ("居马洪•买买提", "居马洪 · 买买提", "居马洪．买买提"):
        assert case.guardian(written) is case.guardians[0]
    assert case.guardian("买买提") is None
    assert name_key("a・b.c") == "a·b·c"
