"""What an officer says of a clause on fines, with the regulation in hand;
and what is wrong with it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from kcbx_docs.case.fields import Text
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.law.citation import plain_title
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import MaybeDay, Source
from kcbx_docs.words import article_in_words, parse_number

MAY_FINE = ("地方性法规", "地方政府规章", "行政法规", "示例")
UNKNOWN = "未知"
MAX_SHORT = 40
_NUMBER = r"([0-9]{1,4}|[一二三四五六七八九十百千零]{1,8})"
_ARTICLE = regex(rf"第?{_NUMBER}条(?:第{_NUMBER}款)?(?:第?[（(]{_NUMBER}[）)]项)?")


@dataclass(frozen=True)
class ArticleNumber:
    """An article, perhaps with paragraph and item."""

    article: int
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        return article_in_words(self.article, self.paragraph, self.item)


def parse_article(text: str) -> ArticleNumber | None:
    """Read 第五十二条第一款, 第52条 or 五十二条; nothing for everything else."""
    found = _ARTICLE.fullmatch(re.sub(r"\s", "", text))
    if found is None:
        return None
    article, paragraph, item = (_number(part) for part in found.groups())
    if article is None or 0 in (article, paragraph, item):
        return None
    return ArticleNumber(article, paragraph, item)


def _number(part: str | None) -> int | None:
    """Read one number; 0 for what is none."""
    return None if part is None else parse_number(part) or 0


def _article(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = parse_article(value)
    if number is None:
        raise PydanticCustomError("CLI021", "not an article", {})
    return str(number)


def _title(value: Any) -> Any:
    return plain_title(value) if isinstance(value, str) else value


def _known(value: Any) -> Any:
    """Take 未知 as nothing: what nobody knows stays open."""
    return None if value == UNKNOWN else value


class ConfirmedClause(PenaltyBasis):
    """A clause as it is confirmed: what goes to kcbx.yaml, and what the local law needs besides."""

    id: Text = Field(default="", alias="编号", description="短编号；不写就用条文", max_length=40)
    statute: Annotated[str, BeforeValidator(_title)] = Field(
        alias="法规", description="法规全称", min_length=4, max_length=80
    )
    article: Annotated[str, BeforeValidator(_article)] = Field(
        alias="条文", description="第几条第几款，如 第五十二条第一款"
    )
    in_force: Annotated[MaybeDay, BeforeValidator(_known)] = Field(
        default=None, alias="施行日期", description="现行版本的施行日期"
    )
    level: Literal["地方性法规", "地方政府规章", "行政法规", "示例"] = Field(
        alias="层级", description="法规的效力层级"
    )
    adopted: Annotated[MaybeDay, BeforeValidator(_known)] = Field(
        default=None, alias="通过日期", description="现行版本通过或者修正的日期"
    )
    short: Text = Field(
        default="", alias="简称", description="通用简称；不写就是全称", max_length=MAX_SHORT
    )

    @property
    def number(self) -> ArticleNumber:
        """Return the article as numbers."""
        found = parse_article(self.article)
        assert found is not None
        return found

    def basis(self) -> PenaltyBasis:
        """Return what goes to kcbx.yaml."""
        values = {name: getattr(self, name) for name in PenaltyBasis.model_fields}
        return PenaltyBasis.model_construct(**{**values, "id": self.id or self.article})


def free_id(clause: ConfirmedClause, known: Iterable[PenaltyBasis]) -> str:
    """Return the number of a clause; where one of that number was taken back, a new one: what was
    taken back stays.
    """
    first = number = clause.id or clause.article
    taken = {basis.id for basis in known if basis.withdrawn}
    for count in range(2, len(taken) + 2):
        if number not in taken:
            break
        number = f"{first}-{count}"
    return number


def check_clause(clause: ConfirmedClause, source: Source, today: date) -> Iterator[Problem]:
    """Yield what in a clause cannot be: dates out of order, a range upside down,
    an unsigned confirmation.
    """
    yield from _out_of_order(clause, source)
    yield from _in_the_future(clause, source, today)
    if clause.least and clause.most and clause.least > clause.most:
        place = source.place(("最低罚款",), value=True)
        yield problem("CLI024", place, least=clause.least, most=clause.most)
    yield from _unsaid(clause, source)
    if (clause.level == "示例") != bool(clause.sample):
        yield problem("CLI026", source.place(("层级",), value=True))
    # A clause without its words cannot be checked by anybody later.
    if not clause.text.strip("。．. …"):
        yield problem("CLI025", source.place(("原文",), value=True), key="原文")


def _out_of_order(clause: ConfirmedClause, source: Source) -> Iterator[Problem]:
    days = {
        "通过日期": clause.adopted,
        "施行日期": clause.in_force,
        "失效日期": clause.until,
    }
    for first, second in (("通过日期", "施行日期"), ("施行日期", "失效日期")):
        earlier, later = days[first], days[second]
        if earlier and later and earlier > later:
            place = source.place((first,), value=True)
            facts = {"first": first, "earlier": earlier, "second": second, "later": later}
            yield problem("CLI022", place, **facts)


def _in_the_future(clause: ConfirmedClause, source: Source, today: date) -> Iterator[Problem]:
    for key, day in (("通过日期", clause.adopted), ("确认日期", clause.confirmed_on)):
        if day and day > today:
            yield problem("CLI023", source.place((key,), value=True), key=key, day=day)


def _unsaid(clause: ConfirmedClause, source: Source) -> Iterator[Problem]:
    needed = {"确认人": clause.confirmed_by, "最高罚款": clause.most, "机关": clause.organs}
    missing = [key for key, value in needed.items() if value in (None, "", (), UNKNOWN)]
    if len(clause.statute) > MAX_SHORT and not clause.short:
        missing.append("简称")
    for key in missing:
        yield problem("CLI025", source.place((key,), value=True), key=key)
