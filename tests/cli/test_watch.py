"""kcbx watch checks what was saved, refreshes drafts, and leaves alone what a person edited."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from kcbx_docs.cli import watch as watching
from tests.cli.office import run

LETTER, CASE = "cases/通知.yaml", "cases/到责令.yaml"
DAY = ("--as-of", "2026-11-22")
Act = Callable[[], object]


@pytest.fixture
def watched(office: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to watch files while things are done, one after another, and then to stop."""

    def watch(words: Sequence[str], *acts: Act) -> tuple[Result, list[str]]:
        todo = [act for one in acts for act in (one, None, None)]

        def pause() -> None:
            if not todo:
                raise KeyboardInterrupt
            if act := todo.pop(0):
                act()

        with monkeypatch.context() as patched:
            patched.setattr(watching, "pause", pause)
            patched.setattr("kcbx_docs.clock.time_of_day", lambda: "10:32:05")
            done = run(office, "watch", *words, *DAY)
        return done, done.stdout.split("10:32:05　看了 ")[1:]

    return watch


def rewritten(path: Path, old: str, new: str) -> Act:
    def act() -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return act


def idle() -> None:
    """Do nothing for a while."""


def test_a_slip_is_told_when_saved_and_gone_when_mended(office, watched):
    path = office / CASE
    done, told = watched(
        [CASE, "--only-check"],
        idle,
        rewritten(path, "情形: 辍学", "情形：辍学"),
        idle,
        rewritten(path, "情形：辍学", "情形: 辍学"),
    )
    assert done.exit_code == 130 and done.stderr.endswith("已停下。\n")
    assert [("READ019" in one, "没有错误。" in one) for one in told] == [
        (False, True),
        (True, False),
        (False, True),
    ]
    assert not (office / "output").exists()


def test_drafts_are_refreshed_and_a_faulty_file_leaves_them(office, watched):
    drafts = office / "output/开学控辍保学通知/草稿"
    kept: list[bytes] = []

    def remember() -> None:
        kept.append(next(drafts.glob("*.docx")).read_bytes())

    done, told = watched(
        [LETTER, "--format", "docx"],
        remember,
        rewritten(office / LETTER, "附注: 此件", "附注：此件"),
        remember,
        rewritten(office / LETTER, "附注：此件公开", "附注: 此件不公开"),
        remember,
    )
    assert done.exit_code == 130 and kept[0] == kept[1] != kept[2]
    assert "1 份变了" in told[0] and "草稿不刷新" in told[1] and "1 份变了" in told[2]
    assert [path.name for path in drafts.parent.iterdir()] == ["草稿"]


def test_a_draft_that_a_person_edited_stays_and_it_is_said(office, watched):
    drafts = office / "output/开学控辍保学通知/草稿"

    def edit() -> None:
        next(drafts.glob("*.docx")).write_bytes(b"mine")

    _, told = watched(
        [LETTER, "--format", "docx"],
        edit,
        rewritten(office / LETTER, "附注: 此件公开发布", "附注: 此件不公开"),
    )
    assert len(told) == 2 and "CLI068" in told[1] and "有人改过" in told[1]
    assert [path.read_bytes() for path in drafts.glob("*.docx")] == [b"mine"]
    assert not (drafts / "人工修改").exists()


def test_what_a_case_rests_on_is_watched_with_it(office, watched):
    own = office / "kcbx.yaml"
    _, told = watched(
        [LETTER, "--format", "docx"],
        rewritten(own, "类型: 乡镇人民政府", "类型: 镇政府"),
        rewritten(own, "类型: 镇政府", "类型: 乡镇人民政府"),
    )
    assert ["kcbx.yaml:" in one for one in told] == [False, True, False]
    assert "都没有变" in told[2]


def test_a_batch_is_checked_with_its_roster_and_not_printed(office, watched):
    batch, roster = office / "cases/开学告知.yaml", office / "cases/名册.csv"
    roster.write_text("姓名,班级,家长\n和晓岚,七年级1班,和文军\n", "utf-8")
    rewritten(batch, "名册.xlsx", "名册.csv")()
    _, told = watched(
        ["cases/开学告知.yaml"],
        lambda: roster.write_text("姓名,班级\n和晓岚,七年级1班\n杨自强,七年级1班\n", "utf-8"),
    )
    assert "印 1" in told[0] and "印 2" in told[1]
    assert not (office / "output").exists()


def test_a_template_is_linted(office, watched):
    folder = office / "templates"
    (folder / "documents").mkdir(parents=True)
    path = folder / "documents/urge-notice.html"
    (folder / "pack.yaml").write_text(
        '名称: 青石镇\n版本: "1"\n来源: 举例\n核对日期: 2026-11-22\n', "utf-8"
    )
    path.write_text("---\n---\n{% block 帮助 %}<p>{{ super() }}</p>{% endblock %}\n", "utf-8")
    _, told = watched(["templates/documents/urge-notice.html"])
    assert len(told) == 1 and "urge-notice.html:" in told[0]


def test_quiet_while_nothing_changes(office, watched):
    done, told = watched([CASE, "--only-check"], idle, (office / CASE).touch, idle)
    assert len(told) == 1 and done.stdout.count("看了") == 1


def test_a_folder_or_a_mistyped_file_is_told_at_once(office):
    for words, code in (["cases"], "CLI067"), (["cases/到责今.yaml"], "READ001"):
        done = run(office, "watch", *words)
        assert done.exit_code == 1 and code in done.stderr


def test_a_file_that_goes_away_is_told_and_looked_for(office, watched):
    path = office / CASE
    text = path.read_text("utf-8")
    _, told = watched(
        [CASE, "--only-check"], path.unlink, *[idle] * 3, lambda: path.write_text(text, "utf-8")
    )
    assert ["READ001" in one for one in told] == [False, True, False]
