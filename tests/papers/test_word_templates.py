"""A keeper's Word file: what lint says of it, render says in the same words, and refuses.

Every fault is put into the exported file of a small document, as Word would write it.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.keeping.lint import lint_document
from kcbx_docs.office.opened import open_office
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.make import Made, to_docx, word_template
from kcbx_docs.papers.render import papers_of_case
from kcbx_docs.problems import Problem
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs
from kcbx_docs.render.word import HEAD, NAMESPACES
from tests.packs.templates import TODAY
from tests.papers.probe import workspace

BODY = """\
<h1>{{ 文书.标题 }}</h1>
{% if 机关 %}
<p>{{ 学生.姓名 }}没有到校{% if 学生.性别 %}（{{ 学生.性别 }}）{% endif %}，请送回。</p>
{% endif %}
<table widths="1 3"><tr><th>项</th><td>内容<blank name="姓名" width="6">{{ 学生.姓名 }}</blank></td></tr>
{% for 人 in 全部监护人 %}<tr><td>{{ 人.姓名 }}</td><td>监护人</td></tr>{% endfor %}</table>
<p>签名：<blank name="签名" width="8"/>日期</p>
"""
DOCUMENT = "word/document.xml"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
AWAY = RUN.format("没有到校")
BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r>'
    "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r>"
    "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
)


@dataclass(frozen=True)
class Keeper:
    """A document whose Word file somebody edits."""

    library: Library
    made: Made
    exported: bytes
    folder: Path

    def edited(self, *changes: tuple[str, str], part: str = DOCUMENT, more: str = "") -> Path:
        """Change texts of a part, or add a part of a kind (``more``: its words)."""
        path = self.folder / f"{len(list(self.folder.iterdir()))}.docx"
        with (
            zipfile.ZipFile(io.BytesIO(self.exported)) as old,
            zipfile.ZipFile(path, "w") as new,
        ):
            parts = {name: old.read(name).decode() for name in old.namelist()}
            for before, after in changes:
                assert before in parts[part]
                parts[part] = parts[part].replace(before, after, 1)
            if more:
                kind, _, words = more.partition(" ")
                parts[f"word/{kind}9.xml"] = _story(kind, words)
                name = f'<Override PartName="/word/{kind}9.xml" ContentType="{TYPES}.{kind}+xml"/>'
                types = parts["[Content_Types].xml"]
                parts["[Content_Types].xml"] = types.replace("</Types>", f"{name}</Types>")
            for name, text in parts.items():
                new.writestr(name, text)
        return path

    def linted(self, path: Path) -> list[Problem]:
        """Tell what lint says of a Word file."""
        flat = replace(self.made.paper.flat, word_file=path, word_shown="a.docx")
        return [*lint_document(flat, self.library, TODAY, set())]

    def rendered(self, path: Path) -> tuple[bytes | None, list[Problem]]:
        """Fill a Word file; tell what render says of it."""
        flat = replace(self.made.paper.flat, word_file=path, word_shown="a.docx")
        data, found = to_docx(replace(self.made, paper=replace(self.made.paper, flat=flat)))
        return data, [*found]


def _story(kind: str, words: str) -> str:
    root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    inner = f"<w:p>{RUN.format(words)}</w:p>" if "<" not in words else words
    if kind not in ("header", "footer"):
        inner = f'<w:{kind[:-1]} w:id="3">{inner}</w:{kind[:-1]}>'
    return f"{HEAD}<w:{root} {NAMESPACES}>{inner}</w:{root}>"


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    folder = tmp_path_factory.mktemp("keeper")
    case = workspace(folder, BODY)
    office = open_office(case)
    loaded, _ = office.read(case, TODAY)
    assert isinstance(loaded, LoadedCase)
    (made,) = papers_of_case(office, loaded, Wanted(TODAY, ("probe",), ("docx",))).made
    flat = made.paper.flat
    exported = compile_docx(flat, LAYOUTS[flat.front.layout])
    (folder / "files").mkdir()
    yield Keeper(office.library, made, exported, folder / "files")


FAULTS = {
    "a word": ([("没有到校", "拒不到校")], "PACK026 第3段 【「没有」改成了「拒不」】"),
    "a word too many": ([("请送回", "请立即送回")], "PACK026 第3段 请【多了「立即」】送回"),
    "a word lost": ([("，请送回", "")], "PACK026 第3段 【少了「，请送回」】"),
    "a paragraph lost": ([(RUN.format("监护人"), "")], "PACK026 第9段之前 少了一段「监护人」"),
    "a paragraph added": (
        [("<w:tbl>", f"<w:p>{RUN.format('限期三天')}</w:p><w:tbl>")],
        "PACK026 第5段 多了一段「限期三天」",
    ),
    "a symbol": (
        [(AWAY, f'{AWAY}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')],
        "PACK026 第3段 【多了「〔符号F0FE〕」】",
    ),
    "a brace lost": ([("{{ 人.姓名 }}", "{{ 人.姓名 }")], "TMPL005 第8段 「{{」没有配对"),
    "a brace lost, with others behind": (
        [("{{ 学生.姓名 }}", "{{ 学生.姓名 }")],
        "TMPL005 第3段 「{{」没有配对",
    ),
    "braces of another width": ([("{{ 人.姓名 }}", "｛｛ 人.姓名 ｝｝")], "TMPL001 第8段 「｛｛」"),
    "an endif lost": ([("{%p endif %}", "")], "TMPL040 第2段 缺少「{% endif %}」"),
    "an endif within a line lost": (
        [(RUN.format("{%r endif %}"), "")],
        "TMPL040 第3段 缺少「{% endif %}」",
    ),
    "an endfor lost": ([("{%tr endfor %}", "")], "TMPL040 第7段 缺少「{% endfor %}」"),
    "an if lost": ([("{%p if 机关 %}", "")], "TMPL040 第3段 缺少「{% if … %}」"),
    "a statement that ends in a cell": (
        [
            ("<w:p>" + RUN.format("{%p endif %}") + "</w:p>", ""),
            (RUN.format("项"), RUN.format("{%p endif %}") + "</w:p><w:p>" + RUN.format("项")),
        ],
        "TMPL029 第4段 endif",
    ),
    "an expression": ([("{{ 人.姓名 }}", "{{ 人.姓名 人 }}")], "TMPL002 第8段"),
    "a name": ([("{{ 人.姓名 }}", "{{ 人.姓各 }}")], "TMPL020 第8段 是不是「人.姓名」"),
    "a filter": ([("{{ 人.姓名 }}", "{{ 人.姓名|大些 }}")], "TMPL021 第8段 是不是「大写」"),
    "hidden words": (
        [(AWAY, AWAY.replace("</w:rPr>", "<w:vanish/></w:rPr>"))],
        "TMPL045 第3段 「没有到校」设成了隐藏文字",
    ),
    "struck words": (
        [(AWAY, AWAY.replace("</w:rPr>", "<w:strike/></w:rPr>"))],
        "TMPL045 第3段 设成了删除线",
    ),
    "white words": (
        [(AWAY, AWAY.replace("</w:rPr>", '<w:color w:val="FFFFFF"/></w:rPr>'))],
        "TMPL045 第3段 设成了白色的字",
    ),
    "words nearly white": (
        [(AWAY, AWAY.replace("</w:rPr>", '<w:color w:val="FEFEFE"/></w:rPr>'))],
        "TMPL045 第3段 设成了白色的字",
    ),
    "words of the colour of the paper": (
        [
            (
                AWAY,
                AWAY.replace(
                    "</w:rPr>", '<w:color w:val="000000" w:themeColor="background1"/></w:rPr>'
                ),
            )
        ],
        "TMPL045 第3段 设成了白色的字",
    ),
    "a row without height": (
        [("<w:trPr>", '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/>')],
        "TMPL045 行距小得看不见",
    ),
    "a value that Word writes anew": (
        [
            (
                RUN.format("{{ 学生.姓名 }}"),
                f'<w:fldSimple w:instr=" PAGE ">{RUN.format("{{ 学生.姓名 }}")}</w:fldSimple>',
            )
        ],
        "REND032 word/document.xml 学生.姓名",
    ),
    "words that Word writes anew": (
        [(AWAY, f'<w:fldSimple w:instr=" PAGE ">{AWAY}</w:fldSimple>')],
        "REND031 PAGE：没有到校",
    ),
    "a filter's brackets": (
        [("{{ 人.姓名 }}", '{{ 人.姓名|默认("甲", "乙") }}')],
        "TMPL054 第8段 最多写 1 个",
    ),
    "a deletion that is tracked": (
        [
            (
                AWAY,
                '<w:del w:id="1" w:author="老王"><w:r><w:delText>此人难缠</w:delText></w:r></w:del>'
                + AWAY,
            )
        ],
        "TMPL041 老王 「此人难缠」",
    ),
    "an insertion that is tracked": (
        [(AWAY, f'<w:ins w:id="1">{AWAY}</w:ins>')],
        "TMPL041 作者不明 「没有到校」",
    ),
    "a look that is tracked": (
        [(AWAY, AWAY.replace("</w:rPr>", '<w:rPrChange w:id="1" w:author="老王"/></w:rPr>'))],
        "TMPL041 只改了样子",
    ),
    "a box": ([(AWAY, AWAY + BOX.format("内部"))], "TMPL044 「内部」"),
}
BESIDE = {
    "a remark": ("comments 此人难缠", "TMPL042 「此人难缠」"),
    "a footnote": ("footnotes 详见附件", "TMPL043 脚注：「详见附件」"),
    "an endnote": ("endnotes 详见附件", "TMPL043 尾注：「详见附件」"),
    "a name in a header": ("header {{ 没有.这个 }}", "TMPL020 页眉第1段"),
    "a brace in a footer": ("footer {{ 机关.名称 }", "TMPL005 页脚第1段"),
    "a statement in a header": ("header {% if 机关 %}甲", "TMPL040 页眉第1段 缺少「{% endif %}」"),
    "a name in a box of a header": (
        f"header <w:p>{BOX.format('{{ 机关.名 }}')}</w:p>",
        "TMPL020 页眉第1段 是不是「机关.名称」",
    ),
    "an article that is not there": (
        'header {{ 法条("义务教育法", 999) }}',
        "LAW002 页眉第1段",
    ),  # printed nothing, nobody said so
    "a rule that is not there": ('footer {{ 规则("没有") }}', "LAW013 页脚第1段"),
    "a period in a header": ("header 十日内返校", "TMPL048 页眉第1段 「十日内」"),
    "an article in a footer": (
        "footer 依据义务教育法第五十八条",
        'TMPL047 页脚第1段 法条("义务教育法",',
    ),
    "hidden words in a header": (
        "header <w:p>" + AWAY.replace("</w:rPr>", "<w:vanish/></w:rPr>") + "</w:p>",
        "TMPL045 页眉第1段",
    ),
}


def told(found: list[Problem]) -> set[str]:
    return {f"{p.severity} {p.place.path} {p}" for p in found}


def agreed(keeper: Keeper, path: Path) -> list[Problem]:
    """Return what lint and render both say, word for word; render has made nothing."""
    linted, (data, rendered) = keeper.linted(path), keeper.rendered(path)
    assert told(linted) == told(rendered)
    assert data is None
    return linted


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_fault_is_told_by_lint_and_render_in_the_same_words(keeper, fault):
    changes, wanted = FAULTS[fault]
    code, *words = wanted.split(" ")
    first = agreed(keeper, keeper.edited(*changes))[0]
    assert (first.code, first.severity) == (code, "error")
    assert [word for word in words if word not in f"{first.place.path} {first}"] == []


@pytest.mark.parametrize("fault", list(BESIDE))
def test_what_stands_beside_the_text_is_read_too(keeper, fault):
    more, wanted = BESIDE[fault]
    code, *words = wanted.split(" ")
    (first,) = agreed(keeper, keeper.edited(more=more))
    assert (first.code, first.severity) == (code, "error")
    assert [word for word in words if word not in f"{first.place.path} {first}"] == []


SPLIT = RUN.format("{{ 学") + RUN.format("生.姓名 }") + RUN.format("}")
LOOKS = {
    "nothing": [],
    "another font": [(AWAY, AWAY.replace('w:hint="eastAsia"', 'w:eastAsia="楷体_GB2312"'))],
    "a tag in three runs": [(RUN.format("{{ 学生.姓名 }}"), SPLIT)],
    "words in two runs": [(AWAY, RUN.format("没有") + RUN.format("到校"))],
    "an empty paragraph and a page break": [
        ("<w:tbl>", '<w:p/><w:p><w:r><w:br w:type="page"/></w:r></w:p><w:tbl>')
    ],
    "a statement without its letter": [("{%p if 机关 %}", "{% if 机关 %}")],
    "white words on black": [
        (
            AWAY,
            AWAY.replace("</w:rPr>", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/></w:rPr>'),
        )
    ],
    "hiding switched off": [(AWAY, AWAY.replace("</w:rPr>", '<w:vanish w:val="0"/></w:rPr>'))],
    "a list without numbers": [
        ("<w:keepNext/>", '<w:keepNext/><w:numPr><w:numId w:val="0"/></w:numPr>')
    ],
}


@pytest.mark.parametrize("look", list(LOOKS))
def test_looks_may_differ(keeper, look):
    path = keeper.edited(*LOOKS[look])
    assert keeper.linted(path) == []
    data, found = keeper.rendered(path)
    assert found == [] and data
    assert "普云飞没有到校（男），请送回。" in docx_paragraphs(data)


def test_a_header_may_have_words_and_tags_of_its_own(keeper):
    path = keeper.edited(more="header {{ 机关.名称 }}　{% if 学校 %}{{ 学校.名称 }}{% endif %}")
    assert keeper.linted(path) == []
    data, _ = keeper.rendered(path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "云岭县青石镇人民政府" in archive.read("word/header9.xml").decode()


NOT_HERE = {
    "nobody of the paper": ("{{ 批次.学期 }}", "REND010 「学期」没有填写"),
    "nobody, with a filter": ('{{ 批次.学期|默认("无") }}', "REND010 「学期」没有填写"),
    "asked for first": ("{% if 批次 %}{{ 批次.学期 }}{% endif %}", ""),
}


@pytest.mark.parametrize(("words", "said"), NOT_HERE.values(), ids=NOT_HERE)
def test_what_a_footer_names_and_this_paper_has_not_is_told_with_its_place(keeper, words, said):
    """The text has no footer, so that filling it proves nothing of this one."""
    data, found = keeper.rendered(keeper.edited(more=f"footer {words}"))
    told = [f"{one.code} {one.message}" for one in found]
    assert [one.startswith(said) for one in told] == ([True] if said else [])
    assert {one.place.path for one in found} <= {"页脚第1段"} and (data is None) is bool(said)


def test_what_was_wrong_under_one_law_is_judged_anew_under_another(keeper):
    """``watch`` goes on in one process: the keeper mends law.yaml, and not the Word file."""
    path = keeper.edited(more="header {{ 地方.新参数 }}")
    wrong, found = keeper.rendered(path)
    assert wrong is None and "新参数" in str(found[0])
    facts = {**keeper.made.paper.facts, "地方": {"新参数": "甲"}}
    made = replace(keeper.made, paper=replace(keeper.made.paper, facts=facts))
    flat = replace(made.paper.flat, word_file=path, word_shown=path.name)
    made = replace(made, paper=replace(made.paper, flat=flat))
    assert not [one for one in to_docx(made)[1] if one.code.startswith("TMPL")]
    of_many = replace(made, paper=made.paper.lean(), first=made)
    assert word_template(of_many) is word_template(made), "the first of many knows the parameters"


def test_who_made_the_file_goes_out_with_no_paper(keeper):
    """The names of a company and of editors stay in the template."""
    company = ("</Application>", "</Application><Company>老王工作室</Company>")
    path = keeper.edited(company, part="docProps/app.xml")
    assert keeper.linted(path) == []
    data, _ = keeper.rendered(path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "老王".encode() in archive.read(name)]
