"""By whom a paper was carried, to which address, through whom."""

from datetime import date

import pytest

from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.world import FATHER, MADE, PEOPLE, codes, docket, may, papers, standing

KIND = Kind(
    "邮寄、电子、转交和委托送达",
    "快递企业寄机关公文、发到确认书以外的地址、由学校或村里转交，不能悄悄当作送达",
    (
        ("youzheng-fa", "55"),
        ("minshi-susong-fa", "90", "1"),
        ("minshi-susong-fa", "92"),
        ("minshi-susong-fa", "93"),
        ("minshi-susong-fa", "94"),
        ("minsu-jieshi", "136"),
        ("xingzheng-chufa-fa", "61", "2"),
    ),
)

SENT = (
    "- {日期: 2026-03-13, 事项: 送达, 文书: %s, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: %s, 承办人: [普文清, 段晓岚]}\n"
)
ORDER = "责令限期改正通知书"
MAIL = "邮寄, 邮件单号: E1, 签收日期: 2026-03-13"
SERVED = date(2026, 3, 13)


def sent(how: str, **keys: str) -> tuple[date | None, list[str]]:
    """Tell from when the order counts as served, and what is wrong or doubtful."""
    written = "".join(f", {key}: {value}" for key, value in keys.items())
    person = PEOPLE[FATHER].removesuffix("}") + written + "}"
    case = docket(MADE + SENT % (ORDER, how), guardians=(person,))
    act = case.progress(case.case.guardians[0], date(2026, 3, 16)).act("责令")
    assert act is not None
    found = (*act.services[0].faults, *act.services[0].doubts)
    return act.served(date(2026, 3, 16)), [code for code, _ in found]


@pytest.mark.parametrize(
    ("carrier", "found"),
    [
        ("承运单位: EMS", []),
        ("承运单位: 中国邮政", []),
        ("承运单位: 中国邮政 EMS", []),
        ("承运单位: 云岭县邮政分公司, 承运单位类别: 邮政企业", []),
        ("承运单位: 顺丰速运, 承运单位类别: 快递企业", ["PROC117"]),
        ("承运单位: 顺丰速运", ["PROC117"]),
        ("承运单位: 某某同城配送", ["PROC118"]),
        ("承运单位: 邮政储蓄银行门口的快递点", ["PROC118"]),
        ("承运单位: 中国邮政储蓄银行云岭县支行", ["PROC118"]),
        ("承运单位: 中国邮政门口的驿站", ["PROC118"]),
        ("承运单位: 中国邮政速递物流股份有限公司云南省分公司", []),
        ("承运单位: 中国邮政集团有限公司云岭县分公司", []),
        ("承运单位: 云岭县邮政局", []),
        ("承运单位: 顺丰速运, 承运单位类别: 邮政企业", ["PROC132"]),
        ("承运单位: EMS, 承运单位类别: 快递企业", ["PROC132"]),
        ("备注: 没有写承运单位", []),
    ],
)
def test_a_courier_may_not_carry_papers_of_an_office(carrier: str, found: list[str]) -> None:
    assert sent(f"{MAIL}, {carrier}") == (SERVED, found)


def test_a_school_may_send_its_letters_by_any_carrier() -> None:
    history = MADE + SENT % ("劝返通知书", f"{MAIL}, 承运单位类别: 快递企业")
    told = docket(history).progress(docket(history).case.guardians[0], date(2026, 3, 16))
    assert told.papers["urge-notice"][0].services[0].doubts == ()


@pytest.mark.parametrize(
    ("confirmed", "used", "served", "found"),
    [
        ("13800000031", "138-0000-0031", SERVED, []),
        ("13800000031", "手机短信 +86 138 0000 0031", SERVED, []),
        ("13800000031、zh@example.com", "ZH@example.com", SERVED, []),
        ("13800000031", "13800000032", None, ["PROC119"]),
        ("13800000031", "微信 pzh", None, ["PROC119"]),
        ("微信 pzh", "微信：pzh", SERVED, []),
        ("0871-65000000", "087165000000", SERVED, []),
        ("13800000031", "1380000003", None, ["PROC119"]),
        ("", "13800000031", SERVED, ["PROC120"]),
    ],
)
def test_only_the_confirmed_address_receives(
    confirmed: str, used: str, served: date | None, found: list[str]
) -> None:
    keys = {"同意电子送达": "是", "确认书日期": "2026-03-01"}
    if confirmed:
        keys["电子送达地址"] = f'"{confirmed}"'
    how = f'电子, 送达地址: "{used}", 到达日期: 2026-03-13'
    assert sent(how, **keys) == (served, found)


def test_without_a_signed_confirmation_no_address_receives() -> None:
    how = '电子, 送达地址: "13800000031", 到达日期: 2026-03-13'
    keys = {"同意电子送达": "是", "电子送达地址": '"13800000031"'}
    assert sent(how, **keys) == (None, ["PROC102"])


@pytest.mark.parametrize(
    ("unit", "where", "served", "found"),
    [
        ("云岭县青石中学", "", None, ["PROC121"]),
        ("白沙村民委员会", "", None, ["PROC121"]),
        ("云岭县青石中学", "在家", None, ["PROC121"]),
        ("云岭县青石中学, 受托机关类别: 其他", "服刑", None, ["PROC121"]),
        ("望川监狱", "服刑", SERVED, []),
        ("望川监狱, 受托机关类别: 监所", "服刑", SERVED, []),
        ("某部政治工作处, 受托机关类别: 部队", "服兵役", SERVED, []),
        ("云岭县强制隔离戒毒所", "强制戒毒", SERVED, []),
        ("云岭县青石中学", "服刑", None, ["PROC121"]),
        ("云岭县青石中学, 受托机关类别: 部队", "服兵役", SERVED, ["PROC132"]),
        ("云岭县人民武装部", "服兵役", SERVED, ["CASE250"]),
        ("云岭县人民武装部, 受托机关类别: 部队", "服兵役", SERVED, ["CASE250"]),
        ("某旅政治工作部", "服兵役", SERVED, []),
        ("某旅二营四连", "服兵役", SERVED, ["CASE250"]),
        ("某团三营教导员, 受托机关类别: 部队", "服兵役", SERVED, ["CASE250"]),
        ("武警某支队二大队, 受托机关类别: 部队", "服兵役", SERVED, ["CASE250"]),
        ("大连警备区政治工作处, 受托机关类别: 部队", "服兵役", SERVED, []),
        ("武警某支队政治工作处, 受托机关类别: 部队", "服兵役", SERVED, []),
        ("某军分区政治工作处, 受托机关类别: 部队", "服兵役", SERVED, []),
        ("望川监狱", "服兵役", SERVED, ["PROC132"]),
        ("望川监狱, 受托机关类别: 监所", "服兵役", SERVED, ["PROC132"]),
        ("望川监狱", "强制戒毒", SERVED, ["PROC132"]),
        ("云岭县看守所", "服刑", SERVED, []),
        ("云岭县强制隔离戒毒所, 受托机关类别: 监所", "强制戒毒", SERVED, []),
        ("某部政治工作处, 受托机关类别: 部队", "", SERVED, ["PROC106"]),
        ("望川监狱", "", SERVED, ["PROC106"]),
        ("云岭县看守所, 受托机关类别: 监所", "在家", SERVED, ["PROC106"]),
    ],
)
def test_only_soldiers_and_the_locked_up_are_reached_through_a_unit(
    unit: str, where: str, served: date | None, found: list[str]
) -> None:
    keys = {"下落": where} if where else {}
    assert sent(f"转交, 受托机关: {unit}, 签收日期: 2026-03-13", **keys) == (served, found)


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("昆明市官渡区某街道办事处", []),
        ("昆明市官渡区某街道办事处, 受托机关类别: 行政机关", []),
        ("昆明市官渡区某街道办事处, 受托机关类别: 其他", ["PROC129"]),
        ("云岭县公安局青石派出所", []),
        ("白沙村民委员会", ["PROC129"]),
        ("云岭县青石中学", ["PROC129"]),
        ("云岭县青石中学, 受托机关类别: 行政机关", ["PROC132"]),
        ("某工作站", []),
        ("云岭县青石镇人民政府", ["SERV081"]),
        ("青石镇政府", ["SERV081"]),
        ("本机关", ["SERV081"]),
        ("云岭县湖滨街道办事处", []),
        ("云岭县教育体育局", []),
        ("某县青石镇人民政府", []),
    ],
)
def test_another_organ_serves_for_ours(unit: str, found: list[str]) -> None:
    assert sent(f"委托, 受托机关: {unit}, 签收日期: 2026-03-13") == (SERVED, found)


@pytest.mark.parametrize(
    ("how", "asked"),
    [
        (MAIL, 1),
        (f"{MAIL}, 承运单位: EMS", 0),
        (f"{MAIL}, 承运单位类别: 邮政企业", 0),
        ("邮寄, 邮件单号: EA123456789CN, 签收日期: 2026-03-13", 0),
        ('邮寄, 邮件单号: "1234567890123", 签收日期: 2026-03-13', 0),
        ("直接", 0),
    ],
)
def test_who_carried_a_letter_is_asked_where_nothing_tells_it(how: str, asked: int) -> None:
    case = docket(MADE + SENT % (ORDER, how))
    told = [p for p in contradictions(case, date(2026, 3, 16)) if p.code == "PROC134"]
    assert [p.severity for p in told] == ["warning"] * asked
    assert all(p.place and p.place.line for p in told)
    school = docket(MADE + SENT % ("劝返通知书", how))
    assert "PROC134" not in [p.code for p in contradictions(school, date(2026, 3, 16))]


def test_the_doubt_asks_for_a_reason_before_filing_and_no_period_runs_from_a_void_one() -> None:
    check = "- {日期: 2026-03-25, 事项: 核查, 结果: 未返校}\n"
    courier = MADE + SENT % (ORDER, f"{MAIL}, 承运单位类别: 快递企业") + check
    assert "PROC117" in codes(may("case-filing", "2026-03-27", courier), "须说明理由")
    school = MADE + SENT % (ORDER, "转交, 受托机关: 云岭县青石中学, 签收日期: 2026-03-13")
    assert standing("2026-03-16", school).state == "责令待送达"


BY_POST, ON_VIDEO = f"{MAIL}, 承运单位: EMS", "影像资料: [录像], 地点类别: 住所"
HE_REFUSED = "拒收人: 本人, 拒收原因: 不收"
ENTRUSTED = "委托, 受托机关: 昆明市官渡区某街道办事处, 签收日期: 2026-03-13"
IN_PRISON = "转交, 受托机关: 望川监狱, 签收日期: 2026-03-13"


@pytest.mark.parametrize(
    ("how", "keys", "served", "found"),
    [
        (f"{BY_POST}, {HE_REFUSED}", {}, None, ["SERV083"]),
        (f"{BY_POST}, {HE_REFUSED}, 签收人: 普正华", {}, SERVED, []),
        (f"{BY_POST}, 送达地址: 某县城某小区", {}, SERVED, ["SERV085"]),
        (f"{BY_POST}, 送达地址: 某县城某小区, 签收人: 普正华", {}, SERVED, []),
        (f"{BY_POST}, 送达地址: 白沙村15号", {}, SERVED, []),
        (f"{BY_POST}, 送达地址: 某砖厂", {"工作单位": "昆明某砖厂"}, SERVED, []),
        (f"{BY_POST}, 送达地址: 某路8号", {"送达地址": "某县某路8号"}, SERVED, []),
        (f"{ENTRUSTED}, {HE_REFUSED}", {}, None, ["PROC101"]),
        (f"{ENTRUSTED}, {HE_REFUSED}, {ON_VIDEO}", {}, SERVED, []),
        (f"{ENTRUSTED}, 拒收人: 其他人, 拒收原因: 不收, {ON_VIDEO}", {}, None, ["PROC112"]),
        (f"{IN_PRISON}, {HE_REFUSED}", {"下落": "服刑"}, SERVED, ["SERV084"]),
        (f"{IN_PRISON}, {HE_REFUSED}, 签收人: 普正华", {"下落": "服刑"}, SERVED, []),
    ],
)
def test_who_refused_did_not_sign(how: str, keys: dict[str, str], served, found) -> None:
    """A slip that came back refused bears no day of receipt (民事诉讼法 91, 94)."""
    assert sent(how, **keys) == (served, found)


@pytest.mark.parametrize(
    ("how", "place"),
    [
        (
            "公告, 原因: 下落不明, 公告媒介: [村公告栏, 住所], 公告日期: 2026-03-13",
            "村公告栏、住所",
        ),
        ("领取", "云岭县青石镇人民政府"),
        ("领取, 地点: 青石镇便民服务中心", "青石镇便民服务中心"),
        (f"{MAIL}, 送达地址: 湖滨路3号", "湖滨路3号"),
        ("直接", "云岭县青石镇白沙村15号"),
    ],
)
def test_the_receipt_names_the_place_that_the_way_went_to(how: str, place: str) -> None:
    away = PEOPLE[FATHER].removesuffix("}") + ", 下落: 下落不明, 下落日期: 2026-03-01}"
    made = papers("2026-03-20", MADE + SENT % (ORDER, how), "service-receipt", guardians=(away,))
    (receipt,) = (text for name, text in made.items() if "责令" in name)
    lines = receipt.split("\n")
    assert lines[lines.index("送达地点") + 1].startswith(place)
