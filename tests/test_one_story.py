"""One case, one story: the papers of every sample and of generated cases agree with each other."""

import random
from collections.abc import Sequence
from functools import cache

import pytest

from kcbx_docs.filing.specimens import UNITS_OF_CASES
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from tests import matrix
from tests.kinds.world import FATHER, MOTHER, OVERDUE, date, docket, office_of
from tests.one_story import (
    SUIT_PAPERS,
    Telling,
    claims,
    contradictions,
    strangers,
    told,
    wrong_amounts,
)

SAMPLES = ("到责令", "两位监护人", "申请强制执行", "民事起诉", "返校结案", "监护建议")
PACKS = ("national", "yunnan/yuxi", "guangxi/liujiang")
"""The wording of a county holds that of its province; others word the same papers alike."""
SEEDS = range(8)


@cache
def sample(pack: str, source: str) -> tuple[Telling, ...]:
    """Return the papers of a sample as a pack words them."""
    return tuple(told(one) for which, one in matrix.made(pack)[0] if which.source == source)


def agree(papers: Sequence[Telling], known: set[str] | None = None) -> None:
    assert papers
    assert list(contradictions(papers)) == []
    assert [fault for paper in papers for fault in wrong_amounts(paper)] == []
    if known is not None:
        assert list(strangers(papers, known)) == []


@pytest.mark.parametrize("source", SAMPLES)
@pytest.mark.parametrize("pack", PACKS)
def test_the_papers_of_a_sample_tell_one_story(pack: str, source: str) -> None:
    agree(sample(pack, source))


def story(seed: int) -> str:
    """Invent how a case went on after the deadline of the order."""
    chance = random.Random(seed)
    fine = chance.choice((200, 350, 500, 600, 950))
    both = "承办人: [普文清, 段晓岚]"
    lines = [
        f"- {{日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕{seed + 1}号, {both}}}",
        f"- {{日期: 2026-03-30, 事项: 询问, 对象: 普正华, 结果: 不想让孩子读了, {both}}}",
        f"- {{日期: 2026-04-02, 事项: 调查终结, 对象: 普正华, 结果: 建议处罚, 金额: {fine}, {both}}}",
        f"- {{日期: 2026-04-02, 事项: 调查终结, 对象: 李桂仙, 结果: 建议不予处罚, "
        f"法定情形: {chance.choice(('没有主观过错', '违法事实不能成立'))}, {both}}}",
        f"- {{日期: 2026-04-07, 事项: 事先告知, 对象: 普正华, 文书: 行政处罚事先告知书, "
        f"文号: 青政罚告〔2026〕{seed + 2}号, 金额: {fine}, 告知听证: {'是' if fine >= 500 else '否'}, {both}}}",
        f"- {{日期: 2026-04-{chance.choice(('08', '09'))}, 事项: 送达, 文书: 行政处罚事先告知书, "
        f"文号: 青政罚告〔2026〕{seed + 2}号, 对象: 普正华, 方式: 直接, {both}}}",
    ]
    if chance.random() < 0.6:
        lines.append(
            "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 家里困难, 结果: "
            f"{chance.choice(('采纳', '不采纳'))}, 备注: 已经核对, {both}}}"
        )
    decided = fine if chance.random() < 0.7 else fine - 50
    day = chance.choice(("20", "24", "27"))
    lines += [
        f"- {{日期: 2026-04-{day}, 事项: 处罚决定, 对象: 普正华, 文书: 行政处罚决定书, "
        f"文号: 青政罚决〔2026〕{seed + 3}号, 金额: {decided}, {both}}}",
        f"- {{日期: 2026-04-28, 事项: 送达, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕{seed + 3}号, "
        f"对象: 普正华, 方式: 直接, {both}}}",
    ]
    if chance.random() < 0.5:
        lines.append(
            "- {日期: 2026-05-06, 事项: 批准延期分期, 对象: 普正华, 期限: 2026-09-30, "
            f"文号: 青政罚延〔2026〕1号, 内容: 一次缴清, {both}}}"
        )
    if chance.random() < 0.5:
        lines.append(f"- {{日期: 2026-10-09, 事项: 缴纳罚款, 对象: 普正华, 金额: {decided // 4}}}")
    lines += [
        f"- {{日期: 2026-10-12, 事项: 催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕{seed + 4}号, {both}}}",
        f"- {{日期: 2026-10-13, 事项: 送达, 文书: 催告书, 文号: 青政催〔2026〕{seed + 4}号, "
        f"对象: 普正华, 方式: 直接, {both}}}",
        f"- {{日期: 2026-10-30, 事项: 核实, 对象: 普正华, 查明: [没有陈述申辩, 催告后没有陈述申辩, "
        f"没有申请行政复议, 没有提起行政诉讼], {both}}}",
    ]
    return OVERDUE + "\n".join(lines) + "\n"


@cache
def generated(seed: int) -> tuple[Telling, ...]:
    """Return every paper of an invented case, drafts of those that the procedure would refuse."""
    desk = Desk(
        office_of(), docket(story(seed), guardians=(FATHER, MOTHER)), date(2026, 11, 2), draft=True
    )
    library = desk.library
    wanted = [n for n in library.ids if library.document(n).front.unit in UNITS_OF_CASES]
    planned, _ = plan_case(desk, wanted)
    made = [make(paper, library.registry)[0] for paper in planned]
    return tuple(told(one) for one in made if one)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_papers_of_a_generated_case_tell_one_story(seed: int) -> None:
    known = {"530499201305061217", "530499198603123012", "530499198807234021"}
    agree(generated(seed), known)


def test_all_papers_of_a_suit_name_the_parties_that_were_chosen() -> None:
    """The daughter sues her father; her mother, who would send her to school, represents her."""
    said: dict[str, set[tuple[str, str]]] = {}
    for paper in sample("national", "民事起诉"):
        for claim in claims(paper):
            said.setdefault(claim.about[0], set()).add((claim.value, paper.document))
    for what, who in {"起诉的人": "何小满", "代理人": "周玉兰", "被诉的人": "何建勇"}.items():
        assert {name for name, _ in said[what]} == {who}
        assert set(SUIT_PAPERS) <= {document for _, document in said[what]}


def test_much_is_compared() -> None:
    """Two papers at least speak of each thing; else the comparison would prove nothing."""
    things: dict[tuple[str, ...], set[str]] = {}
    for paper in (*sample("national", "申请强制执行"), *generated(0)):
        for claim in claims(paper):
            things.setdefault(claim.about, set()).add(claim.paper)
    shared = {about[0] for about, papers in things.items() if len(papers) > 1}
    assert shared >= {
        "题名", "制发日", "送达日", "改正期限届满", "身份证号", "住所", "失学起", "劝返",
        "决定罚款", "拟罚款", "不予处罚依据",
    }  # fmt: skip


def test_a_contradiction_is_found() -> None:
    (first, *_) = (paper for paper in generated(0) if paper.document == "penalty-decision")
    other = Telling(
        "别的", "demand-letter", "催告书", "青政催〔2026〕9号", first.guardian, first.day,
        "对你处以罚款1元（大写：贰元整）。改正期限至2026年1月1日届满。",
    )  # fmt: skip
    found = " ".join(contradictions((first, other)))
    assert "决定罚款" in found
    assert "改正期限届满" in found
    assert list(wrong_amounts(other))
