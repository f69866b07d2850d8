"""Fill what templates learn of a piece of management work from its file."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.case.work import Work, WorkParty
from kcbx_docs.office.opened import Office
from kcbx_docs.office.secrets import secrets_of
from kcbx_docs.papers.context import facts

_TOLD = ("情况", "做法")
"""The texts of a typical case."""


def work_facts(loaded: LoadedWork, office: Office, party: WorkParty | None) -> dict[str, Any]:
    """Return a piece of work as a paper sees it; its figures are those that the file gives."""
    work = loaded.work
    own = {**facts(work), "年月": _month(work), "这一方": facts(party)}
    own["典型案例"] = _typical(loaded, office, own.get("典型案例"))
    return own


def _month(work: Work) -> str | None:
    """Write the month of a report as it stands in a text."""
    if not work.month:
        return None
    year, month = work.month.split("-")
    return f"{year}年{int(month)}月"


def _typical(
    loaded: LoadedWork, office: Office, told: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """Return a typical case without what tells who the child is, unless somebody decided so."""
    if told is None or told["写明姓名"]:
        return told
    secrets = secrets_of(office, loaded)
    return {**told, **{key: secrets.redacted(told[key] or "") or None for key in _TOLD}}
