"""What an ordinary Word file is put together from: its parts, and what relates them.

Whatever is not listed here is refused: programs, other files, fonts, and what is fetched from
elsewhere are carried into every paper that is made from a Word file.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from kcbx_docs.problems import Place, Problem, problem

CONTENT_TYPES, MAIN = "[Content_Types].xml", "word/document.xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_RELATED = "application/vnd.openxmlformats-package.relationships+xml"
_DOCUMENT = f"{_WORD}document.main+xml"
_OF_WORD = (
    *("styles", "settings", "webSettings", "fontTable", "numbering", "header", "footer"),
    *("footnotes", "endnotes", "comments", "commentsExtended", "commentsIds"),
    *("commentsExtensible", "people", "document.glossary"),
)
_OF_OFFICE = (
    *("theme", "themeOverride", "customXmlProperties", "extended-properties"),
    "custom-properties",
)
XML_KINDS = frozenset(
    (
        *("application/xml", "text/xml", _RELATED, _DOCUMENT),
        *map(f"{_WORD}{{}}+xml".format, _OF_WORD),
        *map(f"{_OFFICE}{{}}+xml".format, _OF_OFFICE),
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.ms-office.classificationlabels+xml",
    )
)
"""The content types of parts that are text."""
PICTURES = frozenset(
    f"image/{name}" for name in ("png", "jpeg", "jpg", "gif", "bmp", "x-bmp", "x-ms-bmp", "tiff")
)
"""The content types of pictures; drawings with commands in them (EMF, WMF, SVG) are none."""
_BASES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
_MICROSOFT = "http://schemas.microsoft.com/office/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_NAMES = (
    *("officeDocument", "extended-properties", "extendedProperties", "custom-properties"),
    *("customProperties", "styles", "settings", "webSettings", "fontTable", "theme"),
    *("numbering", "header", "footer", "footnotes", "endnotes", "comments", "image"),
    *("hyperlink", "customXml", "customXmlProps", "glossaryDocument", "themeOverride"),
)
RELATIONS = frozenset(
    (
        *map(f"{_BASES[0]}{{}}".format, _NAMES),
        *map(f"{_BASES[1]}{{}}".format, _NAMES),
        f"{_BASES[0]}metadata/core-properties",
        f"{_PACKAGE}core-properties",
        f"{_PACKAGE}thumbnail",
        f"{_MICROSOFT}2007/relationships/stylesWithEffects",
        f"{_MICROSOFT}2011/relationships/commentsExtended",
        f"{_MICROSOFT}2011/relationships/people",
        f"{_MICROSOFT}2016/09/relationships/commentsIds",
        f"{_MICROSOFT}2018/08/relationships/commentsExtensible",
        f"{_MICROSOFT}2020/02/relationships/classificationlabels",
    )
)
"""The types of relations between parts."""
_LINKS = frozenset(base + "hyperlink" for base in _BASES)
_STARTS = frozenset(base + "officeDocument" for base in _BASES)
_WEB = ("http://", "https://", "mailto:", "tel:", "#")
_PROGRAMS = ("macro", "vba", "activex", "executable", "msdownload", "customui", "toolbar")
_EMBEDDED = ("embeddings/", "oleobject", "package", "spreadsheetml", "presentationml")
_FONTS = ("font", "odttf", "opentype", "truetype")


def leads_to_the_web(address: str) -> bool:
    """Tell whether a link leads to a page, a letter or a place in the file, if it is clicked."""
    return address.strip().lower().startswith(_WEB)


def check_kinds(kinds: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Report the parts that no ordinary Word file has."""
    if kinds.get(MAIN) != _DOCUMENT:
        yield _unusual(MAIN, kinds.get(MAIN, ""), place)
    for name, kind in kinds.items():
        if kind not in XML_KINDS and kind not in PICTURES:
            yield _unusual(name, kind, place)


def _unusual(name: str, kind: str, place: Place) -> Problem:
    told = f"{name} {kind}".lower()
    code = "REND030"
    if any(word in told for word in _PROGRAMS):
        code = "REND022"
    elif kind.startswith("image/"):
        code = "REND029"
    elif any(word in told for word in _FONTS):
        code = "REND028"
    elif any(word in told for word in _EMBEDDED):
        code = "REND027"
    return problem(code, place, part=name)


def kinds_of(names: Iterator[str], types: etree._Element) -> dict[str, str]:
    """Map every part but the list of types itself to its content type, as that list tells."""
    by_ending: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for entry in types.iterchildren("{*}Default", "{*}Override"):
        kind = (entry.get("ContentType") or "").strip()
        if etree.QName(entry).localname == "Default":
            by_ending[(entry.get("Extension") or "").lower()] = kind
        else:
            by_name[unquote(entry.get("PartName") or "").lower().lstrip("/")] = kind
    found: dict[str, str] = {}
    for name in names:
        ending = name.lower().rpartition(".")[2]
        found[name] = by_name.get(name.lower(), by_ending.get(ending, ""))
    return found


def check_relations(name: str, listed: etree._Element, place: Place) -> Iterator[Problem]:
    """Report relations that fetch from elsewhere, start something, or lead out of the file."""
    for one in listed.iter("{*}Relationship"):
        kind, target = one.get("Type", ""), one.get("Target", "").strip()
        outside = one.get("TargetMode", "Internal") != "Internal"
        if kind in _LINKS and (outside or target.startswith("#")):
            if not leads_to_the_web(target):
                yield problem("REND026", place, part=name, target=target[:60])
        elif outside:
            yield problem("REND023", place, part=name)
        elif kind not in RELATIONS:
            yield _unusual(f"{name}→{target[:60]}", kind, place)
        elif not _leads_to_a_part(name, kind, target):
            yield problem("REND030", place, part=f"{name}→{target[:60]}")


def _leads_to_a_part(name: str, kind: str, target: str) -> bool:
    """Tell whether a relation stays in the file, be its part there or not; the document itself is
    the part that is filled.
    """
    plain = unquote(target).replace("\\", "/")
    if ":" in plain or plain.startswith("//"):
        return False
    folder = posixpath.dirname(posixpath.dirname(name))
    whole = posixpath.normpath(posixpath.join(folder, plain)).lstrip("/")
    return whole == MAIN if kind in _STARTS else not whole.startswith("..")
