"""What templates learn of an official letter, under 公文."""

import datetime

from pydantic import Field

from kcbx_docs.reading import Model


class LetterLine(Model):
    """One paragraph of an official letter with its level."""

    level: int = Field(alias="级别", description="0 正文；1、2、3 为一、（一）、1. 开头的标题")
    heading: str | None = Field(None, alias="标题", description="标题部分")
    text: str | None = Field(None, alias="文字", description="标题以外的文字")


class LetterAttachment(Model):
    """One attachment of an official letter."""

    title: str = Field(alias="名称", description="附件名称")
    lines: tuple[LetterLine, ...] = Field((), alias="段落", description="附件正文")


class LetterFacts(Model):
    """An official letter as templates see it."""

    kind: str = Field(alias="文种", description="通知、报告、函等")
    title: str = Field(alias="标题", description="标题")
    number: str | None = Field(None, alias="发文字号", description="发文字号")
    serial: str | None = Field(None, alias="份号", description="六位份号")
    secrecy: str | None = Field(None, alias="密级", description="密级和保密期限")
    urgency: str | None = Field(None, alias="紧急程度", description="特急或加急")
    signer: tuple[str, ...] = Field((), alias="签发人", description="签发人")
    joint: tuple[str, ...] = Field((), alias="联合发文", description="其他联合发文机关")
    recipients: tuple[str, ...] = Field((), alias="主送", description="主送机关")
    lines: tuple[LetterLine, ...] = Field((), alias="段落", description="正文各段")
    attachments: tuple[LetterAttachment, ...] = Field((), alias="附件", description="附件")
    remark: str | None = Field(None, alias="附注", description="附注，不带括号")
    copies: tuple[str, ...] = Field((), alias="抄送", description="抄送机关")
    printed_by: str | None = Field(None, alias="印发机关", description="印发机关")
    printed_on: datetime.date | None = Field(None, alias="印发日期", description="印发日期")
