"""An official letter that is not about one child: a notice, a report, a request."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kcbx_docs.case.fields import FolderName, Short, Text, Texts
from kcbx_docs.reading import MaybeDay, Model

LetterKind = Literal[
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
]

SAMPLE_TEXT = """这里写正文的第一段，说明缘由。
一、第一项标题
（一）第二级标题。内容接着写。
1.分条写的内容。"""
"""What a new file holds, to show how a text is written: it never leaves the house."""


class Attachment(Model):
    """One attachment with its own text."""

    title: Text = Field(alias="名称", description="附件名称，不加书名号", min_length=1)
    text: Text = Field(default="", alias="正文", description="附件正文，一行一段；另附的不写")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Split the text into paragraphs."""
        return paragraphs_of(self.text)


class Letter(Model):
    """A letter with the parts of GB/T 9704: one file."""

    of_office: ClassVar = True

    kind: LetterKind = Field(alias="公文", description="文种，如 通知、报告、函；这一行必须在最前")
    id: FolderName | None = Field(
        default=None, alias="编号", description="输出文件夹的名字；不写就是文件名"
    )
    title: Text = Field(
        alias="标题",
        description="发文机关、事由和文种；要自己定在哪里换行的，写成几行",
        min_length=1,
        max_length=120,
    )
    number: Text = Field(
        default="", alias="发文字号", description="如 云教发〔2026〕8号；没有编号前可以不写"
    )
    serial: Text = Field(default="", alias="份号", description="涉密公文的六位份号")
    secrecy: Text = Field(default="", alias="密级", description="密级和保密期限")
    urgency: Literal["特急", "加急"] | None = Field(
        default=None, alias="紧急程度", description="特急或加急"
    )
    signer: Texts = Field(default=(), alias="签发人", description="上行文写签发人姓名")
    office: Text = Field(
        default="", alias="承办机关", description="kcbx.yaml 里的机关名称；不写就是机关"
    )
    joint: Texts = Field(default=(), alias="联合发文", description="其他联合发文机关的名称")
    recipients: Texts = Field(default=(), alias="主送", description="主送机关")
    text: Text = Field(
        alias="正文", description="一行一段；一、（一）1.（1）开头的行是标题或分条", min_length=1
    )
    attachments: tuple[Annotated[Attachment, Short("名称")], ...] = Field(
        default=(), alias="附件", description="附件"
    )
    remark: Text = Field(default="", alias="附注", description="如 此件公开发布；不加括号")
    copies: Texts = Field(default=(), alias="抄送", description="抄送机关")
    printed_by: Text = Field(default="", alias="印发机关", description="一般是办公室")
    printed_on: MaybeDay = Field(default=None, alias="印发日期", description="印发日期")
    day: MaybeDay = Field(
        default=None, alias="成文日期", description="签发的日期；不写就是打印当天"
    )

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Split the text into paragraphs."""
        return paragraphs_of(self.text)

    @property
    def samples(self) -> tuple[str, ...]:
        """List the paragraphs that still are those of a new file."""
        return tuple(one for one in self.paragraphs if one in paragraphs_of(SAMPLE_TEXT))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Split a text into its non-empty lines."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())
