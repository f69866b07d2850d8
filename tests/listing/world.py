"""A school of twelve children, counted by hand, every one in another state at the end of November.

| child | what happened in November 2026 | beginning | new | back | otherwise | end |
|---|---|---|---|---|---|---|
| 01 | away since September, nobody reached him | 1 | | | | 1 |
| 02 | away since October, back on the 9th | 1 | | 1 | | |
| 03 | away from the 3rd, still away | | 1 | | | 1 |
| 04 | away from the 4th, back on the 12th | | 1 | 1 | | |
| 05 | back in October, away again from the 16th | | 1 | | | 1 |
| 06 | never enrolled, away since September | 1 | | | | 1 |
| 07 | away since September, handed over on the 20th | 1 | | | 1 | |
| 08 | away since September, closed on the 24th as abroad | 1 | | | 1 | |
| 09 | back in October by being taught at home | | | | | |
| 10 | back in October, helped, on the white list | | | | | |
| 11 | closed in October, taken up again on the 25th | | 1 | | | 1 |
| 12 | away from the 2nd of December: not yet | | | | | |
| sum | | 5 | 4 | 2 | 2 | 5 |
"""

from datetime import date
from functools import cache

from kcbx_docs.listing.children import DaySpan
from kcbx_docs.listing.gathering import CasesGathered, gathered
from tests.kinds.world import OFFICE, office_of

NOVEMBER = DaySpan(date(2026, 11, 30), date(2026, 11, 1))
SCHOOL = "云岭县青石中学"
_OFFICE = OFFICE + "学校: [{名称: 云岭县青石中学, 类型: 九年一贯制学校}]\n"
AWAY = "{日期: 2026-09-01, 事项: 首次缺课}"
BACK = "{日期: 2026-10-12, 事项: 返校}"
CHILDREN = {
    "01": ("辍学", "八年级", (AWAY, "{日期: 2026-11-05, 事项: 劝返, 方式: 家访, 结果: 未见到}")),
    "02": (
        "辍学",
        "八年级",
        ("{日期: 2026-10-08, 事项: 首次缺课}", "{日期: 2026-11-09, 事项: 返校, 安置: 回原班}"),
    ),
    "03": (
        "辍学",
        "七年级",
        (
            "{日期: 2026-11-03, 事项: 首次缺课}",
            "{日期: 2026-11-06, 事项: 劝返, 方式: 家访, 结果: 拒绝}",
            "{日期: 2026-11-10, 事项: 劝返, 方式: 电话, 结果: 同意返校}",
            "{日期: 2026-11-13, 事项: 学籍标注, 结果: 疑似辍学}",
        ),
    ),
    "04": (
        "辍学",
        "六年级",
        (
            "{日期: 2026-11-04, 事项: 首次缺课}",
            "{日期: 2026-11-12, 事项: 返校, 观察日期: [2026-11-19, 2026-12-12]}",
            "{日期: 2026-11-19, 事项: 复学观察, 结果: 在校}",
        ),
    ),
    "05": ("辍学", "九年级", (AWAY, BACK, "{日期: 2026-11-16, 事项: 再次缺课}")),
    "06": ("未入学", "", (AWAY,)),
    "07": (
        "辍学",
        "八年级",
        (AWAY, "{日期: 2026-11-20, 事项: 移交, 机关: 平湖县教育局, 原因: 孩子一家迁走}"),
    ),
    "08": ("辍学", "八年级", (AWAY, "{日期: 2026-11-24, 事项: 结案, 结果: 孩子出境}")),
    "09": (
        "辍学",
        "三年级",
        (
            AWAY,
            "{日期: 2026-10-12, 事项: 返校, 安置: 送教上门}",
            "{日期: 2026-10-28, 事项: 送教, 方式: 上门, 课时: 2, 承办人: 施文}",
            "{日期: 2026-11-02, 事项: 复学观察, 结果: 在校}",
            "{日期: 2026-11-11, 事项: 送教, 方式: 上门, 课时: 2, 承办人: 施文}",
            "{日期: 2026-11-12, 事项: 复学观察, 结果: 请假}",
            "{日期: 2026-11-18, 事项: 送教, 方式: 远程, 课时: 3, 承办人: 罗敏}",
        ),
    ),
    "10": (
        "辍学",
        "八年级",
        (
            AWAY,
            BACK,
            "{日期: 2026-11-02, 事项: 帮扶, 类别: 学业辅导}",
            "{日期: 2026-11-17, 事项: 帮扶, 类别: 心理辅导, 内容: 和父亲吵过架}",
        ),
    ),
    "11": (
        "辍学",
        "八年级",
        (
            AWAY,
            "{日期: 2026-10-20, 事项: 结案, 结果: 孩子出境}",
            "{日期: 2026-11-25, 事项: 恢复, 原因: 孩子没有出境}",
        ),
    ),
    "12": ("辍学", "七年级", ("{日期: 2026-12-02, 事项: 首次缺课}",)),
}
NAMES = {f"{place:02}": f"周{word}" for place, word in enumerate("一二三四五六七八九十甲乙", 1)}
MORE = {
    "01": "红白名单: [{名单: 白名单, 日期: 2026-03-02}, {名单: 红名单, 日期: 2026-09-05}]\n",
    "02": "红白名单: [{名单: 红名单, 日期: 2026-10-10, 包保人: 施文}]\n",
    "10": "红白名单: [{名单: 白名单, 日期: 2026-11-20}]\n",
}
PUPIL = {"01": ", 留守情况: 双亲留守", "05": ", 留守情况: 否"}


def text_of_case(key: str) -> str:
    """Write the file of one child."""
    situation, grade, events = CHILDREN[key]
    grade = f", 年级: {grade}" if grade else ""
    pupil = f"{{姓名: {NAMES[key]}, 性别: 男, 出生日期: 2012-05-{key}{grade}{PUPIL.get(key, '')}"
    history = "".join(f"  - {event}\n" for event in events)
    return (
        f"案件: 控辍个案\n编号: 2026-{key}\n情形: {situation}\n"
        f"学生: {pupil}, 身份证号: '', 无证件原因: 未落户, 失学原因: 厌学}}\n"
        "监护人:\n  - 姓名: 普正华\n    关系: 父亲\n    住址: 云岭县青石镇白沙村15号\n"
        "    住址日期: 2026-02-20\n"
        "    住址经过: [{日期: 2020-01-01, 住址: 云岭县青石镇石桥村2号}]\n"
        f"学校: {SCHOOL}\n{MORE.get(key, '')}经过:\n{history}"
    )


@cache
def school(span: DaySpan = NOVEMBER) -> CasesGathered:
    """Read the twelve, once for every span."""
    office = office_of(_OFFICE)
    cases = office.root / "cases"
    (cases / "案件.yaml").unlink(missing_ok=True)
    for key in CHILDREN:
        (cases / f"2026-{key}.yaml").write_text(text_of_case(key), "utf-8")
    (cases / "线索.yaml").write_text(LEADS, "utf-8")
    return gathered(office, span, today=date(2026, 12, 5))


LEADS = """\
线索: 疑似辍学
名单:
  - {编号: X2026-001, 姓名: 周三, 接到日期: 2026-11-03, 来源: 学校, 学校: 云岭县青石中学, 年级: 七年级}
  - {编号: X2026-002, 姓名: 白一, 接到日期: 2026-11-04, 来源: 群众, 学校: 云岭县青石中学, 年级: 二年级}
  - {编号: X2026-003, 姓名: 白二, 接到日期: 2026-10-30, 来源: 群众}
  - {编号: X2026-004, 姓名: 白三, 接到日期: 2026-12-01, 来源: 群众}
处理:
  - {日期: 2026-11-05, 线索: X2026-001, 结果: 受理, 案件: 2026-03}
  - {日期: 2026-12-01, 线索: X2026-002, 结果: 不受理, 理由: 已经到校}
"""
