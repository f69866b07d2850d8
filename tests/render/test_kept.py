"""Plates from an earlier run: nothing is laid out again, and nothing is trusted that has changed."""

from pathlib import Path

import pytest

from kcbx_docs.render import keptplates, letters, typecase
from kcbx_docs.render.composing import Alike, Composer
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.printfile import About, print_papers
from tests.render.paper import fonts
from tests.render.stamped import alike, bodies_of

NOTICE = """
<h1>入学告知书</h1>
<p class="主送"><blank name="学生姓名" width="8">{0}</blank>同学的家长：</p>
<table widths="3 5"><tr><th>现住址</th><td><blank name="住址" width="5" class="格">{1}</blank></td></tr></table>
"""
ROWS = (("王春燕", "白沙村"), ("普䶮", "云岭县青石镇白沙村岩脚小组12号" * 3), ("李喆", "白沙村"))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "版")


@pytest.fixture(scope="module")
def papers() -> list[Alike]:
    return [alike(one) for one in bodies_of(NOTICE, ROWS, "学校通知")]


def printed(papers: list[Alike], kept: Kept | None) -> tuple[bytes, int]:
    """Print as a new process would; return the file and how many papers were laid out."""
    composer, laid_out = Composer(kept), []
    lay_out = composer.lay_out
    composer.lay_out = lambda *a, **b: laid_out.append(1) or lay_out(*a, **b)
    file, found = print_papers(papers, fonts(), About("打印", "学校"), composer)
    assert file is not None, found
    return file.data, len(laid_out)


@pytest.mark.pdf
def test_a_second_run_lays_nothing_out_and_gives_the_same_bytes(papers, kept: Kept) -> None:
    first, many = printed(papers, kept)
    second, none = printed(papers, kept)
    assert (many, none) == (3, 0)
    assert first == second == printed(papers, None)[0]


@pytest.mark.pdf
def test_a_second_run_needs_no_layout_engine_and_knows_other_values(
    papers, kept: Kept, monkeypatch
) -> None:
    """Other pupils, other lengths of numbers and codes: whatever consists of usual characters."""
    others = (("阿依古丽·买买提", "云岭镇岩脚村3号"), ("AT-7V", "2026（秋）7-01"))
    same = [alike(one) for one in bodies_of(NOTICE, others, "学校通知")]
    printed(papers, kept)
    wanted = printed(same, kept)[0]
    monkeypatch.setattr(typecase, "install", pytest.fail)
    assert printed(same, kept) == (wanted, 0)
    assert printed(same[:1] + papers[2:], kept)[1] == 0


@pytest.mark.pdf
def test_what_is_broken_or_could_be_anothers_is_made_again(papers, kept: Kept) -> None:
    first, many = printed(papers, kept)
    for place, path in enumerate(sorted(kept.folder.iterdir())):
        if place % 2:
            path.chmod(0o666)
        else:
            path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert printed(papers, kept) == (first, many)


@pytest.mark.pdf
def test_another_program_takes_nothing_over(papers, kept: Kept, monkeypatch) -> None:
    _, many = printed(papers, kept)
    for module in (keptplates, letters):
        monkeypatch.setattr(module, "programs", lambda: ("WeasyPrint 999",))
    assert printed(papers, kept)[1] == many


@pytest.mark.pdf
def test_no_word_of_a_paper_can_be_read_there(papers, kept: Kept) -> None:
    printed(papers, kept)
    paths = list(kept.folder.iterdir())
    whole = b"".join(path.read_bytes() for path in paths)
    assert paths
    assert not any(word.encode() in whole for word in ("入学告知书", "王春燕", "白沙村"))
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}


def test_only_who_holds_the_key_opens_an_entry(kept: Kept) -> None:
    kept.put(b"one", {"字": [1, 2.5, None]})
    (path,) = kept.folder.iterdir()
    path.rename(kept._path(b"other"))
    assert kept.get(b"one") is None
    assert kept.get(b"other") is None


def test_the_oldest_go_where_there_are_too_many(kept: Kept, monkeypatch) -> None:
    monkeypatch.setattr("kcbx_docs.render.kept.MOST", 400)
    for number in range(20):
        kept.put(b"%d" % number, {"字": number})
    assert sum(path.stat().st_size for path in kept.folder.iterdir()) <= 400
    assert kept.get(b"19") == {"字": 19}


def test_a_folder_that_others_may_write_into_is_not_believed(kept: Kept) -> None:
    kept.put(b"one", "字")
    kept.folder.chmod(0o777)
    assert kept.get(b"one") is None
    kept.folder.chmod(0o700)
    assert kept.get(b"one") == "字"
