"""How a class is called: of the many ways in which schools write 七年级1班, one."""

import re
import unicodedata
from functools import lru_cache

from kcbx_docs.light import dataclass, regex
from kcbx_docs.words import number_in_words, parse_number

SEEN = 5_000
"""Ways of writing that are remembered."""
_NUMBER = "一二三四五六七八九十"
_JUNIOR = {"一": "七", "二": "八", "三": "九"}
_BEFORE_SCHOOL = ("托班", "小班", "中班", "大班", "学前班")
_GRADES = tuple("一二三四五六七八九")

_PLACEHOLDERS = frozenset(
    (
        "无",
        "没有",
        "未分班",
        "待定",
        "待分班",
        "未知",
        "不详",
        "暂无",
        "空",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "0",
    )
)
_NOISE = regex(r"[\s　]|花名册|学生名册|学生名单|名单|名册")
_SCHOOL = regex(r"^.{1,20}?(?:学校|中学|小学|校区)(?=.)")
_INDEX = regex(rf"^\d{{1,3}}[.、]?(?=[{_NUMBER[:9]}]年级)")
"""A number that only sorts: 10八年级2班."""
_GRADE = regex(
    rf"(?:小学|初中)?(?:(?P<level>[初高小])(?:中)?(?P<of>[{_NUMBER}1-9])(?:年级)?"
    rf"|(?P<grade>[{_NUMBER[:9]}]|0?[1-9])(?:年级|年|级)?)"
)
_CLASS = regex(
    rf"[-—.、]?[(\[]?第?(?P<number>0*[1-9]\d?|[{_NUMBER}]{{1,3}}|[A-Za-z]|[甲乙丙丁戊己])"
    r"[)\]]?(?P<end>班级?)?"
)
_COHORT = regex(r"(?P<cohort>(?:初中?|小学?)?20\d\d级)(?P<rest>.*)")
_PLAIN_NUMBER = regex(r"0*([1-9]\d{0,3})班?")
_DAY = regex(r"\d{4}-\d{2}(-\d{2})?|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2}")
_MONTH_AND_DAY = regex(r"(?:\d{4}-)?0?(?P<month>[1-9])[-月]0?(?P<day>[1-9]\d?)日?(?: 00:00:00)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
_ONE_TO_NINE = f"[{_NUMBER[:9]}1-9]"
_COUNT = rf"(?:0*[1-9]\d?|[{_NUMBER}]{{1,3}})"
_IN_TITLE = regex(
    rf"(?:(?<![\d{_NUMBER}])[初高小]{_ONE_TO_NINE}"
    rf"|(?:(?<![{_NUMBER}])[{_NUMBER[:9]}]|(?<![\d{_NUMBER}])[1-9])年(?:级|(?!\d)))"
    rf"(?:级)?[(\[]?(?:{_COUNT}|[A-Z])?[)\]]?班?"
    rf"|{_ONE_TO_NINE}[(\[]{_COUNT}[)\]]班?"
    rf"|(?<![\d{_NUMBER}])(?:[1-9]\d?|[{_NUMBER}]{{1,2}})班"
)
_TITLE = 200
"""Characters of a heading that are looked at."""

_LABELLED = regex(r"(?:年级[:：]\s*(?P<grade>\S+)\s+)?班级[:：]\s*(?P<name>[^\s:：]{1,12})(?:\s|$)")
_SEVERAL = regex(r"[(]?\d+[)]?班?[-—~至到、,，][(]?\d+[)]?班")
"""Several classes at once: 1-3班; only the grade is left of them."""
_COPY = regex(r" \(\d+\)$")
"""What Excel adds to the name of a sheet that it has copied."""


@dataclass(frozen=True)
class ClassName:
    """A class in its usual form, and what is doubtful about how it was written."""

    grade: str = ""
    name: str = ""
    doubt: str = ""
    """The code of what somebody should look at."""
    fatal: bool = False
    """What was written cannot be a class: nobody may guess."""

    @property
    def label(self) -> str:
        """Return grade and class in one: 七年级1班."""
        return self.grade + self.name


UNPLACED = ClassName()


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).replace("【", "(").replace("】", ")")


@lru_cache(maxsize=SEEN)
def read_class(text: str) -> ClassName:
    """Read what a cell says of the class; what is no usual form stays as it was written."""
    plain = _plain(text)
    if plain.strip("()") in _PLACEHOLDERS or not plain:
        return ClassName()
    if _DAY.fullmatch(plain):
        return ClassName(name=text, doubt="ROST061", fatal=True)
    plain = _INDEX.sub("", _SCHOOL.sub("", plain))
    if cohort := _COHORT.fullmatch(plain):
        inner = read_class(cohort["rest"]) if cohort["rest"] else ClassName()
        return ClassName(cohort["cohort"], inner.label, inner.doubt, inner.fatal)
    if number := _PLAIN_NUMBER.fullmatch(plain):
        return _numbered(plain, number[1])
    return _graded(plain) or _ungraded(plain) or ClassName(name=_tidy(text), doubt="ROST063")


def class_of_day(text: str) -> ClassName:
    """Return the class that a spreadsheet made a day of: 7月3日 was 7-3; nothing if unsure."""
    for number, month in enumerate(_MONTHS, 1):
        if month in text:
            text = f"{number}-{text.replace(month, '').strip('-')}"
    found = _MONTH_AND_DAY.fullmatch(_plain(text))
    return ClassName(_grade_of(found["month"]), f"{found['day']}班") if found else UNPLACED


def _numbered(plain: str, number: str) -> ClassName:
    """Read digits: 701 is 七年级1班, 0701 too; 1 and 172 are the number of a class."""
    bare = plain.removesuffix("班")
    grade, rest = bare.lstrip("0")[:1], bare.lstrip("0")[1:]
    if len(rest) == 2 and 1 <= int(rest) <= 30:
        return ClassName(_grade_of(grade), f"{int(rest)}班", "ROST062")
    return ClassName(name=f"{int(number)}班")


def _graded(plain: str) -> ClassName | None:
    """Read a grade with or without a class behind it."""
    found = _GRADE.match(plain)
    if not found:
        return None
    grade, doubt = _grade_text(found)
    rest = plain[found.end() :]
    if not rest:
        # A lone 七 or 7 is a number; 七年级 and 初一 are grades.
        return ClassName(grade, doubt=doubt) if len(found[0]) > 1 else None
    number = _CLASS.fullmatch(rest)
    if number is None:
        named = re.fullmatch(r"[^\d]{1,7}班", rest) and "级" in found[0]
        return ClassName(grade, rest, doubt) if named else None
    signed = found[0][-1] in "级年" or found["level"] or rest[0] in "([-—." or number["end"]
    if not signed and not rest.isdecimal():
        return None
    return ClassName(grade, _class_text(number["number"]), doubt)


def _grade_text(found: re.Match[str]) -> tuple[str, str]:
    """Name a grade in the usual way, and say whether 初一 was taken for 七年级."""
    if not found["level"]:
        return _grade_of(found["grade"]), ""
    of = found["of"] if found["of"] in _NUMBER else number_in_words(int(found["of"]))
    if found["level"] == "初" and of in _JUNIOR:
        return f"{_JUNIOR[of]}年级", "ROST064"
    return (f"高{of}", "") if found["level"] == "高" else (f"{of}年级", "")


def _grade_of(text: str) -> str:
    number = int(text) if text.isdecimal() else parse_number(text)
    return f"{number_in_words(number)}年级" if number else text


def _class_text(text: str) -> str:
    number = int(text) if text.isdecimal() else parse_number(text)
    return f"{number or text.upper()}班"


def _ungraded(plain: str) -> ClassName | None:
    """Read a class without a grade: (1)班, 十一班, A班; names such as 育才班 stay as they are."""
    number = _CLASS.fullmatch(plain)
    if number:
        return ClassName(name=_class_text(number["number"]))
    named = re.fullmatch(r"[^\d()（）:：,，;；]{1,8}班", plain)
    return ClassName(name=plain) if named else None


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=SEEN)
def read_grade(text: str) -> tuple[str, str]:
    """Read a column of grades: 七, 7, 初一 and 七年级 are one; and what is doubtful about it."""
    plain = _plain(text)
    if plain in _PLACEHOLDERS or not plain:
        return "", ""
    if re.fullmatch(rf"[{_NUMBER[:9]}]|0?[1-9]", plain):
        return _grade_of(plain), ""
    found = _GRADE.fullmatch(plain)
    return _grade_text(found) if found else (_tidy(text), "")


def put_together(grade: ClassName, own: ClassName) -> ClassName:
    """Complete a class with a grade that stands elsewhere; two grades that differ are a fault."""
    if own.fatal or not grade.grade:
        return own
    doubt = own.doubt or grade.doubt
    if not own.grade:
        return ClassName(grade.grade, own.name, doubt)
    if own.grade == grade.grade:
        return ClassName(own.grade, own.name, "" if own.doubt == "ROST062" else doubt)
    if own.doubt == "ROST062":  # 172 in 八年级 is class 172
        digits = str(_GRADES.index(own.grade[0]) + 1) + own.name[:-1].zfill(2)
        return ClassName(grade.grade, f"{int(digits)}班")
    return ClassName(own.grade, own.name, "ROST065", fatal=True)


def placed_in(grade: str, class_name: str) -> ClassName:
    """Return grade and class in their usual form."""
    return put_together(ClassName(read_grade(grade)[0]), read_class(class_name))


@lru_cache(maxsize=SEEN)
def class_in_title(text: str) -> ClassName | None:
    """Find the one class that a heading or the name of a sheet speaks of."""
    text = text[:_TITLE]
    if labelled := _LABELLED.search(unicodedata.normalize("NFKC", text)):
        grade = read_grade(labelled["grade"] or "")[0]
        return put_together(ClassName(grade), read_class(labelled["name"]))
    plain = re.sub(r"20\d\d[-—~至]?(?:20\d\d)?(?:学年度?|年)?", " ", _plain(text))
    plain = _SEVERAL.sub(" ", plain)
    found = [match[0] for match in _IN_TITLE.finditer(plain)]
    read = {read_class(one) for one in found}
    read = {one for one in read if one.label and not one.fatal}
    if len(read) > 1:  # 七年级 … 1班: a grade and a class of it
        read = _joined(read)
    return read.pop() if len(read) == 1 else None


def _joined(read: set[ClassName]) -> set[ClassName]:
    grades = {one for one in read if not one.name}
    classes = {one for one in read if not one.grade}
    if len(grades) == len(classes) == 1 and len(read) == 2:
        return {put_together(grades.pop(), classes.pop())}
    return read


@lru_cache(maxsize=SEEN)
def class_of_sheet(name: str) -> ClassName:
    """Return the class that a sheet is called after; 各班名单 and Sheet1 are no classes."""
    name = _COPY.sub("", name)
    plain = re.sub(r"(学生)?(信息|统计|登记|基本情况|情况)?表?$", "", _plain(name))
    if re.fullmatch(r"(?i)(sheet|工作表|表|名单|学生)?\d*", name.strip()):
        return read_class(name) if name.strip().isdecimal() else UNPLACED
    if len(plain) < 2:
        return UNPLACED
    whole = read_class(plain)
    if (
        whole.label
        and whole.doubt not in ("ROST063", "ROST061")
        and not re.search("[各全总分合]", plain)
    ):
        return whole
    return class_in_title(name) or ClassName()


def class_order(label: str) -> tuple[tuple[int, int | str], ...]:
    """Return the key that sorts 学前班 before 七年级2班 before 七年级10班 before 八年级1班."""
    key: list[tuple[int, int | str]] = [(_rank(label), "") if label else (9, "")]
    for part in re.findall(rf"\d+|[{_NUMBER}]+|.", label):
        number = int(part) if part.isdecimal() else parse_number(part)
        # Numbers and words cannot be compared with each other: numbers come first.
        key.append((1, part) if number is None else (0, number))
    return tuple(key)


def _rank(label: str) -> int:
    if any(one in label for one in _BEFORE_SCHOOL) and "年级" not in label:
        return 0
    if "年级" in label:
        return 1
    return 2 if label.startswith("高") else 3
