"""Whether a guardian still is one and can act for himself: a closed choice with its day,
since the law asks for it before anything is addressed to him (民法典 21–23, 36–39).
"""

import re
from typing import Literal, get_args

from kcbx_docs.light import regex

Condition = Literal["有监护能力", "限制民事行为能力", "无民事行为能力", "资格已撤销", "监护已终止"]
CHOICES: tuple[str, ...] = get_args(Condition)

LIMITED: Condition = "限制民事行为能力"
INCAPABLE: Condition = "无民事行为能力"
NO_GUARDIAN: tuple[Condition, ...] = (INCAPABLE, "资格已撤销", "监护已终止")
"""With these the guardianship is over."""

_OLD_WORDS = (
    (r"无民事行为能力|无行为能力", INCAPABLE),
    (r"限制民事行为能力|限制行为能力", LIMITED),
    (r"(监护|资格).*撤销|撤销.*(监护|资格)", "资格已撤销"),
    (r"监护.*终止|终止.*监护|变更监护", "监护已终止"),
)
_DENIED = regex(r"[没未不非]|曾|原来|恢复|申请|准备|建议|祖|爷|奶|外公|外婆|孩子")
"""Words that may turn the meaning round, or tell of somebody else."""


def condition_suggested(text: str) -> str:
    """Guess which choice a free text meant; nothing where it may mean the opposite."""
    found = [choice for pattern, choice in _OLD_WORDS if re.search(pattern, text)]
    return "" if len(found) != 1 or _DENIED.search(text) else found[0]
