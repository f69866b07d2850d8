"""What may be cited on which day, and that the data behind it holds together."""

import pickle
from datetime import date, timedelta

import pytest

from kcbx_docs.law.files import DATA, read_shipped
from kcbx_docs.law.registry import Registry, load_registry
from kcbx_docs.problems import UserError
from kcbx_docs.reading import parse_yaml, read_yaml

SPRING = date(2026, 3, 1)


def codes(registry: Registry, *where: object, on: date = SPRING) -> list[str]:
    return [p.code for p in registry.check_citation(*where, on=on)[1]]  # type: ignore[arg-type]


# ---- the data ----


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda p: p.name)
def test_shipped_files_are_strict_yaml_and_read_the_same_quickly(path) -> None:  # type: ignore[no-untyped-def]
    strict, problems = read_yaml(path)
    assert problems == ()
    assert strict.data == read_shipped(path).data


def test_every_article_says_something_and_its_parts_exist(registry: Registry) -> None:
    for statute in registry.statutes:
        for number, entry in (
            (n, e) for v in statute.versions for n, e in statute.articles_of(v).items()
        ):
            where = f"{statute.short} {number}"
            count = entry.paragraph_count or 1
            assert entry.gist and entry.tags, where
            assert all(1 <= p <= count for p in entry.paragraphs), where
            assert all(1 <= p <= count for p in entry.item_counts), where
            for key in entry.items:
                paragraph, item = map(int, key.split("."))
                assert 1 <= item <= entry.item_counts[paragraph], where


def test_every_registered_article_can_be_cited_on_its_first_day_or_says_why_not(
    registry: Registry,
) -> None:
    cited = 0
    for statute in registry.statutes:
        for version in statute.versions:
            for number in statute.articles_of(version):
                citation, found = registry.check_citation(
                    statute.id, number, on=version.start or SPRING
                )
                assert citation, [str(p) for p in found]
                cited += 1
    assert cited > 280


def test_every_basis_of_every_rule_is_citable_today(registry: Registry) -> None:
    for rule in registry.rules:
        _, found = registry.basis(rule.basis, SPRING)
        assert not [p for p in found if p.is_error], rule.id


def test_all_rules_that_a_person_can_name_are_distinct(registry: Registry) -> None:
    names = [name for rule in registry.rules for name in (rule.id, rule.name, *rule.aliases)]
    assert len(names) == len(set(names))


def test_the_registry_goes_to_worker_processes(registry: Registry) -> None:
    registry.cite("义务教育法", 58, on=SPRING)
    copy = pickle.loads(pickle.dumps(registry))
    assert copy.cite("义务教育法", 58, on=SPRING) == registry.cite("义务教育法", 58, on=SPRING)


# ---- the words of a citation ----


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (("义务教育法", 58), "《中华人民共和国义务教育法》第五十八条"),
        (("《中华人民共和国义务教育法》", 5, 2), "《中华人民共和国义务教育法》第五条第二款"),
        (("行政处罚法", 57, 1, 3), "《中华人民共和国行政处罚法》第五十七条第一款第（三）项"),
        (("未成年人保护法", 17, None, 11), "《中华人民共和国未成年人保护法》第十七条第（十一）项"),
        (("行政诉讼法", 101), "《中华人民共和国行政诉讼法》第一百零一条"),
        (("民法典", 1068), "《中华人民共和国民法典》第一千零六十八条"),
        (
            ("行诉解释", 156),
            "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》（法释〔2018〕1号）第一百五十六条",
        ),
        (
            ("国办发〔2017〕72号",),
            "《国务院办公厅关于进一步加强控辍保学提高义务教育巩固水平的通知》（国办发〔2017〕72号）",
        ),
        (
            ("云南省实施〈中华人民共和国义务教育法〉办法",),
            "《云南省实施〈中华人民共和国义务教育法〉办法》",
        ),
    ],
)
def test_a_citation_is_written_in_full(
    registry: Registry, where: tuple[object, ...], text: str
) -> None:
    assert registry.cite(*where, on=SPRING).text == text  # type: ignore[arg-type]


def test_the_short_form_and_the_gist_belong_to_the_cited_place(registry: Registry) -> None:
    citation = registry.cite("义务教育法", 11, 2, on=SPRING)
    assert citation.short == "《义务教育法》第十一条第二款"
    assert "缓学" in citation.gist and "六周岁" not in citation.gist
    assert (
        registry.cite("未保法", 17, item=5, on=SPRING).gist
        == "不得放任或者迫使应受义务教育的孩子失学、辍学"
    )


# ---- both sides of an effective date ----


@pytest.mark.parametrize(
    ("where", "first", "before"),
    [
        (("未成年人保护法", 83, 2), date(2021, 6, 1), "LAW003"),
        (("行政复议法", 20, 1), date(2024, 1, 1), "LAW017"),
        (("民事诉讼法", 250), date(2024, 1, 1), "LAW017"),
        (("民事诉讼法", 95), date(2022, 1, 1), "LAW003"),
        (("行政处罚法", 44), date(2021, 7, 15), "LAW005"),
        (("家庭教育促进法", 49), date(2022, 1, 1), "LAW003"),
        (("行政执法监督条例",), date(2026, 2, 1), "LAW003"),
    ],
)
def test_a_statute_is_cited_from_its_first_day_on(
    registry: Registry,
    where: tuple[object, ...],
    first: date,
    before: str,
) -> None:
    assert registry.check_citation(*where, on=first)[0]  # type: ignore[arg-type]
    assert codes(registry, *where, on=first - timedelta(days=1)) == [before]


@pytest.mark.parametrize(
    ("where", "last"),
    [
        (("行政复议法", 12, 1), date(2023, 12, 31)),
        (("民事诉讼法", 246), date(2023, 12, 31)),
    ],
)
def test_an_old_number_is_cited_up_to_its_last_day(
    registry: Registry, where: tuple[object, ...], last: date
) -> None:
    assert registry.check_citation(*where, on=last)[0]  # type: ignore[arg-type]
    assert codes(registry, *where, on=last + timedelta(days=1)) in (
        ["LAW017"],
        ["LAW007"],
        ["LAW010"],
    )


def test_an_article_untouched_by_an_amendment_is_cited_under_either_version(
    registry: Registry,
) -> None:
    old, new = (
        registry.cite("未成年人保护法", 28, 2, on=day)
        for day in (date(2024, 4, 25), date(2024, 4, 26))
    )
    assert (old.version.adopted, new.version.adopted) == (date(2020, 10, 17), date(2024, 4, 26))
    assert old.text == new.text


def test_what_is_in_force_changes_with_the_day(registry: Registry) -> None:
    def versions(day: date) -> dict[str, date | None]:
        return {s.short: v.adopted for s, v in registry.statutes_in_force(day)}

    assert versions(date(2023, 12, 31))["行政复议法"] == date(2017, 9, 1)
    assert versions(date(2024, 1, 1))["行政复议法"] == date(2023, 9, 1)
    assert "行政处罚法" not in versions(date(2021, 7, 14))
    assert "义务教育法实施细则" not in versions(date(2000, 1, 1))


# ---- what is refused ----


@pytest.mark.parametrize(
    ("where", "code"),
    [
        (("义务教育发", 58), "LAW001"),
        (("义务教育法", 99), "LAW002"),
        (("义务教育法实施细则", 40), "LAW004"),
        (("教育行政处罚暂行实施办法",), "LAW004"),
        (("云教规〔2018〕2号",), "LAW005"),
        (("民法典", 27, 3), "LAW007"),
        (("民法典", 27, 0), "LAW007"),
        (("行政复议法", 24, 1, 9), "LAW008"),
        (("义务教育法", 58, None, 1), "LAW008"),
        (("行政复议法", 24, None, 2), "LAW009"),
        (("行政复议法", None, 2), "LAW009"),
        (("义务教育法", 58, 1), "LAW010"),
        (("行政复议法", 9), "LAW017"),
    ],
)
def test_a_wrong_citation_is_refused_with_its_reason(
    registry: Registry, where: tuple[object, ...], code: str
) -> None:
    assert codes(registry, *where) == [code]
    with pytest.raises(UserError):
        registry.cite(*where, on=SPRING)  # type: ignore[arg-type]


def test_a_refusal_says_what_was_probably_meant(registry: Registry) -> None:
    assert "是不是《义务教育法》？" in str(
        registry.check_citation("义务教育发", 58, on=SPRING)[1][0]
    )
    assert "第58条" in str(registry.check_citation("义务教育法", 61, on=SPRING)[1][0])
    old = str(registry.check_citation("未成年人保护法", 16, on=date(2021, 5, 31))[1][0])
    assert "2021-05-31" in old and "2021-06-01 至 2024-04-25；2024-04-26 至 今" in old


def test_a_partly_checked_text_is_cited_with_a_warning(registry: Registry) -> None:
    citation, found = registry.check_citation("行政复议法实施条例", 17, on=SPRING)
    assert citation and citation.verification == "部分"
    assert [(p.code, p.severity) for p in found] == [("LAW006", "warning")]


# ---- further law files ----

LOCAL = """
法律法规:
  - 编号: qingshi-tiaoli
    名称: 云岭县义务教育促进条例
    简称: 云岭条例
    层级: 示例
    版本: [{通过: 2024-01-10, 施行: 2024-03-01, 核对: 已核对, 来源: 示例}]
    条文: {32: {要旨: 逾期不改的可以罚款, 标签: [罚款], 款数: 2}}
规则:
  - {编号: local-hearing, 名称: 云岭听证标准, 数值: 1000, 单位: 元, 种类: 界限, 依据: [{法: 云岭条例, 条: 32, 款: 2}], 核对: 已核对}
"""


def test_a_local_regulation_joins_the_registry() -> None:
    registry, problems = load_registry(parse_yaml(LOCAL, "law.yaml")[0])
    assert problems == ()
    assert (
        registry.cite("云岭条例", 32, 1, on=date(2024, 3, 1)).text
        == "《云岭县义务教育促进条例》第三十二条第一款"
    )
    assert registry.rule("local-hearing").value == 1000


def test_a_supplement_adds_a_confirmed_article_to_a_known_statute() -> None:
    province = parse_yaml(LOCAL.replace("已核对", "部分"), "province/law.yaml")[0]
    county = parse_yaml(
        """
法律法规:
  - 编号: qingshi-tiaoli
    名称: 云岭县义务教育促进条例
    简称: 云岭条例
    层级: 示例
    补充: 是
    版本: [{施行: 2024-03-01, 核对: 已核对, 确认人: 赵某, 确认日期: 2026-03-01}]
    条文: {33: {要旨: 由乡镇政府决定, 标签: [职权]}}
""",
        "county/law.yaml",
    )[0]
    registry, problems = load_registry(province, county)
    assert problems == ()
    for article in (32, 33):
        citation, found = registry.check_citation("云岭条例", article, on=SPRING)
        assert citation and citation.version.confirmed_by == "赵某" and found == ()


def test_mistakes_in_a_local_file_are_reported_at_their_places() -> None:
    text = LOCAL.replace("qingshi-tiaoli", "yiwu-jiaoyu-fa").replace(
        "款: 2}], 核对", "款: 3}], 核对"
    )
    _, problems = load_registry(parse_yaml(text, "law.yaml")[0])
    assert [(p.code, str(p.place)) for p in problems] == [
        ("LAW011", "law.yaml:3:5"),
        ("LAW012", "law.yaml:10:5"),
    ]
    _, problems = load_registry(
        parse_yaml(LOCAL.replace("款: 2}], 核对", "款: 3}], 核对"), "law.yaml")[0]
    )
    assert "只有 2 款" in problems[0].message


def test_a_taken_title_and_overlapping_versions_are_reported() -> None:
    taken = LOCAL.replace("简称: 云岭条例", "简称: 义务教育法").replace(
        "法: 云岭条例, 条: 32, 款: 2", "法: 义务教育法"
    )
    assert [p.code for p in load_registry(parse_yaml(taken, "law.yaml")[0])[1]] == ["LAW011"]
    overlap = LOCAL.replace(
        "版本: [", "版本: [{施行: 2020-01-01, 失效: 2024-03-01, 核对: 已核对}, "
    )
    assert [p.code for p in load_registry(parse_yaml(overlap, "law.yaml")[0])[1]] == ["LAW018"]


def test_an_unknown_key_names_the_nearest() -> None:
    _, problems = load_registry(parse_yaml(LOCAL.replace("要旨", "要点"), "law.yaml")[0])
    assert sorted(p.code for p in problems if p.code.startswith("TYPE")) == ["TYPE001", "TYPE002"]


# ---- required contents ----


def test_the_order_must_tell_the_review_right_and_no_street_office_issues_it(
    registry: Registry,
) -> None:
    order = registry.document("责令限期改正通知书")
    assert order and order.id == "order-to-correct"
    assert {"改正期限", "复议权利", "复议机关", "复议期限"} <= {
        part.name for part in order.required
    }
    assert {rule.kind for rule in order.issuers} == {"乡镇人民政府", "县级教育行政部门"}
    assert "街道办事处" in {rule.kind for rule in order.barred}


def test_papers_of_one_procedure_share_their_issuers(registry: Registry) -> None:
    decision, demand = registry.document("penalty-decision"), registry.document("demand-letter")
    assert (
        decision
        and demand
        and demand.barred == decision.barred
        and demand.issuers == decision.issuers
    )
    assert registry.document("no-such-paper") is None


def test_a_township_never_applies_to_revoke_guardianship(registry: Registry) -> None:
    application = registry.document("guardianship-application")
    assert application and "乡镇人民政府" in {rule.kind for rule in application.barred}


# ---- lists of words ----


def test_every_list_of_words_says_something_and_is_used(registry: Registry) -> None:
    code = "".join(path.read_text("utf-8") for path in DATA.parents[1].rglob("*.py"))
    for name, words in registry.word_lists.items():
        assert words.words or words.meanings, name
        assert f'words("{name}")' in code, name


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("not-law", "白沙村村规民约", True),
        ("not-law", "云岭示例义务教育条例", False),
        ("guardianship-applicants", "云岭县民政局", True),
        ("guardianship-applicants", "白沙村民委员会", True),
        ("guardianship-applicants", "青石镇人民政府", False),
        ("guardianship-applicants", "云岭县教育体育局", False),
    ],
)
def test_a_name_is_recognised_by_its_words(
    registry: Registry, name: str, text: str, found: bool
) -> None:
    assert registry.words(name).found_in(text) is found


def test_a_word_is_taken_for_what_the_law_means_by_it(registry: Registry) -> None:
    names = registry.words("organ-names")
    assert names.meaning("乡（镇）人民政府") == names.meaning("乡镇政府") == "乡镇人民政府"
    assert names.meaning("云岭县教育体育局") == "云岭县教育体育局"


def test_a_sum_that_is_imposed_or_put_off_never_leaves_the_house_open(registry: Registry) -> None:
    """What is written by hand where it happens, like place and time, may; the sum may not."""
    sums = {"罚款数额", "拟处罚内容", "批准的期限和金额"}
    parts = [(doc.id, part) for doc in registry.documents for part in doc.required]
    told = {name: part.left_open for name, part in parts if part.name in sums}
    assert set(told.values()) == {"不得制发"}
    assert {"penalty-notice", "penalty-decision", "spot-decision"} <= set(told)
    by_hand = {(name, part.name) for name, part in parts if part.left_open == "当场手写"}
    assert ("spot-decision", "时间地点") in by_hand
