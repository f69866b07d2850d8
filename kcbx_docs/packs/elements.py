"""Elements of web pages that a template must not have: what each is there, and what is written
instead.
"""

from collections.abc import Mapping, Sequence

from kcbx_docs.words import advice_for_name

_LINK = "它是网页的链接，纸上点不了：网址直接写成文字，要扫的写成二维码 <qr>…</qr>"
_PICTURE = "它是图片，模板里不能放：标志、图片放进自己的 Word 版式（documents/编号.docx）"
_ITALIC = '它是斜体，公文里不用：要强调的写 <b>…</b>，换字体的写 <span class="楷体">…</span>'
_LIST = "它是网页的列表：一项写一段 <p>，编号直接打成文字，如 1.、（1）"
_ACTIVE = '它是网页的程序、样式或者窗口，模板里不许有：样子由 class 选，如 <p class="主送">'
_GROUP = '它是网页的分区：段落直接写 <p>，几段要在一起的写 <div keep="1">'
_TABLE = '表格里只写 tr，tr 里写 th、td：请删去它，表头那一行写 <tr header="1">'
_FORM = '它是网页的表单：由人填写的空格写 <blank name="学生姓名" width="8"/>'
_INSTEAD: Mapping[str, str] = {
    "a": _LINK,
    **dict.fromkeys(("img", "image", "picture", "svg", "canvas", "figure", "v"), _PICTURE),
    **dict.fromkeys(("i", "em", "cite"), _ITALIC),
    "strong": "它是加重：写 <b>…</b>",
    "u": '它是下划线：写 <span class="下划线">…</span>，由人填写的写 <blank name="…" width="8"/>',
    "font": '它是字体：写 <span class="楷体">…</span>，可以用的还有 仿宋、黑体、宋体、小标宋',
    "center": '它是居中：标题写 <h1>，别的段落由 class 选样子，如 <p class="表题">',
    **dict.fromkeys(("ul", "ol", "li", "dl", "dt", "dd"), _LIST),
    **dict.fromkeys(("script", "style", "link", "meta", "head", "html", "title", "base"), _ACTIVE),
    **dict.fromkeys(("iframe", "object", "embed", "video", "audio", "applet"), _ACTIVE),
    **dict.fromkeys(("body", "section", "article", "main", "header", "footer", "nav"), _GROUP),
    **dict.fromkeys(("thead", "tbody", "tfoot", "colgroup", "col"), _TABLE),
    "caption": '它是表的标题：写在表格前面，<p class="表题">…</p>',
    **dict.fromkeys(("form", "input", "textarea", "select", "option", "button", "label"), _FORM),
    "hr": "它是横线：红头下的线由版式印，别处不用，请删去",
    **dict.fromkeys(("h5", "h6"), "标题只有 h1 到 h4：再往下写 <p>，编号打成文字"),
    **dict.fromkeys(("sub", "sup"), "它是上标、下标：写成普通文字，如 平方米、第一款"),
    **dict.fromkeys(("s", "del", "strike", "ins", "mark"), "它是改动的痕迹：文书里只留定下来的字"),
    **dict.fromkeys(("pre", "code", "tt", "kbd"), "它是程序的写法：写成普通段落 <p>"),
    "nobr": "它是不换行：程序自己不把日期、姓名拆开，请删去",
}
_ALWAYS = "；可以用的："


def instead_of(name: str, known: Sequence[str]) -> str:
    """Say what an element is that a template must not have, and what may be written."""
    low = name.lower()
    if low in known:
        return f"标签都写小写：<{low}>。"
    if told := _INSTEAD.get(low):
        return f"{told}{_ALWAYS}{'、'.join(known)}。"
    return advice_for_name(name, known)
