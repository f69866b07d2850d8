"""The kinds of fault that a judge would find, each tried with situations that must be refused
and with neighbours that must stay allowed.

Every module of this folder holds one kind and says so in ``KIND``;
``docs/法律情形.md`` is made from them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of fault: what it is called, what goes wrong, and the articles that decide it."""

    name: str
    about: str
    basis: tuple[tuple[str, ...], ...]
    """Citations as the registry knows them: statute, article, paragraph, item."""
