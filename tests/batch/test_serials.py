"""A pupil keeps the serial; the same words are not given out twice; nothing of a run is lost."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.batch.preflight import MadePupil
from kcbx_docs.batch.serials import head_of_school, heads_of, term_in_full
from kcbx_docs.batch.words import Words
from kcbx_docs.case.model import School
from kcbx_docs.filing.folder import file_papers
from kcbx_docs.filing.render import render_file
from kcbx_docs.ledger.book import FOLDER, open_book
from kcbx_docs.office.slips import Slip, slips_of
from kcbx_docs.papers.files import File, Papers, Wanted
from kcbx_docs.problems import Place, UserError, stop
from tests.batch.conftest import DAY, Render
from tests.batch.test_preflight import change

TENTH = "青石中学26秋七10"
NEXT_DAY = DAY + datetime.timedelta(days=1)


def slips(school: Path) -> dict[str, Slip]:
    return {slip.serial: slip for slip in slips_of(open_book(school / FOLDER))}


def printed(school: Path) -> dict[str, str]:
    """Return who holds which serial now."""
    return {s.name: s.serial for s in slips(school).values() if s.state == "印发"}


def kinds(school: Path) -> list[str]:
    return [one.kind for one in open_book(school / FOLDER).events()]


def files(written) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in written.files if path.suffix == ".docx"}


@pytest.mark.parametrize(
    ("name", "code", "term", "head"),
    [
        ("云岭县青石中学", "", "2026年秋季学期", "青石中学26秋"),
        ("云岭县青石镇白沙小学", "白小", "2026-2027学年第二学期", "白小27春"),
        ("沙市中学", "", "2026—2027学年上学期", "沙市中学26秋"),
        ("云岭县城关学校", "", "军训周", "城关学校"),
    ],
)
def test_a_serial_names_school_and_term_in_short(name, code, term, head) -> None:
    assert head_of_school(School(名称=name, 学校代字=code), term) == head


def test_no_two_classes_have_one_series() -> None:
    assert heads_of(["七年级1班", "八年级（2）班", ""], "青中26秋") == {
        "七年级1班": "青中26秋七1",
        "八年级（2）班": "青中26秋八2",
        "": "青中26秋未分班",
    }
    assert heads_of(["七1", "七年级1班"], "") == {"七1": "七1", "七年级1班": "七年级1班"}


def test_the_ledger_holds_serials_and_no_name_outside_the_list(
    render: Render, school: Path
) -> None:
    render()
    assert kinds(school) == ["建册", "备号", "印发"]
    told = [json.dumps(dict(one.data)) for one in open_book(school / FOLDER).events()]
    assert not [name for name in ("普云飞", "李志远") for data in told if name in json.loads(data)]
    slip = slips(school)[f"{TENTH}-001"]
    assert (slip.name, slip.class_name, slip.day, slip.state) == (
        "普云飞",
        "七年级10班",
        DAY,
        "印发",
    )
    assert slip.papers == ("notice", "promise") and len(slip.code) > 20


def test_the_same_run_again_is_the_same_bytes_and_no_event_even_on_another_day(
    render: Render, school: Path
) -> None:
    first = files(render())
    count = len(kinds(school))
    assert files(render(day=NEXT_DAY)) == first
    assert len(kinds(school)) == count


def test_an_inserted_row_changes_nobodys_serial(render: Render, school: Path) -> None:
    render()
    before = printed(school)
    change(school / "cases/名册.csv", "父亲姓名\n", "父亲姓名\n七年级10班,和晓岚,白沙村9号,和大\n")
    written = render(day=NEXT_DAY)
    assert printed(school) == {**before, "和晓岚": f"{TENTH}-004"}
    assert [one.message for one in written.problems if one.code == "BTCH029"] == [
        "5 名学生以前印发过，内容没有变，编号照旧；新印的 1 名："
        f"{TENTH}-004 在 开学/02-七年级10班-1入学告知书等.docx 里。"
    ]


def test_other_words_give_a_new_serial_and_the_old_one_is_void(
    render: Render, school: Path
) -> None:
    render()
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
    told = [one.message for one in render().problems if one.code == "BTCH026"]
    assert told == [
        f"1 名学生给了新编号，旧编号作废（内容与上次印发的不同）：{TENTH}-003→{TENTH}-004。"
    ]
    assert printed(school)["李喆"] == f"{TENTH}-004"
    void = slips(school)[f"{TENTH}-003"]
    assert (void.state, void.reason) == ("作废", "内容与上次印发的不同")


def test_what_no_paper_prints_may_be_put_right_without_a_new_paper(
    render: Render, school: Path
) -> None:
    change(school / "cases/名册.csv", "父亲姓名", "父亲姓名,民族")
    render()
    before = printed(school)
    change(school / "cases/名册.csv", "普大明", "普大明,彝族")
    render()
    assert printed(school) == before


def test_a_guardian_put_right_is_the_same_pupil_and_a_namesake_is_not(
    render: Render, school: Path
) -> None:
    render()
    change(school / "cases/名册.csv", "李喆,白沙村5号,李志远", "李喆,白沙村5号,李志勇")
    render()
    assert printed(school)["李喆"] == f"{TENTH}-004"
    assert slips(school)[f"{TENTH}-003"].state == "作废"


def test_who_moves_to_another_class_gets_a_serial_of_that_class(
    render: Render, school: Path
) -> None:
    render()
    change(school / "cases/名册.csv", "七年级10班,李喆", "七年级2班,李喆")
    render()
    assert printed(school)["李喆"] == "青石中学26秋七2-003"
    assert slips(school)[f"{TENTH}-003"].state == "作废"


NUMBERED = ("班级,姓名,现住址,父亲姓名\n", "班级,姓名,现住址,父亲姓名,出生日期\n")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("李子风,白沙村5号,李志远", "李子丰,白沙村5号,李志远", "BTCH049"),
        ("李子风,白沙村5号,李志远,2013-05-06", "李子丰,白沙村5号,李志远,2013-05-06", "BTCH049"),
        ("李子风,白沙村5号,", "李子丰,白沙村5号,", "BTCH050"),
        ("李子风,白沙村5号,李志远,2013-05-06", "李子丰,白沙村5号,李志远,2012-01-02", "BTCH050"),
        ("李子风,白沙村5号,李志远", "赵大同,白沙村5号,李志远", ""),
    ],
    ids=["监护人相同", "出生日期和监护人相同", "没有可以对照的", "出生日期不同", "别的姓名"],
)
def test_a_pupil_whose_name_was_put_right_is_the_same_one(
    render: Render, school: Path, before: str, after: str, code: str
) -> None:
    """He was one gone and one new: two valid serials for one child."""
    roster = school / "cases/名册.csv"
    change(roster, *NUMBERED)
    change(roster, "李喆,白沙村5号,李志远", before)
    render()
    change(roster, before, after)
    told = {one.code: one.message for one in render().problems}
    assert {"BTCH049", "BTCH050"} & set(told) == {code} - {""}
    assert slips(school)[f"{TENTH}-003"].state == ("作废" if code == "BTCH049" else "印发")
    if code:
        assert f"李子风（{TENTH}-003）→李子丰" in told[code]
    again = {one.code for one in render().problems}
    assert "BTCH049" not in again, "told once, when it is printed"


def test_a_shorter_roster_takes_nothing_away(render: Render, school: Path) -> None:
    first = files(render())
    change(school / "cases/名册.csv", "七年级2班,岩温罕,白沙村4号,岩罕\n", "")
    change(
        school / "cases/名册.csv",
        "七年级2班,阿卜杜热合曼·阿卜杜热西提,白沙村2号,居马洪·买买提\n",
        "",
    )
    written = render()
    assert [one.code for one in written.problems if one.code == "BTCH024"] == ["BTCH024"]
    assert slips(school)["青石中学26秋七2-001"].state == "印发"
    kept = {path.read_bytes() for path in written.folder.rglob("*.docx")}
    assert set(first.values()) <= kept


def test_a_batch_under_another_name_gives_nobody_new_papers(render: Render, school: Path) -> None:
    for document in ("notice", "promise"):
        path = school / f"templates/national/documents/{document}.html"
        path.write_text(path.read_text("utf-8").replace("{{ 批次.名称 }}-", ""), "utf-8")
    render()
    before = printed(school)
    change(school / "cases/开学.yaml", "批次: 开学", "批次: 秋季")
    render()
    assert printed(school) == before


def test_two_batches_over_one_roster_never_share_a_serial(render: Render, school: Path) -> None:
    render()
    other = (school / "cases/开学.yaml").read_text("utf-8")
    other = other.replace("批次: 开学", "批次: 家长会").replace("入学告知书, ", "")
    (school / "cases/家长会.yaml").write_text(other, "utf-8")
    render_file(school / "cases/家长会.yaml", Wanted(DAY, formats=("docx",)))
    held = [s.serial for s in slips(school).values() if s.state == "印发"]
    assert len(held) == len(set(held)) == 10


class TestOnly:
    def test_one_pupil_is_printed_apart_and_the_class_stays(
        self, render: Render, school: Path
    ) -> None:
        first = render()
        asked = BatchAsked(only=("李喆",), again=True)
        part = render(asked=asked, reason="回执丢失")
        assert [path.name for path in part.files[:2]] == [
            "02-七年级10班-补印004-1入学告知书等.docx",
            "02-七年级10班-补印004-2签收表.docx",
        ]
        assert all(path.exists() for path in first.files)
        assert slips(school)[f"{TENTH}-003"].reason == "回执丢失"

    def test_the_same_words_are_not_given_out_twice_without_a_reason(self, render: Render) -> None:
        render()
        for asked, code in (
            (BatchAsked(only=("李喆",)), "BTCH027"),
            (BatchAsked(only=("李喆",), again=True), "BTCH028"),
        ):
            with pytest.raises(UserError) as stopped:
                render(asked=asked)
            assert [one.code for one in stopped.value.problems if one.is_error] == [code]

    def test_it_is_said_in_which_file_the_papers_lie(self, render: Render) -> None:
        render()
        with pytest.raises(UserError) as stopped:
            render(asked=BatchAsked(only=("李喆",)))
        (told,) = (one for one in stopped.value.problems if one.is_error)
        assert "开学/02-七年级10班-1入学告知书等.docx" in told.hint

    def test_a_serial_that_is_void_leads_to_the_one_in_its_place(
        self, render: Render, school: Path
    ) -> None:
        render()
        change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
        render()
        with pytest.raises(UserError, match="已经作废，现在是 青石中学26秋七10-004"):
            render(asked=BatchAsked(only=("七10-003",)))

    @pytest.mark.parametrize("word", ["七年级2班", "七2", "七（2）班"])
    def test_a_class_alone_keeps_its_place_among_all(self, render: Render, word: str) -> None:
        written = render(asked=BatchAsked(only=(word,)))
        names = [path.name for path in written.files if path.suffix == ".docx"]
        assert names == ["01-七年级2班-1入学告知书等.docx", "01-七年级2班-2签收表.docx"]

    def test_a_name_that_two_have_is_asked_about(self, render: Render, school: Path) -> None:
        change(
            school / "cases/名册.csv",
            "七年级10班,李喆",
            "七年级2班,李喆,街上,李三\n七年级10班,李喆",
        )
        with pytest.raises(UserError) as stopped:
            render(asked=BatchAsked(only=("李喆",)))
        (told,) = (one for one in stopped.value.problems if one.is_error)
        assert told.message == "「李喆」有 2 人：七年级2班李喆（第6行）、七年级10班李喆（第7行）。"
        written = render(asked=BatchAsked(only=("第7行",)))
        assert "02-七年级10班-补印001-1入学告知书等.docx" in {path.name for path in written.files}

    def test_who_is_not_there_is_asked_about(self, render: Render) -> None:
        with pytest.raises(UserError) as stopped:
            render(asked=BatchAsked(only=("李哲",)))
        assert "没有「李哲」" in str(stopped.value)

    def test_who_is_held_back_is_told_why_and_where_and_nobody_else_is(
        self, render: Render, school: Path
    ) -> None:
        change(school / "cases/名册.csv", "父亲姓名\n", "父亲姓名,状态\n")
        change(school / "cases/名册.csv", "李志远", "李志远,休学")
        change(school / "cases/名册.csv", "王国良", "王国良,转学")
        with pytest.raises(UserError) as stopped:
            render(asked=BatchAsked(only=("李喆",)))
        told = {one.code: one for one in stopped.value.problems if "学" in one.message}
        assert "「李喆」的状态是「休学」" in told["ROST056"].message
        assert told["BTCH046"].message == "一名学生也没有印：「李喆」暂缓了。"
        assert told["BTCH046"].place.path == "第6行"
        assert not [one for one in stopped.value.problems if "王䶮" in one.message]
        written = render(asked=BatchAsked(only=("普云飞",)))
        assert not [one for one in written.problems if one.code == "ROST056"]


def test_a_draft_books_nothing(render: Render, school: Path) -> None:
    render(draft=True)
    assert not (school / FOLDER).exists()


def test_a_roster_that_is_gone_changes_nothing(render: Render, school: Path) -> None:
    first = render()
    (school / "cases/名册.csv").unlink()
    count = len(kinds(school))
    with pytest.raises(UserError):
        render()
    assert all(path.exists() for path in first.files)
    assert len(kinds(school)) == count


def test_where_no_ledger_may_lie_it_prints_by_row_and_says_so(
    render: Render, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise stop("LEDG009", Place(), place=school, name="同步")

    monkeypatch.setattr("kcbx_docs.filing.batch.book_of", refused)
    written = render()
    assert [one.severity for one in written.problems if one.code == "BTCH025"] == ["warning"]
    assert not (school / FOLDER).exists()
    names = {path.name for path in written.files}
    assert "01-七年级2班-1入学告知书等.docx" in names


def test_a_template_that_says_the_same_voids_nobodys_papers(render: Render, school: Path) -> None:
    """A new release may set a paper otherwise, or word its source otherwise."""
    render()
    before = printed(school)
    notice = school / "templates/national/documents/notice.html"
    change(notice, "{{ 学校.名称 }}电话：", "{% set 校 = 学校.名称 %}\n{{ 校 }}电话：")
    change(notice, '<blank name="学生姓名" width="8">', '<blank name="学生姓名" width="9">')
    change(school / "templates/national/pack.yaml", "版本: '1'", "版本: '2'")
    assert not [one for one in render().problems if one.code == "BTCH026"]
    assert printed(school) == before


def test_what_an_older_program_recorded_voids_nobodys_papers(
    render: Render, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until November 2026 the words were hashed before there was a serial or a code."""

    def of_then(words: Words, one: MadePupil) -> str:
        return words._hash_of(replace(one.who, serial="—", code=""))

    with monkeypatch.context() as patch:
        patch.setattr(Words, "of_printed", of_then)
        render()
    before, count = slips(school), len(kinds(school))
    assert not [one for one in render().problems if one.code == "BTCH026"]
    assert (slips(school), len(kinds(school))) == (before, count)
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
    (told,) = (one for one in render().problems if one.code == "BTCH026")
    assert "1 名学生给了新编号" in told.message


def test_a_word_of_a_template_that_changed_gives_new_papers(render: Render, school: Path) -> None:
    render()
    promise = school / "templates/national/documents/promise.html"
    change(promise, "保证送孩子上学", "保证按时送孩子上学")
    (told,) = (one for one in render().problems if one.code == "BTCH026")
    assert "5 名学生给了新编号" in told.message


class TestReplacedFiles:
    """A print file that was replaced, or is left in another format, is never taken for the new."""

    def test_the_old_file_is_kept_aside(self, render: Render, school: Path) -> None:
        old = files(render())["02-七年级10班-1入学告知书等.docx"]
        change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
        written = render()
        kept = [path.read_bytes() for path in (written.folder / "旧文书").iterdir()]
        assert old in kept
        assert "PAPR040" in {one.code for one in written.problems}

    def test_what_did_not_change_stays_where_it_is(self, render: Render, school: Path) -> None:
        render()
        written = render(day=NEXT_DAY)
        assert not (written.folder / "旧文书").exists()
        change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
        names = [path.name for path in (render().folder / "旧文书").iterdir()]
        assert not [name for name in names if name.startswith("01-七年级2班")]

    def test_word_files_of_void_serials_do_not_stay_beside_new_pdfs(self, tmp_path: Path) -> None:
        def batch(serial: str, name: str, extent: str) -> Papers:
            about = {"papers": [{"serial": serial, "content": f"字{serial}"}]}
            file = File(name, f"{serial}{name}".encode(), about)
            return Papers("开学", (file,), {"source_sha256": "一"}, extent)

        for name in ("01-七.docx", "01-七.pdf"):
            file_papers(tmp_path, batch("七-001", name, "一些格式"))
        assert (tmp_path / "开学/01-七.docx").exists(), "the same words stay"
        written = file_papers(tmp_path, batch("七-002", "01-七.pdf", "一些格式"))
        assert not (tmp_path / "开学/01-七.docx").exists()
        assert len(list((tmp_path / "开学/旧文书").iterdir())) == 2
        assert "01-七.docx" in "".join(one.message for one in written.problems)


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"[]"), Path.unlink])
def test_a_list_that_is_lost_or_changed_stops_the_work_and_gives_nobody_a_second_serial(
    render: Render, school: Path, harm
) -> None:
    render()
    book, before = open_book(school / FOLDER), kinds(school)
    (kept,) = (f for e in book.events() for f in e.attached if f.role == "名单")
    digest = kept.sha256.removeprefix("sha256:")
    path = school / FOLDER / "原件" / digest[:2] / digest[2:]
    path.chmod(0o600)
    harm(path)
    with pytest.raises(UserError, match="LEDG011"):
        slips(school)
    assert "LEDG011" in [one.code for one in asked(render)]
    assert kinds(school) == before


def asked(render: Render):
    """Return what is said of a run, whether it stops or goes on."""
    try:
        return render().problems
    except UserError as error:
        return error.problems


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("2026秋", "2026年秋季学期"),
        ("2027年春", "2027年春季学期"),
        ("2026年秋季学期", "2026年秋季学期"),
        ("2026-2027学年第二学期", "2026-2027学年第二学期"),
    ],
)
def test_a_term_is_printed_in_full(written: str, printed: str) -> None:
    assert term_in_full(written) == printed


ROWS = (("普云飞", "普大明"), ("李喆", "李志远"), ("和晓岚", "和建国"))
EXTRA = {
    "监护人": ("", ("", "", "")),
    "出生日期": (",出生日期", (",2013-05-01", ",2013-05-02", ",2013-05-03")),
    "身份证号": (
        ",身份证号",
        (",53049920130501121X", ",530499201305021215", ",530499201305031210"),
    ),
}


def write_rows(school: Path, names: Sequence[str], known_by: str) -> None:
    """Write a roster of which each row keeps all but the name."""
    head, more = EXTRA[known_by]
    rows = [
        f"七年级10班,{name},白沙村{father},{father}{extra}"
        for name, (_, father), extra in zip(names, ROWS, more, strict=True)
    ]
    text = "\n".join((f"班级,姓名,现住址,父亲姓名{head}", *rows, ""))
    (school / "cases/名册.csv").write_text(text, "utf-8")


@pytest.mark.parametrize("known_by", EXTRA)
def test_a_roster_of_which_the_names_alone_were_sorted_is_printed_for_nobody(
    render: Render, school: Path, known_by: str
) -> None:
    """Three were "not in the roster any more", and got the parents of three others."""
    names = [name for name, _ in ROWS]
    write_rows(school, names, known_by)
    render()
    before = slips(school)
    muddled = ["和晓岚", "普云飞", "李喆"]
    write_rows(school, muddled, known_by)
    with pytest.raises(UserError) as stopped:
        render()
    (told,) = [one for one in stopped.value.problems if one.is_error]
    assert told.code == "BTCH054" and f"普云飞（{TENTH}-001）→和晓岚" in told.message
    assert slips(school) == before
    assert "BTCH054" in {one.code for one in render(reason="以前的名册写颠倒了").problems}


def test_rows_that_were_sorted_whole_and_one_name_of_another_are_no_muddle(
    render: Render, school: Path
) -> None:
    roster = school / "cases/名册.csv"
    render()
    head, *rows = roster.read_text("utf-8").splitlines()
    roster.write_text("\n".join((head, *reversed(rows), "")), "utf-8")
    assert "BTCH054" not in {one.code for one in render().problems}
    change(roster, "七年级10班,李喆", "七年级10班,普云飞")  # a namesake, or a slip of the pen
    assert "BTCH054" not in {one.code for one in render().problems}
