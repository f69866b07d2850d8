"""Numbers of people and offices: what is wrong is said, what only looks odd is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from kcbx_docs.case.ids import (
    age_on,
    faults_of_id,
    mask,
    normalise_id,
    read_id,
    resident_check_digit,
    valid_uscc,
)

TODAY = date(2026, 11, 22)
RESIDENT = "居民身份证"


def codes(number: str, kind: str = RESIDENT) -> list[str]:
    return [code for code, _ in faults_of_id(number, kind, TODAY)]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("530499201305061217", RESIDENT),
        ("53049919560410307 9", RESIDENT),
        ("５３０４９９２０１３０５０６１２１７", RESIDENT),
        ("11010519491231002x", RESIDENT),
        ("330114202101010015", RESIDENT),
        ("513301198001010014", RESIDENT),
        ("530402560410307", RESIDENT),
        ("810000199408230021", "港澳台居民居住证"),
        ("930504199408230021", "外国人永久居留身份证"),
        ("E12345678", "护照"),
        ("H12345678", "港澳居民来往内地通行证"),
        ("12345678", "台湾居民来往大陆通行证"),
    ],
)
def test_lawful_numbers_pass(number: str, kind: str) -> None:
    if kind == RESIDENT and len(normalise_id(number)) == 18 and number[:6] in ("330114", "513301"):
        number = number[:17] + ric.calc_check_digit(number)
    assert codes(number, kind) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("53049920130506121", "CASE020"),
        ("5304992013050612 1A", "CASE020"),
        ("530499201305061218", "CASE021"),
        ("530499201302301216", "CASE022"),
        ("530499209905061214", "CASE023"),
        ("٥٣٠٤٩٩٢٠١٣٠٥٠٦١٢١٧", "CASE020"),
        ("无", "CASE020"),
    ],
)
def test_wrong_numbers_say_what_is_wrong(number: str, code: str) -> None:
    assert codes(number)[0] == code


def test_a_passport_is_not_a_resident_number() -> None:
    assert codes("530499201305061217", "港澳台居民居住证") == ["CASE025"]
    assert codes("张三的护照", "护照") == ["CASE025"]


@given(
    st.dates(date(1930, 1, 1), date(2026, 11, 22)),
    st.integers(1, 999),
    st.integers(110000, 659000),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_wrong_digit_is_always_found(
    born: date, order: int, county: int, position: int, shift: int
) -> None:
    front = f"{county}{born:%Y%m%d}{order:03d}"
    number = front + ric.calc_check_digit(front + "0")
    assert codes(number) == []
    assert read_id(number).birth == born
    assert read_id(number).sex == ("男" if order % 2 else "女")
    wrong = number[:position] + str((int(number[position]) + shift) % 10) + number[position + 1 :]
    assert codes(wrong) != []


@pytest.mark.parametrize(
    ("number", "found"), [("530499990930121", []), ("530499991001121", ["CASE020"])]
)
def test_fifteen_digits_end_with_the_standard_of_eighteen(number: str, found: list[str]) -> None:
    assert codes(number) == found


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 28), 13), (date(2026, 3, 1), 14), (date(2028, 2, 29), 16)]
)
def test_who_is_born_on_29_february_grows_older_on_1_march(day: date, age: int) -> None:
    assert age_on(date(2012, 2, 29), day) == age


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("9135010OM000100Y43", False),
        ("N2530499MA00000000", False),
    ],
)
def test_credit_codes(code: str, right: bool) -> None:
    assert valid_uscc(code) is right


def test_village_cooperatives_with_n_are_known() -> None:
    front = "N2530499MA0000000"
    assert sum(valid_uscc(front + digit) for digit in "0123456789ABCDEFGHJKLMNPQRTUWXY") == 1


def test_numbers_are_masked_on_screens() -> None:
    assert mask("530499201305061217") == "530499********1217"
    assert mask("E12345678") == "E1*****78"
    assert mask("123456789012345") == "123456*****2345"
    assert mask("12345678901234") == "12**********34"


def test_what_is_too_short_to_hide_is_hidden_whole() -> None:
    assert [mask(text) for text in ("12345", "1234", "123", "")] == ["12*45", "****", "***", ""]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("530499991001121", ("CASE020", {"length": 15})),
        ("53049920130506121", ("CASE020", {"length": 17})),
        ("530499201305061218", ("CASE021", {"digit": "8"})),
        ("530499201302301216", ("CASE022", {"digits": "20130230"})),
        ("530499139902121", ("CASE022", {"digits": "139902"})),
        ("530499209905061214", ("CASE023", {"birth": date(2099, 5, 6)})),
    ],
)
def test_what_is_wrong_is_told_with_the_digits_that_are(number: str, fault: object) -> None:
    assert next(faults_of_id(number, RESIDENT, TODAY)) == fault


@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_the_last_sign_of_a_resident_is_what_another_program_computes(number):
    assert resident_check_digit(number) == ric.calc_check_digit(f"{number}?")  # it drops the last


@given(st.from_regex(r"[159Y][1239][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True))
def test_the_last_sign_of_an_office_is_what_another_program_computes(code):
    last = uscc.calc_check_digit(code)
    assert valid_uscc(code + last)
    assert not valid_uscc(code + ("0" if last != "0" else "1"))
