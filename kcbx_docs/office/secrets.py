"""What in a text tells who a child of the office's cases is: names, numbers, addresses."""

from collections.abc import Iterator

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.children import text_of
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.opened import Office

_NAMED = regex(r"(?:^|[\s{,\-])[\"']?姓名[\"']?:[ \t]+[\"']?([^\s\"',}\]#]{2,})")
_LIVING = regex(r"(?:现住址|户籍地址|住址|送达地址)[\"']?:[ \t]+[\"']?([^\n\"',}\]#]{4,})")
_NUMBERS = regex(r"(?<!\d)(?:\d{17}[\dXx]|1\d{10})(?!\d)")
NAME, PLACE, NUMBER = "某某", "某处", "号码隐去"
"""What is printed in the place of each."""


@dataclass(frozen=True)
class Secrets:
    """The personal values of all case files: longer ones first, so that none is cut by another."""

    names: tuple[str, ...]
    places: tuple[str, ...]

    def found(self, text: str) -> tuple[str, ...]:
        """List what a text tells of children and their families."""
        told = [one for one in (*self.names, *self.places) if one in text]
        return (*told, *_NUMBERS.findall(text))

    def redacted(self, text: str) -> str:
        """Return a text without it."""
        for place in self.places:
            text = text.replace(place, PLACE)
        for name in self.names:
            text = text.replace(name, NAME)
        return _NUMBERS.sub(NUMBER, text)


def secrets_of(office: Office, loaded: LoadedWork) -> Secrets:
    """Gather the names and addresses of the office's cases; who holds an office is no secret."""
    public = {*_officials(office), *_named_by_work(loaded)}
    names: set[str] = set()
    places: set[str] = set()
    for path in files_below((office.root / CASES,)):
        text = text_of(path)
        if "学生" in text:
            names |= {*_NAMED.findall(text)}
            places |= {place.strip() for place in _LIVING.findall(text)}
    return Secrets(_longest_first(names - public), _longest_first(places))


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _officials(office: Office) -> Iterator[str]:
    workspace = office.workspace
    for organ in workspace.organs:
        yield from (organ.head, organ.contact)
    for school in workspace.schools:
        yield from (school.principal, school.contact)
    yield from (officer.name for officer in workspace.officers)


def _named_by_work(loaded: LoadedWork) -> Iterator[str]:
    for party in loaded.work.parties:
        yield from (party.name, party.person)
