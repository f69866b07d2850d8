"""Pictures that prove an attempt: those that were brought are named by it, and the bare name of a
file that is nowhere proves nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_methods import PICTURES
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.proofs import ProofsGiven
from kcbx_docs.office.kept_files import MEDIA, nowhere
from kcbx_docs.problems import Place, Problem, problem


def picture_names(files: ProofsGiven) -> tuple[str, ...]:
    """Name the photographs and recordings among files that were brought."""
    return tuple(_names(files))


def _names(files: ProofsGiven) -> Iterator[str]:
    for one in files:
        kind, _, path = one.partition("=") if isinstance(one, str) else (one.kind, "", one.name)
        if kind == PICTURES:
            yield Path(path).name


def with_pictures(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Add pictures that were brought to those that the values of an attempt name."""
    told = values.get(MEDIA) or ()
    known = (told,) if isinstance(told, str) else tuple(told)
    new = [name for name in names if name not in known]
    return {**values, MEDIA: [*known, *new]} if new else dict(values)


def only_named(
    clerk: Clerk, event: Event, files: ProofsGiven, known: Iterable[str] = ()
) -> Iterator[Problem]:
    """Refuse pictures of which there is nothing but the name of a file; ``known`` ones were
    recorded before.
    """
    root, brought = clerk.office.root, picture_names(files)
    for name in event.media:
        if name not in (*brought, *known) and nowhere(name, clerk.loaded, root):
            yield problem("SERV140", Place(path=MEDIA), name=name)
