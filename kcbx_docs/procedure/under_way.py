"""What a service waits for: a public notice that runs, or a letter of which nobody has heard."""

from datetime import date

from kcbx_docs.packs.procedure import Step
from kcbx_docs.record.acts import Act
from kcbx_docs.record.closing import ANSWER
from kcbx_docs.record.observing import OBSERVED
from kcbx_docs.record.progress import Progress


def awaited(act: Act, day: date) -> str:
    """Say why nothing is to be done for a paper but to wait, or to ask the post."""
    pending = act.pending(day)
    noticed = f"正在公告，{pending}期满视为送达" if pending else ""
    return "；".join(filter(None, (noticed, _letter(act))))


def _letter(act: Act) -> str:
    """Say that a letter is out; a notice that runs does not answer for it."""
    if not act.sent:
        return ""
    sent = act.sent[-1]
    number = f"（{sent.mail_number}）" if sent.mail_number else ""
    return f"{sent.posted}寄出{number}，等回执或者退件；请查物流，签收、退回都要登记"


def answer_awaited(step: Step, progress: Progress) -> str:
    """Say that another organ has not answered yet whether it takes the case; once the day is over
    that it was asked for, somebody asks.
    """
    handed = progress.closing.handed
    if step.event != ANSWER or handed is None:
        return ""
    last = handed.period.day if handed.period else None
    if last and last < progress.day:
        return ""
    return f"{handed.day}移交，等{handed.organ}回复收不收"


def day_awaited(step: Step, progress: Progress) -> str:
    """Say on which day a check is set that lies ahead."""
    day = progress.moments.get(OBSERVED) if step.event == OBSERVED else None
    return f"{day} 观察" if day and day > progress.day else ""


def ahead(step: Step, progress: Progress) -> str:
    """Say what a step waits for that is no service."""
    return answer_awaited(step, progress) or day_awaited(step, progress)


def only_served(step: Step) -> bool:
    """Tell whether a step is the service of a paper, which waits until somebody has it."""
    return bool(step.enclosed) and not step.documents and not step.named_only


def served_by(step: Step, progress: Progress) -> Act | None:
    """Return the paper that is not served yet and that a step of service carries."""
    act = progress.act(*step.rests_on) if only_served(step) else None
    return act if act and progress.served(act) is None else None
