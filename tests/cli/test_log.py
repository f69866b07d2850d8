"""What happened is written into the case file: checked first, at its day, once."""

import json
import multiprocessing
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

import kcbx_docs
from kcbx_docs.office.log import log as logged
from kcbx_docs.office.opened import open_office
from tests.cli.office import run
from tests.kinds.world import ABSENT, EXAMINED, FATHER, case_text, workspace

SAMPLES = Path(kcbx_docs.__file__).parents[1]

CASE = "cases/到责令.yaml"
VISIT = ("劝返", "日期=2026-10-05", "方式=家访", "对象=普正华", "结果=拒绝")
LINE = "  - {日期: 2026-10-05, 事项: 劝返, 方式: 家访, 对象: 普正华, 结果: 拒绝}\n"


def text(office):
    return (office / CASE).read_text("utf-8")


def test_an_event_is_written_at_its_day_and_nothing_else_changes(office):
    before = text(office)
    done = run(office, "log", CASE, *VISIT)
    assert done.exit_code == 0 and "已写进 cases/到责令.yaml 第 98 行" in done.output
    assert text(office).replace(LINE, "") == before
    lines = text(office).split("\n")
    assert "2026-11-20" in lines[lines.index(LINE.rstrip("\n")) + 1]
    assert run(office, "check", CASE).exit_code == 0


def test_the_same_event_is_not_written_twice(office):
    run(office, "log", CASE, *VISIT)
    before = text(office)
    again = run(office, "log", CASE, *VISIT)
    assert again.exit_code == 0 and "已经记过" in again.output and text(office) == before
    wide = run(office, "log", CASE, *(word.replace("=", "＝") for word in VISIT))
    assert wide.exit_code == 0 and "已经记过" in wide.output and text(office) == before
    later = run(office, "log", CASE, *VISIT, "时间=19:30")  # another visit of the same day
    assert "已写进" in later.output and text(office).count("2026-10-05") == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("劝反", "方式=家访"), "CLI054"),
        (("劝返", "家访"), "CLI050"),
        (("劝返", "方试=家访"), "CASE041"),
        (("劝返", "方式=家访", "方式=电话"), "READ007"),
        (("劝返", "方式=家访"), "CASE040"),
        (("劝返", "方式=家访", "结果=不肯"), "CASE042"),
        (("批评教育", "对象=普正花"), "CASE062"),
        (("劝返", "方式=家访", "结果=拒绝", "日期=2026-13-01"), "TYPE015"),
        (("返校", "日期=2999-01-01"), "CASE054"),
        (("送达", "文书=责令限期改正通知书", "对象=普正华", "方式=托梦"), "CASE042"),
    ],
    ids=[
        "事项写错",
        "不是键值",
        "键写错",
        "写了两次",
        "缺一项",
        "结果不在其中",
        "人写错",
        "没有这一天",
        "还没有到",
        "方式不在其中",
    ],
)
def test_what_cannot_be_is_refused_and_the_file_stays(office, words, code):
    before = text(office)
    done = run(office, "log", CASE, *words)
    assert done.exit_code == 1 and f"[{code}]" in done.output
    assert text(office) == before and "改好后再运行：kcbx log" in done.output


def test_all_that_is_wrong_is_told_at_once(office):
    done = run(office, "log", CASE, "劝返", "方试=家访", "结果", "对象=普正花")
    assert done.output.count("[CASE041]") == 1 and done.output.count("[CLI050]") == 1


UNLAWFUL = ("处罚决定", "日期=2026-11-25", "金额=500")


def test_what_the_law_forbids_is_not_written_by_the_way(office):
    before = text(office)
    done = run(office, "log", CASE, *UNLAWFUL)
    assert done.exit_code == 1 and "[PROC421]" in done.output and "[CLI055]" in done.output
    assert text(office) == before


def test_what_makes_the_history_wrong_is_not_written_and_its_place_is_that_of_the_file(office):
    before = text(office)
    done = run(office, "log", CASE, "结案", "日期=2026-11-25", "结果=孩子答应回来")
    assert done.exit_code == 1 and "[PROC471]" in done.output and "[CLI056]" in done.output
    assert text(office) == before
    why = "原因=全家迁往外省，学籍已转出"
    assert run(office, "log", CASE, "结案", "日期=2026-11-25", "结果=转出", why).exit_code == 0


SENT = ("送达", "日期=2026-11-21", "文书=责令限期改正通知书", "对象=普正华")
BY_MAIL = ("方式=邮寄", "邮件单号=1000000000001", "承运单位=EMS", "签收日期=2026-11-21")
STATION = ("签收人=菜鸟驿站", "签收人类别=代收点")


def test_a_service_that_does_not_count_is_refused_as_the_ledger_refuses_it(office):
    before = text(office)
    done = run(office, "log", CASE, *SENT, *BY_MAIL, *STATION, "--as-of", "2026-11-22")
    assert done.exit_code == 1 and "[SERV077]" in done.output and "[SERV103]" in done.output
    assert text(office) == before
    vain = ("方式=邮寄", "结果=未送达", "原因=驿站代收，没有交到本人")
    assert run(office, "log", CASE, *SENT, *vain, "--as-of", "2026-11-22").exit_code == 0


def test_a_payment_of_nobody_is_not_written(office):
    before = text(office)
    done = run(office, "log", CASE, "缴纳罚款", "日期=2026-11-20", "金额=500")
    assert done.exit_code == 1 and "[PROC412]" in done.output and text(office) == before


def test_what_was_done_unlawfully_is_written_down_with_a_reason_and_told(office):
    for reason in ("已经送出去了", "无此人：已经送出去了"):
        assert run(office, "log", CASE, *UNLAWFUL, "--reason", reason).exit_code == 1
    done = run(office, "log", CASE, *UNLAWFUL, "--reason", "普文清：已经送出去了")
    assert done.exit_code == 0 and "已写进" in done.output and "[PROC421]" in done.output
    assert "事项: 处罚决定" in text(office) and "普文清：已经送出去了" in text(office)


REASON = ("--reason", "普文清：当时就是这样办的")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("缴纳罚款", "日期=2026-11-20", "金额=500"), "PROC412"),
        (("处罚决定", "日期=2026-11-25", "对象=路人甲", "金额=500"), "CASE062"),
        (("处罚决定", "日期=2999-11-25", "金额=500"), "CASE054"),
        (("返校", "日期=2026-08-01"), "CASE058"),
        (("处罚决定", "日期=2026-11-25", "金额=五百块钱左右"), "CASE003"),
        ((*("送达", "日期=2026-11-20", "文书=责令限期改正通知书", "对象=普正华", "方式=直接"),
          "签收人=拒签", "承办人=普文清、段晓岚"), "SERV110"),
    ],
    ids=["不知是谁缴的", "没有这个人", "还没有到", "返校早于缺课", "不是数", "签收人不是姓名"],
)  # fmt: skip
def test_a_reason_mends_nothing_that_is_written_wrongly(office, words, code):
    """A reason waived every error of the event, also those that cannot have happened."""
    before = text(office)
    done = run(office, "log", CASE, *words, *REASON, "--as-of", "2026-11-28")
    assert done.exit_code == 1 and f"[{code}]" in done.output and text(office) == before
    assert "加 --reason" not in done.output


def test_a_service_that_was_done_so_is_written_with_a_reason(office):
    done = run(office, "log", CASE, *SENT, *BY_MAIL, *STATION, *REASON, "--as-of", "2026-11-22")
    assert done.exit_code == 0 and "[SERV077]" in done.output and "当时就是这样办的" in text(office)


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("劝返", "方式=家访", "结果=拒绝", "对象=普正化"), "普正华"),
        (("联系", "方式=电话", "结果=没有接听", "对象=李仙桂"), "李桂仙"),
        (("劝返", "方式=家访", "结果=拒绝", "对象=普正华", "承办人=普文青"), "普文清"),
        (("劝返", "方式=家访", "结果=拒绝", "参加人=罗玉分"), "罗玉芬"),
        (("劝返", "方式=家访", "结果=拒绝", "记录人=段小岚"), "段晓岚"),
    ],
)
def test_a_name_that_is_nearly_somebodys_is_asked_about_first(office, words, near):
    before = text(office)
    asked = run(office, "log", CASE, *words, "日期=2026-10-05")
    assert asked.exit_code == 1 and f"却有「{near}」" in asked.output.replace(" ", "")
    assert text(office) == before
    sure = run(office, "log", CASE, *words, "日期=2026-10-05", "--另有其人")
    assert sure.exit_code == 0 and text(office) != before


@pytest.mark.parametrize(
    ("said", "meant"), [("他爸", "普正华"), ("普正华和李桂仙", "普正华、李桂仙")]
)
def test_who_is_described_is_asked_for_by_name(office, said, meant):
    before = text(office)
    visit = ("劝返", "方式=电话", "结果=拒绝", "日期=2026-10-05")
    asked = run(office, "log", CASE, *visit, f"对象={said}")
    assert asked.exit_code == 1 and f"写成 对象={meant}" in asked.output and text(office) == before
    assert run(office, "log", CASE, *visit, f"对象={meant}").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("对象=普正华", "参加人=张三、李四"),
        ("对象=普 正华",),
        ("参加人=白有福（村委会主任）",),
        ("参加人=普兰、李芳",),
        ("记录人=罗玉芬",),
    ],
)
def test_other_names_are_written_at_once(office, words):
    done = run(office, "log", CASE, "劝返", "方式=家访", "结果=拒绝", "日期=2026-10-05", *words)
    assert done.exit_code == 0 and "已写进" in done.output


def _undo(office, told):
    """Type the line that was printed."""
    line = next(one for one in told.splitlines() if one.startswith("写错了，收回："))
    return run(office, *shlex.split(line.partition("：kcbx ")[2]))


@pytest.mark.parametrize(
    "words",
    [
        VISIT,
        ("联系", "方式=电话", "对象=普正华", "结果=没有接听"),
        ("劝返", "日期=2026-10-06", "方式=家访", "结果=未见到", "内容=" + "家里没有人，" * 20,
         "见证人=白有福", "见证人.单位=白沙村村民委员会"),
        (*UNLAWFUL, *REASON),
    ],
    ids=["一行", "没有写日期", "几行", "有理由"],
)  # fmt: skip
def test_what_was_just_written_is_taken_back_by_the_line_that_is_printed(office, words):
    before = (office / CASE).read_bytes()
    done = run(office, "log", CASE, *words, "--as-of", "2026-11-28")
    assert done.exit_code == 0 and (office / CASE).read_bytes() != before
    undone = _undo(office, done.stdout)
    assert undone.exit_code == 0 and "已收回" in undone.output
    assert (office / CASE).read_bytes() == before
    again = _undo(office, done.stdout)
    assert again.exit_code == 1 and "[CLI091]" in again.output


def test_the_first_event_of_a_case_is_taken_back_too(office):
    head = text(office).partition("\n经过:")[0]
    (office / CASE).write_text(
        f"{head}\n经过: []   # 每一件事\n责令: {{改正期限: 收到之日起10日}}\n"
    )
    before = text(office)
    done = run(office, "log", CASE, "首次缺课", "日期=2026-09-01", "--as-of", "2026-11-28")
    assert done.exit_code == 0 and _undo(office, done.stdout).exit_code == 0
    assert text(office) == before


def test_what_others_rest_on_is_not_taken_back_first(office):
    day = ("--as-of", "2026-11-28")
    back = run(office, "log", CASE, "返校", "日期=2026-11-26", *day)
    away = run(office, "log", CASE, "再次缺课", "日期=2026-11-27", *day)
    before = text(office)
    refused = _undo(office, back.stdout)
    assert refused.exit_code == 1 and "[CLI092]" in refused.output and text(office) == before
    assert _undo(office, away.stdout).exit_code == _undo(office, back.stdout).exit_code == 0


HELPED = ("帮扶", "日期=2026-11-24", "类别=学业辅导", "对象=普正华")
ON = ("--as-of", "2026-11-28")


def test_the_event_alone_is_enough_where_it_is_the_only_one(office):
    before = text(office)
    run(office, "log", CASE, *HELPED, "内容=补数学", *ON)
    done = run(office, "log", CASE, "帮扶", "--undo", *ON)
    assert done.exit_code == 0 and text(office) == before
    again = next(one for one in done.output.splitlines() if one.startswith("要写回去："))
    run(office, *shlex.split(again.partition("：kcbx ")[2]), *ON)  # what was taken out is not lost
    assert "补数学" in text(office)


def test_of_several_each_is_named_by_a_command_to_copy(office):
    run(office, "log", CASE, *HELPED, "内容=补数学", *ON)
    both = text(office)
    run(office, "log", CASE, *HELPED, "内容=补语文", "承办人=普文清、段晓岚", *ON)
    asked = run(office, "log", CASE, "帮扶", "--undo", *ON)
    assert asked.exit_code == 1 and "[CLI106]" in asked.output
    commands = [one for one in asked.output.splitlines() if one.startswith("kcbx log")]
    assert commands == [
        "kcbx log cases/到责令.yaml 帮扶 日期=2026-11-24 内容=补数学 --undo",
        "kcbx log cases/到责令.yaml 帮扶 日期=2026-11-24 内容=补语文 --undo",
    ]
    none = run(office, "log", CASE, "帮扶", "内容=补英语", "--undo", *ON)
    assert "[CLI091]" in none.output and commands[1] in none.output
    every = run(office, "log", CASE, "--undo", *ON)
    assert "[CLI107]" in every.output and commands[0] in every.output
    turned = ("承办人=段晓岚、普文清", "类别=学业辅导", "日期=2026-11-24")  # another order of all
    assert run(office, "log", CASE, "帮扶", *turned, "--undo", *ON).exit_code == 0
    assert text(office) == both
    missing = run(office, "log", CASE, "听证", "--undo", *ON)
    assert "[CLI091]" in missing.output and "帮扶" in missing.output


def test_an_event_with_fewer_keys_is_told_from_one_with_more(office):
    run(office, "log", CASE, *HELPED, "内容=补数学", *ON)
    both = text(office)
    run(office, "log", CASE, *HELPED, *ON)
    assert run(office, "log", CASE, *HELPED, "--undo", *ON).exit_code == 0 and text(office) == both


def test_what_is_written_once_only_is_changed_where_it_stands(office):
    twice = run(office, "log", CASE, "首次缺课", "日期=2026-08-31", *ON)
    assert twice.exit_code == 1 and "把那一处的日期改过来" in twice.output
    assert "（新写的一件）" in twice.output  # no line of the file holds it


def test_a_reason_that_nothing_needs_is_told_of_and_not_noted(office):
    done = run(office, "log", CASE, *HELPED, *REASON, *ON)
    assert done.exit_code == 0 and "[CLI104]" in done.output
    assert "确已作出" not in text(office) and "学业辅导" in text(office)


def test_a_trial_shows_no_line_that_is_not_there(office):
    done = run(
        office, "log", CASE, "联系", "日期=2026-11-24", "方式=电话", "结果=答应了", "--dry-run", *ON
    )
    assert "[CASE310]" in done.output and "会写进" in done.output
    assert " | " not in done.output  # the line that stands there now is another


@pytest.mark.parametrize(
    "who",
    [
        ("见证人.姓名=白有福", "见证人.单位=白沙村村民委员会"),
        ("见证人=白有福", "见证人.单位=白沙村村民委员会"),
        ("见证人.单位=白沙村村民委员会", "见证人=白有福"),
    ],
)
def test_a_witness_is_written_with_his_unit(office, who):
    run(office, "log", CASE, "劝返", "日期=2026-10-06", "方式=家访", "结果=未见到", "到校情况=未到校",
        *who)  # fmt: skip
    visits = yaml.load(text(office), yaml.CBaseLoader)["经过"]
    assert {"姓名": "白有福", "单位": "白沙村村民委员会"} in [
        v["见证人"][0] for v in visits if "见证人" in v
    ]
    assert run(office, "check", CASE).exit_code == 0


@pytest.mark.parametrize(
    "who",
    [
        ("见证人=白有福", "见证人=李福海"),
        ("见证人=白有福", "见证人.姓名=李福海"),
        ("见证人=白有福、李福海", "见证人.单位=白沙村村民委员会"),
        ("见证人.单位=甲", "见证人.单位=乙"),
    ],
)
def test_who_is_meant_twice_is_asked_about(office, who):
    before = text(office)
    done = run(office, "log", CASE, "劝返", "日期=2026-10-06", "方式=家访", "结果=未见到", *who)
    assert "[READ007]" in done.output and text(office) == before


def test_a_trial_writes_nothing(office):
    before = text(office)
    done = run(office, "log", CASE, *VISIT, "--dry-run")
    assert "会写进" in done.output and text(office) == before


def test_programs_read_what_was_written_and_where(office):
    told = json.loads(run(office, "log", CASE, *VISIT, "--json").stdout)
    assert told["ok"] and told["written"] and told["line"] == 98
    assert told["event"]["事项"] == "劝返" and told["event"]["结果"] == "拒绝"


def test_without_an_event_all_kinds_are_listed(office):
    done = run(office, "log", CASE)
    assert "劝返" in done.output and "缴纳罚款" in done.output


def _write(office, number):
    # Refused or written: a file that changed meanwhile is never overwritten.
    return run(
        office, "log", CASE, "联系", "日期=2026-10-05", "方式=电话", f"结果=第{number}次没有接听"
    ).exit_code


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="不能复制进程")
def test_of_many_who_write_at_once_nobody_loses_what_he_was_told_is_written(office):
    with multiprocessing.get_context("fork").Pool(6) as pool:
        codes = pool.starmap(_write, [(office, number) for number in range(12)])
    written = [number for number in range(12) if f"第{number}次没有接听" in text(office)]
    assert written == [number for number, code in enumerate(codes) if code == 0] and written


@pytest.fixture
def at_the_keyboard(monkeypatch):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True)


def asked(office, kind, *answers):
    return run(office, "log", CASE, kind, answers="".join(f"{answer}\n" for answer in answers))


TALK = ("2026-10-05", "19:30", "", "普正华", "家中", "家访")
"""Of a persuasion up to how it was done: when, whom and where come first."""


@pytest.mark.usefixtures("at_the_keyboard")
def test_all_is_repeated_before_it_is_written_and_a_result_has_no_default(office):
    done = asked(office, "劝返", *TALK, "", "3", "<", "同意返校", *[""] * 20)
    assert done.exit_code == 0, done.output
    assert "不能空着" in done.stderr
    assert "请核对，将要写进 cases/到责令.yaml" in done.stderr
    assert "2026年10月5日（星期一）" in done.stderr.partition("请核对")[2]
    events = yaml.load(text(office), yaml.CBaseLoader)["经过"]
    (event,) = [one for one in events if one["日期"] == "2026-10-05"]
    assert (event["结果"], event["时间"]) == ("同意返校", "19:30")


@pytest.mark.usefixtures("at_the_keyboard")
@pytest.mark.parametrize(
    ("result", "asks", "does_not"),
    [
        ("拒绝", "原因", "到校情况"),
        ("未见到", "到校情况", "期限"),
        ("同意返校", "期限", "到校情况"),
    ],
)
def test_what_the_result_rules_out_is_not_asked(office, result, asks, does_not):
    done = asked(office, "劝返", *TALK, result, *[""] * 7)
    assert f"\n{asks}" in done.stderr and f"\n{does_not}" not in done.stderr


@pytest.mark.usefixtures("at_the_keyboard")
@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (("2999-01-05",), "在今天"),
        (("10月5日",), "没有写年份"),
        (("2026-10-05", "25点"), "25点"),
        (("2026-10-05", "", "", "", "家访", "不肯"), "「不肯」不在其中"),
    ],
)
def test_what_is_wrong_is_asked_again_where_it_is_answered(office, answers, says):
    before = text(office)
    done = asked(office, "核查", *answers)
    assert done.exit_code == 1 and text(office) == before
    assert says in done.stderr.partition("错误：")[2]


@pytest.mark.usefixtures("at_the_keyboard")
def test_who_stops_goes_on_where_it_was_and_back_is_no_content(office):
    stopped = asked(office, "联系", "2026-10-05", "19:30", "普正华")
    assert "答过的 3 项记下了" in stopped.stderr
    done = asked(office, "联系", "是", "<", "李桂仙", "", "电话", *[""] * 20)
    assert done.exit_code == 0, done.output
    (line,) = [one for one in text(office).split("\n") if "2026-10-05" in one]
    assert "对象: 李桂仙" in line and "<" not in line


@pytest.mark.usefixtures("at_the_keyboard")
def test_what_cannot_be_written_is_told_before_the_answers_are_gone(office):
    before = text(office)
    done = asked(office, "处罚决定", "2026-11-20", *[""] * 20, "否")
    assert done.exit_code == 1 and text(office) == before
    assert "[PROC421]" in done.stderr and done.stderr.count("请核对，将要写进") > 1


@pytest.mark.usefixtures("at_the_keyboard")
def test_a_service_is_asked_as_its_way_needs(office):
    done = asked(office, "送达", "2026-10-05", "责令限期改正通知书", "", "普正华", "邮寄", "3")
    assert "哪天寄出" not in done.stderr.partition("邮件号码")[0]
    assert "谁签收的" not in done.stderr and "结果怎样" in done.stderr


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([("返校", "日期=2026-11-21")], ""),
        (
            [
                ("返校", "日期=2026-10-04"),
                ("劝返", "日期=2026-10-05", "方式=家访", "对象=普正华", "结果=拒绝"),
            ],
            "PROC404",
        ),
        (
            [
                ("劝返", "日期=2026-10-05", "方式=家访", "对象=普正华", "结果=拒绝"),
                ("返校", "日期=2026-10-04"),
            ],
            "PROC404",
        ),
    ],
    ids=["返校前后不矛盾", "后写的矛盾", "补写的使别处矛盾"],
)
def test_what_contradicts_the_file_is_not_written(office, events, code):
    """It was written all the same, and no paper could be made until somebody found the line."""
    *earlier, last = events
    for one in earlier:
        assert run(office, "log", CASE, *one).exit_code == 0
    before = text(office)
    done = run(office, "log", CASE, *last)
    assert (code in done.output, done.exit_code) == (True, 1 if code else 0)
    assert (text(office) == before) is bool(code)


def test_what_a_lawful_office_does_day_by_day_is_written(tmp_path):
    """Each event of a sample, told on its day, is taken: what is refused is wrong, not early."""
    source = SAMPLES / "cases/阶梯示例/cases/返校结案.yaml"
    shutil.copy(source.parents[1] / "kcbx.yaml", tmp_path)
    told = yaml.load(source.read_text("utf-8"), Loader=yaml.CBaseLoader)  # hours stay words
    path = tmp_path / "返校结案.yaml"
    for number, event in enumerate(told["经过"][1:], 1):
        so_far = {**told, "经过": told["经过"][:number]}
        path.write_text(
            yaml.dump(so_far, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper), "utf-8"
        )
        done = logged(open_office(path), path, event, date.fromisoformat(event["日期"]))
        assert done.change, event


@pytest.mark.parametrize(
    ("deferral", "day", "told"),
    [
        ("有", "2026-03-20", True),
        ("{结论: 有, 日期: 2026-03-12}", "2026-03-20", True),
        ("{结论: 有, 日期: 2026-03-21}", "2026-03-20", False),
        ("有", "2026-03-06", False),
        ("无", "2026-03-20", False),
    ],
)
def test_nobody_is_persuaded_unasked_for_a_child_on_leave(tmp_path, deferral, day, told):
    """What was told for longer may have come before the leave."""
    leave = EXAMINED.replace("缓学休学批准: 无", f"缓学休学批准: {deferral}")
    path = workspace(tmp_path, text=case_text(ABSENT, exclusions=leave))
    said = {"日期": day, "事项": "劝返", "方式": "家访", "对象": FATHER, "结果": "拒绝"}
    done = logged(open_office(tmp_path), path, said, date(2026, 3, 21))
    assert ("PROC629" in [one.code for one in done.problems]) is told
