"""Who saw that somebody refused a paper."""

from typing import Annotated

from pydantic import Field

from kcbx_docs.case.fields import Short, Text
from kcbx_docs.case.service_methods import WitnessKind
from kcbx_docs.reading import MaybeYes, Model


class Witness(Model):
    """Somebody who saw a refusal; what he is from decides whether the law accepts it."""

    name: Text = Field(alias="姓名", description="见证人姓名", min_length=1, max_length=25)
    unit: Text = Field(default="", alias="单位", description="如 青石村村民委员会")
    kind: WitnessKind | None = Field(
        default=None,
        alias="单位类别",
        description="留置送达写：受送达人住所地的村（居）民委员会、社区，或受送达人单位；"
        "邻居、老师等写 其他",
    )
    local: MaybeYes = Field(
        default=None,
        alias="住所地",
        description="村（居）民委员会、社区是不是受送达人住所地的；名称和住址里的村不一样"
        "（如住址写自然村）才要写",
    )
    title: Text = Field(default="", alias="职务", description="在该单位的职务")
    phone: Text = Field(default="", alias="电话", description="电话")


AWitness = Annotated[Witness, Short("姓名")]
