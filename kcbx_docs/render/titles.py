"""Where a long title breaks: by meaning, in lines of nearly one length, no word torn apart.

There is no dictionary here: the words that such titles consist of, and the little words that begin
or end a group, tell nearly always. A title written in several lines keeps those.
"""

from functools import cache

from kcbx_docs.light import regex
from kcbx_docs.packs.values import width

_WORDS = regex(
    "控辍保学|义务教育|法定代表人|负责人|适龄|儿童|少年|未成年人|秋季|春季|学期|学年|开学|工作|通知"
    "|意见|报告|情况|学生|学校|家长|监护人|被监护人|随迁子女|子女|入学"
    "|返校|劝返|辍学|失学|就学|就读|学籍|资助"
    "|核查|协助|协查|查找|商请|外出|务工|留守|家庭|教育|体育局|人民政府|人民法院|办公室|委员会|街道"
    "|进一步|做好|加强|开展|落实|印发|转发|撤销|资格|建议书|告知书|承诺书|决定书|申请书|通知书"
    "|审批表"
    "|登记表|签收|发放|登记|要求|书面|收文|回执|身份|证明书|填写|说明|月报|专项|行动|方案|制度|机制"
    "|有关|问题|事项|关于|以及|或者|"
    r"\d+(?:\.\d+)?[年月日号条款项名人元级班]?|《[^》]{1,10}》|（[^）]{1,8}）|[A-Za-z]+"
)
_STARTS_LINE = regex("关于|进一步|做好|加强|开展|落实|印发|商请|协助|通知|的")
_NEVER_FIRST = "的了、，。；：”》）等·"
_NEVER_LAST = "关于和与及对在为向将请被把从由第《（“"


def title_lines(text: str, columns: int) -> tuple[str, ...]:
    """Break a title into as few lines as it needs."""
    count = max(int(-(-width(text) // columns)), 1)
    for lines in (count, count + 1) if count > 1 else ():
        if found := _broken(text, columns, lines):
            return found
    return (text,)


def _broken(text: str, columns: int, lines: int) -> tuple[str, ...]:
    """Find the best way to break a text into so many lines, none if there is no way."""
    even = width(text) / lines
    ugly = {at: _ugliness(text, at) for at in range(2, len(text) - 1) if _may_break(text, at)}

    @cache
    def rest(start: int, left: int) -> tuple[float, tuple[str, ...]] | None:
        ends = [len(text)] if left == 1 else [at for at in ugly if at > start]
        best = None
        for end in ends:
            line = text[start:end]
            if (wide := width(line)) > columns:
                continue
            then = (0.0, ()) if left == 1 else rest(end, left - 1)
            if then is None:
                continue
            cost = (wide - even) ** 2 + ugly.get(end, 0.0) + then[0]
            if best is None or cost < best[0]:
                best = (cost, (line, *then[1]))
        return best

    found = rest(0, lines)
    return found[1] if found else ()


def _may_break(text: str, at: int) -> bool:
    if text[at] in _NEVER_FIRST or text[at - 1] in _NEVER_LAST:
        return False
    return all(not word.start() < at < word.end() for word in _WORDS.finditer(text))


def _ugliness(text: str, at: int) -> float:
    """Judge a break: best between two known words, worst where no known word stands."""
    before, after = text[:at], text[at:]
    left = before[-1] in "的、，》）" or any(
        word.end() == at for word in _WORDS.finditer(text) if word[0]
    )
    right = any(word.start() == at for word in _WORDS.finditer(text) if word[0])
    return 12.0 * ((not left) + (not right)) - 3.0 * bool(_STARTS_LINE.match(after))
