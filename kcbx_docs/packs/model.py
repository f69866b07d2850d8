"""What a pack and a template's front matter may say."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from kcbx_docs.case.service_methods import ProofKind, ServiceWay
from kcbx_docs.packs.proofs import Sentences
from kcbx_docs.reading import MaybeDay, Model, Yes

LayoutName = Literal["公文", "函", "执法文书", "法院文书", "表格", "横表", "笔录", "学校通知"]
Unit = Literal[
    "案件",
    "监护人",
    "劝返",
    "送达文书",
    "学生",
    "班级",
    "批次",
    "公文",
    "事项",
    "案卷",
    "工作",
    "模板包",
]
Role = Literal[
    "书面报告",
    "责令",
    "立案",
    "事先告知",
    "听证通知",
    "处罚决定",
    "当场处罚",
    "不予处罚",
    "催告",
    "强制执行申请",
    "送达公告",
    "处罚信息公开",
    "签收登记表",
    "回执提醒",
]
"""What the procedure must recognise a paper as, whatever a place calls it."""

UNCODED: tuple[Role, ...] = (
    "事先告知",
    "听证通知",
    "处罚决定",
    "当场处罚",
    "不予处罚",
    "催告",
    "送达公告",
)
"""Papers on which nobody shall look for a code: with false ones people are cheated of money."""

RECEIPT: Unit = "送达文书"
"""A document of which there is one for every served paper and addressee is the receipt."""

UNKNOWN = "未知"


class Unknown:
    """A value that nobody has confirmed: it can be asked about, never printed."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return UNKNOWN


unknown = Unknown()


def _value(value: Any) -> Any:
    """Accept text, lists and maps as they are; 未知 becomes the unknown value."""
    if value == UNKNOWN:
        return unknown
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    return value


Value = Annotated[Any, PlainValidator(_value)]


def _unless_unknown(value: Any) -> Any:
    return {} if value == UNKNOWN else value


Lines = Annotated[
    dict[str, tuple[str, ...]],
    BeforeValidator(_unless_unknown),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": UNKNOWN},
                {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
            ]
        }
    ),
]
"""The levels of each line of responsibility, from above; none where nobody has confirmed them."""


class Card(Model):
    """The head of a template: what the document is, who issues it, what it proves, how it looks."""

    id: str = Field(
        alias="编号",
        pattern=r"^[a-z][a-z0-9-]*$",
        description="文书编号：英文小写和连字符，与文件名相同",
    )
    title: str = Field(alias="标题", max_length=40, description="文书标题；下级模板包可以改")
    heading: str | None = Field(
        None,
        alias="题名",
        max_length=40,
        description="印在纸上的标题；{文书} 换成同一批的文书名称；不写就用标题",
    )
    headings: dict[str, str] = Field(
        {},
        alias="各题名",
        description="印在纸上的标题因事项而不同的：部门、危险情形（写了危险情形的）、其他",
    )
    order: int = Field(
        500, alias="顺序", ge=1, le=999, description="在一套文书、案卷中的先后，也是文件名前的数字"
    )
    issuers: tuple[str, ...] = Field((), alias="制发机关", description="可以制发的机关类型")
    needs: tuple[str, ...] = Field(
        (), alias="需要", description="案件（工作的文书：工作文件）里必须有的内容，例如 责令、劝返"
    )
    unit: Unit = Field(alias="一份对应", description="每一份文书对应什么：案件、监护人、劝返……")
    event: str | None = Field(
        None, alias="事项", description="经过里的哪一种事项表明制作了这份文书；「制发」不用写"
    )
    work: str | None = Field(
        None,
        alias="工作",
        description="一份对应工作的：哪一种工作做它，也就是工作文件第一行写的，如 约谈",
    )
    each_party: Yes = Field(
        False, alias="各对象一份", description="是：工作文件的每一个对象一份，如责任书"
    )
    signed_by: str | None = Field(
        None, alias="签发", description="谁签发，生成的时候说出来，如 主要负责人"
    )
    role: Role | None = Field(
        None, alias="角色", description="程序把它当作什么，名称各地可以不同，例如 责令、催告"
    )
    written_ways: tuple[str, ...] = Field(
        (),
        alias="书面方式",
        description="事项写了别的方式、没有写文书和文号的，那天没有这份文书，点名才补做",
    )
    elsewhere: tuple[str, ...] = Field(
        (), alias="别处出具", description="事项写了这样的安置的，由别的单位出具，点名才做"
    )
    own_party: Yes = Field(
        False, alias="本机关是一方", description="是：孩子作原告、没有处罚决定的案件不做"
    )
    judged: Yes = Field(
        False, alias="事后审查", description="是：制作以后，kcbx check 仍按制作那天的条件审查"
    )
    defendants_only: Yes = Field(
        False, alias="只对被告", description="是：只涉及被起诉的监护人，不涉及其他监护人"
    )
    proves: Sentences = Field(
        {},
        alias="证明对象",
        description="证明的事实，空处写 {日期} {对象} 等，可以按结果各写一句；不写就不列入证据目录",
    )
    fact: Yes = Field(
        False, alias="证明失学事实", description="是：写进责令和决定的证据；否：只列入证据目录"
    )
    proof_name: str | None = Field(
        None, alias="证据名称", description="列入证据目录时写的名称；不写就用标题"
    )
    number: str | None = Field(
        None, alias="文号", description="文号格式，例如 {机关代字}责改〔{年}〕{序号}号"
    )
    layout: LayoutName = Field(
        alias="版式", description="版式：公文、函、执法文书、法院文书、表格、笔录、学校通知"
    )
    served: Yes = Field(
        False, alias="送达", description="是否需要送达：是的，每名监护人另附一份送达回证"
    )
    receiver: Literal["对象", "机关", "法院"] | None = Field(
        None,
        alias="收件机关",
        description="写给机关的：事项的哪一个键写着收到它的机关；给监护人的不写",
    )
    seal: Yes = Field(
        False,
        alias="印章",
        description="是：学校的批次可以套印学校印章；每名学生一份、学校可以制发的才可以写",
    )
    public: Yes = Field(
        False, alias="对外公开", description="是否会公开：是的，不得出现可以识别儿童身份的内容"
    )
    required: tuple[str, ...] = Field(
        (), alias="必备内容", description="必须出现的内容；模板中用 part 标出"
    )
    page_limit: int | None = Field(None, alias="页数上限", ge=1, description="最多几页，超出即报错")
    own_periods: str = Field(
        "",
        alias="自定期限",
        description="文字里直接写着、本单位自己定的工作期限，如 三日内；几个用顿号分开；"
        "法律有要求的文书不能写",
    )
    note: str | None = Field(None, alias="说明", description="给维护人看的说明，不印出")

    @property
    def uncoded(self) -> bool:
        """Tell whether it must bear no code that is scanned."""
        return self.public or self.role in UNCODED


class Sourced(Model):
    """Where some values of a pack come from, and when somebody held them against it."""

    items: tuple[str, ...] = Field(
        alias="各项",
        min_length=1,
        description="本文件写的值，如 参数.月报日、程序.行政处罚、标题.order-to-correct、责任线",
    )
    source: str = Field(alias="来源", min_length=1, description="哪个文件哪一部分，或者谁说的")
    checked_on: MaybeDay = Field(
        None, alias="核对日期", description="对照来源核对的日期；不写就是本文件的核对日期"
    )
    note: str | None = Field(None, alias="说明", description="怎样理解的、还有什么没有核对")


class Pack(Model):
    """One pack.yaml, or the merged values of a chain of them."""

    name: str = Field(alias="名称", description="模板包名称，例如 云南省")
    code: str | None = Field(
        None,
        alias="行政区划代码",
        pattern=r"^\d{2}(\d{2}(\d{2})?)?$",
        description="两位、四位或六位行政区划代码",
    )
    version: str = Field(alias="版本", description="模板包版本，例如 2026.11")
    source: str | None = Field(None, alias="来源", description="依据的文件和做法")
    checked_on: MaybeDay = Field(None, alias="核对日期", description="最近一次核对的日期")
    sources: tuple[Sourced, ...] = Field(
        (), alias="各项来源", description="值的来源、核对日期和上面的不同，或者要写得更细的"
    )
    titles: dict[str, str] = Field({}, alias="标题", description="文书编号: 本地标题")
    issuers: dict[str, tuple[str, ...]] = Field(
        {}, alias="制发机关", description="文书编号: 本地可以制发的机关类型"
    )
    numbers: dict[str, str] = Field({}, alias="文号", description="文书编号: 本地文号格式")
    own_periods: dict[str, str] = Field(
        {},
        alias="自定期限",
        description="文书编号: 文字里直接写着、本单位自己定的工作期限，如 三日内",
    )
    disabled: tuple[str, ...] = Field((), alias="停用文书", description="本地不使用的文书编号")
    steps: dict[str, Value] = Field({}, alias="程序", description="程序中各步骤在本地的开关和条件")
    periods: dict[str, Value] = Field({}, alias="期间", description="规则编号: 本地天数等")
    values: dict[str, Value] = Field(
        {}, alias="参数", description="模板中可用的本地内容，例如 参数.控辍月份"
    )
    lines: Lines = Field(
        {},
        alias="责任线",
        description="线: 由上到下的岗位；kcbx.yaml 的「责任人」写谁在哪个岗位，不知道的写 未知",
    )
    proofs: dict[ServiceWay, tuple[ProofKind, ...]] = Field(
        {},
        alias="送达证明",
        description="送达方式: 本地另外要存的证明，如 留置: [照片录像]；法律的最低要求照旧",
    )
    note: str | None = Field(None, alias="说明", description="给维护人看的说明")

    @property
    def is_sample(self) -> bool:
        """Tell whether it declares an invented office (参数.示例: 是)."""
        return self.values.get("示例") in ("是", True)
