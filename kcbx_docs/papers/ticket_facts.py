"""What the job ticket of a batch prints: the stacks for whoever prints, the list for the school."""

from pydantic import Field

from kcbx_docs.reading import Model


class TicketFile(Model):
    """One file to be printed; on both sides its faces and blank backs are twice its sheets."""

    name: str = Field(alias="名称", description="文件名，不写 .pdf、.docx")
    pupils: int | None = Field(
        None, alias="学生", description="里面几名学生的；登记表、同一班的第二个文件为空"
    )
    faces: int | None = Field(None, alias="面数", description="有字的几面；数不出来的为空")
    blanks: int | None = Field(None, alias="空白面", description="双面打印时空着的背面")
    sheets: int | None = Field(None, alias="张数", description="用几张纸")


class TicketClass(Model):
    """One class's files."""

    name: str = Field(alias="班级", description="班级，或者一起印的名称")
    files: tuple[TicketFile, ...] = Field((), alias="文件", description="依次打印的文件")
    pupils: int = Field(alias="学生", description="印了几名学生的")
    held: int = Field(0, alias="暂缓", description="暂缓几名学生")


class TicketPupil(Model):
    """A pupil who is held back, or on whose papers a field is left to be written."""

    class_name: str | None = Field(None, alias="班级", description="班级")
    name: str = Field(alias="姓名", description="学生姓名")
    place: str = Field(alias="位置", description="在名册的哪一行")
    reason: str = Field(alias="原因", description="为什么暂缓，或者哪几栏留空")


class TicketFacts(Model):
    """A run of a batch."""

    sides: str = Field(alias="单双面", description="单面 或 双面")
    stapled: bool = Field(False, alias="装订", description="有的文书不止一张，要装订")
    per_pupil: tuple[str, ...] = Field((), alias="每人", description="每名学生的文书和份数")
    classes: tuple[TicketClass, ...] = Field((), alias="各班", description="各班的打印文件")
    pupils: int = Field(0, alias="学生", description="一共印几名学生的")
    file_count: int = Field(0, alias="文件数", description="一共几个文件")
    faces: int | None = Field(None, alias="面数", description="一共几面有字，连登记表")
    blanks: int | None = Field(None, alias="空白面", description="一共空着几面")
    sheets: int | None = Field(None, alias="张数", description="一共用几张纸，连登记表")


class HeldFacts(Model):
    """Whom the school must see to before their papers are whole."""

    held: tuple[TicketPupil, ...] = Field((), alias="暂缓", description="没有印的学生")
    open: tuple[TicketPupil, ...] = Field(
        (), alias="留空", description="照印、但有栏目留空手写的学生"
    )
