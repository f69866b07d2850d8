"""法律: which statutes are registered, how far they were checked, what is in force on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, render_template, request

from kcbx_docs.desk.here import the_desk, the_packs
from kcbx_docs.law.reference import StatuteRow, basis_text, rule_figure, statute_rows
from kcbx_docs.law.reference import show as lines_of
from kcbx_docs.office.doctor import collect
from kcbx_docs.packs.library import Library

pages = Blueprint("law", __name__)
_OF_LAW = ("法律依据", "工作日历")
"""What ``kcbx doctor`` looks at of the law."""


def _asked() -> tuple[Library, date]:
    """Return the law of this office, and the day that is asked about."""
    today, text = the_desk().today(), request.args.get("day", "")
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        abort(404)
    return the_packs().library(None)[0], day


@pages.get("/templates/law")
def show() -> str:
    """List what may be cited on a day."""
    library, day = _asked()
    desk = the_desk()
    rows = statute_rows(library.registry, day)
    checks = [one for one in collect(desk.today(), workspace=desk.root) if _is_of_law(one.name)]
    return render_template(
        "law.html",
        day=day,
        levels=[*_by_level(rows)],
        checked=library.registry.checked,
        checks=checks,
        command=desk.command("law", "list", "--as-of", day.isoformat()),
    )


def _by_level(rows: Sequence[StatuteRow]) -> Iterator[tuple[str, list[StatuteRow]]]:
    """Yield the rows of each level; they come in its order."""
    for level, own in groupby(rows, lambda row: row.level):
        yield level, [*own]


def _is_of_law(name: str) -> bool:
    return any(word in name for word in _OF_LAW)


@pages.get("/templates/law/statute")
def statute() -> str:
    """Show a statute as it stood on a day: its articles, where they were read, by whom."""
    library, day = _asked()
    found = library.registry.find(request.args.get("id", "")) or abort(404)
    citation, rows, problems = lines_of(library.registry, found.title, None, day)
    desk = the_desk()
    return render_template(
        "statute.html",
        statute=found,
        day=day,
        citation=citation,
        rows=rows,
        problems=problems,
        command=desk.command("law", "show", found.title, "--as-of", day.isoformat()),
    )


@pages.get("/templates/law/rules")
def rules() -> str:
    """List the periods and figures, each with its basis."""
    library, day = _asked()
    registry, desk = library.registry, the_desk()
    told = [(one, rule_figure(one), basis_text(registry, one.basis, day)) for one in registry.rules]
    return render_template(
        "rules.html",
        day=day,
        rules=told,
        command=desk.command("law", "list", "--rules"),
    )
