"""What the first sheets of a proof print: the documents of a place, the law, the values."""

import datetime

from pydantic import Field

from kcbx_docs.reading import Model


class ProofRow(Model):
    """One document of the place."""

    number: int = Field(alias="序号", description="次序")
    title: str = Field(alias="题名", description="文书的标题")
    id: str = Field(alias="编号", description="文书的编号")
    packs: str = Field(alias="谁写的", description="写它的文字的模板包")
    page: int | None = Field(None, alias="页", description="样张的第一页")


class ProofLaw(Model):
    """One article that the documents of the place cite."""

    text: str = Field(alias="引用", description="印出来的写法")
    gist: str | None = Field(None, alias="要旨", description="登记的要旨")
    checked: str = Field(alias="核对", description="已核对、部分、未核对，核对了什么")


class ProofValue(Model):
    """One value of the place."""

    name: str = Field(alias="名称", description="参数、程序开关、期间的名称")
    value: str = Field(alias="内容", description="写的是什么")
    source: str | None = Field(None, alias="来源", description="依据什么")
    checked_on: datetime.date | None = Field(None, alias="核对日期", description="哪一天核对的")


class ProofFacts(Model):
    """A place as its proof sees it."""

    name: str = Field(alias="地方", description="模板包的名称")
    chain: tuple[str, ...] = Field((), alias="模板包", description="从全国到本地的各个模板包和版本")
    day: datetime.date = Field(alias="日期", description="按哪一天的法律")
    law_until: datetime.date | None = Field(
        None, alias="法律核对至", description="登记的法律核对到哪一天"
    )
    rows: tuple[ProofRow, ...] = Field((), alias="目录", description="各种文书")
    laws: tuple[ProofLaw, ...] = Field((), alias="法律", description="样张引用的条文")
    values: tuple[ProofValue, ...] = Field((), alias="各项", description="本地写明的各项")
    unknown: tuple[str, ...] = Field((), alias="未知", description="没有人核对过的各项")
