"""What a guardian may be found not to have done: a paper says so only once an officer looked it up.

An event 核实 names these, papers rest on them, checks ask for them: all by the words of this list.
"""

from typing import Literal, get_args

Silence = Literal[
    "没有陈述申辩",
    "没有要求听证",
    "催告后没有陈述申辩",
    "没有申请行政复议",
    "没有提起行政诉讼",
]
SILENCES: tuple[Silence, ...] = get_args(Silence)
NO_DEFENCE, NO_HEARING, NO_ANSWER, NO_REVIEW, NO_SUIT = SILENCES
