"""The screens of the desk, and the menu that leads to them."""

from flask import Blueprint

from kcbx_docs.desk.screens import (
    basis,
    basis_back,
    batches,
    case_facts,
    case_page,
    cases,
    correcting,
    days,
    issued,
    jobs,
    law,
    leads,
    ledger_health,
    lists,
    looking_up,
    machine,
    mending,
    new_case,
    new_lead,
    notices,
    office,
    over_time,
    papers,
    proof,
    reports,
    served,
    service,
    shown_again,
    slip_work,
    slips,
    taking_back,
    taking_off,
    template,
    templates,
    today,
    word,
    writing_down,
)
from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class MenuEntry:
    """A screen that the menu leads to."""

    label: str
    address: str


MENU = (
    MenuEntry("今日", "/"),
    MenuEntry("案件", "/cases"),
    MenuEntry("线索", "/leads"),
    MenuEntry("发告知书", "/notices"),
    MenuEntry("回执", "/slips"),
    MenuEntry("期限日历", "/days"),
    MenuEntry("台账与报表", "/lists"),
    MenuEntry("模板与依据", "/templates"),
    MenuEntry("机关与人员", "/office"),
    MenuEntry("本机检查", "/machine"),
)

SCREENS: tuple[Blueprint, ...] = (
    today.pages,
    cases.pages,
    case_page.pages,
    writing_down.pages,
    taking_back.pages,
    taking_off.pages,
    case_facts.pages,
    papers.pages,
    issued.pages,
    service.pages,
    served.pages,
    correcting.pages,
    mending.pages,
    new_case.pages,
    leads.pages,
    new_lead.pages,
    days.pages,
    lists.pages,
    reports.pages,
    looking_up.pages,
    ledger_health.pages,
    over_time.pages,
    office.pages,
    templates.pages,
    template.pages,
    word.pages,
    proof.pages,
    basis.pages,
    basis_back.pages,
    law.pages,
    machine.pages,
    jobs.pages,
    shown_again.pages,
    notices.pages,
    batches.pages,
    slips.pages,
    slip_work.pages,
)
