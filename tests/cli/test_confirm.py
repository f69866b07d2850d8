"""kcbx pack confirm: the clause and its article are registered together, or nothing is."""

import hashlib

import pytest

from kcbx_docs.office import confirm as confirming
from kcbx_docs.office.clause import parse_article
from kcbx_docs.office.confirm import registered
from kcbx_docs.reading import read_yaml
from tests.cli.ladder import add_case, make_office
from tests.cli.office import run, tree
from tests.killing import files_in, full_at
from tests.procedure.world import ABSENT, FILED, ORDERED

WORDS = {
    "--statute": "虚拟省义务教育条例",
    "--level": "地方性法规",
    "--enacted-by": "虚拟省人大常委会",
    "--adopted": "2024-11-28",
    "--in-force": "2025-01-01",
    "--article": "第五十二条第一款",
    "--text": "监护人不送适龄子女入学，经责令限期改正逾期不改的，处一千元以下罚款。",
    "--most": "1000",
    "--organ": "乡镇人民政府",
    "--delegation": "不需要",
    "--after-order": "是",
    "--hearing-from": "2000",
    "--by": "普文清",
}
DAY = ("--as-of", "2026-02-02")


def words(**changes: str | None) -> list[str]:
    """Write the options, some changed or (None) left out."""
    merged = {**WORDS, **{f"--{key.replace('_', '-')}": value for key, value in changes.items()}}
    return [word for key, value in merged.items() if value is not None for word in (key, value)]


def confirm(office, *more: str, **changes: str | None):
    return run(office, "pack", "confirm", *words(**changes), *DAY, "--yes", *more)


@pytest.fixture
def office(tmp_path):
    """A real office: its pack does not declare a sample, and it has no clause yet."""
    folder = make_office(tmp_path / "单位", clause=False)
    (folder / "templates/pack.yaml").unlink()
    add_case(folder, ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n")
    (tmp_path / "条例.pdf").write_bytes(b"%PDF-1.4 invented")
    return folder


def test_it_unlocks_the_penalty_and_says_what_may_be_made(office):
    assert "没有登记本地的处罚依据" in run(office, "next", "cases", "--as-of", "2026-02-02").stdout
    done = confirm(office, "--attachment", "../条例.pdf")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:5] == [
        "已写入 附件/条例.pdf",
        "已写入 templates/pack.yaml",
        "已写入 templates/law.yaml",
        "已写入 kcbx.yaml（原文件：kcbx.yaml.bak）",
        "已登记 《虚拟省义务教育条例》第五十二条第一款",
    ]
    assert (
        "《立案审批表》          kcbx render cases/2026-001.yaml --doc case-filing" in done.stdout
    )
    assert "禁止：没有登记" not in run(office, "next", "cases", "--as-of", "2026-02-02").stdout


def test_the_notice_quotes_the_clause(office):
    confirm(office, "--attachment", "../条例.pdf")
    add_case(office, FILED)
    done = run(
        office,
        "render",
        "cases/2026-001.yaml",
        "--doc",
        "penalty-notice",
        "--as-of",
        "2026-02-02",
        "--format",
        "docx",
    )
    assert done.exit_code == 0, done.output
    assert "450-行政处罚事先告知书" in done.stdout


def test_the_article_can_be_cited_with_its_source(office):
    confirm(office, "--attachment", "../条例.pdf")
    shown = run(office, "law", "show", "虚拟省义务教育条例", "52").stdout
    assert "《虚拟省义务教育条例》第五十二条（地方性法规，2025-01-01 至 今，已核对）" in shown
    law = (office / "templates/law.yaml").read_text("utf-8")
    assert "确认人: 普文清" in law
    assert "附件: 附件/条例.pdf" in law
    assert hashlib.sha256(b"%PDF-1.4 invented").hexdigest() in law
    assert (office / "附件/条例.pdf").read_bytes() == b"%PDF-1.4 invented"


def test_every_other_line_of_the_workspace_stays(office):
    path = office / "kcbx.yaml"
    before = "# 我的注释\n" + path.read_text("utf-8").replace("复议机关:", "# 县政府\n复议机关:")
    path.write_text(before, "utf-8")
    confirm(office)
    after = path.read_text("utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before).startswith("处罚依据:\n  - 编号: 第五十二条第一款\n")
    assert (office / "kcbx.yaml.bak").read_text("utf-8") == before
    assert run(office, "check", "kcbx.yaml").exit_code == 0


def test_confirming_again_replaces_what_was_unknown(office):
    first = confirm(office, hearing_from=None, after_order=None)
    assert "[CLI032] 提醒：处罚依据的「听证标准」还没有人核对。" in first.stderr
    assert "听证标准: 未知" in (office / "kcbx.yaml").read_text("utf-8")
    again = confirm(office, "--attachment", "../条例.pdf")
    text = (office / "kcbx.yaml").read_text("utf-8")
    assert again.stderr == ""
    assert text.count("编号: 第五十二条第一款") == 1
    assert '听证标准: "2000"' in text


def test_a_second_article_of_the_statute_joins_the_first(office):
    confirm(office, "--attachment", "../条例.pdf")
    confirm(office, article="第五十三条第二款第（三）项", text="另一款。")
    law = (office / "templates/law.yaml").read_text("utf-8")
    assert law.count("名称: 虚拟省义务教育条例") == 1
    assert "附件: 附件/条例.pdf" in law, "the version keeps its attachment"
    for article in ("52", "53"):
        assert run(office, "law", "show", "虚拟省义务教育条例", article).exit_code == 0
    assert "处罚依据" not in run(office, "check", "kcbx.yaml").stdout


def test_a_statute_that_a_province_only_names_gets_its_text_here(office):
    """云南's own measures are registered with an unknown start;
    the office adds the version that it read.
    """
    assert (
        confirm(
            office,
            statute="云南省实施《中华人民共和国义务教育法》办法",
            article="第九条",
            text="罚款。",
        ).exit_code
        == 0
    )
    assert "补充: 是" in (office / "templates/law.yaml").read_text("utf-8")
    assert "2025-01-01 至 今，已核对" in run(office, "law", "show", "云南实施办法", "9").stdout


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": None}, "CLI025"),
        ({"most": None}, "CLI025"),
        ({"organ": None}, "CLI025"),
        ({"text": "……"}, "CLI025"),
        ({"text": None}, "TYPE001"),
        ({"statute": "条例"}, "TYPE010"),
        ({"adopted": "2025-02-01"}, "CLI022"),
        ({"until": "2024-01-01"}, "CLI022"),
        ({"least": "2000"}, "CLI024"),
        ({"adopted": "2026-03-01", "in_force": "2026-04-01"}, "CLI023"),
        ({"statute": "云岭县教育局关于做好控辍保学工作的通知"}, "PROC233"),
        ({"statute": "中华人民共和国义务教育法"}, "PROC233"),
        ({"statute": "云南控辍保学管理规定"}, "PROC233"),
        ({"statute": "青石镇义务教育责任书"}, "PROC233"),
        ({"statute": "云南实施办法", "level": "地方政府规章"}, "CLI030"),
        ({"level": "示例"}, "CLI026"),
        ({"text": "一\u202e二"}, "READ012"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(office, changes, code):
    before = tree(office)
    done = confirm(office, **changes)
    assert done.exit_code == 1
    assert f"[{code}]" in done.stderr
    assert tree(office) == before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"article": "五十二"}, "认不出是第几条"),
        ({"article": "第五十二条之一"}, "认不出是第几条"),
        ({"in_force": "明年"}, "不是日期"),
        ({"most": "一千"}, "不是金额"),
        ({"after_order": "可能"}, "不在其中：是、否、未知"),
        ({"level": "通知"}, "不在其中：地方性法规"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_wrong_usage(office, changes, says):
    before = tree(office)
    done = confirm(office, **changes)
    assert (done.exit_code, tree(office)) == (2, before)
    assert says in done.stderr


def test_a_failure_half_way_leaves_everything_as_it_was(office, monkeypatch):
    """The last file cannot be written: the first ones go back."""
    before = tree(office)
    full_at(monkeypatch, "kcbx.yaml")
    done = confirm(office, "--attachment", "../条例.pdf")
    assert done.exit_code == 1
    assert "磁盘已满" in done.stderr
    assert files_in(office) == before


def test_another_attachment_of_the_same_name_is_kept(office):
    confirm(office, "--attachment", "../条例.pdf")
    (office.parent / "条例.pdf").write_bytes(b"another")
    confirm(office, "--attachment", "../条例.pdf")
    assert (office / "附件/条例.pdf").read_bytes() == b"%PDF-1.4 invented"
    assert len(list((office / "附件").iterdir())) == 2


@pytest.mark.parametrize("name", ["没有.pdf", "空.pdf"])
def test_an_attachment_that_is_none(office, name):
    (office.parent / "空.pdf").write_bytes(b"")
    before = tree(office)
    assert confirm(office, "--attachment", f"../{name}").exit_code == 1
    assert tree(office) == before


def test_from_a_file_with_its_places(office):
    path = office.parent / "条款.yaml"
    path.write_text(
        "法规: 虚拟省义务教育条例\n层级: 地方性法规\n施行日期: 2025-01-01\n条文: 第52条第1款\n原文: 处一千元以下罚款。\n最高罚款: 1000元\n"
        "机关: [乡镇人民政府]\n赋权决定: 不需要\n以逾期不改为前提: 是\n听证标准: 未知\n确认人: 普文清\n附件: 条例.pdf\n",
        "utf-8",
    )
    done = run(office, "pack", "confirm", "--from", "../条款.yaml", *DAY, "--yes")
    assert done.exit_code == 0, done.output
    assert "条文: 第五十二条第一款" in (office / "kcbx.yaml").read_text("utf-8")
    assert (office / "附件/条例.pdf").exists()
    path.write_text(
        path.read_text("utf-8")
        .replace("以逾期不改为前提: 是", "以逾期不改为前提: 也许")
        .replace("第52条第1款", "第52条以下"),
        "utf-8",
    )
    done = run(office, "pack", "confirm", "--from", "../条款.yaml", *DAY, "--yes")
    assert done.exit_code == 1
    assert "../条款.yaml:4:5: [CLI021]" in done.stderr
    assert "../条款.yaml:9:11: [TYPE007]" in done.stderr


def test_the_questions_are_asked_one_by_one_and_shown_before_writing(office):
    answers = [
        "虚拟省义务教育条例",
        "1",
        "虚拟省人大常委会",
        "2024-11-28",
        "2025-2-30",
        "2025-1-1",
        "",
        "五十二",
        "第五十二条第一款",
        "处一千元以下罚款。",
        "",
        "1000",
        "乡镇人民政府",
        "不需要",
        "1",
        "2000",
        "普文清",
        "../条例.pdf",
        "y",
    ]
    done = run(office, "pack", "confirm", *DAY, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "2025年2月只有 28 天" in done.stderr
    assert "认不出是第几条" in done.stderr
    assert (
        "将要写入：附件/条例.pdf、templates/pack.yaml、templates/law.yaml、kcbx.yaml" in done.stderr
    )
    assert "已登记 《虚拟省义务教育条例》第五十二条第一款" in done.stdout


def test_who_says_no_at_the_end_has_written_nothing(office):
    before = tree(office)
    done = run(office, "pack", "confirm", *words(), "--until", "", *DAY, answers="\n否\n")
    assert done.exit_code == 1
    assert "已取消。" in done.stderr
    assert tree(office) == before


def law_of(office):
    source, _ = read_yaml(office / "templates/law.yaml")
    return source.data["法律法规"]


def test_what_was_not_known_of_the_version_is_filled_in_later(office):
    """The first day was left out by mistake: a second confirmation was refused as overlapping."""
    confirm(office, in_force=None, adopted=None)
    again = run(
        office,
        "pack",
        "confirm",
        "--id",
        "第五十二条第一款",
        "--in-force",
        "2025/1/1",
        "--by",
        "段晓岚",
        *DAY,
        "--yes",
    )
    assert again.exit_code == 0, again.output
    ((statute,), (basis,)) = law_of(office), registered(office)
    assert [version["施行"] for version in statute["版本"]] == ["2025-01-01"]
    assert (basis.most, basis.after_order, basis.confirmed_by) == (1000, "是", "段晓岚")


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"in_force": "2024-12-01"}, "施行: 2024-12-01"),
        ({"article": "第五十三条"}, "53:"),
        ({"statute": "虚拟省义务教育办法"}, "名称: 虚拟省义务教育办法"),
    ],
)
def test_a_slip_is_corrected_and_nothing_of_it_stays(office, changes, holds):
    confirm(office)
    done = confirm(office, "--id", "第五十二条第一款", "--correct", **changes)
    assert done.exit_code == 0, done.output
    (statute,) = law_of(office)
    assert len(statute["版本"]) == len(statute["版本"][0]["条文"]) == 1
    assert holds in (office / "templates/law.yaml").read_text("utf-8")
    assert len(registered(office)) == 1
    assert run(office, "check", "kcbx.yaml").exit_code == 0


def test_every_other_clause_with_the_same_slip_is_told_at_once(office):
    confirm(office)
    confirm(office, article="第五十三条", text="另一款。")
    confirm(office, article="第五十四条", text="再一款。")
    done = confirm(office, "--id", "第五十二条第一款", "--correct", statute="虚拟省义务教育办法")
    assert done.exit_code == 0, done.output
    told = [line for line in done.stderr.split("\n") if "[LAW029]" in line]
    assert len(told) == 2 and "第五十三条" in told[0] and "第五十四条" in told[1]


def test_another_day_without_a_word_is_no_correction(office):
    confirm(office)
    before = tree(office)
    done = confirm(office, in_force="2025-12-01")
    assert (done.exit_code, tree(office)) == (1, before)
    assert "[LAW018]" in done.stderr


AGAIN = ("1", "", "", "", "")
"""The clause, and what was answered before: statute, level, organ, day of adoption."""


def test_confirmed_again_it_offers_what_was_answered_and_by_whom(office):
    confirm(office, hearing_from=None)
    answers = [*AGAIN, "", "", "", "", "", "", "", "", "", "2000", "段晓岚", "", ""]
    done = run(office, "pack", "confirm", *DAY, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "上次：普文清，2026-02-02 确认。" in done.stderr
    assert "最高罚款（元） [1000]：" in done.stderr
    (basis,) = registered(office)
    assert (basis.hearing_from, basis.confirmed_by, basis.most) == (2000, "段晓岚", 1000)


@pytest.mark.parametrize(
    ("answer", "versions"),
    [("1", [("2025-12-01", None)]), ("2", [("2025-01-01", "2025-11-30"), ("2025-12-01", None)])],
)
def test_another_first_day_is_a_slip_or_a_new_version(office, answer, versions):
    confirm(office)
    answers = [*AGAIN, "2025-12-01", answer, *[""] * 9, "普文清", "", ""]
    done = run(office, "pack", "confirm", *DAY, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    (statute,) = law_of(office)
    assert [(one["施行"], one.get("失效")) for one in statute["版本"]] == versions


def test_what_cannot_be_written_is_changed_without_typing_all_again(office):
    """A statute that cannot set fines is told after the last question, and changed there."""
    named = words(statute="青石镇义务教育责任书")
    done = run(
        office,
        "pack",
        "confirm",
        *named,
        "--until",
        "",
        "--least",
        "",
        *DAY,
        answers="\n\n1\n虚拟省义务教育条例\n\n",
    )
    assert done.exit_code == 0, done.output
    assert "[PROC233]" in done.stderr
    assert [basis.statute for basis in registered(office)] == ["虚拟省义务教育条例"]


def test_who_stops_has_lost_no_answer(office, monkeypatch, tmp_path):
    monkeypatch.setenv("KCBX_ANSWERS", str(tmp_path / "答案"))
    run(office, "pack", "confirm", *DAY, answers="虚拟省义务教育条例\n1\n")
    again = run(office, "pack", "confirm", *DAY, answers="\n")
    assert "  法规：虚拟省义务教育条例\n" in again.stderr
    assert "法规全称：" not in again.stderr


def test_an_invented_clause_is_for_samples_only(tmp_path, office):
    sample = ("--sample",)
    assert "[CLI028]" in confirm(office, *sample, level=None).stderr
    practice = make_office(tmp_path / "练习", clause=False)
    add_case(practice, ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n")
    done = confirm(practice, *sample, level=None)
    assert done.exit_code == 0, done.output
    assert "层级: 示例" in (practice / "templates/law.yaml").read_text("utf-8")
    assert "case-filing" in done.stdout


def test_a_clause_not_yet_in_force_is_registered_but_says_so(office):
    done = confirm(office, in_force="2026-06-01")
    assert done.exit_code == 0
    assert "[PROC232]" in done.stderr
    assert "还没有案件可以制发处罚文书，走到处罚这一步的：" in done.stdout


def test_a_clause_for_other_organs_says_so(office):
    done = confirm(office, organ="县公安局")
    assert done.exit_code == 0
    assert "[PROC235]" in done.stderr


@pytest.mark.parametrize(
    ("organ", "delegation", "codes"),
    [
        ("镇政府", "乡镇人民政府", ["CLI033", "CLI034"]),
        ("乡镇政府、县公安局", "不需要", ["CLI033"]),
        ("乡（镇）人民政府", "省里的决定", ["CLI034"]),
        ("县级教育行政部门", "省政府2022年第3号公告", []),
        ("乡镇人民政府", "《示例省赋权决定》", []),
        ("乡镇人民政府", "未知", []),
    ],
)
def test_an_unknown_organ_and_a_decision_nobody_can_look_up_are_told(
    office, organ, delegation, codes
):
    done = confirm(office, organ=organ, delegation=delegation)
    assert done.exit_code == 0
    assert [code for code in ("CLI033", "CLI034") if f"[{code}]" in done.stderr] == codes


def test_an_unknown_organ_is_asked_about_again(office):
    """Once more typed, it is corrected; Enter would have left it."""
    answers = ["", "", "镇政府", "乡镇人民政府", "乡镇人民政府", "不需要", "", "y"]
    named = words(organ=None, delegation=None)
    done = run(office, "pack", "confirm", *named, *DAY, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "提醒：由谁处罚写的「镇政府」" in done.stderr
    assert "提醒：赋权决定「乡镇人民政府」没有文号" in done.stderr
    (basis,) = registered(office)
    assert (basis.organs, basis.delegation) == (("乡镇人民政府",), "不需要")


def test_where_no_case_has_come_so_far(office):
    add_case(office, ABSENT)
    assert "现有案件还没有走到处罚这一步" in confirm(office).stdout


def test_the_packs_of_the_program_are_nobodys_own(tmp_path, monkeypatch, office):
    monkeypatch.setattr(confirming, "shipped_root", lambda: office / "templates")
    done = confirm(office)
    assert done.exit_code == 1
    assert "[CLI027]" in done.stderr


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第五十二条第一款", "第五十二条第一款"),
        ("52条", "第五十二条"),
        ("第 102 条第2款第（三）项", "第一百零二条第二款第（三）项"),
        ("第十条(4)项", "第十条第（四）项"),
        ("第五二条", None),
        ("第0条", None),
        ("附则", None),
        ("", None),
        ("第五十二条第一款和第二款", None),
    ],
)
def test_articles_are_read_strictly(text, number):
    assert (parse_article(text) and str(parse_article(text))) == number
