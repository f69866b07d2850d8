"""The recipes of CONTRIBUTING.md, carried out on a copy of the project."""

import pytest

from kcbx_docs.render.text import docx_paragraphs
from tests.recipes import Snippet, commands, kcbx, project_with, python, snippets


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
    classes = [name for name in papers(project, "开学告知") if "告知书等" in name]
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


def files_of(title):
    return {snippet.path for snippet in snippets(title)}


def words_of(project, paper):
    (path,) = project.joinpath("output").rglob(f"{paper}*.docx")
    return " ".join(docx_paragraphs(path.read_bytes()))


def told_in(project, text):
    """Add events to the sample case."""
    case = project / "cases" / "到责令.yaml"
    case.write_text(case.read_text("utf-8").replace("经过:\n", f"经过:\n{text}"), "utf-8")


def test_a_new_document_is_one_file(tmp_path):
    title = "加一种文书"
    assert len(files_of(title)) == 1
    project = project_with(title, tmp_path)
    for words in commands(title):
        done = kcbx(project, *words[1:])
        assert done.returncode == 0, done.stdout + done.stderr
    assert "普云飞，云岭县青石中学，2026年9月1日起没有到校" in words_of(project, "235-")


def test_a_new_document_is_held_to_the_law(tmp_path):
    """Where the law's list knows it, lint compares who may issue it."""
    project = project_with("加一种文书", tmp_path)
    listed = project / "kcbx_docs/law/data/documents.yaml"
    entry = "  - {文书: help-plan, 名称: 就学帮扶方案, 可制发: [{类型: 乡镇人民政府}]}\n"
    listed.write_text(listed.read_text("utf-8") + entry, "utf-8")
    assert "[PACK031]" in kcbx(project, "pack", "lint", "national").stdout


TALK = "  - {日期: 2026-09-25, 事项: 约谈, 对象: 普正华, 内容: 说明帮扶办法。, 记录人: 段晓岚}\n"


def test_a_new_event_with_its_document_and_step_is_three_files(tmp_path):
    title = "加一种事项和步骤"
    assert len(files_of(title)) == 3
    project = project_with(title, tmp_path)
    page, lint, following = commands(title)
    assert python(project, *page[1:]).returncode == 0
    assert "| 约谈 |" in (project / "docs/案件文件.md").read_text("utf-8")
    assert kcbx(project, *lint[1:]).returncode == 0
    assert "约谈 → 《约谈记录》" in kcbx(project, *following[1:]).stdout


def test_a_new_step_is_taken_and_its_record_is_evidence(tmp_path):
    project = project_with("加一种事项和步骤", tmp_path)
    told_in(project, TALK)
    wanted = ("--format", "docx", "--as-of", "2026-11-22", "--doc")
    for paper in ("约谈记录", "证据目录"):
        done = kcbx(project, "render", "cases/到责令.yaml", *wanted, paper)
        assert done.returncode == 0, done.stderr
    assert "说明帮扶办法。" in words_of(project, "225-")
    assert "约谈记录（2026年9月25日）" in words_of(project, "590-")


def test_a_new_event_is_checked_as_the_others(tmp_path):
    project = project_with("加一种事项和步骤", tmp_path)
    told_in(project, TALK.replace("内容: 说明帮扶办法。, ", ""))
    assert "[CASE040]" in kcbx(project, "check", "cases/到责令.yaml").stdout


def test_an_event_whose_step_and_document_differ_is_told(tmp_path):
    project = project_with("加一种事项和步骤", tmp_path)
    document = project / "templates/national/documents/talk-record.html"
    text = document.read_text("utf-8").replace("\n事项: 约谈\n", "\n事项: 联系\n")
    document.write_text(text, "utf-8")
    assert "[PACK036]" in kcbx(project, "pack", "lint", "national").stdout


ORDER = """\
  - {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 期限: 2026-10-20}
  - {日期: 2026-09-26, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 传真, %s}
"""
CONFIRMED = "    关系: 父亲\n    确认书日期: 2026-09-20\n"


def faxed(project, proof, confirmed=True):
    told_in(project, ORDER % proof)
    case = project / "cases" / "到责令.yaml"
    if confirmed:
        case.write_text(case.read_text("utf-8").replace("    关系: 父亲\n", CONFIRMED), "utf-8")
    done = kcbx(project, "next", "cases/到责令.yaml", "--as-of", "2026-10-08", "--json")
    return done.stdout


def test_a_new_way_of_service_is_two_files(tmp_path):
    title = "加一种送达方式"
    assert len(files_of(title)) == 2
    project = project_with(title, tmp_path)
    page, check = commands(title)
    assert python(project, *page[1:]).returncode == 0
    assert "| 传真 | 送达地址；到达日期 |" in (project / "docs/案件文件.md").read_text("utf-8")
    assert kcbx(project, *check[1:]).returncode == 0


SENT = "送达地址: 0877-0000009, 到达日期: 2026-09-27"


@pytest.mark.parametrize(
    ("proof", "confirmed", "served", "code"),
    [
        (SENT, True, True, ""),
        ("送达地址: 0877-0000009", True, False, "CASE043"),
        (SENT, False, False, "PROC102"),
    ],
    ids=["proved", "no proof", "not confirmed"],
)
def test_a_new_way_of_service_is_judged(tmp_path, proof, confirmed, served, code):
    told = faxed(project_with("加一种送达方式", tmp_path), proof, confirmed)
    assert ("责令期内" in told) is served
    assert code in told


def test_a_new_way_of_service_stands_on_the_receipt(tmp_path):
    project = project_with("加一种送达方式", tmp_path)
    faxed(project, SENT)
    wanted = ("--doc", "送达回证", "--format", "docx", "--as-of", "2026-10-08")
    done = kcbx(project, "render", "cases/到责令.yaml", *wanted)
    assert done.returncode == 0, done.stderr
    (receipt, *_) = sorted(project.joinpath("output").rglob("320-*责令*.docx"))
    assert "■传真送达" in " ".join(docx_paragraphs(receipt.read_bytes()))
