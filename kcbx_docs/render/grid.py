"""Where the cells of a table stand."""

from collections.abc import Iterator, Sequence

from kcbx_docs.packs.markup import Element

CELL_MARGINS = 8.5  # pt, left and right of the text together


def column_widths(table: Element, total: float) -> list[float]:
    """Share a width among the columns of a table."""
    shares = [float(part) for part in table.attributes["widths"].split()]
    return [total * share / sum(shares) for share in shares]


def placed(
    cells: Sequence[Element], covered: list[int]
) -> Iterator[tuple[Element | None, int, int]]:
    """Tell of the cells of a row their first column and how many they span.

    ``covered`` counts for each column the rows that a cell from above still reaches into; there a
    cell goes on, which is told as none.
    """
    column, waiting = 0, list(cells)
    while column < len(covered):
        if covered[column] > 0:
            covered[column] -= 1
            yield None, column, 1
            column += 1
            continue
        cell = waiting.pop(0)
        span = int(cell.attributes.get("colspan", "1"))
        down = int(cell.attributes.get("rowspan", "1"))
        covered[column : column + span] = [down - 1] * span
        yield cell, column, span
        column += span
