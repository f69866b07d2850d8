"""``kcbx law``: the statutes and figures that papers may cite, as they stood on a day."""

import re
from datetime import date

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.law.model import Rule
from kcbx_docs.law.numerals import chinese_number
from kcbx_docs.law.reference import basis_text, rule_data, rule_figure, rule_rows, statute_rows
from kcbx_docs.law.reference import show as show_statute
from kcbx_docs.law.registry import Registry
from kcbx_docs.problems import UserError, raise_errors

MAX_ARTICLE = 2000


class ArticleArgument(click.ParamType):  # type: ignore[type-arg]
    """The number of an article: 58, 第58条 or 第五十八条."""

    name = "条"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read the number."""
        if isinstance(value, int):
            return value
        bare = re.sub(r"^第|条$", "", value.strip())
        if re.fullmatch(r"[0-9]{1,4}", bare):
            return int(bare)
        for number in range(1, MAX_ARTICLE):
            if chinese_number(number) == bare:
                return number
        raise click.BadParameter(f"「{value}」不是条号，请写 58 或 第五十八条。", ctx, param)


@click.group(cls=Branch)
def law() -> None:
    """查看登记的法律依据和期限。"""


@law.command(
    "show",
    cls=Command,
    examples=(
        "kcbx law show 义务教育法 58",
        "kcbx law show review-60",
        "kcbx law show 行政复议法 --as-of 2023-06-01",
    ),
)
@click.argument("title", metavar="法律或规则")
@click.argument("article", required=False, type=ArticleArgument(), metavar="[条]")
@options.as_of("看哪一天有效的版本；不写就是今天。")
@options.region
@options.as_json
def show_law(title: str, article: int | None, day: date, region: str | None, as_json: bool) -> None:
    """查看一部法律、其中一条，或一项规则（期限、数额）。

    法律写全称或简称，规则写编号或名称；条写 58 或 第五十八条。
    要旨是编者的概括，引用前请对照公布的文本。
    """
    registry = where.library(region).registry
    rules = () if article or registry.find(title) else _rules(registry, title)
    if rules:
        _show_rules(registry, rules, day, as_json)
        return
    citation, rows, found = show_statute(registry, title, article, day)
    raise_errors(found)
    assert citation is not None
    if as_json:
        show.print_json({**citation.as_dict(), "rows": rows, "problems": show.as_data(found)})
        return
    version = citation.version
    show.result(
        f"{citation.text}（{citation.statute.level}，{version.span}，{citation.verification}）"
    )
    show.table(("条款项", "要旨"), ((row.place, row.gist) for row in rows))
    show.result(f"来源：{version.source}")
    show.print_problems(found, err=True)


def _rules(registry: Registry, word: str) -> tuple[Rule, ...]:
    try:
        return (registry.rule(word),)
    except UserError:
        return rule_rows(registry, word)[0]


def _show_rules(registry: Registry, rules: tuple[Rule, ...], day: date, as_json: bool) -> None:
    if as_json:
        show.print_json([rule_data(rule) for rule in rules])
        return
    rows = []
    for rule in rules:
        figure, basis = rule_figure(rule), basis_text(registry, rule.basis, day)
        rows.append(
            (
                rule.id,
                rule.name,
                figure,
                rule.event,
                rule.bound,
                basis,
                rule.verification,
                rule.note,
            )
        )
    show.table(("编号", "名称", "数", "起算", "约束", "依据", "核对", "说明"), rows)


@law.command(
    "list", cls=Command, examples=("kcbx law list --as-of 2026-09-01", "kcbx law list --rules")
)
@options.as_of("列出哪一天可以引用的；不写就是今天。")
@click.option("--rules", is_flag=True, help="列出期限和数额，不列法律。")
@options.region
@options.as_json
def list_laws(day: date, rules: bool, region: str | None, as_json: bool) -> None:
    """列出某一天可以引用的法律、法规和文件，或者全部规则。"""
    registry = where.library(region).registry
    if rules:
        _show_rules(registry, registry.rules, day, as_json)
        return
    rows = statute_rows(registry, day)
    if as_json:
        show.print_json(rows)
        return
    show.table(
        ("简称", "层级", "施行", "失效", "已登记条文", "核对", "编号"),
        ((r.short, r.level, r.start, r.end, r.articles, r.verification, r.id) for r in rows),
    )
    show.result(_checked(registry))


def _checked(registry: Registry) -> str:
    days = "；".join(f"{level} {day}" for level, day in registry.checked.items())
    return f"法律依据核对至：{days}。此后的修改没有核对。"
