"""What people say of slips: serials as they type them, defects, corrections, the filled sheet."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.issuing.likeness import of_number
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.model import Draft
from kcbx_docs.office.returns import Returns
from kcbx_docs.problems import UserError
from kcbx_docs.slips.record import Noted, Said, SlipAct, record
from kcbx_docs.slips.serials import slips_meant
from kcbx_docs.slips.sheet import lines_once, read_sheet
from tests.ledger.world import CLERK
from tests.slips.conftest import (
    DAY,
    NOTICE,
    PROMISE,
    SCHOOL,
    Photograph,
    scanned,
    slip_of,
    states,
    text_of,
    void,
)

SEVEN, ELEVEN = "青中26秋七1", "青中26秋七11"


def meant(known: Returns, *words: str, label: str = "") -> tuple[list[str], list[str]]:
    slips, told = slips_meant(words, known, "", label)
    return [slip.serial[-4:] for slip in slips], [one.code for one in told]


@pytest.mark.parametrize(
    ("typed", "label", "found"),
    [
        (f"{SEVEN}-002", "", ["-002"]),
        ("青中２６秋七１－００２", "", ["-002"]),
        ("七1-2", "", ["-002"]),
        ("七11-1", "", ["-001"]),
        ("２", "七年级1班", ["-002"]),
        ("001-003", "七年级1班", ["-001", "-002", "-003"]),
        ("1—3", "七年级1班", ["-001", "-002", "-003"]),
        ("1至2、4", "七年级1班", ["-001", "-002", "-004"]),
        ("1,1,2", "七年级1班", ["-001", "-002"]),
        ("七(1)班-002", "", ["-002"]),
        ("七年级11班002", "", ["-002"]),
        (f"{SEVEN}-001-002", "", ["-001", "-002"]),
    ],
)
def test_serials_are_read_as_people_type_them(
    known: Returns, typed: str, label: str, found: list[str]
) -> None:
    assert meant(known, typed, label=label) == (found, [])


@pytest.mark.parametrize(
    ("typed", "label", "code"),
    [
        ("1", "", "SLIP021"),  # several classes
        ("1-1", "", "SLIP021"),  # a range, no serial of a class called 1
        ("3-1", "七年级1班", "SLIP022"),
        ("001-050", "七年级1班", "SLIP023"),
        ("王小明", "", "SLIP020"),  # two pupils bear it
        ("八1-001", "", "SLIP020"),
        ("七11-1", "七年级1班", "SLIP140"),  # of another class than is looked at
    ],
)
def test_what_is_unclear_is_asked_and_not_guessed(
    known: Returns, typed: str, label: str, code: str
) -> None:
    _, told = meant(known, typed, label=label)
    assert told == [code]


def test_a_name_is_answered_with_the_serials_of_all_who_bear_it(known: Returns) -> None:
    _, told = slips_meant(("王小明",), known)
    assert f"{SEVEN}-001" in told[0].hint + told[0].message
    assert f"{SEVEN}-003" in told[0].hint + told[0].message


def test_a_code_typed_from_the_paper_is_a_serial(known: Returns) -> None:
    slip = next(one for one in known.slips if one.serial == f"{SEVEN}-002")
    assert meant(known, slip.code.lower().replace("-", "－")) == (["-002"], [])


def test_a_void_serial_alone_is_wrong_in_a_range_it_is_passed_over(book: Book) -> None:
    void(book, f"{SEVEN}-002")
    assert meant(Returns.of(book), "七1-2") == ([], ["SLIP024"])
    assert meant(Returns.of(book), "七1-1-3") == (["-001", "-003"], ["SLIP025"])


def say(book: Book, serial: str, day: date = DAY, reason: str = "", **said: object) -> Noted:
    return record(book, [Said(serial, NOTICE, SCHOOL, **said)], SlipAct(CLERK, day, "登记", reason))


def test_what_a_person_says_of_a_scanned_slip_is_no_correction(
    book: Book, photograph: Photograph
) -> None:
    one, two = f"{SEVEN}-001", f"{SEVEN}-002"
    scanned(book, photograph("堆.png", text_of(book, one), text_of(book, two)))
    say(book, one)
    say(book, two, defect="学生代签")
    assert states(book) == {one: "已收回", two: "有缺陷"}
    assert book.events(kinds=("更正",)) == ()


def test_what_was_said_before_is_mended_by_a_new_event_with_its_reason(book: Book) -> None:
    one = f"{SEVEN}-001"
    say(book, one, defect="未签名")
    with pytest.raises(UserError) as caught:
        say(book, one)
    assert [p.code for p in caught.value.problems] == ["SLIP030"]
    assert len(say(book, one, reason="家长补签").mended) == 1
    assert states(book) == {one: "已收回"}
    assert [e.kind for e in book.events(kinds=("回执", "更正"))] == ["回执", "更正"]


def test_a_slip_that_was_booked_by_mistake_is_missing_again(book: Book) -> None:
    one = f"{SEVEN}-001"
    say(book, one)
    say(book, one, returned=False, reason="登记错了人")
    assert states(book) == {}
    say(book, one)
    assert states(book) == {one: "已收回"}


def test_the_same_twice_is_recorded_once(book: Book) -> None:
    say(book, f"{SEVEN}-001")
    head = book.head()
    assert len(say(book, f"{SEVEN}-001").same) == 1
    assert book.head() == head


def test_a_picture_that_follows_is_added_as_proof_and_changes_nothing_else(
    book: Book, photograph: Photograph
) -> None:
    one = f"{SEVEN}-001"
    say(book, one, defect="破损")
    done, told = scanned(book, photograph("破.png", text_of(book, one)))
    assert (len(done.booked), told, states(book)) == (1, [], {one: "有缺陷"})


def test_a_slip_older_than_its_paper_is_asked_before_it_is_booked(book: Book) -> None:
    one, early = f"{SEVEN}-001", date(2026, 8, 31)
    with pytest.raises(UserError) as caught:
        say(book, one, early)
    assert [p.code for p in caught.value.problems] == ["SLIP032"]
    assert states(book) == {}
    done = say(book, one, early, reason="先发后补的日期")
    assert [(p.code, p.severity) for p in done.problems] == [("SLIP032", "warning")]
    assert states(book) == {one: "已收回"}


def test_a_wrong_day_is_put_right_and_nothing_else(book: Book, photograph: Photograph) -> None:
    """Who mends a defect in a range leaves the days of the others; who mends the day says so."""
    one, two, three = (f"{SEVEN}-00{number}" for number in (1, 2, 4))
    right = date(2026, 9, 9)

    def redate(serial: str, reason: str = "日期写错了") -> Noted:
        act = SlipAct(CLERK, right, "登记", reason, redated=True)
        return record(book, [Said(serial, NOTICE, SCHOOL)], act)

    def day_of(serial: str) -> date:
        part = next(p for p in Returns.of(book).due() if p.key == (SCHOOL, serial, NOTICE))
        assert part.came
        return part.came.day

    say(book, one)
    say(book, two, defect="破损")
    scanned(book, photograph("堆.png", text_of(book, three)))
    before = states(book)
    assert len(say(book, one, right, reason="补签").same) == 1 and day_of(one) == DAY
    for refused in ((one, ""), (f"{SEVEN}-003", "写错了")):
        with pytest.raises(UserError):
            redate(*refused)
    assert [len(redate(serial).mended) for serial in (one, two, three)] == [1, 1, 1]
    assert {day_of(serial) for serial in (one, two, three)} == {right}
    assert states(book) == before
    assert len(redate(one).same) == 1


def test_who_writes_meanwhile_is_not_written_over(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the lock another teacher records a defect: it is asked about."""
    real, met = Book.writing, []

    def late(self: Book, who: object, **kwargs: object) -> object:
        if not met:
            met.append(1)
            say(book, f"{SEVEN}-001", defect="未签名")
        return real(self, who, **kwargs)

    monkeypatch.setattr(Book, "writing", late)
    with pytest.raises(UserError) as caught:
        say(book, f"{SEVEN}-001")
    assert caught.value.problems[0].code == "SLIP030"


def sheet_of(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "登记表.csv"
    path.write_text("\n".join(("七年级1班签收登记表", "编号,姓名,收回,缺陷", *rows)), "utf-8")
    return path


def test_the_filled_sheet_is_read_line_by_line(known: Returns, tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path,
        f"{SEVEN}-001,王小明,√,",
        "002,刀大明,是,学生代签",
        "003,王小明,,",
        "004,刀大明,是,",  # not hers
        "合计,,3,",
    )
    lines, told = read_sheet(path, known, label="七年级1班")
    assert [(line.slip.serial[-3:], line.defect) for line in lines] == [
        ("001", ""),
        ("002", "学生代签"),
    ]
    assert [one.code for one in told] == ["SLIP043", "SLIP042"]


def printed_sheet(tmp_path: Path, *rows: str, heads: str = "承诺书") -> Path:
    """Write the sheet that is printed for a class as it is filled in at the computer."""
    above = ("签收登记表", "云岭县青石中学　班级：七(1)班　编号：青中26秋七1")
    heads = f'编号,学生姓名,监护人,"签收人\n签名",关系,{heads},日期,备注'
    path = tmp_path / "登记表.csv"
    path.write_text("\n".join((*above, heads, *rows, "收回,应发,实收")), "utf-8")
    return path


def test_the_printed_sheet_says_by_its_headings_which_paper_came_back(
    known: Returns, tmp_path: Path
) -> None:
    """Who signed for the papers did not bring the promise back; the class stands above."""
    rows = ("001,王小明,,王大山,,√,,", "002,刀大明,,√,,□,,", "004,白桂仙,,√,,☑,,未签名")
    path = printed_sheet(tmp_path, *rows)
    lines, told = read_sheet(path, known, titles={"承诺书": PROMISE})
    assert [(line.slip.serial[-6:], line.document, line.defect) for line in lines] == [
        ("七1-001", PROMISE, ""),
        ("七1-004", PROMISE, "未签名"),
    ]
    assert told == ()


def test_two_papers_on_one_sheet_are_told_apart(known: Returns, tmp_path: Path) -> None:
    """A defect is that of the paper that came back, and no paper comes back by its defect."""
    path = printed_sheet(tmp_path, "001,,,,,√,,,破损", heads="告知书,承诺书")
    lines, _ = read_sheet(path, known, titles={"告知书": NOTICE, "承诺书": PROMISE})
    assert [(line.document, line.defect) for line in lines] == [(NOTICE, "破损")]


def test_a_line_may_name_a_range_but_not_of_one_name(known: Returns, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, "001-002,,是,", '"3、4",王小明,是,', "001-009,,是,")
    lines, told = read_sheet(path, known, label="七年级1班")
    assert [line.slip.serial[-3:] for line in lines] == ["001", "002"]
    assert [one.code for one in told] == ["SLIP042", "SLIP023"]


@pytest.mark.parametrize("mark", ["不知道", "3", "王大明"])
def test_a_mark_that_says_neither_is_told(known: Returns, tmp_path: Path, mark: str) -> None:
    path = sheet_of(tmp_path, f"{SEVEN}-001,王小明,{mark},")
    lines, told = read_sheet(path, known)
    assert (lines, [one.code for one in told]) == ((), ["SLIP042"])


def test_a_sheet_without_its_columns_is_refused(known: Returns, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("姓名,班级\n王小明,七年级1班\n", "utf-8")
    with pytest.raises(UserError) as caught:
        read_sheet(path, known)
    assert caught.value.problems[0].code == "SLIP040"


def test_two_lines_that_differ_are_told(known: Returns, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, f"{SEVEN}-001,王小明,是,", f"{SEVEN}-001,王小明,是,破损")
    lines, _ = read_sheet(path, known)
    assert [one.code for one in lines_once(lines)] == ["SLIP044"]


def test_reminders_are_counted(book: Book) -> None:
    about = {"school": SCHOOL, "batch": "开学告知", "term": "", "reason": ""}
    items = [{"serial": f"{SEVEN}-001", "document": NOTICE}]
    for _ in range(2):
        with book.writing(CLERK) as pen:
            pen.append(Draft("催收", "", DAY, {**about, "items": items}))
    part = Returns.of(book).of_slip(slip_of(book, f"{SEVEN}-001"), NOTICE)
    assert (part.reminded, part.state) == (2, "未收回")


def test_a_defect_in_other_words_is_asked_a_remark_is_told(known: Returns, tmp_path: Path) -> None:
    path = tmp_path / "登记表.csv"
    rows = (f"{SEVEN}-001,是,没签,", f"{SEVEN}-002,是,无,住校", f"{SEVEN}-004,是,,破损")
    path.write_text("\n".join(("编号,收回,缺陷,备注", *rows)), "utf-8")
    lines, told = read_sheet(path, known)
    assert [(line.slip.serial[-3:], line.defect) for line in lines] == [
        ("002", ""),
        ("004", "破损"),
    ]
    assert [one.code for one in told] == ["SLIP042", "SLIP045"]


@pytest.mark.parametrize("remark", ["没签", "爷爷代签", "撕了一半"])
def test_a_remark_that_sounds_like_a_defect_is_asked_first(
    known: Returns, tmp_path: Path, remark: str
) -> None:
    path = tmp_path / "登记表.csv"
    path.write_text(f"编号,收回,备注\n{SEVEN}-001,是,{remark}\n{SEVEN}-002,是,母亲送来\n", "utf-8")
    lines, told = read_sheet(path, known)
    assert [line.slip.serial[-3:] for line in lines] == ["002"]
    assert [one.code for one in told] == ["SLIP042", "SLIP045"]


def test_the_serial_on_the_paper_is_known_to_verify(book: Book):
    """Typed as it is printed or in full width; a void one is said to be void, another's is not."""
    void(book, f"{SEVEN}-002")
    (stands,) = of_number(book, f"{SEVEN}-001")
    assert (stands.verdict, stands.standing, stands.sound) == ("本册编号", "有效", True)
    (gone,) = of_number(book, "青中２６秋七1-002")
    assert (gone.standing, gone.sound) == ("已作废", False)
    assert of_number(book, f"{SEVEN}-999") == ()
