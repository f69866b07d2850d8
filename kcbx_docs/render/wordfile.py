"""A Word file put together: its parts, what relates them, and what it says of itself."""

from collections.abc import Mapping, Sequence

from kcbx_docs.render.container import pack, write_container
from kcbx_docs.render.styles import DRAFT, Layout
from kcbx_docs.render.word import (
    HEAD,
    NAMESPACES,
    NEW_SHEET,
    REL,
    STANDARD_FONTS,
    footers,
    section_xml,
    style_id,
    styles_xml,
    text_run,
)
from kcbx_docs.xml_text import escape

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NO_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def settings_xml(layout: Layout) -> str:
    """Write settings.xml: no compression of punctuation, so that lines break alike everywhere."""
    even = "<w:evenAndOddHeaders/>" if layout.page_numbers == "outside" else ""
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        f'<w:defaultTabStop w:val="420"/>{even}'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table_xml() -> str:
    """Write fontTable.xml with what Word may take where a standard font is missing."""
    instead = {"方正小标宋简体": "华文中宋", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体"}
    fonts = ""
    for name in STANDARD_FONTS.values():
        other = f'<w:altName w:val="{instead[name]}"/>' if name in instead else ""
        fonts += (
            f'<w:font w:name="{name}">{other}'
            '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        )
    return f"{HEAD}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def theme_xml() -> str:
    """Write a plain theme: nothing refers to it, but the standard asks for one."""
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    colors = ""
    for name in names:
        color = "FFFFFF" if name.startswith("lt") else "000000"
        colors += f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>'
    font = '<a:latin typeface=""/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="kcbx"><a:themeElements>'
        f'<a:clrScheme name="kcbx">{colors}</a:clrScheme>'
        f'<a:fontScheme name="kcbx"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="kcbx"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def draft_header() -> str:
    """Write the mark that every page of a draft bears."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id("草稿")}"/></w:pPr>{text_run(DRAFT)}</w:p>'


def _headers(layout: Layout, first: str | None, draft: bool) -> dict[str, str]:
    """Write the headers: the head of a 函 on its first page, the mark of a draft on every page."""
    mark = draft_header() if draft else ""
    out = {"first": first + mark} if first is not None else {}
    if draft:
        kinds = ("default", "even") if layout.page_numbers == "outside" else ("default",)
        out |= dict.fromkeys(kinds, mark)
        if not layout.first_numbered:
            out.setdefault("first", mark)
    return {kind: f"{HEAD}<w:hdr {NAMESPACES}>{text}</w:hdr>" for kind, text in out.items()}


def package(
    layout: Layout, body: str, title: str, header: str | None = None, *, draft: bool = False
) -> bytes:
    """Put a body (paragraphs and tables, without section) into a complete Word file."""
    parts = {
        "word/styles.xml": ("styles", styles_xml(layout)),
        "word/settings.xml": ("settings", settings_xml(layout)),
        "word/fontTable.xml": ("fontTable", font_table_xml()),
        "word/theme.xml": ("theme", theme_xml()),
    }
    relations: dict[str, str] = {}
    for kind, text in footers(layout).items():
        parts[f"word/footer_{kind}.xml"] = ("footer", text)
    for kind, text in _headers(layout, header, draft).items():
        parts[f"word/header_{kind}.xml"] = ("header", text)
    targets = []
    for number, (path, (kind, _)) in enumerate(sorted(parts.items()), 1):
        name = path.removeprefix("word/")
        targets.append(f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{name}"/>')
        if kind in ("footer", "header"):
            page = name.removesuffix(".xml").split("_")[1]
            relations[f"{kind}-{page}"] = f"rId{number}"
    section = section_xml(layout, relations)
    body, section = _in_sheets(body, section, layout, relations)
    whole = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": core_xml(title),
        "docProps/app.xml": app_xml(),
        "word/document.xml": (
            f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>"
        ),
        **{path: text for path, (_, text) in parts.items()},
        "word/_rels/document.xml.rels": _document_relations(targets),
    }
    return write_container(pack(name, content) for name, content in whole.items())


def _in_sheets(
    body: str, section: str, layout: Layout, relations: Mapping[str, str]
) -> tuple[str, str]:
    """End a section before every new sheet; return the body and the last section's properties."""
    first, *rest = body.split(NEW_SHEET)
    for part in rest:
        first += f"<w:p><w:pPr>{_NO_LINE}{section}</w:pPr></w:p>{part}"
        section = section_xml(layout, relations, kind="oddPage", further=True)
    return first, section


def _document_relations(targets: Sequence[str]) -> str:
    kind = f"{_PACKAGE}/relationships"
    return f'{HEAD}<Relationships xmlns="{kind}">{"".join(targets)}</Relationships>'


def _content_types(parts: Mapping[str, tuple[str, str]]) -> str:
    kinds = {
        "word/document.xml": f"{_WML}.document.main+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        **{path: f"{_WML}.{kind}+xml" for path, (kind, _) in parts.items()},
        "word/theme.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    }
    overrides = ""
    for path, kind in sorted(kinds.items()):
        overrides += f'<Override PartName="/{path}" ContentType="{kind}"/>'
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{REL}/extended-properties" Target="docProps/app.xml"/>'
        "</Relationships>"
    )


def core_xml(title: str, author: str = "", subject: str = "") -> str:
    """Write the core properties: title, organ, case, language; no dates, which would differ."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>{escape(author)}</dc:creator><dc:language>zh-CN</dc:language>"
        "</cp:coreProperties>"
    )


def app_xml() -> str:
    """Write the extended properties: the program, nobody's name."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{kind}"><Application>kcbx_docs</Application></Properties>'
