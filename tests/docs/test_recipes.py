"""The recipes of CONTRIBUTING.md, carried out on a copy of the project."""

import pytest

from tests.recipes import Snippet, commands, kcbx, project_with, python


@pytest.fixture
def project(tmp_path):
    (tmp_path / "a.toml").write_text("[A]\n1\n[B]\n2\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("接在「[B]」之前", "[A]\n1\nnew\n[B]\n2\n"),
        ("接在「[B]」之后", "[A]\n1\n[B]\nnew\n2\n"),
        ("代替「[B]」", "[A]\n1\nnew\n2\n"),
        ("加在末尾", "[A]\n1\n[B]\n2\nnew\n"),
    ],
)
def test_a_block_goes_where_its_first_line_says(project, place, expected):
    Snippet("a.toml", place, "new\n").write(project)
    assert (project / "a.toml").read_text("utf-8") == expected


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("", "there already"),
        ("接在「[C]」之后", "0 lines"),
        ("接在「[」之后", "2 lines"),
        ("放在某处", "no place"),
    ],
)
def test_a_block_that_does_not_fit_the_file_stops_the_test(project, place, why):
    with pytest.raises(AssertionError, match=why):
        Snippet("a.toml", place, "new\n").write(project)


def by_telephone(project):
    """Leave no visit to the family in the sample, only telephone calls."""
    case = project / "cases" / "到责令.yaml"
    case.write_text(case.read_text("utf-8").replace("方式: 家访", "方式: 电话"), "utf-8")


def order_in(project):
    done = kcbx(project, "next", "cases/到责令.yaml", "--as-of", "2026-09-24", "--json")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_new_check_refuses_who_only_telephoned_and_allows_who_went(tmp_path):
    project = project_with("加一项检查", tmp_path)
    assert "PROC290" not in order_in(project)
    by_telephone(project)
    assert "没有上门劝返过 普正华。" in order_in(project)


def test_a_new_check_is_linted_and_told_in_the_docs(tmp_path):
    project = project_with("加一项检查", tmp_path)
    page, lint = commands("加一项检查")
    assert python(project, *page[1:]).stdout.split() == ["docs/错误代码.md"]
    assert "没有上门劝返过" in (project / "docs/错误代码.md").read_text("utf-8")
    assert kcbx(project, *lint[1:], "national").returncode == 0


def test_a_check_that_the_procedure_does_not_know_is_told(tmp_path):
    """Where the function is forgotten, lint says so."""
    project = project_with("加一项检查", tmp_path)
    checks = project / "kcbx_docs/procedure/checks/order.py"
    checks.write_text(checks.read_text("utf-8").replace('"上门劝返过": visited,', ""), "utf-8")
    assert "[PROC010]" in kcbx(project, "pack", "lint", "national").stdout


def test_a_new_province_is_linted_and_prints_its_own_title(tmp_path):
    project = project_with("加一个省或县", tmp_path)
    for words in commands("加一个省或县"):
        done = kcbx(project, *words[1:])
        assert done.returncode == 0, done.stdout + done.stderr
    office = project / "kcbx.yaml"
    office.write_text(office.read_text("utf-8").replace('"530499"', '"520123"'), "utf-8")
    wanted = ("--doc", "order-to-correct", "--format", "docx", "--as-of", "2026-09-24")
    done = kcbx(project, "render", "cases/到责令.yaml", *wanted)
    assert done.returncode == 0, done.stderr
    papers = sorted(path.name for path in (project / "output").rglob("310-*.docx"))
    title = "310-责令送子女入学通知书"
    assert papers == [f"{title}-普正华.docx", f"{title}-李桂仙.docx"]


def test_a_new_year_is_known_to_periods_that_run_into_it(tmp_path):
    """Before, the same question is refused with the name of the missing file."""
    project = project_with("加一年日历", tmp_path)
    for words in commands("加一年日历"):
        done = kcbx(project, *words[1:])
        assert done.returncode == 0, done.stdout + done.stderr
        assert "CAL0" not in done.stdout + done.stderr
    assert "第10个工作日为2027年1月12日（星期二）" in done.stdout
    (project / "kcbx_docs/law/data/calendar/2027.yaml").unlink()
    assert "[CAL001]" in kcbx(project, *words[1:]).stderr


def papers(project, folder):
    return sorted(path.name for path in (project / "output" / folder).glob("*.txt"))


def test_a_new_format_is_made_of_a_case_and_of_a_batch(tmp_path):
    project = project_with("加一种输出格式", tmp_path)
    page, case, batch = commands("加一种输出格式")
    assert python(project, *page[1:]).stdout.split() == ["docs/命令.md"]
    for words in (case, batch):
        done = kcbx(project, *words[1:])
        assert done.returncode == 0, done.stderr
    (name,) = (name for name in papers(project, "2026-001") if name.startswith("230-"))
    text = (project / "output/2026-001" / name).read_text("utf-8")
    assert "普云飞" in text and len(text.splitlines()) > 5
    classes = [name for name in papers(project, "开学告知") if "签收" not in name]
    first = (project / "output/开学告知" / classes[0]).read_text("utf-8")
    assert len(classes) > 1 and first.count("\f") > 10
    listed = (project / "output/2026-001/manifest.json").read_text("utf-8")
    assert name in listed


def test_a_new_format_is_offered_and_made_with_the_others(tmp_path):
    project = project_with("加一种输出格式", tmp_path)
    refused = kcbx(project, "render", "cases/到责令.yaml", "--format", "odt")
    assert "可以写 docx、pdf、txt 或 docx,pdf,txt。" in refused.stderr
    words = ("--doc", "学校书面报告", "--as-of", "2026-11-22", "--draft")
    assert kcbx(project, "render", "cases/到责令.yaml", *words).returncode == 0
    (draft,) = (project / "output/2026-001/草稿").glob("230-*.txt")
    assert draft.read_text("utf-8").startswith("草稿\n")
    assert draft.with_suffix(".docx").exists()
