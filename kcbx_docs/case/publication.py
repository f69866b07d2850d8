"""That a penalty is made public: a person decides it, and writes what everybody may read."""

from pydantic import Field

from kcbx_docs.case.fields import Text
from kcbx_docs.reading import MaybeDay, Model


class Publication(Model):
    """That somebody decided to make a penalty of this case public, and what everybody may read."""

    by: Text = Field(alias="决定人", description="谁决定公开", min_length=1)
    day: MaybeDay = Field(default=None, alias="日期", description="哪一天决定的")
    why: Text = Field(
        alias="理由", description="为什么有一定社会影响、应当公开；不印出", min_length=1
    )
    text: Text = Field(
        alias="文本",
        description="给公众看的违法事实，不写姓名、学校、村组等看得出是谁的内容",
        min_length=1,
    )
