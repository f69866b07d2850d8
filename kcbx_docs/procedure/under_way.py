"""What a service waits for: a public notice that runs, or a letter of which nobody has heard."""

from datetime import date

from kcbx_docs.packs.procedure import Step
from kcbx_docs.record.acts import Act
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


def only_served(step: Step) -> bool:
    """Tell whether a step is the service of a paper, which waits until somebody has it."""
    return bool(step.enclosed) and not step.documents and not step.named_only


def served_by(step: Step, progress: Progress) -> Act | None:
    """Return the paper that is not served yet and that a step of service carries."""
    act = progress.act(*step.rests_on) if only_served(step) else None
    return act if act and progress.served(act) is None else None
