"""What templates learn of a piece of management work, under 工作."""

from pydantic import Field

from kcbx_docs.case.work import Work, WorkParty


class WorkFacts(Work):
    """A piece of work as its papers see it: what stands in the file, and whom a paper is for."""

    month_words: str | None = Field(None, alias="年月", description="月份的写法，如 2026年11月")
    party: WorkParty | None = Field(
        None, alias="这一方", description="这一份文书对哪一个对象；不分对象的文书为空"
    )
