"""The words in free text that ask for a choice among the dangers.

They are no finding of anything. What a clause denies, forbids or tells of a grown-up is left out;
a reminder too many costs a look, so that nothing finer is read.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from kcbx_docs.case.dangers import DangerKind
from kcbx_docs.light import regex

ANYWHERE: Mapping[DangerKind, tuple[str, ...]] = {
    "订婚早婚": (
        *("早婚", "订婚", "定婚", "定亲", "订亲", "提亲", "出嫁", "嫁人", "婚酒", "婚宴", "婚约"),
        *("订了婚", "定了婚", "订了亲", "定了亲", "成了亲", "彩礼", "办酒", "办了酒", "童婚"),
    ),
    "同居怀孕": ("同居", "怀孕", "怀了孕", "早育", "生孩子", "生了孩子", "堕胎", "流产"),
    "性侵害": ("性侵", "强奸", "强暴", "猥亵", "性骚扰", "奸淫"),
    "家庭暴力": (
        *("家暴", "家庭暴力", "殴打", "被打", "毒打", "打伤", "打骂", "挨打", "体罚"),
        *("用棍", "用皮带"),
    ),
    "虐待遗弃": ("虐待", "遗弃", "抛弃", "不给饭吃", "赶出家门"),
    "无人照料": ("无人照料", "无人照管", "无人看管", "无人监护", "独自生活", "独居", "没人管"),
    "失踪失联": ("失踪", "走失", "离家出走", "失联", "联系不上孩子", "找不到孩子"),
    "拐卖拐骗": ("拐卖", "拐骗", "被拐", "诱拐"),
    "非法招用": ("童工", "非法招用", "被招用"),
    "教唆犯罪": ("教唆", "被利用犯罪", "帮派", "黑社会"),
    "严重欺凌": ("欺凌", "霸凌", "勒索", "校园暴力", "围殴"),
    "自伤自杀": ("自残", "自伤", "自杀", "轻生", "割腕", "跳楼", "服毒", "喝农药", "不想活"),
}
OF_THE_CHILD: Mapping[DangerKind, tuple[str, ...]] = {
    "订婚早婚": ("结婚", "成婚", "办喜事"),
    "同居怀孕": ("生育", "临产"),
    "非法招用": ("打工", "务工", "进厂", "做工", "帮工", "上班"),
}
"""What grown-ups may do as well: read only where it is told of the child."""

_WORDS = "|".join(chain.from_iterable((*ANYWHERE.values(), *OF_THE_CHILD.values())))
_ANY = regex(_WORDS)
_CLAUSES = regex(r"[，,。；;！!？?\n]")
_CHILD = r"孩子|学生|该生|儿子|女儿|[让叫逼送带][他她]"
_GROWN = (
    r"父亲|母亲|父母|爸爸|妈妈|爹|家长|监护人"
    r"|养父|养母|继父|继母|哥哥|姐姐|嫂子|亲戚"
)
_MEANWHILE = r"(双方|二人|都|均|已经?|又|也|长期|常年|一直|外出|双双|(在|去|到|往)[^孩他她]{1,6})*"
_ADULTS_ALONE = rf"(?<![随跟对遭被给与把让])({_GROWN}){_MEANWHILE}"
_LIFE: tuple[DangerKind, ...] = (
    "订婚早婚",
    "同居怀孕",
    "失踪失联",
    "非法招用",
    "自伤自杀",
    "拐卖拐骗",
)
"""What may befall a parent as well."""
_DENYING = (
    r"(没有|没(?!人)|未(?!成年)|无(?!人|故|法)|不存在|不是|并非|否认|排除|从未|不得|不准|不能|不要"
    r"|禁止|严禁|防止|预防|避免|杜绝|制止|反对|宣传|讲解|劝阻|以免)"
    r"(发现|发生|遭受|遭到|受到|受过|被|有|任何|过|存在|疑似|出现|孩子|学生|使用|招用|早期|对)*"
)
_UNTRUE = r".{0,6}(不属实|不实|不成立|不是事实|的危害)"
_PEERS = regex(r"同学|同伴|室友|舍友|同桌|高年级|校外人员|社会青年|学长")


def kinds_meant(text: str, child: str, *, own: bool) -> Iterator[tuple[DangerKind, str]]:
    """Yield each danger whose words stand in a text, with the clause;
    ``own`` where the whole text is told of the child.
    """
    if not _ANY.search(text):  # as in nearly all texts
        return
    for clause in filter(_ANY.search, _CLAUSES.split(text)):
        for kind in ANYWHERE:
            words = [*ANYWHERE[kind], *_of_the_child(kind, clause, child, own)]
            if any(_asserted(word, kind, clause) for word in words):
                yield _by_peers(kind, clause), clause.strip()


def _of_the_child(kind: DangerKind, clause: str, child: str, own: bool) -> tuple[str, ...]:
    words = OF_THE_CHILD.get(kind, ())
    named = re.search(f"{_CHILD}|{re.escape(child)}", clause)
    return words if own or named else ()


def _asserted(word: str, kind: DangerKind, clause: str) -> bool:
    """Tell whether a clause says that word of the child, and does not deny it."""
    if word not in clause:
        return False
    denied = re.search(rf"{_DENYING}(({_WORDS})[^，、]{{0,3}}[、或和])*{word}", clause)
    adult = kind in _LIFE and re.search(_ADULTS_ALONE + word, clause)
    return not (denied or adult or re.search(word + _UNTRUE, clause))


def _by_peers(kind: DangerKind, clause: str) -> DangerKind:
    """Blows of other children are bullying, not violence of the family."""
    return "严重欺凌" if kind == "家庭暴力" and _PEERS.search(clause) else kind
