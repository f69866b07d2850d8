"""The parameters that packs may give: what each means, how it is written, who reads it.

A pack may add others for its own templates; one that nothing reads is probably misspelt.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kcbx_docs.case.return_plan import PLACEMENTS as CHOICES
from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.model import Unknown
from kcbx_docs.packs.placements import MONTHS_AWAY, PLACED_IF, are_rules
from kcbx_docs.words import as_day, as_number

CODED = "核验码"
"""What a pack calls its list of the documents that bear a code."""
_DIGITS = regex(r"[0-9]{1,9}")
_DAY_OF_YEAR = regex(r"[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18
"""What is longer is no number, but somebody's account or document."""


@dataclass(frozen=True)
class Kind:
    """How a value is written, in words, and whether one is."""

    words: str
    fits: Callable[[Any], bool]


def _is_number(value: Any, low: int, high: int) -> bool:
    return bool(_DIGITS.fullmatch(str(value))) and low <= int(value) <= high


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _are_words(value: Any) -> bool:
    return _is_list(value) and all(isinstance(one, str | int) and one != "" for one in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int)


def _is_yes(value: Any) -> bool:
    return isinstance(value, bool) or value in ("是", "否")


def _is_day(value: Any) -> bool:
    return bool(_DAY_OF_YEAR.fullmatch(str(value)))


def number(low: int, high: int) -> Kind:
    """Return the kind of whole numbers between two."""
    words = f"{low} 到 {high} 的整数，用阿拉伯数字，不写单位"
    return Kind(words, lambda value: _is_number(value, low, high))


def numbers(low: int, high: int, example: str) -> Kind:
    """Return the kind of lists of such numbers."""

    def fit(value: Any) -> bool:
        return _is_list(value) and all(_is_number(one, low, high) for one in value)

    return Kind(f"{low} 到 {high} 的整数的列表，如 {example}", fit)


def _are_copies(value: Any) -> bool:
    count = as_number(value)
    return count is not None and 1 <= count <= _MOST_COPIES


_MOST_COPIES = 20
TEXT = Kind("文字", _is_text)
DAYS, PERCENT, OFTEN = number(1, 365), number(1, 100), number(1, 20)
MONTHS = numbers(1, 12, "[3, 9]")
LIST = Kind("列表，一项一个文字，如 [甲, 乙]", _are_words)
TABLE = Kind("一组 键: 值", lambda value: isinstance(value, dict))
YES = Kind("是 或 否", _is_yes)
DAY = Kind("月-日，加引号", _is_day)
COPIES = Kind(f"1 到 {_MOST_COPIES} 的整数，三、3 都可以，不写单位", _are_copies)


PLACEMENTS = Kind(
    f"列表，一项一种情形：情形、安置（{'、'.join(CHOICES)}），"
    f"可以写 {'、'.join(MONTHS_AWAY)}、另有（{'、'.join(PLACED_IF)}）",
    are_rules,
)


def one_of(*words: str) -> Kind:
    """Return a kind with a few words to choose from."""
    return Kind("、".join(words[:-1]) + f" 或 {words[-1]}", lambda value: value in words)


@dataclass(frozen=True)
class Parameter:
    """One parameter: how it is written, what it means, who reads it."""

    kind: Kind
    about: str
    readers: str = "备查，没有文书印它"
    example: str = ""
    """Where no shipped pack gives one."""


_TEMPLATES = "文书"
PARAMETERS: Mapping[str, Parameter] = {
    "教育行政部门称谓": Parameter(TEXT, "本地县级教育行政部门的通称"),
    "学籍系统": Parameter(TEXT, "学籍系统的名称"),
    "控辍月份": Parameter(MONTHS, "宣传或者活动月", _TEMPLATES),
    "攻坚月份": Parameter(MONTHS, "集中劝返的月份"),
    "缺课跟踪天数": Parameter(DAYS, "无正当理由缺课几天起跟踪、报告", _TEMPLATES),
    "疑似辍学天数": Parameter(DAYS, "缺课几天标注疑似辍学"),
    "复学观察日": Parameter(
        numbers(1, 1000, "[7, 30]"), "返校后第几天各观察一次，如 [7, 30, 90]", "程序", "[7, 30, 90]"
    ),
    "线索核查天数": Parameter(DAYS, "接到线索几天以内核查、决定受理不受理", "线索"),
    "报告学校时限": Parameter(TEXT, "教师发现缺课后多久报告学校"),
    "书面报告时限": Parameter(TEXT, "劝返无效后多久书面报告"),
    "月报日": Parameter(number(1, 31), "每月几日前上报"),
    "月报对象": Parameter(LIST, "月报报给谁"),
    "月报内容": Parameter(LIST, "月报由哪几样组成"),
    "周结": Parameter(YES, "是不是每周小结"),
    "名单签字": Parameter(TEXT, "每周确认的疑似辍学、辍学名单由谁签字"),
    "学籍标注": Parameter(TEXT, "签字以后由谁在学籍系统里标注"),
    "报告对象": Parameter(
        LIST,
        "学校把辍学的学生书面报告给谁：教育行政部门、属地政府，或者 kcbx.yaml 里某个机关的"
        "「当地称呼」；教育行政部门依法总在其中",
        "书面报告、check",
        "[教育行政部门, 片区教育管理中心]",
    ),
    "会同劝返": Parameter(LIST, "学校发现辍学苗头，会同谁劝返"),
    "重点年级": Parameter(LIST, "重点监测的年级"),
    "督导机构": Parameter(TEXT, "做专项督导、发通报的机构"),
    "抽查": Parameter(TEXT, "多久抽查多少学校"),
    "通报": Parameter(TEXT, "谁多久通报一次"),
    "约谈": Parameter(TEXT, "谁在什么情形约谈谁"),
    "限期整改": Parameter(TEXT, "谁在什么情形要求限期整改"),
    "辍学率控制线": Parameter(TEXT, "义务教育在校生年辍学率的控制线"),
    "责任书": Parameter(TEXT, "控辍保学责任书由谁和谁签"),
    "责任书月份": Parameter(MONTHS, "每年哪几个月签责任书"),
    "联席会议": Parameter(TEXT, "谁召集，多久一次"),
    "宣传法律": Parameter(LIST, "宣传哪些法律法规"),
    "普职融合": Parameter(TEXT, "普职融合班办在哪里"),
    "中考参考率": Parameter(PERCENT, "初中毕业生学业水平考试参考率的下限，%"),
    "责任制": Parameter(TEXT, "本地责任制的名称"),
    "核查方法": Parameter(TEXT, "核查方法的名称", _TEMPLATES),
    "比对内容": Parameter(LIST, "核查时比对哪些名单", _TEMPLATES),
    "红名单": Parameter(TEXT, "红名单上是哪些学生，怎样落实"),
    "白名单": Parameter(TEXT, "白名单上是哪些学生"),
    "请假审批": Parameter(LIST, "谁审批请假条，由低到高一级一行", _TEMPLATES),
    "程序简称": Parameter(TEXT, "本地程序的简称"),
    "程序步骤": Parameter(LIST, "本地程序各步的名称"),
    "动态管理平台": Parameter(TEXT, "学籍系统以外的本地平台"),
    "送教每周次数": Parameter(OFTEN, "送教上门每周几次；check、next 照它数", "程序、文书"),
    "送教每次课时": Parameter(
        number(1, 20), "送教上门每次几课时；check、next 照它数", "程序、文书"
    ),
    "远程送教": Parameter(TEXT, "什么情形可以远程送教"),
    "复学安置": Parameter(
        PLACEMENTS, "什么情形一般怎样安置；由人决定，和它不同的说出来", "程序、文书"
    ),
    "劝返签名": Parameter(TABLE, '劝返记录由哪六方签名（一至六）；不用的写 ""', _TEMPLATES),
    "民事案由": Parameter(TEXT, "起诉状的案由；当地立案庭用别的写法的改这里", _TEMPLATES),
    "入学年龄计算日": Parameter(
        DAY, "这一天以前满入学年龄的，当年秋季入学；各地习惯，法律没有写", "程序"
    ),
    "责令文书份数": Parameter(COPIES, "责令一式几份", _TEMPLATES),
    "送达回证版式": Parameter(
        one_of("一份一张", "几份一张", "简式", "文书之下"),
        "几份一张：一次送达的几份文书共用一张；简式：少几行；文书之下：简式，印在文书正文下面",
        "文书、送达",
    ),
    "报告附回执": Parameter(YES, "学校书面报告附不附收文回执", _TEMPLATES),
    CODED: Parameter(
        LIST,
        "印核验码和二维码的文书编号；回证印的是它那份文书的；处罚文书、公告上不能印",
        "制发、回执",
    ),
    "案卷次序": Parameter(
        one_of("时间先后", "决定在前"),
        "决定在前：先立案和决定，后其他文书、证据，内部文书另成副卷",
        "案卷",
    ),
    "案卷保管期限": Parameter(TEXT, "以本单位的归档范围和保管期限表为准", "案卷", "永久"),
    "案卷正卷": Parameter(
        LIST, "次序是 决定在前 的，依次放这些；送达的文书、证据、其他 是没有点名的", "案卷"
    ),
    "案卷副卷": Parameter(LIST, "次序是 决定在前 的，副卷依次放这些", "案卷"),
    "示例": Parameter(YES, "是：虚构的单位，只供练习；真实的单位不得写", "登记处罚依据", "是"),
}


def fits(name: str, value: Any) -> bool:
    """Tell whether a value is written as its parameter is; 未知 always is."""
    known = PARAMETERS.get(name)
    if known is None or value is None or isinstance(value, Unknown) or value == "未知":
        return True
    return known.kind.fits(value)


def coded_in(values: Mapping[str, object]) -> tuple[str, ...]:
    """List the documents that bear a code, by their ids."""
    told = values.get(CODED)
    return tuple(map(str, told)) if isinstance(told, list | tuple) else ()


Said = str | tuple[Any, ...]
"""What a value is: a number, words, a list of something, a table of things, or anything."""
Parameters = tuple[tuple[str, Said], ...]
"""What packs give under 地方: each name, and what it is."""


def parameters_of(place: Mapping[str, object]) -> Parameters:
    """Tell of every parameter what it is; one that nobody has confirmed may be anything."""
    return tuple((name, kind_of(value)) for name, value in place.items())


def kind_of(value: object) -> Said:
    """Tell what a value of a pack is to a template."""
    if isinstance(value, list | tuple):
        kinds = dict.fromkeys(map(kind_of, value))
        return "list", next(iter(kinds)) if len(kinds) == 1 else "any"
    if isinstance(value, Mapping):
        return "table", parameters_of(value)
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, int):
        return "number"
    return _kind_of_text(value) if isinstance(value, str) else "any"


def _kind_of_text(text: str) -> str:
    if text in ("是", "否"):
        return "yes"
    if as_day(text):
        return "day"
    if isinstance(as_template_sees(text), int):
        return "number"
    return "words" if not text or as_number(text) is None else "numeral"


def as_template_sees(value: Any) -> Any:
    """Return a value of a pack as templates get it: digits are a number, to be counted with."""
    if isinstance(value, str):
        plain = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
        return int(value) if plain and str(int(value)) == value else value
    if isinstance(value, tuple):
        return tuple(map(as_template_sees, value))
    if isinstance(value, Mapping):
        return {key: as_template_sees(one) for key, one in value.items()}
    return value
