"""Who stands in the cases and rosters of an office, even where a file is half written."""

from datetime import date
from pathlib import Path

from kcbx_docs.office.known_people import known_people

FILES = {
    "kcbx.yaml": "机关: {名称: 通海县测试镇人民政府, 类型: 乡镇人民政府, 电话: 13800000100,"
    " 负责人: 周书记}\n地区: '530423'\n执法人员: [{姓名: 段晓岚, 证号: 滇F1}]\n",
    "cases/甲.yaml": "案件: 控辍个案\n学生:\n  姓名: 王小明\n监护人:\n  - 姓名: 王大山\n"
    "    电话: 13800000009\n  - {姓名: 段晓岚, 身份证号: \n",
    "cases/批次.yaml": "批次: 开学\n学期: 2026年秋季学期\n学校: 测试中学\n名册: {文件: 名册.csv}\n"
    "文书: [控辍保学告知书]\n",
    "cases/名册.csv": "班级,姓名,现住址,父亲姓名,父亲电话\n七年级1班,李小朵,白沙村2号,李国强,13800000008\n",
    "templates/pack.yaml": "说明: {姓名: 谁也不是}\n",
}


def test_people_of_cases_and_rosters_are_known_and_officials_are_not(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    known = known_people(tmp_path, date(2026, 11, 28))
    assert known.names == {"王小明", "王大山", "李小朵", "李国强"}
    assert known.numbers == {"13800000009", "13800000008"}
    assert known_people(tmp_path / "templates", date(2026, 11, 28)).names == frozenset()
