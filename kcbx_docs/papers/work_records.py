"""What templates learn of a piece of management work, under 工作."""

from pydantic import Field

from kcbx_docs.case.work import Work, WorkParty
from kcbx_docs.case.work_pupils import WorkPupil
from kcbx_docs.reading import Model


class ListedFacts(WorkPupil):
    """One pupil of a list, with what the case, the lead or the roster says of him."""

    mark: str | None = Field(
        None, alias="学籍标注", description="案件里记的标注，如 疑似辍学；没有案件的为空"
    )
    since_year: int | None = Field(
        None, alias="首次缺课年", description="首次缺课的年份；和填表的年份相同的为空"
    )
    mark_year: int | None = Field(
        None, alias="标注年", description="学籍标注的年份；和填表的年份相同的为空"
    )
    weekdays: str | None = Field(
        None, alias="本周缺课", description="填表那一周缺课的是星期几，如 三四五；别的日期写月日"
    )


class PupilCounts(Model):
    """How many pupils a list names."""

    total: int = Field(0, alias="全部", description="名单上几名学生")
    boys: int = Field(0, alias="男", description="其中男生")
    girls: int = Field(0, alias="女", description="其中女生")
    on_leave: int = Field(0, alias="请假", description="研判为请假的")
    perhaps: int = Field(0, alias="疑似辍学", description="研判为疑似辍学的")
    gone: int = Field(0, alias="辍学", description="研判为辍学的")
    undecided: int = Field(0, alias="没有研判", description="还没有写类别的")
    missing: int = Field(0, alias="未报到", description="写了未报到的")
    arrived: int = Field(0, alias="已报到", description="已报到的；接收学校还没有核对的不算")


class WorkFacts(Work):
    """A piece of work as its papers see it: what stands in the file, and whom a paper is for."""

    month_words: str | None = Field(None, alias="年月", description="月份的写法，如 2026年11月")
    party: WorkParty | None = Field(
        None, alias="这一方", description="这一份文书对哪一个对象；不分对象的文书为空"
    )
    pupils: tuple[ListedFacts, ...] = Field(
        (),
        alias="名单",
        description="名单上的学生，案件、线索、名册里的都在；几个对象的只有这一方的",
    )
    counts: PupilCounts = Field(
        default_factory=PupilCounts, alias="人数", description="名单上各有几名学生"
    )
