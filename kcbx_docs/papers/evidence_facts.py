"""One line of evidence as templates see it."""

import datetime
from typing import Literal

from pydantic import Field

from kcbx_docs.reading import Model

Day = datetime.date | None

EvidenceKind = Literal["案件", "记录", "文书", "送达回证"]


class EvidenceLine(Model):
    """One line of the list of evidence."""

    number: int = Field(alias="序号", description="从 1 起")
    name: str = Field(alias="名称", description="证据名称")
    source: str | None = Field(default=None, alias="来源", description="谁制作或从哪里取得")
    proves: str | None = Field(default=None, alias="证明对象", description="证明什么事实")
    form: str | None = Field(default=None, alias="形式", description="原件、复印件等")
    day: Day = Field(default=None, alias="日期", description="形成的日期")
    pages: str | None = Field(default=None, alias="页码", description="案卷页码")
    copies: str | None = Field(default=None, alias="份数", description="份数")
    kind: EvidenceKind = Field(
        default="案件", alias="种类", description="案件（案件文件写的）、记录、文书或送达回证"
    )
    event: str | None = Field(
        default=None, alias="事项", description="是哪一种事项的记录，如 听证、返校"
    )
    fact: bool = Field(
        default=False, alias="失学事实", description="是否证明失学的事实，写进责令和决定"
    )
    about: tuple[str, ...] = Field(
        default=(), alias="涉及", description="只涉及哪几个人；不写就是都涉及"
    )
