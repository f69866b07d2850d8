"""The ladder of one invented case, typed day by day as an officer does: from the school's report
to the application to the court. The father gets his order by public notice after two attempts;
the mother's letter comes back, and what she refuses is left with her. Every day was counted by
hand from a calendar on paper.
"""

import json
import re
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.office import ROOT, run
from tests.dossier.test_binding import corners
from tests.dossier.test_case_bound import text_page

pytestmark = pytest.mark.pdf
CASE = "cases/案件.yaml"
PARTLY_READ = "LAW006"
"""The only doubt on the way: a provincial rule of which one article was read."""
DATED_BACK = "ISSU110"
"""What is typed with a day that is over is asked about, here as anywhere."""
FILE = """\
案件: 控辍个案
编号: 2025-021
情形: 辍学
承办人: [陆志明, 岩温香]
学生: {姓名: 杨小川, 身份证号: "530498201205173119", 年级: 八年级, 班级: 3班, 现住址: 望川县柏岭镇石桥村7号}
监护人:
  - {姓名: 杨德旺, 关系: 父亲, 身份证号: "530498198402091230", 住址: 望川县柏岭镇石桥村7号}
  - {姓名: 周秀兰, 关系: 母亲, 身份证号: "530498198607234223", 住址: 望川县柏岭镇石桥村7号, 下落: 在家}
学校: 望川县柏岭中学
排除情形:
  缓学休学批准: {结论: 无, 依据: 审批台账}
  送教上门: {结论: 否, 依据: 学校证明}
  特殊教育就读: {结论: 否, 依据: 学籍系统}
  转学: {结论: 否, 依据: 学籍系统}
  已完成义务教育: {结论: 否, 依据: 学籍系统}
  未到入学年龄: 否
  住院治疗: {结论: 否, 依据: 家访}
  死亡或出境: {结论: 否, 依据: 户籍系统}
  其他正当理由: {结论: 无, 依据: 历次劝返记录}
责令: {改正期限: 收到之日起10日, 报到地点: 望川县柏岭中学教务处}
经过:
  - {日期: 2025-09-01, 事项: 首次缺课}
"""

DIARY = """\
2025-09-04 log 劝返 方式=家访 对象=周秀兰 承办人=陈雪梅 结果=拒绝
2025-09-09 log 劝返 方式=家访 对象=周秀兰 承办人=陈雪梅、段正兴 结果=拒绝
2025-09-12 log 书面报告 对象=望川县教育体育局、望川县柏岭镇人民政府 文号=柏中报〔2025〕3号
2025-09-12 issue --doc 学校书面报告
2025-09-22 ※ 杨德旺 已报告，周秀兰 已报告
2025-09-22 issue --doc 责令送被监护人接受义务教育通知书
2025-09-22 ※ 杨德旺 责令待送达，周秀兰 责令待送达
2025-09-23 service record --number 柏政责改〔2025〕1号 --to 杨德旺 --method 直接 结果=未送达 原因=家中无人 OFFICERS --file 情况记录=01.pdf
2025-09-23 service record --number 柏政责改〔2025〕2号 --to 周秀兰 --method 直接 结果=未送达 原因=下地未归 OFFICERS --file 情况记录=02.pdf
2025-09-24 ？ 杨德旺 邮寄，周秀兰 邮寄
2025-09-24 service record --number 柏政责改〔2025〕1号 --to 杨德旺 --method 邮寄 结果=在途 交寄日期=2025-09-24 邮件单号=1000000000001 承运单位=中国邮政 --file 交寄单=03.pdf
2025-09-24 service record --number 柏政责改〔2025〕2号 --to 周秀兰 --method 邮寄 结果=在途 交寄日期=2025-09-24 邮件单号=1000000000002 承运单位=中国邮政 --file 交寄单=04.pdf
2025-10-09 service record --number 柏政责改〔2025〕1号 --to 杨德旺 --method 邮寄 结果=未送达 原因=退回，查无此人 邮件单号=1000000000001 承运单位=中国邮政 --file 退件封面=05.pdf
2025-10-09 service record --number 柏政责改〔2025〕2号 --to 周秀兰 --method 邮寄 结果=未送达 原因=退回，逾期未领 邮件单号=1000000000002 承运单位=中国邮政 --file 退件封面=06.pdf
2025-10-10 ？ 杨德旺 公告，周秀兰 直接
# Left with her on Friday: ten days from Saturday 11 October end on Monday the 20th.
2025-10-10 service record --number 柏政责改〔2025〕2号 --to 周秀兰 --method 留置 时间=19:10 地点=周秀兰家中 地点类别=住所 拒收人=本人 拒收原因=看过后不签 见证人=李福海 见证人.单位=柏岭镇石桥村村民委员会 见证人.单位类别=村（居）民委员会 OFFICERS --file 送达回证=07.pdf --file 照片录像=08.pdf
2025-10-10 → 周秀兰 改正期限 2025-10-20
# Thirty days from 14 October: 18 in October, 12 in November.
2025-10-13 issue --doc 送达公告 --to 杨德旺
2025-10-13 service record --number 柏政责改〔2025〕1号 --to 杨德旺 --method 公告 公告日期=2025-10-13 公告媒介=石桥村公告栏、杨德旺住所 原因=直接送达家中无人，邮寄退回 --file 公告原件=09.pdf --file 张贴照片=10.pdf
2025-10-13 → 杨德旺 公告期满 2025-11-12，周秀兰 改正期限 2025-10-20
2025-10-20 ※ 杨德旺 责令待送达，周秀兰 责令期内
2025-10-21 ※ 杨德旺 责令待送达，周秀兰 责令期满
2025-11-11 ※ 杨德旺 责令待送达，周秀兰 责令期满
# Ten days from 13 November end on Saturday the 22nd, so on Monday the 24th.
2025-11-12 ※ 杨德旺 责令期内，周秀兰 责令期满
2025-11-12 → 杨德旺 改正期限 2025-11-24
2025-11-25 ※ 杨德旺 责令期满，周秀兰 责令期满
2025-11-26 log 核查 方式=到校 结果=未返校 OFFICERS 记录人=岩温香
# Ninety days from 2 December: 30, 31 and 28 in three months, one in March.
2025-12-01 log 立案 对象=周秀兰 OFFICERS
2025-12-01 issue --doc 立案审批表 --to 周秀兰
2025-12-01 → 周秀兰 立案到处罚决定 2026-03-01
2025-12-03 log 询问 时间=09:30 结束时间=10:20 对象=周秀兰 地点=柏岭镇人民政府 OFFICERS 记录人=岩温香 内容=问：收到责令没有？答：收到了，没有改。 结果=责令已经收到，没有改正
2025-12-08 log 调查终结 对象=周秀兰 OFFICERS 结果=建议处罚 金额=300
2025-12-10 log 事先告知 对象=周秀兰 金额=300 OFFICERS
2025-12-10 issue --doc 行政处罚事先告知书 --to 周秀兰
# Thursday; five working days: Friday, then Monday to Thursday.
2025-12-11 service record --doc 行政处罚事先告知书 --to 周秀兰 --method 直接 签收人=周秀兰 OFFICERS --file 送达回证=11.pdf
2025-12-11 → 周秀兰 陈述申辩 2025-12-18，周秀兰 立案到处罚决定 2026-03-01
2025-12-19 log 核实 对象=周秀兰 查明=没有陈述申辩、没有要求听证 OFFICERS 内容=查收文登记
2025-12-19 log 法制审核 对象=周秀兰 审核人=段学文 结果=同意
2025-12-22 log 处罚决定 对象=周秀兰 金额=300 OFFICERS
2025-12-22 issue --doc 行政处罚决定书 --to 周秀兰
# To pay: 9 days in December, 6 in January. Review: 9, 31 and 20 days make 20 February, in the
# holidays of the Spring Festival until the 23rd. Suit: six months, a Monday; the court three later.
# A demand that leaves ten working days before 22 September is served by the 8th.
2025-12-22 service record --doc 行政处罚决定书 --to 周秀兰 --method 直接 签收人=周秀兰 OFFICERS --file 送达回证=12.pdf
2025-12-22 → 周秀兰 缴纳罚款 2026-01-06，周秀兰 申请行政复议 2026-02-24，周秀兰 提起行政诉讼 2026-06-22，周秀兰 催告书送达 2026-09-08，周秀兰 申请法院强制执行 2026-09-22
2026-01-07 ※ 杨德旺 责令期满，周秀兰 逾期未缴
2026-06-24 log 核查 方式=到校 结果=未返校 OFFICERS 记录人=岩温香
# Three in a hundred a day are nine yuan: the 34th day reaches 300, and it stays there.
2026-06-25 log 催告 对象=周秀兰 金额=600 OFFICERS
2026-06-25 issue --doc 催告书 --to 周秀兰
# Friday; ten working days: two weeks from Monday 29 June to Friday 10 July.
2026-06-26 service record --doc 催告书 --to 周秀兰 --method 直接 签收人=周秀兰 OFFICERS --file 送达回证=13.pdf
2026-06-26 → 周秀兰 催告后履行 2026-07-10，周秀兰 申请法院强制执行 2026-09-22
2026-07-10 ※ 杨德旺 责令期满，周秀兰 催告期内
2026-07-11 ※ 杨德旺 责令期满，周秀兰 催告期满
2026-07-13 log 核实 对象=周秀兰 查明=没有申请行政复议、没有提起行政诉讼、催告后没有陈述申辩 OFFICERS 内容=向复议机关、法院查询
2026-07-14 log 申请强制执行 对象=周秀兰 法院=望川县人民法院 金额=600 OFFICERS
2026-07-14 issue --doc 强制执行申请书 --to 周秀兰
2026-07-15 issue --doc 劝返记录 --existing 14.pdf --day 2025-09-04
2026-07-15 issue --doc 劝返记录 --existing 15.pdf --day 2025-09-09
2026-07-15 issue --doc 核查记录 --existing 16.pdf --day 2025-11-26
"""

CONTENTS = """\
劝返记录（周秀兰） | 14
劝返记录（周秀兰） | 15
学校书面报告 | 柏中报〔2025〕3号
责令送被监护人接受义务教育通知书（杨德旺） | 柏政责改〔2025〕1号
送达情况记录（未送达）（杨德旺） | 01
交寄凭证（杨德旺） | 03
邮寄送达凭证（未送达）（杨德旺） | 05
公告送达凭证（杨德旺） | 09 10
责令送被监护人接受义务教育通知书（周秀兰） | 柏政责改〔2025〕2号
送达情况记录（未送达）（周秀兰） | 02
交寄凭证（周秀兰） | 04
邮寄送达凭证（未送达）（周秀兰） | 06
送达回证（周秀兰） | 07 08
送达公告（杨德旺） | 柏政责改〔2025〕1号
核查记录 | 16
立案审批表（周秀兰） | 柏政罚立〔2025〕1号
行政处罚事先告知书（周秀兰） | 柏政罚告〔2025〕1号
送达回证（周秀兰） | 11
行政处罚决定书（周秀兰） | 柏政罚决〔2025〕1号
送达回证（周秀兰） | 12
催告书（周秀兰） | 柏政催〔2026〕1号
送达回证（周秀兰） | 13
强制执行申请书（周秀兰） | 柏政强申〔2026〕1号
"""
"""What is bound, and what stands on its pages: a number, or the scans."""


@dataclass
class Officer:
    """Types the lines of the diary in a folder; keeps where the program told something else."""

    folder: Path
    wrong: list[str] = field(default_factory=list)

    def live(self, line: str) -> None:
        day, told = line.split(" ", 1)
        if told.startswith("※ "):
            self.compare(line, self.states(day))
        elif told.startswith("→ "):
            self.compare(line, self.due(day))
        elif told.startswith("？ "):
            self.compare(line, self.ways(day))
        else:
            self.type(day, told)

    def type(self, day: str, told: str) -> None:
        words = shlex.split(told.replace("OFFICERS", "承办人=陆志明、岩温香"))
        for scan in re.findall(r"(\d\d)\.pdf", told):
            (self.folder / f"{scan}.pdf").write_bytes(text_page(f"PROOF {scan}"))
        at = 2 if words[0] == "service" else 1
        dated = ("--day", day) if words[0] == "service" else ()
        dated = (f"日期={day}",) if words[0] == "log" else dated
        said = run(self.folder, *words[:at], CASE, *words[at:], *dated, "--as-of", day)
        if said.exit_code or set(re.findall(r"\[(\w+)\]", said.output)) - {PARTLY_READ, DATED_BACK}:
            self.wrong.append(f"{day} {told}\n{said.output}")

    def compare(self, line: str, known: set[str]) -> None:
        wanted = set(line.split(" ", 2)[2].split("，"))
        if wanted != known:
            self.wrong.append(f"{line}\n{sorted(known)}")

    def states(self, day: str) -> set[str]:
        case = json.loads(run(self.folder, "next", CASE, "--as-of", day, "--json").stdout)
        return {f"{one['name']} {one['state']}" for one in case["cases"][0]["guardians"]}

    def ways(self, day: str) -> set[str]:
        words = ("service", "plan", CASE, "--as-of", day, "--json")
        waiting = json.loads(run(self.folder, *words).stdout)["waiting"]
        return {f"{one['guardian']} {one['next']['method']}" for one in waiting}

    def due(self, day: str) -> set[str]:
        told = json.loads(run(self.folder, "deadlines", CASE, "--as-of", day, "--json").stdout)
        return {f"{one['guardian']} {one['what']} {one['by']}" for one in told["deadlines"]}


@pytest.fixture(scope="module")
def officer(tmp_path_factory) -> Officer:
    """Somebody who has typed the whole diary."""
    folder = tmp_path_factory.mktemp("ladder")
    shutil.copy(ROOT / "cases/阶梯示例/kcbx.yaml", folder)
    shutil.copytree(ROOT / "cases/阶梯示例/templates", folder / "templates")
    (folder / "cases").mkdir()
    (folder / CASE).write_text(FILE, "utf-8")
    officer = Officer(folder)
    for line in DIARY.splitlines():
        if not line.startswith("#"):
            officer.live(line)
    return officer


@pytest.fixture(scope="module")
def bound(officer) -> dict:
    """What the dossier tells of itself when it is bound."""
    return json.loads(run(officer.folder, "dossier", CASE, "--json").stdout)


def test_every_day_is_the_one_that_was_counted_by_hand(officer):
    assert officer.wrong == []


def test_what_was_typed_and_recorded_is_of_one_mind(officer):
    done = run(officer.folder, "check", "cases", "kcbx.yaml")
    assert done.output == "检查了 2 个文件，没有错误。\n"
    assert run(officer.folder, "ledger", "verify").output.startswith("完好。")


def test_the_contents_of_the_dossier_are_where_they_say(officer, bound):
    rows = bound["volumes"][0]["contents"]
    wanted = [line.split(" | ") for line in CONTENTS.splitlines()]
    assert [row["题名"] for row in rows] == [title for title, _ in wanted]

    data = (officer.folder / "output/2025-021-案卷/案卷.pdf").read_bytes()
    read = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    pages = {a or b: text for (a, b), text in zip(corners(data), read, strict=True)}
    for row, (_, marks) in zip(rows, wanted, strict=True):
        span = range(row["首页"], row["末页"] + 1)
        text = "".join("".join(pages[str(n)].split()) for n in span)
        expected = [f"PROOF{mark}" for mark in marks.split()] if marks[0].isdigit() else [marks]
        assert [mark for mark in expected if mark not in text] == [], row
    assert [row["首页"] for row in rows[1:]] == [row["末页"] + 1 for row in rows[:-1]]


def test_what_is_missing_is_told_with_the_command_that_mends_it(bound):
    assert [one["缺什么"] for one in bound["missing"] if "没有原件" in one["缺什么"]] == [
        "《核查记录》（2026-06-24）只写在案件文件里，没有原件",
        "《询问笔录》（2025-12-03）只写在案件文件里，没有原件",
        "《案件调查终结报告》（2025-12-08）只写在案件文件里，没有原件",
        "《法制审核意见书》（2025-12-19）只写在案件文件里，没有原件",
    ]
    rest = [one["缺什么"] for one in bound["missing"] if "没有原件" not in one["缺什么"]]
    assert all(what.endswith("没有盖章件") for what in rest) and len(rest) == 9
    assert all("kcbx" in one["怎样补"] for one in bound["missing"])
