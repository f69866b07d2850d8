"""What everybody may read holds nothing of the child: not in its words, its files or their names."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pydantic import BaseModel

from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.public import public_papers
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.record.publication import told_in_public
from kcbx_docs.words import day_in_words
from tests.cli.office import run
from tests.kinds.world import (
    DECIDED,
    FATHER,
    MADE,
    MOTHER,
    OFFICE,
    PEOPLE,
    case_text,
    checked,
    docket,
    office_of,
    workspace,
)

FATHER_WHOLE = (
    PEOPLE[FATHER].removesuffix("}")
    + ", 电话: '13800000031', 民族: 彝族, 工作单位: 昆明某物流公司, 下落: 下落不明}"
)
MOTHER_WHOLE = PEOPLE[MOTHER].removesuffix("}") + ", 电话: '13800000032'}"
PUPIL = (
    '{姓名: 普云飞, 曾用名: 普小飞, 身份证号: "530499201305061217", 学籍号: G530499201305061217, '
    "年级: 七年级, 班级: 3班, 户籍地址: 云岭县青石镇白沙村15号, 现住址: 云岭县青石镇白沙村15号, "
    "失学原因: 厌学, 去向: 县城某汽修店}"
)
CARER = "受托照护人: [{姓名: 普阿奶, 关系: 祖母, 住址: 云岭县青石镇白沙村16号}]\n"
TEXT = "当事人没有送适龄子女上学，责令限期改正后逾期没有改正。"
DECISION = "公开决定: {决定人: 李建川, 理由: 普云飞的事村里都知道, 文本: %s}\n"
WHOLE: dict[str, Any] = {
    "guardians": (FATHER_WHOLE, MOTHER_WHOLE),
    "pupil": PUPIL,
    "more": CARER + DECISION % TEXT,
}


@pytest.mark.parametrize(
    ("history", "day", "title", "named"),
    [
        (MADE, "2026-03-20", "送达公告", {FATHER}),
        (DECIDED, "2026-05-10", "行政处罚决定信息", set()),
    ],
)
def test_nothing_of_the_child_is_anywhere_in_the_files(
    tmp_path: Path, history: str, day: str, title: str, named: set[str]
) -> None:
    """Every value of the case is searched for: words, XML, metadata, manifest, names of files."""
    workspace(tmp_path, text=case_text(history, **WHOLE))
    done = run(tmp_path, "render", "cases/案件.yaml", "--public", "--as-of", day)
    assert done.exit_code == 0, done.output
    written = "".join(everything(tmp_path / "output/公开"))
    assert title in written and "-公开.docx" in written
    assert [value for value in personal_values() if value in written] == sorted(named)
    assert [path.name for path in (tmp_path / "output").iterdir() if path.is_dir()] == ["公开"]


def personal_values() -> list[str]:
    """List every value of the case, and parts of the names and of the addresses."""
    case = docket(MADE, **WHOLE).case
    known = {*personal(case.pupil), *personal(case.guardians), *personal(case.carers)}
    assert case.school is not None and len(known) > 30
    known |= {case.school.name, "青石中学", "白沙", "15号", "普云", "云飞", "阿奶", "李桂", "桂仙"}
    return sorted({*known, "2013年5月", "2013-05", "201305", "二〇一三年", "村里都知道"})


def personal(value: Any) -> Iterator[str]:
    """Yield every text and day of a person that might show who it is."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("id_type", "whereabouts", "condition"):
                yield from personal(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from personal(one)
    elif isinstance(value, date):
        yield from (str(value), day_in_words(value), f"{value:%Y%m%d}", f"{value:%Y.%m.%d}")
    elif isinstance(value, str) and len(value) > 1:
        yield value


def everything(folder: Path) -> Iterator[str]:
    """Read all that a reader of the published files could: parts of Word, pages and metadata."""
    for path in folder.rglob("*"):
        yield str(path.relative_to(folder)) + "\n"
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield name + archive.read(name).decode("utf-8", "replace")
        elif path.suffix == ".pdf":
            for page in pypdfium2.PdfDocument(path):
                yield page.get_textpage().get_text_range()
            with pikepdf.open(path) as pdf:
                yield str(dict(pdf.docinfo)) + str(pdf.open_metadata())
            yield path.read_bytes().decode("utf-8", "replace")
        elif path.is_file():
            yield path.read_text("utf-8")


def refused(history: str, *documents: str, day: str = "2026-05-10", **changes: Any) -> list[str]:
    """Return the codes that keep a public version from being made."""
    with pytest.raises(UserError) as stopped:
        made(history, *documents, day=day, **changes)
    return [one.code for one in stopped.value.problems]


def made(history: str, *documents: str, day: str = "2026-05-10", **changes: Any) -> Any:
    office = office_of()
    path = office.root / "cases/案件.yaml"
    path.write_text(case_text(history, **{**WHOLE, **changes}), "utf-8")
    loaded, found = office.read(path, date.fromisoformat(day))
    assert loaded is not None, found
    return public_papers(office, loaded, Wanted(date.fromisoformat(day), documents, ("docx",)))


def test_what_never_becomes_public_is_refused_with_the_law() -> None:
    with pytest.raises(UserError) as stopped:
        made(DECIDED, "penalty-decision")
    (one,) = stopped.value.problems
    assert one.code == "PUBL002" and "《未成年人保护法》第一百零三条" in one.message


def test_a_penalty_becomes_public_only_where_somebody_decided_it_and_it_stands() -> None:
    changed = (
        "- {日期: 2026-05-20, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n"
        "- {日期: 2026-06-30, 事项: 复议决定, 对象: 普正华, 机关: 云岭县人民政府, 结果: 变更, 金额: 300}\n"
    )
    unserved = DECIDED.strip().rsplit("\n", 1)[0] + "\n"
    here = PEOPLE[FATHER]
    assert refused(DECIDED, more=CARER) == ["PUBL003"]
    assert refused(DECIDED + changed, day="2026-07-10", guardians=(here,)) == ["PUBL003"]
    papers = made(unserved, day="2026-04-17", guardians=(FATHER_WHOLE,)).made
    assert [one.paper.document for one in papers] == ["public-notice"], "not served yet"


def told(text: str) -> Problems:
    more = DECISION % text
    return tuple(told_in_public(docket(DECIDED, pupil=PUPIL, guardians=(FATHER_WHOLE,), more=more)))


@pytest.mark.parametrize(
    "text",
    [
        "普云飞的父亲没有送他上学。",
        "白沙村一名家长没有送孩子上学。",
        "青石中学一名学生的家长没有送他上学。",
        "一名2013年5月出生的孩子没有上学。",
        "一名2013.5.6出生的孩子没有上学。",
        "七年级3班一名学生没有上学。",
        "昆明某物流公司的一名职工没有送孩子上学。",
        "联系电话13800000031的家长没有送孩子上学。",
        "普·云飞的父亲没有送他上学。",
        "电话138-0000-0031、１３８０００００００３１的家长没有送孩子上学。",
        "证件号码530499********1217的孩子没有上学。",
        "一名二零一三年五月出生的孩子没有上学。",
        "七（3）班、七年级三班一名学生没有上学。",
        "昆明某物流的一名职工没有送孩子上学。",
    ],
)
def test_a_public_text_that_tells_who_it_is_is_refused_at_its_line(text: str) -> None:
    (one,) = told(text)
    assert (one.code, one.place.line > 1) == ("PUBL005", True)
    assert "PUBL005" in refused(DECIDED, more=DECISION % text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (TEXT, []),
        ("青石镇一名初中学生的家长没有送孩子上学，2026年3月责令改正。", []),
        ("2026年第138号文件说，13户家庭里有31名孩子、3个班。", []),
        ("县城正华路商铺招用的情况另案处理。", ["PUBL006"]),
        ("白沙一名家长没有送孩子上学。", ["PUBL006"]),
        ("孩子在县城某汽修店，家长没有送他上学。", ["PUBL006"]),
        ("施文老师几次上门，家长没有送孩子上学。", ["PUBL006"]),
        ("段晓岚、普文清送达责令，家长没有送孩子上学。", []),
    ],
)
def test_plain_words_stay_allowed(text: str, codes: list[str]) -> None:
    assert [one.code for one in told(text)] == codes


def test_check_says_it_too() -> None:
    found = checked("2026-05-10", DECIDED, pupil=PUPIL, more=DECISION % "普云飞没有上学")
    assert "PUBL005" in [one.code for one in found]


REPORT = """\
工作: 月报
编号: 普云飞的月报
月份: 2026-11
主送: 县人民政府
工作情况: 劝返了普云飞。
参加人: [普正华]
典型案例: {情况: 普云飞的父亲普正华没有送他上学。, 写明姓名: 李建川}
公开文本: 一名学生%s返校了。
"""


def published_work(
    tmp_path: Path, told: str = "", pack: str = "", office: str = OFFICE
) -> tuple[Any, str]:
    workspace(tmp_path, office, case_text(DECIDED, **WHOLE))
    (tmp_path / "cases/月报.yaml").write_text(REPORT % told, "utf-8")
    if pack:
        with (tmp_path / "templates/pack.yaml").open("a", encoding="utf-8") as file:
            file.write(pack)
    words = ("render", "cases/月报.yaml", "--public", "--format", "docx")
    done = run(tmp_path, *words, "--as-of", "2026-11-28")
    return done, "".join(everything(tmp_path / "output"))


def test_of_a_monthly_report_only_the_text_for_everybody_is_published(tmp_path: Path) -> None:
    done, written = published_work(tmp_path)
    assert done.exit_code == 0, done.output
    assert "一名学生返校了。" in written
    assert [value for value in personal_values() if value in written] == []


@pytest.mark.parametrize(
    "told", ["普云飞", "普 云 飞", "（白沙村）", "（云岭县青石中学）", "（电话138-0000-0031）"]
)
def test_a_typical_case_that_tells_who_it_is_is_not_published(tmp_path: Path, told: str) -> None:
    done, written = published_work(tmp_path, told)
    assert (done.exit_code, written) == (1, "") and "WORK050" in done.output


def test_a_school_publishes_nothing_of_its_pupils(tmp_path: Path) -> None:
    school = "学校: [{名称: 云岭县青石中学, 类型: 初级中学}]\n"
    pack = "制发机关: {typical-case: [学校]}\n"
    done, written = published_work(tmp_path, pack=pack, office=OFFICE + school)
    assert (done.exit_code, written) == (1, "") and "PUBL004" in done.output
