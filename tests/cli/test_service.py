"""Service from the command line: recorded as it was, corrected with a reason, proved later."""

import json
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from kcbx_docs.ledger.book import open_book
from tests.cli.office import run, tree
from tests.kinds.world import FATHER, MADE, MOTHER, OVERDUE, case_text, workspace

CASE = "cases/案件.yaml"
BOTH = MADE.replace("对象: 普正华", "对象: [普正华, 李桂仙]")
RECORD = ("service", "record", CASE, "--doc", "责令限期改正通知书", "--to", FATHER)
VISIT = ("--method", "直接", "--day", "2026-03-13", "承办人=普文清、段晓岚")
NOBODY = ("结果=未送达", "原因=家中无人", "承办人=普文清、段晓岚")
LETTER = ("--method", "邮寄", "邮件单号=1000000000001", "承运单位=中国邮政")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """An order that was made for both parents and served on nobody."""
    workspace(tmp_path, text=case_text(BOTH, guardians=(FATHER, MOTHER)))
    return tmp_path


def told(folder: Path, *words: str, day: str = "2026-03-20", ok: int = 0) -> dict:
    done = run(folder, *words, "--as-of", day, "--json")
    assert done.exit_code == ok, done.output
    return json.loads(done.stdout)


def record(folder: Path, *words: str, day: str = "2026-03-20", ok: int = 0) -> dict:
    return told(folder, *RECORD, *words, day=day, ok=ok)


def codes(answer: dict) -> list[str]:
    return [one["code"] for one in answer["problems"]]


def events(folder: Path) -> list:
    return list(open_book(folder / "台账").events())


def test_a_paper_that_is_handed_over_counts_from_that_day_and_a_period_runs(town: Path) -> None:
    before = (town / CASE).read_bytes()
    done = record(town, *VISIT)
    assert (done["outcome"], done["counts_from"]) == ("已送达", "2026-03-13")
    assert [(due["what"], due["by"]) for due in done["runs"]] == [("改正期限", "2026-03-23")]
    assert done["lacking"] == [["送达回证"]] and done["problems"] == []
    assert (town / CASE).read_bytes() == before, "the ledger holds it, not the file"
    shown = run(town, "next", CASE, "--as-of", "2026-03-20").output
    assert "普正华（父亲）：责令期内" in shown and "2026-03-23" in shown


def test_the_same_attempt_told_twice_is_answered_with_the_first(town: Path) -> None:
    first, again = record(town, *VISIT), record(town, *VISIT)
    assert (again["seq"], again["again"], again["runs"]) == (first["seq"], True, first["runs"])
    more = record(town, *VISIT, "地点=家中")
    assert more["seq"] == first["seq"] and codes(more) == ["SERV016"]
    assert [one.kind for one in events(town)] == ["建册", "送达"]


def test_what_failed_and_what_is_on_its_way_stays_as_it_was(town: Path) -> None:
    record(town, "--method", "直接", "--day", "2026-03-13", *NOBODY)
    sent = record(town, *LETTER, "--day", "2026-03-14", "结果=在途", "交寄日期=2026-03-14")
    assert (sent["counts_from"], sent["runs"], sent["lacking"]) == (None, [], [["交寄单"]])
    [waiting] = [
        one for one in told(town, "service", "plan", CASE)["waiting"] if one["guardian"] == FATHER
    ]
    assert waiting["next"] is None and "等回执或者退件" in waiting["wait"]
    record(town, *LETTER, "--day", "2026-03-18", "签收日期=2026-03-18")
    listed = told(town, "service", "list")["services"]
    own = [(one["day"], one["state"]) for one in listed if one["guardian"] == FATHER]
    assert own == [
        ("2026-03-13", "未送达"),
        ("2026-03-14", "在途，已有结果"),
        ("2026-03-18", "已送达"),
    ]
    assert [one["state"] for one in listed if one["guardian"] == MOTHER] == ["待送达"]


@pytest.mark.parametrize(
    ("words", "code", "article"),
    [
        (("--method", "直接", "--day", "2026-03-13", "签收人=普云飞"), "PROC104", "第八十八条"),
        (
            (
                *("--method", "留置", "--day", "2026-03-13", "拒收人=本人", "拒收原因=不识字"),
                *("地点=家中", "见证人.姓名=王大伯", "见证人.单位类别=其他"),
            ),
            "PROC113",
            "第八十九条、《民诉解释》第一百三十条第二款",
        ),
        (
            (
                "--method",
                "电子",
                "--day",
                "2026-03-13",
                "送达地址=13800000000",
                "到达日期=2026-03-13",
            ),
            "PROC102",
            "《行政处罚法》第六十一条第二款",
        ),
        ((*LETTER, "--day", "2026-03-14"), "CASE043", "第九十一条"),
        (
            (
                *("--method", "公告", "--day", "2026-03-13", "原因=找不到", "公告媒介=村公告栏"),
                "公告日期=2026-03-13",
            ),
            "PROC103",
            "第九十五条第一款",
        ),
    ],
)
def test_what_the_law_asks_and_is_missing_is_an_error_with_the_article(
    town: Path, words: tuple[str, ...], code: str, article: str
) -> None:
    answer = record(town, *words, ok=1)
    assert codes(answer) == [code] and article in answer["problems"][0]["message"]
    assert not (town / "台账").exists(), "nothing is recorded"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--method", "直接", "--day", "2026-03-21"), "CASE054"),
        (("--method", "直接", "--day", "2026-03-11"), "CASE060"),
        (("--method", "直接", "--day", "2026-03-13", "签收=普正华"), "CASE041"),
        (("--method", "直接", "--day", "2026-03-13", "--file", "送达回证=没有.pdf"), "SERV022"),
        (("--method", "直接", "--day", "2026-03-13", "对象=李桂仙"), "SERV008"),
        (("--method", "直接", "--day", "2026-03-13", "地点={{ 家 }}"), "SERV009"),
        (("--method", "直接", "--day", "2026-03-13", "地点=家\x07中"), "READ012"),
        (("--method", "直接", "--day", "2026-03-13", "地点=\udcff"), "READ012"),
    ],
)
def test_what_cannot_be_is_refused(town: Path, words: tuple[str, ...], code: str) -> None:
    assert codes(record(town, *words, ok=1)) == [code]
    stranger = told(town, *RECORD[:5], "--to", "普政华", *VISIT, ok=1)
    assert codes(stranger) == ["SERV002"] and "普正华" in stranger["problems"][0]["hint"]


def test_a_doubt_is_recorded_and_keeps_the_clock_from_being_taken_for_granted(town: Path) -> None:
    done = record(town, *VISIT, "签收人=李大妈", "关系=岳母")
    assert codes(done) == ["PROC108"] and done["counts_from"] == "2026-03-13"
    state = [one["state"] for one in told(town, "service", "list")["services"]]
    assert "已送达（有疑问）" in state


def test_proofs_follow_later_once_each(town: Path) -> None:
    record(town, *VISIT)
    assert [one["guardian"] for one in told(town, "service", "list", "--lacking")["services"]] == [
        FATHER
    ]
    Image.new("L", (9, 9)).save(town / "回证.png")
    prove = ("service", "proof", CASE, "2", "--file", "送达回证=回证.png")
    assert told(town, *prove)["lacking"] == [] and told(town, *prove)["lacking"] == []
    assert [one.kind for one in events(town)] == ["建册", "送达", "补证据"]
    [kept] = events(town)[-1].attached
    assert (kept.role, kept.name) == ("送达回证", "回证.png")
    assert open_book(town / "台账").bytes_of(kept.sha256) == (town / "回证.png").read_bytes()
    assert told(town, "service", "list", "--lacking")["services"] == []


def test_a_correction_recomputes_and_tells_what_was_done_under_the_old_day(tmp_path: Path) -> None:
    """The check of 25 March came after the deadline as it was first believed, and now before."""
    history = OVERDUE.replace(
        OVERDUE.split("\n")[4] + "\n", ""
    )  # the service is recorded in the ledger alone
    workspace(tmp_path, text=case_text(history))
    first = record(tmp_path, *VISIT, day="2026-03-13")
    fix = ("service", "correct", CASE, str(first["seq"]), "日期=2026-03-16")
    for said, code in ((), "SERV011"), (("--reason", "看错了"), "CLI040"):
        assert codes(told(tmp_path, *fix, *said, ok=1)) == [code]
    reason = ("--reason", "普文清：回证上签的是16日")
    moved = told(tmp_path, *fix[:4], "地点=家中", *reason, day="2026-03-26")
    assert moved["counts_from"] == "2026-03-13" and moved["happened"] == [], "no day moved"
    done = told(tmp_path, *fix, *reason, day="2026-03-26")
    assert (done["counted_before"], done["counts_from"]) == ("2026-03-13", "2026-03-16")
    assert [one["事项"] for one in done["happened"]] == ["核查"]
    assert [due["by"] for due in done["runs"] if due["what"] == "改正期限"] == ["2026-03-26"]
    assert [one.kind for one in events(tmp_path)] == ["建册", "送达", "更正送达", "更正送达"]
    assert told(tmp_path, *fix, *reason, day="2026-03-26")["again"] is True
    assert len(events(tmp_path)) == 4
    back = told(
        tmp_path, *fix[:4], "结果=未送达", "原因=签收的是同名的人", *reason, day="2026-03-26"
    )
    assert (back["outcome"], back["counts_from"]) == ("未送达", None)


def test_a_letter_at_a_station_that_is_served_again_is_no_done_business(town: Path) -> None:
    station = ("签收日期=2026-03-14", "签收人=菜鸟驿站")
    first = record(town, *LETTER, *station)
    assert codes(first) == ["SERV088"]
    record(town, *VISIT[:3], "2026-03-16", VISIT[4])
    fix = ("service", "correct", CASE, str(first["seq"]), "--reason", "普文清：没有交到本人")
    assert codes(told(town, *fix, "签收人类别=代收点", ok=1)) == ["SERV077"]
    done = told(town, *fix, "结果=未送达", "原因=驿站代收，没有交到")
    assert done["happened"] == [] and ["退件封面", "物流轨迹"] in done["lacking"]


def test_the_file_and_the_ledger_must_agree(town: Path) -> None:
    record(town, *VISIT)
    path = town / CASE
    own = "  - {日期: 2026-03-14, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接}\n"
    path.write_text(path.read_text("utf-8") + own, "utf-8")
    done = run(town, "check", CASE)
    assert done.exit_code == 1 and "SERV001" in done.output and "台账第 2 条" in done.output
    assert run(town, "render", CASE, "--format", "docx", "--as-of", "2026-03-20").exit_code == 1


def test_asked_only_what_that_way_needs(town: Path) -> None:
    """The paper, the way, the outcome, the day; then the questions of a letter that was sent."""
    answers = "2\n邮寄\n3\n1000000000002\n\n2026-03-20\n\n\n"
    done = run(town, "service", "record", CASE, "--as-of", "2026-03-20", answers=answers)
    assert done.exit_code == 0, done.output
    assert "以邮寄送达的方式向 李桂仙" in done.stdout and "：在途。" in done.stdout
    assert "谁签收的" not in done.stderr and "哪天寄出" in done.stderr
    [event] = [one.data["event"] for one in events(town)[1:]]
    assert (event["承运单位"], event["结果"]) == ("中国邮政", "在途")


def asked(folder: Path, *answers: str) -> Result:
    words = ("service", "record", CASE, "--as-of", "2026-03-20")
    return run(folder, *words, answers="".join(f"{answer}\n" for answer in answers))


def test_nothing_comes_of_pressing_enter(town: Path) -> None:
    """No paper, no way, no outcome: the ledger is never changed again."""
    done = asked(town, *[""] * 9)
    assert done.exit_code == 1 and done.stderr.count("不能空着") == 9
    done = asked(town, "1", "1", *[""] * 9)
    assert "错误：不能空着，请写明。\n结果怎样" in done.stderr
    assert not (town / "台账").exists()


HANDED = ("1", "直接", "1", "2026-03-13", "", "家中", "", "普文清、段晓岚", "")
"""Signed by himself at home; the receipt follows later."""


def test_all_is_repeated_and_one_answer_changed_before_it_is_recorded(town: Path) -> None:
    done = asked(town, *HANDED, "6", "镇政府", "")
    assert done.exit_code == 0, done.output
    repeated = done.stderr.partition("请核对，将要写进 台账")[2]
    assert "送到并签收了" in repeated and "2026年3月13日（星期五）" in repeated
    assert "为什么拒收" not in done.stderr
    [event] = [one.data["event"] for one in events(town)[1:]]
    assert (event["地点"], event["结果"]) == ("镇政府", "已送达")


def test_a_day_before_the_paper_is_asked_again_at_once(town: Path) -> None:
    done = asked(town, *HANDED[:3], "2026-03-01", "2099-01-01", *HANDED[3:], "")
    assert done.exit_code == 0, done.output
    assert done.stderr.count("错误：") == 2
    stopped = asked(town, "1", "邮寄", "没有送到")
    assert "答过的 3 项记下了" in stopped.stderr
    assert "错误：「直接」不在其中" not in asked(town, "是").stderr


def test_who_refused_is_asked_of_a_refusal_only(town: Path) -> None:
    done = asked(town, "1", "直接", "当面拒绝签收")
    assert done.exit_code == 1
    kept = asked(town, "是", "2026-03-13", "", "", "", "看不懂")
    assert "为什么拒收：\n错误：不能空着" in kept.stderr and "谁签收的" not in kept.stderr


def test_who_is_left_alone_is_still_chosen(town: Path) -> None:
    record(town, *VISIT)
    done = asked(town, "2")
    assert "错误：「2」不在其中" in done.stderr and "送给 李桂仙" in done.stderr


def test_what_is_missing_on_the_command_line_is_named(town: Path) -> None:
    sent = ("结果=在途", "交寄日期=2026年3月14日")
    assert record(town, *LETTER, *sent)["ok"], "the day of posting is the day"
    assert [one.data["event"]["日期"] for one in events(town)[1:]] == ["2026-03-14"]
    done = run(town, *RECORD[:5], "--method", "直接")
    assert done.exit_code == 2 and "缺少 --to、--day" in done.stderr


def test_nothing_is_written_beside_the_ledger(town: Path) -> None:
    before = tree(town)
    record(town, *VISIT)
    fresh = {name for name in tree(town) if name not in before}
    assert {name.split("/")[0] for name in fresh} == {"台账"}


def test_only_what_is_overdue_is_listed_where_that_is_asked(town: Path) -> None:
    """The father's letter is on its way for a week, the mother's paper lies here for a month."""
    sent = ("结果=在途", "交寄日期=2026-04-06")
    record(town, *LETTER, "--day", "2026-04-06", *sent, day="2026-04-06")
    late = told(town, "service", "list", "--overdue", day="2026-04-13")["services"]
    assert [(one["guardian"], one["state"]) for one in late] == [(MOTHER, "待送达")]
    later = told(town, "service", "list", "--overdue", day="2026-04-21")["services"]
    assert {one["guardian"] for one in later} == {FATHER, MOTHER}
    (town / CASE).unlink()
    gone = told(town, "service", "list", "--overdue", day="2026-04-21")
    assert (gone["ok"], gone["services"], codes(gone)) == (True, [], ["LEDG096"])


WRITTEN = ("--reason", "普文清：这封信是寄给别人的")
"""Why something is struck from the record."""


def test_what_never_happened_leaves_every_account_and_stays_in_the_ledger(town: Path) -> None:
    seq = str(record(town, *VISIT[:4], *NOBODY)["seq"])
    strike = ("service", "correct", CASE, seq, "结果=没有发生")
    assert codes(told(town, *strike, "原因=家中无人", *WRITTEN, ok=1)) == ["SERV017"]
    done = told(town, *strike, *WRITTEN)
    assert (done["outcome"], done["again"]) == ("没有发生", False)
    assert told(town, *strike, *WRITTEN)["again"] is True
    plan = told(town, "service", "plan", CASE)
    assert {one["tried"] for one in plan["waiting"]} == {"还没有送过"}
    lines = told(town, "service", "list", CASE)["services"]
    assert [line["seq"] for line in lines] == [None, None] and not any(
        line["lacking"] for line in lines
    )
    assert [one.kind for one in events(town)] == ["建册", "送达", "更正送达"]


def test_what_was_struck_may_still_happen_and_a_real_failure_stays(town: Path) -> None:
    first = record(town, *VISIT[:4], *NOBODY)["seq"]
    told(town, "service", "correct", CASE, str(first), "结果=没有发生", *WRITTEN)
    again = record(town, *VISIT[:4], *NOBODY)
    assert again["again"] is False and again["seq"] > first
    plan = told(town, "service", "plan", CASE)["waiting"]
    assert "2026-03-13直接：家中无人" in [one["tried"] for one in plan]


def test_a_service_that_counted_and_never_happened_tells_what_was_done_on_it(town: Path) -> None:
    seq = str(record(town, *VISIT)["seq"])
    done = told(town, "service", "correct", CASE, seq, "结果=没有发生", *WRITTEN)
    assert done["counted_before"] == "2026-03-13"
    assert told(town, "service", "correct", CASE, seq, "结果=已送达", *WRITTEN)["counts_from"]


def test_the_case_file_says_what_happened_only(town: Path) -> None:
    own = "  - {日期: 2026-03-14, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, 结果: 没有发生}\n"
    (town / CASE).write_text((town / CASE).read_text("utf-8") + own, "utf-8")
    assert "CASE042" in run(town, "check", CASE).output


def test_damage_is_told_before_the_list_and_nothing_is_called_empty(town: Path) -> None:
    """A case that cannot be read may have papers that wait."""
    broken = town / "cases/坏.yaml"
    broken.write_text("案件: 控辍个案\n编号：2026-009\n", "utf-8")
    both = run(town, "service", "list", "--as-of", "2026-03-20")
    assert both.exit_code == 1
    assert both.output.index("cases/坏.yaml:2") < both.output.index(f"{FATHER}")
    (town / CASE).unlink()
    alone = run(town, "service", "list", "--as-of", "2026-03-20")
    assert (alone.exit_code, alone.stdout) == (1, "") and "cases/坏.yaml:2" in alone.stderr
    broken.unlink()
    assert run(town, "service", "list", "--as-of", "2026-03-20").stdout != ""


class LongAgo(datetime):
    """What a clock says that was set back by years."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2026, 4, 1, tzinfo=tz)


def test_a_clock_that_was_set_back_is_told_once_after_whatever_was_recorded(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(town, *VISIT[:4], *NOBODY)
    for module in ("ledger.book", "clock"):
        monkeypatch.setattr(f"kcbx_docs.{module}.datetime", LongAgo)
    visit = ("--method", "直接", "--day", "2026-03-14")
    done = run(town, *RECORD, *visit, *NOBODY, "--as-of", "2026-03-20")
    assert done.exit_code == 0 and done.stderr.count("[LEDG094] 提醒：") == 1
    assert "电脑的日期 2026-04-01 早于" in done.stderr and len(events(town)) == 3
