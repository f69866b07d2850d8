"""Pupils on a list that a school keeps: who is away this week, who goes on to which school."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from kcbx_docs.case.fields import NAME_LIMIT, Days, Text
from kcbx_docs.reading import MaybeDay, Model

Standing = Literal["请假", "疑似辍学", "辍学"]
"""What the school decided of a pupil who is away."""
ON_LEAVE: Standing = "请假"
Arrival = Literal["已报到", "未报到"]
"""Whether a pupil came to the school that is to receive him."""
ARRIVED: Arrival = "已报到"
MISSING: Arrival = "未报到"


def as_items(value: Any) -> Any:
    """Let one text or one record stand for a list."""
    if value is None:
        return ()
    return [value] if isinstance(value, str | dict) else value


class OneOrMany:
    """Tells an editor that one may stand where several are listed."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


class WorkPupil(Model):
    """One pupil of a list; of whom there is a case or a lead, only its number need be written."""

    name: Text = Field(
        default="",
        alias="姓名",
        max_length=NAME_LIMIT,
        description="学生姓名；写了案件、线索的不写",
    )
    case: Text = Field(
        default="", alias="案件", description="案件编号；姓名、班级、缺课、标注都照案件，不另写"
    )
    lead: Text = Field(
        default="", alias="线索", description="还没有案件的写线索编号；姓名、班级照线索"
    )
    sex: Literal["男", "女"] | None = Field(default=None, alias="性别", description="男或女")
    id_number: Text = Field(default="", alias="身份证号", description="交接名册用；知道的才写")
    class_name: Text = Field(default="", alias="班级", description="年级和班级，如 八年级1班")
    since: MaybeDay = Field(default=None, alias="首次缺课日期", description="从哪一天起没有到校")
    absent_on: Days = Field(
        default=(), alias="缺课日期", description="这一周里缺课的各天，班主任每天报的记在这里"
    )
    days: int | None = Field(
        default=None, alias="缺课天数", ge=1, le=999, description="到填表那天一共缺了几天课"
    )
    standing: Standing | None = Field(
        default=None, alias="类别", description="由学校研判决定；还没有决定的不写"
    )
    reason: Text = Field(default="", alias="原因", description="缺课的原因，怎样知道的")
    measures: Text = Field(default="", alias="措施", description="联系、家访、劝返做了什么")
    marked_on: MaybeDay = Field(
        default=None,
        alias="学籍标注日期",
        description="哪一天在学籍系统里标注的；有案件的记在案件里（kcbx log 学籍标注）",
    )
    school: Text = Field(
        default="", alias="录取学校", description="初中全称；只有一个接收学校的不写"
    )
    guardian: Text = Field(default="", alias="监护人", description="监护人姓名")
    phone: Text = Field(default="", alias="电话", description="监护人的电话")
    arrival: Arrival | None = Field(
        default=None, alias="报到", description="接收学校核对以后写；没有核对的不写"
    )
    why_not: Text = Field(default="", alias="未报到原因", description="没有报到的，原因和去向")
    note: Text = Field(default="", alias="备注", description="残疾、留守、随班就读等要说明的")

    @property
    def looked_for(self) -> bool:
        """Tell whether somebody must find out where the pupil is."""
        away = self.standing is not None and self.standing != ON_LEAVE
        return away or self.arrival == MISSING


def arrived_by(one: WorkPupil, checked: date | None) -> WorkPupil:
    """Return a pupil as the school that checked found him: who is not written as missing came."""
    if checked is None or one.arrival is not None:
        return one
    return one.model_copy(update={"arrival": ARRIVED})


Pupils = Annotated[
    tuple[WorkPupil, ...],
    BeforeValidator(as_items),
    OneOrMany(),
]
