"""What every person of a case has: name, number, birth, ways to be reached."""

from typing import Any, Literal

from pydantic import Field, model_validator

from kcbx_docs.case.fields import Name, Text
from kcbx_docs.case.ids import RESIDENT, IdType, normalise_id, read_id
from kcbx_docs.reading import MaybeDay, Model


class Person(Model):
    """What every person has."""

    name: Name = Field(
        alias="姓名", description="与身份证或户口簿一致；少数民族姓名的间隔用「·」，最多 25 个字"
    )
    sex: Literal["男", "女"] | None = Field(
        default=None, alias="性别", description="男或女；有居民身份证号时可以不写"
    )
    ethnicity: Text = Field(default="", alias="民族", description="写全称，如 彝族")
    birth: MaybeDay = Field(default=None, alias="出生日期", description="有居民身份证号时可以不写")
    id_type: IdType = Field(default=RESIDENT, alias="证件类型", description="不写就是居民身份证")
    id_number: Text = Field(
        default="",
        alias="身份证号",
        description="没有查到的先不写；学生没有号码的写无证件原因，别的证件写明证件类型",
    )
    no_id_reason: Text = Field(
        default="", alias="无证件原因", description="没有证件号码时写原因，如 未落户"
    )
    phone: Text = Field(default="", alias="电话", description="可写几个，用顿号隔开")
    note: Text = Field(default="", alias="备注", description="需要说明的其他情况")

    @model_validator(mode="before")
    @classmethod
    def _complete_from_id(cls, data: Any) -> Any:
        """Normalise the number and take sex and birth date from it where they are not written."""
        if not isinstance(data, dict) or not isinstance(data.get("身份证号"), str):
            return data
        told = read_id(data["身份证号"], str(data.get("证件类型") or RESIDENT))
        derived = {"性别": told.sex, "出生日期": told.birth}
        missing = {key: value for key, value in derived.items() if value and data.get(key) is None}
        return {**data, "身份证号": normalise_id(data["身份证号"]), **missing}
