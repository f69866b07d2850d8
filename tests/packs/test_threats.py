"""What a paper threatens people with although no law allows it, and its lawful neighbours."""

import pytest

from kcbx_docs.law.registry import load_registry
from kcbx_docs.packs.model import Card
from kcbx_docs.packs.stretches import plain_stretch
from kcbx_docs.packs.threats import threats_in
from tests.packs.templates import HEAD, lint_tree

LAW = load_registry()[0]
SCHOOL, VILLAGE, TOWN = ("学校",), ("村（居）民委员会",), ("乡镇人民政府", "县级教育行政部门")


def threats(text: str, issuers: tuple[str, ...] = SCHOOL, role: str | None = None) -> list[str]:
    """List the words of a text that threaten."""
    card = Card(编号="probe", 标题="测试", 一份对应="案件", 版式="函", 制发机关=issuers, 角色=role)  # type: ignore[call-arg]
    return [one.facts["word"] for one in threats_in(plain_stretch(text).text, LAW, card)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "如不把孩子送来，将停发低保、拘留家长，不准外出务工。",
            ["停发低保", "拘留家长", "不准外出务工"],
        ),
        ("不返校的，一律扣发低保金和养老金。", ["扣发低保金和养老金"]),
        ("低保一律停发。", ["低保一律停发"]),
        ("不能按时返校的停发低保。", ["停发低保"]),
        ("不得辍学否则取消低保。", ["取消低保"]),
        ("没有送孩子上学将停发分红。", ["停发分红"]),
        ("今后不得享受村集体分红、危房改造。", ["今后不得享受村集体分红"]),
        ("不送来，就扣粮、牵牛、抄家。", ["扣粮", "牵牛", "抄家"]),
        ("收回你家的承包地，拆你家的房。", ["收回你家的承包地", "拆你家的房"]),
        ("逾期将对你家停电。", ["将对你家停电"]),
        ("不给开证明，不予办理户口。", ["不给开证明", "不予办理户口"]),
        ("逾期未到的视为自动退学，取消学籍。", ["视为自动退学", "取消学籍"]),
        ("9月1日不到的，视为放弃学位，不再接收入学。", ["视为放弃学位", "不再接收入学"]),
        ("派人强制带回。", ["强制带回"]),
        ("将对其采取强制措施。", ["将对其采取强制措施"]),
        ("监护人纳入黑名单，影响子女政审。", ["纳入黑名单", "影响子女政审"]),
        ("在全镇曝光，大喇叭里点名。", ["曝光", "大喇叭里点名"]),
        ("将剥夺你的监护权。", ["剥夺你的监护权"]),
        ("将追究你的刑事责任，要坐牢。", ["追究你的刑事责任", "要坐牢"]),
        ("送公安机关依法拘留。", ["依法拘留"]),
        ("每天罚款，并交押金。", ["交押金"]),
        ("不送孩子来的，将予以罚款。", ["将予以罚款"]),
    ],
)
def test_what_no_law_allows_is_found(text: str, words: list[str]) -> None:
    assert threats(text) == words
    assert threats(text, VILLAGE) == words


@pytest.mark.parametrize(
    "text",
    [
        "任何单位不得停发低保、扣粮，不得拘留家长。",
        "严禁以停发低保相要挟。",
        "停发低保、拘留家长的做法没有法律依据。",
        "学校不会因为孩子没有上学停发低保，也不会纳入黑名单。",
        "家里困难的，可以申请低保、临时救助和帮扶资金。",
        "低保被取消的，可以重新申请。",
        "□享受低保　□不享受低保",
        "休学期间停发生活补助。",
        "未满十六周岁的，不得外出务工。",
        "学生不得外出务工，禁止使用童工。",
        "家长外出务工的，委托有照护能力的成年人照看。",
        "在校期间不得外出，手机由班主任保管。",
        "拒不履行判决的，人民法院可以依法罚款、拘留。",
        "父亲被拘留、服刑的，写明由谁照护。",
        "构成犯罪的，依法追究刑事责任。",
        "材料不全的，不予办理证明。",
        "学校不得开除、劝退学生，不得取消学籍。",
        "没有初中毕业证，会影响就业。",
        "因停电改期，另行通知。",
        "对非法用工的单位予以曝光。",
        "可以依法向人民法院申请撤销监护人资格。",
        "由乡镇人民政府责令改正，有权机关可以依法处以罚款。",
        "本校不收押金；不收任何费用。",
        "将请假条交班主任。",
    ],
)
def test_what_is_lawful_beside_it_may_be_said(text: str) -> None:
    assert threats(text) == []


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("逾期将处以罚款。", None, ["将处以罚款"]),
        ("依照《某省条例》第八条将处以罚款。", None, []),
        ("决定将处以罚款。", "处罚决定", []),
        ("请将罚款缴入下列账户。", None, []),
        ("本机关将申请人民法院强制执行。", None, []),
        ("逾期将强制执行。", "催告", []),
        ("逾期将强制执行。", None, ["将强制执行"]),
        ("将停发低保。", "处罚决定", ["停发低保"]),
    ],
)
def test_an_organ_that_may_fine_names_its_basis(text: str, role: str, words: list[str]) -> None:
    """What only the role of a paper allows is allowed in that paper alone."""
    assert threats(text, TOWN, role) == words


def test_a_registered_paper_is_looked_at_too_and_is_told_what_it_may_say(tmp_path) -> None:
    """The letter to parents has a list of its own; a word that both lists hold is told once."""
    head = HEAD.replace("probe", "parent-letter")
    text = "<p>请放心。</p><p>不来的停发低保，\n不给办户口；取消低保。</p>"
    tree = {"national/documents/parent-letter.html": head + text}
    found = [one for one in lint_tree(tmp_path, tree) if one.code in ("TMPL062", "PAPR004")]
    assert [(one.code, one.place.line, one.place.column) for one in found] == [
        ("TMPL062", 7, 18),
        ("TMPL062", 8, 1),
        ("TMPL062", 8, 7),
    ]
    assert "怎样申请低保、资助和帮扶" in found[0].hint
