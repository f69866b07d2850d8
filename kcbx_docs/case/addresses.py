"""What an address says of province, county and town, as far as it is written:
enough to remind that a place is another one, never to decide it.
"""

import re

_UNIT = re.compile(r".{1,10}?(?:特别行政区|自治区|自治州|自治县|地区|街道|省|市|县|区|旗|镇|乡)")
_NOT_A_UNIT = ("小区", "社区", "校区", "园区", "新区", "城区", "山区", "库区", "林区", "片区")
_PROVINCE = ("省", "自治区")
_TOWN = ("镇", "乡", "街道")


def units(address: str) -> tuple[str, ...]:
    """List the administrative units at the head of an address, the largest first."""
    found: list[str] = []
    rest = address.strip()
    while match := _UNIT.match(rest):
        unit, rest = match[0], rest[match.end() :]
        if unit.endswith(_NOT_A_UNIT) or (unit.endswith("市") and rest.startswith("场")):
            break
        found.append(unit)
    return tuple(found)


def town_of(address: str) -> str:
    """Return the town that an address names; nothing if it names none."""
    return next((unit for unit in units(address) if unit.endswith(_TOWN)), "")


def counties_of(address: str) -> tuple[str, ...]:
    """List the units above the town that an address names."""
    return tuple(unit for unit in units(address) if not unit.endswith(_TOWN))


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


def within(address: str, organ: str) -> bool:
    """Tell whether an address certainly lies in the area of an organ."""
    if elsewhere(address, organ) or not units(address):
        return False
    town = town_of(organ)
    return town == town_of(address) if town else bool(counties_of(address))
