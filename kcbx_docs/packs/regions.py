"""Whether packs are found for the region they are of: their codes, their names, their files.

A county whose code is mistyped is silently its province: nobody would miss its sentences.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.packs import placenames
from kcbx_docs.packs.chain import NATIONAL, PackFolder
from kcbx_docs.problems import Place, Problem, problem

_READ = ("pack.yaml", "law.yaml", "procedure.yaml")
_SAID_OTHERWISE = ("{}.yml", "{}.yaml", "{}.txt", "{}.yaml.txt", "{}.yml.txt", "{}.yaml.yaml")
_HOLDS = ("documents", "parts")
_CODE = ("行政区划代码",)
_NAMED = 3


def check_codes(packs: Mapping[str, PackFolder], own: Iterable[str]) -> Iterator[Problem]:
    """Report codes of packs (those in ``own``) that cannot be theirs, and packs without one."""
    for name in own:
        folder = packs[name]
        above = packs.get(folder.parent or "")
        if name == NATIONAL or above is None:
            continue
        if folder.pack.code is None:
            yield from _without_code(folder, above)
        else:
            yield from _misplaced(folder, above)
            yield from _of_another(folder)


def _without_code(folder: PackFolder, above: PackFolder) -> Iterator[Problem]:
    listed = placenames.codes_of(folder.pack.name)
    if above.pack.code or listed:
        advice = "、".join(map(placenames.shown, listed))
        advice = f"名单里有 {advice}。" if listed else ""
        yield problem("PACK047", folder.source.place(), id=folder.id, advice=advice)


def _misplaced(folder: PackFolder, above: PackFolder) -> Iterator[Problem]:
    code, higher = folder.pack.code or "", placenames.bare(above.pack.code or "")
    if not code.startswith(higher):
        place = folder.source.place(_CODE, value=True)
        facts = {"above": above.id, "higher": above.pack.code, "code": placenames.shown(code)}
        yield problem("PACK044", place, id=folder.id, **facts)


def _of_another(folder: PackFolder) -> Iterator[Problem]:
    """Compare code and name with the list; what is in it by neither may be younger than it."""
    code, name = placenames.bare(folder.pack.code or ""), folder.pack.name
    called, codes = placenames.name_of(code), placenames.codes_of(name)
    if code in codes or not (called or codes):
        return
    facts = {"id": folder.id, "code": code, "name": name, "day": placenames.LISTED_ON}
    place = folder.source.place(_CODE, value=True)
    listed = "、".join(map(placenames.shown, codes))
    if called and codes:
        yield problem("PACK045", place, **facts, called=called, listed=listed)
    elif called:
        yield problem("PACK046", place, **facts, advice=f"名单里 {code} 是{called}")
    elif any(one[:2] == code[:2] for one in codes):
        yield problem("PACK046", place, **facts, advice=f"名单里有 {listed}")


def passed_over(
    region: str, chosen: str, packs: Mapping[str, PackFolder], own: Sequence[str]
) -> tuple[PackFolder, ...]:
    """List the workspace's packs below the one that was chosen for a region more particular."""
    code = region if region.isdigit() else placenames.code_of(region)
    found = packs[chosen].pack
    if region in (chosen, found.name) or placenames.bare(code) == placenames.bare(found.code or ""):
        return ()
    below = (packs[name] for name in own if name != NATIONAL and name != chosen)
    return tuple(one for one in below if chosen == NATIONAL or one.id.startswith(f"{chosen}/"))


def told_passed_over(region: str, chosen: str, over: Sequence[PackFolder]) -> Iterator[Problem]:
    """Say that the workspace's own packs are not those of its region."""
    if over:
        listed = "、".join(
            f"「{one.id}」（{one.pack.code or '没有代码'}）" for one in over[:_NAMED]
        )
        more = f" 等 {len(over)} 个" if len(over) > _NAMED else ""
        yield problem("PACK048", Place(), region=region, used=chosen, listed=listed + more)


def misnamed_files(root: Path) -> Iterator[Problem]:
    """Report below a templates folder what would be a pack under its right name."""
    for folder in (root, *sorted(path for path in root.rglob("*") if path.is_dir())):
        shown = folder.relative_to(root).as_posix()
        if "/" in shown and folder.is_symlink() and (folder / _READ[0]).is_file():
            yield problem("PACK021", Place(shown))  # packs are not looked for behind links
        elif folder.name not in _HOLDS and "/." not in f"/{shown}".removesuffix("/."):
            yield from _misnamed(folder, shown)


def _misnamed(folder: Path, shown: str) -> Iterator[Problem]:
    names = {path.name for path in folder.iterdir()}
    wrong: dict[str, str] = {}
    for name in _READ:
        wrong |= dict.fromkeys(_otherwise(name, names), name)
    for said, name in wrong.items():
        yield problem("PACK049", Place(_below(shown, said)), name=name)
    if "pack.yaml" in (*names, *wrong.values()):
        return
    held = [one for one in _HOLDS if one in names and any((folder / one).glob("*.html"))]
    if held:
        yield problem("PACK050", Place(_below(shown, held[0])), held="、".join(held))


def _below(shown: str, name: str) -> str:
    return name if shown == "." else f"{shown}/{name}"


def _otherwise(name: str, names: set[str]) -> list[str]:
    """List the files that say a name otherwise, where the right one is missing."""
    if name in names:
        return []
    stem = name.removesuffix(".yaml")
    likely = {form.format(stem) for form in _SAID_OTHERWISE}
    return sorted(one for one in names if one.casefold() in likely)


_UNIT = regex(r"(?<=.)[县旗区市](?![乡镇街场]|$)")
"""Where the name of a county or a city ends within the name of an office."""


def of_another_county(region: str, office: str) -> str:
    """Return the place that an office is called after where the list knows it as no part of a
    region, and the region as no part of it; nothing where anything of that is not sure.
    """
    code = placenames.bare(region if region.isdigit() else placenames.code_of(region))
    if not code or not placenames.name_of(code):
        return ""
    for found in reversed([*_UNIT.finditer(office)]):
        unit = office[: found.end()]
        if codes := placenames.codes_of(unit):
            there = any(one.startswith(code) or code.startswith(one) for one in codes)
            return "" if there else unit
    return ""
