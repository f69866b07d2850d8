"""What another took, or what was left, must have come to the home of its day."""

import pytest

from kcbx_docs.record.service_basis import rule_of
from tests.kinds.world import FATHER, MADE, checked, docket

MOVED = '{姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 云岭县青石镇安置点2栋301, 住址日期: 2026-03-01%s}'
KNOWN = MOVED % ", 住址经过: [{住址: 云岭县青石镇白沙村3组7号, 日期: 2010-01-01}]"
SERVICE = "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, 承办人: [普文清, 段晓岚], %s}\n"
LEFT = "方式: 留置, 地点: %s, 地点类别: %s, 拒收人: 本人, 拒收原因: 不肯签, 影像资料: 录像1.mp4"
FAMILY = "方式: 直接, 地点: %s, 签收人: 普阿公, 签收人类别: 同住成年家属, 关系: 父亲"
SENT = "方式: 邮寄, 结果: 在途, 交寄日期: 2026-03-13, 邮件单号: 1000000000009, 承运单位: 中国邮政, 送达地址: %s"


def told(guardian: str, said: str) -> list[str]:
    found = checked("2026-03-16", MADE + SERVICE % said, guardians=(guardian,))
    return [one.code for one in found if one.code in ("SERV120", "SERV121")]


@pytest.mark.parametrize(("guardian", "code"), [(KNOWN, "SERV120"), (MOVED % "", "SERV121")])
@pytest.mark.parametrize(
    "said", [LEFT % ("白沙村3组7号", "住所"), FAMILY % "白沙村3组7号", SENT % "白沙村3组7号"]
)
def test_a_paper_at_the_old_address_is_doubted(guardian: str, said: str, code: str) -> None:
    """Left where he had lived before, it was called left at his home."""
    assert told(guardian, said) == [code]


@pytest.mark.parametrize(
    "said",
    [
        LEFT % ("白沙村3组7号", "其他"),
        LEFT % ("安置点2栋301", "住所"),
        LEFT % ("普正华家中", "住所"),
        FAMILY % "青石镇安置点2栋",
        FAMILY % "家中",
        SENT % "云岭县青石镇安置点2栋301室",
        "方式: 直接, 地点: 白沙村3组7号, 签收人: 普正华",
        "方式: 直接, 地点: 村口小卖部",
    ],
)
def test_what_came_home_or_to_himself_is_not(said: str) -> None:
    assert told(KNOWN, said) == told(MOVED % "", said) == []


def test_what_he_refused_at_the_old_address_was_not_left_at_home() -> None:
    """Before the move it was his home."""
    said = LEFT % ("白沙村3组7号", "住所")
    case = docket(MADE + SERVICE % said, guardians=(KNOWN,))
    later = docket(MADE + SERVICE % said, guardians=(KNOWN.replace("2026-03-01", "2026-03-14"),))
    rules = [rule_of(one.events[-1], one.guardian(FATHER)) for one in (case, later)]
    assert rules == ["service-refused-elsewhere", "service-lien"]
