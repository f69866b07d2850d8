"""The form of a new case as a page shows it: the child, the school, any number of guardians."""

from collections.abc import Iterator
from itertools import zip_longest

from flask import request

from kcbx_docs.case.ids import normalise_id
from kcbx_docs.case.model import PARENTS
from kcbx_docs.desk.blanks import JOIN, FormBlank, answered, faults_of
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.new_case import SITUATIONS, CaseSaid, as_class, as_grade, as_phones
from kcbx_docs.problems import Problems
from kcbx_docs.reading import Loc

NUMBER, SITUATION, SCHOOL, ABSENT, OFFICERS = "编号", "情形", "学校", "首次缺课日期", "承办人"
GUARDIANS = "监护人"
_PUPIL = ("姓名", "身份证号", "无证件原因", "年级", "班级")
_OF_GUARDIAN = ("姓名", "关系", "监护依据", "身份证号", "电话", "住址")
ASKED = {"学生": _PUPIL, GUARDIANS: _OF_GUARDIAN}
"""What is asked first of a child and of a guardian."""
_AS_WRITTEN = {
    "身份证号": normalise_id,
    "年级": as_grade,
    "班级": as_class,
    "电话": as_phones,
}
_LABELS = {
    "姓名": "学生姓名",
    "身份证号": "学生身份证号",
    "无证件原因": "没有证件号码的原因",
    "年级": "年级",
    "班级": "班级",
}
_ABOUT = {
    "无证件原因": "如 未落户；还没有查到就不填",
    "年级": "如 八年级",
    "班级": "如 2班",
}


def case_said() -> CaseSaid:
    """Return the case that the present form tells of."""
    told = answered((NUMBER, SITUATION, SCHOOL, ABSENT, OFFICERS, *map("学生.{}".format, _PUPIL)))
    answers: dict[Loc, str] = {
        (NUMBER,): told.get(NUMBER, ""),
        (SITUATION,): told.get(SITUATION, ""),
    }
    for key in _PUPIL:
        text = told.get(f"学生.{key}", "")
        if text or key != "无证件原因":
            answers["学生", key] = _written(key, text)
    answers[(SCHOOL,)] = told.get(SCHOOL, "")
    for place, row in enumerate(guardian_rows()[:-1]):
        for key, text in row.items():
            if text or key != "监护依据":
                answers[GUARDIANS, place, key] = _written(key, text)
    answers["经过", 0, "日期"] = told.get(ABSENT, "")
    if officers := told.get(OFFICERS):
        answers[(OFFICERS,)] = officers
    return CaseSaid(answers)


def _written(key: str, text: str) -> str:
    """Write an answer as files do."""
    return _AS_WRITTEN[key](text) if text and key in _AS_WRITTEN else text


def guardian_rows() -> list[dict[str, str]]:
    """Return the guardians of the present form, one below the other, and an empty row."""
    columns = (request.form.getlist(f"{GUARDIANS}.{part}") for part in _OF_GUARDIAN)
    rows = [
        dict(zip(_OF_GUARDIAN, map(str.strip, row), strict=True))
        for row in zip_longest(*columns, fillvalue="")
    ]
    return [*(row for row in rows if row["姓名"]), dict.fromkeys(_OF_GUARDIAN, "")]


def case_blanks(
    said: CaseSaid, here: Destination, free: str, problems: Problems
) -> Iterator[FormBlank]:
    """Yield the blanks of a new case."""
    told = {loc: text for loc, text in said.answers.items() if text}
    yield _blank(NUMBER, told.get((NUMBER,), free), problems, about="也是文件名", required=True)
    situation = told.get((SITUATION,), SITUATIONS[1])
    yield _blank(SITUATION, situation, problems, choices=SITUATIONS, required=True)
    for key in _PUPIL:
        yield FormBlank(
            key=f"学生.{key}",
            label=_LABELS[key],
            about=_ABOUT.get(key, ""),
            answer=told.get(("学生", key), ""),
            required=key == "姓名",
            faults=faults_of(problems, f"学生.{key}"),
        )
    only = here.school if here.is_school or len(here.schools) == 1 else ""
    yield _blank(SCHOOL, told.get((SCHOOL,), only), problems, proposals=here.schools)
    yield FormBlank(
        key=GUARDIANS,
        label="监护人",
        about="还没有查明的不填；几名都可以，一人一行",
        rows=tuple(guardian_rows()),
        proposals=PARENTS,
        faults=tuple(one for one in problems if one.place.path.startswith(GUARDIANS)),
    )
    yield _blank(ABSENT, told.get(("经过", 0, "日期"), ""), problems, about="无故缺课的第一天")
    usual = "" if said.answers else JOIN.join(here.usual_handlers)
    officers = told.get((OFFICERS,), usual)
    yield _blank(OFFICERS, officers, problems, people=here.handlers)


def _blank(key: str, answer: str, problems: Problems, **more: object) -> FormBlank:
    faults = faults_of(problems, key)
    return FormBlank(key=key, label=key, answer=answer, faults=faults, **more)  # type: ignore[arg-type]
