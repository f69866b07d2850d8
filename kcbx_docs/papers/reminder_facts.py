"""What a reminder to a family prints: which parts of the school's papers have not come back."""

from pydantic import Field

from kcbx_docs.reading import Model


class ReminderPart(Model):
    """A part that is to come back."""

    title: str = Field(alias="文书", description="文书名称")
    state: str = Field("", alias="情形", description="收到的有什么缺陷；没有收到的为空")
    is_slip: bool = Field(False, alias="回执", description="交回的是回执，不是整份")


class ReminderFacts(Model):
    """All that one pupil's family is reminded of."""

    parts: tuple[ReminderPart, ...] = Field((), alias="各份", description="还要补交的各份")
    slip: str | None = Field(
        None, alias="回执", description="随提醒再印一张回执的文书名称；没有回执要交的为空"
    )
