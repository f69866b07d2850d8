"""What a piece of work made, as its file and the ledger tell it together."""

from collections.abc import Iterator
from dataclasses import replace

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.office.book import Issue, issues_in
from kcbx_docs.office.opened import Office


def with_issued(loaded: LoadedWork, office: Office) -> LoadedWork:
    """Return a piece of work with the papers that the ledger issued of it among those it made; one
    of which some units have theirs and others not is not made yet.
    """
    if office.register is None:
        return loaded
    from kcbx_docs.case.work import WorkPaper  # most offices ask it of no work

    work = loaded.work
    known = {office.law.document(one.document) for one in work.made}
    standing = [one for one in issues_in(office.recorded(loaded)) if one.standing]
    issued = {one.document: one for one in _to_all(standing, loaded)}
    made = tuple(
        WorkPaper.model_validate(
            {"文书": one.title, "日期": one.recorded.day.isoformat(), "文号": one.number}
        )
        for document, one in issued.items()
        if document not in known
    )
    if not made:
        return loaded
    return replace(loaded, work=work.model_copy(update={"made": (*work.made, *made)}))


def _to_all(standing: list[Issue], loaded: LoadedWork) -> Iterator[Issue]:
    """Yield the issues of the documents that every unit of the work has."""
    names = {party.name for party in loaded.work.parties}
    for one in standing:
        same = [other for other in standing if other.document == one.document]
        whole = any(not other.guardian for other in same)
        if whole or names <= {other.guardian for other in same}:
            yield one
