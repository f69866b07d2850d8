"""The recipes of CONTRIBUTING.md, carried out on a copy of the project."""

import pytest

from kcbx_docs.render.text import docx_paragraphs
from tests.recipes import Snippet, commands, kcbx, project_with, python, snippets

pytestmark = [pytest.mark.alike, pytest.mark.long]


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


CHECK, DOCUMENT, EVENT = "加一项检查", "加一种文书", "加一种事项和步骤"
SERVICE, FORMAT, PLACE, YEAR = "加一种送达方式", "加一种输出格式", "加一个省或县", "加一年日历"
RECIPES = (DOCUMENT, EVENT, CHECK, SERVICE, FORMAT, PLACE, YEAR)
ORDERED = ("next", "cases/到责令.yaml", "--as-of", "2026-09-24", "--json")


def asked(title):
    """Return the commands of a recipe that are kcbx's own; its packs are linted once, below."""
    return [words[1:] for words in commands(title) if words[0] == "kcbx" and "lint" not in words]


def in_order(done):
    """Tell what commands said; each must have ended well."""
    for one in done:
        assert one.code == 0, one.out + one.err
    return [one.out for one in done]


def rewritten(project, path, old, new):
    """Change a text in a file of the copy."""
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), "utf-8")


def another_case(project, name):
    """Write the sample case once more, under another number; return its path."""
    text = (project / "cases/到责令.yaml").read_text("utf-8")
    path = f"cases/{name}.yaml"
    (project / path).write_text(text.replace("编号: 2026-001", f"编号: {name}"), "utf-8")
    return path


def words_of(project, paper):
    (path,) = project.joinpath("output").rglob(f"{paper}*.docx")
    return " ".join(docx_paragraphs(path.read_bytes()))


def test_whoever_follows_every_recipe_has_packs_and_docs_in_order(tmp_path):
    """Lint and the generator read everything, so they run once for all the recipes."""
    project = project_with(tmp_path, *RECIPES)
    told = [words for title in RECIPES for words in commands(title)]
    assert ["kcbx", "pack", "lint", "guizhou"] in told and ["kcbx", "pack", "lint"] in told
    generator = next(words for words in told if words[0] == "python")
    made = python(project, *generator[1:])
    pages = {path for path in made.stdout.split() if path.startswith("docs/")}
    told_anew = ("案件文件", "错误代码", "命令", "模板包的键")  # with the new words as examples
    assert pages == {f"docs/{name}.md" for name in told_anew}, made.stderr
    events = (project / "docs/案件文件.md").read_text("utf-8")
    assert "| 约谈 |" in events and "| 传真 | 送达地址；到达日期 |" in events
    assert "没有上门劝返过" in (project / "docs/错误代码.md").read_text("utf-8")
    in_order(kcbx(project, ["pack", "lint", "national", "guizhou"]))


def test_lint_tells_what_of_a_recipe_was_forgotten(tmp_path):
    """A check without its function, a step whose document speaks of another event,
    and a document that the law's list gives to another organ.
    """
    project = project_with(tmp_path, CHECK, DOCUMENT, EVENT)
    rewritten(project, "kcbx_docs/procedure/checks/order.py", '"上门劝返过": visited,', "")
    talk = "templates/national/documents/talk-record.html"
    rewritten(project, talk, "\n事项: 约谈\n", "\n事项: 联系\n")
    for other in (project / "templates/national/documents").glob("*.html"):
        if other.stem not in ("talk-record", "help-plan"):
            other.unlink()  # the whole pack was read above
    entry = "  - {文书: help-plan, 名称: 就学帮扶方案, 可制发: [{类型: 乡镇人民政府}]}\n"
    with (project / "kcbx_docs/law/data/documents.yaml").open("a", encoding="utf-8") as listed:
        listed.write(entry)
    (linted,) = kcbx(project, ["pack", "lint", "national"])
    assert linted.code == 1
    assert {code for code in ("PROC010", "PACK036", "PACK031") if code not in linted.out} == set()


def test_a_new_check_refuses_who_only_telephoned_and_allows_who_went(tmp_path):
    project = project_with(tmp_path, CHECK)
    telephoned = another_case(project, "电话")
    rewritten(project, telephoned, "方式: 家访", "方式: 电话")
    went, refused = in_order(kcbx(project, ORDERED, ["next", telephoned, *ORDERED[2:]]))
    assert "PROC290" not in went
    assert "没有上门劝返过 普正华。" in refused


def test_a_new_province_prints_its_own_title(tmp_path):
    project = project_with(tmp_path, PLACE)
    rewritten(project, "kcbx.yaml", '"530499"', '"520123"')
    wanted = ("--doc", "order-to-correct", "--format", "docx", "--as-of", "2026-09-24")
    in_order(kcbx(project, *asked(PLACE), ["render", "cases/到责令.yaml", *wanted]))
    papers = sorted(path.name for path in (project / "output").rglob("310-*.docx"))
    title = "310-责令送子女入学通知书"
    assert papers == [f"{title}-普正华.docx", f"{title}-李桂仙.docx"]


def test_a_new_year_is_known_to_periods_that_run_into_it(tmp_path):
    """Before, the same question is refused with the name of the missing file."""
    project = project_with(tmp_path, YEAR)
    done = kcbx(project, *asked(YEAR))
    told = in_order(done)
    assert [one.err for one in done if "CAL0" in one.out + one.err] == []
    assert "第10个工作日为2027年1月12日（星期二）" in told[-1]
    (project / "kcbx_docs/law/data/calendar/2027.yaml").unlink()
    (refused,) = kcbx(project, asked(YEAR)[-1])
    assert "[CAL001]" in refused.err


def test_a_new_format_is_offered_and_made_of_a_case_and_of_a_batch(tmp_path):
    project = project_with(tmp_path, FORMAT)
    case, batch = asked(FORMAT)
    mistyped = ["render", "cases/到责令.yaml", "--format", "odt"]
    words = ("--doc", "学校书面报告", "--as-of", "2026-11-22", "--draft", "--format", "docx,txt")
    draft = ["render", "cases/到责令.yaml", *words]
    refused, *done = kcbx(project, mistyped, case, batch, draft)
    assert "可以写 docx、pdf、txt 或 docx,pdf,txt。" in refused.err
    in_order(done)
    (name,) = (path.name for path in (project / "output/2026-001").glob("230-*.txt"))
    text = (project / "output/2026-001" / name).read_text("utf-8")
    assert "普云飞" in text and len(text.splitlines()) > 5
    listed = (project / "output/2026-001/manifest.json").read_text("utf-8")
    assert name in listed
    (drafted,) = (project / "output/2026-001/草稿").glob("230-*.txt")
    assert drafted.read_text("utf-8").startswith("草稿\n")
    assert drafted.with_suffix(".docx").exists()
    classes = sorted((project / "output/开学告知").glob("*告知书等*.txt"))
    assert len(classes) > 1 and classes[0].read_text("utf-8").count("\f") > 10


def files_of(title):
    return {snippet.path for snippet in snippets(title)}


def test_a_new_document_is_one_file(tmp_path):
    assert len(files_of(DOCUMENT)) == 1
    project = project_with(tmp_path, DOCUMENT)
    in_order(kcbx(project, *asked(DOCUMENT)))
    assert "普云飞，云岭县青石中学，2026年9月1日起没有到校" in words_of(project, "235-")


TALK = "  - {日期: 2026-09-25, 事项: 约谈, 对象: 普正华, 内容: 说明帮扶办法。, 记录人: 段晓岚}\n"


def told_in(project, path, text):
    """Add events to a case."""
    rewritten(project, path, "经过:\n", f"经过:\n{text}")


def test_a_new_event_has_its_step_its_document_and_is_checked_and_evidence(tmp_path):
    assert len(files_of(EVENT)) == 3
    project = project_with(tmp_path, EVENT)
    short = another_case(project, "没有内容")
    told_in(project, short, TALK.replace("内容: 说明帮扶办法。, ", ""))
    told = another_case(project, "约谈过")
    told_in(project, told, TALK)
    wanted = ("--format", "docx", "--as-of", "2026-11-22", "--doc")
    papers = (["render", told, *wanted, paper] for paper in ("监护人约谈记录", "证据目录"))
    checked, offered, *rendered = kcbx(project, ["check", short], *asked(EVENT), *papers)
    assert "约谈 → 《监护人约谈记录》" in offered.out
    assert "[CASE040]" in checked.out
    in_order(rendered)
    assert "说明帮扶办法。" in words_of(project, "225-")
    assert "监护人约谈记录（2026年9月25日）" in words_of(project, "590-")


ORDER = """\
  - {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 期限: 2026-10-20}
  - {日期: 2026-09-26, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 传真, %s}
"""
SENT = "送达地址: 0877-0000009, 到达日期: 2026-09-27"
UNPROVED = "送达地址: 0877-0000009"


def faxed(project, name, proof, confirmed=True):
    """Write a case whose order was sent by fax; return the question where it stands."""
    path = another_case(project, name)
    told_in(project, path, ORDER % proof)
    if confirmed:
        father = "    关系: 父亲\n"
        rewritten(project, path, father, f"{father}    确认书日期: 2026-09-20\n")
    return ["next", path, "--as-of", "2026-10-08", "--json"]


def test_a_new_way_of_service_is_judged_and_stands_on_the_receipt(tmp_path):
    assert len(files_of(SERVICE)) == 2
    project = project_with(tmp_path, SERVICE)
    questions = (
        faxed(project, "送达", SENT),
        faxed(project, "没有证明", UNPROVED),
        faxed(project, "没有同意", SENT, confirmed=False),
    )
    wanted = ("--doc", "送达回证", "--format", "docx", "--as-of", "2026-10-08")
    receipt = ["render", "cases/送达.yaml", *wanted]
    proved, unproved, unasked, *done = kcbx(project, *questions, receipt, *asked(SERVICE))
    in_order(done)
    assert "责令期内" in proved.out and "CASE043" not in proved.out
    assert "责令期内" not in unproved.out and "CASE043" in unproved.out
    assert "责令期内" not in unasked.out and "PROC102" in unasked.out
    (served, *_) = sorted(project.joinpath("output").rglob("320-*责令*.docx"))
    assert "■传真送达" in " ".join(docx_paragraphs(served.read_bytes()))
