"""Checks of a workspace, a batch, a letter and a piece of work beyond their types."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kcbx_docs.case.ids import valid_uscc
from kcbx_docs.case.model import name_key
from kcbx_docs.case.out_of_place import check_office_words
from kcbx_docs.case.slip_checks import check_phone
from kcbx_docs.case.workspace import OfficeKind, Organ, Workspace
from kcbx_docs.case.written_numbers import form_of, read_number, word_of, words_of
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import advice_for_name, did_you_mean

if TYPE_CHECKING:
    from kcbx_docs.case.batch import Batch
    from kcbx_docs.case.letter import Letter
    from kcbx_docs.case.work import Work


def check_workspace(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """Names stand once, codes have the right check digit."""
    others = [("其他机关", number) for number in range(len(workspace.offices))]
    organs: list[Loc] = [("机关",), *others]
    schools: list[Loc] = [("学校", number) for number in range(len(workspace.schools))]
    yield from _repeated([organ.name for organ in workspace.organs], organs, source)
    yield from _repeated([school.name for school in workspace.schools], schools, source)
    yield from _same_officer(workspace, source)
    yield from _codes(workspace, source)
    yield from check_office_words(workspace, source)
    for school, loc in zip(workspace.schools, schools, strict=True):
        yield from check_phone(school.phone, f"学校「{school.name}」", loc, source)
        yield from _no_code_word(school.code_word, (*loc, "学校代字"), source)
    if workspace.review:
        yield from check_named(
            workspace.review.name, source.place(("复议机关", "名称"), value=True)
        )
    for number, court in enumerate(workspace.courts):
        yield from check_named(court.name, source.place(("法院", number, "名称"), value=True))
    for organ, loc in zip(workspace.organs, organs, strict=True):
        yield from check_named(organ.name, source.place((*loc, "名称"), value=True))
        yield from _misnamed(organ, loc, source)
        yield from check_phone(organ.phone, f"「{organ.name}」", loc, source)
        yield from _no_code_word(organ.code_word, (*loc, "机关代字"), source)
        if organ.credit_code and not valid_uscc(organ.credit_code):
            place = source.place((*loc, "统一社会信用代码"), value=True)
            yield problem("WORK003", place, name=organ.name)


_NAMED: Mapping[OfficeKind, re.Pattern[str]] = {
    "乡镇人民政府": regex(r".+(镇|乡|苏木)人民政府"),
    "县级人民政府": regex(r".+(县|市|区|旗)人民政府"),
    "县级教育行政部门": regex(r"(?!.*(小组|办公室)).*教.*(局|委员会|委|厅)"),
    "教育督导机构": regex(r".+督导.*(室|委员会|办公室|机构|组|团)"),
    "街道办事处": regex(r".+办事处"),
    "司法所": regex(r".+司法所"),
    "村（居）民委员会": regex(r".+(委员会|村委会|居委会)"),
}
"""How offices of a kind are called; one that is called otherwise is asked about."""


_SCHOOL = regex(r".+(学校|小学|中学|完小|一中|教学点)")


def kind_of_name(name: str) -> OfficeKind | None:
    """Tell the kind of an office from how it is called; nothing where the name does not tell."""
    if _SCHOOL.fullmatch(name):
        return "学校"
    return next((kind for kind, pattern in _NAMED.items() if pattern.fullmatch(name)), None)


def _unnamed(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """Look at the names of those to whom parties turn."""
    if workspace.review:
        place = source.place(("复议机关", "名称"), value=True)
        yield from check_named(workspace.review.name, place)
    for number, court in enumerate(workspace.courts):
        yield from check_named(court.name, source.place(("法院", number, "名称"), value=True))


def check_named(name: str, place: Place) -> Iterator[Problem]:
    """Ask about a name without a single Chinese character: a code or a telephone number."""
    if name and not re.search("[\u3400-\u9fff]", name):
        yield problem("WORK012", place, name=name)


def _misnamed(organ: Organ, loc: Loc, source: Source) -> Iterator[Problem]:
    pattern = _NAMED.get(organ.kind)
    if pattern and not pattern.fullmatch(organ.name):
        place = source.place((*loc, "类型"), value=True)
        yield problem("CASE085", place, name=organ.name, kind=organ.kind)


_NO_CODE_WORD = regex(r".*(\d|[〔〕\[\]()（）【】]|号|人民政府|学校|中学|小学|办事处).*")
_LONGEST_CODE_WORD = 8


def _no_code_word(word: str, loc: Loc, source: Source) -> Iterator[Problem]:
    """Refuse as the word of a number what holds a year, brackets, or the name of the office."""
    if _NO_CODE_WORD.fullmatch(word) or len(word) > _LONGEST_CODE_WORD:
        yield problem(
            "WORK090", source.place(loc, value=True), word=word, number=f"{word}〔2026〕1号"
        )


_REGION_DIGITS, _POSTCODE_DIGITS = 6, 6


def _codes(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """Codes have all their digits; an account has its holder."""
    region = workspace.region
    if region.isdecimal() and len(region) != _REGION_DIGITS:
        yield problem("WORK014", source.place(("地区",), value=True), region=region)
    for number, organ in enumerate(workspace.organs):
        loc: Loc = ("其他机关", number - 1) if number else ("机关",)
        yield from _postcode(organ.name, organ.postcode, source, loc)
    for number, school in enumerate(workspace.schools):
        yield from _postcode(school.name, school.postcode, source, ("学校", number))
    bank = workspace.bank
    if bank and bool(bank.holder) != bool(bank.account):
        missing = "账号" if bank.holder else "户名"
        yield problem("WORK016", source.place(("收款银行",)), name=bank.name, missing=missing)


def _postcode(name: str, code: str, source: Source, loc: Loc) -> Iterator[Problem]:
    if code and not (code.isdecimal() and len(code) == _POSTCODE_DIGITS):
        place = source.place((*loc, "邮编"), value=True)
        yield problem("WORK015", place, name=name, postcode=code)


def _same_officer(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """An officer who stands twice, by name or by the number of the certificate, is one."""
    names: set[str] = set()
    numbers: set[str] = set()
    for place, officer in enumerate(workspace.officers):
        key, number = name_key(officer.name), officer.certificate
        if key in names or (number and number in numbers):
            where = source.place(("执法人员", place, "姓名"), value=True)
            yield problem("WORK006", where, name=officer.name, number=number or "没有证号")
        names.add(key)
        numbers.add(number)


def _repeated(names: Sequence[str], locs: Sequence[Loc], source: Source) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name in names[:number]:
            place = source.place((*locs[number], "名称"), value=True)
            yield problem("WORK002", place, name=name)


_TERM = regex(r"(?:19|20)\d\d.*(?:学期|学年|[春秋]季?)$")
"""A term by its year: serials are told apart by it, and papers write 开学 behind it."""


def check_batch(batch: "Batch", source: Source, workspace: Workspace | None) -> Iterator[Problem]:
    """Columns are ours, no document stands twice, office and school are known."""
    from kcbx_docs.case.columns import FIELDS  # reads the table of column names

    for key in batch.roster.columns:
        if key not in FIELDS:
            place, advice = source.place(("名册", "列", key)), advice_for_name(key, tuple(FIELDS))
            yield problem("BTCH002", place, key=key, advice=advice)
    if not _TERM.search(batch.term):
        yield problem("BTCH045", source.place(("学期",), value=True), term=batch.term)
    documents = [document.document for document in batch.documents]
    for number, name in enumerate(documents):
        if name in documents[:number]:
            yield problem("BTCH003", source.place(("文书", number), value=True), name=name)
    schools = [school.name for school in workspace.schools] if workspace else []
    if schools and batch.school.name not in schools:
        place = source.place(("学校", "名称"), value=True)
        advice = did_you_mean(batch.school.name, schools)
        yield problem("CASE071", place, name=batch.school.name, advice=advice)
    yield from _unknown_office(batch.office, source, workspace)


def check_letter(
    letter: "Letter", source: Source, workspace: Workspace | None
) -> Iterator[Problem]:
    """The number and the remark have the form of the standard, the office is known, the text is
    its own.
    """
    yield from _number_of(letter, source, workspace)
    if letter.remark[:1] in ("（", "("):
        yield problem("WORK005", source.place(("附注",), value=True))
    if letter.day and letter.printed_on and letter.printed_on < letter.day:
        days = {"printed": letter.printed_on, "day": letter.day}
        yield problem("WORK017", source.place(("印发日期",), value=True), **days)
    texts: list[Loc] = [("正文",), *(("附件", n, "正文") for n in range(len(letter.attachments)))]
    for loc in texts:
        if _folded(source, loc):
            yield problem("WORK018", source.place(loc), key=loc[-1])
    if letter.samples:
        yield problem("WORK013", source.place(("正文",), value=True), text=letter.samples[0])
    yield from _unknown_office(letter.office, source, workspace)


def check_work(work: "Work", source: Source, workspace: Workspace | None) -> Iterator[Problem]:
    """The office is known, numbers have their form."""
    for number, made in enumerate(work.made):
        loc: Loc = ("制发", number, "文号")
        if made.number and read_number(made.number) is None:
            facts = {"number": made.number, "what": "看不出代字、年份和序号"}
            yield problem("WORK004", source.place(loc, value=True), **facts, advice="")
        yield from form_of(made.number, source, loc)
    if work.office and not (workspace and workspace.school_named(work.office)):
        yield from _unknown_office(work.office, source, workspace)


def _folded(source: Source, loc: Loc) -> bool:
    """Tell whether a text stands in several lines that are read as one."""
    mark = source.values.get(loc)
    if mark is None or "\n" in str(source.at(loc)).strip():
        return False
    lines = source.text.split("\n")
    if lines[mark[0]][mark[1] :][:1] in ("|", ">", '"', "'"):
        return False
    following = mark[0] + 1
    below = lines[following] if following < len(lines) else ""
    indent = len(below) - len(below.lstrip(" "))
    return bool(below.strip()) and indent > source.marks[loc][1] and below.lstrip()[0] != "#"


def _number_of(letter: "Letter", source: Source, workspace: Workspace | None) -> Iterator[Problem]:
    place = source.place(("发文字号",), value=True)
    read = read_number(letter.number)
    if letter.number and read is None:
        facts = {"number": letter.number, "what": "看不出代字、年份和序号"}
        yield problem("WORK004", place, **facts, advice="")
    yield from form_of(letter.number, source, ("发文字号",))
    if read and read.year and letter.day and read.year != letter.day.year:
        told = {"number": letter.number, "kind": "公文"}
        yield problem("CASE097", place, **told, year=read.year, day=letter.day)
    organ = workspace.organ_named(letter.office) if workspace else None
    if read and workspace and organ:
        yield from word_of(read, words_of(workspace), organ.name, place)


def _unknown_office(name: str, source: Source, workspace: Workspace | None) -> Iterator[Problem]:
    if workspace is not None and workspace.organ_named(name) is None:
        known = [office.name for office in workspace.organs]
        place, advice = source.place(("承办机关",), value=True), did_you_mean(name, known)
        yield problem("CASE070", place, name=name, known="、".join(known), advice=advice)
