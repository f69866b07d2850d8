"""An invented county with everything that its papers need, and a case told up to a step."""

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.office.check import check_history
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.problems import Problems, errors
from kcbx_docs.procedure.standing import GuardianStanding, stand
from kcbx_docs.procedure.verdict import Permission, permission
from kcbx_docs.record.docket import Docket
from kcbx_docs.render.text import paragraphs

FATHER, MOTHER = "普正华", "李桂仙"
TOWN, BUREAU = "云岭县青石镇人民政府", "云岭县教育体育局"

OFFICE = """\
地区: "530499"
机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政, 地址: 云岭县青石镇正街1号, 负责人: 李建川, 负责人职务: 镇长}
其他机关:
  - {名称: 云岭县教育体育局, 类型: 县级教育行政部门, 机关代字: 云教体, 地址: 云岭县城文华路2号}
  - {名称: 云岭县湖滨街道办事处, 类型: 街道办事处, 机关代字: 湖办, 地址: 云岭县城湖滨路3号}
执法人员: [{姓名: 普文清, 证号: 云F0000001}, {姓名: 段晓岚, 证号: 云F0000002}]
复议机关: {名称: 云岭县人民政府, 地址: 云岭县城文华路1号}
法院: [{名称: 云岭县人民法院}]
收款银行: {名称: 云岭农商行青石支行, 户名: 云岭县财政局, 账号: "0000000000000000009"}
处罚依据:
  - {编号: 示例52, 法规: 示例省义务教育条例, 条文: 第五十二条第一款, 原文: 逾期不改正的，处二百元以上一千元以下罚款。, 制定机关: 示例省人民代表大会常务委员会, 施行日期: 2021-01-01, 最低罚款: 200, 最高罚款: 1000, 机关: [乡镇人民政府, 县级教育行政部门], 赋权决定: 不需要, 以逾期不改为前提: 是, 听证标准: 500, 确认人: 白法制, 确认日期: 2025-10-09, 示例: 是}
"""

PACK = """\
名称: 云岭县青石镇（示例）
版本: "1"
来源: 虚构
核对日期: 2026-11-22
参数: {示例: 是}
"""

PUPIL = '{姓名: 普云飞, 身份证号: "530499201305061217", 年级: 七年级, 户籍地址: 云岭县青石镇白沙村15号, 现住址: 云岭县青石镇白沙村15号}'
PEOPLE = {
    FATHER: '{姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 云岭县青石镇白沙村15号}',
    MOTHER: '{姓名: 李桂仙, 关系: 母亲, 身份证号: "530499198807234021", 住址: 云岭县青石镇白沙村15号}',
}
SCHOOL = "{名称: 云岭县青石中学, 类型: 初级中学, 学校代字: 青中}"
EXAMINED = "{缓学休学批准: 无, 送教上门: 否, 特殊教育就读: 否, 转学: 否, 已完成义务教育: 否, 未到入学年龄: 否, 住院治疗: 否, 死亡或出境: 否, 其他正当理由: 无}"

ABSENT = """\
- {日期: 2026-03-02, 事项: 首次缺课}
- {日期: 2026-03-05, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}
- {日期: 2026-03-09, 事项: 书面报告, 对象: [云岭县教育体育局, 云岭县青石镇人民政府]}
"""

MADE = (
    ABSENT
    + """\
- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 普正华, 文号: 青政责改〔2026〕1号}
"""
)

SERVED = (
    MADE
    + """\
- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}
"""
)
"""The order's ten days from receipt end on 2026-03-23."""

OVERDUE = (
    SERVED
    + """\
- {日期: 2026-03-25, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}
"""
)

TOLD = (
    OVERDUE
    + """\
- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: 普正华, 承办人: [普文清, 段晓岚]}
- {日期: 2026-04-07, 事项: 事先告知, 对象: 普正华, 文书: 行政处罚事先告知书, 文号: 青政罚告〔2026〕1号, 金额: 600, 告知听证: 是, 承办人: [普文清, 段晓岚]}
- {日期: 2026-04-08, 事项: 送达, 文书: 行政处罚事先告知书, 文号: 青政罚告〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}
"""
)
"""600 yuan, with the right to a hearing; five working days end on 2026-04-15."""

DECIDED = (
    TOLD
    + """\
- {日期: 2026-04-17, 事项: 处罚决定, 对象: 普正华, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 金额: 600, 承办人: [普文清, 段晓岚]}
- {日期: 2026-04-17, 事项: 送达, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}
"""
)
"""To be paid by 2026-05-06."""


def case_text(
    history: str,
    *,
    guardians: Sequence[str] = (FATHER,),
    pupil: str = PUPIL,
    situation: str = "辍学",
    exclusions: str = EXAMINED,
    school: str = SCHOOL,
    more: str = "",
) -> str:
    """Write a case file; ``guardians`` are names of ``PEOPLE`` or written out,
    ``more`` further lines of the case.
    """
    people = ", ".join(PEOPLE.get(name, name) for name in guardians)
    events = "".join(f"  {line}\n" for line in history.strip().split("\n"))
    return (
        f"案件: 控辍个案\n编号: 2026-001\n情形: {situation}\n学生: {pupil}\n监护人: [{people}]\n"
        f"学校: {school}\n"
        f"排除情形: {exclusions}\n责令: {{改正期限: 收到之日起10日}}\n{more}经过:\n{events}"
    )


def workspace(folder: Path, office: str = OFFICE, text: str = "") -> Path:
    """Write an office, and a case if there is one, into a folder; return the path of the case."""
    files = {"kcbx.yaml": office, "templates/pack.yaml": PACK, "cases/案件.yaml": text}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder / "cases/案件.yaml"


@cache
def office_of(office: str = OFFICE) -> Office:
    """Open an office, once for every text."""
    folder = Path(tempfile.mkdtemp(prefix="kcbx-kinds-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    workspace(folder, office)
    return open_office(folder)


def read(history: str, office: str = OFFICE, **changes: object) -> tuple[Docket, Problems]:
    """Read a case of an office with whatever is wrong in it."""
    opened = office_of(office)
    path = opened.root / "cases/案件.yaml"
    path.write_text(case_text(history, **changes), "utf-8")  # type: ignore[arg-type]
    loaded, problems = opened.read(path, date(2027, 12, 31))
    assert isinstance(loaded, LoadedCase), problems
    return opened.docket(loaded), problems


def docket(history: str, office: str = OFFICE, **changes: object) -> Docket:
    """Read a case in which nothing is wrong."""
    read_case, problems = read(history, office, **changes)
    assert not errors(problems), problems
    return read_case


def may(
    document: str,
    day: str,
    history: str,
    who: str = FATHER,
    office: str = OFFICE,
    **changes: object,
) -> Permission:
    """Ask whether a paper may be made."""
    return permission(docket(history, office, **changes), document, who, date.fromisoformat(day))


def standing(
    day: str, history: str, who: str = FATHER, office: str = OFFICE, **changes: object
) -> GuardianStanding:
    """Tell where a guardian stands."""
    told = stand(docket(history, office, **changes), date.fromisoformat(day))
    return next(person for person in told.guardians if person.guardian == who)


def offered(day: str, history: str, who: str = FATHER, **changes: object) -> tuple[str, ...]:
    """List the steps that may be taken, with a reason where one is asked for."""
    found = standing(day, history, who, **changes)  # type: ignore[arg-type]
    return tuple(option.step for option in found.allowed)


def checked(day: str, history: str, office: str = OFFICE, **changes: object) -> Problems:
    """List what check says of a case on a day."""
    case, found = read(history, office, **changes)
    today = date.fromisoformat(day)
    return (*found, *check_history(case, today))


def codes(answer: Permission, verdict: str = "") -> list[str]:
    """List the codes of what was found, of one verdict if named."""
    return [f.code for f in answer.findings if verdict in ("", f.verdict)]


def papers(
    day: str,
    history: str,
    *documents: str,
    office: str = OFFICE,
    reason: str = "",
    **changes: object,
) -> dict[str, str]:
    """Make papers, those asked for or those of the plain command; return the text of each."""
    desk = Desk(
        office_of(office),
        docket(history, office, **changes),
        date.fromisoformat(day),
        reason=reason,
    )
    planned, problems = plan_case(desk, documents)
    assert not errors(problems), problems
    made: dict[str, str] = {}
    for paper in planned:
        done, found = make(paper, desk.library.registry)
        assert done is not None, found
        made[paper.name] = "\n".join(paragraphs(done.filled.root))
    return made
