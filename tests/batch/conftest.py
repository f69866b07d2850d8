"""A small school with its own pack, written into the test's folder."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from kcbx_docs.batch.asked import EVERYBODY, NOBODY, BatchAsked, Watching
from kcbx_docs.batch.plan import pupil_papers
from kcbx_docs.batch.preflight import fill_papers
from kcbx_docs.batch.run import prepare, unnumbered
from kcbx_docs.filing.folder import Written
from kcbx_docs.filing.render import render_file
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.render.text import paragraphs

DAY = datetime.date(2026, 9, 1)
FRONT = "---\n编号: {id}\n标题: {title}\n顺序: {order}\n一份对应: {unit}\n制发机关: [学校]\n版式: {layout}\n---\n"
NOTICE = """
<p class="代码">编号：{{ 批次.名称 }}-{{ 批次.序号 }}</p>
<h1>{{ 文书.标题 }}</h1>
<p class="主送"><blank name="学生姓名" width="8">{{ 学生.姓名 }}</blank>的家长：</p>
<p>依照{{ 法条("义务教育法", 11) }}，请让孩子按时到校。</p>
<p>{{ 学校.名称 }}电话：{{ 学校.电话 }}。</p>
<p class="署名">{{ 机关.名称 }}</p>
<p class="成文日期">{{ 文书.日期|日期 }}</p>
<div keep="1">
<p class="裁切线">沿线裁下，交回学校</p>
<table widths="2 3 2 3">
<tr><td>学生</td><td>{{ 学生.姓名 }}</td><td>监护人</td><td>{% if 监护人 %}{{ 监护人.姓名 }}{% endif %}</td></tr>
</table>
<p class="签名行">签名：<blank name="签名" width="8"/></p>
</div>
"""
PROMISE = """
<h1>承诺书</h1>
<p>本人是{{ 批次.班级 }}{{ 学生.姓名 }}的监护人，保证送孩子上学。</p>
<table widths="1 3">
<tr><td>住址</td><td>{{ 学生.现住址 }}</td></tr>
</table>
"""
SHEET = """
<p class="表题">{{ 批次.班级 }}签收表</p>
<table widths="1 2 2 2">
<tr header="1"><th>序号</th><th>学生</th><th>监护人</th><th>签名</th></tr>
{% for 行 in 名册 %}
<tr height="1.4"><td>{{ 行.序号 }}</td><td>{{ 行.姓名 }}</td><td>{{ 行.监护人|默认 }}</td><td></td></tr>
{% endfor %}
</table>
"""
TREE = {
    "kcbx.yaml": "地区: national\n机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政}\n"
    "学校:\n  - {名称: 云岭县青石中学, 电话: '08790000001', 校长: 周明}\n",
    "templates/national/pack.yaml": "名称: 国家\n版本: '1'\n",
    "templates/national/documents/notice.html": FRONT.format(
        id="notice", title="入学告知书", order=10, unit="学生", layout="学校通知"
    )
    + NOTICE,
    "templates/national/documents/promise.html": FRONT.format(
        id="promise", title="家长承诺书", order=20, unit="学生", layout="学校通知"
    )
    + PROMISE,
    "templates/national/documents/sign-off-sheet.html": FRONT.format(
        id="sign-off-sheet", title="签收表", order=30, unit="班级", layout="表格"
    ).replace("版式:", "角色: 签收登记表\n版式:")
    + SHEET,
    "cases/名册.csv": "班级,姓名,现住址,父亲姓名\n"
    "七年级10班,普云飞,白沙村1号,普大明\n"
    "七年级2班,阿卜杜热合曼·阿卜杜热西提,白沙村2号,居马洪·买买提\n"
    "七年级10班,王䶮,白沙村3号,王国良\n"
    "七年级2班,岩温罕,白沙村4号,岩罕\n"
    "七年级10班,李喆,白沙村5号,李志远\n",
    "cases/开学.yaml": "批次: 开学\n学期: 2026年秋季学期\n学校: 云岭县青石中学\n名册: {文件: 名册.csv}\n"
    "文书: [入学告知书, {文书: 家长承诺书, 份数: 2}]\n",
}
Render = Callable[..., Written]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Return the folder of a school with five pupils in two classes."""
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def render(school: Path) -> Render:
    """Return a function that renders the school's batch."""

    def run(
        *formats: str,
        out: Path | None = None,
        day: datetime.date = DAY,
        asked: BatchAsked = EVERYBODY,
        watching: Watching = NOBODY,
        **wanted: object,
    ) -> Written:
        what = Wanted(day, formats=formats or ("docx",), **wanted)
        return render_file(school / "cases" / "开学.yaml", what, out, watching, asked=asked)

    return run


def words_of(school: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the words of every pupil's papers by serial and document, filled anew."""
    office = open_office(school / "cases/开学.yaml")
    loaded, _ = office.read(school / "cases/开学.yaml", DAY)
    run = prepare(office, loaded, Wanted(DAY, formats=("docx",)), EVERYBODY)
    planned = [pupil_papers(run.desk, run.bench.chosen, one) for one in unnumbered(run)]
    filled = fill_papers(planned, run.bench.forms)
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in filled.made:
        for made in one.made:
            words[one.who.serial, made.paper.document] = paragraphs(made.filled.root)
    return words
