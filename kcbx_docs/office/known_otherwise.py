"""What the ledger knows under another name: a case whose number changed after its papers went out,
an office that is called otherwise than its last paper says.
"""

from collections.abc import Iterator
from itertools import chain

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.workspace import issuing_organs
from kcbx_docs.ledger.model import Recorded, series_of
from kcbx_docs.office.book import Issue, Register
from kcbx_docs.office.files import folder_key, numbers_in
from kcbx_docs.office.near_names import is_near
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Problem, Problems, problem

_TOLD = 3
"""So many papers are named."""


def renumbered(office: Office, loaded: object) -> Problems:
    """Tell where the papers of a case are kept under a number that no file bears any more."""
    register = office.register
    if register is None or not isinstance(loaded, LoadedCase) or register.of_case(loaded.case.id):
        return ()
    begun = min((event.day for event in loaded.case.history), default=None)
    if begun is None:
        return ()
    papers = register.issues_to(loaded.case.pupil.name)
    found = [one for one in papers if one.day >= begun and _is_of(one, loaded.case)]
    known = numbers_in(office.root) if found else {}
    lost = [one for one in found if folder_key(one.case) not in known]
    numbers = dict.fromkeys(one.case for one in lost)
    return tuple(_told(loaded, number, lost) for number in numbers)


def _is_of(issued: Recorded, case: Case) -> bool:
    """Tell whether a paper of a child of this name was issued to this family."""
    if issued.case == case.id:
        return False
    guardian = name_key(str(issued.data.get("guardian") or ""))
    names = chain.from_iterable((one.name, *one.former_names) for one in case.guardians)
    return guardian in map(name_key, names) if guardian else _is_of_school(issued, case)


def _is_of_school(issued: Recorded, case: Case) -> bool:
    """Tell whether the child's school issued a paper that names no guardian: another child may bear
    the same name.
    """
    return case.school is not None and _issuer(issued) == case.school.name


def _told(loaded: LoadedCase, number: str, lost: list[Recorded]) -> Problem:
    papers = [f"《{Issue(one).title}》{Issue(one).number}" for one in lost if one.case == number]
    told = "、".join(papers[:_TOLD]) + (f"等 {len(papers)} 份" if len(papers) > _TOLD else "")
    facts = {"number": loaded.case.id, "other": number, "pupil": loaded.case.pupil.name}
    return problem("LEDG102", loaded.source.place(("编号",), value=True), **facts, papers=told)


def renamed(office: Office) -> Iterator[Problem]:
    """Tell where the office is called otherwise than on the last paper that it issued."""
    own = office.workspace.office
    last = _last_of(office.register, own.code_word or "", own.name) if office.register else None
    organs = {organ.name for organ in issuing_organs(office.workspace)}
    if last is None or _issuer(last) in organs:
        return
    paper = f"《{Issue(last).title}》{Issue(last).number}"
    facts = {"paper": paper, "day": last.day, "old": _issuer(last), "new": own.name}
    yield problem("LEDG103", office.loaded.source.place(("机关", "名称"), value=True), **facts)


def _last_of(register: Register, word: str, name: str) -> Recorded | None:
    """Return the last paper of an office: of its word, or of nearly its name."""
    for one in reversed(register.issues):
        series = series_of(one.data)
        numbered = bool(word and series and series.word.startswith(word))
        if numbered or _issuer(one) == name or is_near(_issuer(one), name):
            return one
    return None


def _issuer(one: Recorded) -> str:
    return str(one.data.get("issuer") or "")
