"""Cards beside the law's list and the procedure: where two places contradict each other."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.law.model import IssuerRule
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Card
from kcbx_docs.packs.procedure import Procedure
from kcbx_docs.problems import Problem, problem

_ANY_EVENT = ("", "制发", "送达")
"""Events of steps that carry any document, so that no card names them."""


def lint_cards(library: Library, procedure: Procedure | None, day: date) -> Iterator[Problem]:
    """Compare every readable card with the law's list, the procedure and the other cards."""
    cards, _ = library.cards()
    for name, card in cards.items():
        if name not in library.chain.pack.disabled:
            yield from _issuers(card, library, day)
    yield from _events(cards, library)
    yield from _titles(cards, library)
    if procedure:
        yield from _steps(cards, library, procedure)


def _issuers(card: Card, library: Library, day: date) -> Iterator[Problem]:
    """Who issues by the card is who may issue by the law."""
    required = library.registry.document(card.id)
    if required is None:
        return
    place = library.heading(card.id).said_at("制发机关")
    listed = [rule.kind for rule in required.issuers]
    if listed and not card.issuers:
        yield problem("PACK032", place, title=card.title, allowed="、".join(listed))
    if card.issuers and not listed:
        yield problem("PACK033", place, title=card.title, kinds="、".join(card.issuers))
    # What a pack adds is its own law's affair.
    added = library.chain.pack.issuers.get(card.id, ())
    barred = {rule.kind: rule for rule in required.barred}
    for kind in card.issuers:
        if kind in added:
            continue
        told = {"title": card.title, "kind": kind}
        if kind in barred:
            rule = barred[kind]
            basis = _articles(rule, library, day)
            yield problem("PACK030", place, **told, reason=rule.reason, basis=basis)
        elif listed and kind not in listed:
            yield problem("PACK031", place, **told, allowed="、".join(listed))


def _articles(rule: IssuerRule, library: Library, day: date) -> str:
    citations, _ = library.registry.basis(rule.basis, day)
    return "、".join(citation.short for citation in citations) or "无"


def _events(cards: dict[str, Card], library: Library) -> Iterator[Problem]:
    """One event makes one document."""
    makers: dict[str, Card] = {}
    for name, card in cards.items():
        if card.event is None:
            continue
        other = makers.setdefault(card.event, card)
        if other is not card:
            place = library.heading(name).said_at("事项")
            yield problem("PACK034", place, event=card.event, title=card.title, other=other.title)


def _titles(cards: dict[str, Card], library: Library) -> Iterator[Problem]:
    """No two documents in use have one title: who asks for it by title would get either."""
    first: dict[str, str] = {}
    for name, card in cards.items():
        if name in library.chain.pack.disabled:
            continue
        other = first.setdefault(card.title, name)
        if other != name:
            # What a pack gives another title stands where it does so, whichever comes first.
            place = library.heading(name).said_at("标题")
            yield problem("PACK051", place, title=card.title, id=name, other=other)


def _steps(cards: dict[str, Card], library: Library, procedure: Procedure) -> Iterator[Problem]:
    """A step and its document's card name the same event; what is judged has a step to judge it."""
    for name, card in cards.items():
        steps = [procedure.steps[key] for key in procedure.steps_for(name)]
        if card.judged and not steps:
            yield problem("PACK035", library.heading(name).said_at("事后审查"), title=card.title)
        for step in steps:
            if card.event and step.event not in (*_ANY_EVENT, card.event):
                place = library.heading(name).said_at("事项")
                facts = {"title": card.title, "event": card.event, "step": step.name}
                yield problem("PACK036", place, **facts, expected=step.event)
