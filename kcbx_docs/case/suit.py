"""The civil suit as the officer means to bring it: who sues whom, who represents the child."""

from typing import Literal, get_args

from pydantic import Field

from kcbx_docs.case.fields import Texts
from kcbx_docs.reading import Model

Plaintiff = Literal["学生", "本机关"]
PLAINTIFFS: tuple[Plaintiff, ...] = get_args(Plaintiff)
CHILD, OFFICE = PLAINTIFFS
Purpose = Literal["接受义务教育", "变更抚养关系", "撤销监护人资格", "其他"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
SCHOOLING, REVOCATION = PURPOSES[0], PURPOSES[2]


class SuitPlan(Model):
    """Who is to sue whom; written before the suit, and the history agrees with it."""

    plaintiff: Plaintiff | None = Field(
        default=None,
        alias="原告",
        description="学生（由不是被告的监护人代理，机关支持起诉），或者本机关；"
        "各地法院做法不一，先问当地法院",
    )
    defendants: Texts = Field(
        default=(), alias="被告", description="只写拒不履行的监护人；愿意送学的不是被告"
    )
    representatives: Texts = Field(
        default=(),
        alias="法定代理人",
        description="代理孩子起诉的监护人；不写就是被告以外的监护人",
    )
    purpose: Purpose = Field(
        default=SCHOOLING,
        alias="目的",
        description="请求法院判什么；不写就是判令送孩子接受义务教育",
    )
