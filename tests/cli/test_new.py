"""kcbx init and kcbx new: files that say every key, can be filled in at once,
and never overwrite anything.
"""

import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.commented import commented, flow
from kcbx_docs.case.letter import Letter
from kcbx_docs.case.model import Case
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.reading import parse_yaml
from tests.cli.office import run, tree

OPTIONS = (
    "--region",
    "530499",
    "--name",
    "云岭县青石镇人民政府",
    "--kind",
    "乡镇人民政府",
    "--code",
    "青政",
)


def test_a_new_workspace_is_clean_and_renders(tmp_path):
    done = run(
        tmp_path,
        "init",
        "青石镇",
        *OPTIONS,
        "--review",
        "云岭县人民政府",
        "--court",
        "云岭县人民法院",
        "--yes",
    )
    assert done.exit_code == 0
    assert sorted(tree(tmp_path / "青石镇")) == [
        ".gitignore",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        "kcbx.yaml",
        "schema/calendar.json",
        "schema/document.json",
        "schema/kcbx.json",
        "schema/law.json",
        "schema/pack.json",
        "schema/procedure.json",
        "schema/公文.json",
        "schema/工作.json",
        "schema/批次.json",
        "schema/案件.json",
        "schema/用户.json",
        "schema/线索.json",
        "templates/README.md",
    ]
    assert (tmp_path / "青石镇/.gitignore").read_text() == "output/\n台账/\n移交/\n"
    here = tmp_path / "青石镇"
    assert run(here, "check", "kcbx.yaml").exit_code == 0
    assert (
        run(
            here,
            "new",
            "公文",
            "--id",
            "通知",
            "--title",
            "云岭县青石镇人民政府关于开学的通知",
            "--yes",
        ).exit_code
        == 0
    )
    told = run(here, "check", "cases").stdout
    assert told.endswith("检查了 1 个文件，没有错误。\n")
    assert re.findall(r"\[[A-Z]+\d+\]", told) == ["[WORK013]"]  # that the text is a sample
    assert run(here, "render", "cases", "--format", "docx").exit_code == 0


def test_a_workspace_for_practice_says_so_in_its_own_pack(tmp_path):
    done = run(tmp_path, "init", "练习", "--sample", *OPTIONS, "--yes")
    assert done.exit_code == 0
    assert "练习/templates/pack.yaml" in done.stdout
    assert "示例" in run(tmp_path / "练习", "pack", "show", "本单位").stdout
    # Its pack stands on that of its place; every other place: the example of ``pack lint``.
    assert run(tmp_path / "练习", "pack", "lint", "yunnan").exit_code == 0


@pytest.mark.parametrize(
    ("region", "says"),
    [
        ("通海县", "530423 云南省玉溪市通海县。将使用：全国→云南省→玉溪市；这个地方没有自己的"),
        ("玉溪", "地区：5304 云南省玉溪市。将使用：全国→云南省→玉溪市。"),
        ("530499", "地区：530499，没有登记（名单截止 2023-06-30"),
    ],
)
def test_init_says_which_packs_serve_a_place(tmp_path, region, says):
    done = run(tmp_path, "init", ".", "--region", region, "--name", "青石镇人民政府", "--yes")
    assert done.exit_code == 0
    assert says in done.stderr


@pytest.mark.parametrize(("kind", "next_one"), [("学校", "批次"), ("乡镇人民政府", "案件")])
def test_init_says_what_such_an_office_makes_next(tmp_path, kind, next_one):
    words = ("--region", "530499", "--name", "青石中学", "--kind", kind, "--yes")
    told = run(tmp_path, "init", ".", *words)
    assert f"用 kcbx new {next_one} 新建{next_one}" in told.stderr


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / ".gitignore").write_text("*.tmp\n", "utf-8")
    done = run(tmp_path, "init", ".", *OPTIONS, "--yes")
    assert (tmp_path / ".gitignore").read_text() == "*.tmp\n"
    assert "已有，没有改动：.gitignore。" in done.stderr
    before = tree(tmp_path)
    done = run(tmp_path, "init", ".", *OPTIONS, "--yes")
    assert done.exit_code == 1
    assert "[CLI002] 「kcbx.yaml」已经有了，没有覆盖。" in done.stderr
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--region", "云领县"), "认不出地区「云领县」"),
        (("--region", "530499", "--kind", "乡政府"), "「乡政府」不在其中"),
    ],
)
def test_init_refuses_what_would_not_work(tmp_path, words, says):
    done = run(tmp_path, "init", "新", *words, "--yes")
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "新").exists()


def test_a_new_case_takes_the_next_number_and_is_private(office):
    (office / "cases/2026-001.yaml").write_text("", "utf-8")
    done = run(office, "new", "案件", "--as-of", "2026-10-08", "--yes", "--pupil", "普云海")
    assert done.stdout == "cases/2026-003.yaml\n"
    assert done.stderr == "接下来：填写以后运行 kcbx check cases/2026-003.yaml\n"
    path = office / "cases/2026-003.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8").startswith(
        "# yaml-language-server: $schema=../schema/案件.json\n"
    )


@pytest.mark.parametrize("number", ["../外", "甲/乙", ".隐", "CON", ""])
def test_an_id_is_a_plain_name(office, number):
    before = tree(office)
    done = run(office, "new", "案件", "--id", number, "--pupil", "普云飞", "--yes")
    assert done.exit_code == 2
    assert tree(office) == before


def test_nothing_is_overwritten(office):
    before = tree(office)
    done = run(office, "new", "案件", "--id", "到责令", "--yes")
    assert done.exit_code == 1
    assert "[CLI002] 「cases/到责令.yaml」已经有了" in done.stderr
    assert tree(office) == before


def pupils(path, *rows):
    book = Workbook()
    for row in (("姓名", "身份证号", "年级", "班级", "父亲姓名", "父亲电话", "家庭住址"), *rows):
        book.active.append(row)
    book.save(path)


def test_a_list_becomes_one_case_for_each_line(office):
    pupils(
        office / "名单.xlsx",
        ("普云亮", "530499201305061225", "八年级", "2班", "普正华", "13800000001", "白沙村"),
        ("李小花", "530499201407081227", "七年级", "1班", "李建国", "13800000002", "青石村"),
    )
    done = run(office, "new", "案件", "--from", "名单.xlsx", "--as-of", "2026-10-08")
    assert done.stdout.split() == ["cases/2026-003.yaml", "cases/2026-004.yaml"]
    text = (office / "cases/2026-004.yaml").read_text("utf-8")
    for line in (
        '编号: "2026-004"',
        "  姓名: 李小花",
        '  身份证号: "530499201407081227"',
        "  - 姓名: 李建国",
        "    关系: 父亲",
        "    住址: 青石村",
    ):
        assert f"{line} " in text
    assert run(office, "check", "cases/2026-003.yaml", "cases/2026-004.yaml").exit_code == 0


CHILD = ("普云霞", "530499201305061225", "八年级", "2班", "普正华", "", "白沙村")


@pytest.mark.parametrize(
    ("row", "written"),
    [
        (CHILD, False),
        (("普云霞", "", "八年级", "2班", "普正华", "", ""), False),
        (("普 云霞", "", "", "1班", "", "", ""), False),
        (("普云夏", *CHILD[1:]), False),
        (("普云霞", "", "八年级", "2班", "普大山", "", ""), True),
        (("普云亮", "", "八年级", "2班", "普正华", "", ""), True),
    ],
)
def test_a_child_who_has_a_case_gets_no_second_one(office, row, written):
    pupils(office / "名单.xlsx", CHILD)
    first = run(office, "new", "案件", "--名册", "名单.xlsx", "--as-of", "2026-10-08")
    before, (case,) = tree(office), first.stdout.split()
    pupils(office / "名单二.xlsx", row)
    again = run(office, "new", "案件", "--名册", "名单二.xlsx", "--as-of", "2026-10-09")
    assert again.exit_code == 0, again.output
    name = row[0].replace(" ", "")
    assert (f"「{name}」已有案件 {case}" in again.stderr) is not written
    assert (len(tree(office)) == len(before) + 2) is written


def test_a_number_of_another_name_is_said_to_be_the_same(office):
    pupils(office / "名单.xlsx", CHILD)
    run(office, "new", "案件", "--名册", "名单.xlsx", "--as-of", "2026-10-08")
    asked = ("--pupil", f"{CHILD[0]}儿", "--id-number", CHILD[1])
    again = run(office, "new", "案件", *asked, "--yes", "--as-of", "2026-10-09")
    assert "[CLI112] 身份证号和案件 " in again.stderr and again.exit_code == 1
    assert f"的{CHILD[0]}相同，姓名写的却是「{CHILD[0]}儿」" in again.stderr


@pytest.mark.parametrize(
    ("guardian", "number", "code"),
    [
        ("普正华", "", "CLI080"),
        ("别人", CHILD[1], "CLI080"),
        ("", "", "CLI070"),
        ("别人", "", ""),
    ],
)
def test_a_child_named_alone_who_has_a_case_is_told_where_to_go_on(office, guardian, number, code):
    pupils(office / "名单.xlsx", CHILD)
    case = run(office, "new", "案件", "--名册", "名单.xlsx", "--as-of", "2026-10-08").stdout.strip()
    own = ("--id-number", number) if number else ()
    asked = ("--pupil", CHILD[0], "--guardian", guardian, *own)
    again = run(office, "new", "案件", *asked, "--yes", "--as-of", "2026-10-09")
    assert again.exit_code == int(code == "CLI080"), again.output
    assert [one for one in ("CLI070", "CLI080") if one in again.stderr] == [code] * bool(code)
    assert (f"kcbx next {case}" in again.stderr) is bool(code)


def test_who_drops_out_again_gets_a_new_case(office):
    pupils(office / "名单.xlsx", CHILD)
    run(office, "new", "案件", "--名册", "名单.xlsx", "--as-of", "2026-10-08")
    case = office / "cases/2026-003.yaml"
    closed = "经过:\n  - {日期: 2026-10-09, 事项: 结案, 结果: 已返校}\n"
    case.write_text(case.read_text("utf-8") + closed, "utf-8")
    again = run(office, "new", "案件", "--名册", "名单.xlsx", "--as-of", "2026-10-10")
    assert again.stdout.split() == ["cases/2026-004.yaml"]


def test_a_child_whose_number_is_wrong_gets_no_case_and_the_others_do(office):
    pupils(
        office / "名单.xlsx",
        ("普云亮", "530499201305061225", "", "2班", "普正华", "", "白沙村"),
        ("李小花", "530499201407081226", "", "1班", "李建国", "", "青石村"),
    )
    done = run(office, "new", "案件", "--名册", "名单.xlsx", "--as-of", "2026-10-08")
    assert (done.exit_code, done.stdout) == (0, "cases/2026-003.yaml\n")
    assert "名单.xlsx:Sheet!B3: [ROST071]" in done.stderr
    assert "读到 2 名学生：写 1 个案件，1 名要先改名单。" in done.stderr


def test_a_list_that_gives_no_case_writes_nothing(office):
    pupils(office / "名单.xlsx", ("李小花", "530499201407081226", "", "1班", "李建国", "", ""))
    before = tree(office)
    assert run(office, "new", "案件", "--名册", "名单.xlsx").exit_code == 1
    assert tree(office) == before


def test_a_list_of_children_out_of_school_becomes_cases_that_check_finds_whole(office):
    book = Workbook()
    book.active.append(["青石镇失学儿童名单"])
    heads = ["姓名", "身份证号", "状态", "辍学时间", "去向", "父亲姓名", "家庭住址"]
    book.active.append(heads)
    child = ["普云亮", "530499201305061225", "辍学", "2026.9.1", "县城", "普正华", "白沙村15号"]
    book.active.append(child)
    book.save(office / "失学名单.xlsx")
    done = run(office, "new", "案件", "--名册", "失学名单.xlsx", "--as-of", "2026-10-08")
    assert done.exit_code == 0, done.output
    assert run(office, "check", done.stdout.strip()).exit_code == 0


def test_a_batch_points_to_its_roster(office):
    pupils(
        office / "名单.xlsx",
        ("普云飞", "530499201305061217", "八年级", "2班", "普正华", "13800000001", "白沙村"),
    )
    done = run(
        office,
        "new",
        "batch",
        "--id",
        "秋季告知",
        "--from",
        "名单.xlsx",
        "--as-of",
        "2026-09-01",
        "--yes",
    )
    assert done.exit_code == 0
    assert "读到 1 行：可以印 1 名，暂缓 0 名，跳过 0 行。" in done.stderr
    text = (office / "cases/秋季告知.yaml").read_text("utf-8")
    assert "学期: 2026年秋季学期 " in text
    assert "  文件: ../名单.xlsx " in text
    assert run(office, "check", "cases/秋季告知.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2026-01-31", "2025年秋季学期"),
        ("2026-02-01", "2026年春季学期"),
        ("2026-07-31", "2026年春季学期"),
        ("2026-08-01", "2026年秋季学期"),
    ],
)
def test_the_term_of_a_day(office, day, term):
    run(office, "new", "批次", "--id", "试", "--as-of", day, "--yes")
    assert f"学期: {term} " in (office / "cases/试.yaml").read_text("utf-8")


def test_new_needs_a_workspace(tmp_path):
    done = run(tmp_path, "new", "案件", "--yes")
    assert done.exit_code == 1
    assert "kcbx init" in done.stderr


def test_new_works_while_kcbx_yaml_is_still_wrong(office):
    (office / "kcbx.yaml").write_text("地区: ''\n", "utf-8")
    assert run(office, "new", "案件", "--id", "甲", "--yes").exit_code == 0


@pytest.mark.parametrize("model", [Case, Batch, Letter, Workspace])
def test_every_key_is_there_and_can_be_uncommented(model):
    """Deleting ``# `` before every key gives a file whose keys are all known,
    at their right places.
    """
    text = commented(model, {})
    open_text = "\n".join(
        re.sub(r"^( *)# (?=[ \-]*[\u4e00-\u9fff（）]+:( |$))", r"\1", line)
        for line in text.split("\n")
    )
    source, found = parse_yaml(open_text, "新.yaml")
    assert found == ()
    expected = {info.alias for info in model.model_fields.values()}
    assert set(source.data) == expected


@pytest.mark.parametrize(
    "value",
    [
        "普云飞",
        "530499201305061217",
        "2026-09-01",
        "G5304",
        "a: b",
        "a #b",
        "- 甲",
        "甲，乙",
        "{甲}",
        "[甲]",
        "'甲'",
        '"甲"',
        "是",
        "null",
        "~",
        "甲\\乙",
        "*甲",
        "&甲",
        "!甲",
        "%甲",
        "@甲",
        "`甲",
        " 甲 ",
        "0123",
        "1e5",
        "阿依·古丽",
        "（无）",
        "C:\\甲",
        "甲:乙",
        "？",
        "2026年9月1日",
        "…",
    ],
)
def test_every_value_is_read_back_as_it_was(value):
    for text in (
        f"键: {flow(value)}   # 说明\n",
        f"键: {{甲: {flow(value)}, 乙: [{flow(value)}]}}\n",
    ):
        source, found = parse_yaml(text, "新.yaml")
        assert found == ()
        assert source.data["键"] in (value, {"甲": value, "乙": [value]})


@given(
    st.text(
        st.characters(
            blacklist_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), max_codepoint=0x2FFFF
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_text_is_read_back_as_it_was(value):
    if any(map(forbidden, value)):
        return
    source, found = parse_yaml(
        f"键: {flow(value)}   # 说明\n列: [{flow(value)}, {flow(value)}]\n", "新.yaml"
    )
    assert found == ()
    assert source.data == {"键": value, "列": [value, value]}


def test_a_number_that_another_file_has_is_not_given_again(office):
    """到责令.yaml is 2026-001 and 两位监护人.yaml 2026-002, whatever the files are called."""
    done = run(office, "new", "案件", "--pupil", "普云飞", "--yes", "--as-of", "2026-10-08")
    assert done.stdout.split() == ["cases/2026-003.yaml"]


@pytest.mark.parametrize("number", ["2026-001", "2026-001."])
def test_a_number_asked_for_that_another_file_has_is_refused(office, number):
    before = tree(office)
    done = run(office, "new", "案件", "--id", number, "--pupil", "普云飞", "--yes")
    assert done.exit_code != 0
    assert "cases/到责令.yaml" in done.stderr or "编号" in done.stderr
    assert tree(office) == before


def test_what_is_odd_in_an_option_is_told_though_nobody_is_asked(tmp_path):
    """With --yes a relation that was an address was written without a word."""
    run(tmp_path, "init", ".", *OPTIONS, "--yes")
    said = ("--situation", "辍学", "--pupil", "高小满", "--guardian", "高立根")
    done = run(tmp_path, "new", "案件", *said, "--relation", "前村2号", "--yes")
    assert done.exit_code == 0 and "提醒：" in done.stderr and "前村2号" in done.stderr
    done = run(tmp_path, "new", "案件", *said, "--pupil", "高小禾", "--relation", "父亲", "--yes")
    assert done.exit_code == 0 and "提醒：" not in done.stderr


GRANDMOTHER = ("--guardian", "高老太", "--relation", "奶奶", "--address", "前村2号")


@pytest.mark.parametrize(
    ("basis", "reminded", "code"),
    [
        ((), True, 0),
        (("--basis", "父母去世，2026年3月1日村民委员会指定"), False, 0),
        (("--basis", "受父母委托照看"), False, 2),
    ],
    ids=["没有依据", "指定", "只是受委托"],
)
def test_who_is_no_parent_is_asked_for_a_basis_though_nobody_is_asked(
    office, basis, reminded, code
):
    """With --yes a grandmother became the guardian without a word."""
    said = ("--situation", "辍学", "--pupil", "高小满", "--id", "a", "--yes")
    done = run(office, "new", "案件", *said, *GRANDMOTHER, *basis)
    assert done.exit_code == code and ("没有写监护依据" in done.stderr) is reminded
    assert (office / "cases/a.yaml").exists() is (code == 0)


def test_a_child_whose_guardian_nobody_knows_gets_a_case_that_can_be_read(office):
    said = ("--situation", "辍学", "--pupil", "高小满", "--id", "a", "--id-number")
    done = run(office, "new", "案件", *said, "530499201408153210", "--yes")
    assert done.exit_code == 0 and "\n监护人: []" in (office / "cases/a.yaml").read_text("utf-8")
    assert run(office, "check", "cases/a.yaml").exit_code == 0
    told = run(office, "next", "cases/a.yaml").stdout
    assert "今天要做：查明谁是监护人" in told and "没有查明的监护人" not in told


@pytest.mark.parametrize(
    ("typed", "says"),
    [("高立根、李桂仙", "--guardian 高立根 --guardian 李桂仙"), ("待定", "不写 --guardian")],
    ids=["两个人", "不是姓名"],
)
def test_who_is_no_single_person_is_told_by_the_option_that_was_typed(office, typed, says):
    said = ("--situation", "辍学", "--pupil", "高小满", "--id", "a", "--guardian", typed)
    done = run(office, "new", "案件", *said, "--yes")
    assert done.exit_code == 2 and says in done.stderr and "姓名:" not in done.stderr
    assert not (office / "cases/a.yaml").exists()
