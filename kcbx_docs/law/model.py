"""The formats of the law files: statutes with dated versions, rules, and required contents."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Literal

from pydantic import Field

from kcbx_docs.reading import MaybeDay, Model, Yes
from kcbx_docs.words import article_in_words

Verification = Literal["已核对", "部分", "未核对"]
Level = Literal[
    "法律",
    "行政法规",
    "司法解释",
    "司法文件",
    "部门规章",
    "地方性法规",
    "地方政府规章",
    "规范性文件",
    "示例",
]
Unit = Literal[
    "日", "工作日", "周", "月", "年", "周岁", "每月日", "及时", "元", "百分比", "人", "是否"
]
RuleKind = Literal["不迟于", "不早于", "期间", "上限", "界限"]
Bound = Literal["当事人", "机关", "法院", "无"]


class Article(Model):
    """One article: what it says in our own words, and how many paragraphs and items it has."""

    gist: str = Field(
        alias="要旨", description="这一条讲什么，用自己的话写，不抄原文", max_length=200
    )
    tags: tuple[str, ...] = Field((), alias="标签", description="便于查找的词")
    paragraph_count: int | None = Field(
        None, alias="款数", description="这一条有几款；不写为一款", ge=1, le=30
    )
    item_counts: Mapping[int, int] = Field(
        {}, alias="项数", description="第几款有几项，例如 {1: 6}"
    )
    paragraphs: Mapping[int, str] = Field({}, alias="款", description="各款要旨，键为第几款")
    items: Mapping[str, str] = Field({}, alias="项", description="各项要旨，键为 款.项，例如 1.5")
    verification: Verification | None = Field(
        None, alias="核对", description="与版本不同时才写：已核对、部分、未核对"
    )
    note: str = Field("", alias="说明", description="补充说明")


class Version(Model):
    """One wording of a statute, with the days on which it is in force."""

    adopted: MaybeDay = Field(None, alias="通过", description="通过或者修正的日期")
    start: MaybeDay = Field(None, alias="施行", description="从哪一天起施行；未知就不写")
    end: MaybeDay = Field(None, alias="失效", description="施行的最后一天；现行有效的不写")
    verification: Verification = Field(
        alias="核对", description="已核对、部分、未核对；未核对的不能引用"
    )
    source: str = Field("", alias="来源", description="核对时看的文本")
    note: str = Field("", alias="说明", description="补充说明")
    own_numbering: Yes = Field(
        False, alias="另行编号", description="是：条文号与其他版本不同，只用本版本下的条文"
    )
    articles: Mapping[int, Article] = Field({}, alias="条文", description="只属于这个版本的条文")
    attachment: str = Field("", alias="附件", description="原文扫描件或者文本的文件名")
    confirmed_by: str = Field("", alias="确认人", description="谁对照原文确认的")
    confirmed_on: MaybeDay = Field(None, alias="确认日期", description="哪一天确认的")

    def __hash__(self) -> int:
        return hash((self.adopted, self.start, self.end))

    def covers(self, day: date) -> bool:
        """Tell whether it is in force on a day; an unknown start counts as always."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def span(self) -> str:
        """Write the days in force as people read them."""
        return f"{self.start or '施行日期未核对'} 至 {self.end or '今'}"


class Statute(Model):
    """A law, regulation, interpretation or document that papers may cite."""

    id: str = Field(
        alias="编号", description="固定不变的英文编号", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"
    )
    title: str = Field(alias="名称", description="全称，不写书名号", min_length=4, max_length=80)
    short: str = Field(alias="简称", description="通用简称", max_length=40)
    aliases: tuple[str, ...] = Field((), alias="别名", description="其他写法")
    level: Level = Field(alias="层级", description="效力层级")
    region: str = Field("", alias="地区", description="地方的写省、市名，全国的不写")
    number: str = Field("", alias="文号", description="发文字号或者令号")
    banned: str = Field("", alias="禁止引用", description="不许引用的原因")
    note: str = Field("", alias="说明", description="补充说明")
    supplement: Yes = Field(
        False, alias="补充", description="是：给上级已登记的同一编号补充版本和条文"
    )
    versions: tuple[Version, ...] = Field(
        alias="版本", description="各个版本，旧的在前", min_length=1
    )
    articles: Mapping[int, Article] = Field(
        {}, alias="条文", description="各版本通用的条文，键为条号"
    )

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """List every name under which it may be cited."""
        names = (self.title, self.short, self.id, *self.aliases)
        return (*names, self.number) if self.number else names

    def articles_of(self, version: Version) -> Mapping[int, Article]:
        """Return the articles that may be cited from one version."""
        if version.own_numbering:
            return version.articles
        return {**self.articles, **version.articles}


class Basis(Model):
    """A reference from a rule to an article, valid between two days."""

    statute: str = Field(alias="法", description="法律的编号、全称或者简称")
    article: int | None = Field(None, alias="条", description="条号", ge=1)
    paragraph: int | None = Field(None, alias="款", description="第几款", ge=1)
    item: int | None = Field(None, alias="项", description="第几项", ge=1)
    start: MaybeDay = Field(None, alias="自", description="从哪一天起用这个依据")
    end: MaybeDay = Field(None, alias="至", description="到哪一天为止用这个依据")

    def covers(self, day: date) -> bool:
        """Tell whether it is the basis on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def __str__(self) -> str:
        return self.statute + article_in_words(self.article, self.paragraph, self.item)


class Rule(Model):
    """A figure of the law with a stable id: a period, a cap or a threshold."""

    id: str = Field(
        alias="编号", description="固定不变的英文编号", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"
    )
    name: str = Field(alias="名称", description="中文名称", max_length=40)
    aliases: tuple[str, ...] = Field((), alias="别名", description="其他叫法")
    value: int | None = Field(
        None, alias="数值", description="数；负数表示倒着算；法律没有规定的不写"
    )
    default: int | None = Field(None, alias="建议值", description="法律没有规定时建议的数")
    unit: Unit = Field(alias="单位", description="日、工作日、月、年、元等")
    kind: RuleKind = Field(alias="种类", description="不迟于、不早于、期间、上限、界限")
    bound: Bound = Field(
        "无", alias="约束", description="约束谁：当事人的期间末日顺延，机关自己的期限不依赖顺延"
    )
    event: str = Field("", alias="起算", description="从哪件事的当天起算，当天不计入")
    basis: tuple[Basis, ...] = Field((), alias="依据", description="法律依据")
    region: str = Field("", alias="地区", description="只在哪里适用；全国的不写")
    start: MaybeDay = Field(None, alias="施行", description="从哪一天起适用")
    end: MaybeDay = Field(None, alias="失效", description="适用的最后一天")
    verification: Verification = Field(alias="核对", description="已核对、部分、未核对")
    note: str = Field("", alias="说明", description="补充说明")

    @property
    def is_period(self) -> bool:
        """Tell whether a day can be computed from it."""
        return self.unit in ("日", "工作日", "月", "年", "周岁", "每月日") and bool(self.event)


class WordList(Model):
    """Words of legal meaning by which a name that somebody wrote is recognised."""

    id: str = Field(
        alias="编号", description="固定不变的英文编号", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"
    )
    name: str = Field(alias="名称", description="这些词说明什么", max_length=40)
    words: tuple[str, ...] = Field((), alias="词", description="含有其中一个词就算是")
    meanings: Mapping[str, str] = Field({}, alias="对应", description="写法: 机关类型")
    basis: tuple[Basis, ...] = Field((), alias="依据", description="法律依据")
    verification: Verification = Field(alias="核对", description="已核对、部分、未核对")
    note: str = Field("", alias="说明", description="补充说明")

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def found_in(self, text: str) -> bool:
        """Tell whether a text holds one of the words."""
        return any(word in text for word in self.words)

    def meaning(self, word: str) -> str:
        """Return what a word stands for; itself where nothing is said of it."""
        return self.meanings.get(word, word)


LeftOpen = Literal["须说明理由", "不得制发", "当场手写"]


class RequiredPart(Model):
    """One content of a document and the articles that ask for it."""

    name: str = Field(alias="部分", description="内容的名称，与模板中的 part 一致")
    basis: tuple[Basis, ...] = Field((), alias="依据", description="哪条法律要求")
    condition: str = Field("", alias="条件", description="只在什么情形下必备")
    left_open: LeftOpen = Field(
        "须说明理由",
        alias="空着",
        description="制发的时候这一项空着怎样：须说明理由；不得制发（没有这一项，文书不起作用）；"
        "当场手写（签名、笔录、勾选等，本来就在纸上完成）",
    )
    ticked: Yes = Field(
        False, alias="勾选", description="制发以前要勾选的：一个□也没有勾的，算空着"
    )


class Forbidden(Model):
    """A word or sense that a document must not contain."""

    word: str = Field(alias="词", description="不得出现的词，可用正则表达式")
    reason: str = Field(alias="原因", description="为什么不得出现")
    basis: tuple[Basis, ...] = Field((), alias="依据", description="哪条法律")


class IssuerRule(Model):
    """Who may or may not issue a document, and why."""

    kind: str = Field(alias="类型", description="机关类型，与 kcbx.yaml 一致")
    reason: str = Field("", alias="原因", description="为什么可以或者不可以")
    only_for: tuple[str, ...] = Field(
        (), alias="限于", description="只在案件写了这些危险情形之一时可以；不写就是不限"
    )
    basis: tuple[Basis, ...] = Field((), alias="依据", description="哪条法律")


class DocumentRequirement(Model):
    """What the law asks of one kind of document."""

    id: str = Field(alias="文书", description="文书的英文编号")
    title: str = Field(alias="名称", description="通用中文名称")
    required: tuple[RequiredPart, ...] = Field((), alias="必备", description="法律要求必须有的内容")
    advisable: tuple[str, ...] = Field((), alias="宜有", description="最好有的内容")
    forbidden: tuple[Forbidden, ...] = Field((), alias="不得有", description="不得出现的词")
    issuers: tuple[IssuerRule, ...] = Field((), alias="可制发", description="可以制发的机关类型")
    barred: tuple[IssuerRule, ...] = Field((), alias="不可制发", description="不可以制发的机关类型")
    issuers_as: str = Field("", alias="制发同", description="可否制发与另一种文书相同，写它的编号")
    note: str = Field("", alias="说明", description="补充说明")

    @property
    def all_basis(self) -> tuple[Basis, ...]:
        """List every article that it refers to."""
        parts: tuple[RequiredPart | Forbidden | IssuerRule, ...] = (
            *self.required,
            *self.forbidden,
            *self.issuers,
            *self.barred,
        )
        return tuple(chain.from_iterable(part.basis for part in parts))


class OwnPapers(Model):
    """What papers must not say of which the law asks nothing else: those that a place adds."""

    id: str = Field(alias="名称", description="哪一类文书")
    roles: tuple[str, ...] = Field((), alias="角色", description="卡片的角色；不写就是不论角色")
    issuers: tuple[str, ...] = Field(
        (), alias="制发机关", description="制发机关全在其中的；不写就是不论谁制发"
    )
    as_in: str = Field("", alias="不得有同", description="与一种登记了的文书相同，写它的编号")
    forbidden: tuple[Forbidden, ...] = Field((), alias="不得有", description="不得出现的词")

    def holds(self, role: str | None, issuers: tuple[str, ...]) -> bool:
        """Tell whether a paper is one of them, by its role and who may issue it."""
        if self.roles and role not in self.roles:
            return False
        return not self.issuers or (bool(issuers) and set(issuers) <= set(self.issuers))


class BaselessThreat(Model):
    """A consequence that nothing lets a paper threaten people with, and the words that say it."""

    id: str = Field(alias="名称", description="哪一种后果")
    words: tuple[str, ...] = Field(alias="词", min_length=1, description="怎样说，可用正则表达式")
    unless: tuple[str, ...] = Field(
        (),
        alias="除非说到",
        description="同一句里前面说到其中一样，就不算，如 判决，可用正则表达式",
    )
    unless_beside: tuple[str, ...] = Field(
        (),
        alias="除非小句说到",
        description="同一小句（到逗号、顿号为止）里说到其中一样，就不算，可用正则表达式",
    )
    issuers: tuple[str, ...] = Field(
        (), alias="制发机关", description="只看制发机关全在其中的文书；不写就是不论谁制发"
    )
    not_roles: tuple[str, ...] = Field(
        (), alias="不看角色", description="不看的文书，写卡片的角色，如处罚决定"
    )
    reason: str = Field(alias="原因", description="为什么不能这样写")
    instead: str = Field(alias="可以写", description="依法可以怎样写")
    basis: tuple[Basis, ...] = Field((), alias="依据", description="哪条法律")

    def concerns(self, role: str | None, issuers: tuple[str, ...]) -> bool:
        """Tell whether a paper must not threaten with it, by its role and who may issue it."""
        if role in self.not_roles:
            return False
        return not self.issuers or (bool(issuers) and set(issuers) <= set(self.issuers))


class LawFile(Model):
    """One file of law data; the same format serves the registry and a pack's law.yaml."""

    checked: MaybeDay = Field(None, alias="法律依据核对至", description="这些法律核对到哪一天")
    statutes: tuple[Statute, ...] = Field(
        (), alias="法律法规", description="可以引用的法律、法规、文件"
    )
    rules: tuple[Rule, ...] = Field((), alias="规则", description="期限、上限等数字")
    word_lists: tuple[WordList, ...] = Field(
        (), alias="词表", description="从名称里认出法律意义的词"
    )
    documents: tuple[DocumentRequirement, ...] = Field(
        (), alias="文书要求", description="各种文书的必备内容"
    )
    own_papers: tuple[OwnPapers, ...] = Field(
        (), alias="没有登记的文书", description="「文书要求」里没有的文书，不得出现的词"
    )
    threats: tuple[BaselessThreat, ...] = Field(
        (), alias="没有依据的后果", description="模板的文字里不能拿来说的后果，各种文书都看"
    )
