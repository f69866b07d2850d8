"""A county's server in a folder: two towns, two schools, files of all kinds, and who may come in."""

from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from kcbx_docs.desk.apart import CameOf
from kcbx_docs.desk.app import create_app
from kcbx_docs.desk.behind_proxy import Gate
from kcbx_docs.desk.door import Door
from kcbx_docs.desk.opened import OpenDesk
from tests.desk.conftest import DAY
from tests.kinds.world import ABSENT, OFFICE, PUPIL, case_text, workspace
from tests.ledger.world import new_book
from tests.slips.conftest import AUTUMN, give

SITE = "https://kcbx.example"
MIDDLE, PRIMARY, TOWN, OTHER_TOWN = (
    "云岭县青石中学",
    "云岭县白沙小学",
    "云岭县青石镇人民政府",
    "云岭县湖滨乡人民政府",
)
USERS = f"""\
代理: {{地址: [127.0.0.1], 请求头: X-Remote-User, 网址: "{SITE}"}}
用户:
  - {{登录名: zhongxue, 姓名: 罗玉芬, 职务: 学籍管理员, 角色: 学校, 单位: {MIDDLE}}}
  - {{登录名: zhen, 姓名: 普文清, 职务: 队长, 角色: 乡镇, 单位: {TOWN}}}
  - {{登录名: xiang, 姓名: 白法制, 角色: 乡镇, 单位: {OTHER_TOWN}}}
  - {{登录名: xian, 姓名: 杨正宁, 角色: 县级}}
"""
SCHOOLS = f"学校: [{{名称: {MIDDLE}, 学校代字: 青中}}, {{名称: {PRIMARY}, 学校代字: 白小}}]\n"
HUBIN = f"""\
地区: "530499"
机关: {{名称: {OTHER_TOWN}, 类型: 乡镇人民政府, 机关代字: 湖政}}
学校: [{{名称: 云岭县湖滨小学}}]
"""
LEADS = f"""\
线索: 疑似辍学
名单:
  - {{编号: X2026-001, 姓名: 施小燕, 接到日期: 2026-11-20, 来源: 巡查, 学校: {PRIMARY}}}
  - {{编号: X2026-002, 姓名: 段小龙, 接到日期: 2026-11-20, 来源: 巡查, 学校: {MIDDLE}}}
"""
BATCH = f"""\
批次: 白小开学
学期: 2026年秋季学期
学校: {PRIMARY}
名册: {{文件: 白小.csv}}
文书: [{{文书: 控辍保学告知书, 份数: 1}}]
"""


def child(number: str, name: str, school: str) -> str:
    """Write the case of a child, whose guardian and number tell of nobody else."""
    people = f"[{{姓名: {name[0]}家长, 关系: 父亲, 住址: {name}家}}]"
    text = case_text(ABSENT, school=f"{{名称: {school}}}", pupil=PUPIL.replace("普云飞", name))
    lines = [f"监护人: {people}" if one.startswith("监护人") else one for one in text.split("\n")]
    return "\n".join(lines).replace("2026-001", number)


def county(root: Path, day: date = DAY) -> OpenDesk:
    """Write the office of a county, and open its desk behind a proxy; long work is done at once."""
    workspace(root, OFFICE + SCHOOLS, child("2026-001", "普云飞", MIDDLE))
    files = {
        "服务器/用户.yaml": USERS,
        "cases/马小雨.yaml": child("2026-002", "马小雨", PRIMARY),
        "cases/同号.yaml": child("2026-002", "普云龙", MIDDLE),
        "cases/线索.yaml": LEADS,
        "cases/白小开学.yaml": BATCH,
        "cases/白小.csv": "班级,姓名\n一年级1班,龙小白\n",
        "cases/写坏.yaml": "案件: 控辍个案\n学生: {姓名: 李破损\n",
        "cases/湖滨/kcbx.yaml": HUBIN,
        "cases/湖滨/cases/杨晓光.yaml": child("2026-003", "杨晓光", "云岭县湖滨小学"),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    book = new_book(root)
    give(book, "白小告知", AUTUMN, "一年级1班", "白小26秋一1", ["龙小白", "施小燕"], PRIMARY)
    give(book, "开学告知", AUTUMN, "七年级1班", "青中26秋七1", ["普云飞", "段小龙"], MIDDLE)
    door, done = Door(frozenset(), ""), CameOf()
    return OpenDesk(root, door, lambda: day, gate=Gate.of(root), hands=lambda _work, _see: done)


def logged_in(desk: OpenDesk, login: str) -> FlaskClient:
    """Return a browser whose requests come through the proxy, which says who it is."""
    app = create_app(desk)
    app.testing = True
    browser = app.test_client()
    browser.environ_base["HTTP_X_REMOTE_USER"] = login
    browser.environ_base["HTTP_X_KCBX_PROXY"] = desk.gate.word if desk.gate else ""
    browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    browser.environ_base["HTTP_X_FORWARDED_FOR"] = "1.2.3.4, 10.0.0.7"
    return browser
