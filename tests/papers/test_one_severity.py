"""One fault has one code and one severity, whoever tells it: lint, check, render or next.

Of cases tests/office/test_check_and_render_agree.py says the same, of Word files
test_word_templates.py.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.batch.render import papers_of
from kcbx_docs.cli.check import of_batch, of_letter
from kcbx_docs.keeping.lint import lint_packs
from kcbx_docs.office.check import check_files
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import Problem, Problems, UserError
from tests.papers.probe import HEAD, workspace

pytestmark = pytest.mark.alike
DAY = date(2026, 9, 20)
BODY = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 学生.姓名 }}%s。</p>\n"
SOUND = BODY % "没有到校"

TEXTS = {
    "没有这个变量": ("{{ 学生.姓氏 }}", "TMPL020"),  # render asked for it in the case file
    "没有这类内容": ("{{ 某某 }}", "TMPL020"),
    "没有这个过滤器": ("{{ 学生.姓名|不存在 }}", "TMPL021"),
    "漏了 endif": ("{% if 学校 %}无", "TMPL040"),
    "漏了大括号": ("{{ 学生.姓名 }", "TMPL005"),
    "全角大括号": ("｛｛ 学生.姓名 ｝｝", "TMPL001"),
    "标签没有关": ("<b>没有到校", "TMPL006"),
    "脚本": ("<script>x</script>", "TMPL026"),
    "属性": ('<b onclick="x">无</b>', "TMPL035"),
    "直接写条文": ("根据《义务教育法》第五十八条", "TMPL047"),
    "直接写期限": ("请在十日内返校", "TMPL048"),
    "没有依据的后果": ("不来的就扣粮", "TMPL062"),
    "身份证号": ("号码530424201205121234", "TMPL064"),
    "直接写金额": ("否则罚款一千元", "TMPL048"),
    "没有这一条": ('{{ 法条("义务教育法", 999) }}', "LAW002"),
    "同一行靠后的": ('{{ 法条("教育法", 5) }}{{ 法条("教育法", 999) }}', "LAW002"),
    "没有这一款": ('{{ 法条("义务教育法", 5, 9) }}', "LAW007"),
    "条写成文字": ('{{ 法条("义务教育法", "五") }}', "TMPL038"),  # was printed as nothing
    "条是算出来的": ('{{ 法条("义务教育法", 学生.年龄) }}', "TMPL024"),
    "规则不是文字": ("{{ 规则(3) }}", "TMPL038"),
    "没有这个参数": ("{{ 地方.没有 }}", "TMPL020"),
    "参数的过滤器": ("{{ 地方.没有|数量 }}", "TMPL020"),
    "没有这个判断": ("{% if 学生 is 好的 %}好{% endif %}", "TMPL021"),
    "整个印出来": ("{{ 学生 }}", "TMPL022"),
    "乘方": ("{{ 2**3 }}", "TMPL037"),
    "不能叫的": ("{{ 学生.姓名() }}", "TMPL039"),
    "引号": ("{{ 学生.姓名|默认(“无”) }}", "TMPL003"),
    "没有这部法": ('{{ 法条("没有的法", 9) }}', "LAW001"),
    "没有这个规则": ('{{ 规则("没有") }}', "LAW013"),
    "看不见的字": ("\u202e字", "READ012"),
    "文字用顿号": ("{{ 地方.单位|顿号 }}", "TMPL050"),  # printed 县、妇、联
    "文字逐项写": ("{% for 一 in 地方.单位 %}{{ 一 }}{% endfor %}", "TMPL050"),
    "先作变量": ("{% set 它 = 地方.单位 %}{{ 它|连接('；') }}", "TMPL050"),
    "案件里的文字": ("{{ 学生.姓名|连接 }}", "TMPL050"),
    "文字作数": ("{{ 地方.单位|数量 }}", "TMPL051"),  # was 这个值不能这样用
    "日期作数": ("{{ 首次缺课|大写 }}", "TMPL051"),
    "文字作日期": ("{{ 学生.姓名|月日 }}", "TMPL052"),
    "参数作日期": ("{{ 地方.单位|汉字日期 }}", "TMPL052"),
    "列表直接印": ("{{ 地方.部门 }}", "TMPL022"),
    "宏": ("{% macro a() %}x{% endmacro %}", "PACK011"),
    "过滤器多写了": (
        '{{ 地方.部门|连接("、", 2, 3) }}',
        "TMPL054",
    ),  # was REND014 alone, at column 1
    "过滤器不要括号": ('{{ 地方.部门|顿号("；") }}', "TMPL054"),
    "过滤器写错种类": ("{{ 地方.部门|连接(2) }}", "TMPL054"),
    "map 写错": ('{{ 全部监护人|map("姓氏")|顿号 }}', "TMPL054"),
    "判断少写": ("{% if 学生.年龄 is divisibleby %}好{% endif %}", "TMPL054"),
    "一组用顿号": ("{{ 地方.电话|顿号 }}", "TMPL050"),  # printed the keys, nobody said so
    "一组逐项写": ("{% for 一 in 地方.电话 %}{{ 一 }}{% endfor %}", "TMPL050"),
    "整个学生用顿号": ("{{ 学生|顿号 }}", "TMPL050"),
    "数用顿号": ("{{ 地方.次数|顿号 }}", "TMPL050"),
    "日期用顿号": ("{{ 首次缺课|顿号 }}", "TMPL050"),
    "拆成一个一个字": ("{{ 学生.姓名|list|顿号 }}", "TMPL050"),  # printed 普、云、飞
    "人用顿号": ("{{ 全部监护人|顿号 }}", "TMPL057"),
    "没有姓名的名单": ("{{ 地方.部门|名单 }}", "TMPL058"),
    "列表去空白": ("{{ 地方.部门|trim }}", "TMPL022"),  # printed ('妇联',)
    "否当作有": ("{% if 地方.周结 %}每周小结{% endif %}", "TMPL056"),  # 否 printed it
    "否打了勾": ("{{ 地方.周结|勾选 }}", "TMPL056"),
    "数和文字比": ('{% if 地方.次数 == "3" %}好{% endif %}', "TMPL055"),
    "日期和文字比": ('{% if 首次缺课 > "2026-01-01" %}好{% endif %}', "TMPL055"),
    "日期加天数": ("{{ 首次缺课 + 7 }}", "TMPL059"),  # was REND014 alone
    "除以零": ("{{ 学生.年龄 / 0 }}", "TMPL037"),
    "是或否直接印": ("{{ 学生.住校 }}", "TMPL022"),
    "没有哪一名监护人": ("{{ 监护人.姓名 }}", "TMPL060"),  # render asked for 姓名 in the case file
    "未知的直接印": ("{{ 地方.待定 }}", "REND012"),  # lint was silent, every other county failed
    "否则如果": ("{% if 学校 %}甲{% else if 机关 %}乙{% endif %}", "TMPL002"),
    "一个等号": ('{% if 学生.姓名 = "甲" %}甲{% endif %}', "TMPL002"),
    "语句写成变量": ("{{ if 学校 }}甲", "TMPL002"),
    "没有走到的分支": ("{% if 文书.编号 == 'x' %}{{ 学生.姓氏 }}{% endif %}", "TMPL020"),
    "没有走到的法条": ('{% if 文书.编号 == "x" %}{{ 法条("教育法", 999) }}{% endif %}', "LAW002"),
    "没有走到的参数": ("{% if 文书.编号 == 'x' %}{{ 法条(文书.标题) }}{% endif %}", "TMPL024"),
    "没有这一块": ('{% include "x" %}', "PACK009"),
}
HEADS = {
    "文号的格式": ('文号: "{机关代号}〔{年}〕{序号}号"', "PACK016"),  # was a fault of the program
    "没有这种内容": ("需要: [首次却课]", "PACK017"),  # render asked for it in the case file
    "没有这种机关": ("制发机关: [乡镇政府]", "PACK018"),
    "没有这种事项": ("事项: 家访劝返", "CASE001"),
    "没有标出": ("必备内容: [签名]", "TMPL036"),
    "年份的括号": ('文号: "{机关代字}改[{年}]{序号}号"', "PACK029"),  # was printed
    "文号没有序号": ('文号: "改〔{年}〕号"', "PACK020"),  # was printed
}
ALLOWED = {
    "写得对的": "，现读八年级",
    "登记的法条": '，{{ 法条("义务教育法", 5) }}',
    "整部法": '，依照{{ 法条("义务教育法") }}',
    "列表用顿号": "{{ 地方.部门|顿号 }}、{{ 地方.部门|first }}",
    "文字直接印": "{{ 地方.单位 }}{{ 地方.单位|length }}",
    "段落逐项写": "{% set 行们 = 地方.单位|段落 %}{% for 行 in 行们 %}{{ 行 }}{% endfor %}",
    "数的三种写法": "{{ 地方.次数|数量 }}{{ 地方.二次|数量 }}{{ 地方.两次|汉字 }}{{ 学生.年龄|汉字 }}",
    "日期": "{{ 首次缺课|月日 }}{{ 首次缺课|汉字日期 }}{{ 地方.截止|日期 }}",
    "一组的一项": "{{ 地方.电话.妇联 }}",
    "各人的一项": '{{ 地方.人们|名单 }}{{ 地方.人们|map(attribute="电话")|连接("；") }}',
    "参数的数": "{% if 地方.次数 > 2 %}{{ 地方.次数 + 1 }}{% endif %}{{ 地方.二次|int + 1 }}",
    "有监护人的": "{% if 监护人 %}{{ 监护人.姓名 }}{% endif %}",
    "未知的先问": "{% if 地方.待定 %}{{ 地方.待定 }}{% endif %}{{ 地方.待定|默认 }}",
    "等于是": '{% if 地方.周结 == "是" %}每周{% endif %}{{ (地方.周结 == "是")|勾选 }}',
    "算最大的": "{{ 地方.月份|max }}{{ 地方.月份|sort|顿号 }}",  # 9 was more than 10
    "没有写的先问": "{% if 学生.民族 %}{{ 学生.民族 }}{% endif %}",
}


def said(tell: Callable[[], Problems]) -> list[Problem]:
    try:
        return list(tell())
    except UserError as error:
        return list(error.problems)


def rendered(path: Path, document: str) -> Problems:
    office = open_office(path)
    loaded, found = office.read(path, DAY)
    if loaded is None:
        return found
    return papers_of(office, loaded, Wanted(DAY, (document,), ()), found=found).problems


def codes(found: list[Problem]) -> dict[str, str]:
    return {one.code: one.severity for one in found}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Problem]]:
    """A pack in which each document has one fault, and what lint says of it."""
    texts = {name: (HEAD, BODY % text) for name, (text, _) in TEXTS.items()}
    texts |= {name: (HEAD, BODY % text) for name, text in ALLOWED.items()}
    texts |= {
        name: (HEAD.replace("版式:", f"{line}\n版式:"), SOUND) for name, (line, _) in HEADS.items()
    }
    values = "参数: {单位: 县妇联、县关工委, 部门: [妇联], 次数: '3', 二次: 二, 两次: 两,"
    values += " 待定: 未知, 电话: {妇联: 甲}, 周结: 否, 截止: 2026-09-01, 月份: [9, 10], 人们: [{姓名: 甲, 电话: 1}]}\n"
    files = {"templates/national/pack.yaml": f"名称: 全国\n版本: '1'\n{values}"}
    for name, (head, body) in texts.items():
        number = f"d{[*texts].index(name)}"
        own = head.replace("编号: probe", f"编号: {number}").replace("测试文书", name)
        files[f"templates/national/documents/{number}.html"] = own + body
    path = workspace(tmp_path_factory.mktemp("pack"), SOUND, more=files)
    return path, said(lambda: lint_packs(("national",), DAY, (path.parents[1] / "templates",))[1])


@pytest.mark.parametrize("name", [*TEXTS, *HEADS, *ALLOWED])
def test_what_is_wrong_with_a_template(name: str, pack: tuple[Path, list[Problem]]) -> None:
    path, linted = pack
    number = f"d{[*TEXTS, *ALLOWED, *HEADS].index(name)}"
    lint = codes([one for one in linted if f"/{number}.html" in one.place.file])
    told = [replace(one, subject="") for one in said(lambda: rendered(path, name))]
    render = codes(told)
    _, code = {**TEXTS, **HEADS}.get(name, ("", ""))
    assert render == ({code: "error"} if code else {})
    assert {known: lint[known] for known in render} == render
    assert [one for one in told if one not in linted] == []  # the same words, the same place
    assert code or "error" not in lint.values()


NAMED = "名称: 全国\n版本: '1'\n"
PACKS = {
    "pack.yaml 的键": ("pack.yaml", "名称: 全国\n版本: '1'\n乱: 1\n", "TYPE002"),
    "law.yaml 的键": ("law.yaml", "乱: x\n", "TYPE002"),
    "procedure.yaml 的类型": ("procedure.yaml", "步骤: x\n", "TYPE003"),
    "没有前置说明": ("documents/other.html", SOUND, "READ015"),
    "编号重复": ("documents/other.html", HEAD + SOUND, "PACK013"),
    "没有这份文书": (
        "pack.yaml",
        NAMED + "标题: {prob: 某}\n",
        "PACK014",
    ),  # these went on rendering
    "停用没有的": ("pack.yaml", NAMED + "停用文书: [prob]\n", "PACK014"),
    "Word 文件用标题": (
        "documents/测试文书.docx",
        "",
        "PACK060",
    ),  # was used nowhere, nobody said so
    "Word 文件的编号": ("documents/Probe.docx", "", "PACK060"),
    "参数写错了字": ("pack.yaml", NAMED + "参数: {控辍月分: [3]}\n", "PACK041"),
    "文件夹的名称": ("Documents/probe.html", SOUND, "PACK065"),  # was read nowhere
    "参数的写法": ("pack.yaml", NAMED + "参数: {控辍月份: 3月}\n", "PACK040"),
    "没有这个步骤": ("pack.yaml", NAMED + "程序: {行政处法: 是}\n", "PROC016"),
    "开关看不懂": ("pack.yaml", NAMED + "程序: {行政处罚: 有时}\n", "PROC017"),
    "没有这个期间": ("pack.yaml", NAMED + "期间: {order-x: 3}\n", "PROC011"),
    "期间写成两": ("pack.yaml", NAMED + "期间: {order-deadline: 两}\n", "PROC019"),
    "步骤的前提": ("procedure.yaml", "步骤: {order: {前提: [乱]}}\n", "PROC010"),
}


@pytest.mark.parametrize("name", PACKS)
def test_what_is_wrong_with_a_pack(name: str, tmp_path: Path) -> None:
    """A pack that cannot be read is an error for everybody who opens an office with it."""
    file, text, code = PACKS[name]
    path = workspace(tmp_path, SOUND, more={f"templates/national/{file}": text})
    told = (
        said(lambda: lint_packs(("national",), DAY, (tmp_path / "templates",))[1]),
        said(lambda: check_files([path], DAY, of_letter, of_batch)),
        said(lambda: rendered(path, "probe")),
        said(lambda: outlooks([path], DAY, DAY, workers=1).problems),
    )
    assert [codes(found).get(code) for found in told] == ["error"] * 4
    assert [one for one in told[2] if one not in told[0]] == []  # the same words, the same place


OWN = NAMED + "参数: {热线: '1'}\n"
HOTLINE = "<p>{{ 地方.热线 }}</p>"


@pytest.mark.parametrize("raw", [(HEAD + HOTLINE).encode("utf-16"), b"\0" * 99 + HEAD.encode()])
def test_a_template_that_is_no_text_is_told_once(raw: bytes, tmp_path: Path) -> None:
    """Not as a parameter that nobody reads, too."""
    path = workspace(tmp_path, SOUND, more={"templates/national/pack.yaml": OWN})
    (tmp_path / "templates/national/documents/probe.html").write_bytes(raw)
    linted = said(lambda: lint_packs(("national",), DAY, (tmp_path / "templates",))[1])
    assert [one.code for one in linted if one.code != "PACK038"] == ["READ003"]
    assert "READ003" in codes(said(lambda: rendered(path, "probe")))


@pytest.mark.parametrize("name", ["documents", "documents/probe.html"])
def test_a_link_out_of_the_pack_stops_who_would_print_without_it(name: str, tmp_path: Path) -> None:
    """The text from above was printed instead, and only lint said so."""
    path = workspace(tmp_path, HOTLINE, more={"templates/national/pack.yaml": OWN})
    inside = tmp_path / "templates/national" / name
    outside = inside.rename(tmp_path / "elsewhere")
    inside.symlink_to(outside)
    linted = said(lambda: lint_packs(("national",), DAY, (tmp_path / "templates",))[1])
    links = [one.place.file for one in linted if one.code == "PACK021"]
    assert links == [f"national/{name}"]
    assert codes(said(lambda: rendered(path, "probe"))).get("PACK021") == "error"
