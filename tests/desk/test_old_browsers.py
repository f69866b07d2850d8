"""What stands in offices is often Chromium 86 (360, Windows 7), or asked to be Internet Explorer:
no page asks for what came later, and the script is that of 2009.
"""

import re
from pathlib import Path

import pytest

import kcbx_docs.desk

DESK = Path(kcbx_docs.desk.__file__).parent
SCRIPTS = sorted(DESK.rglob("*.js"))
MOST_SCRIPT = 5 * 1024

LATER_SCRIPT = {
    "let, const": r"\b(let|const)\s",
    "箭头函数": r"=>",
    "模板字符串": r"`",
    "类": r"\bclass\s+\w",
    "async、await": r"\b(async|await)\b",
    "展开、剩余": r"\.\.\.",
    "可选链、空值合并": r"\?\.\w|\?\?",
    "for of": r"\bfor\s*\([^;)]*\sof\s",
    "乘方": r"\*\*[^/]",
    "默认参数": r"function\s*\w*\([^)]*=",
    "模块": r"\b(import|export)\b",
    "92 以后的": r"\.at\(|structuredClone|Object\.hasOwn\b|requestIdle|\.replaceChildren|showPicker",
    "写进页里的": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function",
}
LATER_STYLE = {
    ":has、:is、:where": r":(has|is|where|user-invalid|user-valid)\(?",
    "嵌套": r"&",
    "层、容器、范围": r"@(container|layer|scope|starting-style|view-transition)",
    "inset": r"[;{]inset",
    "长宽比": r"aspect-ratio",
    "后来的单位": r"\d[sld]v[hw]\b|\dcq[wh]\b",
    "后来的颜色": r"color-mix|oklch|oklab|\blch\(|\blab\(|light-dark|accent-color",
    "后来的布局": r"subgrid|masonry|text-wrap:|scrollbar-gutter|overflow:\s*clip|contain-intrinsic",
    "单独的变形": r"[;{](scale|rotate|translate):",
    "锚点": r"anchor-name|position-anchor|field-sizing|interpolate-size",
    "逻辑简写": r"(margin|padding)-(inline|block):",
}
LATER_PAGE = {
    "属性": r"\s(popover|inert|commandfor|popovertarget)[\s=>]",
    "标签": r"<(search|selectlist|dialog)\b",
    "脚本的新类型": r'type="(module|importmap|speculationrules)"',
}


def later(text: str, known: dict[str, str]) -> dict[str, str]:
    """Find what came later than the oldest browser of our users."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return {name: found[0] for name, rule in known.items() if (found := re.search(rule, plain))}


@pytest.mark.parametrize(
    ("pattern", "known"),
    [("*.js", LATER_SCRIPT), ("*.css", LATER_STYLE), ("*.html", LATER_PAGE)],
)
def test_nothing_asks_for_a_newer_browser(pattern: str, known: dict[str, str]) -> None:
    files = sorted(DESK.rglob(pattern))
    assert files
    assert {file.name: found for file in files if (found := later(file.read_text(), known))} == {}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("var a = rows.map(row => row.text)", LATER_SCRIPT),
        ("for (var row of rows) {}", LATER_SCRIPT),
        ("place.innerHTML = name", LATER_SCRIPT),
        ("a{color:red}section:has(table){padding:0}", LATER_STYLE),
        (".box{inset:0}", LATER_STYLE),
        ("main{height:100dvh}", LATER_STYLE),
        ('<div popover id="a">', LATER_PAGE),
    ],
)
def test_what_is_newer_is_found(text: str, known: dict[str, str]) -> None:
    assert later(text, known)


def test_all_script_is_five_kilobytes_and_of_one_function() -> None:
    assert sum(file.stat().st_size for file in SCRIPTS) <= MOST_SCRIPT
    for file in SCRIPTS:
        text = file.read_text("utf-8")
        assert '"use strict"' in text
        assert text.rstrip().endswith("}());"), "nothing is left in the window's own names"
