"""What a clerk reads of a file in which nearly everything is wrong: every mistake in its place, with its facts."""

from kcbx_docs.case.files import load_file, load_workspace

from .stories import TODAY

OFFICE = """\
地区: "530499"
机关: {名称: 青石镇人民政府, 类型: 乡镇人民政府}
执法人员: [{姓名: 普文清, 证号: F1}]
学校: [{名称: 青石中学}]
"""
TEXT = """\
案件: 控辍个案
编号: 2026-001
情形: 辍学
承办机关: 青石镇人民政付
承办人: [普文清, 普文青]
学校: {名称: 青石中心}
学生: {姓名: 普云飞, 学籍号: "1", 性别: 女, 出生日期: 2013-05-07, 身份证号: "530499201305061217"}
监护人:
  - {姓名: 普*华, 关系: 祖父, 无证件原因: 待查, 住址: 甲, 出生日期: 2000-01-01}
  - {姓名: 李桂仙}
  - {姓名: 沈大明, 关系: 父亲, 住址: 甲, 出生日期: 2027-01-01, 无证件原因: 待查}
受托照护人: [{姓名: 李桂仙, 关系: 祖母}]
经过:
  - {日期: 2026-09-01, 事项: 首次缺课, 金额: 5}
  - {日期: 2026-09-02, 事项: 首次缺课}
  - {日期: 2026-08-31, 事项: 返校}
  - {日期: 2026-08-30, 事项: 再次缺课}
  - {日期: 2026-12-01, 事项: 劝返, 方式: 家访, 结果: 拒绝了}
  - {日期: 2026-10-12, 事项: 送达, 文书: 责令限期改正通知书, 对象: 李桂先, 方式: 邮寄}
  - {日期: 2026-10-13, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}
  - {日期: 2026-10-14, 事项: 送达, 文书: 甲, 对象: 普*华, 方式: 直接, 结果: 未送达}
责令: {改正期限: 2026-10-13}
"""
TOLD = [
    "4:7 CASE070 承办机关「青石镇人民政付」不在 kcbx.yaml 里。",
    "5:12 CASE072 承办人「普文青」不在 kcbx.yaml 的执法人员里。",
    "6:10 CASE071 学校「青石中心」不在 kcbx.yaml 的学校里。",
    "7:20 CASE035 学生「普云飞」的学籍号不是 G 加身份证号。",
    "7:29 CASE029 学生「普云飞」的性别「女」与身份证号里的「男」不一致。",
    "7:38 CASE028 学生「普云飞」的出生日期 2013-05-07 与身份证号里的 2013-05-06 不一致。",
    "9:10 CASE032 监护人「普*华」的姓名里有不该有的字符：*。",
    "9:19 CASE036 监护人「普*华」是学生的祖父，没有写监护依据，文书不能送给不是监护人的人。",
    "9:47 CASE053 监护人「普*华」只比学生大 13 岁，不到 16 岁。",
    "10:5 CASE034 监护人「李桂仙」没有写与学生的关系。",
    "10:5 CASE033 监护人「李桂仙」没有写住址。",
    "10:5 CASE037 监护人「李桂仙」没有身份证号。",
    "11:36 CASE024 监护人「沈大明」的出生日期 2027-01-01 还没有到。",
    "11:36 CASE053 监护人「沈大明」只比学生大 0 岁，不到 16 岁。",
    "12:14 CASE052 受托照护人「李桂仙」同时写成了监护人「李桂仙」，照护人不是监护人。",
    "14:32 CASE041 「首次缺课」里不能写「金额」。",
    "15:10 CASE067 「首次缺课」写了两次，另一次是 2026-09-01（第 14 行）。",
    "16:10 CASE058 「返校」2026-08-31 早于「首次缺课」2026-09-01。",
    "17:10 CASE058 「再次缺课」2026-08-30 早于「返校」2026-08-31。",
    "18:10 CASE054 「劝返」的「日期」2026-12-01 在今天（2026-11-22）之后。",
    "18:42 CASE042 「劝返」的「结果」不能是「拒绝了」。",
    "19:5 CASE043 邮寄送达缺少「邮件单号」，没有它就证明不了送达。",
    "19:5 CASE043 邮寄送达缺少「签收日期」，没有它就证明不了送达。",
    "19:10 CASE060 「责令限期改正通知书」送达的「日期」是 2026-10-12，却在 2026-10-13 才制发。",
    "19:49 CASE062 「送达」的对象「李桂先」不是本案的监护人。",
    "21:5 CASE044 没有送到，却没有写「原因」。",
]


def test_every_mistake_is_told_where_it_stands_with_what_it_is_about(tmp_path):
    (tmp_path / "kcbx.yaml").write_text(OFFICE, "utf-8")
    (tmp_path / "a.yaml").write_text(TEXT, "utf-8")
    workspace, _ = load_workspace(tmp_path)
    _, problems = load_file(tmp_path / "a.yaml", TODAY, workspace.workspace)
    told = [f"{p.place.line}:{p.place.column} {p.code} {p.message}" for p in problems]
    assert told == TOLD


def test_the_nearest_names_are_offered(tmp_path):
    (tmp_path / "kcbx.yaml").write_text(OFFICE, "utf-8")
    (tmp_path / "a.yaml").write_text(TEXT, "utf-8")
    workspace, _ = load_workspace(tmp_path)
    _, problems = load_file(tmp_path / "a.yaml", TODAY, workspace.workspace)
    hints = {p.code: p.hint for p in problems}
    for code, word in (
        ("CASE070", "青石镇人民政府"),
        ("CASE071", "青石中学"),
        ("CASE072", "普文清"),
        ("CASE062", "李桂仙"),
        ("CASE042", "拒绝"),
        ("CASE041", "原因"),
    ):
        assert word in hints[code], code


def test_twenty_of_one_kind_are_told_and_the_rest_is_counted(tmp_path):
    event = "  - {日期: 2026-12-01, 事项: 劝返, 方式: 家访, 结果: 拒绝}\n"
    text = TEXT.split("经过:", maxsplit=1)[0] + "经过:\n" + event * 50
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    _, problems = load_file(tmp_path / "a.yaml", TODAY)
    told = [p for p in problems if p.code == "CASE054"]
    (rest,) = [p for p in problems if p.code == "READ016"]
    assert len(told) == 20 and "CASE054" in rest.message and "30 处" in rest.message
    assert rest.is_error


def test_a_key_of_kcbx_yaml_in_a_case_is_sent_there(tmp_path):
    (tmp_path / "a.yaml").write_text(TEXT + "教育行政部门: 云岭县教育体育局\n", "utf-8")
    _, problems = load_file(tmp_path / "a.yaml", TODAY)
    (told,) = [p for p in problems if p.code == "TYPE002"]
    assert "kcbx.yaml 的「其他机关」" in told.hint
