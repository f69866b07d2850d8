"""One record of a case is changed: what is new is told, what stood before is not, and nobody's
work is written over.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.office.case_facts import changed_facts, settle_case, take_fact_out, write_case
from kcbx_docs.office.case_records import records
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import Place, Problem, UserError, errors, not_told_before
from kcbx_docs.reading import parse_yaml
from tests.kinds.world import ABSENT, case_text, workspace
from tests.office.test_known_otherwise import issued

TODAY = date(2026, 3, 20)
FATHER = (
    "监护人:\n  - 姓名: 普正华\n    关系: 父亲\n"
    '    身份证号: "530499198603123012"\n    住址: 云岭县青石镇白沙村15号\n'
)
TWICE = "- {日期: 2026-03-06, 事项: 首次缺课}\n"
VISIT = "- {日期: 2026-03-05, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝, 地点: 普正华家中}\n"


def case_of(folder: Path, history: str) -> Path:
    whole = case_text(history)
    return workspace(folder, text=re.sub(r"监护人: \[.*\]\n", FATHER, whole))


def settled(path: Path, told: dict[str, Any], record: str = "监护人") -> Any:
    office = open_office(path)
    return settle_case(office, path, records()[record], 0, {records()[record].loc(0): told}, TODAY)


@pytest.mark.parametrize("more", [TWICE, VISIT])
def test_what_was_wrong_before_is_not_new_since_it_names_another_line(more, tmp_path) -> None:
    path = case_of(tmp_path, ABSENT + more)
    assert settled(path, {"民族": "彝族"}).problems == ()


def test_of_two_that_say_the_same_the_new_one_is_told() -> None:
    def at(line: int, path: str) -> Problem:
        return Problem(
            "X1", "error", f"另一件在第 {line} 行。", place=Place("甲.yaml", line, 1, path)
        )

    old = (at(14, "经过[1]"),)
    assert not_told_before(old, (at(15, "经过[1]"),)) == ()
    assert not_told_before(old, (at(15, "经过[2]"),)) == ()
    new = at(20, "经过[4]")
    assert not_told_before(old, (new, at(15, "经过[1]"))) == (new,)
    assert not_told_before((), old) == old


def test_what_somebody_saves_meanwhile_is_not_written_over(tmp_path, monkeypatch) -> None:
    path = case_of(tmp_path, ABSENT)
    whole, check = path.read_text("utf-8"), "kcbx_docs.office.case_facts.parse_yaml"

    def saved_meanwhile(text: str, name: str) -> Any:
        path.write_text(whole + "备注: 刚刚存的\n", "utf-8")
        return parse_yaml(text, name)

    monkeypatch.setattr(check, saved_meanwhile)
    done = settled(path, {"民族": "彝族"})
    with pytest.raises(UserError) as refused:
        write_case(open_office(path), done)
    assert refused.value.problems[0].code == "CLI053"
    assert path.read_text("utf-8").endswith("备注: 刚刚存的\n")


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_a_file_of_windows_keeps_its_line_ends_whatever_its_last_line(end, tmp_path) -> None:
    path = case_of(tmp_path, ABSENT)
    path.write_bytes(path.read_text("utf-8").strip().replace("\n", "\r\n").encode() + end.encode())
    before = path.read_bytes()
    data = settled(path, {"备注": "转来的"}, "案件").data
    assert data.count(b"\n") == data.count(b"\r\n") == before.count(b"\n") + 1
    assert data.startswith(before.removesuffix(b"\r\n")) and data.endswith(
        "转来的".encode() + end.encode()
    )


HELD = {
    "责令": {"改正期限": "收到之日起10日", "要求": ["送孩子到校报到", "配合帮扶"]},
    "监护人": [{"姓名": "甲某", "住址经过": [{"住址": "甲村", "日期": "2026-01-01"}]}],
}


@pytest.mark.parametrize(
    ("record", "typed", "gone"),
    [
        ("责令", {"要求": "送孩子到校报到"}, ["配合帮扶"]),
        ("责令", {"要求": "送孩子到校报到\n配合帮扶\n按时接送"}, []),
        ("监护人", {"住址经过": []}, ["甲村", "2026-01-01"]),
        ("监护人", {"姓名": "甲某", "住址经过": [{"住址": "甲村", "日期": "2026-01-01", "说明": ""}]}, []),
        ("监护人", None, ["甲某", "甲村", "2026-01-01"]),
    ],
    ids=["列表少一项", "列表多一项", "删去一行", "没有变", "整项删去"],
)  # fmt: skip
def test_what_may_stand_on_a_paper_is_sought_one_by_one(record, typed, gone) -> None:
    own = records()[record]
    told = {} if typed is None else {own.loc(0): typed}
    assert [one.before for one in changed_facts(HELD, own, 0, told)] == gone


def test_nobody_to_whom_papers_went_is_lost_and_a_slip_in_a_name_can_be_mended(tmp_path) -> None:
    path = case_of(tmp_path, ABSENT)
    issued(path)

    def code(told: dict[str, Any], record: str = "监护人") -> str:
        try:
            return "".join(one.code for one in errors(settled(path, told, record).problems))
        except UserError as error:
            return error.problems[0].code

    assert code({"姓名": "普正桦"}) == "DESK098"
    assert code({"姓名": "普正桦", "曾用姓名": "普正华"}) == ""
    assert code({"姓名": "普云菲"}, "学生") == "DESK098"
    assert code({"姓名": "普云菲", "曾用名": "普云飞"}, "学生") == ""
    assert code({"民族": "彝族"}) == ""
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("姓名: 普正华", "姓名: 普正桦\n    曾用姓名: [普正华]"), "utf-8")
    assert code({"曾用姓名": ""}) == "DESK098"
    with pytest.raises(UserError) as refused:
        take_fact_out(open_office(path), path, "监护人", 0, TODAY)
    assert refused.value.problems[0].code == "DESK095"
