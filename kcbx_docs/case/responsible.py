"""Who answers for a child: the people of 双线四级, 双线四包, 三包 and the like."""

from datetime import date

from pydantic import Field

from kcbx_docs.case.fields import Name, Text
from kcbx_docs.reading import MaybeDay, Model


class Responsible(Model):
    """One person on one level of a line of responsibility."""

    line: Text = Field(
        default="", alias="线", description="如 政府线、教育线；岗位只在一条线里有的不用写"
    )
    post: Text = Field(
        alias="岗位", description="本地责任线里的一级，照模板包写", min_length=1, max_length=30
    )
    name: Name = Field(alias="姓名", description="由谁负责；一个岗位有几个人的，一人写一项")
    title: Text = Field(default="", alias="职务", description="如 副镇长、班主任", max_length=30)
    phone: Text = Field(default="", alias="电话", description="联系电话")
    since: MaybeDay = Field(default=None, alias="自", description="从哪一天起由他负责")
    until: MaybeDay = Field(default=None, alias="至", description="到哪一天为止，含这一天")

    def in_charge(self, day: date) -> bool:
        """Tell whether this person had the post on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


class AreaResponsible(Responsible):
    """A person who answers for an area: whatever is written of it must be that of the child."""

    town: Text = Field(default="", alias="乡镇", description="只管这个乡镇（街道）的写")
    village: Text = Field(default="", alias="村", description="只管这个村（社区）的写")
    group: Text = Field(default="", alias="组", description="只管这个村（居）民小组的写")
    school: Text = Field(default="", alias="学校", description="只管这所学校的写全称")
    grade: Text = Field(default="", alias="年级", description="只管这个年级的写，如 八年级")
    class_name: Text = Field(default="", alias="班级", description="只管这个班的写，如 2班")
