"""An office, a batch and a letter beyond their types:
names once, codes that add up, offices and schools that exist.
"""

import pytest

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.letter import Letter
from kcbx_docs.case.office_checks import check_batch, check_letter, check_workspace
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.reading import parse_yaml, read_model

OFFICE = """\
地区: "530499"
机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政}
其他机关: [{名称: 云岭县教育体育局, 类型: 县级教育行政部门, 机关代字: 云教体}]
学校: [{名称: 云岭县青石中学}, {名称: 云岭县白沙小学}]
"""
BATCH = """\
批次: 开学告知
学期: 2026年秋季学期
学校: {名称: 云岭县青石中学}
承办机关: 云岭县青石镇人民政府
名册: {文件: 名册.xlsx}
文书: [{文书: 入学通知书}, {文书: 控辍保学告知书}]
"""
LETTER = """\
公文: 函
编号: 协查-1
标题: 关于协查的函
承办机关: 云岭县青石镇人民政府
主送: [云岭县公安局]
正文: 请协助查找。
"""


def read(model, text):
    value, problems = read_model(model, parse_yaml(text, "a.yaml")[0])
    assert value is not None, problems
    return value, parse_yaml(text, "a.yaml")[0]


def found(check, model, text, *office):
    return [(p.code, p.place.line, p.place.column) for p in check(*read(model, text), *office)]


def office():
    return read(Workspace, OFFICE)[0]


def test_a_sound_office_batch_and_letter_have_nothing_against_them():
    assert found(check_workspace, Workspace, OFFICE) == []
    assert found(check_batch, Batch, BATCH, office()) == []
    assert found(check_letter, Letter, LETTER, office()) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("名称: 云岭县教育体育局", "名称: 云岭县青石镇人民政府", (3, 13)),
        ("名称: 云岭县白沙小学", "名称: 云岭县青石中学", (4, 26)),
    ],
)
def test_a_name_that_stands_twice_is_told_at_the_second(old, new, place):
    twice = found(check_workspace, Workspace, OFFICE.replace(old, new))
    assert [one for one in twice if one[0] == "WORK002"] == [("WORK002", *place)]


@pytest.mark.parametrize(
    ("code", "wanted"), [("11532301MB0X12345X", ["WORK003"]), ("91350100M000100Y43", [])]
)
def test_a_credit_code_must_add_up(code, wanted):
    text = OFFICE.replace("机关代字: 云教体", f"机关代字: 云教体, 统一社会信用代码: {code}")
    problems = list(check_workspace(*read(Workspace, text)))
    assert [p.code for p in problems] == wanted
    assert [p.message for p in problems if "云岭县教育体育局" not in p.message] == []


def test_a_column_that_no_roster_has_is_told_with_the_nearest():
    text = BATCH.replace("{文件: 名册.xlsx}", "{文件: 名册.xlsx, 列: {姓各: 学生}}")
    (problem,) = check_batch(*read(Batch, text), office())
    assert problem.code == "BTCH002" and "姓名" in problem.message + problem.hint


def test_a_document_asked_for_twice_is_told_at_the_second():
    text = BATCH.replace("{文书: 控辍保学告知书}", "{文书: 入学通知书}")
    assert found(check_batch, Batch, text, office()) == [("BTCH003", 6, 19)]


def test_a_school_that_the_office_does_not_have_is_told_with_the_nearest():
    text = BATCH.replace("学校: {名称: 云岭县青石中学}", "学校: {名称: 云岭县青石中心}")
    (problem,) = check_batch(*read(Batch, text), office())
    assert (
        problem.code == "CASE071" and "是不是「云岭县青石中学」？" in problem.message + problem.hint
    )


def test_an_office_that_lists_no_schools_knows_them_all():
    alone = read(Workspace, OFFICE.split("学校:", maxsplit=1)[0])[0]
    assert found(check_batch, Batch, BATCH, alone) == []


def test_an_office_that_is_not_there_is_told_with_all_that_are():
    text = LETTER.replace("承办机关: 云岭县青石镇人民政府", "承办机关: 云岭县青石镇人民政付")
    (problem,) = check_letter(*read(Letter, text), office())
    said = problem.message + problem.hint
    assert problem.code == "CASE070" and "是不是「云岭县青石镇人民政府」？" in said
    assert "云岭县教育体育局" in said
    assert found(check_letter, Letter, text, None) == [], "no office read, nothing to compare with"


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("青政函〔2026〕7号", []),
        ("青政函[2026]7号", ["WORK004"]),
        ("青政函〔2026〕07号", ["WORK004"]),
        ("青政函〔26〕7号", ["WORK004"]),
    ],
)
def test_a_number_is_written_as_the_standard_writes_it(number, wanted):
    text = LETTER + f'发文字号: "{number}"\n'
    assert [code for code, *_ in found(check_letter, Letter, text, office())] == wanted


@pytest.mark.parametrize(
    ("remark", "wanted"),
    [("联系人：普文清", []), ("（联系人：普文清）", ["WORK005"]), ("(联系人", ["WORK005"])],
)
def test_a_remark_gets_its_brackets_from_the_template(remark, wanted):
    text = LETTER + f"附注: {remark}\n"
    assert [code for code, *_ in found(check_letter, Letter, text, office())] == wanted


def test_a_credit_code_that_does_not_add_up_is_told_where_it_stands():
    text = OFFICE.replace("机关代字: 云教体", "统一社会信用代码: 11532301MB0X12345X")
    (problem,) = check_workspace(*read(Workspace, text))
    assert (problem.place.line, problem.place.column) == (3, 47)


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('地区: "530499"', '地区: "5304990"', ["WORK014"]),
        ('地区: "530499"', "地区: 云岭县", []),
        ("{名称: 云岭县白沙小学}", "{名称: 云岭县白沙小学, 邮编: 6531999}", ["WORK015"]),
        ("机关代字: 云教体", "机关代字: 云教体, 邮编: 65319x", ["WORK015"]),
        ("机关代字: 云教体", "机关代字: 云教体, 邮编: 653199", []),
        ("学校:", "收款银行: {名称: 农商行, 户名: 财政局}\n学校:", ["WORK016"]),
        ("学校:", "收款银行: {名称: 农商行}\n学校:", []),
        ("学校:", "收款银行: {名称: 农商行, 户名: 财政局, 账号: 1}\n学校:", []),
    ],
)
def test_codes_have_all_their_digits_and_an_account_its_holder(old, new, codes):
    assert [one[0] for one in found(check_workspace, Workspace, OFFICE.replace(old, new))] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("正文:\n  各校：\n  请查收。\n", ["WORK018"]),
        ("正文: 各校：\n  请查收。\n", ["WORK018"]),
        ("正文: |\n  各校：\n  请查收。\n", []),
        ("正文:\n  只有一段。\n", []),
        ("正文: 只有一段。\n附件: [{名称: 甲, 正文: 乙}]\n", []),
        ("正文: 一段。\n成文日期: 2026-09-10\n印发日期: 2026-09-09\n", ["WORK017"]),
        ("正文: 一段。\n成文日期: 2026-09-10\n印发日期: 2026-09-10\n", []),
    ],
)
def test_a_text_keeps_its_lines_and_is_printed_after_it_was_signed(text, codes):
    letter = LETTER.replace("正文: 请协助查找。\n", text)
    assert [one[0] for one in found(check_letter, Letter, letter, office())] == codes


@pytest.mark.parametrize(
    ("term", "codes"),
    [
        ("秋季开学", ["BTCH045"]),
        ("2026年秋季开学", ["BTCH045"]),
        ("2026-2027学年第二学期", []),
        ("2026年春季学期", []),
        ("2026秋", []),
    ],
)
def test_a_term_says_which_year_and_which_term_it_is(term: str, codes: list[str]) -> None:
    text = BATCH.replace("2026年秋季学期", term)
    assert [one.code for one in check_batch(*read(Batch, text), office())] == codes


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("云教体", []),
        ("云政教督", []),
        ("云教体〔2026〕", ["WORK090"]),
        ("云岭县教育体育局办公室文件", ["WORK090"]),
        ("青石镇人民政府", ["WORK090"]),
    ],
)
def test_the_word_of_a_number_holds_no_year_and_no_full_name(word, wanted):
    """A number was printed as 梅政〔2026〕责改〔2026〕1号, and stood in the ledger for good."""
    told = found(
        check_workspace, Workspace, OFFICE.replace("机关代字: 云教体", f"机关代字: {word}")
    )
    assert [code for code, *_ in told] == wanted


@pytest.mark.parametrize(
    ("phone", "odd"),
    [("0877-2012345", False), ("短号 6123", False), ("青石镇正街12号", True), ("和平路3", True)],
)
def test_an_address_is_no_telephone_number(phone, odd):
    told = found(
        check_workspace, Workspace, OFFICE.replace("代字: 青政", f"代字: 青政, 电话: {phone}")
    )
    assert (("CASE100" in [code for code, *_ in told]), odd) == (odd, odd)
