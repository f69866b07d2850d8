"""What templates learn of who answers for a child, under 责任链."""

import datetime

from pydantic import Field

from kcbx_docs.case.responsible import Responsible
from kcbx_docs.reading import Model
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.responsible import DutyLevel, DutyLine, chain_of_case


class LevelFacts(Model):
    """One level, and who answers there."""

    post: str = Field(alias="岗位", description="如 镇干部包村、班主任")
    people: tuple[Responsible, ...] = Field(
        (), alias="责任人", description="由谁负责；没有写明的为空，留空手写"
    )
    contact: str | None = Field(
        None, alias="联系", description="各人的职务、电话；几个人的写明是谁的"
    )


class LineFacts(Model):
    """One line of responsibility."""

    name: str = Field(alias="线", description="如 政府线、教育线")
    levels: tuple[LevelFacts, ...] = Field((), alias="各级", description="由上到下的各级")
    named: bool = Field(False, alias="有责任人", description="有没有一级写明了责任人")


def line_facts(line: DutyLine) -> LineFacts:
    """Tell one line."""
    levels = tuple(map(_level, line.levels))
    return LineFacts(线=line.name, 各级=levels, 有责任人=any(one.people for one in levels))


def _level(level: DutyLevel) -> LevelFacts:
    several = len(level.people) > 1
    told = []
    for one in level.people:
        contact = "，".join(filter(None, (one.title, one.phone)))
        told.append(f"{one.name}：{contact}" if several and contact else contact)
    contacts = "；".join(filter(None, told))
    return LevelFacts(岗位=level.post, 责任人=level.people, 联系=contacts or None)


def chain_facts(docket: Docket, day: datetime.date) -> tuple[LineFacts, ...]:
    """Tell the whole chain of a case on a day."""
    return tuple(map(line_facts, chain_of_case(docket, day)))
