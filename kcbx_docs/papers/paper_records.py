"""What templates learn of one paper: whether and when it was made and served."""

import datetime

from pydantic import Field

from kcbx_docs.reading import Model

Day = datetime.date | None


class PaperRecord(Model):
    """A paper that was made, and how it reached this guardian."""

    made: bool = Field(default=False, alias="已制发", description="是否已经制发")
    title: str | None = Field(default=None, alias="名称", description="文书名称")
    number: str | None = Field(default=None, alias="文号", description="文号")
    day: Day = Field(default=None, alias="日期", description="成文日期")
    served: Day = Field(
        default=None, alias="送达日期", description="对这名监护人生效的送达日期；公告送达为期满之日"
    )
    method: str | None = Field(default=None, alias="送达方式", description="直接、留置、邮寄等")
    signer: str | None = Field(
        default=None, alias="签收人", description="签收人；本人签收为监护人姓名"
    )
    maker: str | None = Field(
        default=None, alias="机关", description="制发的机关；还没有制发的为空"
    )
