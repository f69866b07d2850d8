"""Facts of a case as a form: one record of its file changed, examined as the check does, before
anything is written; every other character stays.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import load_source
from kcbx_docs.office.opened import Office
from kcbx_docs.office.rewriting import rewrite
from kcbx_docs.office.setting import set_values
from kcbx_docs.office.settings import Settled
from kcbx_docs.office.yamledit import read_original
from kcbx_docs.problems import Problem, Problems, UserError, errors
from kcbx_docs.reading import Loc, parse_yaml

ORDER: Loc = ("责令",)
OF_ORDER: tuple[str, ...] = ("改正期限", "报到地点")
OF_GUARDIAN: tuple[str, ...] = ("身份证号", "电话", "住址", "下落", "下落说明", "下落日期")


def settle_case(
    office: Office, path: Path, loc: Loc, values: Mapping[str, str], today: date
) -> Settled:
    """Set keys of a record of a case; raise with what would be wrong only then. Nothing is
    written yet.
    """
    original, before = read_original(path), path.read_bytes()
    text = set_values(original.text, str(path), loc, values)
    known = set(map(_what, _faults(office, path, original.text, today)))
    new = tuple(one for one in _faults(office, path, text, today) if _what(one) not in known)
    if errors(new):
        raise UserError(new)
    return Settled(original, before, text, new)


def write_case(office: Office, settled: Settled) -> None:
    """Write the file unless somebody changed it since it was read."""
    rewrite(office.output, settled.original.path, settled.before, settled.data)


def _faults(office: Office, path: Path, text: str, today: date) -> Problems:
    return load_source(path, *parse_yaml(text, str(path)), today, office.workspace)[1]


def _what(found: Problem) -> tuple[str, str, str]:
    return found.code, found.subject, found.message
