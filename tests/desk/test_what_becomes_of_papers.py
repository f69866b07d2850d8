"""更正、补正、撤回、作废 on a page: looked at first, and the ledger of ``kcbx paper``."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.service import record
from kcbx_docs.ledger.model import Draft
from kcbx_docs.office.opened import open_office
from tests.desk.clicks import link, photograph, text, typed
from tests.desk.test_recording_service import DAY, Clicks, ledger
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace
from tests.ledger.world import CLERK, new_book

WHY = {"理由人": "普文清", "理由": "期限写错了"}
NUMBERS = {FATHER: "青政责改〔2026〕1号", MOTHER: "青政责改〔2026〕2号"}
VISIT = {"日期": "2026-03-18", "方式": "直接", "承办人": ["普文清", "段晓岚"]}


def issue(root: Path) -> Path:
    """Let both parents' orders have left the house, and the father have got his."""
    path = workspace(root, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    with new_book(root).writing(CLERK) as pen:
        for name, number in NUMBERS.items():
            told = {"日期": "2026-03-16", "事项": "制发", "文书": "责令限期改正通知书"}
            event = {**told, "对象": [name], "文号": number, "期限": "收到之日起10日"}
            data = {"document": "order-to-correct", "title": told["文书"], "guardian": name}
            data |= {"number": number, "given": True, "issuer": "云岭县青石镇人民政府"}
            pen.append(Draft("制发", "2026-001", date(2026, 3, 16), {**data, "event": event}))
    office = open_office(path)
    loaded, _ = office.read(path, DAY)
    assert isinstance(loaded, LoadedCase)
    record(Clerk(office, loaded, DAY, "乙"), Addressed("order-to-correct", "", FATHER), VISIT)
    return root


class OfPapers(Clicks):
    """Somebody who looks at the papers of a case."""

    def opens(self, whom: str, what: str) -> str:
        """Open the form of an act from the list on the page where papers are made."""
        listed = self.sees(self.home.replace("service", "papers")).split("<h2>制发过的</h2>")[1]
        own = next(row for row in listed.split("<tr>") if NUMBERS[whom] in row)
        return self.sees(link(own, what))


@pytest.fixture
def town(tmp_path: Path) -> OfPapers:
    return OfPapers(issue(tmp_path / "town"))


@pytest.mark.parametrize(
    ("whom", "what", "told", "files", "follows"),
    [
        (FATHER, "撤回", {}, {}, ["不再计算的期限", "2026-03-30", "ISSU103", "重新制发"]),
        (MOTHER, "作废", {}, {}, ["没有期限因此改变", "重新制发"]),
        (
            FATHER,
            "更正",
            {"now-期限": "收到之日起15日"},
            {},
            ["2026-03-30", "现在的期限", "2026-04-02", "ISSU048"],
        ),
        (
            FATHER,
            "补正",
            {"内容": "补写联系电话"},
            {"sheet": (photograph(), "补正.png")},
            ["没有期限因此改变", "ISSU048", "补正.png"],
        ),
        (FATHER, "存盖章件", {}, {"sheet": (photograph(), "盖章.png")}, ["盖章.png"]),
    ],
)
def test_each_act_is_looked_at_and_is_then_the_command_s(
    town: OfPapers, tmp_path: Path, whom: str, what: str, told, files, follows
) -> None:
    other = issue(tmp_path / "other")
    before = ledger(town.desk.root)
    form = town.opens(whom, what)
    said = told if what == "存盖章件" else {**WHY, **told}
    looked = text(town.sends(form, "look", files, **said))
    assert "将要记下" in looked and ledger(town.desk.root) == before
    done = [town.sends(looked, "write", **said) for _ in range(2)]
    assert [one.status_code for one in done] == [303, 303], text(done[0])
    assert done[0].location == done[1].location
    page = town.sees(done[0].location)
    for word in ("已存" if what == "存盖章件" else "已记", *follows):
        assert word in page, word
    for data, file in files.values():
        (other / file).write_bytes(data)
    typed(other, page, DAY)
    assert ledger(other) == ledger(town.desk.root)
    assert len(ledger(other)) == len(before) + 1


def test_only_what_is_allowed_is_offered_and_the_rest_is_refused_with_its_cure(
    town: OfPapers,
) -> None:
    with pytest.raises(AssertionError, match="作废"):
        town.opens(FATHER, "作废")
    withdraw = town.opens(FATHER, "撤回")
    assert "没有它送出过的记录" not in withdraw
    assert "没有它送出过的记录" in town.opens(MOTHER, "撤回")
    stale = withdraw.replace("/withdraw", "/void")
    for wrong, form, told in (
        ("ISSU043", stale, WHY),
        ("ISSU044", withdraw, {"理由": ""}),
        ("CLI040", withdraw, {**WHY, "理由": "错"}),
        ("ISSU101", withdraw, {**WHY, "日期": "2026-03-15"}),
        ("CASE054", withdraw, {**WHY, "日期": "2026-03-21"}),
        ("DESK071", withdraw, {**WHY, "日期": "三月"}),
        ("ISSU096", town.opens(FATHER, "更正"), {**WHY, "now-期限": "收到之日起5日"}),
        ("ISSU102", town.opens(FATHER, "更正"), WHY),
        ("ISSU102", town.opens(FATHER, "补正"), {**WHY, "内容": " "}),
        ("DESK071", town.opens(FATHER, "存盖章件"), {}),
    ):
        answer = town.sends(form, "look", **told)
        assert answer.status_code == 422 and wrong in text(answer), (wrong, text(answer))
    assert [one[0] for one in ledger(town.desk.root)] == ["制发", "制发", "送达"]
    hostile = {"sheet": (b"<script>alert(1)</script>", "回证.pdf")}
    answer = town.sends(town.opens(FATHER, "补正"), "look", hostile, **WHY, 内容="<b>补写</b>")
    assert answer.status_code == 422 and "<b>补写" not in text(answer)
    for none in ("/issued/99", "/issued/2/burn", "/issued/99/withdraw", "/issued/4"):
        assert town.browser.get(town.home.replace("/service", none)).status_code == 404, none


def test_of_two_windows_the_second_looks_again_and_a_paper_that_is_gone_stays_so(
    town: OfPapers,
) -> None:
    first, second = town.opens(FATHER, "撤回"), town.opens(FATHER, "更正")
    change = {**WHY, "内容": "更正一个错字"}
    looked = text(town.sends(second, "look", **change))
    done = town.sends(first, "write", **WHY)
    assert done.status_code == 303, text(done)
    late = town.sends(looked, "write", **change)
    assert late.status_code == 422 and "ISSU042" in text(late)
    other, again = town.opens(MOTHER, "更正"), town.opens(MOTHER, "补正")
    looked = text(town.sends(again, "look", **change))
    assert town.sends(other, "write", **change).status_code == 303
    moved = town.sends(looked, "write", **change)
    assert moved.status_code == 409 and "没有记下" in text(moved)
    assert [one[0] for one in ledger(town.desk.root)][3:] == ["撤回", "更正"]
    town.case.write_text(town.case.read_text("utf-8") + "# 别人改了\n", "utf-8")
    moved = town.sends(text(moved), "write", **change)
    assert moved.status_code == 409 and "没有记下" in text(moved), "the file is another one"
    assert town.sends(text(moved), "write", **change).status_code == 303
    shown = town.sees(town.home.replace("service", "issued"))
    assert "更正、补正" in shown and "/withdraw" in shown
    gone = next(row for row in shown.split("<tr>") if NUMBERS[FATHER] in row)
    assert "撤回" in gone and "/withdraw" not in gone and "/correct" not in gone
    assert "不算数了" in town.sees(done.location)


def test_beside_each_service_stands_the_way_to_set_it_right(town: OfPapers) -> None:
    assert "更正台账第 4 条" in town.sees(link(town.sees(town.home), "更正"))


@pytest.mark.parametrize("whose", ["issued", "service"])
def test_a_file_that_was_kept_with_the_wrong_thing_is_taken_off_as_the_command_does(
    town: OfPapers, tmp_path: Path, whose: str
) -> None:
    other = OfPapers(issue(tmp_path / "other"))
    for one in (other, town):
        if whose == "issued":
            form = one.opens(FATHER, "存盖章件")
            done = one.sends(form, "write", {"sheet": (photograph(), "盖章.png")})
        else:
            form = one.sees(f"{one.home}/4")
            done = one.sends(form, "write", {"证明-送达回证": (photograph(), "回证.png")})
        assert done.status_code == 303, text(done)
    assert ledger(town.desk.root) == ledger(other.desk.root)
    kept = town.sees(done.location.split("?")[0])
    form = town.sees(link(kept, "存错了，取下"))
    refused = town.sends(form, "look", 理由="")
    assert refused.status_code == 422 and "ISSU044" in text(refused)
    why = {**WHY, "理由": "是别的案件的"}
    looked = text(town.sends(form, "look", **why))
    assert "将要取下" in looked
    assert ledger(town.desk.root) == ledger(other.desk.root), "nothing is taken off by looking"
    done = [town.sends(looked, "write", **why) for _ in range(2)]
    assert [one.status_code for one in done] == [303, 303], text(done[0])
    typed(other.desk.root, looked, DAY)
    assert ledger(town.desk.root) == ledger(other.desk.root)
    assert ledger(town.desk.root)[-1][0] == "取下"
    left = town.sees(done[0].location)
    assert "已取下" in left and "存错了，取下" not in left
    late = town.sends(looked.replace('name="form"', 'name="other"'), "write", **why)
    assert late.status_code == 303 and ledger(town.desk.root)[-1][0] == "取下"
