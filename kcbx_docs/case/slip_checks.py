"""Slips that make nothing impossible and that nobody would find on paper: telephone numbers,
relations, officers whom nobody registered.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from kcbx_docs.case.added_line import line_to_add
from kcbx_docs.case.called_by_post import called_by_post
from kcbx_docs.case.ids import read_id
from kcbx_docs.case.model import PARENTS, Case, Guardian, name_key
from kcbx_docs.case.names import same_name
from kcbx_docs.case.phones import phones_in
from kcbx_docs.case.who_is_meant import list_in_chinese, listed, names_with_blanks, names_within
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, problem, with_mending
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import called_by_pair, did_you_mean, synonym_of

_ABROAD = regex(r"^\s*(?:\+|00)(?!86)\d|转|分机")
_SHORT = 6
"""Digits below which a number is that of a service: 110, 12345, 12309."""


_LETTERS = regex(r"(?<=\d)[OoQIl]+|(?<![A-Za-z])[OoIl]+(?=\d)")


def letters_in(text: str) -> str:
    """Return the letters of a number that look like digits: O and l beside digits."""
    return "、".join(dict.fromkeys("".join(_LETTERS.findall(text))))


_NUMERALS = "○〇零幺壹贰叁肆伍陆柒捌玖一二三四五六七八九"
_IN_DIGITS = str.maketrans(_NUMERALS, "0001123456789123456789")
_CHINESE_NUMBER = regex(rf"[{_NUMERALS}][{_NUMERALS} \u3000-]{{5,}}")


def in_digits(text: str) -> str:
    """Write a number that is typed in Chinese numerals in digits: 一三八〇〇〇〇〇〇〇一."""
    return _CHINESE_NUMBER.sub(lambda found: found[0].translate(_IN_DIGITS), text)


_ADDRESS = regex(r".*([镇乡村街路巷组]\d*号?|\d号)")


def odd_phone(text: str) -> bool:
    """Tell whether a text with digits is neither a mobile nor a landline number, nor several."""
    if letters_in(text) or in_digits(text) != text:
        return True
    digits = re.sub(r"\D", "", text)
    if _ADDRESS.fullmatch(text):
        return True
    if len(digits) < _SHORT or _ABROAD.search(text):
        return False
    return not phones_in(text)


def check_phone(text: str, who: str, loc: Loc, source: Source) -> Iterator[Problem]:
    """Say where a telephone number has a digit too few or too many."""
    if odd_phone(text):
        facts, letters = {"who": who, "phone": text}, letters_in(text)
        advice = f"里面有字母 {letters}，请改成数字。" if letters else ""
        loc, digits = (*loc, "电话"), in_digits(text)
        whole = digits != text and bool(phones_in(digits))
        if digits != text:
            advice = f"写成 {digits}。" if whole else "号码用 0 到 9 的数字写。"
        told, added = ("", "") if advice else _with_words(text, loc, source)
        facts |= {"advice": advice or told, "added": added}
        found = problem("CASE100", source.place(loc, value=True), **facts)
        mending = source.mending(loc, digits) if whole else None
        yield with_mending(found, mending) if mending else found


_NOTED = ("学生", "监护人", "受托照护人")
"""Records that have 备注."""
_RUN = regex(r"[\d\s+-]*\d")
_WRAPPING = "（）()【】[]：:，,、。；; "


def words_beside(text: str) -> tuple[str, str]:
    """Return the numbers of a text and the words beside them; nothing where none is whole."""
    runs = [run.strip() for run in _RUN.findall(text)]
    words = _RUN.sub(" ", text).strip(_WRAPPING)
    whole = bool(words and runs) and all(map(phones_in, runs))
    return ("、".join(runs), words) if whole else ("", "")


def _with_words(text: str, loc: Loc, source: Source) -> tuple[str, str]:
    """Say where words go that stand beside a number that is whole without them."""
    numbers, words = words_beside(text)
    if not words:
        return "", ""
    if loc[0] not in _NOTED:
        told = f"「电话」只写 {numbers}；「{words}」没有专门的键，要留的话写在 # 后面。"
        return told, ""
    told = f"「电话」只写 {numbers}，「{words}」写在「备注」里。"
    noted = (*loc[:-1], "备注") in source.marks
    return told, "" if noted else line_to_add(source, loc, "备注", words)


def check_phones(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Telephone numbers of the people of a case can be called."""
    yield from check_phone(case.pupil.phone, f"学生「{case.pupil.name}」", ("学生",), source)
    for key, people in (("监护人", case.guardians), ("受托照护人", case.carers)):
        for number, person in enumerate(people):
            yield from check_phone(person.phone, f"{key}「{person.name}」", (key, number), source)
    if case.school:
        yield from check_phone(case.school.phone, f"学校「{case.school.name}」", ("学校",), source)


def parent_meant(relation: str) -> str:
    """Return what a parent is called of whom a file says it otherwise: 爸爸, 父亲（生父）."""
    plain = re.sub(r"[（(][^（()）]*[)）]$", "", relation.strip())
    return plain if plain != relation and plain in PARENTS else synonym_of(plain, PARENTS)


_NO_RELATION = regex(r".*\d.*|.+([村镇乡街路巷组屯寨]|号)")
"""An address, a telephone or an identity number in place of the relation."""


def check_relations(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """A child has one father and one mother; a relation is called as papers call it."""
    met: dict[str, str] = {}
    for number, guardian in enumerate(case.guardians):
        loc = ("监护人", number, "关系")
        place = source.place(loc, value=True)
        relation, name = guardian.relation, f"监护人「{guardian.name}」"
        if meant := parent_meant(relation):
            found = problem("CASE094", place, who=name, relation=relation, meant=meant)
            mending = source.mending(loc, meant)
            yield with_mending(found, mending) if mending else found
        elif not guardian.basis and (called_so := called_by_pair(relation)):
            yield _pair(guardian, called_so, name, source.place(loc, value=True))
        elif _NO_RELATION.fullmatch(relation):
            yield problem("CASE256", place, who=name, relation=relation)
        called = meant or relation
        if called in PARENTS and called in met:
            yield problem("CASE101", place, who=name, other=met[called], relation=called)
        met.setdefault(called, name)


def _pair(guardian: Guardian, may_be: Sequence[str], who: str, place: Place) -> Problem:
    """Tell of a relation that names two people, or anybody."""
    sex = guardian.sex or read_id(guardian.id_number, guardian.id_type).sex
    fitting = [one for one in may_be if not sex or ("父" in one) == (sex == "男")] or may_be
    parent = any(one in PARENTS for one in fitting)
    facts = {"who": who, "relation": guardian.relation, "meant": "」或「关系: ".join(fitting)}
    advice = "" if parent else _NOT_PARENT
    return problem("CASE104", place, **facts, advice=advice)


_NOT_PARENT = "父母以外的人还要补上「监护依据」；受父母委托照看孩子的移到「受托照护人」。"


def check_lists(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """A list of names has the brackets and commas of YAML: with others it is one name."""
    for number, event in enumerate(case.history):
        lists = {"参加人": event.participants, "承办人": event.handlers, "审核人": event.reviewers}
        for key, written in lists.items():
            loc, names = ("经过", number, key), _meant_for_several(written)
            if names:
                place, name = source.place(loc, value=True), "、".join(written)
                advice = f"用英文方括号和逗号，写成：{key}: {listed(names)}。"
                yield problem("CASE107", place, key=key, name=name, advice=advice)
    for key, people in (("监护人", case.guardians), ("受托照护人", case.carers)):
        for number, person in enumerate(people):
            if names := names_with_blanks(person.name):
                place = source.place((key, number, "姓名"), value=True)
                advice = f"每人另写一项：「- 姓名: {names[0]}」「- 姓名: {names[1]}」。"
                yield problem("CASE107", place, key="姓名", name=person.name, advice=advice)


def _meant_for_several(written: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a list that are typed as if they were one."""
    if not written:
        return ()
    apart = [names_with_blanks(name) or (name,) for name in written]
    if any(len(names) > 1 for names in apart):
        return tuple(chain.from_iterable(apart))
    names = list_in_chinese("、".join(written))
    return names if _odd(written) else ()


def _odd(written: Sequence[str]) -> bool:
    """Tell whether a sign stands in a name of a list that only a list would have."""
    return any(re.search("[，；;,【】「」［］]", name) for name in written) or (
        written[0][:1] == "（" and written[-1][-1:] == "）"
    )


_BY_OFFICERS = ("立案", "询问", "调查终结", "当场处罚", "核实")
"""What only officers do; papers that they bring are looked at where they are served."""


def check_officers(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """Who handled what only officers do, or is called nearly like one of them, is registered."""
    officers = [officer.name for officer in workspace.officers]
    others = _others(case, workspace)
    for number, event in enumerate(case.history):
        for position, name in enumerate(event.handlers):
            known_here = any(same_name(name, known) for known in officers)
            elsewhere = names_with_blanks(name) or called_by_post(name)
            if not officers or known_here or elsewhere or event.handed_by:
                continue
            several = names_within(name, officers)
            advice = f"写成 {listed(several)}。" if several else did_you_mean(name, officers)
            slip = bool(advice) and name_key(name) not in others
            if event.kind in _BY_OFFICERS or slip:
                place = source.place(("经过", number, "承办人", position), value=True)
                facts = {"kind": event.kind, "name": name, "known": "、".join(officers)}
                yield problem("CASE099", place, **facts, advice=advice)


def _others(case: Case, workspace: Workspace) -> set[str]:
    """List who is known to be somebody else: heads, teachers, who took part or is a party."""
    names = [person.name for person in (case.pupil, *case.guardians, *case.carers)]
    for organ in workspace.organs:
        names += [organ.contact, organ.head]
    for school in (*workspace.schools, *([case.school] if case.school else [])):
        names += [school.contact, school.principal]
    for event in case.history:
        names += [*event.participants, event.recorder]
    return {name_key(name) for name in names if name}
