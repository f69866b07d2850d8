"""Which serial a pupil's papers bear: the one that the pupil has, or the next of the class."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from kcbx_docs.batch.serials import number_in, serial
from kcbx_docs.ledger.model import PRINTED, VOIDED
from kcbx_docs.light import dataclass
from kcbx_docs.office.near_names import is_near
from kcbx_docs.office.slips import Slip

CHANGED = "内容与上次印发的不同"


@dataclass(frozen=True)
class Wish:
    """A pupil whose papers are to be printed; ``says`` tells whether they would say what was
    printed under a serial.
    """

    key: str
    name: str
    class_name: str
    head: str
    papers: tuple[str, ...]
    says: Callable[[Slip], bool]
    back: tuple[str, ...] = ()
    """Which of the papers come back to the school, whole or as a slip."""
    key_of_name: Callable[[str], str] = str
    """What would tell this pupil from others under another name."""


@dataclass(frozen=True)
class Given:
    """What a pupil's papers bear; ``kept`` if they were printed before and say the same."""

    wish: Wish
    serial: str
    code: str
    day: date
    content: str = ""
    """The hash of what was printed; nothing before."""
    kept: bool = False
    fresh: bool = True
    """Whether the ledger does not know it yet."""
    replaces: Slip | None = None
    reason: str = ""

    @property
    def ends_printed(self) -> bool:
        """Tell whether papers that were printed are void by it."""
        return self.replaces is not None and self.replaces.state == PRINTED

    @property
    def instead(self) -> str:
        """Write which serial takes the place of which."""
        return f"{self.replaces.serial}→{self.serial}" if self.replaces else self.serial


@dataclass(frozen=True)
class Terms:
    """What holds for all of a run: its day, and why papers are given out once more."""

    day: date
    again: bool = False
    reason: str = ""
    resumed: bool = False
    new_code: Callable[[], str] = str


def assign(
    wishes: Sequence[Wish], present: Sequence[Wish], slips: Sequence[Slip], terms: Terms
) -> tuple[Given, ...]:
    """Give each pupil a serial; ``present`` are all pupils of the roster, wanted or not."""
    known = _known(present, slips)
    by_serial = {slip.serial: slip for slip in slips}
    last: Counter[str] = Counter()
    for head in {wish.head for wish in wishes}:
        last[head] = max((number_in(slip.serial, head) for slip in slips), default=0)
    given: list[Given] = []
    for wish in wishes:
        slip = known.get(_mark(wish))
        kept = _kept(wish, slip, terms, by_serial) if slip else None
        if kept is None:
            last[wish.head] += 1
            kept = _new(wish, slip, serial(wish.head, last[wish.head]), terms)
        given.append(kept)
    return tuple(given)


Mark = tuple[str, tuple[str, ...]]
T = TypeVar("T", Wish, Slip)


def _mark(one: Wish | Slip) -> Mark:
    return one.key, one.papers


def _known(present: Sequence[Wish], slips: Sequence[Slip]) -> Mapping[Mark, Slip]:
    """Return what each pupil has. Who has no number, and whose guardian or birth date was put
    right, is known by name and class if nobody else can be meant; whose name was put right, by all
    the rest that was told of him.
    """
    valid = {_mark(slip): slip for slip in slips if slip.state != VOIDED}
    here = {_mark(wish) for wish in present}
    strangers = _by_name([wish for wish in present if _mark(wish) not in valid])
    missing = _by_name([slip for mark, slip in valid.items() if mark not in here])
    for described, pupils in strangers.items():
        left = missing.get(described, [])
        if len(pupils) == len(left) == 1:
            valid[_mark(pupils[0])] = left[0]
    for wish, slip in _sole(_alike(present, valid)):
        valid[_mark(wish)] = slip
    return valid


def _sole(near: Iterable[tuple[Wish, Slip]]) -> Sequence[tuple[Wish, Slip]]:
    """Keep the pairs of which each is the only one for the other: of twins, whose birth date and
    parents are the same, nothing shows which of the two an old slip was for.
    """
    alike = [(wish, slip) for wish, slip in near if wish.key_of_name(slip.name) == slip.key]
    slips_of = Counter(_mark(wish) for wish, _ in alike)
    wishes_of = Counter(slip.serial for _, slip in alike)
    return [(w, slip) for w, slip in alike if slips_of[_mark(w)] == wishes_of[slip.serial] == 1]


def _alike(present: Sequence[Wish], valid: Mapping[Mark, Slip]) -> Iterator[tuple[Wish, Slip]]:
    """Pair the pupils who have nothing with what nobody of the roster has: in one class, and
    called nearly the same.
    """
    here = {_mark(wish) for wish in present}
    held = {slip.serial for mark, slip in valid.items() if mark in here}
    missing: dict[tuple[object, ...], dict[str, Slip]] = defaultdict(dict)
    for slip in valid.values():
        if slip.name and slip.serial not in held:
            missing[slip.class_name, slip.papers][slip.serial] = slip
    for wish in present:
        if wish.name and _mark(wish) not in valid:
            left = missing.get((wish.class_name, wish.papers), {})
            yield from ((wish, one) for one in left.values() if is_near(wish.name, one.name))


def renamed(present: Sequence[Wish], slips: Sequence[Slip]) -> tuple[tuple[Wish, Slip], ...]:
    """List the pupils who are the same under another name than the ledger knows."""
    held = zip(present, held_by(present, slips), strict=True)
    return tuple((w, slip) for w, slip in held if slip and w.name and slip.name not in ("", w.name))


def perhaps_renamed(
    present: Sequence[Wish], slips: Sequence[Slip]
) -> tuple[tuple[Wish, Slip], ...]:
    """List who is new, with somebody whom the roster does not name any more and who is called
    nearly the same in the same class: nothing shows whether they are one.
    """
    return tuple(_alike(present, _known(present, slips)))


def mixed_up(present: Sequence[Wish], slips: Sequence[Slip]) -> tuple[tuple[Wish, Slip], ...]:
    """List whose name stands where all the rest is that of another, who was printed before as
    whoever is called so was: where one column alone was sorted, names belong to other rows.
    """
    valid = {_mark(slip): slip for slip in slips if slip.state != VOIDED and slip.name}
    serials: dict[str, set[str]] = defaultdict(set)
    for slip in valid.values():
        serials[slip.name].add(slip.serial)
    here = {_mark(wish) for wish in present}
    missing: dict[tuple[object, ...], list[Slip]] = defaultdict(list)
    for mark, slip in valid.items():
        if mark not in here:
            missing[slip.class_name, slip.papers].append(slip)
    found = ((wish, _of_the_rest(wish, valid, missing)) for wish in present if wish.name)
    return tuple((wish, one) for wish, one in found if one and serials[wish.name] - {one.serial})


def _of_the_rest(
    wish: Wish, valid: Mapping[Mark, Slip], missing: Mapping[tuple[object, ...], Sequence[Slip]]
) -> Slip | None:
    """Return what was printed for another with the same number, or the same parents."""
    if own := valid.get(_mark(wish)):
        return own if own.name != wish.name else None
    left = missing.get((wish.class_name, wish.papers), ())
    return next((one for one in left if wish.key_of_name(one.name) == one.key), None)


def _by_name(those: Iterable[T]) -> Mapping[tuple[str, ...], list[T]]:
    found: dict[tuple[str, ...], list[T]] = defaultdict(list)
    one: T
    for one in those:
        if one.name:  # nothing where the list was erased
            found[one.class_name, one.name, *one.papers].append(one)
    return found


def line_of(slip: Slip | None, by_serial: Mapping[str, Slip]) -> Iterator[Slip]:
    """Yield a serial and those in whose place it was given, back to the first."""
    while slip:
        yield slip
        slip = by_serial.get(slip.replaces)


def _kept(wish: Wish, slip: Slip, terms: Terms, by_serial: Mapping[str, Slip]) -> Given | None:
    """Keep what a pupil has; nothing if that is void from now on. A serial that a run which was
    cut off gave in the place of another still ends that one.
    """
    if slip.class_name != wish.class_name:
        return None
    if slip.state == PRINTED:
        if terms.again or not wish.says(slip):
            return None
        return Given(wish, slip.serial, slip.code, slip.day, slip.content, True, False)
    day = slip.day if terms.resumed else terms.day
    _, *earlier = line_of(slip, by_serial)
    older = next((one for one in earlier if one.state == PRINTED), None)
    reason = terms.reason or CHANGED if older else ""
    fresh = day != slip.day or slip.name not in ("", wish.name)
    return Given(wish, slip.serial, slip.code, day, "", False, fresh, older, reason)


def _new(wish: Wish, slip: Slip | None, number: str, terms: Terms) -> Given:
    reason = terms.reason or CHANGED if slip and slip.state == PRINTED else "换了班级，没有印发"
    return Given(
        wish,
        number,
        terms.new_code(),
        terms.day,
        replaces=slip,
        reason=reason if slip else "",
    )


def held_by(present: Sequence[Wish], slips: Sequence[Slip]) -> tuple[Slip | None, ...]:
    """Return what each pupil of the roster has."""
    known = _known(present, slips)
    return tuple(known.get(_mark(wish)) for wish in present)
