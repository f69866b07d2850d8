"""A receipt prints what the record holds of a refusal; the rest is written by hand."""

import atexit
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.papers.blanks import open_parts
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.render.text import paragraphs
from tests.kinds.world import (
    ABSENT,
    BUREAU,
    FATHER,
    MADE,
    PACK,
    PEOPLE,
    SERVED,
    TOWN,
    case_text,
    docket,
    papers,
    workspace,
)

LEFT = MADE + (
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, "
    "方式: 留置, 地点: 白沙村15号普正华家中, 地点类别: 住所, 拒收人: 本人, 拒收原因: 说不想看, "
    "见证人: [{姓名: 李福海, 单位: 白沙村村民委员会, 单位类别: 村（居）民委员会, 职务: 主任}], "
    "影像资料: [录像1号], 承办人: [普文清, 段晓岚]}\n"
)


def receipt(history: str, **changes: object) -> str:
    made = papers("2026-03-16", history, "order-to-correct", **changes)  # type: ignore[arg-type]
    return next(text for name, text in made.items() if "送达回证" in name)


def test_a_paper_left_behind_is_told_as_recorded() -> None:
    text = receipt(LEFT)
    for words in (
        "■留置送达",
        "□直接送达",
        "白沙村15号普正华家中",
        "拒收的人、理由和经过：本人拒收，说不想看。文书留在受送达人的住所。",
        "2026年3月13日",
        "李福海，白沙村村民委员会主任",
        "录像1号",
    ):
        assert words in text.replace(" ", "").replace("　", "")


ELSEWHERE = "方式: 直接, 地点: 青石镇集市, 地点类别: 其他"
COLLECTED = "方式: 领取, 地点: 镇政府"


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        (ELSEWHERE, "在住所以外当面送交，拒绝签署送达回证，送达过程有影像资料。"),
        (COLLECTED, "到机关以后拒绝签署送达回证。"),
        ("方式: 留置, 地点: 村口", ""),
    ],
)
def test_a_refusal_elsewhere_is_not_told_as_left_at_home(how: str, wanted: str) -> None:
    """民诉解释 131: who refuses elsewhere, or at the office, is served without leaving it."""
    told = LEFT.replace("方式: 留置, 地点: 白沙村15号普正华家中, 地点类别: 住所", how)
    text = plain(receipt(told))
    assert f"本人拒收，说不想看。{wanted}\n" in text and "文书留在" not in text.split("说明：")[0]


@pytest.mark.parametrize(
    ("where", "wanted", "articles"),
    [
        ("服刑", "由受送达人所在的监所转交本人签收", "第九十三条第一款、第九十四条"),
        ("强制戒毒", "由受送达人所在的强制性教育机构转交", "第九十三条第二款、第九十四条"),
        ("服兵役", "受送达人是军人，由其所在部队团以上单位", "第九十二条、第九十四条"),
    ],
)
def test_only_the_article_of_who_keeps_him_is_cited(where: str, wanted: str, articles: str) -> None:
    kept = PEOPLE[FATHER].removesuffix("}") + f", 下落: {where}, 下落日期: 2026-01-01}}"
    text = receipt(MADE, guardians=(kept,), reason="普文清：先把责令送到他手里")
    assert wanted in text and f"《中华人民共和国民事诉讼法》{articles}）" in text


def plain(text: str) -> str:
    return text.replace(" ", "").replace("　", "")


def test_what_is_not_served_yet_stays_to_be_written() -> None:
    text = receipt(MADE)
    assert "■" not in text
    assert "拒收的人、理由和经过：\n" in text


def test_what_was_handed_over_is_ticked_but_signed_and_dated_by_hand() -> None:
    text = plain(receipt(SERVED))
    assert "■直接送达" in text and "（普文清）证件号码：云F0000001" in text
    assert "收到日期\n年月日\n时分" in text, "the addressee writes it (民事诉讼法 87)"
    assert "拒收的人、理由和经过：\n" in text


def test_a_letter_is_proved_elsewhere_and_what_failed_before_is_told() -> None:
    posted = (
        SERVED.replace(
            "方式: 直接, 承办人: [普文清, 段晓岚]", "方式: 直接, 结果: 未送达, 原因: 家中无人"
        )
        + "- {日期: 2026-03-16, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, "
        "方式: 邮寄, 承运单位: 中国邮政, 邮件单号: '1000000000001', 签收日期: 2026-03-16}\n"
    )
    text = plain(receipt(posted))
    for words in ("■邮寄送达", "2026年3月16日", "见所附凭证", "1000000000001"):
        assert words in text
    assert "2026年3月13日直接送达，没有送到：家中无人。" in text


def test_who_is_locked_up_is_not_sought_at_home() -> None:
    """The place is the unit that hands it on: his home is no place of service (民事诉讼法 93)."""
    kept = PEOPLE[FATHER].removesuffix("}") + ", 下落: 服刑, 下落日期: 2024-01-01}"
    open_ = plain(receipt(MADE, guardians=(kept,), reason="普文清：先把责令送到他手里"))
    assert "送达地点\n（由其所在的单位转交）" in open_
    assert "送达地点\n云岭县青石镇白沙村15号" not in open_
    handed = MADE + (
        "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, "
        "方式: 转交, 受托机关: 云岭监狱, 受托机关类别: 监所, 签收日期: 2026-03-15}\n"
    )
    done = plain(receipt(handed, guardians=(kept,), reason="普文清：先把责令送到他手里"))
    assert (
        "云岭监狱（由其所在的单位转交）" in done and "■转交送达" in done and "2026年3月15日" in done
    )


def test_who_signed_for_another_is_named_with_what_is_known_of_him() -> None:
    text = plain(
        receipt(
            SERVED.replace(
                "直接, 承办人", "直接, 签收人: 李桂仙, 关系: 妻子, 同住: 是, 成年: 是, 承办人"
            )
        )
    )
    assert "李桂仙，关系：妻子" in text and "■同住成年家属" in text and "□指定代收人" in text


@pytest.mark.parametrize(
    ("who", "printed"),
    [
        ("签收人类别: 委托代理人", ("■代理人", "□指定代收人")),
        ("签收人类别: 法定代理人, 关系: 父亲", ("■代理人", "关系：父亲（法定代理人）")),
        ("签收人类别: 指定代收的代理人", ("□代理人", "■指定代收人")),
    ],
)
def test_who_acts_for_another_is_ticked(who: str, printed: tuple[str, ...]) -> None:
    text = plain(receipt(SERVED.replace("直接, 承办人", f"直接, 签收人: 王大, {who}, 承办人")))
    assert all(words in text for words in printed)


def test_papers_that_are_served_together_share_a_receipt_where_the_place_wants_it() -> None:
    told = SERVED + (
        "- {日期: 2026-03-12, 事项: 事先告知, 文书: 行政处罚事先告知书, 对象: 普正华, 文号: 青政罚告〔2026〕1号}\n"
        "- {日期: 2026-03-13, 事项: 送达, 文书: 行政处罚事先告知书, 文号: 青政罚告〔2026〕1号, 对象: 普正华, "
        "方式: 直接, 承办人: [普文清, 段晓岚]}\n"
    )
    for layout, sheets in (("几份一张", [2]), ("一份一张", [1, 1]), ("简式", [1, 1])):
        desk = Desk(office_with(layout), docket(told), date(2026, 3, 16), draft=True)
        planned, _ = plan_case(desk, ("order-to-correct", "penalty-notice"))
        made = [paper.facts["送达"]["各份"] for paper in planned if paper.document == RECEIPT]
        assert [len(papers) for papers in made] == sheets


@pytest.mark.parametrize("layout", ["几份一张", "一份一张", "简式"])
def test_every_layout_asks_for_what_the_law_asks_for(layout: str) -> None:
    desk = Desk(office_with(layout), docket(MADE), date(2026, 3, 16))
    planned, _ = plan_case(desk, ("order-to-correct",))
    [paper] = [paper for paper in planned if paper.document == RECEIPT]
    done, problems = make(paper, desk.library.registry)
    assert done is not None and problems == ()
    text = "\n".join(paragraphs(done.filled.root))
    for words in (
        "未依法送适龄儿童",
        "青政责改〔2026〕1号",
        "普正华",
        "拒收事由",
        "见证人签名",
        "送达人签名",
    ):
        assert words in text


RECEIPT = "service-receipt"


@cache
def office_with(layout: str) -> Office:
    """Open the invented office with a pack that wants a layout."""
    folder = Path(mkdtemp(prefix="kcbx-receipt-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    workspace(folder)
    own = PACK.replace("示例: 是", f"示例: 是, 送达回证版式: {layout}")
    (folder / "templates/pack.yaml").write_text(own, "utf-8")
    return open_office(folder)


def test_the_refusal_of_one_paper_is_not_told_of_another() -> None:
    other = LEFT.replace(
        "送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号",
        "送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕2号",
    )
    assert other != LEFT
    assert "■" not in receipt(other)


def test_nobody_at_home_is_no_refusal() -> None:
    assert "■" not in receipt(LEFT.replace("拒收人: 本人", "拒收人: 无人在家"))


def test_the_receipt_may_stand_under_its_paper_and_no_other_is_made() -> None:
    office = office_with("文书之下")
    path = office.root / "cases/案件.yaml"
    path.write_text(case_text(LEFT), "utf-8")
    loaded, _ = office.read(path, date(2026, 3, 20))
    assert isinstance(loaded, LoadedCase)
    desk = Desk(office, office.docket(loaded), date(2026, 3, 20))
    (paper,) = plan_case(desk, ("order-to-correct",))[0]
    done, problems = make(paper, office.library.registry)
    assert done is not None and problems == ()
    own = "".join(paragraphs(done.filled.root))
    assert own.index("二、入学") < own.index("收件人签名") and "■留置送达" in plain(own)
    assert "另记于送达回证" not in own
    assert open_parts(done, office.library.registry) == (), "what is signed may be open"
    asked = plan_case(desk, (RECEIPT,))[0]
    assert {one.document for one in asked} == {RECEIPT}, "by name it is made apart"


def test_an_organ_signs_a_receipt_of_its_own() -> None:
    office = office_with("一份一张")
    brought = (
        "- {日期: 2026-03-10, 事项: 送达, 文书: 学校书面报告, 对象: 云岭县教育体育局, "
        "方式: 直接, 签收人: 李某, 承办人: 施文}\n"
    )
    path = office.root / "cases/案件.yaml"
    path.write_text(case_text(ABSENT + brought), "utf-8")
    loaded, _ = office.read(path, date(2026, 3, 20))
    assert isinstance(loaded, LoadedCase)
    desk = Desk(office, office.docket(loaded), date(2026, 3, 20))
    made = {one.name: one for one in plan_case(desk, (RECEIPT,))[0]}
    names = [name for name in made if "书面报告" in name]
    assert [name.rpartition("-")[2] for name in names] == [BUREAU, TOWN]
    done, problems = make(made[names[0]], office.library.registry)
    assert done is not None and problems == ()
    text = plain("".join(paragraphs(done.filled.root)))
    assert f"受送达机关{BUREAU}" in text and "■直接送达" in text and "（施文）" in text
    assert "代收人" not in text and "与学生的关系" not in text


POSTED = SERVED.replace(
    "方式: 直接, 承办人: [普文清, 段晓岚]", "方式: 直接, 结果: 未送达, 原因: 家中无人"
) + (
    "- {日期: 2026-03-16, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, "
    "方式: 邮寄, 承运单位: 中国邮政, 结果: 未送达, 原因: 退回}\n"
    "- {日期: 2026-03-18, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, "
    "方式: 公告, 原因: 别的方式送不到, 公告媒介: 村公告栏、住所, 公告日期: 2026-03-18}\n"
)


@pytest.mark.parametrize(("day", "over"), [("2026-04-16", False), ("2026-04-17", True)])
def test_a_public_notice_is_received_by_nobody_and_counts_when_its_days_are_over(
    day: str, over: bool
) -> None:
    """Thirty days after 18 March (民事诉讼法 95): the day of the notice is no day of receipt."""
    made = papers(day, POSTED, "order-to-correct")
    text = plain(next(text for name, text in made.items() if "送达回证" in name))
    got = "收到日期\n2026年4月17日\n（公告期满，视为送达）"
    assert (got in text, "收到日期\n年月日\n时分" in text) == (over, not over)
    assert "2026年3月18日" not in text
