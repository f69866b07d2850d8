"""A place's own law.yaml: what it adds to a known statute,
and which mistakes in it are told where.
"""

from datetime import date

import pytest

from kcbx_docs.law.registry import load_registry
from kcbx_docs.problems import UserError
from kcbx_docs.reading import parse_yaml

STATUTE = """\
法律法规:
  - 编号: anshi-tiaoli
    名称: 安市义务教育条例
    简称: 条例
    层级: 地方性法规
    版本:
      - {施行: 2010-01-01, 失效: 2019-12-31, 核对: 已核对, 来源: 公报}
      - {施行: 2020-01-01, 核对: 部分, 来源: 公报, 说明: 只见前五条}
    条文:
      5: {要旨: 送学, 款数: 2, 项数: {2: 3}, 款: {1: 第一款讲什么}, 项: {"2.3": 第三项讲什么}}
      7: {要旨: 罚款}
"""


def load(*texts):
    return load_registry(*(parse_yaml(text, f"{n}.yaml")[0] for n, text in enumerate(texts)))


def registry(*texts):
    found, problems = load(*texts)
    assert problems == ()
    return found


def codes(known, *where, on=date(2026, 3, 1)):
    return [p.code for p in known.check_citation("anshi-tiaoli", *where, on=on)[1]]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ((), []),
        ((7,), []),
        ((7, 1), ["LAW010"]),
        ((7, 2), ["LAW007"]),
        ((5, 1), []),
        ((5, 2), []),
        ((5, 3), ["LAW007"]),
        ((5, 0), ["LAW007"]),
        ((5, 2, 1), []),
        ((5, 2, 3), []),
        ((5, 2, 4), ["LAW008"]),
        ((5, 2, 0), ["LAW008"]),
        ((5, 1, 1), ["LAW008"]),
        ((5, None, 1), ["LAW009"]),
        ((None, 1), ["LAW009"]),
        ((None, None, 1), ["LAW009"]),
        ((8,), ["LAW002"]),
    ],
)
def test_articles_paragraphs_and_items_exist_or_are_refused(where, found):
    checked = STATUTE.replace("核对: 部分", "核对: 已核对")
    assert codes(registry(checked), *where) == found


def test_the_nearest_five_articles_are_offered_in_order():
    many = STATUTE + "".join(f"      {n}: {{要旨: 甲}}\n" for n in (20, 21, 22, 23, 24, 40))
    problem = registry(many).check_citation("anshi-tiaoli", 25, on=date(2026, 3, 1))[1][0]
    offered = "第20条、第21条、第22条、第23条、第24条"
    assert offered in problem.hint and "40" not in problem.hint


def test_the_gist_is_that_of_the_smallest_part_that_has_one():
    known = registry(STATUTE)
    gists = [
        known.check_citation("条例", *where, on=date(2026, 3, 1))[0].gist
        for where in ((), (5,), (5, 1), (5, 2), (5, 2, 3))
    ]
    assert gists == ["", "送学", "第一款讲什么", "送学", "第三项讲什么"]


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("地方性法规", "《安市义务教育条例》第七条"),
        ("规范性文件", "《安市义务教育条例》（安政〔2019〕8号）第七条"),
        ("司法解释", "《安市义务教育条例》（安政〔2019〕8号）第七条"),
        ("司法文件", "《安市义务教育条例》（安政〔2019〕8号）第七条"),
    ],
)
def test_documents_below_a_law_are_cited_with_their_number(level, text):
    numbered = STATUTE.replace("层级: 地方性法规", f"层级: {level}\n    文号: 安政〔2019〕8号")
    citation, _ = registry(numbered).check_citation("条例", 7, on=date(2026, 3, 1))
    assert citation.text == text
    assert citation.short == "《条例》第七条"
    assert citation.as_dict() == {
        "text": text,
        "short": "《条例》第七条",
        "gist": "罚款",
        "verification": "部分",
    }


@pytest.mark.parametrize(
    ("version", "article", "known"),
    [
        ("已核对", None, "已核对"),
        ("已核对", "部分", "部分"),
        ("部分", "已核对", "部分"),
        ("已核对", "未核对", "未核对"),
        ("部分", "未核对", "未核对"),
    ],
)
def test_what_is_known_is_the_weaker_of_version_and_article(version, article, known):
    text = STATUTE.replace("核对: 部分", f"核对: {version}")
    if article:
        text = text.replace("{要旨: 罚款}", f"{{要旨: 罚款, 核对: {article}}}")
    found = registry(text)
    citation, problems = found.check_citation("条例", 7, on=date(2026, 3, 1))
    if known == "未核对":
        assert (citation, [p.code for p in problems]) == (None, ["LAW005"])
    else:
        assert citation.verification == known
        assert [p.code for p in problems] == ([] if known == "已核对" else ["LAW006"])


SUPPLEMENT = """\
法律法规:
  - 编号: anshi-tiaoli
    名称: 安市义务教育条例
    简称: 条例
    层级: 地方性法规
    补充: 是
    版本: [%s]
    条文: {9: {要旨: 新补的一条}}
"""


@pytest.mark.parametrize(
    ("version", "starts"),
    [
        ("{施行: 2020-01-01, 核对: 已核对}", [date(2010, 1, 1), date(2020, 1, 1)]),
        (
            "{施行: 2025-01-01, 核对: 已核对}",
            [date(2010, 1, 1), date(2020, 1, 1), date(2025, 1, 1)],
        ),
        (
            "{施行: 2005-01-01, 失效: 2009-12-31, 核对: 已核对}",
            [date(2005, 1, 1), date(2010, 1, 1), date(2020, 1, 1)],
        ),
        ("{核对: 已核对}", [None, date(2010, 1, 1), date(2020, 1, 1)]),
    ],
)
def test_a_supplement_replaces_the_version_of_its_day_and_joins_the_others_in_order(
    version, starts
):
    known = load(STATUTE, SUPPLEMENT % version)[0].find("条例")
    assert [one.start for one in known.versions] == starts
    assert set(known.articles) == {5, 7, 9}


def test_a_version_whose_start_nobody_knew_is_replaced_by_any_that_is_known():
    unknown = STATUTE.replace("施行: 2020-01-01, ", "").replace("失效: 2019-12-31, ", "")
    unknown = unknown.replace("      - {施行: 2010-01-01, 核对: 已核对, 来源: 公报}\n", "")
    found, _ = load(unknown, SUPPLEMENT % "{施行: 2020-01-01, 核对: 已核对}")
    assert [one.start for one in found.find("条例").versions] == [date(2020, 1, 1)]


@pytest.mark.parametrize(
    ("end", "start", "codes_found"),
    [
        ("2019-12-31", "2020-01-01", []),
        ("2020-01-01", "2020-01-01", ["LAW018"]),
        ("2019-06-30", "2020-01-01", []),
    ],
)
def test_two_versions_never_hold_on_one_day(end, start, codes_found):
    text = STATUTE.replace("失效: 2019-12-31", f"失效: {end}").replace(
        "施行: 2020-01-01", f"施行: {start}"
    )
    assert [p.code for p in load(text)[1]] == codes_found
    open_ended = STATUTE.replace("失效: 2019-12-31, ", "")
    assert [p.code for p in load(open_ended)[1]] == ["LAW018"]


def test_an_article_of_another_version_is_named_with_its_days():
    split = STATUTE.replace(
        "{施行: 2010-01-01, 失效: 2019-12-31, 核对: 已核对, 来源: 公报}",
        "{施行: 2010-01-01, 失效: 2019-12-31, 核对: 已核对, 条文: {30: {要旨: 旧条}}}",
    )
    known = registry(split)
    assert codes(known, 30, on=date(2019, 12, 31)) == []
    problem = known.check_citation("条例", 30, on=date(2020, 1, 1))[1][0]
    assert problem.code == "LAW017" and "2010-01-01 至 2019-12-31" in problem.message


@pytest.mark.parametrize(
    ("day", "known"), [("2009-12-31", ["LAW003"]), ("2010-01-01", []), ("2020-01-01", ["LAW006"])]
)
def test_nothing_is_cited_before_its_first_day(day, known):
    assert codes(registry(STATUTE), 7, on=date.fromisoformat(day)) == known


def test_a_title_in_a_title_gets_other_brackets_and_is_found_however_it_is_written():
    text = STATUTE.replace("名称: 安市义务教育条例", "名称: 安市实施《义务教育法》办法")
    known = registry(text)
    for written in (
        "安市实施《义务教育法》办法",
        "《安市实施〈义务教育法〉办法》",
        "安市实施〈义务教育法〉办法",
    ):
        citation, _ = known.check_citation(written, 7, on=date(2026, 3, 1))
        assert citation.text == "《安市实施〈义务教育法〉办法》第七条"


RULE = """\
规则:
  - {编号: an-report, 名称: 安市报告, 数值: 5, 单位: 工作日, 种类: 不迟于, 起算: 缺课, 核对: 已核对,
     依据: [{法: %s, 条: %s}]}
"""


@pytest.mark.parametrize(
    ("statute", "article", "found"),
    [("条例", 7, []), ("条例", 99, ["LAW012"]), ("没有的法", 1, ["LAW012"])],
)
def test_a_rule_rests_on_an_article_that_exists(statute, article, found):
    assert [p.code for p in load(STATUTE, RULE % (statute, article))[1]] == found


def test_nothing_has_two_meanings():
    twice = RULE % ("条例", 7)
    assert [p.code for p in load(STATUTE, twice, twice)[1]] == ["LAW011"]
    other = STATUTE.replace("anshi-tiaoli", "bieshi-tiaoli")
    assert "LAW011" in [p.code for p in load(STATUTE, other)[1]]


def test_a_figure_is_never_guessed():
    known = registry(STATUTE)
    assert known.figure("pay-15") == 15
    with pytest.raises(UserError) as stopped:
        known.figure("defence-window")
    assert stopped.value.problems[0].code == "LAW025"


def test_an_article_without_number_or_of_none_is_named_as_it_was_written():
    problem = registry(STATUTE).check_citation("条例", 0, on=date(2026, 3, 1))[1][0]
    assert problem.code == "LAW002" and "第0条" in problem.message
