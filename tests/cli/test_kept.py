"""kcbx render as officers run it, one run after another:
what they made or changed is still there, and they are told.
"""

import errno
import json
import os
from pathlib import Path

import pytest

from tests.cli.office import run, tree

CASE = "cases/到责令.yaml"
DAY = ("--as-of", "2026-09-24")
EARLIER = ("--as-of", "2026-09-10")
WORD = ("--format", "docx")
ORDER = ("--doc", "责令限期改正通知书")
FOLDER = Path("output/2026-001")


@pytest.fixture
def made(office, monkeypatch):
    """The sample office with all papers of one case, as an office without Pango has them."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    assert run(office, "render", CASE, *DAY).exit_code == 0
    assert len(papers(office)) > 8
    return office


def papers(office: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(office / FOLDER).items() if name.endswith(".docx")}


def paper(office: Path, title: str) -> Path:
    (found,) = (path for path in (office / FOLDER).glob("*.docx") if title in path.name)
    return found


def edit(path: Path) -> bytes:
    """Change a paper as Word does; return what it is now."""
    path.write_bytes(path.read_bytes() + b"\xe4\xba\xba\xe5\xb7\xa5")
    os.utime(path, (1_795_000_000, 1_795_000_000))  # 2026-11-18
    return path.read_bytes()


def test_a_draft_of_one_paper_leaves_all_others_and_the_edited_one(made):
    """The README's own order: all papers first, then one of them as a draft."""
    edited = edit(paper(made, "学校书面报告"))
    before = tree(made / FOLDER)
    done = run(made, "render", CASE, *ORDER, "--draft", *WORD, *DAY)
    assert done.exit_code == 0
    assert f"{CASE} → output/2026-001/草稿/" in done.stdout
    assert tree(made / FOLDER).items() >= before.items()
    assert edited in papers(made).values()
    assert any(name.startswith("草稿/310-") for name in papers(made))


def test_one_paper_again_changes_only_that_one(made):
    edited = edit(paper(made, "310-责令送被监护人接受义务教育通知书-普正华"))
    before = papers(made)
    done = run(made, "render", CASE, "--doc", "学校书面报告", *DAY)
    assert done.exit_code == 0
    assert papers(made) == before
    assert edited in papers(made).values()
    assert "230-学校书面报告  docx" in done.stdout and "310-" not in done.stdout


def test_a_full_run_keeps_the_edited_paper_aside_and_names_both(made):
    path = paper(made, "学校书面报告")
    original = path.read_bytes()
    edited = edit(path)
    done = run(made, "render", CASE, *DAY)
    kept = f"人工修改/{path.stem}（2026-11-18）.docx"
    assert done.exit_code == 0
    assert (path.read_bytes(), (made / FOLDER / kept).read_bytes()) == (original, edited)
    line = next(line for line in done.stderr.splitlines() if "[PAPR011]" in line)
    assert f"「{FOLDER / path.name}」" in line and f"「{kept}」" in line


def test_the_same_run_again_says_nothing_new(made):
    first = run(made, "render", CASE, *DAY)
    again = run(made, "render", CASE, *DAY)
    assert (first.output, first.exit_code) == (again.output, 0)
    assert "PAPR01" not in first.stderr


def test_scans_beside_the_papers_stay(made):
    (made / FOLDER / "照片").mkdir()
    for name in ("签收的回证.pdf", "照片/家访.jpg"):
        (made / FOLDER / name).write_bytes(b"scan")
    run(made, "render", CASE, *DAY)
    run(made, "render", CASE, *ORDER, *DAY)
    assert (made / FOLDER / "签收的回证.pdf").exists()
    assert (made / FOLDER / "照片/家访.jpg").exists()


def test_a_paper_that_is_not_made_any_more_is_moved_and_told(made):
    """Rendered once more as of an earlier day:
    the record of the third visit, long signed, is not lost.
    """
    before = papers(made)
    done = run(made, "render", CASE, *EARLIER)
    gone = before.keys() - papers(made).keys()
    assert "210-劝返记录-第3次.docx" in gone
    line = next(line for line in done.stderr.splitlines() if "[PAPR014]" in line)
    assert f"「{FOLDER / '旧文书'}」" in line and all(name in line for name in gone)
    old = {data for name, data in papers(made).items() if name.startswith("旧文书/")}
    assert old >= {before[name] for name in gone}


def test_all_stays_as_it_was_while_one_paper_is_open_in_word(made, monkeypatch):
    """As on Windows: the system refuses to move a file that a program has open."""
    path = paper(made, "学校书面报告")
    rename = os.rename

    def guarded(source, target, **options):
        if Path(source).name == path.name:
            raise PermissionError(errno.EACCES, "WinError 32", str(source), 32, str(target))
        rename(source, target, **options)

    (made / CASE).write_text((made / CASE).read_text("utf-8").replace("普云飞", "普云霏"), "utf-8")
    before = tree(made / "output")
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", guarded)
        done = run(made, "render", CASE, *DAY)
    assert done.exit_code == 1
    assert f"[PAPR007] 无法写入「{FOLDER / path.name}」" in done.stderr
    assert "请关闭正在打开的文件" in done.stderr
    assert tree(made / "output") == before
    assert [p.name for p in (made / "output").glob(".kcbx-*")] == [".kcbx-lock"]
    assert run(made, "render", CASE, *DAY).exit_code == 0
    assert tree(made / "output") != before


def test_another_child_in_the_same_folder_is_refused(made):
    """One case is finished and taken away; the next one is given the same number."""
    text = (made / CASE).read_text("utf-8")
    (made / CASE).unlink()
    other = text.replace("普云飞", "普云天").replace("530499201305061217", "53049920140506241X")
    (made / "cases/下一个.yaml").write_text(other, "utf-8")
    before = tree(made / "output")
    done = run(made, "render", "cases/下一个.yaml", *DAY)
    assert done.exit_code == 1
    assert "[PAPR016] 「output/2026-001」里是另一个案件" in done.stderr
    assert tree(made / "output") == before
    assert run(made, "render", "cases/下一个.yaml", *DAY, "--out", "另放").exit_code == 0


def test_programs_are_told_as_well(made):
    edit(paper(made, "学校书面报告"))
    done = run(made, "render", CASE, "--doc", "学校书面报告", *DAY, "--json")
    told = json.loads(done.stdout)
    assert told["ok"] is True
    assert "PAPR011" in [one["code"] for one in told["problems"]]
    assert told["papers"][0]["folder"] == str(FOLDER)


def test_the_print_files_of_a_class_that_has_another_name_go_and_are_told(office, monkeypatch):
    """A school prints what is in the folder:
    an old class list beside the new one is printed, too.
    """
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    (office / "cases/名册.csv").write_text("班级,姓名,父亲姓名\n七年级1班,普云飞,普大明\n", "utf-8")
    (office / "cases/秋季.yaml").write_text(
        "批次: 秋季\n学期: 2026年秋季学期\n学校: 云岭县青石中学\n名册: {文件: 名册.csv}\n文书: [控辍保学告知书]\n",
        "utf-8",
    )
    words = ("render", "cases/秋季.yaml", "--as-of", "2026-09-01")
    first = run(office, *words)
    assert first.exit_code == 0, first.stderr
    roster = office / "cases/名册.csv"
    roster.write_text(roster.read_text("utf-8").replace("七年级1班", "八年级1班"), "utf-8")
    done = run(office, *words)
    printed = {path.parent.name == "旧文书" for path in _prints_of(office, "七年级1班")}
    assert printed == {True} and _prints_of(office, "八年级1班")
    assert "[PAPR040]" in done.stderr and "七年级1班" in done.stderr


def _prints_of(office, name):
    return [path for path in (office / "output/秋季").rglob("*.docx") if name in path.name]


ISSUED = """\
  - {日期: 2026-10-08, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责〔2026〕1号}
"""
WITHDRAWN = """\
  - {日期: 2026-10-12, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 期限写错}
"""
LATER = ("--as-of", "2026-10-15")


@pytest.fixture
def issued(made):
    """The sample office after an order was given its number and handed out."""
    rewrite(made, "\n责令:", f"\n{ISSUED}责令:")
    assert run(made, "render", CASE, *LATER).exit_code == 0
    return made


def rewrite(office: Path, old: str, new: str) -> None:
    path = office / CASE
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def old_papers(office: Path) -> list[bytes]:
    return [path.read_bytes() for path in (office / FOLDER / "旧文书").glob("310-*.docx")]


def orders(office: Path) -> set[bytes]:
    return {path.read_bytes() for path in (office / FOLDER).glob("310-*.docx")}


def test_an_issued_order_that_was_withdrawn_stays_beside_the_new_one(issued):
    """It used to be replaced by a new order without a number, under the same name."""
    before = orders(issued)
    rewrite(issued, ISSUED, ISSUED + WITHDRAWN)
    done = run(issued, "render", CASE, *LATER)
    assert done.exit_code == 0 and "[PAPR022]" in done.stderr
    assert set(old_papers(issued)) == before and orders(issued).isdisjoint(before)


def test_an_issued_order_whose_words_change_is_kept_as_it_was(issued):
    before = orders(issued)
    rewrite(issued, "收到之日起10日", "收到之日起15日")
    done = run(issued, "render", CASE, *ORDER, *WORD, *LATER)
    assert done.exit_code == 0 and "[PAPR022]" in done.stderr
    assert set(old_papers(issued)) == before


def test_an_issued_order_made_again_as_it_was_says_nothing(issued):
    before = tree(issued / FOLDER)
    done = run(issued, "render", CASE, *LATER)
    assert "[PAPR022]" not in done.stderr and tree(issued / FOLDER) == before


def test_an_order_that_was_not_issued_is_simply_made_anew(made):
    run(made, "render", CASE, *LATER)
    done = run(made, "render", CASE, "--as-of", "2026-10-16")
    assert done.exit_code == 0 and "[PAPR022]" not in done.stderr
    assert old_papers(made) == []


def test_records_that_slide_into_the_place_of_a_deleted_event_are_kept(made):
    """第1次 became 第2次's record without a word, and only 第3次 was moved."""
    first, second = (
        paper(made, "劝返记录-第1次").read_bytes(),
        paper(made, "劝返记录-第2次").read_bytes(),
    )
    text = (made / CASE).read_text("utf-8")
    start = text.index("  - 日期: 2026-09-03")
    end = text.index("\n  - 日期:", start) + 1
    (made / CASE).write_text(text[:start] + text[end:], "utf-8")
    done = run(made, "render", CASE, *DAY)
    assert done.exit_code == 0 and "[PAPR022]" in done.stderr
    kept = [path.read_bytes() for path in (made / FOLDER / "旧文书").glob("210-*.docx")]
    assert first in kept and second in kept
