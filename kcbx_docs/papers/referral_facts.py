"""What a referral must know: the referrals that were made,
and the child's age where somebody employs it.
"""

from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.ids import age_on
from kcbx_docs.papers.referral_records import ReferralFacts, ReferralLine
from kcbx_docs.record.dangers import standing_dangers
from kcbx_docs.record.docket import Docket


def referral_line(event: Event) -> ReferralLine:
    """Tell one referral."""
    return ReferralLine(
        日期=event.day,
        机关=event.organ or None,
        原因=event.reason or None,
        文号=event.number or None,
    )


def referral_facts(docket: Docket, day: date) -> ReferralFacts:
    """Judge the age on the day on which the child was found at work, else on that of the paper."""
    birth, registry = docket.case.pupil.birth, docket.law.registry
    if birth is None:
        return ReferralFacts()
    found = [d.day for d in standing_dangers(docket, day) if d.kind == "非法招用"]
    age = age_on(birth, min(found, default=day))
    return ReferralFacts(
        年满就业年龄=age >= registry.figure("employment-age"),
        年幼童工=age < registry.figure("child-labour-crime-age"),
    )
