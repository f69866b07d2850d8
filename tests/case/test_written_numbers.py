"""Numbers of papers: their form, whose word they bear, of which year they are."""

import pytest

from kcbx_docs.case.model import Case
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.case.written_numbers import check_numbers, read_number
from kcbx_docs.reading import parse_yaml, read_model

from .stories import GUARDIANS, HEAD, PUPIL

OFFICE = """\
地区: "530499"
机关: {名称: 何家镇人民政府, 类型: 乡镇人民政府, 机关代字: 何政}
其他机关: [{名称: 云岭县教育体育局, 类型: 县级教育行政部门, 机关代字: 云教体}]
学校: [{名称: 何家中学, 学校代字: 何中}]
"""


def told(event: str, office: str = OFFICE) -> list[str]:
    """Return what is said of the number of an event."""
    source, _ = parse_yaml(f"{HEAD}{PUPIL}{GUARDIANS}学校: 何家中学\n经过:\n  - {{{event}}}\n", "x")
    case, found = read_model(Case, source)
    workspace, _ = read_model(Workspace, parse_yaml(office, "kcbx.yaml")[0])
    assert case and workspace, found
    return [f"{p.code} {p.message} {p.hint}" for p in check_numbers(case, source, workspace)]


MADE = "日期: 2026-10-12, 事项: 制发, 文书: 责令限期改正通知书"


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("何政责改[2026]3号", "何政责改〔2026〕3号"),
        ("何政责改（2026）第003号", "何政责改〔2026〕3号"),
        ("何政责改【2026】3", "何政责改〔2026〕3号"),
        ("何政责改〔26〕3号", "何政责改〔2026〕3号"),
        ("何政责改〔2026〕 3 号", "何政责改〔2026〕3号"),
        ("何政责改〔２０２６〕３号", "何政责改〔2026〕3号"),
        ("何政责改2026年第3号", "何政责改〔2026〕3号"),
        ("何政责改2026-3号", "何政责改〔2026〕3号"),
        ("何政责改2026第3号", "何政责改〔2026〕3号"),
        ("何政责改〔2026年〕3号", "何政责改〔2026〕3号"),
        ("何政责改〔二〇二六〕三号", "何政责改〔2026〕3号"),
        ("何政责改〔2026〕第十三号", "何政责改〔2026〕13号"),
    ],
)
def test_another_form_is_told_with_the_right_one(number: str, meant: str) -> None:
    (said,) = told(f'{MADE}, 文号: "{number}"')
    assert said.startswith("WORK004") and f"是不是「{meant}」？" in said


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (f"{MADE}, 文号: 何政责改〔2026〕3号", ""),
        (f"{MADE}, 文号: 何政责改字第1号", "WORK004"),
        (f"{MADE}, 文号: 何三政责改〔2026〕3号", "CASE096"),
        (f"{MADE}, 文号: 何政综执罚决字〔2026〕12号", ""),
        (f"{MADE}, 文号: 云教体责改〔2026〕3号", ""),
        (f"{MADE}, 文号: 何攻责改〔2026〕3号", "CASE096"),
        (f"{MADE}, 文号: 昆政发〔2026〕3号", "CASE096"),
        (f"{MADE}, 文号: 何政责改20260918", ""),
        (f"{MADE}, 文号: 待编", ""),
        (f"{MADE}, 文号: 何政责改〔2025〕3号", "CASE097"),
        (f"{MADE}, 机关: 云岭县教育体育局, 文号: 何政责改〔2026〕3号", "CASE098"),
        ("日期: 2026-09-18, 事项: 书面报告, 文号: 何中报〔2026〕3号", ""),
        ("日期: 2026-09-18, 事项: 书面报告, 文号: 何政报〔2026〕3号", "CASE098"),
        # What other organs and banks write is theirs.
        ("日期: 2026-09-18, 事项: 提起行政诉讼, 文号: （2026）云0499行初1号", ""),
        (
            '日期: 2026-09-18, 事项: 收到文书, 文书: 训诫书, 机关: 公安局, 文号: "公训[2026]第01号"',
            "",
        ),
        ("日期: 2026-09-18, 事项: 缴纳罚款, 金额: 500, 文号: 云财（2026）0012345", ""),
        # A paper of December may be served in January, never the other way round.
        ("日期: 2027-01-04, 事项: 撤回, 文书: 责令, 原因: 甲, 文号: 何政责改〔2026〕3号", ""),
        (
            "日期: 2026-10-14, 事项: 撤回, 文书: 责令, 原因: 甲, 文号: 何政责改〔2027〕3号",
            "CASE097",
        ),
    ],
)
def test_the_word_is_that_of_whoever_gave_it_and_the_year_that_of_the_day(
    event: str, code: str
) -> None:
    assert [said[:7] for said in told(event)] == ([code] if code else [])


def test_a_number_without_a_year_is_told_and_left_to_people() -> None:
    (said,) = told(f"{MADE}, 文号: 何政责改字第001号")
    assert "没有写年份，不写「第」，序号前不加 0" in said and "是不是" not in said


def test_a_word_that_is_nearly_ours_is_offered() -> None:
    (said,) = told(f"{MADE}, 文号: 何攻责改〔2026〕3号")
    assert "是不是「何政责改〔2026〕3号」？" in said and "何中（何家中学）" in said


def test_where_no_organ_has_a_word_nothing_is_asked() -> None:
    office = OFFICE.replace(", 机关代字: 何政", "").replace(", 机关代字: 云教体", "")
    assert told(f"{MADE}, 文号: 昆政发〔2026〕3号", office.replace(", 学校代字: 何中", "")) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "1号",
        "待编",
        "（2026）云0499民初12号",
        "2026-003",
        "何政责改20263号",
        "第1次",
        "收据2026-09-18",
    ],
)
def test_what_is_no_number_of_a_paper_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None
