"""What a public notice says of the paper that it serves: nothing of the child."""

import datetime
from decimal import Decimal
from itertools import chain
from typing import Literal

from pydantic import Field

from kcbx_docs.case.model import Guardian
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.packs.model import Role
from kcbx_docs.reading import Model
from kcbx_docs.record.acts import Act
from kcbx_docs.record.conditions import untried
from kcbx_docs.record.docket import Docket

NOTICE: Role = "送达公告"
Why = Literal["下落不明", "其他方式无法送达"]


class NoticeFacts(Model):
    """The paper that a public notice serves, and why it is served so."""

    title: str = Field(alias="文书", description="公告送达的文书")
    number: str | None = Field(None, alias="文号", description="它的文号")
    day: datetime.date | None = Field(None, alias="成文日期", description="它的成文日期")
    role: str | None = Field(
        None, alias="角色", description="程序把它当作什么：责令、事先告知、处罚决定、催告等"
    )
    amount: Decimal | None = Field(None, alias="金额", description="它写明的罚款，元")
    why: Why | None = Field(
        None, alias="原因", description="下落不明，或者其他方式无法送达；记载看不出的为空"
    )


def notice_facts(docket: Docket, guardian: Guardian, day: datetime.date) -> NoticeFacts | None:
    """Tell which paper a notice to a guardian serves: the latest that waits, or is noticed."""
    progress = docket.progress(guardian, day)
    made = sorted(chain.from_iterable(progress.papers.values()), key=lambda act: act.day)
    waiting = [act for act in made if _waits(docket, act, day)]
    if not waiting:
        return None
    act = waiting[-1]
    return NoticeFacts(
        文书=docket.law.title(act.document),
        文号=act.number or None,
        成文日期=act.day,
        角色=act.role,
        金额=act.amount,
        原因=_why(act, guardian, day),
    )


def _waits(docket: Docket, act: Act, day: datetime.date) -> bool:
    card = docket.law.card(act.document)
    if act.implied or card is None or not card.served:
        return False
    method = METHODS.get(act.service.event.method) if act.service else None
    return act.served(day) is None or bool(method and method.period)


def _why(act: Act, guardian: Guardian, day: datetime.date) -> Why | None:
    if guardian.missing(day):
        return "下落不明"
    return None if untried(act.failures, guardian, day, act.sent) else "其他方式无法送达"
