"""What in kcbx.yaml would make papers unlawful: the organ for review, the court,
the clauses on fines. Told where the file is checked; each paper asks for itself.
"""

import re
from collections.abc import Iterator

from kcbx_docs.case.clause_words import (
    contradictions_of,
    maker,
    nameless_delegation,
    told_of,
    without_amounts,
)
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source

_GOVERNMENT = regex(r"(.*[^乡镇])人民政府")
_COUNTY = regex(r"(?<=.)[县旗区市](?![乡镇街场]|$)")
_ZONE = regex(r".*(?:新|园|开发|度假|管理|示范|试验)区")
"""Zones are run by committees and lie in some county that their names do not tell."""
_LARGER = regex(r".*(?:省|自治区|州|盟|市)(?=.{2})")
_AUTONOMOUS = regex(r".+自治[县旗]")


def office_faults(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the organ for review, the courts and the clauses."""
    if workspace.review and (code := review_fault(workspace)):
        place = source.place(("复议机关", "名称"), value=True)
        yield problem(code, place, name=workspace.review.name, office=workspace.office.name)
    for number, court in enumerate(workspace.courts):
        if court.hears != "民事" and "中级人民法院" in court.name:
            place = source.place(("法院", number, "名称"), value=True)
            yield problem("WORK009", place, name=court.name)
    yield from _clauses(workspace, source)


def review_fault(workspace: Workspace) -> str:
    """Return the code of what is wrong with the organ for review: it is the government of the
    county, neither a bureau nor the issuer itself (行政复议法 24).
    """
    if workspace.review is None:
        return ""
    name = re.sub(r"\s", "", workspace.review.name)
    own = [one.name for one in workspace.organs if one.kind != "县级人民政府"]
    found = _GOVERNMENT.fullmatch(name)
    if found is None or name in own:
        return "WORK007"
    return "" if _same_county(found[1], workspace.office.name) else "WORK008"


def _same_county(place: str, office: str) -> bool:
    """Tell whether an office lies in a county by its name; one that names none may."""
    units = [office[: found.end()] for found in _COUNTY.finditer(office)]
    counties = [unit for unit in units if not _ZONE.fullmatch(unit)]
    own = next((unit for unit in counties if _alike(unit, place)), None)
    if own is None:
        return not counties
    if not own.endswith(("市", "自治区")):
        return True
    # A city or region may have counties of its own, of which the office names one.
    return not any(len(unit) > len(own) + 1 for unit in counties)


def _alike(one: str, other: str) -> bool:
    """Tell whether two names are of one county, whatever they say of the city above it;
    兰坪县 is short for 兰坪白族普米族自治县.
    """
    short, long = sorted((_LARGER.sub("", one), _LARGER.sub("", other)), key=len)
    if short == long or (len(short) > 2 and long.endswith(short)):
        return True
    return bool(
        _AUTONOMOUS.fullmatch(long) and long[-1] == short[-1] and long.startswith(short[:-1])
    )


def _clauses(workspace: Workspace, source: Source) -> Iterator[Problem]:
    for number, basis in enumerate(workspace.penalties):
        facts, loc = told_of(basis), ("处罚依据", number)
        made = maker(basis)
        if made:
            place = source.place((*loc, "制定机关"), value=True)
            yield problem("PROC515" if made == "不能" else "PROC519", place, **facts)
        for key, what in contradictions_of(basis):
            place = source.place((*loc, key), value=True)
            yield problem("PROC518", place, **{**facts, "what": what})
        if nameless_delegation(basis):
            place = source.place((*loc, "赋权决定"), value=True)
            yield problem("CLI034", place, delegation=basis.delegation)
        if without_amounts(basis):
            yield problem("WORK011", source.place((*loc, "原文"), value=True), **facts)
