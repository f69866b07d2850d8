"""Provinces, prefectures and counties of the whole country: their codes, names and former names.

The list ends on a day: what is younger or invented is not in it, which proves nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from kcbx_docs.light import dataclass, regex

LISTED_ON = "2023-06-30"
"""The day on which the list in placenames.tsv ends."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|"
    "哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|"
    "普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|"
    "塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = regex(
    rf"(?:(?:{_PEOPLES})族|维吾尔|(?<!内)蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治[区州县旗]$"
)
_AUTONOMY = regex(r"族?自治[区州县旗]$")
_KIND = regex(r"(?:特别行政区|地区|林区|特区|[省市区县旗盟州])$")

_Form = Callable[[str], str]


@dataclass(frozen=True)
class Former:
    """A code and name that older lists have and the present one has not."""

    code: str
    name: str
    year: str


@dataclass(frozen=True)
class _Table:
    now: Mapping[str, str]
    former: tuple[Former, ...]


def bare(code: str) -> str:
    """Write the code of a province with two figures, that of a prefecture with four."""
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code.removesuffix("00")


def name_of(code: str) -> str:
    """Return the names of all levels of a code, as 云南省玉溪市通海县; empty if not listed."""
    code = bare(code)
    return "".join(_levels(code)) if code in _table().now else ""


def shown(code: str) -> str:
    """Return a code with its names."""
    return f"{code} {name_of(code)}".rstrip()


def code_of(region: str) -> str:
    """Return the code of a name that means one place; empty if none or several."""
    codes = codes_of(region)
    return codes[0] if len(codes) == 1 else ""


@lru_cache(maxsize=512)
def codes_of(region: str) -> tuple[str, ...]:
    """List the codes that a name may mean, whether or not it says the levels above."""
    for forms in ((_full,), (_short, _county)):
        found = tuple(code for code in _table().now if _is_called(code, region, forms))
        # A province goes before what lies elsewhere and has its short name: 吉林, 海南.
        if found:
            largest = min(found, key=len)
            return (largest,) if len(largest) == 2 else found
    return ()


def former_of(region: str) -> Former | None:
    """Return the place that a code or a name means which older lists have, the present has not."""
    told = _table().former
    if region.isdigit():
        code = bare(region)
        gone = [one for one in told if one.code == code and code not in _table().now]
    else:
        gone = [one for one in told if region.endswith(one.name) and _fits(one, region)]
    if len({one.code[:2] for one in gone}) > 1:
        return None
    # Of a place that was given another code or name, the last one counts.
    return max(gone, key=lambda one: one.year, default=None)


def successors(former: Former) -> tuple[str, ...]:
    """List the codes that may now stand for a former place: its own, those nearby that bear its
    name, or the only one in its province.
    """
    now = _table().now
    if former.code in now:
        return (former.code,)
    stem = _short(former.name)
    level = [code for code in now if len(code) == len(former.code)]
    alike = [code for code in level if code[:2] == former.code[:2] and _short(now[code]) == stem]
    near = [code for code in alike if code[:4] == former.code[:4]]
    return tuple(near or (alike if len(alike) == 1 else ()))


def listed_names() -> tuple[str, ...]:
    """List all names, for those who look for a similar one."""
    return tuple(dict.fromkeys(_table().now.values()))


def _is_called(code: str, region: str, forms: tuple[_Form, ...]) -> bool:
    name = _table().now[code]
    return any(
        region.endswith(form(name))
        and _is_above(region.removesuffix(form(name)), _levels(code)[:-1])
        for form in forms
    )


def _is_above(words: str, levels: list[str]) -> bool:
    """Tell whether words are nothing but the names of such levels, long or short."""
    for name in levels:
        start = next((form for form in (name, _short(name)) if words.startswith(form)), "")
        words = words.removeprefix(start)
    return not words


def _fits(former: Former, region: str) -> bool:
    now = _table().now
    parts = (former.code[:2], former.code[:4])
    above = [now[part] for part in parts if part in now and part != former.code]
    return _is_above(region.removesuffix(former.name), above)


def _levels(code: str) -> list[str]:
    now = _table().now
    return [now[part] for part in dict.fromkeys((code[:2], code[:4], code)) if part in now]


def _full(name: str) -> str:
    return name


@cache
def _short(name: str) -> str:
    """Say a name as people do: 新平 for 新平彝族傣族自治县, 玉溪 for 玉溪市."""
    if "自治" in name:
        # 东乡族自治县 and 鄂温克族自治旗 are called after their people alone.
        return _AUTONOMOUS.sub("", name) or _AUTONOMY.sub("", name)
    stem = _KIND.sub("", name)
    return stem if len(stem) > 1 else name


def _county(name: str) -> str:
    """Say a short name with its kind: 新平县, 大理州."""
    return _short(name) + name[-1] if "自治" in name else name


@lru_cache(maxsize=1)
def _table() -> _Table:
    lines = list(_rows())
    now = {code: name for code, name, year in lines if not year}
    return _Table(now, tuple(Former(*line) for line in lines if line[2]))


def _rows() -> Iterator[tuple[str, str, str]]:
    text = Path(__file__).with_name("placenames.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            code, name, *year = line.split("\t")
            yield code, name, "".join(year)
