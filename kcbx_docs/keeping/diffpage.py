"""The difference of two places as a page to print and to sign: HTML without anything active."""

from collections.abc import Iterator
from html import escape

from kcbx_docs.keeping.packdiff import (
    DocumentDifference,
    PackDifference,
    Stretches,
    beside,
)

_STYLE = """
body{font-family:"Noto Serif CJK SC","SimSun",serif;margin:2em auto;max-width:60em;line-height:1.7}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.2em .5em;
vertical-align:top;text-align:left}del{background:#fdd}ins{background:#dfd}
h2{border-bottom:2px solid #333}h3{margin-bottom:.2em}p{margin:.2em 0}
"""


def page(found: PackDifference) -> str:
    """Return a whole page."""
    return "\n".join(_page(found)) + "\n"


def _page(found: PackDifference) -> Iterator[str]:
    title = escape(f"{found.before}和{found.after}的模板包")
    yield f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{_STYLE}</style><h1>{title}：哪里不同</h1>"
    one, other = f"<del>{escape(found.before)}</del>", f"<ins>{escape(found.after)}</ins>"
    yield f"<p>{one}的写法划底色表示，另一地没有；{other}的写法，前一地没有。</p>"
    yield from _values(found)
    yield from _lists(found)
    for document in found.documents:
        yield from _document(document)
    yield "</html>"


def _values(found: PackDifference) -> Iterator[str]:
    if not found.values:
        return
    heads = ("名称", found.before, found.after)
    yield "<h2>规则和参数</h2><table><tr>"
    yield "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr>"
    for row in found.values:
        cells = (row.name, _said(row.before, row.source_before), _said(row.after, row.source_after))
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _said(value: str, source: str) -> str:
    return f"{value or '没有写'}{f'　来源：{source}' if source and value else ''}"


def _lists(found: PackDifference) -> Iterator[str]:
    lists = (
        (f"只有{found.before}有的文书", found.only_before),
        (f"只有{found.after}有的文书", found.only_after),
        (f"只有{found.before}可以引用的法律", found.law_before),
        (f"只有{found.after}可以引用的法律", found.law_after),
    )
    for heading, names in lists:
        if names:
            items = "".join(f"<li>{escape(name)}</li>" for name in names)
            yield f"<h2>{escape(heading)}</h2><ul>{items}</ul>"


def _document(document: DocumentDifference) -> Iterator[str]:
    yield f"<h2>{escape(title_of(document))}</h2>"
    for block in document.blocks:
        yield f"<h3>{escape(block.block or '不在块里的文字')}</h3>"
        yield from map(_paragraph, beside(block))


def title_of(document: DocumentDifference) -> str:
    """Name a document, by both titles where they differ."""
    if document.title_before == document.title_after:
        return document.title_before
    return f"{document.title_before} → {document.title_after}"


def _paragraph(line: Stretches) -> str:
    words: list[str] = []
    for same, before, after in line.pieces:
        if same:
            words.append(escape(before))
        else:
            words += [f"<del>{escape(before)}</del>"] if before else []
            words += [f"<ins>{escape(after)}</ins>"] if after else []
    return f"<p>{''.join(words)}</p>"
