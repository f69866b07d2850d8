"""Look at laid-out pages: nothing outside the type area, nothing overlapping, not too many pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from kcbx_docs.problems import Place, Problem, problem


def inspect_pages(pages: Sequence[Any], body: Any, duplex: bool) -> Iterator[Problem]:
    """Check the pages of one paper."""
    place = Place(body.name)
    if body.page_limit and len(pages) > body.page_limit:
        yield problem("REND105", place, pages=len(pages), limit=body.page_limit)
