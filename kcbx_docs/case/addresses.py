"""What an address says of province, county and town, as far as it is written:
enough to remind that a place is another one, never to decide it.
"""

from kcbx_docs.light import regex
from kcbx_docs.words import parse_number

_UNIT = regex(
    r".{1,10}?(?:特别行政区|自治区|自治州|自治县|地区|街道|省|市|县|区|旗"
    r"|镇(?![市县])|乡(?![市县])|州(?=[^市县]{1,10}[市县]))"
)
"""景德镇市 and 新乡市 are no towns; 红河州 is named before its counties, 杭州路 is a street."""
_NOT_A_UNIT = ("小区", "社区", "校区", "园区", "新区", "城区", "山区", "库区", "林区", "片区")
_PEOPLES = regex(
    r"(?P<name>.+?)(?:(?:民|各|汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白"
    r"|土家|哈尼|哈萨克|傣|黎"
    r"|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌"
    r"|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴"
    r"|基诺|高山)族)+(?:自治)?(?P<rank>乡|镇|州|县|旗)"
)
"""The peoples in the full name of a place, which the short name leaves out."""
_ADMINISTERED = r"行政村|村民委员会|村委会?|居民委员会|居委会?|社区"
_VILLAGE = regex(
    r"(?P<name>[^\d路街号巷组弄栋村社（）()]{1,8}?)"
    rf"(?:(?P<whole>{_ADMINISTERED})|(?P<part>自然村|村民小组)|村)"
)
"""A 行政村 has 自然村 and 村民小组 within it; what is called 村 and no more may be either."""
_GROUP = regex(
    r"第?(?P<name>[^\d路街号巷弄栋村社组（）()]{1,8}?|\d{1,2})"
    r"(?:村民小组|居民小组|小组|组|自然村)"
)
"""A part of a village: 三组, 上白沙组, 小寨自然村."""
_DOOR = regex(r"(?:[\d一二三四五六七八九十](?:组|号|栋|幢|楼|单元|室|户|座)|\d)(?:家里?|家中)?$")
_NUMBER = regex(r"\d+")
_PROVINCE = ("省", "自治区")
_TOWN = ("镇", "乡", "街道")


def units(address: str) -> tuple[str, ...]:
    """List the administrative units at the head of an address, the largest first."""
    return _split(address)[0]


def _split(address: str) -> tuple[tuple[str, ...], str]:
    found: list[str] = []
    rest = address.strip()
    while match := _UNIT.match(rest):
        unit, left = match[0], rest[match.end() :]
        market = unit.endswith("市") and left.startswith("场")
        if unit.endswith(_NOT_A_UNIT) or market or left.startswith(("村", "社区")):
            break
        found.append(_short(unit))
        rest = left
    return tuple(found), rest


def within_units(address: str) -> str:
    """Return what an address says below province, county and town: 白沙村15号."""
    return _split(address)[1]


def villages(address: str) -> frozenset[str]:
    """Name the villages and communities of an address or of a committee, without their rank."""
    return frozenset(found["name"] for found in _VILLAGE.finditer(_split(address)[1]))


def village_of(address: str) -> str:
    """Name the village or community that an address lies in; its parts are not meant."""
    whole = (found["name"] for found in _VILLAGE.finditer(_split(address)[1]) if not found["part"])
    return next(whole, "")


def groups_of(address: str) -> frozenset[str]:
    """Name the groups of a village that an address lies in; 3组 and 第三村民小组 are one."""
    rest = _split(address)[1]
    ends = [found.end() for found in _VILLAGE.finditer(rest) if not found["part"]]
    within = rest[ends[0] :] if ends else rest
    names = (found["name"] for found in _GROUP.finditer(within))
    return frozenset(str(parse_number(name) or name) for name in names)


def in_another_village(one: str, other: str) -> bool:
    """Tell whether two addresses name villages that cannot be one within the other."""
    if not villages(one) or not villages(other) or villages(one) & villages(other):
        return False
    mine, theirs = _ranks(one), _ranks(other)
    # A part may lie in a village, and a mere 村 in a 行政村 of another name.
    return bool(mine & theirs)


def looks_like_an_address(place: str) -> bool:
    """Tell whether a place is told by its group or its door, and not by whose it is."""
    return bool(_DOOR.search(place.strip()))


def apart(one: str, other: str) -> bool:
    """Tell whether two addresses are surely two: no group, no number of one is in the other."""
    mine, theirs = ("".join(within_units(address).split()) for address in (one, other))
    if not mine or not theirs or mine in theirs or theirs in mine:
        return False
    if in_another_village(one, other):
        return True
    groups = groups_of(one), groups_of(other)
    if villages(one) & villages(other):
        return all(groups) and not groups[0] & groups[1]
    numbers = set(_NUMBER.findall(mine)), set(_NUMBER.findall(theirs))
    return all(numbers) and not numbers[0] & numbers[1]


def _ranks(address: str) -> set[str]:
    found = [*_VILLAGE.finditer(_split(address)[1])]
    return {"whole" if one["whole"] else "part" if one["part"] else "" for one in found}


def _short(unit: str) -> str:
    """Leave out of a full name what the short one leaves out: 大水苗族乡 is 大水乡."""
    full = _PEOPLES.fullmatch(unit)
    return full["name"] + full["rank"] if full else unit


def town_of(address: str) -> str:
    """Return the town that an address names; nothing if it names none."""
    return next((unit for unit in units(address) if unit.endswith(_TOWN)), "")


def counties_of(address: str) -> tuple[str, ...]:
    """List the units above the town that an address names."""
    return tuple(unit for unit in units(address) if not unit.endswith(_TOWN))


def in_another_county(address: str, organ: str) -> bool:
    """Tell whether an address names a city or a county, and none of those of an organ."""
    counties = counties_of(organ)
    written = [unit for unit in counties_of(address) if not unit.endswith(_PROVINCE)]
    return (
        bool(written and counties)
        and counties[-1] not in written
        and not _within(written, counties)
    )


def _within(written: list[str], counties: tuple[str, ...]) -> bool:
    """Tell whether an address leaves out the county and names the city or prefecture above it."""
    return set(written) <= set(counties)


def elsewhere(address: str, organ: str) -> bool:
    """Tell whether an address names places and none of them is in the area of an organ.

    An address that leaves out the county says nothing of it; unknown stays unknown.
    """
    counties, town = counties_of(organ), town_of(organ)
    written, in_town = counties_of(address), town_of(address)
    others = [unit for unit in written if unit not in counties and not unit.endswith(_PROVINCE)]
    if others and counties and counties[-1] not in written:
        return True
    return bool(town and in_town and town != in_town)
