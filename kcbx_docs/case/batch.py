"""One school's run: a roster, the documents that every pupil gets, and how they are printed."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kcbx_docs.case.fields import Count, FolderName, Short, Text, Texts
from kcbx_docs.case.model import ANamedSchool
from kcbx_docs.reading import MaybeDay, MaybeYes, Model, Yes


class RosterSpec(Model):
    """Where the roster is and which of its columns is which."""

    file: Text = Field(
        alias="文件",
        description="Excel、WPS（.xlsx、.xlsm、.xls、.et、.ods）或文本（.csv、.tsv、.txt）文件，"
        "相对于批次文件所在的文件夹",
        min_length=1,
    )
    sheets: Texts = Field(default=(), alias="工作表", description="只用这些工作表；不写就用全部")
    header_row: Count | None = Field(
        default=None, alias="表头行", description="表头在第几行；不写就自动查找"
    )
    columns: Mapping[str, str] = Field(
        default={}, alias="列", description="认不出的列写在这里，如 {姓名: 学生姓名}"
    )
    classes: Mapping[str, str] | Text = Field(
        default="",
        alias="班级",
        description="名册里没有写班级的，写在这里：一个班的写 七年级1班，"
        "几个工作表的写 {工作表名: 七年级1班}",
    )

    @property
    def class_of_sheets(self) -> Mapping[str, str]:
        """Map sheets to the class that the batch file says; under "" that of all others."""
        return {"": self.classes} if isinstance(self.classes, str) else self.classes


class BatchDocument(Model):
    """One document that everybody gets."""

    document: Text = Field(alias="文书", description="文书名称", min_length=1)
    copies: Count = Field(default=1, alias="份数", description="每人几份")


class Enrolment(Model):
    """When, where and with what new pupils come to school."""

    first: MaybeDay = Field(
        default=None, alias="报到日期", description="哪一天报到；几天的写头一天"
    )
    last: MaybeDay = Field(default=None, alias="报到截止", description="报到的最后一天；一天的不写")
    place: Text = Field(default="", alias="报到地点", description="如 学校教学楼一楼大厅")
    bring: Texts = Field(
        default=(), alias="携带材料", description="如 户口簿、预防接种证；没有规定的不要写"
    )


class Printing(Model):
    """How the sheets come out of the printer."""

    duplex: MaybeYes = Field(
        default=None,
        alias="双面",
        description="是否双面打印；不写就看文书：都只有一页的印单面，有两页的印双面",
    )
    order: Literal["班级", "名册"] = Field(
        default="班级", alias="排序", description="按班级或按名册的顺序"
    )
    phones: Yes = Field(
        default=False,
        alias="登记表电话",
        description="签收登记表是否印监护人的电话；家长轮流签名，印了互相看得见",
    )
    single: Yes = Field(
        default=False, alias="单份", description="另外给每名学生一个文件，文件名是编号"
    )
    seal: Text = Field(
        default="",
        alias="印章",
        description="学校印章的图片（PNG、JPG），相对于批次文件所在的文件夹；写了就套印在"
        "学校制发、模板许可的文书的署名和日期上，不写不印",
    )
    by_class: Yes = Field(default=True, alias="分班", description="是否每班一个文件")


class Batch(Model):
    """One run over a roster: one file."""

    of_office: ClassVar = True

    id: FolderName = Field(
        alias="批次", description="批次名称，也是输出文件夹的名字；这一行必须在最前"
    )
    term: Text = Field(alias="学期", description="如 2026年秋季学期", min_length=1, max_length=30)
    school: ANamedSchool = Field(
        alias="学校", description="发放文书的学校；kcbx.yaml 里有的只写名称"
    )
    office: Text = Field(
        default="", alias="承办机关", description="以机关名义发放时写机关名称；不写就是学校"
    )
    day: MaybeDay = Field(default=None, alias="日期", description="文书上的日期；不写就是打印当天")
    roster: RosterSpec = Field(alias="名册", description="学生名单")
    documents: tuple[Annotated[BatchDocument, Short("文书")], ...] = Field(
        alias="文书", description="要印的文书", min_length=1
    )
    enrolment: Enrolment | None = Field(
        default=None, alias="入学", description="新生报到的安排，印在入学通知书上；不写的留空手写"
    )
    printing: Printing = Field(
        default=Printing.model_construct(), alias="打印", description="怎样打印"
    )
    note: Text = Field(default="", alias="备注", description="其他")
