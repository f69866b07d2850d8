"""Fill a flattened template: the strict pass that both DOCX and PDF rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError

from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import MAX_OUTPUT, Collected, collecting, environment
from kcbx_docs.packs.markup import Element, Tag, Text, parse_plain, tidy
from kcbx_docs.problems import Place, Problem, Problems, problem

_FAULTS = {
    "missing": "REND010",
    "empty": "REND011",
    "unconfirmed": "REND012",
    "unprintable": "REND013",
}


@dataclass(frozen=True)
class Filled:
    """The words of one paper as a tree without tags."""

    flat: FlatTemplate
    root: Element


@cache
def _compiled(source: str) -> Template:
    return environment.from_string(source)


def fill(flat: FlatTemplate, context: Mapping[str, Any]) -> tuple[Filled | None, Problems]:
    """Fill a template; every missing or unprintable value is reported at its line, all at once."""
    with collecting() as collected:
        try:
            text = _render(_compiled(optional_blanks(flat)), context)
        except (
            TemplateError,
            SecurityError,
            TypeError,
            ValueError,
            KeyError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as error:
            return None, (*_faults(flat, collected), _stopped(flat, error))
    found = tuple(_faults(flat, collected))
    if found:
        return None, found
    root, found = parse_plain(text, flat.files[0].shown)
    if root is None:
        return None, found
    _tidy_below(root)
    found = tuple(_leftovers(flat, root))
    return (None, found) if found else (Filled(flat, root), ())


def _render(template: Template, context: Mapping[str, Any]) -> str:
    out, size = [], 0
    for chunk in template.generate(context):
        size += len(chunk)
        if size > MAX_OUTPUT:
            raise SecurityError("output is too large")
        out.append(chunk)
    return "".join(out)


def optional_blanks(flat: FlatTemplate) -> str:
    """Return the source in which the value of a blank may be empty, to be filled in by hand."""
    out, last = [], 0
    for tag in _blank_tags(flat.tree):
        end = flat.source.index("}}", tag.offset) + 2
        out += [flat.source[last : tag.offset], "{{ (%s)|默认 }}" % tag.code]
        last = end
    return "".join([*out, flat.source[last:]])


def _blank_tags(element: Element) -> Iterator[Tag]:
    for node in element.walk():
        if isinstance(node, Element) and node.name == "blank":
            yield from (child for child in node.children if isinstance(child, Tag))


def _faults(flat: FlatTemplate, collected: Collected) -> Iterator[Problem]:
    lines = flat.source.split("\n")
    for kind, name, line in collected.faults:
        shown = lines[line - 1].strip()[:60] if line <= len(lines) else ""
        yield problem(_FAULTS[kind], flat.place_of_line(line), name=name, line=shown)


def _stopped(flat: FlatTemplate, error: Exception) -> Problem:
    line = _line_of(error)
    place = flat.place_of_line(line) if line else Place(flat.files[0].shown)
    if "too large" in str(error) or "too long" in str(error) or "too many" in str(error):
        return problem("REND018", place)
    return problem("REND014", place, detail=str(error))


def _line_of(error: Exception) -> int | None:
    trace = error.__traceback__
    line = None
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(trace.tb_lineno)
        elif trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _tidy_below(element: Element) -> None:
    for number, child in enumerate(element.children):
        if isinstance(child, Text):
            element.children[number] = Text(tidy(child.text), child.offset)
        elif isinstance(child, Element):
            _tidy_below(child)


def _leftovers(flat: FlatTemplate, root: Element) -> Iterator[Problem]:
    for node in root.walk():
        if isinstance(node, Text):
            for mark in ("{{", "}}", "{%", "%}", "｛｛", "｝｝"):
                if mark in node.text:
                    yield problem("REND015", Place(flat.files[0].shown), found=mark)
