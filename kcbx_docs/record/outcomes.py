"""The outcome of a penalty case: one for one matter (行政处罚法 57)."""

from kcbx_docs.packs.model import Role
from kcbx_docs.record.acts import DECISIONS, Act, last_act
from kcbx_docs.record.progress import Progress
from kcbx_docs.words import day_in_words

OUTCOMES: tuple[Role, ...] = (*DECISIONS, "不予处罚")
"""What ends a penalty case."""


def outcomes_of(p: Progress) -> tuple[Act, Act] | None:
    """Return a penalty and the decision not to punish that stand side by side, by day;
    one that was withdrawn, or taken away by a review or a court, stands no more.
    """
    fined, spared = last_act(p.acts, *DECISIONS), p.no_penalty
    if fined is None or spared is None or (p.enforcement and p.enforcement.remedy.annulled):
        return None
    return (fined, spared) if fined.day <= spared.day else (spared, fined)


def outcome_text(act: Act) -> str:
    """Name an outcome by its day, its kind and its number."""
    number = f"（{act.number}）" if act.number else ""
    kind = (act.role or "").removesuffix("决定")
    return f"{day_in_words(act.day)}的{kind}决定{number}"
