"""What the sheets of a dossier print: its cover, its contents, what it lacks, its last page."""

import datetime

from pydantic import Field

from kcbx_docs.reading import Model


class DossierRow(Model):
    """One line of the contents."""

    number: int = Field(alias="序号", description="件号")
    organ: str | None = Field(None, alias="责任者", description="制作或者提供的单位、个人")
    title: str = Field(alias="题名", description="文书、材料的名称")
    mark: str | None = Field(None, alias="文号", description="文号")
    day: datetime.date | None = Field(None, alias="日期", description="成文、送达或者取得的日期")
    first: int | None = Field(None, alias="首页", description="在案卷中的第一页")
    last: int | None = Field(None, alias="末页", description="在案卷中的最后一页")
    note: str | None = Field(None, alias="备注", description="如 原件另存、代页、缺")


class DossierLack(Model):
    """One thing that the dossier lacks."""

    what: str = Field(alias="缺什么", description="缺少的材料，或者还没有查清的事")
    cure: str | None = Field(None, alias="怎样补", description="怎样补")


class DossierStandIn(Model):
    """A page that stands for a file which could not be bound."""

    title: str = Field(alias="题名", description="材料的名称")
    file: str = Field(alias="文件", description="文件名")
    digest: str | None = Field(None, alias="校验值", description="文件的 sha256")
    reason: str = Field(alias="原因", description="为什么没有合入")


class DossierFacts(Model):
    """A dossier as its own sheets see it."""

    volume: str | None = Field(None, alias="卷", description="正卷、副卷；不分卷的为空")
    parties: tuple[str, ...] = Field((), alias="当事人", description="监护人姓名")
    filed: datetime.date | None = Field(None, alias="立案日期", description="立案日期")
    closed: datetime.date | None = Field(None, alias="结案日期", description="结案日期")
    outcome: str | None = Field(None, alias="结案结果", description="结案的结果")
    day: datetime.date = Field(alias="立卷日期", description="台账和经过截止的日期")
    kept_for: str | None = Field(None, alias="保管期限", description="模板包写明的保管期限")
    count: int = Field(0, alias="件数", description="一共几件")
    pages: int = Field(0, alias="页数", description="编了号的一共几页")
    rows: tuple[DossierRow, ...] = Field((), alias="目录", description="卷内目录的各行")
    lacks: tuple[DossierLack, ...] = Field((), alias="缺件", description="还缺什么")
    stand_in: DossierStandIn | None = Field(
        None, alias="代页", description="没有合入的一件，这一页代替它"
    )
    head: str | None = Field(None, alias="册首", description="台账的册首：编号、条数、校验值、日期")
    spoken: str | None = Field(
        None, alias="册首短码", description="册首校验值的八位数字，供电话核对"
    )
