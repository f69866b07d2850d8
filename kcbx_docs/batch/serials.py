"""The serial of a pupil's papers as it is printed: school, term, class and number."""

from collections import Counter
from collections.abc import Iterable, Mapping

from kcbx_docs.case.model import School
from kcbx_docs.light import regex

NO_CLASS = "未分班"
_PLACE = regex(r"^.*[省市县区州盟旗乡镇](?=.{4,}$)")
"""What stands before a school's own name; 「沙市中学」 is a name, not a school of 沙市."""
_YEAR = regex(r"(?:19|20)(\d\d)")
_AUTUMN, _SPRING = regex("秋|第?[一1]学期|上学期"), regex("春|第?[二2]学期|下学期")
_IN_SHORT = regex("((?:19|20)[0-9]{2})年?(春|秋)(?:季|期|学期|季期|季开学|开学)?")
_WORDS = regex(r"年级|班|[第（）()\s]")


def head_of_school(school: School, term: str) -> str:
    """Return what all serials of a school's term begin with: 青中26秋."""
    own = school.code_word or _PLACE.sub("", school.name)
    return own + _term(term)


def _term(term: str) -> str:
    """Write a term in short; the second term of a school year lies in its second year."""
    years = _YEAR.findall(term)
    if not years:
        return ""
    if "秋" not in term and _SPRING.search(term):
        return f"{years[-1]}春"
    return f"{years[0]}秋" if _AUTUMN.search(term) else str(years[0])


def term_in_full(term: str) -> str:
    """Write a term as it is printed in a sentence: 2026秋 is 2026年秋季学期."""
    found = _IN_SHORT.fullmatch("".join(term.split()))
    return f"{found[1]}年{found[2]}季学期" if found else term


def heads_of(labels: Iterable[str], school: str) -> Mapping[str, str]:
    """Return what the serials of each class begin with; no two classes have the same."""
    known = dict.fromkeys(labels)
    short = {label: class_in_short(label) for label in known}
    same = Counter(short.values())
    return {label: school + (short[label] if same[short[label]] == 1 else label) for label in known}


def class_in_short(label: str) -> str:
    """Write a class without what all classes are called."""
    return _WORDS.sub("", label) or label or NO_CLASS


def serial(head: str, number: int) -> str:
    """Write a serial: it sorts as the numbers do."""
    return f"{head}-{number:03d}"


def number_in(written: str, head: str) -> int:
    """Return the number of a serial that begins so; 0 for a serial of another class."""
    own, _, number = written.rpartition("-")
    return int(number) if own == head and number.isdecimal() else 0
