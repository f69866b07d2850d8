"""Traces of who made a Word template: they stay in the template and go out with no paper."""

from collections.abc import Iterator, Mapping

from lxml import etree

from kcbx_docs.render.wordfile import app_xml
from kcbx_docs.render.wordreading import w

_PROPERTIES, _SETTINGS = "docProps/", "word/settings.xml"
_PEOPLE = "word/people.xml"
_CORE = "docProps/core.xml"
_TRACES = ("docVars", "rsids", "trackRevisions")
"""Data that is not shown, marks of sittings, and the wish to track what the receiver writes."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def without_traces(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the properties of the template, the names of its editors and what is not shown out of
    its parts; the core properties are written anew with every paper.
    """
    return {**parts, **dict(_cleaned(parts))}


def _cleaned(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in parts.items():
        if name == "docProps/app.xml":
            yield name, app_xml().encode()
        elif name == _PEOPLE or (name.startswith(_PROPERTIES) and name.endswith(".xml")):
            if name != _CORE:
                yield name, _emptied(data)
        elif name == _SETTINGS:
            yield name, _without(data)


def _emptied(data: bytes) -> bytes:
    root = etree.fromstring(data, _PARSER)
    root[:] = []
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without(data: bytes) -> bytes:
    root = etree.fromstring(data, _PARSER)
    for trace in root.findall("*"):
        if trace.tag in map(w, _TRACES):
            root.remove(trace)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
