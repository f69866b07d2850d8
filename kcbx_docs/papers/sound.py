"""Whether a template can be relied upon, whatever is printed of it: what it marks, names, cites.

Lint asks beforehand; a filling sees the branches it takes, so that of a workspace's own templates
the same is asked before they are filled. The shipped ones are tested.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.law.model import RequiredPart
from kcbx_docs.law.registry import Registry
from kcbx_docs.packs.chain import shipped_root
from kcbx_docs.packs.contract import broken_tags, check_contract, syntax_problems
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.markup import Element
from kcbx_docs.packs.model import Unit
from kcbx_docs.packs.parameters import Parameters
from kcbx_docs.packs.schema import Variable, without
from kcbx_docs.packs.structure import check_structure
from kcbx_docs.papers.context import context_schema
from kcbx_docs.papers.lawful import law_faults
from kcbx_docs.problems import Place, Problem, Problems, as_warning, errors, problem
from kcbx_docs.render.styles import LAYOUTS

_OF_NOBODY: tuple[Unit, ...] = ("案件", "工作", "公文", "案卷", "批次", "班级", "模板包")
"""Of what there is one paper that is to no single guardian."""


def is_shipped(flat: FlatTemplate) -> bool:
    """Tell whether all of a template came with the program."""
    root = shipped_root()
    return all(file.path.is_relative_to(root) for file in flat.files)


def unsound(flat: FlatTemplate, registry: Registry, parameters: Parameters, day: date) -> Problems:
    """List the errors of a template in branches that may not be taken; citations of a law that is
    in force on other days are none.
    """
    found = (*text_faults(flat, context_schema(parameters)), *missing_parts(flat, registry, day))
    if not syntax_problems(flat):
        later = {(one.code, one.place) for one in law_faults(flat, registry, date.max)}
        today = law_faults(flat, registry, day)
        found = (*found, *(one for one in today if (one.code, one.place) in later))
    return tuple(dict.fromkeys(errors(found)))


def text_faults(flat: FlatTemplate, schema: Variable) -> Problems:
    """List what is wrong in the elements and the tags of a template."""
    found = check_structure(flat, tuple(LAYOUTS[flat.front.layout].styles))
    unpaired = any(one.code == "TMPL040" for one in found)
    if unpaired and not broken_tags(flat):  # Jinja misses the same end, at another place
        return found
    if flat.front.unit in _OF_NOBODY:
        schema = without(schema, "监护人")
    return (*found, *check_contract(flat, schema))


def missing_parts(flat: FlatTemplate, registry: Registry, day: date) -> Iterator[Problem]:
    """Yield what a template does not mark although the law or its own head requires it."""
    marked = _marked_parts(flat)
    for name in flat.front.required:
        if name not in marked:
            place = flat.said_at("必备内容")
            yield problem("TMPL036", place, part=name, basis="模板的必备内容")
    required = registry.document(flat.front.id)
    for part in required.required if required else ():
        if part.name not in marked and part.name not in flat.front.required:
            yield _missing_part(flat, part, registry, day)


def _marked_parts(flat: FlatTemplate) -> set[str]:
    marked: set[str] = set()
    for node in flat.tree.walk():
        if isinstance(node, Element):
            marked.update(node.attributes.get("part", "").split())
    return marked


def _missing_part(flat: FlatTemplate, part: RequiredPart, registry: Registry, day: date) -> Problem:
    """Say that a required part is not marked: a warning where the law asks for it in some cases."""
    citations, _ = registry.basis(part.basis, day)
    basis = "、".join(citation.short for citation in citations) or "登记的必备内容"
    missing = problem("TMPL036", Place(flat.files[0].shown), part=part.name, basis=basis)
    return as_warning(missing) if part.condition else missing
