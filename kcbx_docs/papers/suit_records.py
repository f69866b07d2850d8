"""What templates learn of the civil suit."""

import datetime

from pydantic import Field

from kcbx_docs.papers.evidence_facts import EvidenceLine
from kcbx_docs.reading import Model

Day = datetime.date | None


class CivilRecord(Model):
    """The civil route."""

    filed: Day = Field(default=None, alias="起诉日期", description="提起民事诉讼的日期")
    number: str | None = Field(default=None, alias="案号", description="法院案号")
    result: str | None = Field(default=None, alias="结果", description="判决或调解的结果")
    copies: int = Field(default=0, alias="副本份数", description="按被告人数的副本份数")
    plaintiff: str | None = Field(
        default=None, alias="原告", description="学生，或者本机关；没有人写明的为空"
    )
    defendants: tuple[str, ...] = Field(
        default=(), alias="被告", description="被告的姓名；没有写明的为空"
    )
    representatives: tuple[str, ...] = Field(
        default=(), alias="法定代理人", description="代理孩子起诉的监护人的姓名"
    )
    evidence: tuple[EvidenceLine, ...] = Field(
        default=(),
        alias="证据",
        description="起诉用的证据：不列对法定代理人的责令等文书和送达回证",
    )
