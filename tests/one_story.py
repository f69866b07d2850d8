"""What the papers of one case say about the same thing: claims that must agree across papers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kcbx_docs.law.numerals import capital_amount
from kcbx_docs.papers.make import Made
from kcbx_docs.render.text import paragraphs

DAY = r"(\d{4}年\d{1,2}月\d{1,2}日)"
QUOTED = r"《([^《》]+)》（([^（）]*〔\d{4}〕[^（）]*号)）"
NUMBER = r"[\u4e00-\u9fff]{2,10}〔\d{4}〕\d+号"


@dataclass(frozen=True)
class Claim:
    """One paper's word on one thing: what, about whom, the value."""

    about: tuple[str, ...]
    value: str
    paper: str


@dataclass(frozen=True)
class Telling:
    """One paper of a case with its words."""

    name: str
    document: str
    title: str
    number: str
    guardian: str
    day: str
    text: str


def told(made: Made) -> Telling:
    """Take from a made paper what the comparison needs."""
    facts = made.paper.facts["文书"]
    day = facts["日期"]
    return Telling(
        made.paper.name,
        made.paper.document,
        facts["标题"],
        facts["文号"] or "",
        made.paper.guardian,
        f"{day.year}年{day.month}月{day.day}日",
        "\n".join(paragraphs(made.filled.root)),
    )


BY_GUARDIAN = {
    "改正期限届满": rf"改正期限至{DAY}届满",
    "申请复议的期限": rf"申请行政复议的期限至{DAY}",
    "起诉的期限": rf"提起行政诉讼的期限至{DAY}",
    "缴款期限": rf"缴款期限(?:已于|至){DAY}届满",
    "延期届满": rf"(?:最迟于|分期缴纳至){DAY}",
    "劝返": r"((?:\d{4}年)?\d+月\d+日(?:、[\d年月]*\d+日)*)，先后劝返",
    "催告期满": rf"十个工作日内履行，至{DAY}期满",
    "不予处罚依据": r"依照《[^》]+》(?:（[^）]*）)?(第[^，]+)，(?:本机关决定)?对\S+不予行政处罚",
    "身份证号": r"^(?:当事人|被告知人|被催告人|被申请人|受送达人)：\S*?号码(\d{17}[\dX])",
    "住所": r"^(?:当事人|被告知人|被催告人|受送达人)：\S*?，住([^，。]+)",
}
BY_CASE = {
    "失学起": rf"自{DAY}起(?:没有正当理由)?(?:不到校|未入学)",
    "学校报告": rf"学校于{DAY}书面报告",
}
PERSON = r"([^，（。\n]+)[，（]"
PARTIES = {
    "起诉的人": rf"^(?:原告：|原告\n|申请人：|被支持人：){PERSON}",
    "代理人": rf"^法定代理人(?:：|\n){PERSON}",
    "被诉的人": rf"^(?:被告：|被告\n|被申请人：|被支持人起诉的对象：){PERSON}",
}
"""Who stands on which side of a suit: every paper of it names the same."""
SUIT_PAPERS = ("civil-complaint", "civil-complaint-elements", "support-request", "support-opinion")
DECIDED = ("penalty-decision", "payment-extension", "demand-letter", "enforcement-application")
PROPOSED = ("investigation-report", "penalty-approval", "penalty-notice")
SERVED = (
    rf"{DAY}，{QUOTED}以",
    rf"{DAY}，(?:本机关)?向(?:当事人|你)送达了?{QUOTED}",
    rf"于{DAY}将{QUOTED}送达",
)


def claims(paper: Telling) -> Iterator[Claim]:
    """Yield what a paper says that other papers of the case may say too."""
    for what, pattern in BY_GUARDIAN.items():
        if paper.guardian:
            for found in re.finditer(pattern, paper.text, re.MULTILINE):
                yield Claim((what, paper.guardian), found[1], paper.name)
    for what, pattern in BY_CASE.items():
        for found in re.finditer(pattern, paper.text):
            yield Claim((what,), found[1], paper.name)
    if paper.document in SUIT_PAPERS:
        for what, pattern in PARTIES.items():
            if named := re.findall(pattern, paper.text, re.MULTILINE):
                yield Claim((what,), "、".join(sorted(named)), paper.name)
    yield from _numbered(paper)
    yield from _fines(paper)


def _numbered(paper: Telling) -> Iterator[Claim]:
    """Titles and days go with their numbers: quoted as they stand on the paper itself."""
    if re.fullmatch(NUMBER, paper.number) and paper.document != "service-receipt":
        yield Claim(("题名", paper.number), paper.title, paper.name)
        yield Claim(("制发日", paper.number), paper.day, paper.name)
    for title, number in re.findall(QUOTED, paper.text):
        yield Claim(("题名", number), title, paper.name)
    for day, _, number in re.findall(rf"{DAY}(?:作出|制发)的{QUOTED}", paper.text):
        yield Claim(("制发日", number), day, paper.name)
    for pattern in SERVED:
        for day, _, number in re.findall(pattern, paper.text):
            yield Claim(("送达日", number, paper.guardian), day, paper.name)


def _fines(paper: Telling) -> Iterator[Claim]:
    """The fine is one figure before the decision and one from the decision on."""
    for kind, documents in {"拟罚款": PROPOSED, "决定罚款": DECIDED}.items():
        if paper.document in documents and paper.guardian:
            for found in re.finditer(r"(?:处以罚款|数额为)(\d+)元", paper.text):
                yield Claim((kind, paper.guardian), found[1], paper.name)


def contradictions(papers: Sequence[Telling]) -> Iterator[str]:
    """Say what papers of one case tell differently."""
    said: dict[tuple[str, ...], dict[str, str]] = {}
    for paper in papers:
        for claim in claims(paper):
            said.setdefault(claim.about, {}).setdefault(claim.value, claim.paper)
    for about, values in said.items():
        if len(values) > 1:
            yield "；".join(
                (" ".join(about), *(f"{value}（{name}）" for value, name in values.items()))
            )


def wrong_amounts(paper: Telling) -> Iterator[str]:
    """Amounts in figures and in capitals are the same; what is owed is the sum of its parts."""
    for figures, capitals in re.findall(r"([\d.]+)元（大写：([^）]+)）", paper.text):
        if capital_amount(Decimal(figures)) != capitals:
            yield f"{paper.name}：{figures}元 / {capitals}"
    if paper.document == "enforcement-application":
        parts = re.findall(r"^[一二]、(?:罚款|加处罚款)(\d+)元", paper.text, re.MULTILINE)
        total = re.search(r"合计(\d+)元", paper.text)
        if total and len(parts) == 2 and sum(map(int, parts)) != int(total[1]):
            yield f"{paper.name}：{parts} / {total[1]}"


def strangers(papers: Sequence[Telling], known: set[str]) -> Iterator[str]:
    """Every number of identity in a paper is somebody's of the case."""
    for paper in papers:
        for number in re.findall(r"(?<![\dA-Z])\d{17}[\dX](?!\d)", paper.text):
            if number not in known:
                yield f"{paper.name}：{number}"
