"""The style of the papers as a lawyer reads them: each rule finds its faults in one paper."""

import re
from collections.abc import Callable, Iterator

from kcbx_docs.law.registry import load_registry

REGISTRY = load_registry()[0]
SHORT = {s.short: s.title for s in REGISTRY.statutes if s.short != s.title}
_NAMED = re.compile(r"《([^《》]+)》")
_PARTS = r"(?:第[一二三四五六七八九十百（）]+[条款项])+"
_NUMBER = "一二三四五六七八九十"
_COUNT = "一二两三四五六七八九十百千"

Rule = Callable[[str], Iterator[str]]


def _plain(name: str) -> str:
    return SHORT.get(name, name)


def statute_once(paper: str) -> Iterator[str]:
    """An enumeration names a statute once before all its articles."""
    for found in re.finditer(rf"《([^《》]+)》{_PARTS}[、和]《([^《》]+)》{_PARTS}", paper):
        if _plain(found[1]) == _plain(found[2]):
            yield found[0]


def introduced(paper: str) -> Iterator[str]:
    """A short name stands only after it was introduced in the same paper."""
    known: set[str] = set()
    for found in _NAMED.finditer(paper):
        name, before = found[1], paper[: found.start()]
        if name in SHORT and before.endswith("以下简称"):
            known.add(name)
        elif name in SHORT and name not in known:
            yield f"《{name}》"


def dates_joined(paper: str) -> Iterator[str]:
    """Dates of one year in one enumeration write the year once."""
    for found in re.finditer(r"(\d{4})年\d+月\d+日、\1年\d+月\d+日", paper):
        yield found[0]


def one_way_to_count(paper: str) -> Iterator[str]:
    """Times, copies and yuan are all in figures or all in words, quotations apart."""
    own = re.sub(r"“[^”]*”|大写：[^）\n]*", "", paper)
    for unit in ("次", "元"):
        figures = re.search(rf"\d{unit}", own)
        words = re.search(rf"[{_COUNT}]{unit}", re.sub(r"第[^次]{1,3}次|每次|一次缴清", "", own))
        if figures and words:
            yield f"{own[max(figures.start() - 6, 0) : figures.end()]} / {words[0]}"


def brackets(paper: str) -> Iterator[str]:
    """Brackets of one kind do not stand in each other; the number of an item is none."""
    for line in re.sub(rf"第（[{_NUMBER}]+）项", "", paper).split("\n"):
        for opening, closing in ("（）", "《》", "“”"):
            depth = 0
            for place, char in enumerate(line):
                depth += (char == opening) - (char == closing)
                if depth > 1:
                    yield line[max(place - 12, 0) : place + 8]
                    break


def quotation_marks(paper: str) -> Iterator[str]:
    """Papers quote as the standard wants it: “ ”, not 「 」."""
    yield from re.findall(r"[「」『』]", paper)


def one_person(paper: str) -> Iterator[str]:
    """Who is headed 当事人 is not addressed as 你 below."""
    if re.search(r"^当事人：", paper, re.MULTILINE):
        yield from re.findall(r".{0,6}你.{0,4}", re.sub(r"“[^”]*”", "", paper))[:1]


def proof_is_a_fact(paper: str) -> Iterator[str]:
    """What a piece of evidence proves is stated, not asked."""
    yield from re.findall(r"证明[^。；\n]{0,30}是否[^。；\n]{0,6}", paper)


def found_once(paper: str) -> Iterator[str]:
    """What was found is introduced once; the sentences after it go on."""
    yield from re.findall(r"(?:^|。)经查，.{0,8}", re.sub(r"“[^”]*”", "", paper), re.MULTILINE)[1:]


RULES: tuple[Rule, ...] = (
    statute_once,
    introduced,
    dates_joined,
    one_way_to_count,
    brackets,
    quotation_marks,
    one_person,
    proof_is_a_fact,
    found_once,
)


def papers_of(text: str) -> Iterator[tuple[str, str]]:
    """Split a reviewed text into its papers: name and words."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name, _, words = part.partition("\n")
        yield name, words
