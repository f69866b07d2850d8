"""What all cases of an office share: law, calendar, packs, procedure, the office itself;
periods computed once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from kcbx_docs.case.ids import age_on
from kcbx_docs.case.service_methods import ProofKind
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.law.calendar import Calendar
from kcbx_docs.law.citation import Citation
from kcbx_docs.law.figures import figure_text, with_figures
from kcbx_docs.law.model import Basis, DocumentRequirement, Rule
from kcbx_docs.law.periods import PeriodResult, compute
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.cards import document_ids
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Card, Pack, Role
from kcbx_docs.packs.placenames import code_of
from kcbx_docs.packs.procedure import Procedure, read_procedure
from kcbx_docs.problems import Problems, UserError, problem, raise_errors

T = TypeVar("T")

_MARKS = regex(r"[\s《》〈〉]")


@dataclass(frozen=True)
class Term:
    """A period of a case, or why it could not be computed."""

    rule: Rule
    start: date
    result: PeriodResult | None
    refusal: Problems = ()

    @property
    def end(self) -> date | None:
        """Return the last day, rolled where the law rolls it over days known to be off."""
        return self.result.last.end if self.result else None

    @property
    def latest(self) -> date | None:
        """Return the last day on which it may still run, where a notice is missing."""
        return self.result.last.latest if self.result else None

    @property
    def told_end(self) -> date | None:
        """Return the last day as a paper may name it: nothing while a notice may change it."""
        return self.end if self.result and self.result.last.exact else None

    @property
    def unrolled(self) -> date | None:
        """Return the last day as counted."""
        return self.result.unrolled if self.result else None

    @property
    def next_day(self) -> date | None:
        """Return the first day after the period."""
        if self.result is None or self.end is None:
            return None
        return max(self.result.earliest_next, self.end + timedelta(days=1))

    @property
    def warnings(self) -> Problems:
        """Return what is doubtful about the result."""
        return self.result.warnings if self.result else self.refusal

    @property
    def basis(self) -> tuple[Citation, ...]:
        """Return the articles of the rule."""
        return self.result.basis if self.result else ()


@dataclass(frozen=True)
class Uncitable:
    """The statutes that a paper cannot cite as of its day."""

    always: tuple[str, ...] = ()
    """What it cites in any case, so that it cannot be made."""
    possible: tuple[str, ...] = ()
    """What it cites only under some conditions."""


NOTHING_UNCITABLE = Uncitable()


@dataclass(frozen=True)
class Jurisdiction:
    """The law and practice of one place, and the office that applies them."""

    registry: Registry
    calendar: Calendar
    workspace: Workspace
    pack: Pack
    procedure: Procedure
    names: Mapping[str, str]
    cards: Mapping[str, Card]
    """What each document is, also of those that the place does not use."""
    region: str
    source: Callable[[str], str] = field(default=lambda _: "", compare=False, repr=False)
    """Reads the template of a document, which few need."""
    _memo: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def proofs(self) -> Mapping[str, tuple[ProofKind, ...]]:
        """Return what the place wants kept of each way of service, beyond the law's minimum."""
        return self.pack.proofs

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it; only for what never changes."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]  # type: ignore[no-any-return]

    @property
    def is_sample(self) -> bool:
        """Tell whether the workspace declares itself a sample."""
        return self.pack.is_sample

    def document(self, name: str) -> str:
        """Return the id of a document by any of its names; nothing for an unknown one."""
        return self.names.get(_MARKS.sub("", name), "")

    def title(self, document: str) -> str:
        """Return what a document is called here:
        by the packs, else by its own template, else by the law's list.
        """
        if local := self.pack.titles.get(document):
            return local
        if card := self.card(document):
            return card.title
        required = self.requirement(document)
        return required.title if required else document

    def card(self, document: str) -> Card | None:
        """Return what a document is; nothing for one that has no template."""
        return self.cards.get(document)

    def role(self, document: str) -> Role | None:
        """Return what the procedure takes a document for."""
        card = self.card(document)
        return card.role if card else None

    def documents_with(self, *roles: Role) -> tuple[str, ...]:
        """List the documents that the procedure takes for something."""
        return tuple(name for name, card in self.cards.items() if card.role in roles)

    def document_as(self, role: Role) -> str:
        """Return the document that the procedure takes for something;
        nothing if the place has none.
        """
        return next(iter(self.documents_with(role)), "")

    def document_of(self, kind: str) -> str:
        """Return the id of the document that a kind of event makes; nothing if it makes none."""
        return self._by_event.get(kind, "")

    @cached_property
    def _by_event(self) -> Mapping[str, str]:
        return {card.event: name for name, card in self.cards.items() if card.event}

    def uncitable(self, document: str, day: date) -> Uncitable:
        """Name the statutes that a paper of a day would cite and cannot: no version of that day is
        registered, or nobody read it.
        """
        if day >= self.registry.complete_from or document not in self.cards:
            return NOTHING_UNCITABLE
        return self.once(("uncitable", document, day), lambda: self._uncitable(document, day))

    def _uncitable(self, document: str, day: date) -> Uncitable:
        from kcbx_docs.packs.cited import cited_in  # reads templates, which few need

        cited = self.once(("cited", document), lambda: cited_in(self.source(document)))
        missing = sorted(one for one in cited.possible if not self.registry.citable(one, day))
        always = tuple(one for one in missing if one in cited.always)
        return Uncitable(always, tuple(one for one in missing if one not in always))

    def judged(self, document: str) -> bool:
        """Tell whether a paper is judged when it is made;
        one without a template of ours always is.
        """
        card = self.card(document)
        return card is None or card.judged

    @cached_property
    def _local(self) -> Mapping[str, int | str]:
        read = {rule: _figure(value) for rule, value in self.pack.periods.items()}
        return {rule: figure for rule, figure in read.items() if figure is not None}

    def local_figure(self, rule: str) -> int | None:
        """Return the local number of a rule, if the pack gives one."""
        value = self._local.get(rule)
        return value if isinstance(value, int) else None

    def figure(self, rule: str) -> int:
        """Return the number of a rule: the local one, or that of the law."""
        local = self.local_figure(rule)
        return self.registry.figure(rule) if local is None else local

    def figure_text(self, rule: str) -> str:
        """Write the number of a rule with its unit, in words;
        a local one goes before that of the law.
        """
        known = self.registry.rule(rule)
        return figure_text(known.model_copy(update={"value": self.figure(rule)}))

    def with_figures(self, text: str) -> str:
        """Put the figures of the law into a text of a pack."""
        return with_figures(text, self.figure_text)

    def is_adult(self, birth: date, day: date) -> bool:
        """Tell whether somebody is of age on a day."""
        return age_on(birth, day) >= self.registry.figure("majority-age")

    def term(self, rule: str, start: date, value: int | None = None, unit: str = "") -> Term:
        """Compute a rule from a day; a local figure goes before the law's advice,
        a given value before both.
        """
        key = (rule, start, value, unit)
        return self.once(key, lambda: self._compute(rule, start, value, unit))

    def _compute(self, name: str, start: date, value: int | None, unit: str) -> Term:
        rule, local = self.registry.rule(name), self._local.get(name)
        try:
            if isinstance(local, str):
                rule = self.registry.rule(local)
            elif value is None and local is not None and may_replace(rule, local):
                value = local
            if unit and unit != rule.unit:
                rule = rule.model_copy(update={"unit": unit})
            found = compute(rule, start, self.calendar, self.registry, self.region, value)
            return Term(rule, start, found)
        except UserError as error:
            return Term(rule, start, None, error.problems)
        except (OverflowError, ValueError):
            return Term(rule, start, None, (problem("PROC001", name=rule.name, day=start),))

    def requirement(self, document: str) -> DocumentRequirement | None:
        """Return what the law asks of a document."""
        return self.once(("requirement", document), lambda: self.registry.document(document))

    def check_basis(self, name: str, day: date, code: str = "") -> tuple[Citation, ...]:
        """Return the articles of a named check, or of one thing that it says."""
        info = self.procedure.file.checks.get(name)
        if info is None:
            return ()
        basis = info.basis_of.get(code, info.basis)
        key = code if code in info.basis_of else ""
        return self.once(("check", name, key, day), lambda: self.cite(basis, day))

    def step_basis(self, step: str, day: date) -> tuple[Citation, ...]:
        """Return the articles of a step."""
        basis = self.procedure.steps[step].basis
        return self.once(("step", step, day), lambda: self.cite(basis, day))

    def cite(self, basis: Iterable[Basis], day: date) -> tuple[Citation, ...]:
        """Resolve articles for a day; what cannot be cited that day is left out."""
        return self.registry.basis(tuple(basis), day)[0]


def _figure(value: Any) -> int | str | None:
    """Read a local figure: a number, the id of another rule, or nothing for 未知."""
    if isinstance(value, bool):  # an int for Python, but no figure
        return None
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    return value if isinstance(value, int | str) else None


def may_replace(rule: Rule, figure: int) -> bool:
    """Tell whether a place may set a figure:
    where the law gives none, for its own limits, or in a party's favour.
    """
    return rule.value is None or rule.bound == "机关" or abs(figure) >= abs(rule.value)


def open_jurisdiction(
    library: Library, workspace: Workspace, calendar: Calendar
) -> tuple[Jurisdiction, Problems]:
    """Gather what the cases of an office share; reads procedure.yaml of the packs."""
    procedure, found = read_procedure(library.chain)
    pack = library.chain.pack
    region = workspace.region
    if not region.isdigit():
        # Local calendars apply by code; a name fits only those of the very same name.
        region = code_of(region) or pack.code or region
    cards, doubts = library.cards()
    raise_errors(doubts)
    names = document_names(library, procedure)
    registry = library.registry
    law = Jurisdiction(
        registry=registry,
        calendar=calendar,
        workspace=workspace,
        pack=pack,
        procedure=procedure,
        names=names,
        cards=cards,
        region=region,
        source=lambda document: library.document(document).source,
    )
    return law, found


def document_names(library: Library, procedure: Procedure) -> dict[str, str]:
    """Map every name of every document to its id;
    an id goes before a title, an own title before an alias.
    """
    named: dict[str, str] = {}

    def name(document: str, *words: str) -> None:
        for word in words:
            named[_MARKS.sub("", word)] = document

    known = document_ids(library.chain)
    # What is said later goes before what was said earlier.
    for document, aliases in procedure.file.names.items():
        name(document, *aliases)
    for requirement in library.registry.documents:
        name(requirement.id, requirement.title)
    for document in known:
        name(document, *library.names(document))
    for document, title in library.chain.pack.titles.items():
        name(document, title)
    ids = [*chain.from_iterable(step.documents for step in procedure.steps.values())]
    ids += [requirement.id for requirement in library.registry.documents]
    for document in (*ids, *known):
        named[document] = document
    return named
