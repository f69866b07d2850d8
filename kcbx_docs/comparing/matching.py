"""Who of one list is who in another: by number, then by name and day of birth, then by name alone.

Only a number under the same name is sure. Everything else is somebody's to look at, and says so.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from kcbx_docs.light import dataclass

if TYPE_CHECKING:
    import polars

How = Literal["号码", "同号异名", "错号同名", "同名同生日", "仅同名"]
_HOWS: tuple[How, ...] = ("号码", "同号异名", "错号同名", "同名同生日", "仅同名")


@dataclass(frozen=True)
class Match:
    """Who somebody is in another list, or may be: the rows there."""

    how: How
    rows: tuple[int, ...]

    @property
    def sure(self) -> bool:
        """Tell whether nobody needs to look at it."""
        return self.how == "号码"


def matches(mine: "polars.DataFrame", theirs: "polars.DataFrame") -> Mapping[int, Match]:
    """Map the rows of one list to their matches in another; whoever has none is left out.

    Whoever is found by number is nobody else: another of that name is not taken for him. A number
    that cannot be, as 待补 or one with stars, may stand with many, and tells nobody from another.
    """
    import polars as pl

    mine, theirs = (one.select("n", "key", "id", "holds", "birth") for one in (mine, theirs))
    holds = pl.col("holds")
    by_number = mine.filter(holds).join(theirs.filter(holds), on="id", suffix="_o")
    same = pl.col("key") == pl.col("key_o")
    sure, named_otherwise = by_number.filter(same), by_number.filter(~same)
    left, free = _without(mine, sure, "n"), _without(theirs, sure, "n_o")
    faulty = left.filter(~holds).join(free.filter(~holds), on=["id", "key"], suffix="_o")
    left, free = _without(left, faulty, "n"), _without(free, faulty, "n_o")
    of_a_day = left.drop_nulls("birth").join(
        free.drop_nulls("birth"), on=["key", "birth"], suffix="_o"
    )
    left, free = _without(left, of_a_day, "n"), _without(free, of_a_day, "n_o")
    unknown = pl.col("birth").is_null() | pl.col("birth_o").is_null()
    namesakes = left.join(free, on="key", suffix="_o").filter(unknown)
    found: dict[int, Match] = {}
    tables = (sure, named_otherwise, faulty, of_a_day, namesakes)
    for how, table in zip(_HOWS, tables, strict=True):
        for row, rows in _grouped(table):
            found.setdefault(row, Match(how, tuple(rows)))
    return found


def _without(
    people: "polars.DataFrame", matched: "polars.DataFrame", column: str
) -> "polars.DataFrame":
    return people.join(matched.select(n=column), on="n", how="anti")


def _grouped(table: "polars.DataFrame") -> "list[tuple[int, list[int]]]":
    rows = table.select("n", "n_o").unique().sort("n", "n_o").group_by("n", maintain_order=True)
    return [(row, others) for row, others in rows.agg("n_o").iter_rows()]
