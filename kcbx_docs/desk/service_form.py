"""The form of one attempt at service as a page shows it: of which paper, in which way, what came
of it, the blanks of that, the files that were brought.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from flask import abort, request

from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.case.service_form import Question, outcomes_of, wanted_of
from kcbx_docs.case.service_methods import ProofKind
from kcbx_docs.desk.blanks import JOIN, FormBlank, answered, faults_of, on_a_page, small_number
from kcbx_docs.desk.here import came_in, refuse_doubled, the_desk
from kcbx_docs.desk.uploads import PROOF, Upload
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.proofs import OTHER, ProofBrought
from kcbx_docs.issuing.service_said import WHEN, ServiceSaid, ToServe, ever_made
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, Problems, UserError, raise_errors, stop

OFFICERS = "承办人"
BY = "登记人"
_FILE = "证明-"


def the_clerk(path: Path) -> Clerk:
    """Return who records for a case or a letter, as it is told now."""
    desk = the_desk()
    office = desk.office(path)
    refuse_doubled(path)
    loaded, found = office.read(path, desk.today())
    raise_errors(found)
    if not isinstance(loaded, Issuable):
        raise stop("SERV015", Place(str(path)))
    return Clerk(office, loaded, desk.today(), request.form.get(BY, "").strip())


def state_of(clerk: Clerk) -> str:
    """Tell one state of a case from another: its file, and what the ledger holds of it."""
    last = clerk.recorded[-1].seq if clerk.recorded else 0
    return sha256(Path(clerk.loaded.path).read_bytes() + b"%d" % last).hexdigest()


def called(one: ToServe) -> str:
    """Name a paper and its person in an address."""
    return the_desk().marked(one.paper.document, one.paper.number, one.paper.guardian)


def paper_of(clerk: Clerk) -> ToServe:
    """Return the paper that an address names; no page where there is none."""
    wanted = request.values.get("paper", "")
    every = ever_made(clerk, the_desk().today())
    return next((one for one in every if called(one) == wanted), None) or abort(404)


def said_of(clerk: Clerk) -> ServiceSaid:
    """Return what is said of an attempt; no page where a way is meant that does not exist."""
    of, way = paper_of(clerk), request.values.get("way", "")
    came = [*outcomes_of(way)] if way in of.ways else []
    place = small_number(request.values.get("came", ""), len(came))
    if place >= len(came):
        abort(404)
    said = ServiceSaid(of, way, came[place], {})
    return replace(said, answers=answered(said.keys))


@dataclass(frozen=True)
class FileBlank:
    """One kind of proof that may be brought."""

    name: str
    label: str
    kept: tuple[Upload, ...] = ()
    accept: str = PROOF.accept


@dataclass(frozen=True)
class FilesBrought:
    """The files of a form by their kinds, and what speaks against those that are left out."""

    of: dict[str, tuple[Upload, ...]] = field(default_factory=dict)
    problems: Problems = ()

    @property
    def proofs(self) -> tuple[ProofBrought, ...]:
        """Return them as they are recorded."""
        return tuple(chain.from_iterable(_of_kind(*one) for one in self.of.items()))

    @property
    def words(self) -> tuple[str, ...]:
        """Return them as somebody types them."""
        return tuple(
            chain.from_iterable(("--file", f"{one.kind}={one.name}") for one in self.proofs)
        )

    def drop(self) -> None:
        """Remove them: they are recorded."""
        the_desk().waiting.drop([*chain.from_iterable(self.of.values())])


def _of_kind(kind: str, uploads: Sequence[Upload]) -> Iterator[ProofBrought]:
    return (ProofBrought(kind, one.path, one.name) for one in uploads)


NO_FILES = FilesBrought()


def files_brought() -> FilesBrought:
    """Take in the files of the present form; one kind that will not do keeps no other one out."""
    fields = dict.fromkeys((*request.files, *request.form))
    kinds = [name.removesuffix("-kept") for name in fields if name.startswith(_FILE)]
    found: list[Problem] = []
    brought: dict[str, tuple[Upload, ...]] = {}
    for name in dict.fromkeys(kinds):
        try:
            brought[name.removeprefix(_FILE)] = came_in(PROOF, name)
        except UserError as error:
            found += error.problems
    return FilesBrought(brought, tuple(found))


def file_blanks(
    clerk: Clerk, said: ServiceSaid, lacking: Sequence[Sequence[str]], brought: FilesBrought
) -> Iterator[FileBlank]:
    """Yield what may be brought: what the way needs, what the answers need besides, anything."""
    own = wanted_of(said.way, said.outcome, clerk.proofs, refused=said.refused)
    groups = (*own, *lacking)
    yield from blanks_of_files(groups, brought)


def blanks_of_files(
    groups: Sequence[Sequence[ProofKind | str]], brought: FilesBrought
) -> Iterator[FileBlank]:
    """Yield a blank for each kind of some groups, and one for anything else."""
    labels: dict[str, str] = {}
    for group in groups:
        for kind in group:
            others = JOIN.join(one for one in group if one != kind)
            labels.setdefault(str(kind), f"（或者{others}）" if others else "")
    for kind, more in {**labels, OTHER: "证明"}.items():
        yield FileBlank(f"{_FILE}{kind}", f"{kind}{more}", brought.of.get(kind, ()))


def blanks_of(
    clerk: Clerk, said: ServiceSaid, problems: Problems, *, first: bool
) -> Iterator[FormBlank]:
    """Yield the blanks of an attempt; on the first page what is usual stands in them."""
    answers = dict(said.answers)
    if said.day_question:
        usual = the_desk().today().isoformat() if first else ""
        yield FormBlank(
            key=WHEN,
            label=said.day_question,
            answer=answers.get(WHEN, usual),
            required=True,
            faults=faults_of(problems, WHEN),
        )
    for question in said.asked:
        usual = _usual(clerk, question) if first else ""
        answer = answers.get(question.key, usual)
        yield _blank(question, answer, problems, people_for(clerk, question.key))


def _usual(clerk: Clerk, question: Question) -> str:
    loaded = clerk.loaded
    if question.key == OFFICERS:
        return JOIN.join(loaded.case.handlers) if isinstance(loaded, LoadedCase) else ""
    return question.usual


def people_for(clerk: Clerk, key: str) -> tuple[str, ...]:
    """List the people who may be ticked in a blank."""
    if key != OFFICERS:
        return ()
    own = clerk.loaded.case.handlers if isinstance(clerk.loaded, LoadedCase) else ()
    known = (
        one.name for one in clerk.office.workspace.officers if not one.left_before(clerk.today)
    )
    return tuple(dict.fromkeys((*own, *known)))


def _blank(
    question: Question, answer: str, problems: Problems, people: tuple[str, ...]
) -> FormBlank:
    after = f"{question.after}不是本人的才填" if question.after == "签收人" else ""
    return FormBlank(
        key=question.key,
        label=on_a_page(question.text),
        answer=answer,
        about=after,
        required=question.needed,
        choices=question.choices,
        people=people,
        faults=faults_of(problems, question.key),
    )
